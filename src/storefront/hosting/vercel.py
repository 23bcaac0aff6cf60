"""Vercel: `vercel.json`."""

from typing import Any

from msgspec import json

from storefront.hosting.values import Files, Header, Plan, Redirect

NAME = "vercel.json"


def write(plan: Plan) -> Files:
    """The file, which lies in the folder that is deployed and is not served."""
    rules = [(f"{plan.base}/(.*)", plan.everywhere), *((f"{folder}(.*)", plan.fixed) for folder in plan.folders)]
    if plan.embedded:
        rules.append((f"{plan.embeds}(.*)", plan.embedded))
    if plan.going:
        rules.append((f"{plan.go}(.*)", plan.on_going))
    data = {
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "redirects": [_redirect(redirect) for redirect in plan.redirects],
        "headers": [{"source": path, "headers": [_header(each) for each in headers]} for path, headers in rules],
    }
    return Files(inside={NAME: json.format(json.encode(data), indent=2) + b"\n"})


def measure(redirect: Redirect) -> int:
    """The longer of path and address: each has the same limit."""
    return max(len(redirect.source), len(redirect.target))


def _redirect(redirect: Redirect) -> dict[str, Any]:
    return {"source": redirect.source, "destination": redirect.target, "statusCode": redirect.status}


def _header(header: Header) -> dict[str, str]:
    return {"key": header[0], "value": header[1]}
