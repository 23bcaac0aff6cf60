"""Caddy: a Caddyfile to import into the site's block.

The redirects are one `map`, so that Caddy compares a path with them only when it is asked for one.
Braces would be placeholders; no address has any left. Caddy orders directives itself, so no two
headers of one name have matchers that meet.
"""

from collections.abc import Iterable, Iterator

from storefront.hosting.values import Files, Header, Plan, Redirect, text

NAME = "caddy/Caddyfile"


def write(plan: Plan) -> Files:
    """The file."""
    return Files(beside={NAME: text(*_lines(plan))})


def measure(redirect: Redirect) -> int:
    """The longer of path and address."""
    return max(len(redirect.source), len(redirect.target))


def _lines(plan: Plan) -> Iterator[str]:
    yield "# storefront wrote this. Import it inside the site's block, beside root and file_server."
    fixed, going = " ".join(f"{folder}*" for folder in plan.folders), f"{plan.go}*"
    own = {name for name, _ in plan.on_going}
    framed = {name for name, _ in plan.embedded}
    yield from _headers("", (header for header in plan.everywhere if header[0] not in own | framed))
    if plan.embedded:
        yield f"@storefront_embedded path {plan.embeds}*"
        yield from _headers("@storefront_embedded ", plan.embedded)
        yield f"@storefront_unframed not path {plan.embeds}*"
        yield from _headers("@storefront_unframed ", (header for header in plan.everywhere if header[0] in framed))
    yield f"@storefront_fixed path {fixed}"
    yield from _headers("@storefront_fixed ", plan.fixed)
    yield f"@storefront_going path {going}"
    yield from _headers("@storefront_going ", plan.on_going)
    yield f"@storefront_other not path {going}"
    yield from _headers("@storefront_other ", (header for header in plan.everywhere if header[0] in own))
    yield f"@storefront_paged not path {fixed} {going}"
    yield from _headers("@storefront_paged ", plan.paged)
    yield from _redirects("storefront_moved", plan.moved)
    yield from _redirects("storefront_go", plan.going)
    yield "handle_errors {"
    yield "\t@storefront_missing expression `{http.error.status_code} == 404`"
    yield f"\trewrite @storefront_missing {plan.missing}"
    yield "\tfile_server"
    yield "}"


def _redirects(name: str, redirects: tuple[Redirect, ...]) -> Iterator[str]:
    if not redirects:
        return
    yield f"map {{path}} {{{name}}} {{"
    yield from (f"\t{_quoted(redirect.source)} {_quoted(redirect.target)}" for redirect in redirects)
    yield '\tdefault ""'
    yield "}"
    yield f"@{name} expression `{{{name}}} != ''`"
    yield f"redir @{name} {{{name}}} {redirects[0].status}"


def _headers(matcher: str, headers: Iterable[Header]) -> Iterator[str]:
    return (f"header {matcher}{name} {_quoted(value)}" for name, value in headers)


def _quoted(value: str) -> str:
    escaped = value.replace('"', '\\"').replace("{", "\\{").replace("}", "\\}")
    return f'"{escaped}"'
