"""Points and scores, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import scoring
from desktop.core.scoring import Points


@pytest.mark.parametrize(
    ("active", "points"),
    [(0, 10), (4, 10), (5, 8), (9, 8), (10, 6), (14, 6), (15, 4), (19, 4), (20, 2), (25, 2), (400, 2)],
)
def test_capacity(active: int, points: int) -> None:
    assert scoring.capacity_points(active) == points


@pytest.mark.parametrize(
    ("line", "inside", "points"),
    [("line", True, 10),
     ("line", False, 8), ("related", True, 6), ("related", False, 6), ("none", True, 4), ("none", False, 4)],
)  # fmt: skip
def test_match(line: str, inside: bool, points: int) -> None:
    assert scoring.match_points(line, inside) == points


@pytest.mark.parametrize(
    ("line", "lines", "kind"),
    [
        ("BOP", ("bop",), "line"),
        ("BOP", (), "line"),
        ("BOP", ("Workers Comp",), "related"),
        ("BOP", ("Homeowners", "Life"), "none"),
        ("Homeowners", ("Personal Auto",), "related"),
        ("Life", ("Homeowners",), "none"),
        ("Pet", ("Homeowners",), "none"),
        ("Pet", ("PET",), "line"),
    ],
)
def test_line_match(line: str, lines: tuple[str, ...], kind: str) -> None:
    assert scoring.line_match(line, lines) == kind


def test_several_lines_have_the_mean() -> None:
    assert scoring.mean_match(("BOP", "Life", "Workers Comp"), ("BOP",), True) == Fraction(10 + 4 + 6, 3)


@pytest.mark.parametrize(
    ("bound", "decided", "rate", "points"),
    [
        (0, 0, 0.20, Fraction(47, 11)),  # r = 0.20
        (1, 1, 0.20, 1 + Fraction(9 * 3, 11) / Fraction(55, 100)),  # 1 of 1 is not 100 %
        (0, 0, 0, Fraction(1)),
        (55, 100, 0.55, Fraction(10)),
        (90, 100, 0.90, Fraction(10)),
        (35, 100, 0.35, 1 + Fraction(9 * 35, 55)),
    ],
)
def test_close(bound: int, decided: int, rate: float, points: Fraction) -> None:
    assert scoring.close_points(bound, decided, rate) == points


@pytest.mark.parametrize(
    ("minutes", "points"),
    [(0, 10), (4.99, 10), (5, 8), (14.9, 8), (15, 6), (29, 6), (30, 4), (59, 4), (60, 2), (9_999, 2), (None, 6)],
)
def test_response(minutes: float | None, points: int) -> None:
    assert scoring.response_points(minutes) == points


@pytest.mark.parametrize(
    ("capacity", "match", "rate", "response", "shown"),
    [(8, 9, "0.35", 10, "82.32"), (4, 7, "0.28", 4, "54.45"), (9, 6, "0.31", 8, "71.18")],
)
def test_the_documents_example(capacity: int, match: int, rate: str, response: int, shown: str) -> None:
    close = scoring.rate_points(Fraction(rate))
    total = scoring.score(Points(Fraction(capacity), Fraction(match), close, Fraction(response)))
    assert scoring.shown(total) == Decimal(shown)
    parts = {"capacity": capacity, "match": match, "close": close, "response": response}
    assert scoring.score(parts) == total
    assert scoring.shown(total, 0) == Decimal(shown.split(".")[0])


def test_all_tens_are_a_hundred() -> None:
    assert scoring.score({"capacity": 10, "match": 10, "close": 10, "response": 10}) == 100


@pytest.mark.parametrize(
    ("value", "text"), [("0.005", "0.01"), ("0.0049", "0.00"), ("82.325", "82.33"), ("100", "100.00")]
)
def test_shown_is_rounded_half_up(value: str, text: str) -> None:
    assert str(scoring.shown(Fraction(value))) == text


@given(st.integers(0, 200), st.integers(0, 200), st.fractions(0, 1))
def test_close_points_stay_between_one_and_ten(won: int, lost: int, rate: Fraction) -> None:
    points = scoring.close_points(won, won + lost, rate)
    assert 1 <= points <= 10
    assert scoring.close_points(won + 1, won + 1 + lost, rate) >= points


def test_parts_may_come_in_order() -> None:
    assert scoring.score((10, 8, 6, 4)) == scoring.score({"capacity": 10, "match": 8, "close": 6, "response": 4})
    assert scoring.score((10, 8, 6, 4), (1, 0, 0, 0)) == 100
