"""The agency's people: who there is, adding somebody, and changing what is known of them, each as one undoable step.

Pay, targets and leave are rows of their own (`grids`). Computes no metric.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop.core.templates import TEMPLATES, Cell
from desktop.errors import UserError
from desktop.models import edits, entries, journal, rollups
from desktop.models.journal import Author, Change, pack
from desktop.models.people import Aliases, spellings
from desktop.models.storage import fold
from desktop.models.touched import Touched
from desktop.services import configuration, grids
from desktop.services.edits import Changes

if TYPE_CHECKING:
    from desktop.models.book import Book

FACTS = (
    *("name", "role", "level", "status", "hired_on", "left_on", "manager", "backup"),
    *("lines", "aliases", "email", "phone"),
)
"""What is typed of a person outside of the grids, in the order in which it is shown."""
PAY = ("salary", "benefits", "desk_cost", "new_split", "renewal_split")
_FIXED = PAY[:3]
_SEPARATORS = frozenset(";:|,()")
"""What stands between codes in shares, pools and keys, and marks what is nobody's."""
_BLANK = {"role": "producer", "status": "active"}


@dataclass(frozen=True, slots=True)
class Member:
    """One person: code, and every fact by the template's names (people as codes); `pay` is that of the first day."""

    code: str
    facts: Mapping[str, Cell]
    file: str | None

    @property
    def name(self) -> str:
        """As it is spelled in the book."""
        return str(self.facts["name"])

    @property
    def active(self) -> bool:
        """Whether the status is active."""
        return self.facts["status"] in (None, "active")

    def here_on(self, day: date) -> bool:
        """Whether the person still works here on a day: active, and the last day not over."""
        left = self.facts["left_on"]
        return self.active and (left is None or day.isoformat() <= str(left)[:10])

    @property
    def role(self) -> str:
        """producer, csr or manager."""
        return str(self.facts["role"] or "producer")

    def text(self, field: str) -> str:
        """A fact as somebody would type it."""
        template = TEMPLATES["producers"]
        return grids.as_typed(template.columns[template.index(field)].kind, self.facts[field])


