from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import measures
from desktop.core.kpis import CARDS, FLOW, KPIS, is_kpi, kpi
from desktop.core.kpis.definition import Bands, Better, Corridor, Plain, Status, Unit, band_status
from desktop.settings import Settings

numbers = st.fractions(min_value=-10, max_value=1000, max_denominator=1000)


def test_the_forty_stand_in_the_documents_order() -> None:
    assert tuple(one.id for one in KPIS) == measures.KPIS
    assert len(KPIS) == 40
    assert [one.section for one in KPIS] == sorted(
        (one.section for one in KPIS), key=lambda section: [int(part) for part in section.split(".")]
    )


def test_the_twenty_cards_are_kpis_with_a_value() -> None:
    assert len(set(CARDS)) == 20
    assert all(kpi(one).unit is not Unit.TABLE for one in CARDS)


def test_every_kpi_tells_what_it_is_and_what_fills_it() -> None:
    for one in KPIS:
        assert all(text.endswith(".") for text in (one.definition, one.formula, one.fills)), one.id
    assert len({one.label for one in KPIS}) == 40


def test_every_band_of_the_settings_belongs_to_a_kpi() -> None:
    keys = [key.removeprefix("bands.") for key in Settings.from_values({}).values() if key.startswith("bands.")]
    assert keys
    assert all(is_kpi(key) for key in keys)
    assert set(keys) >= FLOW


def test_what_is_no_kpi_is_none() -> None:
    assert not is_kpi("calls_made")


@pytest.mark.parametrize(
    ("value", "status"), [(4, "green"), (5, "yellow"), (10, "yellow"), (15, "yellow"), (Fraction(1501, 100), "red")]
)
def test_lower_is_better(value: int | Fraction, status: str) -> None:
    assert band_status(value, Bands(Fraction(5), Fraction(15))) == status


@pytest.mark.parametrize(
    ("value", "status"),
    [(0.46, "green"), (0.45, "yellow"), (Fraction(9, 20), "yellow"), (0.3, "yellow"), (0.29, "red")],
)
def test_higher_is_better(value: float | Fraction, status: str) -> None:
    assert band_status(value, Bands(Fraction(45, 100), Fraction(30, 100))) == status


@pytest.mark.parametrize(
    ("value", "status"), [(3, "green"), (5, "green"), (2, "yellow"), (5.1, "yellow"), (7, "yellow"), (7.01, "red")]
)
def test_attempts_lie_between(value: float, status: str) -> None:
    assert band_status(value, Corridor((Fraction(3), Fraction(5)), (Fraction(2), Fraction(7)))) == status


@pytest.mark.parametrize(("value", "status"), [(80, "green"), (79, "yellow"), (72, "yellow"), (71.9, "red")])
def test_plain_target_higher(value: float, status: str) -> None:
    assert band_status(value, Plain(Fraction(80), Better.HIGHER)) == status


@pytest.mark.parametrize(("value", "status"), [(7, "green"), (7.7, "yellow"), (7.71, "red")])
def test_plain_target_lower(value: float, status: str) -> None:
    assert band_status(value, Plain(Fraction(7), Better.LOWER)) == status


def test_alerts_are_green_at_none_alone() -> None:
    nothing = Plain(Fraction(0), Better.LOWER)
    assert band_status(0, nothing) == "green"
    assert band_status(1, nothing) == "red"


@given(numbers)
def test_undefined_is_never_judged(value: Fraction) -> None:
    assert band_status(None, Plain(value, Better.HIGHER)) is Status.NONE
    assert band_status(value, None) is Status.NONE


@given(numbers, numbers, numbers)
def test_both_edges_are_yellow_and_green_lies_beyond_one(green: Fraction, red: Fraction, value: Fraction) -> None:
    bands = Bands(green, red)
    assert bands.status(green) is bands.status(red) is Status.YELLOW
    if green > red:
        assert (bands.status(value) is Status.GREEN) == (value > green)
        assert (bands.status(value) is Status.RED) == (value < red)
    if green < red:
        assert (bands.status(value) is Status.GREEN) == (value < green)


@given(st.fractions(min_value=Fraction(1, 100), max_value=1))
def test_an_own_target_is_the_green_edge(target: Fraction) -> None:
    moved = Bands(Fraction(45, 100), Fraction(30, 100)).moved(target)
    assert moved.target == target
    assert moved.green > moved.red
    assert Bands(Fraction(5), Fraction(15)).moved(target * 40).red > target * 40
