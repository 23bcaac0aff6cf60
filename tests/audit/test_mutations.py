"""A theme that breaks one rule is refused, and the message names the rule, the market, the page and the record.

Each mutation changes one place of the shipped theme, as a site's own theme could. That it is one is checked too: the
bytes of the page that it breaks are others.
"""

from typing import NamedTuple

import pytest

from building import NOW, REPOSITORY, build, bytes_of, edit, write
from checking import written
from storefront import pipeline, shards
from storefront.problems import ProblemsFound

THEME = REPOSITORY / "themes" / "editorial"
CARD, PRODUCT, BASE = "templates/parts/card.html", "templates/product.html", "templates/base.html"
MENTION = "templates/parts/mention.html"
POST, REVIEW, BASICS = "templates/parts/post.html", "templates/parts/review.html", "templates/parts/basics.html"
LABELS = "assets/labels.css"
SHOP = "{{ thing.shop.html }}"
TEE = "content/influencers/maya/lists/kit.yaml:3:5"
TEE_OF_JONAS = "content/influencers/jonas/lists/lauf.yaml:3:5"
TEE_OF_SAM = "content/influencers/sam/lists/run.yaml:3:5"
CAP = "content/influencers/maya/lists/kit.yaml:7:5"
SOCKS_OF_SAM = "content/influencers/sam/lists/run.yaml:5:5"
RETIRED = "content/influencers/maya/lists/kit.yaml:13:5"
LIST, OF_JONAS, OF_SAM, OF_TEE = "/maya/lists/kit/", "/jonas/lists/lauf/", "/sam/lists/run/", "/products/merino-tee/"


class Mutation(NamedTuple):
    """A change of one file of the theme, in one place or in several, and what must be said of it."""

    file: str
    old: str | tuple[str, ...]
    new: str | tuple[str, ...]
    code: str
    rule: str
    page: str
    place: str

    def changes(self):
        """What to put in the place of what."""
        return [(self.old, self.new)] if isinstance(self.old, str) else list(zip(self.old, self.new, strict=True))


def shop(new, rule, page=LIST, place=TEE, code="undisclosed"):
    """A change of what a card does with its shop's markup."""
    return Mutation(CARD, SHOP, new, code, rule, page, place)


def replaced(old, new):
    return f"{{{{ thing.shop.html|replace({old!r}, {new!r}|safe) }}}}"


def around(before, after):
    return shop(f"{before}{SHOP}{after}", "(U-04; gb)")


