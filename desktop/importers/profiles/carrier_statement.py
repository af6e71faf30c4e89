"""A carrier's commission statement: what was paid for which policy, often under headings that name the client.

A row that tells a term whole (client, line, start, new or renewal, premium) becomes that term with its stated
commission; of a term that the book holds already only commission, rate and end change. Cancellations and changes join
their term where the statement lists it. A row that lacks what a term needs, or that may be an instalment or a
repetition, is rejected with the reason: what a statement leaves out is not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.core.templates import TRANSACTIONS, Cell, Kind
from desktop.importers.profiles.people import Roster, share_text
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record, Shaper, build
from desktop.importers.profiles.transactions import CANCEL, CHANGE, NOTHING, REINSTATE, step_of
from desktop.importers.records import Options
from desktop.importers.values import folded

_LABEL = re.compile(
    r"\s*(?P<word>named insured|insured|client|customer|account|policyholder|producer|agent|sub-?agent|carrier|company"
    r"|line of business|line|lob|product)(?:\s+name)?\s*[:#]\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
_ABOUT = {"producer": "producer", "agent": "producer", "subagent": "producer", "carrier": "carrier",
          "company": "carrier", "lineofbusiness": "line", "line": "line", "lob": "line", "product": "line"}  # fmt: skip
_NUMBER_BEHIND = re.compile(r"\s*\(#?\s*[\w-]*\d[\w-]*\)\s*$")
_DOUBTFUL = re.compile(r"\btotals?\b|^\W*(run|report|print|page|generated|created|exported|filter|as of|end of|records?"
                       r"|rows?|count|confidential|copyright|continued)\b", re.IGNORECASE)  # fmt: skip
_NEEDED = (
    ("client", "is empty, and no heading above names the client"),
    ("line", "is empty; a term needs its line of business"),
    ("effective_on", "is empty; a term needs its effective date"),
    ("premium", "is empty; a term needs its premium"),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row with what headings add to it. `step` is what it does to its policy."""

    line: int
    cells: Record
    extra: str | None
    step: str | None
    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()

    def amount(self, name: str) -> int:
        cell = self.cells[name]
        return cell if isinstance(cell, int) else 0

    @property
    def start(self) -> str:
        return str(self.cells["effective_on"])

    @property
    def day(self) -> str:
        return str(self.cells["transacted_on"] or self.cells["effective_on"] or "")


@dataclass(slots=True)
class _Term:
    """The rows by which a term began, and those that did something to it later."""

    starts: list[_Row]
    others: list[_Row] = field(default_factory=list)

    def holds(self, row: _Row) -> bool:
        start = self.starts[0].start
        stated = self.starts[0].cells["expires_on"]
        return start <= row.day <= str(stated or f"{int(start[:4]) + 1}{start[4:]}")


