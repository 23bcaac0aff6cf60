"""`storefront serve`."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from storefront.cli import common, printing


@click.command(
    "serve",
    epilog="""\b
Examples:
  storefront serve
  storefront serve --port 8080
  storefront serve --now 2026-12-01
""",
)
@common.root_option
@common.output_option
@common.now_option
@common.jobs_option
@click.option(
    "--port", type=click.IntRange(1, 65000), default=8000, show_default=True, help="The port, or the next free one."
)
def command(root: Path, output: Path | None, now: datetime | None, jobs: int, port: int) -> None:
    """Build, serve on this machine, rebuild on change.

    Only this machine can reach the address. While the content has a problem, the last good site
    is served. Pictures are made when a page asks for them, so that the folder it builds into is
    for looking at: storefront build makes the site that is published. End it with Ctrl+C.
    """
    with common.failures(root, "text"):
        from storefront import serve, unchanged
        from storefront.build import build
        from storefront.outcome import Options, Progress, Report, quiet

        target = output or root / "site"
        redirects: dict[str, tuple[str, int]] = {}
        last: list[Report] = []

        def made(workers: int, progress: Progress) -> Report:
            options = Options(root=root, output=target, now=common.moment(now), workers=workers, on_demand=True)
            report = build(options, progress)
            printing.built(report, str(target), "text")
            redirects.clear()
            redirects.update({each.source: (each.target, each.status) for each in report.redirects})
            last.append(report)
            del last[:-1]
            return report

        def picture(name: str) -> Path | None:
            found: Path | None = last[-1].media.find(name)
            return found

        def rebuild() -> None:
            try:
                with common.failures(root, "text"):
                    made(1, quiet)  # the server's thread is running: nothing may be forked
            except click.exceptions.Exit:
                click.echo("The last good site stays.")

        seen = unchanged.tree(root)
        with printing.progress(wanted=True) as advance:
            report = made(jobs, advance)
        base = urlsplit(report.site_url).path
        listener = serve.listen(port)
        click.echo("Pictures are made as they are asked for; storefront build makes them all.")
        click.echo(f"Serving at http://{serve.HOST}:{listener.getsockname()[1]}{base}/  (Ctrl+C ends it)")
        serve.serve(root, serve.application(target, base, redirects, picture), listener, rebuild, seen)
