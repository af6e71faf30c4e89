"""One term listed several times for one transaction: by line of business, by producer, by package part, or just twice.

Rows of one line for several producers state one premium, by their shares; rows of several lines add up; the lines of a
package are in the package's premium. Anything else contradicts itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.importers.profiles.terms import Entry

_PACKAGE = re.compile(r"\b(package|pkg|cpkg|cpp)\b", re.IGNORECASE)
_TOLERANCE = 0.001
_ROUNDING = 2
"""Cents by which a premium may miss its share; one, doubled by a half-year term."""


class Contradiction(Exception):  # noqa: N818 - a finding about rows, not a fault
    """Rows of one term that cannot all be true: the row, its field and value, and why."""

    def __init__(self, line: int, name: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.line, self.field, self.value, self.reason = line, name, value, reason


@dataclass(slots=True)
class Folded:
    """A term's premium by line (cents a year; `base` as it began, `total` as it stands), and whose it is."""

    amounts: dict[str, int | None] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    unsplit: bool = False
    package: str | None = None
    base: int | None = None
    total: int | None = None

    @property
    def insurance_line(self) -> str | None:
        """The package's name, or the only line's; None where there are several or none."""
        return self.package or (next(iter(self.amounts)) or None if len(self.amounts) == 1 else None)

    def add_up(self) -> None:
        """The total of what the lines say; None where none says anything."""
        stated = [amount for amount in self.amounts.values() if amount is not None]
        whole = self.amounts.get(self.package) if self.package is not None else None
        self.total = whole or (sum(stated) if stated else None)

    def state(self, entry: Entry) -> None:
        """The first premium that is stated at all."""
        self.amounts[entry.insurance_line] = entry.premium
        self.base = self.total = entry.premium

    def change(self, entry: Entry) -> None:
        """A new premium of one line, or of the whole where there is one line only."""
        if not entry.premium:
            self.total = None if self.total is None else self.total + (entry.delta or 0)
            return
        if len(self.amounts) > 1 and self.package is None and entry.insurance_line in self.amounts:
            self.amounts[entry.insurance_line] = entry.premium
            self.add_up()
        else:
            self.total = entry.premium


def fold_rows(rows: Sequence[Entry]) -> Folded:
    """The rows by which a term began. Raises Contradiction."""
    folded = Folded()
    lines: dict[str, list[Entry]] = {}
    parts = [entry for entry in rows if entry.part]
    for entry in rows:
        if not entry.part:
            lines.setdefault(entry.insurance_line, []).append(entry)
    for name, entries in lines.items():
        folded.amounts[name] = _premium_of(entries)
        _share(folded, entries)
    first = next(iter(lines), "")
    if parts or (len(lines) > 1 and _PACKAGE.search(first)):
        folded.package = first
    folded.add_up()
    if not folded.total and parts:
        folded.total = sum({entry.insurance_line: entry.premium or 0 for entry in parts}.values())
    folded.base = folded.total
    return folded


def commission_of(rows: Sequence[Entry], folded: Folded) -> int | None:
    """The commission that the rows state, folded as their premium: once per line, in pieces where it differs."""
    lines: dict[str, list[int]] = {}
    for entry in rows:
        stated = entry.cells.get("commission")
        if isinstance(stated, int) and not entry.part and folded.package in {None, entry.insurance_line}:
            lines.setdefault(entry.insurance_line, []).append(stated)
    return sum(each[0] if len(set(each)) == 1 else sum(each) for each in lines.values()) if lines else None


def _premium_of(entries: Sequence[Entry]) -> int | None:
    """One line's premium: stated once or repeated, or in pieces that go by the shares."""
    stated = [entry for entry in entries if entry.premium]
    if not stated:
        return None if all(entry.premium is None for entry in entries) else 0
    first = stated[0]
    odd = next((entry for entry in stated if entry.premium != first.premium), None)
    if odd is None:
        return first.premium
    pieces = _pieces(entries)
    if pieces is None:
        raise Contradiction(
            odd.line, *odd.stated,
            f"differs from line {first.line}, which states another premium of the same policy",
        )  # fmt: skip
    return pieces


def _pieces(entries: Sequence[Entry]) -> int | None:
    """The sum of premiums that go exactly by the producers' shares; None where they do not."""
    if len({entry.names for entry in entries}) < len(entries) or any(len(entry.shares) != 1 for entry in entries):
        return None
    total = sum(entry.premium or 0 for entry in entries)
    exact = all(abs((entry.premium or 0) - total * entry.shares[0]) <= _ROUNDING for entry in entries)
    return total if exact else None


def _share(folded: Folded, entries: Sequence[Entry]) -> None:
    """Whose the line is: one row's producers, or one producer per row with that row's share."""
    if folded.names:
        return
    people: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        if entry.names:
            people.setdefault(entry.names, entry)
    if not people:
        return
    first = next(iter(people.values()))
    if len(people) == 1 and len(first.names) > 1:
        folded.names, folded.shares = first.names, first.shares
    elif any(entry.shares for entry in people.values()):
        _sum_up(folded, list(people.values()))
    else:
        folded.names, folded.unsplit = first.names[:1], len(people) > 1


def _sum_up(folded: Folded, entries: Sequence[Entry]) -> None:
    """Shares from several rows, of one producer each; they must make up the whole."""
    last = entries[-1]
    entries = [entry for entry in entries if entry.shares and entry.shares != (0.0,)]
    shares = tuple(share for entry in entries for share in entry.shares)
    if abs(sum(shares) - 1) > _TOLERANCE or len(shares) != len(entries):
        raise Contradiction(
            last.line, "split", f"{sum(shares):.2%}",
            "is what the producers' shares of this policy add up to; the rows of the others are missing",
        )  # fmt: skip
    folded.names, folded.shares = tuple(entry.names[0] for entry in entries), shares
