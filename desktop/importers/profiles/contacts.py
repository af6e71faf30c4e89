"""The common part of profiles whose rows are contacts that an agency's people logged: record in, activity out.

A profile names its columns by the fields used here and overrides what its system does otherwise. Knows no headings.
"""

from __future__ import annotations

from desktop.core.templates import Cell
from desktop.importers.profiles.kinds import NOTE, Contact, contact_of, is_to_do
from desktop.importers.profiles.people import Roster, several
from desktop.importers.profiles.profile import Out, Record, Shaper, build
from desktop.importers.records import Options


class ContactLog(Shaper):
    """One activity per row. What is still to be done is a note, because nobody was reached by it yet."""

    system = ""

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self.roster = Roster(self.system)
        self._to_do = 0
        self._shared = 0
        self._plain = 0
        self._rows = 0

    def take(self, line: int, record: Record, extra: str | None) -> None:
        to_do = is_to_do(_text(record.get("status")) or None)
        moment = self.moment(line, record, to_do)
        if moment is None:
            return
        self._rows += 1
        self._to_do += to_do
        contact = Contact(NOTE) if to_do else self.contact(record)
        self._plain += contact.kind == NOTE
        cells: dict[str, Cell] = {
            "occurred_at": moment,
            "producer": self.producer(record),
            "kind": contact.kind,
            "activity_id": self.activity_id(record, moment),
            "direction": record.get("direction") or contact.direction if contact.kind != NOTE else None,
            "outcome": (record.get("outcome") or contact.outcome) if contact.kind == "call" else None,
            "minutes": record.get("minutes"),
            "bulk": contact.bulk,
            "client": self.client(record),
            "note": record.get("description") or record.get("note"),
        }
        self.out.row("activities", line, build("activities", cells), extra)

    def finish(self) -> None:
        if self.roster.note is not None:
            self.out.note(self.roster.note)
        if self._to_do:
            self.out.note(f"{self._to_do:,} rows are still to be done: they are kept as notes and count nowhere.")
        if self._shared:
            self.out.note(f"{self._shared:,} rows name several people: each counts for the one named first.")
        if self._rows and self._plain == self._rows:
            self.out.note("No row names a call, e-mail, text or meeting: all are kept as notes and count nowhere.")

    # --- what a row says --------------------------------------------------------------------------------------------

    def moment(self, line: int, record: Record, to_do: bool) -> str | None:
        """When it happened (what is to be done: when it was written down); None when the row had to be rejected."""
        for name in ("entered", "day", "closed", "due") if to_do else ("day", "closed", "entered", "due"):
            day = record.get(name)
            if day is not None:
                clock = record.get("clock") if name == "day" else None
                return f"{day}T{clock}" if clock is not None and len(str(day)) == 10 else str(day)
        self.out.reject(line, "day", "", "is empty, but required")
        return None

    def contact(self, record: Record) -> Contact:
        """What kind of contact it was."""
        category = f"{_text(record.get('kind'))} {_text(record.get('code'))}"
        return contact_of(category, _text(record.get("description")), _text(record.get("note")))

    def producer(self, record: Record) -> Cell:
        """Whose it is; of several the first."""
        found = [self.roster.person(name) for name in several(self.roster.person(record.get("producer")))]
        named = [name for name in found if name is not None]
        self._shared += len(named) > 1
        return named[0] if named else None

    def activity_id(self, record: Record, moment: str) -> Cell:
        """The system's own id, where it gives one."""
        return record.get("activity_id")

    def client(self, record: Record) -> Cell:
        """Whom it was about."""
        return record.get("client")


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
