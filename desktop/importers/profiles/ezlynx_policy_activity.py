"""EZLynx, policy activity: one row per transaction on a policy, which tells who bound what.

What the report has no column for: what was quoted (that is rating activity), and calls or meetings.
"""

from __future__ import annotations

from desktop.core.templates import Kind
from desktop.importers.profiles.ledger import Ledger
from desktop.importers.profiles.profile import Field, Form, Profile, Record
from desktop.importers.profiles.terms import Entry


class _Activity(Ledger):
    """Each row is a transaction; its premium is the term's."""

    system = "EZLynx"

    def entry(self, line: int, record: Record, extra: str | None) -> Entry | None:
        client = record["applicant"] or record["client"]
        if client is None:
            self.out.reject(line, "client", "", "is empty, but required")
            return None
        producer = record["assigned"] or record["producer"]
        carrier = record["master"] or record["carrier"]
        return super().entry(line, {**record, "client": client, "producer": producer, "carrier": carrier}, extra)


PROFILE = Profile(
    name="ezlynx_policy_activity",
    title="EZLynx: policy activity",
    table="policies",
    fields=(
        Field("policy_number", Form.ID, ("Policy Number", "Policy #"), "policies.policy_number", True),
        Field("client", Kind.TEXT, ("Account Name", "Account"), "policies.client"),
        Field("applicant", Kind.TEXT, ("Applicant Name", "Applicant"), "policies.client"),
        Field("client_id", Form.ID, ("Applicant ID", "Account ID"), "policies.client_id"),
        Field("producer", Kind.PRODUCER, ("Producer", "Agent", "Producer Name"), "policies.producer"),
        Field("assigned", Kind.PRODUCER, ("Assigned Producer",), "policies.producer"),
        Field("csr", Kind.PRODUCER, ("CSR", "Assigned CSR"), "clients.csr"),
        Field(
            "transaction", Kind.TEXT,
            (
                "Transaction Type", "Policy Transaction", "Policy Activity", "Activity Type", "Activity", "Transaction",
                "Policy Activity Type", "Policy Transaction Type",
            ),
            "policies.transaction",
        ),
        Field(
            "day", Kind.DATE,
            (
                "Transaction Effective Date", "Transaction Date", "Policy Transaction Date", "Activity Date",
                "Change Date", "Policy Activity Date", "Date",
            ),
            "premiums.from",
        ),
        Field("bound_on", Kind.DATE, ("Bound Date", "Bind Date", "Date Bound", "Sold Date"), "policies.bound_on"),
        Field("line", Kind.TEXT, ("Line Of Business", "LOB"), "policies.line"),
        Field("policy_type", Kind.TEXT, ("Policy Type",), "policies.line"),
        Field("carrier", Kind.TEXT, ("Carrier", "Company"), "policies.carrier"),
        Field("master", Kind.TEXT, ("Master Company",), "policies.carrier"),
        Field("company", Kind.TEXT, ("Writing Company", "Billing Company"), "policies.carrier"),
        Field("effective_on", Kind.DATE, ("Policy Effective Date", "Effective Date"), "policies.effective_on", True),
        Field("expires_on", Kind.DATE, ("Policy Expiration Date", "Expiration Date"), "policies.expires_on"),
        Field("term", Kind.TEXT, ("Policy Term", "Term"), ""),
        Field(
            "annual_premium", Kind.MONEY,
            ("Premium - Annualized", "Annualized Premium", "Annual Premium", "Total Annualized Premium"),
            "policies.annual_premium",
        ),
        Field(
            "term_premium", Kind.MONEY,
            ("Premium - Written", "Written Premium", "Total Written Premium", "Premium", "Policy Premium"),
            "policies.annual_premium",
        ),
        Field(
            "delta", Kind.MONEY, ("Premium Change", "Change in Premium", "Premium Difference"),
            "premiums.annual_premium",
        ),
        Field("status", Kind.TEXT, ("Policy Status", "Status"), ""),
        Field("end_reason", Kind.TEXT, ("Cancellation Reason", "Cancel Reason", "Reason"), "policies.end_reason"),
        Field("source", Kind.TEXT, ("Lead Source",), "policies.source"),
        Field("state", Kind.STATE, ("Rating State", "Address - State", "State"), "policies.state"),
        Field("zip", Kind.ZIP, ("Address - Zip", "Zip"), "policies.zip"),
    ),
    fingerprint=(
        ("policy_number",),
        ("client", "applicant"),
        ("producer", "assigned"),
        ("transaction",),
        ("line", "policy_type"),
        ("effective_on",),
        ("annual_premium", "term_premium"),
        ("client_id", "applicant", "master", "assigned"),
    ),
    total=("annual_premium", "term_premium"),
    shaper=_Activity,
    labels=("client", "applicant"),
)  # fmt: skip
