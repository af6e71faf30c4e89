"""Workbooks: their values, their row numbers, and those that no reader should be trusted with."""

from __future__ import annotations

import datetime
import io
import sys
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from desktop.importers import Reading, spreadsheets, workbook
from tests.importers.conftest import named

Load = Callable[..., list[Reading]]


def book(rows: Sequence[Sequence[object]], at: int = 1) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for down, row in enumerate(rows, at):
        for across, cell in enumerate(row, 1):
            sheet.cell(down, across).value = cell
    made.create_sheet("About")["A1"] = "nothing here"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


GOOD = book(
    [
        ["lead_id", "received_at", "estimated_premium", "zip", "consent", "phone"],
        ["L1", datetime.datetime(2026, 3, 9, 14, 5), 1234.5, 2134, True, 6145552301],
        ["L2", datetime.date(2026, 3, 9), 0.1 + 0.2, "02134-1102", False, None],
        ["L3", 46090.25, 12.345, 99, None, None],
    ],
    at=4,
)


def test_values_and_row_numbers(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "anything.xlsx"
    path.write_bytes(GOOD)
    (reading,) = load(path)
    assert (reading.profile, reading.sheet, reading.header_line, reading.rows) == ("template_leads", "Sheet", 4, 3)
    assert named(reading) == [
        {"lead_id": "L1", "received_at": "2026-03-09T14:05:00", "estimated_premium": 123450, "zip": "02134",
         "consent": True, "phone": "+16145552301"},
        {"lead_id": "L2", "received_at": "2026-03-09", "estimated_premium": 30, "zip": "02134", "consent": False},
    ]  # fmt: skip
    assert {(issue.line, issue.column, issue.value) for issue in reading.rejects} == {
        (7, "estimated_premium", "12.345"),
        (7, "zip", "99"),
    }
    assert any("About" in note for note in reading.notes)


def test_a_workbook_inside_a_zip(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deep/leads.xlsx", GOOD)
    (reading,) = load(path)
    assert (reading.file, reading.rows, reading.problem) == ("all.zip/deep/leads.xlsx", 3, None)


def test_an_html_table_named_xls(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "leads.xls"
    path.write_text(
        "<html><table><tr><td colspan='3'>Leads &amp; more</td></tr><tr><th></th><th>Lead ID</th>"
        "<th>Received At</th></tr>"
        "<tr><td><td>L1<td>3/9/2026</tr><tr><td></td><td>L2</td><td>never</td></tr></table>"
    )
    (reading,) = load(path)
    assert [row["lead_id"] for row in named(reading)] == ["L1"]
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(4, "Received At")]
    assert [(skip.line, skip.why) for skip in reading.skipped] == [(1, "title")]


def _with_parts(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, body in (extra or {}).items():
                new.writestr(name, body)
    return out.getvalue()


def _far() -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = "lead_id"
    made.active["XFD1048576"] = 1
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _as_it_was(name: str, body: bytes) -> bytes:
    return body


def _doctype(name: str, body: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "b">]>' + body if name.endswith("sheet1.xml") else body


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(_far(), id="a cell at the far end"),
        pytest.param(_with_parts(_doctype), id="a document type"),
        pytest.param(_with_parts(_as_it_was, {"xl/worksheets/sheet1.xml": b"<x/>"}), id="two parts of one name"),
        pytest.param(_with_parts(_as_it_was, {"xl/bomb.bin": b"\0" * 60_000_000}), id="a bomb"),
        pytest.param(GOOD[: len(GOOD) // 2], id="cut short"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 20, id="an old workbook of noise"),
        pytest.param(b"hello, world\n", id="no workbook"),
        pytest.param(b"", id="nothing"),
        pytest.param(
            _with_parts(lambda name, body: body[:-40] if name.endswith("sheet1.xml") else body), id="cut part"
        ),
    ],
)
def test_hostile_workbooks_are_one_problem_and_the_program_goes_on(tmp_path: Path, load: Load, body: bytes) -> None:
    path = tmp_path / "leads.xlsx"
    path.write_bytes(body)
    before = {entry.name for entry in tmp_path.iterdir()}
    (reading,) = load(path)
    assert reading.problem is not None
    assert "leads.xlsx" in reading.problem.what
    assert {entry.name for entry in tmp_path.iterdir()} <= before | {"workspace"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (1.0, "1"),
        (datetime.date(2026, 3, 9), "2026-03-09"),
        (datetime.datetime(2026, 3, 9, 14, 4, 59, 999_999), "2026-03-09T14:05:00"),
        (datetime.time(14, 5), "14:05:00"),
        (datetime.timedelta(hours=30, seconds=5), "30:00:05"),
        ("text", "text"),
        (1e18, "1e+18"),
    ],
)
def test_cells_become_the_text_of_a_csv(cell: object, text: str) -> None:
    assert workbook.text_of(cell) == text


def test_the_packed_program_reads_through_itself(tmp_path: Path, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_if_packed() -> list[str]:
        return [sys.executable, "-m", "desktop", workbook.SWITCH]

    monkeypatch.setattr(spreadsheets, "_command", as_if_packed)
    path = tmp_path / "leads.xlsx"
    path.write_bytes(GOOD)
    (reading,) = load(path)
    assert (reading.problem, reading.rows) == (None, 3)


@pytest.mark.parametrize("packed", [False, True])
def test_errors_and_formulas_without_a_result_are_no_blanks(tmp_path: Path, load: Load, packed: bool) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = 'A & "B" é'
    heads = ["policy_number", "client", "producer", "line", "transaction", "bound_on", "effective_on", "annual_premium"]
    sheet.append([])
    sheet.append([None, *heads, "commission"])
    for number, client, commission in (
        ("N1", "Ann", "#REF!"),
        ("N2", "=cmd()", 5),
        ("N3", "Bo", "=1/0"),
        ("N4", "Cy", None),
    ):
        sheet.append([None, number, client, "P1", "home", "new", "2026-03-09", "2026-03-09", 100, commission])
    path = tmp_path / "policies.xlsx"
    made.save(path)
    if packed:
        with zipfile.ZipFile(tmp_path / "policies.zip", "w") as archive:
            archive.write(path, path.name)
        path = tmp_path / "policies.zip"
    (reading,) = load(path)
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [
        (3, "commission", "#REF!"),
        (5, "commission", "=1/0"),
    ]
    assert [(row["policy_number"], row["client"]) for row in named(reading)] == [("N2", "=cmd()"), ("N4", "Cy")]
