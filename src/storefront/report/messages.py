"""Messages: how often what is shown of a campaign mentions each of its messages, beside the weights that they have.

A record (a post, an item, a review) mentions a message if any of its texts holds one of the message's words and does
not deny them. The weight to compare with is the mean of the weights in force when and where each record was made.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, structs

from storefront.catalog import avoided, seasons
from storefront.catalog.avoided import Said
from storefront.catalog.reading import Reading, reading
from storefront.records import Entry
from storefront.report.table import Chart, Column, Report, Table, Unit, Value
from storefront.vocabulary.campaign import Campaign, Message, Metric, Season
from storefront.vocabulary.curation import PostKind
from storefront.vocabulary.wordings import claimed

NO_SEASON: list[Season | None] = [None]  # of a campaign without a record: its weights are the default ones


class Unknown(Exception):
    """There is no campaign of this name; `known` are those that there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


class MessageFigures(Struct, frozen=True):
    """One message: its mean weight, its share of all mentions (None while there is none), and its mentions.

    `creators` counts the mentions of each creator.
    """

    message: str
    weight: Decimal
    share: Decimal | None
    mentions: int
    creators: dict[str, int]


class Messages(Struct, frozen=True):
    """A campaign's messages, and the records of it that are shown.

    `silent` mention none. `kinds` counts its posts by kind; `reached` what of its goal can be counted in content.
    """

    campaign: str
    title: str
    brand: str
    records: int
    silent: int
    seasons: tuple[Season, ...]
    messages: tuple[MessageFigures, ...]
    kinds: dict[str, int]
    goal: tuple[Metric, int] | None
    reached: int | None


class Record(Struct, frozen=True):
    """A post, an item or a review of a campaign: what kind it is, whose, its texts, and when it was made."""

    kind: str
    creator: str
    texts: tuple[str, ...]
    day: date


def report(root: Path, now: datetime, campaign: str | None = None) -> Report:
    """What all campaigns of a site have said, or one of them. Raises ProblemsFound and Unknown."""
    site = reading(root, now)
    known = site.curation.campaigns
    if campaign is not None and campaign not in known:
        raise Unknown(campaign, tuple(sorted(known)))
    found = [_told(known[name], site) for name in sorted(known) if campaign in (None, name)]
    return Report(
        id="messages",
        title=f"Messages of {found[0].title}" if campaign else "Messages of campaigns",
        facts=(("As of", site.live.clock.today.isoformat()),),
        tables=(_messages(found), _creators(found), _campaigns(found), _kinds(found)),
        notes=(
            "Posts, picks and reviews that are shown count, each once for every message that its own words mention.",
            "A weight is the mean of those in force where and when each of them was made.",
        ),
    )


CAMPAIGN = Column(key="campaign", title="Campaign")
MENTIONS = Column(key="mentions", title="Mentions", unit=Unit.COUNT)
RECORDS = Column(key="records", title="Shown of it", unit=Unit.COUNT)


def _table(name: str, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Value, ...]]) -> Table:
    return Table(id=name, title=title, columns=(CAMPAIGN, *columns), rows=tuple(rows))


def _messages(found: Iterable[Messages]) -> Table:
    columns = (
        Column(key="brand", title="Brand"),
        Column(key="message", title="Message"),
        Column(key="weight", title="Weight", unit=Unit.SHARE),
        Column(key="share", title="Share of all mentions", unit=Unit.SHARE),
        MENTIONS,
        RECORDS,
    )
    rows = (
        (told.campaign, told.brand, each.message, each.weight, each.share, each.mentions, told.records)
        for told in found
        for each in told.messages
    )
    table = _table("messages", "Mentions beside weights", columns, rows)
    return structs.replace(table, chart=Chart(label="message", values=("weight", "share")))


def _creators(found: Iterable[Messages]) -> Table:
    columns = (Column(key="message", title="Message"), Column(key="creator", title="Creator"), MENTIONS)
    rows = (
        (told.campaign, each.message, creator, mentions)
        for told in found
        for each in told.messages
        for creator, mentions in each.creators.items()
    )
    return _table("creators", "Mentions by creator", columns, rows)


