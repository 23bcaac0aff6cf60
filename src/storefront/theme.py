"""Themes: layers of templates and assets, their tokens, one fingerprinted stylesheet, scripts, and a digest of it all.

A theme is a folder with `theme.yaml`, `templates/` and `assets/`. A site's own `themes/<name>/`
lies above the shipped theme of that name, and above whatever it `extends`: a file found there
first is used, so that one template or one stylesheet can be replaced alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from storefront import digests, engine, palette
from storefront.images import Slot
from storefront.palette import Contrast, Palette, Refused
from storefront.previews import Look, Settings, Unfit, light, look
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean
from storefront.reader import decode, parse
from storefront.vocabulary.common import Accent, Part

MANIFEST = "theme.yaml"
# The kinds of places in which pictures stand.
SLOTS = ("banner", "card", "face", "logo", "portrait", "post", "product", "teaser")
WIDTHS = (640,)
LABELS = ("tag-ink", "note-ink")  # what labels and disclosures are written in
_loads = re.compile(r"(?:url|src|image|image-set|cross-fade|element)\s*\(", re.IGNORECASE).search


class Pictures(Part, frozen=True, kw_only=True):
    """What a theme asks for in one kind of place: the shape, as in 4/5, and widths other than the theme's."""

    shape: Annotated[str, Meta(pattern=r"^[1-9]\d{0,2}/[1-9]\d{0,2}$")] | None = None
    widths: tuple[int, ...] = ()


class Manifest(Part, frozen=True, kw_only=True):
    """`theme.yaml`."""

    name: str
    description: str = ""
    extends: str | None = None
    styles: tuple[str, ...] = ()
    pages: dict[str, tuple[str, ...]] = {}
    only_on: dict[str, tuple[str, ...]] = {}
    embed_styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    icon: str | None = None
    widths: tuple[int, ...] = ()
    pictures: dict[str, Pictures] = {}
    tokens: dict[str, str | dict[str, str]] = {}
    contrast: Contrast = Contrast()
    previews: Settings = Settings()


Placing = Callable[..., Place]


def _in_site(*_: str) -> Place:
    return Place("content/site.yaml")


class Asset(Struct, frozen=True):
    """A file that the theme brings along: its fingerprinted name under assets/, and its bytes."""

    name: str
    data: bytes


class Theme(Struct, frozen=True, kw_only=True):
    """A theme ready for use. `layers` are its folders, nearest first; `digest` changes when any file or token does.

    `stylesheets` go by template; a template without one has `stylesheet`. Nothing names `whole`, which has the rules
    of all pages. `scripts` go by their names without the ending: templates ask for them by these. `palette` has its
    colours, those of the site in place of its own. `look` is that of cards for link previews, where the site has them.
    """

    name: str
    layers: tuple[Path, ...]
    slots: tuple[tuple[str, Slot], ...]
    stylesheet: Asset
    stylesheets: tuple[tuple[str, Asset], ...]
    whole: Asset
    embed_stylesheet: Asset
    scripts: tuple[tuple[str, Asset], ...]
    icon: Asset
    palette: Palette
    digest: str
    look: Look | None = None


