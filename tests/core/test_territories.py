"""Which rule wins a ZIP, and what is odd about a map."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core import territories
from desktop.core.maplint import Conflict, Gap, Nested
from desktop.core.territories import Rule
from desktop.errors import UserError

DAY = date(2026, 3, 9)


def compiled(*rules: Rule) -> territories.TerritoryMap:
    return territories.compile(rules, DAY)


def winner(zip5: str, *rules: Rule) -> int | None:
    found = compiled(*rules).lookup(zip5)
    return found.id if found else None


WIDE = Rule(1, "Wide", "10000", "10999")
PREFIX = Rule(2, "Prefix", "100*")
SINGLE = Rule(3, "Single", "10050")


@pytest.mark.parametrize(
    ("zip5", "rule"),
    [("10000", 2), ("10050", 3), ("10051", 2), ("10099", 2),
     ("10100", 1), ("10999", 1), ("11000", None), ("09999", None)],
)  # fmt: skip
def test_the_narrowest_wins(zip5: str, rule: int | None) -> None:
    assert winner(zip5, WIDE, PREFIX, SINGLE) == rule


def test_priority_beats_width() -> None:
    assert winner("10050", Rule(1, "Wide", "1*", priority=1), SINGLE) == 1


def test_the_lower_id_wins_between_equals() -> None:
    assert winner("10050", Rule(9, "B", "10050"), Rule(4, "A", "10050")) == 4


@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        (None, None, 1),
        (DAY, DAY, 1),
        (date(2026, 3, 10), None, None),
        (None, date(2026, 3, 8), None),
        (date(2026, 3, 1), None, 1),
    ],
)
def test_rules_hold_on_their_days(first: date | None, last: date | None, rule: int | None) -> None:
    assert winner("10001", Rule(1, "A", "10001", valid_from=first, valid_to=last)) == rule


@pytest.mark.parametrize(
    ("text", "spans", "width"),
    [
        ("10001", ((10001, 10001),), 1),
        ("501", ((501, 501),), 1),
        ("10001-10099", ((10001, 10099),), 99),
        ("100*", ((10000, 10099),), 100),
        ("0*", ((0, 9999),), 10_000),
        ("*", ((0, 99_999),), 100_000),
        ("K1A", (), 1),
        ("K1*", (), 20),
        ("K*", (), 200),
    ],
)
def test_what_a_rule_covers(text: str, spans: tuple[tuple[int, int], ...], width: int) -> None:
    area = territories.area_of(Rule(1, "A", text))
    assert (area.spans, area.width) == (spans, width)


@pytest.mark.parametrize(
    ("first", "last"),
    [("10099", "10001"), ("1O*", None), ("D*", None), ("K1A", "K1B"), ("abc", None), ("123456*", None)],
)
def test_unreadable_rules_are_refused(first: str, last: str | None) -> None:
    with pytest.raises(UserError):
        compiled(Rule(1, "A", first, last))


def test_two_rules_of_one_number_are_refused() -> None:
    with pytest.raises(UserError):
        compiled(SINGLE, SINGLE)


def test_canadian_prefixes() -> None:
    rules = Rule(1, "K", "K*"), Rule(2, "Ottawa", "K1A"), Rule(3, "K1", "K1*", priority=1)
    assert winner("K1A", *rules) == 3
    assert winner("K1A", *rules[:2]) == 2
    assert winner("K2B", *rules) == 1
    assert winner("M5V", *rules) is None


def test_a_county_is_a_list_of_zips() -> None:
    county = Rule(1, "County", "Kings", zips=("11201", "11202", "11204"))
    assert [winner(one, county) for one in ("11201", "11203", "11204")] == [1, None, 1]
    assert territories.area_of(county).width == 3


def test_conflicts_are_equals_of_different_territories() -> None:
    found = compiled(Rule(1, "A", "10001", "10010"), Rule(2, "B", "10006", "10015")).conflicts()
    assert found == (Conflict("10006-10010", (1, 2)),)
    assert compiled(Rule(1, "A", "10001"), Rule(2, "B", "10001")).conflicts() == (Conflict("10001", (1, 2)),)
    assert compiled(Rule(1, "A", "K1A"), Rule(2, "B", "K1A")).conflicts() == (Conflict("K1A*", (1, 2)),)


@pytest.mark.parametrize(
    "other",
    [
        Rule(2, "A", "10006", "10015"),  # the same territory
        Rule(2, "B", "10006", "10016"),  # wider
        Rule(2, "B", "10006", "10015", priority=1),
        Rule(2, "B", "10011", "10020"),  # beside it
        Rule(2, "B", "10006", "10015", valid_to=date(2026, 1, 1)),
    ],
)
def test_no_conflict(other: Rule) -> None:
    assert compiled(Rule(1, "A", "10001", "10010"), other).conflicts() == ()


def test_nested_names_every_pair() -> None:
    assert compiled(WIDE, PREFIX, SINGLE).nested() == (Nested(2, 1), Nested(3, 1), Nested(3, 2))
    assert compiled(Rule(1, "A", "10001", "10010"), Rule(2, "B", "10005", "10020")).nested() == ()


def test_nested_in_a_county() -> None:
    county = Rule(2, "County", "", zips=("10001", "10002", "10005"))
    assert compiled(Rule(1, "A", "10001"), county).nested() == (Nested(1, 2),)
    assert compiled(Rule(1, "A", "10001", "10002"), county).nested() == (Nested(1, 2),)
    assert compiled(Rule(1, "", "", zips=("10002", "10005")), county).nested() == (Nested(1, 2),)
    assert compiled(Rule(1, "", "", zips=("10002", "10006")), county).nested() == ()


def test_dead_rules_win_nothing() -> None:
    assert compiled(Rule(1, "A", "10001", "10002"), Rule(2, "B", "10001"), Rule(3, "B", "10002")).dead() == (1,)
    assert compiled(SINGLE, Rule(4, "Same", "10050")).dead() == (4,)
    assert compiled(Rule(1, "K", "K*", priority=1), Rule(2, "O", "K1A")).dead() == (2,)
    assert compiled(WIDE, PREFIX, SINGLE).dead() == ()


def test_gaps_lie_between_a_territorys_ends_in_one_area() -> None:
    found = compiled(Rule(1, "A", "10001", "10003"), Rule(2, "A", "10007"), Rule(3, "A", "10105")).lint().gaps
    assert found == (Gap("10004", "10006", 0, 0),)


def test_gaps_are_existing_zips_only() -> None:
    found = compiled(Rule(1, "A", "10001"), Rule(2, "A", "10009")).lint(known={"10001", "10003", "10005", "10009"}).gaps
    assert found == (Gap("10003", "10005", 0, 0),)


def test_gaps_where_leads_and_clients_are() -> None:
    found = compiled(Rule(1, "A", "10001")).lint(leads=["20002", "20002", "10001", "K1A"], clients=["20003"]).gaps
    assert found == (Gap("20002", "20003", 2, 1),)


def test_an_edit_may_add_move_and_remove() -> None:
    before = compiled(WIDE, PREFIX)
    added = before.edited(SINGLE)
    assert added.cells == compiled(WIDE, PREFIX, SINGLE).cells
    moved = added.edited(Rule(3, "Single", "10051"))
    assert moved.lookup("10050") == PREFIX and moved.lookup("10051") == Rule(3, "Single", "10051")
    assert moved.edited(None, replaces=3).cells == before.cells
    assert before.lookup("10050") == PREFIX


@st.composite
def _rules(draw: st.DrawFn, number: int) -> Rule:
    first = draw(st.integers(10_000, 10_060))
    last = first + draw(st.integers(0, 40))
    return Rule(number, draw(st.sampled_from("ABC")), f"{first}", f"{last}", priority=draw(st.integers(0, 1)))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_an_edit_equals_a_new_compilation(data: st.DataObject) -> None:
    table = [data.draw(_rules(number)) for number in range(1, 7)]
    changed = data.draw(_rules(data.draw(st.integers(1, 7))))
    after = [one for one in table if one.id != changed.id] + [changed]
    fresh = territories.compile(after, DAY)
    edited = territories.compile(table, DAY).edited(changed)
    assert edited.cells == fresh.cells and edited.lint() == fresh.lint()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_lookup_is_the_naive_choice(data: st.DataObject) -> None:
    table = [data.draw(_rules(number)) for number in range(1, 7)]
    made = territories.compile(table, DAY)
    for at in range(9_995, 10_105):
        covering = [one for one in table if int(one.zip_from) <= at <= int(one.zip_to or 0)]
        best = min(
            covering, key=lambda one: (-one.priority, int(one.zip_to or 0) - int(one.zip_from), one.id), default=None
        )
        assert made.lookup(f"{at:05d}") == best


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_narrower_rule_changes_only_its_own_zips(data: st.DataObject) -> None:
    table = [data.draw(_rules(number)) for number in range(1, 7)]
    before = territories.compile(table, DAY)
    zip5 = f"{data.draw(st.integers(10_000, 10_100))}"
    after = before.edited(Rule(7, "New", zip5, priority=2))
    assert [at for at in range(100_000) if before.cells[at] != after.cells[at]] == [int(zip5)]
    assert after.lookup(zip5) == Rule(7, "New", zip5, priority=2)


def test_a_whole_code_is_looked_up_by_what_routes() -> None:
    made = territories.compile([Rule(1, "A", "100*"), Rule(2, "B", "K1A")], date(2026, 3, 9))
    found = [made.lookup(code) for code in ("10001-1234", "K1A 0B1", "abc", "")]
    assert [one and one.territory for one in found] == ["A", "B", None, None]
