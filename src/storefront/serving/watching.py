"""Watching: once for each burst of changes in what a build reads, and none is missed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

from storefront import unchanged
from storefront.unchanged import READ, Tree

LOOK = 500  # milliseconds between looks for what is new in a site's folder
QUIET = 60  # milliseconds without another change, after which a burst counts as over
LONGEST = 1600  # milliseconds after which a burst that does not end is told


Touched = frozenset[Path] | None


def changes(root: Path, due: Callable[[], bool] = lambda: False) -> Iterator[Touched]:
    """For each burst of changes the files that may have changed; None where that is not known, and at the beginning.

    So too when something is `due` by itself. Raises KeyboardInterrupt when the user ends it.
    """
    watched, seen = _there(root), _tree(root)
    yield None
    while True:
        watching = False
        for burst in watchfiles.watch(
            *(watched or [root]),
            recursive=bool(watched),  # a folder without content is watched for one, and not for what is kept in it
            rust_timeout=LOOK,
            yield_on_timeout=True,
            debounce=LONGEST,
            step=QUIET,
        ):
            there = _there(root)
            if there != watched or (not watching and _tree(root) != seen):
                seen = _tree(root)
                yield None
            elif burst or due():
                yield frozenset(Path(path) for _, path in burst)
            watching = True  # what happened before was looked for, and from now on nothing is missed
            if there != watched:
                watched = there
                break


def _tree(root: Path) -> Tree:
    """What there is; nothing where folders have no end."""
    try:
        return unchanged.tree(root)
    except OSError:
        return {}


def _there(root: Path) -> list[Path]:
    """What there is to watch: a site may get its own themes, markets or networks while it is shown."""
    return [path for name in READ if (path := root / name).exists()]
