"""The rules for squads, calls, snippets and releases that a pattern cannot say."""

from collections.abc import Iterator

from storefront.problems import KeyPath
from storefront.vocabulary import checks
from storefront.vocabulary.community import Access, Call, Entrance, Snippet, Squad
from storefront.vocabulary.validate import Mistake

WORDS = frozenset({"quote", "tip"})


def of_squad(squad: Squad) -> Iterator[Mistake]:
    """The rules for a squad; one of minors has no form to fill in, and no place in its name while it is small."""
    yield from checks.window(squad, ())
    yield from checks.country(squad.country, ("country",))
    size = squad.size
    if size.min and size.max and size.min > size.max:
        message = f"the least number of members, {size.min}, is above the most, {size.max}"
        yield Mistake(("size", "min"), "bad-value", message, "Write the smaller number as min.")
    if size.max and len(squad.members) > size.max:
        message = f"the squad has {len(squad.members)} members, more than its max of {size.max}"
        yield Mistake(("members",), "bad-value", message, "Raise max, or start another squad.")
    twice = next((each for i, each in enumerate(squad.members) if each in squad.members[:i]), None)
    if twice:
        at = len(squad.members) - 1 - squad.members[::-1].index(twice)
        yield Mistake(("members", at), "bad-value", f"{twice} is a member twice", "Delete one of the two.")
    yield from of_access(squad.access)
    if squad.minors and squad.access and squad.access.url:
        hint = "Delete the line: the steward asks parents, away from this site."
        yield Mistake(("access", "url"), "minors", "a squad of minors has a form to fill in", hint)


def of_access(access: Access | None) -> Iterator[Mistake]:
    """The rules for how one gets in: a number of those who wait has a day, and a list on which they do."""
    if access and access.waiting:
        yield from checks.days(("access", "waiting"), as_of=access.waiting.as_of)
        if access.kind is not Entrance.WAITLIST:
            hint = "Delete waiting, or write kind: waitlist."
            yield Mistake(
                ("access", "waiting"), "bad-value", f"there is no waiting list where access is {access.kind}", hint
            )


def of_call(call: Call) -> Iterator[Mistake]:
    """The rules for a call."""
    yield from checks.window(call, ())
    yield from checks.moments((), closes=call.closes)


def of_snippet(snippet: Snippet) -> Iterator[Mistake]:
    """The rules for a snippet: words for a quote or a tip, a picture for the others, and rights that are in time."""
    yield from checks.window(snippet, ())
    yield from checks.days((), date=snippet.date)
    yield from checks.tie(snippet.relationship, ("relationship",))
    path: KeyPath = ("rights",)
    yield from checks.days(path, until=snippet.rights.until)
    if snippet.kind in WORDS and not snippet.text:
        yield Mistake((), "missing-key", f"this {snippet.kind} has no words", "Write text: and what she says.")
    if snippet.kind not in WORDS and not snippet.image:
        hint = "Write image: {src: media/one.jpg, alt: What it shows}."
        yield Mistake((), "missing-key", f"this {snippet.kind} has no picture", hint)
