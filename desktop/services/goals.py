"""What KPIs are measured against, changed from a card: dated targets per agency or producer, and the agency's bands.

Each change is one undoable action. Computes no KPI; what a target does is defined in metrics.md 0, *Status*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import kpis as catalog
from desktop.core.kpis.definition import Unit
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.models import entries
from desktop.models.journal import Author
from desktop.services import configuration, grids
from desktop.services.edits import Changes
from desktop.services.grids import Line
from desktop.settings import Json

if TYPE_CHECKING:
    from desktop.models.book import Book

_TABLE = "targets"


@dataclass(frozen=True, slots=True)
class Goal:
    """A target from a day on: `value` in the KPI's unit, rates as fractions, money in dollars."""

    effective_from: date
    value: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What a KPI is measured against: the targets of the agency or of one producer by day, and the agency's bands.

    `bands`: (green edge, red edge), two ranges, or None for a KPI without bands.
    """

    kpi_id: str
    producer: str | None
    goals: tuple[Goal, ...]
    bands: tuple[float, float] | tuple[tuple[float, float], tuple[float, float]] | None


def measure(book: Book, kpi_id: str, producer: str | None = None) -> Measure:
    """The targets typed or imported for a KPI, oldest first, and its bands."""
    found = [
        Goal(date.fromisoformat(str(one.cells["effective_from"])[:10]), float(one.cells["target"] or 0))
        for one in entries.read(book, _TABLE)
        if _same(one.cells, kpi_id, producer)
    ]
    goals = tuple(sorted(found, key=lambda one: one.effective_from))
    return Measure(kpi_id, producer, goals, configuration.load(book).band(kpi_id))


def _same(cells: object, kpi_id: str, producer: str | None) -> bool:
    fields = dict(cells)  # type: ignore[call-overload]
    code = str(fields["producer_code"] or "").casefold()
    return (
        fields["metric"] == kpi_id
        and code == (producer or "").casefold()
        and not fields["level"]
        and not fields["line"]
    )


def set_goal(
    book: Book, kpi_id: str, value: float | None, start: date, producer: str | None, author: Author, today: date
) -> Changes:
    """Set the target of a KPI from `start` on, for the agency or one producer by code; None takes that day's away.

    UserError where the target cannot stand.
    """
    fixed: dict[str, Cell] = {"metric": kpi_id, "producer_code": producer, "level": None, "line": None, "stretch": None}
    day = f"{start:%m/%d/%Y}"
    known = {line.texts["effective_from"]: line for line in grids.read(book, _TABLE, fixed)}
    here = known.get(day)
    if value is None and here is None:
        return Changes("", changed=False)
    texts = {"effective_from": "", "target": ""} if value is None else {"effective_from": day, "target": f"{value:.6f}"}
    line = Line(None if here is None else here.key, texts)
    label = f"Target of {catalog.kpi(kpi_id).label} from {day}"
    outcome = grids.save(book, _TABLE, fixed, [line], label, author, today)
    if outcome.wrong:
        raise UserError(next(iter(outcome.wrong.values())), "Type another target or day.")
    return outcome.changes


def set_bands(book: Book, kpi_id: str, edges: tuple[float, float] | None, author: Author) -> Changes:
    """Set the agency's bands of a KPI: green beyond the first edge, red beyond the second; None: no bands.

    UserError where they do not fit the way in which the KPI is better.
    """
    kpi = catalog.kpi(kpi_id)
    if edges is not None:
        rising = kpi.better.value == "higher"
        if (edges[0] < edges[1]) if rising else (edges[0] > edges[1]):
            raise UserError("The edges are the wrong way round.", "Green is the better side; give its edge first.")
    value: Json = None if edges is None else [edges[0], edges[1]]
    changed = configuration.set_values(book, {f"bands.{kpi_id}": value}, author)
    return Changes(f"Bands of {kpi.label}", changed=bool(changed))


def number(kpi_id: str, text: str) -> float | None:
    """A value as people type it: `45%` or `45` of a rate, `$1,200`, `30`; None for nothing.

    UserError where it is no number.
    """
    plain = text.strip().replace(",", "").replace("$", "")
    if not plain:
        return None
    try:
        value = float(plain.removesuffix("%"))
    except ValueError:
        raise UserError(f"“{text.strip()}” is no number.", "Type a number like 45% or 30.") from None
    return value / 100 if is_rate(kpi_id) or plain.endswith("%") else value


def is_rate(kpi_id: str) -> bool:
    """Whether the KPI is shown as percent, so that 45 means 0.45."""
    return catalog.kpi(kpi_id).unit is Unit.RATIO and kpi_id != "lead_source_roi"


def typed(kpi_id: str, value: float) -> str:
    """The value as people type it."""
    if is_rate(kpi_id):
        return f"{value * 100:.4f}".rstrip("0").rstrip(".") + "%"
    return f"{value:.4f}".rstrip("0").rstrip(".")
