"""The first screen's answer on a small agency, each part counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.core.scorecard import ScorecardTexts
from desktop.models import routing_ladder
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import examining, monday, people, publishing, scorecards
from desktop.services.monday import Lack
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 16, 9, 0)
"""A Monday; the last full week is March 9 to 15."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P01", "Dana Marsh", hired_on="2020-01-05")
    agency.producer("P02", "Owen Reyes", hired_on="2020-01-05")
    agency.activity("2026-03-10T09:00:00", "P01", "call", count=30)
    agency.activity("2026-03-02T09:00:00", "P01", "referral_ask")
    agency.activity("2026-03-10T09:00:00", "J. Doe", "call", count=4)
    agency.quote("2026-03-10", "P01", "L1").quote("2026-03-11", "P01", "L2")
    agency.policy("H-1", "2026-03-12", "P01", 125_000, lead_id="L1")
    agency.lead("L1", "2026-03-01T09:00:00", "P01", first_name="Ada", last_name="Moss").stage(
        "L1", "2026-03-12T10:00:00", "won"
    )
    agency.lead("L2", "2026-03-01T09:00:00", "P01", first_name="Ben").stage("L2", "2026-03-12T10:00:00", "lost")
    agency.lead("L3", "2026-03-12T09:00:00", "P02", business_name="Cy's Cafe", policy_expires_on="2026-04-01")
    agency.lead("L4", "2026-03-01T09:00:00", "P02", first_name="Di").stage("L4", "2026-03-01T10:00:00", "quoted")
    agency.policy("H-2", "2025-03-20", "P02", 90_000)
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def kinds(found: monday.Monday) -> dict[Lack, monday.Missing]:
    return {one.kind: one for one in found.missing}


def test_last_week_by_agency_and_producer(book: Book) -> None:
    found = monday.monday(book, NOW)
    assert found.week == Period(date(2026, 3, 9), date(2026, 3, 15))
    agency, first, second, *_ = found.rows
    assert (agency.code, first.code, second.code) == (None, "P01", "P02")
    assert agency.metrics["new_premium"].value == first.metrics["new_premium"].value == 125_000
    assert second.metrics["policies_written"].value == 0
    assert first.metrics["close_rate"].value == 0.5
    assert len(first.series["new_premium"]) == 13


def test_what_is_missing(book: Book) -> None:
    found = kinds(monday.monday(book, NOW))
    assert found[Lack.TYPED].about == ("referrals",)
    assert found[Lack.TYPED].since == date(2026, 3, 2)
    assert (found[Lack.NAMES].count, found[Lack.NAMES].about) == (1, ("J. Doe",))
    assert (found[Lack.SCORECARDS].count, found[Lack.SCORECARDS].of) == (2, 2)
    assert found[Lack.UNEXPLAINED].count == 1
    assert Lack.REJECTED not in found
    assert Lack.SOURCE not in found


def test_leads_of_those_who_left_are_nobodys_work_until_handed_over(book: Book) -> None:
    assert Lack.LEFT not in kinds(monday.monday(book, NOW))
    author = Author("test", "2026-03-16T08:00:00")
    people.change(book, "P02", {"left_on": "3/16/2026"}, author, NOW.date())
    assert Lack.LEFT not in kinds(monday.monday(book, NOW))
    left = kinds(monday.monday(book, NOW + timedelta(days=1)))[Lack.LEFT]
    assert (left.count, left.of, left.about, left.whose) == (2, 1, ("Owen Reyes",), "P02")


def test_a_filled_scorecard_is_missed_no_more(book: Book) -> None:
    author = Author("test", "2026-03-16T08:00:00")
    scorecards.save_texts(book, "2026-W11", "P01", ScorecardTexts(wins=("Two big ones",)), author)
    found = kinds(monday.monday(book, NOW))
    assert found[Lack.SCORECARDS].about == ("Owen Reyes",)
    assert found[Lack.HAND_OUT].about == ("Dana Marsh",)


def test_a_published_scorecard_is_handed_out(book: Book) -> None:
    author = Author("test", "2026-03-16T08:00:00")
    scorecards.save_texts(book, "2026-W11", "P01", ScorecardTexts(wins=("Two big ones",)), author)
    publishing.publish(book, "2026-W11", ["P01"], author, NOW)
    found = kinds(monday.monday(book, NOW))
    assert Lack.HAND_OUT not in found
    assert found[Lack.SCORECARDS].about == ("Owen Reyes",)


def test_check_finds_what_the_word_index_lacks(book: Book) -> None:
    assert not list(examining.word_index(book))
    book.connection.execute("DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search)")
    assert [one.where for one in examining.word_index(book)] == ["search"]


def test_what_waits_this_week(book: Book) -> None:
    week = monday.monday(book, NOW).this_week
    assert (week.untouched, week.first) == (1, ("Cy's Cafe",))
    assert [(queue.stage, queue.count, queue.action) for queue in week.overdue] == [
        ("quoted", 1, "Schedule the presentation")
    ]
    assert [one.term.number for one in week.due.renewals] == ["H-2"]
    assert [one.lead.lead_id for one in week.due.x_dates] == ["L3"]


def test_flags_say_how_long_they_stand_and_the_newest_comes_first(book: Book) -> None:
    found = monday.monday(book, NOW)
    by_code = {code: {one.flag.id: one.weeks for one in flags} for code, _name, flags in found.people()}
    assert by_code["P01"]["no_new_prospects"] == 0
    later = monday.monday(book, datetime(2026, 3, 23, 9, 0))
    assert {one.flag.id: one.weeks for one in later.talks if one.code == "P01"}["no_new_prospects"] == 1
    newest = [min(one.weeks for one in flags) for _code, _name, flags in found.people()]
    assert newest == sorted(newest)


def test_news_are_what_came_since_the_last_visit(book: Book) -> None:
    assert [one.label for one in monday.monday(book, NOW).news.entries] == ["agency.csv"]
    assert monday.monday(book, NOW, datetime(2026, 3, 15, 8)).news.entries == ()
    author = Author("test", "2026-03-16T08:00:00")
    scorecards.save_texts(book, "2026-W11", "P01", ScorecardTexts(notes="Well done"), author)
    fresh = monday.monday(book, NOW, datetime(2026, 3, 15, 8)).news
    assert (fresh.imports, fresh.edits) == (0, 1)


def test_an_empty_book_has_nothing_to_say(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        found = monday.monday(book, NOW)
    assert found.empty
    assert found.talks == ()


def test_follow_ups_due_by_the_end_of_today_wait(book: Book) -> None:
    assert monday.monday(book, NOW).this_week.follow_ups == 0
    for key, due in (("A", "2026-03-16T17:00:00"), ("B", "2026-03-17T08:00:00")):
        with book.transaction():
            routing_ladder.add_tasks(book, [routing_ladder.Task(key, "L3", "call_4h", due, "Call")], "2026-03-12")
    assert monday.monday(book, NOW).this_week.follow_ups == 1
