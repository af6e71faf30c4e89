"""Leads once given up: who comes back, who by itself, what they bring, and which messages are answered (metrics.md 4,
section 6).

A lead is in nurture from an entry in the declined or nurture pipeline to its next sales entry of rank 1 to 6. Must not
know how leads are stored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.core.kpis.cases import STAGES, is_before
from desktop.core.kpis.definition import Cents
from desktop.core.kpis.leads import Owners, is_whose
from desktop.core.kpis.reading import (
    Asked,
    Details,
    Item,
    KpiReading,
    breakdown,
    grouped,
    no_details,
    rate_of,
    share_of,
    sum_of,
)
from desktop.core.money import ratio

SENT, REPLIED = "sent", "replied"
_REASONED = ("nurturing", "declined")
_QUIET = timedelta(days=30)
_REWORKED = range(1, 7)
LOOK_BACK_DAYS = 60
"""How far behind a period its questions look at messages."""


class Touch(NamedTuple):
    """An entry in the declined or nurture pipeline: its row, stage, moment, and the message's number or the reason."""

    row: int
    stage: str
    at: str
    detail: str | None

    @property
    def is_reason(self) -> bool:
        """Whether it says why the lead was given up."""
        return self.stage in _REASONED and bool(self.detail)

    @property
    def is_message(self) -> bool:
        """Whether it is a message or the answer to one."""
        return self.stage in (SENT, REPLIED)


class Sale(NamedTuple):
    """A policy bound on the lead: the day, and the annual premium in cents."""

    bound_on: str
    premium: int


class Rest(NamedTuple):
    """A time in nurture: since when, the entries in it, and the re-entry that ended it (None while it lasts)."""

    since: str
    touches: tuple[Touch, ...]
    back_at: str | None

    def until(self, moment: str) -> Rest:
        """What of it is known at a moment after its beginning."""
        if self.back_at is not None and self.back_at <= moment:
            return self
        return Rest(self.since, tuple(one for one in self.touches if one.at <= moment), None)

    def without_past(self, moment: str) -> Rest:
        """As it is, without what no question about a time after `moment` asks for: of the entries before it, the last
        reason and the last message alone."""
        first = bisect_left(self.touches, moment, key=lambda one: one.at)
        past = range(first)
        reason = max((at for at in past if self.touches[at].is_reason), default=first)
        message = max((at for at in past if self.touches[at].is_message), default=first)
        kept = (*(self.touches[at] for at in sorted({reason, message} - {first})), *self.touches[first:])
        return self._replace(touches=kept)

    @property
    def reason(self) -> str | None:
        """Why the lead was given up, as last written down."""
        return next((one.detail for one in reversed(self.touches) if one.is_reason), None)

    @property
    def message(self) -> str | None:
        """The number of the last message of that time."""
        return next((one.detail for one in reversed(self.touches) if one.is_message), None)


class NurturedLead(NamedTuple):
    """A lead with an entry in the declined or nurture pipeline. All in order of time.

    `won_at`: its won entries. `inbound`, `outbound`: moments of contact, bulk left out; known at least around each
    re-entry of the horizon.
    """

    row: int
    lead_id: str
    received_at: str
    owners: Owners
    rests: tuple[Rest, ...]
    won_at: tuple[str, ...] = ()
    inbound: tuple[str, ...] = ()
    outbound: tuple[str, ...] = ()


def rests_of(touches: Sequence[Touch], stays: Iterable[tuple[str, int | None]]) -> tuple[Rest, ...]:
    """A lead's times in nurture from its entries and its sales entries (moment, rank; None = lost), in order of time.

    A return is later than the entry; what is entered at the very moment of the return belongs to what it ends.
    """
    backs = [at for at, rank in stays if rank in _REWORKED]
    found, left = [], list(touches)
    while left:
        back = next((at for at in backs if at > left[0].at), None)
        inside = [one for one in left if back is None or one.at <= back]
        found.append(Rest(left[0].at, tuple(inside), back))
        left = left[len(inside) :]
    return tuple(found)


class Resting(NamedTuple):
    """A lead that was in nurture in a period: one of those times, and whether it came back from it in the period."""

    lead: NurturedLead
    rest: Rest
    came_back: bool


Rests = dict[tuple[int, str, bool], Resting]
"""What was found of leads at rest before, to be held once: most rest for years, in every period of a trend."""


def resting(leads: Iterable[NurturedLead], asked: Asked, known: Rests | None = None) -> list[Resting]:
    """Each lead that was in nurture at any time in the period, with the time that it came back from, else its last.

    Findings that are in `known` are taken from there, others put there.
    """
    pool = {} if known is None else known
    start, stop, everybody = asked.start_text, asked.stop_text, asked.whose.everybody
    found: list[Resting] = []
    if stop < start:
        return found
    for lead in leads:
        if not everybody and not is_whose(lead.owners, asked):
            continue
        last = None
        for rest in lead.rests:
            if rest.since > stop:
                break
            came_back = rest.back_at is not None and rest.back_at <= stop
            if came_back and rest.back_at is not None and rest.back_at < start:
                continue
            last = (lead.row, rest.since, came_back), rest
            if came_back:
                break
        if last is not None:
            key, rest = last
            found.append(pool.get(key) or pool.setdefault(key, Resting(lead, rest, key[-1])))
    return found


