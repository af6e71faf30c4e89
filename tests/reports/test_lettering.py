"""Text made printable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.lettering import clean, visual

HEBREW = "\u05d0\u05d1\u05d2"
TURNED = HEBREW[::-1]


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("plain", "plain"),
        ("e\u0301", "\u00e9"),
        ("a\tb\nc\u00a0d", "a b c d"),
        ("a\u200bb\u202ec", "abc"),
        ("x\ufe0fy\ud800", "xy\ufffd"),
    ],
)
def test_clean(given_text: str, shown: str) -> None:
    assert clean(given_text) == shown


@pytest.mark.parametrize(
    ("logical", "drawn"),
    [
        (HEBREW, TURNED),
        (f"{HEBREW} 24", f"24 {TURNED}"),
        (f"Dana {HEBREW}", f"Dana {TURNED}"),
        (f"{HEBREW} Dana", f"Dana {TURNED}"),
        (f"({HEBREW})", f"({TURNED})"),
        ("Ab \u00e9 12", "Ab \u00e9 12"),
    ],
)
def test_right_to_left_runs_are_turned_round(logical: str, drawn: str) -> None:
    assert visual(logical) == drawn


def test_arabic_letters_join_and_lam_alef_is_one() -> None:
    assert visual("\u0628\u0628\u0628") == "\ufe90\ufe92\ufe91"  # initial, medial, final, from right to left
    assert visual("\u0627\u0628") == "\ufe8f\ufe8d"  # alef joins nothing after it
    assert visual("\u0644\u0627") == "\ufefb"


@given(st.text(max_size=30))
def test_no_text_crashes_and_no_visible_character_is_lost(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned or not cleaned.isascii()
    assert "\n" not in cleaned
    assert len(visual(cleaned)) <= len(cleaned)
    assert bool(visual(cleaned)) == bool(cleaned)
