"""Fills the search's index anew: letters without a bare form are spelled out, signs within a name count for nothing,
and a policy is found by the end of its number too, and without its first letters and zeros; frozen here.

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
_NAMES = {
    "lead": ("first_name", "last_name", "business_name"),
    "client": ("name",),
    "producer": ("name",),
    "policy": ("client",),
}
_PHONED = ("lead", "client", "producer")
_NUMBERS = {"policy": "policy_number", "lead": "lead_id", "client": "client_id"}
_BETWEEN = ("-", " ", ".", "/")
_LETTERS_AND_ZERO = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0"
_WITHIN = ("''", "’", "&", ".", "-")
_SIGNED = "*?[''’&.-][^ ]*"
_LETTERS = (
    ("Ł", "L"), ("ł", "l"), ("Ø", "O"), ("ø", "o"), ("Đ", "D"), ("đ", "d"), ("Ð", "D"), ("ð", "d"), ("Þ", "TH"),
    ("þ", "th"), ("ẞ", "SS"), ("ß", "ss"), ("Æ", "AE"), ("æ", "ae"), ("Œ", "OE"), ("œ", "oe"), ("Ħ", "H"),
    ("ħ", "h"),
)  # fmt: skip
_BACKWARDS = "ʭ"
"""Stands before a number written backwards, whose beginning is its end: no word of the book begins so."""
_LONGEST = 24


def _without(expression: str, signs: tuple[str, ...]) -> str:
    for sign in signs:
        expression = f"replace({expression}, '{sign}', '')"
    return expression


def _spelled(expression: str) -> str:
    for letter, bare in _LETTERS:
        expression = f"replace({expression}, '{letter}', '{bare}')"
    return expression


def _name(name: str) -> str:
    """A name, and once more without the signs within its words, where there are any."""
    bare = f"CASE WHEN {name} GLOB '{_SIGNED}' THEN ' ' || {_without(name, _WITHIN)} ELSE '' END"
    return _spelled(f"coalesce({name}, '') || {bare}")


def _words(table: str, row: str) -> str:
    """The expression of a row's words: names and addresses, digits of the phone, numbers without punctuation."""
    parts = [_name(f"{row}.{column}") for column in _NAMES[table]]
    parts += [f"{row}.{column}" for column in _WORDS[table] if column not in _NAMES[table]]
    if table in _PHONED:
        digits = f"replace({row}.phone, '+', '')"
        parts += [digits, *(f"substr({digits}, -{tail})" for tail in (10, 7, 4))]
    if table in _NUMBERS:
        number = f"{row}.{_NUMBERS[table]}"
        bare = _without(number, _BETWEEN)
        parts.append(bare)
        if table == "policy":
            # SQLite has no reverse()
            signs = " || ".join(f"substr({number}, -{place}, 1)" for place in range(1, _LONGEST + 1))
            parts += [f"'{_BACKWARDS}' || {_without(signs, _BETWEEN)}", f"ltrim(upper({bare}), '{_LETTERS_AND_ZERO}')"]
    return " || ' ' || ".join(f"coalesce({part}, '')" for part in parts)


def _place(table: str, row: str) -> str:
    return f"{row}.id * 8 + {_KINDS[table]}"


def up(migrator: Any, db: Any) -> None:
    _drop(db)
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


def _drop(db: Any) -> None:
    for table in _KINDS:
        for kind in ("in", "out", "set"):
            db.execute_sql(f"DROP TRIGGER search_{table}_{kind}")
    db.execute_sql("DROP TABLE search")
