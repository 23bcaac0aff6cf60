"""What a stylesheet hides is found; what only looks like it is not."""

import pytest
import turbohtml

from building import REPOSITORY
from storefront import theme
from storefront.audit import hidden

HIDES = """\
display:none
color:red;DISPLAY : none !important
display:/**/none
disp\\6c ay:n\\6fne
display:table-column
visibility:hidden
content-visibility:hidden
opacity:0
opacity:.2
opacity:10%
opacity:1e-3
opacity:calc(1 - 1)
opacity:var(--none,0)
clip:rect(0 0 0 0)
clip-path:inset(50%)
clip-path:inset(0 100% 0 0)
clip-path:circle(0)
clip-path:circle(1px)
clip-path:polygon(0 0,0 0,0 0)
-webkit-clip-path:inset(100%)
mask:linear-gradient(#0000,#0000)
-webkit-mask-image:url(none.svg)
font-size:0
font-size:.5em
font-size:8px
font-size:60%
font-size:.1vw
font-size:2mm
font-size:min(1em,1px)
font-size:calc(1em * .1)
font-size:clamp(1px,1px,1px)
font-size:xx-small
font:400 .4rem/1 serif
font:0/0 a
font:xx-small a
line-height:0
zoom:.1
color:transparent
color:#0000
color:rgb(0 0 0 / 5%)
color:hsla(0,0%,0%,0)
color:color-mix(in srgb,red,transparent)
color:#fff;background:white
-webkit-text-fill-color:transparent
-webkit-text-security:disc
text-indent:-999em
text-indent:100%
letter-spacing:-1em
word-spacing:999px
position:absolute;left:-9999px
position:absolute;left:-100vw
position:absolute;left:calc(-1 * 100vw)
position:fixed;top:200vh
inset-inline-start:-10000px
inset:auto auto auto -999em
margin:0 0 0 -9999px
width:1px;height:1px;overflow:hidden
height:calc(0px);overflow:hidden
block-size:0
max-height:0px
grid-template-rows:0fr
contain:strict
transform:scale(0)
transform:scale3d(0,0,0)
transform:matrix(0,0,0,0,0,0)
transform:translate(-200vw)
transform:rotateY(90deg)
translate:0 -9999px
scale:0
scale:.01
scale:1 0
rotate:y 90deg
offset-path:path('M-9999 0')
filter:blur(1px) opacity(0)
filter:blur(10px)
filter:url(#gone)
mix-blend-mode:difference
z-index:-1
content:url(nothing.png)
text-decoration:line-through
unicode-bidi:bidi-override;direction:rtl
text-overflow:ellipsis
-webkit-line-clamp:1""".splitlines()
SHOWS = """\
display:block
opacity:1
opacity:.9
opacity:100%
opacity:inherit
font-size:1em
font-size:max(1em,.875rem)
font-size:clamp(.875rem,3.8vw,1rem)
font:600 max(1em,.875rem)/1.3 x
font:italic 600 1rem/1.2 Georgia, serif
line-height:.84
line-height:1.25rem
letter-spacing:-.05em
width:100%
height:10px
max-inline-size:100%
max-block-size:none
margin:0;padding:0
margin-inline:calc(50% - 50vw)
margin-block-start:-1px
min-height:0
border:0
color:#000
color:rgb(0 0 0)
color:currentcolor
color:#fff;background:#000
background:inherit;color:inherit
text-indent:1em
inset:-1px
inset:0 auto auto 50%
bottom:max(1rem,env(safe-area-inset-bottom))
grid-template-columns:minmax(0,1fr) auto
contain:inline-size
clip-path:none
transform:scale(.98)
transform:translate(-50%,-.1em) rotate(-2deg)
scale:1.025
filter:grayscale(1) brightness(.92)
filter:drop-shadow(0 0 1px #000)
animation:none
z-index:1
content:normal""".splitlines()


@pytest.mark.parametrize("declared", HIDES)
def test_a_declaration_that_hides_is_found(declared):
    assert hidden.Sheet(f".a{{{declared}}}").selectors == (".a",)
    assert hidden.Sheet("").in_style(declared)


