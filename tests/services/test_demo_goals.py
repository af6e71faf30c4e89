"""The demo's goals with carriers, by hand."""

from __future__ import annotations

from datetime import date

from desktop.core.templates import TEMPLATES, Cell, Row
from desktop.services.demo_goals import goal_rows

NAMES = TEMPLATES["policies"].names


def policy(**cells: Cell) -> Row:
    return tuple(cells.get(name) for name in NAMES)


def test_a_tenth_more_than_the_year_before_in_whole_steps() -> None:
    rows = [
        policy(carrier="Harbor", bound_on="2025-01-01", transaction="new", annual_premium=4_600_000),
        policy(carrier="Harbor", bound_on="2025-12-31", transaction="new", annual_premium=400_000),
        policy(carrier="Harbor", bound_on="2025-06-01", transaction="renewal", annual_premium=9_000_000),
        policy(carrier="Harbor", bound_on="2026-01-01", transaction="new", annual_premium=9_000_000),
        policy(carrier=None, bound_on="2025-06-01", transaction="new", annual_premium=9_000_000),
        policy(carrier="Alder", bound_on="2025-06-01", transaction="new", annual_premium=100),
    ]
    assert goal_rows(rows, date(2026, 3, 1)) == [("Alder", 2026, 500_000, 2), ("Harbor", 2026, 6_000_000, 3)]
    assert goal_rows(rows, date(2024, 3, 1)) == []
