"""Rules on texts: whether a label may stand, and what a text says that it must not. Pure functions."""

import re
from functools import cache
from unicodedata import normalize

from storefront.disclosure.packs import Pack, everywhere
from storefront.slugs import folded
from storefront.vocabulary.common import Relationship

BRAND = "{brand}"
SOLE_LABEL = "U-09"
RUN = 3  # hashtags in a row in which a label is lost: the label and two others
LATE = 120  # characters of a text behind which a label is lost
_hashtag = re.compile(r"#(\w+)")
_run = re.compile(r"#\w+(?:[^\w#]*#\w+)+")
_goes_on = re.compile(r"[\w?'&/]|[-\u2010-\u2015](?=\w)")
# Marks of emphasis, and the letters of Unicode's category Cf, which have no form of their own.
unseen = re.compile(
    r"[*_~`\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    r"\U000e0020-\U000e007f]+"
)
_not_word = re.compile(r"[^\w&]+")


def fold(text: str) -> str:
    """A text in the form that rules compare: small letters, plain apostrophes, single spaces, none before %."""
    # Words are parted at every space that Unicode knows, those that do not break a line among them.
    return " ".join(text.replace("’", "'").casefold().split()).replace(" %", "%")


def starts(text: str, root: str, brand: str = BRAND) -> bool:
    """Whether a text begins with a root, as a whole word: neither *Adorable* nor *Ad-free* nor *Ad?*."""
    whole, wanted = fold(text), fold(root.replace(BRAND, brand))
    return whole.startswith(wanted) and not _goes_on.match(whole, len(wanted))


def holds(text: str, words: str, brand: str = BRAND) -> bool:
    """Whether words stand in a text, whole."""
    wanted = re.escape(fold(words.replace(BRAND, brand)))
    return re.search(rf"(?<!\w){wanted}(?!\w)", fold(text)) is not None


def names(text: str, brand: str = BRAND) -> bool:
    """Whether a text names the brand."""
    return fold(brand) in fold(text)


def bare(label: str) -> str:
    """A label without hashes, punctuation and accents, to compare with the words that say too little alone."""
    return _not_word.sub(" ", folded(fold(label))).strip()


def is_rejected(label: str, pack: Pack | None = None, language: str = "") -> bool:
    """Whether a label is, as a whole, a word that says too little: everywhere, or in a market and language."""
    texts = pack.texts.get(language) if pack else None
    return bare(label) in _bared((*everywhere().rejected, *(texts.rejected if texts else ())))


@cache
def _bared(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(bare, labels))


def broken(badge: str, relationship: Relationship, pack: Pack, language: str, brand: str = BRAND) -> tuple[str, ...]:
    """The ids of a market's rules that a badge breaks, in order; none where it may stand.

    A market judges the languages that it has words for. With `brand` left out, a template is judged.
    """
    if language not in pack.texts:
        return ()
    found = [SOLE_LABEL] if is_rejected(badge, pack, language) else []
    for rule_id, rule in pack.rules.items():
        if not rule.covers(relationship):
            continue
        roots, words = rule.begins.get(language, ()), rule.holds.get(language, ())
        fits = (
            (not roots or any(starts(badge, root, brand) for root in roots))
            and (not words or any(holds(badge, each, brand) for each in words))
            and (language not in rule.brand or names(badge, brand))
            and (not rule.mark or relationship is not Relationship.AFFILIATE or badge.endswith(rule.mark))
        )
        if not fits:
            found.append(rule_id)
    return tuple(found)


def roots(pack: Pack, language: str, relationship: Relationship | None = None) -> tuple[str, ...]:
    """The roots that a market accepts at the head of a badge, each once, as its rules name them."""
    lists = (
        rule.begins.get(language, ())
        for rule in pack.rules.values()
        if relationship is None or rule.covers(relationship)
    )
    return tuple(dict.fromkeys(root for each in lists for root in each))


def mark(pack: Pack) -> str:
    """The sign that a market wants on affiliate links and before their explanation; "" for most."""
    return next((rule.mark for rule in pack.rules.values() if rule.mark), "")


def has_hashtags(text: str) -> bool:
    """Whether a text may have a hashtag, with a small or a wide sign."""
    return "#" in text or "\uff03" in text


def rejected_hashtags(text: str) -> tuple[str, ...]:
    """Hashtags in a text that pretend to disclose a tie and do not."""
    return tuple(tag[0] for tag in _hashtag.finditer(_tagged(text)) if folded(tag[1]) in _hashtags())


def buried_labels(text: str) -> tuple[str, ...]:
    """Labels written as hashtags among two or more others. One that begins the text can be seen."""
    text = _tagged(text)
    return tuple(
        tag[0]
        for run in _run.finditer(text)
        if len(tags := list(_hashtag.finditer(run[0]))) >= RUN
        for tag in tags
        if folded(tag[1]) in _labels() and text[: run.start() + tag.start()].strip()
    )


def late_labels(text: str) -> tuple[str, ...]:
    """Labels written as hashtags behind the first 120 characters of a text that has none before, if not buried."""
    tags = [tag for tag in _hashtag.finditer(_tagged(text)) if folded(tag[1]) in _labels()]
    if any(tag.start() < LATE for tag in tags):
        return ()
    buried = buried_labels(text) if tags else ()
    return tuple(tag[0] for tag in tags if tag[0] not in buried)


def _tagged(text: str) -> str:
    """A text as it is looked through for hashtags, each accent one letter with what bears it; "" where it has none."""
    if not has_hashtags(text):
        return ""
    return normalize("NFC", unseen.sub("", text).replace("\uff03", "#"))


@cache
def _hashtags() -> frozenset[str]:
    return frozenset(map(folded, everywhere().hashtags))


@cache
def _labels() -> frozenset[str]:
    return frozenset(map(folded, everywhere().labels))
