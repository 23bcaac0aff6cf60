"""`storefront cms`."""

import re
from pathlib import Path

import click

from storefront.cli import common

REPOSITORY = re.compile(r"[\w.-]+(?:/[\w.-]+)+")


@click.command(
    "cms",
    epilog="""\b
Examples:
  storefront cms --serve
  storefront cms --repository maya/shelf
  storefront cms --repository agency/shelves --creator maya
""",
)
@click.option("--repository", metavar="OWNER/NAME", default="", help="The repository that commits go to.")
@click.option(
    "--host",
    type=click.Choice(["github", "gitlab"]),
    default="github",
    show_default=True,
    help="The repository's host.",
)
@click.option("--branch", default="main", show_default=True, help="The branch that commits go to.")
@click.option("--creator", "creators", multiple=True, metavar="HANDLE", help="Only this creator's records. Repeatable.")
@click.option("--serve", is_flag=True, help="Run the editor on this machine, for local files.")
@click.option("--port", type=click.IntRange(1, 65535), default=8010, show_default=True, help="The port.")
@common.root_option
def command(
    repository: str, host: str, branch: str, creators: tuple[str, ...], serve: bool, port: int, root: Path
) -> None:
    """Set up a browser editor with forms.

    Writes admin/, a page with Sveltia CMS and its configuration: a form for each kind of record, made from the
    vocabulary. Saving in it makes a commit. The folder is beside content/ and is not published with the site unless
    you put it there.
    """
    if repository and not REPOSITORY.fullmatch(repository):
        raise click.BadParameter("write it as owner/name.", param_hint="--repository")
    with common.failures(root, "text", common.UNWRITTEN):
        from storefront import changes, cms, formatting
        from storefront.importers.pages.run import curation_of, known_creator

        curation = curation_of(root)
        for creator in creators:
            known_creator(curation.influencers, creator)
        made = cms.files(cms.config(curation, cms.Backend(host=host, repository=repository, branch=branch), creators))
        changes.write(root, cms.changed(root, made))
        click.echo(f"{click.style('Wrote', fg='green')} {', '.join(made)} (Sveltia CMS {cms.release().version}).")
        if formatting.formatted(root, ()).changes:
            click.echo("Run storefront fmt before you use it: it puts quotes where the editor would read no text.")
        if serve:
            _serve(made, port)
        elif not repository:
            click.echo("It works with the files on this machine: storefront cms --serve. To commit, say --repository.")


def _serve(made: dict[str, bytes], port: int) -> None:
    from storefront.cms.serving import server
    from storefront.problems import EnvironmentFailure

    try:
        running = server(made, port)
    except OSError as error:
        raise EnvironmentFailure(f"port {port} is taken; choose another with --port") from error
    click.echo(f"Open http://localhost:{port}/admin/ in Chrome, Edge or another Chromium, choose “Work with Local")
    click.echo("Repository” and this folder, which must be a git repository. End with Ctrl+C.")
    with running:
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo()
