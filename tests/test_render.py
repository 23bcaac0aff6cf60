"""Rendering: the same bytes as stock Jinja2; hostile text stays text; a theme's mistakes are placed."""

import itertools
import json
import re
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from building import DEMO_NOW, REPOSITORY, build, bytes_of, copy_of_minimal, edit, html_of, picture, trees_of, write
from checking import NOW
from storefront import pipeline
from storefront.catalog import spread
from storefront.gather import gather
from storefront.pages.views import Sheet
from storefront.problems import ProblemsFound
from storefront.render import Renderer

TEMPLATES = "themes/editorial/templates"


# The same bytes as stock Jinja2


def assert_equal_to_stock(root, now):
    gathered = gather(root, now)
    tuned, stock = Renderer(gathered.theme), Renderer(gathered.theme, tuned=False)
    assert tuned._tuned is not None
    kinds = set()
    for page in gathered.pages:
        sheet = page.make(page.inputs)
        if isinstance(sheet, Sheet):
            kinds.add(sheet.template)
            assert tuned.render(sheet) == stock.render(sheet), page.path
    assert "_stock" not in vars(tuned), "stock Jinja2 had to help out"
    return kinds


def test_every_page_of_the_demo_is_what_stock_jinja_writes(demo, monkeypatch):
    monkeypatch.setattr(spread, "SIZE", 3)  # else no product has reviews for a second page
    kinds = assert_equal_to_stock(demo.root, DEMO_NOW)
    assert kinds == {path.name for path in (REPOSITORY / TEMPLATES).glob("*.html")} - {"base.html"}


def test_every_page_of_the_starter_is_what_stock_jinja_writes(starter):
    assert_equal_to_stock(starter.root, NOW)


CONSTRUCTS = {
    "a macro with defaults": "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }}{{ m(b=3, a='<') }}",
    "a macro in a macro": "{% macro m(a) %}<{{ a }}>{% endmacro %}{% macro n(a) %}{{ m(a) }}{% endmacro %}{{ n('&') }}",
    "a macro that recurses": "{% macro m(n) %}{{ n }}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}",
    "a macro with caller": "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}<b>{{ '<' }}{% endcall %}",
    "a caller with parameters": "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}",
    "varargs": "{% macro m(a) %}{{ varargs|join('+') }}{{ kwargs.items()|list }}{% endmacro %}{{ m(1, 2, 3, k='<') }}",
    "an absent argument": "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}",
    "stars": "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*[1], **{'b': 2}) }}",
    "a loop": "{% for c in 'a<b' %}{{ loop.index }}{{ loop.cycle('x', 'y') }}{{ c }}{% else %}none{% endfor %}",
    "a loop that recurses": "{% for n in [[1, [2]]] recursive %}{{ n if n is number else loop(n) }}{% endfor %}",
    "a filter block": "{% filter upper %}a{{ '<' }}b{% endfilter %}",
    "a set block": "{% set x %}<i>{{ '&' }}{% endset %}{{ x }}{{ x|length }}",
    "a namespace": "{% set n = namespace(x=1) %}{% set n.x = n.x + 1 %}{{ n.x }}",
    "filters": "{{ 'a b'|title }}{{ '<'|e }}{{ '<b>'|safe }}{{ [1, 2]|join('<') }}{{ 1.5|round|int }}{{ '<'|upper }}",
    "numbers and none": "{{ 1 }}{{ 1.5 }}{{ none }}{{ true }}{{ [1, '<'] }}{{ {'a': '<'} }}",
    "concatenation": "{{ '<' ~ 1 ~ '<b>'|safe }}",
    "a condition": "{{ '<' if view else '>' }}{{ ('<' if not view) is defined }}",
    "with": "{% with a = '<' %}{{ a }}{% endwith %}",
    "autoescape off": "{% autoescape false %}{{ '<' }}{% endautoescape %}{{ '<' }}",
    "an include": "{% include 'parts/none.html' ignore missing %}x",
    "methods": "{{ 'a-b'.split('-') }}{{ 'x'.upper() }}{{ '{}'.format('<') }}",
    "slices": "{{ 'hello'[1:3] }}{{ [1, 2][-1] }}{{ {'a': '<'}['a'] }}",
    "white space": "  {% if true %}\n  a\n  {% endif %}\n\n{#- gone -#}  b\n",
    "a block": "{% block one %}a{{ '<' }}{% endblock %}{{ self.one() }}",
    "a block in a loop": "{% for x in [1, 2] %}{% block two scoped %}{{ x }}{% endblock %}{% endfor %}",
    "super": "{% extends 'base.html' %}{% block content %}{{ super() }}<{{ '&' }}{% endblock %}",
    "keywords as names": "{% macro m(class, for_) %}{{ class }}{{ for_ }}{% endmacro %}{{ m(1, for_=2) }}",
    "a key as an attribute": "{% set d = {'a': view.people} %}{{ d.a|length }}",
    "an absent attribute": "{{ view.nope is defined }}{{ view.nope|default('<') }}",
}
LEFT_TO_STOCK = {"a block", "a key as an attribute", "an absent attribute"}


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_theme_may_use_all_of_jinja(site, construct):
    write(site, {f"{TEMPLATES}/404.html": CONSTRUCTS[construct]})
    gathered = gather(site, NOW)
    [page] = [page for page in gathered.pages if page.path == "/404.html"]
    sheet = page.make(page.inputs)
    tuned = Renderer(gathered.theme)
    assert tuned.render(sheet) == Renderer(gathered.theme, tuned=False).render(sheet)
    assert ("_stock" in vars(tuned)) is (construct in LEFT_TO_STOCK)


