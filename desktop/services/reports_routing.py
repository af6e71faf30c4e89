"""Lead reports on paper: the month's distribution with its targets, and what became of each source's leads.

Arranges what `services.speed` and `services.territories` answer; computes nothing (routing.md 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.core.documents import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Kind,
    Marked,
    Report,
    Row,
    Status,
    Table,
    Text,
    period_words,
)
from desktop.core.findings import counted, in_short, listed, percent
from desktop.core.money import half_up
from desktop.core.speed import TARGETS, Figures
from desktop.core.territories import Rule
from desktop.errors import UserError
from desktop.models import facts_people
from desktop.services import reporting, speed, territories
from desktop.services.reporting import Asked

if TYPE_CHECKING:
    from desktop.models.book import Book

_AT_MOST = frozenset({"average_minutes", "never_contacted"})
_NO_SOURCE, _NO_LINE, _NOBODY = "No source", "No line", "Unassigned"
_AGENCY_ONLY = "This report is about the whole agency: ask for it without a producer."


def lead_distribution(book: Book, asked: Asked) -> Report:
    """Volume, speed, distribution, conversion and cost of the leads received in the period, producers ranked.

    UserError when asked for one producer: the report compares all of them.
    """
    _refuse_producer(asked)
    found = speed.distribution(book, asked.period, asked.as_of)
    total = found.total
    by_line = {line or _NO_LINE: made for line, made in found.by_line.items()}
    by_source = {source or _NO_SOURCE: made for source, made in found.by_source.items()}
    people = {_person(code, name): made for code, name, made in found.by_producer}
    blocks: list[Block] = [
        _speed_facts(total),
        _result_facts(total),
        Facts(
            (
                Fact("Reassignments", found.reassignments, Kind.COUNT, "for slow response"),
                Fact("Escalations", found.escalations, Kind.COUNT, "to the manager"),
            ),
            title="Distribution",
        ),
        Heading("Producers, by close rate and response"),
        _ranking(people, total),
        *_bars("Leads per producer", people),
        Heading("Volume by source"),
        _volume("Source", by_source, total),
        Heading("Volume by line of business"),
        _volume("Line", by_line, total),
        Heading("Cost by source"),
        _costs(by_source, total),
    ]
    words, of = _how_fast(total), period_words(asked.period)
    return reporting.report(book, "Lead distribution", of, blocks, asked, landscape=False, finding=words)


def _how_fast(total: Figures) -> str:
    """How many leads were contacted in five minutes, and how many never."""
    if not total.leads:
        return "No lead was received in the period."
    in_time = total.contacted_5
    share = "none" if in_time is None else percent(float(in_time))
    never = counted(total.never_contacted, "lead")
    return f"Of {counted(total.leads, 'lead')} {share} were contacted in 5 minutes; {never} never."


def source_report(book: Book, asked: Asked) -> Report:
    """What each source brought, and what it cost. UserError when asked for one producer: costs are the agency's."""
    _refuse_producer(asked)
    found = speed.distribution(book, asked.period, asked.as_of)
    sources = {source or _NO_SOURCE: made for source, made in found.by_source.items()}
    blocks: list[Block] = [
        _sources(sources, found.total),
        Text("Return is the commission of the leads' policies over what the leads cost.", quiet=True),
    ]
    words, of = _what_returns(sources), period_words(asked.period)
    return reporting.report(book, "Lead sources", of, blocks, asked, landscape=True, finding=words)


def _what_returns(sources: Mapping[str, Figures]) -> str:
    """Which source brings back most of what it costs, and which cost more than they bring."""
    paid = {name: float(made.roi) for name, made in sources.items() if made.roi is not None}
    if not paid:
        return "No source with a cost brought leads in the period."
    first = max(paid, key=lambda name: (paid[name], name))
    losing = sorted((name for name, roi in paid.items() if roi < 1), key=lambda name: paid[name])
    if not paid[first]:
        return "No source has brought back any of its cost yet."
    if paid[first] < 1:
        return f"No source brings back its cost; {in_short(first)} comes closest with {percent(paid[first])} of it."
    best = f"{in_short(first)} brings back {percent(paid[first])} of its cost"
    if not losing:
        return f"{best}."
    verb = "costs" if len(losing) == 1 else "cost"
    return f"{best}; {listed(losing)} {verb} more than they bring."


