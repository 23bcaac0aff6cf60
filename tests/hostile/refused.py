"""What must be refused where it stands: files, each with one mistake, its code and its line."""

from typing import NamedTuple


class Refused(NamedTuple):
    """A file that must be refused. `line` is 0 where only the file can be named."""

    family: str
    name: str
    file: str
    data: bytes
    code: str
    line: int


def _quoted(text: str) -> str:
    """A text in YAML's double quotes, with what cannot stand there written as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Addresses. Each is put where a shop's, a brand's, a profile's, a post's and the site's own address stand.
URLS = {
    "javascript": "javascript:alert(1)",
    "javascript in capitals": "JaVaScRiPt:alert(1)",
    "javascript after a space": " javascript:alert(1)",
    "javascript with slashes": "javascript://shop.example/%0aalert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "file": "file:///etc/passwd",
    "http": "http://shop.example/",
    "ftp": "ftp://shop.example/",
    "blob": "blob:https://shop.example/x",
    "view source": "view-source:https://shop.example/",
    "feed": "feed:javascript:alert(1)",
    "intent": "intent://shop.example#Intent;scheme=https;end",
    "no scheme": "shop.example/x",
    "two slashes": "//shop.example/x",
    "three slashes": "https:///shop.example/x",
    "one slash": "https:/shop.example/x",
    "no host": "https://",
    "only a query": "https://?x",
    "user name": "https://shop.example@evil.example/",
    "user and password": "https://a:b@shop.example/",
    "backslash": "https://shop.example\\@evil.example/",
    "backslash path": "https://shop.example/a\\b",
    "quote": 'https://shop.example/"onclick="alert(1)',
    "tag": "https://shop.example/<script>alert(1)</script>",
    "space": "https://shop.example/a b",
    "backtick": "https://shop.example/`x`",
    "braces": "https://shop.example/{{x}}",
    "pipe": "https://shop.example/a|b",
    "caret": "https://shop.example/a^b",
    "carriage return encoded": "https://shop.example/%0d%0aX-Evil:1",
    "line feed encoded": "https://shop.example/%0Ax",
    "NUL encoded": "https://shop.example/%00x",
    "delete encoded": "https://shop.example/%7fx",
    "loopback": "https://127.0.0.1/",
    "integer host": "https://2130706433/",
    "hexadecimal host": "https://0x7f000001/",
    "octal host": "https://0177.0.0.1/",
    "short host": "https://127.1/",
    "IPv6": "https://[::1]/",
    "IPv6 mapped": "https://[::ffff:127.0.0.1]/",
    "localhost": "https://localhost/",
    "metadata service": "https://169.254.169.254/latest/",
    "one label": "https://intranet/",
    "dot at the end": "https://shop.example./",
    "empty label": "https://shop..example/",
    "hyphen first": "https://-shop.example/",
    "hyphen last": "https://shop-.example/",
    "underscore": "https://sh_op.example/",
    "port": "https://shop.example:8443/",
    "port 0": "https://shop.example:0/",
    "port without number": "https://shop.example:/",
    "port no number": "https://shop.example:a/",
    "Cyrillic letter": "https://shоp.example/",
    "full-width letters": "https://ｓｈｏｐ.example/",
    "ideographic dot": "https://shop。example/",
    "soft hyphen encoded as text": "https://sh­op.example/",
    "letters in path": "https://shop.example/ä",
    "too long": "https://shop.example/" + "a" * 2040,
}  # fmt: skip
PLACES = {
    "item.link": ("content/influencers/maya/lists/{n}.yaml", "title: X\nitems:\n- title: T\n  link: {v}\n  relationship: purchased\n", 4),
    "brand.url": ("content/brands/{n}.yaml", "name: X\nurl: {v}\n", 2),
    "merchant.url": ("content/merchants/{n}.yaml", "name: X\nurl: {v}\n", 2),
    "profile.url": ("content/influencers/{n}.yaml", "name: X\nprofiles:\n- network: instagram\n  url: {v}\n", 4),
    "post.url": ("content/influencers/maya/posts/{n}.yaml", "date: 2026-11-01\ntitle: X\nurl: {v}\n", 3),
}  # fmt: skip

LIST = "content/influencers/maya/lists/{n}.yaml"
PRODUCT = "content/products/{n}.yaml"
PRODUCT_HEAD = "title: X\nbrand: fjell\ncategory: C\n"
# family: (file, what stands before the value with {v} for it, the line, the codes that are right, the values)
VALUES: dict[str, tuple[str, str, int, str, dict[str, str]]] = {
    "colour": ("content/influencers/{n}.yaml", "name: X\naccent: {v}\n", 2, "bad-value", {
        "style": "red;background:url(https://evil.example)", "end": "#fff}body{x:y", "function": "rgb(1,2,3)",
        "expression": "expression(alert(1))", "short": "#fff", "long": "#ff00ff00", "name": "red", "no digits": "#gggggg",
        "line feed": "#aabbcc\n}", "variable": "var(--x)", "comment": "#aabbcc/*", "full width": "＃ａａｂｂｃｃ",
        "Arabic digits": "#١٢٣٤٥٦", "empty": " ",
    }),
    "price": (PRODUCT, PRODUCT_HEAD + "offers:\n- merchant: nordshop\n  link: https://nordshop.example/x\n  as_of: 2026-11-20\n  price: {v}\n", 8, "bad-value bad-money", {
        "script": "<script>1</script> GBP", "negative": "-1.00 GBP", "exponent": "1e9 GBP", "infinity": "inf GBP",
        "not a number": "nan GBP", "hexadecimal": "0x10 GBP", "Arabic digits": "١٢ GBP", "full width": "１２ GBP",
        "huge": "9" * 40 + " GBP", "many places": "1.123456 GBP", "no currency": "12", "odd currency": "12 XYZ",
        "lower case": "12 gbp", "symbol": "£12", "comma": "1,000.00 GBP", "line feed": "12 GBP\nx", "two": "12 GBP 13 GBP",
        "formula": "=1+1 GBP",
    }),
    "slug": (LIST, "title: X\nitems:\n- product: {v}\n  relationship: purchased\n", 3, "bad-value", {
        "dots": "../../etc/passwd", "slash": "a/b", "absolute": "/etc/passwd", "backslash": "a\\b", "capital": "Tee",
        "accent": "té", "quote": 'a"b', "tag": "<b>", "space": "a b", "two hyphens": "a--b", "hyphen first": "-a",
        "hyphen last": "a-", "dot": "a.b", "underscore": "a_b", "percent": "a%2fb", "line feed": "a\nb", "long": "a" * 65,
        "full width": "ａ", "Kelvin": "\u212a", "long s": "\u017f", "dotless": "ı", "Cyrillic": "а", "at": "@a",
        "tilde": "~a", "wild": "a*", "empty": " ",
    }),
    "picture path": (PRODUCT, PRODUCT_HEAD + "images:\n- src: {v}\n  alt: X\n", 5, "bad-value", {
        "up": "../../../etc/passwd", "up to a picture": "../../../../x.png", "absolute": "/../etc/x.png", "root": "/etc/passwd",
        "up in the middle": "media/../../x.png", "backslash": "media\\x.png", "drive": "C:\\x.png", "drive slash": "C:/x.png",
        "share": "\\\\host\\x.png", "two slashes": "//evil.example/x.png", "address": "https://evil.example/x.png",
        "file address": "file:///etc/x.png", "data": "data:image/png;base64,AAAA", "hidden": ".git/x.png",
        "hidden inside": "media/.x.png", "dot": "./x.png", "no ending": "media/x", "long ending": "media/x.phtml5",
        "quote": 'media/".png', "tag": "media/<img>.png", "query": "media/x.png?a", "fragment": "media/x.png#a",
        "percent": "media/%2e%2e/x.png", "tilde": "~/x.png", "variable": "$HOME/x.png", "line feed": "media/x\n.png",
        "device": "media/NUL:.png", "stream": "media/x.png::$DATA", "long": "a" * 201 + ".png", "wild": "media/*.png",
        "up by folders": "media/x/../../../x.png",
    }),
    "rating": ("content/influencers/maya/reviews/{n}.yaml", "product: merino-tee\ndate: 2026-11-01\nprovenance: purchased\nrating: {v}\n", 4, "bad-value", {
        "six": "6", "negative": "-1", "not a number": "nan", "infinity": "inf", "exponent": "1e1", "script": "<b>4</b>",
        "third": "4.3", "hexadecimal": "0x4", "Arabic digits": "٤", "two": "4 5", "zero": "0", "huge": "9" * 5000,
    }),
    "day": ("content/influencers/maya/posts/{n}.yaml", "title: X\ndate: {v}\n", 2, "bad-value bad-date", {
        "never": "2025-02-30", "month": "2025-13-01", "year 0": "0000-01-01", "script": "<script>", "Arabic digits": "٢٠٢٥-٠١-٠١",
        "long": "12025-01-01", "slashes": "01/02/2025", "time": "2025-01-01T10:00:00Z", "line feed": "2025-01-01\nx", "full width": "２０２５-01-01",
        "words": "yesterday", "negative": "-2025-01-01",
    }),
    "moment": (PRODUCT, PRODUCT_HEAD + "from: {v}\n", 4, "bad-value bad-date", {
        "hour": "2025-01-01T25:00", "minute": "2025-01-01T10:60", "zone": "2025-01-01T10:00+99:99", "leap second": "2025-01-01T10:00:60Z",
        "overflow": "9999-12-31T23:59:59-23:59", "underflow": "0001-01-01T00:00:00+23:59", "script": "<script>",
    }),
    "number": ("content/brands/{n}.yaml", "name: X\nresponse_days: {v}\n", 2, "bad-value", {
        "negative": "-1", "zero": "0", "huge": "9" * 4000, "float": "1.5", "hexadecimal": "0x10",
        "underscore": "1_0", "Arabic digits": "١٠", "script": "<script>",
    }),
    "one line": ("content/brands/{n}.yaml", "name: {v}\n", 1, "bad-value", {
        "two lines": "a\nb", "long": "a" * 301, "blank": "   ", "no-break space": "\u00a0",
    }),
    "language": ("content/influencers/{n}.yaml", "name: X\nlocale: {v}\n", 2, "bad-value", {
        "path": "../../etc", "script": "<script>", "quote": 'en"onload="x', "modifier": "en@x", "capitals": "EN", "long": "english",
    }),
    "market": ("content/influencers/{n}.yaml", "name: X\nlocale: en\nmarkets: [{v}]\n", 3, "bad-value unknown-market", {
        "path": "../gb", "script": "<script>", "unknown": "zz", "absolute": "/etc/passwd",
    }),
    "country": ("content/brands/{n}.yaml", "name: X\ncountry: {v}\n", 2, "bad-value", {
        "script": "<b>", "small": "no", "long": "NOR", "emoji": "🇳🇴",
    }),
    "promo code": ("content/influencers/{n}.yaml", "name: X\npromos:\n  {v}: {{merchant: nordshop}}\n", 3, "bad-value", {
        "script": "<script>", "quote": 'A"B', "space": "A B", "formula": "=A1", "short": "A", "long": "A" * 33, "line feed": "A\nB",
    }),
    "number of a thing": (PRODUCT, PRODUCT_HEAD + "gtin: {v}\n", 4, "bad-value bad-gtin", {
        "script": "<script>", "letters": "50123456789AB", "check digit": "5012345678901", "Arabic digits": "٥٠١٢٣٤٥٦٧٨٩٠٠",
    }),
    "key": (PRODUCT, PRODUCT_HEAD + "{v}: x\n", 4, "unknown-key", {
        "script": "<script>", "dunder": "__class__", "prototype": "__proto__", "quote": 'a"b', "template": "{{x}}", "empty": "",
        "long": "a" * 900, "log command": "::error::x", "old log command": "##[error]x",
    }),
    "reference": (LIST, "title: X\nitems:\n- product: {v}\n  relationship: purchased\n", 3, "unknown-reference", {
        "unknown": "nothing-of-the-kind", "reserved": "products", "device": "con",
    }),
}  # fmt: skip

# Files that no YAML of ours may be; the code, and the line or 0.
BRAND = "content/brands/{n}.yaml"
YAML: dict[str, tuple[bytes, str, int]] = {
    "alias": (b"name: &a X\ndescription: *a\n", "yaml-feature", 1),
    "alias bomb": (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "yaml-feature", 1),
    "merge": (b"name: X\n<<: {description: x}\n", "yaml-feature", 2),
    "tag of a type": (b"name: !!str X\n", "yaml-feature", 1),
    "tag of Python": (b"name: !!python/object/apply:os.system [id]\n", "yaml-feature", 1),
    "tag of one's own": (b"name: !evil X\n", "yaml-feature", 1),
    "tag with an address": (b"name: !<tag:evil.example> X\n", "yaml-feature", 1),
    "binary": (b"name: !!binary aGk=\n", "yaml-feature", 1),
    "second document": (b"name: X\n---\nname: Y\n", "yaml-feature", 2),
    "list as a key": (b"name: X\n? [a]\n: b\n", "yaml-feature", 2),
    "tag directive": (b"%TAG ! tag:evil.example,2000:\n---\nname: !x X\n", "yaml-feature", 3),
    "YAML 9": (b"%YAML 9.9\n---\nname: X\n", "yaml-syntax", 1),
    "deep list": (b"name: X\ndescription: " + b"[" * 17 + b"]" * 17 + b"\n", "yaml-limit", 2),
    "deep map": (b"name: " + b"{a: " * 50 + b"x" + b"}" * 50, "yaml-limit", 1),
    "deep lines": (b"name: X\nx-a:\n" + b"".join(b" " * n + b"- \n" for n in range(1, 40)), "yaml-limit", 18),
    "unclosed brackets": (b"name: " + b"[" * 100_000, "yaml-limit", 1),
    "unclosed braces": (b"name: " + b"{" * 50_000, "yaml-limit", 1),
    "many brackets": (b"name: " + b"[" * 50_000 + b"]" * 50_000, "yaml-limit", 1),
    "question marks": (b"? " * 20_000, "yaml-feature", 1),
    "large": (b"name: X\n" + b"#" * (1024 * 1024), "yaml-limit", 0),
    "many entries": (b"name: X\nx-a:\n" + b"- a\n" * 10_001, "yaml-limit", 10_003),
    "many keys": (b"name: X\n" + b"".join(b"x-%d: a\n" % n for n in range(10_001)), "yaml-limit", 10_001),
    "many in one line": (b"name: X\nx-a: [" + b"a," * 20_000 + b"]\n", "yaml-limit", 2),
    "duplicate key": (b"name: X\nname: Y\n", "duplicate-key", 2),
    "empty": (b"", "yaml-syntax", 0),
    "only a comment": (b"# nothing\n", "yaml-syntax", 0),
    "text alone": (b"words\n", "wrong-type", 1),
    "list alone": (b"- words\n", "wrong-type", 1),
    "nothing alone": (b"~\n", "wrong-type", 1),
    "tab": (b"name: X\n\turl: x\n", "yaml-syntax", 2),
    "unclosed quote": (b'name: "X\n', "yaml-syntax", 1),
    "Latin-1": (b"name: Fj\xe4ll\n", "not-utf8", 1),
    "UTF-16": ("name: X\n".encode("utf-16"), "not-utf8", 1),
    "UTF-32": ("name: X\n".encode("utf-32"), "not-utf8", 1),
    "UTF-7": (b"name: X\nnam: +ADw-script+AD4-\n", "unknown-key", 2),
    "overlong": (b"name: \xc0\xbcscript\n", "not-utf8", 1),
    "half a letter": (b"name: \xe2\x82\n", "not-utf8", 1),
    "surrogate bytes": (b"name: \xed\xa0\x80\n", "not-utf8", 1),
    "surrogate escape": (b'name: "\\ud800"\n', "yaml-syntax", 1),
    "surrogate pair": (b'name: "\\ud83d\\ude00"\n', "yaml-syntax", 1),
    "beyond Unicode": (b'name: "\\U00110000"\n', "yaml-syntax", 1),
    "NUL": (b"name: X\0Y\n", "yaml-syntax", 1),
    "NUL escape": (b'name: "X\\0Y"\n', "yaml-syntax", 1),
    "escape character": (b"name: X\x1b[31mY\n", "yaml-syntax", 1),
    "escape escape": (b'name: "X\\e[31mY"\n', "yaml-syntax", 1),
    "bell": (b'name: "X\\aY"\n', "yaml-syntax", 1),
    "delete": (b"name: X\x7fY\n", "yaml-syntax", 1),
    "C1": ("name: X\x9b31mY\n".encode(), "yaml-syntax", 1),
    "next line": ("name: X\x85Y\n".encode(), "yaml-syntax", 1),
    "line separator": ("name: X\u2028Y\n".encode(), "yaml-syntax", 1),
    "paragraph separator": ("name: X\u2029Y\n".encode(), "yaml-syntax", 1),
    "reversed": ("name: X\u202eY\n".encode(), "yaml-syntax", 1),
    "isolate": ("name: X\u2066Y\n".encode(), "yaml-syntax", 1),
    "byte-order mark inside": ("name: X\ufeffY\n".encode(), "yaml-syntax", 1),
    "not a character": ("name: X\uffffY\n".encode(), "yaml-syntax", 1),
    "reversed in a key": (b'"na\\u202eme": X\nname: X\n', "yaml-syntax", 1),
    "program": (b"#!/bin/sh\nrm -rf /\n", "wrong-type", 2),
    "zip": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "yaml-syntax", 1),
    "PNG": (b"\x89PNG\r\n\x1a\n", "not-utf8", 1),
}  # fmt: skip


def cases() -> list[Refused]:
    """Every file that must be refused, each with a name of its own."""
    found: list[Refused] = []

    def add(family: str, name: str, form: str, data: bytes, code: str, line: int) -> None:
        found.append(Refused(family, name, form.format(n=f"r{len(found)}"), data, code, line))

    for name, url in URLS.items():
        for place, (form, text, line) in PLACES.items():
            add(
                "addresses",
                f"{name} in {place}",
                form,
                text.format(v=_quoted(url)).encode(),
                "bad-link bad-value",
                line,
            )
    for family, (form, text, line, codes, values) in VALUES.items():
        for name, value in values.items():
            quoted = _quoted(value).replace("\n", "\\n")
            add(family, name, form, text.format(v=quoted).encode(), codes, line)
    for name, (data, code, line) in YAML.items():
        add("YAML", name, BRAND, data, code, line)
    return found
