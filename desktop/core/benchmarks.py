"""How other agencies fare: four grades of a few figures of the trade, to stand beside the agency's own.

Pure numbers and edges (routing.md 5); must not know how a figure is worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_HOUR = 60.0


class Grade(StrEnum):
    """Where a figure stands among agencies."""

    POOR = "poor"
    AVERAGE = "average"
    GOOD = "good"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Three edges from poor to best; `rising`: more is better. `words`: the four grades' ranges as people say them."""

    id: str
    edges: tuple[float, float, float]
    rising: bool
    words: tuple[str, str, str, str]

    def grade(self, value: float) -> Grade:
        """Where `value` stands; on an edge it belongs to the better side of rising figures, the worse of falling ones.

        A first response of exactly four hours is poor, a lead-to-bind ratio of exactly 30 % is best.
        """
        reached = sum(1 for edge in self.edges if (value >= edge if self.rising else value < edge))
        return tuple(Grade)[reached]


BENCHMARKS: Mapping[str, Benchmark] = MappingProxyType(
    {
        one.id: one
        for one in (
            Benchmark(
                "speed_to_lead",
                (4 * _HOUR, _HOUR, 5.0),
                False,
                ("4 hours and more", "1 to 4 hours", "under an hour", "under 5 minutes"),
            ),
            Benchmark("lead_close_rate", (0.10, 0.20, 0.30), True, ("under 10%", "10 to 20%", "20 to 30%", "over 30%")),
        )
    }
)
"""By KPI id: first response in minutes around the clock, and leads that were bound."""


def benchmark_of(kpi_id: str) -> Benchmark | None:
    """The benchmark to stand beside a KPI, None where the trade has none."""
    return BENCHMARKS.get(kpi_id)
