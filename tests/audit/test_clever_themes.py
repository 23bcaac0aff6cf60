"""A theme that is clever, or only careless, about labels and links is refused, in whatever words of HTML and CSS."""

import pytest

from audit.test_mutations import BASE, BASICS, CARD, LABELS, LIST, SHOP, TEE, WITHOUT_LABELS, mutated, problems_of
from building import edit
from checking import written

FOOT = '<p class="foot__made">'
SHOP_OF = "a link to nordshop.example (nordshop) belongs to no record of the page, and bears no label (U-08; gb)"


@pytest.fixture(autouse=True)
def british(site):
    """The marks of Jonas's market would be missed on his pages too."""
    edit(site / "content/influencers/jonas/profile.yaml", "markets: [de]", "markets: [gb]")
    edit(site / "content/influencers/jonas/profile.yaml", "locale: de", "locale: en")


def on_list(site):
    """What is said of the tee on Maya's list, and of the list's page as a whole."""
    found = problems_of(site)
    here = [each for each in found if f"on {LIST}," in each.message]
    return [each for each in here if str(each.place) == TEE], here, found


LABELLED = {
    "a hidden part": "<p><span hidden>@</span></p>",
    "a hidden part of a badge": '<span class="badge"><span hidden>@</span></span>',
    "bare text in closed details": "<details><summary>More</summary>@</details>",
    "a second summary": "<details><summary>More</summary><summary>@</summary></details>",
    "backwards": '<bdo dir="rtl">@</bdo>',
    "struck out": "<del>@</del>",
    "a drawing": '<svg width="0" height="0"><text>@</text></svg>',
    "old colours": '<font color="white">@</font>',
    "small print": "<small><small><small>@</small></small></small>",
    "a gloss": "<ruby>a<rt>@</rt></ruby>",
    "a tree of its own": '<div><template shadowrootmode="open"><b>New</b></template><p>@</p></div>',
    "a style with a comment": '<p style="display:/**/none">@</p>',
    "a style with an escape": '<p style="d\\69splay:none">@</p>',
    "a style beside the screen": '<p style="position:absolute;left:-300vw">@</p>',
    "a style that is masked": '<p style="mask:linear-gradient(#0000,#0000)">@</p>',
    "a letter that nobody sees": '<span class="badge">{{ each.text|replace("Ad", "A\u200bd") }}</span>',
    "the contrary": '<span class="badge">{{ each.text|replace("Ad ·", "Ad-free ·") }}</span>',
    "a question": '<span class="badge">{{ each.text|replace("Ad ·", "Ad? No ·") }}</span>',
}


@pytest.mark.parametrize("name", LABELLED)
def test_a_label_that_cannot_be_read_is_none(name, site):
    label = LABELLED[name].replace("@", "{{ each.text }}")
    labels = f"{{% if thing.shop.html %}}{{% for each in thing.badges %}}{label}{{% endfor %}}{{% endif %}}"
    here, _, found = on_list(mutated(site, CARD, (SHOP, labels + WITHOUT_LABELS)))
    assert {"undisclosed", "unaccounted"} & {each.code for each in here or found}, written(found)


def test_a_code_in_any_element_wants_its_label(site):
    code = "{{ (code.html|string).split('<code>')[1].split('<')[0] }}"
    here, _, found = on_list(mutated(site, BASICS, ("{{ code.html }}", f"<b>{code}</b>")))
    assert any("the code MAYA15 bears no label" in each.message for each in here), written(found)


@pytest.mark.parametrize(
    "css",
    [
        ".shop>.badges>.badge{display:none}",
        ".badge:lang(en){display:none}",
        "[class*='badge--']{opacity:0}",
        ".shop{@media (width<40em){> .badges{max-block-size:0}}}",
        "@keyframes away{to{opacity:0}} .badges{animation:away 1s forwards}",
        ":root{--tag-ink:transparent}",
        ".badge::first-line{font-size:0}",
        ".card .badge:is(:hover,*){translate:-100vw}",
    ],
)
def test_a_stylesheet_that_hides_it_in_any_way_is_found(css, site):
    here, _, found = on_list(mutated(site, LABELS, ("@layer blocks {", f"{css} @layer blocks {{")))
    assert any(each.message.endswith("is hidden (U-04; gb)") for each in here), written(found)


@pytest.mark.parametrize(
    "css",
    [
        ".shop{display:flex;flex-direction:column-reverse}",
        ".shop .badges{order:1}",
        ":root{--last:1} .card .buy{order:var(--last)}",
    ],
)
def test_a_stylesheet_does_not_put_the_link_before_its_label(css, site):
    here, _, found = on_list(mutated(site, LABELS, ("@layer blocks {", f"{css} @layer blocks {{")))
    said = "the stylesheet changes the order of the link to Nordshop for Merino Tee and of its label (U-02; gb)"
    assert any(each.message.endswith(said) for each in here), written(found)


