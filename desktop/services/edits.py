"""Undo and redo of what was typed or imported, and correcting a single value of a record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models import edits, journal, rollups, unanswered
from desktop.models.journal import Author, Entry
from desktop.models.storage import STORAGES
from desktop.models.touched import Touched
from desktop.models.undo import touch_rows
from desktop.services import configuration

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Steps:
    """What Edit > Undo and Edit > Redo would do, in words; None when there is nothing."""

    undo: str | None
    redo: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What an action changed, for the window: its label and whether anything changed at all."""

    label: str
    changed: bool = True


def steps(book: Book) -> Steps:
    """The labels for the Edit menu."""
    last, following = edits.next_undo(book), edits.next_redo(book)
    return Steps(None if last is None else last[1], None if following is None else following[1])


def undo(book: Book, author: Author) -> Changes:
    """Take the newest action back, a whole import as one."""
    last = edits.next_undo(book)
    if last is None:
        return Changes("", changed=False)
    action, label, run = last
    if run is not None:
        from desktop.services import imports

        imports.undo_import(book, run, author)
        return Changes(label)
    with book.transaction():
        by = journal.open_action(book, author, "undo", f"Undo {label}", undoes=action)
        refresh(book, edits.reverse(book, action, forward=False))
        edits.set_undone(book, action, by)
    return Changes(label)


def redo(book: Book, author: Author) -> Changes:
    """Do again what was undone last. An import is done again by importing its files."""
    following = edits.next_redo(book)
    if following is None:
        return Changes("", changed=False)
    action, label = following
    with book.transaction():
        journal.open_action(book, author, "redo", f"Redo {label}", undoes=action)
        refresh(book, edits.reverse(book, action, forward=True))
        edits.set_undone(book, action, None)
    return Changes(label)


def refresh(book: Book, changes: list[journal.Change]) -> None:
    """Bring the derived tables up to date after these changes; within their transaction."""
    touched = Touched()
    _touch_names(book, [change for change in changes if change.table == "alias"], touched)
    for change in changes:
        storage = next((one for one in STORAGES.values() if one.table == change.table), None)
        if storage is not None:
            touch_rows(book, storage, "id = ?", [change.row_id], touched)
            if change.column in {"occurred_at", "delivered_on"}:
                values = (journal.unpack(change.before), journal.unpack(change.after))
                touched.days.update(str(value)[:10] for value in values if value is not None)
    _touch_gone(changes, touched)
    rollups.refresh(book, touched, configuration.rates(book))


def _touch_gone(changes: list[journal.Change], touched: Touched) -> None:
    """Whole rows that came or went: what stood above them, though they may not be there any more."""
    for change in changes:
        if change.column:
            continue
        for text in (change.before, change.after):
            row = {} if text is None else json.loads(text)
            touched.days.update(str(row[name])[:10] for name in ("occurred_at", "delivered_on") if row.get(name))
            if change.table in {"lead", "stage", "owner"} and row.get("lead_id"):
                touched.leads.add(str(row["lead_id"]))
            if change.table == "policy":
                touched.policies.add(change.row_id)


def _touch_names(book: Book, changes: list[journal.Change], touched: Touched) -> None:
    """A name that means somebody else: its days and those of everybody concerned are counted anew."""
    if changes:
        sides = (text for one in changes if one.column == "producer" for text in (one.before, one.after))
        producers = [value for value in map(journal.unpack, sides) if isinstance(value, int)]
        found = [*(one.row_id for one in changes), *unanswered.names_of(book, producers)]
        touched.days.update(rollups.days_of_aliases(book, found))


def trail(book: Book, limit: int = 200) -> list[Entry]:
    """The newest entries of the audit trail."""
    return journal.entries(book, limit)
