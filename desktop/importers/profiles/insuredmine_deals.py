"""InsuredMine, deals: one row per policy term, or several where it lists each insured person of a policy.

Premiums are those of the term (`policy_mode` months) and are brought to a year. What the file has no column for: when a
policy was bound (its start stands in) and, mostly, whether it was new business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.templates import TRANSACTIONS, Cell, Kind, Row
from desktop.importers.profiles.derived import extended
from desktop.importers.profiles.people import Roster
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.profiles.transactions import YEAR, by_the_year, months_of, step_of, whole_months
from desktop.importers.records import Options
from desktop.importers.values import folded

_USUAL = (6, YEAR)
_YEAR_DAYS, _HALF_DAYS = range(363, 369), range(179, 187)
_ACTIVE = frozenset({"active", "inforce", "renewed", "pending", "bound", "new"})


@dataclass(slots=True)
class _Term:
    """One policy term: the row that leads it, and its premium by the year for each line of business."""

    line: int
    record: Record
    extra: str | None
    amounts: dict[str, int]
    lines: list[str]


class _Policies(Shaper):
    """Folds the rows of each policy and start, wherever in the file they stand."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._roster = Roster("InsuredMine")
        self._terms: dict[tuple[Cell, Cell], _Term] = {}
        self._starts: dict[Cell, str] = {}
        self._differing = self._unsaid = self._short = 0
        self._others = False
        self._refused: list[tuple[int, Cell, Cell]] = []

    def take(self, line: int, record: Record, extra: str | None) -> None:
        premium = record["written"] if record["written"] is not None else record["premium"]
        months = self._months(line, record)
        if months is None or not self._is_whole(line, record, premium):
            return
        amount = by_the_year(int(premium or 0), months)
        what = str(record["line"] or record["category"])
        key = (record["policy_number"], record["effective_on"])
        term = self._terms.get(key)
        if term is None:
            self._terms[key] = _Term(line, record, _extra(record, extra), {folded(what): amount}, [what])
            self._short += months != YEAR
            self._note_start(record)
        elif term.amounts.setdefault(folded(what), amount) != amount:
            self.out.reject(
                line, "written" if record["written"] is not None else "premium", f"{int(premium or 0) / 100:.2f}",
                f"is another premium than line {term.line} states for this policy and start",
            )  # fmt: skip
        else:
            self._join(term, line, record, what)

    def _join(self, term: _Term, line: int, record: Record, what: str) -> None:
        """Another line of the policy, or another insured person; the primary one gives the client's particulars."""
        if what not in term.lines:
            term.lines.append(what)
        self.out.merge(line, term.line)
        term.record = _joined(record, term.record) if record["primary"] else _joined(term.record, record)

    def _note_start(self, record: Record) -> None:
        number, start = record["policy_number"], str(record["effective_on"])
        self._starts[number] = min(self._starts.get(number, start), start)

    def _is_whole(self, line: int, record: Record, premium: Cell) -> bool:
        """Whether the row has all that a term needs; else it is rejected."""
        step = step_of(record["transaction"])
        lacks: list[tuple[str, str, str]] = []
        if premium is None:
            name = "written" if record["written"] is not None else "premium"
            lacks.append((name, "", "is empty, and so is every other premium"))
        elif int(premium) < 0:
            lacks.append(("premium", f"{int(premium) / 100:.2f}", "is negative, but a term's premium"))
        if record["client"] is None and record["first_name"] is None and record["last_name"] is None:
            lacks.append(("client", "", "is empty, and so is every other name"))
        if record["line"] is None and record["category"] is None:
            lacks.append(("line", "", "is empty, and so is the category"))
        if record["transaction"] is not None and step not in TRANSACTIONS:
            lacks.append(("transaction", str(record["transaction"]), "is neither new, renewal nor rewrite"))
        if record["expires_on"] is not None and str(record["expires_on"]) <= str(record["effective_on"]):
            lacks.append(("expires_on", str(record["expires_on"]), "does not lie after the start"))
        for name, value, reason in lacks[:1]:
            self.out.reject(line, name, value, reason)
        return not lacks

    def refused(self, line: int, record: Record) -> None:
        self._refused.append((line, record["policy_number"], record["effective_on"]))

    def _months(self, line: int, record: Record) -> int | None:
        """The term's length: what the file states, else what its dates say; None when the row had to be rejected."""
        dated = _between(str(record["effective_on"]), record["expires_on"])
        if record["months"] is None:
            if dated is None:
                self.out.reject(line, "months", "", "is empty, and the dates do not say how long the term is")
            return dated
        stated = months_of(str(record["months"]))
        if stated is None or (stated not in _USUAL and stated != dated):
            self.out.reject(line, "months", str(record["months"]), "is neither 6 nor 12 months")
            return None
        self._differing += dated is not None and dated != stated
        return stated

    # --- the end ----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        named = any(term.record["producer"] is not None for term in self._terms.values())
        clients: set[str] = set()
        for term in self._terms.values():
            producer = self._roster.person(term.record["producer" if named else "agent"])
            client_id = term.record["client_id"]
            if client_id is not None and str(client_id) not in clients:
                clients.add(str(client_id))
                self.out.row("clients", term.line, self._client(term, producer))
            self.out.row("policies", term.line, self._policy(term, producer), term.extra)
        self._say()

    def _client(self, term: _Term, producer: Cell) -> Row:
        record = term.record
        cells = {name: record[name] for name in ("client_id", "email", "phone", "zip", "state")}
        csr = self._roster.person(record["csr"])
        return build("clients", cells | {"name": _name(record), "producer": producer, "csr": csr})

    def _policy(self, term: _Term, producer: Cell) -> Row:
        record = term.record
        same = ("policy_number", "effective_on", "expires_on", "carrier", "client_id", "state", "zip", "ended_on")
        cells: dict[str, Cell] = {name: record[name] for name in same}
        several = len(term.lines) > 1
        return build("policies", cells | {
            "client": _name(record),
            "producer": producer,
            "line": (record["category"] or " + ".join(term.lines)) if several else term.lines[0],
            "transaction": self._transaction(record),
            "bound_on": record["effective_on"],
            "annual_premium": sum(term.amounts.values()),
            "source": record["source"],
            "snapshot": True,
        })  # fmt: skip

    def _transaction(self, record: Record) -> str:
        """As stated; else new where the policy's first start is this one; else renewal, which inflates nothing."""
        self._others |= folded(str(record["status"] or "active")) not in _ACTIVE or record["ended_on"] is not None
        step = step_of(record["transaction"])
        if step is not None:
            return step
        if record["origin"] is not None:
            return "new" if record["origin"] == record["effective_on"] else "renewal"
        self._unsaid += str(record["effective_on"]) == self._starts[record["policy_number"]]
        return "renewal"

    def _say(self) -> None:
        notes = [self._roster.note]
        if self._short:
            notes.append(f"Premiums of {self._short:,} terms of less than a year are brought to a year.")
        if self._differing:
            notes.append(f"{self._differing:,} rows state other months than lie between their dates; the months count.")
        if self._unsaid:
            notes.append(f"{self._unsaid:,} policies do not say whether they are new business and count as renewals.")
        if self._terms and not self._others:
            notes.append("This list holds active policies only: without the lost ones it cannot show retention.")
        for line, number, start in self._refused:
            if (number, start) in self._terms:
                notes.append(f"Policy {number} is imported without line {line}, which cannot be read.")
        for note in filter(None, notes):
            self.out.note(note)


