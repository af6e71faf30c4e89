"""HawkSoft, opportunities: one row per opportunity with its stage. Calls and what was quoted are not in it."""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.hawksoft_names import client_name, without_initials
from desktop.importers.profiles.profile import Field, Form, Profile, Record
from desktop.importers.profiles.prospects import Opportunities


class _Opportunities(Opportunities):
    """Clients as `Name (1234)`, people as `KSN - First Last`."""

    system = "HawkSoft"
    prefix = "HS"

    def take(self, line: int, record: Record, extra: str | None) -> None:
        client, number = client_name(record["client"])
        cells: dict[str, Cell] = {
            "client": client,
            "client_id": record["client_id"] or number,
            "producer": without_initials(record["producer"]),
        }
        super().take(line, {**record, **cells}, extra)


PROFILE = Profile(
    name="hawksoft_opportunities",
    title="HawkSoft: opportunities",
    table="leads",
    fields=(
        Field("opportunity_id", Form.ID, ("Opportunity ID", "Opportunity #"), "leads.lead_id"),
        Field(
            "description", Kind.TEXT, ("Opportunity", "Opportunity Name", "Opportunity Title", "Title", "Description"),
            "leads.note",
        ),
        Field(
            "client", Kind.TEXT, ("Client", "Client Name", "Named Insured", "Prospect", "Prospect Name", "Name"),
            "leads.last_name", True,
        ),
        Field("client_id", Form.ID, ("Client ID", "Client #", "Client Number"), ""),
        Field("stage", Kind.TEXT, ("Opportunity Stage", "Stage", "Pipeline Stage", "Sales Stage"), "leads.stage"),
        Field("status", Kind.TEXT, ("Opportunity Status", "Status"), "leads.stage"),
        Field("producer", Kind.PRODUCER, ("Assignee", "Producer", "Assigned To", "Agent", "Owner"), "leads.producer"),
        Field("csr", Kind.TEXT, ("CSR",), ""),
        Field(
            "received_at", Kind.MOMENT,
            ("Created Date", "Date Created", "Created", "Opportunity Date", "Date Opened", "Opened", "Open Date"),
            "leads.received_at", True,
        ),
        Field(
            "stage_entered_at", Kind.MOMENT, ("Stage Date", "Stage Changed Date", "Stage Entered", "Last Stage Change"),
            "stages.entered_at",
        ),
        Field(
            "closed_at", Kind.MOMENT, ("Closed Date", "Date Closed", "Won/Lost Date", "Sold Date", "Status Date"),
            "stages.entered_at",
        ),
        Field(
            "target_on", Kind.TEXT,
            ("Expected Close Date", "Target Date", "Expected Close", "Follow Up Date", "Due Date"),
            "",
        ),
        Field("line", Kind.TEXT, ("LOB", "Line of Business", "Policy Type", "Application Type"), "leads.line"),
        Field(
            "estimated_premium", Kind.MONEY,
            ("Estimated Premium", "Est. Premium", "Est Premium", "Quoted Premium", "Premium", "Annual Premium"),
            "leads.estimated_premium",
        ),
        Field(
            "policy_expires_on", Kind.DATE,
            ("X-Date", "X Date", "Expiration Date", "Exp. Date", "Current Expiration Date", "Renewal Date"),
            "leads.policy_expires_on",
        ),
        Field("carrier", Kind.TEXT, ("Current Carrier", "Carrier", "Company"), "leads.carrier"),
        Field("competing_carrier", Kind.TEXT, ("Lost To", "Competing Carrier"), "leads.competing_carrier"),
        Field(
            "lost_reason", Kind.TEXT, ("Lost Reason", "Reason Lost", "Loss Reason", "Closed Reason", "Reason"),
            "leads.lost_reason",
        ),
        Field("source", Kind.TEXT, ("Client Source", "Source", "Lead Source", "Opportunity Source"), "leads.source"),
        Field("email", Kind.EMAIL, ("Email", "Client Email"), "leads.email"),
        Field("phone", Kind.PHONE, ("Phone", "Client Phone", "Cell Phone"), "leads.phone"),
        Field("zip", Kind.ZIP, ("Zip", "Zip Code"), "leads.zip"),
        Field("state", Kind.STATE, ("State",), "leads.state"),
        Field("note", Kind.TEXT, ("Notes", "Note", "Comments"), "leads.note"),
        Field("office", Kind.TEXT, ("Client Office", "Office"), ""),
        Field("since", Kind.TEXT, ("Client Since",), ""),
    ),
    fingerprint=(
        ("client",),
        ("received_at",),
        ("stage", "status"),
        ("producer",),
        ("opportunity_id", "description"),
        ("client_id", "office", "since"),
        ("opportunity_id", "stage", "estimated_premium"),
        ("estimated_premium", "line"),
    ),
    total="estimated_premium",
    shaper=_Opportunities,
)  # fmt: skip
