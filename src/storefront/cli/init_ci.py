"""`storefront init-ci`."""

import re
from pathlib import Path
from typing import Any

import click

from storefront.cli import common

BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
CHECK = ".github/workflows/check.yml"


class Host(click.ParamType[str]):
    """A host, by its name in content/site.yaml or a shorter one."""

    name = "host"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        from storefront.ci import SHORT, ways

        return f"Say where the site is published: {', '.join(sorted({*ways(), *SHORT, 'pages'}))}."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from storefront.ci import SHORT, ways
        from storefront.problems import did_you_mean

        names = [*ways(), *SHORT, "pages"]
        if value not in names:
            self.fail(f"{value} is no host that is known here. {did_you_mean(str(value), names)}".strip(), param, ctx)
        return str(value)


class Branch(click.ParamType[str]):
    """The name of a branch that needs no quotes anywhere."""

    name = "branch"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not BRANCH.fullmatch(str(value)):
            self.fail(f"{value} is no name for a branch here: letters, digits and . _ / - only.", param, ctx)
        return str(value)


@click.command(
    "init-ci",
    epilog="""\b
Examples:
  storefront init-ci github --host cloudflare
  storefront init-ci github --host pages
  storefront init-ci gitlab --host s3
""",
)
@click.argument("system", type=click.Choice(["github", "gitlab"]))
@click.option("--host", type=Host(), required=True, help="The host: cloudflare, netlify, pages, s3 …")
@click.option("--branch", type=Branch(), default="main", show_default=True, help="For GitHub, the branch to publish.")
@click.option("--force", is_flag=True, help="Overwrite a different existing workflow.")
@common.root_option
def command(system: str, host: str, branch: str, force: bool, root: Path) -> None:
    """Write a workflow that checks, previews and publishes.

    Pull requests are checked, with each mistake beside its line, and get a preview. The main
    branch is published at every push, and again at night when something is due.
    """
    from storefront import ci, content

    name = ci.host_of(host, system)
    if ci.ways()[name].only not in {"", system}:
        raise click.BadParameter(f"only {ci.ways()[name].only} can publish there.", param_hint="--host")
    with common.failures(root, "text", common.UNWRITTEN):
        content.refuse_without_site(root)
        _write(root, ci.FILES[system], ci.workflow(system, name, branch), force=force)
    click.echo(f"Wrote {ci.FILES[system]}. Commit it, and set what it names at its top.")
    if name != "server" and name not in _hosts(root):
        click.echo(f"Name the host in content/site.yaml too, for its redirects and headers: hosts: [{name}]")
    if system == "github" and (root / CHECK).exists():
        click.echo(f"Its job check does what {CHECK} does: delete that file.")


def _write(root: Path, name: str, data: bytes, *, force: bool) -> None:
    from storefront.problems import Place, Problem, ProblemsFound

    path = root / name
    if path.exists() and path.read_bytes() != data and not force:
        hint = "Look at what you would lose, then overwrite it with --force."
        raise ProblemsFound([Problem("output", "there is another workflow already", Place(name), hint)])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _hosts(root: Path) -> list[str]:
    """The hosts that a site names; none where its file cannot be read, which is for `storefront check` to tell."""
    from storefront.problems import ProblemsFound
    from storefront.reader import decode, parse

    try:
        site = parse(decode((root / "content/site.yaml").read_bytes(), "site.yaml"), "site.yaml")
    except (OSError, ProblemsFound):
        return []
    found = site.get("hosts") if isinstance(site, dict) else None
    return [str(each) for each in found] if isinstance(found, list) else []
