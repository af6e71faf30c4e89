"""Every row of every KPI's details opens exactly the records that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from desktop.core.kpis import KPIS
from desktop.core.kpis.definition import KpiFigure
from desktop.core.periods import Period, end_of
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, imports, kpi_records, kpis
from desktop.services.found_records import FoundRecord
from tests.agency import service
from tests.services.test_dashboard_against_oracle import as_rows

YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
NAMES = ("by", "key", "bucket", "month", "stage", "state", "carrier", "source", "weekday", "hour")
"""What tells a row from the others."""
UNDRAWN = {"funnel", "manager_alerts"}
"""Of the funnel a stage opens the leads that stand in it now; the alerts' rows are their records themselves."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path_factory.mktemp("parts") / "agency.pdesk")
    try:
        imports.store_rows(opened, "truth", as_rows(service.make(11)), Author("tester", "2026-07-01T08:00:00"))
        yield opened
    finally:
        opened.close()


def _found(book: Book, figure: KpiFigure, row: Mapping[str, Any], code: str | None) -> list[FoundRecord]:
    part = {name: row[name] for name in NAMES if name in row}
    return kpi_records.records(book, figure.id, YEAR, end_of(YEAR.end), code, part=part)


def _rows(figure: KpiFigure) -> list[Mapping[str, Any]]:
    rows = figure.detail.get("rows", ())
    assert isinstance(rows, (list, tuple))
    return list(rows)


def _above(found: list[FoundRecord], table: str = "") -> float:
    return sum(one.amount for one in found if one.role != "denominator" and table in ("", one.table))


def _below(found: list[FoundRecord], table: str = "") -> float:
    return sum(one.amount for one in found if one.role != "numerator" and table in ("", one.table))


@pytest.mark.parametrize("code", [None, "P01"])
def test_a_rows_records_add_up_to_what_it_says(served: Book, code: str | None) -> None:
    seen = set()
    for figure in kpis.kpis(served, YEAR, end_of(YEAR.end), code, ids={one.id for one in KPIS} - UNDRAWN).kpis:
        for row in _rows(figure):
            seen.add(figure.id)
            _check(figure.id, row, _found(served, figure, row, code))
    assert len(seen) == 21


def _check(kpi_id: str, row: Mapping[str, Any], found: list[FoundRecord]) -> None:
    said = (kpi_id, dict(row))
    if "denominator" in row:
        assert _above(found) == pytest.approx(float(row["numerator"] or 0), abs=1e-6), said
        # the policies in force are those of every kind of exception
        if row["denominator"] is not None and kpi_id != "exception_rate":
            assert sum(one.role != "numerator" for one in found) == row["denominator"], said
    elif "bucket" in row:
        assert len(found) == row["count"], said
    elif "month" in row:
        assert (_above(found), _below(found)) == (row["in_force"], row["started"]), said
    elif "hour" in row:
        assert (_above(found), _below(found)) == (row["connected"], row["calls"]), said
    elif "p" in row:
        assert len(found) == row["leads"], said
        assert _above(found) == pytest.approx(int(row["expected"] or 0), abs=1), said
    elif "state" in row:
        assert (_below(found, "leads"), _above(found, "policies")) == (row["leads"], row["premium"]), said
    elif "advice" in row:
        dollars = row["premium"] if kpi_id == "revenue_by_source" else row["commission"]
        assert (_below(found, "leads"), _above(found, "policies")) == (row["leads"], dollars), said
    elif "deals" in row:
        assert _above(found) == row["premium"], said
    elif "previous" in row:
        assert _above(found) == row["value"], said
    else:
        assert kpi_id == "carrier_matrix"
        assert bool(found) == any(value is not None for name, value in row.items() if name != "carrier"), said


def test_a_row_that_there_is_not_has_no_records(served: Book) -> None:
    (figure,) = kpis.kpis(served, YEAR, end_of(YEAR.end), ids=["state_performance"]).kpis
    assert _found(served, figure, {"state": "nowhere"}, None) == []
