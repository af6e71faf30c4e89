"""An import is taken back field by field, never over a later value."""

from __future__ import annotations

from desktop.models import edits, journal, rollups
from desktop.models.book import Book
from tests.models.rows import AUTHOR, column, contents, rows, take, take_back
from tests.models.test_intake import CALL, PRODUCERS, TERM

LEAD = {"lead_id": "L1", "received_at": "2026-03-01T09:00:00", "producer": "P01", "estimated_premium": 90_000}


def test_undo_of_a_change_brings_every_table_back(book: Book) -> None:
    take(book, PRODUCERS, rows("policies", {**TERM, "shares": "P01:0.6;P02:0.4"}), rows("leads", LEAD))
    before = contents(book)
    changed = {**TERM, "shares": "P01:0.6;P02:0.4", "bound_on": "2026-03-05", "client_id": "C9", "client": "Acme"}
    taken = take(book, rows("policies", changed), rows("leads", {**LEAD, "stage": "quoted"}))
    back = take_back(book, taken.run)
    assert (back.removed, back.restored, back.kept) == (1, 2, [])
    assert contents(book) == before


def test_a_value_that_a_later_import_changed_stays(book: Book) -> None:
    take(book, rows("leads", LEAD))
    second = take(book, rows("leads", {**LEAD, "estimated_premium": 1, "line": "BOP"}))
    take(book, rows("leads", {**LEAD, "estimated_premium": 2}))
    back = take_back(book, second.run)
    assert column(book, "lead", "estimated_premium") == [2]
    assert column(book, "lead", "insurance_line") == [None]
    assert [(one.table, one.key, one.column) for one in back.kept] == [("leads", "L1", "estimated_premium")]
    assert "later import" in back.kept[0].why


def test_a_record_that_was_corrected_by_hand_stays(book: Book) -> None:
    first = take(book, rows("policies", TERM, {**TERM, "policy_number": "N2"}))
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "correct", "Correct premium")
        edits.edit_row(book, action, "policy", "N1|2026-03-04", {"annual_premium": 5}, AUTHOR.at)
    back = take_back(book, first.run)
    assert column(book, "policy", "policy_number") == ["N1"]
    assert ("policies", "annual_premium") in [(one.table, one.column) for one in back.kept]
    assert rollups.differences(book) == []


def test_a_row_that_a_later_file_also_holds_stays_and_belongs_to_it(book: Book) -> None:
    first = take(book, PRODUCERS, rows("activities", CALL, {**CALL, "kind": "email"}))
    second = take(book, rows("activities", CALL))
    back = take_back(book, first.run)
    assert column(book, "activity", "kind") == ["call"]
    assert "also in activities.csv" in [one.why for one in back.kept]
    take_back(book, second.run)
    assert column(book, "activity", "kind") == []


def test_an_undone_import_can_come_again(book: Book) -> None:
    before = contents(book)
    first = take(book, PRODUCERS, rows("activities", CALL))
    full = contents(book)
    take_back(book, first.run)
    assert contents(book) == before
    again = take(book, PRODUCERS, rows("activities", CALL))
    assert again.counts == [(2, 0, 0), (1, 0, 0)]
    assert {name: len(found) for name, found in contents(book).items()} == {n: len(f) for n, f in full.items()}


def test_typed_changes_go_back_and_forth(book: Book) -> None:
    take(book, rows("policies", TERM))
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "correct", "Correct premium")
        edits.edit_row(book, action, "policy", "N1|2026-03-04", {"annual_premium": 5}, AUTHOR.at)
    assert edits.next_undo(book) == (action, "Correct premium", None)
    edits.reverse(book, action, forward=False)
    assert column(book, "policy", "annual_premium") == [100_001]
    assert column(book, "typed_field", "row_id") == []
    edits.reverse(book, action, forward=True)
    assert column(book, "policy", "annual_premium") == [5]


def test_a_typed_row_is_made_and_unmade_whole(book: Book) -> None:
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "source.add", "Add source")
        edits.edit_row(book, action, "source", "web", {"source": "Web", "cost_per_lead": 1200}, AUTHOR.at)
    assert column(book, "source", "entered_at") == [AUTHOR.at]
    edits.reverse(book, action, forward=False)
    assert column(book, "source", "id") == []
    edits.reverse(book, action, forward=True)
    assert column(book, "source", "cost_per_lead") == [1200]
    with book.transaction():
        removal = journal.open_action(book, AUTHOR, "source.remove", "Remove source")
        assert edits.delete_row(book, removal, "source", "web")
        assert not edits.delete_row(book, removal, "source", "web")
    edits.reverse(book, removal, forward=False)
    assert column(book, "source", "cost_per_lead") == [1200]