def _joined(first: Record, second: Record) -> Record:
    """What `first` states, its gaps filled from `second`."""
    return {name: second[name] if cell is None else cell for name, cell in first.items()}


def _extra(record: Record, extra: str | None) -> str | None:
    """What a term has no column for: the premium that does not count, and how to reach a client without an id."""
    more: dict[str, Cell] = {}
    if record["written"] is not None and record["premium"] not in (None, record["written"]):
        more["Premium amount"] = f"{int(record['premium'] or 0) / 100:.2f}"
    if record["client_id"] is None:
        more |= {"Email": record["email"], "Phone": record["phone"]}
    return extended(extra, more)


def _name(record: Record) -> Cell:
    """The account's name, else the person's."""
    person = " ".join(str(part) for part in (record["first_name"], record["last_name"]) if part is not None)
    return record["client"] or person


def _between(first: str, last: Cell) -> int | None:
    """Months from start to end as terms run; None where they are no such term."""
    if last is None:
        return None
    months = whole_months(first, str(last))
    if months is not None:
        return months
    days = (date.fromisoformat(str(last)[:10]) - date.fromisoformat(first[:10])).days
    return YEAR if days in _YEAR_DAYS else YEAR // 2 if days in _HALF_DAYS else None


def _text(name: str, target: str, headings: Sequence[str], kind: Kind | Form = Kind.TEXT, need: bool = False) -> Field:
    return Field(name, kind, tuple(headings), target, need)


