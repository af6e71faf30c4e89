"""What is asked about KPIs, and what of the agency's records one may see then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from statistics import median
from typing import Any

from tests.oracle.counts import Whose
from tests.oracle.facts import Agency, Row, day_of, moment_of
from tests.oracle.pipeline import LeadState, leads_at
from tests.oracle.windows import Window

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


def first_reach(state: LeadState, rank: int) -> datetime | None:
    return min((one.at for one in state.entries if one.rank is not None and one.rank >= rank), default=None)