def recapture_rate(found: Sequence[Resting], asked: Asked) -> KpiReading:
    """Leads in nurture at any time in the period (`resting`): those that re-entered in it / all of them (6.1).

    Rows by reason, and by the last message before.
    """

    def rows() -> Mapping[str, object]:
        known = [(one, one.rest.until(asked.stop_text)) for one in found]
        reasons, messages = grouped(known, lambda pair: pair[1].reason), grouped(known, lambda pair: pair[1].message)
        return {
            "rows": [
                *breakdown("reason", {key: _recaptured(one for one, _ in some) for key, some in reasons.items()}),
                *breakdown("message", {key: _recaptured(one for one, _ in some) for key, some in messages.items()}),
            ]
        }

    return _recaptured(found, rows)


def _recaptured(found: Iterable[Resting], detail: Details = no_details) -> KpiReading:
    some = list(found)
    return share_of([one.lead for one in some if one.came_back], [one.lead for one in some], _item, detail)


def _item(lead: NurturedLead) -> Item:
    return Item("leads", lead.row, lead.received_at)


def zombie_rate(found: Sequence[Resting], asked: Asked) -> KpiReading:
    """Of the same leads: those that re-entered in the period by themselves / all of them (6.2); count and share won.

    By itself: within the 30 days before it came back the lead got in touch (an inbound activity, or a reply to a
    message), and nobody of ours had in the 30 days before that.
    """
    back = [
        one.lead
        for one in found
        if one.came_back and any(_by_itself(one.lead, rest) for rest in _returns(one.lead, asked))
    ]

    def detail() -> Mapping[str, object]:
        won = sum(_won_after_return(lead, asked) for lead in back)
        return {"count": len(back), "share_won": ratio(won, len(back))}

    return share_of(back, [one.lead for one in found], _item, detail)


def _returns(lead: NurturedLead, asked: Asked) -> list[Rest]:
    """The times in nurture that the lead came back from in the period."""
    return [one for one in lead.rests if asked.within(one.back_at)]


def _by_itself(lead: NurturedLead, rest: Rest) -> bool:
    if rest.back_at is None:
        return False
    earliest = max(rest.since, _earlier(rest.back_at))
    calls = [at for at in lead.inbound if earliest <= at and not is_before(rest.back_at, at)]
    replies = [one.at for one in rest.touches if one.stage == REPLIED and earliest <= one.at]
    return any(not any(_earlier(at) <= ours < at for ours in lead.outbound) for at in (*calls, *replies))


def _earlier(moment: str) -> str:
    """The moment 30 days before."""
    return (datetime.fromisoformat(moment) - _QUIET).isoformat()


def _won_after_return(lead: NurturedLead, asked: Asked) -> bool:
    back = min(one.back_at for one in _returns(lead, asked) if one.back_at is not None)
    return any(back <= at and asked.seen(at) for at in lead.won_at)


# --- what they bring --------------------------------------------------------------------------------------------------


class Win(NamedTuple):
    """A lead whose last outcome in some period may be a win: its won and lost entries, and the policies bound on it."""

    row: int
    lead_id: str
    owners: Owners
    outcomes: tuple[tuple[str, bool], ...]
    sales: tuple[Sale, ...]


def win_back_premium(wins: Iterable[Win], nurtured: Mapping[str, NurturedLead], asked: Asked) -> KpiReading:
    """Annual premium of the period's wins on leads that had re-entered before (6.3); share of all wins' premium.

    A win is a lead whose last outcome in the period is won; a returned one brings what was bound since it came back.
    """
    won = [(one, at) for one in wins if (at := _won_at(one, asked)) is not None and is_whose(one.owners, asked)]
    items = []
    for win, at in won:
        back = _returned_before(nurtured.get(win.lead_id), at)
        if back is not None:
            items.append(Item("leads", win.row, at, Cents(_premium(win, back, asked))))

    def detail() -> Mapping[str, object]:
        whole = sum(_premium(win, "", asked) for win, _at in won)
        return {"share": ratio(sum(int(one.amount) for one in items), whole)}

    found = sum_of(items, detail)
    return found if items else KpiReading(Cents(0), Cents(0), None, detail)


def _won_at(win: Win, asked: Asked) -> str | None:
    """When the lead was won, if that is its last outcome in the period."""
    within = [(at, won) for at, won in win.outcomes if asked.within(at)]
    return within[-1][0] if within and within[-1][1] else None


def _returned_before(lead: NurturedLead | None, won_at: str) -> str | None:
    """When the lead last came back before it was won; None for one that never was away."""
    if lead is None:
        return None
    return max((one.back_at for one in lead.rests if one.back_at is not None and one.back_at <= won_at), default=None)


def _premium(win: Win, since: str, asked: Asked) -> int:
    return sum(one.premium for one in win.sales if since[:10] <= one.bound_on <= asked.as_of_text[:10])


# --- messages ---------------------------------------------------------------------------------------------------------


def nurture_response(leads: Iterable[NurturedLead], asked: Asked) -> KpiReading:
    """Replies / messages sent in the period, both as entries (6.4); rows by message number. May pass 1."""
    touches = [
        one
        for lead in leads
        if is_whose(lead.owners, asked)
        for rest in lead.rests
        for one in rest.touches
        if asked.within(one.at)
    ]

    def rows() -> Mapping[str, object]:
        numbers = grouped((one for one in touches if one.stage in (SENT, REPLIED)), lambda one: one.detail)
        return {"rows": breakdown("message", {key: _response(some) for key, some in numbers.items()})}

    return _response(touches, rows)


def _response(touches: Sequence[Touch], detail: Details = no_details) -> KpiReading:
    return rate_of(_of(touches, REPLIED), _of(touches, SENT), detail)


def _of(touches: Sequence[Touch], stage: str) -> list[Item]:
    return [Item(STAGES, one.row, one.at) for one in touches if one.stage == stage]
