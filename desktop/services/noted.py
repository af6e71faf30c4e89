"""What a user should know of an import's readable rows, in sentences that preview, history and command share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import actives
from desktop.core.doubts import By, Doubt, Why
from desktop.core.guesses import Guess
from desktop.core.guesses import Why as Because
from desktop.core.templates import TEMPLATES, Cell
from desktop.models import imports, warnings
from desktop.models.intake import Intake
from desktop.models.people import UnknownName

if TYPE_CHECKING:
    from desktop.importers import Reading
    from desktop.models.book import Book


def of_rows(book: Book, run: int, intake: Intake) -> list[str]:
    """What a user should know of readable rows: values kept, rows that refer to nothing, calls counted twice."""
    files = imports.files_of(book, run)
    notes = [
        f"{one.table} {one.key}: {one.column} stays as typed ({one.typed}); the file says {one.stated}."
        for one in intake.kept
    ]
    notes += [
        f"Lines {one.line} and {one.counts} both state {one.table} {one.key}, differently; line {one.counts} counts."
        for one in intake.repeats
    ]
    notes += _left_out(intake)
    for name, days in warnings.doubled_calls(book, files, intake.touched.days):
        notes.append(
            f"{name} has both a call total and single calls on {_counted(days, 'day')}; both count. "
            "If they are the same calls, undo one of the imports."
        )
    for (table, column), named in intake.named.items():
        absent = warnings.missing(book, column, named)
        if absent:
            what = "lead" if column == "lead_id" else "policy number"
            notes.append(
                f"Rows of {table} name {_counted(len(absent), what)} not in the book yet (such as {absent[0]})."
            )
    return notes


def _left_out(intake: Intake) -> list[str]:
    """Rows that a person deleted or gave another date, by table and day."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in intake.removed.left_out.values():
        found.setdefault((one.table, one.on), []).append(one.key)
    return [
        f"{_counted(len(keys), 'row')} of {table} that you deleted or moved on {day}"
        f" {'was' if len(keys) == 1 else 'were'} left out (such as {keys[0]})."
        " Undo that, or type it in, to have it back."
        for (table, day), keys in sorted(found.items())
    ]


def of_guesses(unknown: Sequence[UnknownName], guesses: Mapping[str, tuple[Guess, ...]]) -> list[str]:
    """Whom unknown names may mean, for those who have no list to choose from."""
    return [
        f"The name {one.name} may mean {' or '.join(_person(guess) for guess in guesses[one.name])}."
        " Say so on the import page, or as an alias in producers.csv."
        for one in unknown
        if guesses.get(one.name)
    ]


def _person(guess: Guess) -> str:
    said = {
        Because.PART: "the same name with something added",
        Because.INITIAL: "the same but for an initial",
        Because.NICKNAME: "a short form of the name",
        Because.SPELLING: "a name spelled alike",
        Because.FIRST: "the first name",
        Because.LAST: "the family name",
        Because.INITIALS: "the initials",
    }
    why = said[guess.why]
    return f"{guess.name} ({guess.code}; {why}, and nobody else fits)" if guess.only else f"{guess.name} ({guess.code})"


def of_period(file: str, found: Sequence[Doubt]) -> list[str]:
    """Rows outside of the period that a file states, or that was given for it."""
    return [_outside(file, one) for one in found if one.why is Why.PERIOD and one.claim is not None]


def _outside(file: str, one: Doubt) -> str:
    claim = one.claim
    if claim is None:
        return ""
    whose = {By.TITLE: "that its title states", By.NAME: "that its name states", By.CHOICE: "that was given"}[claim.by]
    rows = f"{_counted(one.rows, 'row')} {'lies' if one.rows == 1 else 'lie'}"
    return (
        f"{file}: {rows} outside of {claim.first} to {claim.last}, the period {whose}"
        f" (first line {one.line}: {one.value})."
    )


def of_actives(reading: Reading, today: date) -> list[str]:
    """That a file lists only active policies, where its layout does not say so already."""
    if reading.table != "policies" or any(actives.NOTE.split(":")[0] in note for note in reading.notes):
        return []
    found = actives.Actives(today)
    number, first, last, ended, listed = (
        TEMPLATES["policies"].index(name)
        for name in ("policy_number", "effective_on", "expires_on", "ended_on", "snapshot")
    )
    for batch in reading.batches():
        for row in batch.rows if batch.table == "policies" else ():
            found.look_at(
                str(row[number]), str(row[first]), _text(row[last]), _text(row[ended]), snapshot=bool(row[listed])
            )
    return [actives.NOTE] if found.alone else []


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
