"""The command that deploys, the bucket that it deploys to, and what is to lie there."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import boto3
from click.testing import CliRunner
from faulty import Proxy

from storefront.cli import group

BUCKET = "shelves"
RECORD = ".storefront-deployed.json"
KEYS = {"AWS_ACCESS_KEY_ID": "the-test", "AWS_SECRET_ACCESS_KEY": "the-test-too"}


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str


class Target:
    """A bucket behind the proxy, and the command that deploys to it."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy, self.name = proxy, f"s3://{BUCKET}/shop"
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{proxy.store.port}",
            region_name="us-east-1",
            aws_access_key_id="x",
            aws_secret_access_key="x",
        )

    def empty(self) -> None:
        self.proxy.heal()
        self.proxy.store.ask("POST", "/moto-api/reset")
        self._client.create_bucket(Bucket=BUCKET)

    def command(self, root: Path, *options: str, target: str = "") -> list[str]:
        where = ["--endpoint-url", self.proxy.url, "--root", str(root)]
        return [sys.executable, "-m", "storefront", "deploy", target or self.name, *where, *options]

    def deploy(self, root: Path, *options: str, target: str = "", **environment: str) -> Said:
        done = subprocess.run(
            self.command(root, *options, target=target),
            capture_output=True,
            text=True,
            check=False,
            env=own_environment(**environment),
        )
        assert "Traceback" not in done.stdout + done.stderr
        return Said(done.returncode, done.stdout + done.stderr)

    def deploy_here(self, root: Path, *options: str, target: str = "", **environment: str) -> Said:
        """The same in this process, which is quicker."""
        outside = {name: None for name in os.environ if name.startswith("AWS_")}
        done = CliRunner().invoke(
            group, self.command(root, *options, target=target)[3:], env={**outside, **own_environment(**environment)}
        )
        assert not done.exception or isinstance(done.exception, SystemExit), done.exception
        return Said(done.exit_code, done.output)

    def files(self) -> dict[str, bytes]:
        """What lies below the prefix, without the record."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="shop/")
        keys = [each["Key"] for page in pages for each in page.get("Contents", ())]
        found = {key.removeprefix("shop/"): self.get(key) for key in keys}
        found.pop(RECORD, None)
        return found

    def get(self, key: str) -> bytes:
        data: bytes = self._client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return data

    def head(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self._client.head_object(Bucket=BUCKET, Key=key)
        return found

    def put(self, key: str, data: bytes) -> None:
        self._client.put_object(Bucket=BUCKET, Key=key, Body=data)


def own_environment(**more: str) -> dict[str, str]:
    """The environment without anything of AWS's but keys."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {
        **kept,
        **KEYS,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "NO_COLOR": "1",
        **more,
    }


def numbers(said: Said) -> tuple[int, int, int]:
    """How many files were put, deleted, and as they were."""
    found = re.search(r"to \S+: ([\d,]+) files? put .*?, ([\d,]+) deleted, ([\d,]+) as they were", said.out)
    assert found, said.out
    return (int(found[1]), int(found[2]), int(found[3]))


def output_of(root: Path) -> dict[str, bytes]:
    """Everything that a build made and that is to be deployed."""
    site = root / "site"
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    del files[".storefront"]
    return files