URL = "{{ (thing.shop.html|string).split('href=\"')[1].split('\"')[0]|safe }}"
WITHOUT_LABELS = f'{{% if thing.shop.html %}}<a href="{URL}" rel="sponsored nofollow noopener">Buy</a>{{% endif %}}'
LABELS_AFTER = WITHOUT_LABELS + "{{ badges(thing.badges) }}"
MUTATIONS = {
    "the label is missing": shop(WITHOUT_LABELS, "(U-01; gb)"),
    "the label is after the link": shop(LABELS_AFTER, "(U-02; gb)"),
    "the label is in another card": Mutation(
        CARD,
        ('<li class="cell', SHOP),
        ('<li>{% if thing.badges %}{{ badges(thing.badges) }}{% endif %}</li><li class="cell', WITHOUT_LABELS),
        "undisclosed",
        "(U-01; gb)",
        LIST,
        TEE,
    ),
    "the label has the hidden attribute": shop(replaced('class="badges"', 'class="badges" hidden'), "(U-04; gb)"),
    "one label has the hidden attribute": shop(
        replaced('class="badge badge--gifted"', 'hidden class="badge"'), "(U-04; gb)"
    ),
    "the label is not for the ear": shop(replaced('class="badges"', 'class="badges" aria-hidden="true"'), "(U-04; gb)"),
    "the label has an inline style": shop(
        replaced('class="badges"', 'class="badges" style="Display: none"'), "(U-04; gb)"
    ),
    "what is around the label has a style": around('<div style="opacity:0">', "</div>"),
    "the label is visually hidden": shop(replaced('class="badges"', 'class="badges vh"'), "(U-04; gb)"),
    "the label is in closed details": around("<details><summary>More</summary>", "</details>"),
    "the label is in a template": shop(
        "<template>{{ badges(thing.badges) }}</template>" + WITHOUT_LABELS, "(U-04; gb)"
    ),
    "the label is in noscript": shop("<noscript>{{ badges(thing.badges) }}</noscript>" + WITHOUT_LABELS, "(U-04; gb)"),
    "the label is in a closed dialog": shop(
        "<dialog>{{ badges(thing.badges) }}</dialog>" + WITHOUT_LABELS, "(U-04; gb)"
    ),
    "the label is a comment": shop(f"<!-- {SHOP} -->{WITHOUT_LABELS}", "(U-01; gb)"),
    "the label is a picture": shop(
        '<img src="/ad.png" width="9" height="9" alt="{{ thing.badges[0].text }}">' + WITHOUT_LABELS, "(U-01; gb)"
    ),
    "the label is a title": shop('<span title="{{ thing.badges[0].text }}">i</span>' + WITHOUT_LABELS, "(U-01; gb)"),
    "the stylesheet hides the label": Mutation(
        LABELS, ".badges {", ".card .badges { display:none } .badges {", "undisclosed", "(U-04; gb)", LIST, TEE
    ),
    "the stylesheet hides the label from whoever does not point at it": Mutation(
        LABELS, ".badges {", ".card .badges:not(:hover) { opacity:0 } .badges {", "undisclosed", "(U-04; gb)", LIST, TEE
    ),
    "the stylesheet hides labels in cards": Mutation(
        LABELS, ".badges {", ".card .badge { clip-path: inset(50%) } .badges {", "undisclosed", "(U-04; gb)", LIST, TEE
    ),
    "the stylesheet hides the label on phones": Mutation(
        LABELS,
        "  .badges {",
        "@media (width < 40em) { .badge { visibility:hidden } }\n  .badges {",
        "undisclosed",
        "(U-04; gb)",
        LIST,
        TEE,
    ),
    "the stylesheet makes the label tiny": Mutation(
        LABELS,
        "font: 600 max(1em, .875rem)/1.3 var(--font-ui)",
        "font: 600 .4em/1.3 var(--font-ui)",
        "undisclosed",
        "(U-04; gb)",
        LIST,
        TEE,
    ),
    "the root is wrong": shop(replaced("Werbung · ", ""), "(DE-01; de)", OF_JONAS, TEE_OF_JONAS),
    "the label is one that is rejected": shop(replaced("Ad · gifted by Fjell", "Collab"), "(U-09; gb)"),
    "the label is in another language": shop(
        replaced("Werbung · kostenlos von", "Ad · gifted by"), "(DE-01; de)", OF_JONAS, TEE_OF_JONAS
    ),
    "the gift does not say free": shop(
        replaced("Free from Fjell", "Gift from Fjell"), "(US-02; us)", OF_SAM, TEE_OF_SAM
    ),
    "the label does not name the brand": shop(
        replaced("Free from Fjell", "Free from them"), "(US-02; us)", OF_SAM, TEE_OF_SAM
    ),
    "one of several labels is missing": shop(
        replaced('<span class="badge badge--affiliate">Ad · affiliate link</span>', ""), "(U-01; gb)"
    ),
    "labels are out of order": shop(
        replaced("Ad · paid by Fjell", "x").replace(
            " }}", "|replace('Ad · paid link', 'Ad · paid by Fjell')|replace('>x<', '>Ad · paid link<'|safe) }}"
        ),
        "(US-06; us)",
        OF_SAM,
        TEE_OF_SAM,
    ),
    "the link bears no asterisk": shop(replaced("*</a>", "</a>"), "(DE-02; de)", OF_JONAS, TEE_OF_JONAS),
    "the code bears no label": Mutation(
        BASICS,
        "{{ code.html }}",
        "<code>{{ (code.html|string).split('<code>')[1].split('<')[0] }}</code>",
        "undisclosed",
        "(U-01; gb)",
        LIST,
        TEE,
    ),
    "the link lacks sponsored": shop(replaced("sponsored nofollow", "nofollow"), "(U-08; gb)", code="wrong-rel"),
    "the link hides the visit": shop(replaced("noopener", "noopener noreferrer"), "(U-08; gb)", code="wrong-rel"),
    "the link has a referrer policy": shop(
        replaced('rel="', 'referrerpolicy="no-referrer" rel="'), "(U-08; gb)", code="wrong-rel"
    ),
    "the page hides the visit": Mutation(
        BASE,
        '<meta charset="utf-8">',
        '<meta charset="utf-8"><meta name="referrer" content="no-referrer">',
        "wrong-rel",
        "(U-08; gb)",
        LIST,
        "content/influencers/maya/lists/kit.yaml:1:1",
    ),
    "a sold-out thing bears no label": Mutation(
        CARD, "{{ badges(thing.badges) }}", "", "undisclosed", "(U-05; us)", OF_SAM, SOCKS_OF_SAM
    ),
    "a retired thing bears no label": Mutation(
        CARD, "{{ badges(thing.badges) }}", "", "undisclosed", "(U-05; gb)", LIST, RETIRED
    ),
    "a thing whose name is gone bears no label": Mutation(
        CARD,
        (' id="{{ thing.anchor }}">', "{{ badges(thing.badges) }}"),
        (">", ""),
        "undisclosed",
        "(U-05; gb)",
        LIST,
        RETIRED,
    ),
    "a mention bears no label": Mutation(
        MENTION, "{{ badges(mention.badges) }}", "", "undisclosed", "(U-05; gb)", "/products/socks/", SOCKS_OF_SAM
    ),
    "a teaser bears no label": Mutation(
        POST,
        "{{ badges(post.badges) }}",
        "",
        "undisclosed",
        "(U-05; gb)",
        "/",
        "content/influencers/maya/posts/first-frost.yaml:1:1",
    ),
    "a teaser hides its label": Mutation(
        POST,
        "{{ badges(post.badges) }}",
        "<div hidden>{{ badges(post.badges) }}</div>",
        "undisclosed",
        "(U-04; gb)",
        "/maya/",
        "content/influencers/maya/posts/first-frost.yaml:1:1",
    ),
    "a shelf bears no label": Mutation(
        CARD,
        "{{ badges(thing.badges) }}",
        "",
        "undisclosed",
        "(U-05; gb)",
        "/brands/fjell/",
        "content/products/merino-tee.yaml:1:1",
    ),
    "a review does not say what was received": Mutation(
        REVIEW,
        "{{ said.disclosure }}",
        "",
        "undisclosed",
        "(U-05; gb)",
        "/maya/reviews/",
        "content/influencers/maya/reviews/merino-tee.yaml:1:1",
    ),
    "a review hides what was received": Mutation(
        REVIEW,
        '<p class="review__disclosure">',
        '<p class="review__disclosure" hidden>',
        "undisclosed",
        "(U-04; gb)",
        OF_TEE,
        "content/influencers/maya/reviews/merino-tee.yaml:1:1",
    ),
    "nothing leads from reviews to how they are gathered": Mutation(
        BASE,
        ("{{ chrome.how.url }}", "{{ page.statement.more.url }}", 'href="{{ link.url }}"{% if'),
        ("/elsewhere/", "/elsewhere/", 'href="/elsewhere/"{% if'),
        "undisclosed",
        "(UK-04; gb)",
        "/maya/reviews/",
        "content/influencers/maya/reviews/merino-tee.yaml:1:1",
    ),
    "there is no statement": Mutation(
        BASE,
        "{% if page.statement %}",
        "{% if false %}",
        "unstated",
        "(U-03; gb)",
        LIST,
        "content/influencers/maya/lists/kit.yaml:1:1",
    ),
    "the statement is hidden": Mutation(
        BASE,
        '<aside class="statement"',
        '<aside hidden class="statement"',
        "unstated",
        "(U-03; de)",
        OF_JONAS,
        "content/influencers/jonas/lists/lauf.yaml:1:1",
    ),
    "a network's sentence is not to the letter": Mutation(
        BASE,
        "{{ sentence }}",
        "{{ sentence|replace('qualifying', 'qualified') }}",
        "unstated",
        "(AMZ-01; amazon)",
        "/products/cap/",
        "content/products/cap.yaml:1:1",
    ),
    "the page says another language": Mutation(
        BASE,
        '<html lang="{{ page.lang }}"',
        '<html lang="nl"',
        "undisclosed",
        "(U-07; us)",
        OF_SAM,
        "content/influencers/sam/lists/run.yaml:1:1",
    ),
    "the preview bears no label": Mutation(
        BASE,
        '"og:description" content="{{ page.og.description }}"',
        '"og:description" content="{{ page.description }}"',
        "undisclosed",
        "(U-11; us)",
        OF_SAM,
        "content/influencers/sam/lists/run.yaml:1:1",
    ),
    "the theme denies what is disclosed": Mutation(
        BASE,
        '<p class="foot__made">',
        '<p class="foot__made">Never sponsored. ',
        "contradiction",
        "(U-12; us)",
        OF_SAM,
        "content/influencers/sam/lists/run.yaml:1:1",
    ),
    "the theme links to a shop": Mutation(
        BASE,
        '<p class="foot__made">',
        '<p class="foot__made"><a href="https://nordshop.example/sale">Sale</a> ',
        "unaccounted",
        "(U-08; gb)",
        LIST,
        "content/influencers/maya/lists/kit.yaml:1:1",
    ),
    "the theme links through a network": Mutation(
        BASE,
        '<p class="foot__made">',
        '<p class="foot__made"><a href="//www.awin1.com/cread.php?awinmid=1">Sale</a> ',
        "unaccounted",
        "(U-08; gb)",
        "/how-this-works/",
        "content/site.yaml",
    ),
    "the theme changes where a link leads": shop(
        replaced("awinaffid=77", "awinaffid=1"),
        "(U-08; gb)",
        place="content/influencers/maya/lists/kit.yaml:1:1",
        code="unaccounted",
    ),
    "the theme sends a form to a shop": Mutation(
        BASE,
        '<p class="foot__made">',
        '<form action="https://nordshop.example/buy"></form><p class="foot__made">',
        "unaccounted",
        "(U-08; gb)",
        LIST,
        "content/influencers/maya/lists/kit.yaml:1:1",
    ),
}
LAST = (
    '{% if page.statement %}<aside class="statement"><b>{{ page.statement.label }}</b>'
    "{% for sentence in page.statement.sentences %} {{ sentence }}{% endfor %}</aside>{% endif %}<footer"
)
STATEMENT_LAST = (("{% if page.statement %}", "{% if false %}"), ("<footer", LAST))


