"""Every page is valid HTML, and each rule of `html_faults` finds what breaks it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from building import html_of
from html_faults import faults

ROOT = Path(__file__).parents[1]
JARS = (os.environ.get("VNU_JAR", ""), ROOT / "node_modules/vnu-jar/build/dist/vnu.jar")


@pytest.mark.parametrize("site", ["minimal", "below", "starter", "demo"])
def test_every_page_is_valid(site, request):
    found = {address: faults(html) for address, html in html_of(request.getfixturevalue(site).output).items()}
    assert found
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_no_two_pages_of_the_demo_have_the_same_title(demo):
    titles = [html.partition("<title>")[2].partition("</title>")[0] for html in html_of(demo.output).values()]
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.slow
def test_the_nu_checker_finds_nothing(demo):
    jar = next((str(path) for path in JARS if path and Path(path).is_file()), None)
    if not jar or not shutil.which("java"):
        pytest.skip("the Nu checker needs Java and vnu.jar: npm install vnu-jar, or name the file in $VNU_JAR")
    options = ("--errors-only", "--skip-non-html", "--stdout", "--exit-zero-always")
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, *options, str(demo.output)], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


PAGE = """<!doctype html><html lang="en"><head><title>A page</title><meta name="description" content="One">
</head><body><header></header><main><h1>A page</h1>{}</main><footer></footer></body></html>"""


def test_a_page_without_faults_has_none():
    assert faults(PAGE.format('<p id="a">One <a href="#a">two</a>.</p><img src="a" alt="" width="1" height="1">')) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p class=a class=b>One</p>", "duplicate-attribute"),
        ("<p>One &nosuch; two</p>", "unknown-named-character-reference"),
        ("<center>One</center>", "obsolete-element"),
        ('<p role="nosuch">One</p>', "aria-invalid-role"),
        ("<div>One", "<main> has no partner"),
        ("<p>One</p></p>", "</p> has no partner"),
        ("<p>One<div>two</div></p>", "becomes html > body > main > div"),
        ('<a href="/">One <a href="/">two</a></a>', "html > body > main > a > a becomes"),
        ("<table><tr><td>One</td></tr></table>", "becomes html > body > main > table > tbody"),
        ("<ul><div>One</div></ul>", "<div> in <ul>"),
        ("<dl><p>One</p></dl>", "<p> in <dl>"),
        ("<span><ul><li>One</li></ul></span>", "<ul> in <span>"),
        ('<p id="a">One</p><p id="a">Two</p>', "the id 'a' is there 2 times"),
        ('<section aria-labelledby="a"><h2>One</h2></section>', "aria-labelledby names a"),
        ('<a href="#a">One</a>', "a link leads to #a"),
        ("<h1>One</h1>", "one h1 must come first"),
        ("<h3>One</h3>", "<h3> 'One' follows <h1>"),
        ("<h2> </h2>", "an empty <h2>"),
        ('<img src="a" width="1" height="1">', "no alt"),
        ('<img src="a" alt="" width="1">', "no height"),
        ('<img src="a" alt="" width="auto" height="1">', "no width"),
        ("<svg></svg>", "a drawing without words"),
        ('<a href="/"><img src="a" alt="" width="1" height="1"></a>', "a link without words"),
        ("<a>One</a>", "a link without an address"),
        ("<main></main>", "main is there 2 times"),
        ("<script>1</script>", "script"),
        ('<p style="color: red">One</p>', "[style]"),
        ('<p onclick="1">One</p>', "onclick on <p>"),
    ],
)
def test_each_fault_is_found(html, fault):
    assert any(fault in each for each in faults(PAGE.format(html))), faults(PAGE.format(html))
