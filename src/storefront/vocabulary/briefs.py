"""The rules for campaigns: what the file itself shows to be wrong."""

from collections.abc import Iterator

from storefront.problems import KeyPath, did_you_mean, shown
from storefront.vocabulary import checks
from storefront.vocabulary.campaign import Avoid, Campaign, Exclusivity, Message, Season
from storefront.vocabulary.common import Relationship, as_tuple
from storefront.vocabulary.validate import Mistake
from storefront.vocabulary.wordings import broken_tag, forbidden_criticism, found

WHOLE = 100  # per cent
UNTIED = frozenset({Relationship.NONE, Relationship.PURCHASED})


def of_campaign(campaign: Campaign) -> Iterator[Mistake]:
    """The rules for a campaign."""
    yield from checks.window(campaign, ())
    window = campaign.window
    yield from checks.moments(("window",), **{"from": window.starts, "until": window.until})
    if window.until and window.until[:10] < window.starts[:10]:
        yield Mistake(("window", "until"), "bad-date", "it ends before it begins", "Change from or until.")
    for i, each in enumerate(campaign.schedule):
        yield from checks.moments(("schedule", i), at=each.at)
    for i, deliverable in enumerate(campaign.deliverables):
        yield from checks.days(("deliverables", i), by=deliverable.by)
    if campaign.rights:
        yield from checks.days(("rights",), until=campaign.rights.until)
    yield from _silence(campaign)
    yield from _weights(campaign.messages)
    for i, avoid in enumerate(campaign.avoid):
        yield from _criticism(avoid, ("avoid", i, "pattern"))
    yield from _required(campaign)
    for i, clause in enumerate(campaign.exclusivity):
        yield from _exclusivity(clause, campaign, ("exclusivity", i))
    yield from _people(campaign)
    yield from _reward(campaign)


def _silence(campaign: Campaign) -> Iterator[Mistake]:
    if campaign.nda and not campaign.embargo_until:
        hint = "Write embargo_until: and the day or time from which its posts may be seen."
        yield Mistake(("nda",), "missing-key", "a non-disclosure agreement needs its end, embargo_until", hint)
    if campaign.nda and campaign.public:
        hint = "Delete public; the brief stays between those who signed."
        yield Mistake(("public",), "bad-value", "a campaign under a non-disclosure agreement has no page", hint)


def _weights(messages: dict[str, Message]) -> Iterator[Mistake]:
    """The weights of all messages make 100, in each season that has a weight of its own and in all others."""
    seasons = [season for season in Season if any(getattr(each, season) is not None for each in messages.values())]
    for season in (None, *seasons) if messages else ():
        total = sum(message.weight(season) for message in messages.values())
        if total != WHOLE:
            missing = f"Add {WHOLE - total} more." if total < WHOLE else f"Take {total - WHOLE} away."
            key = season or "default"
            hint = f"{missing} A message without {key} counts with its default." if season else missing
            yield Mistake(("messages",), "bad-value", f"the weights of {key} make {total} and not {WHOLE}", hint)


def _criticism(avoid: Avoid, path: KeyPath) -> Iterator[Mistake]:
    """No instruction may suppress what people think of a thing (16 CFR 465.7; Directive 2005/29/EC, Annex I, 23c)."""
    for part, words in forbidden_criticism(avoid.pattern):
        message = f"{shown(part)} would forbid criticism, such as “{words}”"
        hint = "Delete it: a campaign can forbid untrue claims, but no opinion of a product."
        yield Mistake(path, "forbidden-criticism", message, hint)


def _required(campaign: Campaign) -> Iterator[Mistake]:
    """Hashtags that networks would cut short, and words that the campaign avoids."""
    for i, each in enumerate(campaign.require):
        path = ("require", i, "pattern")
        for part in each.pattern.split("|"):
            if kept := broken_tag(part):
                message = f"the hashtag {shown(part)} would end after {shown(kept)}"
                yield Mistake(path, "bad-value", message, "Write letters, digits and _ alone, not only digits.")
        avoided = [next((a.pattern for a in campaign.avoid if found(a.pattern, part)), None)
                   for part in each.pattern.split("|")]  # fmt: skip
        if all(avoided):
            message = f"{shown(each.pattern)} is required, and {shown(avoided[0])} is avoided"
            yield Mistake(path, "contradiction", message, "Delete one of the two: no post can keep to both.")


def _exclusivity(clause: Exclusivity, campaign: Campaign, path: KeyPath) -> Iterator[Mistake]:
    """A clause binds somebody, ends some day, and not before it begins."""
    yield from checks.days(path, **{"from": clause.starts, "until": clause.until})
    window = campaign.window
    starts, until = clause.starts or window.starts, clause.until or window.until
    if not until:
        hint = "Write until: and the last day; without it nobody could ever show a competitor again."
        yield Mistake(path, "missing-key", "exclusivity needs its end, and the window has none", hint)
    elif until[:10] < starts[:10] and not (clause.starts and clause.until):
        yield Mistake(path, "bad-date", "it ends before it begins", "Write both from and until.")
    if not campaign.participants:
        hint = "Write participants: exclusivity binds only those who have agreed to it."
        yield Mistake(path, "missing-key", "exclusivity binds participants, and there are none", hint)
    if campaign.brand in clause.brands:
        where = (*path, "brands", clause.brands.index(campaign.brand))
        hint = "Name its competitors."
        yield Mistake(where, "bad-value", f"{campaign.brand} is the brand whose campaign it is", hint)


def _people(campaign: Campaign) -> Iterator[Mistake]:
    handles = [each.creator for each in campaign.participants]
    for i, participant in enumerate(campaign.participants):
        path = ("participants", i)
        yield from checks.amounts(path, fee=participant.fee, gift=participant.gift)
        if participant.creator in handles[:i]:
            message = f"{participant.creator} is there twice"
            yield Mistake((*path, "creator"), "duplicate-id", message, "Put both into one.")
    named: list[tuple[KeyPath, tuple[str, ...]]] = [
        (("schedule", i), each.who) for i, each in enumerate(campaign.schedule)
    ]
    named += [(("deliverables", i), each.who) for i, each in enumerate(campaign.deliverables)]
    named += [(("exclusivity", i), each.who) for i, each in enumerate(campaign.exclusivity)]
    for where, who in named:
        for j, handle in enumerate(who):
            if handle not in handles:
                hint = did_you_mean(handle, handles) or "Add her under participants."
                message = f"{handle} is not among the participants"
                yield Mistake((*where, "who", j), "unknown-reference", message, hint)


def _reward(campaign: Campaign) -> Iterator[Mistake]:
    """Money or a gift beside the word that there is no tie."""
    yield from checks.amounts((), budget=campaign.budget)
    yield from checks.tie(campaign.disclosure, ("disclosure",))
    stated = as_tuple(campaign.disclosure)
    if not UNTIED.isdisjoint(stated) and (len(stated) > 1 or any(p.fee or p.gift for p in campaign.participants)):
        word = next(each for each in stated if each in UNTIED)
        hint = "Write what taking part means, such as paid or gifted."
        message = f"disclosure says {word}, and something is given"
        yield Mistake(("disclosure",), "contradiction", message, hint)
