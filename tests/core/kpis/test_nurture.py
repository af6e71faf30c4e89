"""Times in nurture, returns by themselves and what they bring, by hand."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.kpis import nurture
from desktop.core.kpis.nurture import REPLIED, SENT, NurturedLead, Rest, Sale, Touch, Win, rests_of
from desktop.core.kpis.reading import Asked, KpiReading, Whose
from desktop.core.periods import Period, end_of

EVERYBODY, ANA = Whose(), Whose(1)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
OWNERS = (("2026-01-01T00:00:00", None, 1),)


def asked(as_of: datetime | None = None, whose: Whose = EVERYBODY) -> Asked:
    return Asked(MARCH, as_of or end_of(MARCH.end), whose)


def lead(
    touches: list[tuple[str, str, str | None]],
    stays: list[tuple[str, int | None]],
    row: int = 1,
    inbound: tuple[str, ...] = (),
    outbound: tuple[str, ...] = (),
) -> NurturedLead:
    entries = [Touch(number, stage, at, detail) for number, (at, stage, detail) in enumerate(touches, 1)]
    won = tuple(at for at, rank in stays if rank == 7)
    found = rests_of(entries, stays)
    return NurturedLead(row, f"L{row}", "2026-01-02T10:00:00", OWNERS, found, won, inbound, outbound)


def recapture_rate(leads: list[NurturedLead], question: Asked) -> KpiReading:
    return nurture.recapture_rate(nurture.resting(leads, question), question)


def zombie_rate(leads: list[NurturedLead], question: Asked) -> KpiReading:
    return nurture.zombie_rate(nurture.resting(leads, question), question)


def test_a_rest_lasts_to_the_next_sales_entry_of_rank_one_to_six() -> None:
    rests = rests_of(
        [
            Touch(1, "nurturing", "2026-02-01T10:00:00", "price"),
            Touch(2, "sent", "2026-02-15T10:00:00", "1"),
            Touch(3, "recycled", "2026-03-02T10:00:00", None),
            Touch(4, "nurturing", "2026-03-20T10:00:00", "timing"),
        ],
        [
            ("2026-01-02T10:00:00", 1),
            ("2026-01-30T10:00:00", None),
            ("2026-02-20T10:00:00", 7),
            ("2026-03-02T10:00:00", 1),
            ("2026-03-03T10:00:00", 2),
        ],
    )
    assert [(one.back_at, one.reason, one.message) for one in rests] == [
        ("2026-03-02T10:00:00", "price", "1"),
        (None, "timing", None),
    ]


def test_recapture_counts_leads_that_rested_in_the_period() -> None:
    back = lead([("2026-02-01T10:00:00", "nurturing", "price")], [("2026-03-31T23:00:00", 2)], 1)
    before = lead([("2026-02-01T10:00:00", "nurturing", "price")], [("2026-02-28T23:59:59", 2)], 2)
    later = lead([("2026-02-01T10:00:00", "nurturing", "timing")], [("2026-04-01T00:00:00", 2)], 3)
    fresh = lead([("2026-04-01T00:00:00", "nurturing", None)], [], 4)
    still = lead([("2026-03-31T12:00:00", "declined", None)], [("2026-03-31T12:00:00", 1)], 5)
    found = recapture_rate([back, before, later, fresh, still], asked())
    assert (found.numerator, found.denominator) == (1, 3)
    rows = found.detail()["rows"]
    assert [(one["by"], one["key"], one["numerator"], one["denominator"]) for one in rows] == [  # type: ignore[attr-defined]
        ("reason", "price", 1, 1),
        ("reason", "timing", 0, 1),
        ("reason", None, 0, 1),
        ("message", None, 1, 3),
    ]
    early = recapture_rate([back, later], asked(datetime(2026, 3, 31, 22)))
    assert (early.numerator, early.denominator) == (0, 2)


def test_the_first_and_the_last_moment_of_a_period_are_in_it() -> None:
    first = lead([("2026-02-01T10:00:00", "nurturing", None)], [("2026-03-01", 2)], 1)
    last = lead([("2026-03-31T23:59:59", "nurturing", None)], [], 2)
    found = recapture_rate([first, last], asked())
    assert (found.numerator, found.denominator) == (1, 2)
    assert recapture_rate([first, last], asked(datetime(2026, 2, 28, 12))).denominator == 0


BACK = "2026-03-20T12:00:00"


@pytest.mark.parametrize(
    ("inbound", "outbound", "comes_by_itself"),
    [
        (("2026-03-20T11:00:00",), (), True),
        ((), (), False),
        (("2026-03-20T11:00:00",), ("2026-02-18T10:59:59",), True),
        (("2026-03-20T11:00:00",), ("2026-02-18T11:00:00",), False),
        (("2026-03-20T11:00:00",), ("2026-03-20T11:30:00",), True),
        (("2026-03-20T11:00:00",), ("2026-03-20T11:00:00",), True),
        (("2026-02-18T11:59:59",), (), False),
        (("2026-03-20T12:00:01",), (), False),
    ],
)
def test_a_zombie_gets_in_touch_before_anybody_calls(
    inbound: tuple[str, ...], outbound: tuple[str, ...], comes_by_itself: bool
) -> None:
    one = lead([("2026-01-10T10:00:00", "nurturing", None)], [(BACK, 1)], 1, inbound, outbound)
    found = zombie_rate([one], asked())
    assert (found.numerator, found.denominator) == (int(comes_by_itself), 1)


def test_a_reply_is_getting_in_touch_and_wins_are_shared() -> None:
    touches: list[tuple[str, str, str | None]] = [
        ("2026-01-10T10:00:00", "nurturing", None),
        ("2026-03-19T10:00:00", "replied", "3"),
    ]
    won = lead(touches, [(BACK, 1), ("2026-03-30T10:00:00", 7)], 1)
    not_yet = lead(touches, [(BACK, 1), ("2026-04-02T10:00:00", 7)], 2)
    found = zombie_rate([won, not_yet], asked())
    assert found.value == 1
    assert found.detail() == {"count": 2, "share_won": Fraction(1, 2)}


def test_win_backs_bring_what_was_bound_since_they_came_back() -> None:
    returned = lead([("2026-02-01T10:00:00", "nurturing", None)], [("2026-03-02T10:00:00", 1)])
    sales = (Sale("2025-12-01", 70_000), Sale("2026-03-10", 120_000), Sale("2026-04-02", 9_999))
    win = Win(1, "L1", OWNERS, (("2026-03-10T09:00:00", True),), sales)
    other = Win(2, "L2", OWNERS, (("2026-03-10T09:00:00", True),), (Sale("2026-03-10", 50_000),))
    lost = Win(3, "L3", OWNERS, (("2026-03-09T09:00:00", True), ("2026-03-10T09:00:00", False)), ())
    found = nurture.win_back_premium([win, other, lost], {"L1": returned}, asked())
    assert found.value == 120_000
    assert found.detail()["share"] == Fraction(120_000, 240_000)
    nothing = nurture.win_back_premium([other], {}, asked(whose=Whose(2)))
    assert (nothing.value, nothing.detail()["share"]) == (0, None)


def test_a_win_before_the_return_is_no_win_back() -> None:
    later = lead([("2026-03-12T10:00:00", "nurturing", None)], [("2026-03-20T10:00:00", 1)])
    win = Win(1, "L1", OWNERS, (("2026-03-10T09:00:00", True),), (Sale("2026-03-25", 120_000),))
    assert nurture.win_back_premium([win], {"L1": later}, asked()).value == 0


def test_answers_by_message() -> None:
    one = lead(
        [
            ("2026-02-27T10:00:00", "sent", "1"),
            ("2026-03-01T00:00:00", "replied", "1"),
            ("2026-03-13T10:00:00", "sent", "2"),
            ("2026-03-27T10:00:00", "sent", "3"),
        ],
        [],
    )
    found = nurture.nurture_response([one], asked())
    assert (found.value, found.numerator, found.denominator) == (Fraction(1, 2), 1, 2)
    assert [(row["key"], row["value"]) for row in found.detail()["rows"]] == [("1", None), ("2", 0), ("3", 0)]  # type: ignore[attr-defined]


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 5, 31)).map(
    lambda one: one.replace(microsecond=0).isoformat()
)


@given(
    st.lists(moments, min_size=1, max_size=8, unique=True),
    st.lists(st.tuples(moments, st.sampled_from([1, 2, 6, 7, None])), max_size=8),
    moments,
)
def test_what_is_known_at_a_moment_is_what_would_have_been_made_of_it_then(
    touches: list[str], stays: list[tuple[str, int | None]], moment: str
) -> None:
    entries = [Touch(row, "sent", at, None) for row, at in enumerate(sorted(touches))]
    ways = sorted(stays, key=lambda one: one[0])
    whole = NurturedLead(1, "L1", "", OWNERS, rests_of(entries, ways))
    then = rests_of([one for one in entries if one.at <= moment], [one for one in ways if one[0] <= moment])
    assert tuple(one.until(moment) for one in whole.rests if one.since <= moment) == then
    assert sum(len(one.touches) for one in whole.rests) == len(entries)


_STAGES = ("declined", "nurturing", SENT, REPLIED, "paused")
_ENTRIES = st.lists(
    st.tuples(st.sampled_from(_STAGES), st.integers(0, 200), st.sampled_from((None, "1", "price"))), max_size=12
)


@given(_ENTRIES, st.integers(0, 200), st.integers(0, 200))
def test_a_rest_without_its_past_answers_every_later_question_alike(
    entries: list[tuple[str, int, str | None]], cut: int, later: int
) -> None:
    ordered = sorted(entries, key=lambda one: one[1])
    touches = tuple(Touch(row, stage, f"{day:03}", detail) for row, (stage, day, detail) in enumerate(ordered))
    rest = Rest("000", touches, None)
    moment, asked = f"{cut:03}", f"{max(cut, later):03}"
    left = rest.without_past(moment)
    assert len([one for one in left.touches if one.at < moment]) <= 2
    assert [one for one in left.touches if one.at >= moment] == [one for one in touches if one.at >= moment]
    assert (left.until(asked).reason, left.until(asked).message) == (
        rest.until(asked).reason,
        rest.until(asked).message,
    )
