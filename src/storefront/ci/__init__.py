"""Workflows: what GitHub or GitLab is to do with a site, for the host that it is published at."""

from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from storefront import __version__
from storefront.reader import decode, parse

DATA = Path(__file__).parents[1] / "data" / "ci"
FILES = {"github": ".github/workflows/storefront.yml", "gitlab": ".gitlab-ci.yml"}
# Short names, and servers that are all published to in the same way.
SHORT = {
    "cloudflare": "cloudflare-pages",
    "s3": "s3-cloudfront",
    "azure": "azure-static-web-apps",
    "nginx": "server",
    "apache": "server",
    "caddy": "server",
}
# GitHub's own actions, by the commit of a release, since a tag can be moved. Looked up on 2026-11-26.
ACTIONS = {
    "actions/cache": ("668228422ae6a00e4ad889ee87cd7109ec5666a7", "v5.0.4"),
    "actions/checkout": ("de0fac2e4500dabe0009e67214ff5f5447ce83dd", "v6.0.2"),
    "actions/deploy-pages": ("d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e", "v4.0.5"),
    "actions/setup-python": ("a309ff8b426b58ec0e2a45f0f869d46889d02405", "v6.2.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/upload-pages-artifact": ("7b1f4a764d45c48632c6b24a0339c27f5614fb0b", "v4.0.0"),
}


class Way(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a host is published to, as `data/ci/hosts.yaml` says it. `only` names the one system that can."""

    reviewed_on: str
    source: str
    image: str = ""
    before: str = ""
    extra: str = ""
    only: str = ""
    secrets: dict[str, str] = {}
    variables: dict[str, str] = {}
    run: list[str] = []


@cache
def ways() -> dict[str, Way]:
    """Every host that can be published to from a workflow."""
    data = parse(decode((DATA / "hosts.yaml").read_bytes(), "hosts.yaml"), "hosts.yaml")
    return msgspec.convert(data, dict[str, Way])


def host_of(name: str, system: str) -> str:
    """The host that a name means to a system: "pages" is the system's own."""
    return f"{system}-pages" if name == "pages" else SHORT.get(name, name)


def workflow(system: str, host: str, branch: str) -> bytes:
    """The workflow of a system ("github", "gitlab") that publishes at a host of `ways`."""
    way = ways()[host]
    env = Environment(
        loader=FileSystemLoader(DATA),
        autoescape=False,  # noqa: S701  YAML, and every value is ours but the branch, which the command has checked
        undefined=StrictUndefined,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    text = env.get_template(f"{system}.yml").render(
        host=host,
        branch=branch,
        version=__version__,
        extra=f"[{way.extra}]" if way.extra else "",
        secrets=list(way.secrets.items()),
        variables=list(way.variables.items()),
        needs=bool(way.secrets or way.variables),
        image=way.image,
        before=_before(way),
        run=way.run,
        folder="public" if host == "gitlab-pages" else "site",
        said=".storefront" if host == "gitlab-pages" else "published",
        uses=_uses,
    )
    return text.encode()


def _uses(name: str, below: str = "") -> str:
    commit, version = ACTIONS[name]
    return f"{name}{below}@{commit} # {version}"


def _before(way: Way) -> list[str]:
    """What a container needs before the command can run."""
    install = f'pip install --quiet "storefront[{way.extra}]=={__version__}"' if way.extra else ""
    return [line for line in (install, way.before) if line]
