"""Taking very many rows at once: secondary indexes are built after the rows, not with each of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.book import Book

FEWEST = 50_000
"""Below so many incoming rows, building anew costs more than it saves."""


@contextmanager
def indexes_last(book: Book, table: str, incoming: int) -> Iterator[None]:
    """Within the caller's transaction, put off the table's secondary indexes while `incoming` rows arrive.

    Only where the newcomers outnumber the rows already there; the unique key stays, since it tells what is new.
    """
    connection = book.connection
    (present,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    if incoming < FEWEST or present > incoming:
        yield
        return
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL"
        " AND sql NOT LIKE 'CREATE UNIQUE%'",
        (table,),
    ).fetchall()
    for name, _sql in found:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _name, sql in found:
        connection.execute(sql)
