"""QR codes: an address as an SVG, for what is printed."""

import io

from msgspec import Struct

from storefront.catalog.facts import SiteFact

# A seventh of the code may be dirty. The quiet zone is what the standard asks for (ISO/IEC 18004, four modules).
LEVEL, QUIET = "m", 4


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """The address that a code leads to, whole."""

    address: str


def inputs(site: SiteFact, path: str) -> Inputs:
    """What the code of a page reads."""
    return Inputs(address=site.url + path)


def code(inputs: Inputs) -> bytes:
    """The code of an address: dark on light whatever the page around it is, in any size."""
    import segno

    out = io.BytesIO()
    segno.make_qr(inputs.address, error=LEVEL).save(
        out, kind="svg", border=QUIET, light="#fff", omitsize=True, title=inputs.address, svgclass=None, lineclass=None
    )
    return out.getvalue()
