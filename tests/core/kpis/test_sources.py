"""Sources, states, carriers, funnel and calling by hand."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis import calling, carriers, funnel, sources, states
from desktop.core.kpis.calling import CallCell
from desktop.core.kpis.leads import LeadFact
from desktop.core.kpis.policies import PolicyBook
from desktop.core.kpis.premiums import Bound
from desktop.core.kpis.reading import Asked, Whose
from desktop.core.kpis.sources import SourceCost, source_results
from desktop.core.periods import Period, end_of

EVERYBODY, ANA, BEN = Whose(), 1, 2
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
COSTS = [SourceCost("Website", 1_250, 45_000), SourceCost("Mail", None, 36_500), SourceCost("Friends", 0, None)]


def asked(as_of: datetime | None = None, whose: Whose = EVERYBODY) -> Asked:
    return Asked(APRIL, as_of or end_of(APRIL.end), whose)


def lead(row: int, source: str | None, reached: int, *, state: str | None = "OH", owner: int | None = ANA) -> LeadFact:
    times = tuple("2026-04-05T10:00:00" if rank < reached else None for rank in range(7))
    owners = (("2026-04-01T00:00:00", None, owner),)
    return LeadFact(row, f"L{row}", "2026-04-03T09:00:00", source, state, None, owners, times)


def bound(row: int, source: str | None, premium: int, commission: int, *, counted: int = 1, owner: int = ANA) -> Bound:
    return Bound(row, "2026-04-09", owner, counted, premium, commission, "Alder", source, "BOP", "MA", None)


LEADS = [lead(1, "website", 7), lead(2, "Website", 2), lead(3, "Other", 1, state=None), lead(4, None, 1, owner=BEN)]
POLICIES = [
    bound(1, "WEBSITE", 100_000, 120_001),
    bound(2, "Friends", 50_000, 7_000),
    bound(3, None, 90_000, 9_000),
    bound(4, "Website", 30_000, 3_000),
    bound(4, "Website", 10_000, 1_000, counted=0, owner=BEN),
]


def test_return_over_all_sources_with_advice() -> None:
    found = sources.lead_source_roi(LEADS, POLICIES, COSTS, asked())
    website = 2 * 1_250 + 45_000 * 30 * Fraction(12, 365)
    mail = 36_500 * 30 * Fraction(12, 365)
    assert mail == 36_000
    assert found.value == (124_001 + 7_000) / (website + mail)
    assert found.numerator == 131_001
    rows = found.detail()["rows"]
    assert [(one["source"], one["leads"], one["closed"], one["commission"], one["advice"]) for one in rows] == [  # type: ignore[attr-defined]
        ("Website", 2, 1, 124_001, "keep"),
        ("Mail", 0, 0, 0, "cut"),
        ("Friends", 0, 0, 7_000, None),
        ("Other", 1, 0, 0, None),
    ]
    assert sum(one.amount for one in found.records()) == 131_001


def test_cost_runs_to_the_last_day_begun() -> None:
    half = source_results([], [], COSTS, asked(datetime(2026, 4, 15, 8)))
    assert [(one.source, one.cost) for one in half] == [
        ("Mail", 18_000),
        ("Website", 45_000 * 15 * Fraction(12, 365)),
    ]
    assert source_results([], [], COSTS, asked(datetime(2026, 3, 15, 8))) == []


def test_revenue_by_source_keeps_what_has_none() -> None:
    rows = sources.revenue_by_source(LEADS, POLICIES, COSTS, asked()).detail()["rows"]
    assert [(one["source"], one["premium"]) for one in rows] == [  # type: ignore[attr-defined]
        ("Friends", 50_000),
        ("Mail", 0),
        ("Other", 0),
        ("Website", 140_000),
        (None, 90_000),
    ]


@pytest.mark.parametrize(
    ("commission", "advice"), [(3_001, "increase"), (3_000, "keep"), (1_000, "keep"), (999, "cut")]
)
def test_advice_turns_above_three_and_below_one(commission: int, advice: str) -> None:
    one = sources.SourceResult("Website", 1, 0, 0, commission, None, Fraction(1_000))
    assert one.advice == advice


def test_without_any_cost_the_return_is_undefined() -> None:
    found = sources.lead_source_roi(LEADS, POLICIES, [], asked())
    assert (found.value, found.numerator) == (None, 131_001)


def test_states_with_leads_or_premium() -> None:
    rows = states.state_performance(LEADS, POLICIES, asked()).detail()["rows"]
    assert rows == [
        {"state": "MA", "leads": 0, "close_rate": None, "premium": 280_000},
        {"state": "OH", "leads": 3, "close_rate": Fraction(1, 3), "premium": 0},
        {"state": None, "leads": 1, "close_rate": 0, "premium": 0},
    ]


def test_a_carrier_is_listed_for_anything_it_has() -> None:
    rows = carriers.carrier_matrix({}, PolicyBook([]), POLICIES, asked()).detail()["rows"]
    assert rows == [
        {
            "carrier": "Alder",
            "approval_rate": None,
            "underwriting_days": None,
            "persistency_13m": None,
            "average_premium": 70_000,
        }
    ]


def test_the_funnel_marks_the_step_that_loses_most() -> None:
    leads = [lead(row, None, reached) for row, reached in enumerate((1, 1, 1, 3, 3, 7), 1)]
    rows = funnel.funnel(leads, asked()).detail()["rows"]
    assert [one["reached"] for one in rows] == [6, 3, 3, 1, 1, 1, 1]  # type: ignore[attr-defined]
    assert [one["rank"] for one in rows if one["largest_drop"]] == [2]  # type: ignore[attr-defined]
    assert [one["step_share"] for one in rows][:4] == [None, Fraction(1, 2), 1, Fraction(1, 3)]  # type: ignore[attr-defined]
    assert [one["share"] for one in rows][3] == Fraction(1, 6)  # type: ignore[attr-defined]


def test_no_leads_no_shares_and_no_drop() -> None:
    rows = funnel.funnel([], asked()).detail()["rows"]
    assert {(one["reached"], one["share"], one["step_share"], one["largest_drop"]) for one in rows} == {  # type: ignore[attr-defined]
        (0, None, None, False)
    }


def test_few_calls_leave_the_rate_blank() -> None:
    cells = [CallCell(2, 9, 5, 2, 1), CallCell(1, 17, 4, 4, 0)]
    rows = calling.best_time_to_call(cells, tuple).detail()["rows"]
    assert [(one["weekday"], one["hour"], one["calls"], one["rate"]) for one in rows] == [  # type: ignore[attr-defined]
        (1, 17, 4, None),
        (2, 9, 5, Fraction(2, 5)),
    ]


names = st.sampled_from(["Website", "Mail", "Friends", "Other", None])


@given(
    st.lists(st.tuples(names, st.integers(1, 7), st.sampled_from([ANA, BEN, None])), max_size=30),
    st.lists(st.tuples(names, st.integers(0, 10**6), st.sampled_from([ANA, BEN])), max_size=30),
)
def test_sources_sum_to_everything_and_producers_to_the_agency(
    leads: list[tuple[str | None, int, int | None]], policies: list[tuple[str | None, int, int]]
) -> None:
    facts = [lead(row, source, reached, owner=owner) for row, (source, reached, owner) in enumerate(leads)]
    sold = [bound(row, source, cents, cents // 9, owner=owner) for row, (source, cents, owner) in enumerate(policies)]
    whole = source_results(facts, sold, COSTS, asked())
    assert sum(one.leads for one in whole) == len(facts)
    assert sum(one.premium for one in whole) == sum(one.premium for one in sold)
    parts = [
        one
        for whose in (Whose(ANA), Whose(BEN), Whose(unassigned=True))
        for one in source_results(facts, sold, COSTS, asked(whose=whose))
    ]
    for name in ("leads", "closed", "premium", "commission"):
        assert sum(getattr(one, name) for one in parts) == sum(getattr(one, name) for one in whole)
