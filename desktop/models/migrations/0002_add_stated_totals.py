"""Adds the totals that other systems state by producer or source, as they were when this table came; frozen here."""

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


class AliasRow(BookRow):
    id = AutoField()

    class Meta:
        table_name = "alias"


class StatedTotalRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)
    system = TextField()
    from_ = TextField(column_name="from")
    to = TextField()
    producer = ForeignKeyField(AliasRow, column_name="producer", null=True, backref="+", index=False)
    source = TextField(null=True)
    not_sales = IntegerField(null=True)
    items = IntegerField(null=True)
    premium = IntegerField(null=True)
    life_health_premium = IntegerField(null=True)
    policies = IntegerField(null=True)
    sales = IntegerField(null=True)
    points = FloatField(null=True)
    revenue = IntegerField(null=True)
    pulled_on = TextField(null=True)

    class Meta:
        table_name = "stated_total"


ALL: tuple[type[BookRow], ...] = (ImportFileRow, AliasRow, StatedTotalRow)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables((StatedTotalRow,))


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables((StatedTotalRow,))
