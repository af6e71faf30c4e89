"""EZLynx, *Policy Master*: names with underscores and numbers behind them, one row per line of business.

What the report has no column for: when a policy was bound (its effective date stands in) and what was quoted.
"""

from __future__ import annotations

from desktop.core.templates import Kind
from desktop.importers.profiles.ezlynx_listing import Listing
from desktop.importers.profiles.profile import Field, Form, Profile

PROFILE = Profile(
    name="ezlynx_policy_master",
    title="EZLynx: Policy Master",
    table="policies",
    fields=(
        Field("policy_number", Form.ID, ("Policy Number", "Policy #"), "policies.policy_number", True),
        Field(
            "client", Kind.TEXT,
            (
                "Account Name", "Applicant Name", "Applicant", "Insured Name", "Named Insured", "First Named Insured",
                "Client Name", "Customer Name",
            ),
            "policies.client", True,
        ),
        Field("client_id", Form.ID, ("Applicant ID", "Account ID"), "policies.client_id"),
        Field(
            "producer", Kind.PRODUCER, ("Assigned Producer", "Producer", "Producer Name", "Agent"),
            "policies.producer",
        ),
        Field("csr", Kind.PRODUCER, ("CSR", "Assigned CSR"), "clients.csr"),
        Field("source", Kind.TEXT, ("Lead Source",), "policies.source"),
        Field("policy_type", Kind.TEXT, ("Policy Type",), "policies.line"),
        Field("line", Kind.TEXT, ("Line Of Business", "LOB"), "policies.line"),
        Field("carrier", Kind.TEXT, ("Master Company",), "policies.carrier"),
        Field("company", Kind.TEXT, ("Writing Company", "Billing Company"), "policies.carrier"),
        Field("effective_on", Kind.DATE, ("Effective Date",), "policies.effective_on", True),
        Field("expires_on", Kind.DATE, ("Expiration Date",), "policies.expires_on"),
        Field(
            "originated_on", Kind.DATE, ("LOB Origination Date", "Origination Date", "Original Effective Date"),
            "policies.transaction",
        ),
        Field("ended_on", Kind.DATE, ("Cancellation Date", "Cancel Date"), "policies.ended_on"),
        Field("status", Kind.TEXT, ("Status", "Policy Status"), ""),
        Field("address_state", Kind.STATE, ("Address - State", "State"), "clients.state"),
        Field("rating_state", Kind.STATE, ("Rating State",), "policies.state"),
        Field("zip", Kind.ZIP, ("Address - Zip", "Zip", "Zip Code"), "policies.zip"),
        Field("annual_premium", Kind.MONEY, ("Annualized Premium", "Annual Premium"), "policies.annual_premium"),
        Field("term_premium", Kind.MONEY, ("Premium", "Written Premium", "Policy Premium"), "policies.annual_premium"),
    ),
    fingerprint=(
        ("policy_number",),
        ("client",),
        ("effective_on",),
        ("expires_on",),
        ("status",),
        ("annual_premium",),
        ("line", "policy_type"),
        ("client_id", "carrier", "originated_on"),
    ),
    total=("annual_premium", "term_premium"),
    shaper=Listing,
    labels=("client",),
)  # fmt: skip
