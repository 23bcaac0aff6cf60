"""storefront: a static-site generator for shoppable creator pages."""

__version__ = "0.1.0"
