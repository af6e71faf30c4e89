"""A producer's returned self-report form, workbook or PDF: one line to each kind of activity, its code hidden.

A line is a count of one producer's week; left empty it says nothing. The code says whose, when and what, so that a form
that comes twice is the same record and a newer one replaces it.
"""

from __future__ import annotations

from desktop.core import periods, selfreports
from desktop.core.selfreports import CODE_HEADING, COUNT_HEADING, LABEL_HEADING
from desktop.core.templates import Cell, Kind
from desktop.errors import UserError
from desktop.importers.profiles.profile import Field, Form, Profile, Record, Shaper, build


class _Counts(Shaper):
    """Each filled line becomes the week's count of its kind; empty ones become part of the first filled one."""

    _empty: list[int]
    _filled: int | None = None

    def take(self, line: int, record: Record, extra: str | None) -> None:
        if not hasattr(self, "_empty"):
            self._empty = []
        count = record["count"]
        if count is None:
            self._empty.append(line)
            return
        try:
            found = selfreports.read_code(str(record["code"]))
            day = selfreports.day_of(periods.iso_week(found.week), self.options.today)
        except UserError as error:
            self.out.reject(line, "code", str(record["code"]), f"cannot be taken: {error.what}")
            return
        if not isinstance(count, int) or not 0 <= count <= selfreports.MOST:
            self.out.reject(line, "count", str(count), f"is not between 0 and {selfreports.MOST:,}")
            return
        cells: dict[str, Cell] = {
            "occurred_at": day.isoformat(),
            "producer": found.producer,
            "kind": found.kind,
            "activity_id": found.id,
            "direction": "outbound",
            "count": count,
            "self_reported": True,
        }
        self.out.row("activities", line, build("activities", cells))
        self._filled = line if self._filled is None else self._filled

    def finish(self) -> None:
        for line in getattr(self, "_empty", []):
            if self._filled is None:
                self.out.reject(line, "count", "", "is empty, and so is every other line of the form")
            else:
                self.out.merge(line, self._filled)


PROFILE = Profile(
    name="self_report",
    title="Producer Desk: returned self-report form",
    table="activities",
    fields=(
        Field("code", Form.ID, (CODE_HEADING,), "activities.activity_id", True),
        Field("count", Kind.COUNT, (COUNT_HEADING,), "activities.count"),
        Field("what", Kind.TEXT, (LABEL_HEADING,), "activities.note"),
    ),
    fingerprint=(("code",), ("count",)),
    sections=False,
    shaper=_Counts,
)
