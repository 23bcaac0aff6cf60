"""Entries of a creator's feeds: the newest of all she shows, each with its disclosure.

A feed is read far from the page, so the labels stand in an entry's title and the sentences first
in its text. Entries lead to pages of the storefront, never to shops.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.facts import Byline, ListFact, Pick, PostFact
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.catalog.shots import Shot
from storefront.escaping import escaped
from storefront.pages import evidence, parts, rated, recalled, reviewed, rivals, routes, statement, views
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Response

MOST = 50


class Entry(Struct, frozen=True, kw_only=True):
    """One entry, the same in both formats. Addresses are absolute; `title` begins with the labels.

    `author` is a name and a page, where the feed is not her own.
    `stands` is where it stands now, when that is not its lasting name `url`.
    """

    url: str
    title: str
    published: str | None
    updated: str
    html: str
    image: str | None = None
    author: tuple[str, str] | None = None
    stands: str | None = None


class _Candidate(Struct, frozen=True):
    """What may become an entry: its date, its page, and how it is made."""

    updated: str
    url: str
    made: Callable[[], Entry]


def entries(
    lists: Iterable[ListFact],
    posts: Iterable[PostFact],
    reviews: Iterable[ReviewFact],
    voice: Voice,
    removed: Iterable[RemovedFact] = (),
    *,
    signed: bool = False,
) -> list[Entry]:
    """The newest `MOST` posts, reviews and dated lists, newest first; on one day, in order of address.

    A removed review keeps its address, so that what stays of it takes its place in a reader. `signed` entries name
    their author, and brands' answers make a review news: the feed is not one creator's own.
    """
    all_of_them = chain(
        _of_lists(lists, voice),
        _of_posts(posts, voice),
        _of_reviews(reviews, voice, signed=signed),
        _of_removed(removed, voice, signed=signed),
    )
    in_order = sorted(all_of_them, key=lambda one: one.url)
    in_order.sort(key=lambda one: one.updated, reverse=True)
    return [one.made() for one in in_order[:MOST]]


def _of_lists(lists: Iterable[ListFact], voice: Voice) -> Iterator[_Candidate]:
    for fact in lists:
        if fact.updated:
            url = voice.site.url + routes.list_page(fact.byline.handle, fact.slug)
            yield _Candidate(fact.updated, url, partial(_list, fact, url, voice))


def _of_posts(posts: Iterable[PostFact], voice: Voice) -> Iterator[_Candidate]:
    for fact in posts:
        url = voice.site.url + routes.post(fact.byline.handle, fact.id)
        yield _Candidate(fact.date, url, partial(_post, fact, url, voice))


def _of_reviews(reviews: Iterable[ReviewFact], voice: Voice, *, signed: bool) -> Iterator[_Candidate]:
    for fact in reviews:
        url = voice.site.url + routes.review(fact.product, fact.byline.handle, fact.id)
        answers = [response.date for _, response in fact.responses] if signed else []
        updated = max([fact.date, *(update.date for update in fact.updates), *answers])
        yield _Candidate(updated, url, partial(_review, fact, url, updated, voice, signed=signed))


def _of_removed(removed: Iterable[RemovedFact], voice: Voice, *, signed: bool) -> Iterator[_Candidate]:
    for fact in removed:
        url = voice.site.url + routes.review(fact.product, fact.byline.handle, fact.id)
        yield _Candidate(fact.removal.date, url, partial(_removed, fact, url, voice, signed=signed))


def _author(byline: Byline, voice: Voice) -> tuple[str, str]:
    return byline.name, voice.site.url + routes.vanity(byline.handle)


def _removed(fact: RemovedFact, url: str, voice: Voice, *, signed: bool) -> Entry:
    return Entry(
        url=url,
        title=voice.say("removed_review", product=fact.product_title),
        published=fact.date,
        updated=fact.removal.date,
        html=_paragraph(escaped(reviewed.removal(fact, voice))),
        author=_author(fact.byline, voice) if signed else None,
        stands=_stands(fact, voice),
    )


def _list(fact: ListFact, url: str, voice: Voice) -> Entry:
    said = statement.creator_statement(statement.of_lists([fact]), (), voice)
    shown = fact.picks[: parts.SHOWN_IN_LIST]
    all_things = voice.say("all_things", len(fact.picks))
    more = _paragraph(_link(all_things, url)) if len(shown) < len(fact.picks) else ""
    intro = markdown.render(fact.intro) if fact.intro else ""
    cover = _figure(fact.cover, voice)
    return Entry(
        url=url,
        title=_titled(fact.title, _labels(_ties(fact.picks), voice), voice),
        published=None,
        updated=fact.updated or "",
        html=f"{_recalls(fact.picks, voice)}{_disclosure(said)}{cover}{intro}{_things(shown, voice)}{more}",
        image=picture(fact.cover, voice),
    )


def _post(fact: PostFact, url: str, voice: Voice) -> Entry:
    said = statement.creator_statement(statement.of_posts([fact]), (), voice)
    ties = [*_ties(fact.picks), (fact.ties, fact.tied_to)]
    pictures = "".join(_figure(shot, voice) for shot in fact.shots)
    caption = markdown.render(fact.caption) if fact.caption else ""
    return Entry(
        url=url,
        title=_titled(fact.title or voice.day(fact.date).text, _labels(ties, voice), voice),
        published=fact.date,
        updated=fact.date,
        html=f"{_recalls(fact.picks, voice)}{_disclosure(said)}{pictures}{caption}{_things(fact.picks, voice)}",
        image=picture(next(iter(fact.shots), None), voice),
    )


def _review(fact: ReviewFact, url: str, updated: str, voice: Voice, *, signed: bool) -> Entry:
    labels = [badge.text for badge in parts.badges(fact.relationships, fact.brand_name, voice)]
    return Entry(
        url=url,
        title=_titled(f"{fact.product_title} – {fact.title}" if fact.title else fact.product_title, labels, voice),
        published=fact.date,
        updated=updated,
        html=recalled.html(fact.recalls, voice.locale) + "".join(_reviewed(fact, voice)),
        image=picture(fact.shot, voice),
        author=_author(fact.byline, voice) if signed else None,
        stands=_stands(fact, voice),
    )


def _recalls(picks: Sequence[Pick], voice: Voice) -> str:
    """The recalls of things, before all else."""
    found = (recall for pick in picks if pick.thing for recall in pick.thing.recalls)
    return recalled.html(dict.fromkeys(found), voice.locale)


def _stands(fact: ReviewFact | RemovedFact, voice: Voice) -> str | None:
    """Newer reviews push one to a later page; its name has to last all the same (RFC 4287, 4.2.6)."""
    if fact.page == 1:
        return None
    return voice.site.url + routes.review(fact.product, fact.byline.handle, fact.id, fact.page)


def _reviewed(fact: ReviewFact, voice: Voice) -> Iterator[str]:
    """A review in the order of its page: what was received for it, rating and provenance, words, later words."""
    words: Any = locales.words(voice.language)
    yield _paragraph(escaped(reviewed.disclosed(fact, voice)))
    rating = rated.own_stars(fact.rating, voice)
    got = rated.provenance_badge(fact.provenance, voice).text
    told = (reviewed.verified(fact.verification, voice), evidence.line(fact.evidence, voice))
    yield _paragraph(escaped(_joined(rating.text if rating else None, got, *told)))
    yield markdown.render(fact.body) if fact.body else ""
    yield "".join(_figure(shot, voice) for shot in fact.shots)
    for heading, statements in ((words.pros, fact.pros), (words.cons, fact.cons)):
        if statements:
            yield f"{_paragraph(_strong(heading))}{_bullets(map(escaped, statements))}"
    for update in fact.updates:
        stars = rated.own_stars(update.rating, voice)
        head = _joined(voice.day(update.date).text, update.after, stars.text if stars else None)
        yield f"{_paragraph(_strong(head))}{markdown.render(update.text)}"
    for name, response in fact.responses:
        yield from _answered(name, response, voice)


def _answered(name: str, response: Response, voice: Voice) -> Iterator[str]:
    """A brand's answer, with what came of it."""
    outcome = voice.say(f"outcome_{response.outcome}") if response.outcome else None
    who = f"{name} {voice.say(f'response_{response.kind}')}"
    yield f"{_paragraph(_strong(_joined(who, voice.day(response.date).text, outcome)))}{markdown.render(response.text)}"
    if response.steps:
        words: Any = locales.words(voice.language)
        yield f"{_paragraph(escaped(words.steps))}{_bullets(map(escaped, response.steps))}"


