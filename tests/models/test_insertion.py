"""Many rows by few statements are the rows one by one."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.insertion import insertions

_CELL = st.one_of(st.none(), st.integers(-2, 2), st.sampled_from(["a", "b", "it's", "x\0y"]), st.just(0.5))
_NAMES = ("key", "one", "two", "three")


def _stored(columns: list[list[object]]) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute('CREATE TABLE "t" (id INTEGER PRIMARY KEY, key TEXT UNIQUE, one, two, three)')
        for sql, rows in insertions("t", _NAMES, columns, "ON CONFLICT (key) DO NOTHING"):  # type: ignore[arg-type]
            connection.executemany(sql, rows)
        return list(connection.execute("SELECT id, key, one, two, three FROM t ORDER BY id"))
    finally:
        connection.close()


@given(
    pattern=st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=4),
    count=st.sampled_from([1, 2, 49, 50, 51, 100, 127]),
)
def test_every_row_arrives_in_order(pattern: list[tuple[object, ...]], count: int) -> None:
    rows = [(f"k{at}", *pattern[at % len(pattern)]) for at in range(count)]
    assert _stored([list(column) for column in zip(*rows, strict=True)]) == [
        (at, *row) for at, row in enumerate(rows, 1)
    ]


@pytest.mark.parametrize("count", [1, 50, 60])
def test_columns_that_say_the_same_as_the_key(count: int) -> None:
    keys: list[object] = [f"k{at}" for at in range(count)]
    found = _stored([keys, list(keys), ["call"] * count, [3] * count])
    assert found == [(at, f"k{at - 1}", f"k{at - 1}", "call", 3) for at in range(1, count + 1)]


def test_known_keys_stay_as_they_are() -> None:
    keys: list[object] = ["a", "b", "a", *[f"k{at}" for at in range(60)], "b"]
    found = _stored([keys, list(range(len(keys))), [None] * len(keys), ["x"] * len(keys)])
    assert [row[1:3] for row in found[:3]] == [("a", 0), ("b", 1), ("k0", 3)]
    assert len(found) == 62
