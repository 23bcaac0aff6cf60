"""Previews: the card that is seen where a page's address is shared. A card is data; a look makes a picture of it.

The shelf of finished ones is a room apart (`shelf`): not everybody needs what drawing and processes take to import.
"""

from storefront.previews.card import HEIGHT, WIDTH, Card, Colours, Font, Fonts, Look, file_name
from storefront.previews.faces import written
from storefront.previews.looks import Settings, Unfit, light, look

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
    "light",
    "look",
    "written",
]
