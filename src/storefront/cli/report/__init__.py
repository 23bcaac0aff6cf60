"""`storefront report`: a group whose commands are imported when they are called."""

import importlib

import click

REPORTS = {
    "clicks": "Count visits and clicks in access logs and exports.",
    "campaign": "Tell what a campaign cost, and what came of it.",
    "roi": "Tell what creators and brands cost, and what came of it.",
    "messages": "Compare what campaigns say with the weights of their messages.",
}


class _Lazy(click.Group):
    """Knows its reports by name and summary; loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(REPORTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in REPORTS:
            return None
        command: click.Command = importlib.import_module(f"storefront.cli.report.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(REPORTS.items()))


@click.group("report", cls=_Lazy)
def command() -> None:
    """Report clicks, and the cost and results of campaigns."""
