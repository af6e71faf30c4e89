"""The KPIs of leads, closing and activity, read from their definitions one record after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from tests.oracle.counts import Whose
from tests.oracle.facts import Agency, Row, day_of, days, first_named, moment_of, split
from tests.oracle.pipeline import LeadState, leads_at
from tests.oracle.windows import Window, end_of, month_of

EXPECTED = {"prospect": 7, "contacted": 14, "needs_analysis": 7, "quoted": 14, "proposed": 7, "closing": 7}
WEIGHTS = {"call": 1, "text": 1, "email": 1, "worked": 2, "meeting_held": 5}

Figure = dict[str, Any]


@dataclass
class Question:
    """What is asked, and everything of the agency that `as_of` lets one see."""

    agency: Agency
    window: Window
    as_of: datetime
    whose: Whose
    flow: bool = False
    producer: str | None = None
    states: list[LeadState] = field(default_factory=list)
    by_lead: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.states = [one for one in leads_at(self.agency, self.as_of) if self.whose(one.owner)]
        for row in self.agency.rows("activities"):
            if row.get("lead_id") and self.seen(row["occurred_at"]):
                self.by_lead.setdefault(row["lead_id"], []).append(row)
        for rows in self.by_lead.values():
            rows.sort(key=lambda row: row["occurred_at"])

    def seen(self, text: str) -> bool:
        return moment_of(text) <= self.as_of if len(text) > 10 else day_of(text) <= self.as_of.date()

    def inside(self, at: datetime) -> bool:
        return self.window[0] <= at.date() <= self.window[1] and at <= self.as_of

    def within(self, text: str) -> bool:
        return self.window[0] <= day_of(text) <= self.window[1] and self.seen(text)

    @property
    def cohort(self) -> list[LeadState]:
        return [one for one in self.states if self.within(one.lead["received_at"])]

    def activities(self, lead: Row) -> list[Row]:
        return self.by_lead.get(lead["lead_id"], [])

    @property
    def last(self) -> date:
        return min(self.window[1], self.as_of.date())

    @property
    def workdays(self) -> int:
        return self.agency.working_days(self.window[0], self.last) if self.last >= self.window[0] else 0


def figures(question: Question) -> dict[str, Figure]:
    """By KPI: value, numerator, denominator, and the details that can be told beforehand."""
    return {
        **speed(question),
        **engagement(question),
        **premium(question),
        **activity(question),
    }


def rate(top: Any, bottom: Any, **detail: Any) -> Figure:
    value = Fraction(top) / Fraction(bottom) if bottom else None
    return {"value": value, "numerator": Fraction(top), "denominator": Fraction(bottom), "detail": detail}


def mean(amounts: Iterable[Any], **detail: Any) -> Figure:
    found = list(amounts)
    return rate(sum(found), len(found), **detail)


def middle(amounts: Iterable[Any]) -> Any:
    found = list(amounts)
    return median(found) if found else None


def outbound(row: Row) -> bool:
    return (row.get("direction") or "outbound") == "outbound"


def is_contact(row: Row) -> bool:
    if row["kind"] == "meeting_held":
        return True
    if not outbound(row):
        return False
    return row["kind"] == "call" or (row["kind"] in ("text", "email") and not row.get("bulk"))


# --- section 1 --------------------------------------------------------------------------------------------------------


def speed(q: Question) -> dict[str, Figure]:
    waits, never = [], 0
    for state in q.cohort:
        received = moment_of(state.lead["received_at"])
        touches = [row["occurred_at"] for row in q.activities(state.lead) if is_contact(row)]
        after = [at for at in touches if (moment_of(at) >= received if len(at) > 10 else day_of(at) >= received.date())]
        timed = [moment_of(at) for at in after if len(at) > 10]
        never += not after
        if timed:
            waits.append(minutes(received, min(timed)))
    quick = Fraction(sum(wait <= 5 for wait in waits), len(q.cohort)) if q.cohort else None
    stays = [(state, state.entries[-1]) for state in q.states if state.is_open]
    late = sum(q.as_of - entry.at > timedelta(days=EXPECTED[state.stage]) for state, entry in stays)
    return {
        "speed_to_lead": mean(waits, median=middle(waits), share_within_5=quick, never_contacted=never),
        "response_time": response(q),
        "overdue_rate": rate(late, len(stays)),
    }


def minutes(start: datetime, end: datetime) -> Fraction:
    return Fraction(int((end - start).total_seconds()), 60)


def response(q: Question) -> Figure:
    waits, unanswered = [], 0
    for state in q.states:
        asked: str | None = None
        events = sorted(q.activities(state.lead), key=lambda row: (row["occurred_at"], not is_inbound(row)))
        for row in events:
            if is_inbound(row) and asked is None:
                asked = row["occurred_at"]
            elif is_contact(row) and asked is not None:
                if q.within(asked) and len(asked) > 10 and len(row["occurred_at"]) > 10:
                    waits.append(business_minutes(q.agency, moment_of(asked), moment_of(row["occurred_at"])))
                asked = None
        unanswered += asked is not None and q.within(asked)
    return mean(waits, unanswered=unanswered)


def is_inbound(row: Row) -> bool:
    if outbound(row):
        return False
    return row["kind"] in ("email", "text") or (row["kind"] == "call" and row.get("outcome") != "connected")


def business_minutes(agency: Agency, start: datetime, end: datetime) -> Fraction:
    total = 0
    for day in days(start.date(), end.date()):
        if agency.is_working_day(day):
            opening, closing = datetime.combine(day, time(8)), datetime.combine(day, time(18))
            total += max(0, int((min(closing, end) - max(opening, start)).total_seconds()))
    return Fraction(total, 60)


# --- sections 2 and 3 -------------------------------------------------------------------------------------------------


def first_reach(state: LeadState, rank: int) -> datetime | None:
    return min((one.at for one in state.entries if one.rank is not None and one.rank >= rank), default=None)


def reached(q: Question, rank: int) -> list[LeadState]:
    if q.flow:
        firsts = [(one, first_reach(one, rank)) for one in q.states]
        return [one for one, at in firsts if at is not None and q.inside(at)]
    return [one for one in q.cohort if first_reach(one, rank) is not None]


def talked(q: Question, state: LeadState) -> list[str]:
    return [
        row["occurred_at"]
        for row in q.activities(state.lead)
        if row["kind"] == "meeting_held" or (row["kind"] == "call" and row.get("outcome") == "connected")
    ]


def contacted(q: Question) -> list[LeadState]:
    if not q.flow:
        return [one for one in q.cohort if talked(q, one) or first_reach(one, 3) is not None]
    found = []
    for one in q.states:
        talks, third = talked(q, one), first_reach(one, 3)
        if (talks and q.within(min(talks))) or (third is not None and q.inside(third)):
            found.append(one)
    return found


def attempts(q: Question, state: LeadState) -> int | None:
    total = 0
    for row in q.activities(state.lead):
        if row["kind"] in ("call", "text") and outbound(row):
            total += row.get("count") or 1
            if row.get("outcome") == "connected":
                return total
    return None


def engagement(q: Question) -> dict[str, Figure]:
    tries = [many for one in q.cohort if (many := attempts(q, one)) is not None]
    buckets = {str(many): tries.count(many) for many in range(1, 8)} | {"8+": sum(many >= 8 for many in tries)}
    third, fourth, sixth, seventh = (reached(q, rank) for rank in (3, 4, 6, 7))
    sources = sorted({one.lead["source"] for one in (*q.cohort, *third)})
    by_source = {
        name: (sum(one.lead["source"] == name for one in third), sum(one.lead["source"] == name for one in q.cohort))
        for name in sources
    }
    wins = []
    for state in q.states:
        won = min((one.at for one in state.entries if one.rank == 7), default=None)
        if won is not None and q.inside(won):
            wins.append(Fraction(int((won - moment_of(state.lead["received_at"])).total_seconds()), 86_400))
    return {
        "contact_rate": rate(len(contacted(q)), len(q.cohort)),
        "attempts_to_contact": mean(tries, buckets=buckets),
        "engagement_rate": rate(len(third), len(q.cohort), by_source=by_source),
        "qualification_rate": rate(len(fourth), len(third)),
        "lead_close_rate": rate(len(seventh), len(q.cohort)),
        "app_to_close_rate": rate(len(seventh), len(sixth)),
        "pipeline_velocity": mean(wins, median=middle(wins)),
    }


@dataclass
class Sale:
    """A bound policy as those asked for see it: cents after share, and whether it counts as theirs."""

    policy: Row
    premium: int
    counted: bool


def sales(q: Question, window: Window, as_of: datetime) -> list[Sale]:
    found = []
    for policy in q.agency.rows("policies"):
        day = day_of(policy["bound_on"])
        if policy["transaction"] != "new" or not window[0] <= day <= window[1] or day > as_of.date():
            continue
        parts = {code: part for code, part in split(policy["annual_premium"], policy).items() if q.whose(code)}
        if parts:
            found.append(Sale(policy, sum(parts.values()), q.whose(first_named(policy))))
    return found


def premium(q: Question) -> dict[str, Figure]:
    sold = sales(q, q.window, q.as_of)
    total, many = sum(one.premium for one in sold), sum(one.counted for one in sold)
    monthly = [Fraction(one.premium, 1200) for one in sold if one.counted]
    average = Fraction(total, 100 * many) if many else None
    return {
        "avg_monthly_premium": {
            "value": average / 12 if average is not None else None,
            "numerator": Fraction(total, 1200),
            "denominator": Fraction(many),
            "detail": {
                "median": middle(monthly),
                "min": min(monthly, default=None),
                "max": max(monthly, default=None),
            },
        },
        "avg_annual_premium": {
            "value": average,
            "numerator": Fraction(total, 100),
            "denominator": Fraction(many),
            "detail": {},
        },
        "annual_premium_written": {
            "value": Fraction(total, 100),
            "numerator": Fraction(total, 100),
            "denominator": None,
            "detail": {"units": units(q)},
        },
        "revenue_by_source": {
            "value": None,
            "numerator": None,
            "denominator": None,
            "detail": {"sources": sources(q, sold)},
        },
        "revenue_by_carrier": {"value": None, "numerator": None, "denominator": None,
                               "detail": {"carriers": carriers(sold)}},
    }  # fmt: skip


def carriers(sold: list[Sale]) -> dict[str | None, tuple[int, Fraction, Fraction | None]]:
    found = {}
    for name in {one.policy["carrier"] for one in sold}:
        mine = [one for one in sold if one.policy["carrier"] == name]
        many, total = sum(one.counted for one in mine), Fraction(sum(one.premium for one in mine), 100)
        found[name] = (many, total, total / many if many else None)
    return found


def sources(q: Question, sold: list[Sale]) -> dict[str | None, tuple[Any, ...]]:
    """Source: leads, closed, premium, commission, cost, return; money in dollars."""
    leads = {one["lead_id"]: one for one in q.agency.rows("leads")}
    costs = {one["source"]: one for one in q.agency.rows("sources")}
    names = {one.lead["source"] for one in q.cohort} | set(costs)
    bound: dict[str | None, list[Sale]] = {}
    for one in sold:
        own = one.policy.get("source") or leads.get(one.policy.get("lead_id"), {}).get("source")
        bound.setdefault(own, []).append(one)
    found = {}
    for name in {*names, *bound}:
        mine = [one for one in q.cohort if one.lead["source"] == name]
        closed = sum(first_reach(one, 7) is not None for one in mine)
        premium_of = sum(one.premium for one in bound.get(name, []))
        commission = sum(commission_of(q, one.policy) for one in bound.get(name, []))
        stated = costs.get(name, {})
        span = max(0, (q.last - q.window[0]).days + 1)
        cost = len(mine) * (stated.get("cost_per_lead") or 0) + Fraction(
            (stated.get("monthly_cost") or 0) * span * 12, 365
        )
        if mine or premium_of or commission or cost:
            money = (Fraction(premium_of, 100), Fraction(commission, 100), Fraction(cost) / 100)
            found[name] = (len(mine), closed, *money, commission / Fraction(cost) if cost else None)
    return found


def commission_of(q: Question, policy: Row) -> int:
    parts = split(q.agency.commission(policy), policy)
    return sum(part for code, part in parts.items() if q.whose(code))


def units(q: Question) -> dict[str, tuple[Fraction, Fraction]]:
    day = max(q.last, q.window[0])
    monday = day - timedelta(days=day.weekday())
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    month = month_of(day)
    before = month_of(month[0] - timedelta(days=1))
    quarter = (first, month_of(first + timedelta(days=70))[1])
    last_quarter = first - timedelta(days=1)
    pairs = {
        "week": ((monday, monday + timedelta(days=6)), (monday - timedelta(days=7), monday - timedelta(days=1))),
        "month": (month, before),
        "quarter": (quarter, (month_of(last_quarter - timedelta(days=70))[0], last_quarter)),
        "year": ((date(day.year, 1, 1), day), (date(day.year - 1, 1, 1), year_ago(day))),
    }
    found = {}
    for name, (now, earlier) in pairs.items():
        then = end_of(earlier[1]) - (end_of(now[1]) - q.as_of)
        found[name] = (total_of(q, now, q.as_of), total_of(q, earlier, then))
    return found


def year_ago(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)


def total_of(q: Question, window: Window, as_of: datetime) -> Fraction:
    return Fraction(sum(one.premium for one in sales(q, window, as_of)), 100)


# --- section 7 --------------------------------------------------------------------------------------------------------


def activity(q: Question) -> dict[str, Figure]:
    acts = [row for row in q.agency.rows("activities") if q.whose(row["producer"])]
    mine = [row for row in acts if q.within(row["occurred_at"])]
    calls = sum(row.get("count") or 1 for row in mine if row["kind"] == "call" and outbound(row))
    talks = [row for row in mine if row["kind"] == "call" and row.get("outcome") == "connected"]
    talk = sum((Fraction(str(row["minutes"])) for row in talks if row.get("minutes")), Fraction(0))
    spans = (q.last - q.window[0]).days + 1
    today = (q.as_of.date(), q.as_of.date())
    week = (q.as_of.date() - timedelta(days=6), q.as_of.date())
    working = [day for day in days(*q.window) if day <= q.last and q.agency.is_working_day(day)]
    worked = sum(len(leads_on(mine, day)) for day in working)
    opened = sum(state.is_open for state in q.states)
    day_after = datetime.combine(q.window[1] + timedelta(days=1), time())
    hours = business_minutes(q.agency, datetime.combine(q.window[0], time()), min(day_after, q.as_of))
    return {
        "activity_score": rate(
            points(mine),
            q.workdays,
            today=points(during(q, acts, today)),
            mean_7_days=points(during(q, acts, week)) / 7,
        ),
        "calls_per_day": rate(
            calls, q.workdays, total=calls, weekly_average=Fraction(calls * 7, spans) if spans > 0 else None
        ),
        "talk_minutes_per_day": rate(
            talk,
            q.workdays,
            mean_call_minutes=talk / sum(row.get("count") or 1 for row in talks) if talks else None,
            talk_share=talk / hours if hours else None,
        ),
        "leads_worked": rate(worked, q.workdays, open_leads=opened),
        "manager_alerts": alerts(q),
    }


def during(q: Question, acts: list[Row], window: Window) -> list[Row]:
    return [row for row in acts if window[0] <= day_of(row["occurred_at"]) <= window[1] and q.seen(row["occurred_at"])]


def points(acts: list[Row]) -> Fraction:
    total = Fraction(0)
    for row in acts:
        many = row.get("count") or 1
        if row["kind"] == "meeting_held":
            total += WEIGHTS["meeting_held"] * many
        elif outbound(row) and (row["kind"] == "call" or (row["kind"] in ("text", "email") and not row.get("bulk"))):
            total += WEIGHTS[row["kind"]] * many
    return total + WEIGHTS["worked"] * sum(
        len(leads_on(acts, day)) for day in {day_of(row["occurred_at"]) for row in acts}
    )


def leads_on(acts: list[Row], day: date) -> set[tuple[str | None, str]]:
    return {
        (row["producer"], row["lead_id"])
        for row in acts
        if day_of(row["occurred_at"]) == day
        and row.get("lead_id")
        and outbound(row)
        and (row["kind"] == "call" or not row.get("bulk"))
    }


def alerts(q: Question) -> Figure:
    idle = []
    for state in q.states:
        if state.is_open:
            touches = [moment_of(row["occurred_at"]) for row in q.activities(state.lead)]
            idle.append(q.as_of - max([*touches, state.entries[-1].at]))
    many = sum(one > timedelta(hours=72) for one in idle)
    old = sum(one > timedelta(days=14) for one in idle)
    return {
        "value": Fraction(many),
        "numerator": Fraction(many),
        "denominator": None,
        "detail": {"over_72_hours": many, "over_14_days": old},
    }
