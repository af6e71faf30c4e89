"""Taking very many rows at once: secondary indexes are built after the rows, not with each of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from desktop.models import dialect

if TYPE_CHECKING:
    from desktop.models.book import Book

FEWEST = 50_000
"""Below so many incoming rows, building anew costs more than it saves."""

_UNASKED = frozenset({"activity"})
"""Tables whose rows no other arriving row is looked up in by anything but the key."""

_FILLED = re.compile(r'WHERE \(?"?(\w+)"? IS NOT NULL\)?$')
_PARTIAL = re.compile(r"\) WHERE ")


class IndexesLast:
    """Within the caller's transaction, puts off a table's secondary indexes while `incoming` rows arrive.

    Only where the newcomers outnumber the rows already there; the unique key stays, since it tells what is new. An
    index over the rows that fill one column goes when such rows come; one over few rows of another kind stays.
    Not `lasting`: the transaction will be taken back. `met`: some of the first that arrive are there already.
    """

    def __init__(self, book: Book, table: str, incoming: int, *, lasting: bool = True, met: bool = False) -> None:
        self._connection = book.connection
        self._waiting: dict[str, str] = {}
        self._gone: list[str] = []
        self._unasked = not lasting and table in _UNASKED
        (present,) = self._connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if incoming >= FEWEST and present <= (incoming // 2 if met else incoming):
            self._put_off(table)

    def _put_off(self, table: str) -> None:
        found = self._connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL"
            " AND sql NOT LIKE 'CREATE UNIQUE%'",
            (table,),
        ).fetchall()
        for name, sql in found:
            filled = _FILLED.search(sql)
            if filled is not None:
                self._waiting[filled[1]] = sql
            elif _PARTIAL.search(sql) is None:
                self._drop(name, sql)

    def make_room(self, columns: Collection[str]) -> None:
        """Rows that fill these columns are about to come."""
        for column in self._waiting.keys() & set(columns):
            sql = self._waiting.pop(column)
            self._drop(sql.split('"')[1], sql)

    def _drop(self, name: str, sql: str) -> None:
        self._connection.execute(f'DROP INDEX "{name}"')
        self._gone.append(sql)

    def build(self) -> None:
        """All rows are there. What nobody asks before it is taken back is not built."""
        if not self._gone or self._unasked:
            return
        with dialect.small_cache(self._connection):
            for sql in self._gone:
                self._connection.execute(sql)
        self._gone.clear()
