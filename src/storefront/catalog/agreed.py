"""What campaigns have agreed with creators, held against what these write: words, exclusivity and markets."""

from collections.abc import Collection, Iterator
from datetime import datetime

from storefront.catalog import avoided, exclusivity, reach, required
from storefront.content import Places
from storefront.disclosure import OwnPacks, denials, find, rules
from storefront.problems import Problem, shown
from storefront.records import Curation
from storefront.vocabulary.campaign import Campaign


def check(curation: Curation, places: Places, own: OwnPacks, now: datetime) -> tuple[list[Problem], list[Problem]]:
    """What must not be published at a moment, and what is only to be told. `own` are the site's market packs."""
    if not curation.campaigns:
        return [], []
    found = (
        avoided.check(curation, places),
        required.check(curation, places),
        exclusivity.check(curation, places, now),
        reach.check(curation, places, own),
    )
    errors = [each for errors, _ in found for each in errors]
    errors += _poor_labels(curation, places, own)
    return errors, [each for _, warnings in found for each in warnings]


def _poor_labels(curation: Curation, places: Places, own: OwnPacks) -> Iterator[Problem]:
    """Required words that would undo the label of every post: they pretend to be one, or deny it.

    A hashtag is judged by the markets of the campaign, or those of its participants and the site.
    """
    for entry in curation.campaigns.values():
        for index, each in enumerate(entry.record.require):
            path = ("require", index, "pattern")
            for part in each.pattern.split("|"):
                if where := _rejected(part, entry.record, curation, own):
                    message = f"{shown(part)} looks like a label and says too little alone{where}"
                    hint = "Require another one: the label stands beside each post by itself."
                    yield Problem("wording", message, places.of(entry.origin, *path), hint)
                elif denied := denials.contradictions(part):
                    message = f"“{shown(denied[0])}” would deny what is disclosed beside the posts"
                    yield Problem("wording", message, places.of(entry.origin, *path), "Require other words.")


def _rejected(part: str, campaign: Campaign, curation: Curation, own: OwnPacks) -> str:
    """Where a hashtag is rejected as the whole label, for a message; "" where it is not."""
    if not part.startswith("#"):
        return ""
    if rules.is_rejected(part) or rules.rejected_hashtags(part):
        return " in every market"
    for market in _markets_of(campaign, curation):
        pack = find(market, own.packs)
        if pack and any(rules.is_rejected(part, pack, language) for language in pack.texts):
            return f" in {market}"
    return ""


def _markets_of(campaign: Campaign, curation: Curation) -> Collection[str]:
    """The markets that see a campaign: its own, else those of its participants, which are the site's by default."""
    site = curation.site.record.markets if curation.site else ()
    people = [curation.influencers.get(each.creator) for each in campaign.participants]
    theirs = dict.fromkeys(market for each in people if each for market in each.record.markets or site)
    return campaign.markets or theirs or site
