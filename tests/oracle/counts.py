"""The metrics of one producer or of all over a window, counted row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from tests.oracle.facts import Agency, Row, day_of, first_named, moment_of, split
from tests.oracle.windows import Window

ACTIVITY = ("calls_made", "emails_sent", "meetings_set", "meetings_held", "referrals_asked", "coi_contacts")
COUNTS = (*ACTIVITY, "quotes", "policies_written")
MONEY = ("new_premium", "new_commission")
RATES = ("close_rate", "avg_policy_size")
METRICS = (*COUNTS, "close_rate", "new_premium", "avg_policy_size", "new_commission")

Whose = Callable[[str | None], bool]


@dataclass
class Tally:
    """What was counted; `automatic` leaves the self-reported out. Money in cents."""

    values: dict[str, int]
    automatic: dict[str, int]

    def value(self, metric: str) -> int | Fraction | None:
        if metric == "close_rate":
            quotes = self.values["quotes"]
            return Fraction(self.values["policies_written"], quotes) if quotes else None
        if metric == "avg_policy_size":
            policies = self.values["policies_written"]
            return Fraction(self.values["new_premium"], policies) if policies else None
        return self.values[metric]

    def automatic_share(self, metric: str) -> Fraction | None:
        if metric in RATES or not self.values[metric]:
            return None
        return Fraction(self.automatic[metric], self.values[metric])

    @property
    def activity(self) -> int:
        return sum(self.values[metric] for metric in ACTIVITY)


def seen(text: str, window: Window, as_of: datetime) -> bool:
    """Whether a record lies in the window and not after `as_of`; without a time of day its date decides."""
    day = day_of(text)
    if not window[0] <= day <= window[1]:
        return False
    return moment_of(text) <= as_of if len(text) > 10 else day <= as_of.date()


def activity_metric(row: Row) -> str | None:
    kind = row["kind"]
    outbound = (row.get("direction") or "outbound") == "outbound"
    if kind == "call":
        return "calls_made" if outbound else None
    if kind == "email":
        return "emails_sent" if outbound and not row.get("bulk") else None
    return {
        "meeting_set": "meetings_set",
        "meeting_held": "meetings_held",
        "referral_ask": "referrals_asked",
        "coi_contact": "coi_contacts",
    }.get(kind)


def tally(agency: Agency, whose: Whose, window: Window, as_of: datetime) -> Tally:
    values = dict.fromkeys((*COUNTS, *MONEY), 0)
    automatic = dict(values)
    for row in agency.rows_between("activities", "occurred_at", window):
        metric = activity_metric(row)
        if metric and whose(row["producer"]) and seen(row["occurred_at"], window, as_of):
            count = 1 if row.get("count") is None else row["count"]
            values[metric] += count
            automatic[metric] += 0 if row.get("self_reported") else count
    values["quotes"] = automatic["quotes"] = count_quotes(agency, whose, window, as_of)
    for policy in agency.rows_between("policies", "bound_on", window):
        if policy["transaction"] != "new" or not seen(policy["bound_on"], window, as_of):
            continue
        values["policies_written"] += 1 if whose(first_named(policy)) else 0
        for metric, amount in (
            ("new_premium", policy["annual_premium"]),
            ("new_commission", agency.commission(policy)),
        ):
            values[metric] += sum(part for code, part in split(amount, policy).items() if whose(code))
    for metric in ("policies_written", *MONEY):
        automatic[metric] = values[metric]
    return Tally(values, automatic)


def count_quotes(agency: Agency, whose: Whose, window: Window, as_of: datetime) -> int:
    """A lead quoted several times by somebody on a day is one quote; a quote without a lead is one of its own."""
    leads: set[tuple[str | None, str, date]] = set()
    alone = 0
    for row in agency.rows_between("quotes", "delivered_on", window):
        if not whose(row["producer"]) or not seen(row["delivered_on"], window, as_of):
            continue
        if row.get("lead_id"):
            leads.add((row["producer"], row["lead_id"], day_of(row["delivered_on"])))
        else:
            alone += 1
    return len(leads) + alone
