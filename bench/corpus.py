#!/usr/bin/env python3
"""A corpus to measure with: a storefront site of any size, the same for the same numbers on every machine.

    python bench/corpus.py FOLDER [--creators 1000] [--products 5000]

Each creator is one file of about 13 KB: 3 lists with 30 picks, 10 reviews of about 120 words, one post of
4 things. Each product is one file of about 0.7 KB with 3 offers. One brand in 50 products, 12 merchants
on 5 networks. No pictures: those are measured alone.
"""

import argparse
import random
from pathlib import Path

FIRST = "Ada Noor Lena Mika Sofía Zoë Priya Kenji Amara Luca Inés Tomás Freya Jonas Aïcha Mei Björn Chloé".split()
LAST = "Okafor Lindqvist Martín Tanaka O’Neill Dubois Novák Haddad Silva Kowalski Peters Ahmed Ferreira".split()
NOUNS = "Serum Skillet Kettle Lamp Throw Backpack Jacket Keyboard Mat Candle Speaker Mug Vase Scarf Flask".split()
ADJECTIVES = "Everyday Midnight Signature Compact Classic Soft Mineral Quiet Bright Slim Foldable Matte".split()
CATEGORIES = [
    f"{top} > {child}"
    for top, children in {
        "Beauty": "Skincare Make-up Hair",
        "Kitchen": "Cookware Coffee Storage",
        "Tech": "Sound Desk Travel",
        "Sport": "Strength Running Yoga",
        "Home": "Lighting Plants Textiles",
    }.items()
    for child in children.split()
]
WORDS = (
    "the a this that it and but so because after before with without over under really quite very almost never "
    "always often still again maybe honestly finally colour texture weight finish handle fabric sound battery lid "
    "strap size price quality morning evening week month trip kitchen desk bag shelf garden commute routine use used "
    "feel feels look looks keep kept wash washed travel break broke last lasts work works sit fits love expect return "
    "replace soft sturdy light heavy small large warm cold clean sharp smooth bright quiet my your one two three six "
    "months daily twice once more less better worse good great fine enough friends partner sister café naïve déjà"
).split()
NETWORKS = (
    ("awin", "{advertiser: '2046'}"),
    ("cj", "{}"),
    ("rakuten", "{advertiser: '43177'}"),
    ("webgains", "{program: '9911'}"),
    (None, "{}"),
)
AFFILIATE = "awin: {publisher: '1234'}, cj: {publisher: '5678'}, rakuten: {publisher: AbCdEfGhIjK}"
MERCHANTS = 12
PROVENANCE = ("purchased", "purchased", "purchased", "gifted", "loaned")


def words(rng: random.Random, count: int) -> str:
    """A sentence or more of nonsense, capital first, with a full stop."""
    text = " ".join(rng.choice(WORDS) for _ in range(count))
    return text[0].upper() + text[1:] + "."


def body(rng: random.Random, indent: str) -> str:
    """About 120 words of Markdown in three paragraphs, one with emphasis, sometimes a list."""
    parts = [
        words(rng, 40),
        f"{words(rng, 18)} It is *{rng.choice(WORDS)}* and **{rng.choice(WORDS)}**. {words(rng, 20)}",
    ]
    if rng.random() < 0.4:
        parts.append("\n".join(f"- {words(rng, 8)}" for _ in range(3)))
    else:
        parts.append(words(rng, 36))
    return "\n\n".join(parts).replace("\n", f"\n{indent}")


def product(number: int, brands: int) -> str:
    """One product file."""
    rng = random.Random(f"product {number}")
    title = f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)} {number}"
    lines = [
        f"title: {title}",
        f"brand: brand-{number % brands}",
        f"category: {CATEGORIES[number % len(CATEGORIES)]}",
        f"description: {words(rng, 18)}",
        f"mpn: P-{number:06d}",
        "specs:",
        "  Material: recycled steel",
        f"  Weight: {rng.randint(80, 2400)} g",
        f"best_for: [{rng.choice(WORDS)} days, {rng.choice(WORDS)} trips]",
        f"not_for: [{rng.choice(WORDS)} evenings]",
        "offers:",
    ]
    for merchant in rng.sample(range(MERCHANTS), 3):
        lines.append(f"  - merchant: shop-{merchant}")
        lines.append(f"    link: https://shop-{merchant}.example/p/{number}?ref=list&colour=blue")
        if rng.random() < 0.7:
            lines.append(f"    price: {rng.randint(5, 300)}.{rng.choice(('00', '50', '95'))} GBP")
            lines.append("    as_of: 2026-11-20")
    return "\n".join(lines) + "\n"


