"""Calls per user: counts in both directions, minutes beside them, on the last day of the period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.importers import Options, Reading
from tests.importers.conftest import SAMPLES, accounted, csv_bytes, named

Load = Callable[..., list[Reading]]


def test_the_sample(load: Load) -> None:
    (reading,) = load(SAMPLES / "phone_totals.csv")
    assert (reading.profile, reading.rows, reading.file_total, reading.our_total) == ("phone_totals", 3, 59, 59)
    shared = {"occurred_at": "2026-03-02", "kind": "call"}
    assert [row for row in named(reading) if row["producer"] == "Dana Whitfield"] == [
        shared | {"producer": "Dana Whitfield", "direction": "outbound", "count": 41},
        shared | {"producer": "Dana Whitfield", "direction": "inbound", "count": 6},
        shared | {"producer": "Dana Whitfield", "outcome": "connected", "count": 0, "minutes": 1.0 * 5530 / 60},
    ]
    assert sum(int(str(row["count"])) for row in named(reading)) == 59 + 28
    assert accounted(reading) == [3, 4, 5]


UNDATED = [["User", "Outbound Calls", "Inbound Calls"], ["Dana", "41", "0"], ["Owen", "0", "0"]]


def test_without_dates_the_period_is_asked_for(tmp_path: Path, load: Load, options: Options) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(csv_bytes(UNDATED))
    (reading,) = load(path)
    assert reading.profile == "phone_totals"
    assert reading.problem is not None and "no dates" in reading.problem.what
    assert list(reading.batches()) == []
    (reading,) = load(path, using=replace(options, period=(date(2026, 3, 2), date(2026, 3, 8))))
    assert reading.problem is None
    assert [(row["occurred_at"], row["count"]) for row in named(reading)] == [("2026-03-08", 41), ("2026-03-08", 0)]


def test_a_range_stands_on_its_last_day(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(
        csv_bytes([["User", "From", "To", "Outbound", "Inbound"], ["Dana", "3/2/2026", "3/8/2026", "5", ""]])
    )
    (reading,) = load(path)
    assert [row["occurred_at"] for row in named(reading)] == ["2026-03-08"]


def test_a_blank_date_is_rejected(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(csv_bytes([["User", "Date", "Outbound", "Inbound"], ["Dana", "", "5", "1"]]))
    (reading,) = load(path)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, "Date")]
