"""The records behind a KPI, each with the file and line it came from (metrics.md 0; commands.md `records`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from desktop.core.kpis import reading
from desktop.core.kpis.definition import Basis, Cents
from desktop.core.kpis.reading import Asked, Drawn, KpiReading
from desktop.core.periods import Period
from desktop.models import facts_kpi_records
from desktop.models.facts_kpi_records import Described
from desktop.services import kpis
from desktop.services.found_records import FoundRecord

if TYPE_CHECKING:
    from desktop.models.book import Book

Part: TypeAlias = Mapping[str, object]
"""Which row of a KPI's details: some of its keys with their values."""


def records(
    book: Book,
    kpi_id: str,
    period: Period,
    as_of: datetime,
    producer: str | None = None,
    basis: Basis = Basis.COHORT,
    part: Part | None = None,
) -> list[FoundRecord]:
    """The records behind a KPI: the amounts of numerator and both sum to its numerator.

    With `part`, those behind one row of its details alone: the first that says the same (`{"state": "TX"}`).
    UserError for an id or a producer's code that there is not.
    """
    (one,) = kpis.chosen_kpis([kpi_id])
    facts = kpis.facts_for(book, [(period, as_of)])
    whose, _name = kpis.asked_whose(facts, producer)
    found = kpis.reading(facts, one, Asked(period, as_of, whose, basis))
    drawn = list(found.records() if part is None else _behind(found, part))
    return told(book, drawn, as_of)


def told(book: Book, drawn: Sequence[Drawn], as_of: datetime) -> list[FoundRecord]:
    """What each record is, in the order given; a record that is gone is left out."""
    known = _described(book, drawn, as_of)
    return [_found(each, known[each.table, each.row]) for each in drawn if (each.table, each.row) in known]


def _behind(found: KpiReading, part: Part) -> Iterable[Drawn]:
    rows = found.detail().get("rows", ())
    for row in rows if isinstance(rows, Iterable) else ():
        if isinstance(row, reading.Part) and all(row.get(key) == value for key, value in part.items()):
            return row.records()
    return ()


def _described(book: Book, drawn: Iterable[Drawn], as_of: datetime) -> dict[tuple[str, int], Described]:
    wanted: dict[str, set[int]] = {}
    for one in drawn:
        wanted.setdefault(one.table, set()).add(one.row)
    return {
        (table, row): told
        for table, rows in wanted.items()
        for row, told in facts_kpi_records.described(book, table, rows, as_of).items()
    }


def _found(drawn: Drawn, told: Described) -> FoundRecord:
    is_money = isinstance(drawn.amount, Cents)
    is_whole = drawn.amount == int(drawn.amount)
    return FoundRecord(
        role=drawn.role,
        table=drawn.table,
        key=told.key,
        amount=int(drawn.amount) if is_money or is_whole else float(drawn.amount),
        money=is_money,
        at=drawn.at,
        producer=told.producer,
        producer_name=told.producer_name,
        subject=told.subject,
        detail=told.detail,
        premium=told.premium,
        file=told.file,
        sheet=told.sheet,
        line=told.line,
        entered=told.entered,
    )
