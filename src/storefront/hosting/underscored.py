"""`_redirects` and `_headers`, which Cloudflare Pages, Netlify and GitLab Pages read.

One line for each redirect: path, address, status. A path matches whole, and the status is always
written, since what stands for a missing one differs (302 at Cloudflare, 301 at the others). The same
lines serve all three: nothing is forced over a file, because no file lies where a rule stands.
"""

from collections.abc import Sequence

from storefront.hosting.values import Files, Header, Plan, Redirect, text

REDIRECTS, HEADERS = "_redirects", "_headers"


def cloudflare(plan: Plan) -> Files:
    """For Cloudflare Pages, which joins what several rules say of one header unless a rule drops it with a `!`."""
    return netlify(plan, [f"  ! {name}" for name, _ in plan.embedded])


def netlify(plan: Plan, dropped: Sequence[str] = ()) -> Files:
    """For a host that reads both files; `dropped` are lines before the headers of embeds."""
    lines = [line for path, headers in _rules(plan) for line in (path, *map(_header, headers))]
    if plan.embedded:
        lines += [f"{plan.embeds}*", *dropped, *map(_header, plan.embedded)]
    return Files(inside={**gitlab(plan).inside, HEADERS: text(*lines)})


def gitlab(plan: Plan) -> Files:
    """For a host that sends no headers of ours."""
    return Files(inside={REDIRECTS: text(*map(_line, plan.redirects))})


def measure(redirect: Redirect) -> int:
    """The length of a redirect's line."""
    return len(_line(redirect))


def _line(redirect: Redirect) -> str:
    return f"{redirect.source} {redirect.target} {redirect.status}"


def _rules(plan: Plan) -> list[tuple[str, tuple[Header, ...]]]:
    """Patterns of paths and their headers, the particular ones last: all that match are sent, joined by commas."""
    rules = [(f"{plan.base}/*", plan.everywhere), *((f"{folder}*", plan.fixed) for folder in plan.folders)]
    own = tuple(header for header in plan.on_going if header not in plan.everywhere)
    return [*rules, (f"{plan.go}*", own)] if plan.going else rules


def _header(header: Header) -> str:
    return f"  {header[0]}: {header[1]}"
