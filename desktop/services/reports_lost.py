"""The monthly review of lost deals on paper: why, to whom, what pattern it makes, and which still need a reason.

Arranges what the services answer; computes nothing but counts of what is listed (metrics.md 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core import lost
from desktop.core.documents import (
    Bar,
    Bars,
    Block,
    Column,
    Columns,
    Fact,
    Facts,
    Heading,
    Kind,
    Marked,
    Report,
    Row,
    Series,
    Status,
    Table,
    Text,
    WritingLines,
)
from desktop.core.findings import counted, dollars, percent
from desktop.core.lost import LEAST_EXPLAINED, PATTERN, GapBucket
from desktop.services import lost_review, reporting
from desktop.services.lost_deals import LostDeals, PatternFigure
from desktop.services.lost_review import LossGroup, MonthFigure
from desktop.services.reporting import Asked
from desktop.services.reports_money import subtitle

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.facts_lost import LostDeal

_MOST_DEALS, _MOST_OPEN, _MOST_GROUPS = 25, 15, 12
_GROUPED = {
    "producer": "By producer",
    "line": "By line",
    "source": "By source",
    "carrier": "By the carrier that won",
    "competitor": "By the agency that won",
}
_DEALS = (
    Column("Lost on", Kind.DATE),
    Column("Lead"),
    Column("Prospect", wrap=True),
    Column("Producer"),
    Column("Line", wrap=True),
    Column("Premium", Kind.MONEY),
    Column("Reason", wrap=True),
    Column("Lost to", wrap=True),
    Column("Ours less theirs", Kind.MONEY),
    Column("Winnable"),
    Column("What we would change", wrap=True),
)
_TO_EXPLAIN = (
    Column("Lost on", Kind.DATE),
    Column("Lead"),
    Column("Prospect"),
    Column("Producer"),
    Column("Line"),
    Column("Premium", Kind.MONEY),
    Column("Reason", write=True),
)


def lost_deals(book: Book, asked: Asked) -> Report:
    """The review of a period's losses."""
    found = lost_review.losses(book, asked.period, asked.as_of, asked.producer)
    ranked = sorted(found.deals, key=lambda deal: (-(deal.premium or 0), deal.lost_at, deal.lead_id))
    explained = [deal for deal in ranked if deal.reason is not None]
    blocks: list[Block] = [
        Facts(
            (
                Fact("Deals lost", len(found.deals), Kind.COUNT),
                Fact("Explained", found.explained, Kind.COUNT),
                Fact("Without a reason", len(found.unexplained), Kind.COUNT),
                Fact("Premium lost", _premium(found.deals), Kind.MONEY, "estimates, where there is one"),
            )
        ),
        *(Text(pattern_words(one, found), strong=one.fired) for one in found.patterns),
    ]
    if explained:
        blocks.append(_reasons(found))
    blocks += [*_groups(found), *_gaps(explained)]
    if found.deals:
        months = lost_review.pattern_months(book, asked.period, asked.as_of, asked.producer)
        blocks += [Heading("Month by month"), _month_by_month(months)]
    blocks += [
        WritingLines("What we do about it", 4),
        Heading("The deals, the largest premium first"),
        Table(
            _DEALS, tuple(_deal(deal) for deal in explained), printed=_MOST_DEALS,
            empty="No explained loss in the period.",
        ),
    ]  # fmt: skip
    if found.unexplained:
        blocks += [Heading("Still to be explained"), _open_ones([deal for deal in ranked if deal.reason is None])]
    return reporting.report(book, "Lost deals review", subtitle(book, asked), blocks, asked, finding=_finding(found))


def _finding(found: LostDeals) -> str:
    """What most deals are lost for, against the line of its pattern where it has one."""
    if not found.deals:
        return "No deal was lost in the period."
    if not found.explained:
        return f"None of {counted(len(found.deals), 'lost deal')} has a reason yet."
    first = max(found.reasons, key=lambda one: one.count)
    share = f"{words(first.reason).capitalize()} is {percent(first.share or 0)} of explained losses"
    limits = [float(one.limit) for one in PATTERN.values() if one.reason == first.reason]
    if not limits or found.explained < LEAST_EXPLAINED:
        return f"{share}."
    place = "over" if (first.share or 0) >= limits[0] else "under"
    return f"{share}, {place} the {percent(limits[0])} line."


def pattern_words(one: PatternFigure, found: LostDeals) -> str:
    """A pattern as a sentence: that it holds, or how far from its limit it is."""
    pattern = PATTERN[one.id]
    limit = f"{float(pattern.limit):.0%}"
    if found.explained < LEAST_EXPLAINED:
        return f"{one.label}: too few explained losses to say ({found.explained} of {LEAST_EXPLAINED})."
    share = f"{one.share or 0:.0%} of explained losses are {words(pattern.reason)}"
    return f"{one.label}: {share}, {'at or over' if one.fired else 'under'} the {limit} line." + (
        f" {one.meaning}" if one.fired else ""
    )


