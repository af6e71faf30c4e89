"""How pieces fall onto pages: nothing lost, nothing split, nothing over the edge, headings with what they head."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.flow import Piece, blank, laid_out, turn

HEIGHT = 100.0


def piece(height: float, *, keep: bool = False, again: Piece | None = None) -> Piece:
    return Piece(height, lambda page, top: None, keep=keep, again=again)


@given(st.lists(st.tuples(st.floats(1, 30), st.booleans()), max_size=60))
def test_every_piece_is_on_one_page_in_order_and_no_page_overflows(made: list[tuple[float, bool]]) -> None:
    # at most two in a row stay together, so that a group always fits a page
    kept = [keep and not (at and made[at - 1][1]) for at, (_height, keep) in enumerate(made)]
    pieces = [piece(height, keep=keep) for (height, _), keep in zip(made, kept, strict=True)]
    pages = laid_out(pieces, HEIGHT)
    assert [id(one) for page in pages for one in page] == [id(one) for one in pieces]
    assert all(sum(one.height for one in page) <= HEIGHT + 1e-6 for page in pages)
    for page in pages[:-1]:
        assert not page[-1].keep


def test_headings_are_drawn_again_where_a_table_goes_on() -> None:
    head = piece(20, keep=True)
    rows = [piece(30, again=head) for _ in range(6)]
    pages = laid_out([head, *rows], HEIGHT)
    assert [len(page) for page in pages] == [3, 3, 3]
    assert all(page[0] is head for page in pages)


def test_white_space_does_not_begin_a_page_and_a_turn_makes_no_empty_one() -> None:
    pages = laid_out([piece(95), blank(10), piece(20), turn(), turn(), blank(5), piece(10)], HEIGHT)
    assert [[one.height for one in page] for page in pages] == [[95], [20], [10]]
    assert laid_out([], HEIGHT) == [[]]
