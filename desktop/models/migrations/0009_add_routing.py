"""Adds what routing keeps: assignments, turns, ladder steps, tasks, messages, drafts, as they came; frozen."""

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


class TracedRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)


class AssignmentRow(TracedRow):
    lead_id = TextField(index=True)
    at = TextField(index=True)
    producer = TextField(null=True)
    step = TextField()
    rule = TextField(null=True)
    territory = TextField(null=True)
    model = TextField(null=True)
    score = FloatField(null=True)
    because = TextField()
    points = TextField(null=True)

    class Meta:
        table_name = "assignment"


class RotationRow(TracedRow):
    code = TextField()
    turn = IntegerField(null=True)
    credit = TextField(null=True)

    class Meta:
        table_name = "rotation"


class LadderStepRow(TracedRow):
    lead_id = TextField(index=True)
    step = TextField()
    due_at = TextField()
    at = TextField(index=True)
    owner = TextField(null=True)
    taker = TextField(null=True)
    because = TextField()

    class Meta:
        table_name = "ladder_step"


class LeadTaskRow(TracedRow):
    lead_id = TextField(index=True)
    step = TextField()
    due_at = TextField()
    what = TextField()
    done_at = TextField(null=True)
    outcome = TextField(null=True)

    class Meta:
        table_name = "lead_task"


class MessageRow(TracedRow):
    lead_id = TextField(index=True)
    step = TextField()
    channel = TextField()
    audience = TextField()
    address = TextField()
    subject = TextField(null=True)
    body = TextField()
    due_at = TextField()
    not_before = TextField()
    state = TextField(index=True)
    tries = IntegerField(default=0)
    sent_at = TextField(null=True)
    error = TextField(null=True)

    class Meta:
        table_name = "message"


class OptOutRow(TracedRow):
    channel = TextField()
    address = TextField()
    at = TextField()
    why = TextField(null=True)

    class Meta:
        table_name = "opt_out"


class MessageTemplateRow(TracedRow):
    step = TextField()
    subject = TextField(null=True)
    body = TextField()

    class Meta:
        table_name = "message_template"


class ChannelRow(TracedRow):
    name = TextField()
    value = TextField()

    class Meta:
        table_name = "channel"


class MapDraftRow(TracedRow):
    name = TextField()
    content = TextField()

    class Meta:
        table_name = "map_draft"


class SourceBenchmarkRow(TracedRow):
    source = TextField()
    cost_low = IntegerField(null=True)
    cost_high = IntegerField(null=True)
    close_low = FloatField(null=True)
    close_high = FloatField(null=True)
    bind_low = IntegerField(null=True)
    bind_high = IntegerField(null=True)

    class Meta:
        table_name = "source_benchmark"


ADDED: tuple[type[BookRow], ...] = (
    AssignmentRow,
    RotationRow,
    LadderStepRow,
    LeadTaskRow,
    MessageRow,
    OptOutRow,
    MessageTemplateRow,
    ChannelRow,
    MapDraftRow,
    SourceBenchmarkRow,
)
ALL: tuple[type[BookRow], ...] = (ImportFileRow, *ADDED)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables(ADDED)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables(ADDED)
