"""The catalog as a value: all facts of a site, and what a part of one is told of the rest."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from storefront.catalog.campaign_facts import CampaignFact
from storefront.catalog.community import Community
from storefront.catalog.facts import (
    AnswerFact,
    BrandFact,
    Byline,
    Category,
    ListFact,
    Mention,
    Person,
    Pick,
    PostFact,
    ProductFact,
    RatingFact,
    Thing,
)
from storefront.catalog.imported import Imported
from storefront.catalog.review_facts import Ratings, RemovedFact, ReviewFact
from storefront.catalog.trade import PromoFact
from storefront.catalog.waiting import AskFact, BuyerAskFact
from storefront.content import Origin
from storefront.problems import Problem
from storefront.records import OwnedKey
from storefront.vocabulary.site import Site


class Catalog(Struct):
    """All facts of a site. Keys are ids, or (handle, id) for what belongs to a creator.

    `origins` says where each fact was written. For a fact with picks or offers, `entries` has the key of the list that
    they stand in and, in the order of the fact, their numbers in it: some are held back, and offers are put in order.
    """

    site: Site
    bylines: dict[str, Byline]
    people: dict[str, Person]
    lists: dict[OwnedKey, ListFact]
    posts: dict[OwnedKey, PostFact]
    reviews: dict[OwnedKey, ReviewFact]
    removed: dict[OwnedKey, RemovedFact]
    review_pages: Mapping[str, int]
    things: dict[str, Thing]
    products: dict[str, ProductFact]
    ratings: dict[str, Ratings]
    imported: Imported
    mentions: dict[str, tuple[Mention, ...]]
    brands: dict[str, BrandFact]
    answers: dict[str, AnswerFact]
    categories: dict[str, Category]
    community: Community
    campaigns: dict[str, CampaignFact]
    aliases: dict[str, str]
    origins: dict[str, Origin]
    entries: dict[str, tuple[str, list[int]]]
    asks: Mapping[OwnedKey, AskFact]
    buyers_asks: Mapping[str, BuyerAskFact]
    coupons: Mapping[str, tuple[PromoFact, ...]]
    recalled: bool
    next_change: datetime | None
    problems: list[Problem]

    def picks_of(self, ref: str) -> Sequence[Pick]:
        """The picks of a list or post, by the name of its fact; none where there is no such list or post."""
        kind, _, name = ref.partition(":")
        handle, _, identity = name.partition("/")
        fact: ListFact | PostFact | None = None
        if kind == "list":
            fact = self.lists.get((handle, identity))
        elif kind == "post":
            fact = self.posts.get((handle, identity))
        return fact.picks if fact else ()


class PartContext(Struct, frozen=True):
    """What a part of a site cannot know by itself: the means of products, and which of them have all their reviews."""

    rated: Mapping[str, RatingFact | None]
    shown: Collection[str]
