"""All that creators say of a brand's products in reviews, posts and lists, newest first, on as many pages as needed.

A page reads what stands on it and no more, so that an edit of one saying makes one page anew.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from storefront import locales, markdown
from storefront.catalog.facts import BrandFact, SiteFact
from storefront.catalog.remarks import Kind, Remark
from storefront.catalog.review_facts import ReviewFact
from storefront.catalog.shots import Shot
from storefront.disclosure import UNPAID
from storefront.pages import frame, parts, rated, reviewed, rivals, routes, statement, views
from storefront.pages.voice import Voice, voice

BEGINNING = 240  # characters of a review or a caption
UNDATED = "undated"


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """One page of what is said of a brand, counted from 1, of `total` things said."""

    site: SiteFact
    brand: str
    name: str
    logo: Shot | None
    said: tuple[Remark, ...]
    total: int
    page: int
    pages: int


def pages_of(count: int, size: int) -> int:
    """How many pages so many sayings fill."""
    return -(-count // size)


def inputs(site: SiteFact, brand: BrandFact, said: Sequence[Remark], total: int, page: int) -> Inputs:
    """What a page reads; `said` is what stands on it."""
    return Inputs(
        site=site,
        brand=brand.id,
        name=brand.name,
        logo=brand.logo,
        said=tuple(said),
        total=total,
        page=page,
        pages=pages_of(total, site.per_page),
    )


def sheet(inputs: Inputs) -> views.Sheet:
    """The page."""
    spoken = voice(inputs.site)
    first, title = routes.mentions(inputs.brand), spoken.say("mentions_of", brand=inputs.name)
    path = routes.numbered(first, inputs.page)
    numbered = title
    if inputs.pages > 1:
        numbered = f"{title} ({spoken.say('page_of', inputs.pages, page=inputs.page)})"
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_page", title=numbered, site=inputs.site.title),
        description=spoken.say("desc_mentions", brand=inputs.name),
        statement=statement.site_statement(ties_of(inputs.said), (), spoken),
        crumbs=[
            spoken.link(spoken.say("nav_brands"), routes.BRANDS),
            spoken.link(inputs.name, routes.brand(inputs.brand)),
            spoken.link(numbered, path),
        ],
        alternates=_alternates(inputs, spoken),
        share=inputs.logo,
    )
    view = views.MentionsView(
        title=title,
        shown=spoken.say("mentions_newest", inputs.total),
        brand=spoken.link(inputs.name, routes.brand(inputs.brand)),
        groups=tuple(_groups(inputs.said, spoken)),
        feeds=(spoken.link(title, routes.mentions_atom(inputs.brand)),),
        pagination=parts.pagination(first, inputs.page, inputs.pages, spoken),
    )
    return frame.sheet("mentions.html", head, view, spoken)


def _alternates(inputs: Inputs, spoken: Voice) -> tuple[views.Alternate, ...]:
    """The feed of the newest, and the JSON document of the page."""
    title = spoken.say("mentions_of", brand=inputs.name)
    document = routes.mentions_document(inputs.brand, inputs.page)
    return (
        views.Alternate(type="application/atom+xml", title=title, url=spoken.url(routes.mentions_atom(inputs.brand))),
        views.Alternate(type="application/json", title=title, url=spoken.url(document)),
    )


def ties_of(all_said: Sequence[Remark]) -> Iterator[statement.Tie]:
    """The ties behind all that is said."""
    for said in all_said:
        for relationships, brand in said.ties:
            yield from (statement.Tie(each, brand) for each in relationships if each not in UNPAID)


def _groups(all_said: Sequence[Remark], spoken: Voice) -> Iterator[views.SaidGroup]:
    """Month by month; what has no day comes last."""
    for month, found in groupby(all_said, lambda said: (said.day or "")[:7]):
        yield views.SaidGroup(
            id=f"in-{month or UNDATED}",
            title=locales.month(month, spoken.locale) if month else spoken.say("mentions_undated"),
            said=tuple(
                _of_review(each.review, each, spoken) if each.review else _of_remark(each, spoken) for each in found
            ),
        )


def _of_review(fact: ReviewFact, said: Remark, spoken: Voice) -> views.Said:
    """Stars, title and how it begins; of one without words, what speaks against the thing, or for it."""
    begins = markdown.excerpt(fact.body or "", BEGINNING) or "; ".join(fact.cons or fact.pros)
    return views.Said(
        anchor=anchor(said),
        kind=said.kind.value,
        where=spoken.link(
            spoken.say("kind_review"), routes.review(fact.product, fact.byline.handle, fact.id, fact.page)
        ),
        listed=False,
        author=parts.byline(fact.byline, spoken),
        lang=parts.language_if_other(fact.byline.locale, spoken),
        day=spoken.day(fact.date),
        products=(spoken.link(fact.product_title, routes.product(fact.product)),),
        stars=rated.own_stars(fact.rating, spoken),
        got=reviewed.chip(fact, spoken),
        badges=(),
        disclosure=reviewed.beside_quote(fact, spoken),
        title=fact.title,
        notes=(begins,) if begins else (),
        why=None,
        retired=None,
    )


def _of_remark(fact: Remark, spoken: Voice) -> views.Said:
    begins = markdown.excerpt(fact.caption or "", BEGINNING)
    return views.Said(
        anchor=anchor(fact),
        kind=fact.kind.value,
        where=spoken.link(fact.title, place(fact)),
        listed=fact.kind is Kind.PICK,
        author=parts.byline(fact.byline, spoken),
        lang=parts.language_if_other(fact.byline.locale, spoken),
        day=spoken.day(fact.day) if fact.day else None,
        products=tuple(spoken.link(title, routes.product(product)) for product, title in fact.products),
        stars=None,
        got=parts.got(fact.ties[0][0], spoken) if fact.anchor else None,
        badges=parts.badges_of(fact.ties, spoken),
        disclosure=" ".join(rivals.of_remark(fact, spoken)) or None,
        title=None,
        notes=((begins, *fact.notes) if begins else fact.notes),
        why=fact.why,
        retired=views.Retired(reason=fact.reason, replaced_by=None) if fact.retired else None,
    )


def place(fact: Remark) -> str:
    """The address of a remark: a review, a post, or a pick on a list."""
    if fact.anchor:
        return f"{routes.list_page(fact.byline.handle, fact.id)}#{fact.anchor}"
    return routes.post(fact.byline.handle, fact.id)


def anchor(said: Remark) -> str:
    """The name of a remark inside a page."""
    return "--".join(filter(None, (f"said-{said.kind.value}", said.byline.handle, said.id, said.anchor)))
