"""Checking links: whether the shops' own pages behind the site's links are still there, without one affiliate click."""

from storefront.linkcheck.collect import Collected, Link, collect
from storefront.linkcheck.judge import Outcome, Verdict
from storefront.linkcheck.run import Checked, Limits, check

__all__ = ["Checked", "Collected", "Limits", "Link", "Outcome", "Verdict", "check", "collect"]
