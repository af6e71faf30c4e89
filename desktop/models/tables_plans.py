"""What is planned and agreed with producers: inputs of plans, typed weeks, weekly 1:1 meetings. Private to `models`.

Whose they are is kept as the producer's code.
"""

from __future__ import annotations

from peewee import IntegerField, TextField

from desktop.models.tables import TracedRow


class PlanInputRow(TracedRow):
    """What was typed into a plan, as a JSON object of texts; without a name it is the one being worked on.

    `plan`: `ept`, `newren`, `basegrowth`, `newproducer`; `producer` is a code, empty for the agency's.
    """

    plan = TextField()
    producer = TextField(null=True)
    name = TextField(null=True)
    inputs = TextField()

    class Meta:
        table_name = "plan_input"


class PlanWeekRow(TracedRow):
    """Figures typed over a producer's ISO week of the management reports; money in cents, empty = as imported."""

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
    """A producer's 1:1 over an ISO week: `state` held, skipped or empty; notes and seconds by item, ticks as JSON."""

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
