"""Mistakes in content, as values: every one at once, each with its place and the fix.

`CATALOGUE` names every code and is the source of the reference page. Nothing here prints.
"""

import errno
from collections.abc import Iterable, Sequence

from msgspec import Struct

CATALOGUE: dict[str, str] = {
    "no-content": "There is no content folder, or no content/site.yaml, where the command was run.",
    "unreadable": "A file cannot be read, is too large, is a link, or lies where nothing is looked for.",
    "not-utf8": "A file is not UTF-8 text. Save it as UTF-8 in your editor.",
    "yaml-syntax": "The YAML cannot be read: a bracket, quote or indent is off, or a tab indents a line.",
    "yaml-feature": "YAML can do more than content needs: anchors, aliases, tags and second documents are refused.",
    "yaml-limit": "A file is deeper or larger than any curation should be.",
    "duplicate-key": "The same key stands twice in one place; only one of them could count.",
    "unknown-key": "A key that storefront does not know. Keys that begin with x- are free for your own use.",
    "missing-key": "A key that must be there is not.",
    "wrong-type": "A value is of another kind than the key wants.",
    "bad-value": "A value has the right kind and a form or size that is not allowed.",
    "bad-date": "A day or time that does not exist, or an end before its start.",
    "bad-money": "An amount or currency code that cannot be.",
    "bad-gtin": "A GTIN whose check digit does not fit: a digit is wrong or missing.",
    "bad-link": "A web address that cannot be published: not https, a user name in it, or somebody else's tracking.",
    "wrong-name": "The id or handle written in a file differs from the file's own name.",
    "duplicate-id": "Two records of one kind have the same id.",
    "duplicate-url": "Two things would stand at one address.",
    "reserved-name": "A name that the site needs for itself, or that no folder on Windows can have.",
    "unknown-reference": "A record names another one that does not exist.",
    "missing-image": "A picture that does not exist where its path says.",
    "bad-image": "A picture that cannot be used: damaged, too large, or of a kind that browsers cannot show.",
    "no-relationship": "A link to a shop without a word on how the creator came to the thing.",
    "contradiction": "A record says that there is no tie, and its link earns a commission.",
    "forbidden-ask": "A reviewer is asked to post a review at a shop that takes none of its kind.",
    "generous-gift": "A gift worth more than the site's limit, to which nobody is said to have agreed.",
    "forbidden-criticism": "A campaign tells its creators to avoid words that criticise a thing.",
    "avoided-words": "A text of a campaign holds words that the campaign avoids.",
    "required-words": "A post of a campaign lacks a hashtag, a mention or words that the campaign requires.",
    "exclusivity": "A creator newly shows a thing of a competitor while a campaign's exclusivity binds her.",
    "outside-markets": "A campaign's creator, code or product reaches none of the markets that it runs in.",
    "expired-rights": "Pictures of a post are left out because their rights have ended. It is told, and stops nothing.",
    "day-ahead": "A post, review or price of a day that lies ahead is shown already. It is told, and stops nothing.",
    "wording": "A label, hashtag or phrase that discloses too little, or denies what is disclosed beside it.",
    "undisclosed": "A built page shows a thing with a tie, and its label is missing, hidden, late or wrong.",
    "unstated": "A built page lacks its statement, or a network's sentence, where the law or a contract wants it.",
    "untold-recall": "A built page shows a recalled product, and the notice cannot be read on it.",
    "unaccounted": "A built page links to a shop, and no record of the page says so.",
    "wrong-rel": "A link to a shop on a built page says too little of itself, or hides where the visit comes from.",
    "missing-affiliate-id": "A network's link cannot be made because an id is missing.",
    "unknown-network": "A merchant names an affiliate network that storefront does not know.",
    "unknown-market": "A market without a disclosure pack.",
    "unknown-timezone": "A time zone that the tz database does not know.",
    "host-limit": "A host cannot hold what the site asks of it: it has no redirects, or takes fewer or shorter ones.",
    "review-gone": "A review that a commit showed is gone or hidden, or a theme drops the note on a removed one.",
    "review-stars": "A review lost or gained stars without an update that says so.",
    "review-edited": "A review was rewritten after a brand had answered it.",
    "praise-alone": "A review of something given or paid for has every star and names nothing against it.",
    "outside-interests": "A creator shows a thing that meets none of the interests she declares, and does not say why.",
    "no-interests": "Creators declare no interests with which the things that they show could be compared.",
    "address-gone": "An address that is published would be gone, and lead nowhere.",
    "unformatted": "A file is not laid out as storefront fmt does it.",
    "differs": "A file of the output is not what a build from nothing makes.",
    "not-as-built": "The output to be deployed is not what a build made: changed, incomplete, or a preview.",
    "not-as-listed": "A file of a published site is missing, changed, or not in its list of digests.",
    "leak": "A built file holds something of a record that must not be seen.",
    "personal": "A text holds an e-mail address, a phone number or a street address, and nobody said it is meant.",
    "minors": "A record would tell the name, the place or a contact of somebody under age.",
    "secret": "An address or text holds a key, a token, a signature or a password.",
    "low-contrast": "An accent colour that cannot be read on the grounds of the theme.",
    "theme": "The theme cannot be used: a file is missing, or a template fails.",
    "unknown-log": "A log or export is in none of the formats that are read.",
    "internal": "storefront itself is at fault. Please report it with the message.",
    "output": "The output folder holds files that storefront did not write.",
}
# What is told to whoever asks for it, and is nothing that anybody has to change.
ADVICE = frozenset({"praise-alone", "outside-interests", "no-interests"})


