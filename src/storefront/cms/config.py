"""The configuration of the editor: a collection for each folder of content, with the forms of its records."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from storefront.cms.fields import Field, fields
from storefront.content import CONTENT, Kind
from storefront.records import MODELS, Curation

# Whole records by their id stand in a creator's one file; here each has a form of its own.
ELSEWHERE = frozenset({"lists", "posts", "reviews", "promos"})
ICONS = {
    "squads": "groups", "calls": "hail", "campaigns": "campaign",
    "products": "shopping_bag", "brands": "sell", "merchants": "storefront", "profile": "person", "lists": "list",
    "posts": "photo_camera", "reviews": "reviews",
}  # fmt: skip
OWNED = {"lists": Kind.LIST, "posts": Kind.POST, "reviews": Kind.REVIEW}
SHARED = {
    "products": Kind.PRODUCT,
    "brands": Kind.BRAND,
    "merchants": Kind.MERCHANT,
    "campaigns": Kind.CAMPAIGN,
    "squads": Kind.SQUAD,
    "calls": Kind.CALL,
}
TITLES = {"brands": "name", "merchants": "name", "squads": "name", "reviews": "product"}


class Backend(Struct, frozen=True, kw_only=True):
    """Where commits go: `repository` as owner/name at `host` (github or gitlab), on a branch."""

    host: str = "github"
    repository: str = ""
    branch: str = "main"


def config(curation: Curation, backend: Backend, creators: Sequence[str] = ()) -> bytes:
    """The editor's config.json for a site, or only what `creators` have of it."""
    handles = sorted(creators or curation.influencers)
    shared = [_folder(name, f"{CONTENT}/{name}", kind, "media", name.capitalize()) for name, kind in SHARED.items()]
    owned = [each for handle in handles for each in _of_creator(handle, curation)]
    made: dict[str, Any] = {
        "backend": {"name": backend.host, "repo": backend.repository or "owner/repository", "branch": backend.branch},
        "app_title": curation.settings.title,
        "site_url": curation.settings.url,
        "media_folder": f"{CONTENT}/media",
        "public_folder": "/media",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "output": {
            "omit_empty_optional_fields": True,
            "yaml": {"indent_size": 2, "indent_sequences": True, "quote": "none"},
        },
        "collections": [*owned, {"divider": True}, *shared],
    }
    if not creators:
        made["singletons"] = [
            _file("site", f"{CONTENT}/site.yaml", Kind.SITE, "Site", "settings"),
            _file("recalls", f"{CONTENT}/recalls.yaml", Kind.RECALLS, "Recalls", "report"),
        ]
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _of_creator(handle: str, curation: Curation) -> Iterator[dict[str, Any]]:
    """A creator's profile, lists, posts and reviews. One in one file has a form for her profile alone."""
    entry = curation.influencers[handle]
    profile = _file("profile", entry.origin.source.file, Kind.INFLUENCER, "Profile", "", ELSEWHERE)
    samples = _file("samples", f"{CONTENT}/samples/{handle}.yaml", Kind.SAMPLES, "Samples", "")
    home = f"{CONTENT}/influencers/{handle}"
    media = {"media_folder": f"/{home}/media", "public_folder": "media"}
    yield {
        "name": f"{handle}-profile",
        "label": entry.record.name,
        "icon": ICONS["profile"],
        "format": "yml",
        "files": [profile | media, samples],
    }
    if entry.origin.source.file.startswith(f"{home}/"):
        for name, kind in OWNED.items():
            label = f"{entry.record.name}: {name}" if len(curation.influencers) > 1 else name.capitalize()
            yield _folder(f"{handle}-{name}", f"{home}/{name}", kind, f"/{home}/media", label, name)


def _file(
    name: str, file: str, kind: Kind, label: str, icon: str, leave: frozenset[str] = frozenset()
) -> dict[str, Any]:
    made = {"name": name, "label": label, "file": file, "format": "yml", "fields": _form(kind, leave | {"handle"})}
    return made | ({"icon": icon} if icon else {})


def _folder(name: str, folder: str, kind: Kind, media: str, label: str, called: str = "") -> dict[str, Any]:
    """A folder of records; the name of a file is the record's id."""
    called = called or name
    title = TITLES.get(called, "title")
    return {
        "name": name,
        "label": label,
        "icon": ICONS[called],
        "folder": folder,
        "extension": "yaml",
        "format": "yaml",
        "identifier_field": title,
        "slug": f"{{{{{title}}}}}",
        "media_folder": media,
        "public_folder": "media",
        "fields": _form(kind, frozenset({"id"})),
    }


def _form(kind: Kind, leave: frozenset[str]) -> list[Field]:
    return fields(MODELS[kind], leave)
