"""Makes the small fonts that cards for link previews are drawn with: `python tools/cardfonts.py FONT... OUT`.

    pip install fonttools brotli
    cd node_modules/@fontsource-variable/newsreader/files      (5.3.0; and inter 5.3.0)
    python cardfonts.py --wght 400 --opsz 60 newsreader-{latin,latin-ext,vietnamese}-standard-normal.woff2 \
        newsreader-card.ttf
    python cardfonts.py --wght 400 --opsz 40 newsreader-{latin,latin-ext,vietnamese}-standard-italic.woff2 \
        newsreader-card-italic.ttf
    python cardfonts.py --wght 600 --opsz 24 inter-{latin,latin-ext,greek,cyrillic,vietnamese}-standard-normal.woff2 \
        inter-card.ttf

The parts of a family that is published script by script are joined, one instance of a variable font is taken, and
all is dropped that drawing without a shaper cannot use. Kerning goes from GPOS into a `kern` table, which is what
FreeType reads by itself. The same input gives the same bytes.
"""

import argparse
import itertools
import unicodedata
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.varLib.instancer import instantiateVariableFont

# ASCII, Latin-1, Latin Extended-A and -B as far as European languages go, Greek, Cyrillic, Vietnamese, punctuation.
WANTED = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1CD, 0x1DD),
    *range(0x1FA, 0x21C),
    *range(0x384, 0x3CF),
    *range(0x400, 0x460),
    *range(0x490, 0x492),
    *range(0x1E80, 0x1E86),
    0x1E9E,
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2028),
    0x2030,
    0x2032,
    0x2033,
    0x2039,
    0x203A,
    0x2044,
    0x20AC,
    0x2116,
    0x2122,
    0x2212,
)
SINCE = 3_155_673_600  # 2004-01-01 in seconds since 1904: the same bytes at any time
SMALLEST = 8  # thousandths of an em that a pair must move to be kept
NOTHING = bytes([0xB8, 0x01, 0xFF, 0x85, 0xB0, 0x04, 0x8D, 0xB0, 0x00, 0x21])  # scan control, and a push and a pop
PLAIN = frozenset(range(0x20, 0x180)) | frozenset(range(0x384, 0x460)) | frozenset(range(0x2010, 0x2028))
MOST = 10_000  # pairs; the format counts the bytes of a table in 16 bits


def main() -> None:
    """Make one font of the parts given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wght", type=float)
    parser.add_argument("--opsz", type=float)
    parser.add_argument("fonts", nargs="+", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    parts = [_instance(path, given.wght, given.opsz) for path in given.fonts]
    pairs: dict[tuple[int, int], int] = {}
    for part in parts:
        pairs = _pairs(part) | pairs
    whole = _joined(parts, given.out)
    _kern(whole, pairs)
    _unhinted(whole)
    whole["head"].created = whole["head"].modified = SINCE
    whole.recalcTimestamp = False
    whole.save(given.out)
    print(given.out, len(whole.getBestCmap()), "characters", given.out.stat().st_size, "bytes")


def _instance(path: Path, weight: float | None, size: float | None) -> TTFont:
    font = TTFont(path)
    at = {"wght": weight, "opsz": size}
    axes = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()
    if axes:
        font = instantiateVariableFont(font, {axis: at.get(axis) for axis in axes})
    return font


def _pairs(font: TTFont) -> dict[tuple[int, int], int]:
    """What GPOS moves between two characters, in units; the first lookup that knows a pair decides."""
    if "GPOS" not in font:
        return {}
    table = font["GPOS"].table
    glyphs = {name: char for char, name in font.getBestCmap().items() if char in PLAIN}
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    found: dict[tuple[str, str], int] = {}
    for index in sorted(wanted):
        here: dict[tuple[str, str], int] = {}
        for subtable in table.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if subtable.LookupType == 2:
                for pair, value in _of_subtable(subtable, glyphs):
                    here.setdefault(pair, value)
        for pair, value in here.items():
            found[pair] = found.get(pair, 0) + value
    least = SMALLEST * font["head"].unitsPerEm / 1000
    return {(glyphs[left], glyphs[right]): value for (left, right), value in found.items() if abs(value) >= least}


def _of_subtable(subtable, glyphs):
    covered = [name for name in subtable.Coverage.glyphs if name in glyphs]
    if subtable.Format == 1:
        sets = dict(zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True))
        for left in covered:
            for record in sets[left].PairValueRecord:
                if record.SecondGlyph in glyphs:
                    yield (left, record.SecondGlyph), getattr(record.Value1, "XAdvance", 0) or 0
        return
    firsts, seconds = subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs
    for left, right in itertools.product(covered, glyphs):
        record = subtable.Class1Record[firsts.get(left, 0)].Class2Record[seconds.get(right, 0)]
        yield (left, right), getattr(record.Value1, "XAdvance", 0) or 0


def _joined(parts: list[TTFont], out: Path) -> TTFont:
    plain = []
    for number, part in enumerate(parts):
        options = Options()
        options.layout_features, options.hinting, options.notdef_outline = [], False, True
        options.name_IDs, options.name_languages, options.glyph_names = [0, 1, 2, 5, 13, 14], ["*"], False
        options.drop_tables += ["GPOS", "GSUB", "GDEF", "STAT", "gasp", "BASE", "MVAR", "HVAR", "avar"]
        taken = set().union(*(set(other.getBestCmap()) for other in parts[:number])) if number else set()
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[char for char in WANTED if char in part.getBestCmap() and char not in taken])
        subsetter.subset(part)
        path = out.with_suffix(f".part{number}")
        part.save(path)
        plain.append(path)
    whole = Merger().merge([str(path) for path in plain]) if len(plain) > 1 else TTFont(plain[0])
    for path in plain:
        path.unlink()
    return whole


def _kern(font: TTFont, pairs: dict[tuple[int, int], int]) -> None:
    names = font.getBestCmap()

    def rank(pair: tuple[int, int]) -> tuple[int, int]:
        accents = sum(unicodedata.decomposition(chr(char)) != "" for char in pair)
        return accents + 2 * any(char > 0x17F for char in pair), -abs(pairs[pair])

    kept = sorted((pair for pair in pairs if pair[0] in names and pair[1] in names), key=rank)[:MOST]
    table = KernTable_format_0()
    table.coverage, table.tupleIndex = 1, None
    table.kernTable = {(names[left], names[right]): pairs[left, right] for left, right in kept}
    font["kern"] = kern = newTable("kern")
    kern.version, kern.kernTables = 0, [table]


def _unhinted(font: TTFont) -> None:
    """FreeType bends the shapes of a font without instructions to the pixels, unless a program does nothing first."""
    font["prep"] = prep = newTable("prep")
    prep.program = Program()
    prep.program.fromBytecode(NOTHING)
    font["maxp"].maxStackElements = max(font["maxp"].maxStackElements, 4)


if __name__ == "__main__":
    main()
