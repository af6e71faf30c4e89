"""Conditions, their order and their JSON shape."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.core import rules
from desktop.core.intake import Lead
from desktop.errors import UserError

AT = datetime(2026, 3, 9, 14, 5)  # a Monday
LEAD = Lead(
    "L",
    "Ann",
    "Zeller",
    "The Law Offices of Moore",
    zip="10050",
    state="NY",
    lines=("BOP", "Workers Comp"),
    source="Referral",
    estimated_premium=500_000,
    expires_on=date(2026, 4, 8),
    received_at=AT,
)


@pytest.mark.parametrize(
    ("field", "op", "value", "holds"),
    [
        ("line", "is", "bop", True),
        ("line", "is", "Life", False),
        ("line", "in", ["Life", "Workers Comp"], True),
        ("line", "starts", "work", True),
        ("source", "is", "referral", True),
        ("source", "in", ["Web"], False),
        ("state", "in", ["ny", "NJ"], True),
        ("state", "is", "NJ", False),
        ("zip", "is", "10050", True),
        ("zip", "is", "100*", True),
        ("zip", "is", "10001-10049", False),
        ("zip", "in", ["2134", "10001-10099"], True),
        ("zip", "between", ["10001", "10050"], True),
        ("zip", "between", ["10051", "10060"], False),
        ("zip", "starts", "1005", True),
        ("premium", "is", 5000, True),
        ("premium", "between", [5000, None], True),
        ("premium", "between", [5000.01, None], False),
        ("premium", "between", [None, 4999.99], False),
        ("expires_within_days", "is", 30, True),
        ("expires_within_days", "is", 29, False),
        ("expires_within_days", "between", [10, 30], True),
        ("name_initial", "is", "m", True),
        ("name_initial", "between", ["A", "L"], False),
        ("name_initial", "between", ["M", "Z"], True),
        ("name_initial", "in", ["L", "Z"], False),
        ("weekday", "is", 1, True),
        ("weekday", "between", [2, 5], False),
        ("weekday", "between", [6, 1], True),
        ("hour", "between", [8, 14], True),
        ("hour", "between", [18, 8], False),
        ("hour", "in", [13, 15], False),
    ],
)
def test_conditions(field: str, op: str, value: object, holds: bool) -> None:
    data = {"id": "1", "when": {"all": [{"field": field, "op": op, "value": value}]}, "then": {"producer": "P1"}}
    read = rules.read([data])
    assert (rules.first_match(LEAD, read) is not None) is holds
    assert rules.read(rules.write(read)) == read


NY = {"field": "state", "op": "is", "value": "NY"}
LIFE = {"field": "line", "op": "is", "value": "Life"}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({"all": [NY, LIFE]}, False),
        ({"any": [NY, LIFE]}, True),
        ({"all": [{"any": [NY, LIFE]}, NY]}, True),
        ({"all": [{"any": [LIFE]}, NY]}, False),
        ({"any": [{"all": [NY, LIFE]}, {"all": [NY]}]}, True),
        ({"all": []}, True),
        ({"any": []}, False),
    ],
)
def test_groups(when: object, holds: bool) -> None:
    read = rules.read([{"id": "1", "when": when, "then": {"model": "weighted"}}])
    assert (rules.first_match(LEAD, read) is not None) is holds


def test_the_first_enabled_match_wins() -> None:
    data = [
        {"id": "off", "enabled": False, "then": {"producer": "P0"}},
        {"id": "life", "when": {"all": [LIFE]}, "then": {"producer": "P1"}},
        {"id": "ny", "when": {"all": [NY]}, "then": {"pool": ["P2", "P3"], "model": "round_robin"}},
        {"id": "default", "then": {"model": "weighted"}},
    ]
    found = rules.first_match(LEAD, rules.read(data))
    assert found and (found.id, found.then) == ("ny", rules.Action(pool=("P2", "P3"), model="round_robin"))
    assert rules.first_match(LEAD, rules.read(data[:2])) is None


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("The Bakery", "B"),
        ("Law offices of Stone", "S"),
        ("The Law Office of J. Stone", "J"),
        ("Theodore's", "T"),
        ("Estate of Moore", "M"),
        ("A Plus Roofing", "P"),
        ("Árbol", "A"),
        ("3M", "3"),
        ("'Zoe'", "Z"),
        ("The", "T"),
        ("", ""),
    ],
)
def test_name_initial(name: str, initial: str) -> None:
    assert rules.name_initial(name) == initial


def test_a_household_goes_by_its_last_name() -> None:
    data = {
        "id": "1",
        "when": {"all": [{"field": "name_initial", "op": "is", "value": "Z"}]},
        "then": {"producer": "P"},
    }
    assert rules.first_match(Lead("L", "Ann", "Zeller"), rules.read([data])) is not None


@pytest.mark.parametrize(
    ("when", "then"),
    [
        ({"all": [{"field": "age", "op": "is", "value": 1}]}, {"producer": "P"}),
        ({"all": [{"field": "state", "op": "like", "value": "N"}]}, {"producer": "P"}),
        ({"all": [{"field": "state", "op": "in", "value": "NY"}]}, {"producer": "P"}),
        ({"all": [{"field": "hour", "op": "between", "value": [1]}]}, {"producer": "P"}),
        ({"all": [{"field": "hour", "op": "is", "value": "noon"}]}, {"producer": "P"}),
        ({"all": [{"field": "hour", "op": "starts", "value": 1}]}, {"producer": "P"}),
        ({"all": [{"field": "zip", "op": "is", "value": "1O001"}]}, {"producer": "P"}),
        ({"all": [], "any": []}, {"producer": "P"}),
        ({"none": []}, {"producer": "P"}),
        (None, {}),
        (None, {"model": "best"}),
        (None, {"pool": ["P"]}),
        (None, {"producer": "P", "model": "weighted"}),
    ],
)
def test_what_is_no_rule_is_refused(when: object, then: object) -> None:
    with pytest.raises(UserError):
        rules.read([{"id": "1", "name": "One", "when": when, "then": then}])


def test_rules_are_read_from_the_list_or_from_the_whole_export() -> None:
    listed = [{"id": "r", "name": "R", "enabled": True, "then": {"producer": "A"}}]
    assert rules.read({"rules": listed}) == rules.read(listed)
    for wrong in ({}, "rules", None, ["rules"]):
        with pytest.raises(UserError):
            rules.read(wrong)
