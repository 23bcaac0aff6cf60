"""Captions: reviews and posts as texts to paste elsewhere. What has to be disclosed is the first thing in each.

What is written is read again, and judged as labels of pages are, so that none can leave without its label.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from storefront import locales, markdown
from storefront.audit import judging
from storefront.audit.expected import Need, needs, of_whole
from storefront.audit.judging import folded
from storefront.catalog.facts import PostFact, SiteFact
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.whole import Catalog
from storefront.disclosure import Wording
from storefront.pages import parts, rated, reviewed, rivals, routes
from storefront.pages.voice import Voice, voice
from storefront.problems import Place, Problem, ProblemsFound

VERSION = 1
APART = "\n\n"
REVIEW, POST = "review", "post"


class Caption(Struct, frozen=True, kw_only=True):
    """A text to paste: its labels, a line each, then what is said, and last the address of the page.

    `disclosure` are the labels once more, for programs; empty where nobody gave anything.
    """

    kind: str
    creator: str
    id: str
    language: str
    disclosure: tuple[str, ...]
    text: str
    link: str


class Document(Struct, frozen=True, kw_only=True):
    """The document. `version` changes when a key changes its meaning."""

    version: int
    title: str
    url: str
    captions: Sequence[Caption]


class Found(Struct, frozen=True):
    """The captions, and how many there are none of since what they show was recalled."""

    captions: tuple[Caption, ...]
    recalled: int


def exported(catalog: Catalog, site: SiteFact, creator: str | None = None) -> Found:
    """A caption for each review and post that is shown, by creator, reviews first. Raises `ProblemsFound`.

    Whatever shows a recalled thing has none: a text that is pasted elsewhere is not reached by the next build.
    """
    captions, recalled = [], 0
    people = [handle for handle in sorted(catalog.people) if creator in (None, handle)]
    for handle in people:
        byline = catalog.bylines[handle]
        spoken = voice(site, byline.locale, byline.markets)
        for fact in _of(handle, catalog):
            if _recalls(fact):
                recalled += 1
            else:
                captions.append(_review(fact, spoken) if isinstance(fact, ReviewFact) else _post(fact, spoken))
    return Found(tuple(captions), recalled)


def _of(handle: str, catalog: Catalog) -> Iterator[ReviewFact | PostFact]:
    yield from (fact for (owner, _), fact in sorted(catalog.reviews.items()) if owner == handle)
    yield from (fact for (owner, _), fact in sorted(catalog.posts.items()) if owner == handle)


def _recalls(fact: ReviewFact | PostFact) -> bool:
    if isinstance(fact, ReviewFact):
        return bool(fact.recalls)
    return any(pick.thing and pick.thing.recalls for pick in fact.picks)


def _review(fact: ReviewFact, spoken: Voice) -> Caption:
    words: Any = locales.words(spoken.language)
    stars = rated.own_stars(fact.rating, spoken)
    points = (
        "\n".join((heading, *(f"- {each}" for each in told)))
        for heading, told in ((words.pros, fact.pros), (words.cons, fact.cons))
        if told
    )
    later = (spoken.headed(spoken.day(each.date).text, markdown.plain(each.text)) for each in fact.updates)
    said = (fact.product_title, fact.title, stars.text if stars else None, _plain(fact.body), *points, *later)
    labels = tuple(badge.text for badge in parts.badges(fact.relationships, fact.brand_name, spoken))
    # Where nothing needs a label, how she came to it is said all the same.
    head = rivals.of_review(fact, spoken) if labels else (reviewed.disclosed(fact, spoken),)
    path = routes.review(fact.product, fact.byline.handle, fact.id, fact.page)
    return _judged(
        _caption(REVIEW, fact, path, labels, (*head, *said), spoken),
        needs(fact.relationships, fact.brand_name),
        rivals.of_review(fact, spoken),
        spoken.pack,
    )


def _post(fact: PostFact, spoken: Voice) -> Caption:
    labels = tuple(badge.text for badge in parts.post_badges(fact, spoken))
    sides = tuple(dict.fromkeys(told for pick in fact.picks for told in rivals.of_pick(pick, spoken)))
    caption = _plain(fact.caption)
    title = None if caption and fact.title and caption.startswith(fact.title) else fact.title
    said = (*rivals.sentences(sides, spoken), title, caption)
    return _judged(
        _caption(POST, fact, routes.post(fact.byline.handle, fact.id), labels, said, spoken),
        of_whole(fact),
        sides,
        spoken.pack,
    )


def _caption(
    kind: str,
    fact: ReviewFact | PostFact,
    path: str,
    labels: tuple[str, ...],
    said: Iterable[str | None],
    spoken: Voice,
) -> Caption:
    link = spoken.site.url + path
    return Caption(
        kind=kind,
        creator=fact.byline.handle,
        id=fact.id,
        language=spoken.locale,
        disclosure=labels,
        text=APART.join(filter(None, ("\n".join(labels), *said, link))),
        link=link,
    )


def _plain(text: str | None) -> str | None:
    return markdown.plain(text) if text else None


def _judged(caption: Caption, wanted: tuple[Need, ...], sides: tuple[str, ...], wording: Wording) -> Caption:
    """The caption, once its own beginning has been found to say every tie in words that its markets accept.

    `sides` are the ties to competitors, which it has to tell somewhere.
    """
    lines = tuple(folded(line) for line in caption.text.partition(APART)[0].split("\n"))
    broken = judging.judge(lines, wanted, wording) if wanted else ()
    untold = next((each for each in sides if each not in caption.text), "")
    if broken or untold:
        lacks = f"begin with “{broken[0].wanted}”" if broken else f"say “{untold}”"
        what = f"the caption of the {caption.kind} {caption.id} does not {lacks}"
        hint = "No record is at fault but storefront itself: please report it."
        raise ProblemsFound([Problem("undisclosed", what, Place(f"{caption.creator}/{caption.id}"), hint)])
    return caption


def document(captions: Sequence[Caption], title: str, url: str) -> bytes:
    """The captions as JSON, laid out for reading."""
    made = Document(version=VERSION, title=title, url=url, captions=captions)
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def text(captions: Iterable[Caption]) -> bytes:
    """The captions to be copied, each below a line that says of what it is."""
    return "".join(
        f"----- {each.kind} {each.creator}/{each.id} ({each.language})\n\n{each.text}\n\n" for each in captions
    ).encode()
