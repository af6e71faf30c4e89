"""What the agency plans for its money: goals with carriers, what clients spend, follow-ups. Private to `models`."""

from __future__ import annotations

from peewee import FloatField, ForeignKeyField, IntegerField, TextField

from desktop.models.tables import AliasRow, TracedRow


class CarrierGoalRow(TracedRow):
    """What the agency wants to write with a carrier in a year: annual premium in cents, policies."""

    carrier = TextField()
    year = IntegerField()
    premium = IntegerField(null=True)
    policies = IntegerField(null=True)

    class Meta:
        table_name = "carrier_goal"


class ClientSpendRow(TracedRow):
    """What a client spends on insurance in a year, with us and elsewhere, in cents."""

    client_id = TextField(null=True)
    client = TextField()
    zip = TextField(null=True)
    spend = IntegerField(null=True)

    class Meta:
        table_name = "client_spend"


class FollowUpRow(TracedRow):
    """A task on a lost lead: what to do by when; `done_at` once it is done. `producer` is an alias."""

    lead_id = TextField(index=True)
    due_on = TextField()
    producer = ForeignKeyField(AliasRow, column_name="producer", null=True, backref="+", index=False)
    what = TextField()
    done_at = TextField(null=True)

    class Meta:
        table_name = "follow_up"


class AccountRoundingRow(TracedRow):
    """What the agency calls a round account; one row, `name` is `definition`. `share`: for a share of spend."""

    name = TextField()
    meaning = TextField()
    share = FloatField(null=True)

    class Meta:
        table_name = "account_rounding"
