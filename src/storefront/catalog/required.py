"""Words that every post of a campaign must have in its title or caption: hashtags, mentions and phrases.

Posts alone: what is asked of a review may not be about what it says (16 CFR 465.4). Drafts are not read, of posts or of
campaigns: neither is finished.
"""

from collections.abc import Sequence

from storefront.content import Places
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
    from storefront import markdown  # it takes 7 ms to import, and `due` needs it for nothing else

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
