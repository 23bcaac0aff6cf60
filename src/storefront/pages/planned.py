"""Pages to be made: what a route table gives."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from storefront.pages import views


class Planned(Struct, frozen=True, gc=False):
    """A page to be made: its address, and a pure function with all that it reads. `ref` names the fact it is about.

    `recalled` is whether the site has recalls at all, so that it has to be looked whether the page shows one's product.
    """

    path: str
    make: Callable[[Any], views.Sheet | bytes]
    inputs: Struct
    ref: str = ""
    recalled: bool = False
