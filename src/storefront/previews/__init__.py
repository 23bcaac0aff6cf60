"""Previews: the card that is seen where a page's address is shared. A card is data; a look makes a picture of it."""

from storefront.previews.card import HEIGHT, WIDTH, Card, Colours, Font, Fonts, Look, file_name
from storefront.previews.faces import written
from storefront.previews.looks import Settings, Unfit, light, look
from storefront.previews.shelf import fill, missing, one

__all__ = [
    "HEIGHT",
    "WIDTH",
    "Card",
    "Colours",
    "Font",
    "Fonts",
    "Look",
    "Settings",
    "Unfit",
    "file_name",
    "fill",
    "light",
    "look",
    "missing",
    "one",
    "written",
]
