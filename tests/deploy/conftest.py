"""A built site, a server of the S3 protocol, and a bucket in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from faulty import Proxy, Store
from target import Target

from building import build, copy_of_minimal


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    store = Store()
    found = Proxy(store)
    yield found
    found.shutdown()
    found.server_close()
    store.stop()


@pytest.fixture
def bucket(proxy: Proxy) -> Target:
    """An empty bucket."""
    target = Target(proxy)
    target.empty()
    return target


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The minimal site, built; to be read only."""
    root = copy_of_minimal(tmp_path_factory.mktemp("shelves"))
    build(root)
    return root
