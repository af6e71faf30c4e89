"""The made-up agency: always the same, whole in itself, harmless, and interesting to look at."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop.core.templates import TEMPLATES, Column, Kind, Row
from desktop.errors import UserError
from desktop.models import contents
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, demo, imports
from tests.oracle.dashboard import dashboard
from tests.oracle.facts import Agency

AS_OF = date(2026, 11, 18)
Tables = dict[str, list[dict[str, Any]]]


def tables_of(as_of: date, producers: int = 8, years: int = 3, seed: int = 1) -> Tables:
    made: Tables = {}
    for table, rows in demo.generate(as_of, producers, years, seed):
        made.setdefault(table, []).extend(dict(zip(TEMPLATES[table].names, row, strict=True)) for row in rows)
    return made


@pytest.fixture(scope="module")
def tables() -> Tables:
    return tables_of(AS_OF)


def digest(as_of: date, producers: int, years: int, seed: int) -> str:
    made: list[tuple[str, list[Row]]] = list(demo.generate(as_of, producers, years, seed))
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()


# --- the same again -------------------------------------------------------------------------------------------------


def test_it_is_the_same_in_every_process() -> None:
    code = (
        "from datetime import date; from tests.services.test_demo import digest;"
        "print(digest(date(2026, 3, 4), 4, 1, 9))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {digest(date(2026, 3, 4), 4, 1, 9)}


def test_another_seed_is_another_agency() -> None:
    assert digest(AS_OF, 3, 1, 1) != digest(AS_OF, 3, 1, 2)


@pytest.mark.parametrize(("producers", "years"), [(0, 3), (51, 3), (8, 0), (8, 11)])
def test_sizes_that_cannot_be_are_refused(producers: int, years: int) -> None:
    with pytest.raises(UserError):
        list(demo.generate(AS_OF, producers, years))


# --- whole in itself ------------------------------------------------------------------------------------------------


def is_fit(column: Column, value: object) -> bool:
    """Whether a cell is the native value that its column stands for."""
    if value is None:
        return not column.required
    match column.kind:
        case Kind.DATE:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        case Kind.MOMENT:
            return isinstance(value, str) and len(value) in (10, 19) and bool(datetime.fromisoformat(value))
        case Kind.MONEY | Kind.COUNT:
            return type(value) is int and value >= 0
        case Kind.RATE | Kind.MINUTES | Kind.NUMBER:
            return type(value) is float and value >= 0
        case Kind.FLAG:
            return type(value) is bool
        case Kind.CHOICE:
            return value in column.choices
        case Kind.JSON:
            return isinstance(value, str) and json.loads(value) is not None
        case _:
            pattern = PATTERNS.get(column.kind, r"\S(.*\S)?")
            return isinstance(value, str) and re.fullmatch(pattern, value) is not None


PATTERNS = {
    Kind.PHONE: r"\+1\d{3}55501\d\d",
    Kind.EMAIL: r"[a-z'.\d-]+@([a-z]+\.)?example\.(com|org|net)",
    Kind.ZIP: r"\d{5}",
    Kind.STATE: r"[A-Z]{2}",
}


@pytest.mark.parametrize("size", [(8, 3), (1, 1), (2, 1), (50, 1)], ids=str)
def test_every_cell_is_what_its_column_stands_for(size: tuple[int, int]) -> None:
    for table, rows in demo.generate(date(2027, 1, 1), *size):
        for number, column in enumerate(TEMPLATES[table].columns):
            unfit = [row[number] for row in rows if not is_fit(column, row[number])]
            assert not unfit, (table, column.name, unfit[:3])


def test_tables_come_in_the_order_in_which_they_are_stored(tables: Tables) -> None:
    order = list(TEMPLATES)
    assert list(tables) == sorted(tables, key=order.index)
    assert all(tables.values())


def test_no_two_rows_are_the_same_record(tables: Tables) -> None:
    for table, rows in tables.items():
        key = TEMPLATES[table].key
        counts = Counter(tuple(row[name] for name in key) for row in rows)
        assert max(counts.values()) == 1, (table, counts.most_common(2))


def test_everything_referred_to_is_there(tables: Tables) -> None:
    codes = {row["producer_code"] for row in tables["producers"]}
    leads = {row["lead_id"] for row in tables["leads"]}
    policies = {row["policy_number"] for row in tables["policies"]}
    clients = {row["client_id"] for row in tables["clients"]}
    sources = {row["source"] for row in tables["sources"]}
    for table in ("leads", "owners", "policies", "quotes", "activities", "clients", "availability", "territories"):
        assert {row["producer"] for row in tables[table]} <= codes, table
    for table in ("owners", "stages", "policies", "quotes", "activities"):
        assert {row["lead_id"] for row in tables[table]} - {None} <= leads, table
    assert {row["policy_number"] for row in tables["stages"]} - {None} <= policies
    assert {row["client_id"] for row in tables["policies"]} <= clients
    assert {row["source"] for row in tables["leads"]} <= sources


def test_nothing_lies_in_the_future(tables: Tables) -> None:
    last = AS_OF.isoformat()
    moments = {
        "leads": "received_at", "stages": "entered_at", "activities": "occurred_at", "quotes": "delivered_on",
        "policies": "bound_on", "owners": "at", "premiums": "from",
    }  # fmt: skip
    for table, column in moments.items():
        assert max(row[column] for row in tables[table])[:10] <= last, table
    assert max(row["ended_on"] or "" for row in tables["policies"]) <= last


def test_nobody_works_before_being_hired_or_after_leaving(tables: Tables) -> None:
    people = {row["producer_code"]: row for row in tables["producers"]}
    for table, column in (("activities", "occurred_at"), ("quotes", "delivered_on")):
        for row in tables[table]:
            person = people[row["producer"]]
            assert person["hired_on"] <= row[column][:10] <= (person["left_on"] or "9999"), row


def test_a_lead_moves_on_in_time(tables: Tables) -> None:
    received = {row["lead_id"]: row["received_at"] for row in tables["leads"]}
    assert all(row["entered_at"] >= received[row["lead_id"]] for row in tables["stages"] if row["pipeline"] == "sales")
    won = {row["lead_id"] for row in tables["stages"] if row["stage"] == "won"}
    assert {row["lead_id"] for row in tables["policies"]} - {None} <= won


# --- believable -----------------------------------------------------------------------------------------------------


def test_a_large_agency_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [row for table, rows in demo.generate(AS_OF, 3, 1) if table == "activities" for row in rows]
    monkeypatch.setattr(demo, "_CHUNK", 1_000)
    parts = [rows for table, rows in demo.generate(AS_OF, 3, 1) if table == "activities"]
    assert len(parts) == 3
    assert [row for rows in parts for row in rows] == whole


def test_it_has_as_many_producers_as_asked_for() -> None:
    for producers in (1, 3, 8, 20):
        made = tables_of(AS_OF, producers, 1)["producers"]
        assert sum(1 for row in made if row["role"] == "producer") == producers


def test_the_cast_holds_who_it_should(tables: Tables) -> None:
    people = tables["producers"]
    new = [row for row in people if row["level"] == "new"]
    assert [row["hired_on"] for row in new] and all(row["hired_on"] > "2026-06-01" for row in new)
    assert [row["status"] for row in people if row["left_on"]] == ["inactive"]
    assert {"csr", "manager"} <= {row["role"] for row in people}


def test_december_is_quiet_and_years_grow(tables: Tables) -> None:
    months = Counter(row["received_at"][:7] for row in tables["leads"])
    assert months["2025-12"] < 0.85 * months["2025-10"]
    kept = Counter(row["received_at"][:4] for row in tables["leads"] if row["producer"] in ("P01", "P02", "P04", "P07"))
    assert 1.04 < kept["2025"] / kept["2024"] < 1.22


def test_most_policies_renew(tables: Tables) -> None:
    terms = {(row["policy_number"], row["effective_on"]): row for row in tables["policies"]}
    year_ago = (AS_OF - timedelta(days=365)).isoformat()
    due = [row for row in terms.values() if "2025-06" < row["expires_on"] < year_ago]
    renewed = sum(1 for row in due if (row["policy_number"], row["expires_on"]) in terms)
    assert 0.83 < renewed / len(due) < 0.93
    assert {"new", "renewal", "rewrite"} == {row["transaction"] for row in terms.values()}
    assert all(row["end_reason"] for row in terms.values() if row["ended_on"])


@pytest.mark.parametrize(("as_of", "seed"), [(AS_OF, 1), (date(2026, 11, 22), 1), (date(2027, 3, 3), 4)], ids=str)
def test_the_dashboard_has_something_to_say(as_of: date, seed: int) -> None:
    made = tables_of(as_of, 8, 1, seed)
    carriers = json.loads(next(row["value"] for row in made["settings"] if row["key"] == "carriers"))
    rates = {(one["carrier"], one["line"]): Fraction(str(one["rate"])) for one in carriers}
    monday = as_of - timedelta(days=as_of.weekday() + 7)
    at = datetime(as_of.year, as_of.month, as_of.day, 23, 59, 59)
    answer = dashboard(Agency(made, rates), (monday, monday + timedelta(days=6)), at)
    flags = {flag for one in answer["producers"] for flag, fired in one["red_flags"].items() if fired}
    rules = {rule for one in answer["producers"] for rule, (fired, _value) in one["health"].items() if fired}
    assert len(flags) >= 4, flags
    assert len(rules) >= 3, rules
    rate = answer["agency"]["health"]["low_close_rate"][1]
    assert Fraction(30, 100) < rate < Fraction(55, 100)
    hits = Counter(
        metric["hit"] for one in answer["producers"] for metric in one["metrics"].values() if metric["hit"] is not None
    )
    assert hits[True] >= 15 and hits[False] >= 15, hits


def test_no_contact_is_linked_to_a_lead_before_it_came(tables: Tables) -> None:
    received = {row["lead_id"]: row["received_at"] for row in tables["leads"]}
    linked = [row for row in tables["activities"] if row["lead_id"]]
    assert len(linked) > 5_000
    assert all(row["occurred_at"] >= received[row["lead_id"]] for row in linked)


# --- in a book ------------------------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path / "demo.pdesk")
    yield opened
    opened.close()


AUTHOR = Author("tester", "2026-11-18T09:30:00")


def test_it_fills_a_new_book_and_counts_what_it_stored(book: Book) -> None:
    counts = demo.fill(book, AUTHOR, AS_OF, 3, 1, 5)
    made = {table: len(rows) for table, rows in demo.generate(AS_OF, 3, 1, 5)}
    stored = {table: contents.count(book, table) for table in made}
    assert stored == made
    assert counts == demo.DemoCounts(3, made["leads"], made["activities"], made["quotes"], made["policies"])


def test_a_book_with_data_is_left_alone(book: Book) -> None:
    demo.fill(book, AUTHOR, AS_OF, 3, 1)
    before = contents.count(book, "activities")
    with pytest.raises(UserError, match="holds data"):
        demo.fill(book, AUTHOR, AS_OF, 4, 1)
    assert contents.count(book, "activities") == before
    assert len(imports.history(book)) == 1


def test_a_wrong_size_leaves_the_book_empty(book: Book) -> None:
    with pytest.raises(UserError):
        demo.fill(book, AUTHOR, AS_OF, 0, 1)
    assert imports.history(book) == []


def test_it_can_be_taken_back_as_one_import(book: Book) -> None:
    demo.fill(book, AUTHOR, AS_OF, 3, 1)
    run = imports.history(book)[0].run
    imports.undo_import(book, run, AUTHOR)
    assert all(contents.count(book, table) == 0 for table in TEMPLATES)
