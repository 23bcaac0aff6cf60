"""Edits of the minimal site, of every kind: whatever is incremental has to follow each of them exactly."""

import shutil

from building import edit, picture, write

MAYA = "content/influencers/maya"
KIT = f"{MAYA}/lists/kit.yaml"
PRODUCT = "content/products/merino-tee.yaml"
SITE = "content/site.yaml"
PROFILE = f"{MAYA}/profile.yaml"
NEW_PRODUCT = {
    "content/products/wool-cap.yaml": "title: Wool Cap\nbrand: fjell\ncategory: Clothing > Hats\n",
}
NEW_REVIEW = {f"{MAYA}/reviews/wool-cap.yaml": "product: wool-cap\ndate: 2026-11-01\nrating: 2\nprovenance: gifted\n"}
OWN = "media: [{src: /products/media/merino-tee.jpg, alt: The tee on a line}]\n"
CAMPAIGN = {
    "content/campaigns/frost.yaml": (
        "title: Frost\nbrand: fjell\nwindow: {from: 2026-11-01}\ndisclosure: paid\npublic: true\n"
    ),
    f"{MAYA}/posts/first-frost.yaml": (
        "date: 2026-11-15\ncaption: First frost on the canal.\nproducts: [{product: merino-tee}]\ncampaign: frost\n"
    ),
}


def rename_the_list(site):
    (site / KIT).rename(site / MAYA / "lists/bag.yaml")
    edit(site / PROFILE, "lists: [kit]", "lists: [bag]")


def remove_the_product(site):
    for file in (PRODUCT, f"{MAYA}/reviews/merino-tee.yaml", f"{MAYA}/posts/first-frost.yaml"):
        (site / file).unlink()
    inline = "title: Tee\n    link: https://tee.example\n    relationship: gifted"
    edit(site / KIT, "product: merino-tee", inline)


EDITS = {
    "a note": lambda site: edit(site / KIT, "no smell", "no holes"),
    "a list's name": rename_the_list,
    "a product more": lambda site: write(site, NEW_PRODUCT),
    "a product less": remove_the_product,
    "a price": lambda site: edit(site / PRODUCT, "69.00", "59.00"),
    "a review": lambda site: edit(site / MAYA / "reviews/merino-tee.yaml", "does not itch", "never itches"),
    "a review's pictures": lambda site: edit(site / MAYA / "reviews/merino-tee.yaml", "provenance", f"{OWN}provenance"),
    "a review more": lambda site: write(site, NEW_PRODUCT | NEW_REVIEW),
    "a post less": lambda site: (site / MAYA / "posts/first-frost.yaml").unlink(),
    "a creator more": lambda site: write(site, {"content/influencers/ida.yaml": "name: Ida\n"}),
    "a creator less": lambda site: shutil.rmtree(site / MAYA),
    "a creator's name": lambda site: edit(site / PROFILE, "Maya Lind", "Maya Berg"),
    "a handle": lambda site: (site / MAYA).rename(site / "content/influencers/may"),
    "an alias": lambda site: edit(site / PROFILE, "name: M", "aliases: [may]\nname: M"),
    "a brand's name": lambda site: edit(site / "content/brands/fjell.yaml", "Fjell", "Fjäll"),
    "a shop's name": lambda site: edit(site / "content/merchants/nordshop.yaml", "Nordshop", "Northshop"),
    "a shop's network": lambda site: edit(
        site / "content/merchants/nordshop.yaml", "network: awin\nprogram:", "x-was:"
    ),
    "the site's title": lambda site: edit(site / SITE, "Four Shelves", "Five Shelves"),
    "the site's address": lambda site: edit(site / SITE, "shelves.example", "shelves.example/shop"),
    "a market's words": lambda site: write(site, {"markets/gb.yaml": "texts: {en: {label: Advert}}\n"}),
    "a network's words": lambda site: write(site, {"networks.yaml": "awin: {statement: {en: Awin pays for links.}}\n"}),
    "a network's name": lambda site: write(site, {"networks.yaml": "awin: {name: The Window}\n"}),
    "the markets": lambda site: edit(site / SITE, "[gb]", "[us]"),
    "a language": lambda site: edit(site / PROFILE, "name: M", "locale: de\nname: M"),
    "a token": lambda site: edit(site / SITE, "title:", 'theme: {tokens: {paper: "#fff"}}\ntitle:'),
    "the site's accent": lambda site: edit(site / SITE, "title:", 'accent: "#24606b"\ntitle:'),
    "a creator's accent": lambda site: edit(site / PROFILE, "name: M", 'accent: "#24606b"\nname: M'),
    "a template": lambda site: write(site, {"themes/editorial/templates/404.html": "{{ page.title }}"}),
    "a stylesheet": lambda site: write(site, {"themes/editorial/assets/print.css": "p{margin:0}"}),
    "a picture's bytes": lambda site: write(site, {"content/products/media/merino-tee.jpg": picture()}),
    "a picture's words": lambda site: edit(site / PRODUCT, "wooden hanger", "iron hanger"),
    "cards": lambda site: edit(site / SITE, "title:", "previews: true\ntitle:"),
    "codes": lambda site: edit(site / SITE, "title:", "qr: true\ntitle:"),
    "a campaign": lambda site: write(site, CAMPAIGN),
    "a draft": lambda site: edit(site / KIT, "title:", "draft: true\ntitle:"),
}
