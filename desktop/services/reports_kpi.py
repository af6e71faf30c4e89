"""The KPI views on paper: the 20 cards as a scorecard, and each other view with what is behind its figures.

Arranges what the KPI service answers; computes nothing (metrics.md 4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from desktop.core import kpis as catalog
from desktop.core.documents import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Heading,
    HeatMap,
    Kind,
    Marked,
    Plain,
    Report,
    Row,
    Status,
    Table,
    Text,
    Trend,
    period_words,
)
from desktop.core.findings import counted, listed
from desktop.core.kpis.definition import Basis, Cents, Duration, KpiFigure, Unit, View
from desktop.core.pipeline import SALES_STAGES
from desktop.errors import UserError
from desktop.services import kpis, reporting
from desktop.services.kpis import Card
from desktop.services.reporting import Asked

if TYPE_CHECKING:
    from desktop.models.book import Book

_STATUS = {"green": Status.GOOD, "yellow": Status.NEAR, "red": Status.BAD, "none": Status.NONE}
_KINDS = {Unit.RATIO: Kind.PERCENT, Unit.DOLLARS: Kind.MONEY}
_SUFFIX = {Unit.MINUTES: " (minutes)", Unit.DAYS: " (days)", Unit.POINTS: " (points)"}
_MULTIPLES = frozenset({"lead_source_roi"})
_NAMES = frozenset({"key", "source", "carrier", "state"})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORDS = {
    "p": "Chance",
    "roi": "ROI",
    "by": "By",
    "key": "Record",
    "since": "Untouched since",
    "rate": "Rate",
    "persistency_13m": "Persistency, 13 months",
    "share_within_5": "Share within 5 minutes",
    "mean_7_days": "Mean of 7 days",
}
_MOST_ROWS = 40
_STAGES = {stage.key: stage.label for stage in SALES_STAGES}
_COLUMNS = (
    Column("No."),
    Column("KPI"),
    Column("Value", Kind.NUMBER),
    Column("Target", Kind.NUMBER),
    Column("Last 13 periods", Kind.DRAWING),
    Column("Period before", Kind.NUMBER),
    Column("Numerator", Kind.NUMBER),
    Column("Denominator", Kind.NUMBER),
)
_NOTE = "Marked: a check is green, a dash yellow, an exclamation mark red."


def scorecard(book: Book, asked: Asked) -> Report:
    """The 20 cards in the document's order, those without data last."""
    cards = kpis.kpi_cards(book, asked.period, asked.as_of, asked.producer, _basis(asked))
    blocks: list[Block] = [_summary(cards)]
    missing = [catalog.kpi(card.figure.id) for card in cards if card.empty]
    blocks += [
        Text(f"{kpi.label}: no data yet. What fills it: {kpi.fills.rstrip('.')}.", quiet=True) for kpi in missing
    ]
    return _report(book, "KPI scorecard", blocks, asked, cards)


def funnel(book: Book, asked: Asked) -> Report:
    """From first contact to the bound policy."""
    return _view(book, "KPIs: funnel", View.FUNNEL, asked)


def revenue(book: Book, asked: Asked) -> Report:
    """Premium by size, source and carrier."""
    return _view(book, "KPIs: revenue", View.REVENUE, asked)


def retention(book: Book, asked: Asked) -> Report:
    """How long policies stay, and what is saved."""
    return _view(book, "KPIs: retention", View.RETENTION, asked)


def activity(book: Book, asked: Asked) -> Report:
    """Speed, effort, and the cases nobody touches."""
    return _view(book, "KPIs: activity", View.ACTIVITY, asked)


def intelligence(book: Book, asked: Asked) -> Report:
    """Sources, best times, states, carriers, funnel and forecast."""
    return _view(book, "KPIs: intelligence", View.INTELLIGENCE, asked)


def _view(book: Book, title: str, view: View, asked: Asked) -> Report:
    ids = [kpi.id for kpi in catalog.KPIS if kpi.view is view]
    cards = kpis.kpi_cards(book, asked.period, asked.as_of, asked.producer, _basis(asked), ids)
    valued = [card for card in cards if card.figure.unit is not Unit.TABLE]
    blocks: list[Block] = [_summary(valued)]
    for card in cards:
        blocks += _behind(card.figure)
    return _report(book, title, blocks, asked, valued)


