"""Saved pages: what a shop's page says of its product, and what a page of links says of picks. Nothing is fetched."""
