"""Adds what is typed into grids and not kept yet, as it was when it came; frozen."""

from __future__ import annotations

from typing import Any

from peewee import Model, TextField


class GridDraftRow(Model):
    name = TextField(primary_key=True)
    held = TextField()

    class Meta:
        table_name = "grid_draft"
        legacy_table_names = False


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx([GridDraftRow]):
        db.create_tables([GridDraftRow])


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx([GridDraftRow]):
        db.drop_tables([GridDraftRow])
