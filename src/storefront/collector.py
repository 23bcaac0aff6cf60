"""The cycle collector of Python, which finds nothing to do in a build."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cycle collector: a build makes millions of objects and hardly a cycle.

    Walking them again and again cost an eighth of the CPU (9.8 against 8.4 s, means of 4 and 3 alternating builds with
    nothing changed in 6,113 files) and saved a twentieth of the memory (184 against 195 MB).
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
