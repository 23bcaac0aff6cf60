"""`storefront build`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing
from storefront.cli.profile import Stages, show

if TYPE_CHECKING:
    from storefront.executors import ExternalExecutor
    from storefront.outcome import Options, Progress
    from storefront.problems import Problem
    from storefront.why import Why


class Place(click.ParamType[str]):
    """A folder, or an address of an object store."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if "://" not in value and Path(value).is_file():
            self.fail(f"{value} is a file.", param, ctx)
        return str(value)


def _file(name: str, what: str) -> Callable[[common.Function], common.Function]:
    return click.option(name, metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=what)


@click.command(
    "build",
    epilog="""\b
Examples:
  storefront build
  storefront build --now 2026-12-01 --output /tmp/december
  storefront build --format github
  storefront build --cache
  storefront build --verify
  storefront build --preview --since main
  storefront build --audience squad:leeds-runners
  storefront build --why /maya/
  storefront build --profile
  storefront build --cluster tcp://10.0.0.5:8786 --output s3://bucket/site
""",
)
@common.root_option
@click.option("-o", "--output", type=Place(), help="The folder or address to build into. [default: site/ in the root]")
@common.now_option
@common.format_option
@common.jobs_option
@common.quiet_option
@click.option("--cache", is_flag=True, help="Keep finished pages in .storefront/ for builds in other clones, as in CI.")
@click.option("--profile", is_flag=True, help="Show where the time went: stages, templates, the slowest pages.")
@click.option("--verify", is_flag=True, help="Then build again from nothing and compare every byte.")
@click.option("--preview", is_flag=True, help="Make a marked preview in preview/ instead: not for publishing.")
@click.option("--since", metavar="REF", help="With --preview, mark what is new or changed since this commit or branch.")
@common.audience_option("Build for a squad or brand that sees things first: squad:ID or brand:ID, in audiences/.")
@click.option("--embargoed", is_flag=True, help="With --preview, include embargoed content.")
@click.option("--why", "url", metavar="ADDRESS", help="Say why the page at this address is rebuilt, or is not.")
@click.option("--source", metavar="ADDRESS", help="Copy content from this address into the root first.")
@click.option("--cluster", metavar="ADDRESS", help="Make pages on the Dask cluster of this scheduler.")
@_file("--tls-ca", "Who signs the certificate of the scheduler.")
@_file("--tls-cert", "The certificate to show to the scheduler.")
@_file("--tls-key", "The key of that certificate.")
def command(
    root: Path,
    output: str | None,
    now: datetime | None,
    style: str,
    jobs: int,
    quiet: bool,
    cache: bool,
    profile: bool,
    verify: bool,
    preview: bool,
    since: str | None,
    audience: str,
    embargoed: bool,
    url: str | None,
    source: str | None,
    cluster: str | None,
    **tls: Path | None,
) -> None:
    """Build the site into site/.

    All problems in the content are reported at once, with file, line and how to fix them; the
    last good site then stays as it is.
    """
    address = output if output and "://" in output else ""
    if preview or audience != "public" or since or embargoed:
        _refuse_others(preview, audience, since, embargoed, [address, cache, profile, verify, url, source, cluster])
        moment = common.moment(now)
        if preview:
            _preview(root, output, moment, jobs, since, style=style, quiet=quiet, embargoed=embargoed)
        else:
            _for_audience(root, output, moment, jobs, audience, style=style, quiet=quiet)
        return
    if address and (verify or url):
        raise click.UsageError("--verify and --why look at a folder; --output is an address.")
    with common.failures(root, style):
        from storefront.build import build
        from storefront.outcome import Options

        target = output or str(root / "site")
        folder = root / "site" if address else Path(target)
        options = Options(root=root, output=folder, now=common.moment(now), workers=jobs, cache=cache)
        with printing.progress(wanted=not quiet and style == "text") as advance, _connected(cluster, tls) as external:
            stages = Stages(advance)
            if source:
                _fetch(source, root, stages)
            explained = _why(options, url) if url else None
            report = build(options, stages, external=external, address=address)
            stages.end()
            found = _differences(options, advance) if verify else []
        if found:
            printing.problems(found, style, ending="The site was published as it is.")
            raise click.exceptions.Exit(common.PROBLEMS)
        if profile and style == "text":
            show(stages, report)
        if not quiet or style == "json":
            printing.built(report, target, style, explained)


