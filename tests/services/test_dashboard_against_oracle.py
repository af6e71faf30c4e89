"""An agency's files go in through the program's commands, and every figure of section 2 must come out to the cent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.cli import answers
from desktop.core.periods import Period, end_of
from desktop.core.templates import TEMPLATES, Row
from desktop.models.journal import Author
from desktop.services import books, imports
from desktop.services import dashboard as service
from tests.agency import files, systems, truth
from tests.oracle.comparing import differences
from tests.oracle.dashboard import dashboard
from tests.oracle.facts import Agency

PERIODS: tuple[tuple[str, str, str | None], ...] = (
    ("2026-06-22", "2026-06-28", None),
    ("2026-05-25", "2026-05-31", None),
    ("2026-04-27", "2026-05-03", None),
    ("2025-12-29", "2026-01-04", None),
    ("2026-05-01", "2026-05-31", None),
    ("2025-02-01", "2025-02-28", None),
    ("2026-04-01", "2026-06-30", None),
    ("2026-01-01", "2026-06-30", None),
    ("2026-02-03", "2026-03-19", None),
    ("2026-03-04", "2026-03-04", None),
    ("2026-06-01", "2026-06-30", "2026-06-17T13:30:00"),
    ("2026-06-15", "2026-06-21", "2026-06-18"),
    ("2025-09-06", "2025-09-07", None),
    ("2025-01-01", "2025-12-31", None),
)


@dataclass
class Program:
    """The program as a shell sees it, with a book of its own."""

    home: Path

    def run(self, *arguments: str) -> Any:
        environment = {**os.environ, "PRODUCER_DESK_HOME": str(self.home), "PRODUCER_DESK_PASSPHRASE": "long enough"}
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *arguments, "--json"],
            env=environment,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def dashboard(self, start: str, end: str, as_of: str | None) -> Any:
        more = ("--as-of", as_of) if as_of else ()
        return self.run("dashboard", "--from", start, "--to", end, *more)


@dataclass
class Imported:
    """A book with the agency's files in it, and what these truly hold."""

    program: Program
    folder: Path
    tables: truth.Tables
    written: files.Written
    answer: Any


def agency_of(tables: truth.Tables) -> Agency:
    return Agency(tables, {(carrier, line): Fraction(str(rate)) for carrier, line, rate in truth.CARRIERS})


def compare(program: Program, tables: truth.Tables, periods: tuple[tuple[str, str, str | None], ...]) -> list[str]:
    agency = agency_of(tables)
    found = []
    for start, end, as_of in periods:
        window = (date.fromisoformat(start), date.fromisoformat(end))
        until = None
        if as_of is not None:
            until = datetime.fromisoformat(as_of if len(as_of) > 10 else f"{as_of}T23:59:59")
        expected = dashboard(agency, window, until)
        found += [f"{start}..{end}: {each}" for each in differences(program.dashboard(start, end, as_of), expected)]
    return found


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("agency")
    program = Program(tmp_path_factory.mktemp("home"))
    tables = truth.make()
    written = files.write(folder, tables)
    return Imported(program, folder, tables, written, program.run("import", str(folder)))


def test_every_figure_is_the_independent_reading(imported: Imported) -> None:
    found = compare(imported.program, imported.tables, PERIODS)
    assert not found, "\n".join(found[:60])


def test_one_producer_alone_is_the_row_of_the_whole(imported: Imported) -> None:
    span = ("--from", "2026-05-01", "--to", "2026-05-31")
    whole = imported.program.run("dashboard", *span)
    alone = imported.program.run("dashboard", *span, "--producer", "P03")
    row = next(one for one in whole["producers"] if one["producer"] == "P03")
    assert all(alone[key] == row[key] for key in row)


def test_exactly_the_unreadable_rows_are_rejected(imported: Imported) -> None:
    found = {
        (Path(file["file"]).name, one["line"], one["column"], one["value"])
        for file in imported.answer["files"]
        for one in file["rejects"]
    }
    expected = {(one.file, one.line, one.column, one.value) for one in imported.written.spoiled}
    assert found == expected


def test_every_row_of_a_file_is_accounted_for(imported: Imported) -> None:
    for file in imported.answer["files"]:
        assert file["inserted"] + file["updated"] + file["unchanged"] + file["rejected"] == file["rows"], file["file"]
    rows = {Path(file["file"]).name: file["rows"] for file in imported.answer["files"]}
    assert {name: rows.get(name) for name in imported.written.rows} == imported.written.rows


