"""Who gets the lead, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core import placing, routing, rules, territories
from desktop.core.crew import License, Producer
from desktop.core.duplicates import Client, Directory, directory
from desktop.core.intake import Lead
from desktop.core.routing import Settings, Snapshot

AT = datetime(2026, 3, 9, 14, 5)
DAY = AT.date()
LEAD = Lead("L", "Ann", "Example", email="a@example.com", phone="+16175550100", zip="10001", state="NY", lines=("BOP",))
A = Producer("A", lines=("BOP",))
B = Producer("B", lines=("Workers Comp",))
C = Producer("C", lines=("Life",))
TERRITORY = territories.Rule(1, "North", "100*", producer="C", backup="B", pool=("A",))


def snapshot(*producers: Producer, model: str | None = None, **parts: object) -> Snapshot:
    made = replace(Snapshot(producers or (A, B, C)), **parts)  # type: ignore[arg-type]
    return routing.with_model(made, model) if model else made


def mapped(*producers: Producer, model: str = "territory") -> Snapshot:
    return snapshot(*producers, model=model, territories=territories.compile([TERRITORY], DAY))


def owner(made: Snapshot, lead: Lead = LEAD, at: datetime = AT) -> str | None:
    return routing.decide(made, lead, at).producer


@pytest.mark.parametrize(
    ("lead", "why"),
    [
        (replace(LEAD, email=None), "email"),
        (replace(LEAD, first_name=None), "first_name"),
        (replace(LEAD, zip="abc", lines=()), "zip, line"),
    ],
)
def test_a_lead_that_lacks_something_needs_attention(lead: Lead, why: str) -> None:
    found = routing.decide(snapshot(settings=Settings(overflow="A")), lead, AT)
    assert (found.step, found.producer, found.why) == ("needs_attention", None, why)


def test_a_duplicate_stays_with_its_owner_and_uses_no_turn() -> None:
    old = replace(LEAD, lead_id="O", owner="C", received_at=AT)
    made = snapshot(model="round_robin", directory=directory([old], [Client("K", "X", email=LEAD.email, producer="B")]))
    found = routing.decide(made, LEAD, AT)
    assert (found.step, found.producer, found.merged_into, dict(found.turns)) == ("duplicate", "C", "O", {})
    assert routing.record(made, LEAD, found, AT) == made


@pytest.mark.parametrize(
    ("producer", "csr", "inactive", "step", "expected"),
    [
        ("B", None, "", "existing_client", "B"),
        ("B", "C", "", "existing_client", "B"),
        (None, "C", "", "existing_client", "C"),
        ("B", "C", "B", "existing_client", "C"),
        ("B", None, "B", "model", "A"),
        ("gone", None, "", "model", "A"),
    ],
)
def test_an_existing_client(producer: str | None, csr: str | None, inactive: str, step: str, expected: str) -> None:
    crew = [replace(one, active=one.code != inactive) for one in (A, B, C)]
    book = directory([], [Client("K", "X", email="A@EXAMPLE.com", producer=producer, csr=csr)])
    found = routing.decide(snapshot(*crew, directory=book), LEAD, AT)
    assert (found.step, found.producer) == (step, expected)
    assert ("client_owner_inactive" in found.flags) is (step == "model")


def when(field: str, value: object, then: dict[str, object], key: str = "r") -> dict[str, object]:
    return {"id": key, "name": key, "when": {"all": [{"field": field, "op": "is", "value": value}]}, "then": then}


@pytest.mark.parametrize(
    ("data", "step", "rule", "producer", "skipped"),
    [
        ([], "model", None, "A", ()),
        ([when("state", "NY", {"producer": "C"})], "rule", "r", "C", ()),
        ([when("state", "NJ", {"producer": "C"})], "model", None, "A", ()),
        ([when("state", "NY", {"producer": "gone"})], "model", None, "A", ("r",)),
        (
            [when("state", "NY", {"producer": "D"}), when("line", "BOP", {"producer": "B"}, "s")],
            "rule",
            "s",
            "B",
            ("r",),
        ),
        ([when("state", "NY", {"pool": ["B", "C"], "model": "weighted"})], "rule", "r", "B", ()),
        ([when("state", "NY", {"pool": ["D"], "model": "weighted"})], "model", None, "A", ("r",)),
        ([{"id": "d", "then": {"model": "least_loaded"}}], "model", "d", "A", ()),
    ],
)
def test_rules(data: list[dict[str, object]], step: str, rule: str, producer: str, skipped: tuple[str, ...]) -> None:
    made = snapshot(A, B, C, Producer("D", active=False), rules=rules.read(data))
    found = routing.decide(made, LEAD, AT)
    assert (found.step, found.rule, found.producer, found.skipped) == (step, rule, producer, skipped)


MONDAY_MORNING = {1: (time(8), time(12))}


@pytest.mark.parametrize(
    ("producer", "reason"),
    [
        (replace(A, active=False), "inactive"),
        (replace(A, licenses=(License("MA"),)), "unlicensed"),
        (replace(A, licenses=(License("NY", "Life"),)), "unlicensed"),
        (replace(A, licenses=(License("NY", valid_to=date(2026, 3, 8)),)), "unlicensed"),
        (replace(A, licenses=(License("NY", valid_from=date(2026, 3, 10)),)), "unlicensed"),
        (replace(A, licenses=(License("ny", "bop", DAY, DAY),)), None),
        (replace(A, licenses=(License("NY"),)), None),
        (replace(A, leave=((DAY, DAY),)), "away"),
        (replace(A, leave=((date(2026, 3, 10), date(2026, 3, 12)),)), None),
        (replace(A, hours=MONDAY_MORNING), "out_of_hours"),
        (replace(A, hours={1: (time(14, 5), time(14, 6))}), None),
        (replace(A, hours={1: (time(8), time(14, 5))}), "out_of_hours"),
        (replace(A, hours={1: (time(8), time(0))}), None),
        (replace(A, active_leads=25), "at_cap"),
        (replace(A, active_leads=24), None),
        (replace(A, leads_today=10), "at_cap"),
        (replace(A, leads_today=9), None),
        (replace(A, active_leads=3, cap_active=3), "at_cap"),
        (replace(A, lines=("Life",)), "line"),
        (replace(A, lines=()), None),
        (replace(A, active=False, leave=((DAY, DAY),), active_leads=99), "inactive"),
    ],
)
def test_eligibility(producer: Producer, reason: str | None) -> None:
    found = routing.decide(snapshot(producer, replace(B, lines=()), model="round_robin"), LEAD, AT)
    assert (found.candidates[0].reason, found.producer) == (reason, "A" if reason is None else "B")


@pytest.mark.parametrize(
    ("model", "expected"), [("round_robin", None), ("least_loaded", None), ("weighted", "C"), ("territory", "C")]
)
def test_the_line_excludes_only_where_it_is_not_scored(model: str, expected: str | None) -> None:
    assert owner(snapshot(C, model=model)) == expected


def test_hours_are_dropped_when_they_alone_leave_nobody() -> None:
    made = snapshot(replace(A, hours=MONDAY_MORNING), replace(B, hours=MONDAY_MORNING))
    found = routing.decide(made, LEAD, AT)
    assert (found.producer, found.flags) == ("A", ("hours_dropped",)) and "hours" in found.because
    morning = routing.decide(made, LEAD, AT.replace(hour=9))
    assert (morning.producer, morning.flags) == ("A", ())


@pytest.mark.parametrize(
    ("overflow", "step", "producer"),
    [("Z", "overflow", "Z"), ("A", "unassigned", None), (None, "unassigned", None), ("B", "overflow", "B")],
)
def test_nobody_eligible(overflow: str | None, step: str, producer: str | None) -> None:
    crew = replace(A, active=False), replace(B, leads_today=10)
    found = routing.decide(snapshot(*crew, settings=Settings(overflow=overflow)), LEAD, AT)
    assert (found.step, found.producer) == (step, producer)
    assert ("alert" in found.flags) is (producer is not None) and (found.why is None) is (producer is not None)


@pytest.mark.parametrize(
    ("crew", "expected"),
    [
        ((A, B, C), "C"),
        ((A, B, replace(C, leave=((DAY, DAY),))), "B"),
        ((A, B, replace(C, active_leads=25)), "B"),
        ((A, replace(B, active=False), replace(C, active_leads=25)), "A"),
        ((replace(A, active=False), replace(B, active=False), replace(C, active=False), Producer("D")), "D"),
        ((A, B), "B"),
    ],
)
def test_the_territory_model(crew: tuple[Producer, ...], expected: str) -> None:
    assert owner(mapped(*crew)) == expected


def test_outside_all_territories_the_score_decides() -> None:
    assert owner(mapped(), replace(LEAD, zip="20001")) == "A"


def test_ones_own_territory_counts_only_with_the_line() -> None:
    home = replace(TERRITORY, producer="D", pool=())
    made = snapshot(A, Producer("D", lines=("BOP",)), territories=territories.compile([home], DAY))
    assert owner(made) == "D"
    assert owner(made, replace(LEAD, zip="20001")) == "A"
    other = snapshot(A, Producer("D", lines=("Workers Comp",)), territories=made.territories)
    assert owner(other) == "A"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (A, replace(A, code="B"), "A"),
        (replace(A, active_leads=1), replace(A, code="B"), "B"),
        (replace(A, last_assigned_at=AT), replace(A, code="B"), "B"),
        (replace(A, last_assigned_at=AT), replace(A, code="B", last_assigned_at=AT - timedelta(1)), "B"),
        (replace(A, active_leads=5), replace(A, code="B", active_leads=4), "B"),
        (replace(A, bound=1, decided=20), replace(A, code="B", bound=2, decided=20), "B"),
        (replace(A, response_minutes=5), replace(A, code="B", response_minutes=4), "B"),
    ],
)
def test_scores_and_ties(first: Producer, second: Producer, expected: str) -> None:
    assert owner(snapshot(first, second)) == expected


def run(made: Snapshot, count: int) -> str:
    found = ""
    for number in range(count):
        lead = replace(LEAD, lead_id=f"L{number}", email=f"{number}@example.com", phone=f"+1617555{number:04d}")
        decision = routing.decide(made, lead, AT)
        made = routing.record(made, lead, decision, AT)
        found += decision.producer or "-"
    return found


def test_turns_go_round() -> None:
    crew = [Producer(code) for code in "ABC"]
    assert run(snapshot(*crew, model="round_robin"), 6) == "ABCABC"
    assert run(snapshot(*crew, model="round_robin", turns={"A": 3, "B": 1}), 4) == "CBAC"
    crew[0] = replace(crew[0], weight=2)
    assert run(snapshot(*crew, model="round_robin"), 8) == "ABCAABCA"


def test_least_loaded_counts_the_credit() -> None:
    crew = replace(A, active_leads=1, credit=3), replace(A, code="B", active_leads=3)
    assert run(snapshot(*crew, model="least_loaded"), 2) == "BA"


def test_a_manual_assignment_uses_no_turn() -> None:
    crew = replace(Producer("A"), active_leads=9, last_assigned_at=AT), Producer("B")
    assert owner(snapshot(*crew, model="round_robin")) == "A"


def test_capacity_is_counted_again_after_every_assignment() -> None:
    crew = replace(A, active_leads=4), replace(A, code="B", active_leads=4, response_minutes=9)
    assert run(snapshot(*crew), 3) == "BAB"


def test_a_day_cap_ends_with_the_day() -> None:
    made = snapshot(replace(A, leads_today=10), B, today=DAY)
    assert owner(made) == "B"
    assert owner(made, at=AT + timedelta(days=1)) == "A"


def test_a_decision_shows_scores_and_parts() -> None:
    found = routing.decide(mapped(model="weighted"), LEAD, AT)
    assert [one.producer for one in found.candidates] == ["A", "B", "C"]
    assert found.candidates[0].points.match == 10 and found.candidates[2].points.match == 4
    assert found.score == max(one.score for one in found.candidates)
    assert "A scores highest" in found.because and found.territory == "North"


LINES = ("BOP", "Workers Comp", "Homeowners", "Life")
_lines = st.lists(st.sampled_from(LINES), max_size=2, unique=True).map(tuple)

_wanted = st.lists(st.sampled_from(LINES), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def _producers(draw: st.DrawFn, code: str) -> Producer:
    decided = draw(st.integers(0, 20))
    return Producer(
        code,
        active=draw(st.integers(0, 4)) > 0,
        lines=draw(_lines),
        licenses=draw(st.sampled_from(((), (), (License("NY"),), (License("MA", "BOP"),)))),
        leave=draw(st.sampled_from(((), (), ((DAY, DAY),)))),
        hours=draw(st.sampled_from((None, None, MONDAY_MORNING))),
        active_leads=draw(st.integers(0, 26)),
        leads_today=draw(st.integers(0, 11)),
        bound=draw(st.integers(0, decided)),
        decided=decided,
        response_minutes=draw(st.sampled_from((None, 4, 20, 70))),
        cap_active=draw(st.sampled_from((None, 5))),
    )


@st.composite
def _snapshots(draw: st.DrawFn) -> Snapshot:
    crew = tuple(draw(_producers(code)) for code in "ABCDE"[: draw(st.integers(1, 5))])
    model = draw(st.sampled_from(rules.MODELS))
    table = territories.compile([TERRITORY, territories.Rule(2, "South", "10010", producer="A", pool=("D", "E"))], DAY)
    return snapshot(*crew, model=model, territories=table, settings=Settings(overflow="BOSS"))


@st.composite
def _arrivals(draw: st.DrawFn) -> list[tuple[Lead, datetime]]:
    found = []
    at = AT.replace(hour=9)
    for number in range(draw(st.integers(1, 14))):
        at += timedelta(hours=draw(st.integers(0, 9)))
        found.append((replace(
            LEAD,
            lead_id=f"L{number}",
            email=f"{draw(st.integers(0, 30))}@example.com",
            phone=f"+1617555{number:04d}",
            zip=draw(st.sampled_from(("10001", "10010", "20001"))),
            state=draw(st.sampled_from(("NY", "MA"))),
            lines=draw(_wanted),
        ), at))  # fmt: skip
    return found


@settings(max_examples=150, deadline=None)
@given(_snapshots(), _arrivals())
def test_properties(made: Snapshot, arrivals: list[tuple[Lead, datetime]]) -> None:
    placed = routing.place_all(made, arrivals)
    assert placed == routing.place_all(made, arrivals)
    for (lead, at), one in zip(arrivals, placed, strict=True):
        before = made
        decision = routing.decide(made, lead, at)
        made = routing.record(made, lead, decision, at)
        assert (decision.producer, decision.step) == (one.producer, one.step)
        assert decision.producer is not None
        if decision.step not in {"model", "rule"}:
            assert decision.step in {"duplicate", "overflow"}
            assert decision.step != "overflow" or not any(each.eligible for each in decision.candidates)
            continue
        chosen = next(each for each in decision.candidates if each.producer == decision.producer)
        assert chosen.eligible and chosen.reason is None
        producer = next(each for each in before.producers if each.code == decision.producer)
        assert producer.active and producer.active_leads < (producer.cap_active or 25)
        assert not producer.licenses or any(one.state == lead.state for one in producer.licenses)
        if decision.model == "weighted":
            eligible = [each for each in decision.candidates if each.eligible]
            assert chosen == min(eligible, key=lambda each: _standing(before, each))


def _standing(made: Snapshot, one: routing.Candidate) -> tuple[object, ...]:
    """The naive order of routing.md 4: score, active leads, longest since the last, code."""
    producer = next(each for each in made.producers if each.code == one.producer)
    return -one.score, producer.active_leads, producer.last_assigned_at or datetime.min, one.producer


def test_a_released_lead_makes_room_again() -> None:
    router = placing.Router(snapshot(replace(A, active_leads=25), replace(B, active_leads=25)))
    assert router.place(LEAD, AT).producer is None
    router.release("B")
    assert router.place(LEAD, AT).producer == "B"


def test_nothing_given_is_changed() -> None:
    book = Directory()
    made = mapped(model="round_robin")
    made = replace(made, directory=book)
    routing.decide(made, LEAD, AT)
    assert book == Directory() and made.turns == {}


def test_the_reason_names_people_and_not_codes() -> None:
    ann = Producer("P01", "Ann Alder")
    client = Client("C9", "Oak Inc", phone="+12125550199", producer="P01")
    made = snapshot(ann, directory=directory([replace(LEAD, lead_id="L1", owner="P01")], [client]))
    said = [
        routing.decide(made, replace(LEAD, email=email, phone=phone, zip=code), AT).because
        for email, phone, code in (
            (LEAD.email, "+12125550100", "10001"), ("x@example.com", "+12125550199", "10001"),
            ("y@example.com", "+12125550144", "10001"), (None, None, None),
        )
    ]  # fmt: skip
    assert said[0] == (
        "It has the same e-mail as the open lead L1 of Ann Example and is merged into it; its owner Ann Alder stays."
    )
    assert said[1] == "It has the same phone number as the client Oak Inc, whom Ann Alder looks after."
    assert said[2].startswith("Ann Alder scores highest among the eligible (")
    assert said[3] == "It lacks an email address, a phone number and a ZIP, so it waits for attention."
