"""EZLynx, *Book of Business Detail*: one row per line of business, so a policy's rows are folded into one term.

What the report has no column for: when a policy was bound (its effective date stands in) and what was quoted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.templates import Cell, Kind, Row
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.records import Options

INACTIVE = "zz-"
_NOBODY = frozenset({"unknown", "unassigned", "none", "n/a"})
_ACTIVE = frozenset({"active", "in force", "inforce", "renewed", "pending", "bound"})
_FIRST_WINS = ("client_id", "carrier", "company", "source", "csr", "rating_state", "address_state", "zip", "expires_on")


@dataclass(slots=True)
class _Term:
    """A policy term as its rows add up."""

    line: int
    record: dict[str, Cell]
    extra: str | None
    premium: int = 0
    lines: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)


class Book(Shaper):
    """Folds the rows of each policy number and effective date, wherever in the file they stand."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._terms: dict[tuple[Cell, Cell], _Term] = {}
        self._refused: list[tuple[int, Cell, Cell]] = []
        self._statuses: set[str] = set()
        self._inactive: set[str] = set()

    def take(self, line: int, record: Record, extra: str | None) -> None:
        key = (record["policy_number"], record["effective_on"])
        term = self._terms.get(key)
        if term is None:
            if record["line"] is None and record["policy_type"] is None:
                self.out.reject(line, "line", "", "is empty, and so is the policy type")
                return
            term = self._terms[key] = _Term(line, dict(record), extra)
        else:
            self.out.merge(line, term.line)
            for name in _FIRST_WINS:
                term.record[name] = record[name] if term.record[name] is None else term.record[name]
        self._add(term, record)

    def _add(self, term: _Term, record: Record) -> None:
        premium = record["annual_premium"]
        term.premium += premium if isinstance(premium, int) else 0
        for name, kept in (("line", term.lines), ("originated_on", term.origins), ("ended_on", term.ends)):
            value = record[name]
            if value is not None and str(value) not in kept:
                kept.append(str(value))
        if record["status"] is not None:
            self._statuses.add(str(record["status"]).lower())

    def refused(self, line: int, record: Record) -> None:
        self._refused.append((line, record["policy_number"], record["effective_on"]))

    def finish(self) -> None:
        clients: set[str] = set()
        for term in self._terms.values():
            client_id = term.record["client_id"]
            if client_id is not None and str(client_id) not in clients:
                clients.add(str(client_id))
                self.out.row("clients", term.line, self._client(term))
            self.out.row("policies", term.line, self._policy(term), term.extra)
        self._say(clients)

    def _client(self, term: _Term) -> Row:
        record = term.record
        cells = {
            "client_id": record["client_id"],
            "name": record["client"],
            "zip": record["zip"],
            "state": record["address_state"] or record["rating_state"],
            "producer": self._person(record["producer"]),
            "csr": self._person(record["csr"]),
        }
        return build("clients", cells)

    def _policy(self, term: _Term) -> Row:
        record = term.record
        several = len(term.lines) > 1
        cells: dict[str, Cell] = {
            "policy_number": record["policy_number"],
            "client": record["client"],
            "client_id": record["client_id"],
            "producer": self._person(record["producer"]),
            "line": (record["policy_type"] or term.lines[0]) if several or not term.lines else term.lines[0],
            "transaction": "new" if term.origins and min(term.origins) == record["effective_on"] else "renewal",
            "bound_on": record["effective_on"],
            "effective_on": record["effective_on"],
            "expires_on": record["expires_on"],
            "annual_premium": term.premium,
            "carrier": record["carrier"] or record["company"],
            "source": record["source"],
            "state": record["rating_state"] or record["address_state"],
            "zip": record["zip"],
            "ended_on": min(term.ends) if term.ends else None,
            "snapshot": True,
        }
        return build("policies", cells)

    def _person(self, name: Cell) -> Cell:
        """The name without the mark of people who left; nobody for the system's own word for nobody."""
        if name is None or str(name).strip().lower() in _NOBODY:
            return None
        text = str(name)
        if text.lower().startswith(INACTIVE):
            text = text[len(INACTIVE) :].strip()
            self._inactive.add(text)
        return text or None

    def _say(self, clients: set[str]) -> None:
        if self._inactive:
            self.out.note(f"Marked inactive (zz-) in EZLynx: {', '.join(sorted(self._inactive))}.")
        if self._terms and not any(term.ends for term in self._terms.values()) and self._statuses <= _ACTIVE:
            self.out.note(
                "This book holds active policies only: without the lost ones it cannot show retention. "
                "Run the report with every policy status for that."
            )
        unsaid = sum(not term.origins for term in self._terms.values())
        if unsaid:
            self.out.note(f"{unsaid:,} policies state no LOB Origination Date and count as renewals.")
        for line, number, effective in self._refused:
            if (number, effective) in self._terms:
                self.out.note(f"Policy {number} is imported without line {line}, which cannot be read.")


def _text(name: str, target: str, *headings: str, kind: Kind | Form = Kind.TEXT, required: bool = False) -> Field:
    return Field(name, kind, headings, target, required)


PROFILE = Profile(
    name="ezlynx_book",
    title="EZLynx: Book of Business Detail",
    table="policies",
    fields=(
        _text("policy_number", "policies.policy_number", "Policy Number", "Policy #", kind=Form.ID, required=True),
        _text("client", "policies.client", "Account Name", "Applicant Name", "Applicant", required=True),
        _text("client_id", "policies.client_id", "Applicant ID", "Account ID", kind=Form.ID),
        _text("producer", "policies.producer", "Assigned Producer", "Producer", kind=Kind.PRODUCER),
        _text("csr", "clients.csr", "CSR", "Assigned CSR", kind=Kind.PRODUCER),
        _text("source", "policies.source", "Lead Source"),
        _text("policy_type", "policies.line", "Policy Type"),
        _text("line", "policies.line", "Line Of Business", "LOB"),
        _text("carrier", "policies.carrier", "Master Company"),
        _text("company", "policies.carrier", "Writing Company"),
        _text(
            "effective_on", "policies.effective_on", "Policy Effective Date", "Effective Date",
            kind=Kind.DATE, required=True,
        ),
        _text("expires_on", "policies.expires_on", "Policy Expiration Date", "Expiration Date", kind=Kind.DATE),
        _text("originated_on", "policies.transaction", "LOB Origination Date", kind=Kind.DATE),
        _text("ended_on", "policies.ended_on", "Cancellation Date", kind=Kind.DATE),
        _text("address_state", "clients.state", "Address - State", kind=Kind.STATE),
        _text("rating_state", "policies.state", "Rating State", kind=Kind.STATE),
        _text("zip", "policies.zip", "Address - Zip", "Address - Zip Code", kind=Kind.ZIP),
        _text("status", "policies.end_reason", "Policy Status"),
        _text(
            "annual_premium", "policies.annual_premium", "Total Annualized Premium", kind=Kind.MONEY, required=True
        ),
    ),
    fingerprint=(
        ("policy_number",),
        ("client",),
        ("effective_on",),
        ("annual_premium",),
        ("line", "policy_type"),
        ("client_id", "originated_on", "producer"),
    ),
    total="annual_premium",
    shaper=Book,
)  # fmt: skip
