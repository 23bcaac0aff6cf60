"""Stores: where a site is deployed to, as the few things that every store can do."""

from typing import Protocol

from msgspec import Struct


class Serving(Struct, frozen=True):
    """How a file is to be answered: its media type, and how long it may be kept."""

    kind: str
    cache: str


class Store(Protocol):
    """A place for files by their paths. Each may raise `EnvironmentFailure`; several threads call at once.

    A tag stands for the bytes of a stored file: it changes as soon as somebody puts other bytes there.
    """

    name: str
    serves: bool  # whether it keeps how a file is to be answered

    def tags(self) -> dict[str, str]:
        """The tag of everything that lies there."""
        ...

    def get(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is none."""
        ...

    def put(self, path: str, data: bytes, serving: Serving) -> str:
        """Put a file there, whole or not at all, over what may be there; its tag."""
        ...

    def delete(self, path: str) -> None:
        """Take a file away; nothing happens when there is none."""
        ...