def _refuse_others(preview: bool, audience: str, since: str | None, embargoed: bool, others: list[Any]) -> None:
    """Options that go with neither a preview nor a build for an audience."""
    if preview and (audience != "public" or any(others)):
        raise click.UsageError("--preview goes with --output FOLDER, --since and --embargoed alone.")
    if not preview and (since or embargoed):
        raise click.UsageError("--since and --embargoed need --preview.")
    if not preview and any(others):
        raise click.UsageError("--audience goes with --output FOLDER alone.")


@contextmanager
def _connected(address: str | None, tls: dict[str, Path | None]) -> "Iterator[ExternalExecutor | None]":
    """What makes pages outside of this machine; None without a scheduler's address."""
    if not address:
        if any(tls.values()):
            raise click.UsageError("--tls-ca, --tls-cert and --tls-key are for --cluster.")
        yield None
        return
    from storefront.cluster.scheduler import Tls, connected

    files = Tls(tls["tls_ca"], tls["tls_cert"], tls["tls_key"])
    with connected(address, files if any(files) else None) as external:
        yield external


def _fetch(address: str, root: Path, progress: "Progress") -> None:
    from storefront import publish
    from storefront.cluster.source import fetch
    from storefront.outcome import FOLDER

    with publish.Lock(root / FOLDER):
        fetch(address, root, progress)


def _preview(
    root: Path,
    output: str | None,
    now: datetime,
    jobs: int,
    since: str | None,
    *,
    style: str,
    quiet: bool,
    embargoed: bool,
) -> None:
    """Make a preview as files, which cannot be taken for the site."""
    with common.failures(root, style):
        from storefront.outcome import Options
        from storefront.serving import bundle
        from storefront.serving.since import Past

        target = Path(output) if output else root / bundle.NAME
        if target.resolve() == (root / "site").resolve():
            raise click.BadParameter("site/ is for the site; a preview goes elsewhere.", param_hint="--output")
        options = Options(root=root, output=target, now=now, workers=jobs)
        then = Past(root, since) if since else None
        with printing.progress(wanted=not quiet and style == "text") as advance:
            made = bundle.bundle(options, then, embargoed=embargoed, progress=advance)
        if not quiet or style == "json":
            printing.previewed(made.pages, made.marked, str(target), style)


def _for_audience(
    root: Path, output: str | None, now: datetime, jobs: int, audience: str, *, style: str, quiet: bool
) -> None:
    """Make the site as an audience sees it, in a folder of its own."""
    with common.failures(root, style):
        from storefront import audiences
        from storefront.outcome import Options

        target = Path(output) if output else audiences.folder_of(root, audience)
        if target.resolve() == (root / "site").resolve():
            raise click.BadParameter("site/ is for everybody; this build goes elsewhere.", param_hint="--output")
        options = Options(root=root, output=target, now=now, workers=jobs)
        with printing.progress(wanted=not quiet and style == "text") as advance:
            pages = audiences.build(options, audience, advance)
        if style == "json":
            printing.as_json({"problems": [], "summary": {"audience": audience, "pages": pages}})
        elif not quiet:
            click.echo(
                f"{click.style('Built', fg='green')} {printing.count(pages, 'page')} for {audience}: {target} "
                "(whoever has its address can read it; storefront seal makes it need a key)"
            )


def _differences(options: "Options", advance: "Progress") -> "list[Problem]":
    from storefront.verify import differences

    return differences(options, advance)


def _why(options: "Options", url: str) -> "Why":
    """Why a page is made anew. An address without a page is wrong usage."""
    from storefront.problems import did_you_mean, shown
    from storefront.why import Unknown, why

    try:
        return why(options, url)
    except Unknown as unknown:
        hint = did_you_mean(unknown.path, unknown.paths)
        raise click.BadParameter(
            f"no page stands at {shown(unknown.path)}. {hint}".strip(), param_hint="--why"
        ) from None