def territory_table(book: Book, asked: Asked) -> Report:
    """The territories in force on the period's last day: what each takes in, and who has it."""
    day = asked.period.end
    rules = [rule for rule in territories.table(book) if rule.holds(day)]
    columns = (
        Column("Territory"),
        Column("ZIP codes", wrap=True),
        Column("Producer"),
        Column("Backup"),
        Column("Lines", wrap=True),
        Column("Priority", Kind.COUNT),
    )
    names = {one.code: one.name for one in facts_people.people(book)}
    rows = tuple(Row(_territory(one, names)) for one in rules)
    table = Table(columns, rows, empty="No territory is in force.")
    bare = sum(rule.backup is None for rule in rules)
    words = f"{counted(len(rules), 'territory', 'territories')} in force, {bare or 'none'} without a backup."
    words = words if rules else "No territory is in force."
    return reporting.report(book, "Territories", period_words(asked.period), [table], asked, finding=words)


def _territory(rule: Rule, names: Mapping[str, str]) -> tuple[Cell, ...]:
    codes = f"{rule.zip_from}-{rule.zip_to}" if rule.zip_to else rule.zip_from
    holders = (rule.producer,) if rule.producer else rule.pool
    owner = ", ".join(names.get(code, code) for code in holders)
    backup = names.get(rule.backup, rule.backup) if rule.backup else None
    return rule.territory, codes, owner or None, backup, ", ".join(rule.lines) or "All", rule.priority


def _refuse_producer(asked: Asked) -> None:
    if asked.producer is not None:
        raise UserError("This report cannot be made for one producer.", _AGENCY_ONLY)


def _person(code: str | None, name: str | None) -> str:
    if code is None:
        return _NOBODY
    return f"{name} ({code})" if name else code


# --- the head ---------------------------------------------------------------------------------------------------------


def _speed_facts(total: Figures) -> Facts:
    return Facts(
        (
            Fact("Leads received", total.leads, Kind.COUNT),
            Fact("Average response, minutes", _judged(total, "average_minutes"), Kind.NUMBER, "target under 5"),
            Fact("Contacted in 5 min", _judged(total, "contacted_5"), Kind.PERCENT, "target over 80%"),
            Fact("Contacted in 30 min", _judged(total, "contacted_30"), Kind.PERCENT, "target over 95%"),
            Fact("Never contacted", _judged(total, "never_contacted"), Kind.COUNT, "target 0"),
        ),
        title="Volume and speed",
    )


def _result_facts(total: Figures) -> Facts:
    return Facts(
        (
            Fact("Lead to quote", _judged(total, "lead_to_quote"), Kind.PERCENT, "target over 70%"),
            Fact("Quote to bind", _judged(total, "quote_to_bind"), Kind.PERCENT, "target over 25%"),
            Fact("Lead to bind", _judged(total, "lead_to_bind"), Kind.PERCENT, "target over 18%"),
            Fact("Premium written", total.premium, Kind.MONEY),
            Fact("Cost of the leads", half_up(total.cost), Kind.MONEY),
        ),
        title="Conversion and cost",
    )


def _judged(made: Figures, key: str) -> Cell:
    """A figure marked by its target: beyond it is good; of leads never contacted none at all is."""
    value = getattr(made, key)
    if value is None or not made.leads:
        return None
    target = TARGETS[key]
    if key == "never_contacted":
        met = value <= target
    else:
        met = value < target if key in _AT_MOST else value > target
    shown = value if isinstance(value, int) else float(value)
    return Marked(shown, Status.GOOD if met else Status.BAD)


# --- tables -----------------------------------------------------------------------------------------------------------

_RANKING = (
    Column("Rank", Kind.COUNT),
    Column("Producer"),
    Column("Leads", Kind.COUNT),
    Column("Average minutes", Kind.NUMBER),
    Column("In 5 min", Kind.PERCENT),
    Column("Never contacted", Kind.COUNT),
    Column("Quoted", Kind.PERCENT),
    Column("Bound", Kind.PERCENT),
    Column("Premium", Kind.MONEY),
)


