"""A real scheduler and real workers, each a process of its own on the loopback, and an object store that speaks S3."""

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest

ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


class Cluster:
    """A scheduler and two workers, of which any can be killed."""

    def __init__(self, log: Path, *options: str, scheme: str = "tcp", workers: int = 2) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log.mkdir(exist_ok=True)
        self.address = f"{scheme}://127.0.0.1:{port}"
        self.log, self.options = log, options
        self.scheduler = self.start("scheduler", "--host", f"{scheme}://127.0.0.1", "--port", str(port))
        self.workers: list[subprocess.Popen[bytes]] = []
        self.fill(workers)

    def start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A process of the cluster."""
        command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *arguments, "--no-dashboard", *self.options]
        with (self.log / f"{kind}-{time.time_ns()}").open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.log)

    def fill(self, workers: int = 2) -> None:
        """Start workers in the place of those that are gone."""
        self.workers = [each for each in self.workers if each.poll() is None]
        while len(self.workers) < workers:
            self.workers.append(self.start("worker", self.address, "--nthreads", "1", "--no-nanny"))

    def end(self) -> None:
        """Kill what is left."""
        for each in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                each.kill()
            each.wait()

    def said(self) -> str:
        """What all its processes said."""
        return "\n".join(f"{path.name}:\n{path.read_text()}" for path in sorted(self.log.glob("*-*")))


@pytest.fixture(scope="session")
def store() -> Iterator[str]:
    """An object store on the loopback; where it listens. The environment of this process and its children knows it."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with pytest.MonkeyPatch.context() as patch:
        there = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        there.start()
        host, port = there.get_host_and_port()
        for name, value in {**ACCOUNT, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
            patch.setenv(name, value)
        yield os.environ["AWS_ENDPOINT_URL"]
        there.stop()


@pytest.fixture(scope="session")
def running(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:  # noqa: ARG001  as workers know it
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.end()


@pytest.fixture
def cluster(running: Cluster) -> Cluster:
    """A scheduler with two workers."""
    running.fill()
    return running


@pytest.fixture
def bucket(store: str) -> str:  # noqa: ARG001  it has to listen
    """A bucket of its own for a test, by its name."""
    import boto3

    name = f"b{uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=name)
    return name


@contextmanager
def _started(log: Path, *options: str, scheme: str = "tcp", workers: int = 2) -> Iterator[Cluster]:
    cluster = Cluster(log, *options, scheme=scheme, workers=workers)
    try:
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def started(store: str) -> Callable[..., AbstractContextManager[Cluster]]:  # noqa: ARG001  as workers know it
    """Starts a cluster of one's own, to be lost."""
    return _started
