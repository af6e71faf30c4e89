"""Adds which self-report forms were mailed and what became of each mail, as it was when it came; frozen."""

from __future__ import annotations

from typing import Any

from peewee import Model, TextField


class FormMailRow(Model):
    key = TextField(primary_key=True)
    week = TextField(index=True)
    producer = TextField()
    address = TextField()
    state = TextField()
    at = TextField()
    error = TextField(null=True)

    class Meta:
        table_name = "form_mail"
        legacy_table_names = False


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([FormMailRow]):
        db.create_tables([FormMailRow])


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([FormMailRow]):
        db.drop_tables([FormMailRow])
