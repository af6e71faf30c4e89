"""What other agencies reach, as tables: graded measures and goals beside the agency's own, and typical lead sources.

Knows words; grades and own values come from the services.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from desktop.services.kpi_benchmarks import Benchmarks, Beside, Typical
from desktop.views.charts import Unit, value_text
from desktop.views.pages.kpis.parts import TableCard
from desktop.views.pages.kpis.words import say
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status

_CENTS = 100
_HOURS_FROM = 120
"""Minutes from which on hours are easier to read."""
_GRADES = {"poor": Status.BAD, "average": Status.NEAR, "good": Status.GOOD, "best": Status.GOOD}
_UNITS = {
    "first_response": Unit.MINUTES,
    "attempts_48h": Unit.COUNT,
    "quote_turnaround": Unit.HOURS,
    "follow_ups": Unit.COUNT,
    "never_contacted": Unit.COUNT,
}


def measure_words(measure: str) -> str:
    """What a measure is called."""
    return {
        "first_response": say("First response"),
        "attempts_48h": say("Attempts in the first 48 hours"),
        "quote_turnaround": say("From lead to quote"),
        "follow_ups": say("Follow-ups after a quote"),
        "contacted_5": say("Contacted within 5 minutes"),
        "contacted_30": say("Contacted within 30 minutes"),
        "never_contacted": say("Leads never contacted"),
        "lead_to_quote": say("Leads quoted"),
        "quote_to_bind": say("Quotes bound"),
        "lead_to_bind": say("Leads bound"),
    }[measure]


def measures_table() -> TableCard:
    """Graded measures and goals, each with the agency's own value."""
    columns = [
        Column("measure", say("Measure"), Kind.TEXT, lambda one: measure_words(one.id), width=225),
        Column("own", say("Yours"), Kind.COUNT, _number, text=_own, status=_status, width=95, why=_why),
        Column("stands", say("Stands"), Kind.TEXT, _stands, width=85),
        *(
            Column(key, title, Kind.TEXT, partial(_range, at=at), width=125)
            for at, (key, title) in enumerate(
                (("poor", say("Poor")), ("average", say("Average")), ("good", say("Good")), ("best", say("Best")))
            )
        ),
        Column("goal", say("Goal"), Kind.TEXT, _goal, width=80),
    ]
    note = say("What insurance agencies reach with the leads they receive, beside those of this period.")
    return TableCard("benchmarks", say("How others fare"), columns, note=note)


def sources_table() -> TableCard:
    """What kinds of sources usually cost and close, and the own source of that name."""
    per_lead, per_bind = partial(_money, measure="cost_per_lead"), partial(_money, measure="cost_per_bind")
    columns = [
        Column("source", say("Source"), Kind.TEXT, lambda one: one.usual.source, width=160),
        Column("lead", say("Cost per lead"), Kind.TEXT, lambda one: _dollars(one.usual.cost_low, one.usual.cost_high)),
        Column(
            "own_lead",
            say("Yours"),
            Kind.TEXT,
            per_lead,
            tooltip=_names,
            why=_no_source,
        ),
        Column("close", say("Close rate"), Kind.TEXT, _close),
        Column("own_close", say("Yours"), Kind.TEXT, _own_close, tooltip=_names, why=_no_source),
        Column("bind", say("Cost per bind"), Kind.TEXT, lambda one: _dollars(one.usual.bind_low, one.usual.bind_high)),
        Column(
            "own_bind",
            say("Yours"),
            Kind.TEXT,
            per_bind,
            tooltip=_names,
            why=_no_source,
        ),
    ]
    note = say(
        "Your sources stand beside the kind that their names tell; point at a figure of yours for which they are."
    )
    return TableCard("typical", say("What lead sources usually cost and close"), columns, note=note)


def tables_of(found: Benchmarks) -> list[TableCard]:
    """The tables that have anything to show."""
    made = []
    if found.measures:
        made.append(measures_table())
        made[-1].set_rows(found.measures)
    if found.sources:
        made.append(sources_table())
        made[-1].set_rows(found.sources)
    return made


def _number(one: Beside) -> float | None:
    return None if one.value is None else float(one.value)


def _own(one: Beside) -> str:
    if one.value is None:
        return formats.EM_DASH
    unit, value = _UNITS.get(one.id, Unit.RATE), float(one.value)
    if unit is Unit.MINUTES and value >= _HOURS_FROM:
        return value_text(Unit.HOURS, value / 60)
    return value_text(unit, value)


def _why(_one: Beside) -> str:
    return say("No lead of this period has come so far.")


def _status(one: Beside) -> Status:
    if one.goal is not None:
        return Status.NONE if one.met is None else Status.GOOD if one.met else Status.BAD
    return _GRADES.get(one.grade or "", Status.NONE)


def _stands(one: Beside) -> str | None:
    if one.goal is not None:
        return None if one.met is None else say("Reached") if one.met else say("Missed")
    grades = {"poor": say("Poor"), "average": say("Average"), "good": say("Good"), "best": say("Best")}
    return grades.get(one.grade or "")


def _range(one: Beside, *, at: int) -> str | None:
    return one.words[at] if one.words else ""


def _goal(one: Beside) -> str | None:
    if one.goal is None:
        return ""
    if one.id == "never_contacted":
        return say("none")
    return say("over {}").format(formats.percent(float(one.goal)).replace(".0%", "%"))


def _dollars(low: int, high: int) -> str:
    if low == high:
        return f"${low // _CENTS:,}"
    return say("{low} to {high}").format(low=f"${low // _CENTS:,}", high=f"${high // _CENTS:,}")


def _close(one: Typical) -> str:
    low, high = (f"{round(edge * 100)}" for edge in (one.usual.close_low, one.usual.close_high))
    return say("{low} to {high}%").format(low=low, high=high)


def _own_close(one: Typical) -> str | None:
    rate = None if one.own is None else one.own.lead_to_bind
    return None if rate is None else formats.percent(float(rate))


def _money(one: Typical, *, measure: str) -> str | None:
    amount: Fraction | None = None if one.own is None else getattr(one.own, measure)
    return None if amount is None else formats.money(round(amount))


def _names(one: Typical) -> str:
    return ", ".join(one.names)


def _no_source(one: Typical) -> str:
    return say("Nothing was bound in the period.") if one.names else say("No lead source of yours is of this kind.")
