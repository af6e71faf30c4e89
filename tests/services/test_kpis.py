"""The KPIs as a whole: records sum to figures, producers to the agency, trends and cards tell the same as the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.cli.answers_kpis import shown
from desktop.core.kpis import CARDS, FLOW, KPIS, kpi
from desktop.core.kpis.definition import Basis, KpiFigure, Status, Unit
from desktop.core.periods import Period, end_of, previous, previous_as_of
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, configuration, imports, kpi_records, kpis, records
from desktop.services.found_records import UNASSIGNED
from tests.agency import service, truth
from tests.services.small_agency import AUTHOR, Agency, open_book
from tests.services.test_dashboard_against_oracle import as_rows, some_period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
END = end_of(MARCH.end)
CODES = (None, "P01", "P03", "S01", UNASSIGNED)
WORKING = ("activity_score", "calls_per_day", "talk_minutes_per_day", "leads_worked")
EVERYBODY = ("P01", "P02", "P03", "P04", "P05", "S01", "M01", UNASSIGNED)
ADDED = (
    *("contact_rate", "engagement_rate", "lead_close_rate", "overdue_rate", "annual_premium_written"),
    *("avg_annual_premium", "manager_alerts", "calls_per_day", "talk_minutes_per_day", "leads_worked"),
    *("activity_score", "pipeline_velocity", "response_time", "speed_to_lead", "save_rate", "exception_rate"),
)
COHORTS = (*FLOW, "attempts_to_contact", "speed_to_lead")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path_factory.mktemp("kpis") / "agency.pdesk")
    try:
        imports.store_rows(opened, "truth", as_rows(truth.make(11)), Author("tester", "2026-07-01T08:00:00"))
        yield opened
    finally:
        opened.close()


def _figures(book: Book, period: Period, as_of: datetime, code: str | None = None) -> dict[str, KpiFigure]:
    return {one.id: one for one in kpis.kpis(book, period, as_of, code).kpis}


@pytest.mark.parametrize("seed", range(6))
def test_the_records_behind_every_kpi_sum_to_it(book: Book, seed: int) -> None:
    rng = Random(seed)
    start, end, as_of = some_period(rng)
    code = rng.choice(CODES)
    period = Period(start, end)
    for figure in kpis.kpis(book, period, as_of, code).kpis:
        found = records.records(book, figure.id, period, as_of, code)
        assert all(one.file for one in found), figure.id
        if figure.unit is Unit.TABLE:
            continue
        above = sum(one.amount for one in found if one.role != "denominator")
        assert above == pytest.approx(float(figure.numerator or 0), abs=1e-6), figure.id
        if figure.denominator is not None and figure.id not in (*WORKING, "lead_source_roi"):
            assert sum(one.role != "numerator" for one in found) == figure.denominator, figure.id


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """An agency with service cases, early ends and nurture too."""
    opened = books.open_throwaway(tmp_path_factory.mktemp("served") / "agency.pdesk")
    try:
        imports.store_rows(opened, "truth", as_rows(service.make(11)), Author("tester", "2026-07-01T08:00:00"))
        yield opened
    finally:
        opened.close()


TODAY = datetime(2026, 3, 18, 11, 20)
ODD = {
    "one day": (Period(date(2026, 3, 10), date(2026, 3, 10)), end_of(date(2026, 3, 10))),
    "today so far": (Period(TODAY.date(), TODAY.date()), TODAY),
    "a weekend": (Period(date(2026, 3, 14), date(2026, 3, 15)), end_of(date(2026, 3, 15))),
    "yet to come": (Period(date(2026, 5, 1), date(2026, 5, 31)), TODAY),
    "before the first record": (Period(date(2019, 3, 1), date(2019, 3, 31)), end_of(date(2019, 3, 31))),
    "seen before it began": (MARCH, datetime(2026, 2, 10, 9)),
    "February with a leap day": (Period(date(2024, 2, 1), date(2024, 2, 29)), end_of(date(2024, 2, 29))),
    "a year that begins on a leap day": (Period(date(2024, 2, 29), date(2025, 2, 28)), end_of(date(2025, 2, 28))),
    "over the change of the clocks": (Period(date(2026, 3, 6), date(2026, 3, 12)), datetime(2026, 3, 8, 2, 30)),
    "while somebody left": (Period(date(2026, 2, 2), date(2026, 2, 22)), end_of(date(2026, 2, 22))),
    "years": (Period(date(2024, 11, 30), date(2026, 6, 30)), end_of(date(2026, 6, 30))),
}
WHOLE = {  # of which breakdowns the numerators, and of which the denominators too, sum to the KPI's
    "engagement_rate": True, "approval_rate": True, "underwriting_days": True, "requirements_completion": True,
    "persistency_13m": True, "save_rate": True, "recapture_rate": True, "exception_rate": False,
    "avg_annual_premium": True, "nurture_response": True,
}  # fmt: skip


def _check_records(book: Book, figure: KpiFigure, period: Period, as_of: datetime, code: str | None) -> None:
    found = kpi_records.records(book, figure.id, period, as_of, code)
    above = sum(one.amount for one in found if one.role != "denominator")
    assert above == pytest.approx(float(figure.numerator or 0), abs=1e-6), figure.id
    if figure.denominator is not None and figure.id not in (*WORKING, "lead_source_roi"):
        assert sum(one.role != "numerator" for one in found) == figure.denominator, figure.id


def _check_rows(figure: KpiFigure) -> None:
    """Breakdowns sum to their figure, distributions to its records."""
    rows = figure.detail.get("rows", ())
    assert isinstance(rows, (list, tuple))
    if figure.id in ("attempts_to_contact", "days_to_resolve"):
        assert sum(row["count"] for row in rows) == (figure.denominator or 0)
    if figure.id not in WHOLE:
        return
    for by in {row["by"] for row in rows if "by" in row}:
        some = [row for row in rows if row.get("by") == by]
        above = sum(float(row["numerator"] or 0) for row in some)
        assert above == pytest.approx(float(figure.numerator or 0), abs=1e-6), (figure.id, by)
        if WHOLE[figure.id]:
            assert sum(row["denominator"] or 0 for row in some) == (figure.denominator or 0), (figure.id, by)


@pytest.mark.parametrize("name", ODD)
def test_odd_periods_are_answered_like_any_other(served: Book, name: str) -> None:
    period, as_of = ODD[name]
    for code in (None, "P02", "P04", UNASSIGNED):
        for figure in kpis.kpis(served, period, as_of, code).kpis:
            answer = shown(figure.detail)
            assert isinstance(answer, dict)
            if figure.unit is Unit.TABLE:
                assert (figure.value, figure.numerator, figure.denominator) == (None, None, None)
                continue
            if figure.denominator is not None:
                assert (figure.value is None) == (not figure.denominator), figure.id
            assert (figure.status is Status.NONE) or (figure.value is not None and figure.target is not None)
            _check_records(served, figure, period, as_of, code)
            _check_rows(figure)


def test_nothing_is_known_of_what_has_not_begun(served: Book) -> None:
    for name in ("yet to come", "seen before it began", "before the first record"):
        period, as_of = ODD[name]
        for one in ("contact_rate", "annual_premium_written", "calls_per_day", "speed_to_lead", "save_rate"):
            figure = kpis.kpis(served, period, as_of, ids=[one]).kpis[0]
            assert not figure.numerator, (name, one)
            assert kpi_records.records(served, one, period, as_of) == []


@pytest.mark.parametrize("seed", range(4))
def test_producers_and_nobody_sum_to_the_agency(book: Book, seed: int) -> None:
    start, end, as_of = some_period(Random(f"sum {seed}"))
    period = Period(start, end)
    whole = _figures(book, period, as_of)
    parts = [_figures(book, period, as_of, code) for code in EVERYBODY]
    for one in ADDED:
        mine = sum(part[one].numerator or 0 for part in parts)
        assert float(mine) == pytest.approx(float(whole[one].numerator or 0), abs=1e-6), one
        if one not in WORKING and whole[one].denominator is not None:
            assert sum(part[one].denominator or 0 for part in parts) == whole[one].denominator, one


@given(st.integers(0, 400), st.integers(1, 90), st.integers(0, 500), st.sampled_from(CODES))
@settings(max_examples=25, deadline=None)
def test_cohort_rates_are_shares(book: Book, start: int, length: int, seen: int, code: str | None) -> None:
    first = date(2025, 2, 1) + timedelta(days=start)
    period = Period(first, first + timedelta(days=length - 1))
    for figure in kpis.kpis(book, period, end_of(first + timedelta(days=seen)), code, ids=FLOW).kpis:
        assert (figure.value is None) == (figure.denominator == 0)
        assert figure.value is None or 0 <= figure.value <= 1


@given(st.integers(0, 300), st.integers(1, 60), st.integers(0, 30), st.integers(0, 30), st.sampled_from(COHORTS))
@settings(max_examples=25, deadline=None)
def test_a_wider_period_loses_no_record(
    book: Book, start: int, length: int, before: int, after: int, asked: str
) -> None:
    first = date(2025, 3, 1) + timedelta(days=start)
    period = Period(first, first + timedelta(days=length - 1))
    wider = Period(period.start - timedelta(days=before), period.end + timedelta(days=after))
    as_of = end_of(wider.end + timedelta(days=20))
    narrow = {(one.table, one.key, one.role) for one in kpi_records.records(book, asked, period, as_of)}
    assert narrow <= {(one.table, one.key, one.role) for one in kpi_records.records(book, asked, wider, as_of)}


def test_flow_changes_its_five_alone(book: Book) -> None:
    cohort = {one.id: one for one in kpis.kpis(book, MARCH, END).kpis}
    flow = {one.id: one for one in kpis.kpis(book, MARCH, END, basis=Basis.FLOW).kpis}
    assert {one for one in cohort if cohort[one] != flow[one]} == FLOW


def test_the_cards_and_the_trend_tell_what_the_page_tells(book: Book) -> None:
    page = _figures(book, MARCH, end_of(date(2026, 3, 20)), "P01")
    cards = kpis.kpi_cards(book, MARCH, end_of(date(2026, 3, 20)), "P01")
    assert {card.figure.id for card in cards} == set(CARDS)
    for card in cards:
        assert card.figure == page[card.figure.id]
        if card.figure.id == "exception_rate":  # of which this agency keeps no record
            continue
        assert (card.trend[-1], card.trend[-2]) == (card.figure.value, card.figure.previous)
        points = kpis.kpi_trend(book, card.figure.id, MARCH, end_of(date(2026, 3, 20)), "P01")
        assert tuple(point.value for point in points) == card.trend
        assert tuple(point.target for point in points) == card.targets
        assert (points[-1].status, points[-1].target) == (card.figure.status, card.figure.target)


def test_each_point_of_a_trend_is_that_periods_own_figure(book: Book) -> None:
    points = kpis.kpi_trend(book, "contact_rate", MARCH, end_of(date(2026, 3, 20)), count=4)
    assert [point.period.start.month for point in points] == [12, 1, 2, 3]
    for point in points:
        assert point.value == _figures(book, point.period, point.as_of)["contact_rate"].value
    before = kpis.kpis(book, previous(MARCH), previous_as_of(MARCH, END), ids=["contact_rate"]).kpis[0]
    assert kpis.kpis(book, MARCH, END, ids=["contact_rate"]).kpis[0].previous == before.value


def test_what_is_good_between_two_edges_has_both(tmp_path: Path) -> None:
    with open_book(tmp_path) as empty:
        figures = {one.id: one for one in kpis.kpis(empty, MARCH, END).kpis}
    attempts = figures["attempts_to_contact"]
    assert (attempts.target, attempts.target_to) == (3, 5)
    assert [one.id for one in figures.values() if one.target_to is not None] == ["attempts_to_contact"]


def test_cards_without_data_come_last(tmp_path: Path) -> None:
    agency = (
        Agency()
        .producer("P01", "Dana Marsh")
        .activity("2026-03-03T10:00:00", "P01", "call", outcome="connected", minutes=3.0)
    )
    with open_book(tmp_path) as small:
        agency.store(small)
        cards = kpis.kpi_cards(small, MARCH, END)
    filled = [card.figure.id for card in cards if not card.empty]
    assert filled == ["calls_per_day", "talk_minutes_per_day"]
    assert [card.figure.id for card in cards[:2]] == filled
    assert [card.figure.id for card in cards[2:]] == [one for one in CARDS if one not in filled]


def test_cards_without_data_in_the_period_come_after_the_others(tmp_path: Path) -> None:
    agency = Agency().producer("P01", "Dana Marsh").activity("2026-02-03T10:00:00", "P01", "call")
    agency.lead("L1", "2026-03-02T09:00:00", "P01")
    with open_book(tmp_path) as small:
        agency.store(small)
        cards = kpis.kpi_cards(small, MARCH, END)
    (calls,) = [number for number, card in enumerate(cards) if card.figure.id == "calls_per_day"]
    assert (cards[calls].empty, cards[calls].silent) == (False, True)
    assert not any(card.silent for card in cards[:calls])
    assert "contact_rate" in [card.figure.id for card in cards[:calls]]
    assert all(card.empty for card in cards[calls + 1 :])


def test_what_nobody_records_is_no_data(tmp_path: Path) -> None:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    agency.activity("2026-03-03T10:00:00", "P01", "call").policy("H1", "2026-01-05", "P01", 100_000)
    with open_book(tmp_path) as small:
        agency.store(small)
        cards = {card.figure.id: card for card in kpis.kpi_cards(small, MARCH, END, "P02")}
    assert cards["calls_per_day"].trend == (*[None] * 12, 0)
    assert (cards["calls_per_day"].change, cards["calls_per_day"].empty) == (None, False)
    assert cards["talk_minutes_per_day"].empty
    assert cards["exception_rate"].empty


def test_the_table_has_everybody(book: Book) -> None:
    rows = kpis.kpi_table(book, MARCH, END, ["calls_per_day", "contact_rate"])
    assert [row.producer for row in rows] == ["P01", "P02", "P03", "P05", "S01", None]
    alone = kpis.kpis(book, MARCH, END, "P03", ids=["contact_rate"]).kpis[0]
    assert rows[2].figures["contact_rate"].value == alone.value
    assert rows[-1].figures["contact_rate"].target is None


def test_an_empty_book_has_no_zeros_where_nothing_is_defined(tmp_path: Path) -> None:
    with open_book(tmp_path) as empty:
        for figure in kpis.kpis(empty, MARCH, END).kpis:
            if figure.unit in (Unit.RATIO, Unit.DAYS) or figure.id in ("speed_to_lead", "response_time"):
                assert (figure.value, figure.status) == (None, Status.NONE), figure.id
        for one in KPIS:
            assert records.records(empty, one.id, MARCH, END) == []


def test_what_there_is_not_is_refused(book: Book) -> None:
    with pytest.raises(UserError, match="no KPI"):
        kpis.kpis(book, MARCH, END, ids=["luck"])
    with pytest.raises(UserError, match="no producer"):
        kpis.kpis(book, MARCH, END, "P99")
    with pytest.raises(UserError, match="no figure"):
        records.records(book, "luck", MARCH, END)


# --- targets ----------------------------------------------------------------------------------------------------------


def _agency() -> Agency:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz", level="new")
    return agency.producer("S01", "Kim Vale", role="csr")


def _asked(book: Book, asked: str, code: str | None = None, period: Period = MARCH) -> KpiFigure:
    return kpis.kpis(book, period, end_of(period.end), code, ids=[asked]).kpis[0]


def test_targets_of_the_agency_are_sums_of_its_producers(tmp_path: Path) -> None:
    agency = _agency()
    agency.add("targets", metric="calls_per_day", target=50.0, effective_from="2026-03-01", producer_code="P02")
    agency.add("targets", metric="talk_minutes_per_day", target=90.0, effective_from="2026-01-01", level="new")
    with open_book(tmp_path) as small:
        agency.store(small)
        assert _asked(small, "calls_per_day").target == 130
        points = kpis.kpi_trend(small, "calls_per_day", MARCH, END, count=3)
        assert [point.target for point in points] == [160, 160, 130]
        assert _asked(small, "calls_per_day", "P02").target == 50
        assert _asked(small, "calls_per_day", "P02", previous(MARCH)).target == 80
        assert _asked(small, "talk_minutes_per_day").target == 210
        assert _asked(small, "talk_minutes_per_day", "S01").target is None
        assert _asked(small, "talk_minutes_per_day", UNASSIGNED).target is None
        assert _asked(small, "manager_alerts").target == 0
        assert _asked(small, "leads_worked").target is None


def test_an_own_target_of_a_banded_kpi_is_its_green_edge(tmp_path: Path) -> None:
    agency = _agency()
    agency.add("targets", metric="contact_rate", target=0.6, effective_from="2026-03-01", producer_code="P01")
    agency.add("targets", metric="contact_rate", target=0.5, effective_from="2026-03-01")
    agency.add("targets", metric="activity_score", target=90.0, effective_from="2026-01-01")
    agency.lead("L1", "2026-03-02T09:00:00", "P01").stage("L1", "2026-03-03T09:00:00", "quoted")
    agency.lead("L2", "2026-03-02T09:00:00", "P01")
    with open_book(tmp_path) as small:
        agency.store(small)
        own, whole, other = (_asked(small, "contact_rate", code) for code in ("P01", None, "P02"))
        assert (own.value, own.target, own.status) == (0.5, pytest.approx(0.6), Status.YELLOW)
        assert (whole.target, whole.status) == (0.5, Status.YELLOW)
        assert (float(other.target or 0), other.status) == (0.45, Status.NONE)
        assert [_asked(small, "activity_score", code).target for code in (None, "P01", "S01")] == [90, 90, None]


def test_bands_of_the_settings_rule(tmp_path: Path) -> None:
    agency = _agency().lead("L1", "2026-03-02T09:00:00", "P01").stage("L1", "2026-03-03T09:00:00", "quoted")
    agency.lead("L2", "2026-03-02T09:00:00", "P01")
    with open_book(tmp_path) as small:
        agency.store(small)
        assert _asked(small, "engagement_rate").status is Status.GREEN
        configuration.set_values(small, {"bands.engagement_rate": [0.7, 0.6]}, AUTHOR)
        figure = _asked(small, "engagement_rate")
        assert (float(figure.target or 0), figure.status) == (0.7, Status.RED)


def test_every_kpi_has_a_reader() -> None:
    assert set(kpis.READERS) == {one.id for one in KPIS}
    assert all(kpi(one).unit is not Unit.TABLE for one in ADDED)
