"""The ZIP table and the outlines: known places, codes that join, rings that close."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import places


@pytest.mark.parametrize(
    ("zip5", "state", "fips", "county", "city"),
    [
        ("10001", "NY", "36061", "New York", "New York"),
        ("00501", "NY", "36103", "Suffolk", "Holtsville"),
        ("90210", "CA", "06037", "Los Angeles", "Beverly Hills"),
        ("09007", "AE", "", "", "APO AE"),
    ],
)
def test_where_a_zip_is(zip5: str, state: str, fips: str, county: str, city: str) -> None:
    place = places.zip_place(zip5)
    assert place is not None
    assert (place.zip5, place.state, place.fips, place.county, place.city) == (zip5, state, fips, county, city)


def test_coordinates_are_those_of_manhattan() -> None:
    place = places.zip_place("10001")
    assert place is not None
    assert place.lat == pytest.approx(40.75, abs=0.05)
    assert place.lon == pytest.approx(-74.0, abs=0.05)


@given(st.text(max_size=6))
def test_what_is_no_zip_is_nowhere(text: str) -> None:
    assert (places.zip_place(text) is not None) == (text in places.known_zips())


def test_the_table_is_whole() -> None:
    assert len(places.known_zips()) == 41_488
    assert date(2025, 1, 1) < places.table_date() < date(2027, 1, 1)
    assert all(len(zip5) == 5 and zip5.isdigit() for zip5 in places.known_zips())


def test_every_line_of_the_table_can_be_read_apart() -> None:
    for zip5 in places.known_zips():
        place = places.zip_place(zip5)
        assert place is not None
        assert place.state and place.city
        if place.fips:
            assert places.STATE_OF_FIPS[place.fips[:2]] == place.state
            assert place.county


def test_zips_of_a_county_and_of_a_state() -> None:
    county = places.zips_of_county("36061")
    assert "10001" in county
    assert list(county) == sorted(county)
    assert set(county) <= set(places.zips_of_state("NY"))
    assert places.zips_of_county("") == places.zips_of_county("99999") == ()
    assert places.zips_of_state("ZZ") == ()
    assert "09007" in places.zips_of_state("AE")


def test_there_are_fifty_states_and_the_district() -> None:
    shapes = places.state_shapes()
    assert len(shapes) == 51
    assert {shape.state for shape in shapes} == set(places.STATE_NAMES) - {"AS", "GU", "MP", "PR", "VI"}
    assert all(places.STATE_NAMES[shape.state] == shape.name for shape in shapes)
    assert all(places.FIPS_OF_STATE[shape.state] == shape.fips for shape in shapes)


def test_rings_close_and_lie_on_the_plane() -> None:
    for shape in (*places.state_shapes(), *places.county_shapes()):
        assert shape.rings
        for ring in shape.rings:
            assert len(ring) >= 4 or len(shape.rings) == 1, shape.name
            assert ring[0] == pytest.approx(ring[-1]), shape.name
            assert all(-60 <= x <= places.WIDTH and 0 <= y <= places.HEIGHT for x, y in ring)


def test_counties_join_the_zip_table_by_their_code() -> None:
    shapes = {shape.fips for shape in places.county_shapes()}
    assert len(shapes) == 3144
    named = {place.fips for place in map(places.zip_place, places.known_zips()) if place and place.fips}
    missing = [zip5 for fips in named - shapes for zip5 in places.zips_of_county(fips)]
    assert len(missing) <= 14


def test_counties_lie_within_their_state() -> None:
    boxes = {shape.state: _box(shape) for shape in places.state_shapes()}
    for shape in places.county_shapes():
        left, top, right, bottom = boxes[shape.state]
        x0, y0, x1, y1 = _box(shape)
        assert left - 1 <= x0 and x1 <= right + 1 and top - 1 <= y0 and y1 <= bottom + 1, shape.name


def _box(shape: places.Shape) -> tuple[float, float, float, float]:
    spots = [spot for ring in shape.rings for spot in ring]
    return (
        min(x for x, _ in spots), min(y for _, y in spots), max(x for x, _ in spots), max(y for _, y in spots),
    )  # fmt: skip