def mutated(site, file, *changes):
    """The site with one file of the theme changed."""
    text = (THEME / file).read_text()
    for old, new in changes:
        assert old in text, f"{file} does not say {old}"
        text = text.replace(old, new)
    return write(site, {f"themes/editorial/{file}": text})


def problems_of(site):
    try:
        pipeline.check(site, NOW, 1)
    except ProblemsFound as failure:
        return failure.problems
    return []


def test_the_shipped_theme_is_proven(site):
    assert written(problems_of(site)) == ""


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_theme_that_breaks_a_rule_is_refused(name, site):
    case = MUTATIONS[name]
    found = problems_of(mutated(site, case.file, *case.changes()))
    said = [problem for problem in found if str(problem.place) == case.place and f"on {case.page}," in problem.message]
    assert (case.code, True) in [(each.code, each.message.endswith(case.rule)) for each in said], written(found)
    assert all("themes/editorial/templates/" in problem.hint for problem in found)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_changes_a_page_or_the_stylesheet(name, site, monkeypatch):
    case = MUTATIONS[name]
    build(site)
    before = bytes_of(site / "site")
    monkeypatch.setattr(shards, "audit", lambda *_: shards.Proof())
    build(mutated(site, case.file, *case.changes()))
    after = bytes_of(site / "site")
    page = f"{case.page.lstrip('/')}index.html"
    assert after[page] != before[page]


