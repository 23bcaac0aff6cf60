"""Starting: what a new site says of its owner, a new creator on a site, and a new theme upon another."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from storefront import disclosure, editing, scaffold
from storefront.changes import Change
from storefront.content import CONTENT, refuse_without_site
from storefront.editing.order import keys_of
from storefront.problems import Place, Problem, ProblemsFound, did_you_mean, shown
from storefront.reader import parse
from storefront.records import RESERVED
from storefront.scaffold import modeline
from storefront.slugs import slug
from storefront.theme import MANIFEST, names
from storefront.vocabulary import rules
from storefront.vocabulary.influencer import Influencer
from storefront.vocabulary.site import Site
from storefront.vocabulary.validate import convert

SITE = f"{CONTENT}/site.yaml"
STARTER = "sam"  # the handle of the starter's creator
THEMES = "themes"
# Where days begin in markets that have one time zone; of the others nothing is known.
ZONES = {
    "be": "Europe/Brussels", "de": "Europe/Berlin", "es": "Europe/Madrid", "fr": "Europe/Paris", "gb": "Europe/London",
    "in": "Asia/Kolkata", "it": "Europe/Rome", "nl": "Europe/Amsterdam", "pl": "Europe/Warsaw",
}  # fmt: skip
STYLES = """\
/* Rules of your own, behind those of {base}. Colours are tokens, such as var(--accent): change them in theme.yaml. */
"""


class About(Struct, frozen=True, kw_only=True):
    """What is known of a new site; what is "" or empty stays as the starter has it."""

    title: str = ""
    url: str = ""
    locale: str = ""
    timezone: str = ""
    markets: Sequence[str] = ()
    theme: str = ""
    handle: str = ""
    name: str = ""


def handle_of(name: str) -> str:
    """A handle made from a name: its first word, as an address has it."""
    return slug(name.split(maxsplit=1)[0] if name.split() else "") or STARTER


def site(about: About) -> dict[str, bytes]:
    """Every file of a new site by its path: the starter's, with what is known of it.

    Raises `ProblemsFound` with everything that a site cannot be told, under the option's name.
    """
    files = scaffold.files()
    told = {key: getattr(about, key) for key in ("title", "url", "locale", "timezone", "theme")}
    told["timezone"] = about.timezone or ZONES.get(next(iter(about.markets), ""), "")
    told = {key: value for key, value in told.items() if value} | (
        {"markets": [*about.markets]} if about.markets else {}
    )
    document = editing.read(files[SITE].decode(), SITE)
    for key, value in told.items():
        editing.put(document.root, key, value, keys_of(Site))
    publisher = editing.find(document.root, "publisher")
    if about.name and publisher and isinstance(publisher.node, editing.Mapping):
        editing.put(publisher.node, "name", about.name)
    text = editing.written(document)
    _refuse_settings(text, about)
    files[SITE] = text.encode()
    return dict(sorted(_of_creator(files, about.handle or STARTER, about.name).items()))


def _refuse_settings(text: str, about: About) -> None:
    """Judge what was told by the same rules as a site's own file."""
    made = convert(parse(text, SITE), Site)
    mistakes = made if isinstance(made, list) else list(rules.of_site(made))
    found = [Problem(each.code, each.message, Place(f"--{each.path[0]}"), each.hint) for each in mistakes if each.path]
    for market in about.markets:
        if disclosure.find(market) is None:
            message = f"there is no market {shown(market)}"
            found.append(Problem("unknown-market", message, Place("--market"), disclosure.unknown_hint(market)))
    if about.handle and (problem := _not_a_handle(about.handle, Place("--handle"))):
        found.append(problem)
    if about.theme and about.theme not in (known := names(Path())):
        hint = did_you_mean(about.theme, known)
        found.append(Problem("theme", f"there is no theme {shown(about.theme)}", Place("--theme"), hint))
    if found:
        raise ProblemsFound(found)


def _of_creator(files: Mapping[str, bytes], handle: str, name: str) -> dict[str, bytes]:
    """The starter with another creator: her handle is the name of the folder, and stands in a few notes."""
    made = {}
    home = f"{CONTENT}/influencers/{STARTER}/"
    for file, data in files.items():
        path = file.replace(home, f"{CONTENT}/influencers/{handle}/")
        if file.endswith((".yaml", ".md")):
            text = data.decode()
            text = text.replace(f"influencers/{STARTER}", f"influencers/{handle}").replace(
                f"/{STARTER}/", f"/{handle}/"
            )
            text = text.replace(f"this folder, {STARTER},", f"this folder, {handle},")
            if name and path.endswith("/profile.yaml"):
                document = editing.read(text, path)
                editing.put(document.root, "name", name)
                text = editing.written(document)
            data = text.encode()  # noqa: PLW2901  the same file, with her in it
        made[path] = data
    return made


