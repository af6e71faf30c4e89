"""The monthly review of lost deals on paper: why, to whom, what pattern it makes, and which still need a reason.

Arranges what the services answer; computes nothing but counts of what is listed (metrics.md 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

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
    Report,
    Row,
    Series,
    Table,
    Text,
    WritingLines,
)
from desktop.core.lost import LEAST_EXPLAINED, PATTERN
from desktop.services import lost_deals as losing
from desktop.services import reporting
from desktop.services.lost_deals import LostDeals, PatternFigure
from desktop.services.reporting import Asked
from desktop.services.reports_money import subtitle

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.facts_lost import LostDeal

_DEALS = (
    Column("Lost on", Kind.DATE),
    Column("Lead"),
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
    Column("Producer"),
    Column("Line"),
    Column("Premium", Kind.MONEY),
    Column("Reason", write=True),
)


def lost_deals(book: Book, asked: Asked) -> Report:
    """The review of a period's losses."""
    found = losing.lost_deals(book, asked.period, asked.as_of, asked.producer)
    by_day = sorted(found.deals, key=lambda deal: deal.lost_at)
    explained = [deal for deal in by_day if deal.reason is not None]
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
        blocks += [_reasons(found), *_groups(explained)]
    blocks += [
        WritingLines("What we do about it", 4),
        Heading("The deals"),
        Table(_DEALS, tuple(_deal(deal) for deal in explained), empty="No explained loss in the period."),
    ]
    if found.unexplained:
        blocks += [Heading("Still to be explained"), _open_ones([deal for deal in by_day if deal.reason is None])]
    return reporting.report(book, "Lost deals review", subtitle(book, asked), blocks, asked)


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
    first = ranked[0]
    return Bars(f"{words(first.reason).capitalize()} is {first.share or 0:.0%} of explained losses", bars, Kind.PERCENT)


def _groups(deals: list[LostDeal]) -> list[Block]:
    """Losses counted by who, what and to whom."""
    keys: tuple[tuple[str, Callable[[LostDeal], str | None]], ...] = (
        ("By producer", lambda deal: deal.producer_name or "Unassigned"),
        ("By line", lambda deal: deal.line),
        ("By source", lambda deal: deal.source),
        ("Could we have won?", lambda deal: deal.winnable),
        ("By competing carrier", lambda deal: deal.competing_carrier),
        ("By competing agency", lambda deal: deal.competing_agency),
    )
    blocks: list[Block] = []
    for title, key in keys:
        counts = Counter(name for deal in deals if (name := key(deal)))
        if len(counts) > 1:
            ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))[:12]
            blocks.append(Bars(title, tuple(Bar(name, count) for name, count in ranked), Kind.COUNT))
    by_month = Counter(deal.lost_at[:7] for deal in deals)
    if len(by_month) > 1:
        months = sorted(by_month.items())
        series = Series("Deals lost", tuple(float(count) for _, count in months))
        blocks.append(Columns("By month", tuple(month for month, _ in months), (series,), Kind.COUNT))
    return blocks


def _deal(deal: LostDeal) -> Row:
    rival = ", ".join(name for name in (deal.competing_agency, deal.competing_carrier) if name)
    return Row(
        (
            datetime.fromisoformat(deal.lost_at).date(),
            deal.lead_id,
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
                deal.producer_name or "Unassigned",
                deal.line,
                deal.premium,
                None,
            )
        )
        for deal in deals
    )
    return Table(_TO_EXPLAIN, rows)
