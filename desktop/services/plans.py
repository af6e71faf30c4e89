"""Plans from typed inputs and a producer's own data: effective production time and producer validation.

Reads inputs as they were typed, so that window and commands refuse the same with the same words. No formula of its own
(metrics.md 5 and 6), no SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import ept, periods, quantities, validation, validation_history, validation_newproducer
from desktop.core.ept import Account, Plan, ProductionTime, Worth
from desktop.core.periods import Period
from desktop.core.quantities import Quantity
from desktop.core.team import Person
from desktop.core.validation import PlanKind, Reality, Schedules
from desktop.core.validation_history import History
from desktop.core.validation_newproducer import Sponsorship
from desktop.errors import UserError
from desktop.services import validation_given

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desktop.models.book import Book

Typed = Sequence[tuple[str, str]]
"""Keys and values as somebody wrote them."""


# --- effective production time ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimePlan:
    """A plan's effective production time, and what each account is worth by it."""

    plan: Plan
    time: ProductionTime
    accounts: tuple[Worth, ...]


def effective_time(hours: str | None, duties: Typed, closing: str, goal: str, accounts: Typed = ()) -> TimePlan:
    """The EPT plan of typed inputs (metrics.md 5); `hours` None = 2,000, accounts are (premium, commission rate).

    UserError for what is no number, is impossible, or for a duty named twice.
    """
    _refuse_twice(key for key, _ in duties)
    plan = Plan(
        available=ept.AVAILABLE_BY_DEFAULT if hours is None else quantities.read(ept.AVAILABLE, hours),
        duties={name: quantities.read(ept.duty(name), text) for name, text in duties},
        closing_ratio=quantities.read(ept.CLOSING, closing),
        goal=quantities.read(ept.GOAL, goal),
    )
    time = ept.production_time(plan)
    given = [
        Account(quantities.read(ept.PREMIUM, premium), quantities.read(ept.COMMISSION_RATE, rate))
        for premium, rate in accounts
    ]
    return TimePlan(plan, time, tuple(ept.worth(account, time.required_rate) for account in given))


# --- validation -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ValidationPlan:
    """Both schedules, the inputs they come from, which of these the producer's data gave, and the reality test."""

    plan: PlanKind
    values: Mapping[str, Fraction]
    prefilled: tuple[str, ...]
    schedules: Schedules
    reality: Reality | None


@dataclass(frozen=True, slots=True)
class SponsoredPlan:
    """A new producer's three years, the inputs they come from, and which of these the producer's data gave."""

    values: Mapping[str, Fraction]
    prefilled: tuple[str, ...]
    sponsorship: Sponsorship


@dataclass(frozen=True, slots=True)
class Track:
    """A producer's past as plans use it: the year's sums, and the sales calls per week of the last 26 weeks.

    `kept`: share of the year's clients that stayed, None where it is not known. `pay`: salary (cents a year) and splits
    in force, by field, as far as somebody entered them.
    """

    producer: str
    producer_name: str
    history: History
    weekly_calls: Fraction
    calls_known: bool
    kept: Fraction | None = None
    pay: Mapping[str, Fraction] = field(default_factory=dict)


def validate(plan: PlanKind, typed: Typed, track: Track | None = None) -> ValidationPlan:
    """A NewRen or BaseGrowth plan of typed inputs; what is not typed comes from the producer's data, else by default.

    Inputs of the other schedule may be typed too and are ignored. UserError for unknown keys, keys typed twice,
    impossible values, and missing ones.
    """
    typed_values = _read(validation.INPUTS, typed)
    past = _past(plan.value, validation.inputs_of(plan), typed_values, track)
    prefilled = tuple(key for key in past if key not in typed_values)
    values = validation.completed(plan, {**past, **typed_values})
    found = validation.schedules(plan, values)
    needed = found.target.weekly.sales_calls
    reality = None if track is None else validation.reality(needed, track.weekly_calls, known=track.calls_known)
    return ValidationPlan(plan, values, prefilled, found, reality)


