"""HawkSoft, policies: new business is told by the inception date where no column says so.

What the report has no column for: what was quoted, and calls or meetings.
"""

from __future__ import annotations

from desktop.core.templates import TRANSACTIONS, Cell, Kind
from desktop.importers.profiles.ledger import Ledger
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record
from desktop.importers.profiles.terms import Entry
from desktop.importers.profiles.transactions import CANCEL, step_of
from desktop.importers.records import Options
from desktop.importers.values import folded

_ACTIVE = frozenset({"active", "new", "renewal", "rewrite", "renewed", "inforce"})
_NO_POLICY = frozenset({"prospect", "quote", "quoted", "lead", "declined", "nottaken", "dead", "void"})


class _Policies(Ledger):
    """One term per row; a status such as `Cancelled` ends it on the day of that status."""

    system = "HawkSoft"

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._statuses: set[str] = set()
        self._renewals = False

    def take(self, line: int, record: Record, extra: str | None) -> None:
        status = str(record["status"] or "")
        if folded(status) in _NO_POLICY:
            self.out.reject(line, "status", status, "is the status of a quote or prospect, not of a policy")
            return
        self._statuses.add(folded(status))
        super().take(line, record, extra)

    def finish(self) -> None:
        if self._renewals and self._statuses <= _ACTIVE:
            self.terms.snapshot = True
            self.out.note("This list holds active policies only: without the lost ones it cannot show retention.")
        super().finish()

    def step(self, line: int, record: Record) -> str | None:
        stated = step_of(record["transaction"]) or step_of(record["application"]) or step_of(record["status"])
        self._renewals = self._renewals or stated == "renewal"
        if stated in TRANSACTIONS:
            return stated
        inception, effective = record["inception_on"], str(record["effective_on"])
        if record["transaction"] is None and inception is not None:
            if str(inception) > effective:
                self.out.reject(line, "inception_on", str(inception), "lies after the effective date")
                return None
            self._renewals = self._renewals or inception != effective
            return "new" if inception == effective else "renewal"
        return super().step(line, {**record, "status": None})

    def insurance_line(self, line: int, record: Record) -> str | None:
        if record["line"] is None and record["policy_type"] is None and record["application"] is not None:
            return str(record["application"])
        return super().insurance_line(line, record)

    def cells(self, record: Record, step: str) -> dict[str, Cell]:
        cells = super().cells(record, step)
        if step in TRANSACTIONS and step_of(record["status"]) == CANCEL:
            cells["ended_on"] = record["ended_on"] or record["status_on"]
            cells["end_reason"] = record["end_reason"] or record["status"]
        return cells

    def client(self, record: Record, entry: Entry) -> dict[str, Cell]:
        producer = entry.names[0] if len(entry.names) == 1 else None
        return super().client(record, entry) | {"since": record["since"], "producer": producer}


PROFILE = Profile(
    name="hawksoft_policies",
    title="HawkSoft: policies",
    table="policies",
    fields=(
        Field(
            "policy_number", Form.ID, ("Policy Number", "Policy #", "Policy No.", "Policy"),
            "policies.policy_number", True,
        ),
        Field(
            "client", Kind.TEXT, ("Client Name", "Client", "Named Insured", "Insured", "Customer", "Name"),
            "policies.client", True,
        ),
        Field("client_id", Form.ID, ("Client ID", "Client #", "Client Number"), "policies.client_id"),
        Field("since", Kind.DATE, ("Client Since", "Customer Since"), "clients.since"),
        Field("office", Kind.TEXT, ("Client Office", "Office", "Office Name", "Policy Office"), ""),
        Field(
            "producer", Kind.PRODUCER, ("Producer", "Agent", "Policy Producer", "Client Producer"),
            "policies.producer",
        ),
        Field("csr", Kind.PRODUCER, ("CSR", "Client CSR", "Policy CSR"), "clients.csr"),
        Field("split", Kind.TEXT, ("Split %", "Producer %", "Producer Split"), "policies.shares"),
        Field("line", Kind.TEXT, ("LOB", "Line of Business", "LOBs", "Lines of Business"), "policies.line"),
        Field("policy_type", Kind.TEXT, ("Policy Type", "Program", "Policy Program"), "policies.line"),
        Field("application", Kind.TEXT, ("Application Type", "App Type"), "policies.line"),
        Field("carrier", Kind.TEXT, ("Carrier", "Company", "Carrier Name", "Writing Carrier"), "policies.carrier"),
        Field(
            "effective_on", Kind.DATE,
            ("Effective Date", "Eff Date", "Eff. Date", "Effective", "Policy Effective Date"),
            "policies.effective_on", True,
        ),
        Field(
            "expires_on", Kind.DATE,
            ("Expiration Date", "Exp. Date", "Exp Date", "Renewal Date", "Expiration", "Policy Expiration Date"),
            "policies.expires_on",
        ),
        Field(
            "inception_on", Kind.DATE,
            ("Inception Date", "Inception", "Original Inception Date", "Policy Inception Date"),
            "policies.transaction",
        ),
        Field("bound_on", Kind.DATE, ("Sold Date", "Date Sold", "Bound Date", "Policy Sold Date"), "policies.bound_on"),
        Field(
            "transaction", Kind.TEXT, ("Transaction Type", "Transaction", "New/Renewal", "Business Type"),
            "policies.transaction",
        ),
        Field("day", Kind.DATE, ("Transaction Date", "Transaction Effective Date", "Change Date"), "premiums.from"),
        Field("status", Kind.TEXT, ("Policy Status", "Status"), ""),
        Field("status_on", Kind.DATE, ("Policy Status Date", "Status Date"), "policies.ended_on"),
        Field(
            "ended_on", Kind.DATE, ("Cancellation Date", "Cancel Date", "Cancelled Date", "Date Cancelled"),
            "policies.ended_on",
        ),
        Field(
            "end_reason", Kind.TEXT, ("Cancellation Reason", "Cancel Reason", "Reason Cancelled"),
            "policies.end_reason",
        ),
        Field(
            "annual_premium", Kind.MONEY, ("Annual Premium", "Annualized Premium", "Total Annual Premium"),
            "policies.annual_premium",
        ),
        Field(
            "term_premium", Kind.MONEY,
            ("Full Term Premium", "Term Premium", "Written Premium", "Premium", "Total Premium"),
            "policies.annual_premium",
        ),
        Field(
            "commission", Kind.MONEY, ("Commission", "Agency Commission", "Estimated Commission"),
            "policies.commission",
        ),
        Field("commission_rate", Kind.RATE, ("Commission %", "Commission Rate"), "policies.commission_rate"),
        Field("source", Kind.TEXT, ("Client Source", "Policy Source", "Source", "Lead Source"), "policies.source"),
        Field("state", Kind.STATE, ("State", "Policy State", "Client State"), "policies.state"),
        Field("zip", Kind.ZIP, ("Zip", "Zip Code", "Client Zip"), "policies.zip"),
    ),
    fingerprint=(
        ("policy_number",),
        ("client",),
        ("producer",),
        ("line", "policy_type", "application"),
        ("effective_on",),
        ("annual_premium", "term_premium"),
        ("since", "office", "source", "application"),
        ("since", "office", "application", "bound_on", "inception_on"),
    ),
    total=("annual_premium", "term_premium"),
    shaper=_Policies,
    labels=("client",),
)  # fmt: skip
