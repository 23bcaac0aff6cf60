"""`storefront export media`."""

from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "media",
    epilog="""\b
Examples:
  storefront export media --brand fjell --output for-fjell
  storefront export media --brand fjell --output for-fjell --now 2026-12-24
""",
)
@click.option("--brand", required=True, metavar="ID", help="The brand that may use them.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="A new or empty folder to write to, outside every published folder.",
)
@common.root_option
@common.now_option
@common.quiet_option
def media(brand: str, output: Path, root: Path, now: datetime | None, quiet: bool) -> None:
    """Write the pictures that a brand may use into a folder.

    Pictures of posts, reviews and snippets whose rights cover the brand's own channels and have not ended, without
    camera data. credits.csv and credits.json state for each who must be credited, where and until when it may be used,
    and what must be disclosed beside it.
    """
    with common.failures(root, "text", common.UNWRITTEN):
        from zoneinfo import ZoneInfo

        from storefront.catalog.live import Live
        from storefront.clock import Clock
        from storefront.exporters import media as exported
        from storefront.exporters import tables
        from storefront.gather import gather, unusable
        from storefront.images import Unusable
        from storefront.problems import Place, Problem, ProblemsFound, did_you_mean
        from storefront.report import output as places

        places.check(root, output, "Name a folder outside of the site, such as ../for-a-brand.")
        if output.exists() and any(output.iterdir()):
            hint = "Name a new folder: what was granted once, and is not any more, would stay in this one."
            raise ProblemsFound([Problem("output", "there is something in this folder", Place(str(output)), hint)])
        gathered = gather(root, common.moment(now))
        brands = gathered.catalog.brands
        if brand not in brands:
            hint = did_you_mean(brand, list(brands)) or "See the files in content/brands/."
            raise ProblemsFound([Problem("unknown-reference", f"there is no brand {brand}", Place("--brand"), hint)])
        clock = Clock(gathered.now, ZoneInfo(gathered.catalog.site.timezone))
        found = exported.Media(gathered.catalog, Live(gathered.curation, clock), gathered.site, brand)
        files: dict[str, bytes] = {}
        for each in found.chosen:
            try:
                files[each.terms.file] = exported.picture(root, each)
            except (Unusable, OSError) as failure:
                raise ProblemsFound([unusable(each.source, failure, Place(each.source))]) from None
        files["credits.csv"] = tables.table((each.terms for each in found.chosen), exported.PictureTerms)
        files["credits.json"] = exported.document(found.chosen)
        output.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (output / name).parent.mkdir(exist_ok=True)
            (output / name).write_bytes(data)
        if not quiet:
            click.echo(f"{printing.count(len(found.chosen), 'picture')} in {printing.tame(output)}.")
            if found.kept:
                click.echo(
                    f"{printing.count(found.kept, 'picture')} left out: not granted to the brand, ended, "
                    "or of somebody who is not to be named."
                )
