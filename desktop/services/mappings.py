"""Describing a file that no profile knows, and keeping what was said as a profile that is recognised next time.

Joins the importers' suggestions and trials with the book's people and saved profiles; every change is undoable.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from desktop.core.templates import TEMPLATES
from desktop.errors import UserError
from desktop.importers import layouts, sampling
from desktop.importers.custom import profile_of
from desktop.importers.layouts import (
    LEAVE_EMPTY,
    MAPPABLE,
    PERIOD,
    SUFFIX,
    Layout,
    Part,
    field_of,
    fields_of,
    open_questions,
    same_for_all,
)
from desktop.importers.mapping import heading_key
from desktop.importers.profiles.profile import Field, Profile
from desktop.importers.sampling import Reason, Sample, Trial, Word
from desktop.models import facts_people, journal, profiles
from desktop.models.journal import Author
from desktop.models.people import spellings
from desktop.services import previews
from desktop.services.edits import Changes
from desktop.services.previews import Choice, FilePreview

if TYPE_CHECKING:
    from desktop.importers.guessing import Guess
    from desktop.models.book import Book

__all__ = [
    "LEAVE_EMPTY", "MAPPABLE", "PERIOD", "SUFFIX", "Draft", "Field", "Layout", "Part", "Reason", "Sample", "Saved",
    "Suggestion", "Trial", "Word", "constants_of", "delete", "export_to", "field_of", "fields_of", "import_from",
    "listed", "meanings_of", "open_draft", "open_questions", "own_profiles", "rename", "save", "suggest",
    "try_mapping", "words_of",
]  # fmt: skip

words_of = sampling.words_of
meanings_of = sampling.meanings_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One table's part as far as it is sure, and likely columns to be confirmed: ours -> heading."""

    part: Part
    hints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A file about to be described. `layout` is what is known so far, without parts where no table is sure.

    `saved`: the name of the user's own profile that is being changed; None for a new one.
    """

    sample: Sample
    layout: Layout
    hints: tuple[Mapping[str, str], ...]
    people: tuple[Choice, ...]
    saved: str | None


@dataclass(frozen=True, slots=True)
class Saved:
    """One of the user's profiles in the list: what its rows become, and why it cannot be used, if so."""

    name: str
    tables: tuple[str, ...]
    columns: int
    entered_at: str
    problem: str = ""


# --- describing -----------------------------------------------------------------------------------------------------


def open_draft(book: Book, paths: Sequence[Path], file: FilePreview) -> Draft:
    """Read the first rows of a previewed file and say what can be said of it. UserError when it is gone."""
    sample = sampling.take_sample(paths, file.file, file.sheet, file.header_line)
    people = _people(book)
    stored = None if file.profile is None else profiles.find(book, file.profile)
    if stored is not None:
        layout = _carried_over(layouts.from_json(stored.content, stored.name), sample)
        return Draft(sample, layout, tuple({} for _part in layout.parts), people, stored.name)
    found = _known(sample, file, people) or _guessed(sample, people)
    layout = Layout(_free_name(book, _name_for(file)), sample.headings, tuple(one.part for one in found))
    return Draft(sample, layout, tuple(one.hints for one in found), people, None)


def suggest(sample: Sample, table: str, people: Sequence[Choice]) -> Suggestion:
    """What the file's columns are in one table: sure ones as a part, likely ones as hints."""
    from desktop.importers import guessing

    return _suggestion(sample, table, guessing.suggest(table, sample.columns, _names(people)))


def try_mapping(book: Book, sample: Sample, layout: Layout, now: datetime) -> Trial:
    """What the layout makes of the first rows; UserError where it contradicts itself."""
    return sampling.try_layout(sample, layout, previews.options(book, now))


def constants_of(table: str, column: str) -> bool:
    """Whether one value may be given for all rows."""
    template = TEMPLATES[table]
    return same_for_all(template.columns[template.index(column)])


