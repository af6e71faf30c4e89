"""What settings may hold, and how they are read."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Any

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.settings import DEFAULTS, Settings, canonical, federal_holidays

YEAR_2026 = "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"  # the Fourth is a Saturday


def test_every_default_passes_its_own_check_and_survives_json() -> None:
    for key, value in DEFAULTS.items():
        assert canonical(key, json.loads(json.dumps(value))) == value


def test_federal_holidays_stand_on_the_day_they_are_observed() -> None:
    days = federal_holidays(date(2026, 1, 1), date(2026, 12, 31))
    assert sorted(day.isoformat()[5:] for day in days) == YEAR_2026.split()
    assert federal_holidays(date(2021, 12, 26), date(2022, 1, 16)) == {date(2021, 12, 31)}


def test_federal_holidays_are_those_of_the_library_of_all_countries() -> None:
    for year in range(1980, 2101):
        known = country_holidays("US", years=(year, year + 1), observed=True)
        expected = {day for day in known if day.year == year and day.isoweekday() < 6}
        assert federal_holidays(date(year, 1, 1), date(year, 12, 31)) == expected, year


@given(st.dates(date(2021, 7, 1), date(2040, 1, 1)), st.integers(0, 900))
def test_holidays_of_a_span_are_those_of_its_parts(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    middle = first + timedelta(days=length // 2)
    parts = federal_holidays(first, middle) | federal_holidays(middle, last)
    assert federal_holidays(first, last) == parts
    assert all(first <= day <= last and day.isoweekday() < 6 for day in parts)


def test_listed_holidays_replace_the_federal_ones() -> None:
    settings = Settings.from_values({"holidays": ["2026-12-24", "2026-03-09", "2026-03-09"]})
    assert settings.get("holidays") == ["2026-03-09", "2026-12-24"]
    assert settings.holidays_between(date(2026, 1, 1), date(2026, 6, 30)) == {date(2026, 3, 9)}
    assert Settings.from_values({"holidays": []}).holidays_between(date(2026, 1, 1), date(2026, 12, 31)) == set()


def test_hours_are_by_weekday() -> None:
    settings = Settings.from_values({"hours": {"6": ["09:00", "24:00"], "1": ["08:30", "17:00"], "2": None}})
    assert settings.hours == {1: (time(8, 30), time(17)), 6: (time(9), time(0))}
    assert Settings.from_values({}).hours == {day: (time(8), time(18)) for day in range(1, 6)}


def test_lines_are_found_by_name_and_synonym() -> None:
    settings = Settings.from_values({})
    assert [line.name for line in settings.lines][0::8] == ["Personal Auto", "Other"]
    for text, name in (("pap", "Personal Auto"), ("HO-3", "Homeowners"), ("Workers' Comp.", "Workers Comp")):
        assert settings.line_named(text) == name
    assert settings.line_named("Pet") is None
    assert settings.line_group("BOP") == "commercial"
    assert settings.line_group("Other") is None


def test_bands_and_days_are_typed() -> None:
    settings = Settings.from_values({"bands.overdue_rate": [0.1, 0.2], "expected_days.sales.quoted": 21})
    assert settings.band("overdue_rate") == (0.1, 0.2)
    assert settings.band("attempts_to_contact") == ((3, 5), (2, 7))
    assert settings.band("calls_per_day") is None
    assert settings.band("no_such_kpi") is None
    assert settings.expected_days("sales", "quoted") == 21
    assert settings.expected_days("sales", "won") is None


def test_the_rest_is_read_as_it_is_set() -> None:
    settings = Settings.from_values(
        {
            "routing.overflow": "P09",
            "routing.cap_active": 30,
            "routing.cap_day": 5,
            "ladder.minutes": [1, 2, 3, 4],
            "ladder.business": False,
            "activity.weights": {"call": 2},
            "vesting_months": 9,
            "agency.time_zone": "America/Denver",
        }
    )
    assert (settings.overflow, settings.cap_active, settings.cap_day) == ("P09", 30, 5)
    assert (settings.ladder_minutes, settings.ladder_business) == ((1, 2, 3, 4), False)
    assert settings.activity_weights == {"call": 2, "text": 1, "email": 1, "lead_worked": 2, "meeting_held": 5}
    assert (settings.vesting_months, settings.time_zone, settings.paper) == (9, "America/Denver", "letter")
    assert settings.routing_weights == {"capacity": 0.3, "match": 0.35, "close": 0.25, "response": 0.1}
    assert Settings.from_values({}).overflow is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("papr", "a4"),
        ("bands.papr", [1, 2]),
        ("paper", "A4"),
        ("paper", ["a4"]),
        ("agency.name", 7),
        ("agency.time_zone", "Mars/Olympus"),
        ("agency.time_zone", "../etc/passwd"),
        ("hours", {}),
        ("hours", {"8": ["08:00", "18:00"]}),
        ("hours", {"1": ["18:00", "08:00"]}),
        ("hours", {"1": ["8", "18"]}),
        ("hours", {"1": ["08:00"]}),
        ("hours", []),
        ("holidays", "2026-01-01"),
        ("holidays", ["tomorrow"]),
        ("holidays", [20260101]),
        ("lines", []),
        ("lines", [{"name": ""}]),
        ("lines", [{"name": "A", "colour": "red"}]),
        ("lines", [{"name": "A", "synonyms": ["x"]}, {"name": "B", "synonyms": ["X"]}]),
        ("lines", [{"name": "A", "group": "pets"}]),
        ("carriers", [{"carrier": "Acme", "line": "BOP"}]),
        ("carriers", [{"carrier": "Acme", "line": "BOP", "rate": 15}]),
        (
            "carriers",
            [{"carrier": "Acme", "line": "BOP", "rate": 0.1}, {"carrier": "acme", "line": "bop", "rate": 0.2}],
        ),
        ("routing.cap_active", 0),
        ("routing.cap_active", 2.5),
        ("routing.cap_active", True),
        ("routing.weights", {"capacity": 1}),
        ("routing.weights", {"luck": 1}),
        ("activity.weights", {"call": -1}),
        ("activity.weights", {"call": float("nan")}),
        ("ladder.minutes", [5, 15, 30]),
        ("ladder.minutes", [5, 5, 30, 60]),
        ("ladder.business", "yes"),
        ("bands.speed_to_lead", [5]),
        ("bands.speed_to_lead", "fast"),
        ("bands.attempts_to_contact", [[5, 3], [2, 7]]),
        ("bands.attempts_to_contact", [[3, 5], 7]),
        ("expected_days.sales.quoted", 0),
        ("expected_days.sales.quoted", "14"),
        ("vesting_months", 0),
    ],
)
def test_what_does_not_fit_is_refused_in_words(key: str, value: object) -> None:
    with pytest.raises(UserError) as caught:
        Settings.from_values({key: value})  # type: ignore[dict-item]
    assert key in caught.value.what
    assert caught.value.what_to_do
    found, wrong = Settings.understood({key: value, "vesting_months": 6} if key != "vesting_months" else {key: value})  # type: ignore[dict-item]
    assert len(wrong) == 1
    assert found.vesting_months == (12 if key == "vesting_months" else 6)


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("vesting_months", 0, "vesting_months: 0 cannot be used."),
        ("holidays", ["2026-07-03", "2026-02-30"], 'holidays: "2026-02-30" cannot be used.'),
        ("carriers", [{"carrier": "Acme", "rate": 0.1}], "carriers: An entry lacks line."),
        ("carriers", [{"carrier": "Acme", "line": "BOP", "rate": 15}], "carriers: 15 cannot be used."),
        ("lines", [{"name": "A", "colour": "red"}], "lines: An entry has no colour."),
    ],
)
def test_a_refusal_names_the_part_that_is_wrong(key: str, value: Any, what: str) -> None:
    with pytest.raises(UserError) as caught:
        Settings.from_values({key: value})
    assert caught.value.what == what
