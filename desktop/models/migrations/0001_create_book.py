"""Creates the book: the tables as they were in the first release, frozen here whatever becomes of them later."""

from __future__ import annotations

from typing import Any

from peewee import (
    AutoField,
    BlobField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class BookRow(Model):
    class Meta:
        legacy_table_names = False


class ImportRunRow(BookRow):
    id = AutoField()
    at = TextField()
    label = TextField()
    undone_at = TextField(null=True)

    class Meta:
        table_name = "import_run"


class ImportFileRow(BookRow):
    id = AutoField()
    import_run = ForeignKeyField(ImportRunRow, column_name="import_run", backref="+", on_delete="CASCADE")
    name = TextField()
    sheet = TextField(null=True)
    sha256 = TextField(index=True)
    profile = TextField()
    table = TextField()
    rows = IntegerField(default=0)
    inserted = IntegerField(default=0)
    updated = IntegerField(default=0)
    unchanged = IntegerField(default=0)
    rejected = IntegerField(default=0)
    detail = TextField(default="{}")

    class Meta:
        table_name = "import_file"


class ActionRow(BookRow):
    id = AutoField()
    at = TextField()
    who = TextField()
    what = TextField()
    label = TextField()
    import_run = ForeignKeyField(ImportRunRow, column_name="import_run", null=True, backref="+", on_delete="SET NULL")
    undoes = ForeignKeyField("self", column_name="undoes", null=True, backref="+", on_delete="SET NULL")
    undone_by = IntegerField(null=True)

    class Meta:
        table_name = "action"


class ChangeRow(BookRow):
    id = AutoField()
    action = ForeignKeyField(ActionRow, column_name="action", backref="+", on_delete="CASCADE")
    table = TextField()
    row_id = IntegerField()
    key = TextField()
    column = TextField(default="")
    before = TextField(null=True)
    after = TextField(null=True)
    file = IntegerField(null=True)
    line = IntegerField(null=True)

    class Meta:
        table_name = "change"
        indexes = ((("table", "row_id"), False), (("action",), False))


class SightingRow(BookRow):
    file = ForeignKeyField(ImportFileRow, column_name="file", backref="+", on_delete="CASCADE")
    table = TextField()
    row_id = IntegerField()
    line = IntegerField()

    class Meta:
        table_name = "sighting"
        primary_key = CompositeKey("table", "row_id", "file")
        without_rowid = True


class TypedFieldRow(BookRow):
    table = TextField()
    row_id = IntegerField()
    column = TextField()
    at = TextField()

    class Meta:
        table_name = "typed_field"
        primary_key = CompositeKey("table", "row_id", "column")
        without_rowid = True


class ProducerRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    producer_code = TextField()
    name = TextField()
    role = TextField(null=True)
    aliases = TextField(null=True)
    email = TextField(null=True)
    phone = TextField(null=True)
    level = TextField(null=True)
    status = TextField(null=True)
    hired_on = TextField(null=True)
    left_on = TextField(null=True)
    manager = IntegerField(null=True)
    lines = TextField(null=True)
    backup = IntegerField(null=True)
    salary = IntegerField(null=True)
    benefits = IntegerField(null=True)
    desk_cost = IntegerField(null=True)
    new_split = FloatField(null=True)
    renewal_split = FloatField(null=True)
    target_new_premium = IntegerField(null=True)
    extra = TextField(null=True)
    file = IntegerField(null=True)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)

    class Meta:
        table_name = "producer"


class AliasRow(BookRow):
    id = AutoField()
    text = TextField()
    folded = TextField(unique=True)
    producer = ForeignKeyField(ProducerRow, column_name="producer", null=True, backref="+", on_delete="SET NULL")
    ignored = IntegerField(default=0)
    answered = IntegerField(default=0)

    class Meta:
        table_name = "alias"


class TracedRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    extra = TextField(null=True)
    file = ForeignKeyField(ImportFileRow, column_name="file", null=True, backref="+", index=False)
    line = IntegerField(null=True)
    entered_at = TextField(null=True)


def _alias(name: str = "producer") -> ForeignKeyField:
    return ForeignKeyField(AliasRow, column_name=name, null=True, backref="+", index=False)


class SettingRow(TracedRow):
    name = TextField()
    value = TextField(null=True)

    class Meta:
        table_name = "setting"


class SourceRow(TracedRow):
    source = TextField()
    cost_per_lead = IntegerField(null=True)
    monthly_cost = IntegerField(null=True)

    class Meta:
        table_name = "source"


class TerritoryRow(TracedRow):
    territory = TextField()
    zip_from = TextField()
    zip_to = TextField(null=True)
    producer = _alias()
    backup = _alias("backup")
    pool = TextField(null=True)
    lines = TextField(null=True)
    priority = IntegerField(null=True)
    valid_from = TextField(null=True)
    valid_to = TextField(null=True)

    class Meta:
        table_name = "territory"


