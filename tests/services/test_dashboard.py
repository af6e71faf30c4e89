"""The dashboard of a small agency, every figure counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.periods import Period, end_of, iso_week
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services.dashboard import dashboard, weekly_series
from desktop.services.figures import Dashboard, MetricFigure, Panel
from tests.services.small_agency import Agency, open_book

WEEK = iso_week("2026-W10")  # March 2 to 8, Thursday the 5th: 22 working days in the month, 5 through the week
SUNDAY = end_of(WEEK.end)


def _agency() -> Agency:
    agency = Agency()
    agency.producer("P01", "Dana Marsh", level="new")
    agency.producer("P02", "Lee Ortiz", target_new_premium=1_000_000)
    agency.producer("P03", "Ray Gone", left_on="2025-12-31", status="inactive")
    agency.producer("P04", "Zed Idle", status="inactive")
    agency.producer("C01", "Kim Doe", role="csr")
    agency.producer("M01", "Max Boss", role="manager")
    agency.add("targets", metric="close_rate", target=0.45, effective_from="2026-01-01", stretch=0.6)
    agency.add("targets", metric="quotes", target=52.0, effective_from="2026-02-01", producer_code="P02")
    agency.add("targets", metric="quotes", target=99.0, effective_from="2026-04-01", producer_code="P02")
    agency.add("targets", metric="calls_made", target=99.0, effective_from="2026-01-01", producer_code="Who Ever")
    agency.add("availability", producer="P01", kind="leave", from_="2026-03-06", to="2026-03-06")
    _activity(agency)
    _results(agency)
    return agency


def _activity(agency: Agency) -> None:
    for day in (2, 3, 4, 5):
        agency.activity(f"2026-03-0{day}T10:00:00", "Marsh, Dana", "call", count=12)
    agency.activity("2026-03-05T11:00:00", "P01", "call", direction="inbound")
    agency.activity("2026-03-05T12:00:00", "P01", "referral_ask", count=9, self_reported=True)
    agency.activity("2026-03-05T12:00:00", "P01", "referral_ask", count=1)
    agency.activity("2026-03-04T10:00:00", "P02", "email", bulk=True)
    agency.activity("2026-03-04T10:00:00", "Nobody Known", "email")
    agency.activity("2026-03-04T10:00:00", "Kim Doe", "meeting_held")
    agency.activity("2026-02-24T10:00:00", "P01", "call", count=40)  # the week before


def _results(agency: Agency) -> None:
    agency.lead("L1", "2026-02-01T09:00:00", "P01", estimated_premium=120_000)
    agency.stage("L1", "2026-02-10T10:00:00", "quoted")
    agency.lead("L2", "2026-03-02T09:00:00", "P02", estimated_premium=50_000)
    agency.stage("L2", "2026-03-03T10:00:00", "won")
    agency.lead("L3", "2026-03-03T09:00:00", "P03", estimated_premium=30_000)
    agency.quote("2026-03-03", "P01", "L1", carrier="A").quote("2026-03-03", "Dana Marsh", "L1", carrier="B")
    agency.quote("2026-03-05", "P02").quote("2026-03-01", "P02")
    agency.policy("H1", "2026-03-03", "P02", 100_001, shares="P02:0.6;P01:0.4", lead_id="L2", commission_rate=0.15)
    agency.policy("H2", "2026-03-02", "P02", 500_000, transaction="rewrite")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("dashboard")) as opened:
        _agency().store(opened)
        yield opened


@pytest.fixture(scope="module")
def week(book: Book) -> Dashboard:
    return dashboard(book, WEEK, SUNDAY)


def _panel(found: Dashboard, code: str | None) -> Panel:
    return next(panel for panel in found.producers if panel.producer == code)


def _shown(figure: MetricFigure) -> tuple[object, ...]:
    return (figure.value, figure.target, figure.stretch, figure.hit)


def test_producers_first_then_others_with_records_then_unassigned(week: Dashboard) -> None:
    listed = [(panel.producer, panel.has_targets) for panel in week.producers]
    assert listed == [("P01", True), ("P02", True), ("P04", True), ("C01", False), ("P03", False), (None, False)]
    assert week.producers[-1].unassigned
    assert week.producers[-1].producer_name == "Unassigned"


def test_a_new_producer_with_a_day_of_leave(week: Dashboard) -> None:
    metrics = _panel(week, "P01").metrics
    assert _shown(metrics["calls_made"]) == (48, 40, 60, True)  # 50 and 75 on four days of five
    assert metrics["calls_made"].previous == 40
    assert _shown(metrics["quotes"]) == (1, 3, 5, False)  # 15 x 12 / 52 x 4 / 5 = 2.77; 4.62
    assert _shown(metrics["policies_written"]) == (0, 1, 2, False)
    assert _shown(metrics["new_premium"]) == (40_000, 276_923, 553_846, False)
    assert _shown(metrics["close_rate"]) == (0.0, 0.3, 0.4, False)
    assert _shown(metrics["avg_policy_size"]) == (None, None, None, None)  # a second share counts no policy
    assert metrics["new_commission"].value == 6_000


def test_a_veteran_with_targets_of_their_own(week: Dashboard) -> None:
    metrics = _panel(week, "P02").metrics
    assert _shown(metrics["emails_sent"]) == (0, 20, 30, False)  # bulk mail is none
    assert _shown(metrics["quotes"]) == (1, 12, None, False)  # 52 x 12 / 52, the April target is not yet in effect
    assert _shown(metrics["new_premium"]) == (60_001, 230_769, None, False)
    assert _shown(metrics["close_rate"]) == (1.0, 0.4, 0.55, True)
    assert metrics["avg_policy_size"].value == 60_001
    assert metrics["new_commission"].value == 9_000  # 15,000.15 rounded, less the 6,000 of the second share


def test_the_agency_sums_amounts_and_has_rates_of_its_own(week: Dashboard) -> None:
    metrics = week.agency.metrics
    assert _shown(metrics["calls_made"]) == (48, 70, 110, False)  # 40 + 30; the idle one is not active
    assert _shown(metrics["quotes"]) == (2, 15, None, False)
    assert _shown(metrics["close_rate"]) == (0.5, 0.45, 0.6, True)
    assert _shown(metrics["new_premium"]) == (100_001, 507_692, None, False)
    assert metrics["emails_sent"].value == 1


def test_unassigned_and_others_have_no_targets(week: Dashboard) -> None:
    assert _shown(_panel(week, None).metrics["emails_sent"]) == (1, None, None, None)
    assert _shown(_panel(week, "C01").metrics["meetings_held"]) == (1, None, None, None)
    assert _panel(week, "P03").month_to_date.premium_target is None


def test_automatic_share(week: Dashboard) -> None:
    panel = _panel(week, "P01")
    assert panel.metrics["calls_made"].automatic_share == 1.0
    assert panel.metrics["referrals_asked"].automatic_share == 0.1
    assert panel.metrics["emails_sent"].automatic_share is None
    assert panel.metrics["close_rate"].automatic_share is None
    assert panel.automatic_share == 50 / 59  # 48 calls, 10 asks of which 9 reported, a quote


def test_month_to_date(week: Dashboard) -> None:
    month = _panel(week, "P02").month_to_date
    assert month.period == Period(date(2026, 3, 1), date(2026, 3, 8))
    assert (month.policies_written, month.policies_target) == (1, 5)
    assert (month.new_premium, month.premium_target) == (60_001, 1_000_000)
    assert month.close_rate == 0.5  # the quote of Sunday the 1st counts
    assert month.on_track is False  # 10,000.00 x 5 / 22 = 2,272.73
    assert _panel(week, "P01").month_to_date.policies_target == 6  # 6 x 21 / 22 = 5.73
    assert week.agency.month_to_date.premium_target == 1_000_000 + 1_431_818


def test_pipeline(week: Dashboard) -> None:
    def stages(panel: Panel) -> dict[str, tuple[int, int]]:
        return {one.stage: (one.count, one.premium) for one in panel.pipeline if one.count}

    assert [one.stage for one in week.agency.pipeline][-2:] == ["won", "lost"]
    assert len(week.agency.pipeline) == 8
    assert stages(_panel(week, "P01")) == {"quoted": (1, 120_000)}
    assert stages(_panel(week, "P02")) == {"won": (1, 100_001)}
    assert stages(_panel(week, "P03")) == {"prospect": (1, 30_000)}
    assert stages(week.agency) == {"prospect": (1, 30_000), "quoted": (1, 120_000), "won": (1, 100_001)}


def test_health(week: Dashboard) -> None:
    def health(code: str | None) -> dict[str, tuple[bool | None, float | None]]:
        return {one.id: (one.fired, one.value) for one in _panel(week, code).health}

    assert health("P01")["stuck_in_quoted"] == (True, 1.0)  # since February 10
    assert health("P01")["too_many_prospects"] == (False, 0.0)
    assert health("P01")["low_close_rate"] == (True, 0.0)
    assert health("P02")["stuck_in_quoted"] == (None, None)
    assert health("P03")["too_many_prospects"] == (True, 1.0)
    assert [one.limit for one in week.agency.health] == [0.4, 0.3, 0.25, 0.9]


def test_red_flags(week: Dashboard) -> None:
    def fired(code: str | None) -> list[str]:
        return [one.id for one in _panel(week, code).red_flags if one.fired]

    assert fired("P01") == ["no_new_prospects"]
    assert fired("P02") == ["avoids_tracking"]  # quotes on March 1 and 5, and nothing but bulk mail
    assert fired(None) == []
    flag = next(one for one in _panel(week, "P01").red_flags if one.fired)
    assert flag.evidence == {"days": 14, "new_prospects": 0, "new_prospects_in_agency": 2}
    assert flag.meaning
    assert flag.action


def test_somebody_on_leave_needs_no_new_prospects(tmp_path: Path) -> None:
    agency = _agency().add("availability", producer="P01", kind="leave", from_="2026-02-20", to="2026-03-08")
    with open_book(tmp_path) as away:
        agency.store(away)
        assert not any(flag.fired for flag in _panel(dashboard(away, WEEK, SUNDAY), "P01").red_flags)


def test_as_of_within_a_day_counts_its_activities_so_far(book: Book) -> None:
    def seen(as_of: str) -> tuple[object, ...]:
        metrics = _panel(dashboard(book, WEEK, datetime.fromisoformat(as_of)), "P01").metrics
        return (metrics["calls_made"].value, metrics["referrals_asked"].value, metrics["quotes"].value)

    assert seen("2026-03-05T09:59:59") == (36, 0, 1)
    assert seen("2026-03-05T10:00:00") == (48, 0, 1)
    assert seen("2026-03-05T12:00:00") == (48, 10, 1)
    assert seen("2026-03-02T23:59:59") == (12, 0, 0)


def test_the_previous_week_is_seen_as_far_as_this_one(book: Book) -> None:
    early = dashboard(book, WEEK, datetime(2026, 3, 3, 9))
    assert early.previous_period == iso_week("2026-W09")
    assert _panel(early, "P01").metrics["calls_made"].previous == 0  # as of February 24, 9:00
    late = dashboard(book, WEEK, datetime(2026, 3, 3, 10))
    assert _panel(late, "P01").metrics["calls_made"].previous == 40


def test_one_producer_alone_is_the_row_of_all(book: Book, week: Dashboard) -> None:
    alone = dashboard(book, WEEK, SUNDAY, "p02")
    assert alone.producers == (_panel(week, "P02"),)
    quiet = dashboard(book, WEEK, SUNDAY, "M01").producers[0]
    assert (quiet.producer_name, quiet.metrics["calls_made"].value) == ("Max Boss", 0)
    with pytest.raises(UserError, match="no producer with the code"):
        dashboard(book, WEEK, SUNDAY, "P99")


def test_rows_sum_to_the_agency(book: Book) -> None:
    for length in (1, 7, 31, 200):
        period = Period(WEEK.end - timedelta(days=length - 1), WEEK.end)
        found = dashboard(book, period, SUNDAY)
        for metric in ("calls_made", "quotes", "policies_written", "new_premium", "new_commission"):
            rows = [panel.metrics[metric].value or 0 for panel in found.producers]
            assert sum(rows) == found.agency.metrics[metric].value
        for at, stage in enumerate(found.agency.pipeline):
            assert sum(panel.pipeline[at].count for panel in found.producers) == stage.count


def test_freshness(week: Dashboard) -> None:
    found = {one.source: one.through for one in week.freshness}
    assert list(found)[:3] == ["calls", "emails", "texts"]
    assert found["calls"] == date(2026, 3, 5)
    assert found["quotes"] == date(2026, 3, 5)
    assert found["texts"] is None


def test_an_empty_book_has_an_agency_without_numbers(tmp_path: Path) -> None:
    with open_book(tmp_path) as empty:
        found = dashboard(empty, WEEK, SUNDAY)
    assert [panel.producer for panel in found.producers] == [None]
    assert _shown(found.agency.metrics["calls_made"]) == (0, None, None, None)
    assert found.agency.metrics["close_rate"].value is None
    assert found.agency.month_to_date.on_track is None
    assert not any(flag.fired for flag in found.agency.red_flags)
    assert all(one.through is None for one in found.freshness)


def test_weekly_series(book: Book) -> None:
    found = weekly_series(book, WEEK.end, SUNDAY, 3)
    assert [one.start for one in found.weeks] == [date(2026, 2, 16), date(2026, 2, 23), date(2026, 3, 2)]
    assert found.agency["calls_made"] == (None, 40, 48)  # a week without anybody's calls has no data
    assert found.producers["P02"]["calls_made"] == (None, 0, 0)
    assert found.producers[None]["emails_sent"] == (None, None, 1)
    assert found.producers["P02"]["close_rate"] == (None, 0.0, 1.0)
    assert len(weekly_series(book, WEEK.end, SUNDAY).weeks) == 13


def test_the_number_of_queries_does_not_grow_with_the_agency(tmp_path: Path) -> None:
    def asked(people: int) -> int:
        agency = Agency()
        for number in range(people):
            agency.producer(f"P{number:02d}", f"First{number} Last{number}")
            agency.activity("2026-03-04T10:00:00", f"P{number:02d}", "call").quote("2026-03-04", f"P{number:02d}")
        folder = tmp_path / str(people)
        folder.mkdir()
        statements: list[str] = []
        with open_book(folder) as many:
            agency.store(many)
            many.connection.set_trace_callback(statements.append)
            dashboard(many, WEEK, SUNDAY)
            many.connection.set_trace_callback(None)
        return len(statements)

    assert asked(20) == asked(2)