def creator(number: int, products: int) -> str:
    """One creator file with everything in it."""
    rng = random.Random(f"creator {number}")
    picks = [f"product-{rng.randrange(products)}" for _ in range(30)]
    lines = [
        f"name: {rng.choice(FIRST)} {rng.choice(LAST)}",
        f"tagline: {words(rng, 6)}",
        f"bio: {words(rng, 30)}",
        f"location: {{city: Leeds, country: {rng.choice(('GB', 'NO', 'DE', 'US'))}}}",
        "interests: [running, kitchens]",
        f"affiliate: {{{AFFILIATE}}}" if rng.random() < 0.8 else "affiliate: {}",
        "lists:",
    ]
    for index in range(3):
        lines += [f"  list-{index}:", f"    title: {words(rng, 4)[:-1]}", f"    intro: {words(rng, 20)}", "    items:"]
        for pick in picks[index * 10 : index * 10 + 10]:
            relationship = rng.choice(("purchased", "purchased", "gifted", "paid"))
            lines += [
                f"      - product: {pick}",
                f"        note: {words(rng, 12)}",
                f"        relationship: {relationship}",
            ]
    lines += [
        "posts:",
        "  - id: first",
        f"    title: On the shelf of creator {number}",
        "    date: 2026-11-01",
        f"    caption: {words(rng, 20)}",
        "    relationship: purchased",
    ]
    lines += ["    products:", *(f"      - {{product: {pick}}}" for pick in dict.fromkeys(picks[:4]))]
    lines.append("sharing: {recognition: public}")
    lines.append("reviews:")
    for index, pick in enumerate(list(dict.fromkeys(picks))[:10]):
        lines += [
            f"  - product: {pick}",
            f"    date: 2026-{index % 10 + 1:02d}-15",
            f"    rating: {rng.choice((2, 3, 4, 4, 4.5, 5, 5))}",
            f"    title: {words(rng, 5)[:-1]}",
            f"    pros: [{rng.choice(WORDS)} lid, {rng.choice(WORDS)} finish]",
            f"    cons: [{rng.choice(WORDS)} strap]",
            f"    provenance: {rng.choice(PROVENANCE)}",
            "    body: |",
            f"      {body(rng, '      ')}",
        ]
    return "\n".join(lines) + "\n"


def write(folder: Path, creators: int, products: int) -> None:
    """The whole site."""
    content = folder / "content"
    for name in ("influencers", "products", "brands", "merchants"):
        (content / name).mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text(
        "title: Bench\nurl: https://bench.example\nlocale: en-GB\ntimezone: Europe/London\nmarkets: [gb, us]\n"
    )
    brands = max(1, products // 50)
    for number in range(brands):
        (content / "brands" / f"brand-{number}.yaml").write_text(f"name: Brand {number}\ncountry: GB\n")
    for number in range(MERCHANTS):
        network, program = NETWORKS[number % len(NETWORKS)]
        tracked = f"network: {network}\nprogram: {program}\n" if network else ""
        text = f"name: Shop {number}\nurl: https://shop-{number}.example\n{tracked}"
        (content / "merchants" / f"shop-{number}.yaml").write_text(text)
    for number in range(products):
        (content / "products" / f"product-{number}.yaml").write_text(product(number, brands), encoding="utf-8")
    for number in range(creators):
        (content / "influencers" / f"creator-{number}.yaml").write_text(creator(number, products), encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--creators", type=int, default=1000)
    parser.add_argument("--products", type=int, default=5000)
    given = parser.parse_args()
    write(given.folder, given.creators, given.products)


if __name__ == "__main__":
    main()
