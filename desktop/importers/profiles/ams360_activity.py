"""AMS360, producer activity: one row per activity of a customer. What was quoted or written is not in it.

It holds what people logged: an agency whose producers do not log their calls shows none here.
"""

from __future__ import annotations

from desktop.core.templates import Kind
from desktop.importers.profiles.contacts import ContactLog
from desktop.importers.profiles.profile import Field, Form, Profile
from desktop.importers.profiles.synonyms import DIRECTION


class _Activity(ContactLog):
    """People go by short names of at most six letters."""

    system = "AMS360"


PROFILE = Profile(
    name="ams360_activity",
    title="AMS360: producer activity",
    table="activities",
    fields=(
        Field("activity_id", Form.ID, ("Activity ID", "Activity #", "Activity Number"), "activities.activity_id"),
        Field(
            "kind", Kind.TEXT,
            ("Activity Type", "Action", "Activity Action", "Activity", "Activity Category", "Category", "Type"),
            "activities.kind",
        ),
        Field("description", Kind.TEXT, ("Description", "Activity Description", "Subject"), "activities.note"),
        Field("note", Kind.TEXT, ("Note", "Notes", "Comments", "Remarks"), "activities.note"),
        Field("client", Kind.TEXT, ("Customer Name", "Customer", "Firm Name"), "activities.client"),
        Field("client_id", Form.ID, ("Customer Number", "Customer #", "Cust #", "Customer ID"), ""),
        Field(
            "producer", Kind.PRODUCER,
            (
                "Producer", "Exec", "Account Exec", "Executive", "Employee", "Employee Name", "Entered By", "Done By",
                "Assigned To", "User",
            ),
            "activities.producer",
        ),
        Field("rep", Kind.TEXT, ("Rep", "Account Rep", "Representative"), ""),
        Field(
            "day", Kind.MOMENT, ("Activity Date", "Action Date", "Date", "Date/Time", "Activity Date/Time"),
            "activities.occurred_at",
        ),
        Field("clock", Form.CLOCK, ("Activity Time", "Time"), "activities.occurred_at"),
        Field("closed", Kind.MOMENT, ("Completed Date", "Date Completed", "Closed Date"), "activities.occurred_at"),
        Field(
            "entered", Kind.MOMENT, ("Entered Date", "Date Entered", "Created Date", "Entry Date"),
            "activities.occurred_at",
        ),
        Field("due", Kind.MOMENT, ("Due Date", "Suspense Date", "Follow Up Date"), "activities.occurred_at"),
        Field("status", Kind.TEXT, ("Activity Status", "Status", "Suspense Status"), ""),
        Field(
            "direction", Kind.CHOICE, ("Direction", "Call Direction"), "activities.direction", False,
            ("outbound", "inbound"), DIRECTION,
        ),
        Field("policy", Form.ID, ("Policy #", "Policy Number"), ""),
        Field("line", Kind.TEXT, ("Policy Type", "Line of Business"), ""),
        Field("division", Kind.TEXT, ("Division", "GL Division", "Branch"), ""),
    ),
    fingerprint=(
        ("producer",),
        ("day", "entered", "closed"),
        ("kind",),
        ("client", "client_id"),
        ("description", "note", "policy", "client_id"),
    ),
    shaper=_Activity,
)  # fmt: skip
