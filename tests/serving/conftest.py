"""What the tests of the preview share."""

import functools

import pytest

from storefront import live


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once():
    """As in builds of tests: templates take longer to compile than a small site to render."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "Renderer", functools.lru_cache(8)(live.Renderer))
        yield
