"""One record behind a number as services answer it. Must not know which number asks."""

from __future__ import annotations

from dataclasses import dataclass

UNASSIGNED = ""
"""In place of a producer's code: what belongs to nobody."""

NUMERATOR, DENOMINATOR, BOTH = "numerator", "denominator", "both"


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record behind a number. `amount` is a count, minutes or days, or cents where `money`; `premium` cents.

    `table` is the template's name; `line` and `sheet` are those of `file`; a typed record has `entered` instead.
    """

    role: str
    table: str
    key: str
    amount: float
    money: bool
    at: str
    producer: str | None
    producer_name: str | None
    subject: str
    detail: str
    premium: int | None
    file: str | None
    sheet: str | None
    line: int | None
    entered: str | None
