"""The facts behind KPIs, read from a real book: what is contact, whose it is, what is left out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from desktop.core.kpis.reading import Asked, Horizon
from desktop.core.periods import Period, end_of
from desktop.models import facts_kpi_activity, facts_kpi_leads, facts_kpi_records, facts_kpi_targets
from desktop.models.book import Book
from desktop.models.facts_records import Scope
from desktop.services import kpi_readers_activity
from desktop.services.kpi_facts import KpiFacts
from tests.services.small_agency import Agency, open_book

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
HORIZON = Horizon(MARCH.start, end_of(MARCH.end))
AT = "2026-03-05T09:00:00"


def _agency() -> Agency:
    return Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz").lead("L1", AT, "P01", source="Web")


def _lead(agency: Agency, folder: Path) -> facts_kpi_leads.LeadFact:
    with open_book(folder) as book:
        agency.store(book)
        (found,) = facts_kpi_leads.leads(book, HORIZON)
    return found


def test_first_contact_is_at_or_after_receipt_and_never_bulk(tmp_path: Path) -> None:
    agency = _agency().activity("2026-03-05T08:59:59", "P01", "call", lead_id="L1")
    agency.activity("2026-03-05T09:01:00", "P01", "email", lead_id="L1", bulk=True)
    agency.activity("2026-03-05T09:02:00", "P01", "text", lead_id="L1", bulk=True)
    agency.activity("2026-03-05T09:03:00", "P01", "email", lead_id="L1", direction="inbound")
    agency.activity("2026-03-05T09:04:00", "P01", "meeting_set", lead_id="L1")
    agency.activity("2026-03-05T09:05:00", "P01", "note", lead_id="L1")
    agency.activity("2026-03-05T09:06:00", "P02", "text", lead_id="L1")
    agency.activity("2026-03-05T09:07:00", "P01", "meeting_held", lead_id="L1")
    found = _lead(agency, tmp_path)
    assert (found.first_touch, found.touched_on) == ("2026-03-05T09:06:00", "2026-03-05T09:06:00")
    assert found.conversation == "2026-03-05T09:07:00"
    assert (found.connected, found.attempts) == (None, 0)


def test_a_contact_without_a_time_of_day_is_one_and_has_no_minutes(tmp_path: Path) -> None:
    agency = _agency().activity("2026-03-04", "P01", "call", lead_id="L1")
    agency.activity("2026-03-05", "P01", "call", lead_id="L1")
    found = _lead(agency, tmp_path)
    assert (found.first_touch, found.touched_on) == (None, "2026-03-05")


def test_attempts_run_up_to_the_first_connected_one(tmp_path: Path) -> None:
    agency = _agency().activity("2026-03-05T10:00:00", "P01", "call", lead_id="L1", outcome="no_answer", count=3)
    agency.activity("2026-03-05T10:01:00", "P01", "text", lead_id="L1")
    agency.activity("2026-03-05T10:02:00", "P01", "email", lead_id="L1")
    agency.activity("2026-03-05T10:02:30", "P01", "call", lead_id="L1", direction="inbound", outcome="connected")
    agency.activity("2026-03-05T10:03:00", "P01", "call", lead_id="L1", outcome="connected")
    agency.activity("2026-03-05T10:04:00", "P01", "call", lead_id="L1", outcome="connected")
    found = _lead(agency, tmp_path)
    assert (found.connected, found.attempts) == ("2026-03-05T10:03:00", 5)
    assert found.conversation == "2026-03-05T10:02:30"


def test_first_entries_by_rank_fold_life_stages(tmp_path: Path) -> None:
    agency = _agency().stage("L1", "2026-03-06T09:00:00", "application").stage("L1", "2026-03-07T09:00:00", "contacted")
    agency.stage("L1", "2026-03-08T09:00:00", "closed_lost")
    found = _lead(agency, tmp_path)
    assert found.reached == (AT, *["2026-03-06T09:00:00"] * 5, None)


def test_merged_leads_are_left_out(tmp_path: Path) -> None:
    agency = (
        _agency()
        .lead("L2", AT, "P01")
        .activity("2026-03-05T10:00:00", "P01", "text", lead_id="L2", direction="inbound")
    )
    agency.stage("L2", "2026-03-06T09:00:00", "won")
    with open_book(tmp_path) as book:
        agency.store(book)
        assert len(facts_kpi_leads.threads(book, HORIZON)) == len(facts_kpi_leads.won_leads(book, HORIZON)) == 1
        book.connection.execute("UPDATE lead SET merged_into = 'L1' WHERE lead_id = 'L2'")
        assert [one.lead_id for one in facts_kpi_leads.leads(book, HORIZON)] == ["L1"]
        assert [one.lead_id for one in facts_kpi_leads.every_lead(book, HORIZON)] == ["L1"]
        assert {one.lead_id for one in facts_kpi_leads.waiting(book, HORIZON)} == {"L1"}
        assert facts_kpi_leads.threads(book, HORIZON) == facts_kpi_leads.won_leads(book, HORIZON) == []


def test_a_thread_may_have_begun_before_the_horizon(tmp_path: Path) -> None:
    agency = Agency().producer("P01", "Dana Marsh").lead("L1", "2026-02-01T09:00:00", "P01")
    agency.activity("2026-02-20T10:00:00", "P01", "text", lead_id="L1", direction="inbound")
    agency.activity("2026-03-02T10:00:00", "P01", "email", lead_id="L1", direction="inbound")
    agency.activity("2026-03-02T11:00:00", "P01", "call", lead_id="L1", direction="inbound", outcome="connected")
    agency.activity("2026-03-02T12:00:00", "P01", "email", lead_id="L1", bulk=True)
    agency.activity("2026-03-02T13:00:00", "P01", "call", lead_id="L1", outcome="no_answer")
    agency.activity("2026-03-03T13:00:00", "P01", "call", lead_id="L1", direction="inbound")
    with open_book(tmp_path) as book:
        agency.store(book)
        found = [(one.asked_at, one.answered_at) for one in facts_kpi_leads.threads(book, HORIZON)]
    assert found == [("2026-02-20T10:00:00", "2026-03-02T13:00:00"), ("2026-03-03T13:00:00", None)]


def test_a_days_work(tmp_path: Path) -> None:
    agency = _agency().activity("2026-03-05T10:00:00", "P01", "call", lead_id="L1", outcome="connected", minutes=4.5)
    agency.activity("2026-03-05", "P01", "call", count=20, outcome="connected", minutes=30.0)
    agency.activity("2026-03-05T11:00:00", "Marsh, Dana", "text", lead_id="L1")
    agency.activity("2026-03-05T11:30:00", "P01", "email", lead_id="L9", bulk=True)
    agency.activity(
        "2026-03-05T12:00:00", "P01", "call", lead_id="L7", direction="inbound", outcome="connected", minutes=2.0
    )
    agency.activity("2026-03-05T18:00:00", "P01", "meeting_held")
    with open_book(tmp_path) as book:
        agency.store(book)
        (day,) = facts_kpi_activity.work(book, HORIZON)
        (morning,) = facts_kpi_activity.work_of_day(book, datetime(2026, 3, 5, 11, 0))
    assert day[2:] == (21, 1, 0, 1, 1, 22, 36.5, 2, 0)
    assert morning[2:] == (21, 1, 0, 0, 1, 21, 34.5, 1, 0)


def _exceptions() -> Agency:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    agency.lead("L1", "2026-01-05T09:00:00", "P01").stage("L1", "2026-01-06T09:00:00", "won")
    agency.policy("H1", "2026-01-06", "P02", 100_000, lead_id="L1", client="O'Hara, Ada")
    agency.policy("H2", "2026-01-06", "P01", 100_000)
    agency.add(
        "stages", pipeline="exceptions", stage="new_exception", entered_at="2026-03-02T09:00:00", policy_number="H1"
    )
    agency.add("stages", pipeline="exceptions", stage="working", entered_at="2026-03-03T09:00:00", policy_number="H1")
    agency.add(
        "stages", pipeline="exceptions", stage="new_exception", entered_at="2026-03-02T09:00:00", policy_number="H2"
    )
    agency.add("stages", pipeline="exceptions", stage="resolved", entered_at="2026-03-04T09:00:00", policy_number="H2")
    agency.add("stages", pipeline="placement", stage="approved", entered_at="2026-03-02T09:00:00", lead_id="L1")
    agency.add("stages", pipeline="underwriting", stage="approved", entered_at="2026-03-02T09:00:00", lead_id="L1")
    return agency


def _untouched(book: Book, as_of: datetime) -> list[tuple[str, str, str]]:
    facts = KpiFacts(book, Horizon(date(2026, 3, 1), end_of(date(2026, 3, 31))))
    found = kpi_readers_activity.untouched(facts, Asked(MARCH, as_of))
    return [(one.key, one.stage, one.since) for one in found]


def test_open_cases_and_whose_they_are(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        _exceptions().store(book)
        cases = facts_kpi_activity.open_cases(book, datetime(2026, 3, 10, 9, 0))
        people = {row[0]: row[1] for row in book.connection.execute("SELECT producer_code, id FROM producer")}
        early = facts_kpi_activity.open_cases(book, datetime(2026, 3, 3, 12, 0))
    assert {(one.pipeline, one.subject, one.stage): one.owners[0][2] for one in cases} == {
        ("exceptions", "H1", "working"): people["P02"],
        ("placement", "L1", "approved"): people["P01"],
    }
    assert {one.subject for one in early if one.pipeline == "exceptions"} == {"H1", "H2"}


def test_an_exception_is_touched_by_what_is_done_for_its_client_or_lead(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        agency = _exceptions()
        agency.store(book)
        assert _untouched(book, datetime(2026, 3, 10, 9, 0)) == [("H1", "working", "2026-03-03T09:00:00")]
        Agency().activity("2026-03-06T09:00:00", "P01", "call", lead_id="L1").store(book, "a")
        assert _untouched(book, datetime(2026, 3, 10, 9, 0)) == [("H1", "working", "2026-03-06T09:00:00")]
        Agency().activity("2026-03-08T09:00:00", "P01", "note", client="ohara ADA").store(book, "b")
        assert _untouched(book, datetime(2026, 3, 10, 9, 0)) == [("H1", "working", "2026-03-08T09:00:00")]
        assert _untouched(book, datetime(2026, 3, 7, 9, 0)) == [("H1", "working", "2026-03-06T09:00:00")]


def test_an_open_lead_is_touched_by_activity_and_stage_moves(tmp_path: Path) -> None:
    agency = _agency().stage("L1", "2026-03-07T09:00:00", "quoted")
    agency.activity("2026-03-09T09:00:00", "P01", "call", lead_id="L1", direction="inbound")
    with open_book(tmp_path) as book:
        agency.store(book)
        assert _untouched(book, datetime(2026, 3, 8)) == [("L1", "quoted", "2026-03-07T09:00:00")]
        assert _untouched(book, datetime(2026, 3, 20)) == [("L1", "quoted", "2026-03-09T09:00:00")]
        assert _untouched(book, datetime(2026, 3, 4)) == []


def test_records_name_whose_what_and_where(tmp_path: Path) -> None:
    agency = _agency().activity(AT, "P02", "call", activity_id="A1", lead_id="L1", outcome="voicemail")
    agency.add("owners", lead_id="L1", at="2026-03-10T09:00:00", producer="P02")
    with open_book(tmp_path) as book:
        agency.store(book)
        acts = facts_kpi_activity.acts(book, Asked(MARCH, HORIZON.as_of), Scope())
        (call,) = facts_kpi_records.described(book, "activities", [one.row for one in acts], HORIZON.as_of).values()
        (row,) = (one.row for one in facts_kpi_leads.leads(book, HORIZON))
        (lead,) = facts_kpi_records.described(book, "leads", [row], datetime(2026, 3, 9)).values()
        (later,) = facts_kpi_records.described(book, "leads", [row], HORIZON.as_of).values()
    assert call[:7] == ("A1", "P02", "Lee Ortiz", "L1", "voicemail", None, "activities.csv")
    assert (lead.producer, later.producer, lead.subject, lead.detail) == ("P01", "P02", "L1", "prospect")
    assert (lead.file, lead.line, lead.entered) == ("leads.csv", 2, None)


def test_target_rules_of_kpis_alone(tmp_path: Path) -> None:
    agency = _agency().add("targets", metric="calls_made", target=50.0, effective_from="2026-01-01")
    agency.add("targets", metric="avg_annual_premium", target=2500.5, effective_from="2026-01-01", producer_code="P01")
    agency.add("targets", metric="contact_rate", target=0.5, effective_from="2026-01-01", producer_code="Stranger")
    agency.add("targets", metric="contact_rate", target=0.5, effective_from="2026-01-01", level="new")
    agency.add("targets", metric="save_rate", target=0.5, effective_from="2026-01-01", line="BOP")
    with open_book(tmp_path) as book:
        agency.store(book)
        found = {(one.metric, float(one.target), one.producer is None, one.level)
                 for one in facts_kpi_targets.target_rules(book)}  # fmt: skip
    assert found == {("avg_annual_premium", 250_050.0, False, None), ("contact_rate", 0.5, True, "new")}
