"""The reports of where the money goes: close rates by line, revenue per producer, retention.

Arranges what the services answer; computes nothing (metrics.md 3 and 5).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.documents import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Kind,
    Marked,
    Report,
    Row,
    Status,
    Table,
    Text,
    period_words,
)
from desktop.core.periods import Period, end_of
from desktop.services import closing, reporting
from desktop.services import retention as retaining
from desktop.services import revenue as earning
from desktop.services.closing import LineFigure
from desktop.services.reporting import Asked
from desktop.services.retention import CarriedFigure, KeptFigure, LostPolicy
from desktop.services.revenue import RevenueFigure

if TYPE_CHECKING:
    from desktop.models.book import Book

BENCHMARKS = {
    "met": (Status.GOOD, "met"),
    "building": (Status.NEAR, "building"),
    "due": (Status.NEAR, "due"),
    "missed": (Status.BAD, "missed"),
}


def subtitle(book: Book, asked: Asked) -> str:
    """The period and whose figures."""
    return f"{period_words(asked.period)}  ·  {reporting.whose(book, asked.producer)}"


# --- close rates ------------------------------------------------------------------------------------------------------


def close_rates(book: Book, asked: Asked) -> Report:
    """Close rates by line of insurance, OVERALL from the totals."""
    found = closing.close_rates(book, asked.period, asked.as_of, asked.producer)
    columns = (
        Column("Line"),
        Column("Quotes", Kind.COUNT),
        Column("Wins", Kind.COUNT),
        Column("Losses", Kind.COUNT),
        Column("Win rate", Kind.PERCENT),
        Column("95% from", Kind.PERCENT),
        Column("95% to", Kind.PERCENT),
        Column("Avg premium", Kind.MONEY),
    )
    decided = sorted((row for row in found.rows if row.close_rate is not None), key=lambda row: -(row.close_rate or 0))
    bars = tuple(Bar(row.line, row.close_rate, note=_of(row.wins, row.wins + row.losses)) for row in decided)
    blocks: list[Block] = [Table(columns, tuple(_line(row) for row in found.rows), (_line(found.overall),))]
    if bars:
        blocks.append(Bars("Lines by win rate", bars, Kind.PERCENT, _overall_mark(found.overall), repeats=True))
    if found.spellings:
        named = ", ".join(f"{name} ({count})" for name, count in found.spellings.items())
        blocks.append(Text(f"Counted in Other, since no line has this name: {named}.", quiet=True))
    blocks.append(
        Text(
            "Win rate: wins / (wins + losses) of leads decided in the period. The interval is Wilson's at 95%: with few"
            " decided leads it is wide, and a difference between lines may be chance.",
            quiet=True,
        )
    )
    return reporting.report(book, "Close rates by line", subtitle(book, asked), blocks, asked)


def _line(row: LineFigure) -> Row:
    return Row((row.line, row.quotes, row.wins, row.losses, row.close_rate, row.low, row.high, row.avg_premium))


def _overall_mark(row: LineFigure) -> tuple[tuple[str, float], ...]:
    return () if row.close_rate is None else (("Overall", row.close_rate),)


def _of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


# --- revenue ----------------------------------------------------------------------------------------------------------


def revenue(book: Book, asked: Asked) -> Report:
    """Revenue, cost and net contribution per producer, for the year to date that ends with the period."""
    as_of = min(asked.as_of, end_of(asked.period.end))
    found = earning.revenue_per_producer(book, asked.period.end.year, as_of)
    rows = _chosen(book, found.rows, asked.producer)
    totals = () if asked.producer is not None else (found.total,)
    blocks: list[Block] = [
        Heading("Premium and revenue"),
        Table(_EARNED, tuple(_earned(row) for row in rows), tuple(_earned(row) for row in totals)),
    ]
    if not asked.pay_hidden:
        blocks += _costs(rows, totals)
    if found.without_commission:
        count = len(found.without_commission)
        policies = (
            "1 policy bound in the period states" if count == 1 else f"{count:,} policies bound in the period state"
        )
        blocks.append(Text(f"{policies} no commission, counted as 0.", quiet=True))
    of = f"{period_words(found.period)}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(book, "Revenue per producer", of, blocks, replace(asked, as_of=as_of))


_EARNED = (
    Column("Producer"),
    Column("Code"),
    Column("New premium", Kind.MONEY),
    Column("Renewal premium", Kind.MONEY),
    Column("Total book", Kind.MONEY),
    Column("Commission rate", Kind.PERCENT),
    Column("Revenue", Kind.MONEY),
)
_COST = (
    Column("Producer"),
    Column("Revenue", Kind.MONEY),
    Column("Salary", Kind.MONEY),
    Column("Benefits", Kind.MONEY),
    Column("Splits", Kind.MONEY),
    Column("Desk", Kind.MONEY),
    Column("Cost", Kind.MONEY),
    Column("Net contribution", Kind.MONEY),
)
_MULTIPLE = (
    Column("Producer"),
    Column("Multiple", Kind.MULTIPLE),
    Column("Months employed", Kind.COUNT),
    Column("Against 3x"),
    Column("Reaches 3x", Kind.DATE),
)


def _chosen(book: Book, rows: tuple[RevenueFigure, ...], producer: str | None) -> tuple[RevenueFigure, ...]:
    if producer is None:
        return rows
    code = reporting.find(book, producer).code
    return tuple(row for row in rows if row.producer == code)


def _earned(row: RevenueFigure) -> Row:
    return Row(
        (
            row.producer_name,
            row.producer or "",
            row.new_premium,
            row.renewal_premium,
            row.total_book,
            row.commission_rate,
            row.revenue,
        )
    )


def _costs(rows: tuple[RevenueFigure, ...], totals: tuple[RevenueFigure, ...]) -> list[Block]:
    ranked = sorted(rows, key=lambda row: -row.net_contribution)
    return [
        Heading("Cost and net contribution"),
        Table(_COST, tuple(_cost(row) for row in rows), tuple(_cost(row) for row in totals)),
        Bars(
            "Net contribution: revenue less cost",
            tuple(Bar(row.producer_name, row.net_contribution) for row in ranked),
            Kind.MONEY,
            repeats=True,
        ),
        Heading("Three times their cost"),
        Table(
            _MULTIPLE,
            tuple(_multiple(row) for row in rows),
            tuple(_multiple(row) for row in totals),
            note="Multiple: revenue / cost of the trailing 12 months, to reach 3 between month 18 and 24 after hire.",
        ),
    ]


def _cost(row: RevenueFigure) -> Row:
    net = row.net_contribution
    return Row(
        (
            row.producer_name,
            row.revenue,
            row.salary,
            row.benefits,
            row.splits,
            row.desk,
            row.cost,
            Marked(net, Status.BAD) if net < 0 else net,
        )
    )


def _multiple(row: RevenueFigure) -> Row:
    verdict: Cell = None
    if row.benchmark is not None:
        status, word = BENCHMARKS[row.benchmark]
        verdict = Marked(word, status)
    return Row((row.producer_name, row.multiple, row.months_employed, verdict, row.crosses_on))


# --- retention --------------------------------------------------------------------------------------------------------

_RETENTION = (
    Column("Measured by"),
    Column("At the beginning", Kind.COUNT),
    Column("Lost", Kind.COUNT),
    Column("At the end", Kind.COUNT),
    Column("Retention", Kind.PERCENT),
)
_LOST = (
    Column("Policy"),
    Column("Client", wrap=True),
    Column("Line"),
    Column("Over on", Kind.DATE),
    Column("Premium", Kind.MONEY),
    Column("Commission", Kind.MONEY),
    Column("Reason", wrap=True),
    Column("What became of it"),
)


def retention(book: Book, asked: Asked) -> Report:
    """The four retentions side by side, who left, the closing ratios and averages per client."""
    found = retaining.ratios(book, asked.period, asked.as_of, asked.producer)
    averages = found.averages
    blocks: list[Block] = [
        Facts(
            (
                Fact("Clients kept", found.clients.ratio, Kind.PERCENT, _lost_of(found.clients)),
                Fact("Policies kept", found.policies.ratio, Kind.PERCENT, _lost_of(found.policies)),
                Fact("Premium", found.premium.ratio, Kind.PERCENT, "of the same policies"),
                Fact("Commission", found.commission.ratio, Kind.PERCENT, "of the same policies"),
            )
        ),
        *(Text(note) for note in found.notes),
        Table(
            _RETENTION,
            (
                _kept("Clients", found.clients),
                _kept("Policies", found.policies),
                _carried("Premium", found.premium),
                _carried("Commission", found.commission),
            ),
            title="Retention",
        ),
        Table(
            (Column("Closing ratio"), Column("Policies bound", Kind.COUNT), Column("Measured by", Kind.COUNT),
             Column("Ratio", Kind.PERCENT)),
            (
                Row(("True: leads contacted and qualified", found.true_closing.bound, found.true_closing.measure,
                     found.true_closing.ratio)),
                Row(("Flattering: quotes", found.flattering_closing.bound, found.flattering_closing.measure,
                     found.flattering_closing.ratio)),
            ),
            title="Closing ratio",
        ),
        Facts(
            (
                Fact("Premium per client", averages.premium_per_client, Kind.MONEY),
                Fact("Commission per client", averages.commission_per_client, Kind.MONEY),
                Fact("Policies per client", averages.policies_per_client, Kind.NUMBER),
            ),
            title="Averages at the end",
        ),
        Heading("Who left"),
        Table(_LOST, tuple(_gone(one) for one in found.lost), title="", empty="Nobody left in the period."),
    ]  # fmt: skip
    of = f"{period_words(Period(found.first, found.last))}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(book, "Retention", of, blocks, asked)


def _lost_of(figure: KeptFigure) -> str:
    return f"{figure.lost:,} lost of {figure.begin:,}"


def _kept(label: str, figure: KeptFigure) -> Row:
    return Row((label, figure.begin, figure.lost, figure.begin - figure.lost, figure.ratio))


def _carried(label: str, figure: CarriedFigure) -> Row:
    kinds = (Kind.TEXT, Kind.MONEY, Kind.MONEY, Kind.MONEY, Kind.PERCENT)
    return Row((label, figure.begin, None, figure.end, figure.ratio), kinds=kinds)


def _gone(one: LostPolicy) -> Row:
    if one.rewritten_as is not None:
        became = f"rewritten as {one.rewritten_as}"
    elif one.client_lost:
        became = "client lost"
    else:
        became = "client stays"
    reason = one.reason or ("not renewed" if one.lapsed else "")
    return Row((one.policy, one.client, one.line, one.over_on, one.premium, one.commission, reason, became))