class ClientRow(TracedRow):
    client_id = TextField(null=True)
    name = TextField()
    folded = TextField(index=True)
    email = TextField(null=True)
    phone = TextField(null=True, index=True)
    zip = TextField(null=True)
    state = TextField(null=True)
    producer = _alias()
    csr = _alias("csr")
    since = TextField(null=True)

    class Meta:
        table_name = "client"


class PayRow(TracedRow):
    producer_code = _alias("producer_code")
    effective_from = TextField()
    salary = IntegerField(null=True)
    benefits = IntegerField(null=True)
    desk_cost = IntegerField(null=True)
    new_split = FloatField(null=True)
    renewal_split = FloatField(null=True)

    class Meta:
        table_name = "pay"


class TargetRow(TracedRow):
    metric = TextField()
    target = FloatField()
    effective_from = TextField()
    producer_code = _alias("producer_code")
    level = TextField(null=True)
    insurance_line = TextField(null=True)
    stretch = FloatField(null=True)

    class Meta:
        table_name = "target"


class LeadRow(TracedRow):
    lead_id = TextField(unique=True)
    received_at = TextField(index=True)
    assigned_at = TextField(null=True)
    first_name = TextField(null=True)
    last_name = TextField(null=True)
    business_name = TextField(null=True)
    consent = IntegerField(null=True)
    email = TextField(null=True, index=True)
    phone = TextField(null=True, index=True)
    zip = TextField(null=True)
    state = TextField(null=True)
    insurance_line = TextField(null=True)
    source = TextField(null=True)
    producer = _alias()
    carrier = TextField(null=True)
    policy_expires_on = TextField(null=True)
    estimated_premium = IntegerField(null=True)
    stage = TextField(null=True)
    stage_entered_at = TextField(null=True)
    qualified = IntegerField(null=True)
    lost_reason = TextField(null=True)
    competing_agency = TextField(null=True)
    competing_carrier = TextField(null=True)
    price_difference = IntegerField(null=True)
    winnable = TextField(null=True)
    would_change = TextField(null=True)
    note = TextField(null=True)
    merged_into = TextField(null=True)

    class Meta:
        table_name = "lead"


class OwnerRow(TracedRow):
    lead_id = TextField(index=True)
    at = TextField()
    producer = _alias()

    class Meta:
        table_name = "owner"


class StageRow(TracedRow):
    pipeline = TextField()
    stage = TextField()
    entered_at = TextField()
    lead_id = TextField(null=True, index=True)
    policy_number = TextField(null=True, index=True)
    carrier = TextField(null=True)
    detail = TextField(null=True)

    class Meta:
        table_name = "stage"
        indexes = ((("pipeline", "entered_at"), False),)


class PolicyRow(TracedRow):
    policy_number = TextField()
    client = TextField()
    producer = _alias()
    insurance_line = TextField()
    transaction = TextField()
    bound_on = TextField(index=True)
    effective_on = TextField(index=True)
    annual_premium = IntegerField()
    client_id = TextField(null=True)
    carrier = TextField(null=True)
    expires_on = TextField(null=True)
    in_force_on = TextField(null=True)
    commission_rate = FloatField(null=True)
    commission = IntegerField(null=True)
    shares = TextField(null=True)
    lead_id = TextField(null=True, index=True)
    source = TextField(null=True)
    state = TextField(null=True)
    zip = TextField(null=True)
    ended_on = TextField(null=True)
    end_reason = TextField(null=True)
    snapshot = IntegerField(null=True)
    client_ref = ForeignKeyField(ClientRow, column_name="client_ref", null=True, backref="+")

    class Meta:
        table_name = "policy"
        indexes = ((("policy_number", "effective_on"), True),)


class PremiumRow(TracedRow):
    policy_number = TextField(index=True)
    effective_on = TextField()
    from_ = TextField(column_name="from")
    annual_premium = IntegerField()

    class Meta:
        table_name = "premium"


class QuoteRow(TracedRow):
    producer = _alias()
    delivered_on = TextField(index=True)
    quote_id = TextField(null=True)
    lead_id = TextField(null=True, index=True)
    client = TextField(null=True)
    insurance_line = TextField(null=True)
    carrier = TextField(null=True)
    premium = IntegerField(null=True)

    class Meta:
        table_name = "quote"


class ActivityRow(TracedRow):
    occurred_at = TextField(index=True)
    producer = _alias()
    kind = TextField()
    activity_id = TextField(null=True)
    direction = TextField(null=True)
    outcome = TextField(null=True)
    minutes = FloatField(null=True)
    count = IntegerField(null=True)
    bulk = IntegerField(null=True)
    self_reported = IntegerField(null=True)
    lead_id = TextField(null=True)
    client = TextField(null=True)
    note = TextField(null=True)
    phone = TextField(null=True)

    class Meta:
        table_name = "activity"


