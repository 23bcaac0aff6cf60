"""`storefront new`."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common

if TYPE_CHECKING:
    from storefront.starting import About


FILES = frozenset({"brand", "campaign", "list", "merchant", "post", "product", "review", "squad"})


class _Kinds(click.Group):
    """Kinds of new things; a folder's name in the place of a kind is a new site."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = args[0] in self.commands or args[0].startswith("-")
        if args[0] in FILES and len(args) > 1:
            raise click.UsageError(f"A new {args[0]} is a file in content/: copy another one, and change it.", ctx)
        return super().resolve_command(ctx, args if known else ["site", *args])


@click.group(
    "new",
    cls=_Kinds,
    no_args_is_help=False,
    epilog="""\b
Examples:
  storefront new my-site
  storefront new creator maya --name "Maya Lind"
""",
)
def command() -> None:
    """Start a new site in a folder, or add a creator or a theme to one.

    storefront new FOLDER is storefront new site FOLDER.
    """


@command.command(
    "site",
    epilog="""\b
Examples:
  storefront new site my-site
  storefront new site my-site --title "Maya's shelf" --handle maya --name "Maya Lind" --market gb
""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", metavar="TEXT", default="", help="The site's title.")
@click.option("--url", metavar="URL", default="", help="The site's address, with https://.")
@click.option("--handle", metavar="HANDLE", default="", help="Your name in addresses, such as maya.")
@click.option("--name", metavar="TEXT", default="", help="Your name as readers see it.")
@click.option("--locale", metavar="LOCALE", default="", help="Your language, and how you write dates: en-GB, de-DE.")
@click.option("--timezone", metavar="ZONE", default="", help="Where your days begin: Europe/London.")
@click.option(
    "--market",
    "markets",
    multiple=True,
    metavar="ID",
    help="A market whose law decides the labels: gb, us, de, eu … Repeatable.",
)
@click.option("--theme", metavar="NAME", default="", help="The theme: editorial, gridline or market.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; keep the starter's values for the rest.")
def site(
    folder: Path,
    title: str,
    url: str,
    handle: str,
    name: str,
    locale: str,
    timezone: str,
    markets: tuple[str, ...],
    theme: str,
    yes: bool,
) -> None:
    """Start a new site in a folder.

    Makes a small site that builds at once: a creator with a list, a post and a review, two
    products, and schemas that let an editor complete keys and underline mistakes. On a terminal you
    are asked who you are and who you write for; what you leave empty can be written later.
    """
    with common.failures(folder, "text", common.UNWRITTEN):
        from storefront import scaffold, starting

        scaffold.refuse_what_is_used(folder)
        if common.is_asked() and not yes and not any((title, url, handle, name, locale, timezone, markets, theme)):
            title = click.prompt("What is the site called", default="Things Worth Keeping")
            name = click.prompt("Your name, as readers see it", default="Sam Rivers")
            handle = _ask("Your name in addresses", starting.handle_of(name), lambda told: starting.About(handle=told))
            where = "Where your readers live: us, gb, de, fr, eu …; several with spaces"
            markets = _words(_ask(where, "gb", lambda told: starting.About(markets=_words(told))))
            locale = _ask("Your language, and how you write dates", "en-GB", lambda told: starting.About(locale=told))
        elif handle:
            common.valid_slug("--handle", handle)
        about = starting.About(
            title=title,
            url=url,
            locale=locale,
            timezone=timezone,
            markets=markets,
            theme=theme,
            handle=handle,
            name=name,
        )
        made = scaffold.new(folder, starting.site(about))
        click.echo(f"{click.style('Made', fg='green')} {len(made)} files in {folder}. Next:")
        click.echo(f"    cd {shlex.quote(str(folder))}\n    storefront serve")


def _ask(question: str, default: str, about: Callable[[str], "About"]) -> str:
    """An answer that a site can have; any other is told at once, with what may be meant, and asked for again."""
    from storefront import starting
    from storefront.problems import ProblemsFound

    def judged(answer: str) -> str:
        try:
            starting.site(about(answer))
        except ProblemsFound as found:
            first = found.problems[0]
            raise click.UsageError(f"{first.message}. {first.hint}") from None
        return answer

    return str(click.prompt(question, default=default, value_proc=judged))


def _words(told: str) -> tuple[str, ...]:
    return tuple(told.replace(",", " ").split())


@command.command(
    "creator",
    epilog="""\b
Examples:
  storefront new creator maya --name "Maya Lind" --country GB
""",
)
@click.argument("handle")
@click.option(
    "--name", metavar="TEXT", default="", help="The creator's name as readers see it. [default: made from the handle]"
)
@click.option("--tagline", metavar="TEXT", default="", help="One line under the name.")
@click.option(
    "--country", metavar="CODE", default="", help="Country of residence: GB, NO. It decides which shops come first."
)
@click.option("--locale", metavar="LOCALE", default="", help="The creator's language. [default: the site's]")
@common.root_option
def creator(handle: str, name: str, tagline: str, country: str, locale: str, root: Path) -> None:
    """Add a creator to a site.

    HANDLE is the creator's name in addresses. On a terminal you are asked for what is not given.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront import changes, starting

        shown = handle.replace("-", " ").title()
        if common.is_asked() and not name:
            name = click.prompt("Their name, as readers see it", default=shown)
            tagline = tagline or click.prompt("One line under it", default="", show_default=False)
            country = country or click.prompt("Their country, such as GB", default="", show_default=False)
        told = {"name": name or shown, "tagline": tagline, "locale": locale}
        made = starting.creator(root, handle, told | {"location": {"country": country} if country else None})
        changes.write(root, made)
        click.echo(f"{click.style('Made', fg='green')} {made[0].file}. Next: storefront check")


@command.command(
    "theme",
    epilog="""\b
Examples:
  storefront new theme mine
  storefront new theme mine --extends market
""",
)
@click.argument("name")
@click.option(
    "--extends", "base", metavar="NAME", default="editorial", show_default=True, help="The theme it is built on."
)
@common.root_option
def theme(name: str, base: str, root: Path) -> None:
    """Add a theme to a site, built on another.

    Its folder, themes/NAME, holds only what differs; everything else comes from the other theme.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront import changes, starting

        made = starting.theme(root, name, base)
        changes.write(root, made)
        click.echo(f"{click.style('Made', fg='green')} {', '.join(change.file for change in made)}.")
        click.echo(f"Write theme: {name} into content/site.yaml to see it.")
