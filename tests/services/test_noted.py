"""What an import says beside its counts: whom names may mean, names still open, rows of another period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.core.doubts import By, Why
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.models.people import UnknownName
from desktop.services import books, imports, names, previews
from desktop.services.imports import ImportResult

AUTHOR = Author("test", "2026-04-02T08:00:00")
NOW = datetime(2026, 4, 2, 8)
PRODUCERS = "producer_code,name\nP01,Dana Marsh\nP02,Robert Hale\n"
CALLS = """occurred_at,producer,kind
2026-03-03,Dana,call
2026-03-04,Bob Hale,call
2026-03-05,Zed Quill,call
2026-03-06,Dana,call
"""
TITLED = "Activity Report,,\nFrom 03/01/2026 to 03/31/2026,,\n" + CALLS + "2026-04-01,P01,call\n2026-02-27,P01,call\n"
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = books.open_throwaway(tmp_path / "agency.pdesk")
    yield opened
    opened.close()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def take(book: Book, *paths: Path, dry_run: bool = False, period: tuple[date, date] | None = None) -> ImportResult:
    options = previews.options(book, NOW, period=period)
    return imports.import_files(book, paths, options, AUTHOR, dry_run=dry_run)


def test_guesses_are_told_and_never_taken(book: Book, tmp_path: Path) -> None:
    result = take(book, write(tmp_path, "producers.csv", PRODUCERS), write(tmp_path, "activities.csv", CALLS))
    assert result.unknown_producers == (UnknownName("Dana", 2), UnknownName("Bob Hale", 1), UnknownName("Zed Quill", 1))
    assert {name: found[0].code for name, found in result.guesses.items()} == {"Dana": "P01", "Bob Hale": "P02"}
    said = [note for note in result.notes if "may mean" in note]
    assert len(said) == 2 and "Dana Marsh (P01; the first name, and nobody else fits)" in said[0]
    found = names.open_names(book)
    assert [one.name for one in found.names] == ["Dana", "Bob Hale", "Zed Quill"]
    assert found.guesses["Bob Hale"][0].code == "P02" and "Zed Quill" not in found.guesses


def test_the_same_bytes_again_ask_for_the_names_that_are_still_open(book: Book, tmp_path: Path) -> None:
    calls = write(tmp_path, "activities.csv", CALLS)
    first = take(book, write(tmp_path, "producers.csv", PRODUCERS), calls)
    again = take(book, calls)
    assert again.files[0].unchanged == 4 and again.unknown_producers == first.unknown_producers
    names.answer(book, {"Dana": "P01", "Zed Quill": imports.IGNORE}, AUTHOR)
    assert take(book, calls, dry_run=True).unknown_producers == (UnknownName("Bob Hale", 1),)
    names.answer(book, {"Bob Hale": "P02"}, AUTHOR)
    assert take(book, calls).unknown_producers == ()


def test_rows_outside_of_the_stated_period_are_a_question_and_a_note(book: Book, tmp_path: Path) -> None:
    file = write(tmp_path, "activities.csv", TITLED)
    shown = previews.preview(book, [file], NOW)
    (doubt,) = shown.files[0].doubts
    assert (doubt.why, doubt.line, doubt.value, doubt.rows) == (Why.PERIOD, 8, "2026-04-01", 2)
    assert doubt.claim is not None and (doubt.claim.first, doubt.claim.last, doubt.claim.by) == (*MARCH, By.TITLE)
    previews.discard(shown)
    (note,) = [note for note in take(book, file, dry_run=True).notes if "outside" in note]
    assert "2 rows lie outside of 2026-03-01 to 2026-03-31, the period that its title states" in note


@pytest.mark.parametrize(
    ("name", "period", "by"),
    [("activities 2026-02.csv", None, By.NAME), ("activities.csv", (date(2026, 3, 4), date(2026, 3, 31)), By.CHOICE)],
)
def test_a_name_and_a_chosen_period_are_compared_too(
    book: Book, tmp_path: Path, name: str, period: tuple[date, date] | None, by: By
) -> None:
    file = write(tmp_path, name, CALLS)
    shown = previews.preview(book, [file], NOW, period)
    (doubt,) = shown.files[0].doubts
    assert doubt.claim is not None and doubt.claim.by is by
    assert doubt.rows == (4 if by is By.NAME else 1)
    previews.discard(shown)
    assert any("outside" in note for note in take(book, file, dry_run=True, period=period).notes)


def test_rows_within_are_no_question(book: Book, tmp_path: Path) -> None:
    file = write(tmp_path, "activities 2026-03.csv", "From 03/01/2026 to 03/31/2026,,\n" + CALLS)
    shown = previews.preview(book, [file], NOW, MARCH)
    assert shown.files[0].doubts == ()
    previews.discard(shown)
    assert not any("outside" in note for note in take(book, file, dry_run=True, period=MARCH).notes)


def test_a_term_is_within_by_any_of_its_days_and_a_list_of_the_book_is_not_asked(book: Book, tmp_path: Path) -> None:
    head = "policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,ended_on,snapshot\n"
    rows = [
        "A,Oak,P01,Home,new,2026-02-20,2026-03-01,100,,",
        "B,Oak,P01,Home,new,2025-01-01,2025-01-01,100,2025-03-01,",
        "C,Oak,P01,Home,new,2020-01-01,2020-01-01,100,,yes",
    ]
    file = write(tmp_path, "policies.csv", "March 2026" + "," * 9 + "\n" + head + "\n".join(rows) + "\n")
    shown = previews.preview(book, [file], NOW)
    (doubt,) = shown.files[0].doubts
    assert (doubt.line, doubt.rows) == (4, 1)
    previews.discard(shown)


def test_a_line_counts_once_for_a_name_whatever_it_makes(book: Book, tmp_path: Path) -> None:
    heads = "Customer Name,Customer Number,Policy #,Term,Policy Type,Company,Original Transaction,Eff Date,Exp Date"
    rows = (
        "New Business,1/5/2026,1/5/2027,$100.00",
        "Policy Change,1/5/2026,1/5/2027,",
        "Policy Change,1/5/2026,1/5/2027,",
    )
    lines = [f"Ann Ash,77,AP1,12,Auto,Pinnacle,{row},QQX,QQX" for row in rows]
    summary = write(tmp_path, "summary.csv", "\n".join([heads + ",Full Term Premium,Exec,Rep", *lines]))
    first = take(book, summary)
    assert (first.files[0].profile, first.files[0].inserted) == ("ams360_new_business", 3)
    assert first.unknown_producers == (UnknownName("QQX", 3),)
    assert take(book, summary).unknown_producers == first.unknown_producers
    heads = "Client Name,Client ID,Client Since,Client Office,Producer,Policy Number,Policy Status,Effective Date"
    row = (
        "Bo Birch,78,1/5/2020,1 - Gastonia,Jo Quill,HS1,Active,1/5/2026,1/5/2027,1/5/2026,1/5/2026,Auto,$90.00,Pinnacle"
    )
    more = ",Expiration Date,Inception Date,Sold Date,Application Type,Annual Premium,Carrier"
    listing = take(book, write(tmp_path, "policies.csv", f"{heads}{more}\n{row}\n"))
    assert listing.files[0].profile == "hawksoft_policies"
    assert listing.unknown_producers == (UnknownName("Jo Quill", 1),)


def test_a_name_that_only_has_a_share_is_asked_for_too(book: Book, tmp_path: Path) -> None:
    heads = "policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,shares"
    row = "auto,new,2026-03-01,2026-03-01,100"
    terms = f"{heads}\nN1,Bo,P01,{row},P01:0.6;Ghost:0.4\nN2,Cy,Ghost,{row},Ghost:0.5;P01:0.5\n"
    policies = write(tmp_path, "policies.csv", terms)
    first = take(book, write(tmp_path, "producers.csv", PRODUCERS), policies)
    assert first.unknown_producers == (UnknownName("Ghost", 2),)
    assert take(book, policies).unknown_producers == first.unknown_producers
    assert names.open_names(book).names == first.unknown_producers
    names.answer(book, {"Ghost": "P02"}, AUTHOR)
    assert take(book, policies).unknown_producers == ()
    assert names.open_names(book).names == ()
