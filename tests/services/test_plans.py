"""Plans over a small agency's book: what a producer's past gives, week by week, and nothing after the moment asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.core.validation import PlanKind, Schedules
from desktop.core.validation_tracking import WeekFigures
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import plans, validation_weeks
from tests.services.small_agency import Agency, open_book

AS_OF = datetime(2026, 3, 15, 12)
TYPED = {
    "desired": "60000", "initial": "50000", "prior": "0", "renewal_rate": "0.25", "new_rate": "1",
    "avg_commission": "1000", "avg_premium": "10000", "hit_rate": "1", "proposal_rate": "1", "weeks": "50",
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    # ISO weeks 2026-W05 (from January 26) to W11; W08 has no meeting of anybody
    for day in ("2026-01-26", "2026-02-03", "2026-02-10", "2026-02-24", "2026-03-03", "2026-03-04", "2026-03-10"):
        agency.activity(f"{day}T09:00:00", "P01", "meeting_held", activity_id=f"D{day}")
    agency.activity("2026-03-15T11:00:00", "Marsh, Dana", "meeting_held", activity_id="before noon")
    agency.activity("2026-03-15T13:00:00", "P01", "meeting_held", activity_id="after noon")
    agency.activity("2026-03-09T13:00:00", "P02", "meeting_held", activity_id="somebody else's")
    agency.quote("2026-03-09", "P01", quote_id="Q1").quote("2026-03-16", "P01", quote_id="Q2")
    agency.policy("N-1", "2026-03-10", "P01", 100_000, commission_rate=0.15)
    agency.policy("N-2", "2026-03-10", "P01", 300_000, commission=50_000, shares="P01:0.6;P02:0.4")
    agency.policy("N-3", "2025-03-15", "P01", 900_000, commission_rate=0.15)
    agency.policy("R-1", "2025-03-15", "P01", 900_000, commission_rate=0.15, transaction="rewrite")
    with open_book(tmp_path) as found:
        agency.store(found)
        yield found


def _schedules(initial: str) -> Schedules:
    return plans.validate(PlanKind.NEWREN, list({**TYPED, "initial": initial}.items())).schedules


def test_a_year_of_a_producer(book: Book) -> None:
    found = plans.track(book, "P01", AS_OF)
    past = found.history
    # the 365 days from March 16 of last year through today noon
    assert (past.sales_calls, past.proposals, past.sales) == (8, 1, 2)
    assert (past.premium, past.commission) == (100_000 + 180_000, 15_000 + 30_000)
    assert past.prior == 135_000 + 135_000
    assert (found.weekly_calls, found.calls_known) == (Fraction(8, 26), True)


def test_shares_reach_the_second_named_without_a_sale(book: Book) -> None:
    past = plans.track(book, "p02", AS_OF).history
    assert (past.sales, past.commission, past.prior) == (0, 20_000, 0)


def test_no_data_is_not_zero(book: Book) -> None:
    found = plans.track(book, "P01", datetime(2025, 1, 1, 12))
    assert (found.history.prior, found.calls_known, found.weekly_calls) == (None, False, 0)
    plan = plans.validate(PlanKind.NEWREN, list(TYPED.items()), found)
    assert plan.reality is not None and plan.reality.verdict is None
    assert plan.prefilled == ()


def test_nobody_has_that_code(book: Book) -> None:
    for ask in (
        lambda: plans.track(book, "P09", AS_OF),
        lambda: validation_weeks.imported_weeks(book, "", 2026, AS_OF),
    ):
        with pytest.raises(UserError, match="no producer"):
            ask()


def test_rank_5_replaces_quotes_as_soon_as_somebody_tracks_it(book: Book) -> None:
    agency = Agency().lead("L1", "2026-03-02T09:00:00", "P01").lead("L2", "2026-03-02T09:00:00", "P02")
    for lead, at in (("L1", "2026-03-03"), ("L1", "2026-03-09"), ("L1", "2026-03-15"), ("L2", "2026-03-09")):
        agency.stage(lead, f"{at}T10:00:00", "proposed").stage(lead, f"{at}T11:00:00", "quoted")
    agency.stage("L2", "2026-03-15T18:00:00", "proposed")
    agency.store(book, "later.csv")
    assert [plans.track(book, code, AS_OF).history.proposals for code in ("P01", "P02")] == [1, 1]
    weeks = validation_weeks.imported_weeks(book, "P01", 2026, AS_OF)
    # week 10 from March 2, week 11 from March 9: a lead counts once in each
    assert [week.proposals for week in weeks[8:11]] == [None, 1, 1]


def test_weeks_of_a_year(book: Book) -> None:
    weeks = validation_weeks.imported_weeks(book, "P01", 2026, AS_OF)
    assert len(weeks) == 52
    assert [week.sales_calls for week in weeks[3:12]] == [None, 1, 1, 1, None, 1, 2, 2, None]
    assert weeks[10] == WeekFigures(2, 1, 2, 280_000, 45_000)
    assert weeks[11] == WeekFigures()
    assert validation_weeks.imported_weeks(book, "P01", 2027, AS_OF) == (WeekFigures(),) * 52


def test_lag_by_full_weeks(book: Book) -> None:
    # full weeks at noon of Sunday March 15: W05 to W10 with 1, 1, 1, none known, 1 and 2 calls
    two_a_week, one_a_week = _schedules("100000"), _schedules("50000")
    found = validation_weeks.lag(book, "P01", two_a_week, AS_OF)
    assert (found.fired, found.weeks_under, found.minimum) == (True, 4, 2)
    assert not validation_weeks.lag(book, "P01", one_a_week, AS_OF).fired
    # nobody else's calls count: only in the running week has Lee one
    assert validation_weeks.lag(book, "P02", one_a_week, AS_OF).weeks_under == 5
