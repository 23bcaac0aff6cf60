"""A site's own networks: laid over those that ship, judged with their place."""

import pytest

from checking import NOW, problems_of, site_with, written
from storefront import links
from storefront.build import build
from storefront.gather import gather
from storefront.outcome import Options

ACME = """\
acme:
  name: Acme Affiliates
  reviewed_on: 2026-11-01
  source: https://acme.example/links
  link: "https://go.acme.example/{affiliate.site}/{program.shop}?sub={subid}&to={url}"
  hosts: [go.acme.example]
  subid: {parameter: sub, length: 20, characters: a-z0-9}
  referrer_policy: no-referrer-when-downgrade
  statement: {en: Acme pays for links.}
  needs:
    affiliate: {site: the number of your site}
    program: {shop: the number of the shop}
  vectors:
    - program: {shop: "9"}
      account: {site: "7"}
      expect: https://go.acme.example/7/9?sub=maya_kit_tee&to=https%3A%2F%2Fshop.example%2Ftee%3Fsize%3Dm
"""
USED = {
    "networks.yaml": ACME,
    "content/merchants/nordshop.yaml": (
        'name: Nordshop\nurl: https://nordshop.example\nnetwork: acme\nprogram: {shop: "9"}\n'
    ),
    "content/influencers/maya/profile.yaml": 'name: Maya Lind\naffiliate:\n  acme: {site: "7"}\n',
}
SIMPLE = {"content/influencers/maya/lists/kit.yaml": "title: Kit\nitems: [{product: merino-tee}]\n"}


def test_a_site_adds_a_network(tmp_path):
    gathered = gather(site_with(tmp_path, USED | SIMPLE), NOW)
    offer = gathered.catalog.lists["maya", "kit"].picks[0].offer
    assert offer.network == "acme"
    assert offer.url.startswith(f"https://go.acme.example/7/9?sub={offer.subid}&to=https%3A%2F%2Fnordshop.example%2F")
    assert len(offer.subid) <= 20
    assert offer.subid.isalnum()
    assert [network.name for network in gathered.site.networks] == ["Acme Affiliates"]


def test_its_pages_say_what_the_network_wants(tmp_path):
    site = site_with(tmp_path, USED | SIMPLE)
    build(Options(root=site, output=site / "site", now=NOW, workers=1))
    page = (site / "site/maya/index.html").read_text()
    assert "Acme pays for links." in page
    assert 'rel="sponsored nofollow noopener" referrerpolicy="no-referrer-when-downgrade"' in page
    assert "Acme Affiliates" in (site / "site/how-this-works/index.html").read_text()


def test_a_key_replaces_the_shipped_one_and_no_other(tmp_path):
    site = site_with(tmp_path, {"networks.yaml": "awin:\n  name: Awin (ours)\n"})
    registry, problems = links.of_site(site)
    assert problems == []
    assert registry.networks["awin"].name == "Awin (ours)"
    assert registry.networks["awin"].link == links.networks()["awin"].link
    assert links.networks()["awin"].name == "Awin"


def test_a_changed_link_needs_vectors_of_its_own(tmp_path):
    link = "https://www.awin1.com/cread.php?v=2&awinmid={program.advertiser}&awinaffid={affiliate.publisher}"
    site = site_with(tmp_path, {"networks.yaml": f'awin:\n  link: "{link}&clickref={{subid}}&ued={{url}}"\n'})
    assert {problem.message for problem in problems_of(site)} == {"the link comes out differently"}


def test_without_a_file_there_are_those_that_ship(tmp_path):
    assert links.of_site(tmp_path) == (links.shipped(), [])


def test_links_are_never_followed(tmp_path):
    site = site_with(tmp_path, {})
    (site / "networks.yaml").symlink_to("content/site.yaml")
    assert written(problems_of(site)).splitlines()[1] == "    Put the file itself here: links are never followed."


WRONG = {
    "append:\n    a: b": "a network has link or append, not both",
    "link: http://go.acme.example/{url}": "the link does not begin with https://",
    "vectors: []": "no vector shows what a link must be",
    "hosts: []": "nothing says what the tracked links look like",
    "subid:": "{subid} in the link and the key subid do not go together",
    "referrer_policy: no-referrer": "no-referrer is not allowed here",
    "referrer_policy: same-origin": "same-origin is not allowed here",
    "subid: {parameter: sub, characters: A-Z}": "sub-ids cannot be written so",
    "subid: {parameter: sub, characters: z-a}": "sub-ids cannot be written so",
    "subid: {parameter: sub, length: 4}": "expected a whole number from 16, found 4",
    "hosts: [https://go.acme.example]": "expected a host in small letters, such as go.shop.example",
    "needs: {affiliate: {site: x, other: y}, program: {shop: x}}": "no link needs other",
    "vectors: [{account: {site: '7'}, expect: x}]": "the vector lacks shop",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_a_network_may_not_be(line, tmp_path):
    key = line.partition(":")[0]
    kept, skipping = [], False
    for old in ACME.splitlines():
        if old.startswith("  ") and not old.startswith("   "):
            skipping = old.startswith(f"  {key}:")
        kept += [] if skipping else [old]
    text = "\n".join([*kept, f"  {line}" if line.partition(":")[2] else "", ""])
    problems = problems_of(site_with(tmp_path, {"networks.yaml": text}))
    assert any(WRONG[line] in problem.message for problem in problems), problems
    assert all(problem.place.file == "networks.yaml" and problem.place.line for problem in problems)
    assert all(problem.hint for problem in problems)
