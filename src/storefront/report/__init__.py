"""Reports: what campaigns and links have come to, counted from content and from what was imported. No page has them."""