def _suggestion(sample: Sample, table: str, guesses: Mapping[str, Guess]) -> Suggestion:
    from desktop.importers import guessing

    sure = guessing.confident(guesses)
    columns = tuple((field.name, sample.headings[sure[field.name]]) for field in fields_of(table) if field.name in sure)
    hints = {name: sample.headings[one.at] for name, one in guesses.items() if name not in sure}
    return Suggestion(Part(table, columns), hints)


def _guessed(sample: Sample, people: Sequence[Choice]) -> list[Suggestion]:
    from desktop.importers import guessing

    columns, names = sample.columns, _names(people)
    table = guessing.suggest_table(columns, sample.file, names)
    if table is None:
        return []
    tables = (table, *guessing.further_tables(table, columns, names))
    return [_suggestion(sample, one, guessing.suggest(one, columns, names)) for one in tables]


def _known(sample: Sample, file: FilePreview, people: Sequence[Choice]) -> list[Suggestion]:
    """A shipped profile's columns, as far as they are plain columns of its main table; suggestions for the rest."""
    if file.profile is None or file.table not in MAPPABLE:
        return []
    told: dict[str, str] = {}
    headings = {heading: heading for heading in sample.headings}
    for heading, ours in file.mapping:
        table, _dot, column = (ours or "").partition(".")
        if table == file.table and column in TEMPLATES[table].names and heading in headings:
            told.setdefault(column, heading)
    more = suggest(sample, file.table, people)
    free = {name: heading for name, heading in more.part.columns if heading not in told.values()}
    part = Part(file.table, tuple({**free, **told}.items()))
    return [Suggestion(part, {name: heading for name, heading in more.hints.items() if name not in told})]


def _carried_over(layout: Layout, sample: Sample) -> Layout:
    """A saved layout laid on another file of its kind: columns that this file lacks are to be said anew."""
    by_key = {heading_key(heading): heading for heading in sample.headings}
    parts = []
    for part in layout.parts:
        pairs = ((name, heading if heading in sample.headings else by_key.get(heading_key(heading)))
                 for name, heading in part.columns)  # fmt: skip
        columns = tuple((name, heading) for name, heading in pairs if heading is not None)
        parts.append(replace(part, columns=columns))
    return Layout(layout.name, sample.headings, tuple(parts))


def _name_for(file: FilePreview) -> str:
    stem = PurePosixPath(file.file).stem.replace("_", " ").strip()
    return (file.sheet or stem or "Profile")[:60]


def _free_name(book: Book, name: str) -> str:
    taken = {profiles.key_of(one.name) for one in profiles.read_all(book)} | _shipped()
    number, free = 2, name
    while profiles.key_of(free) in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _people(book: Book) -> tuple[Choice, ...]:
    found = (Choice(one.code, one.name) for one in facts_people.people(book))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.code)))


def _names(people: Sequence[Choice]) -> Collection[str]:
    return {text for one in people for text in spellings(one.code, one.name, None)}


# --- keeping --------------------------------------------------------------------------------------------------------


def own_profiles(book: Book) -> tuple[Profile, ...]:
    """The user's profiles, ready to read with, the newest first. One that cannot be used is left out; `listed` says
    why, and no import fails for it."""
    found = []
    for stored in profiles.read_all(book):
        try:
            layout = layouts.from_json(stored.content, stored.name)
        except UserError:
            continue
        found.append(profile_of(replace(layout, name=stored.name)))
    return tuple(found)


def listed(book: Book) -> list[Saved]:
    """The user's profiles by name."""
    found = []
    for stored in profiles.read_all(book):
        try:
            layout = layouts.from_json(stored.content, stored.name)
        except UserError as error:
            found.append(Saved(stored.name, (), 0, stored.entered_at, str(error)))
            continue
        columns = {heading for part in layout.parts for _name, heading in part.columns}
        tables = tuple(dict.fromkeys(part.table for part in layout.parts))
        found.append(Saved(stored.name, tables, len(columns), stored.entered_at))
    return sorted(found, key=lambda one: one.name.casefold())


