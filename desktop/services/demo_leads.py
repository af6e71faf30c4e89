"""One made-up producer's leads: from the day they come in, through the sales stages, to won, lost or still open.

Wins are spread evenly over the quotes instead of drawn one by one, so that each producer shows the habits the cast gave
them with any seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from desktop.core.templates import Row
from desktop.services.demo_calendar import MINUTES_PER_DAY, Calendar
from desktop.services.demo_cast import Member
from desktop.services.demo_contacts import Contact, Diary
from desktop.services.demo_names import Line, Names, Person, Weighted
from desktop.services.demo_policies import Portfolio

_DAY = float(MINUTES_PER_DAY)
_WEEKDAYS = Weighted([19, 19, 18, 17, 15, 7, 5], list(range(7)))
_LOST_AFTER = Weighted([50, 35, 15], [1, 2, 3])
_REASONS = Weighted(
    [40, 18, 16, 10, 9, 7], ["price", "stayed_with_current", "competitor", "coverage", "timing", "relationship"]
)
_CONTACT, _ENGAGED, _QUOTED = 0.66, 0.80, 0.88


@dataclass(slots=True)
class Lead:
    """A lead on its way; `stages` are (stage, minute)."""

    id: str
    received: float
    person: Person
    line: Line
    source: str
    estimate: int
    stages: list[tuple[str, float]] = field(default_factory=list)
    lost_reason: str | None = None


class Evenly:
    """Says yes to exactly a share of the questions, evenly spread."""

    def __init__(self, share: float, start: float) -> None:
        self._share = share
        self._sum = start

    def __call__(self) -> bool:
        self._sum += self._share
        if self._sum < 1:
            return False
        self._sum -= 1
        return True


class LeadFlow:
    """Makes one member's rows of `leads`, `owners`, `stages` and `quotes`, their contacts, and the sales."""

    def __init__(
        self, calendar: Calendar, names: Names, portfolio: Portfolio, member: Member, diary: Diary, rng: Random
    ) -> None:
        self._calendar = calendar
        self._names = names
        self._portfolio = portfolio
        self._member = member
        self._persona = member.persona
        self._diary = diary
        self._rng = rng
        self._until = calendar.horizon if member.left is None else (member.left + 1) * _DAY
        per_win = 1 + 0.19 * (1 - member.persona.commercial)
        self._wins = Evenly(member.persona.close / per_win, rng.random())
        self._contacted = Evenly(_CONTACT, rng.random())
        self._commercial = Evenly(member.persona.commercial, rng.random())
        self._quotes = 0
        self._leads: list[Lead] = []
        self.leads: list[Row] = []
        self.owners: list[Row] = []
        self.stages: list[Row] = []
        self.quotes: list[Row] = []

    def run(self) -> None:
        """All the member's weeks."""
        first = max(self._calendar.start, self._member.hired)
        last = self._calendar.end if self._member.left is None else self._member.left
        for monday in range(self._calendar.monday_of(first), last + 1, 7):
            busy = self._calendar.busyness(max(monday, first))
            for _ in range(int(self._persona.leads * busy * (0.75 + self._rng.random() * 0.5) + self._rng.random())):
                self._receive(monday + _WEEKDAYS.draw(self._rng), first, last)
            for _ in range(int(self._persona.cross_sales * busy + self._rng.random())):
                self._cross_sell(self._calendar.next_worked(monday + int(self._rng.random() * 5)), first, last)
        for lead in self._leads:
            self._write(lead)

    # --- one lead ---------------------------------------------------------------------------------------------------

    def _receive(self, day: int, first: int, last: int) -> None:
        touch = self._calendar.end - self._persona.lost_touch_days
        if not first <= day <= min(last, touch):
            return
        rng = self._rng
        commercial = self._commercial()
        line = self._names.line(rng, commercial)
        estimate = round((line.low + (line.high - line.low) * rng.random() ** 1.5) * self._persona.premium) * 100
        received = day * _DAY + min(max(rng.gauss(790, 210), 20), 1420)
        number = f"L{self._member.code[1:]}-{len(self._leads) + 1:05d}"
        lead = Lead(number, received, self._names.person(rng, commercial), line, self._names.source(rng), estimate)
        self._leads.append(lead)
        self._work(lead)

    def _work(self, lead: Lead) -> None:
        """First contact: never, in vain, or a conversation."""
        rng, calendar, persona = self._rng, self._calendar, self._persona
        if rng.random() < persona.ignores:
            if rng.random() < 0.97:
                self._lose(lead, lead.received + (25 + rng.random() * 25) * _DAY, "no_response")
            return
        at = calendar.in_hours(lead.received + 1 + rng.expovariate(1 / persona.speed), rng)
        lead.stages.append(("contacted", at))
        connects = self._contacted()
        attempts = 1 + int(rng.random() ** 1.5 * 5) if connects else 3 + int(rng.random() * 4)
        for attempt in range(attempts):
            reached = connects and attempt == attempts - 1
            self._diary.call(at, lead.id, reached)
            if attempt == 0:
                self._diary.write(at + 4 + rng.random() * 20, "email", lead.id)
            elif rng.random() < 0.4:
                self._diary.write(at + 2 + rng.random() * 8, "text", lead.id)
            if not reached:
                at = calendar.in_hours(at + (0.6 + rng.random() * 2.4) * _DAY, rng)
        if connects:
            self._advance(lead, at)
        else:
            self._lose(lead, at + (2 + rng.random() * 5) * _DAY, "no_response")

    def _advance(self, lead: Lead, at: float) -> None:
        """From the first conversation to the quote."""
        rng, calendar = self._rng, self._calendar
        if rng.random() < 0.5:
            self._diary.answer(at + (0.1 + rng.random()) * _DAY, lead.id, 8 + self._persona.speed)
        if rng.random() > _ENGAGED:
            self._lose(lead, at + (1 + rng.random() * 9) * _DAY)
            return
        held = calendar.in_hours(at + (0.5 + rng.random() * 3.5) * _DAY, rng)
        self._diary.meet(at + 5, held, lead.id)
        lead.stages.append(("needs_analysis", held))
        if rng.random() > _QUOTED:
            self._lose(lead, held + (2 + rng.random() * 8) * _DAY)
            return
        quoted = calendar.in_hours(held + (0.6 + rng.random() * 4.5) * _DAY, rng)
        lead.stages.append(("quoted", quoted))
        self._diary.write(quoted + 3, "email", lead.id)
        self._quote(lead, int(quoted // _DAY))
        self._decide(lead, quoted)

    def _decide(self, lead: Lead, quoted: float) -> None:
        """From the quote to won, lost, or stuck."""
        rng, calendar = self._rng, self._calendar
        steps = [("proposed", quoted)]
        at = quoted
        for stage, low, spread in (("proposed", 1.5, 9.0), ("closing", 0.8, 6.0), ("won", 0.6, 4.5)):
            at = calendar.in_hours(at + (low + rng.random() * spread) * _DAY, rng)
            steps.append((stage, at))
        wins = self._wins()
        if self._is_stuck(quoted, at, wins):
            self._follow_up(lead, quoted, quoted + 30 * _DAY)
            return
        self._follow_up(lead, quoted, at)
        if wins:
            lead.stages.extend(steps[1:])
            self._win(lead, at)
            return
        reached = _LOST_AFTER.draw(rng)
        lead.stages.extend(steps[1:reached])
        declined = reached == 3 and rng.random() < 0.6
        self._lose(lead, steps[reached][1] + rng.random() * 3 * _DAY, "coverage" if declined else None)
        self._underwrite(lead, steps[reached - 1][1], declined)

    def _is_stuck(self, quoted: float, decided: float, wins: bool) -> bool:
        """Whether the lead just stays in `quoted`: the habit of who quotes and does not present, lately."""
        if not self._persona.stuck_days:
            return False
        if wins:
            return decided >= self._calendar.horizon - 32 * _DAY and self._rng.random() < 0.82
        return quoted >= self._calendar.horizon - self._persona.stuck_days * _DAY and self._rng.random() < 0.95

    def _follow_up(self, lead: Lead, start: float, end: float) -> None:
        at = start
        for _ in range(1 + int(self._rng.random() * 3)):
            at = self._calendar.in_hours(at + (1 + self._rng.random() * 4) * _DAY, self._rng)
            if at >= end:
                return
            self._diary.call(at, lead.id, self._rng.random() < 0.45)
            if self._rng.random() < 0.3:
                self._diary.answer(at + self._rng.random() * _DAY, lead.id, 10 + self._persona.speed)

    # --- quotes, wins, losses ---------------------------------------------------------------------------------------

    def _quote(self, lead: Lead, day: int) -> None:
        carriers = lead.line.carriers
        shown = 1 if self._rng.random() < 0.62 else min(2 + int(self._rng.random() * 2), len(carriers))
        start = int(self._rng.random() * len(carriers))
        for number in range(shown):
            carrier = carriers[(start + number) % len(carriers)]
            self._quote_row(day, lead.id, lead.person.name, lead.line.name, carrier, lead.estimate)
        if self._rng.random() < 0.07:
            again = self._calendar.next_worked(day + 4 + int(self._rng.random() * 5))
            self._quote_row(again, lead.id, lead.person.name, lead.line.name, carriers[start], lead.estimate)

    def _quote_row(self, day: int, lead_id: str | None, client: str, line: str, carrier: str, estimate: int) -> None:
        if day * _DAY >= self._until:
            return
        self._quotes += 1
        premium = round(estimate * (0.88 + self._rng.random() * 0.28) / 100) * 100
        number = f"Q{self._member.code[1:]}-{self._quotes:05d}"
        self.quotes.append(
            (self._member.code, self._calendar.iso[day], number, lead_id, client, line, carrier, premium)
        )

    def _factor(self, day: int) -> float:
        """What the member's deals are worth beside the usual: prices rise, but lately fall where deals shrink."""
        prices = float(1.05 ** ((day - self._calendar.end) / 365.25))
        lately = 1.08 if self._persona.shrinks == 1 else self._persona.shrinks
        return prices * (lately if day > self._calendar.end - 92 else 1.0)

    def _win(self, lead: Lead, at: float) -> None:
        if at >= self._until:
            return
        day = int(at // _DAY)
        client = self._portfolio.client(lead.person, self._member, day)
        sales = self._portfolio.sell(client, self._member, lead.line, day, self._factor(day), (lead.id, lead.source))
        if lead.line.commercial or lead.line.name == "Life":
            self._underwrite(lead, lead.stages[-2][1], declined=False)
        if self._rng.random() < 0.6:
            self._portfolio.place(sales, day)

    def _cross_sell(self, day: int, first: int, last: int) -> None:
        """A quote to a client who is there already, without a lead."""
        if not first <= day <= last:
            return
        rng = self._rng
        client = self._portfolio.known_client(self._member, day)
        line = self._names.line(rng, self._commercial())
        estimate = round((line.low + (line.high - line.low) * rng.random()) * self._persona.premium) * 100
        self._quote_row(day, None, client.person.name, line.name, line.carriers[0], estimate)
        bound = self._calendar.next_worked(day + 1 + int(rng.random() * 12))
        if self._wins() and bound * _DAY < self._until and not self._is_stuck(day * _DAY, bound * _DAY, True):
            self._portfolio.sell(client, self._member, line, bound, self._factor(bound), None)

    def _lose(self, lead: Lead, at: float, reason: str | None = None) -> None:
        rng = self._rng
        lead.stages.append(("lost", at))
        drawn = str(_REASONS.draw(rng))
        if at < self._until and rng.random() > 0.04:
            lead.lost_reason = reason or drawn
        if at < self._until and rng.random() < 0.3:
            self._nurture(lead, at)

    # --- service pipelines ------------------------------------------------------------------------------------------

    def _service(
        self, lead: Lead, pipeline: str, stage: str, at: float, detail: str | None, carrier: str | None
    ) -> None:
        if at < self._until:
            self.stages.append((pipeline, stage, self._calendar.moment(at), lead.id, None, carrier, detail))

    def _underwrite(self, lead: Lead, at: float, declined: bool) -> None:
        """The carrier looks at the application: requirements, approval or refusal."""
        if not (declined or lead.line.commercial or lead.line.name == "Life"):
            return
        rng = self._rng
        carrier = lead.line.carriers[int(rng.random() * len(lead.line.carriers))]
        self._service(lead, "underwriting", "submitted", at + 30, None, carrier)
        if rng.random() < 0.4:
            needed = self._names.pick(rng, "requirements")
            self._service(lead, "underwriting", "requirement_opened", at + 0.4 * _DAY, needed, carrier)
            if rng.random() < 0.9:
                self._service(lead, "underwriting", "requirement_resolved", at + 0.8 * _DAY, needed, carrier)
        decided = at + (1 + rng.random() * 5) * _DAY
        self._service(lead, "underwriting", "declined" if declined else "approved", decided, None, carrier)
        if declined:
            why = self._names.pick(rng, "decline_reasons")
            self._service(lead, "declined", "declined", decided + 20, why, carrier)
            if rng.random() < 0.5:
                self._service(lead, "declined", "recycle", decided + 30 * _DAY, None, carrier)

    def _nurture(self, lead: Lead, lost: float) -> None:
        """Messages to a lost lead every other week; some answer, a few of these come back."""
        rng = self._rng
        self._service(lead, "nurture", "nurturing", lost + _DAY, lead.lost_reason, None)
        at = lost
        for message in range(1, 7):
            at += (13 + rng.random() * 3) * _DAY
            self._service(lead, "nurture", "sent", at, str(message), None)
            if at < self._until:
                self._diary.add(Contact(at, "email", lead.id, bulk=True))
            if rng.random() < 0.06:
                replied = at + rng.random() * 2 * _DAY
                self._service(lead, "nurture", "replied", replied, str(message), None)
                if replied < self._until:
                    self._diary.add(Contact(replied, "email", lead.id, inbound=True))
                    self._return(lead, replied)
                return

    def _return(self, lead: Lead, replied: float) -> None:
        """A lost lead comes back and is worked once more."""
        rng, calendar = self._rng, self._calendar
        at = replied + (0.1 + rng.random()) * _DAY
        if at >= calendar.horizon - self._persona.lost_touch_days * _DAY:
            return
        self._service(lead, "nurture", "recycled", at, None, None)
        lead.stages.append(("prospect", at))
        called = calendar.in_hours(at + 60, rng)
        lead.stages.append(("contacted", called))
        self._diary.call(called, lead.id, True)
        if rng.random() < 0.3 and not self._persona.stuck_days:
            quoted = calendar.in_hours(called + 3 * _DAY, rng)
            won = calendar.in_hours(quoted + (2 + rng.random() * 5) * _DAY, rng)
            lead.stages.extend([("quoted", quoted), ("won", won)])
            self._quote(lead, int(quoted // _DAY))
            self._win(lead, won)
        elif rng.random() < 0.7:
            lead.stages.append(("lost", called + (5 + rng.random() * 12) * _DAY))

    # --- rows -------------------------------------------------------------------------------------------------------

    def _write(self, lead: Lead) -> None:
        rng, calendar = self._rng, self._calendar
        lead.stages.sort(key=lambda entry: entry[1])
        known = [entry for entry in lead.stages if entry[1] < self._until]
        is_open = not known or known[-1][0] not in ("won", "lost")
        if self._member.left is not None and is_open:
            known.append(("lost", (self._member.left + 6 + int(rng.random() * 20)) * _DAY + 600))
            lead.lost_reason = "timing"
            given = calendar.moment((self._member.left + 1) * _DAY + 540)
            self.owners.append((lead.id, given, self._member.successor))
        for stage, at in known:
            self.stages.append(("sales", stage, calendar.moment(at), lead.id, None, None, None))
        self.leads.append(self._row(lead, {stage for stage, _at in known}))

    def _row(self, lead: Lead, reached: set[str]) -> Row:
        rng, calendar, who = self._rng, self._calendar, lead.person
        reason = lead.lost_reason if "lost" in reached else None
        return (
            lead.id,
            calendar.moment(lead.received),
            None,
            who.first,
            who.last,
            who.business,
            rng.random() < 0.8,
            who.email,
            who.phone,
            who.zip,
            who.state,
            lead.line.name,
            lead.source,
            self._member.code,
            self._names.pick(rng, "competing_carriers") if rng.random() < 0.5 else None,
            calendar.iso[int(lead.received // _DAY) + int(rng.random() * 120)] if rng.random() < 0.6 else None,
            lead.estimate if rng.random() < 0.94 else None,
            None,
            None,
            True if "quoted" in reached else None,
            *self._loss(reason, lead.estimate),
            None,
            None,
        )

    def _loss(self, reason: str | None, estimate: int) -> tuple[str | int | None, ...]:
        """Reason, competing agency and carrier, price difference, winnable, what would change."""
        rng = self._rng
        if reason is None or reason in ("no_response", "timing"):
            return (reason, None, None, None, "maybe" if reason else None, None)
        agency = self._names.pick(rng, "competing_agencies") if rng.random() < 0.5 else None
        carrier = self._names.pick(rng, "competing_carriers") if rng.random() < 0.6 else None
        dearer = round(estimate * rng.random() * 0.25) if reason in ("price", "competitor") else None
        winnable = ("yes", "no", "maybe")[int(rng.random() * 3)]
        return (reason, agency, carrier, dearer, winnable, self._names.pick(rng, "would_change"))
