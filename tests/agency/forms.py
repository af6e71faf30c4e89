"""The forms in which real files write a value: each true value comes out as one of the texts people and systems use.

A form never loses what the value says: a moment with a minute keeps the minute, cents stay cents.
"""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

DATES = {
    "hired_on", "left_on", "since", "effective_from", "bound_on", "effective_on", "expires_on", "in_force_on",
    "ended_on", "delivered_on", "from", "to", "policy_expires_on",
}  # fmt: skip
MOMENTS = {"received_at", "assigned_at", "stage_entered_at", "at", "entered_at", "occurred_at"}
MONEY = {
    "cost_per_lead", "monthly_cost", "annual_premium", "commission", "premium", "estimated_premium",
    "target_new_premium",
}  # fmt: skip
RATES = {"commission_rate"}
FLAGS = {"bulk", "self_reported", "consent", "qualified"}
CHOICES = {"kind", "transaction", "outcome", "direction", "level"}
PEOPLE = {"producer", "producer_code"}


def text_of(column: str, value: Any, rng: Random, percent: bool = False) -> str:
    """One of the texts for a value of a template's column."""
    if value is None:
        return ""
    if column in DATES:
        return date_text(date.fromisoformat(value), rng)
    if column in MOMENTS:
        return moment_text(value, rng)
    if column in MONEY:
        return money_text(value, rng)
    if column in RATES:
        return f"{round(value * 100, 4):g}%" if percent else f"{value:g}"
    if column in FLAGS:
        return rng.choice(("yes", "Yes", "Y", "TRUE", "1"))
    if column in CHOICES:
        return rng.choice((value, value.title(), value.replace("_", " ").title(), value.upper()))
    if column == "zip":
        return zip_text(value, rng)
    if column == "phone":
        return phone_text(value, rng)
    if column == "stage":
        return rng.choice((value, value.replace("_", " ").title(), value.replace("_", " ")))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def date_text(day: date, rng: Random) -> str:
    return rng.choice(
        (
            f"{day.month}/{day.day}/{day.year}",
            f"{day.month:02d}/{day.day:02d}/{day.year % 100:02d}",
            f"{day.month:02d}/{day.day:02d}/{day.year}",
            day.isoformat(),
        )
    )


def moment_text(value: str, rng: Random) -> str:
    if len(value) == 10:
        return date_text(date.fromisoformat(value), rng)
    at = datetime.fromisoformat(value)
    half = "AM" if at.hour < 12 else "PM"
    return rng.choice(
        (
            f"{at.month}/{at.day}/{at.year} {(at.hour + 11) % 12 + 1}:{at.minute:02d} {half}",
            f"{at.month:02d}/{at.day:02d}/{at.year % 100:02d} {at.hour:02d}:{at.minute:02d}",
            at.isoformat(),
            at.isoformat(sep=" ", timespec="minutes"),
        )
    )


def money_text(cents: int, rng: Random) -> str:
    dollars, rest = divmod(abs(cents), 100)
    plain, commas = f"{dollars}.{rest:02d}", f"{dollars:,}.{rest:02d}"
    if cents < 0:
        return rng.choice((f"({plain})", f"$({commas})", f"{plain}-", f"-{plain}"))
    texts = [plain, f"${commas}", commas, f"$ {commas}"]
    if rest == 0:
        texts.append(f"${dollars:,}")
    return rng.choice(texts)


def zip_text(value: str, rng: Random) -> str:
    return rng.choice((value, value.lstrip("0"), f"{value}-{1000 + int(rng.random() * 8999)}"))


def phone_text(value: str, rng: Random) -> str:
    area, office, line = value[2:5], value[5:8], value[8:]
    return rng.choice((f"({area}) {office}-{line}", f"{area}.{office}.{line}", f"1-{area}-{office}-{line}", value))


def name_texts(person: dict[str, Any]) -> list[str]:
    """The ways in which files name somebody: code, name, name turned round, aliases."""
    first, last = person["name"].split(" ", 1)
    texts = [person["producer_code"], person["name"], f"{last}, {first}", person["name"].upper()]
    return texts + (person.get("aliases") or "").split(";")[:2] if person.get("aliases") else texts


def heading(column: str, rng: Random) -> str:
    """A column's heading as somebody may have retyped it."""
    words = column.replace("_", " ")
    return rng.choice((column, words.title(), words.upper(), words.capitalize(), column.upper()))
