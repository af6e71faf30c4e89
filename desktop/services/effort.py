"""The planner of effective production time: begins with the agency's own data, works out what is typed over it.

Fields are texts, so that what is impossible is refused at its field. No formula of its own (metrics.md 5), no SQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core import ept, periods, quantities
from desktop.core.ept import Account, GoalPlan, Handover, Plan, ProductionTime, WhatIf, Worth
from desktop.core.money import ratio
from desktop.core.periods import Period
from desktop.core.quantities import Quantity, Unit
from desktop.core.worktime import span_minutes
from desktop.errors import UserError
from desktop.models import facts, facts_closing, facts_people, facts_revenue
from desktop.models.facts import Window
from desktop.services import calendars, planning, retention
from desktop.services.dashboard import dashboard
from desktop.services.scopes import scope

if TYPE_CHECKING:
    from desktop.core.team import Person
    from desktop.models.book import Book
    from desktop.models.facts import Tallies
    from desktop.models.facts_records import Scope
    from desktop.models.facts_revenue import BoundTerm
    from desktop.services.figures import Dashboard, Number

DAYS = 365
_MOVE, _DUTY = "move.", "duty."
HOURS = "hours."
"""Before a type of account: the key of the hours that it takes."""
_ACCOUNT_HOURS = Quantity("account_hours", "Hours the account takes", Unit.HOURS, most=ept.HOURS_IN_A_YEAR)


@dataclass(frozen=True, slots=True)
class AccountType:
    """A line of business as sold in the trailing year: how many, mean premium in cents, mean commission rate."""

    line: str
    count: int
    premium: Fraction
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Start:
    """What the data gives a plan: texts by key, where each comes from, both closing ratios, account types; then what
    was typed over it. `per_client`: commission of a client in force, in cents.
    """

    producer: str | None
    given: Mapping[str, str]
    sources: Mapping[str, str]
    true_ratio: Fraction | None
    flattering_ratio: Fraction | None
    policies: int
    types: tuple[AccountType, ...]
    typed: Mapping[str, str]
    per_client: int | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """A plan worked out. `errors`: by field why it cannot be; the rest is None where they stand in the way.

    `usual_hours`: the effective hours behind a policy; `clients`: new clients and leads that the goal takes.
    """

    time: ProductionTime | None = None
    goal: Fraction | None = None
    account: Worth | None = None
    types: tuple[Worth, ...] = ()
    minimum: Fraction | None = None
    what_if: WhatIf | None = None
    usual_hours: Fraction | None = None
    clients: GoalPlan | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> ProductionTime | None:
        """The time that comes of the plan: with help, where hours are handed over."""
        return self.time if self.what_if is None else self.what_if.after


@dataclass(frozen=True, slots=True)
class Member:
    """A producer in the view of the team; `time` None without a closing ratio or with an impossible plan."""

    producer: str
    producer_name: str
    time: ProductionTime | None
    goal: Fraction | None


def start(book: Book, producer: str | None, now: datetime) -> Start:
    """Where a plan begins: one producer's by code, or the agency's mean producer (None)."""
    averages = retention.ratios(book, periods.trailing(now, DAYS), now, producer).averages
    return replace(_start(book, producer, now, _common(book, now, producer)), per_client=averages.commission_per_client)


@dataclass(frozen=True, slots=True)
class _Common:
    """What is read once for every plan of the moment: the trailing year's counts, leads qualified by producer and
    terms bound, everybody, and the dashboard of the calendar year.
    """

    tallies: Tallies
    qualified: Mapping[int | None, int]
    terms: Sequence[BoundTerm]
    people: Sequence[Person]
    year: Dashboard

    def qualified_of(self, whose: Scope) -> int:
        """Leads that were contacted and qualified."""
        return sum(self.qualified.values()) if whose.producer is None else self.qualified.get(whose.producer, 0)

    def terms_of(self, whose: Scope) -> list[BoundTerm]:
        """Terms bound, or one producer's shares of them."""
        codes = {person.code for person in self.people if person.id == whose.producer}
        return [one for one in self.terms if whose.producer is None or one.producer in codes]

    def goal(self, producer: str | None) -> Number | None:
        """The year's target for new commission in cents, the agency's without a producer."""
        if producer is None:
            panel = self.year.agency
        else:
            panel = next(one for one in self.year.producers if _same(one.producer, producer))
        return panel.metrics["new_commission"].target


def _same(code: str | None, asked: str) -> bool:
    return code is not None and code.casefold() == asked.strip().casefold()


def _common(book: Book, now: datetime, producer: str | None) -> _Common:
    whose, span = scope(book, producer), periods.trailing(now, DAYS)
    (tallies,) = facts.tallies(book, [Window(span, now)])
    qualified = facts_closing.qualified_by_producer(book, span, now, whose)
    terms = facts_revenue.bound_terms(book, span, whose)
    year = Period(date(now.year, 1, 1), date(now.year, 12, 31))
    return _Common(tallies, qualified, terms, facts_people.people(book), dashboard(book, year, now, producer))


