"""What only a person knows of their week, as counts: which kinds, where a count stands, and the code on a form's line.

A week's count of a kind is one activity with an id of its own, so that the same count typed, returned on a form or sent
again is the same record. Knows no form and no book.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core import periods
from desktop.core.periods import Period
from desktop.errors import UserError

KINDS: tuple[tuple[str, str], ...] = (
    ("referral_ask", "referrals_asked"),
    ("coi_contact", "coi_contacts"),
    ("meeting_set", "meetings_set"),
    ("meeting_held", "meetings_held"),
    ("call", "calls_made"),
    ("email", "emails_sent"),
)
"""Kinds of activity that can be reported, with the metric that each counts for; what no system tracks comes first."""

METRIC_OF = dict(KINDS)
MOST = 5_000
"""No week has more of a kind; a larger count is a slip of the fingers."""

PREFIX = "self:"
"""How the ids of all reported counts begin."""

_MARK = "PD1"
_THURSDAY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a form is about: whose count, of which ISO week, of which kind."""

    producer: str
    week: str
    kind: str

    @property
    def id(self) -> str:
        """The id of the activity that holds the count."""
        return f"{PREFIX}{self.producer}:{self.week}:{self.kind}"

    @property
    def code(self) -> str:
        """What stands on the form, with a check of its own against slips."""
        plain = f"{_MARK}:{self.producer}:{self.week}:{self.kind}"
        return f"{plain}:{_check(plain)}"


def read_code(text: str) -> Line:
    """The line that a code stands for. UserError for what is no code, or one that was changed."""
    plain, _, check = text.strip().rpartition(":")
    parts = plain.split(":")
    if len(parts) < 4 or parts[0] != _MARK or check != _check(plain) or parts[-1] not in METRIC_OF:
        raise UserError("The code of the form was changed.", "Send the producer a new form.")
    return Line(":".join(parts[1:-2]), periods.week_name(periods.iso_week(parts[-2])), parts[-1])


def day_of(week: Period, today: date) -> date:
    """The day on which a week's count stands: its Thursday, by which a week belongs to its month, or today if earlier.

    UserError for a week that has not begun.
    """
    if week.start > today:
        raise UserError("That week has not begun yet.", "Choose this week or an earlier one.")
    return min(week.start + _THURSDAY, today)


def read_count(text: str) -> int | None:
    """A typed count: a whole number from 0 on, nothing for nothing. UserError for anything else."""
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 6 or int(plain) > MOST:
        raise UserError(f"“{text.strip()}” is no count.", f"Type a whole number from 0 to {MOST:,}.")
    return int(plain)


def _check(plain: str) -> str:
    return hashlib.blake2b(plain.encode(), digest_size=3).hexdigest()


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form: its code, the question, and the producer's target of the week (None: none)."""

    code: str
    label: str
    target: int | None


@dataclass(frozen=True, slots=True)
class Form:
    """One producer's form of a week. `agency` may be empty."""

    agency: str
    producer: str
    producer_name: str
    week: str
    days: Period
    lines: tuple[FormLine, ...]


CODE_HEADING, LABEL_HEADING, COUNT_HEADING, TARGET_HEADING = "Self-report code", "What", "How many", "Target"
"""The headings of a form's table, by which a returned form is recognised."""

LABELS = {
    "referral_ask": "Referrals asked for",
    "coi_contact": "Contacts with centers of influence",
    "meeting_set": "Meetings set that stand in no calendar",
    "meeting_held": "Meetings held that stand in no system",
    "call": "Calls made that no phone system counted",
    "email": "E-mails sent that no system counted",
}
"""The questions in words."""
