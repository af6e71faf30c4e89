"""Document 002's grades and goals stand beside the KPI they concern, with the agency's or one producer's own value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

import pytest

from desktop.core import kpis as catalog
from desktop.core import speed as formulas
from desktop.core.periods import Period
from desktop.models.book import Book
from desktop.services import kpi_benchmarks, speed
from desktop.services.found_records import UNASSIGNED
from desktop.services.kpi_benchmarks import ALL, Beside
from tests.services.small_agency import Agency, open_book

NOON = datetime(2026, 3, 20, 12)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = Agency().producer("P01", "Ann Alder").producer("P02", "Bob Birch")
    made.add("sources", source="google ads", cost_per_lead=3000)
    made.lead("L1", "2026-03-10T10:00:00", "P01", source="Google Ads").lead("L2", "2026-03-10T10:30:00", "P02")
    made.lead("L3", "2026-03-10T10:30:00", None)
    made.activity("2026-03-10T10:04:00", "P01", "call", lead_id="L1")
    made.stage("L1", "2026-03-10T11:00:00", "quoted").stage("L1", "2026-03-12T11:00:00", "won")
    with open_book(tmp_path_factory.mktemp("benchmarks")) as opened:
        made.store(opened)
        yield opened


def _measures(book: Book, kpi_id: str, producer: str | None = None) -> dict[tuple[str, bool], Beside]:
    found = kpi_benchmarks.benchmarks(book, kpi_id, MARCH, NOON, producer).measures
    return {(one.id, one.goal is None): one for one in found}


def test_every_benchmark_stands_beside_a_kpi(book: Book) -> None:
    for given, wanted in (
        (kpi_benchmarks.GRADED, {one.id for one in formulas.BENCHMARKS}),
        (kpi_benchmarks.AIMED, formulas.TARGETS.keys() - {"average_minutes"}),
    ):
        assert all(one == ALL or catalog.is_kpi(one) for one in given)
        assert {measure for kpi_id, some in given.items() if kpi_id != ALL for measure in some} == wanted
    assert kpi_benchmarks.benchmarks(book, "placement_rate", MARCH, NOON) == kpi_benchmarks.Benchmarks()


def test_own_values_are_graded(book: Book) -> None:
    found = _measures(book, "speed_to_lead")
    assert (found["first_response", True].value, found["first_response", True].grade) == (Fraction(4), "best")
    assert (found["contacted_5", False].value, found["contacted_5", False].met) == (Fraction(1, 3), False)
    assert (found["never_contacted", False].value, found["never_contacted", False].met) == (Fraction(2), False)
    bound = _measures(book, "lead_close_rate")
    assert bound["lead_to_bind", True].grade == "best"
    assert bound["lead_to_bind", False].met
    everything = _measures(book, ALL)
    assert everything["quote_turnaround", True].value == 1
    assert [one.value for one in everything.values()][:5] == [one.value for one in speed.benchmarks(book, MARCH, NOON)]


def test_a_producers_values_are_those_of_his_leads(book: Book) -> None:
    assert _measures(book, "speed_to_lead", "p01")["never_contacted", False].value == 0
    assert _measures(book, "speed_to_lead", "p01")["never_contacted", False].met
    assert _measures(book, "speed_to_lead", UNASSIGNED)["never_contacted", False].value == 1
    nobody = _measures(book, "speed_to_lead", "P99")
    assert {one.value for one in nobody.values()} == {None}
    assert {one.met for one in nobody.values()} == {None}


def test_a_source_stands_beside_the_kind_of_its_name(book: Book) -> None:
    sources = kpi_benchmarks.benchmarks(book, "lead_source_roi", MARCH, NOON).sources
    found = {one.usual.source: one.own for one in sources}
    own = found["Google Ads"]
    assert own is not None
    assert (own.cost_per_lead, own.lead_to_bind, own.cost_per_bind) == (Fraction(3000), Fraction(1), Fraction(3000))
    assert [one.names for one in sources if one.names] == [("Google Ads",)]
    assert len(found) == 7
    assert [name for name, one in found.items() if one is not None] == ["Google Ads"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("google ads", "Google Ads"),
        ("Client referral", "Referrals"),
        ("Website form", "Website organic (SEO)"),
        ("Lead vendor A", "Third-party"),
        ("Walk in", "Walk-in / Phone"),
        ("Radio", "Radio"),
        ("Direct mail", ""),
    ],
)
def test_names_tell_the_kind_of_a_source(name: str, kind: str) -> None:
    assert kpi_benchmarks.kind_of(name, [*(one.source for one in speed.TYPICAL), "Radio"]) == kind
