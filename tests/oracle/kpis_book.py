"""The KPIs of sections 4, 5, 6 and 8 as their definitions read, by brute force over the rows.

Each function gives a `Found`; money in cents, days as fractions. Slow and obvious on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import sqrt
from typing import Any

from tests.oracle.counts import Whose
from tests.oracle.facts import OPEN_STAGES, Agency, Entry, Row, day_of, first_named, half_up, moment_of, split
from tests.oracle.windows import Window, end_of, month_of

Number = Fraction | int | float | None


@dataclass
class Found:
    """What a KPI should answer; `detail` holds what is compared of it."""

    value: Number
    numerator: Number
    denominator: Number
    detail: dict[str, Any] = field(default_factory=dict)


def rate(numerator: int, denominator: int, **detail: Any) -> Found:
    return Found(Fraction(numerator, denominator) if denominator else None, numerator, denominator, detail)


def mean(amounts: list[Fraction], **detail: Any) -> Found:
    total = sum(amounts, Fraction(0))
    return Found(total / len(amounts) if amounts else None, total, len(amounts), detail)


@dataclass
class Question:
    """A window seen at a moment, of somebody's or everybody's records."""

    agency: Agency
    window: Window
    as_of: datetime
    whose: Whose
    vesting: int = 12

    def __post_init__(self) -> None:
        self._entries: dict[tuple[str, ...], list[Row]] = {}
        self._ways: dict[str, list[Entry]] = {}
        self._cases: dict[str, dict[tuple[str | None, str | None], list[Row]]] = {}
        self.leads = {row["lead_id"]: row for row in self.agency.rows("leads")}
        self.owner = {key: self.agency.owner(row, self.as_of) for key, row in self.leads.items()}
        self.terms: dict[str, list[Row]] = {}
        for row in self.agency.rows("policies"):
            self.terms.setdefault(row["policy_number"], []).append(row)
        for rows in self.terms.values():
            rows.sort(key=lambda row: row["effective_on"])

    def seen(self, text: str) -> bool:
        return moment_of(text) <= self.as_of

    def inside(self, text: str) -> bool:
        return self.window[0] <= day_of(text) <= self.window[1] and self.seen(text)

    @property
    def last(self) -> date:
        return min(self.window[1], self.as_of.date())

    # --- service entries ----------------------------------------------------------------------------------------------

    def entries(self, *pipelines: str) -> list[Row]:
        if pipelines not in self._entries:
            rows = [row for row in self.agency.rows("stages") if row["pipeline"] in pipelines]
            rows = [row for row in rows if self.seen(row["entered_at"])]
            self._entries[pipelines] = sorted(rows, key=lambda row: moment_of(row["entered_at"]))
        return self._entries[pipelines]

    def way(self, lead: Row) -> list[Entry]:
        """The sales entries of a lead."""
        if lead["lead_id"] not in self._ways:
            self._ways[lead["lead_id"]] = self.agency.entries(lead)
        return self._ways[lead["lead_id"]]

    def mine(self, row: Row) -> bool:
        """By the policy's or lead's producer."""
        if row.get("policy_number"):
            term = self.term_on(row["policy_number"], day_of(row["entered_at"]))
            return self.whose(None if term is None else first_named(term))
        return self.whose(self.owner.get(row["lead_id"]))

    def term_on(self, number: str, day: date) -> Row | None:
        terms = self.terms.get(number, [])
        begun = [term for term in terms if day_of(term["effective_on"]) <= day]
        return begun[-1] if begun else terms[0] if terms else None

    def carrier(self, row: Row) -> str | None:
        if row.get("carrier"):
            return str(row["carrier"])
        term = self.term_on(row["policy_number"], day_of(row["entered_at"])) if row.get("policy_number") else None
        return None if term is None else term.get("carrier")

    def of_period(self, pipeline: str, *stages: str) -> list[Row]:
        return [
            row
            for row in self.entries(pipeline)
            if row["stage"] in stages and self.inside(row["entered_at"]) and self.mine(row)
        ]

    def case(self, row: Row) -> list[Row]:
        """All entries of the pipeline on the same lead or policy."""
        key = row["pipeline"]
        if key not in self._cases:
            self._cases[key] = {}
            for other in self.entries(key):
                self._cases[key].setdefault(subject(other), []).append(other)
        return self._cases[key][subject(row)]

    # --- policies -----------------------------------------------------------------------------------------------------

    def policies(self) -> list[list[Row]]:
        """Every policy's terms as far as they are bound."""
        found = []
        for terms in self.terms.values():
            bound = [term for term in terms if day_of(term["bound_on"]) <= self.as_of.date()]
            if bound:
                found.append(bound)
        return found

    def new_policies(self) -> list[Row]:
        return [
            row for row in self.agency.rows("policies") if row["transaction"] == "new" and self.inside(row["bound_on"])
        ]


