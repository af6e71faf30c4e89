"""Ratios of a book written by hand: renewals, cancellations, rewrites, short terms, leap days, snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period, end_of
from desktop.models.book import Book
from desktop.services import retention
from desktop.services.retention import Ratios
from tests.services.small_agency import Agency, open_book

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
END = end_of(MARCH.end)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def agency() -> Agency:
    return Agency().producer("P01", "Dana Marsh").producer("P02", "Sam Lee")


def ratios(book: Book, period: Period = MARCH, as_of: datetime = END, producer: str | None = None) -> Ratios:
    return retention.ratios(book, period, as_of, producer)


def counts(found: Ratios) -> tuple[int, int, int, int]:
    return (found.clients.begin, found.clients.lost, found.policies.begin, found.policies.lost)


def test_a_renewal_chain_is_one_policy_going_on(book: Book) -> None:
    made = agency().policy("A-1", "2025-03-15", "P01", 100_000, commission_rate=0.1)
    made.policy("A-1", "2026-03-15", "P01", 125_000, transaction="renewal", commission_rate=0.1)
    made.policy("B-1", "2025-03-20", "P01", 80_000)  # expires on March 20 and is not renewed
    made.store(book)
    found = ratios(book)
    assert counts(found) == (2, 1, 2, 1)
    assert (found.premium.begin, found.premium.end, found.premium.ratio) == (180_000, 125_000, 125 / 180)
    assert (found.commission.begin, found.commission.end, found.commission.ratio) == (10_000, 12_500, 1.25)
    (lost,) = found.lost
    assert (lost.policy, lost.over_on, lost.lapsed, lost.client_lost) == ("B-1", date(2026, 3, 20), True, True)
    assert any("100 %" in note for note in found.notes)


def test_the_day_of_expiry_is_out_of_force_and_the_day_of_effect_is_in(book: Book) -> None:
    made = agency().policy("IN", "2026-03-01", "P01", 1).policy("OUT", "2025-03-01", "P01", 1)
    made.policy("LAST", "2025-03-31", "P01", 1).policy("PAST", "2025-04-01", "P01", 1)
    made.store(book)
    assert counts(ratios(book)) == (3, 1, 3, 1)
    assert [lost.policy for lost in ratios(book).lost] == ["LAST"]


def test_a_cancellation_within_the_term_ends_it_on_its_day(book: Book) -> None:
    made = agency().policy("A-1", "2025-09-01", "P01", 100, ended_on="2026-03-31", end_reason="non-payment")
    made.policy("A-2", "2025-09-01", "P01", 100, ended_on="2026-04-01")
    made.policy("A-3", "2025-09-01", "P01", 100, ended_on="2026-03-01")
    made.store(book)
    found = ratios(book)
    assert counts(found) == (2, 1, 2, 1)
    assert (found.lost[0].policy, found.lost[0].reason, found.lost[0].lapsed) == ("A-1", "non-payment", False)


def test_a_rewrite_on_the_same_day_loses_the_policy_and_keeps_the_client(book: Book) -> None:
    made = agency().policy("OLD", "2025-09-01", "P01", 100, client="Acme", line="HO3", ended_on="2026-03-10")
    made.policy("NEW", "2026-03-10", "P01", 90, client="Acme", line="Homeowners", carrier="Other Mutual")
    made.policy("SIDE", "2026-03-10", "P01", 90, client="Acme", line="BOP")
    made.store(book)
    found = ratios(book)
    assert counts(found) == (1, 0, 1, 1)
    assert (found.lost[0].rewritten_as, found.lost[0].client_lost) == ("NEW", False)
    assert any("OLD as NEW" in note for note in found.notes)


def test_a_client_who_leaves_after_a_rewrite_is_lost(book: Book) -> None:
    made = agency().policy("OLD", "2025-09-01", "P01", 100, client="Acme", ended_on="2026-03-10")
    made.policy("NEW", "2026-03-10", "P01", 90, client="Acme", ended_on="2026-03-20")
    made.store(book)
    found = ratios(book)
    assert (found.lost[0].rewritten_as, found.lost[0].client_lost) == ("NEW", True)
    assert found.clients.lost == 1 and not found.notes


def test_six_month_terms_renewed_twice_a_year(book: Book) -> None:
    made = agency().policy("S", "2025-10-15", "P01", 120_000, expires_on="2026-04-15")
    made.policy("S", "2026-04-15", "P01", 130_000, expires_on="2026-10-15", transaction="renewal")
    made.policy("T", "2025-09-15", "P01", 50_000, expires_on="2026-03-15")
    made.store(book)
    found = ratios(book, Period(date(2026, 3, 1), date(2026, 6, 30)), end_of(date(2026, 6, 30)))
    assert counts(found) == (2, 1, 2, 1)
    assert found.premium.end == 130_000


def test_a_term_from_a_leap_day_runs_to_february_28(book: Book) -> None:
    agency().policy("L", "2024-02-29", "P01", 100).store(book)
    before = Period(date(2025, 2, 1), date(2025, 2, 27))
    assert counts(ratios(book, before, end_of(before.end))) == (1, 0, 1, 0)
    through = Period(date(2025, 2, 1), date(2025, 2, 28))
    assert counts(ratios(book, through, end_of(through.end))) == (1, 1, 1, 1)


def test_premium_changes_within_the_term_from_their_day(book: Book) -> None:
    made = agency().policy("R", "2025-09-01", "P01", 100_000, commission_rate=0.125)
    made.policy("S", "2025-09-01", "P01", 100_000, commission=9_000)
    for number in ("R", "S"):
        made.add(
            "premiums", policy_number=number, effective_on="2025-09-01", from_="2026-03-10", annual_premium=120_004
        )
        made.add("premiums", policy_number=number, effective_on="2025-09-01", from_="2026-04-01", annual_premium=1)
    made.store(book)
    found = ratios(book)
    assert (found.premium.begin, found.premium.end) == (200_000, 240_008)
    # 12.5 % of $1,200.04 is $150.005, half up; a stated commission stays.
    assert (found.commission.begin, found.commission.end) == (12_500 + 9_000, 15_001 + 9_000)
    assert found.averages.premium_per_client == 120_004


def test_nothing_bound_after_as_of_is_seen(book: Book) -> None:
    made = agency().policy("A", "2025-03-15", "P01", 100)
    made.policy("A", "2026-03-20", "P01", 100, effective_on="2026-03-15", transaction="renewal")
    made.store(book)
    early = ratios(book, as_of=datetime(2026, 3, 17, 12))
    assert counts(early) == (1, 1, 1, 1)
    assert any("2026-03-17" in note for note in early.notes)
    assert counts(ratios(book)) == (1, 0, 1, 0)


def test_shares_follow_the_amounts_and_counts_the_first_named(book: Book) -> None:
    made = agency().policy("A", "2025-09-01", "P01", 100_001, shares="P01:0.6;P02:0.4", commission=10_000)
    made.policy("B", "2025-09-01", "P02", 50_000, commission=5_000)
    made.store(book)
    first, second = ratios(book, producer="P01"), ratios(book, producer="p02")
    assert (first.policies.begin, first.premium.begin, first.commission.begin) == (1, 60_001, 6_000)
    assert (second.policies.begin, second.premium.begin, second.commission.begin) == (1, 90_000, 9_000)


def snapshots(book: Book, *, expires: str = "2026-09-01", ended: str | None = None, mixed: bool = False) -> None:
    made = agency().policy("A", "2025-09-01", "P01", 100, snapshot=True, expires_on=expires, ended_on=ended)
    made.policy("B", "2025-10-01", "P01", 100, snapshot=None if mixed else True)
    made.store(book)


def test_a_book_of_snapshots_has_no_retention_but_an_explanation(book: Book) -> None:
    snapshots(book)
    found = ratios(book)
    assert [found.clients.ratio, found.policies.ratio, found.premium.ratio, found.commission.ratio] == [None] * 4
    assert found.notes[0].startswith("No retention")
    assert found.policies.begin == 2 and found.averages.policies_per_client == 1.0


@pytest.mark.parametrize("known", [{"expires": "2026-03-31"}, {"ended": "2026-03-05"}, {"mixed": True}])
def test_one_that_ended_expired_or_came_otherwise_makes_ratios(book: Book, known: dict[str, object]) -> None:
    snapshots(book, **known)  # type: ignore[arg-type]
    found = ratios(book)
    assert found.policies.ratio is not None
    assert not any(note.startswith("No retention") for note in found.notes)


def test_closing_true_beside_flattering(book: Book) -> None:
    made = agency()
    for number in range(1, 7):
        made.lead(f"L{number}", "2026-03-02T09:00:00", "P01", qualified=number in (2, 3, 4))
    made.stage("L1", "2026-03-03T09:00:00", "needs_analysis")  # both by rank
    made.activity("2026-03-03T10:00:00", "P01", "call", lead_id="L2", outcome="connected", direction="inbound")
    made.activity("2026-03-03T10:00:00", "P01", "meeting_held", lead_id="L3")
    made.activity("2026-03-03T10:00:00", "P01", "call", lead_id="L4", outcome="voicemail")  # qualified, not contacted
    made.activity("2026-03-03T10:00:00", "P01", "call", lead_id="L5", outcome="connected")  # contacted, not qualified
    made.lead("OLD", "2026-02-02T09:00:00", "P01").stage("OLD", "2026-03-03T09:00:00", "quoted")
    for day in ("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09"):
        made.quote(day, "P01")
    made.policy("N-1", "2026-03-06", "P01", 100).policy("N-2", "2026-03-07", "P02", 100)
    made.policy("R-1", "2026-03-07", "P02", 100, transaction="rewrite")
    made.store(book)
    found = ratios(book)
    assert (found.true_closing.bound, found.true_closing.measure, found.true_closing.ratio) == (2, 3, 2 / 3)
    assert (found.flattering_closing.measure, found.flattering_closing.ratio) == (4, 0.5)
    mine, theirs = ratios(book, producer="P01"), ratios(book, producer="P02")
    assert (mine.true_closing.bound, mine.true_closing.measure) == (1, 3)
    assert (theirs.true_closing.bound, theirs.true_closing.ratio, theirs.flattering_closing.ratio) == (1, None, None)


def test_a_client_with_three_policies_in_the_averages(book: Book) -> None:
    made = agency()
    for number, premium in (("A", 100_000), ("B", 50_000), ("C", 25_000)):
        made.policy(number, "2025-09-01", "P01", premium, client="Acme", commission_rate=0.1)
    made.policy("D", "2025-09-01", "P01", 25_001, client="Bolt", commission_rate=0.1).store(book)
    found = ratios(book).averages
    assert (found.premium_per_client, found.commission_per_client, found.policies_per_client) == (100_001, 10_000, 2.0)


def test_an_empty_book(book: Book) -> None:
    found = ratios(book)
    assert counts(found) == (0, 0, 0, 0)
    assert found.clients.ratio is None and found.averages.premium_per_client is None and not found.notes
