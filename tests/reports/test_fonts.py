"""Widths, cuts and breaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.fonts import ELLIPSIS, cut, pieces, shorten, width, wrap


def test_what_no_font_has_is_an_open_box() -> None:
    assert [piece.text for piece in pieces("a\U00010000")] == ["a", "\u25a1"]


def test_names_in_chinese_japanese_and_korean_letters_are_drawn() -> None:
    shown = pieces("Li \u674e\u660e \u3042\u30a2 \uae40")
    assert "".join(piece.text for piece in shown) == "Li \u674e\u660e \u3042\u30a2 \uae40"
    assert {piece.font for piece in shown} == {"NotoSans-Regular", "DroidSansFallback"}


def test_the_fallback_draws_what_the_first_font_lacks() -> None:
    first, second = pieces("Dana \u05d0")
    assert first.font != second.font
    assert (first.text, second.text) == ("Dana ", "\u05d0")


@given(st.text(max_size=80), st.floats(20, 200))
def test_a_cut_text_fits_and_says_so(text: str, room: float) -> None:
    shown = cut(text, 9, room)
    assert width(shown, 9) <= room + 0.01
    assert shown.endswith(ELLIPSIS) or width(text, 9) <= room


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Zs"]), max_size=200))
def test_wrapping_keeps_every_character_and_fits(text: str) -> None:
    lines = wrap(text, 9, 60)
    assert "".join(lines) == text
    assert all(width(line, 9) <= 60 for line in lines)


def test_words_break_at_blanks_and_typed_line_ends_stay() -> None:
    assert wrap("one two\nthree", 9, 500) == ("one two", "three")
    assert wrap("alpha beta", 9, width("alpha beta", 9) - 1) == ("alpha", "beta")


def test_lines_left_out_leave_an_ellipsis() -> None:
    assert shorten(("one", "two", "three"), 2, 9, 100) == ("one", f"two{ELLIPSIS}")
    assert shorten(("one", "two"), 2, 9, 100) == ("one", "two")
    assert shorten(("one",), 0, 9, 100) == ()


def test_emoji_are_drawn_without_the_shade_of_their_skin() -> None:
    shown = pieces("Ana \U0001f680\U0001f44d\U0001f3fd\U0001f984")
    assert [(piece.font, piece.text) for piece in shown] == [
        ("NotoSans-Regular", "Ana "),
        ("NotoEmoji-Regular", "\U0001f680\U0001f44d\U0001f984"),
    ]
