"""Sites on which a brand sends things, gives out codes and recalls what it made: names of files, and what they say."""

SAMPLES = "content/samples/maya.yaml"
RECALLS = "content/recalls.yaml"
PROFILE = "content/influencers/maya/profile.yaml"
KIT = "content/influencers/maya/lists/kit.yaml"
POST = "content/influencers/maya/posts/first-frost.yaml"
REVIEW = "content/influencers/maya/reviews/merino-tee.yaml"
SHOP = "content/merchants/nordshop.yaml"
SITE = "content/site.yaml"
HAT = "content/products/hat.yaml"
FILES = {
    HAT: "title: Wool hat\nbrand: fjell\ncategory: Clothing\n"
    "offers: [{merchant: nordshop, link: https://nordshop.example/hat}]\n",
    KIT: "title: Winter running kit\nitems:\n  - product: merino-tee\n    relationship: purchased\n"
    "    promo: MAYA15\n  - product: hat\n    relationship: purchased\n",
}

SNIPPET = """\
snippets:
  - id: cold
    kind: quote
    product: merino-tee
    date: 2026-11-02
    text: Warm when wet, which no cotton is.
    relationship: purchased
    rights: {channels: [site, brand]}
"""


def sent(received: str = "2026-09-01", expectation: str = "none", more: str = "") -> str:
    """Maya's log with one merino tee in it."""
    return f"samples:\n  - product: merino-tee\n    expectation: {expectation}\n    received: {received}\n{more}"
