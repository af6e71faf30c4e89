"""Targets between what people read and what the template says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.measures import MEASURES
from desktop.services.grids import Line
from desktop.services.target_texts import LABELS, read, shown


def texts(metric: str, target: str, stretch: str = "") -> dict[str, str]:
    return {"metric": metric, "target": target, "stretch": stretch, "line": "BOP"}


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        (texts("close_rate", "0.35", "0.4"), texts("Close rate", "35%", "40%")),
        (texts("new_premium", "18000", "24000.5"), texts("New premium", "$18,000", "$24,000.50")),
        (texts("calls_made", "120"), texts("Calls made", "120")),
        (texts("lead_source_roi", "3"), texts("Lead source return", "3")),
        (texts("persistency_13m", "0.875"), texts("13-month persistency", "87.5%")),
    ],
)
def test_a_target_is_read_with_its_name_and_unit_and_kept_as_the_template_says(
    stored: dict[str, str], seen: dict[str, str]
) -> None:
    assert shown(Line("k", stored)).texts == seen
    assert read(Line("k", seen)).texts == stored


@pytest.mark.parametrize("typed", ["35%", "35", "0.35", " .35 "])
def test_a_rate_is_typed_as_percent_or_fraction(typed: str) -> None:
    assert read(Line(None, texts("close rate", typed))).texts["target"] == "0.35"


@pytest.mark.parametrize(
    ("metric", "typed"), [("calls_made", "35%"), ("calls_made", "many"), ("new_premium", "1,2,3"), ("no such", "-4")]
)
def test_what_cannot_be_read_goes_on_as_typed(metric: str, typed: str) -> None:
    assert read(Line(None, texts(metric, typed))).texts == texts(metric, typed)


@given(st.sampled_from(MEASURES), st.integers(0, 10**9))
def test_every_measure_comes_back_as_it_was(metric: str, hundredths: int) -> None:
    number = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    stored = texts(metric, number)
    assert read(shown(Line("k", stored))).texts == stored


def test_names_tell_measures_apart() -> None:
    assert len({label.casefold() for label in LABELS.values()}) == len(LABELS)
