"""Pictures: files made per second of CPU, and their bytes at equal likeness, by storefront, sharp and Hugo in one run.

sharp is what eleventy-img and Astro make pictures with. Each gets the same originals, widths and filter (Lanczos), and
its own default effort. Likeness is SSIM (Wang and others, 2004) of luma over windows of 8 × 8 pixels, against what the
same program writes as PNG, so that only the encoder is judged. That all begin with the same picture is measured too:
SSIM of each PNG against one Lanczos step from the original. Every program runs at several qualities; bytes at the
wanted SSIM are interpolated between the two nearest, on a logarithmic scale. CPU is user and system time of the whole
process and its children, start-up included.

    bench/images.py [--originals FOLDER] [--count 12] [--ssim 0.985 0.99]
"""

import argparse
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageMath

from peers import rounds

HERE = Path(__file__).parent
WIDTHS = (320, 640, 960)
QUALITIES = {"avif": (24, 32, 40, 48, 56, 66), "webp": (64, 72, 80, 88)}
SHARP = rounds.TOOLS / "images"
OURS = """
import json, sys
from pathlib import Path
from storefront.images import Index, Slot, encode, plan, recipe
root, out, kind, quality = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
if kind != "png":
    recipe.SETTINGS[kind][1]["quality"] = quality
files = sorted(path.name for path in root.iterdir())
found = Index(root, out).look(files, 1, lambda *_: None)
slots = {"post": Slot(tuple(map(int, sys.argv[5:])))}
cuts = []
for file in files:
    for cut in plan(file, found[file], slots).cuts:
        made = [each for each in cut.files if each.name.endswith("." + kind)]
        if kind == "png":
            made = [type(each)(each.name[:-5] + ".png", each.width, each.height)
                    for each in cut.files if each.name.endswith(".avif")]
        cuts.append(type(cut)(cut.source, cut.box, cut.clear, tuple(made)))
for _ in encode(out, cuts, 1, root):
    pass
"""
NODE = """
import sharp from 'sharp'
import { readdirSync } from 'node:fs'
const [root, out, kind, quality, ...widths] = process.argv.slice(2)
sharp.concurrency(1)
for (const file of readdirSync(root).sort())
  for (const width of widths)
    await sharp(`${root}/${file}`).rotate().resize(+width)
      .toFormat(kind, kind === 'png' ? {} : { quality: +quality })
      .toFile(`${out}/${file.replace(/\\.[a-z]+$/, '')}-${width}.${kind}`)
"""
HUGO = """
{{ range resources.Match "*.jpg" }}{{ $from := . }}{{ range slice %s }}
{{ $made := $from.Process (printf "resize %%sx %s" .) }}{{ $from.Name }} {{ . }} {{ $made.RelPermalink }}
{{ end }}{{ end }}
"""


