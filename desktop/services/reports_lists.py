"""The lists that are handed out: leads of a period, clients and what they have, what runs out, the people.

Arranges what the services answer; computes nothing. Pay stands in none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import phones
from desktop.core.documents import Column, Kind, Marked, Report, Row, Status, Table, period_words
from desktop.core.findings import counted, dollars
from desktop.core.pipeline import OPEN_STAGES
from desktop.errors import UserError
from desktop.models import facts_clients
from desktop.models import listings as stored
from desktop.models.facts_clients import Term
from desktop.services import people as staff
from desktop.services import renewals as expiries
from desktop.services import reporting
from desktop.services.found_records import UNASSIGNED
from desktop.services.leads import LABELS
from desktop.services.reporting import Asked
from desktop.services.scopes import scope

if TYPE_CHECKING:
    from desktop.models.book import Book

PRINTED = 500
"""Rows of a list on paper; spreadsheets have all."""
STEEP = 0.15
"""A premium that rises by more than this is marked."""

_LEADS = (
    "name", "now_in", "since", "owner", "line", "source", "phone", "estimated_premium", "policy_expires_on",
    "received_at",
)  # fmt: skip


def leads(book: Book, asked: Asked) -> Report:
    """The leads received in the period with the stage each is in now, the newest first; all or one owner's."""
    name = _owner(book, asked)
    places = {column.name: at for at, column in enumerate(stored.listed("leads"), 1)}
    query = stored.Query("leads", chosen=stored.received(asked.period.start, asked.period.end))
    found = [[row[places[column]] for column in _LEADS] for row in stored.every_row(book, query)]
    if asked.producer is not None:
        found = [row for row in found if row[3] == name]
    table = Table(
        (
            Column("Lead", wrap=True), Column("Stage"), Column("Since", Kind.DATE), Column("Owner"), Column("Line"),
            Column("Source"), Column("Phone"), Column("Premium", Kind.MONEY), Column("X-date", Kind.DATE),
            Column("Received", Kind.DATE),
        ),
        tuple(_lead(row) for row in found),
        empty="No lead was received in the period.",
        printed=PRINTED,
    )  # fmt: skip
    states = [str(row[1]) for row in found]
    still = sum(one in OPEN_STAGES for one in states)
    said = f"{counted(len(found), 'lead')} received: {still:,} open, {states.count('won'):,} won,"
    subtitle = f"{period_words(asked.period)}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(
        book, "Leads", subtitle, [table], asked, finding=f"{said} {states.count('lost'):,} lost."
    )  # fmt: skip


def _lead(row: Sequence[object]) -> Row:
    name, stage, since, owner, line, source, phone, premium, expires, received = row
    return Row(
        (
            _text(name), LABELS.get(str(stage), _text(stage)), _day(since), _text(owner) or "nobody", _text(line),
            _text(source), phones.written(_text(phone)) or None, premium if isinstance(premium, int) else None,
            _day(expires), _day(received),
        )
    )  # fmt: skip


def clients(book: Book, asked: Asked) -> Report:
    """The clients with a policy in force at the end of the data, by premium; all or one producer's policies."""
    day, whose = asked.as_of.date(), scope(book, asked.producer)
    by_client: dict[str, list[Term]] = {}
    for one in facts_clients.in_force(book, day, whose):
        by_client.setdefault(one.client_key or one.client, []).append(one)
    ranked = sorted(by_client.values(), key=lambda terms: (-_premium(terms), terms[0].client))
    table = Table(
        (
            Column("Client", wrap=True), Column("Policies", Kind.COUNT), Column("Lines", wrap=True),
            Column("Annual premium", Kind.MONEY), Column("Next expiry", Kind.DATE), Column("Producer"),
        ),
        tuple(_client(terms) for terms in ranked),
        (_total(ranked),) if ranked else (),
        empty="No policy is in force.",
        printed=PRINTED,
    )  # fmt: skip
    many, premium = counted(len(ranked), "client"), dollars(sum(map(_premium, ranked)))
    verb = "has" if len(ranked) == 1 else "have"
    said = f"{many} {verb} policies in force, with {premium} of annual premium."
    return reporting.report(
        book, "Clients", f"In force on {period_words_of(day)}  ·  {reporting.whose(book, asked.producer)}", [table],
        asked, finding=said,
    )  # fmt: skip


def _client(terms: Sequence[Term]) -> Row:
    lines = ", ".join(dict.fromkeys(one.line for one in terms))
    producers = ", ".join(dict.fromkeys(one.producer_name or "nobody" for one in terms))
    return Row((terms[0].client, len(terms), lines, _premium(terms), min(one.over for one in terms), producers))


def _total(ranked: Sequence[Sequence[Term]]) -> Row:
    kinds = (Kind.TEXT, Kind.COUNT, Kind.TEXT, Kind.MONEY, Kind.TEXT, Kind.TEXT)
    return Row(("Total", sum(map(len, ranked)), "", sum(map(_premium, ranked)), "", ""), strong=True, kinds=kinds)


