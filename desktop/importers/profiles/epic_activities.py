"""Applied Epic, activities: one row per activity with its code and status. What was quoted or written is not in it."""

from __future__ import annotations

from desktop.core.templates import Kind
from desktop.importers.profiles.contacts import ContactLog
from desktop.importers.profiles.profile import Field, Form, Profile
from desktop.importers.profiles.synonyms import DIRECTION


class _Activities(ContactLog):
    """Open activities are tasks; closed ones happened, however they ended."""

    system = "Applied Epic"


PROFILE = Profile(
    name="epic_activities",
    title="Applied Epic: activities",
    table="activities",
    fields=(
        Field("activity_id", Form.ID, ("Activity Id", "Activity Unique Id", "Activity #"), "activities.activity_id"),
        Field("kind", Kind.TEXT, ("Activity Type", "Activity Category", "Category", "Type"), "activities.kind"),
        Field("code", Kind.TEXT, ("Activity Code", "Activity Event", "Code", "Event"), "activities.kind"),
        Field("description", Kind.TEXT, ("Activity Description", "Activity", "Description"), "activities.note"),
        Field("note", Kind.TEXT, ("Activity Note", "Note", "Notes", "Comments", "Last Note"), "activities.note"),
        Field("client", Kind.TEXT, ("Client Name", "Account Name", "Client", "Account"), "activities.client"),
        Field(
            "lookup", Form.ID,
            ("Client Lookup Code", "Lookup Code", "Account Lookup Code", "Account Lookup", "Client Code"), "",
        ),
        Field("account_id", Form.ID, ("Client Id", "Account Id"), ""),
        Field(
            "producer", Kind.PRODUCER,
            (
                "Producer", "Producer Name", "Producer Code", "Activity Owner", "Owner", "Who/Owner", "Who/Owner Code",
                "Who", "Assigned To", "Employee", "Employee Name", "User", "Owner Code", "Entered By",
            ),
            "activities.producer",
        ),
        Field(
            "day", Kind.MOMENT, ("Activity Date", "Date", "Activity Date/Time", "Event Date"), "activities.occurred_at"
        ),
        Field("clock", Form.CLOCK, ("Activity Time", "Time"), "activities.occurred_at"),
        Field("closed", Kind.MOMENT, ("Closed Date", "Date Closed", "Completed Date"), "activities.occurred_at"),
        Field(
            "entered", Kind.MOMENT, ("Entered Date", "Date Entered", "Created Date", "Entered", "Added Date"),
            "activities.occurred_at",
        ),
        Field(
            "due", Kind.MOMENT, ("Follow Up Start Date", "Follow Up Date", "Follow Up", "Due Date", "Start Date"),
            "activities.occurred_at",
        ),
        Field("status", Kind.TEXT, ("Activity Status", "Status", "Closed Status"), ""),
        Field(
            "direction", Kind.CHOICE, ("Direction", "Call Direction"), "activities.direction", False,
            ("outbound", "inbound"), DIRECTION,
        ),
        Field("policy", Form.ID, ("Policy Number", "Policy #"), ""),
        Field("line", Kind.TEXT, ("Line of Business", "Policy Type", "LOB"), ""),
        Field("branch", Kind.TEXT, ("Branch", "Branch Name"), ""),
        Field("department", Kind.TEXT, ("Dept", "Department"), ""),
    ),
    fingerprint=(
        ("producer",),
        ("day", "closed", "entered"),
        ("description", "code", "kind"),
        ("activity_id", "code", "lookup"),
        ("client", "lookup", "account_id"),
        ("lookup", "account_id", "status", "branch", "department"),
    ),
    shaper=_Activities,
)  # fmt: skip
