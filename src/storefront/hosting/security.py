"""Security headers: what pages may load, and what browsers may tell others.

Sources: Content Security Policy Level 3 (W3C), Permissions Policy (W3C), RFC 6797 (HSTS), Referrer
Policy (W3C) and the Fetch standard's redirects. Reviewed on 2026-11-26.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from storefront.hosting.values import Header

# A page needs its stylesheet, its pictures, and at most a script and fonts of its theme, all from the site
# itself. JSON-LD is data and no script, so that no directive stops it.
CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# An embed is made to stand in frames of other sites. It loads a stylesheet and a picture, and nothing else.
EMBED_CSP = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "*",
}
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
# Networks need to see the referring site: with this, which is also what browsers do by themselves, they see its origin.
REFERRER = "strict-origin-when-cross-origin"
WHOLE = ("no-referrer-when-downgrade", "unsafe-url")  # policies that let another https site see the whole address
# A year. It binds no other host, as includeSubDomains would.
HSTS: Header = ("Strict-Transport-Security", "max-age=31536000")
POLICY = "Content-Security-Policy"
KEEP: Header = ("Cache-Control", "public, max-age=31536000, immutable")
ASK: Header = ("Cache-Control", "no-cache")


def _directives(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _telling(beacon: str) -> dict[str, str]:
    """The policy of pages that may tell clicks to an address, if there is one."""
    if not beacon:
        return CSP
    told = urlsplit(beacon)
    return CSP | {"connect-src": f"'self' {told.scheme}://{told.netloc}"}


def within(*, sent: bool, beacon: str = "") -> str:
    """The policy that a page says itself, where no host is known to send it; "" where it is `sent`.

    A page cannot say who may frame it (Content Security Policy Level 3, 3.3).
    """
    return "" if sent else _directives({k: v for k, v in _telling(beacon).items() if k != "frame-ancestors"})


def on_embeds() -> tuple[Header, ...]:
    """What an embed says instead of every other answer: whoever likes may frame it."""
    return ((POLICY, _directives(EMBED_CSP)),)


def everywhere(*, alone: bool, beacon: str = "") -> tuple[Header, ...]:
    """The headers of every answer. A site that is not `alone` on its host leaves HSTS to whoever has the root."""
    found: list[Header] = [
        (POLICY, _directives(_telling(beacon))),
        ("Permissions-Policy", ", ".join(f"{name}=()" for name in UNUSED)),
        ("Referrer-Policy", REFERRER),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return (*found, HSTS) if alone else tuple(found)


def on_going(policies: Iterable[str]) -> tuple[Header, ...]:
    """The headers of a redirect to a shop: never stored, never indexed, and the policy that its networks ask for.

    One policy does for all of them. After a redirect a browser sends no more than it sent to the
    redirect itself, and that is decided by the anchor (Fetch, 4.4, HTTP-redirect fetch; LNK-04).
    """
    asked = [policy for policy in WHOLE if policy in policies]
    return (("Cache-Control", "no-store"), ("Referrer-Policy", (asked or [REFERRER])[0]), ("X-Robots-Tag", "noindex"))
