"""What the KPI page reads at once: views, commissions, replies needed, targets and bands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core import kpis as catalog
from desktop.core import periods
from desktop.core.kpis.definition import Number
from desktop.core.periods import Period
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import commissions, configuration, edits, goals, kpi_views, kpis, replies
from desktop.services.commissions import TrackerRow
from desktop.services.goals import Goal
from desktop.services.kpi_views import Question
from desktop.settings import Band
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 20, 12)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ASKED = Question(MARCH, NOW)
AUTHOR = Author("test", "2026-03-20T12:00:00")
LATER = Author("test", "2026-03-20T12:01:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency().producer("SL", "Sam Lee").producer("AR", "Ana Ruiz")
    agency.lead("L1", "2026-03-02T09:00:00", "SL", source="Web", state="OH")
    agency.lead("L2", "2026-03-03T09:00:00", "AR", source="Web", state="KY")
    agency.activity("2026-03-04T09:00:00", "SL", "email", direction="inbound", lead_id="L1")
    agency.activity("2026-03-05T09:00:00", "SL", "text", direction="inbound", lead_id="L1")
    agency.activity("2026-03-06T09:00:00", "AR", "email", direction="inbound", lead_id="L2")
    agency.activity("2026-03-06T10:00:00", "AR", "email", direction="outbound", lead_id="L2")
    # stated 150; agreed 10 % of 1,000; nothing known of the third
    agency.policy("P-1", "2026-03-02", "SL", 100_000, carrier="Acme Mutual", commission=15_000, commission_rate=0.10)
    agency.policy("P-2", "2026-03-03", "AR", 200_000, carrier="Acme Mutual", commission_rate=0.10)
    agency.policy("P-3", "2026-03-04", "AR", 50_000)
    agency.policy("P-4", "2026-02-04", "SL", 100_000, commission=12_000)
    # in force from 2026-01-01, ended 2026-03-11: of 365 days of vesting 296 are left
    agency.policy("P-5", "2026-01-01", "SL", 100_000, carrier="Harbor", commission=36_500, ended_on="2026-03-11")
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def test_every_view_reads_its_cards_and_rows(book: Book) -> None:
    seen: set[str] = set()
    for view in kpi_views.VIEWS:
        found = kpi_views.read_view(book, view, ASKED)
        assert found.view == view
        assert {card.figure.id for card in found.cards} == set(kpi_views.CARDS[view])
        assert set(kpi_views.TABLES[view]) <= found.figures.keys()
        seen |= found.figures.keys()
        assert found.any_data
        assert found.names == (("AR", "Ana Ruiz"), ("SL", "Sam Lee"))
    assert seen == {kpi.id for kpi in catalog.KPIS}


def test_a_large_book_shows_values_before_trends(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kpi_views.read_first(book, kpi_views.SCORECARD, ASKED) is None
    monkeypatch.setattr("desktop.services.kpi_facts._SMALL", 0)
    assert kpi_views.read_first(book, kpi_views.FUNNEL, ASKED) is None
    first = kpi_views.read_first(book, kpi_views.SCORECARD, ASKED)
    assert first is not None
    whole = {card.figure.id: card for card in kpi_views.read_view(book, kpi_views.SCORECARD, ASKED).cards}
    assert first.cards
    for card in first.cards:
        assert card.figure == whole[card.figure.id].figure
        assert card.change == whole[card.figure.id].change
        assert card.trend[-2:] == whole[card.figure.id].trend[-2:]
        assert card.trend[:-2] == (None,) * 11
    assert kpi_views.read_first(book, kpi_views.SCORECARD, ASKED) is None, "the whole is at hand"


def test_an_empty_book_knows_that_it_is(tmp_path: Path) -> None:
    with open_book(tmp_path) as empty:
        for view in kpi_views.VIEWS:
            found = kpi_views.read_view(empty, view, ASKED)
            assert not found.any_data
            assert all(card.empty for card in found.cards if card.figure.unit.value == "ratio")


def test_a_story_has_figure_trend_and_records_that_sum_to_it(book: Book) -> None:
    story = kpi_views.read_story(book, "annual_premium_written", ASKED)
    assert story.figure.value == 350_000
    assert len(story.trend) == kpis.TREND
    assert story.trend[-1].value == story.figure.value
    assert sum(record.amount for record in story.records) == 350_000
    own = kpi_views.read_story(book, "annual_premium_written", Question(MARCH, NOW, "sl"))
    assert own.figure.value == 100_000


def test_commissions_expected_stated_missing_and_at_risk(book: Book) -> None:
    tracker = commissions.tracker(book, MARCH, NOW)
    risk = 29_600
    assert tracker.total == TrackerRow(None, 30_000, 15_000, 20_000, risk)
    assert tracker.rows["producer"] == (
        TrackerRow("Ana Ruiz", 20_000, 0, 20_000, 0),
        TrackerRow("Sam Lee", 10_000, 15_000, 0, risk),
    )
    assert tracker.rows["carrier"] == (
        TrackerRow("Acme Mutual", 30_000, 15_000, 20_000, 0),
        TrackerRow("Harbor", 0, 0, 0, risk),
        TrackerRow(None, 0, 0, 0, 0),
    )
    assert tracker.rows["month"] == (TrackerRow("2026-03", 30_000, 15_000, 20_000, risk),)
    assert commissions.tracker(book, MARCH, NOW, "AR").total == TrackerRow(None, 20_000, 0, 20_000, 0)


def test_a_row_of_the_tracker_opens_its_terms(book: Book) -> None:
    found = {
        (by, row.key): commissions.records(book, MARCH, NOW, None, by, row.key)
        for by, rows in commissions.tracker(book, MARCH, NOW).rows.items()
        for row in rows
    }
    for by, rows in commissions.tracker(book, MARCH, NOW).rows.items():
        for row in rows:
            assert sum(one.amount for one in found[by, row.key]) == row.expected + row.at_risk
    assert [one.detail.partition(": ")[2] for one in found["producer", "Sam Lee"]] == [
        "stated $150",
        "at risk, ended early",
    ]
    assert [one.detail.partition(": ")[2] for one in found["producer", "Ana Ruiz"]] == [
        "not stated yet",
        "not stated, no rate is known",
    ]
    assert found["carrier", "Acme Mutual"][0].line == 2
    assert commissions.records(book, MARCH, NOW, "AR", "producer", "Sam Lee") == []


def test_commissions_after_as_of_do_not_count(book: Book) -> None:
    early = commissions.tracker(book, MARCH, datetime(2026, 3, 2, 12))
    assert early.total == TrackerRow(None, 10_000, 15_000, 0, 0)
    before = commissions.tracker(book, MARCH, datetime(2026, 2, 20, 12))
    assert before.total == TrackerRow(None, 0, 0, 0, 0)


def test_a_carriers_usual_rate_is_expected_where_the_policy_names_none(book: Book) -> None:
    rates = [{"carrier": "Acme Mutual", "line": "Homeowners", "rate": 0.2}]
    configuration.set_values(book, {"carriers": rates}, AUTHOR)
    assert commissions.tracker(book, MARCH, NOW).total.expected == 30_000
    every = [*rates, {"carrier": "Harbor", "line": "Homeowners", "rate": 0.5}]
    configuration.set_values(book, {"carriers": every}, LATER)
    january = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert commissions.tracker(book, january, NOW).total.expected == 50_000


def test_who_waits_for_an_answer_is_listed_once_from_the_first_message(book: Book) -> None:
    (one,) = replies.waiting(book, NOW)
    assert (one.at, one.amount) == ("2026-03-04T09:00:00", 16 * 24 + 3)
    assert one.line == 2
    assert replies.waiting(book, NOW, "AR") == []
    assert len(replies.waiting(book, datetime(2026, 3, 6, 9, 30))) == 2
    assert replies.waiting(book, datetime(2026, 4, 30, 12)) == []


# --- targets and bands ------------------------------------------------------------------------------------------------


def status(book: Book, kpi_id: str, producer: str | None = None) -> tuple[object, str]:
    figure = kpis.kpis(book, MARCH, NOW, producer, ids=[kpi_id]).kpis[0]
    return figure.target, figure.status.value


def test_a_target_counts_from_its_day_and_can_be_undone(book: Book) -> None:
    goals.set_goal(book, "annual_premium_written", 4_000, date(2026, 1, 1), None, AUTHOR, NOW.date())
    assert status(book, "annual_premium_written") == (400_000, "red")
    goals.set_goal(book, "annual_premium_written", 3_500, date(2026, 3, 1), None, LATER, NOW.date())
    assert status(book, "annual_premium_written") == (350_000, "green")
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    before = kpis.kpis(book, february, NOW, ids=["annual_premium_written"]).kpis[0]
    assert before.target == 400_000
    assert goals.measure(book, "annual_premium_written").goals == (
        Goal(date(2026, 1, 1), 4_000),
        Goal(date(2026, 3, 1), 3_500),
    )
    edits.undo(book, LATER)
    assert status(book, "annual_premium_written") == (400_000, "red")


def test_a_producers_own_target_is_nobody_elses(book: Book) -> None:
    goals.set_goal(book, "calls_per_day", 10, date(2026, 1, 1), "SL", AUTHOR, NOW.date())
    assert status(book, "calls_per_day", "SL")[0] == 10
    assert status(book, "calls_per_day", "AR")[0] == 80
    assert goals.measure(book, "calls_per_day").goals == ()
    assert goals.measure(book, "calls_per_day", "sl").goals == (Goal(date(2026, 1, 1), 10),)


def test_a_target_of_the_same_day_is_replaced_and_can_be_taken_away(book: Book) -> None:
    start = date(2026, 1, 1)
    goals.set_goal(book, "save_rate", 0.5, start, None, AUTHOR, NOW.date())
    goals.set_goal(book, "save_rate", 0.7, start, None, LATER, NOW.date())
    assert goals.measure(book, "save_rate").goals == (Goal(start, 0.7),)
    assert goals.set_goal(book, "save_rate", None, start, None, LATER, NOW.date()).changed
    assert goals.measure(book, "save_rate").goals == ()
    assert not goals.set_goal(book, "save_rate", None, start, None, LATER, NOW.date()).changed


def test_bands_hold_from_their_day_and_can_be_undone(book: Book) -> None:
    assert goals.measure(book, "contact_rate").bands == (0.45, 0.30)
    start, later = date(2026, 1, 1), date(2026, 3, 10)
    assert goals.set_bands(book, "contact_rate", (0.6, 0.4), start, None, AUTHOR).changed
    assert not goals.set_bands(book, "contact_rate", (0.6, 0.4), start, None, LATER).changed
    assert goals.set_bands(book, "contact_rate", (0.5, 0.2), later, None, LATER).changed
    days = [date(2025, 12, 31), start, date(2026, 3, 9), later]
    in_force = [goals.measure(book, "contact_rate", on=day).bands for day in days]
    assert in_force == [(0.45, 0.3), (0.6, 0.4), (0.6, 0.4), (0.5, 0.2)]
    targets = [float(_target(book, "contact_rate", month) or 0) for month in (12, 1, 2, 3)]
    assert targets == [0.45, 0.6, 0.6, 0.5]
    edits.undo(book, LATER)
    assert float(_target(book, "contact_rate", 3) or 0) == 0.6
    assert goals.set_bands(book, "contact_rate", None, start, None, LATER).changed
    assert not goals.set_bands(book, "contact_rate", None, start, None, LATER).changed
    assert goals.measure(book, "contact_rate").bands == (0.45, 0.30)


def _target(book: Book, kpi_id: str, month: int, producer: str | None = None) -> Number | None:
    period = periods.month_of(date(2025 if month == 12 else 2026, month, 1))
    return kpis.kpis(book, period, NOW, producer, ids=[kpi_id]).kpis[0].target


def test_a_producers_own_bands_go_before_the_agencys(book: Book) -> None:
    goals.set_bands(book, "contact_rate", (0.6, 0.4), date(2026, 2, 1), None, AUTHOR)
    goals.set_bands(book, "contact_rate", (0.3, 0.1), date(2026, 1, 1), "sl", AUTHOR)
    assert float(_target(book, "contact_rate", 3, "SL") or 0) == 0.3
    assert float(_target(book, "contact_rate", 3, "AR") or 0) == 0.6
    assert float(_target(book, "contact_rate", 3) or 0) == 0.6
    # an own target from a later day moves the green edge, one from before stands back
    goals.set_goal(book, "contact_rate", 0.35, date(2026, 3, 1), "SL", AUTHOR, NOW.date())
    goals.set_goal(book, "contact_rate", 0.9, date(2025, 11, 1), "SL", AUTHOR, NOW.date())
    assert [float(_target(book, "contact_rate", month, "SL") or 0) for month in (12, 2, 3)] == [0.9, 0.3, 0.35]
    assert [one.producer for one in goals.measure(book, "contact_rate", "SL").dated] == ["sl"]


def test_bands_go_the_way_in_which_a_kpi_is_better(book: Book) -> None:
    wrong: list[tuple[str, Band]] = [
        ("contact_rate", (0.4, 0.6)),
        ("speed_to_lead", (15, 5)),
        ("attempts_to_contact", (3, 5)),
        ("attempts_to_contact", ((2, 7), (3, 5))),
    ]
    for kpi_id, band in wrong:
        with pytest.raises(UserError):
            goals.set_bands(book, kpi_id, band, date(2026, 1, 1), None, LATER)
    assert goals.set_bands(book, "attempts_to_contact", ((4, 6), (2, 8)), date(2026, 1, 1), None, LATER).changed
    assert _target(book, "attempts_to_contact", 3) == 4


@pytest.mark.parametrize(
    ("text", "edge"), [("3 to 5", (3, 5)), ("2-7", (2, 7)), ("2 – 7", (2, 7)), ("", None), ("-5", -5), ("4", 4)]
)
def test_edges_as_people_type_them(text: str, edge: goals.Edge | None) -> None:
    assert goals.edge("attempts_to_contact", text) == edge
    if edge is not None:
        assert goals.edge("attempts_to_contact", goals.edge_typed("attempts_to_contact", edge)) == edge


@pytest.mark.parametrize(
    ("kpi_id", "text", "value"),
    [
        ("contact_rate", "45%", 0.45),
        ("contact_rate", "45", 0.45),
        ("contact_rate", "", None),
        ("speed_to_lead", "5", 5),
        ("annual_premium_written", "$1,200", 1200),
        ("lead_source_roi", "3.5", 3.5),
    ],
)
def test_values_as_people_type_them(kpi_id: str, text: str, value: float | None) -> None:
    assert goals.number(kpi_id, text) == value
    if value is not None:
        assert goals.number(kpi_id, goals.typed(kpi_id, value)) == value


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(UserError, match="much"):
        goals.number("contact_rate", "much")
