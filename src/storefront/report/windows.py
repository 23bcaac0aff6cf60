"""Windows of campaigns as days of the site's zone."""

from datetime import date, timedelta

from storefront.clock import end_of, start_of
from storefront.report.queries import Period
from storefront.report.scope import Scope
from storefront.vocabulary.campaign import Campaign


def period_of(campaign: Campaign, site: Scope) -> Period:
    """The days of a campaign's window."""
    start = start_of(campaign.window.starts, site.zone).astimezone(site.zone).date()
    until = campaign.window.until
    last = (end_of(until, site.zone) - timedelta(microseconds=1)).astimezone(site.zone).date() if until else None
    return Period(start, last)


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (one.last or date.max)
