"""Whether the edges of a KPI's bands fit the way in which it is better, whoever gave them (metrics.md 4)."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.kpis.definition import Better, Kpi
from desktop.errors import UserError


def check_way(kpi: Kpi, band: Sequence[float | Sequence[float]]) -> None:
    """UserError where bands do not fit the way in which the KPI is better."""
    first, second = band
    if isinstance(first, Sequence) and isinstance(second, Sequence):
        if not second[0] <= first[0] <= first[1] <= second[1]:
            raise UserError("The green range is not inside the yellow one.", "Give ranges like 3 to 5 and 2 to 7.")
    elif isinstance(first, Sequence) or isinstance(second, Sequence):
        raise UserError("One edge is a range and the other is not.", "Give two edges or two ranges.")
    elif kpi.better is Better.BETWEEN:
        raise UserError(f"{kpi.label} is good inside a range.", "Give ranges like 3 to 5 and 2 to 7.")
    elif (first < second) if kpi.better is Better.HIGHER else (first > second):
        raise UserError("The edges are the wrong way round.", "Green is the better side; give its edge first.")
