"""A phone system's call log: one row per call. It knows who called which number, not what was said or for whom."""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.profile import Field, Form, Profile, Record, Shaper, build
from desktop.importers.profiles.synonyms import DIRECTION, OUTCOME

_USER = (
    "Extension / Name", "Name / Extension", "Extension Name", "User", "User Name", "Agent", "Agent Name", "Employee",
    "Name", "Caller Name",
)  # fmt: skip


class _Calls(Shaper):
    """Each call becomes one activity of the user whose call it was, with the outside party's number."""

    def take(self, line: int, record: Record, extra: str | None) -> None:
        outward = record["direction"] == "outbound"
        cells: dict[str, Cell] = {
            "occurred_at": _moment(record["day"], record["clock"]),
            "producer": record["user"] or record["extension"],
            "kind": "call",
            "activity_id": record["call_id"],
            "direction": record["direction"],
            "outcome": record["outcome"],
            "minutes": _first(record["duration"], record["seconds"]),
            "phone": _first(record["to"] if outward else record["from"], record["number"]),
        }
        self.out.row("activities", line, build("activities", cells), extra)


def _moment(day: Cell, clock: Cell) -> Cell:
    """Day and time of day from two columns, or both from one."""
    return f"{day}T{clock}" if clock is not None and len(str(day)) == 10 else day


def _first(one: Cell, other: Cell) -> Cell:
    return other if one is None else one


PROFILE = Profile(
    name="phone_calls",
    title="Phone system: call log",
    table="activities",
    fields=(
        Field(
            "direction", Kind.CHOICE, ("Direction", "Call Direction"), "activities.direction", True,
            ("outbound", "inbound"), DIRECTION,
        ),
        Field("from", Kind.PHONE, ("From", "From Number", "Caller", "Calling Number", "Caller ID"), "activities.phone"),
        Field("to", Kind.PHONE, ("To", "To Number", "Called", "Called Number", "Dialed Number"), "activities.phone"),
        Field("number", Kind.PHONE, ("Phone Number", "External Number", "Number"), "activities.phone"),
        Field("user", Kind.PRODUCER, _USER, "activities.producer"),
        Field("extension", Kind.PRODUCER, ("Extension", "Ext", "Ext."), "activities.producer"),
        Field(
            "day", Kind.MOMENT,
            ("Date", "Date/Time", "Call Date", "Start Time", "Call Time", "Start Date", "Date and Time"),
            "activities.occurred_at", True,
        ),
        Field("clock", Form.CLOCK, ("Time", "Time of Day", "Start"), "activities.occurred_at"),
        Field(
            "duration", Form.DURATION, ("Duration", "Call Duration", "Call Length", "Length", "Talk Time"),
            "activities.minutes",
        ),
        Field(
            "seconds", Form.SECONDS,
            ("Duration (seconds)", "Duration (sec)", "Duration (s)", "Duration in seconds", "Seconds"),
            "activities.minutes",
        ),
        Field(
            "outcome", Kind.CHOICE,
            (
                "Action Result", "Call Result", "Action Result / Call Result", "Result", "Disposition", "Call Status",
                "Status",
            ),
            "activities.outcome", False, ("connected", "no_answer", "voicemail"), OUTCOME,
        ),
        Field("call_id", Form.ID, ("Call ID", "Session ID", "Call Session ID"), "activities.activity_id"),
    ),
    fingerprint=(
        ("direction",), ("from", "to", "number"), ("day",), ("duration", "seconds", "outcome"), ("user", "extension"),
    ),
    shaper=_Calls,
)  # fmt: skip
