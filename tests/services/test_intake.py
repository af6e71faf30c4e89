"""Leads that arrive by themselves: handed out when complete, once, and received by one way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.rules import Action, Rule
from desktop.errors import UserError
from desktop.models import routing_log
from desktop.models.book import Book
from desktop.services import edits, intake, previews, routing, rules
from desktop.services.intake import Delivery, FolderIntake
from desktop.services.watching import Outcome
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 11, 9, 30)
HEAD = "lead_id,received_at,first_name,last_name,email,phone,zip,line\n"


def row(number: int, day: str = "03/11/2026", zip_code: str = "43004") -> str:
    return f"L{number},{day} 09:10,Lee,Moss{number},l{number}@example.com,614-555-01{number:02d},{zip_code},BOP\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as book:
        Agency().producer("P01", "Ann Alder").producer("P02", "Bob Birch", status="inactive").store(book)
        yield book


def test_a_file_is_handed_out_when_it_no_longer_grows_and_once(tmp_path: Path) -> None:
    made: intake.Intake = FolderIntake(tmp_path, ())
    file = tmp_path / "leads.csv"
    file.write_text(HEAD)
    assert made.deliveries() == []
    file.write_text(HEAD + row(1))
    assert made.deliveries() == []
    (found,) = made.deliveries()
    assert found.paths == (file,)
    made.settle(found, received=False)
    assert made.deliveries() == []
    again = FolderIntake(tmp_path, ())
    again.deliveries()
    (same,) = again.deliveries()
    again.settle(same, received=True)
    assert again.seen == set(same.marks)
    file.write_text(HEAD + row(1) + row(2))
    again.deliveries()
    assert [one.paths for one in again.deliveries()] == [(file,)]
    file.unlink()
    assert again.deliveries() == [] and again.seen == set()


def test_new_leads_are_routed_older_ones_and_lacking_ones_wait(desk: Book, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(HEAD + row(1) + row(2, "03/11/2025") + row(3, zip_code=""))
    got = intake.receive(desk, Delivery((file,)), NOW)
    assert (got.arrival.outcome, got.arrival.rows, got.routed, got.waiting) == (Outcome.TAKEN, 3, 1, 2)
    assert [one.lead_id for one in routing.history(desk)] == ["L1"]


def test_the_same_bytes_come_once_even_after_an_undo(desk: Book, tmp_path: Path) -> None:
    file, copy = tmp_path / "leads.csv", tmp_path / "copy.csv"
    file.write_text(HEAD + row(1))
    copy.write_text(file.read_text())
    intake.receive(desk, Delivery((file,)), NOW)
    assert intake.receive(desk, Delivery((copy,)), NOW).arrival.outcome is Outcome.NOTHING
    for _ in range(2):
        edits.undo(desk, previews.author_at(NOW))
    assert intake.receive(desk, Delivery((copy,)), NOW).arrival.outcome is Outcome.NOTHING
    assert routing.waiting(desk, NOW) == () and intake.unsettled(desk, [copy, tmp_path / "gone.csv"]) == []


def test_what_cannot_be_read_is_said_in_words_and_routes_nothing(desk: Book, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(HEAD + row(1, "13/45/2026"))
    got = intake.receive(desk, Delivery((file,)), NOW)
    assert (got.arrival.outcome, got.arrival.why) == (Outcome.ASKS, "leads.csv has rows that cannot be read.")
    assert intake.unsettled(desk, [file]) == [file]
    with pytest.raises(UserError, match="cannot be read"):
        intake.receive(desk, Delivery((tmp_path / "gone.csv",)), NOW)


def test_undoing_the_import_takes_the_routing_of_its_leads_along(desk: Book, tmp_path: Path) -> None:
    Agency().lead("L0", "2026-03-11T08:00:00", "P01").store(desk)
    turns = routing_log.rotation(desk)
    file = tmp_path / "leads.csv"
    file.write_text(HEAD + row(1) + row(2) + row(1).replace("L1,", "L3,"))
    got = intake.receive(desk, Delivery((file,)), NOW)
    assert got.routed == 3 and got.arrival.import_id is not None
    routing.assign(desk, ["L2"], "P02", NOW.replace(hour=10), previews.author_at(NOW.replace(hour=10)))
    taken = previews.undo(desk, got.arrival.import_id, NOW)
    assert taken.kept == () and taken.removed == 3
    assert routing.history(desk) == [] and routing_log.rotation(desk) == turns
    assert not desk.connection.execute("SELECT 1 FROM owner WHERE lead_id <> 'L0'").fetchall()
    assert edits.steps(desk).redo is None


def test_what_was_routed_since_keeps_its_turn_when_an_earlier_import_is_undone(desk: Book, tmp_path: Path) -> None:
    rules.replace_all(desk, (Rule("d", "All", Action(model="round_robin")),), previews.author_at(NOW), "Rules")
    runs = []
    for number in (1, 2):
        file = tmp_path / f"leads{number}.csv"
        file.write_text(HEAD + row(number))
        runs.append(intake.receive(desk, Delivery((file,)), NOW).arrival.import_id)
    assert runs[0] is not None
    previews.undo(desk, runs[0], NOW)
    assert [one.lead_id for one in routing.history(desk)] == ["L2"]
    assert routing_log.rotation(desk)[0] == {"P01": 2}


def test_a_drop_that_was_looked_at_is_routed_alike(desk: Book, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(HEAD + row(1) + row(2, "03/11/2025"))
    shown = previews.preview(desk, [file], NOW)
    got = intake.apply(desk, shown, NOW, {})
    previews.discard(shown)
    assert (got.result.import_id is None, got.routed, got.waiting) == (False, 1, 1)
    assert [one.lead_id for one in routing.history(desk)] == ["L1"]
