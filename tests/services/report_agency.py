"""A small agency with something to say in every report: leads won, lost and open, quotes, policies, pay, activities."""

from __future__ import annotations

from datetime import date, datetime

from desktop.core.periods import Period, end_of
from desktop.models.book import Book
from desktop.services import configuration
from desktop.services.reporting import Asked
from tests.services.small_agency import AUTHOR, Agency

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
PRINTED = datetime(2026, 4, 1, 8, 5)
PLAN = {
    "desired": "60000", "initial": "50000", "prior": "150000", "renewal_rate": "25%", "new_rate": "40%",
    "avg_commission": "500", "avg_premium": "4000", "hit_rate": "30%", "proposal_rate": "50%",
}  # fmt: skip


def asked(producer: str | None = None, *, pay_hidden: bool = False, **inputs: str) -> Asked:
    return Asked(MARCH, end_of(MARCH.end), producer, PRINTED, inputs, pay_hidden)


def fill(book: Book) -> None:
    """Store the agency in an empty book."""
    made = Agency()
    pay = {"salary": 6_000_000, "benefits": 1_200_000, "desk_cost": 600_000, "new_split": 0.4, "renewal_split": 0.25}
    made.producer("P01", "Dana O’Brien-Marsh", role="producer", level="veteran", hired_on="2024-01-08", **pay)
    made.producer("P02", "Lee, Sam <b>", role="producer", level="new", hired_on="2025-11-01", salary=3_650_000)
    _leads(made)
    _policies(made)
    for day in range(2, 28):
        for code, calls in (("P01", day % 5), ("P02", day % 3)):
            made.activity(f"2026-03-{day:02}T10:{day:02}:00", code, "call", direction="outbound", count=calls + 1,
                          minutes=4, outcome="connected")  # fmt: skip
        made.activity(f"2026-03-{day:02}T15:00:00", "P01", "meeting_held", count=1)
    made.store(book)
    configuration.set_values(book, {"agency.name": "Harbor & Pine <b>Insurance</b>"}, AUTHOR)


def _leads(made: Agency) -> None:
    reasons = ("price", "price", "price", "no_response", "timing", None)
    for number, reason in enumerate(reasons):
        key, day = f"L{number}", f"2026-03-{number + 3:02}"
        made.lead(
            key, f"{day}T09:00:00", "P01" if number % 2 else "P02", line="Homeowners" if number % 2 else "BOP",
            source=("Web", "Referral")[number % 2], estimated_premium=100_000 + number, lost_reason=reason,
            competing_carrier="Other Mutual" if reason == "price" else None,
            competing_agency="Rival & Co" if number == 1 else None,
            price_difference=12_050 if reason == "price" else None, winnable=("yes", "no", "maybe")[number % 3],
            would_change="Quote more markets before the renewal date comes near",
        )  # fmt: skip
        made.stage(key, f"{day}T09:00:00", "contacted").stage(key, f"2026-03-{number + 12}T12:00:00", "lost")
    for number in range(4):
        key = f"W{number}"
        made.lead(key, f"2026-03-{number + 3:02}T11:00:00", "P01", line="Homeowners", source="Referral")
        made.stage(key, f"2026-03-{number + 5:02}T12:00:00", "needs_analysis")
        made.stage(key, f"2026-03-{number + 9:02}T12:00:00", "quoted")
        made.quote(f"2026-03-{number + 9:02}", "P01", key, line="Homeowners", premium=140_000)
        if number < 3:
            made.stage(key, f"2026-03-{number + 15}T12:00:00", "won")


def _policies(made: Agency) -> None:
    for number in range(3):
        made.policy(f"N-{number}", f"2026-03-{number + 15}", "P01", 140_000 + number, commission_rate=0.15,
                    lead_id=f"W{number}")  # fmt: skip
    made.policy("OLD-1", "2025-05-10", "P01", 220_000, commission_rate=0.12)
    made.policy("OLD-2", "2025-06-10", "P01", 90_000, commission_rate=0.12, ended_on="2026-03-20",
                end_reason="moved away")  # fmt: skip
    made.policy("R-1", "2026-02-10", "P01", 330_000, commission_rate=0.1, transaction="renewal")
