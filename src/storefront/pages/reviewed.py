"""Reviews as pages show them: what was received for one stands first inside its body."""

from storefront import locales, markdown
from storefront.catalog import spread
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.disclosure import UNPAID
from storefront.pages import evidence, parts, pictures, rated, rivals, routes, timeline, views
from storefront.pages.embedding import snippet
from storefront.pages.memo import of_recent
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.curation import Response, Verification

newest_first = spread.newest_first


@of_recent(256)
def review(fact: ReviewFact, voice: Voice, *, names_product: bool) -> views.Review:
    """A review; `names_product` where the page around it is not the product's own."""
    url = voice.url(routes.review(fact.product, fact.byline.handle, fact.id, fact.page))
    rated_again = fact.first_rating is not None
    return views.Review(
        anchor=routes.review_anchor(fact.byline.handle, fact.id),
        url=url,
        lang=parts.language_if_other(fact.byline.locale, voice),
        product=voice.link(fact.product_title, routes.product(fact.product)) if names_product else None,
        picture=pictures.picture(fact.shot, "card", voice) if names_product else None,
        author=parts.byline(fact.byline, voice),
        title=fact.title,
        stars=rated.own_stars(fact.rating, voice),
        first_stars=rated.own_stars(fact.first_rating, voice) if rated_again else None,
        day=voice.day(fact.date),
        got=chip(fact, voice),
        disclosure=disclosed(fact, voice),
        html=markdown.render(fact.body) if fact.body else parts.NO_HTML,
        pros=fact.pros,
        cons=fact.cons,
        aspects=tuple(views.Aspect(name=name, stars=rated.stars(rating, 0, voice)) for name, rating in fact.aspects),
        used_for=fact.used_for,
        verification=verified(fact.verification, voice),
        updates=timeline.updates(fact, voice),
        responses=tuple(response(name, answer, voice) for name, answer in fact.responses),
        embed=_embed(fact, voice) if fact.embed else None,
        pictures=tuple(made for shot in fact.shots if (made := pictures.picture(shot, "post", voice))),
        credit=voice.say("pictures_by", name=fact.credit) if fact.credit else None,
        evidence=evidence.line(fact.evidence, voice),
    )


def title(fact: ReviewFact, voice: Voice) -> str:
    """Whose review it is, and of what."""
    return voice.say("review_of", product=fact.product_title, name=fact.byline.name)


def _embed(fact: ReviewFact, voice: Voice) -> views.Embed:
    path = routes.embedded_review(fact.byline.handle, fact.id)
    return views.Embed(url=voice.url(path), code=snippet(voice.site.url + path, title(fact, voice)))


def chip(fact: ReviewFact, voice: Voice) -> views.Badge:
    """How the reviewer came to the thing, beside her name."""
    return rated.provenance_badge(fact.provenance, voice)


@of_recent(256)
def disclosed(fact: ReviewFact, voice: Voice) -> str:
    """One sentence for each tie, strongest first, with the label of the market where value was received.

    Ties to competitors of the brand come last.
    """
    unpaid = all(r is Relationship.PURCHASED for r in fact.relationships)
    sentences = [
        voice.say(f"disclosure_{relationship}", name=fact.byline.name, brand=fact.brand_name)
        for relationship in fact.relationships
    ]
    label = [] if unpaid else [voice.headed(voice.pack.label)]
    return " ".join([*label, *sentences, *rivals.of_review(fact, voice)])


def beside_quote(fact: ReviewFact, voice: Voice) -> str | None:
    """What stands beside a line of a review: nothing where its author has no tie to anybody."""
    return None if UNPAID.issuperset(fact.relationships) and not fact.rivals else disclosed(fact, voice)


def verified(verification: Verification | None, voice: Voice) -> str:
    """Whether somebody checked the purchase, said in any case (EU: UCPD art. 7(6))."""
    if verification is None or verification.status == "unverified":
        return voice.say("unverified")
    if verification.by:
        return voice.say("verified", by=verification.by)
    return voice.say("verified_platform" if verification.method == "none" else f"verified_{verification.method}")


def response(name: str, given: Response, voice: Voice) -> views.Response:
    """A brand's answer."""
    return views.Response(
        brand=voice.link(name, routes.brand(given.by)),
        day=voice.day(given.date),
        kind=voice.say(f"response_{given.kind}"),
        html=markdown.render(given.text),
        outcome=voice.say(f"outcome_{given.outcome}") if given.outcome else None,
        steps=given.steps,
    )


def removed(fact: RemovedFact, voice: Voice, *, names_product: bool) -> views.Removed:
    """What stands in the place of a removed review."""
    return views.Removed(
        anchor=routes.review_anchor(fact.byline.handle, fact.id),
        product=voice.link(fact.product_title, routes.product(fact.product)) if names_product else None,
        author=parts.byline(fact.byline, voice),
        day=voice.day(fact.date),
        text=removal(fact, voice),
    )


def removal(fact: RemovedFact, voice: Voice) -> str:
    """Who removed a review, when and why, in one sentence."""
    reason = voice.say(f"removed_{fact.removal.reason}")
    return voice.say("removed_by", by=fact.removal.by, day=voice.day(fact.removal.date).text, reason=reason)


def shown_of(shown: int, total: int, voice: Voice, removed: int = 0) -> str:
    """How many of how many are shown, in which order, and how many were removed."""
    key = "shown_of" if shown < total else "newest_first" if total else "reviews"
    said = voice.say(key, total, shown=shown)
    return voice.say("and_removed", removed, shown=said, percent=kept(total, removed, voice)) if removed else said


def kept(total: int, removed: int, voice: Voice) -> str:
    """The publication rate: which part of all reviews ever published still stands, rounded down, so that 100 is all."""
    return locales.percent(total * 100 // (total + removed) / 100, voice.locale)