def subject(row: Row) -> tuple[str | None, str | None]:
    return row.get("policy_number") or None, row.get("lead_id") or None


def days(start: str, end: str) -> Fraction:
    return Fraction(int((moment_of(end) - moment_of(start)).total_seconds()), 86400)


def add_months(day: date, count: int) -> date:
    """The same day later; where the month is shorter, its last day."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    for wanted in range(day.day, 0, -1):
        try:
            return date(year, month, wanted)
        except ValueError:
            continue
    raise ValueError(day)


def by(rows: list[tuple[str | None, bool]]) -> dict[str | None, tuple[int, int]]:
    """Hits and all per key."""
    found: dict[str | None, tuple[int, int]] = {}
    for key, hit in rows:
        hits, whole = found.get(key, (0, 0))
        found[key] = (hits + hit, whole + 1)
    return found


# --- 4 ----------------------------------------------------------------------------------------------------------------


def approval_rate(q: Question) -> Found:
    decided = q.of_period("underwriting", "approved", "declined")
    approved = [row for row in decided if row["stage"] == "approved"]
    return rate(len(approved), len(decided), by=by([(q.carrier(row), row["stage"] == "approved") for row in decided]))


def placement_rate(q: Question) -> Found:
    approvals = q.of_period("placement", "approved")
    placed = [
        row
        for row in approvals
        if any(
            one["stage"] == "in_force" and moment_of(one["entered_at"]) >= moment_of(row["entered_at"])
            for one in q.case(row)
        )
    ]
    return rate(len(placed), len(approvals))


def underwriting_days(q: Question) -> Found:
    amounts = []
    for row in q.of_period("underwriting", "approved", "declined"):
        before = [
            one["entered_at"]
            for one in q.case(row)
            if one["stage"] == "submitted" and moment_of(one["entered_at"]) <= moment_of(row["entered_at"])
        ]
        if before:
            amounts.append(days(before[-1], row["entered_at"]))
    return mean(amounts)


def requirements_completion(q: Question) -> Found:
    resolved = counted = 0
    for row in q.of_period("underwriting", "requirement_opened"):
        case = q.case(row)
        opened = [one for one in case if one["stage"] == "requirement_opened"]
        closings = [one for one in case if one["stage"] == "requirement_resolved"]
        if opened.index(row) < len(closings):
            resolved, counted = resolved + 1, counted + 1
        elif any(
            one["stage"] == "declined" and moment_of(one["entered_at"]) >= moment_of(row["entered_at"]) for one in case
        ):
            counted += 1
    return rate(resolved, counted)


# --- 5 ----------------------------------------------------------------------------------------------------------------


def over(term: Row) -> date:
    """The first day on which a term is no longer in force."""
    expires = day_of(term["expires_on"]) if term.get("expires_on") else add_months(day_of(term["effective_on"]), 12)
    return min(expires, day_of(term["ended_on"])) if term.get("ended_on") else expires


def in_force(terms: list[Row], day: date) -> bool:
    return any(day_of(term["effective_on"]) <= day < over(term) for term in terms)


def in_force_on(terms: list[Row]) -> date:
    return day_of(terms[0].get("in_force_on") or terms[0]["effective_on"])


def completing(q: Question, months: int) -> list[tuple[list[Row], date]]:
    found = []
    for terms in q.policies():
        day = add_months(in_force_on(terms), months)
        if q.window[0] <= day <= q.last and q.whose(first_named(terms[0])):
            found.append((terms, day))
    return found


def persistency(q: Question) -> Found:
    found = [(terms, in_force(terms, day)) for terms, day in completing(q, 13)]
    months = by([(f"{in_force_on(terms):%Y-%m}", kept) for terms, kept in found])
    carriers = by([(terms[0].get("carrier"), kept) for terms, kept in found])
    return rate(sum(kept for _terms, kept in found), len(found), months=months, by=carriers)


def danger_zone_survival(q: Question) -> Found:
    survived = 0
    found = completing(q, 3)
    for terms, day in found:
        troubled = any(
            row["stage"] == "new_exception"
            and row.get("policy_number") == terms[0]["policy_number"]
            and day_of(row["entered_at"]) < day
            for row in q.entries("exceptions")
        )
        ended = any(term.get("ended_on") and day_of(term["ended_on"]) < day for term in terms)
        survived += not troubled and not ended
    return rate(survived, len(found))


def exception_rate(q: Question) -> Found:
    opened = q.of_period("exceptions", "new_exception")
    count = 0
    for terms in q.policies():
        there = [
            term
            for term in terms
            if day_of(term["effective_on"]) <= q.last
            and over(term) > q.window[0]
            and over(term) > day_of(term["effective_on"])
        ]
        count += bool(there) and q.whose(first_named(there[-1]))
    types: dict[str | None, int] = {}
    for row in opened:
        types[row.get("detail")] = types.get(row.get("detail"), 0) + 1
    return rate(len(opened), count, by={key: (many, count) for key, many in types.items()})


def opening(q: Question, row: Row) -> Row | None:
    before = [
        one
        for one in q.case(row)
        if one["stage"] == "new_exception" and moment_of(one["entered_at"]) <= moment_of(row["entered_at"])
    ]
    return before[-1] if before else None


def save_rate(q: Question) -> Found:
    closed = q.of_period("exceptions", "resolved", "terminated")
    saved = [row for row in closed if row["stage"] == "resolved"]
    pairs = [(opening(q, row), row) for row in closed]
    took = [days(start["entered_at"], row["entered_at"]) for start, row in pairs if start is not None]
    return rate(
        len(saved),
        len(closed),
        mean_days=sum(took, Fraction(0)) / len(took) if took else None,
        by=by([(None if start is None else start["detail"], row["stage"] == "resolved") for start, row in pairs]),
    )


def days_to_resolve(q: Question) -> Found:
    amounts = []
    for row in q.of_period("exceptions", "resolved"):
        start = opening(q, row)
        if start is not None:
            amounts.append(days(start["entered_at"], row["entered_at"]))
    buckets = {str(number) if number < 14 else "14+": 0 for number in range(15)}
    for amount in amounts:
        buckets[str(int(amount)) if amount < 14 else "14+"] += 1
    return mean(amounts, buckets=buckets)


def chargeback_risk(q: Question) -> Found:
    count, at_risk = 0, Fraction(0)
    for terms in q.policies():
        ends = [
            day_of(term["ended_on"])
            for term in terms
            if term.get("ended_on") and q.window[0] <= day_of(term["ended_on"]) <= q.last
        ]
        ends = [day for day in ends if not in_force(terms, day)]
        start = in_force_on(terms)
        vested = add_months(start, q.vesting)
        if not ends or max(ends) >= vested:
            continue
        count += q.whose(first_named(terms[0]))
        unearned = Fraction((vested - max(max(ends), start)).days, (vested - start).days)
        parts = split(q.agency.commission(terms[0]), terms[0])
        at_risk += unearned * sum(part for code, part in parts.items() if q.whose(code))
    return Found(count, count, None, {"commission_at_risk": half_up(at_risk)})


# --- 6 ----------------------------------------------------------------------------------------------------------------


def nurture_times(q: Question, lead: Row, until: datetime) -> list[tuple[datetime, datetime | None, list[Row]]]:
    """From which entry to which next sales entry of rank 1 to 6 the lead was in nurture, and what was entered then."""
    rows = [
        row
        for row in q.entries("declined", "nurture")
        if row.get("lead_id") == lead["lead_id"] and moment_of(row["entered_at"]) <= until
    ]
    sales = [entry.at for entry in q.way(lead) if entry.rank in range(1, 7) and entry.at <= until]
    found: list[tuple[datetime, datetime | None, list[Row]]] = []
    for row in rows:
        at = moment_of(row["entered_at"])
        if found and (found[-1][1] is None or at <= found[-1][1]):
            found[-1][2].append(row)
            continue
        later = [back for back in sales if back > at]
        found.append((at, min(later) if later else None, [row]))
    return found


def nurtured(q: Question) -> list[tuple[Row, list[tuple[datetime, datetime | None, list[Row]]]]]:
    """The leads in nurture at any time in the period, each with those times of theirs that touch it."""
    start = datetime.combine(q.window[0], datetime.min.time())
    stop = min(end_of(q.window[1]), q.as_of)
    touched = {row.get("lead_id") for row in q.entries("declined", "nurture")}
    found = []
    for key, lead in q.leads.items():
        if key not in touched or not q.whose(q.owner[key]):
            continue
        times = [one for one in nurture_times(q, lead, stop) if one[1] is None or one[1] >= start]
        if times:
            found.append((lead, times))
    return found


def recapture_rate(q: Question) -> Found:
    found = nurtured(q)
    return rate(sum(any(back is not None for _at, back, _rows in times) for _lead, times in found), len(found))


def contact(row: Row) -> str | None:
    """inbound or outbound, None for what is no contact."""
    if (row.get("direction") or "outbound") == "inbound":
        return "inbound" if row["kind"] in ("call", "email", "text") and not row.get("bulk") else None
    if row["kind"] == "meeting_held" or row["kind"] == "call":
        return "outbound"
    return "outbound" if row["kind"] in ("email", "text") and not row.get("bulk") else None


def zombie_rate(q: Question) -> Found:
    found = nurtured(q)
    zombies, won = 0, 0
    for lead, times in found:
        backs = [back for at, back, rows in times if back is not None and is_zombie(q, lead, at, back, rows)]
        if backs:
            zombies += 1
            first = min(back for _at, back, _rows in times if back is not None)
            won += any(entry.rank == 7 and first <= entry.at <= q.as_of for entry in q.way(lead))
    return rate(zombies, len(found), count=zombies, share_won=Fraction(won, zombies) if zombies else None)


def is_zombie(q: Question, lead: Row, start: datetime, back: datetime, rows: list[Row]) -> bool:
    month = timedelta(days=30)
    theirs = [moment_of(row["entered_at"]) for row in rows if row["stage"] == "replied"]
    ours = []
    for row in q.agency.rows("activities"):
        if row.get("lead_id") == lead["lead_id"]:
            if contact(row) == "inbound":
                theirs.append(moment_of(row["occurred_at"]))
            elif contact(row) == "outbound":
                ours.append(moment_of(row["occurred_at"]))
    return any(
        max(start, back - month) <= at <= back and not any(at - month <= one < at for one in ours) for at in theirs
    )


def win_back_premium(q: Question) -> Found:
    total = of_all = 0
    for key, lead in q.leads.items():
        last: Entry | None = None
        for entry in q.way(lead):
            if entry.key in ("won", "lost") and q.window[0] <= entry.at.date() <= q.window[1] and entry.at <= q.as_of:
                last = entry
        if last is None or last.key != "won" or not q.whose(q.owner[key]):
            continue
        of_all += bound_premium(q, key, date.min)
        backs = [back for _at, back, _rows in nurture_times(q, lead, last.at) if back is not None]
        if backs:
            total += bound_premium(q, key, max(backs).date())
    return Found(total, total, None, {"share": Fraction(total, of_all) if of_all else None})


def bound_premium(q: Question, lead_id: str, since: date) -> int:
    return sum(
        row["annual_premium"]
        for row in q.agency.rows("policies")
        if row.get("lead_id") == lead_id
        and row["transaction"] == "new"
        and since <= day_of(row["bound_on"]) <= q.as_of.date()
    )


def nurture_response(q: Question) -> Found:
    rows = [row for row in q.entries("nurture") if q.inside(row["entered_at"]) and q.mine(row)]
    sent = [row["detail"] for row in rows if row["stage"] == "sent"]
    replied = [row["detail"] for row in rows if row["stage"] == "replied"]
    return rate(len(replied), len(sent), by={key: (replied.count(key), sent.count(key)) for key in {*sent, *replied}})


# --- 8 ----------------------------------------------------------------------------------------------------------------


def cohort(q: Question) -> list[Row]:
    return [row for key, row in q.leads.items() if q.inside(row["received_at"]) and q.whose(q.owner[key])]


def reached(q: Question, lead: Row, rank: int) -> bool:
    return any(entry.rank is not None and entry.rank >= rank and entry.at <= q.as_of for entry in q.way(lead))


def source_of(q: Question, policy: Row) -> str | None:
    if policy.get("source"):
        return str(policy["source"])
    lead = q.leads.get(policy.get("lead_id") or "")
    return None if lead is None else lead.get("source")


def lead_source_roi(q: Question) -> Found:
    folded = {row["source"].casefold(): row for row in q.agency.rows("sources")}
    rows: dict[str, dict[str, Any]] = {}
    for lead in cohort(q):
        if lead.get("source"):
            one = rows.setdefault(lead["source"].casefold(), {"leads": 0, "closed": 0, "premium": 0, "commission": 0})
            one["leads"] += 1
            one["closed"] += reached(q, lead, 7)
    for policy in q.new_policies():
        source = source_of(q, policy)
        if source:
            one = rows.setdefault(source.casefold(), {"leads": 0, "closed": 0, "premium": 0, "commission": 0})
            for column, amount in (("premium", policy["annual_premium"]), ("commission", q.agency.commission(policy))):
                one[column] += sum(part for code, part in split(amount, policy).items() if q.whose(code))
    cost = Fraction(0)
    elapsed = (q.last - q.window[0]).days + 1
    for key, source_row in folded.items():
        one = rows.setdefault(key, {"leads": 0, "closed": 0, "premium": 0, "commission": 0})
        cost += one["leads"] * (source_row.get("cost_per_lead") or 0)
        cost += (source_row.get("monthly_cost") or 0) * Fraction(elapsed * 12, 365)
    commission = sum(one["commission"] for one in rows.values())
    return Found(commission / cost if cost else None, commission, half_up(cost), {"sources": rows})


def funnel(q: Question) -> Found:
    leads = cohort(q)
    return Found(None, None, None, {"reached": [sum(reached(q, one, rank) for one in leads) for rank in range(1, 8)]})


def state_performance(q: Question) -> Found:
    rows: dict[str | None, list[int]] = {}
    for lead in cohort(q):
        one = rows.setdefault(lead.get("state"), [0, 0, 0])
        one[0] += 1
        one[1] += reached(q, lead, 7)
    for policy in q.new_policies():
        premium = {code: part for code, part in split(policy["annual_premium"], policy).items() if q.whose(code)}
        if premium:
            state = policy.get("state") or (q.leads.get(policy.get("lead_id") or "") or {}).get("state")
            rows.setdefault(state, [0, 0, 0])[2] += sum(premium.values())
    return Found(None, None, None, {"states": {key: tuple(one) for key, one in rows.items()}})


def best_time_to_call(q: Question) -> Found:
    cells: dict[tuple[int, int], list[int]] = {}
    for row in q.agency.rows("activities"):
        outbound = (row.get("direction") or "outbound") == "outbound"
        if row["kind"] != "call" or not outbound or len(row["occurred_at"]) == 10 or not q.inside(row["occurred_at"]):
            continue
        if q.whose(row["producer"]):
            at = moment_of(row["occurred_at"])
            count = 1 if row.get("count") is None else row["count"]
            cell = cells.setdefault((at.isoweekday(), at.hour), [0, 0])
            cell[0] += count
            cell[1] += count if row.get("outcome") == "connected" else 0
    return Found(None, None, None, {"cells": {key: tuple(cell) for key, cell in cells.items()}})


# --- forecast ---------------------------------------------------------------------------------------------------------


@dataclass
class Closed:
    """A lead that closed in the year before."""

    lead: Row
    entries: list[Entry]
    end: Entry
    premium: int

    @property
    def won(self) -> bool:
        return self.end.key == "won"

    def entered(self, stage: str) -> datetime | None:
        there = [entry.at for entry in self.entries if entry.key == stage and entry.at <= self.end.at]
        return max(there) if there else None


def closed_leads(q: Question, whose: Whose) -> list[Closed]:
    first = q.as_of.date() - timedelta(days=364)
    found = []
    for key, lead in q.leads.items():
        entries = [entry for entry in q.way(lead) if entry.at <= q.as_of]
        ends = [entry for entry in entries if entry.key in ("won", "lost") and entry.at.date() >= first]
        if ends and whose(q.owner[key]):
            premium = bound_premium(q, key, date.min) if ends[-1].key == "won" else 0
            found.append(Closed(lead, entries, ends[-1], premium))
    return found


def revenue_forecast(q: Question) -> Found:
    everybody, mine = closed_leads(q, lambda code: True), closed_leads(q, q.whose)
    if not everybody:
        return Found(None, None, None)
    wins = [one for one in mine if one.won] or [one for one in everybody if one.won]
    month_end = end_of(month_of(q.as_of.date())[1])
    expected, variance, value, this_month, thin = Fraction(0), 0.0, Fraction(0), 0.0, False
    for key, lead in q.leads.items():
        entries = [entry for entry in q.way(lead) if entry.at <= q.as_of]
        if not q.whose(q.owner[key]) or moment_of(lead["received_at"]) > q.as_of or not entries:
            continue
        stage, since = entries[-1].key, entries[-1].at
        if stage not in OPEN_STAGES:
            continue
        there = [one for one in mine if one.entered(stage) is not None]
        behind = there or everybody
        p = Fraction(sum(one.won for one in behind), len(behind))
        premium = (
            Fraction(lead["estimated_premium"]) if lead.get("estimated_premium") is not None else usual(lead, wins)
        )
        took = [one.end.at - (one.entered(stage) or one.end.at) for one in there if one.won]
        longer = [span for span in took if span > q.as_of - since]
        share = sum(span <= month_end - since for span in longer) / len(longer) if longer else 0.5
        expected, value = expected + p * premium, value + premium
        variance += float(p * (1 - p)) * float(premium) ** 2
        this_month += float(p * premium) * share
        thin = thin or len(there) < 20
    spread = 1.2816 * sqrt(variance)
    detail = {
        "low": max(0.0, float(expected) - spread),
        "high": float(expected) + spread,
        "pipeline_value": half_up(value),
        "this_month": this_month,
        "thin": thin,
    }
    return Found(half_up(expected), half_up(expected), None, detail)


def usual(lead: Row, wins: list[Closed]) -> Fraction:
    same = [one.premium for one in wins if lead.get("line") and one.lead.get("line") == lead["line"]]
    premiums = same or [one.premium for one in wins]
    return Fraction(sum(premiums), len(premiums)) if premiums else Fraction(0)


KPIS = {
    "approval_rate": approval_rate,
    "placement_rate": placement_rate,
    "underwriting_days": underwriting_days,
    "requirements_completion": requirements_completion,
    "persistency_13m": persistency,
    "danger_zone_survival": danger_zone_survival,
    "exception_rate": exception_rate,
    "save_rate": save_rate,
    "days_to_resolve": days_to_resolve,
    "chargeback_risk": chargeback_risk,
    "recapture_rate": recapture_rate,
    "zombie_rate": zombie_rate,
    "win_back_premium": win_back_premium,
    "nurture_response": nurture_response,
    "lead_source_roi": lead_source_roi,
    "best_time_to_call": best_time_to_call,
    "state_performance": state_performance,
    "funnel": funnel,
    "revenue_forecast": revenue_forecast,
}
