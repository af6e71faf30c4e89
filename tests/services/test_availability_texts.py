"""Leave and hours in words: what is shown is read back as the template has it, however a day is spelled."""

from __future__ import annotations

import pytest

from desktop.services import availability_texts
from desktop.services.grids import Line


@pytest.mark.parametrize("day", ["", *map(str, range(1, 8))])
@pytest.mark.parametrize("kind", ["leave", "hours", "license"])
def test_what_is_shown_is_read_back(kind: str, day: str) -> None:
    line = Line("k", {"kind": kind, "weekday": day, "from": "03/02/2026"})
    back = availability_texts.read(availability_texts.shown(line))
    assert {**back.texts, "kind": back.texts["kind"].lower()} == dict(line.texts)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("thursday", "4"), ("Thurs.", "4"), ("TU", "2"), (" sun ", "7"), ("3", "3"), ("t", "0"), ("someday", "0")],
)
def test_a_weekday_is_read_however_it_is_spelled(typed: str, number: str) -> None:
    assert availability_texts.read(Line(None, {"weekday": typed})).texts["weekday"] == number
