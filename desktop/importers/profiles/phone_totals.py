"""A phone system's totals: one row per user and day, or per user and longer period. Single calls are not in it.

A total stands on the last day of its period. Talk time covers calls in both directions and stands on a row of its own
that counts no call, so that neither direction's count nor the minutes are bent.
"""

from __future__ import annotations

from desktop.core.templates import Cell, Kind
from desktop.importers.profiles.profile import Field, Form, Profile, Record, Shaper, build


class _Totals(Shaper):
    """Each row becomes a count of outbound calls, one of inbound calls, and the minutes talked."""

    def take(self, line: int, record: Record, extra: str | None) -> None:
        day = record["day"]
        if day is None and self.options.period is not None:
            day = self.options.period[1].isoformat()
        if day is None:
            self.out.reject(line, "day", "", "is empty, and no period is given")
            return
        shared: dict[str, Cell] = {"occurred_at": day, "producer": record["user"], "kind": "call"}
        outbound, inbound = record["outbound"], record["inbound"]
        if outbound is not None or not inbound:
            self._add(line, shared, extra, {"direction": "outbound", "count": outbound or 0})
            extra = None
        if inbound:
            self._add(line, shared, extra, {"direction": "inbound", "count": inbound})
        minutes = record["talk"] if record["talk"] is not None else record["talk_seconds"]
        if minutes:
            self._add(line, shared, None, {"outcome": "connected", "count": 0, "minutes": minutes})

    def _add(self, line: int, shared: dict[str, Cell], extra: str | None, own: dict[str, Cell]) -> None:
        self.out.row("activities", line, build("activities", shared | own), extra)


PROFILE = Profile(
    name="phone_totals",
    title="Phone system: calls per user",
    table="activities",
    fields=(
        Field(
            "user", Kind.PRODUCER,
            ("User", "User Name", "Name", "Agent", "Agent Name", "Employee", "Extension Name", "Extension"),
            "activities.producer", True,
        ),
        Field(
            "day", Kind.DATE,
            ("Period End", "End Date", "Week Ending", "To", "Date To", "Date", "Day", "Call Date"),
            "activities.occurred_at",
        ),
        Field(
            "outbound", Kind.COUNT,
            (
                "Outbound Calls", "Outbound", "Outgoing Calls", "Outgoing", "Total Outbound", "Calls Made",
                "Total Outbound Calls",
            ),
            "activities.count",
        ),
        Field(
            "inbound", Kind.COUNT,
            (
                "Inbound Calls", "Inbound", "Incoming Calls", "Incoming", "Total Inbound", "Calls Received",
                "Total Inbound Calls",
            ),
            "activities.count",
        ),
        Field(
            "talk", Form.DURATION, ("Talk Time", "Total Talk Time", "Total Duration", "Call Duration", "Duration"),
            "activities.minutes",
        ),
        Field(
            "talk_seconds", Form.SECONDS, ("Talk Time (seconds)", "Talk Time (sec)", "Talk Time (s)", "Talk Seconds"),
            "activities.minutes",
        ),
    ),
    fingerprint=(("user",), ("outbound",), ("inbound", "talk", "talk_seconds", "day")),
    total="outbound",
    shaper=_Totals,
    undated=("day",),
)  # fmt: skip
