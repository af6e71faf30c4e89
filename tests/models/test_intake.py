"""Rows enter the book once, change what differs, and leave alone what was typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models import edits, journal, rollups
from desktop.models.book import Book
from tests.models.rows import AUTHOR, column, contents, rows, take, take_back

PRODUCERS = rows(
    "producers",
    {"producer_code": "P01", "name": "Dana Marsh", "aliases": "Dee;DM2"},
    {"producer_code": "P02", "name": "Lee, Sam"},
)
CALL = {"occurred_at": "2026-03-03T10:00:00", "producer": "P01", "kind": "call"}
TERM = {
    "policy_number": "N1",
    "client": "Acme, LLC",
    "producer": "P01",
    "line": "BOP",
    "transaction": "new",
    "bound_on": "2026-03-04",
    "effective_on": "2026-03-04",
    "annual_premium": 100_001,
}


def test_same_rows_again_change_nothing(book: Book) -> None:
    batches = [PRODUCERS, rows("activities", CALL, CALL), rows("policies", TERM)]
    take(book, *batches)
    before = contents(book)
    again = take(book, *batches)
    assert again.counts == [(0, 0, 2), (0, 0, 2), (0, 0, 1)]
    after = contents(book)
    del before["sighting"], after["sighting"]
    assert after == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    numbers=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 2)), min_size=1, max_size=12),
    size=st.integers(1, 4),
)
def test_in_how_many_batches_a_longer_file_comes_is_all_one(
    book: Book, numbers: list[tuple[int, int]], size: int
) -> None:
    calls = [{**CALL, "activity_id": f"A{number}", "minutes": float(minutes)} for number, minutes in numbers]
    earlier = take(book, PRODUCERS, rows("activities", *({**CALL, "activity_id": f"A{at}"} for at in range(1, 6))))
    whole = [rows("activities", *calls)]
    parts = [rows("activities", *calls[at : at + size], line=at + 2) for at in range(0, len(calls), size)]
    found = []
    for batches in (whole, parts):
        taken = take(book, batches)
        kept = sorted(book.connection.execute("SELECT key, minutes FROM activity"))
        seen = sorted(book.connection.execute("SELECT a.key FROM sighting s JOIN activity a ON a.id = s.row_id"))
        found.append((sum(taken.counts[0]), kept, seen, rollups.differences(book)))
        take_back(book, taken.run)
    take_back(book, earlier.run)
    assert found[0] == found[1]
    assert found[0][3] == []


def test_equal_rows_without_id_count_as_many_times_as_the_fuller_file_has_them(book: Book) -> None:
    take(book, PRODUCERS, rows("activities", CALL, CALL))
    assert take(book, rows("activities", CALL)).counts == [(0, 0, 1)]
    assert take(book, rows("activities", CALL, CALL, CALL)).counts == [(1, 0, 2)]
    assert len(column(book, "activity", "id")) == 3


@pytest.mark.parametrize(
    "spelling",
    ["van Houten, Hal", "Houten, Hal van", "HAL VAN HOUTEN", "Smith, Jo Ann", "Lee Ortega, Sam", "Sam Lee Ortega"],
)
def test_last_first_is_found_wherever_the_family_name_starts(book: Book, spelling: str) -> None:
    people = rows(
        "producers",
        {"producer_code": "P05", "name": "Hal van Houten"},
        {"producer_code": "P06", "name": "Jo Ann Smith"},
        {"producer_code": "P07", "name": "Lee Ortega, Sam"},
    )
    take(book, people, rows("activities", {**CALL, "producer": spelling}))
    found = book.connection.execute("SELECT a.producer FROM activity JOIN alias a ON a.id=activity.producer").fetchall()
    assert found[0][0] is not None


def test_a_changed_field_is_journalled_with_its_file_and_line(book: Book) -> None:
    take(book, PRODUCERS, rows("policies", TERM))
    taken = take(book, rows("policies", {**TERM, "annual_premium": 200_000}, line=7))
    assert taken.counts == [(0, 1, 0)]
    change = book.connection.execute('SELECT "column", before, after, "line" FROM change').fetchall()
    assert change == [("annual_premium", "100001", "200000", 7)]


def test_a_record_stated_twice_is_inserted_once(book: Book) -> None:
    other = {**TERM, "policy_number": "N2"}
    batch = rows("policies", TERM, TERM, other, {**TERM, "annual_premium": 300_000})
    assert take(book, batch).counts == [(2, 1, 1)]
    assert column(book, "policy", "annual_premium") == [100_001, 300_000]
    assert take(book, batch).counts == [(0, 0, 4)]
    assert take(book, rows("policies", {**TERM, "annual_premium": 5}, TERM)).counts == [(0, 2, 0)]


def test_an_empty_cell_says_nothing_unless_its_column_speaks(book: Book) -> None:
    take(book, rows("policies", {**TERM, "carrier": "Harbor Mutual", "ended_on": "2026-06-01"}))
    assert take(book, rows("policies", TERM)).counts == [(0, 1, 0)]
    assert column(book, "policy", "carrier") == ["Harbor Mutual"]
    assert column(book, "policy", "ended_on") == [None]


def test_the_same_producer_under_another_name_is_no_change(book: Book) -> None:
    take(book, PRODUCERS, rows("policies", TERM))
    assert take(book, rows("policies", {**TERM, "producer": "Marsh, Dana"})).counts == [(0, 0, 1)]


def test_leave_and_pay_are_one_record_however_the_producer_is_spelled(book: Book) -> None:
    leave = {"kind": "leave", "from": "2026-03-09", "to": "2026-03-10"}
    raise_ = {"effective_from": "2026-01-01", "salary": 5_000_000}
    take(
        book,
        PRODUCERS,
        rows("pay", {**raise_, "producer_code": "P01"}),
        rows("availability", {**leave, "producer": "P01"}),
    )
    again = take(
        book,
        rows("pay", {**raise_, "producer_code": "Dana Marsh"}),
        rows("availability", {**leave, "producer": "Marsh, Dana"}),
    )
    assert again.counts == [(0, 0, 1), (0, 0, 1)]


def test_a_typed_value_survives_and_is_listed(book: Book) -> None:
    take(book, rows("policies", TERM))
    with book.transaction():
        action = journal.open_action(book, AUTHOR, "correct", "Correct premium")
        edits.edit_row(book, action, "policy", "N1|2026-03-04", {"annual_premium": 5}, AUTHOR.at)
    taken = take(book, rows("policies", TERM))
    assert column(book, "policy", "annual_premium") == [5]
    assert [(one.column, one.typed, one.stated) for one in taken.intake.kept] == [("annual_premium", 5, 100_001)]


@pytest.mark.parametrize("name", ["P01", "p01", "Dana Marsh", "MARSH, DANA", "dee", "DM2", "dm"])
def test_names_that_mean_a_producer(book: Book, name: str) -> None:
    taken = take(book, PRODUCERS, rows("activities", {**CALL, "producer": name}))
    assert taken.intake.aliases.unknown() == []


def test_a_name_nobody_knows_is_kept_and_settles_when_its_producer_arrives(book: Book) -> None:
    taken = take(book, PRODUCERS, rows("activities", {**CALL, "producer": "Jo Ruiz"}))
    assert [(one.name, one.rows) for one in taken.intake.aliases.unknown()] == [("Jo Ruiz", 1)]
    assert column(book, "day_cell", "calls_made") == [1]
    take(book, rows("producers", {"producer_code": "P03", "name": "Ruiz, Jo"}))
    assert rollups.differences(book) == []
    (who,) = book.connection.execute(
        "SELECT p.producer_code FROM day_cell d JOIN alias a ON a.id=d.alias JOIN producer p ON p.id=a.producer"
    ).fetchone()
    assert who == "P03"


def test_initials_of_two_people_mean_nobody(book: Book) -> None:
    both = rows("producers", {"producer_code": "1", "name": "Al Boyd"}, {"producer_code": "2", "name": "Ann Berg"})
    taken = take(book, both, rows("activities", {**CALL, "producer": "AB"}))
    assert [one.name for one in taken.intake.aliases.unknown()] == ["AB"]


def test_clients_meet_by_id_then_by_name_and_zip(book: Book) -> None:
    terms = rows(
        "policies",
        {**TERM, "zip": "02134"},
        {**TERM, "policy_number": "N2", "client": "ACME LLC"},
        {**TERM, "policy_number": "N3", "client": "acme llc", "zip": "10001"},
        {**TERM, "policy_number": "N4", "client_id": "C9", "zip": "02134"},
        {**TERM, "policy_number": "N5", "client_id": "C8", "zip": "02134"},
    )
    take(book, terms)
    assert column(book, "policy", "client_ref") == [1, 1, 2, 1, 3]
    assert column(book, "client", "client_id") == ["C9", None, "C8"]


def test_a_client_row_takes_over_the_client_that_a_policy_named(book: Book) -> None:
    take(book, rows("policies", {**TERM, "zip": "02134"}))
    taken = take(
        book, rows("clients", {"client_id": "C1", "name": "Acme LLC", "zip": "02134", "phone": "+15555550100"})
    )
    assert taken.counts == [(0, 1, 0)]
    assert column(book, "client", "phone") == ["+15555550100"]


def test_a_call_finds_its_lead_by_number_an_open_one_first(book: Book) -> None:
    number = "+15555550123"
    leads = rows(
        "leads",
        {"lead_id": "OPEN", "received_at": "2026-01-05T09:00:00", "phone": number},
        {"lead_id": "LOST", "received_at": "2026-02-05T09:00:00", "phone": number, "stage": "lost"},
    )
    take(book, rows("activities", {**CALL, "phone": number}, {**CALL, "phone": "+15555550199"}))
    taken = take(book, leads)
    assert column(book, "activity", "lead_id") == ["OPEN", None]
    take_back(book, taken.run)
    assert column(book, "activity", "lead_id") == [None, None]


_EVENTS = st.lists(
    st.builds(
        lambda day, producer, kind, own, count: {
            "occurred_at": f"2026-03-{day:02d}",
            "producer": producer,
            "kind": kind,
            "activity_id": own,
            "count": count,
        },
        st.integers(1, 5),
        st.sampled_from(["P01", "P02", "Marsh, Dana", "Nobody Known"]),
        st.sampled_from(["call", "email", "meeting_held"]),
        st.sampled_from([None, "A1", "A2", "A3"]),
        st.sampled_from([None, 1, 4]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(_EVENTS, min_size=1, max_size=3))
def test_any_files_in_any_order_undone_leave_nothing(book: Book, files: list[list[dict[str, object]]]) -> None:
    before = contents(book)
    runs = [take(book, PRODUCERS).run]
    for events in files:
        first = take(book, rows("activities", *events))
        assert take(book, rows("activities", *events)).counts[0][0] == 0
        runs += [first.run, first.run + 1]
        assert rollups.differences(book) == []
    for run in reversed(runs):
        take_back(book, run)
        assert rollups.differences(book) == []
    assert contents(book) == before


def test_a_file_may_change_some_columns_of_known_records_alone(book: Book) -> None:
    ended = {**TERM, "ended_on": "2026-02-20", "end_reason": "sold the car"}
    take(book, PRODUCERS, rows("policies", ended))
    statement = {**TERM, "client": "MARLOW T", "bound_on": "2026-03-05", "commission": 4321, "ended_on": None}
    fresh = {**statement, "policy_number": "S-1"}
    assert take(book, rows("policies", statement, fresh), only=frozenset({"commission", "ended_on"})).counts == [
        (1, 1, 0)
    ]
    found = book.connection.execute(
        "SELECT client, bound_on, commission, ended_on FROM policy ORDER BY policy_number='S-1'"
    ).fetchall()
    assert found == [(TERM["client"], TERM["bound_on"], 4321, "2026-02-20"), ("MARLOW T", "2026-03-05", 4321, None)]
    assert take(book, rows("policies", {**TERM, "client": "New Name"})).counts == [(0, 1, 0)]