LISTED = 12  # so many allowed words still help; more would hide the answer
LIKE, LIKER = 0.6, 0.7  # from which share of common letters on two words may be one, misspelt
SHOWN = 80  # characters of a value from content in a message


KeyPath = tuple[str | int, ...]  # the way to a value inside a file: keys of groups, and numbers of entries in lists


class Place(Struct, frozen=True):
    """Where a mistake stands. `line` and `column` count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(Struct, frozen=True):
    """One mistake: `code` of the catalogue, what is wrong, and what to do about it."""

    code: str
    message: str
    place: Place
    hint: str = ""
    related: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise ValueError(f"problem code {self.code!r} is not in the catalogue")


class ProblemsFound(Exception):
    """Carries problems out of a stage that cannot go on without its input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{len(self.problems)} problems")


class EnvironmentFailure(Exception):
    """The machine is at fault, not the content: no space, no permission, another build running."""


_OF_MACHINE = {
    errno.EIO,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOMEM,
    errno.EMFILE,
    errno.ENFILE,
    errno.ESTALE,
    errno.ETIMEDOUT,
}


def unless_of_machine(error: OSError, file: str) -> None:
    """Raise `EnvironmentFailure` for what no change of a file can mend: a damaged disk, or no room, memory or handles.

    What is left is about the file: it is not there, or nobody may read it.
    """
    if error.errno in _OF_MACHINE:
        raise EnvironmentFailure(f"{error.strerror}: {file}") from error


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file and place, each once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.place.file, p.place.line, p.place.column, p.code, p.message))


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word most like `word`, if any is like it: more so where even the first letters differ."""
    from difflib import SequenceMatcher, get_close_matches

    plain = word.lower()
    found = get_close_matches(plain, {a.lower(): a for a in sorted(allowed)}, n=1, cutoff=LIKE)
    if found and found[0][:1] != plain[:1] and SequenceMatcher(None, found[0], plain).ratio() < LIKER:
        return None
    return next((a for a in sorted(allowed) if found and a.lower() == found[0]), None)


def did_you_mean(word: str, allowed: Sequence[str]) -> str:
    """A hint with the nearest right spelling, else with what is allowed when that is short."""
    near = nearest(word, allowed)
    if near:
        return f"Did you mean {near}?"
    return f"Allowed: {', '.join(sorted(allowed))}." if 0 < len(allowed) <= LISTED else ""


def shown(value: object) -> str:
    """A value from content, safe to print: one line, no control characters, at most 80 characters."""
    text = str(value)
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "…"
