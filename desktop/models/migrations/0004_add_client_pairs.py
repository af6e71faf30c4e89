"""Adds what was decided about clients that look alike, as the table was when it came; frozen here."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, ForeignKeyField, IntegerField, Model, TextField


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class ImportFileRow(BookRow):
    id = AutoField()

    class Meta:
        table_name = "import_file"


class ClientPairRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)
    client_id = TextField(null=True)
    client = TextField()
    zip = TextField(null=True)
    other_id = TextField(null=True)
    other = TextField()
    other_zip = TextField(null=True)
    verdict = TextField()

    class Meta:
        table_name = "client_pair"


ALL: tuple[type[BookRow], ...] = (ImportFileRow, ClientPairRow)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables((ClientPairRow,))


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables((ClientPairRow,))
