"""Lighthouse: a page as a phone on slow 4G, simulated, several times; and what the median says."""

import json
import os
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PROGRAM = "node_modules/.bin/lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "fcp": "first-contentful-paint",
    "lcp": "largest-contentful-paint",
    "tbt": "total-blocking-time",
    "cls": "cumulative-layout-shift",
}
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # containers have no user namespaces
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--host-resolver-rules='MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'",  # nothing leaves this machine
)


class Run(NamedTuple):
    """What one run says: scores to 100, milliseconds, layout shift, bytes, the machine's index, what is under 100."""

    scores: Mapping[str, float]
    times: Mapping[str, float]
    pictures: int
    scripts: int
    index: float
    element: str
    wanting: tuple[str, ...]


class Failed(Exception):
    """Lighthouse could not measure a page."""


def read(report: Mapping[str, Any]) -> Run:
    """A run's figures out of Lighthouse's own report."""
    if error := report.get("runtimeError"):
        raise Failed(error["message"])
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]

    def sent(kind: str) -> int:
        return sum(each["transferSize"] for each in requests if each.get("resourceType") == kind)

    counted = {ref["id"] for each in report["categories"].values() for ref in each["auditRefs"] if ref["weight"]}
    below = {name for name in counted if (score := audits[name].get("score")) is not None and score < 1}
    return Run(
        scores={name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES},
        times={name: audits[audit]["numericValue"] for name, audit in TIMES.items()},
        pictures=sent("Image"),
        scripts=sent("Script"),
        index=report["environment"]["benchmarkIndex"],
        element=_element(audits.get("largest-contentful-paint-element", {})),
        wanting=tuple(sorted(below - set(TIMES.values()) - {"speed-index"})),
    )


def _element(audit: Mapping[str, Any]) -> str:
    """The largest thing painted, by its selector."""
    tables = audit.get("details", {}).get("items", [])
    rows = [row for table in tables for row in table.get("items", [])]
    return next((row["node"]["selector"] for row in rows if "node" in row), "")


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure by itself; of what is not a number, the union."""

    def middle(values: Sequence[float]) -> float:
        return statistics.median(values)

    return Run(
        scores={name: middle([run.scores[name] for run in runs]) for name in CATEGORIES},
        times={name: middle([run.times[name] for run in runs]) for name in TIMES},
        pictures=round(middle([run.pictures for run in runs])),
        scripts=round(middle([run.scripts for run in runs])),
        index=middle([run.index for run in runs]),
        element=statistics.mode(run.element for run in runs),
        wanting=tuple(sorted({name for run in runs for name in run.wanting})),
    )


def measure(tools: Path, chromium: str, address: str) -> Run:
    """One run over one page."""
    command = [
        str(tools / PROGRAM),
        address,
        "--quiet",
        "--form-factor=mobile",
        "--throttling-method=simulate",
        f"--only-categories={','.join(CATEGORIES)}",
        "--output=json",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    variables = os.environ | {"CHROME_PATH": chromium}
    done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False)
    if done.returncode:
        raise Failed((done.stderr.strip() or "it ended without a word").splitlines()[-1])
    return read(json.loads(done.stdout))
