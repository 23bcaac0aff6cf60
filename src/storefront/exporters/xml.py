"""XML as feeds want it: elements with text that XML 1.0 can hold."""

import re

# Characters that XML 1.0 does not have.
_NONE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: str | None) -> str:
    """An element with a text; nothing where there is none."""
    return f"<{name}>{escaped(text)}</{name}>" if text else ""


def escaped(text: str) -> str:
    """Text as an element may hold it."""
    return _NONE.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
