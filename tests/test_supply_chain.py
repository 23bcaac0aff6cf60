"""What is installed is pinned, named in a bill of materials, and little; and SECURITY.md promises what tests hold."""

import ast
import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sbom():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_by_digest(sbom, lock):
    lines = [line for line in text(lock).splitlines() if line and not line.startswith((" ", "#"))]
    assert all(re.match(r"[A-Za-z0-9._-]+==\S+", line) for line in lines)
    found = sbom.pins(text(lock))
    assert len(found) == len(lines) > 10
    assert all(digests for *_, digests in found)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_other_place_to_install_from(lock):
    assert not re.search(
        r"://|^-|--(?!hash=sha256:)\w", re.sub(r"^ +", " ", re.sub(r"^#.*", "", text(lock), flags=re.MULTILINE))
    )


def test_the_bill_is_that_of_the_lock(sbom):
    assert sbom.FILE.read_text(encoding="utf-8") == sbom.bill(text("requirements.lock")), "run python tools/sbom.py"


def test_the_bill_has_every_package_with_its_digests(sbom):
    bill = json.loads(sbom.FILE.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    pins = sorted(sbom.pins(text("requirements.lock")))
    listed = [
        (each["name"], each["version"], [found["content"] for found in each["hashes"]]) for each in bill["components"]
    ]
    assert listed == [(name, version, digests) for name, version, _, digests in pins]
    for each in bill["components"]:
        assert each["purl"] == each["bom-ref"] == f"pkg:pypi/{each['name']}@{each['version']}"
    (edge,) = bill["dependencies"]
    assert set(edge["dependsOn"]) <= {each["bom-ref"] for each in bill["components"]}


def test_the_bill_keeps_to_the_schema_of_cyclonedx(sbom):
    """The schema is the one that its makers publish, and it does refuse what it does not know."""
    reason = "cyclonedx-python-lib[json-validation] is not installed"
    schema = pytest.importorskip("cyclonedx.schema", reason=reason)
    validation = pytest.importorskip("cyclonedx.validation.json", reason=reason)
    validator = validation.JsonStrictValidator(schema.SchemaVersion.V1_6)
    bill = sbom.FILE.read_text(encoding="utf-8")
    assert validator.validate_str(bill) is None
    assert validator.validate_str(bill.replace('"SHA-256"', '"SHA-255"', 1)) is not None
    assert validator.validate_str(bill.replace('"components"', '"parts"', 1)) is not None


def test_another_lock_gives_another_bill(sbom):
    lock = text("requirements.lock")
    other = lock.replace("click==", "click==9", 1)
    assert json.loads(sbom.bill(other))["serialNumber"] != json.loads(sbom.bill(lock))["serialNumber"]
    with pytest.raises(ValueError, match="click"):
        sbom.bill(re.sub(r"^click==.*\n(?: .*\n)*", "", lock, flags=re.MULTILINE))


def test_there_are_few_dependencies(sbom):
    assert len(sbom.PROJECT["dependencies"]) <= 16


# SECURITY.md


def rows():
    table = SECURITY.partition("## What is promised")[2].partition("\n## ")[0]
    return re.findall(r"^\| (?!Promise|---)(.+?) \| (.+?) \|$", table, re.MULTILINE)


def test_every_promise_names_tests_that_exist():
    assert len(rows()) > 10
    for promise, held in rows():
        tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", held)
        assert tests, promise
        assert len(tests) == held.count("`") // 2, promise
        for file, name in tests:
            tree = ast.parse(text(file))
            assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{file}::{name}"


def test_the_places_that_it_names_are_there():
    for target in re.findall(r"\]\(([^)#]+)", SECURITY):
        assert (ROOT / target).exists(), target
    assert "Report a vulnerability" in SECURITY
