"""One lead and one client on paper and in spreadsheets: where they stand, their facts, and all that was done.

Arranges what the services answer; computes nothing and reads nothing.
"""

from __future__ import annotations

from datetime import date

from desktop.core import phones
from desktop.core.documents import Block, Column, Kind, Row, Table, Text
from desktop.core.findings import counted, dollars
from desktop.models.facts_leads import Event
from desktop.services.clients import ClientPage
from desktop.services.leads import LABELS, LeadPage


def lead_card(found: LeadPage) -> tuple[Block, ...]:
    """A lead: its stage and next action, facts, dealings from the newest, stages and owners from the first."""
    lead, owner = found.lead, found.owner
    closed = found.stage in ("won", "lost")
    since = f"since {_day(found.since):%B} {_day(found.since).day}, {_day(found.since).year}"
    late = "" if found.late is None or closed else f", {counted(found.late, 'day')} late"
    facts = (
        ("Owner", owner.name if owner is not None else "nobody"),
        ("Phone", phones.written(lead.phone)),
        ("E-mail", lead.email),
        ("Place", " ".join(part for part in (lead.state, lead.zip) if part)),
        ("Line", lead.line),
        ("Source", lead.source),
        ("Premium", None if lead.premium is None else dollars(lead.premium)),
        ("Present policy runs out", lead.x_date),
        ("Received", lead.received_at.replace("T", " ")),
        ("Lost for", lead.lost_reason),
    )
    stages = Table(
        (Column("Stage"), Column("Entered", Kind.DATE), Column("Left", Kind.DATE)),
        tuple(
            Row((LABELS.get(one.stage, _plain(one.stage)), _day(one.entered_at), _maybe(one.left_at)))
            for one in found.stays
        ),
        title="Stages",
    )
    owners = Table(
        (Column("Owner", wrap=True), Column("From", Kind.DATE), Column("To", Kind.DATE), Column("Why", wrap=True)),
        tuple(Row((one.name or "nobody", _day(one.from_at), _maybe(one.to_at), one.why)) for one in found.owners),
        title="Owners",
    )
    standing = Text(f"{found.label} {since}{late}. Next: {found.action}", strong=True)
    return standing, _facts(facts), _dealings(found.events), stages, owners


def client_card(found: ClientPage) -> tuple[Block, ...]:
    """A client: premium in force, facts, policies from the newest, leads, dealings."""
    client = found.client
    facts = (
        ("Phone", phones.written(client.phone)),
        ("E-mail", client.email),
        ("Place", " ".join(part for part in (client.state, client.zip) if part)),
        ("Producer", client.producer),
        ("Service", client.csr),
        ("Client since", None if found.since is None else found.since.isoformat()),
        ("Number", client.client_id),
    )
    terms = Table(
        (
            Column("Policy"), Column("Line", wrap=True), Column("From", Kind.DATE), Column("To", Kind.DATE),
            Column("Premium", Kind.MONEY), Column("Commission", Kind.MONEY), Column("Carrier", wrap=True),
            Column("Producer", wrap=True),
        ),
        tuple(
            Row((
                one.number, one.line, one.effective_on, one.over, one.premium, one.commission, one.carrier,
                one.producer_name,
            ))
            for one in found.terms
        ),
        title="Policies",
        empty="No policy is in the book.",
    )  # fmt: skip
    leads = Table(
        (Column("Lead", wrap=True), Column("Stage"), Column("Line"), Column("Received", Kind.DATE)),
        tuple(
            Row((one.name, LABELS.get(str(one.stage), _plain(one.stage)), one.line, _day(one.received_at)))
            for one in found.leads
        ),
        title="Leads",
        empty="No lead of this client is in the book.",
    )
    many = counted(found.policies, "policy", "policies")
    paid = f", {dollars(found.commission)} of commission." if found.commission else "; no commission is known."
    standing = f"{many} in force, {dollars(found.premium)} of annual premium{paid if found.policies else '.'}"
    return Text(standing, strong=True), _facts(facts), terms, leads, _dealings(found.contacts)


def _facts(facts: tuple[tuple[str, str | None], ...]) -> Table:
    rows = tuple(Row((name, value)) for name, value in facts if value)
    return Table((Column("Fact"), Column("", wrap=True)), rows)


def _dealings(events: tuple[Event, ...]) -> Table:
    return Table(
        (
            Column("When"), Column("What", wrap=True), Column("Detail", wrap=True), Column("Premium", Kind.MONEY),
            Column("Who", wrap=True),
        ),
        tuple(
            Row((one.at.replace("T", " ")[:16], _what(one), one.detail or None, one.amount, one.producer))
            for one in events
        ),
        title="Dealings",
        empty="Nothing was done yet.",
    )  # fmt: skip


def _what(one: Event) -> str | None:
    kinds = {"quotes": "Quote", "policies": "Policy"}
    return f"{kinds[one.table]} {one.what}".strip() if one.table in kinds else _plain(one.what)


def _plain(name: str | None) -> str | None:
    return None if name is None else name.replace("_", " ").capitalize()


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _maybe(text: str | None) -> date | None:
    return None if text is None else _day(text)
