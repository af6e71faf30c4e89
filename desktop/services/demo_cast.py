"""The made-up agency's people: a star, a cherry-picker, somebody who struggles, and what each is paid and set.

A *persona* says how somebody works; a *member* is a persona with a name and dates. Knows nothing of leads or policies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from desktop.core.templates import Row
from desktop.services.demo_calendar import Calendar
from desktop.services.demo_names import Names

KINDS = ("call", "email", "meeting_set", "meeting_held", "referral_ask", "coi_contact")

_VETERAN = {"call": 36, "email": 24, "meeting_set": 6, "meeting_held": 5, "referral_ask": 9, "coi_contact": 2.4}
_NEW = {"call": 60, "email": 36, "meeting_set": 9, "meeting_held": 7, "referral_ask": 12, "coi_contact": 3.8}


@dataclass(frozen=True, slots=True)
class Persona:
    """How somebody works. `activity` scales the weekly plan; `leads` and `cross_sales` are a week's; `close` is wins a
    quote; `speed` the usual minutes to a first contact; `tail` the plan's factors in the running week and the weeks
    before it, latest first; `ignores` the share of leads never called.
    """

    key: str
    activity: float
    leads: float
    cross_sales: float
    close: float
    speed: float
    commercial: float
    premium: float = 1.0
    book: int = 180
    tail: tuple[float, ...] = ()
    ignores: float = 0.03
    stuck_days: int = 0
    lost_touch_days: int = 0
    shrinks: float = 1.0
    level: str = "veteran"


_STAR = Persona("star", 1.22, 9.0, 1.4, 0.50, 4, 0.42, 1.35, 260)
_STEADY = Persona("steady", 1.06, 7.0, 1.2, 0.43, 12, 0.30)
_NEAR = Persona("near", 0.93, 6.6, 1.0, 0.40, 18, 0.22, 0.95, 150)
_STRUGGLING = Persona(
    "struggling", 1.0, 8.0, 0.9, 0.25, 75, 0.18, 0.8, 110, (0.36, 0.44, 0.56, 0.7, 0.85, 1.0), 0.05, 85
)
_CHERRY = Persona("cherry", 0.5, 3.6, 0.9, 0.72, 40, 0.55, 1.2, 230, (0.5, 0.55, 0.0, 0.0, 0.6, 0.55), 0.5)
_NEW_HIRE = Persona("new_hire", 1.12, 9.0, 0.4, 0.15, 7, 0.16, 0.95, 0, (1.12,) * 6, level="new")
_COASTING = Persona("coasting", 0.74, 5.2, 1.3, 0.42, 30, 0.34, 1.15, 290, (0.74,) * 6, 0.05, 0, 17, 0.6)
_DEPARTED = Persona("departed", 0.8, 6.0, 0.8, 0.33, 35, 0.25, 0.9, 120)

_ORDER = (_STAR, _STRUGGLING, _CHERRY, _STEADY, _NEW_HIRE, _COASTING, _NEAR, _DEPARTED)
_LATER = (_STEADY, _NEAR, _STEADY, _STRUGGLING, _STEADY, _NEAR, _NEW_HIRE, _STAR, _NEAR, _CHERRY, _STEADY, _COASTING)


@dataclass(frozen=True, slots=True)
class Member:
    """A producer: `hired` and `left` are ordinals (`left` is the last day, None while employed)."""

    code: str
    name: str
    persona: Persona
    hired: int
    left: int | None
    successor: str
    leave: frozenset[int]

    def is_away(self, day: int) -> bool:
        """On leave, not yet hired or gone."""
        return day < self.hired or (self.left is not None and day > self.left) or day in self.leave


def cast(names: Names, calendar: Calendar, producers: int, rng: Random) -> tuple[Member, ...]:
    """One to fifty producers; the first eight are one of each kind, later ones repeat them, mostly steady."""
    members = []
    for number in range(producers):
        persona = _ORDER[number] if number < len(_ORDER) else _LATER[(number - len(_ORDER)) % len(_LATER)]
        hired = calendar.end - 152 if persona.level == "new" else calendar.start - 200 - int(rng.random() * 3000)
        left = calendar.end - 350 if persona.key == "departed" else None
        members.append(
            Member(
                f"P{number + 1:02d}",
                names.words["producers"][number],
                persona,
                calendar.next_worked(hired),
                left,
                "P01",
                _leave(calendar, rng),
            )
        )
    return tuple(members)


def _leave(calendar: Calendar, rng: Random) -> frozenset[int]:
    """Two weeks away each year, none in the last six weeks, where they would hide what the demo shows."""
    days: set[int] = set()
    for year_start in range(calendar.start, calendar.end, 365):
        for half in (0, 182):
            monday = calendar.monday_of(year_start + half + int(rng.random() * 150))
            if calendar.start < monday < calendar.end - 45:
                days.update(range(monday, monday + 5))
    return frozenset(days)


def weekly_plan(member: Member) -> dict[str, float]:
    """What this member does in an ordinary full week, by kind of activity."""
    base = _NEW if member.persona.level == "new" else _VETERAN
    return {kind: base[kind] * member.persona.activity for kind in KINDS}


def producer_rows(members: tuple[Member, ...], names: Names, calendar: Calendar) -> list[Row]:
    """The producers, service people and manager as rows of `producers`."""
    rows = [_producer_row(members, number) for number in range(len(members))]
    return rows + [_staff_row(names, number, calendar) for number in range(len(names.words["staff"]))]


def _producer_row(members: tuple[Member, ...], number: int) -> Row:
    member = members[number]
    first, last = member.name.split(" ", 1)
    new = member.persona.level == "new"
    pay: Row = (4_200_000, 780_000, 600_000, 0.3, 0.0) if new else (4_800_000, 900_000, 700_000, 0.4, 0.25)
    return (
        member.code,
        member.name,
        "producer",
        f"{last}, {first};{first[0]}{last[0]}{number + 1}",
        f"{first}.{last}@larkfield.example.com".lower(),
        f"+161455501{number:02d}",
        member.persona.level,
        "inactive" if member.left is not None else "active",
        _iso(member.hired),
        None if member.left is None else _iso(member.left),
        "M01",
        None,
        _backup(members, number),
        *pay,
        None,
    )


def _staff_row(names: Names, number: int, calendar: Calendar) -> Row:
    code, name, role = names.words["staff"][number]
    email = name.replace(" ", ".").lower() + "@larkfield.example.com"
    pay: Row = (4_400_000, 800_000, 500_000) if role == "csr" else (9_000_000, 1_500_000, 700_000)
    hired = _iso(calendar.start - 900 - 200 * number)
    phone = f"+161455501{90 + number}"
    return (code, name, role, None, email, phone, None, "active", hired, *(None,) * 4, *pay, *(None,) * 3)


def _backup(members: tuple[Member, ...], number: int) -> str | None:
    """The next producer stands in; for one who has left the successor does; somebody alone has nobody."""
    if members[number].left is not None:
        return members[number].successor
    return members[(number + 1) % len(members)].code if len(members) > 1 else None


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def pay_rows(members: tuple[Member, ...], calendar: Calendar) -> list[Row]:
    """A raise at the start of last year for those who were there."""
    raised = f"{int(calendar.iso[calendar.end][:4]) - 1}-01-01"
    return [
        (member.code, raised, 5_000_000, 940_000, 720_000, 0.4, 0.25)
        for member in members
        if member.persona.level != "new" and member.left is None
    ]


def target_rows(members: tuple[Member, ...], calendar: Calendar) -> list[Row]:
    """Own targets for the star and two others, a deal size for the commercial line, and the agency's close rate."""
    early, late = calendar.iso[calendar.start], f"{calendar.iso[calendar.end][:4]}-01-01"
    rows: list[Row] = [
        ("close_rate", 0.35, early, None, None, None, 0.45),
        ("avg_policy_size", 3200.0, early, None, None, None, None),
        ("avg_policy_size", 7500.0, early, "P01", None, "Commercial Package", 9000.0),
        ("new_premium", 28000.0, early, "P01", None, None, 50000.0),
        ("new_premium", 34000.0, late, "P01", None, None, 55000.0),
    ]
    for member in members[1:]:
        if member.persona.key == "coasting":
            rows.append(("quotes", 12.0, late, member.code, None, None, 20.0))
        if member.persona.key == "struggling":
            rows.append(("new_premium", 18000.0, late, member.code, None, None, 24000.0))
    return rows


