"""What a stylesheet hides is found; what only looks like it is not."""

import pytest
import turbohtml

from building import REPOSITORY
from storefront import theme
from storefront.audit import hidden

HIDES = [
    "display:none",
    "color:red;DISPLAY : none !important",
    "visibility:hidden",
    "content-visibility:hidden",
    "opacity:0",
    "opacity:.2",
    "opacity:10%",
    "clip:rect(0 0 0 0)",
    "clip-path:inset(50%)",
    "clip-path:circle(0)",
    "font-size:0",
    "font-size:.5em",
    "font-size:8px",
    "font-size:60%",
    "font:400 .4rem/1 serif",
    "color:transparent",
    "text-indent:-999em",
    "position:absolute;left:-9999px",
    "inset-inline-start:-10000px",
    "width:1px;height:1px;overflow:hidden",
    "block-size:0",
    "max-height:0px",
    "transform:scale(0)",
    "scale:0",
    "filter:blur(1px) opacity(0)",
]
SHOWS = [
    "display:block",
    "opacity:1",
    "opacity:.9",
    "opacity:100%",
    "font-size:1em",
    "font:600 max(1em,.875rem)/1.3 x",
    "width:100%",
    "height:10px",
    "max-inline-size:100%",
    "margin:0;padding:0",
    "min-height:0",
    "border:0",
    "color:#000",
    "text-indent:1em",
    "inset:-1px",
    "clip-path:polygon(0 38%,6% 36%)",
    "transform:scale(.98)",
]


@pytest.mark.parametrize("declared", HIDES)
def test_a_declaration_that_hides_is_found(declared):
    assert hidden.selectors(f".a{{{declared}}}") == (".a",)
    assert hidden.IN_STYLE(declared)


@pytest.mark.parametrize("declared", SHOWS)
def test_one_that_does_not_is_left_alone(declared):
    assert hidden.selectors(f".a{{{declared}}}") == ()
    assert not hidden.IN_STYLE(declared)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".a,.b > p{display:none}", (".a", ".b > p")),
        (".a:is(.b,.c){display:none}", (".a:is(.b,.c)",)),
        ("@media (width<40em){.a{display:none}}", (".a",)),
        ("@layer x{@supports (display:grid){.a{display:none}}}", (".a",)),
        (".a{color:red;.b{display:none}}", (".a .b",)),
        (".a{&.b{display:none}}", (":is(.a).b",)),
        ("@media print{.a{display:none}}", ()),
        ("@keyframes x{from{opacity:0}}", ()),
        (".a::before{display:none}", ()),
        (".a:hover{display:none}", ()),
        (".a:not(:hover){display:none}", (".a:not(:not(*))",)),
        (".a:not(.b, :has(:target)){display:none}", (".a:not(.b, :has(:not(*)))",)),
        (".a:is(:hover, :focus) .b:not(.c){display:none}", ()),
        ("/*.a{display:none}*/.b{content:'.c{display:none}'}", ()),
        ("@import 'x';@layer a,b;.a{display:none}", (".a",)),
        (".a:nth-child(2 of .b):unknown(x) .c{display:none}", (".c",)),
    ],
)
def test_a_rule_is_found_wherever_it_stands(css, found):
    assert hidden.selectors(css) == found


def test_the_shipped_theme_hides_what_is_for_the_ear_and_what_the_reader_filters_out():
    shipped = theme.load(REPOSITORY, "editorial", {})
    waiting = ".search[hidden]"  # keeps the room of the search until its script runs
    for_the_ear, *filtered = hidden.selectors(shipped.whole.data.decode())
    assert for_the_ear == ".vh"
    shown_by_choice = [each for each in filtered if each != waiting]
    assert len(shown_by_choice) == len(filtered) - 1
    assert all(each.startswith(".filtered:has(#in-") and ":checked) .reviews__item" in each for each in shown_by_choice)


@pytest.mark.parametrize("selector", hidden.OF_HTML)
def test_the_parser_knows_every_selector(selector):
    assert turbohtml.parse("<p>x</p>").select(selector) is not None


RARE = {
    "template": "<template>{}</template>",
    "noscript": "<noscript>{}</noscript>",
    "textarea": "<textarea>{}</textarea>",
    "select": "<select>{}</select>",
    "datalist": "<datalist>{}</datalist>",
    "object": "<object>{}</object>",
    "canvas": "<canvas>{}</canvas>",
    "iframe": "<iframe>{}</iframe>",
    "video": "<video>{}</video>",
    "audio": "<audio>{}</audio>",
    "details:not([open]) > :not(summary)": "<details><summary>More</summary><p>{}</p></details>",
    "dialog:not([open])": "<dialog>{}</dialog>",
}


@pytest.mark.parametrize("selector", hidden.RARE)
def test_a_page_with_anything_that_a_rare_selector_finds_has_its_element(selector):
    """Otherwise what it hides would not be looked for."""
    page = turbohtml.parse(RARE[selector].format("<b>x</b>"))
    assert page.select_one(selector) is not None
    assert page.select_one(hidden.RARE[selector]) is not None
    assert selector in hidden.OF_HTML


def test_the_usual_selectors_and_the_rare_ones_are_all():
    assert {*hidden.usual(rare=False), *hidden.RARE} == set(hidden.OF_HTML)


@pytest.mark.parametrize(
    ("selector", "boxes"),
    [
        (".a:has(#one:checked) .b", ("#one:checked",)),
        ("input.x:checked ~ .b", ("input.x:checked",)),
        ("[name=x]:checked ~ .b", (":checked",)),
        (".a:not(:has(#one:checked)) .b", ()),
        (".a .b", ()),
    ],
)
def test_what_a_filter_hides_wants_a_box_to_be_checked(selector, boxes):
    assert hidden.boxes(selector) == boxes
