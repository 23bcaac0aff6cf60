"""Words that a campaign avoids, in the captions, notes and reviews that name it, and nowhere else.

Opinions are free: what is said against a thing (`cons`), and words that are denied (“it is not waterproof”), are passed
over, and no pattern can forbid words of criticism in the first place (`vocabulary.wordings`).
"""

from collections.abc import Iterator, Sequence

from storefront.content import Origin, Places
from storefront.problems import KeyPath, Problem, shown
from storefront.records import Curation, Entry
from storefront.vocabulary.curation import Item, List, Post, Review
from storefront.vocabulary.wordings import claimed

Said = Sequence[tuple[str | None, KeyPath]]
Text = tuple[str, str, Origin, KeyPath]  # the campaign, the words, and where they stand


def check(curation: Curation, places: Places) -> tuple[list[Problem], list[Problem]]:
    """What must not be published, and what is only to be told. Drafts are read too."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for name, text, origin, path in texts(curation) if curation.campaigns else ():
        campaign = curation.campaigns.get(name)
        for avoid in campaign.record.avoid if campaign else ():
            if words := claimed(avoid.pattern, text):
                message = f"the campaign {name} avoids “{shown(words)}”: {shown(avoid.why)}"
                hint = "Use other words; your opinion of the product stays yours."
                problem = Problem("avoided-words", message, places.of(origin, *path), hint)
                (errors if avoid.severity == "error" else warnings).append(problem)
    return errors, warnings


def texts(curation: Curation) -> Iterator[Text]:
    """Every text of a campaign: captions, notes, and reviews but for what speaks against a thing."""
    for listed in curation.lists.values():
        yield from _of_list(listed)
    for post in curation.posts.values():
        yield from _named(post.record.campaign, post.origin, of_post(post.record))
    for entry in curation.reviews.values():
        if not entry.record.removed:
            yield from _named(entry.record.campaign, entry.origin, of_review(entry.record))


def _of_list(entry: Entry[List]) -> Iterator[Text]:
    for index, item in enumerate(entry.record.items):
        yield from _named(item.campaign, entry.origin, of_item(item, index))


def of_item(item: Item, index: int) -> Said:
    """What is said of a thing on a list, by its number from 0."""
    keys = {"note": item.note, "why": item.why, "badge": item.badge, "title": item.title}
    return [(text, ("items", index, key)) for key, text in keys.items()]


def of_post(post: Post) -> Said:
    """What is said in a post."""
    said: list[tuple[str | None, KeyPath]] = [(post.title, ("title",)), (post.caption, ("caption",))]
    return [*said, *((tagged.note, ("products", index, "note")) for index, tagged in enumerate(post.products))]


def of_review(review: Review) -> Said:
    """What a review says, but for what speaks against the thing."""
    said: list[tuple[str | None, KeyPath]] = [(review.title, ("title",)), (review.body, ("body",))]
    said += [(text, ("pros", index)) for index, text in enumerate(review.pros)]
    return [*said, *((update.text, ("updates", index, "text")) for index, update in enumerate(review.updates))]


def _named(name: str | None, origin: Origin, said: Said) -> Iterator[Text]:
    if name:
        yield from ((name, text, origin, path) for text, path in said if text)
