"""Words that every post of a campaign must have in its title or caption: hashtags, mentions and phrases.

Posts alone: what is asked of a review may not be about what it says (16 CFR 465.4). Drafts are not read, of posts or of
campaigns: neither is finished.
"""

from collections.abc import Iterator, Sequence

from storefront import markdown
from storefront.content import Places
from storefront.disclosure import OwnPacks, denials, find, rules
from storefront.problems import Problem, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.campaign import Campaign, Require
from storefront.vocabulary.curation import Post
from storefront.vocabulary.wordings import found


def check(curation: Curation, places: Places) -> tuple[list[Problem], list[Problem]]:
    """Posts without them: those that must not be published so, and those that are only to be told of."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for post in curation.posts.values():
        campaign = curation.campaigns.get(post.record.campaign or "")
        if campaign and not (post.record.draft or campaign.record.draft):
            for index, each in lacking(post.record, campaign.record):
                (errors if each.severity == "error" else warnings).append(_untold(index, each, post, campaign, places))
    return errors, warnings


def lacking(post: Post, campaign: Campaign) -> Sequence[tuple[int, Require]]:
    """What a campaign requires and a post lacks, each with its number from 0."""
    if not campaign.require:
        return ()
    said = "\n".join(markdown.plain(text) for text in (post.title, post.caption) if text)
    return [(index, each) for index, each in enumerate(campaign.require) if not found(each.pattern, said)]


def named(pattern: str) -> str:
    """What a pattern requires, in words: “#WarmWinter” or “@northlight”."""
    return " or ".join(f"“{shown(part.replace('*', '…'))}”" for part in pattern.split("|"))


def _untold(index: int, each: Require, post: Entry[Post], campaign: Entry[Campaign], places: Places) -> Problem:
    there = places.of(campaign.origin, "require", index)
    place = places.of(post.origin, *(("caption",) if post.record.caption else ("campaign",)))
    why = f" ({shown(each.why)})" if each.why else ""
    message = f"the campaign {campaign.id} requires {named(each.pattern)} in the caption of its posts, at {there}{why}"
    return Problem(
        "required-words", message, place, "Write it into the caption, here and where it is posted.", (there,)
    )


def poor_labels(curation: Curation, places: Places, own: OwnPacks) -> Iterator[Problem]:
    """Required words that would undo the label of every post: they pretend to be one, or deny it.

    A hashtag is judged by the markets of the campaign, or those of its participants and the site.
    """
    for entry in curation.campaigns.values():
        for index, each in enumerate(entry.record.require):
            for part in each.pattern.split("|"):
                place = places.of(entry.origin, "require", index, "pattern")
                if where := _rejected(part, entry.record, curation, own):
                    message = f"{shown(part)} looks like a label and says too little alone{where}"
                    hint = "Require another one: the label stands beside each post by itself."
                    yield Problem("wording", message, place, hint)
                elif denied := denials.contradictions(part):
                    message = f"“{shown(denied[0])}” would deny what is disclosed beside the posts"
                    yield Problem("wording", message, place, "Require other words.")


def _rejected(part: str, campaign: Campaign, curation: Curation, own: OwnPacks) -> str:
    """Where a hashtag is rejected as the whole label, for a message; "" where it is not."""
    if not part.startswith("#"):
        return ""
    if rules.is_rejected(part) or rules.rejected_hashtags(part):
        return " in every market"
    for market in markets_of(campaign, curation):
        pack = find(market, own.packs)
        if pack and any(rules.is_rejected(part, pack, language) for language in pack.texts):
            return f" in {market}"
    return ""


def markets_of(campaign: Campaign, curation: Curation) -> tuple[str, ...]:
    """The markets that see a campaign: its own, else those of its participants, else the site's."""
    people = [curation.influencers.get(each.creator) for each in campaign.participants]
    theirs = dict.fromkeys(market for person in people if person for market in person.record.markets)
    site = curation.site.record.markets if curation.site else ()
    return campaign.markets or tuple(theirs) or site
