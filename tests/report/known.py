"""A site of which everything is known: events are made one by one, written as logs and tables, and counted here.

Nothing of storefront counts here. What a report says is compared with it.
"""

import csv
import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner

from building import copy_of_minimal, write
from storefront.cli import group

LONDON = ZoneInfo("Europe/London")
NOW = "2027-04-20"
FIRST, LAST = date(2026, 11, 1), date(2027, 3, 31)  # the clocks of London change within it
PEOPLE = {"maya": "Maya Lind", "ines": "Ines Prado", "tom": "Tom Reyes"}
TEE, MITTS, MUG = "merino-tee", "mitts", "mug"  # two of the campaign's brand, one of another
GONE = "tom_old-list_mitts"  # no link has it any more
CODES = {"MAYA15": "maya", "INES10": "ines"}

# As the logs' importer keeps them.
HITS = {
    "at": "TIMESTAMP", "kind": "VARCHAR", "path": "VARCHAR", "status": "SMALLINT", "creator": "VARCHAR",
    "page": "VARCHAR",
    "slot": "VARCHAR", "product": "VARCHAR", "merchant": "VARCHAR", "campaign": "VARCHAR", "channel": "VARCHAR",
    "referrer": "VARCHAR", "bot": "BOOLEAN", "count": "BIGINT",
}  # fmt: skip
TYPES = {
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR": pa.string(),
    "SMALLINT": pa.int16(),
    "BOOLEAN": pa.bool_(),
    "BIGINT": pa.int64(),
}

CREATOR = """\
name: {name}
affiliate:
  awin: {{publisher: "{publisher}"}}
promos:
  {code}: {{merchant: nordshop, percent_off: 10, campaign: frost}}
lists:
  kit:
    title: Kit
    items:
      - {{product: merino-tee, relationship: affiliate}}
      - {{product: mitts, relationship: affiliate}}
      - {{product: mug, relationship: affiliate}}
"""
PRODUCT = """\
title: {title}
brand: {brand}
category: Clothing
offers:
  - {{merchant: nordshop, link: https://nordshop.example/{slug}}}
"""
CAMPAIGN = """\
title: Frost
brand: fjell
goal: {metric: in_store_redemptions, target: 400}
window: {from: 2026-11-01, until: 2027-03-31}
disclosure: [paid]
participants:
  - {creator: maya, fee: 400.00 GBP, gift: 69.00 GBP}
  - {creator: ines, fee: 300.00 EUR}
  - {creator: tom}
budget: 2000.00 GBP
"""
SAMPLES = """\
samples:
  - {product: merino-tee, expectation: none, value: 69.00 GBP, received: 2026-11-05}
  - {product: mitts, expectation: none, value: 400.00 NOK, received: 2026-11-06}
  - {product: mitts, kind: loan, expectation: review, value: 999.00 GBP, received: 2026-11-07, return_by: 2027-01-07}
  - {product: merino-tee, expectation: none, value: 71.00 GBP, received: 2027-04-02}
  - {product: mug, expectation: none, value: 12.00 GBP, received: 2026-11-08}
"""
FILES = {
    "content/influencers/ines.yaml": CREATOR.format(name="Ines Prado", publisher=88, code="INES10"),
    "content/influencers/tom.yaml": CREATOR.format(name="Tom Reyes", publisher=99, code="X").replace(
        "promos:\n  X: {merchant: nordshop, percent_off: 10, campaign: frost}\n", ""
    ),
    "content/brands/other.yaml": "name: Other\n",
    "content/products/mitts.yaml": PRODUCT.format(title="Mitts", brand="fjell", slug="mitts"),
    "content/products/mug.yaml": PRODUCT.format(title="Mug", brand="other", slug="mug"),
    "content/campaigns/frost.yaml": CAMPAIGN,
    "content/samples/maya.yaml": SAMPLES,
    "content/samples/ines.yaml": "samples:\n  - {product: mitts, expectation: post, received: 2026-11-05}\n",
}


