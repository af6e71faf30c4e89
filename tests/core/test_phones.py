"""Phones as people write them."""

from __future__ import annotations

import pytest

from desktop.core import phones


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("+16145550123", "(614) 555-0123"),
        ("+442079460123", "+442079460123"),
        ("x 12", "x 12"),
        (None, ""),
        ("+1614", "+1614"),
    ],
)
def test_a_stored_phone_as_it_is_read(stored: str | None, read: str) -> None:
    assert phones.written(stored) == read
