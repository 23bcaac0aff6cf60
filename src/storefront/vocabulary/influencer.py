"""A creator: who she is, and in the one-file form everything she curates."""

from typing import Annotated, Literal

from storefront.vocabulary.common import Accent, Image, Part, Record, Relationship
from storefront.vocabulary.community import Snippet, Standing
from storefront.vocabulary.curation import List, Post, Promo, Review
from storefront.vocabulary.scalars import (
    Colour,
    Country,
    Date,
    Line,
    Locale,
    Markdown,
    PromoCode,
    Region,
    Slug,
    Url,
    doc,
)

SharedWith = Literal["none", "brand", "public"]


class Location(Part, frozen=True, kw_only=True):
    """Where a creator lives, as closely as she wants to say."""

    city: Annotated[Line | None, doc("The town.")] = None
    region: Annotated[Region | None, doc("The region, ISO 3166-2, such as US-CA.")] = None
    country: Annotated[Country, doc("The country, ISO 3166, such as NO.")]


class Profile(Part, frozen=True, kw_only=True):
    """An account on a network."""

    network: Annotated[Slug, doc("The network, such as instagram.")]
    handle: Annotated[Line | None, doc("The name there.")] = None
    url: Annotated[Url, doc("The account's address.")]


class BrandTie(Part, frozen=True, kw_only=True):
    """A standing tie to a brand; disclosed on everything of that brand while it lasts."""

    brand: Annotated[Slug, doc("The brand's id.")]
    kind: Annotated[Relationship, doc("What the tie is.")]
    since: Annotated[Date | None, doc("From when on.")] = None
    until: Annotated[Date | None, doc("To when, if it has ended.")] = None


class Sharing(Part, frozen=True, kw_only=True):
    """What may be said of the creator beyond her own page. Nothing, unless she says so."""

    contact: Annotated[SharedWith, doc("Who may see how to reach her.")] = "none"
    recognition: Annotated[
        SharedWith,
        doc(
            "Where she may be named beyond what she wrote: directory, search, squads, thanks, snippets, embeds. "
            "none: nowhere; brand: in builds for a brand alone."
        ),
    ] = "none"


class Section(Part, frozen=True, kw_only=True):
    """A group of lists on the vanity page."""

    title: Annotated[Line, doc("The heading.")]
    lists: Annotated[tuple[Slug, ...], doc("The lists under it, in order.")]


class Influencer(Record, frozen=True, kw_only=True):
    """`content/influencers/<handle>.yaml`, or `<handle>/profile.yaml` with lists, posts and reviews beside it."""

    handle: Annotated[Slug, doc("The name in the address; the file's or folder's name when left out.")] = ""
    aliases: Annotated[tuple[Slug, ...], doc("Old handles; their addresses lead to the new one.")] = ()
    status: Annotated[Standing, doc("Where she stands; only approved ones have pages.")] = Standing.APPROVED
    applied: Annotated[Date | None, doc("When she applied.")] = None
    admitted: Annotated[Date | None, doc("When she was admitted; storefront admit writes it.")] = None
    name: Annotated[Line, doc("The creator's name as shoppers read it.")]
    pronouns: Annotated[Line | None, doc("Such as she/her.")] = None
    tagline: Annotated[Line | None, doc("One line under the name.")] = None
    bio: Annotated[Markdown | None, doc("A few sentences about her.")] = None
    avatar: Annotated[Image | None, doc("Her portrait.")] = None
    banner: Annotated[Image | None, doc("A wide picture for the head of the page.")] = None
    accent: Annotated[
        Colour | Accent | None,
        doc("Her own colour on her pages, or one for light and one for dark; the site's when left out."),
    ] = None
    locale: Annotated[Locale | None, doc("The language she writes in; the site's when left out.")] = None
    markets: Annotated[
        tuple[Slug, ...], doc("Whose advertising law her labels must satisfy; the site's when left out.")
    ] = ()
    location: Annotated[Location | None, doc("Where she lives.")] = None
    shops_at: Annotated[
        tuple[Slug, ...],
        doc("The shops where she buys; of shops that deliver alike, her links lead to these first."),
    ] = ()
    interests: Annotated[tuple[Line, ...], doc("What she writes about.")] = ()
    expertise: Annotated[
        tuple[Line, ...], doc("What she knows from work or long use, such as hand-thrown stoneware; shown on her page.")
    ] = ()
    segments: Annotated[
        tuple[Slug, ...], doc("What the team sorts her under, in ids of its own, for `storefront list`; on no page.")
    ] = ()
    profiles: Annotated[tuple[Profile, ...], doc("Her accounts elsewhere.")] = ()
    affiliate: Annotated[
        dict[Slug, dict[str, Line]], doc("Her ids at affiliate networks, by network. Ids, never passwords or keys.")
    ] = {}
    relationships: Annotated[tuple[BrandTie, ...], doc("Standing ties to brands.")] = ()
    sharing: Annotated[Sharing, doc("What may be said of her elsewhere.")] = Sharing()
    sections: Annotated[
        tuple[Section, ...], doc("How the vanity page groups her lists; all lists in order when left out.")
    ] = ()
    lists: Annotated[dict[Slug, List], doc("Her lists by id (or one file each in lists/).")] = {}
    posts: Annotated[tuple[Post, ...], doc("Her posts (or one file each in posts/).")] = ()
    reviews: Annotated[tuple[Review, ...], doc("Her reviews (or one file each in reviews/).")] = ()
    snippets: Annotated[tuple[Snippet, ...], doc("Small pieces of hers for others to show.")] = ()
    promos: Annotated[dict[PromoCode, Promo], doc("Her promo codes.")] = {}
