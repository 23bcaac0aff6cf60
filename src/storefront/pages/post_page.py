"""One post with everything to be seen in it."""

from msgspec import Struct

from storefront import markdown
from storefront.catalog.facts import PostFact, SiteFact
from storefront.pages import frame, jsonld, parts, pictures, routes, statement, views
from storefront.pages.voice import Voice, voice

OTHERS = 4


class Inputs(Struct, frozen=True, kw_only=True, gc=False):
    """A post, and the creator's newest other posts."""

    site: SiteFact
    post: PostFact
    others: tuple[PostFact, ...]


def sheet(inputs: Inputs) -> views.Sheet:
    """The page."""
    byline = inputs.post.byline
    spoken = voice(inputs.site, byline.locale, byline.markets)
    return frame.sheet("post.html", _head(inputs, spoken), _view(inputs, spoken), spoken)


def _head(inputs: Inputs, spoken: Voice) -> views.Page:
    post = inputs.post
    path = routes.post(post.byline.handle, post.id)
    title = spoken.say("title_list", title=post.title, name=post.byline.name, site=inputs.site.title)
    ties = [*statement.of_posts([post]), *statement.of_posts(inputs.others)]
    networks = statement.networks_of((pick.offer for pick in post.picks), spoken)
    vanity = spoken.link(post.byline.name, routes.vanity(post.byline.handle))
    return frame.head(
        spoken,
        path=path,
        title=title,
        description=markdown.excerpt(post.caption) if post.caption else title,
        statement=statement.creator_statement(ties, networks, spoken),
        crumbs=[vanity, spoken.link(post.title, path)],
        og_type="article",
        share=post.shots[0] if post.shots else None,
        accent=post.byline.accent,
        nodes=[jsonld.post(post, _words(post), spoken)],
    )


def _view(inputs: Inputs, spoken: Voice) -> views.PostPageView:
    post = inputs.post
    anchors = [f"#{pick.anchor}" for pick in post.picks]
    permalink = None
    if post.url and post.network:
        permalink = views.Link(text=spoken.say("on_network", network=post.network.capitalize()), url=post.url)
    return views.PostPageView(
        title=post.title,
        lang=spoken.written,
        day=spoken.day(post.date),
        html=markdown.render(words) if (words := _words(post)) else parts.NO_HTML,
        author=parts.byline(post.byline, spoken),
        badges=parts.post_badges(post, spoken),
        permalink=permalink,
        credit=spoken.say("pictures_by", name=post.credit) if post.credit else None,
        photos=pictures.photos(post, "post", spoken, anchors),
        things=tuple(parts.card(pick, spoken) for pick in post.picks),
        others=tuple(parts.post_teaser(other, spoken) for other in inputs.others),
    )


def _words(post: PostFact) -> str:
    """The caption, but for a first paragraph that the page has as its heading already."""
    caption = (post.caption or "").strip()
    first, _, rest = caption.partition("\n\n")
    return rest if first == post.title == markdown.plain(first) else caption
