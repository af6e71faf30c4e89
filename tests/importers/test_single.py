"""A value typed by hand is read as a file's would be."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.templates import TEMPLATES, Cell
from desktop.errors import UserError
from desktop.importers import read_value

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("table", "column", "text", "value"),
    [
        ("policies", "annual_premium", "$2,000.50", 200_050),
        ("policies", "bound_on", "3/7/2026", "2026-03-07"),
        ("policies", "commission_rate", "12.5", 0.125),
        ("policies", "commission_rate", "0.125", 0.125),
        ("policies", "commission_rate", "12.5%", 0.125),
        ("activities", "direction", "Inbound", "inbound"),
        ("activities", "bulk", "yes", True),
        ("leads", "stage", "Needs Analysis", "needs_analysis"),
        ("leads", "zip", "2134", "02134"),
    ],
)
def test_value_is_read_like_a_files(table: str, column: str, text: str, value: Cell) -> None:
    template = TEMPLATES[table]
    assert read_value(template.columns[template.index(column)], text, TODAY) == value


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [("policies", "annual_premium", "a lot"), ("policies", "bound_on", "13/7/2026"), ("leads", "stage", "dreaming")],
)
def test_value_that_cannot_be_read_is_refused(table: str, column: str, text: str) -> None:
    template = TEMPLATES[table]
    with pytest.raises(UserError, match="cannot be kept"):
        read_value(template.columns[template.index(column)], text, TODAY)
