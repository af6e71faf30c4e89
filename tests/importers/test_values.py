"""Every form of value in files.md, and what must be refused rather than guessed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importers import values
from desktop.importers.values import Converter, Unreadable

CENTS = st.integers(min_value=0, max_value=10**11)


def written(cents: int) -> str:
    return f"{Decimal(cents) / 100:,.2f}"


@given(CENTS)
def test_money_is_exact_in_every_spelling(cents: int) -> None:
    plain = written(cents)
    for text in (plain, f"${plain}", f"$ {plain}", plain.replace(",", ""), f"{plain}0000"):
        assert values.read_money(text) == cents
    for text in (f"({plain})", f"-{plain}", f"{plain}-", f"$({plain})", f"(${plain})", f"-${plain}", f"$-{plain}"):
        assert values.read_money(text) == -cents


@given(CENTS)
def test_binary_remainders_of_spreadsheets_round_to_the_cent(cents: int) -> None:
    noisy = Decimal(cents) / 100 + Decimal("0.00000000000006")
    assert values.read_money(f"{noisy:f}") == cents


@given(st.text(max_size=12))
def test_money_never_raises_anything_but_a_reason(text: str) -> None:
    with suppress(Unreadable):
        assert isinstance(values.read_money(text), int)


@pytest.mark.parametrize(
    "text",
    ["1_000", "nan", "inf", "١٢٣", "1.2.3", "1,23", "12,34,567", "1.234,56", "1,5", "12.345", "1e5", "1.23457E+12",
     "--5", "(-5)", "(5", "5)", "$", "-", "12a", "ten", "$1K", "0x10", "1 000", "10%", "9" * 40, "+-5", "5--"],
)  # fmt: skip
def test_money_refuses(text: str) -> None:
    with pytest.raises(Unreadable):
        values.read_money(text)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("12.5%", 0.125), ("12.5 %", 0.125), ("0%", 0.0), ("100%", 1.0), ("12.5", "12.5"), ("0.125", "0.125"), ("1", "1")],
)
def test_rates(text: str, rate: float | str) -> None:
    assert values.read_rate(text) == rate


@pytest.mark.parametrize("text", ["101%", "-5%", "-0.1", "250", "$5", "%", "a%", "1_0%"])
def test_rates_refuse(text: str) -> None:
    with pytest.raises(Unreadable):
        values.read_rate(text)


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (values.read_count, "12", 12),
        (values.read_count, "12.0", 12),
        (values.read_count, "1,204", 1204),
        (values.read_count, "0", 0),
        (values.read_number, "60%", 0.6),
        (values.read_number, "$20,000", 20000.0),
        (values.read_number, "0.1", 0.1),
        (values.read_minutes, "6.5", 6.5),
        (values.read_minutes, "0:06:30", 6.5),
        (values.read_duration, "1:02:03", 62.05),
        (values.read_duration, "5:30", 5.5),
        (values.read_duration, "1h 5m 30s", 65.5),
        (values.read_seconds, "90", 1.5),
        (values.read_flag, "Yes", True),
        (values.read_flag, "N", False),
        (values.read_flag, "TRUE", True),
        (values.read_flag, "0", False),
        (values.read_state, "oh", "OH"),
        (values.read_state, "New  York", "NY"),
        (values.read_state, "N.Y.", "NY"),
        (values.read_state, "Ontario", "ON"),
        (values.read_email, " Sam@Agency.Example ", "sam@agency.example"),
        (values.read_codes, " home ; auto;", "home;auto"),
        (values.read_shares, "P01:0.6;P02:0.4", "P01:0.6;P02:0.4"),
        (values.read_shares, "P01:60%; P02:40%", "P01:0.6;P02:0.4"),
        (values.read_shares, "P01:60;P02:40", "P01:0.6;P02:0.4"),
        (values.read_shares, "A:0.333;B:0.333;C:0.333", "A:0.333;B:0.333;C:0.333"),
        (values.read_zip_rule, "100*", "100*"),
        (values.read_zip_rule, "2134", "02134"),
        (values.read_json, '{"b": 1, "a": [2]}', '{"a":[2],"b":1}'),
        (values.read_id, "1E12", "1E12"),
    ],
)
def test_reads(reader: Converter, text: str, value: object) -> None:
    found = reader(text)
    assert found == pytest.approx(value) if isinstance(value, float) else found == value


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (values.read_count, "1.5"),
        (values.read_count, "-1"),
        (values.read_count, "$3"),
        (values.read_minutes, "-3"),
        (values.read_minutes, "abc"),
        (values.read_duration, "12"),
        (values.read_duration, "1:75"),
        (values.read_flag, "perhaps"),
        (values.read_state, "Atlantis"),
        (values.read_email, "nobody"),
        (values.read_shares, "P01:0.6;P02:0.5"),
        (values.read_shares, "P01"),
        (values.read_shares, ":1"),
        (values.read_shares, "P01:1.5;P02:-0.5"),
        (values.read_zip_rule, "12345*"),
        (values.read_zip_rule, "*"),
        (values.read_json, "{"),
        (values.read_json, "NaN"),
        (values.read_id, "1.23457E+12"),
    ],
)
def test_refuses(reader: Converter, text: str) -> None:
    with pytest.raises(Unreadable):
        reader(text)


@given(st.integers(min_value=501, max_value=99999), st.integers(min_value=0, max_value=9999))
def test_zips_get_their_zeros_back_and_lose_their_four(code: int, four: int) -> None:
    zip5 = f"{code:05d}"
    for text in (zip5, str(code), f"{code}.0", f"{zip5}-{four:04d}", f"{zip5}{four:04d}", f"{zip5} {four:04d}"):
        assert values.read_zip(text) == zip5


@pytest.mark.parametrize(("text", "code"), [("k1a0b1", "K1A 0B1"), ("K1A 0B1", "K1A 0B1"), ("2134-1102", "02134")])
def test_other_codes(text: str, code: str) -> None:
    assert values.read_zip(text) == code


@pytest.mark.parametrize("text", ["00000", "12", "123456", "ABCDE", "1234-12", "D1A 0B1", "०२१३४", "-2134"])
def test_zips_refuse(text: str) -> None:
    with pytest.raises(Unreadable):
        values.read_zip(text)


@pytest.mark.parametrize(
    "text",
    ["(614) 555-2301", "614.555.2301", "6145552301", "+1 614 555 2301", "1-614-555-2301", "614 555 2301 x12",
     "(614) 555-2301 ext. 5", "614/555-2301", "tel:+16145552301", "6145552301.0"],
)  # fmt: skip
def test_a_us_number_has_one_spelling(text: str) -> None:
    assert values.read_phone(text) == "+16145552301"


@pytest.mark.parametrize("text", ["+44 20 7946 0958", "123", "Anonymous", "014 555 2301", "614-555-HOME"])
def test_other_numbers_stay_as_they_are(text: str) -> None:
    assert values.read_phone(text) == text


@pytest.mark.parametrize("text", ["Meeting Held", "meeting-held", "MEETING_HELD", "meetingheld"])
def test_choices_know_no_spelling(text: str) -> None:
    assert values.choice_reader(("meeting_set", "meeting_held"), {})(text) == "meeting_held"


def test_synonyms_lead_only_to_choices_that_there_are() -> None:
    reader = values.choice_reader(("call",), {"phone": "call", "sms": "text"})
    assert reader("Phone") == "call"
    with pytest.raises(Unreadable, match="none of call"):
        reader("sms")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tx", "TX"), ("Texas", "TX"), ("Bexar  County, texas", "Bexar County, TX"), ("10001-10099", "10001-10099"),
        ("501 – 00599", "00501-00599"), ("02134-1234", "02134"),
    ],
)  # fmt: skip
def test_a_rule_may_name_a_state_a_county_or_a_range(text: str, kept: str) -> None:
    assert values.read_zip_rule(text) == kept


@pytest.mark.parametrize("text", ["ON", "Bexar", "Bexar, ZZ", "1, TX", ", TX", "1O*"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(values.Unreadable):
        values.read_zip_rule(text)
