"""Where a value lies along an axis, and which round numbers stand at its ticks.

Pure arithmetic: knows no chart and no Qt.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` with its ticks, all in the values' own unit."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far along the axis `value` lies, 0 at `low` and 1 at `high`; kept within the axis."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def make_scale(values: Iterable[float | None], most_ticks: int = 5, *, zero: bool = True, whole: bool = False) -> Scale:
    """An axis that holds all `values`, from zero unless told otherwise; `whole` keeps fractions off its ticks."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low, low + 1.0) if low >= 0 else (low, 0.0)
    step = _step((high - low) / max(most_ticks, 1))
    if whole:
        step = max(math.ceil(step), 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(round(float(number * step), 10) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if rough <= step * power * (1 + 1e-9))
