"""What was seen before: verdicts by address, each with its moment. Lost or damaged, every link is asked for again."""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from storefront.linkcheck.judge import Verdict

FILE = "links.msgpack"
VERSION = 1
LONGEST = 30 * 24 * 3600  # seconds; what is older is dropped from the file


class SeenVerdict(Struct, frozen=True, array_like=True):
    """A verdict, when it was made (seconds since 1970), and whether tracking was tried too."""

    at: int
    probed: bool
    verdict: Verdict


class Verdicts(Struct):
    """Verdicts by address."""

    version: int = VERSION
    seen: dict[str, SeenVerdict] = {}

    def fresh(self, address: str, now: float, max_age: float, *, probed: bool) -> SeenVerdict | None:
        """What was seen of an address at most so many seconds ago; nothing that lies in the future."""
        found = self.seen.get(address)
        if found is None or not 0 <= now - found.at < max_age:
            return None
        return found if found.probed or not probed else None


def read(folder: Path) -> Verdicts:
    """What is remembered in a folder; nothing when that is unknown or unreadable."""
    try:
        found = msgspec.msgpack.decode((folder / FILE).read_bytes(), type=Verdicts)
    except (OSError, msgspec.DecodeError):
        return Verdicts()
    return found if found.version == VERSION else Verdicts()


def write(folder: Path, verdicts: Verdicts, now: float) -> None:
    """Keep what was seen in the last 30 days, by rename."""
    folder.mkdir(parents=True, exist_ok=True)
    verdicts.seen = {key: each for key, each in sorted(verdicts.seen.items()) if 0 <= now - each.at < LONGEST}
    new = folder / f"{FILE}.{os.getpid()}"
    new.write_bytes(msgspec.msgpack.encode(verdicts))
    new.replace(folder / FILE)
