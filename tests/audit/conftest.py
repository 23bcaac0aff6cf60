"""A small site with every kind of tie, in three markets, whose theme can be broken."""

from pathlib import Path

import pytest

from building import copy_of_minimal, write

MAYA, JONAS, SAM = (f"content/influencers/{name}" for name in ("maya", "jonas", "sam"))
CONTENT: dict[str, str | bytes] = {
    "content/site.yaml": """\
title: Four Shelves
url: https://shelves.example
locale: en-GB
timezone: Europe/London
markets: [gb]
publisher: {name: Shelves Ltd, email: hello@shelves.example, address: 1 High Street}
affiliate:
  awin: {publisher: "99"}
""",
    f"{MAYA}/profile.yaml": """\
name: Maya Lind
affiliate:
  awin: {publisher: "77"}
  amazon: {GB: maya-21}
profiles:
  - {network: youtube, url: "https://www.youtube.com/@maya"}
promos:
  MAYA15:
    merchant: nordshop
    percent_off: 15
    pays_creator: true
sharing: {recognition: public}
""",
    f"{MAYA}/lists/kit.yaml": """\
title: Winter running kit
items:
  - product: merino-tee
    note: Five winters, no smell.
    relationship: gifted
    promo: MAYA15
  - product: cap
    relationship: gifted
  - title: A spoon
    brand: Fjell
    link: https://spoons.example/wooden
    relationship: gifted
  - product: socks
    relationship: gifted
    status: retired
    reason: Worn through.
""",
    f"{MAYA}/reviews/merino-tee.yaml": """\
product: merino-tee
date: 2026-10-01
rating: 4.5
body: Warm when wet, and it does not itch.
provenance: gifted
""",
    f"{JONAS}/profile.yaml": """\
name: Jonas Weg
locale: de
markets: [de]
affiliate:
  awin: {publisher: "88"}
sharing: {recognition: public}
""",
    f"{JONAS}/lists/lauf.yaml": """\
title: Laufsachen
items:
  - product: merino-tee
    relationship: gifted
""",
    f"{SAM}/profile.yaml": """\
name: Sam Row
locale: en-US
markets: [us]
affiliate:
  awin: {publisher: "66"}
sharing: {recognition: public}
""",
    f"{SAM}/lists/run.yaml": """\
title: Run
items:
  - product: merino-tee
    relationship: [paid, gifted]
  - product: socks
    relationship: gifted
""",
    "content/products/cap.yaml": """\
title: Cap
brand: fjell
category: Clothing
offers:
  - merchant: amazon
    link: https://www.amazon.co.uk/dp/B000000001
""",
    "content/products/socks.yaml": """\
title: Socks
brand: fjell
category: Clothing
offers:
  - merchant: nordshop
    link: https://nordshop.example/socks
    availability: out_of_stock
    as_of: 2026-11-20
    price: 9.00 GBP
""",
    "content/merchants/amazon.yaml": """\
name: Amazon
url: https://www.amazon.co.uk
network: amazon
program: {market: GB}
""",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site, to be broken."""
    return write(copy_of_minimal(tmp_path / "here"), CONTENT)
