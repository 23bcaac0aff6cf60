"""Logs: access logs and exports of counters, read by DuckDB into hits, with no trace of who came.

What each format looks like is data, `data/logs.yaml`. DuckDB is imported by `engine` alone, when it is needed.
"""

from storefront.logs.formats import Format, known_formats
from storefront.logs.hits import COLUMNS, SiteAddresses
from storefront.logs.measuring import LogFile, Measured, measure
from storefront.logs.sniffing import Sniffed, sniff

__all__ = ["COLUMNS", "Format", "LogFile", "Measured", "SiteAddresses", "Sniffed", "known_formats", "measure", "sniff"]
