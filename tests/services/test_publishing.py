"""Published weeks: frozen figures, versions, amendments with their causes, and what an alteration gives away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.scorecard import ScorecardTexts
from desktop.errors import UserError
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services import books, corrections, edits, examining, imports, previews, publishing, scorecards
from desktop.services.scorecards import Order
from tests.services.small_agency import Agency, open_book

WEEK = "2026-W10"
NOW = datetime(2026, 3, 10, 9, 15)
LATER = datetime(2026, 3, 12, 14, 0)
AUTHOR = Author("test", "2026-03-10T09:15:00")
EDITOR = Author("test", "2026-03-12T10:00:00")
LATE = "occurred_at,producer,kind,direction,count\n2026-03-04 09:00,P1,call,outbound,2\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    agency = Agency()
    agency.producer("P1", "Dana Marsh", level="new", manager="Max Boss")
    agency.producer("P2", "Lee O’Hára <b>")
    agency.activity("2026-03-03T10:00:00", "P1", "call", count=51)
    agency.quote("2026-03-02", "P1")
    agency.policy("H1", "2026-03-03", "P1", 600_050)
    agency.lead("L1", "2026-03-02T08:00:00", "P1", estimated_premium=120_000)
    with open_book(tmp_path) as opened:
        agency.store(opened)
        yield opened


def _import(book: Book, tmp_path: Path, text: str, name: str = "late.csv", table: str = "activities") -> int:
    file = tmp_path / f"{table}.csv"
    file.write_text(text, encoding="utf-8")
    author = Author("test", "2026-03-12T08:00:00")
    done = imports.import_files(book, [file], previews.options(book, LATER), author, dry_run=False)
    assert done.import_id is not None
    return done.import_id


def _publish(book: Book, at: datetime = NOW) -> dict[str, publishing.PublishedWeek]:
    return {one.producer: one for one in publishing.publish(book, WEEK, None, AUTHOR, at)}


def test_publishing_again_without_a_change_is_the_same_version(book: Book) -> None:
    first = _publish(book)
    assert {code: one.version for code, one in first.items()} == {"P1": 1, "P2": 1}
    again = _publish(book, LATER)
    assert {code: (one.version, one.sha256) for code, one in again.items()} == {
        code: (1, one.sha256) for code, one in first.items()
    }
    assert books.check(book, examining.EXAMINERS).ok
    assert publishing.amendments(book, WEEK, LATER) == []


def test_a_frozen_page_is_the_live_page_of_its_moment(book: Book) -> None:
    (live,) = scorecards.contents(book, Order(WEEK, ["P1"]), NOW)
    _publish(book)
    (kept,) = scorecards.contents(book, Order(WEEK, ["p1"]), NOW)
    assert kept.edition is not None and kept.edition.version == 1
    for name in ("person", "week", "activity", "results", "stages", "total", "month", "texts", "data_as_of"):
        assert getattr(kept, name) == getattr(live, name), name


def test_a_late_import_amends_and_never_rewrites(book: Book, tmp_path: Path) -> None:
    _publish(book)
    run = _import(book, tmp_path, LATE)
    (page,) = scorecards.contents(book, Order(WEEK, ["P1"]), LATER)
    assert page.activity[0].figure.value == 51
    found = {(one.producer, one.metric): one for one in publishing.amendments(book, WEEK, LATER)}
    calls = found["P1", "calls_made"]
    assert (calls.before, calls.after, calls.at) == (51, 53, "2026-03-12T08:00:00")
    assert "activities.csv" in calls.why
    assert {code for code, _metric in found} == {"P1"}
    again = _publish(book, LATER)
    assert (again["P1"].version, again["P2"].version) == (2, 1)
    (page,) = scorecards.contents(book, Order(WEEK, ["P1"]), LATER)
    assert page.activity[0].figure.value == 53
    assert page.edition is not None
    assert page.edition.words.endswith("replaces version 1")
    assert "Outbound calls 51 to 53" in page.edition.changes
    assert publishing.amendments(book, WEEK, LATER) == []
    imports.undo_import(book, run, Author("test", "2026-03-13T08:00:00"))
    back = {one.metric: one for one in publishing.amendments(book, WEEK, LATER)}
    assert (back["calls_made"].before, back["calls_made"].after) == (53, 51)
    assert back["calls_made"].why.startswith("Undo import")
    assert books.check(book, examining.EXAMINERS).ok


def test_a_typed_correction_is_named_and_another_import_is_not(book: Book, tmp_path: Path) -> None:
    _publish(book)
    _import(book, tmp_path, LATE.replace("2026-03-04", "2026-04-04"))
    key = book.connection.execute("SELECT key FROM policy").fetchone()[0]
    corrections.correct(book, "policies", key, "annual_premium", "7000.50", EDITOR, LATER.date())
    found = {one.metric: one for one in publishing.amendments(book, WEEK, LATER)}
    assert (found["new_premium"].before, found["new_premium"].after) == (600_050, 700_050)
    assert found["new_premium"].at == "2026-03-12T10:00:00"
    assert "Import" not in found["new_premium"].why
    assert "calls_made" not in found


def test_words_written_later_need_a_new_version(book: Book) -> None:
    _publish(book)
    scorecards.save_texts(book, WEEK, "P1", ScorecardTexts(("A win",)), AUTHOR)
    assert scorecards.contents(book, Order(WEEK, ["P1"]), LATER)[0].texts.wins == ("", "")
    assert publishing.amendments(book, WEEK, LATER) == []
    assert _publish(book, LATER)["P1"].version == 2
    assert scorecards.contents(book, Order(WEEK, ["P1"]), LATER)[0].texts.wins == ("A win", "")


def test_publishing_cannot_be_undone(book: Book) -> None:
    scorecards.save_texts(book, WEEK, "P1", ScorecardTexts(("A win",)), AUTHOR)
    _publish(book)
    assert edits.steps(book).undo == f"Scorecard of Dana Marsh, {WEEK}"


@pytest.mark.parametrize(
    "spoil",
    [
        """UPDATE published SET content = replace(content, ':51', ':99') WHERE producer = 'P1'""",
        "UPDATE published SET version = 3 WHERE producer = 'P2'",
        "UPDATE published SET at = '2026-01-01T00:00:00' WHERE producer = 'P1'",
        "UPDATE published SET as_of = '2026-01-01T00:00:00' WHERE producer = 'P2'",
        "DELETE FROM published WHERE producer = 'P1'",
        "DELETE FROM published WHERE producer = 'P2'",
    ],
)
def test_check_finds_what_was_altered_behind_the_programs_back(book: Book, spoil: str) -> None:
    _publish(book)
    assert book.connection.execute(spoil).rowcount == 1
    assert not books.check(book, examining.EXAMINERS).ok


def test_check_finds_a_figure_altered_with_its_sum(book: Book) -> None:
    _publish(book)
    from desktop.models.published import digest

    (content,) = book.connection.execute("SELECT content FROM published WHERE producer='P1'").fetchone()
    content = content.replace(":51", ":99")
    json.loads(content)
    book.connection.execute("UPDATE published SET content=?, sha256=? WHERE producer='P1'", (content, digest(content)))
    assert not books.check(book, examining.EXAMINERS).ok


def test_an_altered_page_is_not_printed(book: Book) -> None:
    _publish(book)
    book.connection.execute("UPDATE published SET content = replace(content, ':51', ':99')")
    with pytest.raises(UserError, match="altered"):
        scorecards.contents(book, Order(WEEK, ["P1"]), LATER)


def test_a_week_that_has_not_begun_is_not_published(book: Book) -> None:
    with pytest.raises(UserError, match="not begun"):
        publishing.publish(book, "2026-W12", None, AUTHOR, NOW)
