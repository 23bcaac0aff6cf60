"""nginx: a file for `http {}` and one for `server {}`.

Redirects are exact locations, which nginx looks up in a tree. They lie inside the location of their
folder, because nginx hands `add_header` down only to a level that has none of its own. A dollar sign
begins a variable and cannot be escaped; `geo` is the one directive whose value is taken as it is.
"""

from collections.abc import Iterable, Iterator

from storefront.hosting.values import Files, Header, Plan, Redirect, text

HTTP, SERVER = "nginx/http.conf", "nginx/server.conf"
DOLLAR = "storefront_dollar"


def write(plan: Plan) -> Files:
    """Both files."""
    http = ("# storefront wrote this. Include it inside http { }.", f'geo ${DOLLAR} {{ default "$"; }}')
    return Files(beside={HTTP: text(*http), SERVER: text(*_server(plan))})


def measure(redirect: Redirect) -> int:
    """The length of the address as a parameter."""
    return len(_quoted(redirect.target))


def _server(plan: Plan) -> Iterator[str]:
    yield "# storefront wrote this. Include it inside server { }, beside root and listen."
    yield from _headers(plan.everywhere + plan.paged)
    yield f"error_page 404 {_quoted(plan.missing)};"
    for folder in plan.folders:
        yield from _location(folder, plan.everywhere + plan.fixed, ())
    if plan.embedded:
        yield from _location(plan.embeds, plan.on_embeds + plan.paged, ())
    going = {name: (name, value) for name, value in plan.everywhere + plan.on_going}  # the later of one name counts
    if plan.going:
        yield from _location(plan.go, going.values(), plan.going)
    for redirect in plan.moved:
        yield _exact(redirect, "absolute_redirect off; ")


def _location(folder: str, headers: Iterable[Header], redirects: Iterable[Redirect]) -> Iterator[str]:
    yield f"location ^~ {_quoted(folder)} {{"
    yield from (f"    {line}" for line in _headers(headers))
    yield from (f"    {_exact(redirect)}" for redirect in redirects)
    yield "}"


def _exact(redirect: Redirect, more: str = "") -> str:
    answer = f"return {redirect.status} {_quoted(redirect.target)};"
    return f"location = {_quoted(redirect.source)} {{ {more}{answer} }}"


def _headers(headers: Iterable[Header]) -> Iterator[str]:
    return (f"add_header {name} {_quoted(value)} always;" for name, value in headers)


def _quoted(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain.replace("$", f"${{{DOLLAR}}}")}"'
