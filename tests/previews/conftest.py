"""Looks and cards for tests."""

from io import BytesIO

import pytest
from PIL import Image

from storefront import engine, theme
from storefront.previews import Look


@pytest.fixture(scope="session")
def look() -> Look:
    """The look of the theme editorial."""
    return theme.load(engine.themes().parent, "editorial", {}, previews=True).look


@pytest.fixture
def red() -> bytes:
    """A red picture whose upper half is blue."""
    image = Image.new("RGB", (400, 1000), "#d00000")
    image.paste("#0000d0", (0, 0, 400, 500))
    out = BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()