def _past(
    plan: str, known: Iterable[Quantity], typed: Mapping[str, Fraction], track: Track | None
) -> dict[str, Fraction]:
    """What the producer's data gives of the inputs that a plan knows."""
    if track is None:
        return {}
    found = validation_given.given(plan, track, typed.get("calls_per_prospect", validation.CALLS_PER_PROSPECT))
    return {one.key: found[one.key].value for one in known if one.key in found}


def validate_newproducer(typed: Typed, track: Track | None = None) -> SponsoredPlan:
    """A NewProducer plan of typed inputs over the producer's data; UserError as in `validate`."""
    typed_values = _read(validation_newproducer.INPUTS, typed)
    past = _past(validation_given.NEWPRODUCER, validation_newproducer.INPUTS.values(), typed_values, track)
    values = validation_newproducer.completed({**past, **typed_values})
    prefilled = tuple(key for key in past if key not in typed_values)
    return SponsoredPlan(values, prefilled, validation_newproducer.sponsorship(values))


def _read(inputs: Mapping[str, Quantity], typed: Typed) -> dict[str, Fraction]:
    _refuse_twice(key for key, _ in typed)
    for key, _ in typed:
        if key not in inputs:
            raise UserError(f"The plan has no input “{key}”.", f"Known are {', '.join(inputs)}.")
    return {key: quantities.read(inputs[key], text) for key, text in typed}


def _refuse_twice(keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise UserError(f"“{key}” is given twice.", "Give it once.")
        seen.add(key)


# --- a producer's past ------------------------------------------------------------------------------------------------


def track(book: Book, producer: str, as_of: datetime) -> Track:
    """A producer's past (metrics.md 6, *From data*) as known at `as_of`; UserError for a code that nobody has.

    Sales calls are meetings held, proposals the leads that entered rank 5, or quotes where the agency tracks none.
    """
    from desktop.models import facts, facts_people, facts_plans
    from desktop.models.facts import Window

    person = find_person(facts_people.people(book), producer)
    year = periods.trailing(as_of, validation_history.DAYS)
    recent = periods.trailing(as_of, validation.RECENT_WEEKS * 7)
    past, lately = facts.tallies(book, [Window(year, as_of), Window(recent, as_of)])
    own = past.of(person.id)
    (proposed,) = facts_plans.proposed_leads(book, [year], as_of)
    before = Period(date(as_of.year - 1, 1, 1), date(as_of.year - 1, 12, 31))
    prior = facts_plans.commissions(book, before, as_of)
    history = History(
        sales_calls=own.meetings_held,
        proposals=proposed.get(person.id, 0) if proposed else own.quotes,
        sales=own.policies_written,
        premium=own.new_premium,
        commission=own.new_commission,
        prior=prior.get(person.id, 0) if prior else None,
    )
    return Track(
        producer=person.code,
        producer_name=person.name,
        history=history,
        weekly_calls=Fraction(lately.of(person.id).meetings_held, validation.RECENT_WEEKS),
        calls_known=lately.agency().meetings_held > 0,
        kept=_kept(book, person.code, as_of),
        pay=_pay(book, person.id, as_of.date()),
    )


def _kept(book: Book, producer: str, as_of: datetime) -> Fraction | None:
    from desktop.services import retention

    clients = retention.ratios(book, periods.trailing(as_of, validation_history.DAYS), as_of, producer).clients
    return None if clients.ratio is None else Fraction(clients.begin - clients.lost, clients.begin)


def _pay(book: Book, row: int, on: date) -> dict[str, Fraction]:
    from desktop.models import facts_revenue

    found: dict[str, Fraction] = {}
    for change in facts_revenue.pay_changes(book).get(row, []):
        if change.effective_from <= on:
            for name in ("salary", "new_split", "renewal_split"):
                amount = getattr(change, name)
                if amount is not None:
                    found[name] = Fraction(amount)
    return found


def find_person(people: Iterable[Person], code: str) -> Person:
    """The one with that code, however it is capitalized; UserError when nobody has it."""
    for person in people:
        if person.code.casefold() == code.strip().casefold():
            return person
    raise UserError(f"There is no producer with the code “{code}”.", "Check the code on the producers page.")
