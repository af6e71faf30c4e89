"""Records by column are what the csv reader gives, or are left to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.importers import texts
from desktop.importers.inputs import Input
from desktop.importers.squares import Square, square_of

_SOUP = st.text(alphabet=st.sampled_from('a,b"\n\r;\u2028 \x0c'), max_size=40)
_CELLS = st.text(alphabet=st.characters(exclude_characters=',"\r\n', exclude_categories=["Cs"]), max_size=4)


@given(text=_SOUP, width=st.integers(1, 4))
def test_a_square_is_what_the_csv_reader_gives(text: str, width: int) -> None:
    square = square_of(text, ",", width)
    if square is not None:
        assert list(square) == list(csv.reader(io.StringIO(text, newline="")))
        assert {len(record) for record in square} <= {width}


@given(rows=st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=6), end=st.sampled_from(["\n", "\r\n"]))
def test_plain_records_are_square(rows: list[tuple[str, str, str]], end: str) -> None:
    square = square_of(end.join(map(",".join, rows)), ",", 3)
    assert square is not None
    assert len(square) == len(rows)
    assert [tuple(record) for record in square] == rows
    assert tuple(square[-1]) == rows[-1]
    assert [tuple(record) for record in square[1:]] == rows[1:]


@pytest.mark.parametrize("text", ["a,b\nc\n", "a,b\n\nc,d\n", "a\nb,c,d\n", '"a",b\n', "a,b\rc,d\n"])
def test_anything_else_is_left_to_the_csv_reader(text: str) -> None:
    assert square_of(text, ",", 2) is None


@given(text=_SOUP, size=st.integers(1, 9), width=st.integers(1, 3))
def test_blocks_hold_all_records_with_their_lines(
    tmp_path_factory: pytest.TempPathFactory, text: str, size: int, width: int
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "a.csv"
    path.write_bytes(text.encode())
    file = texts.Text(Input("a.csv", path), "utf-8", "", len(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "BLOCK_CHARACTERS", size)
        assert _all(file.blocks(",", width)) == _all(file.rows(","))


def _all(blocks: texts.Blocks | texts.Rows) -> list[tuple[int, list[str]]] | str:
    found: list[tuple[int, list[str]]] = []
    try:
        for lines, records in blocks:
            found += zip(lines, records, strict=True)
    except UserError as error:
        return str(error)
    return found


def test_a_quoted_row_leaves_the_rest_square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"1\n2",x\n' + "3,4\n" * 20, encoding="utf-8")
    monkeypatch.setattr(texts, "BLOCK_CHARACTERS", 16)
    blocks = list(texts.Text(Input("a.csv", path), "utf-8", "", 0).blocks(",", 2))
    assert [isinstance(records, Square) for _lines, records in blocks][-1]
    assert not all(isinstance(records, Square) for _lines, records in blocks)
    assert [line for lines, _records in blocks for line in lines] == [1, 2, *range(4, 24)]


def test_a_cell_too_long_is_refused_quoted_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "FIELD_LIMIT", 50)
    monkeypatch.setattr(texts, "BLOCK_CHARACTERS", 16)
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1," + "x" * 60 + "\n3,4\n", encoding="utf-8")
    with pytest.raises(UserError):
        list(texts.Text(Input("a.csv", path), "utf-8", "", 0).blocks(",", 2))