def _campaigns(found: Iterable[Messages]) -> Table:
    columns = (
        Column(key="title", title="Title"),
        RECORDS,
        Column(key="silent", title="That mention nothing", unit=Unit.COUNT),
        Column(key="seasons", title="Seasons"),
        Column(key="goal", title="Goal"),
        Column(key="target", title="Target", unit=Unit.COUNT),
        Column(key="reached", title="Reached", unit=Unit.COUNT),
    )
    rows = (
        (
            each.campaign,
            each.title,
            each.records,
            each.silent,
            ", ".join(each.seasons),
            metric.replace("_", " "),
            target,
            each.reached,
        )
        for each in found
        for metric, target in (each.goal or ("", None),)
    )
    table = _table("campaigns", "Campaigns", columns, rows)
    return structs.replace(table, notes=("What of a goal only a shop or a network knows is unknown here.",))


def _kinds(found: Iterable[Messages]) -> Table:
    columns = (Column(key="kind", title="Kind"), Column(key="posts", title="Posts", unit=Unit.COUNT))
    rows = ((told.campaign, kind, count) for told in found for kind, count in told.kinds.items())
    return _table("posts", "Posts by kind", columns, rows)


def _told(entry: Entry[Campaign], site: Reading) -> Messages:
    campaign, found = entry.record, list(_records(entry.id, site))
    people = site.live.influencers
    when = [
        seasons.season_of(each.day, south=seasons.is_south(people[each.creator].record, site.site.markets))
        for each in found
    ]
    mentions: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        for name, message in campaign.messages.items():
            if mentioned(name, message, each.texts):
                mentions[name][each.creator] += 1
    total = sum(counted.total() for counted in mentions.values())
    silent = sum(not any(mentioned(*pair, each.texts) for pair in campaign.messages.items()) for each in found)
    posts = [site.live.posts[key].record for key in site.live.posts if site.live.posts[key].record.campaign == entry.id]
    return Messages(
        campaign=entry.id,
        title=campaign.title,
        brand=campaign.brand,
        records=len(found),
        silent=silent if campaign.messages else 0,
        seasons=tuple(season for season in Season if season in when),
        messages=tuple(
            MessageFigures(
                message=name,
                weight=_mean([Decimal(message.weight(season)) / 100 for season in when or NO_SEASON]),
                share=_share(mentions[name].total(), total),
                mentions=mentions[name].total(),
                creators=dict(sorted(mentions[name].items())),
            )
            for name, message in campaign.messages.items()
        ),
        kinds=dict(sorted(Counter((post.kind or PostKind.CAMPAIGN).value for post in posts).items())),
        goal=(campaign.goal.metric, campaign.goal.target) if campaign.goal else None,
        reached=_reached(campaign, found, total),
    )


def mentioned(name: str, message: Message, texts: tuple[str, ...]) -> bool:
    """Whether a text mentions a message: by its words, or by its key where it has none."""
    return any(claimed(word, text) for word in message.words or (name,) for text in texts)


def _reached(campaign: Campaign, found: list[Record], mentions: int) -> int | None:
    """What of a goal can be counted in content; None for what only a shop or a network knows."""
    counted = Counter(each.kind for each in found)
    known = {Metric.POSTS: counted["post"], Metric.REVIEWS: counted["review"], Metric.MENTIONS: mentions}
    return known.get(campaign.goal.metric) if campaign.goal else None


def _records(name: str, site: Reading) -> Iterator[Record]:
    """What is shown of a campaign."""
    live, today = site.live, site.live.clock.today
    for post in live.posts.values():
        if post.record.campaign == name:
            yield Record("post", post.owner, _texts(avoided.of_post(post.record)), date.fromisoformat(post.record.date))
    for entry in live.reviews.values():
        if entry.record.campaign == name:
            day = date.fromisoformat(entry.record.date)
            yield Record("review", entry.owner, _texts(avoided.of_review(entry.record)), day)
    for listed in live.lists.values():
        day = date.fromisoformat(listed.record.updated) if listed.record.updated else today
        for index, item in live.items(listed):
            if item.campaign == name:
                yield Record("item", listed.owner, _texts(avoided.of_item(item, index)), day)


def _texts(said: Said) -> tuple[str, ...]:
    return tuple(text for text, _ in said if text)


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal()) / len(values)


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None
