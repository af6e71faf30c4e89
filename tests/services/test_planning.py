"""Plans with fields: begun from data, worked out from texts, refused at the field, kept and saved under names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.validation import PlanKind
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import discretion, edits, effort, planning, plans, tracking, trail, validating, validation_given
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 3, 15, 12)
AUTHOR = Author("Chris", "2026-03-15T12:00:00")
EXAMPLE = {"hours": "2000", "duty.renewals": "900", "duty.service": "500", "closing": "30%", "goal": "$30,000"}
DOCUMENT = {
    "desired": "60000", "initial": "50000", "prior": "150000", "retention": "90%", "renewal_rate": "25%",
    "new_rate": "40%", "base_rate": "25%", "growth_rate": "40%", "avg_commission": "1500", "avg_premium": "10000",
    "hit_rate": "50%", "proposal_rate": "50%",
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency().producer("P01", "Dana Marsh", salary=50_000_00, new_split=0.4, renewal_split=0.25)
    agency.producer("P02", "Lee Ortiz")
    for day in ("2026-02-03", "2026-02-10", "2026-03-03"):
        agency.activity(f"{day}T09:00:00", "P01", "meeting_held", activity_id=f"D{day}")
    agency.quote("2026-03-09", "P01", quote_id="Q1").quote("2026-03-10", "P01", quote_id="Q2")
    agency.policy("N-1", "2026-03-10", "P01", 100_000, commission_rate=0.15)
    agency.policy("N-2", "2025-02-10", "P01", 400_000, commission_rate=0.15, transaction="renewal")
    for lead in ("L1", "L2"):
        agency.lead(lead, "2026-03-02T09:00:00", "P01").stage(lead, "2026-03-03T09:00:00", "needs_analysis")
    with open_book(tmp_path) as found:
        agency.store(found)
        yield found


def test_production_time_as_in_the_document() -> None:
    found = effort.evaluate({**EXAMPLE, "premium": "1000", "rate": "15%", "account_hours": "2"})
    assert found.time is not None and found.account is not None
    assert (found.time.production, found.time.effective) == (600, 180)
    assert found.time.required_rate == Fraction(3_000_000, 180)
    assert found.account.break_even_hours == Fraction(54, 60)
    assert found.account.profitable is False
    package = effort.evaluate({**EXAMPLE, "premium": "3800", "rate": "15%"}).account
    assert package is not None and package.break_even_hours == Fraction(342, 100)


def test_help_costs_and_brings() -> None:
    found = effort.evaluate({**EXAMPLE, "move.service": "500", "cost": "25"}).what_if
    assert found is not None
    # 500 hours x 30 % = 150 effective hours at $166.67, less 500 x $25
    assert (found.after.effective, found.cost, found.net_gain) == (330, 1_250_000, 1_250_000)


@pytest.mark.parametrize(
    ("key", "text"),
    [("hours", "-1"), ("duty.service", "-5"), ("closing", "130%"), ("closing", "0"), ("goal", "a lot"), ("rate", "2"),
     ("move.service", "501"), ("account_hours", "-1"), ("duty.service", "x")],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(key: str, text: str) -> None:
    assert effort.evaluate({**EXAMPLE, key: text}).errors[key]


def test_duties_over_the_hours_are_refused() -> None:
    assert "available" in effort.evaluate({**EXAMPLE, "duty.other": "700"}).errors["duties"]


def test_a_plan_begins_with_data(book: Book) -> None:
    begin = effort.start(book, "P01", NOW)
    assert (begin.true_ratio, begin.flattering_ratio, begin.policies) == (Fraction(1, 2), Fraction(1, 2), 1)
    assert (begin.given["closing"], begin.given["goal"]) == ("50.0%", "36,000.00")
    assert [(one.line, one.count, one.premium) for one in begin.types] == [("Homeowners", 1, 100_000)]
    assert (begin.given["premium"], begin.given["rate"]) == ("1,000", "15.0%")
    found = effort.evaluate(begin.given, begin)
    assert not found.errors and found.types[0].account.hours == found.time.effective  # type: ignore[union-attr]
    assert [one.producer for one in effort.team(book, NOW)] == ["P01", "P02"]
    assert effort.team(book, NOW)[1].time is None


def test_typed_inputs_are_kept_and_undone(book: Book) -> None:
    assert planning.keep(book, "ept", "P01", {"goal": "1", "hours": " "}, AUTHOR).changed
    assert not planning.keep(book, "ept", "P01", {"goal": "1"}, AUTHOR).changed
    assert effort.start(book, "P01", NOW).typed == {"goal": "1"}
    edits.undo(book, AUTHOR)
    assert planning.inputs(book, "ept", "P01") == {}


def test_scenarios_have_names(book: Book) -> None:
    with pytest.raises(UserError, match="needs a name"):
        planning.save_scenario(book, "ept", None, "  ", EXAMPLE, AUTHOR)
    planning.save_scenario(book, "ept", None, "As it is", EXAMPLE, AUTHOR)
    planning.save_scenario(book, "ept", "P01", "as it is", EXAMPLE, AUTHOR)
    (first, *_) = planning.scenarios(book, "ept")
    assert planning.delete_scenario(book, first, AUTHOR).changed
    assert len(planning.scenarios(book, "ept")) == 1


@pytest.mark.parametrize(
    ("plan", "low", "high"), [("newren", 4_062_500, 6_562_500), ("basegrowth", 4_625_000, 7_125_000)]
)
def test_validation_as_in_the_document(plan: str, low: int, high: int) -> None:
    found = validating.evaluate(plan, DOCUMENT)
    assert found.schedules is not None
    assert (found.schedules.minimum.new_commission, found.schedules.target.new_commission) == (low, high)
    assert found.swings[0].width >= found.swings[-1].width


@pytest.mark.parametrize("text", ["0", "101%", "-1", "x"])
def test_a_hit_rate_that_cannot_be_is_refused_at_its_field(text: str) -> None:
    found = validating.evaluate("newren", {**DOCUMENT, "hit_rate": text})
    assert list(found.errors) == ["hit_rate"] and found.schedules is None


def test_what_is_missing_is_asked_for_at_its_field() -> None:
    assert set(validating.evaluate("newproducer", {}).errors) == {"draw", "production", "new_rate", "renewal_rate"}
    assert "desired" in validating.evaluate("newren", {**DOCUMENT, "desired": "40000"}).errors


def test_a_validation_begins_with_data(book: Book) -> None:
    begun = validating.begin(book, "newren", "P01", NOW)
    assert (begun.given["initial"], begun.given["new_rate"], begun.given["renewal_rate"]) == ("50,000", "40%", "25%")
    assert begun.given["prior"] == "600" and begun.sources["prior"] == "commissions of last year"
    assert (begun.given["hit_rate"], begun.given["weeks"]) == ("50%", "50")
    assert validating.plan_of(book, "P01", NOW) is not None
    assert validating.plan_of(book, "P02", NOW) is None


@pytest.mark.parametrize("plan", list(PlanKind))
def test_page_and_command_take_the_same_from_a_producers_data(book: Book, plan: PlanKind) -> None:
    Agency().policy("N-3", "2026-03-11", "P01", 70_000, commission_rate=0.15).store(book, "third.csv")
    for typed in ({"avg_commission": "1500"}, {"avg_commission": "1500", "calls_per_prospect": "2"}):
        planning.keep(book, plan.value, "P01", typed, AUTHOR)
        begun = validating.begin(book, plan.value, "P01", NOW)
        page = validating.evaluate(plan.value, {**begun.given, **begun.typed}, begun)
        command = plans.validate(plan, list(typed.items()), plans.track(book, "P01", NOW))
        assert page.schedules == command.schedules and page.reality == command.reality
        assert {"desired", "initial", "prior"} <= set(command.prefilled)


def test_retention_and_pay_come_from_data_for_a_new_producer_too(book: Book) -> None:
    track = replace(plans.track(book, "P01", NOW), kept=Fraction(2, 3))
    found = plans.validate_newproducer([("draw", "60000")], track)
    assert (found.values["retention"], found.values["draw"]) == (Fraction(2, 3), 6_000_000)
    assert found.values["production"] == Fraction(15_000, 50) and found.values["new_rate"] == Fraction(2, 5)
    nobody = validation_given.given("newren", replace(track, kept=Fraction(0)), Fraction(1))
    assert "retention" not in nobody
    typed = plans.validate_newproducer([("draw", "60000"), ("retention", "0")], track)
    assert typed.values["retention"] == 0


@given(st.sampled_from(["newren", "basegrowth"]), st.integers(0, 200_000), st.integers(0, 200_000), st.integers(1, 100))
def test_the_target_asks_for_no_less_than_the_minimum(plan: str, initial: int, more: int, rate: int) -> None:
    typed = {**DOCUMENT, "initial": str(initial), "desired": str(initial + more), "hit_rate": f"{rate}%"}
    found = validating.evaluate(plan, typed).schedules
    assert found is not None
    for low, high in zip((found.minimum,), (found.target,), strict=True):
        assert high.new_commission >= low.new_commission
        assert high.sales_calls >= high.proposals >= high.sales


@given(st.integers(1, 99))
def test_more_closing_never_needs_more_hours(rate: int) -> None:
    low, high = (
        effort.evaluate({**EXAMPLE, "closing": f"{one}%", "premium": "1000", "rate": "0.1"}) for one in (rate, rate + 1)
    )
    assert low.time is not None and high.time is not None
    assert (low.time.required_rate or 0) >= (high.time.required_rate or 0)


def test_a_year_of_weeks_and_what_is_typed_over_them(book: Book) -> None:
    found = tracking.year_track(book, "P01", 2026, NOW)
    assert (found.through, len(found.weeks)) == (11, 52)
    assert found.weeks[10].week.figures.sales == 1
    texts = {("2026-W11", "sales"): "4", ("2026-W11", "fees"): "$120.50", ("2026-W10", "sales_calls"): "9"}
    assert tracking.type_figures(book, "P01", texts, AUTHOR).changed
    week = tracking.year_track(book, "P01", 2026, NOW).weeks[10]
    assert (week.week.figures.sales, week.imported.sales, week.week.figures.fees) == (4, 1, 12_050)
    assert week.week.typed == {"sales", "fees"} and week.typed_at["sales"] == AUTHOR.at
    assert tracking.type_figures(book, "P01", {("2026-W11", "sales"): ""}, AUTHOR).changed
    assert tracking.year_track(book, "P01", 2026, NOW).weeks[10].week.figures.sales == 1
    assert not tracking.type_figures(book, "P01", {("2026-W11", "sales"): ""}, AUTHOR).changed


def test_cumulative_commission_stands_in_the_weeks_begun(book: Book) -> None:
    running = tracking.year_track(book, "P01", 2026, NOW).cumulative()
    assert running[10] == 15_000 and running[9] == 0 and running[11] is None


def test_the_base_is_reached_on_a_day(book: Book) -> None:
    without = {key: text for key, text in DOCUMENT.items() if key != "prior"}
    planning.keep(book, "basegrowth", "P01", without, AUTHOR)
    Agency().policy("N-9", "2026-02-20", "P01", 400_000, commission_rate=0.15).store(book, "later.csv")
    found = tracking.year_track(book, "P01", 2026, NOW)
    assert (found.plan, found.base, found.base_on, found.next_base) == ("basegrowth", 60_000, date(2026, 2, 20), 75_000)
    assert found.standings and found.lag is not None
    planning.keep(book, "basegrowth", "P01", {**DOCUMENT, "prior": "700"}, AUTHOR)
    typed = tracking.year_track(book, "P01", 2026, NOW)
    assert (typed.base, typed.base_on, typed.next_base) == (70_000, date(2026, 3, 10), 75_000)


def test_typed_weeks_move_the_day_of_the_base(book: Book) -> None:
    planning.keep(book, "basegrowth", "P01", {**DOCUMENT, "prior": "700"}, AUTHOR)
    Agency().policy("N-9", "2026-02-20", "P01", 400_000, commission_rate=0.15).store(book, "later.csv")
    # $600 on February 20 (W08) and $150 on March 10 (W11): $700 on March 10
    tracking.type_figures(book, "P01", {("2026-W06", "commission"): "90", ("2026-W07", "fees"): "20"}, AUTHOR)
    found = tracking.year_track(book, "P01", 2026, NOW)
    assert (found.base_on, found.next_base) == (date(2026, 2, 20), 86_000)
    # over the imported $600; counted on the week's Sunday
    tracking.type_figures(book, "P01", {("2026-W08", "commission"): "590"}, AUTHOR)
    assert tracking.year_track(book, "P01", 2026, NOW).base_on == date(2026, 2, 22)
    tracking.type_figures(book, "P01", {("2026-W08", "commission"): "0"}, AUTHOR)
    found = tracking.year_track(book, "P01", 2026, NOW)
    assert (found.base_on, found.next_base) == (None, 26_000)


@pytest.mark.parametrize(("key", "text"), [("sales", "1.5"), ("sales", "-1"), ("premium", "x"), ("fees", "0.001")])
def test_a_figure_that_cannot_be_is_refused(book: Book, key: str, text: str) -> None:
    with pytest.raises(UserError):
        tracking.type_figures(book, "P01", {("2026-W11", key): text}, AUTHOR)
    assert tracking.year_track(book, "P01", 2026, NOW).weeks[10].week.typed == frozenset()


def test_what_is_typed_into_plans_is_not_told_while_pay_is_hidden(book: Book) -> None:
    planning.keep(book, "newren", "P01", {"desired": "61,234"}, AUTHOR)
    assert "61,234" in str(trail.lines(book))
    assert "61,234" not in str(trail.lines(book, hidden=True)) and discretion.HIDDEN in str(trail.lines(book, True))


def test_a_field_says_why_without_the_key_that_commands_use() -> None:
    wrong = effort.evaluate({**EXAMPLE, "hours": "-1", "duty.service": "x"}).errors
    assert wrong["hours"].startswith("Available work hours must be at least 0")
    assert wrong["duty.service"].startswith("Hours on a duty is not a number")
    assert (
        validating.evaluate("newren", {**DOCUMENT, "hit_rate": "0"}).errors["hit_rate"].startswith("The hit rate must")
    )
