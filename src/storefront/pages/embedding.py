"""The code that puts an embed into another site's page."""

from storefront.escaping import escaped

WIDTH, HEIGHT = 600, 480  # what an iframe asks for; the embed fits any width from 240 on and scrolls where it is higher


def snippet(url: str, title: str) -> str:
    """What to paste into another site's page. The address is absolute."""
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<iframe src="{escaped(url)}" title="{escaped(title)}" {size} loading="lazy"></iframe>'