def words(code: str | None) -> str:
    """A reason as words: `no response`."""
    return "" if code is None else code.replace("_", " ")


def _premium(deals: Iterable[LostDeal]) -> int:
    return sum(deal.premium or 0 for deal in deals)


def _reasons(found: LostDeals) -> Bars:
    ranked = sorted(found.reasons, key=lambda one: -one.count)
    bars = tuple(Bar(words(one.reason).capitalize(), one.share, note=f"{one.count:,}") for one in ranked)
    return Bars(f"Why, of {counted(found.explained, 'explained loss', 'explained losses')}", bars, Kind.PERCENT)


def _groups(found: LostDeals) -> list[Block]:
    """All losses by who, what and to whom, each with its commonest reason; the explained ones by what they admit."""
    blocks: list[Block] = []
    for by, title in _GROUPED.items():
        groups = [one for one in lost_review.groups(found.deals, by) if one.name is not None]
        if len(groups) > 1:
            bars = tuple(Bar(one.name or "", len(one.deals), note=_leading(one)) for one in groups[:_MOST_GROUPS])
            blocks.append(Bars(f"{title}, {counted(len(found.deals), 'loss', 'losses')} in all", bars, Kind.COUNT))
    answers = Counter(deal.winnable.capitalize() for deal in found.deals if deal.winnable)
    if len(answers) > 1:
        bars = tuple(Bar(name, count) for name, count in answers.most_common())
        blocks.append(Bars(f"Could we have won? {counted(answers.total(), 'answer')}", bars, Kind.COUNT))
    return blocks


def _leading(group: LossGroup) -> str:
    leading = group.leading
    return "" if leading is None else f"{words(leading.reason)} {percent(float(leading.share or 0))}"


def _gaps(deals: Iterable[LostDeal]) -> list[Block]:
    """By how much we were dearer, against whether the deal could have been won."""
    known = [(deal.price_difference, deal.winnable) for deal in deals if deal.price_difference is not None]
    if not known:
        return []
    buckets = lost.price_gaps(known)
    series = tuple(
        Series(name, tuple(float(one.counts.get(answer, 0)) for one in buckets))
        for answer, name in (("yes", "Winnable"), ("maybe", "Maybe"), ("no", "Not winnable"), (None, "Not said"))
        if any(one.counts.get(answer) for one in buckets)
    )
    title = f"Our price less theirs, {counted(len(known), 'deal')} of which it is known"
    return [Columns(title, tuple(_gap(one) for one in buckets), series, Kind.COUNT)]


def _gap(bucket: GapBucket) -> str:
    """`we were cheaper`, `$0–$100`, `$1,000 and more`."""
    if bucket.low is None:
        return "we were cheaper"
    return f"{dollars(bucket.low)} and more" if bucket.high is None else f"{dollars(bucket.low)}–{dollars(bucket.high)}"


def _month_by_month(months: Iterable[MonthFigure]) -> Table:
    """Twelve months with both patterns, marked where one held."""
    ids = tuple(PATTERN)
    columns = (
        Column("Month"),
        Column("Lost", Kind.COUNT),
        Column("Explained", Kind.COUNT),
        *(Column(f"{words(PATTERN[key].reason).capitalize()}, share", Kind.PERCENT) for key in ids),
    )
    rows = []
    for one in months:
        shares = {pattern.id: pattern for pattern in one.patterns}
        marked = (
            Marked(shares[key].share, Status.BAD) if shares[key].fired else shares[key].share for key in ids
        )  # fmt: skip
        rows.append(Row((f"{one.month.start:%b %Y}", one.total, one.explained, *marked)))
    limits = " and ".join(f"{percent(float(PATTERN[key].limit))} for {words(PATTERN[key].reason)}" for key in ids)
    note = (
        f"Marked where the pattern held: {LEAST_EXPLAINED} explained losses or more, and a share of at least {limits}."
    )
    return Table(columns, tuple(rows), note=note)


def _deal(deal: LostDeal) -> Row:
    rival = ", ".join(name for name in (deal.competing_agency, deal.competing_carrier) if name)
    return Row(
        (
            datetime.fromisoformat(deal.lost_at).date(),
            deal.lead_id,
            deal.name,
            deal.producer_name or "Unassigned",
            deal.line,
            deal.premium,
            words(deal.reason),
            rival,
            deal.price_difference,
            deal.winnable,
            deal.would_change,
        )
    )


def _open_ones(deals: list[LostDeal]) -> Table:
    rows = tuple(
        Row(
            (
                datetime.fromisoformat(deal.lost_at).date(),
                deal.lead_id,
                deal.name,
                deal.producer_name or "Unassigned",
                deal.line,
                deal.premium,
                None,
            )
        )
        for deal in deals
    )
    return Table(_TO_EXPLAIN, rows, printed=_MOST_OPEN)