def load(
    root: Path,
    name: str,
    tokens: Mapping[str, str],
    place: Placing = _in_site,
    accent: str | Accent | None = None,
    accent_place: Placing = _in_site,
    *,
    previews: bool = False,
) -> Theme:
    """The theme `name` as the site at `root` sees it. Raises `ProblemsFound`.

    `place` says where in the site's settings the theme ("name") and a token ("tokens", its name) stand, and
    `accent_place` where the accent does.
    """
    layers = _layers(root, name, place)
    manifests = [_manifest(root, layer) for layer in layers if (layer / MANIFEST).is_file()]
    _check_tokens(tokens, manifests, place)
    colours = _palette(manifests, tokens)
    _check_labels(tokens, colours, place)
    if accent:
        light, dark = _accent(accent, colours, accent_place)
        tokens = {**tokens, palette.ACCENT: f"{light} / {dark}"}
        colours = _palette(manifests, tokens)
    styles = tuple(dict.fromkeys(style for manifest in reversed(manifests) for style in manifest.styles))
    pages, only_on = _pages(layers, manifests, styles, partial(_shown, root, layers[0] / MANIFEST))
    framed = dict.fromkeys(style for manifest in reversed(manifests) for style in manifest.embed_styles)
    scripts = dict.fromkeys(script for manifest in reversed(manifests) for script in manifest.scripts)

    read = cache(partial(_text, root, layers))  # most kinds of pages share most stylesheets

    def css(names: Iterable[str]) -> bytes:
        return _minified("\n".join(read(f"assets/{name}") for name in names) + _overrides(tokens))

    def on(kind: str) -> bytes:
        return css(style for style in styles if style not in only_on or kind in only_on[style])

    kinds = {kind: _fingerprinted(f"{name}-{kind}.css", on(kind)) for kind in pages}
    icon = next((manifest.icon for manifest in manifests if manifest.icon), None)
    return Theme(
        name=name,
        layers=layers,
        slots=_slots(manifests, partial(_shown, root, layers[0] / MANIFEST)),
        stylesheet=_fingerprinted(f"{name}.css", on("")),
        stylesheets=tuple((template, kinds[kind]) for kind, templates in pages.items() for template in templates),
        whole=_fingerprinted(f"{name}-whole.css", css(styles)),
        embed_stylesheet=_fingerprinted(f"{name}-embed.css", css(framed or styles)),
        scripts=tuple((script.rpartition(".")[0], _script(root, layers, script)) for script in scripts),
        icon=_fingerprinted(icon, _read(root, layers, f"assets/{icon}")) if icon else Asset("", b""),
        palette=colours,
        digest=_digest(layers, tokens),
        look=_look(root, layers, manifests, tokens, place) if previews else None,
    )


def accent_stylesheet(accent: str | Accent, used: Theme, place: Placing) -> Asset:
    """A stylesheet that gives a creator's pages her accent, to come after the theme's. Raises `ProblemsFound`."""
    light, dark = _accent(accent, used.palette, place)
    css = f"@layer tokens{{:root{{--{palette.ACCENT}:light-dark({light},{dark})}}}}"
    return _fingerprinted("accent.css", css.encode())


def _accent(accent: str | Accent, on: Palette, place: Placing) -> tuple[str, str]:
    """The accent for light and for dark on a theme's grounds."""
    if not on.of(palette.ACCENT):
        raise _failure("the theme has no accent", place(), "Leave it out, or choose another theme.")
    judged = palette.accent(accent, on)
    if isinstance(judged, Refused):
        at = place() if isinstance(accent, str) else place(judged.scheme)
        raise ProblemsFound([Problem("low-contrast", judged.message, at, judged.hint)])
    return judged


def _palette(manifests: Sequence[Manifest], tokens: Mapping[str, str]) -> Palette:
    """The colours of a theme and of what it extends, the nearest first, with a site's own in their place."""
    merged: dict[str, str | Mapping[str, str]] = {}
    text: dict[str, tuple[str, ...]] = {}
    marks: dict[str, tuple[str, ...]] = {}
    for manifest in reversed(manifests):
        merged |= manifest.tokens
        text |= manifest.contrast.text
        marks |= manifest.contrast.marks
    for token, value in tokens.items():
        light, _, dark = value.partition(" / ")
        merged[token] = {"light": light.strip(), "dark": (dark or light).strip()}
    return palette.palette(merged, Contrast(text=text, marks=marks))


def names(root: Path) -> list[str]:
    """The themes that a site can choose."""
    found = {path.parent.name for base in (root / "themes", engine.themes()) for path in base.glob(f"*/{MANIFEST}")}
    return sorted(found)


