"""Adds inputs of plans, typed weeks and weekly 1:1 meetings, as they were when they came; frozen."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, ForeignKeyField, IntegerField, Model, TextField


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class ProducerRow(BookRow):
    id = AutoField()

    class Meta:
        table_name = "producer"


class PlanInputRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    plan = TextField()
    producer = ForeignKeyField(ProducerRow, column_name="producer", null=True, backref="+", on_delete="CASCADE")
    name = TextField(null=True)
    inputs = TextField()
    entered_at = TextField(null=True)

    class Meta:
        table_name = "plan_input"


class PlanWeekRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    producer = ForeignKeyField(ProducerRow, column_name="producer", backref="+", on_delete="CASCADE")
    week = TextField()
    sales_calls = IntegerField(null=True)
    proposals = IntegerField(null=True)
    sales = IntegerField(null=True)
    premium = IntegerField(null=True)
    commission = IntegerField(null=True)
    fees = IntegerField(null=True)
    entered_at = TextField(null=True)

    class Meta:
        table_name = "plan_week"


class MeetingRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    producer = ForeignKeyField(ProducerRow, column_name="producer", backref="+", on_delete="CASCADE")
    week = TextField(index=True)
    state = TextField(null=True)
    reason = TextField(null=True)
    ended_at = TextField(null=True)
    notes = TextField(null=True)
    ticks = TextField(null=True)
    seconds = TextField(null=True)
    entered_at = TextField(null=True)

    class Meta:
        table_name = "meeting"


ADDED: tuple[type[BookRow], ...] = (PlanInputRow, PlanWeekRow, MeetingRow)
ALL: tuple[type[BookRow], ...] = (ProducerRow, *ADDED)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables(ADDED)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables(ADDED)
