"""Encodings, delimiters, line numbers, and text files that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.importers import Reading
from desktop.importers.inputs import Input
from desktop.importers.texts import inspect
from tests.importers.conftest import csv_bytes, named

Load = Callable[..., list[Reading]]
HEAD = ["lead_id", "received_at", "first_name", "note"]
ROWS = [HEAD, ["L1", "2026-03-09", "José", "a"], ["L2", "3/9/2026 2:05 PM", "Zoë", "b"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encodings_and_delimiters(tmp_path: Path, load: Load, encoding: str, delimiter: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(csv_bytes(ROWS, delimiter, encoding))
    (reading,) = load(path)
    assert reading.problem is None
    assert [row["first_name"] for row in named(reading)] == ["José", "Zoë"]


cells = st.text(alphabet=st.sampled_from('ab "\n\r,;x'), min_size=1, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cells, min_size=1, max_size=12))
def test_lines_are_those_on_which_records_start(tmp_path: Path, notes: list[str]) -> None:
    path = tmp_path / "lines.csv"
    rows = [["id", "note"], *([f"id{at}", note] for at, note in enumerate(notes))]
    body = csv_bytes(rows)
    path.write_bytes(body)
    starts = {}
    with path.open(newline="", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("id"):
                starts[line.split(",")[0]] = number
    read = [
        (record[0], line)
        for lines, records in inspect(Input("lines.csv", path)).rows(",")
        for line, record in zip(lines, records, strict=True)
    ]
    assert read == list(starts.items())


def test_blank_lines_count_as_lines_but_are_no_rows(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "leads.csv"
    path.write_text('lead_id,received_at,note\n\nL1,2026-03-09,"x\ny"\n,,\nL2,nonsense,\n')
    (reading,) = load(path)
    assert (reading.rows, reading.rejected_rows, reading.skipped) == (2, 1, ())
    assert [batch.lines for batch in reading.batches()] == [[3]]
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [(6, "received_at", "nonsense")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b"lead_id,received_at\nL1,\0\0\n", "not a text file"),
        (b"lead_id,received_at\nL1," + b"x" * 10_000_000 + b"\n", "no table"),
        (b'lead_id,received_at\nL1,"2026-03-09\nL2,2026-03-09\n', "line 2 never closes"),
        (b'lead_id,received_at\nL0,2026-03-09\nL1,"2026-03-09\n' + b"L2,2026-03-09\n" * 100_000, "line 3 never closes"),
        (b"hello\nthere\n", "not recognised"),
    ],
)
def test_what_cannot_be_read_is_one_clear_problem(tmp_path: Path, load: Load, body: bytes, words: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(body)
    (reading,) = load(path)
    assert reading.problem is not None
    assert words in reading.problem.what
    assert list(reading.batches()) == []


def test_a_damaged_character_rejects_its_row_alone(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "leads.csv"
    good = "".join(f"L{at},2026-03-09,José\n" for at in range(9)).encode()
    path.write_bytes(b"lead_id,received_at,first_name\n" + good + b"L9,2026-03-09,Jos\xe9\n")
    (reading,) = load(path)
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(11, "first_name")]
    assert {row["first_name"] for row in named(reading)} == {"José"}


def test_a_stray_quotation_mark_swallows_nothing_unseen(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(
        'lead_id,received_at,note\nL1,3/9/2026,"opens\nL2,3/9/2026,x\nL3,3/9/2026,"closes\nL4,3/9/2026,fine\n'
    )
    (reading,) = load(path)
    assert [issue.line for issue in reading.rejects] == [2]
    assert "swallows" in reading.rejects[0].reason


def test_an_honest_note_of_several_lines_stays(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "leads.csv"
    path.write_text('lead_id,received_at,note\nL1,3/9/2026,"called, twice, today\nasks, again, later"\n')
    (reading,) = load(path)
    assert [row["note"] for row in named(reading)] == ["called, twice, today\nasks, again, later"]
