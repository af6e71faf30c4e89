"""Applied Epic, new business (a policy listing): policies repeat once per split producer, packages once per line.

What the report has no column for: what was quoted, and calls or meetings.
"""

from __future__ import annotations

from desktop.core.templates import Kind
from desktop.importers.profiles.ledger import Ledger
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record
from desktop.importers.profiles.terms import Entry
from desktop.importers.records import Options


class _Listing(Ledger):
    """Indented rows, and rows without a policy of their own below a policy, are lines of that policy."""

    system = "Applied Epic"

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._above: Entry | None = None

    def take(self, line: int, record: Record, extra: str | None) -> None:
        indented = any(str(record[name] or "")[:1].isspace() for name in ("line", "policy_type", "client"))
        number = record["policy_number"]
        above = self._above
        if above is not None and number in {None, above.number} and (indented or record["client"] is None):
            self._part(line, record, extra, above)
            return
        if not self._is_whole(line, record):
            return
        entry = self.entry(line, record, extra)
        self._above = entry
        if entry is not None:
            self.terms.add(entry)

    def _part(self, line: int, record: Record, extra: str | None, above: Entry) -> None:
        """A line of the policy above, whose premium is part of that policy's."""
        name = self.insurance_line(line, record)
        if name is None:
            return
        part = Entry(line, above.number, above.step, above.effective, {"line": name}, day=above.day, part=True)
        annual = record["annual_premium"]
        premium = record["term_premium"] if annual is None else annual
        part.premium, part.termly = premium if isinstance(premium, int) else None, annual is None
        part.extra = extra
        self.terms.add(part)

    def _is_whole(self, line: int, record: Record) -> bool:
        for name in ("client", "effective_on"):
            if record[name] is None:
                self.out.reject(line, name, "", "is empty, but required")
                return False
        return True


PROFILE = Profile(
    name="epic_new_business",
    title="Applied Epic: new business",
    table="policies",
    fields=(
        Field("policy_number", Form.ID, ("Policy Number", "Policy #", "Policy"), "policies.policy_number"),
        Field("client", Form.INDENTED, ("Client Name", "Account Name", "Client", "Insured Name"), "policies.client"),
        Field(
            "client_id", Form.ID,
            ("Client Lookup Code", "Lookup Code", "Account Lookup Code", "Account Lookup", "Client Code"),
            "policies.client_id",
        ),
        Field("account_id", Form.ID, ("Client Id", "Account Id", "Client Unique Id"), ""),
        Field(
            "producer", Kind.PRODUCER,
            (
                "Producer Code", "Producer", "Producer Name", "Primary Producer", "Producer Lookup Code",
                "Policy Producer", "Producer/Broker", "Producer Commission Producer",
            ),
            "policies.producer",
        ),
        Field(
            "split", Kind.TEXT,
            (
                "Split %", "Producer %", "Producer Split %", "Producer Split", "Split", "Split Percentage",
                "Producer Percentage", "Production Credit %", "Production Credit", "Share %",
            ),
            "policies.shares",
        ),
        Field("line", Form.INDENTED, ("Line Of Business", "LOB", "Line", "Line Type"), "policies.line"),
        Field(
            "policy_type", Form.INDENTED, ("Policy Type", "Policy Type Description", "Type of Policy", "Coverage"),
            "policies.line",
        ),
        Field("effective_on", Kind.DATE, ("Effective Date", "Effective", "Eff Date", "Policy Effective Date"),
              "policies.effective_on"),
        Field(
            "expires_on", Kind.DATE, ("Expiration Date", "Expiration", "Exp Date", "Policy Expiration Date"),
            "policies.expires_on",
        ),
        Field("status", Kind.TEXT, ("Policy Status", "Status", "Policy Status Code"), ""),
        Field(
            "carrier", Kind.TEXT,
            ("Carrier Name", "Issuing Company", "ICO", "ICO Name", "Issuing Company Name", "Carrier", "Company"),
            "policies.carrier",
        ),
        Field(
            "company", Kind.TEXT,
            ("Premium Payable", "PPE", "PPE Name", "Premium Payable Entity", "Billing Company", "Parent Company"),
            "policies.carrier",
        ),
        Field(
            "annual_premium", Kind.MONEY,
            ("Annual Premium", "Annualized Premium", "Annualized Estimated Premium", "Annual Estimated Premium"),
            "policies.annual_premium",
        ),
        Field(
            "term_premium", Kind.MONEY,
            ("Estimated Premium", "Est Premium", "Written Premium", "Policy Premium", "Billed Premium", "Premium"),
            "policies.annual_premium",
        ),
        Field(
            "transaction", Kind.TEXT, ("Transaction Type", "Transaction", "Trans Type", "Transaction Code"),
            "policies.transaction",
        ),
        Field(
            "day", Kind.DATE,
            ("Transaction Effective Date", "Transaction Date", "Endorsement Date", "Change Effective Date"),
            "premiums.from",
        ),
        Field(
            "bound_on", Kind.DATE, ("Bound Date", "Date Bound", "Contracted Date", "Written Date", "Sold Date"),
            "policies.bound_on",
        ),
        Field(
            "commission", Kind.MONEY,
            ("Estimated Commission", "Annualized Commission", "Agency Commission", "Commission Amount", "Commission"),
            "policies.commission",
        ),
        Field(
            "commission_rate", Kind.RATE, ("Commission %", "Commission Percent", "Commission Rate"),
            "policies.commission_rate",
        ),
        Field("csr", Kind.PRODUCER, ("CSR", "Account Manager", "Servicing Rep"), "clients.csr"),
        Field("source", Kind.TEXT, ("Source", "Lead Source", "Client Source", "Referral Source"), "policies.source"),
        Field("state", Kind.STATE, ("State", "Risk State", "Issuing State", "Client State"), "policies.state"),
        Field("zip", Kind.ZIP, ("Zip", "Zip Code", "Account Zip", "Client Zip"), "policies.zip"),
        Field("billing", Kind.TEXT, ("Billing Method", "Bill Mode", "Billing Mode"), ""),
        Field("branch", Kind.TEXT, ("Branch", "Branch Name", "Branch Code"), ""),
        Field("department", Kind.TEXT, ("Dept", "Department", "Department Name", "Dept Code"), ""),
        Field("agency", Kind.TEXT, ("Agency", "Agency Code", "Agency Name"), ""),
        Field("year", Kind.TEXT, ("Policy Year",), ""),
    ),
    fingerprint=(
        ("policy_number",),
        ("client",),
        ("producer",),
        ("line", "policy_type"),
        ("effective_on",),
        ("annual_premium", "term_premium"),
        ("client_id", "company", "department", "year"),
        ("client_id", "branch", "department", "billing", "year", "company"),
    ),
    total=("annual_premium", "term_premium"),
    shaper=_Listing,
    labels=("client",),
)  # fmt: skip
