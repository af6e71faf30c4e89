"""The history of rules and territories: versions in words, any of which can be put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.core.rules import Action, Condition, Group, Rule
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import edits, previews, routing, rule_history, rules, simulating, territories, territory_grid
from desktop.services.rule_history import BEGINNING, RULES, TERRITORIES, Altered
from tests.services.small_agency import Agency, open_book

WHO = Author("Pat", "2026-03-10T10:00:00")
TODAY = date(2026, 3, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as book:
        made = Agency()
        made.producer("P01", "Ann Alder")
        made.producer("P02", "Bob Birch")
        made.store(book)
        yield book


def state_rule(name: str, state: str, producer: str) -> Rule:
    return Rule(name, name.title(), Action(producer=producer), Group(True, (Condition("state", "is", state),)))


def test_a_book_without_changes_has_no_history(desk: Book) -> None:
    assert rule_history.history(desk, RULES) == []
    with pytest.raises(UserError, match="not there"):
        rule_history.restore(desk, RULES, BEGINNING, WHO)


def test_every_change_of_a_rule_is_told_with_who_when_from_and_to(desk: Book) -> None:
    one, two = state_rule("texas", "TX", "P01"), state_rule("maine", "ME", "P02")
    rules.replace_all(desk, [one, two], WHO)
    rules.put(desk, replace(one, then=Action(producer="P02")), Author("Quinn", "2026-03-11T09:00:00"))
    rules.move(desk, "maine", 0, WHO)
    rules.remove(desk, "texas", WHO)
    versions = rule_history.history(desk, RULES)
    assert [version.label for version in versions] == [
        "Delete rule Texas", "Move rule Maine", "Change rule Texas", "Change routing rules", "",
    ]  # fmt: skip
    assert [version.current for version in versions] == [True, False, False, False, False]
    assert (versions[2].who, f"{versions[2].at:%m/%d %H:%M}") == ("Quinn", "03/11 09:00")
    assert versions[2].altered == (
        Altered("Texas", "When the state is TX, it goes to Ann Alder.", "When the state is TX, it goes to Bob Birch."),
    )
    assert versions[1].altered[0].what in {"Maine", "Texas"} and versions[1].altered[0].before.startswith("place ")
    assert versions[0].altered == (Altered("Texas", "When the state is TX, it goes to Bob Birch.", ""),)
    assert versions[-1].action == BEGINNING


def test_any_version_of_the_rules_can_be_put_back_and_that_be_undone(desk: Book) -> None:
    one, two = state_rule("texas", "TX", "P01"), state_rule("maine", "ME", "P02")
    rules.replace_all(desk, [one, two], WHO)
    first = rules.rules(desk)
    rules.remove(desk, "texas", WHO)
    second = rules.rules(desk)
    wanted = rule_history.history(desk, RULES)[1].action
    assert rule_history.restore(desk, RULES, wanted, WHO).changed
    assert rules.rules(desk) == first
    edits.undo(desk, WHO)
    assert rules.rules(desk) == second
    undone = next(version for version in rule_history.history(desk, RULES) if version.undone)
    with pytest.raises(UserError, match="not there"):
        rule_history.restore(desk, RULES, undone.action, WHO)
    rule_history.restore(desk, RULES, BEGINNING, WHO)
    assert [rule.then for rule in rules.rules(desk)] == [Action(model="weighted")]


def lines(book: Book) -> list[dict[str, str]]:
    return [dict(line.texts) for line in territory_grid.sheet(book, None).lines]


def test_territories_come_back_with_their_numbers(desk: Book) -> None:
    cells = {"territory": "North", "zip_from": "10001", "zip_to": "10099", "producer": "P01"}
    author = Author("Pat", "2026-03-10T10:00:00")
    kept = [territory_grid.Line(None, cells), territory_grid.Line(None, cells | {"zip_from": "100*", "zip_to": ""})]
    territory_grid.save(desk, kept, author, TODAY)
    before, numbers = lines(desk), [rule.id for rule in territories.table(desk)]
    changed = list(territory_grid.sheet(desk, None).lines)
    changed[1] = replace(changed[1], texts={**changed[1].texts, "producer": "P02"})
    changed[0] = replace(changed[0], texts=dict.fromkeys(changed[0].texts, ""))
    territory_grid.save(desk, changed, author, TODAY)
    newest = rule_history.history(desk, TERRITORIES)[0]
    assert set(newest.altered) == {
        Altered("North 10001-10099", "producer Ann Alder", ""),
        Altered("North 100*: producer", "Ann Alder", "Bob Birch"),
    }
    rule_history.restore(desk, TERRITORIES, rule_history.history(desk, TERRITORIES)[1].action, WHO)
    assert lines(desk) == before and [rule.id for rule in territories.table(desk)] == numbers
    assert rule_history.restore(desk, TERRITORIES, rule_history.history(desk, TERRITORIES)[0].action, WHO) == (
        edits.Changes("Restore territories", changed=False)
    )


def test_imported_rows_are_part_of_the_history(desk: Book, tmp_path: Path) -> None:

    path = tmp_path / "territories.csv"
    path.write_text("territory,zip_from,zip_to,producer\nNorth,10001,10099,P01\n")
    now = datetime(2026, 3, 10, 12)
    shown = previews.preview(desk, [path], now)
    previews.apply(desk, shown, now, {})
    previews.discard(shown)
    versions = rule_history.history(desk, TERRITORIES)
    assert versions[0].altered == (Altered("North 10001-10099", "", "producer Ann Alder"),)
    rule_history.restore(desk, TERRITORIES, BEGINNING, WHO)
    assert territories.table(desk) == ()


def test_what_was_decided_under_the_rules_of_its_day_is_decided_so_again(desk: Book) -> None:
    made = Agency()
    for number in range(6):
        made.lead(
            f"L{number}", f"2026-03-10T09:0{number}:00", None, first_name="Lee", last_name=f"Lead{number}",
            email=f"l{number}@example.com", phone=f"+1212555010{number}", zip="75001" if number % 2 else "04101",
            line="BOP",
        )  # fmt: skip
    made.store(desk, "leads.csv")
    then, later = Author("Pat", "2026-03-10T08:00:00"), Author("Pat", "2026-03-20T08:00:00")
    rules.replace_all(desk, [state_rule("texas", "TX", "P01"), state_rule("maine", "ME", "P02")], then)
    for number in range(6):
        routing.route(desk, datetime(2026, 3, 10, 9, number), then)
    rules.replace_all(desk, [state_rule("texas", "TX", "P02"), state_rule("maine", "ME", "P01")], later)
    period, as_of = Period(date(2026, 3, 10), date(2026, 3, 10)), datetime(2026, 3, 10, 23)
    now = simulating.simulate(desk, period, as_of, ["rules"])
    assert now.models[0].moved == 6
    old = rule_history.rules_at(desk, datetime(2026, 3, 10, 9))
    assert [rule.then.producer for rule in old] == ["P01", "P02", None]
    assert simulating.simulate(desk, period, as_of, ["rules"], rules=old).models[0].moved == 0
    assert rule_history.rules_at(desk, datetime(2026, 3, 9)) == rules.with_default([])


def test_a_replay_takes_for_each_lead_the_rules_that_held_when_it_came(desk: Book) -> None:
    made = Agency()
    for day in (10, 20, 30):
        made.lead(
            f"L{day}", f"2026-03-{day}T09:00:00", "P01" if day != 20 else "P02", first_name="Lee",
            last_name=f"Lead{day}", email=f"l{day}@example.com", phone=f"+12125550{day}1", zip="75001", line="BOP",
        )  # fmt: skip
    made.store(desk, "leads.csv")
    for day, owner in ((10, "P01"), (20, "P02"), (30, "P01")):
        rules.replace_all(desk, [state_rule("texas", "TX", owner)], Author("Pat", f"2026-03-{day}T08:00:00"))
    edits.undo(desk, Author("Pat", "2026-03-30T08:30:00"))
    month, as_of = Period(date(2026, 3, 1), date(2026, 3, 31)), datetime(2026, 3, 31, 23)
    assert [at.day for at, _rules in rule_history.rules_between(desk, datetime(2026, 3, 1), as_of)] == [1, 10, 20]
    assert simulating.simulate(desk, month, as_of, ["rules"], of_the_day=True).models[0].moved == 1
    assert simulating.simulate(desk, month, as_of, ["rules"]).models[0].moved == 2
    both = simulating.simulate(desk, month, as_of, ["rules", "weighted"], of_the_day=True)
    assert both.models[1] == simulating.simulate(desk, month, as_of, ["weighted"]).models[0]


def test_a_narrower_rule_changes_only_its_own_zips(desk: Book) -> None:
    wide = {"territory": "North", "zip_from": "1*", "zip_to": "", "producer": "P01"}
    territory_grid.save(desk, [territory_grid.Line(None, wide)], WHO, TODAY)
    before = territories.map_of(desk, TODAY)
    narrow = wide | {"territory": "Town", "zip_from": "10010", "zip_to": "10019", "producer": "P02"}
    territory_grid.save(desk, [*territory_grid.sheet(desk, None).lines, territory_grid.Line(None, narrow)], WHO, TODAY)
    after = territories.map_of(desk, TODAY)
    moved = [at for at, (one, two) in enumerate(zip(before.cells, after.cells, strict=True)) if one != two]
    assert moved == list(range(10010, 10020))
