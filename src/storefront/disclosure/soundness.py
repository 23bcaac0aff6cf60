"""Whether a market pack holds together: complete, filled in right, and within its own rules."""

import string
from collections.abc import Iterable, Iterator

from storefront.disclosure import rules
from storefront.disclosure.packs import LABELLED, UNPAID, Pack, Texts
from storefront.problems import KeyPath
from storefront.vocabulary.common import Relationship
from storefront.vocabulary.validate import Mistake

BADGE_GAPS = frozenset({"brand"})
STATEMENT_GAPS = frozenset({"brands", "merchants"})
ENGLISH = "en"  # what a page falls back to in a language that the program does not speak


def mistakes(pack: Pack) -> Iterator[Mistake]:
    """Everything that keeps a pack from being used, with its path in the file."""
    if not pack.sources:
        hint = "Write the address of the law or the regulator that the pack is made from."
        yield Mistake(("sources",), "missing-key", "the pack names no source", hint)
    if ENGLISH not in pack.texts:
        hint = "Write texts: en: too; pages in a language without words of its own are in English."
        yield Mistake(("texts",), "missing-key", "the pack has no English texts", hint)
    for language, texts in pack.texts.items():
        path: KeyPath = ("texts", language)
        yield from _complete(texts, path)
        yield from _gaps(texts, path)
        yield from _wording(pack, language, path)


def _complete(texts: Texts, path: KeyPath) -> Iterator[Mistake]:
    for key, given in (("badges", texts.badges), ("statements", texts.statements)):
        missing = [relationship for relationship in LABELLED if relationship not in given]
        if missing:
            message = f"there is no text for {', '.join(missing)}"
            yield Mistake((*path, key), "missing-key", message, f"Write it here: {missing[0]}: …")
        for relationship in UNPAID & given.keys():
            hint = "Delete the line: nothing is disclosed where nothing was given."
            yield Mistake((*path, key, relationship), "bad-value", f"{relationship} bears no label", hint)


def _gaps(texts: Texts, path: KeyPath) -> Iterator[Mistake]:
    yield from _only(texts.badges.items(), BADGE_GAPS, (*path, "badges"))
    yield from _only(texts.qualifiers.items(), BADGE_GAPS, (*path, "qualifiers"))
    yield from _only(texts.statements.items(), STATEMENT_GAPS, (*path, "statements"))
    yield from _only([("label", texts.label), ("shared", texts.shared)], frozenset(), path)


def _only(given: Iterable[tuple[str, str]], allowed: frozenset[str], path: KeyPath) -> Iterator[Mistake]:
    """Gaps that nothing would fill."""
    for key, text in given:
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError:
            yield Mistake((*path, key), "bad-value", "a brace stands alone in this text", "Write {brand} or no brace.")
            continue
        for _, gap, form, conversion in parts:
            if gap is not None and (gap not in allowed or form or conversion):
                named = " or ".join(f"{{{name}}}" for name in sorted(allowed))
                hint = f"Use {named}." if allowed else "Write the text without braces."
                yield Mistake((*path, key), "bad-value", f"nothing fills {{{gap}}} here", hint)


def _wording(pack: Pack, language: str, path: KeyPath) -> Iterator[Mistake]:
    """Badges that the pack's own rules refuse, and an explanation without its mark."""
    texts, mark = pack.texts[language], rules.mark(pack)
    for relationship, badge in texts.badges.items():
        if relationship in UNPAID:
            continue
        for rule_id in rules.broken(badge, relationship, pack, language):
            yield Mistake((*path, "badges", relationship), "wording", *_refused(badge, rule_id, pack))
    accepted = rules.roots(pack, language)
    if accepted and not any(rules.starts(texts.label, root) for root in accepted):
        hint = f"It may be: {', '.join(root for root in accepted if rules.BRAND not in root)}."
        yield Mistake((*path, "label"), "wording", f"“{texts.label}” is none of the roots that the rules accept", hint)
    explained = texts.statements.get(Relationship.AFFILIATE, mark)
    if not explained.startswith(mark):
        hint = f"Begin the sentence with {mark}, as the links that it explains end."
        yield Mistake((*path, "statements", "affiliate"), "wording", f"the {mark} of links is not explained", hint)


def _refused(badge: str, rule_id: str, pack: Pack) -> tuple[str, str]:
    says = pack.rules[rule_id].says if rule_id in pack.rules else "It says too little alone."
    return f"the badge “{badge}” breaks {rule_id}", says
