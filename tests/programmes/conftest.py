"""What the tests of samples, codes and recalls share."""

import pytest

from building import copy_of_minimal, write
from gifting import FILES


@pytest.fixture
def site(tmp_path):
    """The minimal site with a second thing on the list, which nobody sent."""
    return write(copy_of_minimal(tmp_path / "here"), FILES)
