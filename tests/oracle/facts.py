"""Plain records for the independent reading of the figures: rows by column name, nothing derived.

Written from the definitions alone and importing nothing of the program, so that a mistake in one is not a mistake in
both. Slow and obvious on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import holidays

Row = dict[str, Any]

RANKS = {
    "prospect": 1,
    "contacted": 2,
    "needs_analysis": 3,
    "quoted": 4,
    "proposed": 5,
    "closing": 6,
    "won": 7,
    "new_lead": 1,
    "contact": 2,
    "engaged_interest": 3,
    "qualified_interest": 4,
    "application": 6,
    "closed_won": 7,
}
OPEN_STAGES = ("prospect", "contacted", "needs_analysis", "quoted", "proposed", "closing")
LOST = ("lost", "closed_lost")


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The US federal holidays on the days they are observed; the next New Year's may be observed on December 31."""
    return frozenset(holidays.country_holidays("US", years=(year, year + 1)))


def day_of(text: str) -> date:
    return date.fromisoformat(text[:10])


def moment_of(text: str) -> datetime:
    """A moment; a bare date is its midnight."""
    return datetime.fromisoformat(text) if len(text) > 10 else datetime.combine(day_of(text), time())


def half_up(value: Fraction) -> int:
    """To the nearest whole number, halves away from zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    nearest = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if abs(Fraction(nearest) - value) > Fraction(1, 2):
        raise ArithmeticError(f"{value} rounded to {nearest}")
    return nearest


@dataclass(frozen=True)
class Entry:
    """A lead enters a sales stage."""

    stage: str
    at: datetime

    @property
    def rank(self) -> int | None:
        return RANKS.get(self.stage)

    @property
    def key(self) -> str:
        """The stage under its P&C name."""
        if self.stage in LOST:
            return "lost"
        rank = RANKS[self.stage]
        return "won" if rank == 7 else OPEN_STAGES[rank - 1]


@dataclass
class Agency:
    """All logical rows of an agency, by table, with producers given as codes (None = unassigned)."""

    tables: dict[str, list[Row]]
    carriers: dict[tuple[str, str], Fraction] = field(default_factory=dict)

    _days: dict[str, dict[date, list[Row]]] = field(default_factory=dict)
    _sales: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def rows_between(self, table: str, column: str, window: tuple[date, date]) -> list[Row]:
        """The table's rows whose `column` lies on a day of the window."""
        if table not in self._days:
            by_day = self._days[table] = {}
            for row in self.rows(table):
                by_day.setdefault(day_of(row[column]), []).append(row)
        return [row for day in days(*window) for row in self._days[table].get(day, [])]

    # --- people and days --------------------------------------------------------------------------------------------

    def people(self) -> list[Row]:
        return self.rows("producers")

    def person(self, code: str | None) -> Row | None:
        for row in self.people():
            if row["producer_code"] == code:
                return row
        return None

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in federal_holidays(day.year)

    def working_days(self, start: date, end: date) -> int:
        return sum(1 for day in days(start, end) if self.is_working_day(day))

    def available(self, person: Row, day: date) -> Fraction:
        """The part of a working day that the person is there: 0 on leave, before hire and after leaving."""
        if person.get("hired_on") and day < day_of(person["hired_on"]):
            return Fraction(0)
        if person.get("left_on") and day > day_of(person["left_on"]):
            return Fraction(0)
        own = []
        for row in self.rows("availability"):
            if row["producer"] != person["producer_code"]:
                continue
            if row["kind"] == "leave" and day_of(row["from"]) <= day <= day_of(row["to"]):
                return Fraction(0)
            if row["kind"] == "hours":
                own.append(minutes_between(row["start"], row["end"]))
        if own:
            return Fraction(sum(own), 5 * 600)
        return Fraction(1)

    def available_days(self, person: Row, start: date, end: date) -> Fraction:
        total = Fraction(0)
        for day in days(start, end):
            if self.is_working_day(day):
                total += self.available(person, day)
        return total

    # --- leads ------------------------------------------------------------------------------------------------------

    def owner(self, lead: Row, as_of: datetime) -> str | None:
        """Whose lead it is: the last change of owner up to `as_of`, else the producer of the lead's row."""
        latest: tuple[datetime, str | None] | None = None
        for row in self.rows("owners"):
            if row["lead_id"] != lead["lead_id"] or moment_of(row["at"]) > as_of:
                continue
            if latest is None or moment_of(row["at"]) >= latest[0]:
                latest = (moment_of(row["at"]), row["producer"])
        return latest[1] if latest is not None else lead["producer"]

    def entries(self, lead: Row) -> list[Entry]:
        """All sales entries of a lead, oldest first, the one on receipt included."""
        received = moment_of(lead["received_at"])
        found = [Entry(row["stage"], moment_of(row["entered_at"])) for row in self._sales_rows(lead["lead_id"])]
        found.sort(key=lambda entry: entry.at)
        if not found and lead.get("stage"):
            at = moment_of(lead["stage_entered_at"]) if lead.get("stage_entered_at") else received
            found = [Entry(lead["stage"], at)]
        first = found[0].at if found else None
        if not any(entry.rank == 1 and first is not None and entry.at <= first for entry in found):
            found.insert(0, Entry("prospect", received))
        return found

    def _sales_rows(self, lead_id: str) -> list[Row]:
        if not self._sales:
            for row in self.rows("stages"):
                if row["pipeline"] == "sales":
                    self._sales.setdefault(row["lead_id"], []).append(row)
        return self._sales.get(lead_id, [])

    # --- money ------------------------------------------------------------------------------------------------------

    def commission(self, policy: Row) -> int:
        """The agency's commission in cents: stated, else premium x rate, else the carrier's default, else nothing."""
        if policy.get("commission") is not None:
            return int(policy["commission"])
        rate = policy.get("commission_rate")
        exact = Fraction(str(rate)) if rate is not None else self.carriers.get((policy["carrier"], policy["line"]))
        return half_up(exact * policy["annual_premium"]) if exact is not None else 0


def minutes_between(start: str, end: str) -> int:
    first, last = (int(text[:2]) * 60 + int(text[3:5]) for text in (start, end))
    return last - first


def days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def split(amount: int, policy: Row) -> dict[str | None, int]:
    """An amount by producer: each share rounded half up to the cent, the first named takes the difference."""
    if not policy.get("shares"):
        return {policy["producer"]: amount}
    named = [part.split(":") for part in policy["shares"].split(";")]
    result: dict[str | None, int] = {}
    rest = amount
    for code, share in named[1:]:
        result[code] = half_up(amount * Fraction(share))
        rest -= result[code]
    result[named[0][0]] = rest
    return result


def first_named(policy: Row) -> str | None:
    if not policy.get("shares"):
        code: str | None = policy["producer"]
        return code
    return str(policy["shares"].split(";")[0].split(":")[0])
