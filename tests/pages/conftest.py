"""What the tests of pages share."""

import pytest

import facts
from storefront.pages.voice import Voice, voice


@pytest.fixture
def spoken() -> Voice:
    """English, labels as in the United States."""
    return voice(facts.site())


@pytest.fixture
def below() -> Voice:
    """The voice of a site that stands below a path."""
    return voice(facts.site(url="https://host.example/shop", base="/shop"))