PROFILE = Profile(
    name="insuredmine_deals",
    title="InsuredMine: deals (policies)",
    table="policies",
    fields=(
        _text(
            "policy_number", "policies.policy_number", ("Policy Number", "Policy No", "PolicyNo", "Policy #"),
            Form.ID, need=True
        ),
        _text("client", "policies.client", ("Account Name", "Account", "Client Name", "Insured Name")),
        _text("first_name", "policies.client", ("First Name", "Insured First Name")),
        _text("last_name", "policies.client", ("Last Name", "Insured Last Name")),
        _text("client_id", "policies.client_id", ("Applicant ID", "Account ID", "Client ID"), Form.ID),
        _text("producer", "policies.producer", ("Producer", "Producer Name"), Kind.PRODUCER),
        _text("agent", "policies.producer", ("Agent", "Agent Name"), Kind.PRODUCER),
        _text("csr", "clients.csr", ("CSR", "CSR Name", "Account Manager"), Kind.PRODUCER),
        _text("user_type", "", ("User Type",)),
        _text("months", "", ("Policy Mode", "Policy Term", "Term", "Term Months")),
        _text(
            "written", "policies.annual_premium",
            ("Premium Amount Written", "Written Premium Amount", "Premium Written", "Written Premium"), Kind.MONEY,
        ),
        _text(
            "premium", "policies.annual_premium", ("Premium Amount", "Premium", "Total Premium", "Policy Premium"),
            Kind.MONEY,
        ),
        _text("line", "policies.line", ("Policy Type", "Line Of Business", "LOB", "Policy Line")),
        _text("category", "policies.line", ("Category Name", "Category", "Policy Category")),
        _text("carrier", "policies.carrier", ("Company Name", "Carrier Name", "Carrier", "Insurance Company")),
        _text(
            "effective_on", "policies.effective_on", ("Policy Start Date", "Policy Effective Date", "Start Date"),
            Kind.DATE, need=True,
        ),
        _text(
            "expires_on", "policies.expires_on", ("Policy End Date", "Policy Expiration Date", "End Date"), Kind.DATE
        ),
        _text(
            "origin", "policies.transaction", ("Original Start Date", "Inception Date", "Original Effective Date"),
            Kind.DATE,
        ),
        _text("transaction", "policies.transaction", ("Business Type", "Transaction Type", "Policy Business Type")),
        _text("status", "", ("Policy Status", "Status")),
        _text("ended_on", "policies.ended_on", ("Cancellation Date", "Cancelled On", "Cancel Date"), Kind.DATE),
        _text("source", "policies.source", ("Lead Source", "Source")),
        _text("email", "clients.email", ("Email", "Email Address"), Kind.EMAIL),
        _text("phone", "clients.phone", ("Phone", "Phone Number", "Mobile"), Kind.PHONE),
        _text("state", "policies.state", ("State",), Kind.STATE),
        _text("zip", "policies.zip", ("Zip", "Zip Code", "Zipcode", "Postal Code"), Kind.ZIP),
        _text("account_type", "", ("Account Type",)),
        _text("agency", "", ("Agency ID",)),
        _text("primary", "", ("Primary", "Is Primary"), Kind.FLAG),
    ),
    fingerprint=(
        ("policy_number",),
        ("effective_on",),
        ("written", "premium"),
        ("client", "first_name"),
        ("line", "category"),
        ("agent", "producer"),
        ("user_type", "agency", "account_type", "primary"),
        ("months", "expires_on"),
    ),
    total="premium",
    shaper=_Policies,
)  # fmt: skip
