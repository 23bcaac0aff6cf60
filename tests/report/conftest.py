"""One known site for all tests of reports; nobody writes into it."""

import pytest
from known import Known


@pytest.fixture(scope="session")
def known(tmp_path_factory):
    site = Known(tmp_path_factory.mktemp("known"))
    site.write()
    return site
