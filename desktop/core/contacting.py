"""When and whether somebody may be written to: quiet hours by the lead's own clock, consent, opt-outs (routing.md 5).

Zones by ZIP area where a state has two, else by state. Must not know the clock, channels or how anything is sent.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from types import MappingProxyType

QUIET_FROM = time(21)
QUIET_TO = time(8)
LATE = timedelta(minutes=60)
"""A message more than this late is no longer sent; it becomes a task."""

STOP_WORDS = frozenset({"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "opt out", "optout"})

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
_STATES = {
    _EASTERN: "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV ON QC",
    _CENTRAL: "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI MB",
    _MOUNTAIN: "CO ID MT NM UT WY AB NT",
    _PACIFIC: "CA NV OR WA BC YT",
    "America/Phoenix": "AZ",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
    "America/Halifax": "NS NB PE",
    "America/St_Johns": "NL",
    "America/Regina": "SK",
}
_AREAS = {
    _CENTRAL: "324 325 463 464 476 477 420 421 422 423 424",
    _EASTERN: "373 374 376 377 378 379",
    _MOUNTAIN: "586 577 691 693 798 799 885 979",
    _PACIFIC: "835 838",
}
_ZONE_OF_STATE = MappingProxyType({state: zone for zone, states in _STATES.items() for state in states.split()})
_ZONE_OF_AREA = MappingProxyType({area: zone for zone, areas in _AREAS.items() for area in areas.split()})


def zone_of(zip5: str | None, state: str | None) -> str | None:
    """The IANA zone of a lead by the area of its ZIP where that decides, else by state; None where neither tells."""
    area = _ZONE_OF_AREA.get((zip5 or "")[:3])
    return area or _ZONE_OF_STATE.get((state or "").upper())


def is_quiet(local: datetime) -> bool:
    """Whether nobody is written to at this moment of the lead's own clock: from 21:00 to 08:00."""
    return local.time() >= QUIET_FROM or local.time() < QUIET_TO


def first_allowed(local: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    if not is_quiet(local):
        return local
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_TO)


def is_late(allowed: datetime, now: datetime) -> bool:
    """Whether a message that could first go at `allowed` is too late to go `now`."""
    return now - allowed > LATE


def asks_to_stop(text: str | None) -> bool:
    """Whether a reply is one of the words by which people ask not to be written to again."""
    return (text or "").strip().strip(".!").casefold() in STOP_WORDS


def refusal(channel: str, address: str | None, consent: bool | None, opted_out: Collection[str]) -> str | None:
    """Why the program may not write to a lead (None: it may). Texts need consent, e-mail no opt-out."""
    what = "e-mail address" if channel == "email" else "phone number"
    if not address:
        return f"No {what} is known."
    if address in opted_out:
        return "The lead asked not to be written to."
    if channel == "text" and consent is not True:
        return "No consent to texts is recorded."
    return None
