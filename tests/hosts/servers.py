"""Real servers on loopback: the smallest configuration of each that takes in the file that storefront wrote."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATHS = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin"
PATIENCE = 10  # seconds until a server answers

NGINX = """\
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    types {{ text/html html; image/webp webp; text/css css; }}
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {first}/nginx/http.conf;
    {blocks}
}}
"""
NGINX_BLOCK = "server {{ listen 127.0.0.1:{port}; root {root}; include {beside}/nginx/server.conf; }}"

APACHE = """\
ServerRoot {folder}
PidFile {folder}/pid
ServerName site.example
ErrorLog {folder}/error.log
{modules}
{blocks}
"""
APACHE_BLOCK = """\
Listen 127.0.0.1:{port}
<VirtualHost 127.0.0.1:{port}>
    DocumentRoot {root}
    <Directory {root}>
        Require all granted
        AllowOverride FileInfo
    </Directory>
</VirtualHost>
"""
MODULES = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite")

CADDY = "{{\n\tadmin off\n\tauto_https off\n\tstorage file_system {folder}\n}}\n{blocks}\n"
CADDY_BLOCK = """\
http://:{port} {{
	bind 127.0.0.1
	root * {root}
	import {beside}/caddy/Caddyfile
	file_server
}}
"""


class Site(NamedTuple):
    """A finished site: its document root, the site's folder below it, and what lies beside."""

    root: Path
    base: str
    beside: Path


class Answer(NamedTuple):
    """What a server said. Names of headers are in small letters; one that was sent twice has both values."""

    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[[str], Answer]


def program(name: str) -> str | None:
    """Where a server lies; those of Debian are outside a user's path."""
    return shutil.which(name, path=PATHS)


def asking(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": "shelves.example"})
        response = connection.getresponse()
        headers: dict[str, str] = {}
        for name, value in response.getheaders():
            known = headers.get(name.lower())
            headers[name.lower()] = value if known is None else f"{known} | {value}"
        return Answer(response.status, headers, response.read())
    finally:
        connection.close()


def nginx(folder: Path, sites: Sequence[tuple[Site, int]], path: str) -> list[str]:
    blocks = "\n".join(NGINX_BLOCK.format(port=port, root=site.root, beside=site.beside) for site, port in sites)
    first = sites[0][0].beside
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, blocks=blocks, first=first))
    return [path, "-c", f"{folder}/nginx.conf", "-p", str(folder), "-e", f"{folder}/error.log"]


def apache(folder: Path, sites: Sequence[tuple[Site, int]], path: str) -> list[str]:
    blocks = "\n".join(APACHE_BLOCK.format(port=port, root=site.root) for site, port in sites)
    home = next(each for each in ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules") if os.path.isdir(each))
    loaded = "\n".join(f"LoadModule {name}_module {home}/mod_{name}.so" for name in MODULES)
    types = "TypesConfig /dev/null\nAddType text/html .html\nDirectoryIndex index.html"
    (folder / "httpd.conf").write_text(APACHE.format(folder=folder, modules=f"{loaded}\n{types}", blocks=blocks))
    return [path, "-f", f"{folder}/httpd.conf", "-D", "FOREGROUND"]


def caddy(folder: Path, sites: Sequence[tuple[Site, int]], path: str) -> list[str]:
    blocks = "\n".join(CADDY_BLOCK.format(port=port, root=site.root, beside=site.beside) for site, port in sites)
    (folder / "Caddyfile").write_text(CADDY.format(folder=folder, blocks=blocks))
    return [path, "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


KINDS = {"nginx": ("nginx", nginx), "apache": ("apache2", apache), "caddy": ("caddy", caddy)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(kind: str, folder: Path, sites: Sequence[Site]) -> Iterator[list[Ask]]:
    """A server of some sites, each on a port of its own; gives what asks each of them."""
    name, configured = KINDS[kind]
    path = program(name)
    assert path, f"{name} is not installed"
    placed = [(site, free_port()) for site in sites]
    environment = {"PATH": PATHS, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "output").open("wb") as output:
        running = subprocess.Popen(
            configured(folder, placed, path), stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=folder
        )
        try:
            for _, port in placed:
                _until_it_answers(running, port, folder)
            yield [lambda path, port=port: asking(port, path) for _, port in placed]  # type: ignore[misc]
        finally:
            running.terminate()
            running.wait(PATIENCE)


def _until_it_answers(running: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if running.poll() is not None:
            break
        try:
            asking(port, "/")
        except OSError:
            time.sleep(0.02)
        else:
            return
    said = "\n".join(
        file.read_text(errors="replace") for file in folder.glob("*") if file.name in {"output", "error.log"}
    )
    raise AssertionError(f"the server did not start: {said}")
