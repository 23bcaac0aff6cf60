"""What the tests tried and what it took, for docs/evidence/hostile.md: `EVIDENCE=write` keeps it, else it is let go.

Each part of the tests writes a line of JSON beside the others, whichever process it runs in; `tools/soak_hostile.py`
makes the page of them.
"""

import json
import os
from pathlib import Path

FOLDER = os.environ.get("HOSTILE_EVIDENCE")


def told(part: str, **figures: object) -> None:
    """Keep some figures of a part of the tests."""
    if FOLDER:
        path = Path(FOLDER) / f"{part}.json"
        before = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(before | figures, indent=1, sort_keys=True))
