"""HawkSoft, activity log: one row per entry with its action, such as `Phone To Insured`.

It holds what people logged. What was quoted or written is not in it. Tasks are another export.
"""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.contacts import ContactLog
from desktop.importers.profiles.hawksoft_names import client_name, without_initials
from desktop.importers.profiles.kinds import Contact
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record
from desktop.importers.profiles.synonyms import DIRECTION
from desktop.importers.profiles.yearless import Calendar
from desktop.importers.records import Options
from desktop.importers.values import Unreadable


class _Log(ContactLog):
    """The action says whom it went to; dates may lack the year."""

    system = "HawkSoft"

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._calendar = Calendar(options, titles)

    def moment(self, line: int, record: Record, to_do: bool) -> str | None:
        try:
            day = self._calendar.read(str(record["day"]))
        except Unreadable as unreadable:
            self.out.reject(line, "day", str(record["day"]), str(unreadable))
            return None
        return super().moment(line, {**record, "day": day}, to_do)

    def contact(self, record: Record) -> Contact:
        return super().contact({**record, "code": record["action"]})

    def producer(self, record: Record) -> Cell:
        return super().producer({**record, "producer": without_initials(record["producer"])})

    def client(self, record: Record) -> Cell:
        return client_name(record["client"])[0]

    def finish(self) -> None:
        if self._calendar.note is not None:
            self.out.note(self._calendar.note)
        super().finish()


PROFILE = Profile(
    name="hawksoft_activity",
    title="HawkSoft: activity log",
    table="activities",
    fields=(
        Field("activity_id", Form.ID, ("Log ID", "Log #", "Log Number"), "activities.activity_id"),
        Field(
            "action", Kind.TEXT, ("Log Action", "Action", "Channel", "Log Type", "Contact Method"), "activities.kind"
        ),
        Field("kind", Kind.TEXT, ("Activity Type", "Method", "Type", "Category"), "activities.kind"),
        Field("description", Kind.TEXT, ("Subject", "Description", "Log Description", "Activity"), "activities.note"),
        Field("note", Kind.TEXT, ("Log Note", "Note", "Notes", "Log", "Log Text", "Comments"), "activities.note"),
        Field("client", Kind.TEXT, ("Client", "Client Name", "Named Insured", "Insured"), "activities.client"),
        Field("client_id", Form.ID, ("Client ID", "Client #", "Client Number"), ""),
        Field(
            "producer", Kind.PRODUCER,
            ("Logged By", "User", "Agent", "Employee", "Staff", "Created By", "Entered By", "Producer", "By"),
            "activities.producer",
        ),
        Field(
            "day", Kind.TEXT,
            ("Log Date", "Date", "Date/Time", "Activity Date", "Logged On", "Created Date", "Created"),
            "activities.occurred_at", True,
        ),
        Field("clock", Form.CLOCK, ("Log Time", "Time"), "activities.occurred_at"),
        Field(
            "direction", Kind.CHOICE, ("Direction",), "activities.direction", False, ("outbound", "inbound"), DIRECTION
        ),
        Field("policy", Form.ID, ("Policy Number", "Policy #", "Policy"), ""),
        Field("office", Kind.TEXT, ("Client Office", "Office"), ""),
    ),
    fingerprint=(
        ("action", "kind"),
        ("producer",),
        ("day",),
        ("client", "client_id"),
        ("client_id", "note", "description", "policy", "office", "activity_id"),
        ("action", "client_id", "office", "activity_id"),
    ),
    shaper=_Log,
)  # fmt: skip
