"""The command `report` through the installed program: names, files by suffix, wrong usage, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.cli.program import Program
from tests.cli.test_money import MARCH, desk

__all__ = ["desk"]


def test_alone_it_lists_the_names(program: Program) -> None:
    answer = program.ask("report")
    assert list(answer) == ["names"]
    assert answer["names"] == sorted(answer["names"])
    assert {"dashboard", "close-rates", "lost-deals", "revenue", "retention", "kpi-scorecard"} <= set(answer["names"])
    assert "  - close-rates" in program.run("report").stdout


def test_a_pdf_with_its_pages(desk: Program, tmp_path: Path) -> None:
    target = tmp_path / "rates.pdf"
    answer = desk.ask("report", "close-rates", *MARCH, "--out", target)
    assert answer == {"file": str(target), "pages": 1}
    text = pypdf.PdfReader(target).pages[0].extract_text()
    assert "Close rates by line" in text and "OVERALL" in text and "Page 1 of 1" in text


def test_the_same_figures_as_the_commands(desk: Program, tmp_path: Path) -> None:
    target = tmp_path / "revenue.csv"
    desk.ask("report", "revenue", "--year", "2026", "--as-of", "2026-03-31", "--out", target)
    found = {row["producer"]: row for row in desk.ask("revenue", "--year", "2026", "--as-of", "2026-03-31")["rows"]}
    with target.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    first = lines.index(["Premium and revenue"])
    rows = {line[1]: dict(zip(lines[first + 1], line, strict=True)) for line in lines[first + 2 : first + 4]}
    for code, row in rows.items():
        assert float(row["New premium"]) == found[code]["new_premium"]
        assert float(row["Revenue"]) == found[code]["revenue"]
    second = lines.index(["Cost and net contribution"])
    costs = {line[0]: line for line in lines[second + 2 : second + 4]}
    assert float(costs["Dana Marsh"][6]) == found["P01"]["cost"]


def test_a_workbook_for_one_producer(desk: Program, tmp_path: Path) -> None:
    target = tmp_path / "dashboard.xlsx"
    answer = desk.ask("report", "dashboard", *MARCH, "--producer", "p02", "--out", target)
    book = openpyxl.load_workbook(target)
    assert answer["pages"] == len(book.sheetnames)
    assert book.worksheets[0]["A3"].value == "Mar 1, 2026 – Mar 31, 2026  ·  Lee, Sam (P02)"


def test_what_a_report_asks_for_besides_is_typed(program: Program, tmp_path: Path) -> None:
    given = [
        "desired=60000",
        "initial=50000",
        "prior=150000",
        "retention=90%",
        "renewal_rate=25%",
        "new_rate=40%",
        "avg_commission=500",
        "avg_premium=4000",
        "hit_rate=30%",
        "proposal_rate=50%",
    ]
    target = tmp_path / "plan.pdf"
    program.ask("report", "validation", *MARCH, "--input", *given, "--out", target)
    text = pypdf.PdfReader(target).pages[0].extract_text()
    assert "$65,625.00" in text and "$40,625.00" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "revenue", "--out", "x.pdf"),
        ("report", "revenue", *MARCH),
        ("report", "revenue", "--from", "2026-03-01", "--out", "x.pdf"),
        ("report", "revenue", "--year", "26", "--out", "x.pdf"),
    ],
)
def test_wrong_usage(program: Program, arguments: tuple[str, ...]) -> None:
    assert program.run(*arguments).returncode == 2


def test_refusals_leave_nothing_behind(program: Program, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert "no report" in program.refusal("report", "nothing", *MARCH, "--out", out / "x.pdf")
    assert "neither PDF" in program.refusal("report", "revenue", *MARCH, "--out", out / "x.docx")
    assert "no producer" in program.refusal("report", "revenue", *MARCH, "--producer", "P9", "--out", out / "x.pdf")
    assert "cannot be written" in program.refusal("report", "revenue", *MARCH, "--out", out / "no" / "x.pdf")
    assert not list(out.iterdir())
