"""What only whole rows of a template can show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import csv_bytes, named

Load = Callable[..., list[Reading]]

STAGES = ["pipeline", "stage", "entered_at", "lead_id", "policy_number"]
PRODUCERS = ["producer_code", "name", "hired_on", "left_on"]
TARGETS = ["metric", "target", "effective_from"]
AVAILABILITY = ["producer", "kind", "weekday", "start", "end"]


@pytest.mark.parametrize(
    ("name", "head", "row", "column"),
    [
        ("stages", STAGES, ["sales", "quoted", "2026-03-02", "", ""], "lead_id"),
        ("stages", STAGES, ["sales", "submitted", "2026-03-02", "L1", ""], "stage"),
        ("stages", STAGES, ["sales", "dreaming", "2026-03-02", "L1", ""], "stage"),
        ("stages", STAGES, ["moon", "quoted", "2026-03-02", "L1", ""], "pipeline"),
        ("producers", PRODUCERS, ["P1", "Lena", "2026-03-02", "2026-03-01"], "left_on"),
        ("availability", AVAILABILITY, ["P1", "hours", "8", "08:00", "12:00"], "weekday"),
        ("availability", AVAILABILITY, ["P1", "hours", "1", "17:00", "09:00"], "end"),
        ("availability", AVAILABILITY, ["P1", "hours", "1", "17:00", ""], "end"),
        ("availability", AVAILABILITY, ["P1", "hours", "1", "", "09:00"], "start"),
        ("availability", AVAILABILITY, ["P1", "hours", "1", "8", "12:00"], "start"),
        ("leads", ["lead_id", "received_at", "stage"], ["L1", "2026-03-02", "somewhere"], "stage"),
        ("targets", TARGETS, ["naps", "3", "2026-01-01"], "metric"),
    ],
)
def test_rejects(tmp_path: Path, load: Load, name: str, head: list[str], row: list[str], column: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes(csv_bytes([head, row]))
    (reading,) = load(path)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, column)]
    assert reading.rejects[0].reason


@pytest.mark.parametrize(
    ("name", "head", "row", "cells"),
    [
        ("stages", STAGES, ["Sales", "Needs Analysis", "3/2/2026 9:00 AM", "L1", ""],
         {"pipeline": "sales", "stage": "needs_analysis", "entered_at": "2026-03-02T09:00:00", "lead_id": "L1"}),
        ("stages", STAGES, ["placement", "in force", "2026-03-02", "", "A1"],
         {"pipeline": "placement", "stage": "in_force", "entered_at": "2026-03-02", "policy_number": "A1"}),
        ("targets", TARGETS, ["Calls Made", "45", "2026-01-01"],
         {"metric": "calls_made", "target": 45.0, "effective_from": "2026-01-01"}),
        ("targets", TARGETS, ["speed_to_lead", "4", "2026-01-01"],
         {"metric": "speed_to_lead", "target": 4.0, "effective_from": "2026-01-01"}),
        ("producers", PRODUCERS, ["P1", "Lena", "2026-03-02", "2026-03-02"],
         {"producer_code": "P1", "name": "Lena", "hired_on": "2026-03-02", "left_on": "2026-03-02"}),
        ("availability", AVAILABILITY, ["P1", "Hours", "1", "8:00 AM", "18:00"],
         {"producer": "P1", "kind": "hours", "weekday": 1, "start": "08:00", "end": "18:00"}),
    ],
)  # fmt: skip
def test_reads(
    tmp_path: Path, load: Load, name: str, head: list[str], row: list[str], cells: dict[str, object]
) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes(csv_bytes([head, row]))
    (reading,) = load(path)
    assert reading.rejects == ()
    assert named(reading) == [cells]
