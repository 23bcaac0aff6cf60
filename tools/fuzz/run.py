"""Fuzz what reads content with Atheris, led by coverage: `python tools/fuzz/run.py reader -max_total_time=600`.

Atheris (`pip install atheris`) runs on Linux and is no part of what development installs. What
follows the target's name are options of libFuzzer; a crash leaves a file `crash-…`, which the same command runs again
when it is named as the last word. The targets are those of `tests/hostile/targets.py`.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
with atheris.instrument_imports(include=["storefront", "markdown_it"]):
    from hostile import targets
    from storefront.content import Kind
    from storefront.importers import formats


def _record(data: bytes) -> None:
    if data:
        kinds = list(Kind)
        targets.record(kinds[data[0] % len(kinds)], data[1:])


def _imported(data: bytes) -> None:
    if data:
        targets.imported(formats.FORMATS[data[0] % len(formats.FORMATS)], data[1:])


TARGETS = {
    "reader": targets.read,
    "vocabulary": _record,
    "markdown": lambda data: targets.marked(data.decode(errors="replace")),
    "addresses": lambda data: targets.address("https://" + data.decode(errors="replace")),
    "importers": _imported,
}


def main() -> None:
    """Run the target that is named first."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: run.py {'|'.join(TARGETS)} [options of libFuzzer]")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
