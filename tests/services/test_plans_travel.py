"""Plans, scenarios, typed weeks, meetings and the scorecard's words leave with an export and come back with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.meetings import Meeting, State
from desktop.core.scorecard import ScorecardTexts
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import exporting, imports, meetings, planning, previews, scorecards, tracking
from desktop.services.drops import ImportResult
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 11, 9, 30)
AUTHOR = Author("Chris", "2026-03-11T09:30:00")
TEXTS = ScorecardTexts(("=1+1",), ("Presenting",), ("Call ten", "", "Ask Ava"), "Good\nweek")
HELD = Meeting(State.HELD, "", "2026-03-09T10:00:00", {"skill": 'Ask "why", then wait'}, ("Call ten",), {"skill": 65})
_MEETINGS = "producer,week,state,reason,ended_at,notes,ticks,seconds\n"
SKIPPED = Meeting(State.SKIPPED, "Storm claims")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "first").mkdir()
    with open_book(tmp_path / "first") as found:
        Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz").store(found)
        planning.keep(found, "newren", "P01", {"desired": "60,000"}, AUTHOR)
        planning.save_scenario(found, "ept", None, "With an assistant", {"goal": "30000"}, AUTHOR)
        planning.save_scenario(found, "ept", "P02", "Ä, twice", {"goal": "1", "hours.BOP": "3"}, AUTHOR)
        tracking.type_figures(
            found, "P01", {("2026-W09", "sales_calls"): "7", ("2026-W09", "premium"): "12,345.67"}, AUTHOR
        )
        scorecards.save_texts(found, "2026-W09", "P01", TEXTS, AUTHOR)
        meetings.save(found, "2026-W09", "P01", HELD, TEXTS.priorities, AUTHOR)
        meetings.save(found, "2026-W09", "P02", SKIPPED, ("", "", ""), AUTHOR)
        yield found


def _take(book: Book, paths: list[Path]) -> ImportResult:
    return imports.import_files(book, paths, previews.options(book, NOW), AUTHOR, dry_run=False)


def _said(book: Book) -> tuple[object, ...]:
    week = tracking.year_track(book, "P01", 2026, NOW).weeks[8].week
    desk = meetings.open_desk(book, "2026-W09", "P01", NOW)
    return (
        planning.inputs(book, "newren", "P01"),
        [(one.producer, one.name, one.inputs) for one in planning.scenarios(book, "ept")],
        (week.figures, week.typed),
        [(one.producer, one.meeting, one.record) for one in desk.attendees],
        scorecards.texts(book, "2026-W09", "P01"),
    )


def test_they_come_back_in_an_empty_book(book: Book, tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = {path.name for path in exporting.export(book, out)}
    assert files >= {"plans.csv", "plan_weeks.csv", "meetings.csv", "scorecards.csv"}
    (tmp_path / "second").mkdir()
    with open_book(tmp_path / "second") as other:
        done = _take(other, [out])
        assert [one for one in done.files if one.rejected] == []
        assert _said(other) == _said(book)


def test_taken_in_again_they_change_nothing_and_what_was_typed_since_stays(book: Book, tmp_path: Path) -> None:
    exporting.export(book, tmp_path / "out")
    again = [tmp_path / "out" / f"{name}.csv" for name in ("plans", "plan_weeks", "meetings", "scorecards")]
    done = _take(book, again)
    assert [(one.inserted, one.updated) for one in done.files] == [(0, 0)] * 4
    planning.keep(book, "newren", "P01", {"desired": "70,000"}, AUTHOR)
    before = _said(book)
    _take(book, again)
    assert _said(book) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plans", 'plan,producer,name,inputs\nept,P01,,"[1]"\n'),
        ("plans", 'plan,producer,name,inputs\nother,P01,,"{}"\n'),
        ("meetings", _MEETINGS + 'P01,2026-W10,held,,,"[]",,\n'),
        (
            "meetings",
            _MEETINGS + 'P01,2026-W10,held,,,,,"{""skill"":-1}"\n',
        ),
        ("meetings", _MEETINGS + "P01,2026-W99,held,,,,,\n"),
        ("scorecards", 'producer,week,wins,challenges,priorities,notes\nP01,2026-W10,"[1]",,,\n'),
    ],
)
def test_what_was_edited_into_another_shape_is_rejected(book: Book, tmp_path: Path, name: str, text: str) -> None:
    before = _said(book)
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (done,) = _take(book, [tmp_path / f"{name}.csv"]).files
    assert (done.rejected, done.inserted, done.updated) == (1, 0, 0)
    assert _said(book) == before


def test_a_code_spelled_anew_still_means_the_same_person(book: Book, tmp_path: Path) -> None:
    before = _said(book)
    (tmp_path / "producers.csv").write_text("producer_code,name\np01,Dana Marsh\n", encoding="utf-8")
    _take(book, [tmp_path / "producers.csv"])
    desk = meetings.open_desk(book, "2026-W09", "p01", NOW)
    assert {one.producer: one.meeting for one in desk.attendees}["p01"] == HELD
    assert scorecards.texts(book, "2026-W09", "p01") == before[4]
    assert planning.inputs(book, "newren", "p01") == before[0]
    assert tracking.year_track(book, "p01", 2026, NOW).weeks[8].week.typed
