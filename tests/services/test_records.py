"""From number to line: the records behind a figure sum to it, whatever the period, moment and producer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.periods import Period, end_of
from desktop.core.production import METRIC
from desktop.errors import UserError
from desktop.models import edits, journal
from desktop.models.book import Book
from desktop.models.journal import Author
from desktop.services.dashboard import dashboard
from desktop.services.figures import Panel
from desktop.services.records import PIPELINE, UNASSIGNED, FoundRecord, record_detail, record_ids, records
from tests.services.small_agency import Agency, open_book

FIRST = date(2026, 2, 1)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
END = end_of(MARCH.end)
NAMES = ("P01", "Dana Marsh", "P02", "Stranger")


def _any_agency(seed: int) -> Agency:
    random = Random(seed)
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")

    def day() -> str:
        return (FIRST + timedelta(days=random.randrange(60))).isoformat()

    for number in range(150):
        kind = random.choice(["call", "email", "meeting_set", "meeting_held", "referral_ask", "coi_contact"])
        at = f"{day()}T{random.randrange(24):02d}:00:00"
        count = random.choice([None, 1, 5])
        bulk = random.choice([None, True])
        agency.activity(at, random.choice(NAMES), kind, activity_id=f"A{number}", count=count, bulk=bulk)
    for number in range(80):
        agency.quote(day(), random.choice(NAMES), random.choice([None, "L1", "L2"]), quote_id=f"Q{number}")
        shares = random.choice([None, "P01:0.6;P02:0.4", "P02:0.333;P01:0.667", "Dana Marsh:0.5;P01:0.5"])
        premium = random.randrange(10_000, 900_000)
        agency.policy(f"N{number}", day(), random.choice(NAMES), premium, shares=shares, commission_rate=0.125)
    for number in range(40):
        lead = f"L{number}"
        agency.lead(lead, f"{day()}T08:00:00", random.choice(NAMES), estimated_premium=random.randrange(1, 9) * 10_000)
        for _ in range(random.randrange(3)):
            agency.stage(lead, f"{day()}T{random.randrange(9, 18):02d}:00:00", random.choice(["quoted", "won", "lost"]))
    return agency


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with open_book(tmp_path_factory.mktemp("records")) as book:
        _any_agency(3).store(book)
        yield book


def _check_metric(panel: Panel, metric: str, found: list[FoundRecord]) -> None:
    value = panel.metrics[metric].value
    numerator = sum(one.amount for one in found if one.role in ("numerator", "both"))
    denominator = sum(one.role in ("denominator", "both") for one in found)
    if not METRIC[metric].is_ratio:
        assert numerator == value
    elif value is None:
        assert denominator == 0
    else:
        assert value == pytest.approx(numerator / denominator, abs=0.5 if METRIC[metric].is_money else 1e-9)


@given(
    st.integers(0, 70), st.integers(1, 70), st.integers(0, 70), st.integers(0, 86_399), st.sampled_from(record_ids())
)
@settings(max_examples=60, deadline=None)
def test_records_sum_to_the_number(filled: Book, start: int, length: int, seen: int, second: int, asked: str) -> None:
    period = Period(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length - 1))
    as_of = datetime.combine(FIRST + timedelta(days=seen), datetime.min.time()) + timedelta(seconds=second)
    found = dashboard(filled, period, as_of)
    for code, panel in [(None, found.agency), *((one.producer or UNASSIGNED, one) for one in found.producers)]:
        behind = records(filled, asked, period, as_of, code)
        if asked.startswith(PIPELINE):
            stage = next(one for one in panel.pipeline if one.stage == asked.removeprefix(PIPELINE))
            assert (len(behind), sum(one.premium or 0 for one in behind)) == (stage.count, stage.premium)
        else:
            _check_metric(panel, asked, behind)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    agency.quote("2026-03-03", "P01", "L1", quote_id="Q1", carrier="Alder")
    agency.quote("2026-03-03", "Marsh, Dana", "L1", quote_id="Q2", carrier="Birch")
    agency.quote("2026-03-03", "P02", "L1", quote_id="Q3").quote("2026-03-04", "P01", "L1", quote_id="Q4")
    agency.policy("H1", "2026-03-05", "P01", 100_000, shares="P01:0.6;P02:0.4")
    agency.activity("2026-03-05T10:00:00", "P01", "call", activity_id="A1", client="Ada Abbott", count=3)
    agency.lead("L1", "2026-03-01T08:00:00", "P01", first_name="Ada", last_name="Abbott", estimated_premium=90_000)
    with open_book(tmp_path_factory.mktemp("lines")) as opened:
        agency.store(opened)
        yield opened


def _rows(book: Book, asked: str, code: str | None = None) -> list[tuple[str, str, int]]:
    return [(one.role, one.key, one.amount) for one in records(book, asked, MARCH, END, code)]


def test_several_quotes_of_a_lead_and_day_are_one(book: Book) -> None:
    assert _rows(book, "quotes") == [
        ("numerator", "Q1", 1),
        ("numerator", "Q2", 0),
        ("numerator", "Q3", 1),
        ("numerator", "Q4", 1),
    ]
    assert _rows(book, "close_rate", "P01") == [
        ("numerator", "H1|2026-03-05", 1),
        ("denominator", "Q1", 1),
        ("denominator", "Q4", 1),
    ]


def test_shares_of_a_policy(book: Book) -> None:
    assert _rows(book, "avg_policy_size") == [("both", "H1|2026-03-05", 100_000)]
    assert _rows(book, "avg_policy_size", "P01") == [("both", "H1|2026-03-05", 60_000)]
    assert _rows(book, "avg_policy_size", "P02") == [("numerator", "H1|2026-03-05", 40_000)]
    assert _rows(book, "policies_written", "P02") == []


def test_a_record_names_its_file_and_line(book: Book) -> None:
    call = records(book, "calls_made", MARCH, END)[0]
    assert (call.table, call.key, call.amount, call.money) == ("activities", "A1", 3, False)
    assert (call.file, call.sheet, call.line, call.entered) == ("activities.csv", None, 2, None)
    assert (call.producer, call.producer_name, call.subject) == ("P01", "Dana Marsh", "Ada Abbott")
    quote = records(book, "quotes", MARCH, END)[1]
    assert (quote.file, quote.line, quote.detail, quote.subject) == ("quotes.csv", 3, "Birch", "Ada Abbott")


def test_leads_of_a_stage(book: Book) -> None:
    lead = records(book, "pipeline.prospect", MARCH, END, "P01")[0]
    assert (lead.table, lead.key, lead.subject, lead.premium) == ("leads", "L1", "Ada Abbott", 90_000)
    assert records(book, "pipeline.prospect", MARCH, END, UNASSIGNED) == []


def test_what_there_is_not(book: Book) -> None:
    with pytest.raises(UserError, match="no figure"):
        records(book, "talk_minutes", MARCH, END)
    with pytest.raises(UserError, match="no producer"):
        records(book, "calls_made", MARCH, END, "P99")
    with pytest.raises(UserError, match="no longer in the book"):
        record_detail(book, "leads", "L99")


def test_one_record_whole(tmp_path: Path) -> None:
    agency = Agency().producer("P01", "Dana Marsh").lead("L1", "2026-03-01T08:00:00", "Marsh, Dana", consent=True)
    later = Agency().lead("L2", "2026-03-01", "P01").lead("L1", "2026-03-01T08:00:00", "Marsh, Dana", zip="02134")
    with open_book(tmp_path) as book:
        agency.store(book)
        later.store(book, "later")
        with book.transaction():
            action = journal.open_action(book, Author("ann", "2026-03-12T09:00:00"), "correct", "Correct state")
            edits.edit_row(book, action, "lead", "L1", {"state": "MA"}, "2026-03-12T09:00:00")
        found = record_detail(book, "leads", "L1")
    fields = {one.name: one for one in found.fields}
    assert (fields["producer"].value, fields["consent"].value) == ("Marsh, Dana", True)
    assert (fields["producer"].file, fields["producer"].line) == ("leads.csv", 2)
    assert (fields["zip"].value, fields["zip"].line) == ("02134", 3)
    assert (fields["state"].value, fields["state"].file) == ("MA", None)
    assert fields["state"].entered == "2026-03-12T09:00:00"
    assert [(one.field, one.before, one.after, one.who) for one in found.history] == [
        ("state", None, "MA", "ann"),
        ("zip", None, "02134", "test"),
    ]
    assert (found.file, found.line, found.entered) == ("leads.csv", 2, None)