def _report(book: Book, title: str, blocks: Sequence[Block], asked: Asked, cards: Sequence[Card]) -> Report:
    of = f"{period_words(asked.period)}  ·  {reporting.whose(book, asked.producer)}"
    if _basis(asked) is Basis.FLOW:
        of = f"{of}  ·  flow basis"
    return reporting.report(book, title, of, blocks, asked, finding=_what_is_red(cards))


def _what_is_red(cards: Sequence[Card]) -> str:
    """Which KPIs are red, of those that are held against anything."""
    judged = [card for card in cards if _STATUS[card.figure.status.value] is not Status.NONE]
    if not judged:
        return "No target applies to these KPIs in the period."
    red = [catalog.kpi(card.figure.id).label for card in judged if _STATUS[card.figure.status.value] is Status.BAD]
    if not red:
        return f"None of {counted(len(judged), 'KPI')} with a target is red."
    return f"{len(red)} of {counted(len(judged), 'KPI')} with a target {_is_are(red)} red: {listed(red)}."


def _is_are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _basis(asked: Asked) -> Basis:
    """Cohort, unless `basis=flow` was typed."""
    typed = asked.inputs.get("basis", Basis.COHORT.value)
    if typed not in {basis.value for basis in Basis}:
        raise UserError(f"There is no basis “{typed}”.", "Type cohort or flow.")
    return Basis(typed)


# --- the table of figures ---------------------------------------------------------------------------------------------


def _summary(cards: Sequence[Card]) -> Table:
    return Table(_COLUMNS, tuple(_line(card) for card in cards), note=_NOTE)


def _line(card: Card) -> Row:
    figure = card.figure
    kpi, kind = catalog.kpi(figure.id), kind_of(figure)
    status = _STATUS[figure.status.value]
    value = native(figure.value)
    cells: tuple[Cell, ...] = (
        figure.section,
        kpi.label if figure.unit.value in kpi.label else kpi.label + _SUFFIX.get(figure.unit, ""),
        value if status is Status.NONE else Marked(value, status),
        native(figure.target),
        Trend(tuple(_number(one) for one in card.trend)),
        native(figure.previous),
        native(figure.numerator),
        native(figure.denominator),
    )
    behind = tuple(_kind(value, "") for value in (figure.numerator, figure.denominator))
    return Row(cells, kinds=(Kind.TEXT, Kind.TEXT, kind, kind, Kind.DRAWING, kind, *behind))


def kind_of(figure: KpiFigure) -> Kind:
    """How a KPI's value is written."""
    return Kind.MULTIPLE if figure.id in _MULTIPLES else _KINDS.get(figure.unit, Kind.NUMBER)