class _Statement(Shaper):
    """Gathers all rows, because headings, repetitions and what belongs together show only in the whole."""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._roster = Roster("the statement")
        self._headings: list[tuple[int, str]] = []
        self._taken: list[tuple[int, Record, str | None]] = []
        self._moved = self._unnamed = 0

    def section(self, line: int, text: str) -> None:
        self._headings.append((line, text))

    def take(self, line: int, record: Record, extra: str | None) -> None:
        self._taken.append((line, record, extra))

    def finish(self) -> None:
        policies: dict[str, list[_Row]] = {}
        for row in self._rows():
            policies.setdefault(str(row.cells["policy_number"]), []).append(row)
        for rows in policies.values():
            self._policy(rows)
        self._say(bool(policies))

    # --- what headings add ------------------------------------------------------------------------------------------

    def _rows(self) -> Sequence[_Row]:
        """The rows that can be told apart; the others are rejected."""
        own_clients = any(record["client"] is not None for _line, record, _extra in self._taken)
        lines = [line for line, _text in self._headings]
        states = self._states(own_clients)
        found = []
        for line, record, extra in self._taken:
            above = states[bisect_left(lines, line)]
            cells = {name: above.get(name) if cell is None else cell for name, cell in record.items()}
            row = self._shared(_Row(line, cells, extra, step_of(cells["transaction"])))
            if row is not None:
                found.append(row)
        return found

    def _states(self, own_clients: bool) -> list[dict[str, Cell]]:
        """What stands for the rows below each heading; first what the titles say."""
        state: dict[str, Cell] = {}
        for title in self.titles:
            labelled = _LABEL.fullmatch(title)
            if labelled is not None and _ABOUT.get(folded(labelled["word"])) == "carrier":
                state = {"carrier": labelled["text"].strip()}
        states = [state]
        for _line, text in self._headings:
            state = state | _said(text, own_clients)
            states.append(state)
        return states

    def _shared(self, row: _Row) -> _Row | None:
        """The row with its producers: `A/B` in halves, or as the split column says."""
        whole = self._roster.person(row.cells["producer"])
        named = [self._roster.person(part) for part in str(whole or "").split("/")]
        names = tuple(str(name) for name in named if name is not None)
        if len(names) < 2:
            return replace(row, names=names)
        shares = _parts(str(row.cells["split"] or ""), len(names))
        if shares is None:
            self.out.reject(row.line, "split", str(row.cells["split"]), f"does not say how {len(names)} people share")
            return None
        return replace(row, names=names, shares=shares)

    # --- one policy -------------------------------------------------------------------------------------------------

    def _policy(self, rows: Sequence[_Row]) -> None:
        terms: dict[str, _Term] = {}
        others = []
        for row in rows:
            if row.step not in TRANSACTIONS:
                others.append(row)
            elif self._is_whole(row):
                terms.setdefault(row.start, _Term([])).starts.append(row)
        for row in others:
            self._attach(row, terms)
        for term in terms.values():
            self._write(term)

    def _is_whole(self, row: _Row) -> bool:
        for name, reason in _NEEDED:
            if row.cells[name] is None:
                self.out.reject(row.line, name, "", reason)
                return False
        for name in ("premium", "commission"):
            if row.amount(name) < 0:
                reason = "is negative on a new or renewed term; whether that term still stands is not said"
                self.out.reject(row.line, name, f"{row.amount(name) / 100:.2f}", reason)
                return False
        return True

    def _attach(self, row: _Row, terms: dict[str, _Term]) -> None:
        """A cancellation or change goes to the term it is of; without one in this statement it is rejected."""
        stated = str(row.cells["transaction"] or "")
        if row.step is None:
            reason = (
                "is no transaction that is known" if stated else "is empty; a term needs to be new, renewal or rewrite"
            )
            self.out.reject(row.line, "transaction", stated, reason)
            return
        held = [term for term in terms.values() if term.holds(row)]
        term = terms.get(row.start) or max(held, key=lambda one: one.starts[0].start, default=None)
        if term is None:
            reason = "belongs to a term that this statement does not list, so its commission is not taken"
            self.out.reject(row.line, "transaction", stated, reason)
        elif row.step == CANCEL and row.cells["transacted_on"] is None and row.start == term.starts[0].start:
            self.out.reject(row.line, "transaction", stated, "does not say from which day the term is cancelled")
        else:
            term.others.append(row)

    # --- one term ---------------------------------------------------------------------------------------------------

    def _write(self, term: _Term) -> None:
        rows = [*term.starts, *term.others]
        trouble = _contradiction(term.starts)
        if trouble is not None:
            name, reason = trouble
            for row in rows:
                self.out.reject(row.line, name, _shown(row, name), reason)
            return
        leader = term.starts[0]
        self._moved += any(row.step in {CHANGE, NOTHING} and row.amount("premium") for row in term.others)
        self.out.row("policies", leader.line, build("policies", self._cells(term) | _ending(term.others)), leader.extra)
        for row in rows[1:]:
            self.out.merge(row.line, leader.line)

    def _cells(self, term: _Term) -> dict[str, Cell]:
        leader, rows = term.starts[0], [*term.starts, *term.others]
        lines = list(dict.fromkeys(str(row.cells["line"]) for row in term.starts))
        names, shares = _whose(term.starts)
        self._unnamed += not names
        rates = {row.cells["rate"] for row in term.starts}
        premiums = {(folded(str(row.cells["line"]))): row.amount("premium") for row in term.starts}
        return {
            "policy_number": leader.cells["policy_number"],
            "client": leader.cells["client"],
            "producer": names[0] if names else None,
            "shares": share_text(names, shares) if len(names) > 1 else None,
            "line": " + ".join(lines),
            "transaction": leader.step,
            "bound_on": leader.start,
            "effective_on": leader.start,
            "expires_on": leader.cells["expires_on"],
            "annual_premium": sum(premiums.values()),
            "carrier": leader.cells["carrier"],
            "commission_rate": leader.cells["rate"] if len(rates) == 1 else None,
            "commission": sum(row.amount("commission") for row in rows),
            "state": leader.cells["state"],
        }

    def _say(self, any_rows: bool) -> None:
        if self._roster.note is not None:
            self.out.note(self._roster.note)
        if any_rows:
            self.out.note(
                "Rows that tell a whole term bring it with its stated commission; its start stands for the day it was "
                "bound. Of a term that is in the book already only commission, rate and end change. Rows without "
                "client, line, start, premium or new or renewal are rejected, not guessed."
            )
        if self._moved:
            self.out.note(
                f"Changes of {self._moved:,} terms add to the commission; their premium is left, because the statement "
                "does not say whether it is by the year."
            )


