"""Identity: whether two files are one log, of which one has grown, been packed or been renamed.

Then one begins as the other. Of a log that was read, nothing is kept but short digests of its beginning, one at the
end of each line.
"""

from collections.abc import Mapping
from hashlib import blake2b

from storefront.digests import of_bytes
from storefront.logs.sniffing import Sniffed

SIZE = 4  # bytes of a digest: enough to tell logs apart that begin with one record, and too few to tell what was in it
LINES = 4000  # at whose ends a digest is taken, besides that of the whole beginning


def group(sniffed: Sniffed) -> str:
    """What all logs have in common that may be one: the first record. Counts by the day have the format alone."""
    form = sniffed.format
    what = form.id if form.is_daily else f"{form.id}\n{sniffed.columns}\n{sniffed.first}"
    return of_bytes(what.encode("utf-8", "replace"), SIZE)


def marks(beginning: bytes) -> dict[int, str]:
    """Digests of the first bytes of a beginning, by how many: up to the end of each line, and all of it."""
    running, at, found = blake2b(digest_size=SIZE), 0, {}
    for line in beginning.split(b"\n", LINES):
        running.update(line)
        at += len(line)
        found[at] = running.hexdigest()
        running.update(b"\n")
        at += 1
    return found


def is_same(beginning: bytes, known: Mapping[int, str]) -> bool:
    """Whether a log that begins so is one of which the marks are known: then the shorter of them begins the longer.

    A last line that is not whole yet says nothing, and neither do no marks at all.
    """
    if not known:
        return False
    at = max((each for each in known if each <= len(beginning)), default=0)
    is_rest_a_line = at == max(known) or beginning[at:].count(b"\n") <= 1
    return known.get(at) == of_bytes(beginning[:at], SIZE) and is_rest_a_line


def written(known: Mapping[int, str]) -> str:
    """Marks as text."""
    return " ".join(f"{at}:{digest}" for at, digest in known.items())


def read(text: str) -> dict[int, str]:
    """Marks that were written; none of a text that holds none."""
    parts = (each.partition(":") for each in text.split())
    return {int(at): digest for at, _, digest in parts}
