"""QR codes: an address or a promo code as an SVG, for what is printed."""

import io

from msgspec import Struct

from storefront.catalog.facts import SiteFact

# A seventh of the code may be dirty. The quiet zone is what the standard asks for (ISO/IEC 18004, four modules).
LEVEL, QUIET = "m", 4


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """What the code says: an address, whole, or a promo code."""

    text: str


def inputs(site: SiteFact, path: str) -> Inputs:
    """What the code of a page reads."""
    return Inputs(text=site.url + path)


def code(inputs: Inputs) -> bytes:
    """The code of a text: dark on light whatever the page around it is, in any size."""
    import segno

    out = io.BytesIO()
    segno.make_qr(inputs.text, error=LEVEL).save(
        out, kind="svg", border=QUIET, light="#fff", omitsize=True, title=inputs.text, svgclass=None, lineclass=None
    )
    return out.getvalue()
