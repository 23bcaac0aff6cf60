"""Rights of pictures: whether those of a post may still be shown here."""

from datetime import UTC, datetime

from storefront.catalog.campaigns import Campaigns
from storefront.clock import Clock, end_of
from storefront.vocabulary.common import Channel, Rights
from storefront.vocabulary.curation import Post

NEVER = datetime.max.replace(tzinfo=UTC)


def of_post(post: Post, campaigns: Campaigns) -> Rights | None:
    """What may be done with a post's pictures: by its own word, else by its campaign's."""
    campaign = campaigns.get(post.campaign or "")
    return post.rights or (campaign.record.rights if campaign else None)


def ended(rights: Rights | None, clock: Clock) -> bool:
    """Whether pictures may not be shown: their last day is over, or they were never meant for pages of a site."""
    return rights is not None and (not on_site(rights) or (ends(rights, clock) or NEVER) <= clock.now)


def on_site(rights: Rights) -> bool:
    """Whether pictures were given for pages of a site."""
    return not rights.channels or Channel.SITE in rights.channels


def ends(rights: Rights, clock: Clock) -> datetime | None:
    """When the last day of rights is over."""
    return end_of(rights.until, clock.zone) if rights.until else None


def credit(post: Post, campaigns: Campaigns) -> str | None:
    """Who is named beside a post's pictures."""
    known = of_post(post, campaigns)
    return known.credit if known else None
