"""Tallies from the day cells against a plain count of the same rows, for any windows and any moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.periods import Period, end_of
from desktop.core.production import SUMMED
from desktop.models import facts, facts_pipeline
from desktop.models.book import Book
from desktop.models.facts import Window
from tests.services.small_agency import Agency, open_book

FIRST = date(2026, 2, 1)
DAYS = 40
CODES = ("P01", "P02")
SPELLINGS = {"P01": ("P01", "Dana Marsh", "Marsh, Dana"), "P02": ("P02", "Lee Ortiz"), None: ("Stranger",)}
KINDS = {
    "call": "calls_made",
    "email": "emails_sent",
    "meeting_set": "meetings_set",
    "meeting_held": "meetings_held",
    "referral_ask": "referrals_asked",
    "coi_contact": "coi_contacts",
    "note": None,
    "text": None,
}

Fact = tuple[str, str | None, str, int, bool]
"""Moment, code, metric, amount, automatic."""


def _activity(agency: Agency, random: Random, at: str, code: str | None) -> list[Fact]:
    kind = random.choice(list(KINDS))
    direction = random.choice([None, "outbound", "inbound"])
    bulk = random.choice([None, True, False]) if kind == "email" else None
    count = random.choice([None, None, 1, 3])
    said = random.choice([None, True, False])
    agency.activity(
        at,
        random.choice(SPELLINGS[code]),
        kind,
        direction=direction,
        bulk=bulk,
        count=count,
        self_reported=said,
        activity_id=f"A{random.getrandbits(60)}",
    )
    metric = KINDS[kind]
    if metric is None or (kind in ("call", "email") and direction == "inbound") or bulk:
        return []
    return [(at, code, metric, count or 1, not said)]


def _policy(agency: Agency, random: Random, day: str, code: str | None) -> list[Fact]:
    premium, kind = random.randrange(100, 500_000), random.choice(["new", "new", "renewal", "rewrite"])
    number = f"N{random.getrandbits(60)}"
    agency.policy(number, day, random.choice(SPELLINGS[code]), premium, transaction=kind, commission=premium // 10)
    if kind != "new":
        return []
    return [
        (day, code, "policies_written", 1, True),
        (day, code, "new_premium", premium, True),
        (day, code, "new_commission", premium // 10, True),
    ]


def _fill(agency: Agency, seed: int) -> list[Fact]:
    random = Random(seed)
    found: list[Fact] = []
    quoted: set[tuple[str, str | None, str]] = set()
    for _ in range(900):
        day = (FIRST + timedelta(days=random.randrange(DAYS))).isoformat()
        at = f"{day}T{random.randrange(24):02d}:{random.randrange(60):02d}:00" if random.random() < 0.9 else day
        found += _activity(agency, random, at, random.choice([*CODES, None]))
    for number in range(200):
        day = (FIRST + timedelta(days=random.randrange(DAYS))).isoformat()
        code, lead = random.choice([*CODES, None]), random.choice([None, f"L{random.randrange(12)}"])
        agency.quote(day, random.choice(SPELLINGS[code]), lead, quote_id=f"Q{number}")
        if lead is None or (day, code, lead) not in quoted:
            found.append((day, code, "quotes", 1, True))
        quoted.add((day, code, lead or ""))
        found += _policy(agency, random, day, code)
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, list[Fact], dict[int | None, str | None]]]:
    """A book of random rows, the facts that count, and the codes by producer id."""
    folder: Path = tmp_path_factory.mktemp("facts")
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    counted = _fill(agency, 7)
    with open_book(folder) as book:
        agency.store(book)
        codes: dict[int | None, str | None] = dict(
            book.connection.execute("SELECT id, producer_code FROM producer").fetchall()
        )
        yield book, counted, codes | {None: None}


def _counted(found: list[Fact], window: Window, code: str | None, *, automatic: bool) -> dict[str, int]:
    sums = dict.fromkeys(SUMMED, 0)
    for at, whose, metric, amount, auto in found:
        inside = window.period.contains(date.fromisoformat(at[:10])) and at <= window.as_of.isoformat()
        if whose == code and inside and (auto or not automatic):
            sums[metric] += amount
    return sums


DAY = st.integers(-5, DAYS + 5).map(lambda offset: FIRST + timedelta(days=offset))
WINDOW = st.builds(
    lambda start, length, day, seconds: Window(
        Period(start, start + timedelta(days=length)),
        datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds),
    ),
    DAY,
    st.integers(0, 50),
    DAY,
    st.integers(0, 86_399) | st.just(86_399),
)


@given(st.lists(WINDOW, min_size=1, max_size=6))
def test_tallies_are_what_a_plain_count_gives(
    filled: tuple[Book, list[Fact], dict[int | None, str | None]], windows: list[Window]
) -> None:
    book, counted, codes = filled
    for window, tallies in zip(windows, facts.tallies(book, windows), strict=True):
        for producer, code in codes.items():
            whole, automatic = tallies.of(producer), tallies.automatic_of(producer)
            assert dict(zip(SUMMED, whole.amounts, strict=True)) == _counted(counted, window, code, automatic=False)
            assert dict(zip(SUMMED, automatic.amounts, strict=True)) == _counted(counted, window, code, automatic=True)


def test_the_agency_is_the_sum_of_all_with_unassigned(
    filled: tuple[Book, list[Fact], dict[int | None, str | None]],
) -> None:
    book, counted, _codes = filled
    window = Window(Period(FIRST, FIRST + timedelta(days=DAYS)), end_of(FIRST + timedelta(days=DAYS)))
    whole = facts.tallies(book, [window])[0].agency()
    for metric in SUMMED:
        assert whole.amount(metric) == sum(amount for _at, _who, kind, amount, _auto in counted if kind == metric)
    assert whole.calls_made > 50


def test_no_windows_no_question(filled: tuple[Book, list[Fact], dict[int | None, str | None]]) -> None:
    assert facts.tallies(filled[0], []) == []


# --- leads ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    agency = Agency().producer("P01", "Dana Marsh").producer("P02", "Lee Ortiz")
    agency.lead("L1", "2026-03-01T09:00:00", "P01", estimated_premium=100_000)
    agency.stage("L1", "2026-03-02T10:00:00", "contacted").stage("L1", "2026-03-05T10:00:00", "qualified_interest")
    agency.add("owners", lead_id="L1", at="2026-03-10T12:00:00", producer="P02")
    agency.lead("L2", "2026-03-01T09:00:00", "P01", estimated_premium=70_000)
    agency.stage("L2", "2026-03-08T10:00:00", "lost").stage("L2", "2026-03-20T10:00:00", "contacted")
    agency.stage("L2", "2026-03-25T10:00:00", "closed_won")
    agency.policy("N1", "2026-03-25", "P01", 80_000, lead_id="L2")
    agency.policy("N2", "2026-03-27", "P01", 20_000, lead_id="L2")
    agency.policy("N3", "2026-03-26", "P01", 5_000, lead_id="L2", transaction="renewal")
    agency.lead("L3", "2026-03-04", None)
    with open_book(tmp_path_factory.mktemp("leads")) as book:
        agency.store(book)
        yield book


def _stages(book: Book, as_of: str) -> dict[tuple[str | None, str], tuple[int, int, int]]:
    codes = dict(book.connection.execute("SELECT id, producer_code FROM producer").fetchall())
    return {
        (codes.get(one.producer), one.stage): (one.count, one.premium, one.stuck)
        for one in facts_pipeline.open_leads(book, datetime.fromisoformat(as_of))
    }


def test_open_leads_at_a_moment(leads: Book) -> None:
    assert _stages(leads, "2026-03-01T08:59:59") == {}
    assert _stages(leads, "2026-03-01T09:00:00") == {("P01", "prospect"): (2, 170_000, 0)}
    assert _stages(leads, "2026-03-05T09:59:59") == {
        ("P01", "contacted"): (1, 100_000, 0),
        ("P01", "prospect"): (1, 70_000, 0),
        (None, "prospect"): (1, 0, 0),
    }
    assert _stages(leads, "2026-03-10T11:59:59")["P01", "quoted"] == (1, 100_000, 0)
    assert _stages(leads, "2026-03-10T12:00:00")["P02", "quoted"] == (1, 100_000, 0)
    assert ("P01", "contacted") not in _stages(leads, "2026-03-19T23:59:59")  # lost, and not yet back
    assert _stages(leads, "2026-03-20T10:00:00")["P01", "contacted"] == (1, 70_000, 0)


def test_stuck_in_quoted_is_compared_strictly(leads: Book) -> None:
    assert _stages(leads, "2026-03-19T10:00:00")["P02", "quoted"] == (1, 100_000, 0)
    assert _stages(leads, "2026-03-19T10:00:01")["P02", "quoted"] == (1, 100_000, 1)


def _outcomes(book: Book, period: Period, as_of: datetime) -> dict[str, tuple[int, int]]:
    return {one.stage: (one.count, one.premium) for one in facts_pipeline.outcomes(book, period, as_of)}


def test_the_last_outcome_of_the_period_counts(leads: Book) -> None:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    early = Period(date(2026, 3, 1), date(2026, 3, 15))
    assert _outcomes(leads, march, end_of(march.end)) == {"won": (1, 100_000)}  # both new policies, not the renewal
    assert _outcomes(leads, march, end_of(date(2026, 3, 26))) == {"won": (1, 80_000)}
    assert _outcomes(leads, early, end_of(march.end)) == {"lost": (1, 70_000)}  # although it re-entered later
    assert _outcomes(leads, march, end_of(date(2026, 3, 7))) == {}


def test_new_prospects_by_owner(leads: Book) -> None:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    ids = {code: row_id for row_id, code in leads.connection.execute("SELECT id, producer_code FROM producer")}
    found = facts_pipeline.new_prospects(leads, march, end_of(march.end))
    assert found == {ids["P01"]: 1, ids["P02"]: 1, None: 1}
    assert facts_pipeline.new_prospects(leads, march, datetime(2026, 3, 3)) == {ids["P01"]: 2}


def test_freshness(leads: Book) -> None:
    found = facts_pipeline.last_records(leads, datetime(2026, 3, 20, 9))
    assert tuple(found) == facts_pipeline.SOURCES
    assert found["stages"] == "2026-03-08"
    assert found["leads"] == "2026-03-04"
    assert found["policies"] is None
    assert found["calls"] is None
    assert facts_pipeline.last_records(leads, datetime(2026, 4, 1))["policies"] == "2026-03-27"