# A theme's mistakes


def problem_of(site, text, name="404.html"):
    write(site, {f"{TEMPLATES}/{name}": text})
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    (problem,) = caught.value.problems
    assert problem.code == "theme"
    return problem


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n{% if %}\n", 2, "TemplateSyntaxError"),
        ("a\nb\n{{ view.nope }}", 3, "nope"),
        ("{{ nope }}", 1, "'nope' is undefined"),
        ("\n{{ page.title.nope() }}", 2, "nope"),
        ("\n{{ view.people[99].name }}", 2, "no element 99"),
        ("\n\n{{ 1 / 0 }}", 3, "ZeroDivisionError"),
        ("{{ 1 + 'a' }}", 1, "TypeError"),
        ("{{ 'a'|nope }}", 1, "nope"),
        ("a\n{% for x in 5 %}{% endfor %}", 2, "TypeError"),
        ("{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m() }}", 1, "was not provided"),
        ("{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m(1, 2) }}", 2, "TypeError"),
        ("\n{{ t.nope }}", 2, "nope"),
        ("a\n{% endif %}", 2, "TemplateSyntaxError"),
        ("{{ {}['a'] }}", 1, "a"),
        ("\n{% extends '404.html' %}", 2, "RecursionError"),
        ("\n{% include '404.html' %}", 2, "RecursionError"),
        ("\n{{ [1]|sum(attribute='x.y') }}", 2, ""),
        ("\n{{ '%d'|format('a') }}", 2, "TypeError"),
        ("\n{{ 'a'.encode('nope') }}", 2, "LookupError"),
        ("\n{{ 9.9e99 ** 9 }}", 2, "OverflowError"),
    ],
)
def test_a_mistake_in_a_template_is_placed(site, text, line, said):
    problem = problem_of(site, text)
    assert (problem.place.file, problem.place.line) == (f"{TEMPLATES}/404.html", line)
    assert said in problem.message
    assert "docs/themes.md" in problem.hint


def test_a_mistake_in_a_part_is_placed_there_once_for_all_pages(site):
    part = (REPOSITORY / TEMPLATES / "parts/basics.html").read_text()
    problem = problem_of(site, "\n{{ nope }}" + part, "parts/basics.html")
    assert str(problem.place) == f"{TEMPLATES}/parts/basics.html:2:1"


def test_a_template_that_is_not_there_is_missed_where_it_is_asked_for(site):
    problem = problem_of(site, "\n{% include 'parts/nope.html' %}")
    assert "parts/nope.html is missing" in problem.message
    assert (problem.place.file, problem.place.line) == (f"{TEMPLATES}/404.html", 2)


def test_a_theme_without_a_page_says_which(site):
    write(site, {"themes/bare/theme.yaml": "name: bare\n"})
    edit(site / "content/site.yaml", "title:", "theme: bare\ntitle:")
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    assert {str(problem.place) for problem in caught.value.problems} == {"themes/bare/theme.yaml"}
    assert "the template vanity.html is missing" in {problem.message for problem in caught.value.problems}


def test_a_template_that_is_not_utf_8_is_a_problem(site):
    problem = problem_of(site, b"\xff\xfe")
    assert problem.place.file.startswith("themes/")