ActivityRow.add_index(
    ActivityRow.index(ActivityRow.lead_id, ActivityRow.occurred_at, where=ActivityRow.lead_id.is_null(False))
)
ActivityRow.add_index(ActivityRow.index(ActivityRow.phone, where=ActivityRow.phone.is_null(False)))
ActivityRow.add_index(ActivityRow.index(ActivityRow.kind, ActivityRow.occurred_at, where=ActivityRow.kind != "call"))


class RuleRow(TracedRow):
    rule_id = TextField(column_name="rule_id")
    position = IntegerField()
    name = TextField()
    enabled = IntegerField(null=True)
    when = TextField(null=True)
    then = TextField()

    class Meta:
        table_name = "rule"


class AvailabilityRow(TracedRow):
    producer = _alias()
    kind = TextField()
    from_ = TextField(column_name="from", null=True)
    to = TextField(null=True)
    weekday = IntegerField(null=True)
    start = TextField(null=True)
    end = TextField(null=True)
    state = TextField(null=True)
    insurance_line = TextField(null=True)

    class Meta:
        table_name = "availability"


class ScorecardRow(BookRow):
    id = AutoField()
    key = TextField(unique=True)
    producer = ForeignKeyField(ProducerRow, column_name="producer", backref="+", on_delete="CASCADE")
    week = TextField()
    wins = TextField(null=True)
    challenges = TextField(null=True)
    priorities = TextField(null=True)
    notes = TextField(null=True)
    entered_at = TextField(null=True)

    class Meta:
        table_name = "scorecard"


class LogoRow(BookRow):
    id = AutoField()
    image = BlobField()

    class Meta:
        table_name = "logo"


class ProductionRow(BookRow):
    policy = ForeignKeyField(PolicyRow, column_name="policy", backref="+", on_delete="CASCADE")
    position = IntegerField()
    alias_ = IntegerField(column_name="alias", default=0)
    day = TextField()
    transaction = TextField()
    counted = IntegerField()
    premium = IntegerField()
    commission = IntegerField()
    basis = TextField()

    class Meta:
        table_name = "production"
        primary_key = CompositeKey("policy", "position")
        indexes = ((("day", "alias_"), False),)


class StayRow(BookRow):
    lead_id = TextField()
    position = IntegerField()
    stage = TextField()
    given = TextField()
    rank = IntegerField(null=True)
    entered_at = TextField()
    left_at = TextField(null=True)
    dated = TextField()
    stage_row = IntegerField(null=True)

    class Meta:
        table_name = "stay"
        primary_key = CompositeKey("lead_id", "position")
        without_rowid = True
        indexes = ((("entered_at",), False), (("stage", "entered_at"), False), (("left_at", "stage"), False))


class OwnershipRow(BookRow):
    lead_id = TextField()
    position = IntegerField()
    alias_ = IntegerField(column_name="alias", default=0)
    from_at = TextField()
    to_at = TextField(null=True)

    class Meta:
        table_name = "ownership"
        primary_key = CompositeKey("lead_id", "position")
        without_rowid = True


class DayCellRow(BookRow):
    day = TextField()
    alias_ = IntegerField(column_name="alias")
    calls_made = IntegerField(default=0)
    calls_made_auto = IntegerField(default=0)
    emails_sent = IntegerField(default=0)
    emails_sent_auto = IntegerField(default=0)
    meetings_set = IntegerField(default=0)
    meetings_set_auto = IntegerField(default=0)
    meetings_held = IntegerField(default=0)
    meetings_held_auto = IntegerField(default=0)
    referrals_asked = IntegerField(default=0)
    referrals_asked_auto = IntegerField(default=0)
    coi_contacts = IntegerField(default=0)
    coi_contacts_auto = IntegerField(default=0)
    quotes = IntegerField(default=0)
    quotes_auto = IntegerField(default=0)
    policies_written = IntegerField(default=0)
    policies_written_auto = IntegerField(default=0)
    new_premium = IntegerField(default=0)
    new_premium_auto = IntegerField(default=0)
    new_commission = IntegerField(default=0)
    new_commission_auto = IntegerField(default=0)

    class Meta:
        table_name = "day_cell"
        primary_key = CompositeKey("day", "alias_")
        without_rowid = True


ALL: tuple[type[BookRow], ...] = (
    ImportRunRow,
    ImportFileRow,
    ActionRow,
    ChangeRow,
    SightingRow,
    TypedFieldRow,
    ProducerRow,
    AliasRow,
    SettingRow,
    SourceRow,
    TerritoryRow,
    ClientRow,
    PayRow,
    TargetRow,
    LeadRow,
    OwnerRow,
    StageRow,
    PolicyRow,
    PremiumRow,
    QuoteRow,
    ActivityRow,
    RuleRow,
    AvailabilityRow,
    ScorecardRow,
    LogoRow,
    ProductionRow,
    StayRow,
    OwnershipRow,
    DayCellRow,
)


def up(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.create_tables(ALL)


def down(migrator: Any, db: Any) -> None:
    with db.bind_ctx(ALL):
        db.drop_tables(ALL)