def _start(book: Book, producer: str | None, now: datetime, common: _Common) -> Start:
    whose = scope(book, producer)
    span = periods.trailing(now, DAYS)
    tallies = common.tallies
    tally = tallies.agency() if whose.producer is None else tallies.of(whose.producer)
    true = ratio(tally.policies_written, common.qualified_of(whose))
    flattering = ratio(tally.policies_written, tally.quotes)
    people = [person for person in common.people if person.produces_in(span)]
    given, sources = {"hours": "2000"}, {"hours": "40 hours in 50 weeks"}
    away = _vacation(book, [one for one in people if whose.producer in (None, one.id)], now)
    if away:
        given["duty.vacation"], sources["duty.vacation"] = _plain(away), "leave of this year on record"
    if true is not None:
        given["closing"] = f"{float(min(true, Fraction(1))) * 100:.1f}%"
        sources["closing"] = "true ratio of the last 365 days"
    target = common.goal(producer)
    if target is not None:
        goal = round(target / (max(len(people), 1) if producer is None else 1))
        given["goal"], sources["goal"] = f"{goal / 100:,.2f}", "the year's target for new commission"
    heads = 1 if producer is not None else max(len(people), 1)
    begin = Start(
        producer, given, sources, true, flattering, round(tally.policies_written / heads),
        _types(common.terms_of(whose)), planning.inputs(book, planning.EPT, producer),
    )  # fmt: skip
    _give_account(begin, given, sources)
    return begin


def _give_account(begin: Start, given: dict[str, str], sources: dict[str, str]) -> None:
    """The account to begin with is the mean one of the year, and takes the hours that a policy took."""
    count = sum(one.count for one in begin.types)
    if not count:
        return
    premium = sum((one.premium * one.count for one in begin.types), Fraction(0))
    commission = sum((one.premium * one.count * one.rate for one in begin.types), Fraction(0))
    given["premium"] = f"{float(premium / count) / 100:,.0f}"
    given["rate"] = f"{float(commission / premium) * 100:.1f}%"
    time = evaluate({**given, **begin.typed}).time
    usual = None if time is None else _usual_hours(time, begin)
    if usual is not None:
        given["account_hours"] = _plain(usual)
    for key in ("premium", "rate", "account_hours"):
        sources[key] = "mean of the new policies of the last 365 days"


def _vacation(book: Book, people: list[Person], now: datetime) -> Fraction:
    """Hours of leave on working days of the year, per person."""
    year = Period(date(now.year, 1, 1), date(now.year, 12, 31))
    calendar = calendars.calendar(book, year.start, year.end)
    minutes = sum(
        span_minutes(*calendar.hours[day.isoweekday()])
        for person in people
        for day in calendar.working(year)
        if any(leave.covers(day) for leave in person.presence.leaves)
    )
    return Fraction(minutes, 60 * len(people)) if people else Fraction(0)


