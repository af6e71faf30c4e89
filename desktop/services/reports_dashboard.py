"""The producer dashboard on paper, and the cover of the week's scorecards with ranking and sign-off list.

Arranges what the services answer; computes nothing (metrics.md 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.core import periods
from desktop.core.documents import (
    Block,
    Bullet,
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
from desktop.core.findings import counted, dollars, in_short, listed
from desktop.core.pipeline import OPEN_STAGES, SALES_STAGES
from desktop.core.production import ACTIVITIES, METRIC, METRICS, Unit
from desktop.services import dashboard as dashing
from desktop.services import flag_words, reporting
from desktop.services.figures import Dashboard, FlagFigure, MetricFigure, Panel
from desktop.services.reporting import Asked

if TYPE_CHECKING:
    from desktop.models.book import Book

_KINDS = {Unit.COUNT: Kind.COUNT, Unit.MONEY: Kind.MONEY, Unit.RATE: Kind.PERCENT, Unit.MEAN_MONEY: Kind.MONEY}
_STAGES = {stage.key: stage.label for stage in SALES_STAGES}
_METRIC_TABLE = (
    Column("Metric"),
    Column("Actual", Kind.NUMBER),
    Column("Against target", Kind.DRAWING),
    Column("Target", Kind.NUMBER),
    Column("Stretch", Kind.NUMBER),
    Column("Period before", Kind.NUMBER),
    Column("Tracked automatically", Kind.PERCENT),
)
_PIPELINE = (
    Column("Stage"),
    Column("Leads", Kind.COUNT),
    Column("Open", Kind.DRAWING),
    Column("Annual premium", Kind.MONEY),
    Column("What each asks for"),
)


def dashboard(book: Book, asked: Asked) -> Report:
    """The agency with a table of its producers and their red flags, or one producer alone."""
    found = dashing.dashboard(book, asked.period, asked.as_of, asked.producer)
    if asked.producer is not None:
        (panel,) = found.producers
        blocks = [*panel_blocks(panel), *signals(panel)]
    else:
        blocks = [*panel_blocks(found.agency), *signals(found.agency), *_everybody(found)]
    of = f"{period_words(asked.period)}  ·  {reporting.whose(book, asked.producer)}"
    words = _who_needs_a_talk(found) if asked.producer is None else _where_one_stands(found.producers[0])
    return reporting.report(book, "Producer dashboard", of, blocks, asked, finding=words)


def _who_needs_a_talk(found: Dashboard) -> str:
    """Whom a red flag points to, and whether the agency's month is on track."""
    flagged = [panel.producer_name for panel in found.producers if any(flag.fired for flag in panel.red_flags)]
    verb = "needs" if len(flagged) == 1 else "need"
    talk = f"{listed(flagged)} {verb} a talk" if flagged else "No red flag fires"
    return f"{talk}; {_month_words(found.agency)}."


def _where_one_stands(panel: Panel) -> str:
    """One producer's month, targets hit, and red flags."""
    targets = [one.hit for one in panel.metrics.values() if one.hit is not None]
    hit = f"{sum(targets)} of {counted(len(targets), 'target')} hit" if targets else "No target applies"
    flags = counted(sum(flag.fired for flag in panel.red_flags), "red flag")
    return f"{hit}, {flags}; {_month_words(panel)}."


def _month_words(panel: Panel) -> str:
    month = panel.month_to_date
    written = f"{dollars(month.new_premium)} of new premium this month"
    if month.on_track is None or month.premium_target is None:
        return written
    return f"{written}, {'on' if month.on_track else 'not on'} track for {dollars(month.premium_target)}"


def panel_blocks(panel: Panel) -> list[Block]:
    """Month to date, the twelve metrics against their targets, and the pipeline of one panel."""
    month = panel.month_to_date
    track = {True: Marked("yes", Status.GOOD), False: Marked("no", Status.BAD), None: None}[month.on_track]
    return [
        Facts(
            (
                Fact("New premium, month to date", month.new_premium, Kind.MONEY, _dollar_goal(month.premium_target)),
                Fact("Policies, month to date", month.policies_written, Kind.COUNT, _goal(month.policies_target)),
                Fact("Close rate, month to date", month.close_rate, Kind.PERCENT),
                Fact("On track for the month", track or "—"),
                Fact("Tracked automatically", panel.automatic_share, Kind.PERCENT),
            )
        ),
        Heading("Activity and results"),
        Table(
            _METRIC_TABLE,
            tuple(_metric(panel.metrics[metric.id]) for metric in METRICS),
            note="A thick mark is the target, a thin one the stretch target.",
        ),
        *_pipeline(panel),
    ]


def signals(panel: Panel) -> list[Block]:
    """What the pipeline's health and the red flags say."""
    fired = [Text(f"{rule.label}: {rule.reading}") for rule in panel.health if rule.fired]
    flags = [Text(f"{flag.label}. {_said(flag)}") for flag in panel.red_flags if flag.fired]
    blocks: list[Block] = [Heading("Red flags and pipeline health")]
    if not fired and not flags:
        return [*blocks, Text("Nothing fires.")]
    return [*blocks, *flags, *fired]


def _said(flag: FlagFigure) -> str:
    """The numbers, what they mean, what to do."""
    return " ".join(part for part in (flag_words.numbers(flag), flag.meaning, flag.action) if part)


def _goal(target: int | None) -> str:
    return "" if target is None else f"of {target:,} target"


def _dollar_goal(target: int | None) -> str:
    return "" if target is None else f"of ${target / 100:,.0f} target"


