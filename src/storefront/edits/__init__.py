"""Edits: what a small edit changes, made from the few records that bear on it. Where it may change more, all is made.

A slice of a site is the records that some of its pages read. The same checks, the same join and the same plan run over
the slice as over the whole, once with the records as they were and once as they are.
"""

from storefront.edits.applied import applied, ground
from storefront.edits.patching import Patch, patch
from storefront.edits.rebuilding import keep, rebuild
from storefront.edits.relations import Relations, relations_of

__all__ = ["Patch", "Relations", "applied", "ground", "keep", "patch", "rebuild", "relations_of"]
