"""Rows that go in come out again, by row and by column, and are fetched no sooner than they are asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.batches import Batch, Contents
from desktop.core.templates import Row

CELLS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)


@given(st.integers(min_value=1, max_value=4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1)))
def test_rows_come_out_as_they_went_in(rows: list[Row]) -> None:
    batch = Batch.of_rows("leads", range(2, len(rows) + 2), rows)
    assert batch.count == len(rows) and batch.rows == rows
    assert [batch.row(at) for at in range(batch.count)] == rows
    for at in range(len(rows[0])):
        assert list(batch.cells(at)) == [row[at] for row in rows]
        assert (batch.columns[at] is None) == all(row[at] is None for row in rows)
    # The key is in the first column alone.
    assert batch.full == ({0} if all(row[0] is not None for row in rows) else set())


def test_extras_are_blank_where_no_row_has_any() -> None:
    bare = Batch.of_rows("leads", [2, 3], [("L1",), ("L2",)])
    assert not bare.has_extras and bare.extras == [None, None]
    more = Batch.of_rows("leads", [2, 3], [("L1",), ("L2",)], [None, "{}"])
    assert more.has_extras and more.extras == [None, "{}"]


def test_what_it_holds_is_fetched_once_and_not_before() -> None:
    fetched = []

    def fetch() -> Contents:
        fetched.append(1)
        return Contents([2], [["L1"]], None)

    batch = Batch("leads", 1, frozenset({0}), fetch)
    assert (batch.table, batch.count, batch.full, fetched) == ("leads", 1, {0}, [])
    assert batch.rows == [("L1",)] and batch.lines == [2] and fetched == [1]
