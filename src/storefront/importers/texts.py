"""Bytes to text: the encodings in which spreadsheets and platforms write, told by their marks and not by guessing."""

import codecs
import gzip
import io
import zlib

from storefront.problems import Place, Problem, ProblemsFound

MAX_BYTES = 32 * 1024 * 1024
# The byte-order marks of what spreadsheets save as "Unicode"; UTF-32 begins as UTF-16 does and is refused by its zeros.
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
GZIP = b"\x1f\x8b"  # how such a file begins
HINT = "Export the file again, or save it as CSV UTF-8 in your spreadsheet program."


def decode(data: bytes, file: str) -> str:
    """Text with line feeds alone. Raises `ProblemsFound` when it is too large or no text.

    A byte-order mark decides; without one it is UTF-8, and only what cannot be UTF-8 is Windows-1252, which
    older spreadsheet programs write.
    """
    if len(data) > MAX_BYTES:
        hint = "Divide it: rows that are imported already are known again."
        raise _failure(f"the file is larger than {MAX_BYTES // 1024 // 1024} MB", file, hint)
    text = _marked(data, file)
    if text is None:
        text = _unmarked(data, file)
    if "\0" in text:
        raise _failure("this is no text: it holds zero bytes", file, HINT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unpacked(data: bytes, file: str) -> bytes:
    """What is in a gzip file, which networks give out, at most one byte more than may be read; other data as they are.

    Such a file may have several members, one after the other. Raises `ProblemsFound` when it is damaged or breaks off.
    """
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as members:
            return members.read(MAX_BYTES + 1)
    except EOFError:
        raise _failure("the packed file is damaged: it breaks off", file, "Download it again.") from None
    except (gzip.BadGzipFile, zlib.error):
        raise _failure("the packed file is damaged", file, "Download it again.") from None


def _marked(data: bytes, file: str) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(encoding)
            except UnicodeDecodeError:
                raise _failure(f"it begins as {encoding.upper()} and is not", file, HINT) from None
    return None


def _unmarked(data: bytes, file: str) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _failure("this is neither UTF-8, UTF-16 nor Windows-1252 text", file, HINT)


def _failure(message: str, file: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem("unreadable", message, Place(file), hint)])
