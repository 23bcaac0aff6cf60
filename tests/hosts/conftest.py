"""Sites with redirects, and what reads their files for real."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shop import PLAIN, STRANGE, Pair, pair

HERE = Path(__file__).parent
OWN = HERE / "node_modules"


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A site on every host at once."""
    return pair(tmp_path_factory.mktemp("shop"), PLAIN)


@pytest.fixture(scope="session")
def shop_below(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """The same below a path of its host."""
    return pair(tmp_path_factory.mktemp("shop-below"), PLAIN, base="/a.b/~shop")


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A site with addresses that only some hosts can hold."""
    hosts = ("s3-cloudfront", "azure-static-web-apps", "nginx", "apache", "caddy")
    return pair(tmp_path_factory.mktemp("strange"), STRANGE, hosts)


@pytest.fixture(scope="session")
def host_answers() -> Callable[..., Any]:
    """Asks a host's own code, in Node.js, what it makes of its files."""
    node = shutil.which("node")
    if node is None or not OWN.is_dir():
        pytest.skip("Node.js or the packages of tests/hosts/package.json are not there (.ci/servers installs them)")

    def ask(host: str, **given: Any) -> Any:
        command = [node, str(HERE / "answers.mjs"), host]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, cwd=HERE, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask
