"""The record: what storefront has put into a store, kept in that store, so that any machine can go on from it."""

import msgspec
from msgspec import Struct

from storefront import publish
from storefront.deploy.built import Item
from storefront.deploy.store import Serving, Store
from storefront.problems import EnvironmentFailure

FILE = publish.DEPLOYED
VERSION = 1
OWN = Serving("application/json", "no-store")


class Put(Struct, frozen=True):
    """A file in the store: the digest of its bytes, how it is answered, and its tag; all "" while it is on its way."""

    digest: str = ""
    kind: str = ""
    cache: str = ""
    tag: str = ""

    def holds(self, item: Item, tag: str | None, *, serves: bool) -> bool:
        """Whether what lies in the store under `tag` is an item already, answered as it is to be."""
        answered = not serves or (self.kind, self.cache) == (item.serving.kind, item.serving.cache)
        return bool(self.tag) and self.tag == tag and self.digest == item.digest and answered


class Record(Struct):
    """Everything in a store that is storefront's, by path."""

    version: int = VERSION
    files: dict[str, Put] = {}


class Kept:
    """The record of a store, read once and written as the deployment goes on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        found = store.get(FILE)
        self._ours = {found}  # what may lie there while nobody else writes
        self.files = _decoded(found, store.name).files if found else {}

    def save(self) -> None:
        """Write the record. Raises `EnvironmentFailure` when another deployment has written its own meanwhile."""
        data = msgspec.json.encode(Record(files=dict(sorted(self.files.items()))))
        if self._ours == {data}:
            return
        found = self._store.get(FILE)
        if found not in self._ours:
            raise EnvironmentFailure(f"another deployment to {self._store.name} is running; wait for it to end")
        self._ours = {found, data}  # either, where an interrupt comes or the answer is lost
        self._store.put(FILE, data, OWN)
        self._ours = {data}


def _decoded(data: bytes, name: str) -> Record:
    try:
        record = msgspec.json.decode(data, type=Record)
    except msgspec.DecodeError:
        raise EnvironmentFailure(f"{name}/{FILE} is damaged; delete it, and deploy again with --adopt") from None
    if record.version != VERSION:
        raise EnvironmentFailure(f"{name}/{FILE} was written by a newer storefront; use that one")
    return record
