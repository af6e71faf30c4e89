"""AMS360, new business summary: a policy on several transaction rows, and once per role of its people.

What the report has no column for: what was quoted, and calls or meetings. Producers go by short names of six letters.
"""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.ledger import Ledger
from desktop.importers.profiles.profile import Field, Form, Profile, Record
from desktop.importers.profiles.terms import Entry
from desktop.importers.values import folded

_SERVICE_ROLES = frozenset({"rep", "representative", "accountrep", "accountrepresentative", "csr", "servicerep"})


class _Summary(Ledger):
    """Rows of an account's representative repeat those of its executive, and give the client its service person."""

    system = "AMS360"

    def people(self, line: int, record: Record) -> tuple[tuple[str, ...], tuple[float, ...]] | None:
        if _is_service(record):
            return (), ()
        return super().people(line, {**record, "producer": record["exec"] or record["producer"]})

    def client(self, record: Record, entry: Entry) -> dict[str, Cell]:
        cells = super().client(record, entry)
        if _is_service(record):
            cells["csr"] = self.roster.person(record["producer"])
        return cells


def _is_service(record: Record) -> bool:
    return folded(str(record["role"] or "")) in _SERVICE_ROLES


PROFILE = Profile(
    name="ams360_new_business",
    title="AMS360: new business summary",
    table="policies",
    fields=(
        Field("policy_number", Form.ID, ("Policy #", "Policy", "Pol #"), "policies.policy_number", True),
        Field("client", Kind.TEXT, ("Customer Name", "Customer", "Firm Name", "Insured"), "policies.client", True),
        Field("client_id", Form.ID, ("Customer #", "Cust #", "Customer ID", "Customer Code"), "policies.client_id"),
        Field(
            "exec", Kind.PRODUCER,
            (
                "Exec", "Account Exec", "Executive", "Account Executive", "Exec Name", "Executive Name", "Policy Exec",
                "Policy Executive",
            ),
            "policies.producer",
        ),
        Field("producer", Kind.PRODUCER, ("Producer", "Employee", "Employee Name", "Personnel"), "policies.producer"),
        Field("role", Kind.TEXT, ("Role", "Employee Role", "Employee Type", "Personnel Type", "Personnel Role"), ""),
        Field("split", Kind.TEXT, ("Split %", "Exec %", "Producer %", "Split", "Production %"), "policies.shares"),
        Field(
            "csr", Kind.PRODUCER,
            ("Rep", "Account Rep", "Representative", "Account Representative", "Rep Name", "Policy Rep", "CSR"),
            "clients.csr",
        ),
        Field("line", Kind.TEXT, ("Line of Business", "LOB", "Line", "Coverage"), "policies.line"),
        Field("policy_type", Kind.TEXT, ("Policy Type", "Pol Type", "Type of Policy"), "policies.line"),
        Field("business", Kind.TEXT, ("Type of Business", "Business Type", "Tob"), ""),
        Field(
            "effective_on", Kind.DATE,
            ("Eff Date", "Effective Date", "Policy Eff Date", "Policy Effective Date", "Effective", "Eff"),
            "policies.effective_on", True,
        ),
        Field(
            "expires_on", Kind.DATE,
            ("Exp Date", "Expiration Date", "Policy Exp Date", "Policy Expiration Date", "Expiration", "Exp"),
            "policies.expires_on",
        ),
        Field("term", Kind.TEXT, ("Term", "Policy Term", "Term (Months)", "Term Months"), ""),
        Field(
            "carrier", Kind.TEXT,
            ("Company", "Writing Company", "Company Name", "Writing Company Name", "Carrier"), "policies.carrier",
        ),
        Field("company", Kind.TEXT, ("Parent Company", "Billing Company"), "policies.carrier"),
        Field(
            "annual_premium", Kind.MONEY, ("Annual Premium", "Annualized Premium", "Annualized Full Term Premium"),
            "policies.annual_premium",
        ),
        Field(
            "term_premium", Kind.MONEY,
            ("Full Term Premium", "Full-Term Premium", "FT Premium", "Term Premium", "Written Premium", "Premium"),
            "policies.annual_premium",
        ),
        Field(
            "delta", Kind.MONEY, ("Premium Change", "Change in Premium", "Change Premium"),
            "premiums.annual_premium",
        ),
        Field(
            "transaction", Kind.TEXT,
            ("Transaction Type", "Original Transaction", "Transaction", "Trans Type", "Tran Type"),
            "policies.transaction",
        ),
        Field(
            "day", Kind.DATE,
            (
                "Transaction Effective Date", "Transaction Eff Date", "Trans Eff Date", "Transaction Date",
                "Trans Date", "Change Effective Date", "Change Eff Date",
            ),
            "premiums.from",
        ),
        Field("bound_on", Kind.DATE, ("Bound Date", "Date Bound", "Sold Date", "Written Date"), "policies.bound_on"),
        Field("status", Kind.TEXT, ("Policy Status", "Status"), ""),
        Field(
            "commission", Kind.MONEY,
            ("Commission", "Agency Commission", "Commission Amount", "Est Commission", "Estimated Commission"),
            "policies.commission",
        ),
        Field(
            "commission_rate", Kind.RATE, ("Commission %", "Comm %", "Commission Rate", "Agency Commission %"),
            "policies.commission_rate",
        ),
        Field("source", Kind.TEXT, ("Source", "Source of Business", "Customer Source"), "policies.source"),
        Field("state", Kind.STATE, ("State", "Customer State"), "policies.state"),
        Field("zip", Kind.ZIP, ("Zip", "Zip Code", "Customer Zip"), "policies.zip"),
        Field("billing", Kind.TEXT, ("Bill Method", "Billing Method", "Method of Billing"), ""),
        Field("division", Kind.TEXT, ("Division", "GL Division", "Business Unit", "GL Branch", "GL Department"), ""),
    ),
    fingerprint=(
        ("policy_number",),
        ("client",),
        ("exec", "producer"),
        ("line", "policy_type"),
        ("effective_on",),
        ("annual_premium", "term_premium"),
        ("client_id", "business", "csr", "term"),
        ("client_id", "business", "term", "billing", "division", "exec"),
    ),
    total=("annual_premium", "term_premium"),
    shaper=_Summary,
    labels=("client",),
)  # fmt: skip
