"""The columns of everybody's table. Knows the roster as it was read; asks for nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.services.people import Member
from desktop.services.person_sheets import Roster
from desktop.views.pages.people import words
from desktop.views.pages.people.words import say
from desktop.views.tables import Column, Kind
from desktop.views.theme import Status


def make_columns(roster: Callable[[], Roster | None]) -> list[Column]:
    """Columns over members; `roster` tells who is here, who is away and how people are called."""

    def name_of(code: object) -> str:
        found = roster()
        members = () if found is None else found.members
        return "" if code is None else next((one.name for one in members if one.code == code), str(code))

    def is_away(one: Member) -> bool:
        found = roster()
        return found is not None and one.code in found.away

    def status(one: Member) -> str:
        found = roster()
        return say("On leave") if is_away(one) else words.status(found is None or one.code in found.here)

    def colour(one: Member) -> Status:
        return Status.NEAR if is_away(one) else Status.NONE

    return [
        Column("name", say("Name"), Kind.TEXT, lambda one: one.name, width=144),
        Column("role", say("Role"), Kind.TEXT, lambda one: words.role(one.role), width=80),
        Column("level", say("Level"), Kind.TEXT, _level, width=70),
        Column("status", say("Status"), Kind.TEXT, status, width=78, status=colour),
        _day("hired_on", say("Hired")),
        _day("left_on", say("Last day")),
        Column("backup", say("Backup"), Kind.TEXT, lambda one: name_of(one.facts["backup"]), width=140),
        Column("manager", say("Manager"), Kind.TEXT, lambda one: name_of(one.facts["manager"]), width=140),
        Column("code", say("Code"), Kind.TEXT, lambda one: one.code, width=70),
    ]


def _level(one: Member) -> str:
    return words.level(one.text("level")) if one.role == "producer" else ""


def _day(name: str, title: str) -> Column:
    """A day of somebody, sorted as such; empty where there is none, which needs no reason."""

    def value(one: Member) -> date | None:
        day = one.facts[name]
        return None if day is None else date.fromisoformat(str(day)[:10])

    return Column(name, title, Kind.DATE, value, text=lambda one: one.text(name), width=95)
