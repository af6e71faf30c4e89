"""Rows beyond the memory's share go to disk, but never in the clear, and leave nothing there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.templates import Row
from desktop.importers.spool import Budget, Spool

CELLS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["policies", "clients", "leads"]), st.lists(CELLS, min_size=1, max_size=4)),
        max_size=12,
    ),
    st.integers(min_value=0, max_value=8),
)
def test_gives_back_what_it_took_by_table(tmp_path: Path, chunks: list[tuple[str, list[Any]]], room: int) -> None:
    budget = Budget(room)
    spool = Spool(tmp_path, budget)
    for line, (table, row) in enumerate(chunks):
        rows: list[Row] = [tuple(row)]
        spool.add(table, [line], rows, [None])
    for _again in range(2):
        found = [(batch.table, row) for batch in spool.chunks() for row in batch.rows]
        rank = ["clients", "leads", "policies"]
        assert found == sorted(((table, tuple(row)) for table, row in chunks), key=lambda one: rank.index(one[0]))
    spool.close()
    assert list(spool.chunks()) == []
    assert budget.rows == room


def test_the_disk_sees_no_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[IO[bytes]] = []

    def named(**options: Any) -> IO[bytes]:
        kept.append(open(tmp_path / "seen", "w+b"))  # noqa: SIM115, PTH123 - the spool closes it
        return kept[0]

    monkeypatch.setattr(tempfile, "TemporaryFile", named)
    spool = Spool(tmp_path, Budget(0))
    spool.add("clients", [2], [("C1", "Lena Marsh")], [None])
    kept[0].flush()
    body = (tmp_path / "seen").read_bytes()
    assert len(body) > 20 and b"Lena" not in body and b"C1" not in body
    assert [batch.rows for batch in spool.chunks()] == [[("C1", "Lena Marsh")]]
    spool.close()


def test_the_temporary_file_goes_with_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "workspace", Budget(0))
    spool.add("clients", [2], [("C1", "Lena")], [None])
    spool.close()
    assert list((tmp_path / "workspace").iterdir()) == []
