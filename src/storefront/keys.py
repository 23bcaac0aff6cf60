"""Keys: a digest of everything that a page's bytes depend on. Equal key, equal bytes."""

from typing import Any

from storefront import digests, engine
from storefront.catalog.facts import Fact
from storefront.pages.planned import Planned


class Keys:
    """Makes the keys of one build; a fact that many pages read is digested once."""

    def __init__(self, theme: str) -> None:
        self._base = (engine.fingerprint(), theme)
        self._facts: dict[str, str] = {}

    def of(self, page: Planned) -> str:
        """The key of a page: the engine, the theme, its maker, and each of its inputs."""
        inputs = [self._part(getattr(page.inputs, name)) for name in page.inputs.__struct_fields__]
        return digests.of_value((self._base, page.path, page.make.__module__, page.make.__qualname__, inputs))

    def _part(self, value: Any) -> Any:
        if isinstance(value, Fact):
            known = self._facts.get(value.ref)
            if known is None:
                known = self._facts[value.ref] = digests.of_value(value)
            return known
        if isinstance(value, tuple):
            return [self._part(each) for each in value]
        return value
