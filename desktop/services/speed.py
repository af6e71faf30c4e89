"""The live board, the monthly and the source report, benchmarks and the model advisor: speed to lead in figures.

Reads and answers with frozen records; formulas are `core.speed`'s (routing.md 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import periods, speed
from desktop.core.periods import Period, end_of
from desktop.core.speed import Advice, Benchmark, Figures
from desktop.errors import UserError
from desktop.models import edits, facts_routing, facts_speed, journal, routing_ladder, routing_log
from desktop.models.journal import Author
from desktop.services import configuration, escalating
from desktop.services.edits import Changes
from desktop.services.routing import is_bystander
from desktop.services.routing_snapshot import BusinessClock, producers

if TYPE_CHECKING:
    from desktop.models.book import Book

UNTOUCHED_MIN = 15
RESPONSE_TARGET_MIN = 5


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A producer today: leads got, contacted, mean minutes to contact, close rate of 90 days, active leads."""

    code: str
    name: str
    leads: int
    contacted: int
    average_minutes: Fraction | None
    close_rate: Fraction | None
    active: int


@dataclass(frozen=True, slots=True)
class Alert:
    """What asks for attention: `untouched` (leads of 15 business minutes and more) or `response` (mean minutes)."""

    kind: str
    code: str
    name: str
    leads: tuple[str, ...] = ()
    minutes: Fraction | None = None


@dataclass(frozen=True, slots=True)
class LiveBoard:
    """Today's leads; `average_minutes` stands against 5. Premium in cents."""

    at: datetime
    received: int
    contacted: int
    unassigned: int
    average_minutes: Fraction | None
    rows: tuple[BoardRow, ...]
    alerts: tuple[Alert, ...]
    quoted_pending: int
    follow_ups_due: int
    binds_this_week: int
    premium_this_week: int


def live_board(book: Book, at: datetime) -> LiveBoard:
    """The board at the moment (routing.md 5)."""
    settings, start = configuration.load(book), datetime.combine(at.date(), time())
    today = facts_speed.stories(book, start, at, at)
    groups = speed.grouped(today, lambda one: one.producer)
    found = producers(book, settings, at, at)
    rows = []
    for one in found:
        made = speed.figures(groups.get(one.code, []))
        if is_bystander(one) and not made.leads:
            continue
        if one.active or made.leads:
            rate = Fraction(one.bound, one.decided) if one.decided else None
            met = made.leads - made.never_contacted
            rows.append(BoardRow(one.code, one.name, made.leads, met, made.average_minutes, rate, one.active_leads))
    everybody, week = speed.figures(today), periods.week_of(at.date())
    many, premium = facts_speed.binds(book, week.start, min(week.end, at.date()))
    return LiveBoard(
        at,
        everybody.leads,
        everybody.leads - everybody.never_contacted,
        sum(one.producer is None for one in today),
        everybody.average_minutes,
        tuple(rows),
        _alerts(book, at, rows),
        facts_speed.quoted_pending(book, at),
        facts_speed.due_follow_ups(book, at, end_of(at.date()).isoformat(timespec="seconds")),
        many,
        premium,
    )


def _alerts(book: Book, at: datetime, rows: list[BoardRow]) -> tuple[Alert, ...]:
    settings = configuration.load(book)
    clock = BusinessClock(settings, at.date() - timedelta(days=escalating.CHASED_DAYS + 1), at.date())
    waiting: dict[str, list[str]] = {}
    for one in routing_ladder.on_ladder(book, at, escalating.CHASED_DAYS):
        since = facts_routing.moment(one.assigned_at)
        if one.contacted_at is None and clock.between(since, at) >= UNTOUCHED_MIN:
            waiting.setdefault(str(one.cells.owner), []).append(one.cells.lead_id)
    names = {one.code: one.name for one in routing_ladder.people(book).values()}
    untouched = [Alert("untouched", code, names.get(code, code), tuple(ids)) for code, ids in sorted(waiting.items())]
    slow = [
        Alert("response", row.code, row.name, minutes=row.average_minutes)
        for row in rows
        if row.average_minutes is not None and row.average_minutes > RESPONSE_TARGET_MIN
    ]
    return (*untouched, *slow)


# --- reports ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Distribution:
    """The monthly report: all leads, by source, line and producer (ranked by close rate, then response), and the
    ladder's reassignments and alerts."""

    period: Period
    as_of: datetime
    total: Figures
    by_source: Mapping[str | None, Figures]
    by_line: Mapping[str | None, Figures]
    by_producer: tuple[tuple[str | None, str | None, Figures], ...]
    reassignments: int
    escalations: int


