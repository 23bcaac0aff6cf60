"""Importers of products: from shops' and networks' feeds to products with their offers."""