def test_a_stylesheet_that_is_not_utf_8_is_a_problem(site):
    write(site, {"themes/editorial/assets/print.css": b"p{content:'\xe9'}"})
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    (problem,) = caught.value.problems
    assert str(problem.place) == "themes/editorial/assets/print.css:1:12"


def test_a_mistake_in_the_theme_that_is_extended_is_placed_there(site):
    write(
        site,
        {
            "themes/house/theme.yaml": "name: house\nextends: editorial\n",
            "themes/house/templates/404.html": "\n{% if %}",
            "themes/mine/theme.yaml": "name: mine\nextends: house\n",
        },
    )
    edit(site / "content/site.yaml", "title:", "theme: mine\ntitle:")
    with pytest.raises(ProblemsFound) as caught:
        build(site)
    (problem,) = caught.value.problems
    assert str(problem.place) == "themes/house/templates/404.html:2:1"


# Hostile text

EVIL = """<script>alert(1)</script>"'&<img src=x onerror=alert(1)>]]>--><!--{{7*7}}{%x%}"""
MARKS = itertools.count()


def evil() -> str:
    """A hostile text that can be told from others."""
    return f"zz{next(MARKS)} {EVIL}"


def image() -> dict:
    return {"src": "media/canal.jpg", "alt": evil()}


def hostile_records() -> dict[str, dict]:
    """The minimal site with hostile text in every field that takes free text."""
    return {
        "site": {
            "title": evil(),
            "url": "https://shelves.example",
            "tagline": evil(),
            "description": evil(),
            "markets": ["gb"],
            "publisher": {"name": evil(), "email": evil(), "address": evil()},
        },
        "influencers/maya/profile": {
            "name": evil(),
            "pronouns": evil(),
            "tagline": evil(),
            "bio": evil(),
            "avatar": image(),
            "banner": image(),
            "location": {"city": evil(), "country": "GB"},
            "interests": [evil()],
            "expertise": [evil()],
            "profiles": [{"network": "instagram", "handle": evil(), "url": "https://ig.example/maya?a=1&b=2"}],
            "relationships": [{"brand": "fjell", "kind": "ambassador", "since": "2020-01-01"}],
            "aliases": ["may"],
            "affiliate": {"awin": {"publisher": evil()}},
            "promos": {"MAYA15": {"merchant": "nordshop", "percent_off": "15", "fine_print": evil()}},
            "sections": [{"title": evil(), "lists": ["kit"]}],
        },
        "influencers/maya/lists/kit": {
            "title": evil(),
            "intro": evil(),
            "cover": image(),
            "updated": "2026-11-01",
            "items": [
                {
                    "product": "merino-tee",
                    "note": evil(),
                    "why": evil(),
                    "badge": evil(),
                    "variant": evil(),
                    "used_for": evil(),
                    "fit": {"size_worn": evil()},
                    "promo": "MAYA15",
                    "relationship": "gifted",
                    "image": image(),
                },
                {"title": evil(), "link": "https://a.example/?q=%22&b=1", "brand": evil(), "relationship": "gifted"},
            ],
        },
        "influencers/maya/lists/old": {
            "title": evil(),
            "items": [{"product": "merino-tee", "status": "retired", "reason": evil(), "relationship": "gifted"}],
        },
        "influencers/maya/posts/first-frost": {
            "date": "2026-11-15",
            "title": evil(),
            "caption": evil(),
            "media": [image()],
            "products": [{"product": "merino-tee", "at": ["0.5", "0.4"], "note": evil()}],
        },
        "influencers/maya/reviews/merino-tee": {
            "product": "merino-tee",
            "date": "2026-10-01",
            "rating": "4.5",
            "title": evil(),
            "body": evil(),
            "pros": [evil()],
            "cons": [evil()],
            "aspects": {evil(): "4"},
            "used_for": evil(),
            "provenance": "gifted",
            "verification": {"status": "verified", "method": "receipt", "by": evil()},
            "updates": [{"date": "2026-11-01", "after": evil(), "text": evil()}],
            "responses": [{"by": "fjell", "date": "2026-11-02", "text": evil(), "steps": [evil()]}],
        },
        "products/merino-tee": {
            "title": evil(),
            "brand": "fjell",
            "description": evil(),
            "category": evil(),
            "mpn": evil(),
            "images": [{"src": "media/merino-tee.jpg", "alt": evil()}],
            "variants": [{"title": evil(), "color": evil(), "size": evil()}],
            "specs": {evil(): evil()},
            "highlights": {evil(): evil()},
            "best_for": [evil()],
            "not_for": [evil()],
            "offers": [{"merchant": "nordshop", "link": "https://nordshop.example/x", "shipping": evil()}],
        },
        "brands/fjell": {"name": evil(), "description": evil()},
        "merchants/nordshop": {
            "name": evil(),
            "url": "https://nordshop.example",
            "domains": ["nordshop.example"],
            "network": "awin",
            "program": {"advertiser": "1234"},
        },
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    records = {f"content/{name}.yaml": json.dumps(record) for name, record in hostile_records().items()}
    root = write(copy_of_minimal(tmp_path_factory.mktemp("hostile")), records)
    build(root)
    return root / "site"


def test_hostile_text_stays_text_in_every_page(hostile):
    for page, tree in trees_of(hostile).items():
        for node in tree.css("script"):
            assert node.attributes["type"] == "application/ld+json" or "/assets/" in node.attributes["src"], page
        assert not tree.css("[onerror], img[src=x]"), page
        for node in tree.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], page
    assert "alert(1)" in html_of(hostile)["maya/"]