def _layers(root: Path, name: str, place: Placing) -> tuple[Path, ...]:
    """The folders of a theme and of all it extends."""
    layers: list[Path] = []
    following: str | None = name
    while following:
        here = list(dict.fromkeys(base.resolve() / following for base in (root / "themes", engine.themes())))
        here = [folder for folder in here if folder.is_dir() and folder not in layers]
        manifest = next((folder for folder in here if (folder / MANIFEST).is_file()), None)
        if manifest is None:
            named = place("name") if not layers else Place(_shown(root, layers[-1] / MANIFEST))
            raise _failure(f"there is no theme {following}", named, did_you_mean(following, names(root)))
        layers += here
        following = _manifest(root, manifest).extends
    return tuple(layers)


def _manifest(root: Path, layer: Path) -> Manifest:
    path = layer / MANIFEST
    data: Any = parse(decode(path.read_bytes(), _shown(root, path)), _shown(root, path))
    try:
        return msgspec.convert(data, Manifest, strict=False)
    except msgspec.ValidationError as error:
        raise _failure(str(error), Place(_shown(root, path)), "") from None


def _pages(
    layers: tuple[Path, ...], manifests: list[Manifest], styles: Sequence[str], where: Callable[[], str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The templates of each kind of page, and the kinds that a stylesheet is for where it is not for all."""
    pages: dict[str, tuple[str, ...]] = {}
    only_on: dict[str, tuple[str, ...]] = {}
    for manifest in reversed(manifests):
        pages |= manifest.pages
        only_on |= manifest.only_on
    templates = [template for each in pages.values() for template in each]
    known = sorted({path.name for layer in layers for path in layer.glob("templates/*.html")})
    wrong = (
        *((f"there is no template {each}", each, known) for each in templates if each not in known),
        *((f"{each} is of two kinds of pages", each, ()) for each in templates if templates.count(each) > 1),
        *((f"styles name no {each}", each, styles) for each in only_on if each not in styles),
        *(
            (f"pages name no kind {each}", each, pages)
            for kinds in only_on.values()
            for each in kinds
            if each not in pages
        ),
    )
    for message, word, meant in wrong:
        raise _failure(message, Place(where()), did_you_mean(word, sorted(meant)))
    return pages, only_on


def _slots(manifests: list[Manifest], where: Callable[[], str]) -> tuple[tuple[str, Slot], ...]:
    """What each kind of place asks for: by the nearest theme that says something of it."""
    said = {name: spec for manifest in reversed(manifests) for name, spec in manifest.pictures.items()}
    unknown = next((name for name in said if name not in SLOTS), None)
    if unknown:
        raise _failure(f"pictures stand in no place called {unknown}", Place(where()), did_you_mean(unknown, SLOTS))
    widths = next((manifest.widths for manifest in manifests if manifest.widths), WIDTHS)
    return tuple((name, _slot(said.get(name, Pictures()), widths)) for name in SLOTS)


def _slot(spec: Pictures, widths: tuple[int, ...]) -> Slot:
    shape = spec.shape and spec.shape.partition("/")
    return Slot(spec.widths or widths, (int(shape[0]), int(shape[2])) if shape else None)


def _misread(value: str) -> bool:
    """Whether a value would end its declaration, hide what follows it, or load something."""
    odd = set(value) & set("{};<>\\@") or "/*" in value or value.count("(") != value.count(")")
    return bool(odd or value.count('"') % 2 or value.count("'") % 2 or _loads(value))


def _check_tokens(tokens: Mapping[str, str], manifests: list[Manifest], place: Placing) -> None:
    known = {token for manifest in manifests for token in manifest.tokens}
    for token, value in tokens.items():
        if token not in known:
            hint = did_you_mean(token, sorted(known))
            raise _failure(f"the theme has no token {token}", place("tokens", token), hint)
        if _misread(value):
            hint = "A token is one CSS value, such as #a5391c."
            raise _failure(f"the token {token} has what CSS would misread", place("tokens", token), hint)


def _check_labels(tokens: Mapping[str, str], used: Palette, place: Placing) -> None:
    """A site's own colours leave its labels readable, as far as they are written in hexadecimal."""
    for pair in used.pairings():
        if pair.token in LABELS and not {pair.token, pair.ground}.isdisjoint(tokens) and pair.ratio < pair.least:
            token, (letters, ground) = pair.token if pair.token in tokens else pair.ground, pair.colours
            message = (
                f"labels would be {letters} on {ground} in {pair.scheme}, a contrast of {pair.ratio:.2f} to 1; "
                f"{pair.least:g} to 1 is the least"
            )
            hint = f"Choose {pair.token} and {pair.ground} further apart; no label is one that cannot be read."
            raise ProblemsFound([Problem("low-contrast", message, place("tokens", token), hint)])


def _look(
    root: Path, layers: tuple[Path, ...], manifests: list[Manifest], tokens: Mapping[str, str], place: Placing
) -> Look:
    """The look of cards, in the site's colours."""
    own = {token: value.partition(" / ")[0].strip() for token, value in tokens.items()}
    values = light([*(manifest.tokens for manifest in reversed(manifests)), own])
    try:
        return look(
            [manifest.previews for manifest in reversed(manifests)],
            values,
            lambda name: _read(root, layers, f"assets/{name}"),
        )
    except Unfit as failure:
        at = place("tokens", failure.token) if failure.token in own else Place(_shown(root, layers[0] / MANIFEST))
        raise _failure(str(failure), at, failure.hint) from None


def _overrides(tokens: Mapping[str, str]) -> str:
    """The site's own tokens as CSS; "light / dark" gives one value for each scheme."""
    declared = "".join(f"--{token}:{_css_value(value)};" for token, value in sorted(tokens.items()))
    return f"\n@layer tokens{{:root{{{declared}}}}}" if declared else ""


def _css_value(value: str) -> str:
    light, slash, dark = value.partition(" / ")
    return f"light-dark({light.strip()},{dark.strip()})" if slash else value


def _minified(css: str) -> bytes:
    from rcssmin import cssmin

    return str(cssmin(css)).encode()


def _script(root: Path, layers: tuple[Path, ...], name: str) -> Asset:
    """A script as it is written: it is small, and whoever looks into a page can read it."""
    return _fingerprinted(name, _text(root, layers, f"assets/{name}").encode())


def _fingerprinted(name: str, data: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    return Asset(f"{stem}.{digests.of_bytes(data, 5)}.{ending}", data)


def _read(root: Path, layers: tuple[Path, ...], name: str) -> bytes:
    """A file of the nearest layer that has it."""
    for layer in layers:
        if (layer / name).is_file():
            return (layer / name).read_bytes()
    manifest = Place(_shown(root, layers[0] / MANIFEST))
    raise _failure(f"the theme's file {name} is missing", manifest, "Add it, or do not name it.")


def _text(root: Path, layers: tuple[Path, ...], name: str) -> str:
    data = _read(root, layers, name)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        layer = next(layer for layer in layers if (layer / name).is_file())
        place = Place(_shown(root, layer / name), line, error.start - data.rfind(b"\n", 0, error.start))
        raise _failure("this is not UTF-8", place, "Save the file as UTF-8.") from None


def _digest(layers: tuple[Path, ...], tokens: Mapping[str, str]) -> str:
    """A digest of every file of every layer by its path, and of the tokens."""
    files = [
        (str(path.relative_to(layer)), digests.of_bytes(path.read_bytes()))
        for layer in layers
        for path in _files(layer)
    ]
    return digests.of_value((files, sorted(tokens.items())))


def _files(layer: Path) -> Iterator[Path]:
    return (path for path in sorted(layer.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _shown(root: Path, path: Path) -> str:
    """A path as people know it: from the site's root, else the theme's own folder."""
    resolved = root.resolve()
    return str(path.relative_to(resolved)) if path.is_relative_to(resolved) else "/".join(path.parts[-3:])


def _failure(message: str, place: Place, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem("theme", message, place, hint)])