def test_strangers_are_named_and_kept_unassigned(imported: Imported) -> None:
    assert [one["name"] for one in imported.answer["unknown_producers"]] == [truth.STRANGER]


def test_the_same_files_again_change_nothing(imported: Imported) -> None:
    again = imported.program.run("import", str(imported.folder))
    changed = [(one["file"], one["inserted"], one["updated"]) for one in again["files"]]
    assert all(inserted == updated == 0 for _file, inserted, updated in changed), changed


def test_rewritten_files_change_nothing(imported: Imported, tmp_path: Path) -> None:
    """The same rows with other spellings, orders of columns and forms of values are the same rows."""
    files.write(tmp_path, imported.tables, seed=2)
    for name in ("quotes.csv", "activities_to_january.csv", "activities_2026.tsv"):
        (tmp_path / name).unlink()  # rows without an id are told apart by how the file spells them
    again = imported.program.run("import", str(tmp_path))
    changed = [(one["file"], one["inserted"], one["updated"]) for one in again["files"]]
    assert all(inserted == updated == 0 for _file, inserted, updated in changed), changed


def test_two_systems_add_to_it_and_undo_takes_them_back(imported: Imported, tmp_path: Path) -> None:
    program, tables = imported.program, imported.tables
    periods = (PERIODS[0], PERIODS[6], PERIODS[9])
    book, log = tmp_path / "Book of Business Detail.csv", tmp_path / "June calls.csv"
    more = {**tables}
    more["policies"] = tables["policies"] + systems.ezlynx_book(book)
    more["activities"] = tables["activities"] + systems.call_log(log)
    before = [program.dashboard(*period) for period in periods]
    answer = program.run("import", str(book), str(log))
    assert [one["profile"] for one in answer["files"]] == ["ezlynx_book", "phone_calls"]
    assert [one["rejected"] for one in answer["files"]] == [0, 0]
    found = compare(program, more, periods)
    program.run("undo", str(answer["import_id"]))
    assert [program.dashboard(*period) for period in periods] == before
    assert not found, "\n".join(found[:60])


# --- any period -----------------------------------------------------------------------------------------------------


def as_rows(tables: truth.Tables) -> list[tuple[str, list[Row]]]:
    """The truth as rows of the templates, in the order in which they are stored."""
    carriers = [{"carrier": carrier, "line": line, "rate": rate} for carrier, line, rate in truth.CARRIERS]
    whole = {**tables, "settings": [{"key": "carriers", "value": json.dumps(carriers)}]}
    found: list[tuple[str, list[Row]]] = []
    for name, template in TEMPLATES.items():
        rows = [dict(row) for row in whole.get(name, [])]
        for row in rows if name in ("activities", "quotes", "policies") else []:
            row["producer"] = row["producer"] or truth.STRANGER
        found.append((name, [tuple(row.get(column) for column in template.names) for row in rows]))
    return found


def some_period(rng: Random) -> tuple[date, date, datetime]:
    """A period of any length within the agency's data, often a whole week or month, sometimes seen in its midst."""
    first = date(2025, 3, 1)
    start = first + timedelta(days=rng.randrange((truth.END - first).days))
    end = min(start + timedelta(days=rng.choice((0, 1, 4, 13, 29, 30, 89, 180))), truth.END)
    draw = rng.random()
    if draw < 0.35:
        start -= timedelta(days=start.weekday())
        end = min(start + timedelta(days=6), truth.END)
    elif draw < 0.5:
        start = start.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if rng.random() < 0.4:
        moment = time(rng.randrange(24), rng.randrange(60))
        return start, end, datetime.combine(start + timedelta(days=rng.randrange((end - start).days + 1)), moment)
    return start, end, end_of(end)


@pytest.mark.parametrize("seed", [21, 22])
def test_any_period_of_any_agency(tmp_path: Path, seed: int) -> None:
    rng, tables = Random(seed), truth.make(seed)
    agency, found = agency_of(tables), []
    book = books.open_throwaway(tmp_path / "agency.pdesk")
    try:
        imports.store_rows(book, "truth", as_rows(tables), Author("tester", "2026-07-01T08:00:00"))
        for _ in range(15):
            start, end, as_of = some_period(rng)
            answer = answers.dashboard(service.dashboard(book, Period(start, end), as_of), whole=True)
            expected = dashboard(agency, (start, end), as_of)
            found += [f"{start}..{end} as of {as_of}: {each}" for each in differences(answer, expected)]
    finally:
        book.close()
    assert not found, "\n".join(found[:40])
