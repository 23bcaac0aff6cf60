"""One site with every hostile text in every field, each text with records of its own."""

import json
from pathlib import Path
from typing import NamedTuple

from building import picture, write
from hostile.texts import MARKDOWN, TEXTS

URL = "https://shelves.example"
# Fields of one line and of Markdown that a text is put into; counted in what the tests tell of themselves.
LINES = (
    "influencer.name", "influencer.pronouns", "influencer.tagline", "influencer.avatar.alt", "influencer.banner.alt",
    "influencer.location.city", "influencer.interests", "influencer.expertise", "influencer.profiles.handle", "influencer.sections.title",
    "promo.fine_print", "list.title", "list.cover.alt", "item.title", "item.brand", "item.why", "item.badge",
    "item.variant", "item.used_for", "item.fit.size_worn", "item.image.alt", "post.title", "post.media.alt",
    "post.products.note", "review.title", "review.pros", "review.cons", "review.aspects", "review.used_for",
    "review.media.alt", "review.rights.credit", "review.verification.by", "review.updates.after", "review.responses.steps", "removed.by", "product.title",
    "product.category", "product.google_product_category", "product.mpn", "product.images.alt",
    "product.variants.title", "product.variants.color", "product.variants.size", "product.variants.mpn",
    "product.specs", "product.highlights", "product.best_for", "product.not_for", "product.offers.shipping",
    "brand.name", "brand.logo.alt", "merchant.name", "imported.publisher", "imported.aggregator", "imported.reviewer",
    "imported.title", "imported.pros", "imported.cons", "promo.title", "promo.free_gift_description",
    "merchant.stores.name", "merchant.stores.address", "merchant.stores.city", "brand.thanks.what", "brand.thanks.by",
    "campaign.title", "campaign.messages.text", "campaign.avoid.why", "campaign.require.why",
    "campaign.exclusivity.categories", "campaign.schedule.what", "campaign.deliverables.what",
    "campaign.rights.holder", "campaign.rights.credit", "campaign.rights.proof",
    "samples.approved_by", "samples.reference", "recall.lots", "squad.name", "squad.city", "squad.steward",
    "squad.lists.title", "call.title", "call.offered.text", "snippet.image.alt", "snippet.rights.holder",
    "snippet.rights.credit", "snippet.rights.proof",
)  # fmt: skip
TEXTED = (
    "influencer.bio", "list.intro", "item.note", "item.reason", "post.caption", "review.body", "review.updates.text",
    "review.responses.text", "product.description", "brand.description", "imported.body", "imported.reply",
    "campaign.brief", "recall.notice", "squad.about", "squad.access.text", "squad.lists.intro", "call.text",
    "snippet.text",
)  # fmt: skip
SITE = {
    "title": 'O\'Shelves </title><script>alert(1)</script> & "Co"',
    "tagline": '"><img src=x onerror=alert(1)>',
    "description": "</script><script>alert(1)</script> {{7*7}}",
    "publisher": "<svg onload=alert(1)> AT&T",
    "address": "1 <b>Road</b>\n</address><script>alert(1)</script>",
}


class Set(NamedTuple):
    """The records of one text: their number, the text for fields of one line, and that for Markdown."""

    number: int
    line: str
    text: str

    @property
    def creator(self) -> str:
        return f"c{self.number}"

    @property
    def product(self) -> str:
        return f"p{self.number}"


def sets() -> list[Set]:
    """Every line, and beside each some Markdown, until all of both are used."""
    lines, texts = [*TEXTS.values()], [*MARKDOWN.values()]
    count = max(len(lines), len(texts))
    return [Set(n, lines[n % len(lines)], texts[n % len(texts)]) for n in range(count)]


