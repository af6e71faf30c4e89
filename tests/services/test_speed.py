"""The live board, the reports, the queue, benchmarks and advice on a day that can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.core import speed as formulas
from desktop.core.periods import Period
from desktop.errors import UserError
from desktop.models import routing_ladder
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import edits, escalating, monday, speed, work_queue
from tests.services.small_agency import Agency, open_book

WHO = Author("test", "2026-03-10T12:00:00")
NOON = datetime(2026, 3, 10, 12)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    made = Agency().producer("P01", "Ann Alder").producer("P02", "Bob Birch")
    made.add("sources", source="Web", cost_per_lead=1000)
    made.lead("L1", "2026-03-10T10:00:00", "P01", last_name="One", source="Web", line="Homeowners")
    made.lead("L2", "2026-03-10T10:30:00", "P01", last_name="Two", source="web", line="BOP")
    made.lead("L3", "2026-03-10T11:00:00", "P02", last_name="Three", source="Bought list")
    made.lead("L4", "2026-03-10T11:00:00", "P02", last_name="Four", source="Referral")
    made.lead("L5", "2026-02-02T09:00:00", "P02", last_name="Five", policy_expires_on="2026-03-30")
    made.activity("2026-03-10T10:04:00", "P01", "call", lead_id="L1")
    made.activity("2026-03-10T10:50:00", "P01", "email", lead_id="L2")
    made.activity("2026-03-10T11:30:00", "P01", "text", lead_id="L2", direction="inbound")
    made.activity("2026-03-09T11:30:00", "P02", "call", lead_id="L5", outcome="voicemail")
    made.stage("L1", "2026-03-10T11:00:00", "quoted")
    made.stage("L1", "2026-03-10T11:30:00", "won")
    made.policy("N1", "2026-03-10", "P01", 120_000, lead_id="L1", commission=12_000)
    with open_book(tmp_path) as book:
        made.store(book)
        yield book


def test_the_live_board_counts_today(desk: Book) -> None:
    found = speed.live_board(desk, NOON)
    assert (found.received, found.contacted, found.unassigned, found.average_minutes) == (4, 2, 0, 12)
    assert [(row.code, row.leads, row.contacted, row.average_minutes) for row in found.rows] == [
        ("P01", 2, 2, 12),
        ("P02", 2, 0, None),
    ]
    assert [(one.kind, one.code, one.leads) for one in found.alerts] == [
        ("untouched", "P02", ("L3", "L4")),
        ("response", "P01", ()),
    ]
    assert (found.binds_this_week, found.premium_this_week) == (1, 120_000)


def test_the_monthly_and_the_source_report(desk: Book) -> None:
    found = speed.distribution(desk, MARCH, NOON)
    total = found.total
    assert (total.leads, total.contacted_5, total.never_contacted) == (4, Fraction(1, 4), 2)
    assert (total.lead_to_quote, total.quote_to_bind, total.lead_to_bind) == (Fraction(1, 4), 1, Fraction(1, 4))
    assert [code for code, _name, _figures in found.by_producer] == ["P01", "P02"]
    web = found.by_source["Web"]
    assert (web.leads, web.cost, web.cost_per_bind, web.premium, web.commission) == (2, 2000, 2000, 120_000, 12_000)
    assert web.roi == 6 and total.cost == 2000
    assert list(found.by_source) == ["Bought list", "Referral", "Web"]
    assert set(found.by_line) == {"Homeowners", "BOP", None}


def test_the_queue_says_who_is_next_and_why(desk: Book) -> None:
    found = work_queue.queue(desk, NOON)
    assert [(one.kind, one.lead_id) for one in found] == [
        ("new", "L4"),
        ("new", "L3"),
        ("reply", "L2"),
        ("x_date", "L5"),
    ]
    assert "60 min ago" in found[0].why
    assert [one.lead_id for one in work_queue.queue(desk, NOON, "P01")] == ["L2"]


def test_queue_board_and_first_screen_count_the_same_follow_ups(desk: Book) -> None:
    tonight, tomorrow = NOON.replace(hour=21), NOON.replace(hour=8) + timedelta(days=1)
    with desk.transaction():
        for key, lead, due in (("A", "L5", tonight), ("B", "L5", tonight), ("C", "L1", NOON), ("D", "L2", tomorrow)):
            task = routing_ladder.Task(key, lead, "call_4h", due.isoformat(), "Call")
            routing_ladder.add_tasks(desk, [task], NOON.isoformat())
    found = [one for one in work_queue.queue(desk, NOON) if one.kind == "follow_up"]
    # L1 is won: nothing of it waits any more
    assert [(one.lead_id, one.why) for one in found] == [("L5", "Call (due at 9:00 PM)")]
    assert speed.live_board(desk, NOON).follow_ups_due == 1
    assert monday.monday(desk, NOON).this_week.follow_ups == 1


def test_a_call_is_entered_by_one_key_and_closes_its_task(desk: Book) -> None:
    escalating.escalate(desk, NOON, WHO)
    task = next(one for one in work_queue.tasks(desk, "L3") if one.step == "call_0")
    work_queue.log_call(desk, "L3", "P02", "connected", NOON, WHO, task.key)
    assert task.key not in [one.key for one in work_queue.tasks(desk, "L3")]
    assert "L3" not in [one.lead_id for one in work_queue.queue(desk, NOON) if one.kind == "new"]
    with pytest.raises(UserError, match="no outcome busy"):
        work_queue.log_call(desk, "L3", "P02", "busy", NOON, WHO)


def test_benchmarks_put_holes_into_the_lower_band() -> None:
    bands = {one.id: one for one in formulas.BENCHMARKS}
    cases = [
        ("first_response", Fraction(240), "poor"),
        ("first_response", Fraction(239), "average"),
        ("first_response", Fraction(59), "good"),
        ("first_response", Fraction(10), "good"),
        ("first_response", Fraction(4), "best"),
        ("attempts_48h", Fraction(5, 2), "poor"),
        ("attempts_48h", Fraction(11, 2), "good"),
        ("quote_turnaround", Fraction(24), "poor"),
        ("quote_turnaround", Fraction(1), "best"),
        ("follow_ups", Fraction(1, 2), "poor"),
        ("lead_to_bind", Fraction(20, 100), "good"),
        ("lead_to_bind", Fraction(19, 100), "average"),
    ]
    for name, value, wanted in cases:
        assert formulas.band(bands[name], value) == wanted, (name, value)
    assert formulas.band(bands["follow_ups"], None) is None


def test_the_agency_stands_beside_the_benchmarks(desk: Book) -> None:
    own = {one.benchmark.id: one.value for one in speed.benchmarks(desk, MARCH, NOON)}
    assert own["first_response"] == 12 and own["quote_turnaround"] == 1 and own["lead_to_bind"] == Fraction(1, 4)


def test_typical_sources_are_editable(desk: Book) -> None:
    one = speed.SourceBenchmark("Referrals", 0, 1000, 0.4, 0.6, 0, 2000)
    speed.change_typical(desk, one, WHO)
    assert one in speed.typical_sources(desk) and len(speed.typical_sources(desk)) == 7
    edits.undo(desk, WHO)
    assert one not in speed.typical_sources(desk)


def test_advice_goes_by_size_map_and_records(desk: Book) -> None:
    assert speed.advise(desk, NOON).model == "round_robin"
    assert formulas.advise(6, True, False, 30).model == "territory"
    assert formulas.advise(6, True, False, 200).model == "weighted"
    assert formulas.advise(12, False, False, 0).weakness == formulas.WEAKNESSES["weighted"]
