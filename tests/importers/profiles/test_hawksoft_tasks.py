"""HawkSoft's tasks: known again by client, title and due date, whatever the export."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.importers import Options, Reading
from tests.importers.conftest import accounted, csv_bytes, named
from tests.importers.profiles.exports import FIRST, LAST, PRODUCERS, Layout, camel, shuffled, underscored, us_date

Load = Callable[..., list[Reading]]
HEAD = [
    "Overdue", "On Log", "On Attachment", "Created Date", "Category", "Task Title", "Due Date", "Priority", "Client",
    "Carrier", "Status", "Assignee", "Created By", "Client ID", "Last Updated Date", "Policy Expiration Date",
    "Policy Effective Date", "Policy Status Date",
]  # fmt: skip
FULL = [(heading, heading) for heading in HEAD]
SHORT = [
    ("Task", "Task Title"), ("Task Category", "Category"), ("Client Name", "Client"), ("Assigned To", "Assignee"),
    ("Due", "Due Date"), ("Created", "Created Date"), ("Last Updated", "Last Updated Date"), ("Task Status", "Status"),
    ("Priority", "Priority"), ("Client #", "Client ID"), ("Colour", "Priority"),
]  # fmt: skip
LAYOUTS = (
    Layout("full", FULL, encoding="utf-8-sig"),
    Layout("camel", camel(shuffled(FULL, 5)), (("Tasks",), ("Run date: 3/9/2026",)), delimiter=";", blank_every=20),
    Layout("short", underscored(shuffled(SHORT, 2)), (("HawkSoft tasks",),), suffix=".xlsx"),
)
WORDS = {"Call": "call", "Email": "email", "Follow Up": "note", "Appointment": "meeting_held", "Renewal": "note"}


def made_up(chance: random.Random, count: int) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    rows: list[dict[str, str]] = []
    truth: list[dict[str, object]] = []
    for at in range(count):
        word, done = chance.choice(list(WORDS)), chance.random() < 0.7
        created = date(2025, 11, 1) + timedelta(days=chance.randrange(60))
        due, updated = created + timedelta(days=chance.randrange(1, 90)), created + timedelta(days=5)
        who = chance.choice(PRODUCERS)
        client = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        rows.append({
            "Created Date": us_date(created.isoformat()), "Category": word, "Task Title": f"Matter {at}",
            "Due Date": f"{due:%b} {due.day}", "Client": f"{client} ({at})", "Client ID": str(at), "Priority": "High",
            "Assignee": f"KSN - {who}", "Status": "Completed" if done else "Not Started", "Overdue": "No",
            "Last Updated Date": us_date(updated.isoformat()),
        })  # fmt: skip
        kind = WORDS[word] if done else "note"
        row: dict[str, object] = {
            "occurred_at": (updated if done else created).isoformat(), "producer": who, "kind": kind,
            "client": client, "note": f"Matter {at}",
        }  # fmt: skip
        truth.append(row | ({"direction": "outbound"} if kind in {"call", "email"} else {}))
    return rows, truth


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_layouts(tmp_path: Path, load: Load, layout: Layout) -> None:
    rows, truth = made_up(random.Random(layout.name), 520)
    path, lines = layout.write(tmp_path, rows)
    (reading,) = load(path)
    assert reading.profile == "hawksoft_tasks"
    found = named(reading)
    assert [{name: cell for name, cell in row.items() if name != "activity_id"} for row in found] == truth
    assert len({row["activity_id"] for row in found}) == 520
    assert accounted(reading) == lines
    assert reading.rejects == ()


ROW = {
    "Created Date": "3/1/2026", "Category": "Call", "Task Title": "Call about the roof", "Due Date": "Mar 10",
    "Client": "Tess Marlow (12)", "Client ID": "12", "Assignee": "KSN - Dana Whitfield; AJK - Owen Pryce",
    "Status": "Completed", "Last Updated Date": "3/5/2026 2:10 PM", "Priority": "Low",
}  # fmt: skip


def read(
    load: Load, folder: Path, *rows: dict[str, str], name: str = "tasks.csv", using: Options | None = None
) -> Reading:
    path = folder / name
    path.write_bytes(csv_bytes([HEAD, *([row.get(heading, "") for heading in HEAD] for row in rows)]))
    (reading,) = load(path, using=using)
    assert reading.profile == "hawksoft_tasks"
    return reading


def test_the_first_of_several_assignees_has_it(tmp_path: Path, load: Load) -> None:
    reading = read(load, tmp_path, ROW)
    (row,) = named(reading)
    assert (row["producer"], row["kind"], row["occurred_at"]) == ("Dana Whitfield", "call", "2026-03-05T14:10:00")
    assert any("1 rows name several people" in note for note in reading.notes)


def test_overlapping_exports_share_a_task_whose_state_changed(tmp_path: Path, load: Load) -> None:
    before = ROW | {"Status": "In Progress", "Due Date": "Tomorrow, Mar 10", "Last Updated Date": "Mar 2"}
    after = ROW | {"Due Date": "Yesterday, Mar 10", "Client": "Marlow, Tess (12)"}
    first, second = (named(read(load, tmp_path, row))[0] for row in (before, after))
    assert first["activity_id"] == second["activity_id"]
    assert (first["kind"], second["kind"]) == ("note", "call")
    other = named(read(load, tmp_path, ROW | {"Due Date": "Mar 11"}))[0]
    assert other["activity_id"] != first["activity_id"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mar 10", "2026-03-10"), ("Today, Mar 9", "2026-03-09"), ("Dec 30", "2025-12-30"),
        ("Mon, Aug 3", "2026-08-03"), ("Sep 30", "2025-09-30"), ("Feb 29", "2024-02-29"), ("3/7/2026", "2026-03-07"),
        ("Mar 10, 2025", "2025-03-10"), ("1/5", "2026-01-05"),
    ],
)  # fmt: skip
def test_dates_with_and_without_a_year(tmp_path: Path, load: Load, text: str, found: str) -> None:
    reading = read(load, tmp_path, ROW | {"Last Updated Date": text})
    if text == "Feb 29":
        assert [issue.column for issue in reading.rejects] == ["Last Updated Date"]
    else:
        assert [row["occurred_at"] for row in named(reading)] == [found]


def test_the_files_own_day_and_the_period_come_before_today(tmp_path: Path, load: Load, options: Options) -> None:
    named_day = read(load, tmp_path, ROW | {"Last Updated Date": "Today"}, name="tasks_2024-06-03.csv")
    assert [row["occurred_at"] for row in named(named_day)] == ["2024-06-03"]
    period = replace(options, period=(date(2023, 11, 1), date(2024, 1, 31)))
    asked = read(load, tmp_path, ROW | {"Last Updated Date": "Nov 20"}, using=period)
    assert [row["occurred_at"] for row in named(asked)] == ["2023-11-20"]


@pytest.mark.parametrize("text", ["Today", "Mar 32", "Someday", "13/7/2026"])
def test_dates_that_cannot_be_known_are_rejected(tmp_path: Path, load: Load, text: str) -> None:
    reading = read(load, tmp_path, ROW | {"Due Date": text})
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(2, "Due Date", text)]
