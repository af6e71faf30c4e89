"""HawkSoft, tasks: what people have to do or did; overlapping exports share rows.

A task is known again by client, title and due date, because the export has no id. Dates such as `Today, Mar 10` have no
year. What was quoted or written is not in it.
"""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.contacts import ContactLog
from desktop.importers.profiles.derived import made_id
from desktop.importers.profiles.hawksoft_names import client_name, without_initials
from desktop.importers.profiles.profile import Field, Form, Out, Profile, Record
from desktop.importers.profiles.yearless import Calendar
from desktop.importers.records import Options
from desktop.importers.values import Unreadable, folded

_DATES = ("entered", "due", "closed")
_OVERDUE = frozenset({"yes", "y", "true", "x", "1", "overdue"})


class _Tasks(ContactLog):
    """One activity per task, for its first assignee."""

    system = "HawkSoft"

    def __init__(self, out: Out, options: Options, titles: tuple[str, ...]) -> None:
        super().__init__(out, options, titles)
        self._calendar = Calendar(options, titles)

    def take(self, line: int, record: Record, extra: str | None) -> None:
        dated = dict(record)
        for name in _DATES:
            text = record[name]
            try:
                dated[name] = None if text is None else self._calendar.read(str(text))
            except Unreadable as unreadable:
                self.out.reject(line, name, str(text), str(unreadable))
                return
        if record["status"] is None and folded(str(record["overdue"] or "")) in _OVERDUE:
            dated["status"] = "Overdue"
        super().take(line, dated, extra)

    def activity_id(self, record: Record, moment: str) -> Cell:
        client, number = client_name(record["client"])
        when = record["due"] or record["entered"] or ""
        whose = record["client_id"] or number or client or without_initials(record["producer"])
        return made_id("HS", whose, record["description"], str(when)[:10])

    def producer(self, record: Record) -> Cell:
        return super().producer({**record, "producer": without_initials(record["producer"])})

    def client(self, record: Record) -> Cell:
        return client_name(record["client"])[0]

    def finish(self) -> None:
        if self._calendar.note is not None:
            self.out.note(self._calendar.note)
        super().finish()


PROFILE = Profile(
    name="hawksoft_tasks",
    title="HawkSoft: tasks",
    table="activities",
    fields=(
        Field("description", Kind.TEXT, ("Task Title", "Task", "Task Name"), "activities.note", True),
        Field("kind", Kind.TEXT, ("Category", "Task Category", "Task Type"), "activities.kind"),
        Field("client", Kind.TEXT, ("Client", "Client Name"), "activities.client"),
        Field("client_id", Form.ID, ("Client ID", "Client #", "Client Number"), "activities.activity_id"),
        Field("producer", Kind.PRODUCER, ("Assignee", "Assigned To", "Assignees"), "activities.producer"),
        Field(
            "entered", Kind.TEXT, ("Created Date", "Date Created", "Created", "Created On"),
            "activities.occurred_at",
        ),
        Field("due", Kind.TEXT, ("Due Date", "Date Due", "Due"), "activities.activity_id"),
        Field(
            "closed", Kind.TEXT, ("Last Updated Date", "Last Updated", "Completed Date", "Updated Date"),
            "activities.occurred_at",
        ),
        Field("status", Kind.TEXT, ("Status", "Task Status"), ""),
        Field("overdue", Kind.TEXT, ("Overdue",), ""),
        Field("on_log", Kind.TEXT, ("On Log",), ""),
        Field("on_attachment", Kind.TEXT, ("On Attachment",), ""),
        Field("priority", Kind.TEXT, ("Priority",), ""),
        Field("carrier", Kind.TEXT, ("Carrier",), ""),
        Field("creator", Kind.TEXT, ("Created By",), ""),
        Field("policy_expires_on", Kind.TEXT, ("Policy Expiration Date",), ""),
        Field("policy_effective_on", Kind.TEXT, ("Policy Effective Date",), ""),
        Field("policy_status_on", Kind.TEXT, ("Policy Status Date",), ""),
    ),
    fingerprint=(
        ("description",),
        ("client", "client_id"),
        ("producer",),
        ("due",),
        ("entered", "closed"),
        ("status", "overdue", "priority"),
    ),
    shaper=_Tasks,
)  # fmt: skip
