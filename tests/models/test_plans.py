"""Plans, typed weeks and meetings in a real book: kept as typed, taken back, done again, and marked as typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.meetings import Meeting, State
from desktop.core.scorecard import ScorecardTexts
from desktop.core.validation_tracking import WeekFigures
from desktop.models import facts_people, journal, plans, scorecards
from desktop.models.book import MIGRATIONS, Book
from desktop.models.journal import Author
from desktop.services import edits
from tests.databases.make import FOLDER, keys
from tests.services.small_agency import Agency, open_book

AUTHOR = Author("Chris", "2026-03-11T09:30:00")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as found:
        Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz").store(found)
        yield found


def _id(book: Book, code: str = "P01") -> int:
    return next(person.id for person in facts_people.people(book) if person.code == code)


def _action(book: Book) -> int:
    return journal.open_action(book, AUTHOR, "plan.write", "Plan")


def test_inputs_are_kept_by_plan_producer_and_name(book: Book) -> None:
    with book.transaction():
        action = _action(book)
        assert plans.save_plan(book, action, "ept", _id(book), {"goal": "30000"}, AUTHOR.at)
        assert not plans.save_plan(book, action, "ept", _id(book), {"goal": "30000"}, AUTHOR.at)
        plans.save_plan(book, action, "ept", None, {"goal": "1"}, AUTHOR.at, "Hire help")
    assert plans.read_plan(book, "ept", _id(book)) == {"goal": "30000"}
    assert plans.read_plan(book, "ept", _id(book, "P02")) == {}
    (named,) = plans.saved_plans(book, "ept")
    assert (named.producer, named.name, named.inputs) == (None, "Hire help", {"goal": "1"})
    with book.transaction():
        assert plans.delete_plan(book, _action(book), "ept", None, "HIRE HELP")
    assert plans.saved_plans(book, "ept") == []
    edits.undo(book, AUTHOR)
    assert [one.name for one in plans.saved_plans(book, "ept")] == ["Hire help"]


def test_a_typed_week_says_when_each_figure_was_typed(book: Book) -> None:
    with book.transaction():
        plans.save_week(book, _action(book), _id(book), "2026-W10", {"sales_calls": 7}, "2026-03-09T08:00:00")
    with book.transaction():
        plans.save_week(book, _action(book), _id(book), "2026-W10", {"fees": 5_000}, "2026-03-10T08:00:00")
    found = plans.typed_weeks(book, _id(book), 2026)["2026-W10"]
    assert found.figures == WeekFigures(sales_calls=7, fees=5_000)
    assert (found.typed_at["sales_calls"], found.typed_at["fees"]) == ("2026-03-09T08:00:00", "2026-03-10T08:00:00")
    edits.undo(book, AUTHOR)
    assert plans.typed_weeks(book, _id(book), 2026)["2026-W10"].figures == WeekFigures(sales_calls=7)
    assert plans.typed_weeks(book, _id(book), 2025) == {}


def test_a_meeting_comes_back_as_it_was_kept(book: Book) -> None:
    meeting = Meeting(State.HELD, "", "2026-03-09T10:00:00", {"skill": "Ask more"}, ("Call ten",), {"skill": 65})
    with book.transaction():
        plans.save_meeting(book, _action(book), _id(book), "2026-W10", meeting, AUTHOR.at)
    assert plans.meetings(book, "2026-W01", "2026-W10") == {("P01", "2026-W10"): meeting}
    assert plans.meetings(book, "2026-W11", "2026-W12") == {}
    edits.undo(book, AUTHOR)
    assert plans.meetings(book, "2026-W01", "2026-W10") == {}
    edits.redo(book, AUTHOR)
    assert plans.meetings(book, "2026-W01", "2026-W10") == {("P01", "2026-W10"): meeting}


def test_what_older_books_hold_is_carried_over_with_its_journal(tmp_path: Path) -> None:
    path, older = tmp_path / "agency.pdesk", tmp_path / "older"
    older.mkdir()
    shutil.copy(FOLDER / "schema-0012.pdesk", path)
    for script in sorted(MIGRATIONS.glob("00*.py"))[:12]:
        shutil.copy(script, older)
    book = Book.open(path, keys(), migrations=older)
    (number,) = book.connection.execute("SELECT id FROM producer WHERE producer_code = 'P01'").fetchone()
    row = {"key": "p01|2026-W10", "producer": number, "week": "2026-W10", "entered_at": AUTHOR.at}
    with book.transaction():
        action = _action(book)
        for table, more in (
            ("meeting", {"notes": json.dumps({"skill": "Ask more"}), "state": "held"}),
            ("scorecard", {"priorities": json.dumps(["Call ten", ""]), "notes": "[plain"}),
        ):
            values = {"id": 1, **row, **more}
            listed, marks = ",".join(values), ",".join("?" * len(values))
            book.connection.execute(f"INSERT INTO {table} ({listed}) VALUES ({marks})", list(values.values()))
            change = journal.Change(table, 1, str(row["key"]), "", None, json.dumps(values))
            journal.record(book, action, [change])
    book.close()
    book = Book.open(path, keys(), backups=tmp_path)
    held = Meeting(State.HELD, notes={"skill": "Ask more"})
    texts = ScorecardTexts((), (), ("Call ten", ""), "[plain")
    for again in (False, True):
        assert plans.meetings(book, "2026-W10", "2026-W10") == {("P01", "2026-W10"): held}
        assert scorecards.read_texts(book, "2026-W10") == {"P01": texts}
        if not again:
            edits.undo(book, AUTHOR)
            assert plans.meetings(book, "2026-W10", "2026-W10") == {}
            edits.redo(book, AUTHOR)
    book.close()
