"""The command line: the only place that prints. Commands are imported when they are called."""

import gc
import importlib
import os
import signal
import sys
import threading
import warnings

import click

INTERRUPTED = 130
PATIENCE = 1.0  # seconds for tidying up after an interrupt; a picture that is being encoded does not stop before
COMMANDS = {
    "build": "Build the site into site/.",
    "check": "Find every problem; write nothing.",
    "audit": "Print every shop link with its label and its proof.",
    "serve": "Preview the site on this machine; update with every change.",
    "new": "Start a new site in a folder.",
    "deploy": "Publish the built site to a folder or an S3-compatible store.",
    "init-ci": "Write a workflow that checks, previews and publishes.",
    "add": "Add a product from a shop's page.",
    "admit": "Admit a creator, and write the day into their file.",
    "cms": "Set up a browser editor with forms.",
    "fmt": "Format YAML files.",
    "leakcheck": "Search the built site for unpublished content.",
    "seal": "Encrypt a build, to be opened with a key.",
    "verify": "Compare a published site with its checksums.",
    "list": "Find creators by place, interest, shop, brand, squad or status.",
    "due": "List tasks by date.",
    "links": "Check links to shops.",
    "subids": "Print which placement each sub-id stands for.",
    "import": "Import reviews, products, links, figures and samples.",
    "export": "Export reviews, picks, captions, pictures, samples and codes.",
    "report": "Report clicks, and the cost and results of campaigns.",
    "styleguide": "Show every component of a theme in every state, on one page.",
    "schema": "Write JSON Schemas for editors.",
    "clean": "Delete the built site and the cache.",
}
# These build and end, with hardly a cycle of objects to collect: without the collector, imports alone take 0.22 s of
# CPU where they took 0.24.
UNCOLLECTED = frozenset({"build", "check", "audit"})
# Commands whose names are no names of modules, or would hide what Python calls so.
MODULES = {"import": "imports", "export": "exports", "init-ci": "init_ci", "list": "roster"}


class _Lazy(click.Group):
    """Knows its commands by name and summary; loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"storefront.cli.{MODULES.get(cmd_name, cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from storefront.problems import nearest

            near = nearest(args[0], COMMANDS)
            hint = f" Did you mean {near}?" if near else ""
            raise click.UsageError(f"{error.message}{hint}", ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.BadParameter as error:
            if error.param and isinstance(error.param.type, click.Choice) and error.message.startswith("'"):
                from storefront.vocabulary.validate import like

                near = like(error.message.split("'")[1], list(error.param.type.choices), keys=False)
                message = f"{error.message} Did you mean {near}?" if near else error.message
                raise click.BadParameter(message, error.ctx, error.param, error.param_hint) from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: storefront new my-site",
)
@click.version_option(package_name="storefront", message="storefront %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """Build a website of recommendations from YAML, with a disclosure beside every shop link.

    Run in a folder that holds content/site.yaml.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False


def _end(number: int, _: object) -> None:
    """Stop at a signal: tidy up if that is soon done, and leave in any case. What is published is always whole."""
    timer = threading.Timer(PATIENCE, os._exit, [128 + number])
    timer.daemon = True
    timer.start()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def main() -> None:
    """Run the command line. Ends with 130 when the user interrupts, where Click itself would end with 1."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # such as Pillow's doubts about a camera's notes: nothing to do for users
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup and some shells have it
            signal.signal(number, _end)
    if UNCOLLECTED.intersection(sys.argv[1:2]):
        gc.disable()
    try:
        sys.exit(group.main(prog_name="storefront", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # the interpreter would search all that a build leaves for cycles (0.3 s for 6,000 files), and end
