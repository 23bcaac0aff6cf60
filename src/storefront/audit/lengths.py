"""Lengths and numbers of a stylesheet, worked out for a screen: `max(1em, .875rem)` is 16 pixels."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

# In pixels, with letters of the usual size. Of the screen's and a container's sizes a hundredth each is a unit.
_UNITS: dict[str, float] = {
    "": 1,
    "px": 1,
    "em": 16,
    "rem": 16,
    "ic": 16,
    "ric": 16,
    "lh": 20,
    "rlh": 20,
    "ex": 8,
    "rex": 8,
    "ch": 8,
}
_UNITS |= {"rch": 8, "cap": 11, "rcap": 11, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "q": 0.945}
_UNITS |= {"deg": 1, "turn": 360, "rad": 57.3, "grad": 0.9, "fr": 1, "s": 1}
_screen = re.compile(r"(?:[sld]?v[wh]|[sld]?v(?:min|max|[ib])|cq(?:[whib]|min|max))$").match
_inset = re.compile(r"env\([^()]*\)")  # what a phone keeps free at its edges
_token = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-z]+|%)?|([a-z-]*\()|([-+*/(),])|(\S)", re.IGNORECASE)
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "(": lambda value: value,
    "calc(": lambda value: value,
    "min(": min,
    "max(": max,
    "clamp(": lambda least, value, most: max(least, min(value, most)),
    "abs(": abs,
}


@lru_cache(maxsize=4096)
def measured(value: str, screen: float, percent: float) -> float | None:
    """What a value comes to on a screen of a width, where one percent is as much as `percent`; None if it is no sum."""
    try:
        return _Sum(value, screen, percent).whole()
    except (ValueError, ArithmeticError, TypeError):
        return None


class _Sum:
    def __init__(self, value: str, screen: float, percent: float) -> None:
        self.tokens = list(_token.finditer(_inset.sub("0px", value.lower())))
        self.at, self.screen, self.percent = 0, screen, percent

    def whole(self) -> float:
        found = self.sum()
        if self.at < len(self.tokens):
            raise ValueError
        return found

    def sum(self) -> float:
        found = self.product()
        while (sign := self.sign()) in {"+", "-"}:
            self.at += 1
            found += self.product() * (1 if sign == "+" else -1)
        return found

    def product(self) -> float:
        found = self.factor()
        while (sign := self.sign()) in {"*", "/"}:
            self.at += 1
            found = found * self.factor() if sign == "*" else found / self.factor()
        return found

    def sign(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def factor(self) -> float:
        if self.at >= len(self.tokens):
            raise ValueError
        number, unit, function = self.tokens[self.at].group(1, 2, 3)
        self.at += 1
        if number:
            return float(number) * self.unit(unit or "")
        if function not in _FUNCTIONS:
            raise ValueError
        given = [self.sum()]
        while self.sign() == ",":
            self.at += 1
            given.append(self.sum())
        if self.sign() != ")":
            raise ValueError
        self.at += 1
        return _FUNCTIONS[function](*given)

    def unit(self, name: str) -> float:
        if name == "%":
            return self.percent
        if _screen(name):
            return self.screen / 100
        if name not in _UNITS:
            raise ValueError
        return _UNITS[name]
