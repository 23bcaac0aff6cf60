"""Which of several links stands for which thing, where all of them lead to one address."""

from collections.abc import Sequence


def matched(fits: Sequence[Sequence[int]]) -> dict[int, int]:
    """The most links that can each stand for another thing; `fits` says which things each could stand for."""
    owner: dict[int, int] = {}

    def place(link: int, tried: set[int]) -> bool:
        for thing in fits[link]:
            if thing not in tried:
                tried.add(thing)
                if thing not in owner or place(owner[thing], tried):
                    owner[thing] = link
                    return True
        return False

    for link in range(len(fits)):
        place(link, set())
    return {link: thing for thing, link in owner.items()}
