"""Suggestions about unknown files: often none, never a wrong one that is taken over without asking."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.templates import TEMPLATES
from desktop.importers import guessing
from desktop.importers.guessing import CONFIDENT, FileColumn, columns_of, confident, suggest, suggest_table
from desktop.importers.layouts import MAPPABLE
from desktop.importers.mapping import heading_key
from desktop.importers.vocabulary import WORDS
from tests.importers.odd_files import ODD_FILES, PEOPLE, OddFile

by_name = pytest.mark.parametrize("file", ODD_FILES, ids=lambda file: file.name)


def columns(file: OddFile, seed: int = 1, order: list[int] | None = None) -> tuple[FileColumn, ...]:
    places = order if order is not None else list(range(len(file.columns)))
    headings = [file.headings[at] for at in places]
    return columns_of(headings, file.rows(60, random.Random(seed), places))


def test_the_bank_is_large() -> None:
    assert len({heading for file in ODD_FILES for heading in file.headings}) >= 90


@by_name
def test_nothing_wrong_is_taken_over(file: OddFile) -> None:
    for people in ((), PEOPLE):
        found = columns(file)
        sure = confident(suggest(file.table, found, people))
        wrong = {name: found[at].heading for name, at in sure.items() if file.truth[found[at].heading] != name}
        assert wrong == {}


@by_name
def test_most_of_what_is_there_is_found(file: OddFile) -> None:
    sure = confident(suggest(file.table, columns(file), PEOPLE))
    wanted = {ours for ours in file.truth.values() if ours}
    assert len(wanted & sure.keys()) >= 0.75 * len(wanted), wanted - sure.keys()


@by_name
def test_the_table_is_suggested_or_asked(file: OddFile) -> None:
    assert suggest_table(columns(file), file.name + ".csv", PEOPLE) == file.table


@given(data=st.data())
def test_order_and_missing_columns_do_not_make_a_wrong_guess(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(ODD_FILES))
    order = data.draw(st.permutations(range(len(file.columns))))
    kept = list(order[: data.draw(st.integers(1, len(order)))])
    found = columns(file, data.draw(st.integers(0, 50)), kept)
    sure = confident(suggest(file.table, found, PEOPLE))
    for name, at in sure.items():
        assert file.truth[found[at].heading] == name


@given(data=st.data())
def test_a_file_column_serves_one_of_ours_and_every_confidence_is_one(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(ODD_FILES))
    table = data.draw(st.sampled_from(MAPPABLE))
    found = suggest(table, columns(file), PEOPLE)
    places = [guess.at for guess in found.values()]
    assert len(places) == len(set(places))
    assert all(0 < guess.confidence <= 1 and guess.column in TEMPLATES[table].names for guess in found.values())


def test_no_word_of_the_vocabulary_means_two_columns_of_a_table() -> None:
    for table, listed in WORDS.items():
        keys = [(heading_key(word), name) for name, spelled in listed.items() for word in dict.fromkeys(spelled)]
        meant: dict[str, set[str]] = {}
        for key, name in keys:
            meant.setdefault(key, set()).add(name)
        assert {key: names for key, names in meant.items() if len(names) > 1} == {}
        assert set(listed) <= set(TEMPLATES[table].names)


def test_a_right_name_over_wrong_values_is_not_taken() -> None:
    named = FileColumn("Effective Date", ("yes", "no", "yes"))
    assert "effective_on" not in confident(suggest("policies", [named]))
    assert "effective_on" in confident(suggest("policies", [FileColumn("Effective Date", ("3/7/2026", "3/8/2026"))]))
    ids = FileColumn("Lead ID", ("7", "7", "7", "8"))
    assert "lead_id" not in confident(suggest("leads", [ids]))


def test_two_columns_of_one_meaning_are_a_question() -> None:
    mobile, home = FileColumn("Cell Phone", ("(212) 555-0101",)), FileColumn("Mobile Phone", ("(212) 555-0102",))
    assert "phone" not in confident(suggest("leads", [mobile, home]))
    assert confident(suggest("leads", [mobile])) == {"phone": 0}


def test_addresses_states_and_known_people_speak_for_themselves() -> None:
    found = [
        FileColumn("Reach them at", ("a@example.com", "b@example.com", "c@example.com")),
        FileColumn("Where", ("NY", "NJ", "CT", "PA")),
        FileColumn("Who", PEOPLE),
    ]
    assert confident(suggest("leads", found, PEOPLE)) == {"email": 0, "state": 1, "producer": 2}
    assert "producer" not in confident(suggest("leads", found))


def test_somebody_elses_address_is_only_a_hint() -> None:
    found = suggest("leads", [FileColumn("Manager contact", ("a@example.com", "b@example.com", "c@example.com"))])
    assert found["email"].confidence < CONFIDENT


def test_clients_are_a_further_table_where_policies_say_how_to_reach_them() -> None:
    policy = [FileColumn("Client ID", ("C1", "C2")), FileColumn("Client", ("Nettie Prior", "Orrin Sable"))]
    mail = FileColumn("Email", ("a@example.com", "b@example.com"))
    assert guessing.further_tables("policies", [*policy, mail]) == ("clients",)
    assert guessing.further_tables("policies", policy) == ()


def test_a_file_that_says_nothing_has_no_table() -> None:
    assert suggest_table([FileColumn("A", ("1", "2")), FileColumn("B", ("x", "y"))], "export.csv") is None
