"""The page of the editor: one version of Sveltia CMS, which a browser runs only if its bytes are the known ones."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from storefront.changes import Change
from storefront.problems import Place, Problem, ProblemsFound
from storefront.reader import decode, parse

DATA = Path(__file__).parents[1] / "data" / "cms.yaml"
FOLDER = "admin"
MARK = b"<!-- Written by: storefront cms."
PAGE = """\
<!doctype html>
<!-- Written by: storefront cms. Run it again when creators come or go, and after an update of storefront. -->
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer">
    <title>Editor</title>
    <link href="config.json" type="application/json" rel="cms-config-url">
  </head>
  <body>
    <script src="{address}" integrity="{integrity}" crossorigin="anonymous"></script>
  </body>
</html>
"""


class Release(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version of the editor: where its one file lies, and the digest of its bytes."""

    version: str
    address: str
    integrity: str


@cache
def release() -> Release:
    """The version that this release of storefront was tested with."""
    return convert(parse(decode(DATA.read_bytes(), DATA.name), DATA.name), Release)


def files(config: bytes) -> dict[str, bytes]:
    """The files of the editor, by their paths from the site's root."""
    made = release()
    page = PAGE.format(address=made.address, integrity=made.integrity)
    return {f"{FOLDER}/config.json": config, f"{FOLDER}/index.html": page.encode()}


def changed(root: Path, made: Mapping[str, bytes]) -> list[Change]:
    """What writing the files changes at a site. Raises `ProblemsFound` when another editor's page stands there."""
    page = root / FOLDER / "index.html"
    if page.exists() and MARK not in page.read_bytes():
        hint = "Move that folder, or delete it; nothing was written."
        raise ProblemsFound([Problem("output", "this page is not storefront's", Place(f"{FOLDER}/index.html"), hint)])
    found = {file: (root / file).read_text(encoding="utf-8") if (root / file).exists() else "" for file in made}
    return [
        Change(file=file, before=found[file], after=data.decode())
        for file, data in made.items()
        if found[file] != data.decode()
    ]
