"""The package that people install holds everything, and works far away from this repository."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from storefront import __version__

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "storefront"

pytestmark = pytest.mark.slow


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The source distribution, and the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(dist):
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="module")
def storefront(wheel, tmp_path_factory):
    """The command of a fresh environment: our wheel in it, its libraries borrowed from the environment of the tests."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install = ("install", "--quiet", "--no-deps", "--no-index", wheel)
    run(sys.executable, "-m", "pip", "--python", scripts / "python", *install)
    inside = Path(run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (inside / "borrowed.pth").write_text("\n".join(sorted(borrowed)))
    return scripts / "storefront"


def test_two_builds_of_the_package_are_the_same_bytes(dist, tmp_path):
    """In another place, of files with other times and other permissions."""
    tracked = run("git", "ls-files", "-z", cwd=ROOT).split("\0")
    for name in filter(None, tracked):
        copy = tmp_path / "elsewhere" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy)
        copy.chmod(0o600)
        os.utime(copy, (1_000_000_000, 1_000_000_000))
    again = tmp_path / "dist"
    environment = os.environ | {"TZ": "Pacific/Niue", "LC_ALL": "C", "PYTHONHASHSEED": "3"}
    command = (sys.executable, "-m", "build", "--no-isolation", "--outdir", again, tmp_path / "elsewhere")
    run(*command, env=environment, umask=0o077)
    made = {path.name: path.read_bytes() for path in again.iterdir()}
    assert made == {path.name: path.read_bytes() for path in dist.iterdir()}
    assert len(made) == 2


def files_of_the_package():
    """Every file of the package and of its themes, by the path it has in a wheel."""
    ours = {f"storefront/{path.relative_to(SOURCE).as_posix()}" for path in SOURCE.rglob("*") if path.is_file()}
    themes = {f"storefront/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "themes").rglob("*")}
    made = {name for name in ours | themes if "__pycache__" in name}
    return (ours | {name for name in themes if (ROOT / name.removeprefix("storefront/")).is_file()}) - made


def test_the_wheel_holds_every_file_of_the_package(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    assert files_of_the_package() - held == set()


@pytest.mark.parametrize(
    "name",
    [
        "themes/editorial/theme.yaml",
        "themes/editorial/templates/vanity.html",
        "themes/editorial/assets/tokens.css",
        "locales/words/en.yaml",
        "locales/phrases/en.yaml",
        "data/networks.yaml",
        "data/everywhere.yaml",
        "data/markets/gb.yaml",
        "data/scaffold/content/site.yaml",
        "data/fonts/inter-card.ttf",
        "data/fonts/OFL.txt",
        "themes/editorial/assets/fonts/newsreader-card.ttf",
        "themes/editorial/assets/fonts/OFL.txt",
        "py.typed",
    ],
)
def test_the_wheel_holds_what_the_program_reads(wheel, name):
    assert f"storefront/{name}" in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_its_bill_of_materials(wheel):
    held = zipfile.ZipFile(wheel).read(f"storefront-{__version__}.dist-info/sboms/storefront.cdx.json")
    assert held == (ROOT / "storefront.cdx.json").read_bytes()


def test_the_wheel_holds_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"storefront", f"storefront-{__version__}.dist-info"}


def test_the_source_distribution_can_be_built_from(dist):
    with tarfile.open(next(dist.glob("*.tar.gz"))) as packed:
        held = packed.getnames()
    top = f"storefront-{__version__}"
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "themes/editorial/theme.yaml"):
        assert f"{top}/{name}" in held


def test_the_installed_command_is_our_version(storefront, tmp_path):
    assert run(storefront, "--version", cwd=tmp_path) == f"storefront {__version__}\n"


def test_a_new_site_builds_with_the_installed_package(storefront, tmp_path):
    run(storefront, "new", "my-site", cwd=tmp_path)
    site = tmp_path / "my-site"
    run(storefront, "build", cwd=site)
    home = (site / "site" / "index.html").read_text()
    assert "<!doctype html>" in home
    assert list((site / "site" / "assets").glob("editorial.*.css"))
    assert list((site / "site" / "media").glob("*.webp"))
