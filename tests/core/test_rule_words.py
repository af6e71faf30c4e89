"""Rules as sentences (golden file of forty) and which earlier rule hides one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from desktop.core import rules
from desktop.core.rule_words import sentence, shadow_of
from desktop.core.rules import Rule

GOLDEN = Path(__file__).parents[1] / "golden" / "rule-sentences.txt"
NAMES = {"P01": "Ann Alder", "P02": "Bob Birch", "P03": "Cy Cedar"}


def test(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


test.__test__ = False  # type: ignore[attr-defined]
ANN, POOL = {"producer": "P01"}, {"pool": ["P01", "P02", "P03"], "model": "round_robin"}
WEIGHTED, TERRITORY, LEAST = {"model": "weighted"}, {"model": "territory"}, {"model": "least_loaded"}
BOP, NY = test("line", "is", "BOP"), test("state", "is", "NY")

CASES: list[tuple[dict[str, Any] | None, dict[str, Any]]] = [
    (None, WEIGHTED), (None, TERRITORY), (None, LEAST), (None, {"model": "round_robin"}), (None, ANN), (None, POOL),
    ({"all": [BOP]}, ANN), ({"all": [test("line", "in", ["BOP", "Workers Comp", "Commercial Auto"])]}, POOL),
    ({"all": [test("line", "starts", "Commercial")]}, ANN), ({"all": [test("source", "is", "Referral")]}, ANN),
    ({"all": [test("source", "in", ["Web", "Google Ads"])]}, WEIGHTED),
    ({"all": [test("source", "starts", "Goo")]}, LEAST),
    ({"all": [NY]}, TERRITORY), ({"all": [test("state", "in", ["NY", "NJ"])]}, POOL),
    ({"all": [test("zip", "is", "10001")]}, ANN), ({"all": [test("zip", "is", "10001-10099")]}, ANN),
    ({"all": [test("zip", "in", ["100*", "K1A"])]}, ANN), ({"all": [test("zip", "between", ["10001", "10099"])]}, ANN),
    ({"all": [test("zip", "starts", "100")]}, ANN), ({"all": [test("premium", "is", 5000)]}, ANN),
    ({"all": [test("premium", "between", [5000, None])]}, ANN),
    ({"all": [test("premium", "between", [None, 999.5])]}, POOL),
    ({"all": [test("premium", "between", [1000, 2500])]}, ANN), ({"all": [test("expires_within_days", "is", 30)]}, ANN),
    ({"all": [test("expires_within_days", "between", [10, 45])]}, ANN),
    ({"all": [test("expires_within_days", "between", [None, 45])]}, ANN),
    ({"all": [test("expires_within_days", "between", [60, None])]}, POOL),
    ({"all": [test("expires_within_days", "in", [30, 60])]}, ANN),
    ({"all": [test("name_initial", "between", ["A", "L"])]}, ANN), ({"all": [test("name_initial", "is", "M")]}, ANN),
    ({"all": [test("name_initial", "in", ["X", "Y", "Z"])]}, ANN), ({"all": [test("weekday", "in", [6, 7])]}, POOL),
    ({"all": [test("weekday", "between", [1, 5])]}, WEIGHTED), ({"all": [test("hour", "between", [18, 8])]}, ANN),
    ({"all": [test("hour", "is", 12)]}, ANN), ({"all": [BOP, NY]}, ANN), ({"any": [BOP, NY]}, ANN),
    ({"all": [NY, {"any": [BOP, test("premium", "between", [5000, None])]}]}, POOL),
    ({"any": [{"all": [NY, BOP]}, {"all": [test("state", "is", "NJ"), test("line", "is", "Life")]}]}, ANN),
    ({"all": [NY, {"all": [BOP, test("weekday", "is", 1)]}]}, LEAST),
]  # fmt: skip


def made(when: dict[str, Any] | None, then: dict[str, Any], rule_id: str = "r", enabled: bool = True) -> Rule:
    return rules.read([{"id": rule_id, "name": rule_id, "enabled": enabled, "when": when, "then": then}])[0]


def test_forty_rules_read_as_they_did() -> None:
    found = "".join(f"{sentence(made(when, then), NAMES)}\n" for when, then in CASES)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert len(CASES) == 40
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_a_rule_that_is_off_says_so() -> None:
    assert sentence(made({"all": [NY]}, ANN, enabled=False)) == "Switched off: When the state is NY, it goes to P01."


def test_a_rule_is_hidden_by_an_earlier_one_that_asks_for_less() -> None:
    wide, narrow = made({"all": [NY]}, ANN, "wide"), made({"all": [NY, BOP]}, ANN, "narrow")
    assert shadow_of(narrow, [wide]) == "wide"
    assert shadow_of(wide, [narrow]) is None
    assert shadow_of(narrow, [made({"all": [NY]}, ANN, "off", enabled=False)]) is None
    assert shadow_of(narrow, [made({"any": [NY, BOP]}, ANN, "either")]) is None
    assert shadow_of(narrow, [made(None, WEIGHTED, "all")]) == "all"
    assert shadow_of(made({"any": [NY, BOP]}, ANN), [wide]) is None
