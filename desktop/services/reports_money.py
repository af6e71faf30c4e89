"""The reports of where the money goes: revenue per producer, and retention.

Arranges what the services answer; computes nothing (metrics.md 3 and 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
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
    Lines,
    Marked,
    Report,
    Row,
    Series,
    Status,
    Table,
    Text,
    period_words,
)
from desktop.core.findings import counted, dollars, in_short, listed, percent
from desktop.core.money import half_up
from desktop.core.periods import Period, end_of
from desktop.services import earnings, keeping, reporting
from desktop.services import retention as retaining
from desktop.services import revenue as earning
from desktop.services.earnings import Invested
from desktop.services.reporting import Asked
from desktop.services.retention import CarriedFigure, KeptFigure, LostPolicy, Ratios
from desktop.services.revenue import Revenue, RevenueFigure

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


# --- revenue ----------------------------------------------------------------------------------------------------------


def revenue(book: Book, asked: Asked) -> Report:
    """Revenue, cost and net contribution per producer, for the year to date that ends with the period."""
    as_of = min(asked.as_of, end_of(asked.period.end))
    found = earning.revenue_per_producer(book, asked.period.end.year, as_of)
    rows = _chosen(book, found.rows, asked.producer)
    totals = () if asked.producer is not None else (found.total,)
    blocks: list[Block] = [
        Heading("Premium and revenue"),
        Table(_EARNED, tuple(map(_earned, rows)), tuple(map(_earned, totals)), note=_lacking(found)),
    ]
    if not asked.pay_hidden:
        blocks += [*_costs(rows, totals), *_investments(book, as_of, asked.producer)]
    of = f"{period_words(found.period)}  ·  {reporting.whose(book, asked.producer)}"
    words = _who_pays(rows, found.total, pay_hidden=asked.pay_hidden)
    return reporting.report(book, "Revenue per producer", of, blocks, replace(asked, as_of=as_of), finding=words)


def _lacking(found: Revenue) -> str:
    count = len(found.without_commission)
    verb = "states" if count == 1 else "state"
    policies = counted(count, "policy", "policies")
    return f"{policies} bound in the period {verb} no commission, counted as 0." if count else ""


def _who_pays(rows: Sequence[RevenueFigure], total: RevenueFigure, *, pay_hidden: bool) -> str:
    """Who pays for their desk; while pay is hidden, who earns what."""
    earning_ones = [row for row in rows if row.revenue or (row.cost and not pay_hidden)]
    if not earning_ones:
        return "No revenue and no cost in the year to date."
    if len(rows) == 1 and not pay_hidden:
        (row,) = rows
        word = "more than" if row.net_contribution >= 0 else "less than"
        return f"{in_short(row.producer_name)} earns {dollars(abs(row.net_contribution))} {word} they cost."
    if pay_hidden:
        first = max(earning_ones, key=lambda row: row.revenue)
        earned = sum(row.revenue for row in rows)
        return (
            f"{dollars(earned)} of revenue; {in_short(first.producer_name)} brings the most, {dollars(first.revenue)}."
        )
    short = sorted((row for row in earning_ones if row.net_contribution < 0), key=lambda row: row.net_contribution)
    left = f"{dollars(total.net_contribution)} is left of {dollars(total.revenue)}."
    if total.net_contribution < 0:
        left = f"{dollars(-total.net_contribution)} more was spent than the {dollars(total.revenue)} earned."
    if not short:
        return f"Everybody pays for their desk; {left}"
    verb = "costs" if len(short) == 1 else "cost"
    return f"{listed([row.producer_name for row in short])} {verb} more than they bring; {left}"


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
_MOST_LINES = 4
"""As many as dashes tell apart on paper."""
_MULTIPLE = (
    Column("Producer"),
    Column("Multiple", Kind.MULTIPLE),
    Column("Months employed", Kind.COUNT),
    Column("Against 3x"),
    Column("Reaches 3x"),
)

_INVESTED = (
    Column("Producer"),
    Column("Counted since", Kind.DATE),
    Column("Most laid out", Kind.MONEY),
    Column("Revenue less cost until now", Kind.MONEY),
    Column("Paid back in"),
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


def _investments(book: Book, as_of: datetime, producer: str | None) -> list[Block]:
    """What each has cost more than brought since hire, and when that was earned back."""
    code = None if producer is None else reporting.find(book, producer).code
    found = [one for one in earnings.investments(book, as_of) if code is None or one.producer == code]
    if not found:
        return []
    note = "* The book's records begin after the day of hire: what came before is not counted."
    partial = any(one.partial for one in found)
    rows = tuple(Row(_invested(one)) for one in found)
    table = Table(_INVESTED, rows, note=note if partial else "")
    return [Heading("Invested and paid back"), _running(found), table]


def _running(found: Sequence[Invested]) -> Lines:
    """Revenue less cost since hire, added up, of those with the most laid out, marked where it was paid back."""
    shown = sorted(found, key=lambda one: -one.found.deepest)[:_MOST_LINES]
    months = sorted({month.period.start.replace(day=1) for one in shown for month in one.found.months})
    series = []
    for one in shown:
        ends = {month.period.start.replace(day=1): half_up(month.running) for month in one.found.months}
        back = one.found.paid_back
        marked = None if back is None else months.index(back.start.replace(day=1))
        words = "" if back is None else f"paid back {back.start:%b %Y}"
        series.append(Series(one.name, tuple(ends.get(month) for month in months), marked, words))
    title = "Revenue less cost since hire, added up"
    if len(shown) < len(found):
        title += f", of the {len(shown)} with the most laid out"
    return Lines(title, tuple(f"{month:%b %Y}" for month in months), tuple(series), Kind.MONEY)


def _invested(one: Invested) -> tuple[Cell, ...]:
    ends, back = one.found.months, one.found.paid_back
    now = half_up(ends[-1].running) if ends else None
    verdict = "never in debt" if not one.found.deepest else "not yet" if back is None else f"{back.start:%b %Y}"
    return f"{one.name} *" if one.partial else one.name, one.first, half_up(one.found.deepest), now, verdict


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
    crosses = None if row.crosses_on is None else f"{row.crosses_on:%b %Y}"
    return Row((row.producer_name, row.multiple, row.months_employed, verdict, crosses))


# --- retention --------------------------------------------------------------------------------------------------------

_RETENTION = (
    Column("Measured by"),
    Column("At the beginning", Kind.COUNT),
    Column("Lost", Kind.COUNT),
    Column("At the end", Kind.COUNT),
    Column("Retention", Kind.PERCENT),
)
_MOST_GONE, _LONGEST_NOTE = 40, 320
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
    gone = sorted(found.lost, key=lambda one: (-one.premium, one.over_on, one.policy))
    blocks: list[Block] = [
        Facts(
            (
                Fact("Clients kept", found.clients.ratio, Kind.PERCENT, _lost_of(found.clients)),
                Fact("Policies kept", found.policies.ratio, Kind.PERCENT, _lost_of(found.policies)),
                Fact("Premium", found.premium.ratio, Kind.PERCENT, "of the same policies"),
                Fact("Commission", found.commission.ratio, Kind.PERCENT, "of the same policies"),
            )
        ),
        *(Text(_short(note)) for note in found.notes),
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
        Heading("Who left, the largest premium first"),
        Table(_LOST, tuple(_gone(one) for one in gone), printed=_MOST_GONE, empty="Nobody left in the period."),
    ]  # fmt: skip
    of = f"{period_words(Period(found.first, found.last))}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(book, "Retention", of, blocks, asked, finding=_who_stays(found))


def _short(note: str) -> str:
    """A note as it is printed: of a long list its head, since the table below has all of it."""
    return note if len(note) <= _LONGEST_NOTE else f"{note[:_LONGEST_NOTE].rpartition(', ')[0]}, …"


def _who_stays(found: Ratios) -> str:
    """The headline, clients kept, and what went with those who left; or why there is none."""
    kept = found.clients
    if kept.ratio is None:
        return found.notes[0] if found.notes else "No client was in force on the first day."
    if not found.lost:
        return f"All {counted(kept.begin, 'client')} stayed, with all their policies."
    gone = sum(one.premium for one in found.lost if one.client_lost)
    return f"{percent(kept.ratio)} of clients stayed; the {kept.lost:,} lost took {dollars(gone)} of premium with them."


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
    reason = keeping.reason_of(one)
    return Row((one.policy, one.client, one.line, one.over_on, one.premium, one.commission, reason, became))
