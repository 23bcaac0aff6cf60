"""Remembering what was made of the same facts a moment ago: a list's cards stand on two pages, a review on three."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Fact = TypeVar("Fact")
Rest = ParamSpec("Rest")
Made = TypeVar("Made")


def of_recent(
    size: int,
) -> Callable[[Callable[Concatenate[Fact, Rest], Made]], Callable[Concatenate[Fact, Rest], Made]]:
    """Remember about `size` results by the identity of the first argument and the values of the others.

    Facts are frozen, and deep ones are costly to hash or hold maps; the same object is the same fact. What
    is remembered holds its fact, so that no other object can take the identity meanwhile.
    """

    def remembering(
        function: Callable[Concatenate[Fact, Rest], Made],
    ) -> Callable[Concatenate[Fact, Rest], Made]:
        known: dict[Hashable, tuple[Any, Made]] = {}

        @wraps(function)
        def remembered(fact: Fact, *rest: Rest.args, **named: Rest.kwargs) -> Made:
            key = (id(fact), rest, tuple(named.items())) if named else (id(fact), rest)
            found = known.get(key)
            if found is not None:
                return found[1]
            if len(known) >= size:
                known.clear()
            made = function(fact, *rest, **named)
            known[key] = (fact, made)
            return made

        return remembered  # type: ignore[return-value]  # the first parameter loses its name

    return remembering