def _ranking(people: Mapping[str, Figures], total: Figures) -> Table:
    rows = tuple(
        Row((None if name == _NOBODY else number, name, *_performance(made)))
        for number, (name, made) in enumerate(people.items(), 1)
    )
    totals = (Row((None, "All leads", *_performance(total))),) if rows else ()
    return Table(_RANKING, rows, totals, empty="No lead was received.")


def _performance(made: Figures) -> tuple[Cell, ...]:
    return (
        made.leads,
        _judged(made, "average_minutes"),
        _judged(made, "contacted_5"),
        _judged(made, "never_contacted"),
        _number(made.lead_to_quote),
        _judged(made, "lead_to_bind"),
        made.premium,
    )


def _bars(title: str, groups: Mapping[str, Figures]) -> list[Block]:
    if len(groups) < 2:
        return []
    ranked = sorted(groups.items(), key=lambda one: -one[1].leads)
    return [Bars(title, tuple(Bar(name, made.leads) for name, made in ranked), Kind.COUNT, repeats=True)]


def _volume(title: str, groups: Mapping[str, Figures], total: Figures) -> Table:
    columns = (
        Column(title),
        Column("Leads", Kind.COUNT),
        Column("Of all", Kind.PERCENT),
        Column("Quoted", Kind.COUNT),
        Column("Bound", Kind.COUNT),
        Column("Premium", Kind.MONEY),
    )
    rows = tuple(
        Row((name, *_amounts(made, total)))
        for name, made in sorted(groups.items(), key=lambda one: (-one[1].leads, one[0].casefold()))
    )
    totals = (Row(("All leads", *_amounts(total, total))),) if rows else ()
    return Table(columns, rows, totals, empty="No lead was received.")


def _amounts(made: Figures, total: Figures) -> tuple[Cell, ...]:
    share = made.leads / total.leads if total.leads else None
    return made.leads, share, made.quoted, made.bound, made.premium


def _costs(groups: Mapping[str, Figures], total: Figures) -> Table:
    columns = (
        Column("Source"),
        Column("Cost", Kind.MONEY),
        Column("Cost per lead", Kind.MONEY_EXACT),
        Column("Cost per bind", Kind.MONEY_EXACT),
        Column("Commission", Kind.MONEY),
        Column("Return (ROI)", Kind.PERCENT),
    )
    rows = tuple(Row((name, *_spent(made))) for name, made in groups.items())
    totals = (Row(("All leads", *_spent(total))),) if rows else ()
    return Table(columns, rows, totals, empty="No lead was received, and no source costs anything.")


def _spent(made: Figures) -> tuple[Cell, ...]:
    return (
        half_up(made.cost),
        _cents(made.cost_per_lead),
        _cents(made.cost_per_bind),
        made.commission,
        _number(made.roi),
    )


_SOURCES = (
    Column("Source"),
    Column("Received", Kind.COUNT),
    Column("In 5 min", Kind.COUNT),
    Column("Share in 5 min", Kind.PERCENT),
    Column("Quoted", Kind.COUNT),
    Column("Quote rate", Kind.PERCENT),
    Column("Bound", Kind.COUNT),
    Column("Bind rate", Kind.PERCENT),
    Column("Premium", Kind.MONEY),
    Column("Average premium", Kind.MONEY),
    Column("Cost per lead", Kind.MONEY_EXACT),
    Column("Cost per bind", Kind.MONEY_EXACT),
    Column("Commission", Kind.MONEY),
    Column("Return (ROI)", Kind.PERCENT),
)


def _sources(groups: Mapping[str, Figures], total: Figures) -> Table:
    rows = tuple(Row((name, *_source(made))) for name, made in groups.items())
    totals = (Row(("All sources", *_source(total))),) if rows else ()
    return Table(_SOURCES, rows, totals, empty="No lead was received, and no source costs anything.")


def _source(made: Figures) -> tuple[Cell, ...]:
    return (
        made.leads,
        made.contacted_in_5,
        _number(made.contacted_5),
        made.quoted,
        _number(made.lead_to_quote),
        made.bound,
        _number(made.lead_to_bind),
        made.premium,
        _cents(made.average_premium),
        _cents(made.cost_per_lead),
        _cents(made.cost_per_bind),
        made.commission,
        _number(made.roi),
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _cents(value: Fraction | None) -> int | None:
    return None if value is None else half_up(value)
