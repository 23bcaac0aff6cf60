"""Evidence as pages tell it: what somebody shows with a thing, so that others can see it for themselves."""

from storefront import locales
from storefront.pages.voice import Voice
from storefront.vocabulary.common import Evidence


def listed(evidence: tuple[Evidence, ...], voice: Voice) -> str:
    """The kinds of evidence in words, one after the other."""
    return locales.listed([voice.say(f"evidence_{each}") for each in evidence], voice.locale)


def line(evidence: tuple[Evidence, ...], voice: Voice) -> str | None:
    """What is shown, in one line."""
    return voice.say("evidence_shown", what=listed(evidence, voice)) if evidence else None
