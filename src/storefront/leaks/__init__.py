"""Leaks: whether what was built holds anything of a record that must not be seen at the moment."""

from storefront.leaks.run import SearchResult, leaks

__all__ = ["SearchResult", "leaks"]
