"""`storefront serve`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.serving import Preview, Settings

EDITORS = ("code", "codium", "cursor", "idea", "mvim", "pycharm", "subl", "textmate", "windsurf", "zed", "none")


@click.command(
    "serve",
    epilog="""\b
Examples:
  storefront serve
  storefront serve --port 8080
  storefront serve --now 2026-12-01
  storefront serve --brand strideco --since main
  storefront serve --lan
""",
)
@common.root_option
@common.now_option
@common.jobs_option
@click.option(
    "--port", type=click.IntRange(1, 65000), default=8000, show_default=True, help="The port, or the next free one."
)
@click.option(
    "--brand", metavar="ID", default="", help="Start with this brand's content, including what is unpublished."
)
@click.option(
    "--creator", metavar="HANDLE", default="", help="Start with this creator's content, including what is unpublished."
)
@click.option(
    "--campaign", metavar="ID", default="", help="Start with this campaign's content, including what is unpublished."
)
@click.option("--since", metavar="REF", help="Mark what is new or changed since this commit or branch.")
@click.option(
    "--held/--no-held",
    default=None,
    help="Show unpublished content, marked. [default: with --brand, --creator or --campaign]",
)
@click.option(
    "--editor",
    type=click.Choice(EDITORS),
    help="The editor that opens files from the browser. [default: STOREFRONT_EDITOR, VISUAL or EDITOR, else code]",
)
@click.option("--lan", is_flag=True, help="Let other devices on the local network connect.")
def command(
    root: Path,
    now: datetime | None,
    jobs: int,
    port: int,
    brand: str,
    creator: str,
    campaign: str,
    since: str | None,
    held: bool | None,
    editor: str | None,
    lan: bool,
) -> None:
    """Preview the site on this machine; update with every change.

    Pages are made on request, and nothing is written to site/. Open pages update when you change
    a file; problems are shown over the last good page. Only this machine can reach the address,
    unless --lan is given. Stop it with Ctrl+C.
    """
    if len([each for each in (brand, creator, campaign) if each]) > 1:
        raise click.UsageError("--brand, --creator and --campaign cannot be given together.")
    with common.failures(root, "text"):
        from storefront import serving
        from storefront.serving import editors

        common.moment(now)  # a SOURCE_DATE_EPOCH that is no number is wrong usage
        settings = serving.Settings(
            now=now,
            held=bool(brand or creator or campaign) if held is None else held,
            scope=serving.Scope(brand=brand, creator=creator, campaign=campaign),
            editor=editor or editors.chosen(),
            workers=jobs,
        )
        host, names = serving.LOOPBACK, serving.NAMES
        if lan:
            address = serving.lan_address()
            host, names = serving.ANYWHERE, (*names, address)
        _known(root, settings)
        past = serving.Past(root, since) if since else None
        preview = serving.Preview(root, settings, past, lambda error: common.internal(root, error))
        listener = serving.listen(port, host)
        at = listener.getsockname()[1]
        path = serving.FOLDER if settings.scope else "/"
        click.echo(f"Serving at http://{serving.LOOPBACK}:{at}{path}  (Ctrl+C ends it)")
        if lan:
            _to_the_network(f"http://{address}:{at}{path}")
        serving.serve(preview, listener, names, _said)


def _known(root: Path, settings: "Settings") -> None:
    """A brand or creator that there is not is wrong usage."""
    from storefront.problems import did_you_mean
    from storefront.serving.preview import unknown

    scope = settings.scope
    known = unknown(root, scope)
    if known is not None:
        asked = ((scope.brand, "--brand"), (scope.creator, "--creator"), (scope.campaign, "--campaign"))
        name, option = next(each for each in asked if each[0])
        raise click.BadParameter(f"there is no {name}. {did_you_mean(name, known)}".strip(), param_hint=option)


def _said(preview: "Preview") -> None:
    """Say how the content stands: its problems, or how much there is."""
    found, gathered = preview.problems, preview.live.gathered
    if found:
        printing.problems(found, "text", "The last good pages stay." if gathered else "The browser shows them too.")
    elif gathered:
        printing.read(len(gathered.pages), gathered.files, gathered.now, gathered.next_change, gathered.held)


def _to_the_network(address: str) -> None:
    """Print an address, also as a code to scan, and who can see it now."""
    from io import StringIO

    import segno

    code = StringIO()
    segno.make(address, micro=False).terminal(out=code, compact=True)
    click.echo(code.getvalue())
    click.echo(f"On the local network: {address}")
    warning = "Everybody on this network can see it, drafts and embargoed things too, and nothing is encrypted."
    click.secho(warning, fg="yellow", bold=True)
