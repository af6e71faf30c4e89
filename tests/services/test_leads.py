"""One lead's page, the leads that wait, and why a deal was lost, on a small agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, edits, leads, listings, lost_deals
from desktop.services.listings import Asked
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 16, 9, 0)
AUTHOR = Author("test", "2026-03-16T09:00:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P01", "Dana Marsh").producer("P02", "Owen Reyes")
    agency.lead("L1", "2026-03-01T09:00:00", "P01", first_name="Ada", last_name="Moss", estimated_premium=90_000)
    agency.stage("L1", "2026-03-01T10:00:00", "contacted").stage("L1", "2026-03-02T10:00:00", "quoted")
    agency.add("owners", lead_id="L1", at="2026-03-05T08:00:00", producer="P02")
    agency.activity("2026-03-01T10:00:00", "P01", "call", lead_id="L1", outcome="connected")
    agency.quote("2026-03-02", "P01", "L1", carrier="Harborlight", premium=91_000)
    agency.policy("H-1", "2026-03-12", "P01", 125_000, lead_id="L1", client="Ada Moss", client_id="C1")
    agency.lead("L2", "2026-03-01T09:00:00", "P01", first_name="Ben").stage("L2", "2026-03-12T10:00:00", "lost")
    agency.lead("L3", "2026-03-12T09:00:00", "P02", business_name="Cy's Cafe")
    agency.lead("L4", "2026-03-15T20:00:00", "P02", business_name="Too new to wait")
    agency.lead("L5", "2026-03-02T09:00:00", "P01", first_name="Eve").stage("L5", "2026-03-02T09:00:01", "quoted")
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def test_a_lead_shows_its_way_and_what_to_do_next(book: Book) -> None:
    found = leads.lead_page(book, "L1", NOW)
    assert (found.stage, found.days, found.expected, found.late) == ("quoted", 13, 14, None)
    assert found.action == "Schedule the presentation"
    assert [one.stage for one in found.stays] == ["prospect", "contacted", "quoted"]
    assert [(one.code, one.to_at is None) for one in found.owners] == [("P01", False), ("P02", True)]
    assert found.owner is not None
    assert found.owner.name == "Owen Reyes"
    assert [(one.table, one.at[:10]) for one in found.events] == [
        ("policies", "2026-03-12"),
        ("quotes", "2026-03-02"),
        ("activities", "2026-03-01"),
    ]
    assert {one.origin.file for one in found.events} == {"policies.csv", "quotes.csv", "activities.csv"}
    assert found.client is not None
    assert found.client[1] == "Ada Moss"


def test_a_lead_that_is_not_there_says_so(book: Book) -> None:
    with pytest.raises(UserError, match="no lead L9"):
        leads.lead_page(book, "L9", NOW)


def test_who_waits_is_untouched_for_a_day_or_past_the_stages_time(book: Book) -> None:
    found = leads.waiting(book, datetime(2026, 3, 16, 19, 0))
    assert [(one.lead.lead_id, one.untouched, one.late) for one in found] == [
        ("L3", True, 0),
        ("L5", False, 1),
        ("L1", False, 1),
    ]
    assert [one.lead.lead_id for one in leads.waiting(book, NOW)] == ["L3"]
    assert [one.lead.lead_id for one in leads.waiting(book, NOW, "P01")] == []


def test_the_agencys_own_expected_days_count(book: Book) -> None:
    configuration.set_values(book, {"expected_days.sales.quoted": 10}, AUTHOR)
    assert [one.lead.lead_id for one in leads.waiting(book, NOW) if one.late] == ["L5", "L1"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("", {"L1", "L2", "L3", "L4", "L5"}),
        ("open", {"L1", "L3", "L4", "L5"}),
        ("lost", {"L2"}),
        ("unexplained", {"L2"}),
        ("won", set()),
        ("untouched", {"L3"}),
        ("late", set()),
        ("waiting", {"L3"}),
    ],
)
def test_the_list_by_choice(book: Book, choice: str, expected: set[str]) -> None:
    ids = listings.order(book, Asked("leads", choice=choice, now=NOW))
    assert {row.key for row in listings.page(book, "leads", ids).values()} == expected


def test_a_reason_is_kept_and_taken_back(book: Book) -> None:
    texts = {"lost_reason": "price", "price_difference": "$150", "winnable": "maybe", "competing_agency": "Bay Agency"}
    assert leads.explain_loss(book, "L2", texts, AUTHOR, NOW.date()).changed
    span = lost_deals.Period(date(2026, 3, 1), date(2026, 3, 31))
    (deal,) = lost_deals.lost_deals(book, span, NOW).deals
    assert (deal.reason, deal.price_difference, deal.winnable, deal.competing_agency) == (
        "price",
        15_000,
        "maybe",
        "Bay Agency",
    )
    edits.undo(book, AUTHOR)
    assert lost_deals.lost_deals(book, span, NOW).unexplained


def test_a_loss_needs_a_reason_that_can_be_read(book: Book) -> None:
    with pytest.raises(UserError, match="needs a reason"):
        leads.explain_loss(book, "L2", {"lost_reason": " "}, AUTHOR, NOW.date())
    with pytest.raises(UserError):
        leads.explain_loss(book, "L2", {"lost_reason": "price", "price_difference": "cheap"}, AUTHOR, NOW.date())
