"""Settings in a real book: all or none, undoable, the defaults below them."""

from __future__ import annotations

import pytest

from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author, entries
from desktop.services import books, configuration, edits
from desktop.settings import DEFAULTS

ME = Author("Pat Principal", "2026-03-09T08:30:00")


@pytest.fixture
def book(tmp_path):
    opened = books.open_throwaway(tmp_path / "a.pdesk")
    yield opened
    opened.close()


def test_a_new_book_has_the_defaults(book: Book) -> None:
    assert configuration.get(book) == {**DEFAULTS, "agency.time_zone": configuration.machine_zone()}
    assert configuration.get(book, "paper") == {"paper": "letter"}
    assert configuration.get(book, "ladder") == {"ladder.minutes": [5, 15, 30, 60], "ladder.business": True}


def test_settings_change_together_and_are_undone_together(book: Book) -> None:
    assert configuration.set_values(book, {"paper": "a4", "agency.name": " Elm Street "}, ME) == {
        "paper": "a4",
        "agency.name": "Elm Street",
    }
    assert configuration.load(book).agency_name == "Elm Street"
    assert configuration.set_values(book, {"paper": "a4"}, ME) == {}
    (entry,) = entries(book)
    assert (entry.who, entry.at, entry.what) == ("Pat Principal", ME.at, "setting.change")
    edits.undo(book, ME)
    assert configuration.load(book).paper == "letter"
    assert configuration.load(book).agency_name == ""


def test_a_change_is_named_as_people_read_it(book: Book) -> None:
    configuration.set_values(book, {"vesting_months": 24}, ME)
    assert edits.undo(book, ME).label == "Change vesting months"


def test_one_wrong_value_changes_nothing(book: Book) -> None:
    for wrong in ({"paper": "a5"}, {"papr": "a4"}):
        with pytest.raises(UserError):
            configuration.set_values(book, {"agency.name": "Elm Street", **wrong}, ME)
    with pytest.raises(UserError, match="No setting"):
        configuration.set_values(book, {}, ME)
    with pytest.raises(UserError, match="no setting"):
        configuration.get(book, "papr")
    assert configuration.load(book).agency_name == ""
    assert entries(book) == []


def test_a_stored_value_that_does_not_fit_gives_way_to_its_default(book: Book) -> None:
    with book.transaction():
        book.connection.execute("INSERT INTO setting (key, name, value) VALUES ('paper', 'paper', '\"a5\"')")
    assert configuration.load(book).paper == "letter"


def test_rates_are_found_by_carrier_and_any_spelling_of_the_line(book: Book) -> None:
    rate = {"carrier": "Acme Mutual", "line": "PAP", "rate": 0.125}
    configuration.set_values(book, {"carriers": [rate]}, ME)
    rates = configuration.rates(book)
    assert rates("ACME MUTUAL", "Personal Auto") == 0.125
    assert rates("Acme Mutual", "BOP") is None
    assert rates(None, "BOP") is None


def test_the_machines_zone_counts_only_inside_the_united_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Chicago")
    assert configuration.machine_zone() == "America/Chicago"
    monkeypatch.setattr(configuration, "_linked_zone", lambda: "Europe/Paris")
    monkeypatch.setattr(configuration, "_windows_name", lambda: "Romance")
    monkeypatch.setenv("TZ", "Europe/Paris")
    assert configuration.machine_zone() == "America/New_York"
    monkeypatch.setattr(configuration, "_windows_name", lambda: "Pacific")
    assert configuration.machine_zone() == "America/Los_Angeles"
