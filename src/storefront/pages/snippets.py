"""Snippets as pages and embeds show them: label first, credit beside them."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from storefront.catalog.community_facts import SnippetFact
from storefront.disclosure import UNPAID
from storefront.pages import parts, pictures, routes, statement, views
from storefront.pages.embedding import snippet as code_of
from storefront.pages.memo import of_recent
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Channel


class Embedded(Struct, frozen=True):
    """How an embed of a snippet is named: its title and its address."""

    title: str
    path: str


def anchor(fact: SnippetFact) -> str:
    """The name of a snippet inside a page."""
    return f"snippet-{fact.byline.handle}-{fact.id}"


def may_show(fact: SnippetFact, channel: Channel) -> bool:
    """Whether a snippet may be shown in a place; pages of other sites are the brand's."""
    return not fact.channels or channel in fact.channels


def granted(facts: Iterable[SnippetFact], channel: Channel) -> tuple[SnippetFact, ...]:
    """The snippets that may be shown in a place, the newest first."""
    shown = sorted((each for each in facts if may_show(each, channel)), key=lambda each: each.ref)
    return tuple(sorted(shown, key=lambda each: each.date, reverse=True))


def ties_of(facts: Iterable[SnippetFact]) -> Iterator[statement.Tie]:
    """The ties behind snippets."""
    for fact in facts:
        yield from (statement.Tie(each, fact.brand_name) for each in fact.relationships if each not in UNPAID)


def named(fact: SnippetFact, voice: Voice) -> Embedded:
    """The embed of a snippet."""
    title = voice.say("snippet_of", name=fact.byline.name, product=fact.product_title)
    return Embedded(title, routes.embedded_snippet(fact.byline.handle, fact.id))


@of_recent(256)
def snippet(fact: SnippetFact, voice: Voice) -> views.SnippetView:
    """A snippet with its labels, its credit, and the code to show it elsewhere where that was granted."""
    embed = None
    if voice.site.embeds and may_show(fact, Channel.BRAND):
        told = named(fact, voice)
        embed = views.Embed(url=voice.url(told.path), code=code_of(voice.site.url + told.path, told.title))
    return views.SnippetView(
        anchor=anchor(fact),
        kind=fact.kind,
        label=voice.say(f"snippet_{fact.kind}"),
        lang=parts.language_if_other(fact.byline.locale, voice),
        badges=parts.badges(fact.relationships, fact.brand_name, voice),
        got=parts.got(fact.relationships, voice),
        text=fact.text,
        picture=pictures.picture(fact.shot, "card", voice),
        product=voice.link(fact.product_title, routes.product(fact.product)),
        author=parts.byline(fact.byline, voice),
        credit=voice.say("credit", credit=fact.credit, holder=fact.holder)
        if fact.holder != fact.credit
        else voice.say("credit_alone", credit=fact.credit),
        day=voice.day(fact.date),
        embed=embed,
    )
