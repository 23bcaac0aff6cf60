"""All that is said of a brand for other programs: an Atom feed of the newest, and each page as a JSON document."""

from collections.abc import Iterator

import msgspec

from storefront import disclosure, markdown
from storefront.catalog.remarks import Remark
from storefront.escaping import escaped
from storefront.pages import document_format as form
from storefront.pages import documents, feeds, mentions, parts, recalled, rivals, routes, statement
from storefront.pages.feed_entries import Entry, entries, picture
from storefront.pages.mentions import Inputs
from storefront.pages.voice import Voice, voice


def atom(inputs: Inputs) -> bytes:
    """What stands on the first page and has a day, newest first, each under its author's name."""
    spoken, url = voice(inputs.site), inputs.site.url
    channel = feeds.Channel(
        home=url + routes.mentions(inputs.brand),
        itself=url + routes.mentions_atom(inputs.brand),
        title=spoken.say("mentions_of", brand=inputs.name),
        author=inputs.site.title,
        author_url=url + routes.HOME,
        logo=picture(inputs.logo, spoken),
    )
    reviews = [said.review for said in inputs.said if said.review]
    found = entries((), (), reviews, spoken, signed=True)
    found += [_entry(said, said.day, spoken) for said in inputs.said if said.day and not said.review]
    found.sort(key=lambda entry: entry.url)
    found.sort(key=lambda entry: entry.updated, reverse=True)
    return feeds.as_atom(channel, found, spoken)


def _entry(fact: Remark, day: str, spoken: Voice) -> Entry:
    labels = ", ".join(badge.text for badge in parts.badges_of(fact.ties, spoken))
    title = f"{fact.title} – {', '.join(title for _, title in fact.products)}"
    return Entry(
        url=spoken.site.url + mentions.place(fact),
        title=spoken.say("feed_label", labels=labels, title=title) if labels else title,
        published=None if fact.anchor else day,
        updated=day,
        html=recalled.html(fact.recalls, spoken.locale) + "".join(_told(fact, labels, spoken)),
        author=(fact.byline.name, spoken.site.url + routes.vanity(fact.byline.handle)),
    )


def _told(fact: Remark, labels: str, spoken: Voice) -> Iterator[str]:
    """The labels, what is said, and the products by their pages."""
    if labels:
        yield f"<p><strong>{escaped(labels)}</strong></p>"
    yield from (f"<p>{escaped(said)}</p>" for said in rivals.of_remark(fact, spoken))
    if fact.caption:
        yield str(markdown.render(fact.caption))
    for text in filter(None, (*fact.notes, fact.why, fact.reason)):
        yield f"<p>{escaped(text)}</p>"
    links = (
        f'<a href="{escaped(spoken.site.url + routes.product(product))}">{escaped(title)}</a>'
        for product, title in fact.products
    )
    yield f"<p>{', '.join(links)}</p>"


def document(inputs: Inputs) -> bytes:
    """The JSON document of a page, in the format of `document_format`, as compact UTF-8."""
    spoken, url = voice(inputs.site), inputs.site.url
    said = statement.site_statement(mentions.ties_of(inputs.said), (), spoken)
    further = inputs.page < inputs.pages
    made = form.MentionsDocument(
        version=form.VERSION,
        language=spoken.locale,
        disclosure=(said.label, *map(str, said.sentences)) if said else (),
        brand=form.BrandRef(id=inputs.brand, name=inputs.name, page=url + routes.brand(inputs.brand)),
        page=url + routes.numbered(routes.mentions(inputs.brand), inputs.page),
        count=inputs.total,
        mentions=tuple(_mention(each, spoken) for each in inputs.said),
        next=url + routes.mentions_document(inputs.brand, inputs.page + 1) if further else None,
    )
    return msgspec.json.encode(made)


def _mention(said: Remark, spoken: Voice) -> form.Mention:
    review, related = said.review, {each for relationships, _ in said.ties for each in relationships}
    site, handle = spoken.site.url, said.byline.handle
    body = review.body if review else said.caption
    return form.Mention(
        kind=said.kind.value,
        date=said.day,
        creator=documents.author(said.byline, spoken),
        products=tuple(
            documents.ref(product, title, spoken, [each for each in said.recalls if each.product == product])
            for product, title in said.products
        ),
        page=site + (routes.review(review.product, handle, review.id, review.page) if review else mentions.place(said)),
        relationships=disclosure.strongest_first(related),
        disclosure=tuple(badge.text for badge in parts.badges_of(said.ties, spoken)),
        rivals=rivals.of_remark(said, spoken),
        rating=review.rating if review else None,
        title=said.title or None,
        html=str(markdown.render(body)) if body else None,
        pros=review.pros if review else (),
        cons=review.cons if review else (),
        notes=said.notes,
        why=said.why,
        retired=form.Retired(reason=said.reason) if said.retired else None,
    )
