"""Where a figure stands among agencies, edge by edge."""

from __future__ import annotations

import pytest

from desktop.core.benchmarks import BENCHMARKS, Grade, benchmark_of


@pytest.mark.parametrize(
    ("minutes", "grade"),
    [(0, "best"), (4.99, "best"), (5, "good"), (59.9, "good"), (60, "average"), (239, "average"), (240, "poor")],
)
def test_first_response(minutes: float, grade: str) -> None:
    assert BENCHMARKS["speed_to_lead"].grade(minutes) is Grade(grade)


@pytest.mark.parametrize(
    ("rate", "grade"), [(0, "poor"), (0.0999, "poor"), (0.10, "average"), (0.2, "good"), (0.30, "best"), (1, "best")]
)
def test_leads_that_were_bound(rate: float, grade: str) -> None:
    assert BENCHMARKS["lead_close_rate"].grade(rate) is Grade(grade)


def test_most_kpis_have_none() -> None:
    assert benchmark_of("contact_rate") is None
    assert benchmark_of("speed_to_lead") is BENCHMARKS["speed_to_lead"]
