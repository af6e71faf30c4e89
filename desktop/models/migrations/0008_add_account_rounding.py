"""Adds what the agency calls a round account, as the table was when it came; frozen here."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, FloatField, ForeignKeyField, IntegerField, Model, TextField


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class ImportFileRow(BookRow):
    id = AutoField()

    class Meta:
        table_name = "import_file"


class AccountRoundingRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)
    name = TextField()
    meaning = TextField()
    share = FloatField(null=True)

    class Meta:
        table_name = "account_rounding"


ALL: tuple[type[BookRow], ...] = (ImportFileRow, AccountRoundingRow)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables((AccountRoundingRow,))


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables((AccountRoundingRow,))
