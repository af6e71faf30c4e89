"""Adds the index behind the search over people, leads, clients and policies; frozen here.

Triggers keep it, so whoever writes a row, in whatever transaction, keeps the search true. A row's number in the index
is eight times its own plus its kind.
"""

from __future__ import annotations

from typing import Any

_KINDS = {"lead": 1, "client": 2, "producer": 3, "policy": 4}
_WORDS = {
    "lead": ("first_name", "last_name", "business_name", "email", "lead_id"),
    "client": ("name", "email", "client_id"),
    "producer": ("name", "producer_code", "aliases", "email"),
    "policy": ("client", "policy_number"),
}
_PHONED = ("lead", "client", "producer")
_NUMBERS = {"policy": "policy_number", "lead": "lead_id", "client": "client_id"}


def _words(table: str, row: str) -> str:
    """The expression of a row's words: names and addresses, digits of the phone, numbers without punctuation."""
    parts = [f"coalesce({row}.{column}, '')" for column in _WORDS[table]]
    if table in _PHONED:
        digits = f"replace({row}.phone, '+', '')"
        ends = (f"substr({digits}, -10)", f"substr({digits}, -7)", f"substr({digits}, -4)")
        parts += [f"coalesce({part}, '')" for part in (digits, *ends)]
    if table in _NUMBERS:
        bare = f"{row}.{_NUMBERS[table]}"
        for sign in ("-", " ", ".", "/"):
            bare = f"replace({bare}, '{sign}', '')"
        parts.append(f"coalesce({bare}, '')")
    return " || ' ' || ".join(parts)


def _place(table: str, row: str) -> str:
    return f"{row}.id * 8 + {_KINDS[table]}"


def up(migrator: Any, db: Any) -> None:
    db.execute_sql(
        "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1,"
        " tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3 4', detail=full)"
    )
    for table in _KINDS:
        columns = [*_WORDS[table], *(["phone"] if table in _PHONED else [])]
        add = f"INSERT INTO search (rowid, words) VALUES ({_place(table, 'new')}, {_words(table, 'new')})"
        drop = f"DELETE FROM search WHERE rowid = {_place(table, 'old')}"
        db.execute_sql(f'CREATE TRIGGER search_{table}_in AFTER INSERT ON "{table}" BEGIN {add}; END')
        db.execute_sql(f'CREATE TRIGGER search_{table}_out AFTER DELETE ON "{table}" BEGIN {drop}; END')
        db.execute_sql(
            f'CREATE TRIGGER search_{table}_set AFTER UPDATE OF {", ".join(columns)} ON "{table}"'
            f" BEGIN {drop}; {add}; END"
        )
        db.execute_sql(
            f"INSERT INTO search (rowid, words) SELECT {_place(table, 'x')}, {_words(table, 'x')}"
            f' FROM "{table}" x ORDER BY x.id'
        )


def down(migrator: Any, db: Any) -> None:
    for table in _KINDS:
        for kind in ("in", "out", "set"):
            db.execute_sql(f"DROP TRIGGER search_{table}_{kind}")
    db.execute_sql("DROP TABLE search")
