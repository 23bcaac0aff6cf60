"""A site in a repository of its own, whose history each test makes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from history import ANSWERED, commit, git

from building import write
from checking import NOW
from storefront.against import Compared, compare


@pytest.fixture
def repository(site: Path) -> Path:
    """The minimal site with a second review, answered by its brand, all committed and tagged `before`."""
    write(
        site,
        {
            "content/products/hat.yaml": "title: Wool hat\nbrand: fjell\ncategory: Clothing\n",
            "content/influencers/maya/reviews/hat.yaml": ANSWERED,
        },
    )
    git(site, "init", "--quiet", "--initial-branch", "main")
    commit(site)
    git(site, "tag", "before")
    return site


@pytest.fixture
def against(repository: Path) -> Callable[..., Compared]:
    return lambda ref="before": compare(repository, ref, NOW)
