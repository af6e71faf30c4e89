"""Routing through a real book: who gets what and why, nothing twice, nothing lost."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core import routing as engine
from desktop.core.periods import Period
from desktop.core.rules import Action, Condition, Group, Rule
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, configuration, edits, leads, previews, routing, rules, simulating, territories
from desktop.services.routing_snapshot import snapshot
from tests.services.small_agency import Agency, open_book

AT = datetime(2026, 3, 10, 10)
WHO = Author("test", "2026-03-10T10:00:00")


def agency() -> Agency:
    made = Agency()
    made.producer("P01", "Ann Alder", lines="Homeowners;Personal Auto")
    made.producer("P02", "Bob Birch", lines="BOP")
    made.producer("P03", "Cy Cedar", status="inactive")
    made.producer("C01", "Cleo Service", role="csr")
    made.add("territories", territory="North", zip_from="10001", zip_to="10099", producer="P01", backup="P02")
    made.add("territories", territory="South", zip_from="10100", zip_to="10199", producer="P02")
    return made


def lead(
    made: Agency, number: int, at: str = "2026-03-10T09:00:00", producer: str | None = None, **cells: object
) -> None:
    known = {
        "first_name": "Lee",
        "last_name": f"Lead{number}",
        "email": f"lead{number}@example.com",
        "phone": f"+1212555{number:04d}",
        "zip": "10001",
        "state": "NY",
        "line": "Homeowners",
    }
    made.lead(f"L{number}", at, producer, **(known | cells))  # type: ignore[arg-type]


def owner(book: Book, lead_id: str) -> str | None:
    row = book.connection.execute(
        "SELECT p.producer_code FROM ownership o LEFT JOIN alias a ON a.id=o.alias LEFT JOIN producer p"
        " ON p.id=a.producer WHERE o.lead_id=? AND o.to_at IS NULL",
        (lead_id,),
    ).fetchone()
    return None if row is None else row[0]


def everything(book: Book) -> list[object]:
    names = [row[0] for row in book.connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY 1")]
    return [
        (name, book.connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names if "fts" not in name
    ]


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    with open_book(tmp_path) as book:
        yield book


def test_every_step_of_the_order_has_its_own_way(desk: Book) -> None:
    made = agency()
    lead(made, 1)
    lead(made, 2, email="lead1@example.com")
    lead(made, 3, email="old@example.com")
    lead(made, 4, phone=None)
    lead(made, 5, zip="10150", line="BOP")
    made.add("clients", client_id="CL", name="Old Client", email="old@example.com", producer="P03", csr="C01")
    made.store(desk)
    found = routing.route(desk, AT, WHO)
    steps = {one.decision.lead_id: (one.decision.producer, one.decision.step) for one in found.assignments}
    assert steps == {
        "L1": ("P01", "model"),
        "L2": ("P01", "duplicate"),
        "L3": ("C01", "existing_client"),
        "L5": ("P02", "model"),
    }
    assert [(one.decision.lead_id, "phone" in one.decision.because) for one in found.unassigned] == [("L4", True)]
    merged = desk.connection.execute("SELECT merged_into FROM lead WHERE lead_id='L2'").fetchone()
    assert merged == ("L1",)
    assert (owner(desk, "L1"), owner(desk, "L3"), owner(desk, "L4")) == ("P01", "C01", None)
    listed = next(one for one in found.assignments if one.decision.lead_id == "L1").decision.candidates
    assert [(one.producer, one.eligible, one.reason) for one in listed] == [
        ("P01", True, None),
        ("P02", True, None),
        ("P03", False, "inactive"),
    ]
    again = routing.route(desk, AT, WHO)
    assert not again.assignments and [one.decision.lead_id for one in again.unassigned] == ["L4"]


def test_a_dry_run_says_the_same_and_leaves_no_trace(desk: Book, tmp_path: Path) -> None:
    made = agency()
    lead(made, 1)
    made.store(desk)
    file = tmp_path / "leads.csv"
    file.write_text(
        "lead_id,received_at,first_name,last_name,email,phone,zip,state,line\n"
        "N1,2026-03-10 09:30,New,One,n1@example.com,212-555-0111,10150,NY,BOP\n"
    )
    before = everything(desk)
    reading = previews.options(desk, AT)
    tried = routing.route_file(desk, file, reading, AT, WHO, dry_run=True)
    assert routing.route(desk, AT, WHO, dry_run=True).assignments[0].decision.lead_id == "L1"
    assert everything(desk) == before
    done = routing.route_file(desk, file, reading, AT, WHO)
    assert [one.decision for one in done.assignments] == [one.decision for one in tried.assignments]
    assert owner(desk, "N1") == "P02" and owner(desk, "L1") is None
    assert leads.lead_page(desk, "N1", AT).owners[-1].why == done.assignments[0].decision.because


def test_undo_takes_an_assignment_back_with_its_turn(desk: Book) -> None:
    made = agency()
    for number in range(1, 4):
        lead(made, number, line="Homeowners;BOP")
    made.store(desk)
    before = everything_but_trail(desk)
    first = routing.route(desk, AT, WHO, model="round_robin")
    assert [one.decision.producer for one in first.assignments] == ["P01", "P02", "P01"]
    edits.undo(desk, WHO)
    assert everything_but_trail(desk) == before
    assert [one.decision.producer for one in routing.route(desk, AT, WHO, model="round_robin").assignments] == [
        "P01",
        "P02",
        "P01",
    ]


def everything_but_trail(book: Book) -> list[object]:
    return [
        part
        for part in everything(book)
        if part[0] not in {"action", "change", "sqlite_sequence", "alias"}  # type: ignore[index]
    ]


def test_the_pointer_survives_a_restart_and_a_manual_assignment(tmp_path: Path) -> None:
    path = tmp_path / "agency.pdesk"
    book = books.open_throwaway(path)
    made = agency()
    for number in range(1, 5):
        lead(made, number, at=f"2026-03-10T09:0{number}:00", line="Homeowners;BOP")
    made.store(book)
    early = datetime(2026, 3, 10, 9, 1)
    assert [one.decision.producer for one in routing.route(book, early, WHO, model="round_robin").assignments] == [
        "P01"
    ]
    routing.assign(book, ["L2"], "P02", early + timedelta(minutes=1), WHO)
    found = routing.route(book, AT, WHO, model="round_robin")
    assert [one.decision.producer for one in found.assignments] == ["P02", "P01"]
    book.close()


def test_a_merged_client_speaks_for_the_one_it_is(desk: Book) -> None:
    made = agency()
    made.add("clients", client_id="A", name="Kay Client", email="kay@example.com", producer="P01")
    made.add("clients", client_id="B", name="K Client", email="k@example.com", producer="P02")
    made.add("client_pairs", client_id="B", client="K Client", other_id="A", other="Kay Client", verdict="merged")
    lead(made, 1, email="k@example.com", zip="10150")
    made.store(desk)
    one = routing.route(desk, AT, WHO).assignments[0].decision
    assert (one.producer, one.step, one.client) == ("P01", "existing_client", "A")


def test_leave_hours_licenses_and_caps_exclude_with_their_reason(desk: Book) -> None:
    made = agency()
    made.producer("P04", "Di Dogwood").producer("P05", "Ed Elm").producer("P06", "Flo Fir")
    made.add("availability", producer="P01", kind="leave", from_="2026-03-09", to="2026-03-12")
    made.add("availability", producer="P02", kind="license", state="NJ")
    made.add("availability", producer="P04", kind="hours", weekday=2, start="12:00", end="15:00")
    for number in range(10, 20):
        lead(made, number, producer="P05")
    lead(made, 1)
    made.store(desk)
    one = routing.route(desk, AT, WHO).assignments[0].decision
    assert one.producer == "P06"
    assert {each.producer: each.reason for each in one.candidates} == {
        "P01": "away",
        "P02": "unlicensed",
        "P03": "inactive",
        "P04": "out_of_hours",
        "P05": "at_cap",
        "P06": None,
    }


def test_nobody_eligible_goes_to_the_overflow_owner_or_waits(desk: Book) -> None:
    made = Agency().producer("P01", "Ann Alder", status="inactive")
    made.producer("M01", "Max Manager", role="manager")
    lead(made, 1)
    made.store(desk)
    assert routing.route(desk, AT, WHO).unassigned[0].decision.step == "unassigned"
    configuration.set_values(desk, {"routing.overflow": "M01"}, WHO)
    assert routing.route(desk, AT, WHO).assignments[0].decision.step == "overflow"
    assert owner(desk, "L1") == "M01"


def test_rules_keep_their_order_and_the_default_stays_last(desk: Book, tmp_path: Path) -> None:
    agency().store(desk)
    assert [rule.then for rule in rules.rules(desk)] == [Action(model="weighted")]
    file = tmp_path / "rules.json"
    when = {
        "any": [
            {"field": "line", "op": "is", "value": "BOP"},
            {"field": "premium", "op": "between", "value": [9, None]},
        ]
    }
    text = {
        "rules": [
            {"id": "b", "name": "Big", "enabled": True, "when": when, "then": {"producer": "P02"}},
            {"id": "a", "name": "Rest", "enabled": True, "then": {"model": "territory"}},
        ]
    }
    file.write_text(json.dumps(text))
    rules.import_file(desk, file, WHO)
    out = tmp_path / "out.json"
    rules.export_file(desk, out)
    assert json.loads(out.read_text()) == text
    with pytest.raises(UserError, match="default rule cannot be deleted"):
        rules.remove(desk, "a", WHO)
    rules.put(desk, Rule("c", "Third", Action(producer="P01"), Group(True, (Condition("state", "is", "NY"),))), WHO)
    assert [rule.id for rule in rules.rules(desk)] == ["b", "c", "a"]
    rules.move(desk, "c", 0, WHO)
    assert [rule.id for rule in rules.rules(desk)] == ["c", "b", "a"]
    edits.undo(desk, WHO)
    assert [rule.id for rule in rules.rules(desk)] == ["b", "c", "a"]
    file.write_text('{"rules": [{"id": "x", "name": "X", "then": {"model": "dice"}}]}')
    with pytest.raises(UserError, match="“X” cannot be used"):
        rules.import_file(desk, file, WHO)
    assert [rule.id for rule in rules.rules(desk)] == ["b", "c", "a"]


def test_a_rule_without_a_live_target_is_skipped(desk: Book) -> None:
    made = agency()
    lead(made, 1)
    made.store(desk)
    every = Group(True, (Condition("state", "is", "NY"),))
    rules.replace_all(
        desk,
        [
            Rule("1", "Gone", Action(producer="P03"), every),
            Rule("2", "Bob", Action(producer="P02"), every),
            Rule("3", "Else", Action(model="weighted")),
        ],
        WHO,
    )
    one = routing.route(desk, AT, WHO).assignments[0].decision
    assert (one.producer, one.step, one.rule, one.skipped) == ("P02", "rule", "2", ("1",))
    assert "Gone" in one.because


def test_points_come_from_the_book(desk: Book) -> None:
    made = agency()
    made.activity("2026-03-09T10:10:00", "P01", "call", lead_id="L20")
    lead(made, 20, at="2026-03-09T10:00:00", producer="P01")
    lead(made, 21, at="2026-01-05T10:00:00", producer="P01")
    made.stage("L21", "2026-02-01T10:00:00", "won")
    lead(made, 22, at="2026-01-06T10:00:00", producer="P02")
    made.stage("L22", "2026-02-01T10:00:00", "lost")
    lead(made, 23, at="2025-06-06T10:00:00", producer="P02")
    made.activity("2026-03-09T10:10:00", "P02", "email", lead_id="L23", bulk=True)
    made.store(desk)
    found = {one.code: one for one in snapshot(desk, AT).producers}
    assert (found["P01"].active_leads, found["P01"].bound, found["P01"].decided) == (1, 1, 1)
    assert (found["P02"].active_leads, found["P02"].bound, found["P02"].decided) == (0, 0, 1)
    assert found["P01"].last_assigned_at == datetime(2026, 3, 9, 10)
    # L20 waited 10 minutes; L21 ended untouched after 480 minutes and 18 working days (January 19 is a holiday).
    assert found["P01"].response_minutes == (10 + 480 + 18 * 600) / 2


def test_the_checks_of_the_map_name_rows_and_existing_zips(desk: Book) -> None:
    made = agency()
    made.add("territories", territory="East", zip_from="10001", zip_to="10099", producer="P02")
    made.add("territories", territory="Inner", zip_from="10005", producer="P02")
    made.add("territories", territory="Odd", zip_from="99999", producer="P02", backup="P01")
    lead(made, 1, zip="02134")
    lead(made, 2, zip="00001")
    made.add("clients", client_id="C", name="Far", zip="02134")
    made.store(desk)
    found = territories.check(desk, AT)
    assert [(one.zips, one.rules) for one in found.conflicts] == [("10001-10099", (1, 3))]
    assert {(one.inner, one.outer) for one in found.nested} >= {(4, 1), (4, 3)}
    assert found.dead == (3,)
    assert [(one.first, one.leads_90_days, one.clients) for one in found.gaps] == [("02134", 1, 1)]
    assert found.unknown_zips == ("00001", "99999")
    assert found.without_backup == ("P02",)


def test_a_draft_is_compared_and_put_in_force_from_a_day(desk: Book) -> None:
    made = agency()
    lead(made, 1)
    made.store(desk)
    draft = [dict(row) for row in territories.rows(desk)]
    draft[0]["producer"] = "P02"
    shown = territories.compare(desk, territories.rules_of(draft), AT)
    assert (shown.moved, [(one.producer, one.live, one.draft) for one in shown.shifts]) == (
        1,
        [("P01", 1, 0), ("P02", 0, 1)],
    )
    territories.save_draft(desk, "spring", draft, WHO)
    territories.activate(desk, territories.draft(desk, "spring"), date(2026, 4, 1), WHO)
    assert territories.map_of(desk, date(2026, 3, 31)).lookup("10001").producer == "P01"  # type: ignore[union-attr]
    assert territories.map_of(desk, date(2026, 4, 1)).lookup("10001").producer == "P02"  # type: ignore[union-attr]
    assert territories.map_of(desk, date(2026, 4, 1)).lookup("10150").producer == "P02"  # type: ignore[union-attr]


# --- replay -----------------------------------------------------------------------------------------------------------


def test_a_replay_under_the_rules_of_its_day_gives_what_happened(desk: Book) -> None:
    made = agency()
    for number in range(1, 30):
        lead(made, number, at=f"2026-03-10T{8 + number // 6:02d}:{number % 6 * 10:02d}:00",
             zip="10001" if number % 3 else "10150", line="BOP" if number % 2 else "Homeowners")  # fmt: skip
    made.store(desk)
    for number in range(1, 30):
        at = datetime(2026, 3, 10, 8 + number // 6, number % 6 * 10)
        routing.route(desk, at, WHO)
    period = Period(date(2026, 3, 10), date(2026, 3, 10))
    found = simulating.simulate(desk, period, datetime(2026, 3, 10, 23), ["rules"])
    assert found.leads == 29 and found.models[0].moved == 0
    live = {code: sum(owner(desk, f"L{n}") == code for n in range(1, 30)) for code in ("P01", "P02")}
    assert {one.producer: one.leads for one in found.models[0].per_producer} == live


def test_a_replay_counts_wins_loads_and_moves(desk: Book) -> None:
    made = agency()
    for number in range(1, 5):
        lead(made, number, producer="P02", line="Homeowners;BOP")
    made.store(desk)
    period = Period(date(2026, 3, 10), date(2026, 3, 10))
    before = everything(desk)
    found = simulating.simulate(desk, period, datetime(2026, 3, 11), ["territory", "round_robin"])
    assert everything(desk) == before
    one, two = found.models
    assert [(each.producer, each.leads, float(each.expected_wins)) for each in one.per_producer] == [
        ("P01", 4, 0.8),
        ("P02", 0, 0.0),
    ]
    assert (one.max_load, one.moved, float(one.expected_wins)) == (4, 4, 0.8)
    assert (two.max_load, two.moved) == (2, 2)


# --- what always holds ------------------------------------------------------------------------------------------------

people = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["", "Homeowners", "BOP", "Life"]), st.sampled_from(["", "NY", "NJ"])),
    min_size=1,
    max_size=4,
)
arrivals = st.lists(
    st.tuples(st.sampled_from(["10001", "10150", "02134"]), st.sampled_from(["Homeowners", "BOP"]), st.integers(0, 5)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(people=people, arrivals=arrivals, model=st.sampled_from(routing.MODELS), cap=st.integers(1, 3))
def test_no_valid_lead_is_lost_and_nobody_is_over_a_cap(
    tmp_path_factory: pytest.TempPathFactory,
    people: list[tuple[bool, str, str]],
    arrivals: list[tuple[str, str, int]],
    model: str,
    cap: int,
) -> None:
    with open_book(tmp_path_factory.mktemp("book")) as book:
        made = Agency().producer("M01", "Max Manager", role="manager")
        for number, (active, line, state) in enumerate(people):
            made.producer(f"P{number}", f"Person Number{number}", status="active" if active else "inactive", lines=line)
            if state:
                made.add("availability", producer=f"P{number}", kind="license", state=state)
        for number, (zip_code, line, person) in enumerate(arrivals):
            lead(made, number, zip=zip_code, line=line, email=f"p{person}@example.com", phone=f"+1212555000{person}")
        made.store(book)
        configuration.set_values(book, {"routing.overflow": "M01", "routing.cap_day": cap}, WHO)
        one = snapshot(book, AT)
        assert engine.decide(one, routing.kept_lead(book, "L0"), AT) == engine.decide(
            snapshot(book, AT), routing.kept_lead(book, "L0"), AT
        )
        found = routing.route(book, AT, WHO, model=model)
        assert not found.unassigned
        assert all(owner(book, f"L{number}") is not None for number in range(len(arrivals)))
        got: dict[str, int] = {}
        for each in found.assignments:
            decision = each.decision
            if decision.step in {"rule", "model"}:
                code = str(decision.producer)
                got[code] = got.get(code, 0) + 1
                number = int(code[1:])
                assert people[number][0] and people[number][2] in {"", "NY"}
        assert all(many <= cap for many in got.values())


def test_the_balance_is_summed_by_producer(desk: Book) -> None:
    made = agency()
    made.add("territories", territory="West", zip_from="10200", zip_to="10299", producer="P01")
    for number, code in enumerate(("10001", "10250", "10150", "90210"), 1):
        lead(made, number, zip=code, estimated_premium=100_000 * number)
    made.store(desk)
    shares = territories.balance(desk, AT)
    assert [(one.territory, one.producer, one.leads, one.premium) for one in territories.by_producer(shares)] == [
        ("North, West", "P01", 2, 300_000), ("South", "P02", 1, 300_000), (None, None, 1, 400_000),
    ]  # fmt: skip
