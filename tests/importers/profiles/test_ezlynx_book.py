"""EZLynx's book of business: rows per line of business fold into policy terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.importers import Reading
from tests.importers.conftest import SAMPLES, accounted, csv_bytes, named

Load = Callable[..., list[Reading]]
HEAD = ["Account Name", "PolicyNumber", "Policy Effective Date", "LOB Origination Date", "Line Of Business",
        "Policy Type", "Assigned Producer", "Total Annualized Premium", "Policy Status", "Cancellation Date",
]  # fmt: skip


def test_the_sample(load: Load) -> None:
    (reading,) = load(SAMPLES / "ezlynx_book.csv")
    assert (reading.profile, reading.header_line, reading.rows, reading.merged) == ("ezlynx_book", 5, 7, {7: 6})
    assert [(skip.line, skip.why) for skip in reading.skipped] == [
        (1, "title"),
        (2, "title"),
        (3, "title"),
        (14, "total"),
    ]
    assert [(issue.line, issue.column, issue.value) for issue in reading.rejects] == [
        (11, "Policy Effective Date", "2/30/2026")
    ]
    assert (reading.file_total, reading.our_total) == (10073.6, 9373.6)
    assert accounted(reading) == [6, 7, 8, 9, 10, 11, 12]
    policies = {row["policy_number"]: row for row in named(reading)}
    assert policies["GM-PK-4471"] == {
        "policy_number": "GM-PK-4471", "client": "Marlow, Tess", "client_id": "100201", "producer": "Dana Whitfield",
        "line": "Package", "transaction": "new", "bound_on": "2026-02-01", "effective_on": "2026-02-01",
        "expires_on": "2027-02-01", "annual_premium": 244250, "carrier": "Granite Mutual", "source": "Referral",
        "state": "MA", "zip": "02134", "snapshot": True,
    }  # fmt: skip
    assert policies["HC 0099817"]["transaction"] == "renewal"
    assert policies["HC 0099817"]["producer"] == "Owen Pryce"
    assert policies["HC 0099818"]["transaction"] == "new"
    assert policies["GM-HO-2210"]["ended_on"] == "2025-12-01"
    assert "producer" not in policies["SD-553120"]
    assert policies["SD-553120"]["carrier"] == "Summit Direct"
    assert [row["client_id"] for row in named(reading, "clients")] == ["100201", "100202", "100203", "100204"]
    assert [batch.table for batch in reading.batches()] == ["clients", "policies"]
    assert any("Owen Pryce" in note for note in reading.notes)


def book(tmp_path: Path, *rows: list[str]) -> Path:
    path = tmp_path / "Book.csv"
    path.write_bytes(csv_bytes([HEAD, *rows]))
    return path


ROW = ["Lena Marsh", "A1", "1/1/2026", "1/1/2026", "Auto", "Personal", "Dana", "100.00", "Active", ""]


def changed(**cells: str) -> list[str]:
    names = {"number": 1, "effective": 2, "origin": 3, "line": 4, "kind": 5, "premium": 7, "status": 8, "ended": 9}
    row = list(ROW)
    for name, cell in cells.items():
        row[names[name]] = cell
    return row


def test_rows_of_a_policy_fold_wherever_they_stand(tmp_path: Path, load: Load) -> None:
    (reading,) = load(
        book(tmp_path, ROW, changed(number="A2"), changed(origin="1/1/2025", line="Home", premium="50.5"))
    )
    first, second = named(reading)
    assert (first["annual_premium"], first["line"], first["transaction"]) == (15050, "Personal", "renewal")
    assert (second["annual_premium"], second["line"], second["transaction"]) == (10000, "Auto", "new")
    assert reading.merged == {4: 2}


def test_a_row_cut_short_is_padded(tmp_path: Path, load: Load) -> None:
    (reading,) = load(book(tmp_path, ROW[:8]))
    assert len(named(reading)) == 1


def test_a_rejected_row_of_a_policy_is_named(tmp_path: Path, load: Load) -> None:
    (reading,) = load(book(tmp_path, ROW, changed(line="Home", premium="n/a")))
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(3, "Total Annualized Premium")]
    assert any("A1" in note and "line 3" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("status", "ended", "said"), [("Active", "", True), ("Cancelled", "2/1/2026", False), ("Lapsed", "", False)]
)
def test_an_active_only_book_says_so(tmp_path: Path, load: Load, status: str, ended: str, said: bool) -> None:
    (reading,) = load(book(tmp_path, changed(status=status, ended=ended)))
    assert any("active policies only" in note for note in reading.notes) is said


def test_a_policy_without_any_line_is_rejected(tmp_path: Path, load: Load) -> None:
    (reading,) = load(book(tmp_path, changed(line="", kind="")))
    assert [(issue.line, issue.column) for issue in reading.rejects] == [(2, "Line Of Business")]
    assert reading.rejected_rows == 1


def test_producer_sections_are_passed_over(tmp_path: Path, load: Load) -> None:
    (reading,) = load(book(tmp_path, ["Dana Whitfield"], ROW, ["Total for Dana Whitfield", *[""] * 6, "100.00"]))
    assert [(skip.line, skip.why) for skip in reading.skipped] == [(2, "section"), (4, "subtotal")]
    assert reading.rows == 1