class Point(NamedTuple):
    """One run: mean SSIM, mean bytes of a file, and seconds of CPU for a file."""

    likeness: float
    size: float
    cpu: float


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Mean SSIM of luma over windows of 8 × 8 pixels."""
    x, y = (image.convert("RGB").convert("L").convert("F") for image in (one, other))

    def windows(a: Image.Image, b: Image.Image) -> Image.Image:
        return ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=a, b=b).reduce(8)

    def index(of):
        across, cross = of["mx"] * of["my"], of["xy"] - of["mx"] * of["my"]
        squares = of["mx"] * of["mx"] + of["my"] * of["my"]
        spread = of["xx"] + of["yy"] - squares
        return (2 * across + 6.5025) * (2 * cross + 58.5225) / ((squares + 6.5025) * (spread + 58.5225))

    means = {"mx": x.reduce(8), "my": y.reduce(8)}
    found = ImageMath.lambda_eval(index, **means, xx=windows(x, x), yy=windows(y, y), xy=windows(x, y))
    return statistics.fmean(found.get_flattened_data())


def run(command: list[str], folder: Path, **variables: str) -> float:
    """Run a command; the seconds of CPU it took."""
    before = os.times()
    done = subprocess.run(command, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return after.children_user + after.children_system - before.children_user - before.children_system


def storefront(originals: Path, out: Path, kind: str, quality: int) -> tuple[float, dict[str, Path]]:
    command = [sys.executable, "-c", OURS, str(originals), str(out), kind, str(quality), *map(str, WIDTHS)]
    cpu = run(command, originals, PYTHONPATH=str(HERE.parent / "src"))
    found = {}
    for path in out.glob(f"*.{kind}"):
        stem, _, width = path.stem.rpartition("-")
        found[f"{stem.rpartition('.')[0]}-{width}"] = path
    return cpu, found


def sharp(originals: Path, out: Path, kind: str, quality: int) -> tuple[float, dict[str, Path]]:
    script = SHARP / "run.mjs"
    script.write_text(NODE)
    cpu = run(["node", str(script), str(originals), str(out), kind, str(quality), *map(str, WIDTHS)], SHARP)
    return cpu, {path.stem: path for path in out.iterdir()}


def hugo(originals: Path, out: Path, kind: str, quality: int) -> tuple[float, dict[str, Path]]:
    (program,) = (rounds.TOOLS / "hugo").glob(rounds.HUGO)
    site = out / "site"
    (site / "layouts").mkdir(parents=True)
    shutil.copytree(originals, site / "assets")
    kinds = '["home", "taxonomy", "term", "RSS", "sitemap", "404", "section", "page"]'
    config = f'baseURL = "https://x.example/"\ndisableKinds = {kinds.replace("home", "robotsTXT")}\n'
    (site / "hugo.toml").write_text(config + '[imaging]\nresampleFilter = "Lanczos"\n')
    how = kind if kind == "png" else f"{kind} q{quality}"
    (site / "layouts/index.html").write_text(HUGO % (" ".join(f'"{width}"' for width in WIDTHS), how))
    cpu = run([str(program), "--quiet", "--cacheDir", str(out / "cache")], site, GOMAXPROCS="1")
    found = {}
    for line in (site / "public/index.html").read_text().splitlines():
        if line.strip():
            name, width, path = line.split()
            found[f"{name.rpartition('.')[0].lstrip('/')}-{width}"] = site / "public" / path.lstrip("/")
    return cpu, found


PROGRAMS: dict[str, Callable[[Path, Path, str, int], tuple[float, dict[str, Path]]]] = {
    "storefront": storefront,
    "sharp": sharp,
    "Hugo": hugo,
}


def points(name: str, originals: Path, work: Path, kind: str, lossless: dict[str, Path]) -> Iterator[Point]:
    for quality in QUALITIES[kind]:
        out = work / f"{name}-{kind}-{quality}"
        out.mkdir()
        cpu, made = PROGRAMS[name](originals, out, kind, quality)
        assert made.keys() == lossless.keys(), (name, sorted(made)[:3], sorted(lossless)[:3])
        alike = [ssim(Image.open(lossless[key]), Image.open(path)) for key, path in made.items()]
        sizes = [path.stat().st_size for path in made.values()]
        yield Point(statistics.fmean(alike), statistics.fmean(sizes), cpu / len(made))


def at(wanted: float, found: list[Point]) -> Point:
    """What a program gives at a likeness: between the two runs around it, or beyond the two nearest."""
    found = sorted(found)
    pairs = list(itertools.pairwise(found))
    low, high = next((pair for pair in pairs if pair[1].likeness >= wanted), pairs[-1])
    part = (wanted - low.likeness) / (high.likeness - low.likeness)
    size, cpu = (a * (b / a) ** part for a, b in ((low.size, high.size), (low.cpu, high.cpu)))
    return Point(wanted, size, cpu)


def install() -> None:
    """Install what is not there."""
    if not (SHARP / "node_modules/sharp").is_dir() or not list((rounds.TOOLS / "hugo").glob(rounds.HUGO)):
        subprocess.run([HERE / "peers/install"], check=True, env=os.environ | {"PYTHON": sys.executable})


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--originals", type=Path, default=HERE.parent / "content", help="a folder with JPEG files")
    asked.add_argument("--count", type=int, default=12, help="how many of them, spread over the folder")
    asked.add_argument("--ssim", type=float, nargs="+", default=[0.985, 0.99], help="the likenesses to compare at")
    given = asked.parse_args()
    install()
    paths = [path for path in sorted(given.originals.rglob("*.jpg")) if Image.open(path).width >= max(WIDTHS)]
    paths = paths[:: max(1, len(paths) // given.count)][: given.count]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        originals = work / "originals"
        originals.mkdir()
        for number, path in enumerate(paths):
            shutil.copyfile(path, originals / f"p{number:02}.jpg")
        print(f"{len(paths)} originals, widths {WIDTHS}, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}\n")
        compare(originals, work, given.ssim)


def resized(originals: Path, made: dict[str, Path]) -> float:
    """Mean SSIM of pictures that were not compressed against one Lanczos step from their originals."""
    found = []
    for key, path in made.items():
        with Image.open(path) as image, Image.open(originals / f"{key.partition('-')[0]}.jpg") as original:
            whole = original.convert("RGB").resize(image.size, Image.Resampling.LANCZOS)
            found.append(ssim(whole, image))
    return statistics.fmean(found)


def compare(originals: Path, work: Path, levels: list[float]) -> None:
    lossless = {}
    for name, program in PROGRAMS.items():
        out = work / f"{name}-png"
        out.mkdir()
        _, lossless[name] = program(originals, out, "png", 0)
        print(f"{name}: SSIM of what it encodes against one Lanczos step {resized(originals, lossless[name]):.4f}")
    heads = " | ".join(f"bytes at SSIM {level} | pictures per CPU second" for level in levels)
    print(f"\n| format | program | {heads} | measured (SSIM, KB, CPU ms) |\n|---|---|{'--:|--:|' * len(levels)}---|")
    for kind in QUALITIES:
        for name in PROGRAMS:
            found = list(points(name, originals, work, kind, lossless[name]))
            there = " | ".join(f"{p.size:,.0f} | {1 / p.cpu:.1f}" for p in (at(level, found) for level in levels))
            each = "; ".join(f"{p.likeness:.4f} {p.size / 1000:.1f} {p.cpu * 1000:.0f}" for p in found)
            print(f"| {kind} | {name} | {there} | {each} |", flush=True)


if __name__ == "__main__":
    main()
