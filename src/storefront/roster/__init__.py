"""The roster: the creators of a site, whatever their status, and those among them who are looked for."""

from storefront.roster.choosing import Wanted as Wanted
from storefront.roster.choosing import choose as choose
from storefront.roster.choosing import segments_of as segments_of
from storefront.roster.people import Person as Person
from storefront.roster.people import Roster as Roster
from storefront.roster.people import collect as collect
