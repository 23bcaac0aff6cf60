"""All posts, and all reviews, of a creator: newest first, none left out."""

from msgspec import Struct

from storefront.catalog.facts import Byline, PostFact, SiteFact
from storefront.catalog.review_facts import RemovedFact, ReviewFact
from storefront.pages import frame, jsonld, parts, reviewed, routes, statement, views
from storefront.pages.voice import voice


class PostInputs(Struct, frozen=True, kw_only=True, gc=False):
    """All posts of a creator."""

    site: SiteFact
    byline: Byline
    posts: tuple[PostFact, ...]


class ReviewInputs(Struct, frozen=True, kw_only=True, gc=False):
    """All reviews of a creator, and what stays of those that were removed."""

    site: SiteFact
    byline: Byline
    reviews: tuple[ReviewFact, ...]
    removed: tuple[RemovedFact, ...] = ()


def posts_sheet(inputs: PostInputs) -> views.Sheet:
    """The page of all posts."""
    byline = inputs.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    path, title = routes.posts(byline.handle), spoken.say("posts_by", name=byline.name)
    shown = parts.newest_posts(inputs.posts)
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_posts", name=byline.name, site=inputs.site.title),
        description=title,
        statement=statement.creator_statement(statement.of_posts(shown), (), spoken),
        crumbs=[spoken.link(byline.name, routes.vanity(byline.handle)), spoken.link(title, path)],
        share=next((post.shots[0] for post in shown if post.shots), None),
        accent=byline.accent,
        nodes=[
            jsonld.collection(
                path,
                title,
                [routes.post(byline.handle, post.id) for post in shown],
                spoken,
                [post.title for post in shown],
            )
        ],
    )
    view = views.PostsPageView(
        author=parts.byline(byline, spoken), posts=tuple(parts.post_teaser(post, spoken) for post in shown)
    )
    return frame.sheet("posts.html", head, view, spoken)


def reviews_sheet(inputs: ReviewInputs) -> views.Sheet:
    """The page of all reviews."""
    byline = inputs.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    path, title = routes.reviews(byline.handle), spoken.say("reviews_by", name=byline.name)
    shown = reviewed.newest_first(inputs.reviews)
    head = frame.head(
        spoken,
        path=path,
        title=spoken.say("title_reviews", name=byline.name, site=inputs.site.title),
        description=title,
        statement=statement.creator_statement(statement.of_reviews(shown), (), spoken),
        crumbs=[spoken.link(byline.name, routes.vanity(byline.handle)), spoken.link(title, path)],
        share=byline.avatar,
        accent=byline.accent,
        nodes=[
            jsonld.collection(
                path,
                title,
                [routes.product(review.product) for review in shown],
                spoken,
                [review.product_title for review in shown],
            )
        ],
    )
    view = views.ReviewsPageView(
        author=parts.byline(byline, spoken),
        reviews=tuple(reviewed.review(review, spoken, names_product=True) for review in shown),
        removed=tuple(
            reviewed.removed(fact, spoken, names_product=True) for fact in reviewed.newest_first(inputs.removed)
        ),
        shown=reviewed.shown_of(len(shown), len(shown), spoken, len(inputs.removed)),
    )
    return frame.sheet("reviews.html", head, view, spoken)