def _joined(*texts: str | None) -> str:
    return " · ".join(filter(None, texts))


def _ties(picks: Iterable[Pick]) -> Iterator[tuple[tuple[Relationship, ...], str]]:
    return ((pick.relationships, pick.tie) for pick in picks)


def _labels(ties: Iterable[tuple[tuple[Relationship, ...], str]], voice: Voice) -> list[str]:
    """The labels of many things, strongest first, each relationship once with all its brands."""
    brands: dict[Relationship, dict[str, None]] = {}
    for relationships, brand in ties:
        for relationship in relationships:
            brands.setdefault(relationship, {})[brand] = None
    return [
        badge.text
        for relationship in Relationship
        if relationship in brands
        for badge in parts.badges((relationship,), _listed(list(brands[relationship]), voice), voice)
    ]


def _listed(names: Sequence[str], voice: Voice) -> str:
    return names[0] if len(names) == 1 else locales.listed(names, voice.locale)


def _titled(title: str, labels: Sequence[str], voice: Voice) -> str:
    return voice.say("feed_label", labels=", ".join(labels), title=title) if labels else title


# HTML of entries


def _paragraph(html: str) -> str:
    return f"<p>{html}</p>"


def _strong(text: str) -> str:
    return f"<strong>{escaped(text)}</strong>"


