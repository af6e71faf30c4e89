"""From transaction rows to policy terms: an AMS lists a term several times, by transaction, line and producer.

A start (new, renewal, rewrite) makes a term; a change moves its premium from its date, a cancellation ends it, a
reinstatement lifts that; a premium stated on one of several rows is taken once. What contradicts itself is rejected
with all its rows, never added up (files.md 2). Knows no system's columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.core.templates import TRANSACTIONS, Cell
from desktop.importers.profiles.folding import Contradiction, Folded, commission_of, fold_rows
from desktop.importers.profiles.people import share_text
from desktop.importers.profiles.profile import Out, build
from desktop.importers.profiles.transactions import CANCEL, CHANGE, REINSTATE, YEAR, by_the_year, whole_months


@dataclass(slots=True)
class Entry:
    """One row: what it does to which policy. `cells` are columns of `policies`; `day` is the transaction's own date.

    `premium` is in cents; `delta` what a change adds to it; both are for the term where `termly`, else by the year.
    `stated` is the field that the premium stands in, and its amount as the file has it. `months` is the term's length
    where the row says so. `part` marks a line of a package whose premium is in the package's own. `shares` go with
    `names`.
    """

    line: int
    number: str
    step: str
    effective: str
    cells: dict[str, Cell]
    day: str | None = None
    premium: int | None = None
    stated: tuple[str, str] = ("annual_premium", "")
    delta: int | None = None
    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    termly: bool = False
    months: int | None = None
    part: bool = False
    extra: str | None = None
    client: dict[str, Cell] = field(default_factory=dict)

    @property
    def date(self) -> str:
        """When it takes effect."""
        return self.day or self.effective

    @property
    def insurance_line(self) -> str:
        return str(self.cells.get("line") or "")


@dataclass(slots=True)
class _Term:
    effective: str
    starts: list[Entry] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)

    @property
    def stated_last(self) -> str:
        """The day on which it expires, empty where no row says so."""
        return max((str(entry.cells.get("expires_on") or "") for entry in self.starts), default="")

    def holds(self, day: str) -> bool:
        """Whether a day lies in the term, which is taken for a year where its end is not stated."""
        last = self.stated_last or f"{int(self.effective[:4]) + 1}{self.effective[4:]}"
        return self.effective <= day <= last


class Terms:
    """Gathers the rows of a file; `finish` writes terms, premium changes and clients.

    `snapshot` marks the terms of a file that lists only what is active.
    """

    def __init__(self, out: Out) -> None:
        self._out = out
        self._policies: dict[str, list[Entry]] = {}
        self._clients: dict[str, tuple[int, dict[str, Cell]]] = {}
        self._unsplit = 0
        self._scaled = 0
        self.snapshot: bool | None = None

    def add(self, entry: Entry) -> None:
        """One readable row."""
        self._policies.setdefault(entry.number, []).append(entry)

    def has(self, number: str) -> bool:
        """Whether any row of this policy was added."""
        return number in self._policies

    def finish(self) -> None:
        """Every row was added."""
        for entries in self._policies.values():
            for term in self._terms(entries):
                self._write(term)
        for line, cells in self._clients.values():
            self._out.row("clients", line, build("clients", cells))
        if self._scaled:
            self._out.note(f"{self._scaled:,} terms are not of twelve months: their premium is taken by the year.")
        if self._unsplit:
            self._out.note(
                f"{self._unsplit:,} policies are listed for several producers without saying who has which part: "
                "each is counted once, for the producer named first."
            )

    # --- which rows are one term ------------------------------------------------------------------------------------

    def _terms(self, entries: Sequence[Entry]) -> Iterable[_Term]:
        terms: dict[str, _Term] = {}
        for entry in entries:
            if entry.step in TRANSACTIONS:
                terms.setdefault(entry.effective, _Term(entry.effective)).starts.append(entry)
        for entry in entries:
            if entry.step not in TRANSACTIONS:
                self._attach(terms, entry)
        return terms.values()

    def _attach(self, terms: dict[str, _Term], entry: Entry) -> None:
        """To the term that it names, else to the latest that holds its day; else a new premium stands by itself."""
        term = terms.get(entry.effective)
        if term is None:
            held = [one for one in terms.values() if one.holds(entry.date)]
            term = max(held, key=lambda one: one.effective, default=None)
        if term is not None:
            term.others.append(entry)
        elif entry.step == CHANGE and entry.day is not None and (entry.premium or 0) > 0:
            _annualise([entry], entry.effective, str(entry.cells.get("expires_on") or ""))
            self._write_change(entry, entry.effective, entry.day, entry.premium)
        else:
            self._out.reject(
                entry.line, "policy_number", entry.number,
                "has no new business or renewal row in this file that this transaction could belong to",
            )  # fmt: skip

    # --- one term ---------------------------------------------------------------------------------------------------

    def _write(self, term: _Term) -> None:
        rows = [*term.starts, *term.others]
        self._scaled += _annualise(rows, term.effective, term.stated_last)
        try:
            folded = fold_rows(term.starts)
            transaction = _transaction(rows)
            changes = _changes(folded, term.others)
            if folded.total is None:
                raise Contradiction(rows[0].line, rows[0].stated[0], "", "is empty on every row of this policy")
        except Contradiction as found:
            self._refuse(rows, found)
            return
        leader = rows[0]
        cells = _cells(rows) | _ending(term.others)
        cells |= {"transaction": transaction, "annual_premium": folded.base, "effective_on": term.effective}
        said = [(entry.names, entry.shares) for entry in rows if entry.names]
        names, shares = (folded.names, folded.shares) if folded.names else next(iter(said), ((), ()))
        cells["producer"] = names[0] if names else None
        cells["shares"] = share_text(names, shares) if len(shares) > 1 else None
        cells["line"] = folded.insurance_line or cells.get("line")
        cells["bound_on"] = cells.get("bound_on") or term.effective
        cells["snapshot"] = self.snapshot
        cells["commission"] = commission_of(term.starts, folded)
        self._unsplit += folded.unsplit
        self._out.row("policies", leader.line, build("policies", cells), leader.extra)
        self._note_client(leader.line, rows)
        self._write_changes(leader, rows[1:], changes)

    def _write_changes(self, leader: Entry, rest: Sequence[Entry], changes: dict[str, tuple[Entry, int]]) -> None:
        """Premium changes stand on their own lines; all other rows became part of the term's."""
        own = {entry.line for entry, _premium in changes.values()}
        for day, (entry, premium) in changes.items():
            self._write_change(entry, leader.effective, day, premium)
        for entry in rest:
            if entry.line not in own:
                self._out.merge(entry.line, leader.line)

    def _write_change(self, entry: Entry, effective: str, day: str, premium: int | None) -> None:
        cells: dict[str, Cell] = {
            "policy_number": entry.number, "effective_on": effective, "from": day, "annual_premium": premium,
        }  # fmt: skip
        self._out.row("premiums", entry.line, build("premiums", cells), entry.extra)

    def _refuse(self, rows: Sequence[Entry], found: Contradiction) -> None:
        for entry in rows:
            if entry.line == found.line:
                self._out.reject(entry.line, found.field, found.value, found.reason)
            else:
                reason = f"belongs to the policy on line {found.line}, which cannot be taken"
                self._out.reject(entry.line, "policy_number", entry.number, reason)

    def _note_client(self, line: int, rows: Sequence[Entry]) -> None:
        """One row per client with an id, the first that is met."""
        for entry in rows:
            if entry.client.get("client_id") is not None:
                self._clients.setdefault(str(entry.client["client_id"]), (line, entry.client))
                return