def _metric(figure: MetricFigure) -> Row:
    kind = _KINDS[METRIC[figure.id].unit]
    cells: tuple[Cell, ...] = (
        METRIC[figure.id].label,
        _judged(figure),
        Bullet(figure.value, figure.target, figure.stretch),
        figure.target,
        figure.stretch,
        figure.previous,
        figure.automatic_share,
    )
    return Row(cells, kinds=(Kind.TEXT, kind, Kind.DRAWING, kind, kind, kind, Kind.PERCENT))


def _judged(figure: MetricFigure) -> Cell:
    if figure.hit is None:
        return figure.value
    return Marked(figure.value, Status.GOOD if figure.hit else Status.BAD)


def _pipeline(panel: Panel) -> list[Block]:
    most = max((one.count for one in panel.pipeline if one.stage in OPEN_STAGES), default=0)
    rows = tuple(
        Row(
            (
                _STAGES[one.stage],
                one.count,
                Bullet(one.count if one.stage in OPEN_STAGES else None, None, most),
                one.premium,
                one.action,
            )
        )
        for one in panel.pipeline
    )
    return [
        Heading("Pipeline"),
        Table(_PIPELINE, rows, note="Won and lost: leads decided in the period; the others are open."),
    ]


def _everybody(found: Dashboard) -> list[Block]:
    """The table of all producers, activity and results apart, and who needs a talk."""
    people = [*found.producers, found.agency]
    blocks: list[Block] = []
    for title, results in (("Activity by producer", False), ("Results by producer", True)):
        metrics = [metric for metric in METRICS if (metric.id not in ACTIVITIES) is results]
        columns = (Column("Producer"), *(Column(metric.label, _KINDS[metric.unit]) for metric in metrics))
        rows = [
            Row((panel.producer_name, *(_judged(panel.metrics[metric.id]) for metric in metrics))) for panel in people
        ]
        blocks += [Heading(title), Table(columns, tuple(rows[:-1]), (rows[-1],))]
    flags = [
        Row((panel.producer_name, flag.label, _said(flag)))
        for panel in found.producers
        for flag in panel.red_flags
        if flag.fired
    ]
    columns = (Column("Producer"), Column("Flag"), Column("What it means, and what to do", wrap=True))
    return [*blocks, Heading("Who needs a talk"), Table(columns, tuple(flags), empty="No red flag fires.")]


# --- the cover of the week --------------------------------------------------------------------------------------------


def scorecard_cover(book: Book, asked: Asked) -> Report:
    """The week of the period's last day: the agency's totals, producers ranked by new premium, and who has signed."""
    week = periods.week_of(asked.period.end)
    as_of = min(asked.as_of, periods.end_of(week.end))
    found = dashing.dashboard(book, week, as_of)
    ranked = sorted((panel for panel in found.producers if panel.has_targets), key=_rank)
    agency = found.agency.metrics
    totals = tuple(
        Fact(METRIC[key].label, _judged(agency[key]), _KINDS[METRIC[key].unit], _wanted(agency[key]))
        for key in ("calls_made", "meetings_held", "quotes", "policies_written", "new_premium")
    )
    blocks: list[Block] = [
        Facts(totals, title="The agency's week"),
        Heading("Ranking by new premium"),
        Table(_RANKING, tuple(_ranked(number, panel) for number, panel in enumerate(ranked, 1))),
        Heading("Sign-off"),
        Table(_SIGN_OFF, tuple(Row((panel.producer_name, panel.producer, None, None, None)) for panel in ranked)),
    ]
    title = f"{periods.week_name(week)}  ·  {period_words(week)}"
    words = _who_leads(ranked, found.agency)
    return reporting.report(book, "Weekly scorecards", title, blocks, asked, finding=words)


def _who_leads(ranked: Sequence[Panel], agency: Panel) -> str:
    if not ranked:
        return "No producer has targets in this week."
    written = int(agency.metrics["new_premium"].value or 0)
    first = ranked[0]
    own = int(first.metrics["new_premium"].value or 0)
    if not own:
        return "Nothing was written in this week."
    return f"{in_short(first.producer_name)} leads with {dollars(own)} of the week's {dollars(written)} new premium."


_RANKING = (
    Column("Rank", Kind.COUNT),
    Column("Producer"),
    Column("New premium", Kind.MONEY),
    Column("Policies", Kind.COUNT),
    Column("Quotes", Kind.COUNT),
    Column("Calls", Kind.COUNT),
    Column("Targets hit", Kind.COUNT),
    Column("Red flags", Kind.COUNT),
)
_SIGN_OFF = (
    Column("Producer"),
    Column("Code"),
    Column("Discussed on", write=True),
    Column("Producer signed", write=True),
    Column("Manager signed", write=True),
)


def _rank(panel: Panel) -> tuple[float, float, str]:
    return (
        -(panel.metrics["new_premium"].value or 0),
        -(panel.metrics["policies_written"].value or 0),
        panel.producer or "",
    )


def _ranked(number: int, panel: Panel) -> Row:
    metrics = panel.metrics
    return Row(
        (
            number,
            panel.producer_name,
            _judged(metrics["new_premium"]),
            _judged(metrics["policies_written"]),
            _judged(metrics["quotes"]),
            _judged(metrics["calls_made"]),
            sum(1 for one in metrics.values() if one.hit),
            sum(1 for flag in panel.red_flags if flag.fired),
        )
    )


def _wanted(figure: MetricFigure) -> str:
    if figure.target is None:
        return ""
    money = METRIC[figure.id].is_money
    return f"target {f'${figure.target / 100:,.0f}' if money else f'{figure.target:,.0f}'}"