def _types(terms: Sequence[BoundTerm]) -> tuple[AccountType, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for term in terms:
        if term.transaction == "new" and term.premium > 0:
            found = sums[term.line]
            for at, amount in enumerate((1, term.premium, term.commission)):
                found[at] += amount
    return tuple(
        AccountType(line, count, Fraction(premium, count), Fraction(commission, premium))
        for line, (count, premium, commission) in sorted(sums.items())
    )


def _plain(number: Fraction) -> str:
    return f"{float(number):.1f}".removesuffix(".0")


# --- working it out ---------------------------------------------------------------------------------------------------


def evaluate(typed: Mapping[str, str], begin: Start | None = None) -> Effort:
    """A plan of texts by key: `hours`, `duty.NAME`, `closing`, `goal`, and what may go with it.

    `premium`, `rate`, `account_hours` are those of an account; `move.NAME` hours go to somebody at `cost` an hour;
    `hours.LINE` is what an account of that line takes.
    """
    errors: dict[str, str] = {}
    plan = _plan(typed, errors)
    time = None
    if plan is not None and not errors:
        try:
            time = ept.production_time(plan)
        except UserError as error:
            errors["duties"] = f"{error.what} {error.what_to_do}"
    account = _account(typed, errors, time)
    handed = _handover(typed, errors, plan)
    if time is None or plan is None:
        return Effort(errors=errors)
    usual = _usual_hours(time, begin)
    types = [
        Account(one.premium, one.rate, _hours_of(typed, one.line, usual, errors), one.line)
        for one in (() if begin is None else begin.types)
    ]
    return Effort(
        time=time,
        goal=plan.goal,
        account=account,
        types=tuple(ept.by_worth(types, time.required_rate)),
        minimum=_minimum(account, time),
        what_if=_what_if(plan, handed, errors),
        usual_hours=usual,
        clients=_clients(plan, begin),
        errors=errors,
    )


def _plan(typed: Mapping[str, str], errors: dict[str, str]) -> Plan | None:
    hours = _read(ept.AVAILABLE, typed, "hours", errors)
    closing, goal = (_read(one, typed, one.key, errors) for one in (ept.CLOSING, ept.GOAL))
    duties = {
        key.removeprefix(_DUTY): _read(ept.duty(key.removeprefix(_DUTY)), typed, key, errors) or Fraction(0)
        for key, text in typed.items()
        if key.startswith(_DUTY) and text.strip()
    }
    for key, value, why in (
        ("closing", closing, "No closing ratio is on record: type one."),
        ("goal", goal, "Type the goal in new commission."),
        ("hours", hours, "Type the hours available in a year."),
    ):
        if value is None:
            errors.setdefault(key, why)
    return None if hours is None or closing is None or goal is None else Plan(hours, duties, closing, goal)


def _read(quantity: Quantity, typed: Mapping[str, str], key: str, errors: dict[str, str]) -> Fraction | None:
    text = typed.get(key, "")
    if not text.strip():
        return None
    try:
        return quantities.read(quantity, text)
    except UserError as error:
        errors[key] = quantities.at_field(quantity, error)
        return None


def _account(typed: Mapping[str, str], errors: dict[str, str], time: ProductionTime | None) -> Worth | None:
    premium, rate = _read(ept.PREMIUM, typed, "premium", errors), _read(ept.COMMISSION_RATE, typed, "rate", errors)
    hours = _read(_ACCOUNT_HOURS, typed, "account_hours", errors)
    if premium is None or rate is None or time is None:
        return None
    return ept.worth(Account(premium, rate, hours), time.required_rate)


def _minimum(account: Worth | None, time: ProductionTime) -> Fraction | None:
    if account is None or account.account.hours is None:
        return None
    return ept.minimum_premium(account.account.hours, account.account.rate, time.required_rate)


def _handover(typed: Mapping[str, str], errors: dict[str, str], plan: Plan | None) -> Handover:
    moved = {}
    for key, text in typed.items():
        if not key.startswith(_MOVE) or not text.strip():
            continue
        name = key.removeprefix(_MOVE)
        hours = _read(ept.duty(name), typed, key, errors)
        most = Fraction(0) if plan is None else plan.duties.get(name, Fraction(0))
        if hours is not None and plan is not None and hours > most:
            errors[key] = f"Only {float(most):,g} hours of it are in the plan."
        elif hours:
            moved[name] = hours
    return Handover(moved, _read(ept.HOURLY_COST, typed, "cost", errors) or Fraction(0))


def _what_if(plan: Plan, handed: Handover, errors: Mapping[str, str]) -> WhatIf | None:
    if not handed.hours or any(key.startswith(_MOVE) or key == "cost" for key in errors):
        return None
    return ept.what_if(plan, handed)


def _usual_hours(time: ProductionTime, begin: Start | None) -> Fraction | None:
    """Effective hours behind a policy: the agency's own measure where nobody typed one."""
    return None if begin is None else ratio(time.effective, begin.policies)


def _clients(plan: Plan, begin: Start | None) -> GoalPlan | None:
    """The goal is of new commission, so nothing retained comes off it."""
    if begin is None or begin.per_client is None:
        return None
    return ept.goal_plan(plan.goal, Fraction(0), Fraction(begin.per_client), plan.closing_ratio)


def _hours_of(typed: Mapping[str, str], line: str, usual: Fraction | None, errors: dict[str, str]) -> Fraction | None:
    key = f"{HOURS}{line}"
    found = _read(_ACCOUNT_HOURS, typed, key, errors)
    return usual if found is None else found


# --- the team ---------------------------------------------------------------------------------------------------------


def team(book: Book, now: datetime) -> list[Member]:
    """Everybody of role producer today, with the plan as it was typed, else as the data gives it."""
    found, common = [], _common(book, now, None)
    for person in common.people:
        if not person.produces_in(Period(now.date(), now.date())):
            continue
        begin = _start(book, person.code, now, common)
        effort = evaluate({**begin.given, **begin.typed}, begin)
        found.append(Member(person.code, person.name, effort.time, effort.goal))
    return found


def together(members: Sequence[Member]) -> Member | None:
    """The team's row: the sums of those whose plan stands, None where that is nobody's."""
    known = [(one.time, one.goal) for one in members if one.time is not None and one.goal is not None]
    if not known:
        return None
    goal = sum((goal for _, goal in known), Fraction(0))
    return Member("", "Team", ept.together([time for time, _ in known], goal), goal)