def creator(root: Path, handle: str, told: Mapping[str, object]) -> list[Change]:
    """The files of a new creator.

    Raises `ProblemsFound` when there is no site, the handle is taken, reserved or no handle, or she cannot be told so.
    """
    refuse_without_site(root)
    file = f"{CONTENT}/influencers/{handle}/profile.yaml"
    _refuse(root, handle)
    document = editing.Document(
        [modeline(file).rstrip()] if (root / scaffold.SCHEMAS).is_dir() else [], editing.Mapping()
    )
    for key in keys_of(Influencer):
        if told.get(key):
            editing.put(document.root, key, told[key])
    # She asked for pages here; delete it, and she has them without being listed.
    editing.put(document.root, "sharing", {"recognition": "public"}, keys_of(Influencer))
    document.root.tail = [
        "",
        "# Her lists lie in lists/, a file each; posts/ and reviews/ beside it. For a product from a shop's page:",
        f"# storefront add page.html --creator {handle} --list favourites --relationship purchased",
    ]
    after = editing.written(document)
    made = convert(parse(after, file), Influencer)
    if isinstance(made, list):
        found = (Problem(each.code, each.message, Place(f"--{each.path[-1]}"), each.hint) for each in made)
        raise ProblemsFound(found)
    return [Change(file=file, before="", after=after)]


def _not_a_handle(handle: str, place: Place) -> Problem | None:
    """Why a creator cannot have this handle, if she cannot."""
    if not rules.is_slug(handle):
        message = f"{shown(handle)} cannot be part of an address"
        hint = f"Did you mean {slug(handle)}?" if slug(handle) else "Use small letters, digits and single hyphens."
        return Problem("wrong-name", message, place, hint)
    if handle in RESERVED:
        return Problem("reserved-name", f"{handle} is a name the site needs", place, "Choose another handle.")
    return None


def _refuse(root: Path, handle: str) -> None:
    place = Place(f"{CONTENT}/influencers/{handle}")
    problem = _not_a_handle(handle, place)
    if not problem and any(
        (root / f"{CONTENT}/influencers" / each).exists() for each in (handle, f"{handle}.yaml", f"{handle}.yml")
    ):
        problem = Problem("output", f"{handle} is there already", place, "Choose another handle; nothing was written.")
    if problem:
        raise ProblemsFound([problem])


def theme(root: Path, name: str, base: str) -> list[Change]:
    """The files of a new theme upon another. Raises `ProblemsFound` when there is one of that name, or no such base."""
    refuse_without_site(root)
    folder = root / THEMES / name
    known = names(root)
    place = Place(f"{THEMES}/{name}")
    if not rules.is_slug(name):
        hint = f"Did you mean {slug(name)}?" if slug(name) else "Use small letters, digits and single hyphens."
        raise ProblemsFound([Problem("wrong-name", f"{name} cannot be the name of a theme", place, hint)])
    if folder.exists() or name in known:
        hint = "Choose another name; nothing was written."
        raise ProblemsFound([Problem("output", f"there is a theme {name} already", place, hint)])
    if base not in known:
        raise ProblemsFound(
            [Problem("theme", f"there is no theme {base}", Place("--extends"), did_you_mean(base, known))]
        )
    schema = (
        "# yaml-language-server: $schema=../../schemas/theme.schema.json\n"
        if (root / scaffold.SCHEMAS).is_dir()
        else ""
    )
    manifest = (
        f"{schema}# A theme upon {base}: what is not here comes from there. docs/themes.md lists its keys.\n\n"
        f"name: {name}\nextends: {base}\nstyles: [{name}.css]\n\n"
        "# Colours for light and dark grounds; the theme that this one extends lists all of its tokens.\n"
        '# tokens:\n#   accent: {light: "#24606b", dark: "#7cc4d0"}\n'
    )
    return [
        Change(file=f"{THEMES}/{name}/{MANIFEST}", before="", after=manifest),
        Change(file=f"{THEMES}/{name}/assets/{name}.css", before="", after=STYLES.format(base=base)),
    ]
