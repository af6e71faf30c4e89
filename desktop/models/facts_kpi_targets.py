"""Target rules for KPIs (metrics.md 0: KPI ids are allowed in targets.csv). Must not know what for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.core.kpis import is_kpi, kpi
from desktop.core.kpis.definition import Unit
from desktop.core.money import exact
from desktop.core.targets import TargetRule

if TYPE_CHECKING:
    from desktop.models.book import Book

_CENTS = 100


def target_rules(book: Book) -> list[TargetRule]:
    """Every target rule of a KPI, amounts in the KPI's own unit, dollars in cents.

    A rule for a name that means nobody of ours is left out, and so is one for a line: a KPI is not one line's.
    """
    rows = book.connection.execute(
        "SELECT t.metric, t.target, t.effective_from, t.producer_code, a.producer, t.level FROM target t"
        " LEFT JOIN alias a ON a.id = t.producer_code WHERE t.insurance_line IS NULL ORDER BY t.id"
    )
    return [
        TargetRule(
            metric=metric,
            target=exact(target) * (_CENTS if kpi(metric).unit is Unit.DOLLARS else 1),
            stretch=None,
            effective_from=date.fromisoformat(start),
            producer=producer,
            level=None if producer is not None else level,
        )
        for metric, target, start, name, producer, level in rows
        if is_kpi(metric) and (name is None or producer is not None)
    ]
