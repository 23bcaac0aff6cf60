"""Azure Static Web Apps: `staticwebapp.config.json`.

The first route that matches ends the search, so that each redirect carries its own headers.
"""

from typing import Any

from msgspec import json

from storefront.hosting.values import MOVED, Files, Plan, Redirect

NAME = "staticwebapp.config.json"


def write(plan: Plan) -> Files:
    """The file, which Azure looks for in the published folder and does not serve."""
    data = {
        "globalHeaders": dict(plan.everywhere),
        "routes": [
            *(_route(redirect, plan) for redirect in plan.redirects),
            *({"route": f"{folder}*", "headers": dict(plan.fixed)} for folder in plan.folders),
            *([{"route": f"{plan.embeds}*", "headers": dict(plan.embedded)}] if plan.embedded else []),
        ],
        "responseOverrides": {"404": {"rewrite": plan.missing}},
    }
    return Files(inside={NAME: json.encode(data) + b"\n"})  # without indents: the file may have 20 KB


def measure(redirect: Redirect) -> int:
    """The longer of path and address."""
    return max(len(redirect.source), len(redirect.target))


def _route(redirect: Redirect, plan: Plan) -> dict[str, Any]:
    made = {"route": redirect.source, "redirect": redirect.target, "statusCode": redirect.status}
    return made if redirect.status == MOVED else made | {"headers": dict(plan.on_going)}
