"""Stated totals from outside: a period is asked for, export and import keep them, and no answer changes for them."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.program import Program

SALES = (
    "Producer,Items,Premium,L&H Premium,Policies,Sales,Points,Revenue\n"
    'Total,15,"$19,885",0,9,7,31.5,"$2,982.75"\n'
    'Dana Whitfield,10,"$12,000",0,6,5,21,"$1,800"\n'
    'Owen Pryce,5,"$7,885.00",0,3,2,10.5,"$1,182.75"\n'
)
MARCH = ("--period", "2026-03-01..2026-03-08")


def test_from_file_to_export_and_back(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "sales-report - 2026-03-09T101112.123.csv"
    file.write_text(SALES, encoding="utf-8")
    assert "no dates" in program.refusal("import", file)
    before = program.ask("dashboard", "--from", "2026-03-01", "--to", "2026-03-08")
    (one,) = program.ask("import", *MARCH, file)["files"]
    assert (one["profile"], one["rows"], one["inserted"], one["rejected"]) == ("agencyzoom_sales", 2, 2, 0)
    assert (one["file_total"], one["our_total"]) == (19885.0, 19885.0)
    after = program.ask("dashboard", "--from", "2026-03-01", "--to", "2026-03-08")
    assert after == before
    written = program.ask("export", tmp_path / "out")["files"]
    assert "stated_totals.csv" in written
    with (tmp_path / "out" / "stated_totals.csv").open(encoding="utf-8", newline="") as page:
        assert [(row["producer"], row["premium"]) for row in csv.DictReader(page)] == [
            ("Dana Whitfield", "12000.00"),
            ("Owen Pryce", "7885.00"),
        ]
    other = Program(tmp_path / "other")
    again = other.ask("import", tmp_path / "out" / "stated_totals.csv")["files"]
    assert [(one["profile"], one["inserted"]) for one in again] == [("template_stated_totals", 2)]
    assert "stated_totals.csv" not in Program(tmp_path / "third").ask("export", tmp_path / "empty")["files"]
