"""The made-up agency's book of business: clients and their policies from term to term.

A policy is sold or was there at the start; each year it renews, is rewritten, lapses or is cancelled on the way. Knows
nothing of how it was sold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from desktop.core.templates import Row
from desktop.services.demo_calendar import Calendar
from desktop.services.demo_cast import Member
from desktop.services.demo_names import Line, Names, Person

_CANCELLED, _LAPSED, _REWRITTEN = 0.035, 0.085, 0.03
_EXCEPTION = 0.07
_GOLDEN = 0.6180339887498949
_COMMERCIAL_STARTS = (0, 0, 0, 90, 90, 181, 181, 181, 273, 273)


@dataclass(frozen=True, slots=True)
class Client:
    """A household or firm with at least one policy."""

    id: str
    person: Person
    member: Member


@dataclass(frozen=True, slots=True)
class Sale:
    """A policy as it is when bound; `day` and `effective` are ordinals, `premium` cents a year."""

    client: Client
    member: Member
    line: Line
    carrier: str
    day: int
    effective: int
    premium: int
    number: str
    transaction: str = "new"
    lead_id: str | None = None
    source: str | None = None
    shares: str | None = None


class Portfolio:
    """Makes the rows of `clients`, `policies` and `premiums`, and the policies' service entries."""

    def __init__(self, calendar: Calendar, names: Names, members: tuple[Member, ...], rng: Random) -> None:
        self._calendar = calendar
        self._names = names
        self._rng = rng
        self._by_code = {member.code: member for member in members}
        self._numbers = 100_000
        self._deals = {member.code: number * 17 for number, member in enumerate(members)}
        self._since: dict[str, int] = {}
        self._clients: list[Client] = []
        self._of_member: dict[str, list[Client]] = {member.code: [] for member in members}
        self.policies: list[Row] = []
        self.premiums: list[Row] = []
        self.service: list[Row] = []

    # --- clients ----------------------------------------------------------------------------------------------------

    def client(self, person: Person, member: Member, since: int) -> Client:
        """A new client of `member`."""
        found = Client(f"C{len(self._clients) + 1:05d}", person, member)
        self._clients.append(found)
        self._of_member[member.code].append(found)
        self._since[found.id] = since
        return found

    def known_client(self, member: Member, day: int) -> Client:
        """One of the member's clients, or a new one when there is none yet."""
        known = self._of_member[member.code]
        if not known or self._rng.random() < 0.25:
            return self.client(
                self._names.person(self._rng, self._rng.random() < member.persona.commercial), member, day
            )
        return known[int(self._rng.random() * len(known))]

    def client_rows(self) -> list[Row]:
        rows: list[Row] = []
        for number, client in enumerate(self._clients):
            who = client.person
            producer = self._owner(client.member, self._calendar.end).code
            since = self._calendar.iso[max(self._since[client.id], self._calendar.start - 700)]
            csr = "S01" if number % 2 else "S02"
            rows.append((client.id, who.name, who.email, who.phone, who.zip, who.state, producer, csr, since))
        return rows

    # --- policies ---------------------------------------------------------------------------------------------------

    def open_book(self, member: Member) -> None:
        """The policies that the member brought from before the calendar's start, and what became of them."""
        rng, calendar = self._rng, self._calendar
        for _ in range(member.persona.book):
            commercial = rng.random() < member.persona.commercial
            line = self._names.line(rng, commercial)
            client = self.client(
                self._names.person(rng, commercial), member, calendar.start - 1 - int(rng.random() * 700)
            )
            effective = calendar.start - 364 + self._start_of_term(commercial)
            first = self._priced(client, member, line, effective - 20, effective, 0.95)
            self._follow(replace(first, transaction="renewal"))

    def _start_of_term(self, commercial: bool) -> int:
        """Day of the year on which a term starts: firms renew by quarter, households all the year round."""
        if commercial and self._rng.random() < 0.6:
            return _COMMERCIAL_STARTS[int(self._rng.random() * len(_COMMERCIAL_STARTS))]
        return int(self._rng.random() * 363)

    def _priced(self, client: Client, member: Member, line: Line, day: int, effective: int, factor: float) -> Sale:
        rng = self._rng
        level = self._level(member) ** 1.5
        premium = round((line.low + (line.high - line.low) * level) * factor * member.persona.premium) * 100
        carrier = line.carriers[int(rng.random() * len(line.carriers))]
        return Sale(client, member, line, carrier, day, effective, premium, self._number(carrier))

    def _level(self, member: Member) -> float:
        """How large a deal is among those of its line, 0 to 1, evenly spread over each member's deals."""
        self._deals[member.code] += 1
        return self._deals[member.code] * _GOLDEN % 1.0

    def _number(self, carrier: str) -> str:
        self._numbers += 1 + int(self._rng.random() * 7)
        return "".join(word[0] for word in carrier.replace("&", " ").split()) + f"-{self._numbers}"

    def sell(
        self, client: Client, member: Member, line: Line, day: int, factor: float, lead: tuple[str, str] | None
    ) -> list[Sale]:
        """Bind new business on `day`: one policy, or two for a bundle; `lead` is its id and source."""
        effective = day + int(self._rng.random() ** 2 * 25)
        sale = self._priced(client, member, line, day, effective, factor)
        if lead is not None:
            sale = replace(sale, lead_id=lead[0], source=lead[1])
        if line.commercial and self._rng.random() < 0.08 and member.code != "P01":
            sale = replace(sale, shares=f"{member.code}:0.6;P01:0.4")
        sales = [sale]
        if line.name == "Auto + Home Bundle":
            auto, home = self._names.lines["Personal Auto"], self._names.lines["Homeowners"]
            part = round(sale.premium * 0.45 / 100) * 100
            sales = [
                replace(sale, line=auto, premium=part),
                replace(sale, line=home, premium=sale.premium - part, number=self._number(sale.carrier)),
            ]
        for each in sales:
            self._follow(each)
        return sales

    def _follow(self, sale: Sale) -> None:
        """Write a policy's terms from this one on, as far as they are bound."""
        term: Sale | None = sale
        while term is not None and term.day <= self._calendar.end:
            term = self._next(term, self._write(term))

    def _write(self, sale: Sale) -> int | None:
        """Write one term; returns the day on which it ends early, if it does before the calendar's end."""
        ended, reason = self._early_end(sale)
        self.policies.append(self._row(sale, None if ended is None else self._calendar.iso[ended], reason))
        self._endorse(sale, ended)
        return ended

    def _row(self, sale: Sale, ended: str | None, reason: str | None) -> Row:
        iso = self._calendar.iso
        rate, commission = self._commission(sale)
        return (
            sale.number,
            sale.client.person.name,
            sale.member.code,
            sale.line.name,
            sale.transaction,
            iso[sale.day],
            iso[sale.effective],
            sale.premium,
            sale.client.id,
            sale.carrier,
            iso[sale.effective + 365],
            None,
            rate,
            commission,
            sale.shares,
            sale.lead_id,
            sale.source,
            sale.client.person.state,
            sale.client.person.zip,
            ended,
            reason,
            None,
        )

    def _commission(self, sale: Sale) -> tuple[float | None, int | None]:
        """Mostly a rate; sometimes a stated amount; sometimes neither, for the carrier's own rate."""
        draw = self._rng.random()
        rate = sale.line.rate if sale.transaction == "new" else round(sale.line.rate * 0.85, 4)
        if draw < 0.78:
            return rate, None
        if draw < 0.96:
            return rate, round(sale.premium * rate)
        return None, None

    def _early_end(self, sale: Sale) -> tuple[int | None, str | None]:
        rng, end = self._rng, self._calendar.end
        ended = None
        if rng.random() < _CANCELLED:
            ended = sale.effective + 20 + int(rng.random() * 300)
        saved = rng.random() < _EXCEPTION
        if ended is not None and ended - 6 <= end and rng.random() < 0.7:
            self._trouble(sale, ended - 6, terminated=ended)
        elif ended is None and saved:
            self._trouble(sale, sale.effective + 15 + int(rng.random() * 320), terminated=None)
        if ended is None or ended > end:
            return None, None
        return ended, self._names.pick(rng, "end_reasons")

    def _trouble(self, sale: Sale, day: int, terminated: int | None) -> None:
        """A payment, lapse or cancellation request on a policy, and how it came out."""
        kind = ("payment", "payment", "lapse", "cancel_request")[int(self._rng.random() * 4)]
        closing = day + 2 + int(self._rng.random() * 8) if terminated is None else terminated
        for stage, when in (
            ("new_exception", day),
            ("working", day + 1),
            ("terminated" if terminated is not None else "resolved", closing),
        ):
            self.entry("exceptions", stage, when, sale, kind if stage == "new_exception" else None)

    def entry(self, pipeline: str, stage: str, day: int, sale: Sale, detail: str | None = None) -> None:
        """A service entry on a policy, left out when it lies after the calendar's end."""
        if day <= self._calendar.end:
            at = self._calendar.moment(self._calendar.some_time(day, self._rng))
            self.service.append((pipeline, stage, at, None, sale.number, sale.carrier, detail))

    def _endorse(self, sale: Sale, ended: int | None) -> None:
        """A change of premium within the term, now and then."""
        if self._rng.random() > 0.025:
            return
        day = sale.effective + 30 + int(self._rng.random() * 250)
        if day <= self._calendar.end and (ended is None or day < ended):
            changed = round(sale.premium * (0.92 + self._rng.random() * 0.25) / 100) * 100
            self.premiums.append((sale.number, self._calendar.iso[sale.effective], self._calendar.iso[day], changed))

    def _next(self, sale: Sale, ended: int | None) -> Sale | None:
        """The term after this one: a renewal, a rewrite with another carrier, or none."""
        rng, calendar = self._rng, self._calendar
        expiry = sale.effective + 365
        if ended is not None:
            return None
        draw = rng.random()
        if draw < _LAPSED:
            return None
        day = calendar.next_worked(expiry - 12 - int(rng.random() * 25))
        premium = round(sale.premium * (1.01 + rng.random() * 0.1) / 100) * 100
        member = self._owner(sale.member, day)
        after = replace(sale, member=member, day=day, effective=expiry, premium=premium, transaction="renewal")
        if member is not sale.member:
            after = replace(after, shares=None)
        if draw < _LAPSED + _REWRITTEN:
            others = [carrier for carrier in sale.line.carriers if carrier != sale.carrier] or [sale.carrier]
            carrier = others[int(rng.random() * len(others))]
            return replace(after, carrier=carrier, number=self._number(carrier), transaction="rewrite")
        return after

    def _owner(self, member: Member, day: int) -> Member:
        """Who serves the member's clients on `day`: the successor once the member has left."""
        if member.left is not None and day > member.left:
            return self._by_code[member.successor]
        return member

    def place(self, sales: Iterable[Sale], day: int) -> None:
        """The placement of what was just bound, from the carrier's approval to in force or not taken."""
        rng = self._rng
        for sale in sales:
            delivered = day + 1 + int(rng.random() * 5)
            taken = rng.random() > 0.07
            self.entry("placement", "approved", day, sale)
            self.entry("placement", "delivered", delivered, sale)
            if taken:
                self.entry("placement", "first_payment", delivered + 1, sale)
            self.entry("placement", "in_force" if taken else "not_taken", delivered + 2 + int(rng.random() * 5), sale)
