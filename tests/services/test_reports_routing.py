"""The lead reports: figures, words and pictures on a month that can be counted by hand, and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.reports.document import render
from desktop.services import reporting
from desktop.services.reporting import Asked
from tests.reports import golden
from tests.services.small_agency import Agency, open_book

NAMES = ("lead-distribution", "source-report", "territories")
NOON = datetime(2026, 3, 10, 12)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def agency() -> Agency:
    made = Agency().producer("P01", "Ann Alder").producer("P02", "Bob Birch")
    made.add("sources", source="Web", cost_per_lead=1000)
    made.add("sources", source="Bought list", cost_per_lead=1234)
    made.lead("L1", "2026-03-10T10:00:00", "P01", last_name="One", source="Web", line="Homeowners")
    made.lead("L2", "2026-03-10T10:30:00", "P01", last_name="Two", source="web", line="BOP")
    made.lead("L3", "2026-03-10T11:00:00", "P02", last_name="Three", source="Bought list")
    made.lead("L4", "2026-03-10T11:00:00", "P02", last_name="Four", source="=Referral")
    made.activity("2026-03-10T10:04:00", "P01", "call", lead_id="L1")
    made.activity("2026-03-10T10:50:00", "P01", "email", lead_id="L2")
    made.stage("L1", "2026-03-10T11:00:00", "quoted")
    made.stage("L1", "2026-03-10T11:30:00", "won")
    made.policy("N1", "2026-03-10", "P01", 120_000, lead_id="L1", commission=12_000)
    made.add("territories", territory="North", zip_from="10001", zip_to="10099", producer="P01", backup="P02")
    made.add("territories", territory="Old", zip_from="20001", producer="P02", valid_to="2025-12-31")
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as book:
        agency().store(book)
        yield book


def asked(producer: str | None = None) -> Asked:
    return Asked(MARCH, NOON, producer, NOON)


def written(book: Book, name: str, folder: Path) -> str:
    reporting.write(book, name, asked(), folder / "report.csv")
    return (folder / "report.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", NAMES)
def test_each_report_says_and_looks_what_it_did(desk: Book, name: str, tmp_path: Path) -> None:
    golden.check(f"report-{name}", render(reporting.build(desk, name, asked())).data)
    assert reporting.write(desk, name, asked(), tmp_path / "report.xlsx").pages >= 1


@pytest.mark.parametrize("name", NAMES)
def test_each_report_is_made_of_an_empty_book(tmp_path: Path, name: str) -> None:
    with open_book(tmp_path) as empty:
        assert render(reporting.build(empty, name, asked())).pages == 1


def test_the_source_report_says_what_each_source_brought_and_cost(desk: Book, tmp_path: Path) -> None:
    rows = {
        line.partition(",")[0]: line.split(",")[1:] for line in written(desk, "source-report", tmp_path).splitlines()
    }
    web = rows["Web"]
    assert [float(cell) for cell in web] == [2, 1, 0.5, 1, 0.5, 1, 0.5, 1200, 1200, 10, 20, 120, 6]
    assert "'=Referral" in rows and "=Referral" not in rows
    assert rows["All sources"][0] == "4"


def test_producers_are_ranked_and_judged_by_the_targets(desk: Book, tmp_path: Path) -> None:
    text = written(desk, "lead-distribution", tmp_path)
    assert text.index("1,Ann Alder (P01),2,12") < text.index("2,Bob Birch (P02),2,")


def test_only_territories_in_force_are_listed(desk: Book, tmp_path: Path) -> None:
    text = written(desk, "territories", tmp_path)
    assert "North,10001-10099,Ann Alder,Bob Birch,All" in text and "Old" not in text


@pytest.mark.parametrize("name", NAMES[:2])
def test_one_producer_alone_is_refused(desk: Book, name: str) -> None:
    with pytest.raises(UserError, match="one producer"):
        reporting.build(desk, name, asked("P01"))
