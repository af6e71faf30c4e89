"""New leads for the management system: the minimum record, in each system's columns, safe to open."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.periods import Period
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.services import ams_leads
from tests.services.small_agency import Agency, open_book

AS_OF = datetime(2026, 3, 31, 23, 59)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("ams")) as book:
        made = Agency()
        made.producer("P01", "Ann Alder")
        person = {"first_name": "Lee", "last_name": "Nuñez", "email": "lee@example.com", "phone": "+12125550123"}
        made.lead(
            "L1", "2026-03-02T09:05:00", "P01", zip="02134", state="MA", line="Homeowners", source="Referral",
            carrier="Old Mutual", policy_expires_on="2026-05-01", estimated_premium=120000,
            note="Two\ndogs", **person,
        )  # fmt: skip
        made.lead("L2", "2026-03-03", None, business_name='=HYPERLINK("http://x.example")', email="+a@example.com")
        made.lead("L3", "2026-02-03T09:00:00", "P01", last_name="Earlier")
        for number, stage in enumerate(("contacted", "closing", "won", "lost"), 4):
            made.lead(f"L{number}", f"2026-03-0{number}T09:00:00", "P01", last_name=stage)
            made.stage(f"L{number}", f"2026-03-1{number}T09:00:00", stage)
        made.lead("L8", "2026-03-08T09:00:00", "P01", last_name="called")
        made.activity("2026-03-09T10:00:00", "P01", "call", lead_id="L8")
        made.store(book)
        yield book


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("system", "name", "source", "line", "owner"),
    [
        ("epic", ("Client Name", "Lee Nuñez"), "Source", "LineOfBusiness", ("ProducerCode", "P01")),
        ("ams360", ("Customer Name", "Nuñez, Lee"), "Source", "Type of Business", ("Exec", "P01")),
        ("hawksoft", ("Client", "Lee Nuñez"), "Client Source", "Line of Business", ("Producer", "Ann Alder")),
    ],
)
def test_each_layout_holds_the_minimum_record(
    desk: Book, tmp_path: Path, system: str, name: tuple[str, str], source: str, line: str, owner: tuple[str, str]
) -> None:
    path = tmp_path / "leads.csv"
    assert ams_leads.write(desk, system, MARCH, AS_OF, path).leads == 7
    first = read(path)[0]
    assert (first["First Name"], first["Last Name"], first["Phone"]) == ("Lee", "Nuñez", "(212) 555-0123")
    assert "lee@example.com" in first.values() and "02134" in first.values()
    assert (first[name[0]], first[source], first[line]) == (name[1], "Referral", "Homeowners")
    assert (first[owner[0]], first["Status"], first["Date Received"]) == (owner[1], "New", "03/02/2026 09:05 AM")
    assert first["Notes"] == (
        "Insured with Old Mutual. Policy expires 05/01/2026. Estimated premium $1,200. Two dogs"
    )  # fmt: skip


def test_the_status_goes_by_how_far_a_lead_got(desk: Book, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    ams_leads.write(desk, "epic", MARCH, AS_OF, path)
    assert {row["Last Name"]: row["Status"] for row in read(path)[2:]} == {
        "contacted": "Contacted", "closing": "Quoted", "won": "Bound", "lost": "Lost", "called": "Contacted",
    }  # fmt: skip
    ams_leads.write(desk, "epic", MARCH, datetime(2026, 3, 8, 12), path)
    assert {row["Status"] for row in read(path)} == {"New"}


def test_text_that_a_spreadsheet_would_run_is_made_harmless(desk: Book, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    ams_leads.write(desk, "hawksoft", MARCH, AS_OF, path)
    second = read(path)[1]
    assert second["Client"] == '\'=HYPERLINK("http://x.example")' and second["Email"] == "'+a@example.com"
    assert (second["Producer"], second["Date Received"]) == ("", "03/03/2026")


def test_what_cannot_be_written_is_said(desk: Book, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No lead came in"):
        ams_leads.write(desk, "epic", Period(date(2020, 1, 1), date(2020, 1, 31)), AS_OF, tmp_path / "x.csv")
    with pytest.raises(UserError, match="no layout"):
        ams_leads.write(desk, "other", MARCH, AS_OF, tmp_path / "x.csv")
    with pytest.raises(UserError, match="cannot be written"):
        ams_leads.write(desk, "epic", MARCH, AS_OF, tmp_path)
    with pytest.raises(UserError, match="No lead came in"):
        ams_leads.write(desk, "epic", MARCH, AS_OF, tmp_path / "x.csv", "P99")
