"""The book's tables as peewee sees them. Private to `models`: repositories hand out core records, never these.

Tables that hold template rows carry the template's column names (files.md 2), so that intake, journal and export can go
through them by name; a column of kind `producer` holds the id of an `alias`, the name as it stood in the file.
Each such row knows where it came from: `file` and `line` for an imported one, `entered_at` for a typed one.
Money is integer cents, days and moments are ISO text in the agency's local time.
"""

from __future__ import annotations

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

from desktop.models.dialect import opened


class BookRow(Model):
    class Meta:
        database = opened
        legacy_table_names = False


class ImportRunRow(BookRow):
    """One drop: everything imported together and undone together."""

    id = AutoField()
    at = TextField()
    label = TextField()
    undone_at = TextField(null=True)

    class Meta:
        table_name = "import_run"


class ImportFileRow(BookRow):
    """One file or sheet of an import, with what was read of it (`detail`: JSON of mapping, skipped, rejects, notes)."""

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
    """The audit trail, one entry per user action; `import_run`: its import, `undoes`: what it took back."""

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
    """One field (or, with an empty `column`, one whole row) that an action changed, before and after as JSON."""

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
    """A later file that held the same record unchanged: the record stays when only the earlier import is undone."""

    file = ForeignKeyField(ImportFileRow, column_name="file", backref="+", on_delete="CASCADE")
    table = TextField()
    row_id = IntegerField()
    line = IntegerField()

    class Meta:
        table_name = "sighting"
        primary_key = CompositeKey("table", "row_id", "file")
        without_rowid = True


class TypedFieldRow(BookRow):
    """A field whose value was typed by a person; no import replaces it."""

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
    """A person's name or code as some file or form spelled it; `producer` is null until somebody says who that is.

    `folded` is the comparable form (case, punctuation and spaces ignored). `ignored` = answered "nobody of ours".
    `answered` = a person decided; otherwise the match was made by code, name, alias or initials.
    """

    id = AutoField()
    text = TextField()
    folded = TextField(unique=True)
    producer = ForeignKeyField(ProducerRow, column_name="producer", null=True, backref="+", on_delete="SET NULL")
    ignored = IntegerField(default=0)
    answered = IntegerField(default=0)

    class Meta:
        table_name = "alias"


class TracedRow(BookRow):
    """Common part of every table that holds template rows."""

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
    """One ZIP rule of a territory; `id` is the order of entry that settles ties."""

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
    """`client_id` is null for a client known by name alone; `folded` is the name as clients are matched by it."""

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
    """`target` and `stretch` in the metric's natural unit: a count, dollars, minutes, or a fraction for a rate."""

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
    """One term of a policy. `client_ref` is the client's row."""

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
    """`phone` is the outside party's number of a call; `lead_id` may have been found by it."""

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


class StatedTotalRow(TracedRow):
    """What a system states as a producer's or source's totals of a period; shown beside ours, part of no metric."""

    system = TextField()
    from_ = TextField(column_name="from")
    to = TextField()
    producer = _alias()
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


class ScorecardRow(TracedRow):
    """What was typed on a producer's scorecard of an ISO week; lists are JSON arrays of lines, `producer` is a code."""

    producer = TextField()
    week = TextField()
    wins = TextField(null=True)
    challenges = TextField(null=True)
    priorities = TextField(null=True)
    notes = TextField(null=True)

    class Meta:
        table_name = "scorecard"


class LogoRow(BookRow):
    """The agency's logo, too large for a setting."""

    id = AutoField()
    image = BlobField()

    class Meta:
        table_name = "logo"


class ProfileRow(BookRow):
    """A layout of files that a user described: its name, and its text as JSON."""

    id = AutoField()
    key = TextField(unique=True)
    name = TextField()
    content = TextField()
    entered_at = TextField(null=True)

    class Meta:
        table_name = "profile"


class ProductionRow(BookRow):
    """Derived from policies: one row per term and share. Counts belong to the first named (`counted`)."""

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
    """Derived: a lead's time in one sales stage. `stage` is the P&C key that `given`, the file's key, folds into.

    `rank` is the milestone rank (null when lost); `left_at` is the next entry, null while it lasts.
    `dated`: `given`, or `assumed` where the moment was taken from the receipt.
    """

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
    """Derived: who owned a lead from when to when (`to_at` null while it lasts); `alias` 0 = nobody."""

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
    """Roll-up: what one name did on one day; `alias` 0 = nobody; `..._auto` is the part tracked automatically."""

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
    StatedTotalRow,
    ScorecardRow,
    LogoRow,
    ProfileRow,
    ProductionRow,
    StayRow,
    OwnershipRow,
    DayCellRow,
)