def _premium(terms: Sequence[Term]) -> int:
    return sum(one.premium for one in terms)


def renewals(book: Book, asked: Asked) -> Report:
    """What runs out in the days after the data's end (input `days`: 30, 60 or 90), with x-dates, per producer."""
    days = _days(asked.inputs.get("days", "30"))
    due = expiries.due(book, asked.as_of, days, asked.producer)
    whose = Table(
        (
            Column("Producer"), Column("Renewals", Kind.COUNT), Column("Expiring premium", Kind.MONEY),
            Column("Change", Kind.MONEY), Column("Change %", Kind.PERCENT), Column("X-dates", Kind.COUNT),
        ),
        tuple(
            Row((one.name or "nobody", one.renewals, one.premium, one.change, one.share, one.x_dates))
            for one in due.people
        ),
        title="By producer",
    )  # fmt: skip
    subtitle = f"{days} days from {period_words_of(due.today)}  ·  {reporting.whose(book, asked.producer)}"
    said = f"{counted(len(due.renewals), 'policy', 'policies')} with {dollars(due.premium)} of annual premium"
    said += f" and {counted(len(due.x_dates), 'x-date')} fall in the next {days} days."
    return reporting.report(
        book, "Renewals and x-dates", subtitle, [_expiring(due), _x_dates(due), whose], asked, finding=said
    )  # fmt: skip


def _expiring(due: expiries.Due) -> Table:
    rows = []
    for one in due.renewals:
        share = Marked(one.share, Status.BAD) if one.share is not None and one.share > STEEP else one.share
        term = one.term
        rows.append(
            Row((
                one.on, one.days, term.client, term.line, term.producer_name or "nobody", term.premium, one.offered,
                one.change, share, term.carrier, term.number,
            ))
        )  # fmt: skip
    return Table(
        (
            Column("Runs out", Kind.DATE), Column("Days", Kind.COUNT), Column("Client", wrap=True), Column("Line"),
            Column("Producer"), Column("Expiring premium", Kind.MONEY), Column("Renewal premium", Kind.MONEY),
            Column("Change", Kind.MONEY), Column("Change %", Kind.PERCENT), Column("Carrier"), Column("Policy"),
        ),
        tuple(rows),
        title="Renewals",
        empty="No policy runs out in these days.",
        printed=PRINTED,
    )  # fmt: skip


def _x_dates(due: expiries.Due) -> Table:
    return Table(
        (
            Column("Runs out", Kind.DATE), Column("Days", Kind.COUNT), Column("Lead", wrap=True), Column("Line"),
            Column("Stage"), Column("Owner"), Column("Premium", Kind.MONEY), Column("Phone"),
        ),
        tuple(
            Row((
                one.on, one.days, one.lead.name, one.lead.line, LABELS[one.lead.stage],
                one.lead.producer_name or "nobody", one.lead.premium, phones.written(one.lead.phone) or None,
            ))
            for one in due.x_dates
        ),
        title="X-dates",
        empty="No prospect's policy runs out in these days.",
        printed=PRINTED,
    )  # fmt: skip


_ROLES = {"producer": "Producer", "csr": "CSR", "manager": "Manager"}


def people(book: Book, asked: Asked) -> Report:
    """Producers and staff with role, level, days and who stands in; all or one by code."""
    everybody = staff.members(book)
    names = {one.code: one.name for one in everybody}
    code = None if asked.producer is None else reporting.find(book, asked.producer).code
    wanted = [one for one in everybody if code in (None, one.code)]
    here = {one.code for one in wanted if one.here_on(asked.as_of.date())}
    rows = tuple(
        Row((
            one.name, _ROLES.get(one.role, one.role),
            (one.text("level") or "veteran").capitalize() if one.role == "producer" else None,
            "Active" if one.code in here else "Inactive", _day(one.facts["hired_on"]), _day(one.facts["left_on"]),
            names.get(str(one.facts["backup"])), names.get(str(one.facts["manager"])), one.code,
        ))
        for one in wanted
    )  # fmt: skip
    titles = ("Name", "Role", "Level", "Status", "Hired", "Last day", "Backup", "Manager", "Code")
    columns = tuple(Column(one, Kind.DATE if one in ("Hired", "Last day") else Kind.TEXT) for one in titles)
    said = f"{counted(len(wanted), 'person', 'people')} in the book, {len(here):,} active."
    table = Table(columns, rows, empty="Nobody is in the book yet.")
    return reporting.report(book, "People", reporting.whose(book, asked.producer), [table], asked, finding=said)


def _owner(book: Book, asked: Asked) -> str | None:
    if asked.producer is None or asked.producer == UNASSIGNED:
        return None
    return reporting.find(book, asked.producer).name


def _days(text: str) -> int:
    if text.strip() not in {str(days) for days in expiries.SPANS}:
        raise UserError(f"Renewals cannot be listed for “{text}” days.", "Give 30, 60 or 90.")
    return int(text)


def period_words_of(day: date) -> str:
    """One day as periods are written."""
    from desktop.core.periods import Period

    return period_words(Period(day, day))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None
