"""What is planned and agreed with producers: inputs of plans, typed weeks, weekly 1:1 meetings. Private to `models`."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from desktop.models.tables import BookRow, ProducerRow


class PlanInputRow(BookRow):
    """What was typed into a plan, as a JSON object of texts; without a name it is the one being worked on.

    `plan`: `ept`, `newren`, `basegrowth`, `newproducer`; `producer` is empty for the agency's.
    """

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
    """Figures typed over a producer's ISO week of the management reports; money in cents, empty = as imported."""

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
    """A producer's 1:1 over an ISO week: `state` held, skipped or empty; notes and seconds by item, ticks as JSON."""

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
