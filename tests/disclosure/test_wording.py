"""Words of creators that undo a disclosure: what is told, and what is nobody's business."""

import pytest

from checking import problems_of, site_with

POST = "content/influencers/maya/posts/first-frost.yaml"
KIT = "content/influencers/maya/lists/kit.yaml"
PROFILE = "content/influencers/maya/profile.yaml"
REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"


def codes(tmp_path, files):
    return [problem.code for problem in problems_of(site_with(tmp_path, files))]


def item(text):
    return {KIT: f"title: Kit\nitems:\n  - product: merino-tee\n{text}"}


def review(body, provenance="purchased"):
    return f"product: merino-tee\ndate: 2026-10-01\nbody: {body}\nprovenance: {provenance}\n"


FREE = {
    "a denial beside a thing bought and linked for a commission": item("    note: Not sponsored, bought in May.\n"),
    "a denial where only a code pays": item("    promo: MAYA15\n    note: This is not sponsored.\n"),
    "a code beside which it is shown": item("    promo: MAYA15\n    note: Take MAYA15, it is cheaper.\n"),
    "a code in a post that says so": {
        POST: (
            "date: 2026-11-15\ncaption: Cold. Take MAYA15.\nproducts: [{product: merino-tee}]\n"
            "relationship: [purchased, discount_code]\n"
        )
    },
    "a code within a word": item("    note: My MAYA150 is older.\n"),
    "a label that begins the text": item('    note: "#ad Warm when wet. #running #winter"\n'),
    "a label with one neighbour": item('    note: "Warm when wet. #ad #running"\n'),
    "a brand's own ambassador": item('    note: "Warm when wet. #FjellAmbassador"\n'),
    "a short label of one's own": item("    badge: Top pick\n"),
    "words that only look like a denial": item("    relationship: gifted\n    note: Not an adult size.\n"),
    "a short label that says too little in other markets alone": item("    badge: Regalo\n"),
    "a label of one's own in the words of another language": item("    badge: Offert à Noël\n")
    | {PROFILE: "name: Maya\nlocale: fr-FR\nmarkets: [fr]\naffiliate: {awin: {publisher: '77'}}\n"},
    "a label at the head of a long text": item(f"    note: '#ad {'It keeps me warm. ' * 9}'\n"),
    "a thing without advertising": item("    relationship: gifted\n    note: Die App zeigt keine Werbung.\n"),
    "a denial of one thing beside a gift of another": {
        KIT: (
            "title: Kit\nitems:\n  - {product: merino-tee, note: Not sponsored.}\n"
            "  - {title: Cap, link: https://caps.example/cap, relationship: gifted}\n"
        )
    },
}


@pytest.mark.parametrize("what", FREE)
def test_what_is_no_mistake(what, tmp_path):
    assert codes(tmp_path, FREE[what]) == []