def test_hostile_text_is_written_out_in_full(hostile):
    """What a creator wrote is what shoppers read: nothing is dropped, and nothing is run as a template."""
    shown = LexborHTMLParser(html_of(hostile)["products/merino-tee/"]).css_first("h1").text()
    assert shown.split(" ", 1)[1] == EVIL
    for page, html in html_of(hostile).items():
        assert "<script>" not in html, page
        assert "}}49{%" not in html, page


def test_hostile_text_leaves_structured_data_readable(hostile):
    for page, html in html_of(hostile).items():
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
            assert "<" not in script, page
            assert json.loads(script)["@context"] == "https://schema.org"


def test_hostile_text_leaves_feeds_and_documents_readable(hostile):
    files = bytes_of(hostile)
    feed = json.loads(files["maya/feed.json"])
    document = json.loads(files["maya/index.json"])
    assert EVIL in feed["title"]
    assert EVIL in document["profile"]["name"]
    ET.fromstring(files["maya/feed.xml"])
    ET.fromstring(files["sitemap.xml"])
    for item in feed["items"]:
        tree = LexborHTMLParser(item.get("content_html", ""))
        assert not tree.css("script, img[src=x], [onerror]")


def test_hostile_text_adds_no_parameter_and_no_attribute_to_a_link(hostile):
    for page, tree in trees_of(hostile).items():
        for node in tree.css("a.buy"):
            assert set(node.attributes) <= {"class", "href", "rel", "target", "aria-label"}, page
            assert not set("<>\"' ") & set(node.attributes["href"]), page


def test_hostile_markdown_makes_no_markup_and_no_link_that_runs(site):
    words = "<b>x</b> [a](javascript:alert(1)) ![i](https://x.example/i.png) <https://ok.example> [b](data:text/html,x)"
    write(site, {"content/influencers/maya/profile.yaml": f"name: Maya\nbio: {json.dumps(words)}\n"})
    edit(site / "content/influencers/maya/lists/kit.yaml", "note:", "relationship: gifted\n    note:")
    build(site)
    tree = trees_of(site / "site")["maya/"]
    assert not tree.css("a[href^='javascript'], a[href^='data'], .profile__bio b, img[src^='http']")


def test_nothing_but_the_view_reaches_a_template(site):
    for name in ("site", "config", "request", "now", "environ", "os"):
        assert "undefined" in problem_of(site, f"{{{{ {name} }}}}").message


def test_a_picture_of_nothing_but_a_name_is_shown(site):
    write(site, {"content/products/media/merino-tee.jpg": picture((1, 1))})
    assert build(site).pages == 28


def test_pages_are_utf_8_and_end_with_one_line_break_or_none(demo):
    for page, html in html_of(demo.output).items():
        assert '<meta charset="utf-8">' in html[:200], page
        assert not html.endswith("\n\n"), page


def test_the_build_renders_with_the_tuned_compiler(site, monkeypatch):
    made = []
    monkeypatch.setattr(pipeline, "Renderer", lambda *args, **named: made.append(named) or Renderer(*args, **named))
    build(site)
    assert made == [{}]
