"""People and their grids in a real book: adding, renaming, rehiring, typed rows, undo and redo, later imports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.core.templates import Cell
from desktop.models import entries
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import configuration, dashboard, edits, grids, people, person_sheets, revenue
from desktop.services.grids import Line
from tests.services.small_agency import Agency, open_book

TODAY = date(2026, 3, 11)
AUTHOR = Author("lee", "2026-03-11T09:30:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        agency = Agency()
        agency.producer("P01", "Dana Marsh", hired_on="2024-01-02", salary=6_000_000)
        agency.producer("P02", "Kim Roy", level="new", status="active")
        agency.activity("2026-03-03T10:00:00", "D. Harrow", "call", count=7)
        agency.store(opened)
        yield opened


def codes(book: Book) -> list[str]:
    return [one.code for one in people.members(book)]


def test_somebody_is_added_with_facts_and_taken_back(book: Book) -> None:
    texts = {"name": "Ida Holm", "role": "csr", "hired_on": "3/2/2026", "backup": "p01", "lines": "BOP; Life"}
    assert people.add(book, "P07", texts, AUTHOR, TODAY).label == "Add Ida Holm"
    made = people.member(book, "p07")
    assert (made.name, made.role, made.text("hired_on"), made.text("backup")) == (
        "Ida Holm", "csr", "03/02/2026", "P01",
    )  # fmt: skip
    edits.undo(book, AUTHOR)
    assert codes(book) == ["P01", "P02"]
    edits.redo(book, AUTHOR)
    assert people.member(book, "P07").facts["role"] == "csr"


@pytest.mark.parametrize(
    ("code", "texts", "field"),
    [
        ("p01", {"name": "X Y"}, "producer_code"),
        ("", {"name": "X Y"}, "producer_code"),
        ("P;9", {"name": "X Y"}, "producer_code"),
        ("(unassigned)", {"name": "X Y"}, "producer_code"),
        ("P09", {"name": " "}, "name"),
        ("P09", {"name": "X; Y"}, "name"),
        ("P09", {"name": "X Y", "hired_on": "13/45/2026"}, "hired_on"),
        ("P09", {"name": "X Y", "backup": "P77"}, "backup"),
        ("P09", {"name": "X Y", "hired_on": "3/2/2026", "left_on": "3/1/2026"}, "left_on"),
        ("P09", {"name": "X Y", "backup": "P09"}, "backup"),
        ("P09", {"name": "X Y", "aliases": "XY;Marsh, Dana"}, "aliases"),
        ("P09", {"name": "X Y", "lines": "BOP;Spaceships"}, "lines"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(book: Book, code: str, texts: dict[str, str], field: str) -> None:
    with pytest.raises(people.FieldError) as caught:
        people.add(book, code, texts, AUTHOR, TODAY)
    assert field in caught.value.reasons
    assert codes(book) == ["P01", "P02"]


def test_nobody_is_active_after_the_last_day(book: Book) -> None:
    people.change(book, "P01", {"left_on": "3/10/2026"}, AUTHOR, TODAY)
    with pytest.raises(people.FieldError) as caught:
        people.change(book, "P01", {"status": "active"}, AUTHOR, TODAY)
    assert list(caught.value.reasons) == ["status"]
    people.change(book, "P01", {"left_on": ""}, AUTHOR, TODAY)
    people.change(book, "P01", {"status": "active"}, AUTHOR, TODAY)
    assert people.member(book, "P01").here_on(TODAY)


def test_lines_are_spelled_as_the_agency_does_and_strange_ones_of_a_file_may_stay(book: Book) -> None:
    people.change(book, "P01", {"lines": "HO3; bop"}, AUTHOR, TODAY)
    assert people.member(book, "P01").facts["lines"] == "Homeowners;BOP"
    Agency().producer("P07", "Kit Day", lines="Spaceships").store(book, "later.csv")
    people.change(book, "P07", {"lines": "Spaceships;BOP"}, AUTHOR, TODAY)
    assert people.member(book, "P07").facts["lines"] == "Spaceships;BOP"


def test_a_new_name_keeps_the_old_one_as_a_spelling_and_survives_imports(book: Book) -> None:
    people.change(book, "P01", {"name": "Dana Harrow"}, AUTHOR, TODAY)
    after = people.member(book, "P01")
    assert (after.name, after.facts["aliases"]) == ("Dana Harrow", "Dana Marsh")
    Agency().producer("P01", "Dana Marsh", email="d@example.com").store(book, "later.csv")
    assert people.member(book, "P01").name == "Dana Harrow"
    assert people.member(book, "P01").facts["email"] == "d@example.com"


def test_what_was_done_again_is_as_safe_as_what_was_typed(book: Book) -> None:
    people.change(book, "P01", {"email": "dana@example.com"}, AUTHOR, TODAY)
    edits.undo(book, AUTHOR)
    edits.redo(book, AUTHOR)
    Agency().producer("P01", "Dana Marsh", email="old@example.com").store(book, "later.csv")
    assert people.member(book, "P01").facts["email"] == "dana@example.com"


def test_a_further_spelling_claims_the_calls_under_it_and_gives_them_back(book: Book) -> None:
    week = Period(date(2026, 3, 2), date(2026, 3, 8))

    def calls() -> object:
        return dashboard.dashboard(book, week, datetime(2026, 3, 8, 23, 59), "P01").producers[0].metrics["calls_made"]

    before = calls()
    people.change(book, "P01", {"aliases": "D. Harrow"}, AUTHOR, TODAY)
    assert "7" in str(calls()) and calls() != before
    edits.undo(book, AUTHOR)
    assert calls() == before


def test_a_person_taken_back_was_on_leave_between(book: Book) -> None:
    people.change(book, "P01", {"left_on": "1/30/2026", "status": "inactive"}, AUTHOR, TODAY)
    people.rehire(book, "P01", date(2026, 3, 2), AUTHOR)
    back = people.member(book, "P01")
    assert back.active and back.facts["left_on"] is None
    (leave,) = grids.read(book, "availability", {"producer": "P01"})
    assert (leave.texts["from"], leave.texts["to"]) == ("01/31/2026", "03/01/2026")
    edits.undo(book, AUTHOR)
    assert people.member(book, "P01").text("left_on") == "01/30/2026"
    assert grids.read(book, "availability", {"producer": "P01"}) == []


def test_the_time_between_costs_nothing_and_the_pay_before_holds_again(book: Book) -> None:
    """$60,000 a year, raised to $73,000 on December 1; gone January 31 to March 1, 2026: 30 days, and 10 days back."""
    save_pay(book, Line(None, {"effective_from": "12/1/2025", "salary": "73,000"}))
    people.change(book, "P01", {"left_on": "1/30/2026", "status": "inactive"}, AUTHOR, TODAY)
    before = entries.read(book, "pay")
    people.rehire(book, "P01", date(2026, 3, 2), AUTHOR)
    (row,) = (
        one for one in revenue.revenue_per_producer(book, 2026, datetime(2026, 3, 11)).rows if one.producer == "P01"
    )
    assert row.salary == 40 * 20_000  # $73,000 / 365 is $200 a day
    edits.undo(book, AUTHOR)
    assert entries.read(book, "pay") == before


def test_pay_dated_while_away_stays_as_it_was_typed(book: Book) -> None:
    people.change(book, "P01", {"left_on": "1/30/2026", "status": "inactive"}, AUTHOR, TODAY)
    save_pay(book, Line(None, {"effective_from": "2/15/2026", "salary": "36,500"}))
    people.rehire(book, "P01", date(2026, 3, 2), AUTHOR)
    assert [line.texts["salary"] for line in grids.read(book, "pay", {"producer_code": "P01"})] == ["36,500"]


def test_new_pay_from_the_first_day_back_keeps_what_it_states(book: Book) -> None:
    people.change(book, "P01", {"left_on": "1/30/2026", "status": "inactive", "benefits": "3650"}, AUTHOR, TODAY)
    save_pay(book, Line(None, {"effective_from": "3/2/2026", "salary": "36,500"}))
    people.rehire(book, "P01", date(2026, 3, 2), AUTHOR)
    (row,) = (
        one for one in revenue.revenue_per_producer(book, 2026, datetime(2026, 3, 11)).rows if one.producer == "P01"
    )
    # 30 days of $60,000 and 10 of $36,500; benefits on all forty
    assert (row.salary, row.benefits) == (round(30 * 6_000_000 / 365) + 10 * 10_000, 40 * 1_000)


def save_pay(book: Book, *lines: Line) -> grids.Outcome:
    return grids.save(book, "pay", {"producer_code": "P01"}, lines, "Change pay", AUTHOR, TODAY)


def test_dated_pay_counts_from_its_day_and_is_one_undo_step(book: Book) -> None:
    before = revenue.revenue_per_producer(book, 2025, datetime(2025, 12, 31)).rows[0].salary
    assert before == 6_000_000
    done = save_pay(
        book,
        Line(None, {"effective_from": "7/1/2025", "salary": "73,000", "new_split": "40%"}),
        Line(None, {"effective_from": "10/1/2025", "salary": "$80,000"}),
        Line(None, {"effective_from": " ", "salary": ""}),
    )
    assert done.changes.changed and not done.wrong
    after = revenue.revenue_per_producer(book, 2025, datetime(2025, 12, 31)).rows[0].salary
    assert after == 181 * 6_000_000 // 365 + 92 * 7_300_000 // 365 + 92 * 8_000_000 // 365 + 1
    assert [line.texts["new_split"] for line in grids.read(book, "pay", {"producer_code": "P01"})] == ["40%", ""]
    edits.undo(book, AUTHOR)
    assert revenue.revenue_per_producer(book, 2025, datetime(2025, 12, 31)).rows[0].salary == before
    edits.redo(book, AUTHOR)
    assert len(grids.read(book, "pay", {"producer_code": "P01"})) == 2


def test_typed_pay_is_safe_from_a_later_file(book: Book) -> None:
    save_pay(book, Line(None, {"effective_from": "7/1/2025", "salary": "73000"}))
    Agency().add("pay", producer_code="P01", effective_from="2025-07-01", salary=1_00, new_split=0.5).store(
        book, "p.csv"
    )
    (line,) = grids.read(book, "pay", {"producer_code": "P01"})
    assert (line.texts["salary"], line.texts["new_split"]) == ("73,000", "")


def test_a_line_is_moved_to_another_day_emptied_and_refused_twice(book: Book) -> None:
    save_pay(book, Line(None, {"effective_from": "7/1/2025", "salary": "73000"}))
    (line,) = grids.read(book, "pay", {"producer_code": "P01"})
    save_pay(book, Line(line.key, {**line.texts, "effective_from": "8/1/2025"}))
    (moved,) = grids.read(book, "pay", {"producer_code": "P01"})
    assert moved.texts["effective_from"] == "08/01/2025"
    twice = save_pay(book, moved, Line(None, {"effective_from": "8/1/2025", "salary": "1"}))
    assert twice.wrong == {(1, "effective_from"): "There are two lines for this; keep one of them."}
    assert not twice.changes.changed
    save_pay(book, Line(moved.key, {}))
    assert grids.read(book, "pay", {"producer_code": "P01"}) == []
    edits.undo(book, AUTHOR)
    assert grids.read(book, "pay", {"producer_code": "P01"})[0].texts["salary"] == "73,000"


@pytest.mark.parametrize(
    ("texts", "column"),
    [
        ({"effective_from": "7/1/2025", "salary": "much"}, "salary"),
        ({"effective_from": "", "salary": "1"}, "effective_from"),
        ({"effective_from": "7/1/2025", "salary": "-5"}, "salary"),
        ({"effective_from": "7/1/2025", "new_split": "140%"}, "new_split"),
    ],
)
def test_a_wrong_cell_changes_nothing_and_says_why(book: Book, texts: dict[str, str], column: str) -> None:
    done = save_pay(book, Line(None, {"effective_from": "1/1/2025", "salary": "1"}), Line(None, texts))
    assert (1, column) in done.wrong
    assert grids.read(book, "pay", {"producer_code": "P01"}) == []


def test_the_same_lines_again_change_nothing(book: Book) -> None:
    save_pay(book, Line(None, {"effective_from": "7/1/2025", "salary": "73000"}))
    assert not save_pay(book, *grids.read(book, "pay", {"producer_code": "P01"})).changes.changed


def test_own_targets_rule_from_their_day(book: Book) -> None:
    line = Line(None, {"metric": "calls_made", "target": "100", "effective_from": "3/2/2026", "stretch": "120"})
    fixed = {"producer_code": "P01", "level": None}
    assert not grids.save(book, "targets", fixed, [line], "Change targets", AUTHOR, TODAY).wrong
    weeks = [Period(date(2026, 2, 23), date(2026, 3, 1)), Period(date(2026, 3, 2), date(2026, 3, 8))]
    targets = [
        dashboard.dashboard(book, week, datetime(2026, 3, 9), "P01").producers[0].metrics["calls_made"].target
        for week in weeks
    ]
    assert targets == [30, 100]


def test_leave_and_part_time_shrink_targets(book: Book) -> None:
    lines = [
        Line(None, {"kind": "leave", "from": "3/2/2026", "to": "3/3/2026"}),
        *(Line(None, {"kind": "hours", "weekday": str(day), "start": "08:00", "end": "13:00"}) for day in range(1, 6)),
    ]
    assert not grids.save(book, "availability", {"producer": "P01"}, lines, "Change leave", AUTHOR, TODAY).wrong
    week = Period(date(2026, 3, 2), date(2026, 3, 8))
    figure = dashboard.dashboard(book, week, datetime(2026, 3, 9), "P01").producers[0].metrics["calls_made"]
    assert figure.target == 9  # 30 x 3/5 x 25/50


@pytest.mark.parametrize(
    ("first", "last", "part_time", "target"),
    [
        # the week of Thanksgiving, November 23 to 29, 2026, has four working days; a veteran's calls are 30 a week
        ("11/23/2026", "11/24/2026", False, 15),  # 30 x 2/4
        ("11/26/2026", "11/27/2026", False, 23),  # the holiday is no day of leave: 30 x 3/4 = 22.5
        ("11/26/2026", "11/26/2026", False, 30),  # 30 x 4/4
        ("11/23/2026", "11/29/2026", False, 0),
        ("11/23/2026", "11/24/2026", True, 8),  # 30 x 2/4 x 25/50 = 7.5
    ],
)
def test_leave_around_thanksgiving_by_hand(book: Book, first: str, last: str, part_time: bool, target: int) -> None:
    hours = [{"kind": "hours", "weekday": str(day), "start": "08:00", "end": "13:00"} for day in range(1, 6)]
    rows = [{"kind": "leave", "from": first, "to": last}, *(hours if part_time else [])]
    grids.save(book, "availability", {"producer": "P01"}, [Line(None, row) for row in rows], "Leave", AUTHOR, TODAY)
    week = Period(date(2026, 11, 23), date(2026, 11, 29))
    (panel,) = dashboard.dashboard(book, week, datetime(2026, 11, 30), "P01").producers
    assert panel.metrics["calls_made"].target == target


def test_leave_over_a_holiday_week_fires_no_flag(tmp_path: Path) -> None:
    """Six calls a day throughout; Monday, February 16, is a holiday, and the week after it three days are leave."""
    with open_book(tmp_path) as book:
        agency = Agency().producer("P01", "Dana Marsh", hired_on="2024-01-02")
        for day, number in (("02-02", 30), ("02-09", 30), ("02-17", 24), ("02-26", 12)):
            agency.activity(f"2026-{day}T10:00:00", "P01", "call", count=number)
            agency.lead(f"L{day}", f"2026-{day}T09:00:00", "P01")
        agency.store(book)
        week = Period(date(2026, 2, 23), date(2026, 3, 1))

        def fired() -> set[str]:
            found = dashboard.dashboard(book, week, datetime(2026, 3, 1, 23, 59, 59), "P01").producers[0].red_flags
            return {one.id for one in found if one.fired}

        configuration.set_values(book, {"holidays": []}, AUTHOR)
        assert fired() == {"activity_drop"}
        configuration.set_values(book, {"holidays": None}, AUTHOR)
        away = Line(None, {"kind": "leave", "from": "2/23/2026", "to": "2/25/2026"})
        grids.save(book, "availability", {"producer": "P01"}, [away], "Change leave", AUTHOR, TODAY)
        assert fired() == set()


def test_leave_through_the_whole_holiday_week_fires_no_flag(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        agency = Agency().producer("P01", "Dana Marsh", hired_on="2024-01-02")
        for day, number in (("02-02", 30), ("02-09", 30), ("02-24", 30)):
            agency.activity(f"2026-{day}T10:00:00", "P01", "call", count=number)
            agency.lead(f"L{day}", f"2026-{day}T09:00:00", "P01")
        agency.store(book)
        away = Line(None, {"kind": "leave", "from": "2/16/2026", "to": "2/22/2026"})
        grids.save(book, "availability", {"producer": "P01"}, [away], "Change leave", AUTHOR, TODAY)
        for week in (Period(date(2026, 2, 16), date(2026, 2, 22)), Period(date(2026, 2, 23), date(2026, 3, 1))):
            found = dashboard.dashboard(book, week, datetime(2026, 3, 1, 23, 59, 59), "P01").producers[0].red_flags
            assert {one.id for one in found if one.fired} == set()


@pytest.mark.parametrize(
    ("table", "texts", "column"),
    [
        ("availability", {"kind": "Leave"}, "from"),
        ("availability", {"kind": "License", "line": "BOP"}, "state"),
        ("availability", {"kind": "Hours", "weekday": "Someday", "start": "8:00", "end": "12:00"}, "weekday"),
        ("targets", {"metric": "Calls made", "target": "40", "stretch": "20", "effective_from": "1/1/2026"}, "stretch"),
        ("targets", {"metric": "Calls made", "target": "40", "line": "BOP", "effective_from": "1/1/2026"}, "line"),
        ("targets", {"metric": "Calls", "target": "40", "effective_from": "1/1/2026"}, "metric"),
    ],
)
def test_a_line_that_would_mean_nothing_is_refused(book: Book, table: str, texts: dict[str, str], column: str) -> None:
    fixed: dict[str, Cell] = {person_sheets.OWNER[table]: "P01"} | ({"level": None} if table == "targets" else {})
    done = person_sheets.save(book, table, fixed, [Line(None, texts)], "Change", AUTHOR, TODAY)
    assert list(done.wrong) == [(0, column)] and not done.changes.changed
    assert "calls_made" not in done.wrong[0, column]


def test_a_line_of_a_file_may_mean_nothing_and_stay(book: Book) -> None:
    made = Agency().add("targets", metric="calls_made", target=200, effective_from="2026-01-01")
    made.store(book, "targets.csv")
    (line,) = person_sheets.shared_targets(book)
    more = Line(None, {"metric": "Quotes", "target": "12", "level": "new", "effective_from": "1/1/2026"})
    new = Line(None, {**more.texts, "level": ""})
    fixed: dict[str, Cell] = {"producer_code": None}
    refused = person_sheets.save(book, "targets", fixed, [line, new], "x", AUTHOR, TODAY)
    assert list(refused.wrong) == [(1, "level")]
    assert not person_sheets.save(book, "targets", fixed, [line, more], "x", AUTHOR, TODAY).wrong


def test_targets_of_today_are_told_with_whose_they_are(book: Book) -> None:
    lines = [
        Line(None, {"metric": "Calls made", "target": "40", "stretch": "60", "effective_from": "3/1/2026"}),
        Line(None, {"metric": "Quotes", "target": "99", "effective_from": "4/1/2026"}),
    ]
    fixed: dict[str, Cell] = {"producer_code": "P01", "level": None}
    assert not person_sheets.save(book, "targets", fixed, lines, "x", AUTHOR, TODAY).wrong
    sheet = person_sheets.sheet(book, "P01", datetime(2026, 3, 11))
    assert sheet.own == ("Calls made 40 to 60",)
    assert "Quotes 10 to 20" in sheet.shared and "Close rate 40% to 55%" in sheet.shared
    assert "New premium $15,000 to $30,000" in person_sheets.levels(book, TODAY)["new"]


def test_days_away_are_kept_as_typed_in_words(book: Book) -> None:
    texts = {"kind": "Leave", "weekday": "Friday", "from": "3/2/2026"}
    done = person_sheets.save(book, "availability", {"producer": "P01"}, [Line(None, texts)], "x", AUTHOR, TODAY)
    (line,) = person_sheets.sheet(book, "P01", datetime(2026, 3, 11)).tables["availability"]
    assert not done.wrong and (line.texts["kind"], line.texts["weekday"]) == ("Leave", "Fri")
    again = person_sheets.save(book, "availability", {"producer": "P01"}, [line], "x", AUTHOR, TODAY)
    assert not again.changes.changed