def lay(root: Path) -> Path:
    """Write the site's content below a folder."""
    files: dict[str, str | bytes] = {
        "content/site.yaml": _yaml(
            {
                "title": SITE["title"],
                "url": URL,
                "tagline": SITE["tagline"],
                "description": SITE["description"],
                "publisher": {"name": SITE["publisher"], "address": SITE["address"]},
                "embeds": "true",
                "hosts": ["cloudflare-pages", "netlify", "apache", "nginx", "github-pages"],
            }
        ),
        "content/media/a.png": picture((40, 40), kind="PNG"),
        "content/recalls.yaml": _yaml({"recalls": [_recall(each) for each in sets()]}),
    }
    for each in sets():
        files |= _records(each)
    return write(root, files)


def _yaml(value: object) -> str:
    """JSON is YAML; what JSON need not escape is kept as it is."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _other(text: str) -> str:
    """Another text of Markdown: a product that quotes what stands in a review of it would have to disclose it."""
    texts = [*MARKDOWN.values()]
    return texts[(texts.index(text) + 1) % len(texts)]


def _recall(each: Set) -> dict[str, object]:
    n, line, text = each
    return {"id": f"r{n}", "products": [f"p{n}"], "date": "2026-11-02", "notice": text, "lots": [line]}


def _together(each: Set) -> dict[str, str]:
    """What brands and creators do together: campaigns, samples, squads and calls."""
    n, line, text = each
    rights = {"holder": line, "channels": ["site"], "credit": line, "proof": line}
    return {
        f"content/campaigns/k{n}.yaml": _yaml(
            {
                "title": line, "brand": f"b{n}", "brief": text, "window": {"from": "2026-11-01"}, "public": "true",
                "disclosure": ["paid", "gifted"], "messages": {line: {"text": line, "default": "100"}},
                "avoid": [{"pattern": "zzzz", "why": line}], "schedule": [{"at": "2026-12-01", "what": line}],
                "require": [{"pattern": "#yyyy", "why": line, "severity": "warning"}],
                "exclusivity": [{"categories": [f"{n} {line}"], "until": "2027-03-31"}],
                "deliverables": [{"what": line, "by": "2026-12-15"}], "rights": rights,
                "participants": [{"creator": f"c{n}", "fee": "450.00 GBP"}],
            }
        ),
        f"content/samples/c{n}.yaml": _yaml(
            {"samples": [{"product": f"p{n}", "expectation": "none", "sent": "2026-09-01", "received": "2026-09-03",
                          "approved_by": line, "reference": line}]}
        ),
        f"content/squads/s{n}.yaml": _yaml(
            {
                "name": line, "city": line, "country": "NO", "steward": line, "about": text, "members": [f"c{n}"],
                "access": {"kind": "open", "text": text, "url": "https://forms.example/x"},
                "lists": {"ours": {"title": line, "intro": text, "items": [{"member": f"c{n}", "product": f"p{n}"}]}},
            }
        ),
        f"content/calls/a{n}.yaml": _yaml(
            {"title": line, "brand": f"b{n}", "squad": f"s{n}", "text": text, "closes": "2026-12-15",
             "offered": [{"kind": "product", "text": line}]}
        ),
    }  # fmt: skip


def _snippets(each: Set) -> list[dict[str, object]]:
    n, line, text = each
    rights = {"holder": line, "channels": ["site", "brand"], "credit": line, "proof": line}
    own = {"product": f"p{n}", "date": "2026-10-01", "relationship": "purchased", "rights": rights}
    return [
        {"id": "said", "kind": "quote", "text": text, **own},
        {"id": "shown", "kind": "image", "image": {"src": "/media/a.png", "alt": line}, **own},
    ]


def _records(each: Set) -> dict[str, str]:
    n, line, text = each
    shown = {"src": "/media/a.png", "alt": line}
    home = f"content/influencers/c{n}"
    own = {"relationship": "purchased"}
    return {
        f"{home}/profile.yaml": _yaml(
            {
                "name": line, "pronouns": line, "tagline": line, "bio": text, "avatar": shown, "banner": shown,
                "location": {"city": line, "country": "NO"}, "interests": [line],
                "expertise": [line],
                "profiles": [{"network": "instagram", "handle": line, "url": "https://instagram.com/x"}],
                "sections": [{"title": line, "lists": ["kit"]}], "sharing": {"recognition": "public"},
                "promos": {
                    "SAVE10": {"merchant": f"m{n}", "percent_off": "10", "fine_print": line, "title": line,
                               "free_gift_description": line},
                    "TILL": {"merchant": f"m{n}", "percent_off": "5", "redemption_channel": ["in_store"],
                             "stores": ["HERE"], "fine_print": line, "title": line},
                },
                "snippets": _snippets(each),
            }
        ),
        f"{home}/lists/kit.yaml": _yaml(
            {
                "title": line, "intro": text, "cover": shown,
                "items": [
                    {"product": f"p{n}", "note": text, "why": line, "badge": line, "variant": line, "used_for": line,
                     "fit": {"size_worn": line}, "promo": "SAVE10", "image": shown, **own},
                    {"title": line, "brand": line, "link": f"https://shop{n}.example/x", "image": shown, **own},
                    {"title": line, "link": f"https://shop{n}.example/y", "status": "retired", "reason": text, **own},
                ],
            }
        ),
        f"{home}/posts/one.yaml": _yaml(
            {
                "date": "2026-11-01", "title": line, "caption": text, "media": [shown],
                "products": [{"product": f"p{n}", "at": ["0.5", "0.5"], "note": line}], **own,
            }
        ),
        f"{home}/reviews/p{n}.yaml": _yaml(
            {
                "product": f"p{n}", "date": "2026-10-01", "rating": "4", "title": line, "body": text, "pros": [line],
                "cons": [line], "aspects": {line: "4"}, "used_for": line, "provenance": "purchased",
                "media": [shown], "rights": {"credit": line}, "evidence": ["own-photo"],
                "verification": {"status": "verified", "method": "order", "by": line},
                "updates": [{"date": "2026-10-09", "after": line, "text": text}],
                "responses": [{"by": f"b{n}", "date": "2026-10-10", "text": text, "steps": [line]}],
            }
        ),
        f"{home}/reviews/gone.yaml": _yaml(
            {
                "product": "p0" if n else "p1", "date": "2026-10-01", "provenance": "purchased", "body": text,
                "status": "removed", "removed": {"reason": "spam", "by": line, "date": "2026-10-02"},
            }
        ),
        f"content/products/p{n}.yaml": _yaml(
            {
                "title": line, "brand": f"b{n}", "description": _other(text), "category": f"{n} {line}",
                "google_product_category": line, "mpn": line, "images": [shown],
                "variants": [{"title": line, "color": line, "size": line, "mpn": line}], "specs": {line: line},
                "highlights": {line: line}, "best_for": [line], "not_for": [line],
                "offers": [{"merchant": f"m{n}", "link": f"https://shop{n}.example/p", "price": "18.00 GBP",
                            "as_of": "2026-11-20", "shipping": line}],
            }
        ),
        f"content/brands/b{n}.yaml": _yaml(
            {"name": line, "description": text, "logo": shown,
             "thanks": [{"to": f"c{n}", "what": line, "date": "2026-11-01", "by": line}]}
        ),
        f"content/merchants/m{n}.yaml": _yaml(
            {"name": line, "url": f"https://shop{n}.example",
             "stores": [{"code": "HERE", "name": line, "address": line, "city": line, "region": "NO"}]}
        ),
        **_together(each),
        f"content/reviews/shop{n}/p{n}.yaml": _yaml(
            {
                "publisher": line, "aggregator": line, "imported_on": "2026-11-01",
                "reviews": [{"id": "r1", "date": "2026-09-01", "reviewer": line, "rating": "3", "title": line,
                             "body": text, "pros": [line], "cons": [line], "reply": {"text": text}}],
            }
        ),
    }  # fmt: skip
