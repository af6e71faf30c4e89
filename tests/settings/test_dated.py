"""Bands that hold from a day on: what may be kept, and which one is in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.settings import DatedBand, Json, Settings, canonical
from desktop.settings.dated import in_force

DAY = date(2026, 1, 1)
ENTRY: dict[str, Json] = {"kpi": "contact_rate", "from": "2026-01-01", "producer": None, "band": [0.5, 0.3]}


def test_what_is_kept_reads_as_it_was_given() -> None:
    ranges: dict[str, Json] = {"kpi": "attempts_to_contact", "from": "2025-06-30", "band": [[3, 5], [2, 7]]}
    found = Settings.from_values({"dated_bands": [ENTRY, ranges]}).dated_bands
    assert found == (
        DatedBand("attempts_to_contact", date(2025, 6, 30), None, ((3, 5), (2, 7))),
        DatedBand("contact_rate", DAY, None, (0.5, 0.3)),
    )
    again = canonical("dated_bands", [one.json() for one in found])
    assert Settings.from_values({"dated_bands": again}).dated_bands == found


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [{**ENTRY, "kpi": "luck"}],
        [{**ENTRY, "from": "soon"}],
        [{**ENTRY, "band": None}],
        [{**ENTRY, "band": [1]}],
        [{**ENTRY, "more": 1}],
        [ENTRY, ENTRY],
        [{**ENTRY, "producer": "P1"}, {**ENTRY, "producer": "p1"}],
    ],
)
def test_what_cannot_stand_is_refused(wrong: Json) -> None:
    with pytest.raises(UserError):
        canonical("dated_bands", wrong)


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([None, "A", "B"])), unique=True), st.integers(-5, 70))
def test_the_latest_begun_is_in_force_and_ones_own_goes_first(begun: list[tuple[int, str | None]], at: int) -> None:
    dated = [DatedBand("contact_rate", DAY + timedelta(days=day), who, (float(day), 0.0)) for day, who in begun]
    found = in_force(dated, "contact_rate", DAY + timedelta(days=at), "a")
    mine = [day for day, who in begun if day <= at and who == "A"]
    whole = [day for day, who in begun if day <= at and who is None]
    expected = max(mine or whole, default=None)
    assert (None if found is None else found.band[0]) == expected
    assert in_force(dated, "save_rate", DAY + timedelta(days=at), "A") is None
