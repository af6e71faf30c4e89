"""Plans, typed weeks, meetings and scorecards become tables that files may bring: traced, and with producers by code.

Their texts get the spelling that an import reads, what stands in them is marked as typed, and the journal's rows of
them follow. As the tables were when this came; frozen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from peewee import AutoField, ForeignKeyField, IntegerField, Model, TextField

_JSON = frozenset({"inputs", "notes", "ticks", "seconds", "wins", "challenges", "priorities"})
_PLAIN_NOTES = "scorecard"


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class ImportFileRow(BookRow):
    id = AutoField()

    class Meta:
        table_name = "import_file"


class TracedRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)


class PlanInputRow(TracedRow):
    plan = TextField()
    producer = TextField(null=True)
    name = TextField(null=True)
    inputs = TextField()

    class Meta:
        table_name = "plan_input"


class PlanWeekRow(TracedRow):
    producer = TextField()
    week = TextField()
    sales_calls = IntegerField(null=True)
    proposals = IntegerField(null=True)
    sales = IntegerField(null=True)
    premium = IntegerField(null=True)
    commission = IntegerField(null=True)
    fees = IntegerField(null=True)

    class Meta:
        table_name = "plan_week"


class MeetingRow(TracedRow):
    producer = TextField()
    week = TextField(index=True)
    state = TextField(null=True)
    reason = TextField(null=True)
    ended_at = TextField(null=True)
    notes = TextField(null=True)
    ticks = TextField(null=True)
    seconds = TextField(null=True)

    class Meta:
        table_name = "meeting"


class ScorecardRow(TracedRow):
    producer = TextField()
    week = TextField()
    wins = TextField(null=True)
    challenges = TextField(null=True)
    priorities = TextField(null=True)
    notes = TextField(null=True)

    class Meta:
        table_name = "scorecard"


CHANGED: tuple[type[TracedRow], ...] = (PlanInputRow, PlanWeekRow, MeetingRow, ScorecardRow)
ALL: tuple[type[BookRow], ...] = (ImportFileRow, *CHANGED)


def up(migrator: Any, db: Any) -> None:
    codes = dict(db.execute_sql("SELECT id, producer_code FROM producer").fetchall())
    with db.bind_ctx(ALL):
        for model in CHANGED:
            table = model._meta.table_name
            kept = list(_rows(db, table))
            db.drop_tables((model,))
            db.create_tables((model,))
            for row in kept:
                _put(db, table, _now(table, row, codes))
            _follow(db, table, codes)


def _rows(db: Any, table: str) -> Iterator[dict[str, Any]]:
    cursor = db.execute_sql(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))


def _now(table: str, row: dict[str, Any], codes: dict[int, str]) -> dict[str, Any]:
    """A row as it is from now on."""
    found = {**row, "key": str(row["key"]).casefold(), "producer": codes.get(row["producer"], row["producer"])}
    for name in _JSON & found.keys():
        if found[name] is not None and (table, name) != (_PLAIN_NOTES, "notes"):
            found[name] = _text(json.loads(found[name]))
    return found


def _put(db: Any, table: str, row: dict[str, Any]) -> None:
    listed = ",".join(f'"{name}"' for name in row)
    db.execute_sql(f'INSERT INTO "{table}" ({listed}) VALUES ({",".join("?" * len(row))})', list(row.values()))
    for name in row.keys() - {"id", "key", "entered_at"}:
        db.execute_sql(
            'INSERT INTO typed_field ("table", row_id, "column", "at") VALUES (?,?,?,?) ON CONFLICT DO NOTHING',
            (table, row["id"], name, row["entered_at"] or ""),
        )


def _follow(db: Any, table: str, codes: dict[int, str]) -> None:
    """What the journal would put back is a row of the new table."""
    cursor = db.execute_sql('SELECT id, "column", before, after FROM change WHERE "table"=?', (table,))
    for number, column, *sides in cursor.fetchall():
        texts = [None if text is None else _side(table, column, json.loads(text), codes) for text in sides]
        db.execute_sql("UPDATE change SET key=lower(key), before=?, after=? WHERE id=?", (*texts, number))


def _side(table: str, column: str, value: Any, codes: dict[int, str]) -> str:
    if column == "" and isinstance(value, dict):
        return json.dumps(_now(table, value, codes))
    if column in _JSON and value is not None and (table, column) != (_PLAIN_NOTES, "notes"):
        value = _text(json.loads(value))
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
