"""Counties and states by name: every county of the table is found as it is written, none is guessed."""

from __future__ import annotations

import pytest

from desktop import places


@pytest.mark.parametrize(
    ("text", "label", "fips"),
    [
        ("TX", "TX", None),
        (" texas ", "TX", None),
        ("AE", "AE", None),
        ("Bexar County, TX", "Bexar County, TX", "48029"),
        ("bexar, Texas", "Bexar County, TX", "48029"),
        ("Orleans, LA", "Orleans Parish, LA", "22071"),
        ("Saint Louis, MO", "St. Louis County, MO", "29189"),
        ("St. Louis city, MO", "St. Louis (city), MO", "29510"),
        ("Richmond city, VA", "City of Richmond, VA", "51760"),
        ("Richmond County, VA", "Richmond County, VA", "51159"),
    ],
)
def test_names_as_people_write_them(text: str, label: str, fips: str | None) -> None:
    area = places.read_area(text)
    assert area is not None and (area.label, area.fips) == (label, fips)
    assert area.zips()


@pytest.mark.parametrize("text", ["", "Bexar", "Nowhere, TX", "10001", "K1A", ", TX", "XX", "Bexar, XX"])
def test_what_is_neither_is_none(text: str) -> None:
    assert places.read_area(text) is None


def test_every_county_is_found_by_its_own_label() -> None:
    found = {place.fips for code in places.known_zips() if (place := places.zip_place(code)) is not None and place.fips}
    for fips in found:
        area = places.read_area(places.county_label(fips))
        assert area is not None and area.fips == fips
    assert len(found) > 3_000
