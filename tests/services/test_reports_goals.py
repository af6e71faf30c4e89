"""Reports of goals, industry measures, win-backs and rounding: what stands in them, written as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import carrier_goals, reporting
from desktop.services.grids import Line
from desktop.services.reporting import Asked
from tests.services.small_agency import Agency, open_book

NOW = datetime(2026, 4, 2, 9, 0)
AUTHOR = Author("test", "2026-04-02T09:00:00")
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with open_book(tmp_path) as opened:
        made = Agency().producer("P01", "Dana Marsh", hired_on="2025-09-01", salary=3_650_000)
        made.policy("A", "2026-01-05", "P01", 200_000, carrier="Harbor Mutual", commission_rate=0.1)
        made.lead("L1", "2025-11-03T09:00:00", "P01", business_name="Firm One", policy_expires_on="2026-05-01",
                  winnable="yes", lost_reason="no_response")  # fmt: skip
        made.stage("L1", "2025-12-01T10:00:00", "lost")
        made.store(opened)
        typed = [Line(None, {"carrier": "Harbor Mutual", "premium": "4,000", "policies": "2"})]
        carrier_goals.save(opened, 2026, typed, AUTHOR, NOW.date())
        yield opened


def written(book: Book, name: str, folder: Path, *, hidden: bool = False) -> str:
    asked = Asked(QUARTER, NOW, None, NOW, {}, hidden)
    reporting.write(book, name, asked, folder / f"{name}.pdf")
    reporting.write(book, name, asked, folder / f"{name}.csv")
    assert (folder / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    return (folder / f"{name}.csv").read_text(encoding="utf-8-sig")


def test_goals(book: Book, tmp_path: Path) -> None:
    text = written(book, "carrier-goals", tmp_path)
    (row,) = [line for line in text.splitlines() if line.startswith("Harbor Mutual")]
    assert [cell.partition(".")[0] for cell in row.split(",")] == [
        "Harbor Mutual",
        "2000",
        "4000",
        "0",
        "1",
        "2",
        "0",
        "1",
    ]


def test_industry_measures_without_hidden_pay(book: Book, tmp_path: Path) -> None:
    text = written(book, "industry-measures", tmp_path)
    assert "Unvalidated pay" in text and "10 to 15 %" in text
    assert "Unvalidated pay" not in written(book, "industry-measures", tmp_path, hidden=True)


def test_win_backs_and_rounding(book: Book, tmp_path: Path) -> None:
    assert "Firm One" in written(book, "win-back", tmp_path)
    assert "Client of A" in written(book, "account-rounding", tmp_path)
