"""Applied Epic, opportunities: one row per opportunity with its stage. Calls and what was quoted are not in it."""

from __future__ import annotations

from desktop.core.templates import Kind
from desktop.importers.profiles.profile import Field, Form, Profile
from desktop.importers.profiles.prospects import Opportunities


class _Opportunities(Opportunities):
    """`Closed-successful` is won, `Closed-unsuccessful` lost."""

    system = "Applied Epic"
    prefix = "EPIC"


PROFILE = Profile(
    name="epic_opportunities",
    title="Applied Epic: opportunities",
    table="leads",
    fields=(
        Field(
            "opportunity_id", Form.ID, ("Opportunity Id", "Opportunity #", "Opportunity Unique Id", "Opportunity Code"),
            "leads.lead_id",
        ),
        Field(
            "description", Kind.TEXT, ("Opportunity Description", "Opportunity Name", "Opportunity", "Description"),
            "leads.note",
        ),
        Field(
            "client", Kind.TEXT, ("Client Name", "Account Name", "Prospect Name", "Client", "Prospect", "Account"),
            "leads.last_name", True,
        ),
        Field(
            "lookup", Form.ID,
            (
                "Client Lookup Code", "Lookup Code", "Account Lookup Code", "Prospect Lookup Code", "Account Lookup",
                "Client Code",
            ),
            "",
        ),
        Field("client_id", Form.ID, ("Client Id", "Account Id"), ""),
        Field(
            "stage", Kind.TEXT, ("Opportunity Stage", "Sales Stage", "Stage", "Stage Description", "Current Stage"),
            "leads.stage",
        ),
        Field("status", Kind.TEXT, ("Opportunity Status", "Status", "Closed Status"), "leads.stage"),
        Field(
            "producer", Kind.PRODUCER,
            ("Opportunity Owner", "Owner", "Producer", "Producer Name", "Producer Code", "Sales Lead", "Assigned To"),
            "leads.producer",
        ),
        Field(
            "received_at", Kind.MOMENT,
            (
                "Entered Date", "Date Entered", "Created Date", "Opportunity Date", "Date Created", "Start Date",
                "Entered", "Created",
            ),
            "leads.received_at", True,
        ),
        Field(
            "stage_entered_at", Kind.MOMENT,
            (
                "Stage Date", "Stage Entered Date", "Date Stage Entered", "Stage Changed Date", "Last Stage Change",
                "Stage Start Date",
            ),
            "stages.entered_at",
        ),
        Field("closed_at", Kind.MOMENT, ("Closed Date", "Date Closed", "Actual Close Date"), "stages.entered_at"),
        Field(
            "target_on", Kind.TEXT,
            (
                "Target Date", "Target Close Date", "Expected Close Date", "Estimated Close Date", "Close Date",
                "Target Effective Date",
            ),
            "",
        ),
        Field("line", Kind.TEXT, ("Line Of Business", "Policy Type", "LOB", "Line"), "leads.line"),
        Field(
            "estimated_premium", Kind.MONEY,
            (
                "Estimated Premium", "Est Premium", "Annual Premium", "Opportunity Premium", "Premium",
                "Estimated Annual Premium",
            ),
            "leads.estimated_premium",
        ),
        Field("revenue", Kind.TEXT, ("Estimated Revenue", "Estimated Commission", "Revenue"), ""),
        Field("probability", Kind.TEXT, ("Probability", "Probability %", "Close Probability"), ""),
        Field(
            "policy_expires_on", Kind.DATE,
            ("Policy Expiration Date", "Expiration Date", "X-Date", "Current Policy Expiration"),
            "leads.policy_expires_on",
        ),
        Field(
            "carrier", Kind.TEXT, ("Current Carrier", "Incumbent Carrier", "Incumbent", "Current Issuing Company"),
            "leads.carrier",
        ),
        Field(
            "competing_carrier", Kind.TEXT, ("Lost To Carrier", "Competing Carrier", "Winning Carrier"),
            "leads.competing_carrier",
        ),
        Field(
            "lost_reason", Kind.TEXT, ("Closed Reason", "Lost Reason", "Close Reason", "Loss Reason", "Reason"),
            "leads.lost_reason",
        ),
        Field("source", Kind.TEXT, ("Source", "Lead Source", "Opportunity Source", "Referral Source"), "leads.source"),
        Field("email", Kind.EMAIL, ("Email", "Client Email", "Email Address"), "leads.email"),
        Field("phone", Kind.PHONE, ("Phone", "Client Phone", "Phone Number", "Business Phone"), "leads.phone"),
        Field("zip", Kind.ZIP, ("Zip", "Zip Code", "Client Zip"), "leads.zip"),
        Field("state", Kind.STATE, ("State", "Client State"), "leads.state"),
        Field("note", Kind.TEXT, ("Comments", "Notes", "Note"), "leads.note"),
        Field("branch", Kind.TEXT, ("Branch", "Branch Name"), ""),
        Field("department", Kind.TEXT, ("Dept", "Department"), ""),
        Field("agency", Kind.TEXT, ("Agency", "Agency Code"), ""),
    ),
    fingerprint=(
        ("client",),
        ("received_at",),
        ("stage", "status"),
        ("producer",),
        ("opportunity_id", "description"),
        ("lookup", "branch", "department"),
        ("opportunity_id", "stage", "estimated_premium"),
        ("estimated_premium", "revenue", "probability", "target_on", "line"),
    ),
    total="estimated_premium",
    shaper=_Opportunities,
)  # fmt: skip