def test_it_may_turn_around_what_holds_link_and_label(site):
    css = ".card, .cards{display:flex;flex-direction:row-reverse} .card__buy{order:2}"
    _, _, found = on_list(mutated(site, LABELS, ("@layer blocks {", f"{css} @layer blocks {{")))
    assert written(found) == ""


@pytest.mark.parametrize(
    ("css", "said"),
    [
        (".badge::before{content:'No '}", "the stylesheet paints “No ” into labels (U-01; gb)"),
        (".foot::after{content:'Never sponsored'}", "“never sponsored”, which the stylesheet paints, denies"),
    ],
)
def test_a_stylesheet_does_not_talk_away_what_is_disclosed(css, said, site):
    _, here, found = on_list(mutated(site, LABELS, ("@layer blocks {", f"{css} @layer blocks {{")))
    assert any(said in each.message for each in here), written(found)


def test_a_stylesheet_may_not_import_what_nobody_reads(site):
    _, here, found = on_list(mutated(site, "assets/tokens.css", ("@layer tokens", "@import 'x.css';@layer tokens")))
    assert any("the stylesheet imports another one" in each.message for each in here), written(found)


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("<style>.badges{display:none}</style>", "there are rules in a style element"),
        ('<link rel="Stylesheet" href="/more.css">', "the stylesheet /more.css is not the theme's"),
        ("<p>Never&nbsp;<b>sponsored</b></p>", "“never sponsored” denies what is disclosed there (U-12"),
        ('<base href="https://nordshop.example/">', "there is a base, which changes where its links lead"),
        ('<iframe srcdoc="<a href=//nordshop.example>Buy</a>"></iframe>', "there is a page of its own in a frame"),
        ("<svg><a><set attributeName='href' to='//nordshop.example'/></a></svg>", "a drawing that changes by itself"),
        ("<div><template shadowrootmode=open>Hi</template></div>", "there is a tree of its own in a template"),
        (
            "<a href=\"javascript:open('//nordshop.example')\">Buy</a>",
            "of the kind javascript: says nothing",
        ),
        ('<iframe src="data:text/html,x"></iframe>', "of the kind data: says nothing"),
        ('<a href="/\\nordshop.example">Buy</a>', SHOP_OF),
        ('<a href="/&#9;/nordshop.example">Buy</a>', SHOP_OF),
        ('<a href="http:nordshop.example">Buy</a>', SHOP_OF),
        ('<a href="ht&#9;tps:/&#10;/nordshop.example">Buy</a>', SHOP_OF),
        ('<a href="https://nordshop.example./">Buy</a>', SHOP_OF),
        ('<a href="https://nordshop%2eexample/">Buy</a>', SHOP_OF),
        ('<a href="https://nordshop\uff0eexample/">Buy</a>', SHOP_OF),
        ('<meta http-equiv="Refresh" content="5; url=https://nordshop.example/">', SHOP_OF),
        ('<object data="https://nordshop.example/"></object>', SHOP_OF),
        ('<math href="https://nordshop.example/"><mtext>Buy</mtext></math>', SHOP_OF),
        ('<form action="/\\nordshop.example"></form>', SHOP_OF),
    ],
)
def test_a_page_brings_nothing_that_no_audit_reads(element, said, site):
    _, here, found = on_list(mutated(site, BASE, (FOOT, element + FOOT)))
    assert any(said in each.message for each in here), written(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<link rel="icon"', '<meta name="twitter:description" content="Nice."><link rel="icon"'),
        ('<meta property="og:description" content="{{ page.og.description }}">', ""),
    ],
)
def test_no_preview_goes_without_a_label(old, new, site):
    _, here, found = on_list(mutated(site, BASE, (old, new)))
    assert any("the preview's text bears no label “Ad”" in each.message for each in here), written(found)


@pytest.mark.parametrize(
    "element",
    [
        '<a href="/go/maya/cap/else">Buy</a>',
        '<a href="../go/maya/cap/else">Buy</a>',
        '<a href="/%67o/maya/cap/else">Buy</a>',
        '<form action="/go/maya/cap/else"></form>',
        '<map name="m"><area href="/go/maya/cap/else"></map>',
        '<iframe src="/go/maya/cap/else"></iframe>',
    ],
)
def test_no_element_leads_through_this_host_without_a_label(element, site):
    edit(site / "content/site.yaml", "markets: [gb]", "markets: [gb]\nhosts: [netlify]\nroute: go")
    edit(site / "content/merchants/nordshop.yaml", "name: Nordshop", "name: Nordshop\nredirects: true")
    assert written(problems_of(site)) == ""
    _, here, found = on_list(mutated(site, BASE, (FOOT, element + FOOT)))
    assert any("a link through " in each.message for each in here), written(found)
