"""Brings a made-up producer's contacts to the week's plan and writes them as rows of `activities`.

The plan is what makes somebody hit, nearly hit or miss the targets: what is missing is filled with calls and messages
to clients and strangers, what is too much is left out. Knows nothing of leads' stages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random

from desktop.core.templates import Row
from desktop.services.demo_calendar import MINUTES_PER_DAY, Calendar
from desktop.services.demo_cast import KINDS, Member, weekly_plan
from desktop.services.demo_contacts import Contact, Diary

_BY_DAY = {"email", "referral_ask"}


class Weeks:
    """One member's weeks."""

    def __init__(self, calendar: Calendar, member: Member, diary: Diary, rng: Random) -> None:
        self._calendar = calendar
        self._member = member
        self._diary = diary
        self._rng = rng
        self._plan = weekly_plan(member)

    def shape(self) -> list[Row]:
        """The rows of `activities`, in order of time."""
        calendar, member = self._calendar, self._member
        kept: list[Contact] = []
        by_week: dict[int, dict[str, list[Contact]]] = defaultdict(lambda: defaultdict(list))
        for contact in self._diary.contacts:
            if contact.inbound or contact.bulk:
                kept.append(contact)
            else:
                by_week[calendar.monday_of(int(contact.at // MINUTES_PER_DAY))][contact.kind].append(contact)
        first = calendar.monday_of(max(calendar.start, member.hired))
        last = calendar.end if member.left is None else member.left
        for monday in range(first, last + 1, 7):
            kept.extend(self._week(monday, by_week[monday]))
        kept.extend(self._newsletters(first, last))
        kept.sort(key=lambda contact: contact.at)
        return [self._row(number, contact) for number, contact in enumerate(kept, start=1)]

    def _week(self, monday: int, done: dict[str, list[Contact]]) -> Iterable[Contact]:
        calendar = self._calendar
        days = [
            day
            for day in calendar.worked_days(monday)
            if not self._member.is_away(day) and calendar.start <= day <= calendar.end
        ]
        factor = self._factor(monday) * len(days) / 5
        if factor == 0:
            return []
        kept = list(done.get("text", ()))
        for kind in KINDS:
            kept.extend(self._match(kind, done.get(kind, []), self._plan[kind] * factor, days))
        answered = int(self._plan["call"] * factor * 0.12 + self._rng.random())
        kept.extend([self._inbound_call(days) for _ in range(answered)])
        return kept

    def _factor(self, monday: int) -> float:
        """The week's share of the plan: the cast's own for the latest weeks, else season and chance."""
        persona = self._member.persona
        back = (self._calendar.monday_of(self._calendar.end) - monday) // 7
        if back < len(persona.tail):
            return persona.tail[back] / persona.activity
        return min(self._calendar.season(monday), 1.05) * (0.86 + self._rng.random() * 0.28)

    def _match(self, kind: str, done: list[Contact], wanted: float, days: list[int]) -> list[Contact]:
        count = int(wanted + (0.5 if self._is_steered(days) else self._rng.random()))
        if len(done) > count:
            ranked = sorted(done, key=lambda contact: (contact.outcome != "connected", self._rng.random()))
            return ranked[:count]
        missing = count - len(done)
        if kind in _BY_DAY:
            return done + self._by_day(kind, missing, days)
        return done + [self._filler(kind, days) for _ in range(missing)]

    def _is_steered(self, days: list[int]) -> bool:
        back = (self._calendar.end - days[0]) // 7
        return back < len(self._member.persona.tail)

    def _by_day(self, kind: str, missing: int, days: list[int]) -> list[Contact]:
        """One row a day that stands for several, as a weekly or daily log has it."""
        found = []
        share, rest = divmod(missing, len(days))
        for number, day in enumerate(days):
            count = share + (1 if number < rest else 0)
            if count:
                found.append(Contact(day * MINUTES_PER_DAY + 1439.0, kind, count=count))
        return found

    def _filler(self, kind: str, days: list[int]) -> Contact:
        rng = self._rng
        at = self._calendar.some_time(days[int(rng.random() * len(days))], rng)
        if kind == "call":
            if rng.random() < 0.38:
                return Contact(at, kind, None, "connected", min(round(1 + rng.expovariate(0.2), 1), 50.0))
            return Contact(at, kind, None, "voicemail" if rng.random() < 0.5 else "no_answer")
        if kind == "meeting_held":
            return Contact(at, kind, minutes=20.0 + int(rng.random() * 9) * 5)
        if kind == "coi_contact":
            note = ("realtor", "accountant", "lender", "attorney", "car dealer")[int(rng.random() * 5)]
            return Contact(at, kind, note=note)
        return Contact(at, kind)

    def _inbound_call(self, days: list[int]) -> Contact:
        rng = self._rng
        at = self._calendar.some_time(days[int(rng.random() * len(days))], rng)
        if rng.random() < 0.7:
            return Contact(at, "call", None, "connected", round(1 + rng.expovariate(0.25), 1), inbound=True)
        return Contact(at, "call", None, "voicemail", inbound=True)

    def _newsletters(self, first: int, last: int) -> Iterable[Contact]:
        """A bulk e-mail to all clients every fourth week."""
        for monday in range(first, last - 6, 28):
            day = self._calendar.next_worked(monday + 1)
            if day >= self._calendar.start and not self._member.is_away(day):
                yield Contact(
                    day * MINUTES_PER_DAY + 600.0, "email", count=80 + int(self._rng.random() * 60), bulk=True
                )

    def _row(self, number: int, contact: Contact) -> Row:
        calendar = self._calendar
        by_day = contact.kind in _BY_DAY and contact.lead_id is None and not contact.inbound and not contact.bulk
        return (
            calendar.iso[int(contact.at // MINUTES_PER_DAY)] if by_day else calendar.moment(contact.at),
            self._member.code,
            contact.kind,
            f"A{self._member.code[1:]}-{number:06d}",
            "inbound" if contact.inbound else "outbound",
            contact.outcome,
            contact.minutes,
            contact.count,
            True if contact.bulk else None,
            True if contact.kind == "referral_ask" or (contact.kind == "coi_contact" and number % 3 == 0) else None,
            contact.lead_id,
            contact.client,
            contact.note,
            None,
        )