TOLD = {
    "a reason that a thing was retired": item('    status: retired\n    reason: "Worn out. #spon"\n'),
    "the word for why": item("    relationship: loaned\n    why: It is not an ad.\n"),
    "the intro of a list that holds a gift": {
        KIT: "title: Kit\nintro: All not sponsored.\nitems:\n  - {product: merino-tee, relationship: paid}\n"
    },
    "a thing whose review was a gift": item("    note: Not sponsored.\n") | {REVIEW: review("Warm.", "gifted")},
    "a thing of a brand with a standing tie": item("    note: Not sponsored.\n")
    | {PROFILE: "name: Maya\naffiliate: {awin: {publisher: '77'}}\nrelationships: [{brand: fjell, kind: owner}]\n"},
    "a tag among several of a post": {
        POST: "date: 2026-11-15\ntitle: Frost\nproducts: [{product: merino-tee, note: 'Warm #collab'}]\n"
    },
    "an update of a review": {
        REVIEW: review("Warm.", "loaned") + "updates: [{date: 2026-11-01, text: Still not sponsored.}]\n"
    },
    "what speaks for it in a review": {REVIEW: review("Warm.", "paid") + "pros: [100 % independent]\n"},
    "a short label of one's own": item("    relationship: gifted\n    badge: Not sponsored\n"),
    "how long it was used": item("    relationship: gifted\n    used_for: A month, not sponsored\n"),
    "the variant": item("    relationship: gifted\n    variant: Grey (not sponsored)\n"),
    "the size worn": item("    relationship: gifted\n    fit: {size_worn: M. Not sponsored}\n"),
    "the maker of a thing of one's own": {
        KIT: (
            "title: Kit\nitems:\n  - title: Cap\n    link: https://caps.example/cap\n    relationship: gifted\n"
            "    brand: Not sponsored\n"
        )
    },
    "words for a picture of a thing": item(
        "    relationship: gifted\n    image: {src: media/canal.jpg, alt: Not sponsored}\n"
    ),
    "how long a thing was used before a review": {REVIEW: review("Warm.", "gifted") + "used_for: No ad! A month\n"},
    "a trait in a review": {REVIEW: review("Warm.", "gifted") + "aspects: {Not sponsored: 5}\n"},
    "who checked a review": {
        REVIEW: review("Warm.", "gifted") + "verification: {status: verified, method: order, by: Not an ad}\n"
    },
    "a brand's answer": {
        REVIEW: review("Warm.", "gifted")
        + "responses: [{by: fjell, date: 2026-11-01, text: This review was not sponsored.}]\n"
    },
    "the name of a creator": item("    relationship: gifted\n")
    | {PROFILE: "name: Maya (not sponsored)\naffiliate: {awin: {publisher: '77'}}\n"},
    "interests": item("    relationship: gifted\n")
    | {PROFILE: "name: Maya\ninterests: [Never sponsored]\naffiliate: {awin: {publisher: '77'}}\n"},
    "the heading of a section": item("    relationship: gifted\n")
    | {
        PROFILE: "name: Maya\nsections: [{title: No ad, lists: [kit]}]\naffiliate: {awin: {publisher: '77'}}\n",
    },
    "the strengths of a product that was given": item("    relationship: gifted\n")
    | {
        "content/products/merino-tee.yaml": (
            "title: Merino tee\nbrand: fjell\ncategory: Clothing\nhighlights: {Honest: 100 % unbiased}\n"
        )
    },
    "a draft": item('    draft: true\n    note: "#sp"\n'),
    "a tagline": {PROFILE: "name: Maya\ntagline: 'Runs #aff'\naffiliate: {awin: {publisher: '77'}}\n"},
    "a label behind a long text": item(f"    note: '{'It keeps me warm. ' * 9} #ad'\n"),
    "a short label that says too little in her market": item("    badge: Produit offert\n")
    | {PROFILE: "name: Maya\nlocale: fr-FR\nmarkets: [fr]\naffiliate: {awin: {publisher: '77'}}\n"},
    "a short label that says too little in the market of her language": item("    badge: Współpraca\n")
    | {PROFILE: "name: Maya\nlocale: pl-PL\naffiliate: {awin: {publisher: '77'}}\n"},
    "German words on an English page": item("    relationship: gifted\n    note: Das ist keine Werbung.\n"),
}


@pytest.mark.parametrize("what", TOLD)
def test_where_words_are_read(what, tmp_path):
    assert codes(tmp_path, TOLD[what]) == ["wording"]


def test_every_such_word_is_told(tmp_path):
    found = codes(tmp_path, item('    relationship: gifted\n    note: "Not sponsored #collab #ad #run #hills"\n'))
    assert found == ["wording", "wording", "wording"]


def test_none_is_right_where_nobody_earns(tmp_path):
    shop = "name: Nordshop\nurl: https://nordshop.example\ndomains: [nordshop.example]\n"
    files = item("    relationship: none\n") | {"content/merchants/nordshop.yaml": shop}
    assert codes(tmp_path, files) == []


def test_none_beside_a_pasted_affiliate_link_is_a_contradiction(tmp_path):
    files = {
        KIT: "title: Kit\nitems:\n  - {title: Cap, link: https://rstyle.me/+abc123, relationship: none}\n",
    }
    assert codes(tmp_path, files) == ["contradiction"]
