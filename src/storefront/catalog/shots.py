"""Shots: pictures as facts hold them, ready for every place they stand in."""

from msgspec import Struct


class Crop(Struct, frozen=True, kw_only=True, gc=False):
    """A picture as it stands in one kind of place: files under media/ are `name`, "-", a width, and an ending.

    `part` is what is left of the source: left, top, width and height as fractions; `focus` is a point in that.
    """

    name: str
    sizes: tuple[tuple[int, int], ...]
    fallback: str
    part: tuple[float, float, float, float]
    focus: tuple[float, float] | None


class Shot(Struct, frozen=True, kw_only=True, gc=False):
    """A picture ready for pages: a crop for each slot, the link preview, and its mean colour unless it is clear."""

    crops: tuple[tuple[str, Crop], ...]
    share: tuple[str, int, int]
    colour: tuple[int, int, int] | None
    alt: str

    def crop(self, slot: str) -> Crop:
        """The crop for a slot; the first where there is none for it."""
        return next((crop for name, crop in self.crops if name == slot), self.crops[0][1])

    @property
    def largest(self) -> tuple[str, int, int]:
        """The largest file that programs other than browsers may show: its name, width and height."""
        crop = self.crops[0][1]
        return (f"{crop.name}-{crop.sizes[-1][0]}.webp", *crop.sizes[-1])

    @property
    def focus(self) -> tuple[float, float]:
        """The point of the whole picture that should stay in view, as fractions; the middle where none is given."""
        crop = self.crops[0][1]
        left, top, width, height = crop.part
        return (left + crop.focus[0] * width, top + crop.focus[1] * height) if crop.focus else (0.5, 0.5)
