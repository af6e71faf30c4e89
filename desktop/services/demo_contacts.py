"""What one made-up producer does and hears: calls, e-mails, texts and meetings, before the week's plan trims them.

Knows nothing of why somebody was called.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from desktop.services.demo_calendar import Calendar


@dataclass(slots=True)
class Contact:
    """One activity; `at` is minutes since day 0, `minutes` the length of a call or meeting."""

    at: float
    kind: str
    lead_id: str | None = None
    outcome: str | None = None
    minutes: float | None = None
    inbound: bool = False
    client: str | None = None
    count: int = 1
    bulk: bool = False
    note: str | None = None


class Diary:
    """Collects one producer's contacts; what lies after the calendar's end or the producer's last day is dropped."""

    def __init__(self, calendar: Calendar, until: float, rng: Random) -> None:
        self._calendar = calendar
        self._until = until
        self._rng = rng
        self.contacts: list[Contact] = []

    def add(self, contact: Contact) -> None:
        if contact.at < self._until:
            self.contacts.append(contact)

    def call(self, at: float, lead_id: str | None, connected: bool, client: str | None = None) -> None:
        """An outbound call, with its length when somebody answered."""
        if connected:
            length = round(1.5 + self._rng.expovariate(0.16), 1)
            self.add(Contact(at, "call", lead_id, "connected", min(length, 58.0), client=client))
        else:
            outcome = "voicemail" if self._rng.random() < 0.55 else "no_answer"
            self.add(Contact(at, "call", lead_id, outcome, client=client))

    def write(self, at: float, kind: str, lead_id: str | None) -> None:
        """An outbound e-mail or text."""
        self.add(Contact(at, kind, lead_id))

    def answer(self, at: float, lead_id: str, delay: float) -> None:
        """The other side calls, texts or writes, and is answered after about `delay` minutes of opening hours."""
        kind = ("email", "email", "text", "call")[int(self._rng.random() * 4)]
        outcome = "voicemail" if kind == "call" else None
        self.add(Contact(at, kind, lead_id, outcome, inbound=True))
        reply = self._calendar.in_hours(at + self._rng.expovariate(1 / delay), self._rng)
        if self._rng.random() < 0.93:
            self.write(reply, "email" if kind == "email" else "text", lead_id)

    def meet(self, arranged: float, held: float, lead_id: str | None, client: str | None = None) -> None:
        """A meeting, arranged and held."""
        self.add(Contact(arranged, "meeting_set", lead_id, client=client))
        length = 20.0 + int(self._rng.random() * 9) * 5
        self.add(Contact(held, "meeting_held", lead_id, minutes=length, client=client))
