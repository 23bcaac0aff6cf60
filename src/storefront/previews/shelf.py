"""The shelf: a folder that keeps every card once drawn, by its name. No build empties it."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from storefront import cachefile, forks
from storefront.previews import drawing
from storefront.previews.card import Card, Look

WORTH_A_POOL = 48  # a pool costs about as long as three cards, and each process opens the fonts again
SHARD = 12

Pictures = Callable[[str], bytes]


def missing(folder: Path, cards: Mapping[str, Card]) -> dict[str, Card]:
    """The cards, by their names, that are not on the shelf. An empty file there is what a power cut leaves."""
    return {name: card for name, card in cards.items() if not cachefile.is_filled(folder / name)}


def draw_one(folder: Path, name: str, card: Card, look: Look, pictures: Pictures) -> bytes:
    """A card's file, drawn now unless it is on the shelf. `pictures` gives what `card.picture` names.

    Raises `OSError`.
    """
    path = folder / name
    if cachefile.is_filled(path):
        return path.read_bytes()
    data = drawing.draw(card, look, pictures(card.picture) if card.picture else None)
    folder.mkdir(parents=True, exist_ok=True)
    with cachefile.replacing(path) as file:
        file.write(data)
    return data


def fill(folder: Path, cards: Mapping[str, Card], look: Look, pictures: Pictures, workers: int) -> Iterator[int]:
    """Draw cards onto the shelf, and say after each few how many more there are. Raises `OSError`."""
    global _job  # noqa: PLW0603  forked processes find it here, without a copy
    folder.mkdir(parents=True, exist_ok=True)
    _job = partial(_drawn, folder, look, pictures)
    items = [*cards.items()]
    shards = [items[start : start + SHARD] for start in range(0, len(items), SHARD)]
    if workers == 1 or len(items) < WORTH_A_POOL or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(_job, shards)
        return
    with forks.pool(workers) as pool:
        yield from pool.map(_shard, shards)


Shard = list[tuple[str, Card]]
_job: Callable[[Shard], int] | None = None


def _shard(shard: Shard) -> int:
    assert _job is not None  # noqa: S101
    return _job(shard)


def _drawn(folder: Path, look: Look, pictures: Pictures, shard: Shard) -> int:
    for name, card in shard:
        draw_one(folder, name, card, look, pictures)
    return len(shard)
