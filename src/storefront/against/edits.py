"""One review then and now: which changes bend it. Pure functions.

A review grows: what is new goes into `updates`, and what was said stays. Words may be mended until a
brand has answered them; after that an answer must not lose what it answers.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from storefront.problems import KeyPath
from storefront.vocabulary.curation import Review, Update
from storefront.vocabulary.validate import Mistake

WORDS = ("title", "body", "pros", "cons", "aspects", "provenance", "date")  # what an answer may be about
KEEP = "Write it as it was, and say what is new under updates: with its date."


def bent(old: Review, new: Review) -> Iterator[Mistake]:
    """Every change that bends a review, at the key of the new one where it shows."""
    if new.removed:  # it says so itself
        return
    yield from _stars(old, new)
    if not old.removed:
        yield from _answers(old, new)
        if old.responses and len(new.updates) <= len(old.updates):
            yield from _words(old, new)


def _stars(old: Review, new: Review) -> Iterator[Mistake]:
    """Ratings stay, the first and every later one; a new one is an update. A tombstone may have none."""
    if old.rating != new.rating and not (old.removed and old.rating is None):
        message = f"the rating was {_said(old.rating)} and is {_said(new.rating)}"
        hint = f"{_keep(old.rating)}, and write a new rating under updates: with its date."
        yield Mistake(("rating",), "review-stars", message, hint)
    here = Counter(map(_rated, new.updates))
    for update in old.updates:
        here[_rated(update)] -= 1
        if here[_rated(update)] < 0:
            code = "review-stars" if update.rating is not None else "review-edited"
            message = f"the update of {update.date} ({_said(update.rating)}) is not there as it was"
            yield Mistake(("updates",), code, message, "Put it back; what is new is an update of its own.")


def _answers(old: Review, new: Review) -> Iterator[Mistake]:
    """A brand's answers stay: without them nobody could see that the words came first."""
    here = Counter(response.by for response in new.responses)
    for brand, count in Counter(response.by for response in old.responses).items():
        if here[brand] < count:
            message = f"an answer of {brand} is gone"
            yield Mistake(("responses",), "review-edited", message, "Put it back under responses:.")


def _words(old: Review, new: Review) -> Iterator[Mistake]:
    """What was said, and what was received for it, once a brand has answered."""
    for key in WORDS:
        if _plain(getattr(old, key)) != _plain(getattr(new, key)):
            yield Mistake((key,), "review-edited", f"{key} was changed after a brand had answered", KEEP)
    if old.incentive and new.incentive != old.incentive:
        message = "what was received for the review was changed after a brand had answered"
        yield Mistake(("incentive",), "review-edited", message, KEEP)
    yield from _texts(old.updates, new.updates)


def _texts(old: Sequence[Update], new: Sequence[Update]) -> Iterator[Mistake]:
    """Updates of the same day and rating that say something else; there may be several on one day."""
    said = {(*_rated(update), _plain(update.text)) for update in old}
    here = Counter((*_rated(update), _plain(update.text)) for update in new)
    for update in old:
        here[*_rated(update), _plain(update.text)] -= 1
        if here[*_rated(update), _plain(update.text)] < 0:
            message = f"the update of {update.date} was changed after a brand had answered"
            same = [index for index, each in enumerate(new) if _rated(each) == _rated(update)]
            if not same:  # told as stars that are gone
                continue
            changed = [index for index in same if (*_rated(new[index]), _plain(new[index].text)) not in said]
            path: KeyPath = ("updates", changed[0], "text") if changed else ("updates",)
            yield Mistake(path, "review-edited", message, KEEP)


def _rated(update: Update) -> tuple[str, float | None]:
    return update.date, update.rating


def _plain(value: object) -> object:
    """A text without its line breaks: to wrap it anew is no change."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _said(rating: float | None) -> str:
    return "none" if rating is None else f"{rating:g}"


def _keep(rating: float | None) -> str:
    return "Leave rating: out" if rating is None else f"Write rating: {rating:g}"
