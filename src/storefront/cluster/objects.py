"""Object stores and other places that fsspec knows by an address such as s3://bucket/site: listing, reading, writing.

Credentials and endpoints come from where each store's library looks for them; none is handed on.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from storefront import digests
from storefront.hosting.media_types import content_type
from storefront.problems import EnvironmentFailure

MISSING = "object stores need more packages: pip install 'storefront[cluster]'"
Stamp = tuple[int, int]
NAMES = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "updated", "last_modified", "created")


@contextmanager
def errors_as_oserror(address: str) -> Iterator[None]:
    """Raises whatever a store's library raises as `OSError`."""
    try:
        yield
    except (OSError, EnvironmentFailure):
        raise
    except Exception as error:
        raise OSError(0, str(error) or type(error).__name__, address) from error


def _store(protocol: str) -> Any:
    """The file system of a kind of address. fsspec keeps it, and makes another in a forked process."""
    try:
        import fsspec

        return fsspec.filesystem(protocol)
    except ImportError as error:
        raise EnvironmentFailure(f"{MISSING} ({error})") from None
    except ValueError:
        raise EnvironmentFailure(f"no storage is known for addresses such as {protocol}://") from None


class Objects:
    """What lies below an address. `path` is what its file system calls it. Every method may raise `OSError`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        with errors_as_oserror(address):
            self._files = _store(address.partition("://")[0])
            self.path = str(self._files._strip_protocol(self.address))  # noqa: SLF001  as fsspec's own url_to_fs does

    def listed(self) -> dict[str, Stamp]:
        """Every object by its path below the address: its size, and a number that changes when its bytes do."""
        with errors_as_oserror(self.address):
            self._files.invalidate_cache()
            try:
                found = self._files.find(self.path, detail=True)
            except FileNotFoundError:
                return {}
        return {name[len(self.path) + 1 :]: _stamp(info) for name, info in found.items() if name != self.path}

    def read(self, files: Collection[str]) -> dict[str, bytes]:
        """The bytes of some objects."""
        with errors_as_oserror(self.address):
            found = self._files.cat([f"{self.path}/{file}" for file in files]) if files else {}
        return {name[len(self.path) + 1 :]: data for name, data in found.items()}

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write objects, each whole, in the place of what is there."""
        kinds: dict[str, dict[str, bytes]] = {}
        for file, data in files.items():
            kinds.setdefault(content_type(file), {})[f"{self.path}/{file}"] = data
        with errors_as_oserror(self.address):
            for kind, some in kinds.items():
                self._prepare(some)
                self._files.pipe(some, **({"ContentType": kind} if self._is_s3() else {}))

    def copy(self, files: Collection[str], source: "Objects") -> None:
        """Copy objects from below another address of the same store, inside it."""
        if files:
            sources, targets = ([f"{each.path}/{file}" for file in files] for each in (source, self))
            with errors_as_oserror(self.address):
                self._prepare(targets)
                self._files.copy(sources, targets)

    def delete(self, files: Collection[str]) -> None:
        """Delete objects."""
        if files:
            with errors_as_oserror(self.address):
                self._files.rm([f"{self.path}/{file}" for file in files])

    def clear(self) -> None:
        """Delete all that lies below the address."""
        self.delete(self.listed().keys())

    def _is_s3(self) -> bool:
        return "s3" in self._files.protocol

    def _prepare(self, paths: Collection[str]) -> None:
        """Make folders where a store has them."""
        if "file" in self._files.protocol:
            for folder in {path.rpartition("/")[0] for path in paths}:
                self._files.makedirs(folder, exist_ok=True)


def _stamp(info: Mapping[str, Any]) -> Stamp:
    mark = next((str(info[name]) for name in NAMES if info.get(name)), "")
    return int(info.get("size") or 0), int(digests.of_bytes(mark.encode(), 7), 16)