@pytest.mark.parametrize(
    ("file", "old", "rule", "place"),
    [
        (REVIEW, "{{ said.verification }}", "(EU-02; eu)", "content/influencers/maya/reviews/merino-tee.yaml:1:1"),
        (BASE, "{{ chrome.publisher_address }}", "(EU-01; eu)", "content/products/merino-tee.yaml:1:1"),
    ],
)
def test_what_the_union_wants_of_a_page_is_proven_where_it_is_a_market(file, old, rule, place, site):
    edit(site / "content/site.yaml", "[gb]", "[gb, eu]")
    assert written(problems_of(site)) == ""
    found = problems_of(mutated(site, file, (old, "")))
    said = [str(each.place) for each in found if f"on {OF_TEE}," in each.message and each.message.endswith(rule)]
    assert said == [place], written(found)


def test_a_statement_after_the_first_link_is_none(site):
    found = problems_of(mutated(site, BASE, *STATEMENT_LAST))
    said = [problem.message for problem in found if problem.code == "unstated"]
    assert any("the statement stands after the first link to a shop (U-03; gb)" in message for message in said)


def test_every_problem_is_told_at_once_and_the_last_site_stays(site):
    build(site)
    before = bytes_of(site / "site")
    with pytest.raises(ProblemsFound) as failure:
        build(mutated(site, CARD, (SHOP, WITHOUT_LABELS)))
    pages = {problem.message.split(",")[0] for problem in failure.value.problems}
    assert {"on /maya/", "on /maya/lists/kit/", "on /jonas/", "on /sam/lists/run/"} <= pages
    assert bytes_of(site / "site") == before


MARKUP = {
    "labels of the theme's own": "{% for badge in thing.badges %}<b>{{ badge.text }}</b> {% endfor %}" + WITHOUT_LABELS,
    "labels in pieces": "{% for each in thing.badges %}<p>{{ each.text|replace('·', '<i>·</i>'|safe) }}</p>{% endfor %}"
    + WITHOUT_LABELS,
    "open details": f"<details open><summary>Shop</summary>{SHOP}</details>",
    "a longer way": f"<div><div><p>{{{{ thing.title }}}}</p></div><div>{SHOP}</div></div>",
    "two links to one shop": f"{SHOP}{SHOP}",
}


@pytest.mark.parametrize("name", MARKUP)
def test_a_theme_may_write_it_in_its_own_way(name, site):
    """Jonas and the marks of his market aside: there the link's words matter too."""
    edit(site / "content/influencers/jonas/profile.yaml", "markets: [de]", "markets: [gb]\nx-was: de")
    edit(site / "content/influencers/jonas/profile.yaml", "locale: de", "locale: en")
    assert written(problems_of(mutated(site, CARD, (SHOP, MARKUP[name])))) == ""