def _said(text: str, own_clients: bool) -> dict[str, Cell]:
    """What a heading says of the rows below: whose they are, what they are, or who the client is."""
    labelled = _LABEL.fullmatch(text)
    if labelled is not None:
        about = _ABOUT.get(folded(labelled["word"]), "client")
        return {about: _NUMBER_BEHIND.sub("", labelled["text"].strip())}
    if step_of(text) is not None:
        return {"transaction": text}
    if own_clients or ":" in text:
        return {}
    return {"client": None if _DOUBTFUL.search(text) else _NUMBER_BEHIND.sub("", text)}


def _parts(split: str, people: int) -> tuple[float, ...] | None:
    """Shares from `60/40` or `0.6/0.4`; equal ones where nothing is said; None where it does not fit."""
    if not split.strip():
        return (1 / people,) * people
    texts = [part.strip().removesuffix("%").strip() for part in re.split(r"[/;]", split)]
    if len(texts) != people or not all(re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", text, re.ASCII) for text in texts):
        return None
    numbers = [Decimal(text) for text in texts]
    whole = sum(numbers)
    return tuple(float(number / whole) for number in numbers) if whole in (1, 100) else None


def _contradiction(starts: Sequence[_Row]) -> tuple[str, str] | None:
    """Why the rows by which one term began cannot be taken together: the field and the reason."""
    first = starts[0]
    for row in starts[1:]:
        if row.step != first.step:
            return "transaction", f"differs from another row of this term (lines {first.line} and {row.line})"
    seen: dict[str, list[_Row]] = {}
    for row in starts:
        before = seen.setdefault(folded(str(row.cells["line"])), [])
        for one in before:
            both = f"lines {one.line} and {row.line} state this term and line of business"
            if one.names == row.names or len(one.names) != 1 or len(row.names) != 1:
                return "policy_number", f"is there twice: {both}; instalments cannot be told from a repetition"
            if one.amount("premium") != row.amount("premium"):
                return "premium", f"differs: {both} for two producers"
        before.append(row)
    return None


def _whose(starts: Sequence[_Row]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The producers of a term: of its one row, or of the rows that state it for one each, by their commissions."""
    people: dict[str, int] = {}
    for row in starts:
        if len(row.names) > 1:
            return row.names, row.shares
        for name in row.names:
            people[name] = people.get(name, 0) + row.amount("commission")
    whole = sum(people.values())
    return tuple(people), tuple(paid / whole if whole else 1 / len(people) for paid in people.values())


def _ending(others: Sequence[_Row]) -> dict[str, Cell]:
    """When the term ended, if its last word is a cancellation."""
    ended: dict[str, Cell] = {}
    for row in sorted(others, key=lambda one: (one.day, one.line)):
        if row.step == CANCEL:
            ended = {"ended_on": row.day, "end_reason": "cancelled"}
        elif row.step == REINSTATE:
            ended = {}
    return ended


def _shown(row: _Row, name: str) -> str:
    cell = row.cells[name]
    return f"{cell / 100:.2f}" if name in {"premium", "commission"} and isinstance(cell, int) else str(cell or "")


def _text(name: str, target: str, *headings: str, kind: Kind | Form = Kind.TEXT, required: bool = False) -> Field:
    return Field(name, kind, headings, target, required)


PROFILE = Profile(
    name="carrier_statement",
    title="Carrier: commission statement",
    table="policies",
    fields=(
        _text(
            "policy_number", "policies.policy_number", "Policy Number", "Policy No", "PolicyNo", "Policy #", "Policy",
            kind=Form.ID, required=True,
        ),
        _text(
            "client", "policies.client", "Insured", "Insured Name", "Named Insured", "Name of Insured", "Client",
            "Client Name", "Customer", "Customer Name", "Policyholder", "Policyholder Name", "Account Name",
        ),
        _text(
            "producer", "policies.producer", "Producer", "Producer Name", "Agent", "Agent Name", "Writing Agent",
            "Sub Agent", "Sub Producer", "Producers", kind=Kind.PRODUCER,
        ),
        _text("split", "policies.shares", "Split", "Split %", "Producer Split", "Commission Split"),
        _text(
            "effective_on", "policies.effective_on", "Policy Effective Date", "Policy Eff Date", "Policy Effective",
            "Term Effective Date", "Effective Date", "Eff Date", "Eff. Date", "Effective", "Eff", "Policy Date",
            kind=Kind.DATE,
        ),
        _text(
            "transacted_on", "policies.ended_on", "Transaction Effective Date", "Trans Eff Date", "Transaction Date",
            "Trans Date", "Tran Date", "Entry Date", kind=Kind.DATE,
        ),
        _text(
            "expires_on", "policies.expires_on", "Expiration Date", "Exp Date", "Policy Expiration Date", "Expires",
            kind=Kind.DATE,
        ),
        _text(
            "transaction", "policies.transaction", "Transaction Type", "Transaction", "Trans Type", "Tran Type",
            "Trans", "Tran", "Trans Code", "Business Type", "New/Renewal", "Type",
        ),
        _text(
            "line", "policies.line", "Line of Business", "LOB", "Line", "Product", "Policy Type", "Product Type",
            "Coverage",
        ),
        _text("carrier", "policies.carrier", "Carrier", "Company", "Writing Company", "Insurer", "Carrier Name"),
        _text(
            "premium", "policies.annual_premium", "Annual Premium", "Written Premium", "Premium", "Gross Premium",
            "Premium Amount", "Policy Premium", "Commissionable Premium", "Transaction Premium", kind=Kind.MONEY,
        ),
        _text(
            "rate", "policies.commission_rate", "Commission Rate", "Comm Rate", "Comm. Rate", "Comm %", "Comm. %",
            "Commission %", "Commission Percent", "Comm Pct", "Rate", "Rate %", "%", kind=Kind.RATE,
        ),
        _text(
            "commission", "policies.commission", "Commission", "Commission Amount", "Comm Amount", "Comm. Amount",
            "Commission Due", "Commission Earned", "Commission Paid", "Agent Commission", "Net Commission", "Comm",
            "Comm.", kind=Kind.MONEY, required=True,
        ),
        _text("state", "policies.state", "State", "Risk State", kind=Kind.STATE),
    ),
    fingerprint=(
        ("policy_number",),
        ("commission",),
        ("premium",),
        ("effective_on", "rate", "transaction", "transacted_on"),
    ),
    total="commission",
    shaper=_Statement,
    labels=("policy_number", "client"),
    amends=("commission", "commission_rate", "ended_on", "end_reason"),
)  # fmt: skip
