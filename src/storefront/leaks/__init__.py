"""Leaks: whether what was built holds anything of a record that must not be seen at the moment."""

from storefront.leaks.run import Search, leaks

__all__ = ["Search", "leaks"]
