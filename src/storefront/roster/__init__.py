"""The roster: the creators of a site, whatever their status, and those among them who are looked for."""

from storefront.roster.choosing import Criteria, choose, segments_of
from storefront.roster.people import Person, Roster, collect

__all__ = ["Criteria", "Person", "Roster", "choose", "collect", "segments_of"]
