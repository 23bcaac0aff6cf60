"""Deploying: what a build made goes to where it is published, and only what has changed.

The store holds a record of what storefront put there. A run compares it with the output and with the store's own list,
so that it goes on where another one broke off, on whatever machine.
"""

from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from storefront import publish, unchanged
from storefront.deploy.built import items
from storefront.deploy.folder import Folder
from storefront.deploy.record import Kept
from storefront.deploy.run import Plan, Run, plan
from storefront.deploy.store import Store
from storefront.outcome import FOLDER, Progress, quiet
from storefront.problems import EnvironmentFailure

SOURCES = (*unchanged.READ, FOLDER)  # in the root: a site put among them could not be told from them

__all__ = ["Asked", "Plan", "deploy", "place"]


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked for: the site's folder, its output, and a target as `place` takes it.

    With `adopt`, files of somebody else's at the target are overwritten where a file of the site goes.
    """

    root: Path
    output: Path
    target: str
    endpoint: str | None = None
    adopt: bool = False
    dry_run: bool = False


def place(target: str) -> tuple[str, str] | Path:
    """The bucket and prefix of s3://bucket/prefix, or a folder. Raises ValueError, in words, for anything else."""
    scheme, there, _ = target.partition("://")
    if not there and target.lower().startswith("s3:"):
        raise ValueError("write s3://bucket/prefix, with two slashes")
    if not there:
        return Path(target)
    parts = urlsplit(target)
    if scheme.lower() != "s3" or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("a target is a folder, or s3://bucket/prefix")
    prefix = parts.path.strip("/")
    return parts.netloc, f"{prefix}/" if prefix else ""


def deploy(asked: Asked, progress: Progress = quiet) -> Plan:
    """Bring a target up to date with the output, and say what was done, or with `dry_run` what would be.

    Raises `ProblemsFound` when the output is not what a build made, or somebody else's files are in the way, and
    `EnvironmentFailure` when the store cannot be reached or refuses.
    """
    output = asked.output.absolute()
    with publish.Lock(asked.root / FOLDER):
        site = items(asked.root / FOLDER, output)
        store = _store(asked, output)
        kept = Kept(store)
        planned = plan(site, kept, store, adopt=asked.adopt)
        if not asked.dry_run:
            Run(store, asked.output, kept, progress).go(planned)
    return planned


def _store(asked: Asked, output: Path) -> Store:
    found = place(asked.target)
    if isinstance(found, Path):
        folder, own = found.resolve(), output.resolve()
        if folder == own or folder in own.parents or own in folder.parents:
            raise EnvironmentFailure(f"{found} and {asked.output} overlap; choose a folder of its own to deploy into")
        root = asked.root.resolve()
        if any(folder.is_relative_to(root / name) for name in SOURCES):
            raise EnvironmentFailure(
                f"{found} holds what the site is made of; choose a folder of its own to deploy into"
            )
        return Folder(folder)
    try:
        from storefront.deploy.s3 import Bucket
    except ModuleNotFoundError as error:
        if error.name not in {"boto3", "botocore"}:
            raise
        raise EnvironmentFailure('S3 needs a package more: pip install "storefront[s3]"') from None
    return Bucket(*found, asked.endpoint)
