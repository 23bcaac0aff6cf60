"""`storefront clean`."""

import os
from datetime import datetime
from pathlib import Path

import click

from storefront.cli import common, printing


@click.command(
    "clean",
    epilog="""\b
Examples:
  storefront clean
  storefront clean --output /tmp/december
  storefront clean --unused
""",
)
@common.root_option
@common.output_option
@common.now_option
@click.option("--unused", is_flag=True, help="Delete only cached pictures, cards and pages that the site does not use.")
def command(root: Path, output: Path | None, now: datetime | None, unused: bool) -> None:
    """Delete the built site and the cache.

    Deletes the output folder, leftovers of interrupted builds beside it, and the cache in
    .storefront/. A folder that holds anybody else's files is left alone. With --unused the site
    stays, and the cache keeps what the site needs.
    """
    with common.failures(root, "text", "Nothing was deleted."):
        from storefront import content, hosting, publish, state

        content.refuse_without_site(root)
        if unused:
            _unused(root, common.moment(now))
            return
        from storefront.outcome import FOLDER

        target = Path(os.path.abspath(output or root / "site"))
        folder, aside = root / FOLDER, hosting.beside(target)
        with publish.Lock(folder):
            for each in (target, aside):
                publish.sweep(each, folder)
            publish.check_ours(target, state.read(folder, str(target.resolve())).files.keys() | publish.listed(target))
            publish.check_ours(aside, publish.listed(aside))
            count = publish.clear(target)
            publish.write_folder(aside, {})
            publish.forget(folder)
        click.echo(f"Deleted {count} files from {output or root / 'site'}, and the cache.")


def _unused(root: Path, now: datetime) -> None:
    """Delete what the cache keeps of pictures, cards and pages that are not shown any more."""
    from storefront import publish
    from storefront.gather import gather
    from storefront.keys import Keys
    from storefront.media import Media
    from storefront.outcome import FOLDER, PAGES
    from storefront.store import Store

    with publish.Lock(root / FOLDER):
        gathered = gather(root, now)
        files = Media(gathered, root / FOLDER).unused()
        size = sum(file.stat().st_size for file in files)
        for file in files:
            file.unlink()
        keys = Keys(gathered.theme.digest)
        with Store(root / FOLDER / PAGES) as pages:
            gone = len(pages)
            size += pages.forget([keys.of(page) for page in gathered.pages])
            gone -= len(pages)
    said = [printing.count(len(files), "file"), *([printing.count(gone, "page")] if gone else [])]
    click.echo(f"Deleted {' and '.join(said)} of the cache, {size / 1e6:.1f} MB.")
