"""Sections 3 and 5 as their definitions read, by brute force over the rows: lines, losses, revenue, ratios.

Money in cents, rates as fractions. Slow and obvious on purpose; imports nothing of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.counts import Whose
from tests.oracle.facts import Agency, Row, day_of, first_named, half_up, moment_of, split
from tests.oracle.kpis_book import add_months

REASONS = ("price", "coverage", "relationship", "no_response", "stayed_with_current", "competitor", "timing")
Z = 1.959963984540054


@dataclass
class Question:
    """A window seen at a moment, of somebody's or everybody's records; `spellings`: folded spelling -> listed line."""

    agency: Agency
    window: tuple[date, date]
    as_of: datetime
    whose: Whose
    lines: tuple[str, ...] = ()
    spellings: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        self.leads = {row["lead_id"]: row for row in self.agency.rows("leads")}
        self._owners: dict[str, str | None] = {}
        self._changes: dict[str, list[Row]] = {}
        for row in self.agency.rows("owners"):
            self._changes.setdefault(row["lead_id"], []).append(row)

    def inside(self, text: str) -> bool:
        return self.window[0] <= day_of(text) <= self.window[1] and moment_of(text) <= self.as_of

    def owner(self, lead: Row) -> str | None:
        changes = [row for row in self._changes.get(lead["lead_id"], []) if moment_of(row["at"]) <= self.as_of]
        changes.sort(key=lambda row: moment_of(row["at"]))
        code: str | None = changes[-1]["producer"] if changes else lead["producer"]
        return code

    def line(self, text: str | None) -> str:
        return "Other" if text is None else (self.spellings or {}).get(fold(text), "Other")


def fold(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


# --- 3: close rate by line --------------------------------------------------------------------------------------------


def outcomes(q: Question) -> list[tuple[Row, str]]:
    """Each of the leads with its last won or lost entry in the window."""
    found = []
    for lead in q.leads.values():
        if not q.whose(q.owner(lead)):
            continue
        ends = [
            entry
            for entry in q.agency.entries(lead)
            if entry.key in ("won", "lost") and q.window[0] <= entry.at.date() <= q.window[1] and entry.at <= q.as_of
        ]
        if ends:
            found.append((lead, ends[-1].key))
    return found


def close_rates(q: Question) -> dict[str, Any]:
    """The rows by line and the overall one."""
    decided = outcomes(q)
    quoted = [row for row in q.agency.rows("quotes") if q.inside(row["delivered_on"]) and q.whose(row["producer"])]
    bound: dict[str, int] = {}
    for policy in q.agency.rows("policies"):
        if policy["lead_id"] and policy["transaction"] == "new" and day_of(policy["bound_on"]) <= q.as_of.date():
            bound[policy["lead_id"]] = bound.get(policy["lead_id"], 0) + policy["annual_premium"]
    rows = {}
    for line in q.lines:
        mine = [(lead, end) for lead, end in decided if q.line(lead["line"]) == line]
        rows[line] = _rates(mine, [row for row in quoted if q.line(_quoted_line(q, row)) == line], bound)
    return {"rows": rows, "overall": _rates(decided, quoted, bound)}


def _quoted_line(q: Question, quote: Row) -> str | None:
    lead = q.leads.get(quote["lead_id"] or "")
    text: str | None = quote["line"] or (lead or {}).get("line")
    return text


def _rates(decided: list[tuple[Row, str]], quoted: list[Row], bound: Mapping[str, int]) -> dict[str, Any]:
    wins = [lead for lead, end in decided if end == "won"]
    count = len(decided)
    leads = {row["lead_id"] for row in quoted if row["lead_id"]}
    found: dict[str, Any] = {
        "quotes": len(leads) + sum(1 for row in quoted if not row["lead_id"]),
        "wins": len(wins),
        "losses": count - len(wins),
        "close_rate": Fraction(len(wins), count) if count else None,
        "avg_premium": Fraction(sum(bound.get(one["lead_id"], 0) for one in wins), len(wins) * 100) if wins else None,
        "low": None,
        "high": None,
    }
    if count:
        w, n = len(wins), count
        root = Z * (Z * Z + 4 * w * (n - w) / n) ** 0.5
        found["low"] = max(0.0, (2 * w + Z * Z - root) / (2 * (n + Z * Z)))
        found["high"] = min(1.0, (2 * w + Z * Z + root) / (2 * (n + Z * Z)))
    return found


# --- 3: lost deals ----------------------------------------------------------------------------------------------------


def lost(q: Question) -> dict[str, Any]:
    """Counts by reason, the two patterns, and the deals."""
    deals = [lead for lead, end in outcomes(q) if end == "lost"]
    counts = {reason: sum(lead["lost_reason"] == reason for lead in deals) for reason in REASONS}
    explained = sum(counts.values())
    shares = {reason: Fraction(count, explained) if explained else None for reason, count in counts.items()}
    enough = explained >= 5
    return {
        "total": len(deals),
        "explained": explained,
        "counts": counts,
        "shares": shares,
        "fired": {
            "market_access": enough and (shares["price"] or 0) >= Fraction(6, 10),
            "follow_up": enough and (shares["no_response"] or 0) >= Fraction(3, 10),
        },
        "deals": {
            lead["lead_id"]: (
                q.owner(lead), lead["lost_reason"], lead.get("competing_carrier"), lead.get("price_difference"),
                lead.get("winnable"),
            )
            for lead in deals
        },
    }  # fmt: skip


# --- policies in force ------------------------------------------------------------------------------------------------


@dataclass
class Held:
    """A policy in force on a day."""

    term: Row
    client: object
    premium: int
    commission: int


def in_force(agency: Agency, day: date, seen: date) -> dict[str, Held]:
    """By number what is in force on a day, by the terms bound through `seen`; the later of two terms counts."""
    found: dict[str, Held] = {}
    changes: dict[tuple[str, str], list[Row]] = {}
    for row in agency.rows("premiums"):
        changes.setdefault((row["policy_number"], row["effective_on"]), []).append(row)
    for term in sorted(agency.rows("policies"), key=lambda row: str(row["effective_on"])):
        start = day_of(term["effective_on"])
        end = day_of(term["expires_on"]) if term["expires_on"] else add_months(start, 12)
        gone = term["ended_on"] and day_of(term["ended_on"]) <= day
        if day_of(term["bound_on"]) > seen or not start <= day < end or gone:
            continue
        premium = term["annual_premium"]
        known = changes.get((term["policy_number"], term["effective_on"]), [])
        for row in sorted(known, key=lambda row: str(row["from"])):
            if day_of(row["from"]) <= day:
                premium = row["annual_premium"]
        commission = agency.commission({**term, "annual_premium": premium})
        client = term.get("client_id") or (fold(term["client"]), term["zip"])
        found[term["policy_number"]] = Held(term, client, premium, commission)
    return found


# --- 5: ratios --------------------------------------------------------------------------------------------------------


def part(amount: int, term: Row, whose: Whose, everybody: bool) -> int:
    """What falls to those asked about."""
    if everybody:
        return amount
    return sum(cents for code, cents in split(amount, term).items() if whose(code))


def ratios(q: Question, everybody: bool) -> dict[str, Any]:
    """Retention, closing ratios and averages per client."""
    seen = q.as_of.date()
    first, last = min(q.window[0], seen), min(q.window[1], seen)
    begin, end = in_force(q.agency, first, seen), in_force(q.agency, last, seen)
    mine = {number: held for number, held in begin.items() if everybody or q.whose(first_named(held.term))}
    kept = {number for number in mine if number in end}
    staying = {held.client for held in end.values()}
    clients = {held.client for held in mine.values()}
    at_end = [held for held in end.values() if everybody or q.whose(first_named(held.term))]
    people = len({held.client for held in at_end})

    def total(name: str) -> tuple[int, int]:
        before = after = 0
        for number, held in begin.items():
            before += part(getattr(held, name), held.term, q.whose, everybody)
            if number in end:
                after += part(getattr(end[number], name), held.term, q.whose, everybody)
        return before, after

    def mean(name: str) -> Fraction | None:
        amount = sum(part(getattr(held, name), held.term, q.whose, everybody) for held in end.values())
        return Fraction(amount, people * 100) if people else None

    return {
        "clients": (len(clients), len(clients - staying)),
        "policies": (len(mine), len(mine) - len(kept)),
        "premium": total("premium"),
        "commission": total("commission"),
        "averages": (mean("premium"), mean("commission"), Fraction(len(at_end), people) if people else None),
        "bound": _bound(q),
        "leads": _qualified(q),
        "quotes": _quotes(q),
    }


def _bound(q: Question) -> int:
    return sum(
        1
        for row in q.agency.rows("policies")
        if row["transaction"] == "new" and q.inside(row["bound_on"]) and q.whose(first_named(row))
    )


def _quotes(q: Question) -> int:
    """One lead quoted at several carriers on a day by one producer is one quote."""
    rows = [row for row in q.agency.rows("quotes") if q.inside(row["delivered_on"]) and q.whose(row["producer"])]
    same = {(row["producer"], row["lead_id"], row["delivered_on"]) for row in rows if row["lead_id"]}
    return len(same) + sum(1 for row in rows if not row["lead_id"])


def _qualified(q: Question) -> int:
    talked = {
        row["lead_id"]
        for row in q.agency.rows("activities")
        if row["lead_id"]
        and moment_of(row["occurred_at"]) <= q.as_of
        and (row["kind"] == "meeting_held" or (row["kind"] == "call" and row["outcome"] == "connected"))
    }
    count = 0
    for lead in q.leads.values():
        if not q.inside(lead["received_at"]) or not q.whose(q.owner(lead)):
            continue
        reached = any((entry.rank or 0) >= 3 and entry.at <= q.as_of for entry in q.agency.entries(lead))
        if reached or (lead["lead_id"] in talked and lead.get("qualified")):
            count += 1
    return count


# --- 3: revenue per producer ------------------------------------------------------------------------------------------


def pay_on(agency: Agency, person: Row, day: date) -> dict[str, Fraction]:
    """What somebody is paid on a day: what stands with the person, then each change until then."""
    names = ("salary", "benefits", "desk_cost", "new_split", "renewal_split")
    pay = {name: Fraction(str(person.get(name) or 0)) for name in names}
    changes = [row for row in agency.rows("pay") if row["producer_code"] == person["producer_code"]]
    for row in sorted(changes, key=lambda row: str(row["effective_from"])):
        if day_of(row["effective_from"]) <= day:
            pay |= {name: Fraction(str(row[name])) for name in names if row[name] is not None}
    return pay


def sold(agency: Agency, start: date, end: date) -> list[tuple[str | None, Row, int, int]]:
    """(whose, term, premium, commission) of every share bound between two days."""
    found = []
    for term in agency.rows("policies"):
        if start <= day_of(term["bound_on"]) <= end:
            premiums = split(term["annual_premium"], term)
            commissions = split(agency.commission(term), term)
            found += [(code, term, premiums[code], commissions[code]) for code in premiums]
    return found


def costs(agency: Agency, person: Row, start: date, end: date) -> dict[str, Fraction]:
    """The four costs between two days, day by day."""
    found = dict.fromkeys(("salary", "benefits", "desk", "splits"), Fraction(0))
    day = start
    while day <= end:
        pay = pay_on(agency, person, day)
        there = (not person.get("hired_on") or day >= day_of(person["hired_on"])) and (
            not person.get("left_on") or day <= day_of(person["left_on"])
        )
        if there:
            found["salary"] += pay["salary"] / 365
            found["benefits"] += pay["benefits"] / 365
            found["desk"] += pay["desk_cost"] / 365
        day += timedelta(days=1)
    for code, term, _premium, commission in sold(agency, start, end):
        if code == person["producer_code"]:
            pay = pay_on(agency, person, day_of(term["bound_on"]))
            found["splits"] += commission * pay["new_split" if term["transaction"] == "new" else "renewal_split"]
    return found


def multiple(agency: Agency, person: Row, last: date) -> Fraction | None:
    start = add_months(last + timedelta(days=1), -12)
    cost = sum(costs(agency, person, start, last).values())
    code = person["producer_code"]
    earned = sum(commission for who, _term, _premium, commission in sold(agency, start, last) if who == code)
    return Fraction(earned) / cost if cost else None


def crosses_on(agency: Agency, person: Row, last: date) -> date | None:
    """The month in which the trend of the last six month-ends since hire reaches 3x."""
    now = multiple(agency, person, last)
    hired, left = person.get("hired_on"), person.get("left_on")
    if not hired or now is None or now >= 3 or (left and day_of(left) < last):
        return None
    after = last + timedelta(days=1)
    newest = last if after.day == 1 else last.replace(day=1) - timedelta(days=1)
    ends = [add_months(newest + timedelta(days=1), -back) - timedelta(days=1) for back in range(5, -1, -1)]
    points = []
    for x, end in enumerate(ends):
        if end >= day_of(hired):
            value = multiple(agency, person, end)
            if value is not None:
                points.append((Fraction(x), value))
    if len(points) < 3:
        return None
    count = len(points)
    sx, sy = sum(x for x, _ in points), sum(y for _, y in points)
    sxx, sxy = sum(x * x for x, _ in points), sum(x * y for x, y in points)
    slope = (count * sxy - sx * sy) / (count * sxx - sx * sx)
    if slope <= 0:
        return None
    height = (sy - slope * sx) / count
    for ahead in range(1, 61):
        if height + slope * (5 + ahead) >= 3:
            return add_months(newest + timedelta(days=1), ahead) - timedelta(days=1)
    return None


def revenue(agency: Agency, year: int, as_of: date) -> dict[str | None, dict[str, Any]]:
    """Every person's row, and nobody's; amounts in cents rounded at the end."""
    start, end = date(year, 1, 1), min(date(year, 12, 31), as_of)
    bound = sold(agency, start, end)
    held = in_force(agency, as_of, as_of)
    rows: dict[str | None, dict[str, Any]] = {}
    for person in (*agency.people(), None):
        code = None if person is None else person["producer_code"]
        mine = [(term, premium, commission) for who, term, premium, commission in bound if who == code]
        cost = dict.fromkeys(("salary", "benefits", "desk", "splits"), Fraction(0))
        if person is not None:
            cost = costs(agency, person, start, end)
        earned = sum(commission for _term, _premium, commission in mine)
        total = half_up(Fraction(sum(cost.values())))
        rows[code] = {
            "new_premium": sum(premium for term, premium, _ in mine if term["transaction"] == "new"),
            "renewal_premium": sum(premium for term, premium, _ in mine if term["transaction"] != "new"),
            "total_book": sum(split(one.premium, one.term).get(code, 0) for one in held.values()),
            "revenue": earned,
            **{name: half_up(amount) for name, amount in cost.items()},
            "cost": total,
            "net_contribution": earned - total,
            "multiple": None if person is None else multiple(agency, person, as_of),
            "crosses_on": None if person is None else crosses_on(agency, person, as_of),
            "months_employed": None if person is None else _months(person, as_of),
        }
    return rows


def _months(person: Row, as_of: date) -> int | None:
    if not person.get("hired_on"):
        return None
    hired = day_of(person["hired_on"])
    last = min(as_of, day_of(person["left_on"])) if person.get("left_on") else as_of
    count = 0
    while add_months(hired, count + 1) <= last:
        count += 1
    return count


def benchmark(row: Mapping[str, Any]) -> str | None:
    months, value = row["months_employed"], row["multiple"]
    if months is None or value is None:
        return None
    if value >= 3:
        return "met"
    return "building" if months < 18 else "due" if months <= 24 else "missed"