def _link(text: str, url: str) -> str:
    return f'<a href="{escaped(url)}">{escaped(text)}</a>'


def _bullets(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _disclosure(said: views.Statement | None) -> str:
    if said is None:
        return ""
    return _paragraph(f"{_strong(said.label)} {escaped(' '.join(said.sentences))}")


def _things(picks: Sequence[Pick], voice: Voice) -> str:
    return _bullets(_thing(pick, voice) for pick in picks) if picks else ""


def _thing(pick: Pick, voice: Voice) -> str:
    """A thing by its own page, its labels before it."""
    labels = parts.badges(pick.relationships, pick.tie, voice)
    url = voice.site.url + routes.product(pick.thing.id) if pick.thing else None
    words: Any = locales.words(voice.language)
    retired = f" {escaped(words.retired)}" if pick.retired else ""
    told = pick.reason if pick.retired else pick.note
    return "".join(
        (
            f"{_strong(', '.join(badge.text for badge in labels))} " if labels else "",
            _link(pick.title, url) if url else escaped(pick.title),
            retired,
            f"<br>{escaped(told)}" if told else "",
            *(f"<br>{escaped(each)}" for each in rivals.of_pick(pick, voice)),
        )
    )


def picture(shot: Shot | None, voice: Voice) -> str | None:
    """The address of a picture in its largest size."""
    return voice.site.url + routes.media(shot.largest[0]) if shot else None


def _figure(shot: Shot | None, voice: Voice) -> str:
    if shot is None:
        return ""
    name, width, height = shot.largest
    src = escaped(voice.site.url + routes.media(name))
    return _paragraph(f'<img src="{src}" width="{width}" height="{height}" alt="{escaped(shot.alt)}">')
