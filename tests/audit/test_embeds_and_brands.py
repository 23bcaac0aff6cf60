"""The audit of embeds and of brands' feeds and documents: what leaves the site carries its disclosure."""

import pytest

from audit.test_audit import problems_of
from building import edit, write
from checking import written
from storefront import engine
from storefront.pages import brand_exports, feed_entries

EMBED = "themes/editorial/templates/embed.html"


@pytest.fixture
def embedding(site):
    edit(site / "content/site.yaml", "title:", "embeds: true\ntitle:")
    return site


def test_an_embed_as_shipped_says_all(embedding):
    assert written(problems_of(embedding)) == ""


@pytest.mark.parametrize(
    ("piece", "instead", "said"),
    [
        ('<p class="review__disclosure">{{ said.disclosure }}</p>', "", "what was received"),
        ('class="review__disclosure"', 'class="review__disclosure" hidden', "what was received"),
        ('<aside class="statement"', '<aside hidden class="statement"', "the statement is hidden"),
        ("{{ page.og.description }}", "{{ page.title }}", "the preview's text bears no label"),
        ('<a href="{{ chrome.how.url }}" target="_blank">{{ chrome.how.text }}</a>', "", "how they are gathered"),
    ],
)
def test_a_theme_cannot_drop_it(embedding, piece, instead, said):
    template = (engine.themes() / "editorial/templates/embed.html").read_text()
    assert piece in template
    write(embedding, {EMBED: template.replace(piece, instead)})
    found = [each for each in problems_of(embedding) if "/embed/review/maya/merino-tee/" in each.message]
    assert any(said in each.message for each in found), written(found)


def test_a_stylesheet_of_embeds_cannot_hide_it(embedding):
    css = (engine.themes() / "editorial/assets/embed.css").read_text()
    write(embedding, {"themes/editorial/assets/embed.css": f"{css}.embed .review__disclosure {{ display: none }}"})
    assert any("what was received" in each.message for each in problems_of(embedding))


@pytest.mark.parametrize(
    ("module", "attribute", "broken", "said"),
    [
        (feed_entries, "_titled", lambda title, *_: title, "bears no label"),
        (brand_exports.documents.reviewed, "disclosed", lambda *_: "Nice.", "what was received"),
        (brand_exports.documents, "escaped", lambda _: "Nice.", "what was received"),
    ],
)
def test_a_brands_exports_are_audited(site, monkeypatch, module, attribute, broken, said):
    monkeypatch.setattr(module, attribute, broken)
    found = [each for each in problems_of(site) if "/brands/" in each.message]
    assert any(said in each.message for each in found), written(found)
