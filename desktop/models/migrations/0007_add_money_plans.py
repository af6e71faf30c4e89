"""Adds goals with carriers, clients' spending and follow-ups on lost leads, as they were when they came; frozen."""

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


class AliasRow(BookRow):
    id = AutoField()

    class Meta:
        table_name = "alias"


class TracedRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)


class CarrierGoalRow(TracedRow):
    carrier = TextField()
    year = IntegerField()
    premium = IntegerField(null=True)
    policies = IntegerField(null=True)

    class Meta:
        table_name = "carrier_goal"


class ClientSpendRow(TracedRow):
    client_id = TextField(null=True)
    client = TextField()
    zip = TextField(null=True)
    spend = IntegerField(null=True)

    class Meta:
        table_name = "client_spend"


class FollowUpRow(TracedRow):
    lead_id = TextField(index=True)
    due_on = TextField()
    producer = ForeignKeyField(AliasRow, column_name="producer", null=True, backref="+", index=False)
    what = TextField()
    done_at = TextField(null=True)

    class Meta:
        table_name = "follow_up"


ADDED: tuple[type[BookRow], ...] = (CarrierGoalRow, ClientSpendRow, FollowUpRow)
ALL: tuple[type[BookRow], ...] = (ImportFileRow, AliasRow, *ADDED)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables(ADDED)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables(ADDED)
