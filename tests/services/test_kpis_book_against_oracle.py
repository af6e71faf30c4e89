"""Sections 4, 5, 6 and 8 of the KPIs against an independent reading, on a made-up agency and on the demo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from desktop.core.kpis.definition import Cents, Number
from desktop.core.kpis.reading import BOTH, DENOMINATOR, NUMERATOR, Asked, Whose
from desktop.core.periods import Period, end_of
from desktop.core.templates import TEMPLATES, Row
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, demo, imports, kpis
from tests.agency import service, truth
from tests.oracle.facts import Agency
from tests.oracle.kpis_book import KPIS, Found, Question

AUTHOR = Author("tester", "2026-07-01T08:00:00")
PERIODS = (
    ("2026-06-15", "2026-06-21", None),
    ("2026-05-01", "2026-05-31", None),
    ("2026-02-01", "2026-02-28", None),
    ("2026-04-01", "2026-06-30", None),
    ("2026-01-01", "2026-06-30", None),
    ("2026-02-03", "2026-03-19", None),
    ("2026-04-01", "2026-06-30", "2026-05-17T13:30:00"),
    ("2025-07-01", "2025-12-31", "2026-06-30T23:59:59"),
)
BY = ("approval_rate", "persistency_13m", "exception_rate", "save_rate", "nurture_response")


@dataclass
class Case:
    """A book, and what it truly holds."""

    book: Book
    agency: Agency
    codes: tuple[str, ...]


@pytest.fixture(scope="module", params=["agency", "demo"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    tables = service.make() if request.param == "agency" else demo_tables()
    carriers = {(one, line): Fraction(str(share)) for one, line, share in truth.CARRIERS}
    if request.param == "demo":
        stated = json.loads(next(row["value"] for row in tables["settings"] if row["key"] == "carriers"))
        carriers = {(one["carrier"], one["line"]): Fraction(str(one["rate"])) for one in stated}
    book = books.open_throwaway(tmp_path_factory.mktemp("book") / "agency.pdesk")
    try:
        imports.store_rows(book, "truth", rows_of(tables), AUTHOR)
        codes = tuple(row["producer_code"] for row in tables["producers"])[:4]
        yield Case(book, Agency(tables, carriers), codes)
    finally:
        book.close()


def demo_tables() -> truth.Tables:
    tables: truth.Tables = {}
    for name, rows in demo.generate(date(2026, 6, 30), producers=3, years=2, seed=5):
        columns = TEMPLATES[name].names
        tables.setdefault(name, []).extend(dict(zip(columns, row, strict=True)) for row in rows)
    return tables


def rows_of(tables: truth.Tables) -> list[tuple[str, list[Row]]]:
    """The rows of the templates, in the order in which they are stored."""
    carriers = [{"carrier": carrier, "line": line, "rate": share} for carrier, line, share in truth.CARRIERS]
    whole = {"settings": [{"key": "carriers", "value": json.dumps(carriers)}], **tables}
    found: list[tuple[str, list[Row]]] = []
    for name, template in TEMPLATES.items():
        rows = [dict(row) for row in whole.get(name, [])]
        for row in rows if name in ("activities", "quotes", "policies") else []:
            row["producer"] = row["producer"] or truth.STRANGER
        found.append((name, [tuple(row.get(column) for column in template.names) for row in rows]))
    return found


@pytest.mark.parametrize("span", PERIODS, ids=lambda span: f"{span[0]}..{span[1]}{'' if span[2] is None else '*'}")
def test_every_figure_is_the_independent_reading(case: Case, span: tuple[str, str, str | None]) -> None:
    start, end = date.fromisoformat(span[0]), date.fromisoformat(span[1])
    as_of = end_of(end) if span[2] is None else datetime.fromisoformat(span[2])
    wrong = []
    for code in (None, *case.codes):
        page = kpis.kpis(case.book, Period(start, end), as_of, code, ids=KPIS)
        question = Question(case.agency, (start, end), as_of, lambda other, code=code: code is None or other == code)
        for figure in page.kpis:
            expected = KPIS[figure.id](question)
            wrong += [f"{code} {figure.id}: {each}" for each in differences(figure.id, figure, expected)]
    assert not wrong, "\n".join(wrong[:40])


def test_every_figure_has_something_to_say(case: Case) -> None:
    page = kpis.kpis(case.book, Period(date(2026, 1, 1), date(2026, 6, 30)), end_of(date(2026, 6, 30)), ids=KPIS)
    silent = [one.id for one in page.kpis if not one.value and not one.detail.get("rows")]
    assert not silent


def differences(kpi: str, figure: Any, expected: Found) -> Iterator[str]:
    for name in ("value", "numerator", "denominator"):
        ours, right = getattr(figure, name), getattr(expected, name)
        if not same(ours, right):
            yield f"{name} {shown(ours)}, expected {shown(right)}"
    detail = dict(figure.detail)
    for name in ("mean_days", "commission_at_risk", "count", "share_won", "share"):
        if name in expected.detail and not same(detail[name], expected.detail[name]):
            yield f"{name} {shown(detail[name])}, expected {shown(expected.detail[name])}"
    for name in ("low", "high", "pipeline_value", "this_month"):
        if name in expected.detail and abs(detail[name] - expected.detail[name]) > 1:
            yield f"{name} {detail[name]}, expected {expected.detail[name]}"
    if "thin" in expected.detail and detail["thin"] != expected.detail["thin"]:
        yield f"thin {detail['thin']}"
    rows = detail.get("rows", [])
    if kpi in BY:
        ours = {one["key"]: (one["numerator"], one["denominator"]) for one in rows if one.get("by") in FIRST}
        if ours != expected.detail["by"]:
            yield f"rows {ours}, expected {expected.detail['by']}"
    yield from row_differences(kpi, rows, expected)


FIRST = ("carrier", "type", "message")


def row_differences(kpi: str, rows: list[dict[str, Any]], expected: Found) -> Iterator[str]:
    ours: Any = None
    wanted: Any = None
    if kpi == "persistency_13m":
        ours = {one["month"]: (one["in_force"], one["started"]) for one in rows if "month" in one}
        wanted = expected.detail["months"]
    elif kpi == "days_to_resolve":
        ours, wanted = {one["bucket"]: one["count"] for one in rows}, expected.detail["buckets"]
    elif kpi == "lead_source_roi":
        names = ("leads", "closed", "premium", "commission")
        ours = {one["source"].casefold(): {name: one[name] for name in names} for one in rows}
        wanted = {key: one for key, one in expected.detail["sources"].items() if key in ours or any(one.values())}
    elif kpi == "funnel":
        ours, wanted = [one["reached"] for one in rows], expected.detail["reached"]
    elif kpi == "state_performance":
        ours = {one["state"]: (one["leads"], won(one), one["premium"]) for one in rows}
        wanted = expected.detail["states"]
    elif kpi == "best_time_to_call":
        ours = {(one["weekday"], one["hour"]): (one["calls"], one["connected"]) for one in rows}
        wanted = expected.detail["cells"]
    if ours != wanted:
        yield f"rows {ours}, expected {wanted}"


def won(row: dict[str, Any]) -> int:
    return 0 if row["close_rate"] is None else round(row["close_rate"] * row["leads"])


def same(ours: Number | None, right: Number | None) -> bool:
    if ours is None or right is None:
        return ours is None and right is None
    return abs(float(ours) - float(right)) < 1e-9


def shown(number: Number | None) -> str:
    return "None" if number is None else f"{float(number)}"


# --- records ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kpi", sorted(KPIS))
def test_records_sum_to_the_figure(case: Case, kpi: str) -> None:
    period, as_of = Period(date(2026, 1, 1), date(2026, 6, 30)), end_of(date(2026, 6, 30))
    for code in (None, case.codes[0]):
        facts = kpis.facts_for(case.book, [(period, as_of)])
        whose, _name = kpis.asked_whose(facts, code)
        found = kpis.READERS[kpi](facts, Asked(period, as_of, whose))
        records = list(found.records())
        if found.numerator is not None:
            assert sum(one.amount for one in records if one.role in (NUMERATOR, BOTH)) == found.numerator
        if isinstance(found.denominator, int) and not isinstance(found.denominator, Cents):
            assert sum(one.role in (DENOMINATOR, BOTH) for one in records) == found.denominator


@pytest.mark.parametrize("kpi", sorted(set(KPIS) - {"lead_source_roi", "revenue_forecast"}))
def test_producers_and_nobody_sum_to_the_agency(case: Case, kpi: str) -> None:
    period, as_of = Period(date(2026, 2, 1), date(2026, 5, 31)), end_of(date(2026, 6, 30))
    facts = kpis.facts_for(case.book, [(period, as_of)])
    whole = kpis.READERS[kpi](facts, Asked(period, as_of))
    parts = [
        kpis.READERS[kpi](facts, Asked(period, as_of, whose))
        for whose in (*(Whose(one.id) for one in facts.people), Whose(unassigned=True))
    ]
    for name in ("numerator", "denominator"):
        total = getattr(whole, name)
        if total is not None:
            assert sum(getattr(one, name) or 0 for one in parts) == total
