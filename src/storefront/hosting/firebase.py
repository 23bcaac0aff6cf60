"""Firebase Hosting: `firebase.json`.

The file lies in the published folder, because Firebase takes nothing from outside the folder of its
configuration; `ignore` keeps it and its neighbours from being uploaded.
"""

from typing import Any

from msgspec import json

from storefront.hosting.values import Files, Header, Plan, Redirect

NAME = "firebase.json"
IGNORED = (NAME, "**/.*", "_headers", "_redirects", "staticwebapp.config.json", "vercel.json")


def write(plan: Plan) -> Files:
    """The file."""
    rules = [(f"{plan.base}/**", plan.everywhere), *((f"{folder}**", plan.fixed) for folder in plan.folders)]
    if plan.embedded:
        rules.append((f"{plan.embeds}**", plan.embedded))
    if plan.going:
        rules.append((f"{plan.go}**", plan.on_going))
    hosting = {
        "public": ".",
        "ignore": list(IGNORED),
        "redirects": [_redirect(redirect) for redirect in plan.redirects],
        "headers": [{"source": path, "headers": [_header(each) for each in headers]} for path, headers in rules],
    }
    return Files(inside={NAME: json.format(json.encode({"hosting": hosting}), indent=2) + b"\n"})


def measure(redirect: Redirect) -> int:
    """The longer of path and address."""
    return max(len(redirect.source), len(redirect.target))


def _redirect(redirect: Redirect) -> dict[str, Any]:
    return {"source": redirect.source, "destination": redirect.target, "type": redirect.status}


def _header(header: Header) -> dict[str, str]:
    return {"key": header[0], "value": header[1]}
