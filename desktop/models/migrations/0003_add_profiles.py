"""Adds the layouts of files that a user described, as they were when this table came; frozen here."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, Model, TextField


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class ProfileRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    name = TextField()
    content = TextField()
    entered_at = TextField(null=True)

    class Meta:
        table_name = "profile"


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx((ProfileRow,)):
        db.create_tables((ProfileRow,))


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx((ProfileRow,)):
        db.drop_tables((ProfileRow,))
