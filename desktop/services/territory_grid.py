"""The territory table as it is typed: lines of texts as rules, what is odd about them, and where they lie on the map.

Reads cells as an import would; lookups and checks are `core.territories`'s (routing.md 2). No SQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import places
from desktop.core.templates import TEMPLATES, Cell
from desktop.core.territories import Rule as MapRule
from desktop.core.territories import TerritoryMap, area_of
from desktop.errors import UserError
from desktop.models.journal import Author
from desktop.services import grids, scopes, territories
from desktop.services.edits import Changes
from desktop.services.grids import Line, Outcome
from desktop.services.routing_snapshot import compiled, expanded
from desktop.services.territories import Cells, Comparison, Share

if TYPE_CHECKING:
    from desktop.models.book import Book

TABLE = "territories"
NAMES = TEMPLATES[TABLE].names
CONFLICT, DEAD, GAP, NESTED, UNKNOWN, REPAIRED, UNREADABLE, BACKUP = (
    "conflict", "dead", "gap", "nested", "unknown", "repaired", "unreadable", "without_backup",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd: its kind, the lines it is about (counted from 0), and the ZIPs or text that say where."""

    kind: str
    lines: tuple[int, ...]
    text: str
    leads: int = 0
    clients: int = 0


@dataclass(frozen=True, slots=True)
class County:
    """A county on the map: the territory of most of its ZIPs (None: of none), and what lies in it."""

    fips: str
    name: str
    state: str
    territory: str | None
    lines: tuple[int, ...]
    leads: int
    clients: int