def distribution(book: Book, period: Period, as_of: datetime) -> Distribution:
    """The report of the leads received in the period, as known at `as_of` (routing.md 5)."""
    start, last = datetime.combine(period.start, time()), min(end_of(period.end), as_of)
    found = facts_speed.stories(book, start, last, as_of)
    settings = configuration.load(book)
    sources = source_report(book, period, as_of)
    names = {one.code: one.name for one in routing_ladder.people(book).values()}
    lines = speed.grouped(found, lambda one: settings.line_named(one.line or "") or one.line)
    people = [
        (code, names.get(code or ""), speed.figures(group))
        for code, group in speed.grouped(found, lambda one: one.producer).items()
    ]
    steps = facts_speed.steps_done(book, start, last)
    cost = sum((one.cost for one in sources.values()), Fraction())
    return Distribution(
        period,
        as_of,
        speed.figures(found, cost),
        sources,
        {line: speed.figures(group) for line, group in lines.items()},
        tuple(sorted(people, key=_rank)),
        steps.get("reassign", 0),
        steps.get("alert_manager", 0),
    )


def _rank(one: tuple[str | None, str | None, Figures]) -> tuple[bool, Fraction, bool, Fraction, str]:
    made = one[2]
    minutes = made.average_minutes
    return one[0] is None, -(made.lead_to_bind or Fraction()), minutes is None, minutes or Fraction(), one[0] or ""


def source_report(book: Book, period: Period, as_of: datetime) -> dict[str | None, Figures]:
    """Per source what came of the leads received in the period, by name; None is what has no source (routing.md 5)."""
    start, last = datetime.combine(period.start, time()), min(end_of(period.end), as_of)
    days = max(0, (last.date() - period.start).days + 1)
    return speed.by_source(facts_speed.stories(book, start, last, as_of), facts_speed.costs(book), days)


# --- benchmarks and advice --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """A benchmark with the agency's own value (None: undefined) and the band that it falls into."""

    benchmark: Benchmark
    value: Fraction | None
    band: str | None


def benchmarks(book: Book, period: Period, as_of: datetime) -> tuple[Compared, ...]:
    """Document 002's benchmarks beside the agency's own figures of the period (routing.md 5)."""
    start, last = datetime.combine(period.start, time()), min(end_of(period.end), as_of)
    own = speed.own_values(facts_speed.stories(book, start, last, as_of))
    return tuple(Compared(one, own[one.id], speed.band(one, own[one.id])) for one in speed.BENCHMARKS)


@dataclass(frozen=True, slots=True)
class SourceBenchmark:
    """What a kind of source typically costs per lead and per bind (cents) and closes, from and to; editable."""

    source: str
    cost_low: int
    cost_high: int
    close_low: float
    close_high: float
    bind_low: int
    bind_high: int


TYPICAL: tuple[SourceBenchmark, ...] = (
    SourceBenchmark("Website organic (SEO)", 0, 500, 0.25, 0.35, 1500, 2000),
    SourceBenchmark("Google Ads", 2500, 7500, 0.15, 0.25, 10000, 50000),
    SourceBenchmark("Facebook Ads", 1500, 4000, 0.10, 0.20, 7500, 40000),
    SourceBenchmark("Referrals", 0, 2500, 0.35, 0.50, 0, 7000),
    SourceBenchmark("Carrier leads", 2000, 5000, 0.10, 0.15, 13000, 50000),
    SourceBenchmark("Third-party", 800, 3000, 0.05, 0.12, 7000, 60000),
    SourceBenchmark("Walk-in / Phone", 0, 0, 0.30, 0.45, 0, 0),
)


def typical_sources(book: Book) -> tuple[SourceBenchmark, ...]:
    """The seven sources' typical figures, the agency's own in their place where it changed them."""
    own = {row[0]: SourceBenchmark(*row) for row in routing_log.source_benchmarks(book)}
    return tuple(own.pop(one.source, one) for one in TYPICAL) + tuple(own.values())


def change_typical(book: Book, one: SourceBenchmark, author: Author) -> Changes:
    """Put the agency's figures in place of a source's, undoably. UserError where an end lies below its start."""
    if one.cost_high < one.cost_low or one.close_high < one.close_low or one.bind_high < one.bind_low:
        raise UserError(f"A range of {one.source} runs backwards.", "Enter the smaller figure first.")
    label = f"Change the benchmark of {one.source}"
    with book.transaction():
        action = journal.open_action(book, author, "benchmark.change", label)
        values = {name: getattr(one, name) for name in SourceBenchmark.__slots__}
        changed = edits.edit_row(book, action, "source_benchmark", one.source, values, author.at)
    return Changes(label, changed)


def advise(book: Book, at: datetime) -> Advice:
    """The model that suits the agency as it stands (routing.md 5)."""
    found = [one for one in producers(book, configuration.load(book), at, at) if one.active and not is_bystander(one)]
    rules = [rule for rule in facts_routing.map_rules(book) if rule.holds(at.date())]
    spread = len({rule.producer for rule in rules if rule.producer}) > 1
    alike = len({frozenset(one.lines) for one in found}) <= 1
    return speed.advise(len(found), spread, alike, sum(one.decided for one in found))
