"""What the KPI queries of policies, service pipelines, nurture and sources load, from a small book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.kpis.cases import Cases
from desktop.core.kpis.reading import BOTH, DENOMINATOR, Horizon
from desktop.core.periods import Period, end_of
from desktop.models import (
    facts_kpi_forecast,
    facts_kpi_nurture,
    facts_kpi_policies,
    facts_kpi_service,
    facts_kpi_sources,
    facts_people,
)
from desktop.models.book import Book
from desktop.models.facts_records import Scope
from tests.services.small_agency import Agency, open_book

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
HORIZON = Horizon(FIRST, end_of(LAST))


@pytest.fixture
def agency() -> Agency:
    return Agency().producer("P01", "Ana Brandt").producer("P02", "Ben Cole")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def people(book: Book) -> dict[str, int]:
    return {one.code: one.id for one in facts_people.people(book)}


def service(agency: Agency, pipeline: str, stage: str, at: str, **cells: str | None) -> None:
    agency.add("stages", pipeline=pipeline, stage=stage, entered_at=at, **cells)


def entries(cases: Cases) -> list[tuple[str, str, str | None]]:
    return [(one.subject, one.stage, one.carrier) for some in cases.values() for one in some]


def test_an_entry_takes_carrier_and_producer_of_the_term_of_its_day(book: Book, agency: Agency) -> None:
    agency.policy("A-1", "2025-02-01", "P01", 100, carrier="Alder")
    agency.policy("A-1", "2026-02-01", "P02", 100, carrier="Birch", transaction="renewal")
    service(agency, "exceptions", "new_exception", "2026-01-31T10:00:00", policy_number="A-1", detail="lapse")
    service(agency, "exceptions", "resolved", "2026-02-01T10:00:00", policy_number="A-1")
    service(agency, "exceptions", "new_exception", "2026-02-02T10:00:00", policy_number="A-1", carrier="Cedar")
    service(agency, "exceptions", "new_exception", "2026-02-02T10:00:00", policy_number="unknown")
    agency.store(book)
    cases = facts_kpi_service.exception_cases(book, HORIZON)
    assert [one.carrier for one in cases["policy A-1"]] == ["Alder", "Birch", "Cedar"]
    ids = people(book)
    assert [one.owners[0][2] for one in cases["policy A-1"]] == [ids["P01"], ids["P02"], ids["P02"]]
    assert cases["policy unknown"][0].owners[0][2] is None


def test_a_case_of_the_horizon_comes_with_its_past(book: Book, agency: Agency) -> None:
    for lead in ("L1", "L2"):
        agency.lead(lead, "2025-01-02T10:00:00", "P01")
        service(agency, "underwriting", "submitted", "2025-06-01T10:00:00", lead_id=lead)
    service(agency, "underwriting", "approved", "2026-01-05T10:00:00", lead_id="L1", carrier="Alder")
    service(agency, "underwriting", "declined", "2026-04-01T10:00:00", lead_id="L2")
    agency.store(book)
    assert entries(facts_kpi_service.underwriting_cases(book, HORIZON)) == [
        ("lead L1", "submitted", None),
        ("lead L1", "approved", "Alder"),
    ]


def test_an_exception_on_a_lead_troubles_its_policies(book: Book, agency: Agency) -> None:
    agency.lead("L1", "2025-11-02T10:00:00", "P01")
    agency.policy("A-1", "2025-12-01", "P01", 100, lead_id="L1").policy("A-2", "2025-12-01", "P01", 100)
    service(agency, "exceptions", "new_exception", "2026-01-09T10:00:00", lead_id="L1")
    service(agency, "exceptions", "new_exception", "2026-01-07T10:00:00", policy_number="A-2")
    service(agency, "exceptions", "new_exception", "2026-01-08T10:00:00", policy_number="A-2")
    agency.store(book)
    assert facts_kpi_service.first_exceptions(book, HORIZON) == {
        "A-1": "2026-01-09T10:00:00",
        "A-2": "2026-01-07T10:00:00",
    }


def test_policies_come_with_their_first_term_and_those_that_matter(book: Book, agency: Agency) -> None:
    for year in (2021, 2022, 2025):
        kind = "new" if year == 2021 else "renewal"
        agency.policy("A-1", f"{year}-02-01", "P01", 100, transaction=kind, in_force_on="2020-12-31")
    agency.policy("gone", "2023-02-01", "P01", 100)
    agency.policy("later", "2026-04-01", "P01", 100)
    agency.policy("split", "2026-02-01", "P01", 100, shares="P02:0.6;P01:0.4", ended_on="2026-03-01", source="Mail")
    agency.store(book)
    found = facts_kpi_policies.policy_book(book, HORIZON)
    assert [(one.number, one.in_force_on, [term.effective for term in one.terms]) for one in found.policies] == [
        ("A-1", "2020-12-31", ["2021-02-01", "2025-02-01"]),
        ("split", "2026-02-01", ["2026-02-01"]),
    ]
    split = found.policies[1]
    ids = people(book)
    assert (split.first.producer, split.first.over, split.source) == (ids["P02"], "2026-03-01", "Mail")
    parts = facts_kpi_policies.commissions_at_risk(book, HORIZON)
    assert {producer for producer, _cents in parts[split.first.row]} == {ids["P01"], ids["P02"]}


def test_a_policy_without_source_has_its_leads(book: Book, agency: Agency) -> None:
    agency.lead("L1", "2025-11-02T10:00:00", "P01", source="Website")
    agency.policy("A-1", "2025-12-01", "P01", 100, lead_id="L1")
    agency.store(book)
    assert [one.source for one in facts_kpi_policies.policy_book(book, HORIZON).policies] == ["Website"]


def test_nurtured_leads_with_contacts_around_their_return(book: Book, agency: Agency) -> None:
    agency.lead("L1", "2025-11-02T10:00:00", "P01").lead("L2", "2025-11-02T10:00:00", "P01")
    agency.lead("twin", "2025-11-02T10:00:00", "P01")
    for lead in ("L1", "twin"):
        agency.stage(lead, "2025-12-01T10:00:00", "lost")
        service(agency, "nurture", "nurturing", "2025-12-02T10:00:00", lead_id=lead, detail="price")
    agency.stage("L1", "2026-02-01T10:00:00", "contacted")
    agency.stage("L1", "2026-02-09T10:00:00", "won")
    agency.activity("2026-01-30T09:00:00", "P01", "email", lead_id="L1", direction="inbound")
    agency.activity("2026-01-29T09:00:00", "P01", "email", lead_id="L1", direction="inbound", bulk=True)
    agency.activity("2026-01-05T09:00:00", "P01", "text", lead_id="L1", bulk=True)
    agency.activity("2026-01-06T09:00:00", "P01", "call", lead_id="L1")
    agency.activity("2026-01-07T09:00:00", "P01", "note", lead_id="L1")
    agency.policy("A-1", "2026-02-09", "P01", 120_000, lead_id="L1")
    agency.store(book)
    book.connection.execute("UPDATE lead SET merged_into = 'L1' WHERE lead_id = 'twin'")
    (one,) = facts_kpi_nurture.nurtured_leads(book, HORIZON)
    assert [(rest.since, rest.back_at, rest.reason) for rest in one.rests] == [
        ("2025-12-02T10:00:00", "2026-02-01T10:00:00", "price")
    ]
    assert (one.inbound, one.outbound) == (("2026-01-30T09:00:00",), ("2026-01-06T09:00:00",))
    assert one.won_at == ("2026-02-09T10:00:00",)
    (win,) = facts_kpi_nurture.wins(book, HORIZON)
    assert win.outcomes == (("2025-12-01T10:00:00", False), ("2026-02-09T10:00:00", True))
    assert [(sale.bound_on, sale.premium) for sale in win.sales] == [("2026-02-09", 120_000)]


def test_an_entry_on_a_policy_is_one_on_its_lead(book: Book, agency: Agency) -> None:
    agency.lead("L1", "2025-11-02T10:00:00", "P01")
    agency.policy("A-1", "2025-12-01", "P01", 100, lead_id="L1")
    service(agency, "declined", "declined", "2026-01-02T10:00:00", policy_number="A-1", detail="roof")
    service(agency, "declined", "declined", "2026-01-02T10:00:00", policy_number="unknown")
    agency.store(book)
    assert [one.lead_id for one in facts_kpi_nurture.nurtured_leads(book, HORIZON)] == ["L1"]


def test_trails_are_those_open_lately_or_closed_within_a_year(book: Book, agency: Agency) -> None:
    for lead in ("open", "closed", "old", "new"):
        at = "2026-04-02T10:00:00" if lead == "new" else "2024-06-02T10:00:00"
        agency.lead(lead, at, "P01", line="HO-3", estimated_premium=5)
    agency.stage("closed", "2025-02-01T10:00:00", "closed_won")
    agency.stage("old", "2024-12-01T10:00:00", "lost")
    agency.store(book)
    found = facts_kpi_forecast.trails(book, HORIZON, lambda line: "Homeowners" if line == "HO-3" else None)
    assert {one.lead_id: [stage for _at, stage in one.stays] for one in found} == {
        "open": ["prospect"],
        "closed": ["prospect", "won"],
    }
    assert {one.line for one in found} == {"Homeowners"}


def test_calls_by_weekday_and_hour(book: Book, agency: Agency) -> None:
    agency.lead("L1", "2026-03-01T10:00:00", "P01")
    agency.activity("2026-03-02T09:10:00", "P01", "call", outcome="connected", lead_id="L1", count=2)
    agency.activity("2026-03-02T09:59:59", "P01", "call", outcome="no_answer", lead_id="L1")
    agency.activity("2026-03-08T23:00:00", "P02", "call")
    agency.activity("2026-03-02", "P01", "call", count=9)
    agency.activity("2026-03-02T09:10:00", "P01", "call", direction="inbound")
    agency.activity("2026-03-02T09:10:00", "P01", "text")
    agency.stage("L1", "2026-03-05T10:00:00", "won")
    agency.store(book)
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    question = (book, march, end_of(LAST))
    cells = facts_kpi_sources.call_cells(*question, Scope())
    assert [tuple(one) for one in cells] == [(1, 9, 3, 2, 1), (7, 23, 1, 0, 0)]
    mine = facts_kpi_sources.call_cells(*question, Scope(people(book)["P02"]))
    assert [tuple(one) for one in mine] == [(7, 23, 1, 0, 0)]
    records = facts_kpi_sources.call_records(*question, Scope())
    assert [(one.role, one.amount) for one in records] == [(BOTH, 2), (DENOMINATOR, 1), (DENOMINATOR, 1)]


def test_costs_of_sources(book: Book, agency: Agency) -> None:
    agency.add("sources", source="Website", cost_per_lead=1250, monthly_cost=None)
    agency.add("sources", source="Mail", cost_per_lead=None, monthly_cost=9900)
    agency.store(book)
    found = facts_kpi_sources.source_costs(book, HORIZON)
    assert [tuple(one) for one in found] == [("Mail", None, 9900), ("Website", 1250, None)]
