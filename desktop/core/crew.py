"""The producers as routing sees them: who may take a lead, and why not (routing.md 3.5).

Must not know models, territories or scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from desktop.core.scoring import Number
from desktop.core.worktime import Hours

INACTIVE = "inactive"
UNLICENSED = "unlicensed"
AWAY = "away"
OUT_OF_HOURS = "out_of_hours"
AT_CAP = "at_cap"
LINE = "line"


@dataclass(frozen=True, slots=True)
class License:
    """A licence for a state, for one line or (None) all, valid from and to inclusive; None is open."""

    state: str
    line: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is valid on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Producer:
    """One producer at the moment of the snapshot.

    `active_leads`, `leads_today`, `bound` and `decided` are counts (the latter two of the trailing 90 days),
    `response_minutes` the mean or None; empty `lines`, `licenses` and `hours` mean all, everywhere, always. `leave` is
    (first, last) days inclusive. `credit` is what a return from leave adds under least loaded.
    """

    code: str
    name: str = ""
    active: bool = True
    lines: tuple[str, ...] = ()
    licenses: tuple[License, ...] = ()
    leave: tuple[tuple[date, date], ...] = ()
    hours: Hours | None = None
    active_leads: int = 0
    leads_today: int = 0
    last_assigned_at: datetime | None = None
    bound: int = 0
    decided: int = 0
    response_minutes: Number | None = None
    weight: Number = 1
    cap_active: int | None = None
    cap_day: int | None = None
    credit: Number = 0


def is_licensed(producer: Producer, state: str | None, lines: tuple[str, ...], on: date) -> bool:
    """Whether the producer may write every one of the lines in the state that day.

    Yes without any licences entered, or where the lead's state is not known. routing.md 3.5.
    """
    if not producer.licenses or not state:
        return True
    held = [one for one in producer.licenses if one.state.casefold() == state.casefold() and one.holds(on)]
    if any(one.line is None for one in held):
        return True
    own = {one.line.casefold() for one in held if one.line}
    return bool(held) and all(line.casefold() in own for line in lines)


def is_away(producer: Producer, on: date) -> bool:
    """Whether the day falls in a leave."""
    return any(first <= on <= last for first, last in producer.leave)


def in_hours(producer: Producer, at: datetime) -> bool:
    """Whether the moment is in the producer's working hours, the end excluded; none entered = always."""
    if not producer.hours:
        return True
    span = producer.hours.get(at.isoweekday())
    if span is None:
        return False
    return span[0] <= at.time() and (span[1] == time(0) or at.time() < span[1])


def takes_line(producer: Producer, lines: tuple[str, ...]) -> bool:
    """Whether the producer takes at least one of the lead's lines; no lines entered = all."""
    own = {one.casefold() for one in producer.lines}
    return not own or any(line.casefold() in own for line in lines)