def availability_rows(members: tuple[Member, ...], calendar: Calendar) -> list[Row]:
    """Leave by weeks, licences by state, and shorter own hours for one."""
    return [row for member in members for row in _availability(member, calendar)]


def _availability(member: Member, calendar: Calendar) -> Iterator[Row]:
    for day in sorted(member.leave):
        if day - 1 not in member.leave and not (member.left is not None and day > member.left) and day > member.hired:
            yield (member.code, "leave", calendar.iso[day], calendar.iso[day + 4], *(None,) * 5)
    states = ("OH",) if member.persona.level == "new" else ("OH", "IN", "KY", "WV", "PA")
    until = f"{int(calendar.iso[calendar.end][:4]) + 1}-12-31"
    for state in states:
        yield (member.code, "license", None, until, None, None, None, state, None)
    if member.persona.key == "near":
        for weekday in range(1, 6):
            yield (member.code, "hours", None, None, weekday, "08:30", "17:30", None, None)


def territory_rows(members: tuple[Member, ...], names: Names, calendar: Calendar) -> list[Row]:
    """Central Ohio shared out by ZIP range, with prefixes for the rest."""
    active = [member.code for member in members if member.left is None]
    ranges: list[tuple[str, str | None]] = [
        ("43004", "43054"),
        ("43065", "43099"),
        ("43110", "43199"),
        ("43201", "43212"),
        ("43213", "43224"),
    ]
    ranges += [("43225", "43299"), ("454*", None), ("46*", None), ("47*", None), ("41*", None), ("26*", None)]
    since = calendar.iso[calendar.start]
    return [
        (
            f"Area {number + 1}",
            low,
            high,
            active[number % len(active)],
            active[(number + 1) % len(active)] if len(active) > 1 else None,
            None,
            None,
            1 if high else 2,
            since,
            None,
        )
        for number, (low, high) in enumerate(ranges)
    ]