def _transaction(rows: Sequence[Entry]) -> str:
    """How the term began; a term that began in two ways is none."""
    first = rows[0]
    for entry in rows:
        if entry.step in TRANSACTIONS and entry.step != first.step:
            reason = f"differs from line {first.line}, which says {first.step} of the same term"
            raise Contradiction(entry.line, "transaction", entry.step, reason)
    return first.step


def _annualise(rows: Sequence[Entry], effective: str, last: str) -> bool:
    """Bring premiums for the term to the year, by the length that a row states, else by the dates. Whether it did."""
    if not any(entry.termly for entry in rows):
        return False
    stated = next((entry.months for entry in rows if entry.months is not None), None)
    months = stated or (whole_months(effective, last) if last else None)
    if months is None or months == YEAR:
        return False
    for entry in rows:
        if entry.termly:
            entry.premium = None if entry.premium is None else by_the_year(entry.premium, months)
            entry.delta = None if entry.delta is None else by_the_year(entry.delta, months)
            entry.termly = False
    return True


def _changes(folded: Folded, others: Sequence[Entry]) -> dict[str, tuple[Entry, int]]:
    """Premium by the year from each day on which it changed, with the row that says so; the last of a day stands.

    Where no start states a premium, the first row that does is the term's.
    """
    found: dict[str, tuple[Entry, int]] = {}
    for entry in _in_order(others):
        if not folded.total and entry.premium and entry.step != CANCEL:
            folded.state(entry)
            continue
        if entry.step != CHANGE or (not entry.premium and not entry.delta):
            continue
        if entry.premium is not None and entry.premium < 0:
            raise Contradiction(entry.line, *entry.stated, "is negative; a term's premium is not")
        before = folded.total
        folded.change(entry)
        if folded.total is not None and folded.total != before:
            found[entry.date] = (entry, folded.total)
    return found


def _ending(others: Sequence[Entry]) -> dict[str, Cell]:
    """When and why the term ended, if its last word is a cancellation."""
    ended: dict[str, Cell] = {}
    for entry in _in_order(others):
        if entry.step == CANCEL:
            ended = {"ended_on": entry.date, "end_reason": entry.cells.get("end_reason") or "cancelled"}
        elif entry.step == REINSTATE:
            ended = {}
    return ended


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.date, entry.line))


def _cells(rows: Sequence[Entry]) -> dict[str, Cell]:
    """Each column from the first row that states it, rows of other transactions last."""
    cells: dict[str, Cell] = {}
    for entry in rows:
        for name, cell in entry.cells.items():
            if cell is not None and (name != "end_reason" or entry.step in TRANSACTIONS):
                cells.setdefault(name, cell)
    return cells | {"policy_number": rows[0].number}
