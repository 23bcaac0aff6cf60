"""The small site, to be changed, and built once for those who only read."""

import pytest

from building import built, trees_of
from communities.site import site_at


@pytest.fixture
def site(tmp_path):
    return site_at(tmp_path)


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    return built(site_at(tmp_path_factory.mktemp("communities")))


@pytest.fixture(scope="session")
def pages(whole):
    return trees_of(whole.output)
