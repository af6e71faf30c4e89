"""Close rates on paper: by line with OVERALL, by producer and carrier, and how they went month by month.

Arranges what the service answers; computes nothing (metrics.md 3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.core import findings
from desktop.core.documents import (
    Bar,
    Bars,
    Block,
    Column,
    Heading,
    Kind,
    Lines,
    Report,
    Row,
    Series,
    Table,
    Text,
    Trend,
)
from desktop.core.findings import Rate
from desktop.services import closing_review, reporting
from desktop.services.closing import LineFigure
from desktop.services.closing_review import CloseReview
from desktop.services.closing_trends import MonthRates
from desktop.services.found_records import UNASSIGNED
from desktop.services.reporting import Asked
from desktop.services.reports_money import subtitle

if TYPE_CHECKING:
    from desktop.models.book import Book

_MOST = 40
_RATE = "Win rate: wins / (wins + losses) of leads decided in the period. "
_INTERVAL = (
    "The interval is Wilson's at 95%: with few decided leads it is wide, and a difference may be chance. The small line"
    " is the win rate of each of the last 13 months, with a gap where nothing was decided."
)
_CARRIERS = "Of the decided leads that a carrier quoted or bound, those won with this carrier are its wins."


def close_rates(book: Book, asked: Asked) -> Report:
    """Close rates by line with OVERALL from the totals, by producer and carrier, each with its months."""
    found = closing_review.review_at(book, asked.period, asked.as_of, asked.producer)
    of_lines = [_row(one.line, one, _months(found.months, "lines", one.line)) for one in found.found.rows]
    overall = _row("OVERALL", found.found.overall, tuple(one.overall for one in found.months))
    blocks: list[Block] = [
        Heading("By line"),
        Table(_columns("Line"), tuple(of_lines), (overall,), note=_RATE + _INTERVAL),
        *_bars(found),
    ]
    if found.found.spellings:
        named = ", ".join(f"{name} ({count})" for name, count in found.found.spellings.items())
        blocks.append(Text(f"Counted in Other, since no line has this name: {named}.", quiet=True))
    if found.found.unpaid:
        wins = findings.counted(found.found.unpaid, "win")
        blocks.append(Text(f"{wins} without a premium bound on the lead: $0 in the average.", quiet=True))
    blocks += [*_month_by_month(found.months), *_by_whom(found, asked)]
    words = _finding(found)
    return reporting.report(book, "Close rates by line", subtitle(book, asked), blocks, asked, finding=words)


def _finding(found: CloseReview) -> str:
    overall = found.found.overall
    rates = [Rate(one.line, one.wins, one.wins + one.losses) for one in found.found.rows]
    return findings.best_and_worst(rates, Rate("", overall.wins, overall.wins + overall.losses))


def _columns(title: str, counted: str = "Quotes") -> tuple[Column, ...]:
    return (
        Column(title, wrap=True),
        Column(counted, Kind.COUNT),
        Column("Wins", Kind.COUNT),
        Column("Losses", Kind.COUNT),
        Column("Win rate", Kind.PERCENT),
        Column("95% from", Kind.PERCENT),
        Column("95% to", Kind.PERCENT),
        Column("Avg premium", Kind.MONEY),
        Column("13 months", Kind.DRAWING),
    )


def _row(name: str, row: LineFigure, months: tuple[float | None, ...]) -> Row:
    counts = (row.quotes, row.wins, row.losses, row.close_rate, row.low, row.high, row.avg_premium)
    return Row((name, *counts, Trend(months)))


def _months(months: Sequence[MonthRates], by: str, name: str) -> tuple[float | None, ...]:
    return tuple(getattr(one, by).get(name) for one in months)


def _bars(found: CloseReview) -> list[Block]:
    decided = sorted(
        (row for row in found.found.rows if row.close_rate is not None), key=lambda row: -(row.close_rate or 0)
    )
    if not decided:
        return []
    bars = tuple(Bar(row.line, row.close_rate, note=_of(row.wins, row.wins + row.losses)) for row in decided)
    overall = found.found.overall.close_rate
    marks = () if overall is None else (("Overall", overall),)
    return [Bars("Lines by win rate", bars, Kind.PERCENT, marks, repeats=True)]


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


def _month_by_month(months: Sequence[MonthRates]) -> list[Block]:
    """The overall rate as a line, where there are two months to compare; its figures for the spreadsheets."""
    if sum(one.overall is not None for one in months) < 2:
        return []
    labels = tuple(f"{one.month.start:%b %y}" for one in months)
    series = Series("All lines", tuple(one.overall for one in months))
    return [Lines("Win rate by month, all lines", labels, (series,), Kind.PERCENT)]


def _by_whom(found: CloseReview, asked: Asked) -> list[Block]:
    """Producers (unless one was asked for) and carriers."""
    blocks: list[Block] = []
    if asked.producer is None:
        people = tuple(
            _row(one.name, one.figure, _months(found.months, "producers", one.producer or UNASSIGNED))
            for one in sorted(found.producers, key=_decided(lambda one: one.figure))
        )
        blocks += [Heading("By producer"), Table(_columns("Producer"), people, empty="No producer is known.")]
    carriers = tuple(
        _row(one.line, one, _months(found.months, "carriers", one.line))
        for one in sorted(found.carriers, key=_decided(lambda one: one))
    )
    return [
        *blocks,
        Heading("By carrier"),
        Table(
            _columns("Carrier", "Decided"), carriers, note=_CARRIERS, printed=_MOST,
            empty="No decided lead was quoted or bound at a carrier.",
        ),
    ]  # fmt: skip


def _decided(figure: Callable[..., LineFigure]) -> Callable[..., tuple[float, int]]:
    """The best win rate first, those without one last."""
    return lambda one: (-(-1.0 if (rate := figure(one).close_rate) is None else rate), -figure(one).wins)
