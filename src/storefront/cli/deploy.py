"""`storefront deploy`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from storefront.cli import common, printing

if TYPE_CHECKING:
    from storefront.deploy import Plan


class Target(click.ParamType[str]):
    """A folder, or s3://bucket/prefix."""

    name = "target"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        return "Say where to: a folder, or s3://bucket/prefix."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from storefront.deploy import place

        try:
            place(str(value))
        except ValueError as error:
            self.fail(f"{value}: {error}.", param, ctx)
        return str(value)


@click.command(
    "deploy",
    epilog="""\b
Examples:
  storefront deploy s3://my-bucket
  storefront deploy s3://my-bucket/shop --endpoint-url https://s3.example
  storefront deploy /srv/www/my-site
  storefront deploy s3://my-bucket --dry-run
""",
)
@click.argument("target", type=Target())
@click.option("--endpoint-url", metavar="URL", help="The endpoint of an S3-compatible store. [default: Amazon S3]")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option("--adopt", is_flag=True, help="Overwrite files that somebody else put at a path of the site.")
@common.root_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that the site was built into. [default: site/ in the root]",
)
@common.format_option
@common.quiet_option
def command(
    target: str,
    endpoint_url: str | None,
    dry_run: bool,
    adopt: bool,
    root: Path,
    output: Path | None,
    style: str,
    quiet: bool,
) -> None:
    """Publish the built site to a folder or an S3-compatible store.

    TARGET is a folder, or s3://bucket/prefix. Only changed files are uploaded, assets before the
    pages that need them. Then removed files are deleted, if storefront itself put them there.
    """
    if endpoint_url and not target.startswith("s3://"):
        raise click.UsageError("--endpoint-url is for a target such as s3://bucket/prefix.")
    with common.failures(root, style):
        from storefront.deploy import Asked, deploy

        asked = Asked(
            root=root,
            output=output or root / "site",
            target=target,
            endpoint=endpoint_url,
            adopt=adopt,
            dry_run=dry_run,
        )
        with printing.progress(wanted=not quiet and style == "text") as advance:
            plan = deploy(asked, advance)
        if style == "json":
            printing.as_json(_plain(plan))
        elif not quiet:
            _print(plan, target, dry_run=dry_run)


def _print(plan: "Plan", target: str, *, dry_run: bool) -> None:
    if dry_run:
        for item in plan.put:
            click.echo(f"put     {item.path}")
        for path in plan.delete:
            click.echo(f"delete  {path}")
    for path in plan.left:
        click.echo(f"left    {path} (somebody has changed it since storefront put it there)")
    said = "Would deploy" if dry_run else click.style("Deployed", fg="green")
    size = sum(item.size for item in plan.put)
    click.echo(
        f"{said} to {target}: {printing.count(len(plan.put), 'file')} put ({size:,} bytes), "
        f"{len(plan.delete):,} deleted, {plan.same:,} as they were."
    )


def _plain(plan: "Plan") -> dict[str, object]:
    return {
        "problems": [],
        "put": [item.path for item in plan.put],
        "deleted": list(plan.delete),
        "left": list(plan.left),
        "same": plan.same,
    }
