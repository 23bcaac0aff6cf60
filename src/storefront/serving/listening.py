"""Listening: a socket on loopback, or on the local network when that is asked for, and the address to type."""

import socket

from storefront.problems import EnvironmentFailure

LOOPBACK = "127.0.0.1"
NAMES: tuple[str, ...] = (LOOPBACK, "localhost")
ANYWHERE = "0.0.0.0"  # noqa: S104  only with --lan
PORTS = 20  # how many ports are tried from the wanted one on
ELSEWHERE = ("192.0.2.1", 9)  # an address of no machine (RFC 5737): nothing is sent to it


def listen(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket on the first free port from `port` on. Raises `EnvironmentFailure`."""
    for candidate in range(port, port + PORTS):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen()  # until it listens, another preview could bind the port too
        except OSError:
            listener.close()
        else:
            return listener
    raise EnvironmentFailure(f"the ports {port} to {port + PORTS - 1} are all in use; choose another with --port")


def lan_address() -> str:
    """This machine's address on the local network. Raises `EnvironmentFailure` where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)  # this only asks which way a packet would go
            found = str(probe.getsockname()[0])
        except OSError:
            found = LOOPBACK
    if found.startswith("127."):
        raise EnvironmentFailure("this machine is on no local network, so --lan has no address to give")
    return found
