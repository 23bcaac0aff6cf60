"""What all tests share."""

import gc
import signal

from hypothesis import settings

# Whoever runs tests in the background has them ignore Ctrl+C, and the programs that they start would do so too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=100)
settings.load_profile("steady")

pytest_plugins = ["building"]


def pytest_runtest_teardown() -> None:
    """Let the collector have what a test left: a site held in memory, and a fork, freeze all that there is."""
    gc.unfreeze()
