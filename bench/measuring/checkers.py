"""The Nu Html Checker, which is the W3C's, and html-validate over every page of a site."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).with_name("htmlvalidate.json")
PROGRAM = "node_modules/.bin/html-validate"
JAR = "node_modules/vnu-jar/build/dist/vnu.jar"


def nu(tools: Path, site: Path) -> list[str]:
    """Errors by the Nu Html Checker."""
    options = ("--errors-only", "--skip-non-html", "--exit-zero-always", "--format", "json", "--stdout")
    command = ["java", "-Xss4m", "-jar", str(tools / JAR), *options, str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return read_nu(json.loads(done.stdout))


def read_nu(report: Mapping[str, Any]) -> list[str]:
    """One line for each message: file, line, what is wrong."""
    found = report["messages"]
    return [
        f"{each.get('url', '').rpartition('/site/')[2]}:{each.get('lastLine', 0)}: {each['message']}" for each in found
    ]


def html_validate(tools: Path, site: Path) -> list[str]:
    """Errors by html-validate."""
    command = [str(tools / PROGRAM), "--config", str(CONFIG), "--ext", "html", "--formatter", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1 or not done.stdout:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return read_html_validate(json.loads(done.stdout), site)


def read_html_validate(report: Sequence[Mapping[str, Any]], site: Path) -> list[str]:
    """One line for each message that is an error: file, line, rule, what is wrong."""
    return [
        f"{Path(each['filePath']).relative_to(site)}:{said['line']}: {said['ruleId']}: {said['message']}"
        for each in report
        for said in each["messages"]
        if said["severity"] == 2
    ]
