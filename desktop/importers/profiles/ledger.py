"""The common part of profiles whose rows are policy transactions: record in, entry of a term out.

A profile names its columns by the fields used here and overrides what its system does otherwise. Knows no headings.
"""

from __future__ import annotations

import re

from desktop.core.templates import TRANSACTIONS, Cell
from desktop.importers.profiles.people import Roster, several
from desktop.importers.profiles.profile import Out, Record, Shaper
from desktop.importers.profiles.terms import Entry, Terms
from desktop.importers.profiles.transactions import CANCEL, months_of, step_of
from desktop.importers.records import Options

_NEW_BUSINESS = re.compile(r"new[\s_-]*(business|polic|biz)|newbusiness|\bnb\b", re.IGNORECASE)
_OTHER_BUSINESS = re.compile(r"renew|in[\s_-]*force|book[\s_-]*of|expir|policy[\s_-]*(list|master)", re.IGNORECASE)
_PART = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?|\.[0-9]+)\s*(%?)", re.ASCII)
_KEPT = ("client", "client_id", "carrier", "expires_on", "source", "state", "zip", "commission_rate", "lead_id")


class Ledger(Shaper):
    """One transaction per row."""

    system = ""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self.roster = Roster(self.system)
        self.terms = Terms(out)
        self._ended = 0
        self._refused: list[tuple[int, str]] = []
        about = " ".join((options.file, *titles))
        self._is_new_business = bool(_NEW_BUSINESS.search(about)) and not _OTHER_BUSINESS.search(about)

    def take(self, line: int, record: Record, extra: str | None) -> None:
        entry = self.entry(line, record, extra)
        if entry is not None:
            self.terms.add(entry)

    def refused(self, line: int, record: Record) -> None:
        if record.get("policy_number") is not None:
            self._refused.append((line, str(record["policy_number"])))

    def finish(self) -> None:
        self.terms.finish()
        if self.roster.note is not None:
            self.out.note(self.roster.note)
        if self._ended:
            self.out.note(
                f"{self._ended:,} rows are of cancelled policies without the day of cancellation: they stay as "
                "written, in force until they expire."
            )
        for line, number in self._refused:
            if self.terms.has(number):
                self.out.note(f"Policy {number} is imported without line {line}, which cannot be read.")

    # --- what a row says --------------------------------------------------------------------------------------------

    def entry(self, line: int, record: Record, extra: str | None) -> Entry | None:
        """The row as an entry of a term; None when it had to be rejected."""
        if record.get("policy_number") is None:
            self.out.reject(line, "policy_number", "", "is empty, but required")
            return None
        step = self.step(line, record)
        insurance_line = self.insurance_line(line, record) if step is not None else None
        people = self.people(line, record) if insurance_line is not None else None
        if step is None or insurance_line is None or people is None:
            return None
        entry = Entry(
            line, str(record["policy_number"]), step, str(record["effective_on"]),
            self.cells(record, step) | {"line": insurance_line}, names=people[0], shares=people[1], extra=extra,
        )  # fmt: skip
        entry.day = None if record.get("day") is None else str(record["day"])[:10]
        entry.client = self.client(record, entry)
        if step in TRANSACTIONS and step_of(record.get("status")) == CANCEL and entry.cells.get("ended_on") is None:
            self._ended += 1
        return entry if self._priced(entry, record) else None

    def step(self, line: int, record: Record) -> str | None:
        """What the row does to its policy: its transaction, else a status that says so, else the report's title."""
        stated = record.get("transaction")
        found = step_of(stated)
        if stated is not None and found is None:
            self.out.reject(line, "transaction", str(stated), "is no policy transaction that is known")
            return None
        if found is None and step_of(record.get("status")) in TRANSACTIONS:
            found = step_of(record.get("status"))
        if found is None and self._is_new_business:
            found = "new"
        if found is None:
            self.out.reject(
                line, "transaction", "",
                "is empty, and nothing else says whether this is new business or a renewal; add the transaction type, "
                "or “New Business” to the file's name",
            )  # fmt: skip
        return found

    def insurance_line(self, line: int, record: Record) -> str | None:
        """The line of business, else the policy's type."""
        for name in ("line", "policy_type"):
            if record.get(name) is not None:
                return str(record[name]).strip()
        self.out.reject(line, "line", "", "is empty, but required")
        return None

    def people(self, line: int, record: Record) -> tuple[tuple[str, ...], tuple[float, ...]] | None:
        """Producers and their shares, as far as the row says; None when the shares cannot be read."""
        found = [self.roster.person(name) for name in several(self.roster.person(record.get("producer")))]
        names = tuple(str(name) for name in found if name is not None)
        text = "" if record.get("split") is None else str(record["split"])
        shares = shares_of(text, len(names))
        if shares is None:
            self.out.reject(line, "split", text, "is not the share of the producers on this row")
            return None
        return names, shares

    def cells(self, record: Record, step: str) -> dict[str, Cell]:
        """Columns of `policies` that the row states itself."""
        cells: dict[str, Cell] = {name: record.get(name) for name in _KEPT}
        cells["carrier"] = cells["carrier"] or record.get("company")
        if step in TRANSACTIONS:
            cells["bound_on"] = record.get("bound_on") or record.get("day")
            cells["commission"] = record.get("commission")
            cells["ended_on"] = record.get("ended_on")
        elif step == CANCEL:
            cells["end_reason"] = record.get("end_reason")
        return cells

    def client(self, record: Record, entry: Entry) -> dict[str, Cell]:
        """The row of `clients`; without an id there is none."""
        return {
            "client_id": record.get("client_id"), "name": record["client"], "zip": record.get("zip"),
            "state": record.get("state"), "csr": self.roster.person(record.get("csr")),
        }  # fmt: skip

    def _priced(self, entry: Entry, record: Record) -> bool:
        """Put the premium on the entry, and how long a term it is for; False when the row had to be rejected."""
        term = record.get("term")
        if term is not None:
            entry.months = months_of(str(term))
            if entry.months is None:
                self.out.reject(entry.line, "term", str(term), "is no length of a term")
                return False
        annual, termly, delta = (record.get(name) for name in ("annual_premium", "term_premium", "delta"))
        entry.termly = annual is None and termly is not None
        entry.premium = _cents(termly if entry.termly else annual)
        entry.delta = _cents(delta)
        if entry.premium is not None:
            entry.stated = ("term_premium" if entry.termly else "annual_premium", f"{entry.premium / 100:.2f}")
            if entry.step in TRANSACTIONS and entry.premium < 0:
                self.out.reject(entry.line, *entry.stated, "is negative; a term's premium is not")
                return False
        return True


def shares_of(text: str, people: int) -> tuple[float, ...] | None:
    """Shares of the whole from `60%`, `60`, `0.6` or `60/40`; none stated: equal ones for several people. None where
    they do not fit the people."""
    parts = [part.strip() for part in re.split(r"[/;]", text) if part.strip()]
    if not parts:
        return _equal(people) if people > 1 else ()
    found = [_PART.fullmatch(part) for part in parts]
    if any(one is None for one in found):
        return None
    bare = [(float(one[1]), bool(one[2])) for one in found if one is not None]
    as_percent = any(percent or number > 1 for number, percent in bare)
    shares = tuple(number / 100 if as_percent else number for number, _percent in bare)
    if max(shares) > 1:
        return None
    if people > 1 and len(shares) == 1:
        return _equal(people) if abs(shares[0] - 1 / people) < 0.01 or shares[0] == 1 else None
    if len(shares) > 1 and abs(sum(shares) - 1) > 0.001:
        return None
    return shares if len(shares) == max(people, 1) else None


def _equal(people: int) -> tuple[float, ...]:
    """Equal shares to four places; the first takes what rounding leaves."""
    each = round(1 / people, 4)
    return (round(1 - each * (people - 1), 4), *[each] * (people - 1))


def _cents(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None
