"""The tables of the app's own templates: the one language that every importer speaks and every export writes.

A profile turns a system's file into rows of these tables; the book stores rows of these tables; an export writes them
again. Files.md 2 defines the columns. Knows nothing of files or of the book.

A *row* is a tuple in the order of `Template.columns`, with `None` for "not stated" and these natives by kind:
text `str`; date `'YYYY-MM-DD'`; moment `'YYYY-MM-DDTHH:MM:SS'`, or `'YYYY-MM-DD'` where no time of day was given;
money `int` cents; rate `float` fraction; count `int`; minutes `float`; flag `bool`; zip 5 digits or Canadian code;
choice one of `Column.choices`; codes and shares their canonical text (`'A;B'`, `'P01:0.6;P02:0.4'`);
producer the name or code as it stands in the file; json canonical JSON text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop.core.measures import MEASURES

UNASSIGNED = "(unassigned)"
"""What stands in a required producer column for a record that is nobody's; reads as no producer."""

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]


class Kind(StrEnum):
    """How a column's text is read and what native value it becomes."""

    TEXT = "text"
    PRODUCER = "producer"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    RATE = "rate"
    COUNT = "count"
    MINUTES = "minutes"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    ZIP = "zip"
    ZIP_RULE = "zip_rule"
    STATE = "state"
    PHONE = "phone"
    EMAIL = "email"
    CODES = "codes"
    SHARES = "shares"
    TIME = "time"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template. `shown` is false for columns that are read and kept but not part of the empty page."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Cell = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """One table: its columns in files.md's order and the fields that say "same record".

    `speaking_blanks` are the columns whose empty cell is a statement ("not ended"), where elsewhere an empty cell says
    nothing and leaves what the book knows. `shown` is false for a table that is kept and exported (where it has rows),
    but has no empty page to be filled in by hand.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    speaking_blanks: frozenset[str] = frozenset()
    suffix: str = "csv"
    shown: bool = True

    def index(self, name: str) -> int:
        """Position of column `name` in a row; KeyError when there is none."""
        return _POSITIONS[self.name][name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _required(name: str, kind: Kind = Kind.TEXT, *choices: str) -> Column:
    return Column(name, kind, required=True, choices=choices)


def _choice(name: str, *choices: str, default: str | None = None) -> Column:
    return Column(name, Kind.CHOICE, choices=choices, default=default)


ROLES = ("producer", "csr", "manager")
LEVELS = ("new", "veteran")
PIPELINES = ("sales", "underwriting", "placement", "exceptions", "declined", "nurture")
ACTIVITY_KINDS = ("call", "email", "text", "meeting_set", "meeting_held", "referral_ask", "coi_contact", "note")
LOST_REASONS = ("price", "coverage", "relationship", "no_response", "stayed_with_current", "competitor", "timing")
TRANSACTIONS = ("new", "renewal", "rewrite")

_PAY = (
    Column("salary", Kind.MONEY),
    Column("benefits", Kind.MONEY),
    Column("desk_cost", Kind.MONEY),
    Column("new_split", Kind.RATE),
    Column("renewal_split", Kind.RATE),
)

_TEMPLATES = (
    Template(
        "settings",
        (_required("key"), Column("value", Kind.JSON)),
        ("key",),
        suffix="json",
    ),
    Template(
        "producers",
        (
            _required("producer_code"),
            _required("name"),
            _choice("role", *ROLES, default="producer"),
            Column("aliases", Kind.CODES),
            Column("email", Kind.EMAIL),
            Column("phone", Kind.PHONE),
            _choice("level", *LEVELS),
            _choice("status", "active", "inactive", default="active"),
            Column("hired_on", Kind.DATE),
            Column("left_on", Kind.DATE),
            Column("manager", Kind.PRODUCER),
            Column("lines", Kind.CODES),
            Column("backup", Kind.PRODUCER),
            *_PAY,
            Column("target_new_premium", Kind.MONEY),
        ),
        ("producer_code",),
        frozenset({"left_on"}),
    ),
    Template(
        "sources",
        (_required("source"), Column("cost_per_lead", Kind.MONEY), Column("monthly_cost", Kind.MONEY)),
        ("source",),
    ),
    Template(
        "territories",
        (
            _required("territory"),
            _required("zip_from", Kind.ZIP_RULE),
            Column("zip_to", Kind.ZIP),
            _required("producer", Kind.PRODUCER),
            Column("backup", Kind.PRODUCER),
            Column("pool", Kind.CODES),
            Column("lines", Kind.CODES),
            Column("priority", Kind.COUNT),
            Column("valid_from", Kind.DATE),
            Column("valid_to", Kind.DATE),
        ),
        ("territory", "zip_from", "zip_to", "valid_from"),
    ),
    Template(
        "clients",
        (
            _required("client_id"),
            _required("name"),
            Column("email", Kind.EMAIL),
            Column("phone", Kind.PHONE),
            Column("zip", Kind.ZIP),
            Column("state", Kind.STATE),
            Column("producer", Kind.PRODUCER),
            Column("csr", Kind.PRODUCER),
            Column("since", Kind.DATE),
        ),
        ("client_id",),
    ),
    Template(
        "pay",
        (_required("producer_code", Kind.PRODUCER), _required("effective_from", Kind.DATE), *_PAY),
        ("producer_code", "effective_from"),
    ),
    Template(
        "targets",
        (
            _required("metric", Kind.CHOICE, *MEASURES),
            _required("target", Kind.NUMBER),
            _required("effective_from", Kind.DATE),
            Column("producer_code", Kind.PRODUCER),
            _choice("level", *LEVELS),
            Column("line"),
            Column("stretch", Kind.NUMBER),
        ),
        ("metric", "effective_from", "producer_code", "level", "line"),
    ),
    Template(
        "leads",
        (
            _required("lead_id"),
            _required("received_at", Kind.MOMENT),
            Column("assigned_at", Kind.MOMENT),
            Column("first_name"),
            Column("last_name"),
            Column("business_name"),
            Column("consent", Kind.FLAG),
            Column("email", Kind.EMAIL),
            Column("phone", Kind.PHONE),
            Column("zip", Kind.ZIP),
            Column("state", Kind.STATE),
            Column("line"),
            Column("source"),
            Column("producer", Kind.PRODUCER),
            Column("carrier"),
            Column("policy_expires_on", Kind.DATE),
            Column("estimated_premium", Kind.MONEY),
            Column("stage"),
            Column("stage_entered_at", Kind.MOMENT),
            Column("qualified", Kind.FLAG),
            _choice("lost_reason", *LOST_REASONS),
            Column("competing_agency"),
            Column("competing_carrier"),
            Column("price_difference", Kind.MONEY),
            _choice("winnable", "yes", "no", "maybe"),
            Column("would_change"),
            Column("note"),
            Column("merged_into", shown=False),
        ),
        ("lead_id",),
    ),
    Template(
        "owners",
        (_required("lead_id"), _required("at", Kind.MOMENT), Column("producer", Kind.PRODUCER)),
        ("lead_id", "at"),
    ),
    Template(
        "stages",
        (
            _required("pipeline", Kind.CHOICE, *PIPELINES),
            _required("stage"),
            _required("entered_at", Kind.MOMENT),
            Column("lead_id"),
            Column("policy_number"),
            Column("carrier"),
            Column("detail"),
        ),
        ("pipeline", "stage", "entered_at", "lead_id", "policy_number"),
    ),
    Template(
        "policies",
        (
            _required("policy_number"),
            _required("client"),
            _required("producer", Kind.PRODUCER),
            _required("line"),
            _required("transaction", Kind.CHOICE, *TRANSACTIONS),
            _required("bound_on", Kind.DATE),
            _required("effective_on", Kind.DATE),
            _required("annual_premium", Kind.MONEY),
            Column("client_id"),
            Column("carrier"),
            Column("expires_on", Kind.DATE),
            Column("in_force_on", Kind.DATE),
            Column("commission_rate", Kind.RATE),
            Column("commission", Kind.MONEY),
            Column("shares", Kind.SHARES),
            Column("lead_id"),
            Column("source"),
            Column("state", Kind.STATE),
            Column("zip", Kind.ZIP),
            Column("ended_on", Kind.DATE),
            Column("end_reason"),
            Column("snapshot", Kind.FLAG, shown=False),
        ),
        ("policy_number", "effective_on"),
        frozenset({"ended_on", "end_reason"}),
    ),
    Template(
        "premiums",
        (
            _required("policy_number"),
            _required("effective_on", Kind.DATE),
            _required("from", Kind.DATE),
            _required("annual_premium", Kind.MONEY),
        ),
        ("policy_number", "effective_on", "from"),
    ),
    Template(
        "quotes",
        (
            _required("producer", Kind.PRODUCER),
            _required("delivered_on", Kind.DATE),
            Column("quote_id"),
            Column("lead_id"),
            Column("client"),
            Column("line"),
            Column("carrier"),
            Column("premium", Kind.MONEY),
        ),
        ("quote_id",),
    ),
    Template(
        "activities",
        (
            _required("occurred_at", Kind.MOMENT),
            _required("producer", Kind.PRODUCER),
            _required("kind", Kind.CHOICE, *ACTIVITY_KINDS),
            Column("activity_id"),
            _choice("direction", "outbound", "inbound", default="outbound"),
            _choice("outcome", "connected", "no_answer", "voicemail"),
            Column("minutes", Kind.MINUTES),
            Column("count", Kind.COUNT, default=1),
            Column("bulk", Kind.FLAG),
            Column("self_reported", Kind.FLAG),
            Column("lead_id"),
            Column("client"),
            Column("note"),
            Column("phone", Kind.PHONE, shown=False),
        ),
        ("activity_id",),
    ),
    Template(
        "rules",
        (
            _required("id"),
            _required("position", Kind.COUNT),
            _required("name"),
            Column("enabled", Kind.FLAG, default=True),
            Column("when", Kind.JSON),
            _required("then", Kind.JSON),
        ),
        ("id",),
        suffix="json",
    ),
    Template(
        "availability",
        (
            _required("producer", Kind.PRODUCER),
            _required("kind", Kind.CHOICE, "leave", "hours", "license"),
            Column("from", Kind.DATE),
            Column("to", Kind.DATE),
            Column("weekday", Kind.COUNT),
            Column("start", Kind.TIME),
            Column("end", Kind.TIME),
            Column("state", Kind.STATE),
            Column("line"),
        ),
        ("producer", "kind", "from", "to", "weekday", "start", "end", "state", "line"),
    ),
    # What a system says that a producer's or source's totals of a period are: shown beside ours, part of no metric.
    Template(
        "stated_totals",
        (
            _required("system"),
            _required("from", Kind.DATE),
            _required("to", Kind.DATE),
            Column("producer", Kind.PRODUCER),
            Column("source"),
            Column("not_sales", Kind.FLAG),
            Column("items", Kind.COUNT),
            Column("premium", Kind.MONEY),
            Column("life_health_premium", Kind.MONEY),
            Column("policies", Kind.COUNT),
            Column("sales", Kind.COUNT),
            Column("points", Kind.NUMBER),
            Column("revenue", Kind.MONEY),
            Column("pulled_on", Kind.DATE),
        ),
        ("system", "from", "to", "producer", "source"),
        shown=False,
    ),
    # What was decided of two clients that look alike: `merged`, the first is the other; `different`, they are two.
    Template(
        "client_pairs",
        (
            Column("client_id"),
            _required("client"),
            Column("zip", Kind.ZIP),
            Column("other_id"),
            _required("other"),
            Column("other_zip", Kind.ZIP),
            _required("verdict", Kind.CHOICE, "merged", "different"),
        ),
        ("client_id", "client", "zip", "other_id", "other", "other_zip"),
        shown=False,
    ),
    # What the agency wants to write with a carrier in a year.
    Template(
        "carrier_goals",
        (
            _required("carrier"),
            _required("year", Kind.COUNT),
            Column("premium", Kind.MONEY),
            Column("policies", Kind.COUNT),
        ),
        ("carrier", "year"),
        shown=False,
    ),
    # What a client spends on insurance in a year, with this agency and elsewhere.
    Template(
        "client_spends",
        (
            Column("client_id"),
            _required("client"),
            Column("zip", Kind.ZIP),
            Column("spend", Kind.MONEY),
        ),
        ("client_id", "client", "zip"),
        shown=False,
    ),
    # What the agency calls a round account; one row named `definition`.
    Template(
        "account_rounding",
        (
            _required("name"),
            _required("meaning", Kind.CHOICE, "another_policy", "share_of_spend", "three_policies"),
            Column("share", Kind.RATE),
        ),
        ("name",),
        shown=False,
    ),
    # What is still to be done for a lost lead, and by when.
    Template(
        "follow_ups",
        (
            _required("lead_id"),
            _required("due_on", Kind.DATE),
            Column("producer", Kind.PRODUCER),
            _required("what"),
            Column("done_at", Kind.MOMENT),
        ),
        ("lead_id", "due_on", "what"),
        frozenset({"done_at"}),
        shown=False,
    ),
    # What routing did and keeps: its log, round robin's pointer, steps carried out, tasks, opt-outs, own texts.
    Template(
        "assignments",
        (
            _required("lead_id"),
            _required("at", Kind.MOMENT),
            Column("producer"),
            _required("step"),
            Column("rule"),
            Column("territory"),
            Column("model"),
            Column("score", Kind.NUMBER),
            _required("because"),
            Column("points", Kind.JSON),
        ),
        ("lead_id", "at"),
        shown=False,
    ),
    Template(
        "rotation",
        (_required("code"), Column("turn", Kind.COUNT), Column("credit")),
        ("code",),
        shown=False,
    ),
    Template(
        "ladder_steps",
        (
            _required("lead_id"),
            _required("step"),
            _required("due_at", Kind.MOMENT),
            _required("at", Kind.MOMENT),
            _required("owner"),
            Column("taker"),
            _required("because"),
        ),
        ("lead_id", "step", "at", "owner"),
        shown=False,
    ),
    Template(
        "lead_tasks",
        (
            _required("lead_id"),
            _required("step"),
            _required("due_at", Kind.MOMENT),
            _required("what"),
            Column("done_at", Kind.MOMENT),
            Column("outcome"),
        ),
        ("lead_id", "step"),
        shown=False,
    ),
    Template(
        "opt_outs",
        (_required("channel"), _required("address"), _required("at", Kind.MOMENT), Column("why")),
        ("channel", "address"),
        shown=False,
    ),
    Template(
        "message_templates",
        (_required("step"), Column("subject"), _required("body")),
        ("step",),
        shown=False,
    ),
    # What is planned and agreed with producers: what was typed into plans and scenarios, weeks typed over, 1:1 meetings
    # with notes, ticks and seconds by item, and what stands on the week's scorecard. Producers by code.
    Template(
        "plans",
        (_required("plan"), Column("producer"), Column("name"), _required("inputs", Kind.JSON)),
        ("plan", "producer", "name"),
        shown=False,
    ),
    Template(
        "plan_weeks",
        (
            _required("producer"),
            _required("week"),
            Column("sales_calls", Kind.COUNT),
            Column("proposals", Kind.COUNT),
            Column("sales", Kind.COUNT),
            Column("premium", Kind.MONEY),
            Column("commission", Kind.MONEY),
            Column("fees", Kind.MONEY),
        ),
        ("producer", "week"),
        shown=False,
    ),
    Template(
        "meetings",
        (
            _required("producer"),
            _required("week"),
            _choice("state", "held", "skipped"),
            Column("reason"),
            Column("ended_at", Kind.MOMENT),
            Column("notes", Kind.JSON),
            Column("ticks", Kind.JSON),
            Column("seconds", Kind.JSON),
        ),
        ("producer", "week"),
        shown=False,
    ),
    Template(
        "scorecards",
        (
            _required("producer"),
            _required("week"),
            Column("wins", Kind.JSON),
            Column("challenges", Kind.JSON),
            Column("priorities", Kind.JSON),
            Column("notes"),
        ),
        ("producer", "week"),
        shown=False,
    ),
)

_POSITIONS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {t.name: {column.name: at for at, column in enumerate(t.columns)} for t in _TEMPLATES}
)

TEMPLATES: Mapping[str, Template] = MappingProxyType({t.name: t for t in _TEMPLATES})
"""Every table by name, in the order in which a drop of several files is applied: referred-to tables come first."""

FILE_TEMPLATES: tuple[str, ...] = tuple(
    name for name, one in TEMPLATES.items() if one.shown and name not in {"settings", "rules", "availability"}
)
"""The tables that `templates DIR` writes as empty pages."""