@pytest.mark.parametrize("declared", SHOWS)
def test_one_that_does_not_is_left_alone(declared):
    assert hidden.Sheet(f".a{{{declared}}}").selectors == ()
    assert not hidden.Sheet("").in_style(declared)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".a,.b > p{display:none}", (".a", ".b > p")),
        (".a:is(.b,.c){display:none}", (".a:is(.b,.c)",)),
        ("[class*='adge']{display:none}", ("[class*='adge']",)),
        ("@media (width<40em){.a{display:none}}", (".a",)),
        (".a{@media (width<40em){display:none}}", (".a",)),
        ("@layer x{@supports (display:grid){.a{display:none}}}", (".a",)),
        (".a{color:red;.b{display:none}}", (".a .b",)),
        (".a{&.b{display:none}}", (":is(.a).b",)),
        (".a,.x{.b,.c{display:none}}", (":is(.a, .x) .b", ":is(.a, .x) .c")),
        ("@scope (.a){:scope{opacity:0}.b{opacity:0}}", (":is(.a)", ".b")),
        ("@media print{.a{display:none}}", ()),
        ("@media print{@media all{.a{.b{display:none}}}}", ()),
        ("@media print, screen{.a{display:none}}", (".a",)),
        ("@keyframes x{from{opacity:0}}", ()),
        ("@keyframes x{to{opacity:0}}.a{animation:1s x forwards}.b{animation-name:y}", (".a",)),
        (":root{--x:none}.a{display:var(--x)}.b{display:var(--y)}.c{display:var(--y,none)}", (".a", ".c")),
        (":root{--x:var(--y)}.b{--y:0}.a{font:var(--x)/1 a}", (".a",)),
        ("@property --x{syntax:'*';inherits:true;initial-value:0}.a{opacity:var(--x)}", (".a",)),
        (".a{display:none;display:block}", (".a",)),
        (".a::before{display:none}", ()),
        (".a::first-line{color:transparent}", (".a",)),
        (".a:hover{display:none}", ()),
        (".a:not(:hover){display:none}", (".a:not(:not(*))",)),
        (".a:is(:hover,*){display:none}", (".a:is(:not(*),*)",)),
        (".a:not(.b, :has(:target)){display:none}", (".a:not(.b, :has(:not(*)))",)),
        (".a:is(:hover, :focus) .b:not(.c){display:none}", (".a:is(:not(*), :not(*)) .b:not(.c)",)),
        (r".hover\:a{display:none}", (r".hover\:a",)),
        ("/*.a{display:none}*/.b{content:'.c{display:none}'}", ()),
        (".x{background:url(/*)}.a{display:none}.y{background:url(*/)}", (".a",)),
        (".x{content:'\n}.a{display:none}.y{content:'}", (".a",)),
        (".x{--y:{;.b{display:none}};a:[;}]}.a{display:none}", (".a",)),
        ("@import 'x';@layer a,b;.a{display:none}", (".a",)),
        (".a:nth-child(2 of .b):unknown(x) .c{display:none}", (".a .c",)),
        (".a:defined{display:none", (".a",)),
    ],
)
def test_a_rule_is_found_wherever_it_stands(css, found):
    assert hidden.Sheet(css).selectors == found


def test_a_style_may_not_set_what_decides_whether_something_is_hidden():
    sheet = hidden.Sheet(".a{display:var(--x,block);width:var(--y)}")
    assert sheet.in_style("--x:none")
    assert not sheet.in_style("--z:none")


@pytest.mark.parametrize(
    ("css", "painted", "relabels"),
    [
        (".a::after{content:'Never ' 'sponsored'}", ("Never  sponsored",), ()),
        (".a::after{content:'\\2197' / ''}", (), ()),
        (".card .badge:before{content:'No '}", ("No ",), ("No ",)),
        (":root{--w:'not'}.badges::before{content:var(--w)}", ("not",), ("not",)),
    ],
)
def test_words_that_a_stylesheet_paints_are_known(css, painted, relabels):
    sheet = hidden.Sheet(css)
    assert (sheet.painted, sheet.relabels) == (painted, relabels)


def test_the_shipped_theme_hides_what_is_for_the_ear_and_what_the_reader_filters_out():
    shipped = theme.load(REPOSITORY, "editorial", {})
    waiting = ".search[hidden]"  # keeps the room of the search until its script runs
    for_the_ear, told_below, drawn, cut, *filtered = hidden.Sheet(shipped.whole.data.decode()).selectors
    assert (for_the_ear, told_below) == (".vh", ".crumbs li:last-child:not(:first-child)")
    assert (drawn, cut) == (".stars", ".cell:not(.cell--lead) .card__label")
    shown_by_choice = [each for each in filtered if each != waiting]
    assert len(shown_by_choice) == len(filtered) - 1
    assert all(each.startswith(".filtered:has(#in-") and ":checked) .reviews__item" in each for each in shown_by_choice)


@pytest.mark.parametrize("selector", hidden.OF_HTML)
def test_the_parser_knows_every_selector(selector):
    assert turbohtml.parse("<p>x</p>").select(selector) is not None


RARE = {
    "details:not([open]) > :not(summary)": "<details><summary>More</summary><p>{}</p></details>",
    "details:not([open]) > summary ~ summary": "<details><summary>More</summary><summary>{}</summary></details>",
    "dialog:not([open])": "<dialog>{}</dialog>",
    "small small": "<small><small>{}</small></small>",
    "rt": "<ruby>a<rt>{}</rt></ruby>",
    "rp": "<ruby>a<rp>{}</rp></ruby>",
}


@pytest.mark.parametrize("selector", hidden.RARE)
def test_a_page_with_anything_that_a_rare_selector_finds_has_its_element(selector):
    """Otherwise what it hides would not be looked for."""
    page = turbohtml.parse(RARE.get(selector, f"<{selector}>{{}}</{selector}>").format("<b>x</b>"))
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
