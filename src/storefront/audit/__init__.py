"""The audit: every built page is read again and must say of each link and thing what its records say.

What a page has to say is worked out from its inputs (`expected`), so that the audit knows neither its view nor its
template. It runs where the page was rendered, right after, on the bytes that will be published.
"""

from storefront.audit import exports
from storefront.audit.findings import Finding
from storefront.audit.frame import untold
from storefront.audit.house import House
from storefront.audit.pages import Page
from storefront.audit.proofs import Proof
from storefront.disclosure import Wording
from storefront.pages.planned import Planned
from storefront.problems import ProblemsFound

__all__ = ["House", "Proof", "audit"]


def audit(house: House, planned: Planned, data: bytes, digest: str, template: str) -> Proof:
    """The proof of a page from its bytes and their digest. Raises `ProblemsFound` with all that is wrong with it.

    `template` is the theme's that made it; "" for what the program writes itself.
    """
    if not template:
        if type(planned.inputs) in exports.BY_INPUTS:
            found, wording = exports.audit(planned.make, data, planned.inputs)
            _refuse(house, planned, found, wording, "")
        return Proof()
    page = Page(house, data, planned.inputs, planned.ref)
    page.audit()
    if planned.recalled:
        page.findings += untold(page.document, planned.inputs, house, planned.ref)
    _refuse(house, planned, page.findings, page.wording, template)
    line = page.ledger.line(planned.path, digest, page.voice.language, statement=page.statement)
    return Proof(line, tuple(page.hosts))


def _refuse(house: House, planned: Planned, found: list[Finding], wording: Wording, template: str) -> None:
    if found:
        raise ProblemsFound(house.problem(each, planned.path, wording.packs, template) for each in found)
