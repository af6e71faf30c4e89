"""ZIPs as people and spreadsheets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import zips
from desktop.errors import UserError


@pytest.mark.parametrize(
    ("text", "zip5", "plus4", "warning"),
    [
        ("02134", "02134", None, None),
        (" 10001 ", "10001", None, None),
        ("10001.0", "10001", None, None),
        ("2134", "02134", None, zips.ZEROS_RESTORED),
        ("2134.0", "02134", None, zips.ZEROS_RESTORED),
        ("501", "00501", None, zips.ZEROS_RESTORED),
        ("02134-1234", "02134", "1234", None),
        ("02134 1234", "02134", "1234", None),
        ("2134-1234", "02134", "1234", zips.ZEROS_RESTORED),
        ("021341234", "02134", "1234", None),
        ("21341234", "02134", "1234", zips.ZEROS_RESTORED),
        ("10001-", "10001", None, None),
        ("09012", "09012", None, zips.MILITARY),
        ("9012", "09012", None, f"{zips.ZEROS_RESTORED} {zips.MILITARY}"),
        ("34002", "34002", None, zips.MILITARY),
        ("96201", "96201", None, zips.MILITARY),
        ("96699", "96699", None, zips.MILITARY),
        ("96701", "96701", None, None),
        ("08999", "08999", None, None),
        ("09900", "09900", None, None),
        ("00000", "00000", None, None),
    ],
)
def test_reads_zips(text: str, zip5: str, plus4: str | None, warning: str | None) -> None:
    assert zips.parse(text) == zips.Zip(zip5, plus4, "US", warning)


@pytest.mark.parametrize(
    "text",
    ["", "1", "12", "1O001", "1000I", "10 001", "123456", "1234567", "0213412345", "2134.5", "-2134", "1_000", "nan",
     "\uff12\uff11\uff13\uff14\uff15", "2.1E4", "02134-123"],
)  # fmt: skip
def test_refuses_what_is_no_zip(text: str) -> None:
    with pytest.raises(UserError):
        zips.parse(text)


@pytest.mark.parametrize("text", ["K1A 0B1", "k1a0b1", "K1A-0B1", "K1A"])
def test_canadian_codes_are_held_by_three_characters(text: str) -> None:
    assert zips.parse(text) == zips.Zip("K1A", None, "CA", None)


@pytest.mark.parametrize("text", ["D1A 0B1", "W1A 0B1", "Z1A 0B1", "K1O 0B1", "K1A 0Q1", "KAA 0B1", "K1A 0B", "K1"])
def test_canadian_letters_are_checked(text: str) -> None:
    with pytest.raises(UserError):
        zips.parse(text)


def test_w_and_z_may_stand_later() -> None:
    assert zips.parse("K1W 0Z1").zip5 == "K1W"


def test_a_zip_that_does_not_exist_is_kept_and_marked() -> None:
    assert zips.parse("99999", known={"10001"}).warning == zips.UNKNOWN
    assert zips.parse("10001", known={"10001"}).warning is None


@given(st.integers(0, 99_999))
def test_lost_zeros_come_back(number: int) -> None:
    text = f"{number:05d}"
    assert zips.parse(text).zip5 == text
    assert zips.index(text) == number
    if number >= 100:
        assert zips.parse(str(number)).zip5 == text


@pytest.mark.parametrize("text", ["1234", "123456", "1234a", "K1A", "\uff11\uff12\uff13\uff14\uff15", ""])
def test_only_five_digits_have_an_index(text: str) -> None:
    assert zips.index(text) is None
