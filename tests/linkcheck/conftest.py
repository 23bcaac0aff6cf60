"""Shops that live as long as one test."""

import pytest
from shopworld import open_shops


@pytest.fixture
def shops():
    with open_shops() as opened:
        yield opened
