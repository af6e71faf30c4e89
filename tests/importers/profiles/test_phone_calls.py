"""Call logs: one activity per call, of the user whose call it was, with the outside party's number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import SAMPLES, csv_bytes, named

Load = Callable[..., list[Reading]]
HEAD = ["Direction", "From", "To", "Extension / Name", "Date", "Time", "Duration (h:mm:ss)", "Call Result"]
CALL = ["Outbound", "6145550100", "6145552301", "Dana", "3/2/2026", "9:05 AM", "0:04:30", "Connected"]


def test_the_sample(load: Load) -> None:
    (reading,) = load(SAMPLES / "phone_calls.csv")
    assert (reading.profile, reading.rows, reading.rejected_rows) == ("phone_calls", 6, 1)
    calls = named(reading)
    assert calls[0] == {
        "occurred_at": "2026-03-02T09:05:00", "producer": "Dana Whitfield", "kind": "call", "direction": "outbound",
        "outcome": "connected", "minutes": 4.5, "phone": "+16145552301",
    }  # fmt: skip
    assert [call["direction"] for call in calls] == ["outbound", "outbound", "inbound", "inbound", "outbound"]
    assert [call["outcome"] for call in calls] == ["connected", "voicemail", "connected", "no_answer", "connected"]
    assert [call["phone"] for call in calls] == [f"+1614555230{at}" for at in (1, 2, 1, 3, 4)]
    assert calls[4]["producer"] == "103"
    assert calls[4]["occurred_at"] == "2026-03-03T16:59:07"
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(7, "Date", "13/03/2026")]


def log(tmp_path: Path, *rows: list[str]) -> Path:
    path = tmp_path / "log.csv"
    path.write_bytes(csv_bytes([["Call log"], HEAD, *rows]))
    return path


def test_headings_of_the_other_kind(tmp_path: Path, load: Load) -> None:
    (reading,) = load(log(tmp_path, CALL))
    assert reading.profile == "phone_calls"
    assert named(reading)[0]["producer"] == "Dana"


@pytest.mark.parametrize(
    ("at", "cell", "column"),
    [(0, "Internal", "Direction"), (5, "25:00", "Time"), (6, "312", "Duration (h:mm:ss)"),
     (7, "Exploded", "Call Result"), (0, "", "Direction"), (4, "", "Date")],
)  # fmt: skip
def test_rejects(tmp_path: Path, load: Load, at: int, cell: str, column: str) -> None:
    (reading,) = load(log(tmp_path, [*CALL[:at], cell, *CALL[at + 1 :]]))
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(3, column, cell)]


def test_date_and_time_may_share_a_column(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(csv_bytes([["Direction", "From", "To", "User", "Date/Time", "Duration"],
                                ["Incoming", "6145552301", "100", "Dana", "3/2/2026 9:05 AM", "4:30"]]))  # fmt: skip
    (reading,) = load(path)
    assert named(reading)[0]["occurred_at"] == "2026-03-02T09:05:00"
    assert named(reading)[0]["minutes"] == 4.5
