"""Clients as rows refer to them: by id, else by normalised name and ZIP where both have one (files.md 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.storage import fold

if TYPE_CHECKING:
    from desktop.models.book import Book


@dataclass(frozen=True, slots=True)
class Adopted:
    """A client known by name (`key_before`) that got an id."""

    row_id: int
    key_before: str
    client_id: str


class Clients:
    """The clients of one open transaction: finds them, and adds those that a policy names for the first time."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, str | None, str | None]]] = {}
        rows = book.database.execute_sql("SELECT id, client_id, folded, zip FROM client").fetchall()
        for row_id, client_id, folded, zip_code in rows:
            self._remember(row_id, client_id, folded, zip_code)
        self.adopted: list[Adopted] = []
        self._next = 1 + (book.database.execute_sql("SELECT max(id) FROM client").fetchone()[0] or 0)

    def _remember(self, row_id: int, client_id: str | None, folded: str, zip_code: str | None) -> None:
        if client_id is not None:
            self._by_id[client_id] = row_id
        self._by_name.setdefault(folded, []).append((row_id, client_id, zip_code))

    def has_id(self, client_id: str) -> bool:
        return client_id in self._by_id

    def find(self, client_id: str | None, name: str, zip_code: str | None) -> int | None:
        """The row of a client, or None. Two different ids are never the same client."""
        if client_id is not None and client_id in self._by_id:
            return self._by_id[client_id]
        near = [
            (row_id, known_id, known_zip)
            for row_id, known_id, known_zip in self._by_name.get(fold(name), ())
            if (client_id is None or known_id is None) and (not zip_code or not known_zip or zip_code == known_zip)
        ]
        exact = [row_id for row_id, _id, known_zip in near if known_zip == zip_code]
        if exact:
            return exact[0]
        return near[0][0] if near else None

    def find_or_add(
        self, client_id: str | None, name: str, zip_code: str | None, state: str | None, file: int, line: int
    ) -> int:
        """The row of the client that a policy names; new clients carry the policy's file and line."""
        found = self.find(client_id, name, zip_code)
        if found is not None:
            if client_id is not None and client_id not in self._by_id:
                self.adopt(found, client_id, name)
            return found
        row_id = self._next
        self._next += 1
        self._book.database.execute_sql(
            'INSERT INTO client (id, key, client_id, name, folded, zip, state, file, "line")'
            " VALUES (?,?,?,?,?,?,?,?,?)",
            (row_id, key_of(client_id, name, zip_code), client_id, name, fold(name), zip_code, state, file, line),
        )
        self._remember(row_id, client_id, fold(name), zip_code)
        return row_id

    def adopt(self, row_id: int, client_id: str, name: str) -> None:
        """A client known by name alone turns out to have an id."""
        self._by_id[client_id] = row_id
        (before,) = self._book.database.execute_sql("SELECT key FROM client WHERE id=?", (row_id,)).fetchone()
        self.adopted.append(Adopted(row_id, before, client_id))
        self._book.database.execute_sql(
            "UPDATE client SET client_id=?, key=? WHERE id=?", (client_id, key_of(client_id, "", None), row_id)
        )
        known = self._by_name.get(fold(name), [])
        self._by_name[fold(name)] = [(i, client_id if i == row_id else c, z) for i, c, z in known]

    def added(self, row_id: int, client_id: str, name: str, zip_code: str | None) -> None:
        """Take note of a client that came as a row of its own."""
        self._next = max(self._next, row_id + 1)
        self._remember(row_id, client_id, fold(name), zip_code)


def key_of(client_id: str | None, name: str, zip_code: str | None) -> str:
    """The stored key of a client."""
    return f"id:{client_id}" if client_id is not None else f"name:{fold(name)}|{zip_code or ''}"
