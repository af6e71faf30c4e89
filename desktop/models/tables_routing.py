"""What routing did and keeps: assignments, turns, ladder steps, tasks, messages, drafts. Private to `models`."""

from __future__ import annotations

from peewee import FloatField, IntegerField, TextField

from desktop.models.tables import TracedRow


class AssignmentRow(TracedRow):
    """What routing decided of a lead: `points` holds every candidate's parts as JSON; `producer` is a code."""

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
    """Round robin's pointer: the number of a producer's last turn, and the credit of its weighted form as text."""

    code = TextField()
    turn = IntegerField(null=True)
    credit = TextField(null=True)

    class Meta:
        table_name = "rotation"


class LadderStepRow(TracedRow):
    """A step of the ladder or sequence that was carried out: due when, done when, whose lead it was, who took over."""

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
    """Something that a lead's owner is to do; whose it is follows the lead."""

    lead_id = TextField(index=True)
    step = TextField()
    due_at = TextField()
    what = TextField()
    done_at = TextField(null=True)
    outcome = TextField(null=True)

    class Meta:
        table_name = "lead_task"


class MessageRow(TracedRow):
    """A message that leaves the machine. `sending` is written before it goes and `sent` after, so none goes twice."""

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
    """An address that wants no more messages of a channel: e-mail or phone as compared."""

    channel = TextField()
    address = TextField()
    at = TextField()
    why = TextField(null=True)

    class Meta:
        table_name = "opt_out"


class MessageTemplateRow(TracedRow):
    """A step's text in the agency's own words, with merge fields."""

    step = TextField()
    subject = TextField(null=True)
    body = TextField()

    class Meta:
        table_name = "message_template"


class ChannelRow(TracedRow):
    """How a channel is set up, as JSON without its secret."""

    name = TextField()
    value = TextField()

    class Meta:
        table_name = "channel"


class MapDraftRow(TracedRow):
    """A draft of the territory table: its rows as JSON."""

    name = TextField()
    content = TextField()

    class Meta:
        table_name = "map_draft"


class SourceBenchmarkRow(TracedRow):
    """What a kind of source typically costs and closes, in the agency's own figures; money in cents."""

    source = TextField()
    cost_low = IntegerField(null=True)
    cost_high = IntegerField(null=True)
    close_low = FloatField(null=True)
    close_high = FloatField(null=True)
    bind_low = IntegerField(null=True)
    bind_high = IntegerField(null=True)

    class Meta:
        table_name = "source_benchmark"
