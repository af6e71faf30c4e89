"""Win-backs by hand: who comes up, what makes a task or a working lead of one, and undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.kpis.definition import Basis
from desktop.core.periods import Period
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import edits, exporting, kpis, leads, lost_review, win_backs
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 10, 9, 0)
AUTHOR = Author("test", "2026-03-10T09:00:00")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        yield opened


def lost(made: Agency, lead: str, x_date: str | None, winnable: str | None = "yes", **cells: object) -> None:
    known: dict[str, object] = {"business_name": f"Firm {lead}", "lost_reason": "price", "line": "BOP"}
    made.lead(lead, "2025-11-03T09:00:00", "P01", policy_expires_on=x_date, winnable=winnable, **(known | cells))  # type: ignore[arg-type]
    made.stage(lead, "2025-12-01T10:00:00", "lost")


def agency() -> Agency:
    made = Agency().producer("P01", "Dana Marsh")
    lost(made, "TODAY", "2026-03-10")
    lost(made, "LAST", "2026-06-08", "maybe")
    lost(made, "LATE", "2026-06-09")
    lost(made, "PAST", "2025-05-01")
    lost(made, "NEVER", "2026-04-01", "no")
    lost(made, "UNSAID", "2026-04-01", None)
    lost(made, "BLANK", None)
    lost(made, "BACK", "2026-04-01")
    made.stage("BACK", "2026-02-01T10:00:00", "contacted")
    return made


def ids(found: list[win_backs.WinBack]) -> list[str]:
    return [one.deal.lead_id for one in found]


def test_only_what_could_be_won_and_runs_out_within_ninety_days_comes_up(book: Book) -> None:
    agency().store(book)
    found = win_backs.queue(book, NOW)
    assert ids(found) == ["TODAY", "LAST"]
    assert [(one.on, one.days) for one in found] == [(date(2026, 3, 10), 0), (date(2026, 6, 8), 90)]
    assert ids(win_backs.queue(book, NOW, yearly=True)) == ["TODAY", "PAST", "LAST"]
    assert win_backs.queue(book, NOW, "") == []
    assert ids(win_backs.queue(book, NOW, "P01")) == ["TODAY", "LAST"]


def test_a_task_is_typed_once_undone_and_finished(book: Book) -> None:
    agency().store(book)
    (first, _) = win_backs.queue(book, NOW)
    assert win_backs.due_on(first, NOW.date()) == date(2026, 3, 10)
    assert win_backs.add_task(book, "TODAY", date(2026, 3, 12), " Call them ", "P01", AUTHOR).changed
    (task,) = win_backs.tasks(book)
    assert (task.lead_id, task.due_on, task.producer, task.what, task.done_at) == (
        "TODAY", "2026-03-12", "P01", "Call them", None
    )  # fmt: skip
    assert win_backs.queue(book, NOW)[0].deal.open_task == "2026-03-12"
    with pytest.raises(UserError, match="there already"):
        win_backs.add_task(book, "TODAY", date(2026, 3, 12), "Call them", "P01", AUTHOR)
    with pytest.raises(UserError, match="what to do"):
        win_backs.add_task(book, "TODAY", date(2026, 3, 12), "  ", None, AUTHOR)
    assert win_backs.finish_task(book, task.key, AUTHOR).changed
    assert win_backs.tasks(book)[0].done_at == AUTHOR.at
    assert win_backs.queue(book, NOW)[0].deal.open_task is None
    edits.undo(book, AUTHOR)
    assert win_backs.tasks(book)[0].done_at is None
    edits.undo(book, AUTHOR)
    assert win_backs.tasks(book) == []


def test_a_deal_worked_again_is_a_re_entry_and_can_be_undone(book: Book) -> None:
    agency().store(book)
    assert win_backs.work_again(book, "TODAY", AUTHOR).label == "Work Firm TODAY again"
    page = leads.lead_page(book, "TODAY", NOW)
    assert (page.stage, page.since, len(page.stays)) == ("prospect", AUTHOR.at, 3)
    assert ids(win_backs.queue(book, NOW)) == ["LAST"]
    found = kpis.kpis(book, MARCH, datetime(2026, 3, 31, 23, 59, 59), None, Basis.COHORT, ["recapture_rate"])
    (figure,) = found.kpis
    assert (figure.numerator, figure.denominator) == (1, 1)
    with pytest.raises(UserError, match="being worked"):
        win_backs.work_again(book, "TODAY", AUTHOR)
    edits.undo(book, AUTHOR)
    assert ids(win_backs.queue(book, NOW)) == ["TODAY", "LAST"]


def test_a_stage_that_stands_with_the_lead_alone_stays_in_its_history(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    made.lead("L1", "2026-01-05T09:00:00", "P01", stage="lost", stage_entered_at="2026-02-02T09:00:00")
    made.store(book)
    win_backs.work_again(book, "L1", AUTHOR)
    stages = [stay.stage for stay in leads.lead_page(book, "L1", NOW).stays]
    assert stages == ["prospect", "lost", "prospect"]


def test_groups_gaps_and_months_by_hand(book: Book) -> None:
    made = Agency().producer("P01", "Dana Marsh")
    for number in range(6):
        made.lead(
            f"M{number}", "2026-03-02T09:00:00", "P01" if number else None, line="BOP",
            lost_reason="price" if number < 3 else "no_response", winnable="maybe" if number % 2 else None,
            price_difference=(-1, 0, 24_999, 25_000, None, 250_000)[number],
            competing_carrier="Harbor Mutual" if number < 4 else None, estimated_premium=10_000,
        )  # fmt: skip
        made.stage(f"M{number}", "2026-03-04T09:00:00", "lost")
    made.lead("U", "2026-02-02T09:00:00", "P01")
    made.stage("U", "2026-02-04T09:00:00", "lost")
    made.store(book)
    found = lost_review.review(book, MARCH, datetime(2026, 4, 2, 9, 0))
    assert [(gap.low, gap.total) for gap in found.gaps] == [
        (None, 1), (0, 1), (10_000, 1), (25_000, 1), (50_000, 0), (100_000, 0), (250_000, 1),
    ]  # fmt: skip
    assert found.gaps[1].counts == {"maybe": 1} and found.gaps[0].counts == {None: 1}
    assert found.held("follow_up") == (MARCH,) and found.held("market_access") == ()
    assert [month.total for month in found.months][-2:] == [1, 6] and found.unexplained_before == 1
    by = {one.name: one for one in lost_review.groups(found.found.deals, "producer")}
    assert list(by) == ["Dana Marsh", "Unassigned"]
    assert len(by["Dana Marsh"].deals) == 5 and by["Dana Marsh"].premium == 50_000
    leading = by["Dana Marsh"].leading
    assert leading is not None and (leading.reason, leading.count) == ("no_response", 3)
    assert [one.name for one in lost_review.groups(found.found.deals, "carrier")] == ["Harbor Mutual", None]


def test_tasks_travel_with_an_export(book: Book, tmp_path: Path) -> None:
    agency().store(book)
    win_backs.add_task(book, "TODAY", date(2026, 3, 12), "Call them", "P01", AUTHOR)
    exporting.export(book, tmp_path / "out")
    assert "TODAY,2026-03-12,P01,Call them" in (tmp_path / "out" / "follow_ups.csv").read_text(encoding="utf-8-sig")
