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
    is served. End it with Ctrl+C.
    """
    with common.failures(root, "text"):
        from storefront import serve
        from storefront.build import Options, build

        target = output or root / "site"
        options = Options(root=root, output=target, now=common.moment(now), workers=jobs)
        with printing.progress(wanted=True) as advance:
            report = build(options, advance)
        printing.built(report, str(target), "text")
        base = urlsplit(report.site_url).path
        listener = serve.listen(port)
        click.echo(f"Serving at http://{serve.HOST}:{listener.getsockname()[1]}{base}/  (Ctrl+C ends it)")
        alone = Options(root=root, output=target, now=options.now, workers=1)

        def rebuild() -> None:
            try:
                with common.failures(root, "text"):
                    moment = common.moment(now)
                    printing.built(
                        build(Options(root=root, output=target, now=moment, workers=alone.workers)), str(target), "text"
                    )
            except click.exceptions.Exit:
                click.echo("The last good site stays.")

        serve.serve(root, serve.application(target, base), listener, rebuild)
