"""Shapes the services' records into the answers of commands.md: dollars, rounded rates, ISO times, the spec's keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.core.production import METRIC, Unit

if TYPE_CHECKING:
    from desktop.services.figures import Dashboard, MetricFigure, Panel
    from desktop.services.imports import FileResult, ImportResult, UndoResult
    from desktop.services.records import FoundRecord

_RATE_PLACES = 6


def imported(result: ImportResult) -> dict[str, Any]:
    """The answer of `import`."""
    return {
        "import_id": result.import_id,
        "dry_run": result.dry_run,
        "files": [_file(one) for one in result.files],
        "unknown_producers": [{"name": one.name, "rows": one.rows} for one in result.unknown_producers],
        "notes": [*result.notes, *(f"{one.file}: {note}" for one in result.files for note in one.notes)],
    }


def _file(one: FileResult) -> dict[str, Any]:
    return {
        "file": one.file,
        "sheet": one.sheet,
        "profile": one.profile,
        "table": one.table,
        "rows": one.rows,
        "inserted": one.inserted,
        "updated": one.updated,
        "unchanged": one.unchanged,
        "rejected": one.rejected,
        "rejects": [
            {"line": reject.line, "column": reject.column, "value": reject.value, "reason": reject.reason}
            for reject in one.rejects
        ],
        "skipped": [{"line": skip.line, "why": skip.why} for skip in one.skipped],
        "file_total": one.file_total,
        "our_total": one.our_total,
    }


def undone(result: UndoResult) -> dict[str, Any]:
    """The answer of `undo`."""
    return {
        "import_id": result.import_id,
        "removed": result.removed,
        "restored": result.restored,
        "kept": [
            {"table": one.table, "key": one.key, "column": one.column or None, "why": one.why} for one in result.kept
        ],
    }


def dashboard(found: Dashboard, *, whole: bool) -> dict[str, Any]:
    """The answer of `dashboard`: one producer's figures, or (`whole`) the agency's with everybody's."""
    if not whole:
        return _panel(found, found.producers[0])
    return {
        "from": found.period.start.isoformat(),
        "to": found.period.end.isoformat(),
        "agency": _panel(found, found.agency),
        "producers": [_panel(found, panel) for panel in found.producers],
    }


def _panel(found: Dashboard, panel: Panel) -> dict[str, Any]:
    month = panel.month_to_date
    return {
        "producer": panel.producer,
        "producer_name": panel.producer_name,
        "from": found.period.start.isoformat(),
        "to": found.period.end.isoformat(),
        "as_of": found.as_of.isoformat(timespec="seconds"),
        "metrics": {key: _metric(figure) for key, figure in panel.metrics.items()},
        "month_to_date": {
            "policies_written": month.policies_written,
            "policies_target": month.policies_target,
            "new_premium": dollars(month.new_premium),
            "premium_target": dollars(month.premium_target),
            "close_rate": rate(month.close_rate),
            "on_track": month.on_track,
        },
        "pipeline": [
            {"stage": one.stage, "count": one.count, "premium": dollars(one.premium)} for one in panel.pipeline
        ],
        "health": [
            {"id": one.id, "fired": one.fired, "value": rate(one.value), "limit": one.limit} for one in panel.health
        ],
        "red_flags": [
            {
                "id": one.id,
                "fired": one.fired,
                "evidence": {key: _evidence(value) for key, value in one.evidence.items()},
                "meaning": one.meaning,
                "action": one.action,
            }
            for one in panel.red_flags
        ],
        "freshness": [
            {"source": one.source, "through": None if one.through is None else one.through.isoformat()}
            for one in found.freshness
        ],
    }


def _metric(figure: MetricFigure) -> dict[str, Any]:
    unit = METRIC[figure.id].unit
    return {
        "value": _amount(unit, figure.value),
        "target": _amount(unit, figure.target),
        "stretch": _amount(unit, figure.stretch),
        "hit": figure.hit,
        "automatic_share": rate(figure.automatic_share),
    }


def _amount(unit: Unit, value: float | None) -> float | int | None:
    if value is None or unit is Unit.COUNT:
        return value
    return rate(value) if unit is Unit.RATE else dollars(round(value))


def _evidence(value: Any) -> Any:
    if isinstance(value, float):
        return rate(value)
    if isinstance(value, (list, tuple)):
        return [_evidence(inner) for inner in value]
    return value


def dollars(cents: float | None) -> float | None:
    """Cents as a number of dollars."""
    return None if cents is None else round(cents / 100, 2)


def rate(value: float | None) -> float | None:
    """A fraction, rounded to six places."""
    return None if value is None else round(value, _RATE_PLACES)


def records(metric: str, found: Sequence[FoundRecord]) -> dict[str, Any]:
    """The answer of `records`."""
    return {"id": metric, "records": [_record(one) for one in found]}


def _record(one: FoundRecord) -> dict[str, Any]:
    return {
        "role": one.role,
        "table": one.table,
        "key": one.key,
        "file": one.file,
        "sheet": one.sheet,
        "line": one.line,
        "entered": one.entered,
        "amount": dollars(one.amount) if one.money else one.amount,
        "at": one.at,
        "producer": one.producer,
        "producer_name": one.producer_name,
        "subject": one.subject,
    }