def save(book: Book, layout: Layout, author: Author, replacing: str | None = None) -> Changes:
    """Keep a layout; `replacing` names the profile from which it was made.

    UserError while a question is open, and for a name that is taken.
    """
    layout = layouts.rename(layout, layout.name)
    layouts.check(layout)
    for part in layout.parts:
        missing = open_questions(part)
        if missing:
            raise UserError(f"Nothing is said yet of {missing[0].replace('_', ' ')}.", "Choose a column or a value.")
    if not layout.parts:
        raise UserError("Nothing is said yet of what a row is.", "Choose what one row of the file is.")
    _check_name(book, layout.name, replacing)
    return _store(book, f"Save profile {layout.name}", layout, replacing, author)


def rename(book: Book, name: str, new: str, author: Author) -> Changes:
    """Give a profile another name; UserError when it is taken or there is no such profile."""
    layout = layouts.rename(_read(book, name), new)
    _check_name(book, layout.name, name)
    return _store(book, f"Rename profile {name}", layout, name, author)


def delete(book: Book, name: str, author: Author) -> Changes:
    """Forget a profile; what was imported with it stays."""
    label = f"Delete profile {name}"
    with book.transaction():
        action = journal.open_action(book, author, "profile.delete", label)
        if not profiles.delete(book, action, name):
            raise _gone(name)
    return Changes(label)


def export_to(book: Book, name: str, target: Path) -> None:
    """Write a profile as a file for others; UserError when it cannot be written."""
    text = layouts.to_json(replace(_read(book, name), name=name))
    try:
        target.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}).", "Choose another place.") from None


def import_from(book: Book, source: Path, author: Author) -> Changes:
    """Take in a profile that somebody shared; one of the same name stays beside it. UserError for any other file."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{source.name} cannot be read.", f"Profiles are files that end in {SUFFIX}.") from None
    layout = layouts.from_json(text, source.name)
    held = profiles.find(book, layout.name)
    if held is not None and layouts.from_json(held.content, held.name) == layout:
        return Changes("", changed=False)
    layout = layouts.rename(layout, _free_name(book, layout.name))
    return _store(book, f"Add profile {layout.name}", layout, None, author)


def export_all(book: Book, folder: Path) -> list[Path]:
    """Write every profile as a file into `folder`, made when there is any; returns the files."""
    names = [one.name for one in listed(book) if not one.problem]
    if names:
        folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    written = []
    for name in names:
        plain = re.sub(r"[^\w-]+", "-", name).strip("-") or "profile"
        while plain.casefold() in taken:
            plain += "-2"
        taken.add(plain.casefold())
        written.append(folder / f"{plain}{SUFFIX}")
        export_to(book, name, written[-1])
    return written


def import_all(book: Book, sources: Sequence[Path], author: Author) -> list[str]:
    """Take in profiles that came beside other files; says what was done, and which of them are none."""
    said = []
    for source in sources:
        try:
            changes = import_from(book, source, author)
        except UserError as error:
            said.append(str(error))
        else:
            said += [f"{changes.label}."] if changes.changed else []
    return said


def _store(book: Book, label: str, layout: Layout, replacing: str | None, author: Author) -> Changes:
    with book.transaction():
        action = journal.open_action(book, author, "profile.save", label)
        if replacing is not None and profiles.key_of(replacing) != profiles.key_of(layout.name):
            profiles.delete(book, action, replacing)
        changed = profiles.save(book, action, layout.name, layouts.to_json(layout), author.at)
    return Changes(label, changed)


def _read(book: Book, name: str) -> Layout:
    stored = profiles.find(book, name)
    if stored is None:
        raise _gone(name)
    return layouts.from_json(stored.content, stored.name)


def _check_name(book: Book, name: str, replacing: str | None) -> None:
    key = profiles.key_of(name)
    mine = replacing is not None and key == profiles.key_of(replacing)
    if not mine and (key in _shipped() or profiles.find(book, name) is not None):
        raise UserError(f"There is a profile {name} already.", "Choose another name.")


def _shipped() -> set[str]:
    """Names that would make `import --profile` ambiguous."""
    from desktop.importers import profile_names

    return {profiles.key_of(name) for name in profile_names()}


def _gone(name: str) -> UserError:
    return UserError(f"There is no profile {name} any more.", "Open the list again.")