class FieldError(UserError):
    """What is wrong with a form, by field."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        first = next(iter(reasons.values()))
        super().__init__(first, "Correct what is marked.")
        self.reasons = dict(reasons)


def members(book: Book) -> list[Member]:
    """Everybody: active ones first, by name."""
    found = [Member(str(one.cells["producer_code"]), one.cells, one.file) for one in entries.read(book, "producers")]
    return sorted(found, key=lambda one: (not one.active, one.name.casefold(), one.code))


def member(book: Book, code: str) -> Member:
    """One person by code. UserError where there is none."""
    for one in members(book):
        if one.code.casefold() == code.strip().casefold():
            return one
    raise UserError(f"There is nobody with the code {code}.", "Choose somebody from the list.")


def free_code(book: Book) -> str:
    """The first of P01, P02 and so on that nobody has."""
    taken = {one.code.casefold() for one in members(book)}
    number = 1
    while (code := f"P{number:02}").casefold() in taken:
        number += 1
    return code


def add(book: Book, code: str, texts: Mapping[str, str], author: Author, today: date) -> Changes:
    """Add a person with these facts (texts by field, `name` needed). FieldError for what cannot be."""
    code = code.strip()
    wrong: dict[str, str] = {}
    if not code:
        wrong["producer_code"] = "Give a short code that no one else has."
    elif set(code) & _SEPARATORS:
        wrong["producer_code"] = f"“{code}” cannot be a code: give letters and figures, such as P09."
    elif code.casefold() in {one.code.casefold() for one in members(book)}:
        wrong["producer_code"] = f"{code} is somebody else's code."
    values = _read(book, code, texts, today, wrong)
    if not str(values.get("name") or ""):
        wrong.setdefault("name", "Give a name.")
    if wrong:
        raise FieldError(wrong)
    label = f"Add {values['name']}"
    with book.transaction():
        action = journal.open_action(book, author, "person.add", label)
        edits.edit_row(book, action, "producer", code.casefold(), {"producer_code": code, "name": code}, author.at)
        _write(book, action, code, {name: value for name, value in values.items() if value is not None}, author)
    return Changes(label)


def change(book: Book, code: str, texts: Mapping[str, str], author: Author, today: date) -> Changes:
    """Set facts (and first-day pay, and the premium target) of a person from texts; FieldError for wrong ones.

    A former name stays as a further spelling, so that files that still use it mean the same person.
    """
    known = member(book, code)
    wrong: dict[str, str] = {}
    values = _read(book, known.code, texts, today, wrong, known.facts)
    if wrong:
        raise FieldError(wrong)
    changed = {name: value for name, value in values.items() if known.facts[name] != value}
    if not changed:
        return Changes("", changed=False)
    label = _label(known, changed)
    if "name" in changed:
        changed["aliases"] = _joined(str(changed.get("aliases", known.facts["aliases"]) or ""), known.name)
    with book.transaction():
        action = journal.open_action(book, author, "person.change", label)
        _write(book, action, known.code, changed, author)
    return Changes(label)


def rehire(book: Book, code: str, on: date, author: Author) -> Changes:
    """Take somebody back from `on`: active again; the time between has no targets (leave) and costs nothing fixed."""
    known = member(book, code)
    left = known.facts["left_on"]
    if left is not None and date.fromisoformat(str(left)) >= on:
        raise FieldError({"rehired_on": f"This is not after the last day, {date.fromisoformat(str(left)):%m/%d/%Y}."})
    label = f"Take {known.name} back"
    with book.transaction():
        action = journal.open_action(book, author, "person.rehire", label)
        _write(book, action, known.code, {"status": "active", "left_on": None}, author)
        if left is not None:
            first, last = date.fromisoformat(str(left)) + timedelta(days=1), on - timedelta(days=1)
            if first <= last:
                away: dict[str, Cell] = {"producer": known.code, "kind": "leave"}
                away |= {"from": first.isoformat(), "to": last.isoformat()}
                entries.write(book, action, Aliases(book), "availability", None, away, author.at)
                _rest_pay(book, action, known, first, on, author.at)
    return Changes(label)


def _rest_pay(book: Book, action: int, known: Member, first: date, on: date, at: str) -> None:
    """No fixed pay from `first` on, and that of the day before again from `on`; pay dated in between stays as typed."""
    rows = {
        str(one.cells["effective_from"]): one
        for one in entries.read(book, "pay")
        if str(one.cells["producer_code"]).casefold() == known.code.casefold()
    }
    gone, back = first.isoformat(), on.isoformat()
    if any(gone <= day < back for day in rows):
        return
    earlier = [known.facts, *(rows[day].cells for day in sorted(rows) if day < gone)]
    paid = {name: cell for cells in earlier for name in _FIXED if (cell := cells[name]) is not None}
    paid = {name: cell for name, cell in paid.items() if cell}
    if not paid:
        return
    names = Aliases(book)
    rest: dict[str, Cell] = {"producer_code": known.code, "effective_from": gone, **dict.fromkeys(paid, 0)}
    entries.write(book, action, names, "pay", None, rest, at)
    old = rows.get(back)
    stated = {} if old is None else {name: cell for name, cell in old.cells.items() if cell is not None}
    again: dict[str, Cell] = {"producer_code": known.code, "effective_from": back, **paid, **stated}
    entries.write(book, action, names, "pay", None if old is None else old.key, again, at)


def _read(
    book: Book,
    code: str,
    texts: Mapping[str, str],
    today: date,
    wrong: dict[str, str],
    known: Mapping[str, Cell] | None = None,
) -> dict[str, Cell]:
    """Natives by field; what cannot be goes to `wrong`."""
    template = TEMPLATES["producers"]
    values: dict[str, Cell] = {}
    for name, text in texts.items():
        try:
            value = grids.read_cell(template.columns[template.index(name)], text, today)
        except UserError as error:
            wrong[name] = error.what
            continue
        values[name] = value
    merged = {**(known or {}), **values}
    hired, left = merged.get("hired_on"), merged.get("left_on")
    if hired is not None and left is not None and str(left) < str(hired) and {"hired_on", "left_on"} & texts.keys():
        wrong["left_on" if "left_on" in texts else "hired_on"] = "The last day lies before the first."
    if texts.get("status") == "active" and left is not None and str(left) < today.isoformat():
        wrong["status"] = "The last day is over. Clear it, or use “Comes Back…”."
    if ";" in str(values.get("name") or ""):
        wrong["name"] = "A name cannot hold a ;, which stands between spellings."
    everybody = members(book)
    _check_lines(book, values, known, wrong)
    _check_spellings(everybody, code, values, known, wrong)
    people = {one.code.casefold(): one.code for one in everybody}
    for name in ("backup", "manager"):
        if values.get(name) is None:
            continue
        found = people.get(str(values[name]).casefold())
        if found is None:
            wrong[name] = f"There is nobody with the code {values[name]}."
        elif found.casefold() == code.casefold():
            wrong[name] = "Nobody can be their own."
        values[name] = found or values[name]
    return values


def _check_lines(book: Book, values: dict[str, Cell], known: Mapping[str, Cell] | None, wrong: dict[str, str]) -> None:
    """Lines are those of the agency, spelled as there; one that stood there before may stay."""
    if values.get("lines") is None:
        return
    settings = configuration.load(book)
    before = _parts((known or {}).get("lines"))
    named = {line: settings.line_named(line) or (line if line in before else None) for line in _parts(values["lines"])}
    strange = next((line for line, found in named.items() if found is None), None)
    if strange is not None:
        wrong["lines"] = f"“{strange}” is none of the agency's lines. Add it in Settings first, or correct it."
    values["lines"] = ";".join(dict.fromkeys(found for found in named.values() if found is not None)) or None


def _check_spellings(
    everybody: Sequence[Member], code: str, values: Mapping[str, Cell], known: Mapping[str, Cell] | None,
    wrong: dict[str, str],
) -> None:  # fmt: skip
    """A further spelling that already means somebody else would mean nobody."""
    before = _parts((known or {}).get("aliases"))
    others = {
        fold(text): one.name
        for one in everybody
        if one.code.casefold() != code.casefold()
        for text in spellings(one.code, one.name, str(one.facts["aliases"] or ""))
    }
    for text in _parts(values.get("aliases")):
        if text not in before and fold(text) in others:
            wrong["aliases"] = f"“{text}” means {others[fold(text)]} already."


def _parts(text: Cell) -> list[str]:
    return [part.strip() for part in str(text or "").split(";") if part.strip()]


def _write(book: Book, action: int, code: str, values: Mapping[str, Cell], author: Author) -> None:
    """Set columns of a person and bring names and roll-ups after it."""
    people = Aliases(book)
    stored = {
        name: people.id_of(str(value)) if name in {"backup", "manager"} and value is not None else value
        for name, value in values.items()
    }
    edits.edit_row(book, action, "producer", code.casefold(), stored, author.at)
    if not values.keys() & {"name", "aliases"}:
        return
    former = entries.meanings(book)
    after = Aliases(book)
    changed = sorted(after.rematch())
    journal.record(
        book,
        action,
        [Change("alias", one, str(one), "producer", pack(former.get(one)), pack(after.producer_of(one)))
         for one in changed],
    )  # fmt: skip
    touched = Touched()
    touched.days.update(rollups.days_of_aliases(book, changed))
    rollups.refresh(book, touched, configuration.rates(book))


def _joined(aliases: str, name: str) -> str:
    listed = _parts(aliases)
    if name.casefold() not in {part.casefold() for part in listed}:
        listed.append(name)
    return ";".join(listed)


def _label(known: Member, changed: Mapping[str, Cell]) -> str:
    """What the Edit menu says; never an amount."""
    if "name" in changed:
        return f"Rename {known.name} to {changed['name']}"
    if changed.keys() == {"left_on"}:
        return f"Change the last day of {known.name}"
    if changed.keys() <= set(PAY):
        return f"Change the pay of {known.name}"
    what = next(iter(changed)).replace("_", " ")
    return f"Change {what} of {known.name}" if len(changed) == 1 else f"Change {len(changed)} facts about {known.name}"
