"""Apache: `.htaccess`, by mod_rewrite and mod_headers.

`Redirect` would answer for every address that begins with its own, and writes % a second time; so
each redirect is a rule of mod_rewrite for one whole path. Other requests skip them all. Most
configurations serve no file whose name begins with `.ht`; a rule says it for the others.
"""

import re
from collections.abc import Iterable, Iterator

from storefront.hosting.values import MOVED, Files, Header, Plan, Redirect, text

NAME = ".htaccess"
FLAGS = "L,NE,QSD"  # last; nothing encoded twice; the visitor's own query is not handed on


def write(plan: Plan) -> Files:
    """The file. It needs `AllowOverride FileInfo`, or to be included in the folder's `<Directory>`."""
    return Files(inside={NAME: text(*_lines(plan))})


def measure(redirect: Redirect) -> int:
    """The length of a rule."""
    return len(_rule(redirect, "", ""))


def _lines(plan: Plan) -> Iterator[str]:
    yield "# storefront wrote this. It needs mod_rewrite and mod_headers, and AllowOverride FileInfo."
    yield f"ErrorDocument 404 {plan.missing}"
    yield from _headers(plan.everywhere + plan.paged)
    yield from _section("|".join(map(re.escape, plan.folders)), plan.fixed)
    if plan.embedded:
        yield from _section(re.escape(plan.embeds), plan.embedded)
    if plan.going:
        yield from _section(re.escape(plan.go), plan.on_going)
    yield "RewriteEngine On"
    yield 'RewriteRule "(?:^|/)[.]ht" "-" [F]'
    yield from (_rule(redirect, plan.base, plan.url) for redirect in plan.moved)
    if plan.going:
        yield f'RewriteRule "!^go/" "-" [S={len(plan.going)}]'
        yield from (_rule(redirect, plan.base, plan.url) for redirect in plan.going)


def _section(pattern: str, headers: Iterable[Header]) -> Iterator[str]:
    yield f'<If "%{{REQUEST_URI}} =~ m#^(?:{pattern})#">'
    yield from _headers(headers)
    yield "</If>"


def _headers(headers: Iterable[Header]) -> Iterator[str]:
    return (f'Header always set {name} "{value}"' for name, value in headers)


def _rule(redirect: Redirect, base: str, url: str) -> str:
    """A rule. Patterns begin at the folder, and a path as target would be taken for a file's."""
    path = re.escape(redirect.source.removeprefix(f"{base}/"))
    target = url + redirect.target if redirect.status == MOVED else redirect.target
    return f'RewriteRule "^{path}$" "{_escaped(target)}" [R={redirect.status},{FLAGS}]'


def _escaped(target: str) -> str:
    r"""What mod_rewrite would fill in ($1, %1, %{x}, ${x}) or take for an escape (\), with a backslash before it."""
    return re.sub(r"([$%\\])", r"\\\1", target)
