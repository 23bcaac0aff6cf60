"""Rights of pictures: whether those of a post or review may still be shown here."""

from datetime import UTC, datetime

from storefront.catalog.campaigns import Campaigns
from storefront.clock import Clock, end_of
from storefront.vocabulary.common import Channel, Evidence, Rights
from storefront.vocabulary.curation import Post, Review

NEVER = datetime.max.replace(tzinfo=UTC)


def of_record(record: Post | Review, campaigns: Campaigns) -> Rights | None:
    """What may be done with the pictures of a post or review: by its own word, else by its campaign's."""
    campaign = campaigns.get(record.campaign or "")
    return record.rights or (campaign.record.rights if campaign else None)


def ended(rights: Rights | None, clock: Clock) -> bool:
    """Whether pictures may not be shown: their last day is over, or they were never meant for pages of a site."""
    return rights is not None and (not on_site(rights) or (ends(rights, clock) or NEVER) <= clock.now)


def on_site(rights: Rights) -> bool:
    """Whether pictures were given for pages of a site."""
    return not rights.channels or Channel.SITE in rights.channels


def ends(rights: Rights, clock: Clock) -> datetime | None:
    """When the last day of rights is over."""
    return end_of(rights.until, clock.zone) if rights.until else None


def credit(record: Post | Review, campaigns: Campaigns) -> str | None:
    """Who is named beside the pictures of a post or review."""
    known = of_record(record, campaigns)
    return known.credit if known else None


def shown(evidence: tuple[Evidence, ...], *, pictured: bool = True) -> tuple[Evidence, ...]:
    """The evidence that is there to be seen, each kind once: no photo where the pictures are left out."""
    return tuple(dict.fromkeys(each for each in evidence if pictured or each is not Evidence.OWN_PHOTO))
