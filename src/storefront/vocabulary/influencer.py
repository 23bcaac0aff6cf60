"""A creator: who they are, and in the one-file form everything they curate."""

from typing import Annotated, Literal

from storefront.vocabulary.accounts import Accounts
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
    Market,
    PromoCode,
    Region,
    Slug,
    Url,
    doc,
)

SharedWith = Literal["none", "brand", "public"]


class Location(Part, frozen=True, kw_only=True):
    """Where a creator lives, as precisely as they want to say."""

    city: Annotated[Line | None, doc("The town.")] = None
    region: Annotated[Region | None, doc("The region, ISO 3166-2, such as US-CA.")] = None
    country: Annotated[Country, doc("The country, ISO 3166, such as NO.")]


class Profile(Part, frozen=True, kw_only=True):
    """An account on a network."""

    network: Annotated[Slug, doc("The network, such as instagram.")]
    handle: Annotated[Line | None, doc("The name on that network.")] = None
    url: Annotated[Url, doc("The account's address.")]


class BrandTie(Part, frozen=True, kw_only=True):
    """A standing tie to a brand; disclosed on everything of that brand while it lasts."""

    brand: Annotated[Slug, doc("The brand's id.")]
    kind: Annotated[Relationship, doc("What the tie is.")]
    since: Annotated[Date | None, doc("The first day.")] = None
    until: Annotated[Date | None, doc("The last day, if it has ended.")] = None


class Sharing(Part, frozen=True, kw_only=True):
    """Where the creator may be named beyond their own pages. Nowhere, unless stated."""

    contact: Annotated[SharedWith, doc("Who may see the creator's contact details.")] = "none"
    recognition: Annotated[
        SharedWith,
        doc(
            "Where the creator may be named beyond their work: directory, search, squads, thanks, snippets, embeds. "
            "none: nowhere; brand: in builds for a brand alone."
        ),
    ] = "none"


class Section(Part, frozen=True, kw_only=True):
    """A group of lists on the vanity page."""

    title: Annotated[Line, doc("The heading.")]
    lists: Annotated[tuple[Slug, ...], doc("The lists under it, in order.")]


class Influencer(Record, frozen=True, kw_only=True):
    """`content/influencers/<handle>.yaml`, or `<handle>/profile.yaml` with lists, posts and reviews beside it."""

    handle: Annotated[Slug, doc("The name in the address. Default: the file's or folder's name.")] = ""
    aliases: Annotated[tuple[Slug, ...], doc("Old handles; their addresses redirect to the new one.")] = ()
    status: Annotated[Standing, doc("The creator's status; only approved ones have pages.")] = Standing.APPROVED
    applied: Annotated[Date | None, doc("The day of the application.")] = None
    admitted: Annotated[Date | None, doc("The day of admission; storefront admit writes it.")] = None
    name: Annotated[Line, doc("The creator's name as readers see it.")]
    pronouns: Annotated[Line | None, doc("Pronouns, such as she/her.")] = None
    tagline: Annotated[Line | None, doc("One line under the name.")] = None
    bio: Annotated[Markdown | None, doc("A few sentences about the creator.")] = None
    avatar: Annotated[Image | None, doc("The creator's portrait.")] = None
    banner: Annotated[Image | None, doc("A wide picture for the top of the page.")] = None
    accent: Annotated[
        Colour | Accent | None,
        doc("The creator's own colour, or one for light and one for dark. Default: the site's."),
    ] = None
    locale: Annotated[Locale | None, doc("The language the creator writes in. Default: the site's.")] = None
    markets: Annotated[
        tuple[Market, ...], doc("The markets whose advertising law the labels must satisfy. Default: the site's.")
    ] = ()
    location: Annotated[Location | None, doc("Where the creator lives.")] = None
    shops_at: Annotated[
        tuple[Slug, ...],
        doc("Shops the creator buys from; among shops that deliver equally well, links prefer these."),
    ] = ()
    interests: Annotated[tuple[Line, ...], doc("What the creator writes about.")] = ()
    expertise: Annotated[
        tuple[Line, ...],
        doc("What the creator knows from work or long use, such as hand-thrown stoneware; shown on their page."),
    ] = ()
    segments: Annotated[
        tuple[Slug, ...], doc("The team's own groups for the creator, for `storefront list`; never published.")
    ] = ()
    profiles: Annotated[tuple[Profile, ...], doc("The creator's accounts elsewhere.")] = ()
    affiliate: Annotated[
        Accounts,
        doc("The creator's ids at affiliate networks, by network. Ids, never passwords or keys."),
    ] = {}
    relationships: Annotated[tuple[BrandTie, ...], doc("Standing ties to brands.")] = ()
    sharing: Annotated[Sharing, doc("Where the creator may be named.")] = Sharing()
    sections: Annotated[
        tuple[Section, ...], doc("How lists are grouped on the creator's page. Default: all lists in order.")
    ] = ()
    lists: Annotated[dict[Slug, List], doc("The creator's lists by id (or one file each in lists/).")] = {}
    posts: Annotated[tuple[Post, ...], doc("The creator's posts (or one file each in posts/).")] = ()
    reviews: Annotated[tuple[Review, ...], doc("The creator's reviews (or one file each in reviews/).")] = ()
    snippets: Annotated[tuple[Snippet, ...], doc("Small pieces for others to show.")] = ()
    promos: Annotated[dict[PromoCode, Promo], doc("The creator's promo codes.")] = {}
