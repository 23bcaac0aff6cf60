"""Leaks: whether what was built holds anything of a record that must not be seen at the moment."""

from storefront.leaks.run import Looked, leaks

__all__ = ["Looked", "leaks"]