@dataclass(frozen=True, slots=True)
class Look:
    """All that is said beside the grid: cells that cannot stay, problems, counties, and how even the shares are."""

    wrong: Mapping[tuple[int, str], str]
    problems: tuple[Problem, ...]
    counties: tuple[County, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table or a draft (by name) for the grid, the drafts there are, and producers as (code, name)."""

    draft: str | None
    lines: tuple[Line, ...]
    drafts: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def sheet(book: Book, draft: str | None) -> Sheet:
    """The live table, or a draft. UserError for a draft that is gone."""
    if draft is None:
        lines = grids.read(book, TABLE, {})
    else:
        lines = [Line(None, as_texts(cells)) for cells in territories.draft(book, draft)]
    return Sheet(draft, tuple(lines), tuple(territories.drafts(book)), tuple(scopes.choices(book)))


def as_texts(cells: Cells) -> dict[str, str]:
    """A row's cells as somebody would type them."""
    return {column.name: grids.as_typed(column.kind, cells.get(column.name)) for column in TEMPLATES[TABLE].columns}


def read_lines(lines: Sequence[Line], today: date) -> tuple[list[Cells | None], dict[tuple[int, str], str]]:
    """Every line's cells (None: an empty line or one that cannot be read) and why not, by line and column."""
    found: list[Cells | None] = []
    wrong: dict[tuple[int, str], str] = {}
    for number, line in enumerate(lines):
        if not any(text.strip() for text in line.texts.values()):
            found.append(None)
            continue
        cells, reasons = _read(line, today)
        wrong |= {(number, name): why for name, why in reasons.items()}
        found.append(None if reasons else cells)
    return found, wrong


def _read(line: Line, today: date) -> tuple[dict[str, Cell], dict[str, str]]:
    cells: dict[str, Cell] = {}
    reasons: dict[str, str] = {}
    for column in TEMPLATES[TABLE].columns:
        try:
            cells[column.name] = grids.read_cell(column, line.texts.get(column.name, ""), today)
        except UserError as error:
            reasons[column.name] = error.what
    if not {"zip_from", "zip_to"} & set(reasons):
        why = why_not(line.texts.get("zip_from", ""), line.texts.get("zip_to", ""))
        if why:
            reasons["zip_from"] = why
    start, end = cells.get("valid_from"), cells.get("valid_to")
    if start and end and str(end) < str(start):
        reasons["valid_to"] = "This lies before the first day."
    return cells, reasons


def why_not(zip_from: str, zip_to: str) -> str:
    """Why these two cells are no ZIP, range, prefix, county or state; empty where they are or hold nothing."""
    if not zip_from.strip():
        return ""
    try:
        area_of(expanded(MapRule(0, "", zip_from.strip(), zip_to.strip() or None)))
    except UserError as error:
        return error.what
    return ""


def look(book: Book, lines: Sequence[Line], at: datetime) -> Look:
    """What is odd about the lines in force at the moment, by line, and where they lie (routing.md 2)."""
    places.county_shapes()  # the map is drawn from them: read once, and not by the window
    cells, wrong = read_lines(lines, at.date())
    numbers = [number for number, one in enumerate(cells) if one is not None]
    rules = territories.rules_of([one for one in cells if one is not None])
    place = {rule.id: number for rule, number in zip(rules, numbers, strict=True)}
    checked = territories.check(book, at, rules)
    problems = [*_problems(checked, place, rules), *_repaired(lines, cells)]
    found = compiled(rules, at.date())
    known = {code for code, _name in scopes.choices(book)}
    for number in numbers:
        for name in ("producer", "backup"):
            code = (cells[number] or {}).get(name)
            if code and str(code) not in known:
                problems.append(Problem(UNREADABLE, (number,), f"Nobody has the code {code}."))
    for (number, _name), why in wrong.items():
        problems.append(Problem(UNREADABLE, (number,), why))
    return Look(wrong, tuple(problems), _counties(book, found, place, at), territories.balance(book, at, rules))


def _problems(checked: territories.Checked, place: Mapping[int, int], rules: Sequence[MapRule]) -> Iterable[Problem]:
    for conflict in checked.conflicts:
        yield Problem(CONFLICT, tuple(place[one] for one in conflict.rules), conflict.zips)
    for key in checked.dead:
        yield Problem(DEAD, (place[key],), "")
    for gap in checked.gaps:
        zips_ = gap.first if gap.first == gap.last else f"{gap.first}-{gap.last}"
        yield Problem(GAP, (), zips_, gap.leads_90_days, gap.clients)
    for code in checked.without_backup:
        yield Problem(BACKUP, tuple(place[one.id] for one in rules if one.producer == code and not one.backup), code)
    for code in checked.unknown_zips:
        yield Problem(UNKNOWN, tuple(place[one.id] for one in rules if one.zip_from == code), code)
    for pair in checked.nested:
        yield Problem(NESTED, (place[pair.inner], place[pair.outer]), "")


def _repaired(lines: Sequence[Line], cells: Sequence[Cells | None]) -> Iterable[Problem]:
    """ZIPs that lost their zeros in a spreadsheet and got them back."""
    for number, (line, read) in enumerate(zip(lines, cells, strict=True)):
        for name in ("zip_from", "zip_to"):
            typed = line.texts.get(name, "").strip()
            kept = "" if read is None else str(read.get(name) or "")
            if typed and kept and typed.removesuffix(".0").isdigit() and kept != typed:
                yield Problem(REPAIRED, (number,), f"{typed} → {kept}")


def _counties(book: Book, found: TerritoryMap, place: Mapping[int, int], at: datetime) -> tuple[County, ...]:
    """Every county in which a rule, a lead or a client lies, by FIPS code."""
    from desktop import places

    leads, clients = Counter(territories.lead_codes(book, at)), Counter(territories.client_codes(book))
    winners: dict[str, Counter[int]] = {}
    counts: dict[str, list[int]] = {}
    named: dict[str, tuple[str, str]] = {}
    for code in places.known_zips():
        key = found.cells[int(code)]
        if key == -1 and code not in leads and code not in clients:
            continue
        one = places.zip_place(code)
        if one is None:
            continue
        named.setdefault(one.fips, (one.county, one.state))
        counted = counts.setdefault(one.fips, [0, 0])
        counted[0] += leads[code]
        counted[1] += clients[code]
        if key != -1:
            winners.setdefault(one.fips, Counter())[key] += 1
    return tuple(
        County(fips, *named[fips], *_territory(found, winners.get(fips), place), *counts[fips])
        for fips in sorted(counts)
    )


def _territory(
    found: TerritoryMap, winners: Counter[int] | None, place: Mapping[int, int]
) -> tuple[str | None, tuple[int, ...]]:
    if not winners:
        return None, ()
    by_name: Counter[str] = Counter()
    for key, many in winners.items():
        by_name[found.rules[key].territory] += many
    best = min(by_name, key=lambda name: (-by_name[name], name))
    return best, tuple(sorted(place[key] for key in winners))


def area_line(name: str, like: Mapping[str, str]) -> dict[str, str]:
    """A county (by FIPS code) or state (by its two letters) as a line, with the other cells of `like`."""
    from desktop import places

    label = places.county_label(name) if name.isdigit() else name
    return {**like, "zip_from": label, "zip_to": ""}


# --- keeping ----------------------------------------------------------------------------------------------------------


def save(book: Book, lines: Sequence[Line], author: Author, today: date) -> Outcome:
    """The lines in place of the live table, as one undoable action; nothing where a cell cannot stay."""
    _cells, wrong = read_lines(lines, today)
    if wrong:
        return Outcome(Changes("", changed=False), wrong)
    return grids.save(book, TABLE, {}, lines, "Change territories", author, today)


def save_draft(book: Book, name: str, lines: Sequence[Line], author: Author, today: date) -> Outcome:
    """The lines as a draft of that name, as one undoable action; nothing where a cell cannot stay."""
    if not name.strip():
        raise UserError("A draft needs a name.", "Type one, such as Spring.")
    cells, wrong = read_lines(lines, today)
    if wrong:
        return Outcome(Changes("", changed=False), wrong)
    kept = [one for one in cells if one is not None]
    return Outcome(territories.save_draft(book, name.strip(), kept, author))


def compare(book: Book, lines: Sequence[Line], at: datetime) -> Comparison:
    """Who gains and who loses by the lines against the live map, on the leads of 90 days."""
    cells, _wrong = read_lines(lines, at.date())
    return territories.compare(book, territories.rules_of([one for one in cells if one is not None]), at)


def activate(book: Book, lines: Sequence[Line], start: date, author: Author, today: date) -> Outcome:
    """The lines in force from a day, as one undoable action; nothing where a cell cannot stay."""
    cells, wrong = read_lines(lines, today)
    if wrong:
        return Outcome(Changes("", changed=False), wrong)
    kept = [one for one in cells if one is not None]
    return Outcome(territories.activate(book, kept, start, author))


def export_file(_book: Book, path: Path, lines: Sequence[Line], today: date) -> int:
    """Write the lines as territories.csv; returns how many. UserError where a cell cannot stay or the file not be
    written."""
    from desktop.reports import sheets
    from desktop.services.exporting import texts_of

    cells, wrong = read_lines(lines, today)
    if wrong:
        number, _name = min(wrong)
        raise UserError(f"Line {number + 1}: {wrong[min(wrong)]}", "Correct it and try again.")
    rows = [texts_of(TEMPLATES[TABLE], tuple(one.get(name) for name in NAMES)) for one in cells if one is not None]
    try:
        sheets.write_csv(path, list(NAMES), iter(rows))
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}).", "Name another place.") from None
    return len(rows)