def native(value: Any) -> Plain:
    """A value as a document holds it: exact fractions as floats, truth in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return float(value)
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


# --- what is behind a figure ------------------------------------------------------------------------------------------


def _behind(figure: KpiFigure) -> list[Block]:
    """What a KPI means, its other figures, and its rows as chart and table; nothing where it has none."""
    others = {key: value for key, value in figure.detail.items() if key != "rows"}
    rows: list[Mapping[str, Any]] = list(_rows(figure))
    if not others and not rows:
        return []
    kpi = catalog.kpi(figure.id)
    blocks: list[Block] = [Heading(f"{figure.section} {kpi.label}"), Text(kpi.definition, quiet=True)]
    if others:
        words = (f"{word(key)}: {_written(value, key)}" for key, value in others.items())
        blocks.append(Text("  ·  ".join(words)))
    blocks += _charts(figure.id, rows)
    for title, part in _parts(rows):
        blocks.append(_table(title, part, figure))
    return blocks


def _rows(figure: KpiFigure) -> Sequence[Mapping[str, Any]]:
    found = figure.detail.get("rows", ())
    return found if isinstance(found, Sequence) and not isinstance(found, str) else ()


def _charts(kpi_id: str, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    if rows and "bucket" in rows[0]:
        bars = tuple(Bar(str(row["bucket"]), row["count"]) for row in rows)
        return [Bars("How they are distributed", bars, Kind.COUNT)]
    if kpi_id == "best_time_to_call" and rows:
        return [_hours(rows)]
    if kpi_id == "funnel" and rows:
        return [_funnel(rows)]
    return []


def _hours(rows: Sequence[Mapping[str, Any]]) -> HeatMap:
    hours = sorted({row["hour"] for row in rows})
    days = sorted({row["weekday"] for row in rows})
    rates = {(row["weekday"], row["hour"]): _number(row["rate"]) for row in rows}
    return HeatMap(
        "Share of calls connected, by weekday and hour (cells under 5 calls are blank)",
        tuple(_DAYS[day - 1] for day in days),
        tuple(f"{hour}:00" for hour in hours),
        tuple(tuple(rates.get((day, hour)) for hour in hours) for day in days),
        Kind.PERCENT,
        repeats=True,
    )


def _funnel(rows: Sequence[Mapping[str, Any]]) -> Bars:
    bars = tuple(
        Bar(_STAGES.get(row["stage"], row["stage"]), row["reached"], note="largest drop" if row["largest_drop"] else "")
        for row in rows
    )
    return Bars("Leads that reached each stage", bars, Kind.COUNT, repeats=True)


def _parts(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Rows of one shape and one breakdown each, in the order given; a distribution stands in its chart alone."""
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if "bucket" in row:
            continue
        parts.setdefault(f"By {row['by']}" if "by" in row else "", []).append(row)
    return list(parts.items())


def _table(title: str, rows: Sequence[Mapping[str, Any]], figure: KpiFigure) -> Table:
    keys = [key for key in rows[0] if key != "by"]
    kinds = [_column_kind([row.get(key) for row in rows], key, figure) for key in keys]
    columns = tuple(
        Column(word(key) if key != "key" or not title else title.removeprefix("By ").capitalize(), kind)
        for key, kind in zip(keys, kinds, strict=True)
    )
    filled = tuple(Row(tuple(_cell(row.get(key), key) for key in keys)) for row in rows)
    return Table(columns, filled, title=title, printed=_MOST_ROWS)


def _column_kind(values: Sequence[Any], key: str, figure: KpiFigure) -> Kind:
    if key in ("value", "previous") and "by" in _first_keys(figure):
        return kind_of(figure)
    if key == "since":
        return Kind.DATE
    if key in _NAMES or key == "advice":
        return Kind.TEXT
    known = [value for value in values if value is not None]
    return _kind(known[0], key) if known else Kind.NUMBER


def _first_keys(figure: KpiFigure) -> set[str]:
    return {key for row in _rows(figure) for key in row}


def _kind(value: Any, key: str) -> Kind:
    if isinstance(value, (str, bool)) or key == "weekday":
        return Kind.TEXT
    if isinstance(value, Cents):
        return Kind.MONEY
    if isinstance(value, Duration):
        return Kind.NUMBER
    if isinstance(value, Fraction):
        return Kind.MULTIPLE if key == "roi" else Kind.PERCENT if key else Kind.NUMBER
    return Kind.COUNT if isinstance(value, int) else Kind.NUMBER


def _cell(value: Any, key: str) -> Plain:
    if key == "weekday":
        return _DAYS[value - 1]
    if key == "stage":
        return _STAGES.get(value, str(value))
    if key in _NAMES and value is None:
        return "not stated"
    if key == "since":
        return date.fromisoformat(str(value)[:10])
    if isinstance(value, str) and key == "key":
        return value.replace("_", " ")
    return native(value)


def _written(value: Any, key: str) -> str:
    """A figure inside a sentence."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Cents):
        return f"${value / 100:,.0f}"
    if isinstance(value, Fraction) and "share" in key:
        return f"{float(value):.1%}"
    return f"{float(value):,.1f}".removesuffix(".0") if isinstance(value, (int, float, Fraction)) else str(value)


def word(key: str) -> str:
    """A key of an answer as a heading."""
    return _WORDS.get(key) or key.replace("_", " ").capitalize()