class Known:
    """A site in `root` with a year's events from a seed, and what they come to."""

    def __init__(self, root: Path, seed: int = 7) -> None:
        self.root, self.random = root, random.Random(seed)
        write(copy_of_minimal(root), FILES)
        profile = root / "content/influencers/maya/profile.yaml"
        profile.write_text(profile.read_text().replace("percent_off: 15", "percent_off: 15\n    campaign: frost"))
        post = root / "content/influencers/maya/posts/first-frost.yaml"
        post.write_text(post.read_text() + "campaign: frost\n")
        self.subids = self.placed()
        self.hits, self.orders, self.redeemed = self.made_hits(), self.made_orders(), self.made_redemptions()

    def placed(self) -> dict[str, tuple[str, str]]:
        """Creator and product of each sub-id of the site, from the command that tells them."""
        printed = self.run("subids").splitlines()
        known = {row["subid"]: (row["creator"], row["product"]) for row in csv.DictReader(printed) if row["creator"]}
        return known | {GONE: ("tom", MITTS)}

    def run(self, *words: str) -> str:
        result = CliRunner().invoke(group, [*words, "--root", str(self.root), "--now", NOW])
        assert result.exit_code == 0, result.output
        return result.stdout

    def made_hits(self, count: int = 4000) -> list[tuple]:
        found = []
        start = datetime(2026, 10, 1, tzinfo=UTC)
        for _ in range(count):
            at = start + timedelta(minutes=self.random.randrange(300 * 24 * 60))
            creator, product = self.random.choice([*PEOPLE, None]), self.random.choice([TEE, MITTS, MUG, None])
            campaign = self.random.choices([None, "frost", "thaw"], [8, 1, 1])[0]
            kind = self.random.choices(["click", "visit"], [3, 1])[0]
            found.append((at, kind, creator, product, campaign, self.random.random() < 0.2, self.random.randint(1, 3)))
        return found

    def made_orders(self, count: int = 600) -> list[dict]:
        subids = [*self.subids, "nobody_kit_tee", ""]
        found = []
        for number in range(count):
            day = date(2026, 10, 1) + timedelta(days=self.random.randrange(190))
            status = self.random.choice(["pending", "approved", "declined", "approved"])
            sale = Decimal(self.random.randrange(100, 20000)) / 100
            commission = (sale / 20).quantize(Decimal("0.0001"))
            if self.random.random() < 0.05:
                sale, commission, status = -sale, -commission, "approved"
            found.append(
                {
                    "id": str(number), "orderRef": self.order_of(found), "transactionDate": day.isoformat(),
                    "clickRef": self.random.choice(subids),
                    "saleAmount": sale, "commissionAmount": commission, "commissionStatus": status,
                    "currency": self.random.choice(["GBP", "GBP", "EUR"]),
                }
            )  # fmt: skip
        return found

    def order_of(self, found: list[dict]) -> str:
        """A number of an order: its own, or that of the one before, of which it is another thing."""
        return found[-1]["orderRef"] if found and self.random.random() < 0.3 else f"order-{len(found)}"

    def made_redemptions(self) -> list[dict]:
        return [
            {
                "date": (date(2026, 10, 15) + timedelta(days=self.random.randrange(180))).isoformat(),
                "code": self.random.choice([*CODES, "WALKIN"]),
                "store": self.random.choice(["leeds-1", "york-2", ""]),
                "region": "GB-ENG",
                "redemptions": self.random.randint(1, 4),
                "status": self.random.choices(["redeemed", "returned"], [9, 1])[0],
            }
            for _ in range(300)
        ]

    def write(self) -> None:
        """Put all of it where storefront finds it: hits as a log leaves them, the rest through its own importers."""
        self.write_hits()
        self.imported("commissions", self.orders, "--from", "awin")
        self.imported("commissions", self.orders[:250], "--from", "awin")  # a report that overlaps
        self.imported("redemptions", self.redeemed, "--source", "till")
        self.imported("mentions", MENTIONS)
        self.imported("metrics", METRICS)

    def write_hits(self) -> None:
        folder = self.root / "measured" / "hits"
        folder.mkdir(parents=True)
        columns = [(name, TYPES.get(kind)) for name, kind in HITS.items()]
        schema = pa.schema(columns)
        for number, half in enumerate((self.hits[:1500], self.hits[1500:])):
            rows = [
                dict.fromkeys(HITS)
                | {
                    "at": at.replace(tzinfo=None), "kind": kind, "path": "/x/", "status": 200, "creator": creator,
                    "product": product, "campaign": campaign, "bot": bot, "count": count,
                }
                for at, kind, creator, product, campaign, bot, count in half
            ]  # fmt: skip
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{number}.parquet")

    def imported(self, kind: str, rows: list[dict], *words: str) -> None:
        file = self.root / "table.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        self.run("import", kind, str(file), *words)

    # What it comes to, counted event by event.

    def of_campaign(self, creator: str | None, product: str | None, campaign: str | None = None) -> bool:
        named = campaign == "frost" if campaign else product in {TEE, MITTS}
        return creator in PEOPLE and named

    def clicks(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for at, kind, creator, product, campaign, bot, count in self.hits:
            inside = FIRST <= at.astimezone(LONDON).date() <= LAST
            if kind == "click" and not bot and inside and self.of_campaign(creator, product, campaign):
                found[creator] += count
        return found

    def clicks_by_day(self) -> Counter[date]:
        found: Counter[date] = Counter()
        for at, kind, creator, product, campaign, bot, count in self.hits:
            if kind == "click" and not bot and self.of_campaign(creator, product, campaign):
                found[at.astimezone(LONDON).date()] += count
        return found

    def sums(self) -> dict[str, dict]:
        """Orders and amounts of the campaign by creator: their numbers, and sums by currency."""
        found: dict[str, dict] = {name: defaultdict(Decimal) | {"orders": set(), "cancelled": set()} for name in PEOPLE}
        for order in self.orders:
            creator, product = self.subids.get(order["clickRef"], (None, None))
            if not FIRST <= date.fromisoformat(order["transactionDate"]) <= LAST or not self.of_campaign(
                creator, product
            ):
                continue
            back = order["commissionAmount"] < 0 and order["commissionStatus"] != "declined"
            status = "returned" if back else order["commissionStatus"]
            to, money = found[creator], order["currency"].lower()
            if status in {"pending", "approved"}:
                to["orders"].add(order["orderRef"])
                to[f"sales_{money}"] += order["saleAmount"]
            else:
                to["cancelled"].add(order["orderRef"])
            if status != "declined":
                to[f"{status}_{money}"] += order["commissionAmount"]
        return found

    def redemptions(self, *, in_store: bool) -> Counter[str]:
        found: Counter[str] = Counter()
        for each in self.redeemed:
            inside = FIRST <= date.fromisoformat(each["date"]) <= LAST
            if inside and each["status"] == "redeemed" and each["code"] in CODES and (each["store"] or not in_store):
                found[CODES[each["code"]]] += each["redemptions"]
        return found


MENTIONS = [
    {"date": "2026-12-01", "creator": "maya", "platform": "instagram", "campaign": "frost", "mentions": 12},
    {"date": "2026-12-02", "creator": "ines", "platform": "tiktok", "campaign": "", "mentions": 5},
    {"date": "2026-12-02", "creator": "ines", "platform": "tiktok", "campaign": "thaw", "mentions": 50},
    {"date": "2026-10-02", "creator": "maya", "platform": "tiktok", "campaign": "frost", "mentions": 500},
]
METRICS = [
    {"creator": "maya", "platform": "instagram", "post": "", "as_of": "2026-12-01", "followers": 2000, "likes": "",
     "comments": "", "shares": "", "saves": "", "reach": ""},
    {"creator": "maya", "platform": "instagram", "post": "first-frost", "as_of": "2026-12-01", "followers": "",
     "likes": 90, "comments": 10, "shares": 0, "saves": 0, "reach": 1000},
    {"creator": "maya", "platform": "instagram", "post": "first-frost", "as_of": "2026-12-20", "followers": "",
     "likes": 100, "comments": 20, "shares": 3, "saves": 2, "reach": 1000},
    {"creator": "ines", "platform": "tiktok", "post": "", "as_of": "2026-12-20", "followers": 900, "likes": "",
     "comments": "", "shares": "", "saves": "", "reach": ""},
]  # fmt: skip
