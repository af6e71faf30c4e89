"""Close rates and lost deals of a book written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period, end_of
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import closing, lost_deals
from tests.services.small_agency import Agency, open_book

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
END = end_of(MARCH.end)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def agency() -> Agency:
    return Agency().producer("P01", "Dana Marsh").producer("P02", "Sam Lee")


def rows(book: Book, as_of: datetime = END, producer: str | None = None) -> dict[str, closing.LineFigure]:
    found = closing.close_rates(book, MARCH, as_of, producer)
    return {row.line: row for row in (*found.rows, found.overall)}


def test_a_bundle_lead_is_one_win_with_the_premium_of_all_its_policies(book: Book) -> None:
    made = agency().lead("L1", "2026-02-20T09:00:00", "P01", line="Auto/Home", estimated_premium=1)
    made.stage("L1", "2026-03-05T10:00:00", "won")
    made.quote("2026-03-02", "P01", "L1", line="PAP").quote("2026-03-02", "P01", "L1", line="HO3")
    made.policy("A-1", "2026-03-05", "P01", 120_000, lead_id="L1", line="PAP")
    made.policy("H-1", "2026-03-06", "P01", 180_050, lead_id="L1", line="HO3")
    made.policy("H-0", "2026-03-06", "P01", 999_999, lead_id="L1", line="HO3", transaction="renewal")
    made.store(book)
    found = rows(book)
    assert (found["Auto + Home Bundle"].wins, found["Auto + Home Bundle"].avg_premium) == (1, 300_050)
    assert found["Auto + Home Bundle"].quotes == 0
    assert (found["Personal Auto"].quotes, found["Homeowners"].quotes) == (1, 1)
    assert (found["OVERALL"].quotes, found["OVERALL"].wins, found["OVERALL"].close_rate) == (1, 1, 1.0)


def test_the_last_outcome_in_the_period_counts_even_after_a_re_entry(book: Book) -> None:
    made = agency().lead("L1", "2026-01-02T09:00:00", "P01", line="BOP", lost_reason="timing")
    made.stage("L1", "2026-03-02T10:00:00", "won").stage("L1", "2026-03-09T10:00:00", "lost")
    made.stage("L1", "2026-03-20T10:00:00", "contacted").stage("L1", "2026-04-02T10:00:00", "won")
    made.store(book)
    assert (rows(book)["BOP"].wins, rows(book)["BOP"].losses) == (0, 1)
    early = rows(book, as_of=datetime(2026, 3, 8, 12))
    assert (early["BOP"].wins, early["BOP"].losses) == (1, 0)
    assert [deal.lost_at for deal in lost_deals.lost_deals(book, MARCH, END).deals] == ["2026-03-09T10:00:00"]


def test_unknown_lines_keep_their_spelling_and_count_in_other(book: Book) -> None:
    made = agency().lead("L1", "2026-03-02T09:00:00", "P01", line="Pet Cover").lead("L2", "2026-03-02T09:00:00", None)
    made.stage("L1", "2026-03-03T10:00:00", "lost").stage("L2", "2026-03-03T10:00:00", "lost")
    made.quote("2026-03-03", "P01").quote("2026-03-03", "P01", line="Pet Cover").quote("2026-04-01", "P01")
    made.quote("2026-03-04", "P02", "L1")
    made.store(book)
    found = closing.close_rates(book, MARCH, END)
    assert (found.spellings, found.unpaid) == ({"Pet Cover": 1}, 0)
    assert (rows(book)["Other"].losses, rows(book)["Other"].quotes) == (2, 3)
    assert [deal.line for deal in lost_deals.lost_deals(book, MARCH, END).deals] == ["Pet Cover", None]


def test_outcomes_go_by_owner_at_as_of_and_quotes_by_the_producer_named(book: Book) -> None:
    made = agency().lead("L1", "2026-02-02T09:00:00", "P01", line="WC")
    made.stage("L1", "2026-03-03T10:00:00", "closed_lost").quote("2026-03-02", "P01", "L1", line="WC")
    made.add("owners", lead_id="L1", at="2026-03-10T08:00:00", producer="Sam Lee")
    made.store(book)
    mine, theirs = rows(book, producer="p01")["Workers Comp"], rows(book, producer="P02")["Workers Comp"]
    assert (mine.quotes, mine.losses, theirs.quotes, theirs.losses) == (1, 0, 0, 1)
    assert [d.producer for d in lost_deals.lost_deals(book, MARCH, END).deals] == ["P02"]
    assert lost_deals.lost_deals(book, MARCH, datetime(2026, 3, 9, 12)).deals[0].producer == "P01"
    with pytest.raises(UserError, match="P09"):
        closing.close_rates(book, MARCH, END, "P09")


def test_merged_leads_are_left_out_and_their_quotes_are_the_others(book: Book) -> None:
    made = agency()
    for lead in ("L1", "L2"):
        made.lead(lead, "2026-03-02T09:00:00", "P01", line="BOP").stage(lead, "2026-03-05T10:00:00", "lost")
        made.quote("2026-03-03", "P01", lead, line="BOP", carrier=lead)
    made.store(book)
    assert (rows(book)["BOP"].losses, rows(book)["BOP"].quotes) == (2, 2)
    book.database.execute_sql("UPDATE lead SET merged_into = 'L1' WHERE lead_id = 'L2'")
    assert (rows(book)["BOP"].losses, rows(book)["BOP"].quotes) == (1, 1)
    assert [deal.lead_id for deal in lost_deals.lost_deals(book, MARCH, END).deals] == ["L1"]


def test_lost_deals_with_unexplained_ones_and_patterns(book: Book) -> None:
    made = agency()
    given = ("price", "price", "price", "no_response", "no_response", None)
    for number, reason in enumerate(given, start=1):
        made.lead(f"L{number}", "2026-03-02T09:00:00", "P01", lost_reason=reason, estimated_premium=number * 100)
        made.stage(f"L{number}", "2026-03-05T10:00:00", "lost")
    made.lead("L7", "2026-03-02T09:00:00", "P01", lost_reason="price")  # a reason without a loss
    made.store(book)
    found = lost_deals.lost_deals(book, MARCH, END)
    assert (len(found.deals), found.explained) == (6, 5)
    assert [(p.id, p.fired, p.share) for p in found.patterns] == [
        ("market_access", True, 0.6),
        ("follow_up", True, 0.4),
    ]
    assert [deal.lead_id for deal in found.unexplained] == ["L6"]
    assert [deal.premium for deal in found.deals] == [100, 200, 300, 400, 500, 600]


def test_an_empty_book_has_every_line_and_reason_and_no_rate(book: Book) -> None:
    found = closing.close_rates(book, MARCH, END)
    assert len(found.rows) == 9 and found.overall.close_rate is None
    lost = lost_deals.lost_deals(book, MARCH, END)
    assert len(lost.reasons) == 7 and not lost.deals
