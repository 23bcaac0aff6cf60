"""The bill of materials (CycloneDX 1.6) of what `requirements.lock` installs: `python tools/sbom.py` writes it anew.

It is made of the lock and of pyproject.toml alone, so that it is the same on every machine. `make lock` calls this.
"""

import json
import re
import tomllib
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parents[1]
FILE = ROOT / "storefront.cdx.json"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_pin = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ?; ([^\\\n]+?))? ?\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
_version = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)


def pins(lock: str) -> list[tuple[str, str, str, list[str]]]:
    """Each pin of a lock file: name, version, where it holds ("" for everywhere), and the digests of the files."""
    return [
        (normalised(name), version, marker, re.findall(r"sha256:([0-9a-f]{64})", hashes))
        for name, version, marker, hashes in _pin.findall(lock)
    ]


def normalised(name: str) -> str:
    """The one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def component(name: str, version: str, marker: str, digests: list[str]) -> dict:
    """A package. Its digests are those of every file that may be installed for it, on any platform."""
    purl = f"pkg:pypi/{name}@{version}"
    found = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
    }
    if marker:
        found["properties"] = [{"name": "storefront:marker", "value": marker}]
    return found


def bill(lock: str) -> str:
    """The bill of a lock file."""
    version = _version.search((ROOT / "src/storefront/__init__.py").read_text(encoding="utf-8"))[1]
    found = pins(lock)
    ours = f"pkg:pypi/{PROJECT['name']}@{version}"
    direct = [normalised(re.match(r"[\w.-]+", each)[0]) for each in PROJECT["dependencies"]]
    pinned = {name for name, *_ in found}
    lacking = [name for name in direct if name not in pinned]
    if lacking:
        raise ValueError(f"the lock does not pin {lacking}")
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, ours + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": PROJECT["name"],
                "version": version,
                "purl": ours,
                "description": PROJECT["description"],
                "licenses": [{"license": {"id": PROJECT["license"]}}],
            }
        },
        "components": [component(*pin) for pin in sorted(found)],
        "dependencies": [
            {
                "ref": ours,
                "dependsOn": sorted(f"pkg:pypi/{name}@{version}" for name, version, *_ in found if name in direct),
            }
        ],
    }
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(bill((ROOT / "requirements.lock").read_text(encoding="utf-8")), encoding="utf-8")
