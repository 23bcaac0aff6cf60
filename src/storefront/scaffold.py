"""A starter: a small, whole site to change piece by piece, with comments that teach and schemas for the editor."""

import json
from collections.abc import Mapping
from pathlib import Path

from storefront import __version__, schema
from storefront.content import CONTENT, Kind, classify
from storefront.problems import EnvironmentFailure, Place, Problem, ProblemsFound

STARTER = Path(__file__).parent / "data" / "scaffold"
SCHEMAS = "schemas"
SETTINGS = ".vscode/settings.json"
# A folder may have been made a repository before it is filled.
WELCOME = frozenset({".git"})
# Which files each schema is for, as editors want it.
GLOBS: dict[str, list[str]] = {
    Kind.SITE: [f"{CONTENT}/site.yaml"],
    Kind.INFLUENCER: [f"{CONTENT}/influencers/*.yaml", f"{CONTENT}/influencers/*/profile.yaml"],
    Kind.LIST: [f"{CONTENT}/influencers/*/lists/*.yaml"],
    Kind.POST: [f"{CONTENT}/influencers/*/posts/*.yaml"],
    Kind.REVIEW: [f"{CONTENT}/influencers/*/reviews/*.yaml"],
    Kind.PRODUCT: [f"{CONTENT}/products/**/*.yaml"],
    Kind.BRAND: [f"{CONTENT}/brands/**/*.yaml"],
    Kind.MERCHANT: [f"{CONTENT}/merchants/**/*.yaml"],
    Kind.CAMPAIGN: [f"{CONTENT}/campaigns/**/*.yaml"],
    Kind.IMPORTED: [f"{CONTENT}/reviews/*/*.yaml"],
    Kind.SAMPLES: [f"{CONTENT}/samples/*.yaml"],
    Kind.RECALLS: [f"{CONTENT}/recalls.yaml"],
    Kind.SQUAD: [f"{CONTENT}/squads/**/*.yaml"],
    Kind.CALL: [f"{CONTENT}/calls/**/*.yaml"],
    "theme": ["themes/*/theme.yaml"],
    schema.NETWORKS: ["networks.yaml"],
}


def new(folder: Path, made: Mapping[str, bytes] | None = None) -> list[str]:
    """Lay out a starter site in `folder`, which must be new or empty; gives the files written, from that folder.

    `made` are the files, by their paths; the starter's own when left out.

    Raises `ProblemsFound` when something is there already, and `EnvironmentFailure` when the
    machine does not let us write. Nothing is ever overwritten.
    """
    written = files() if made is None else made
    try:
        refuse_what_is_used(folder)
        for name, data in written.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
    except OSError as error:
        raise EnvironmentFailure(f"{error.filename or folder} cannot be written: {error.strerror or error}") from error
    return list(written)


def files() -> dict[str, bytes]:
    """Every file of the starter by its path, in order."""
    made = {name: _finished(name, path.read_bytes()) for name, path in _starters()}
    made |= {f"{SCHEMAS}/{name}": data for name, data in schema.schemas().items()}
    made[SETTINGS] = _settings()
    return dict(sorted(made.items()))


def modeline(file: str) -> str:
    """The comment by which an editor finds the schema of a content file or of networks.yaml; "" for any other file."""
    source = classify(file) if file.startswith(f"{CONTENT}/") else None
    kind = source.kind if source else schema.NETWORKS if file in GLOBS[schema.NETWORKS] else None
    if kind is None:
        return ""
    up = "../" * file.count("/")
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{kind}{schema.ENDING}\n"


def refuse_what_is_used(folder: Path) -> None:
    """Raise `ProblemsFound` for a folder that holds something."""
    used = folder.exists() and (not folder.is_dir() or {path.name for path in folder.iterdir()} - WELCOME)
    if used:
        hint = "Name a folder that is new or empty; nothing was written."
        raise ProblemsFound([Problem("output", "there is something here already", Place(str(folder)), hint)])


def _starters() -> list[tuple[str, Path]]:
    """The starter's own files, by the path they get: a part that begins with dot- becomes a hidden name."""
    found = [path for path in STARTER.rglob("*") if path.is_file()]
    return [("/".join(map(_hidden, path.relative_to(STARTER).parts)), path) for path in found]


def _hidden(part: str) -> str:
    return f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part


def _finished(name: str, data: bytes) -> bytes:
    if name.startswith(".github/"):
        return data.replace(b"{version}", __version__.encode())
    return (modeline(name).encode() if name.endswith(".yaml") else b"") + data


def _settings() -> bytes:
    """Which schema is for which files, for Visual Studio Code and what follows its settings."""
    mapped = {f"./{SCHEMAS}/{kind}{schema.ENDING}": globs for kind, globs in GLOBS.items()}
    return json.dumps({"yaml.schemas": mapped}, indent=2).encode() + b"\n"
