"""The way back from a number to the lines of files behind it (metrics.md 0; commands.md `records`).

Amounts of numerator and both sum to the number's numerator; records of denominator and both are counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.core.kpis import KPIS, is_kpi
from desktop.core.periods import Period
from desktop.core.pipeline import SALES_STAGES
from desktop.core.production import ACTIVITIES, METRIC
from desktop.core.templates import TEMPLATES, Cell, Kind
from desktop.errors import UserError
from desktop.models import facts_people, facts_records, journal
from desktop.models.facts_records import FactRecord, FieldChange, Origin, Scope, StoredRecord
from desktop.models.storage import STORAGES, Storage
from desktop.services import kpi_records
from desktop.services.found_records import BOTH, DENOMINATOR, NUMERATOR, UNASSIGNED, FoundRecord

if TYPE_CHECKING:
    from desktop.models.book import Book

__all__ = ["PIPELINE", "UNASSIGNED", "FoundRecord", "record_detail", "record_ids", "records"]

PIPELINE = "pipeline."
"""`pipeline.quoted` and the like: the leads of a stage."""


def record_ids() -> tuple[str, ...]:
    """Every id that `records` answers besides the KPIs: the metrics, then the stages."""
    return (*METRIC, *(f"{PIPELINE}{stage.key}" for stage in SALES_STAGES))


def records(
    book: Book, metric_id: str, period: Period, as_of: datetime, producer: str | None = None
) -> list[FoundRecord]:
    """The records behind a metric, stage or KPI: everybody's, one producer's by code, or nobody's (`UNASSIGNED`).

    UserError for an id or a code that there is not.
    """
    if is_kpi(metric_id):
        return kpi_records.records(book, metric_id, period, as_of, producer)
    if metric_id not in record_ids():
        known = ", ".join((*record_ids(), *(kpi.id for kpi in KPIS)))
        raise UserError(f"There is no figure “{metric_id}”.", f"Known are {known}.")
    asked = _Asked(book, period, as_of, _scope(book, producer))
    if metric_id.startswith(PIPELINE):
        return asked.stage(metric_id.removeprefix(PIPELINE))
    return asked.activities(metric_id) if metric_id in ACTIVITIES else _RESULTS[metric_id](asked)


def _scope(book: Book, producer: str | None) -> Scope:
    if producer is None:
        return Scope()
    if producer == UNASSIGNED:
        return Scope(unassigned=True)
    for person in facts_people.people(book):
        if person.code.casefold() == producer.strip().casefold():
            return Scope(person.id)
    raise UserError(f"There is no producer with the code “{producer}”.", "Check the code on the producers page.")


@dataclass(frozen=True, slots=True)
class _Asked:
    book: Book
    period: Period
    as_of: datetime
    scope: Scope

    def activities(self, metric: str) -> list[FoundRecord]:
        found = facts_records.activities(self.book, metric, self.period, self.as_of, self.scope)
        return [_found("activities", one, NUMERATOR, one.count) for one in found]

    def stage(self, stage: str) -> list[FoundRecord]:
        found = facts_records.leads_in_stage(self.book, stage, self.period, self.as_of, self.scope)
        return [_found("leads", one, NUMERATOR, 1) for one in found]

    def quotes(self) -> list[FoundRecord]:
        return [_found("quotes", one, NUMERATOR, one.count) for one in self._quotes()]

    def policies_written(self) -> list[FoundRecord]:
        return [_found("policies", one, NUMERATOR, one.count) for one in self._policies() if one.count]

    def close_rate(self) -> list[FoundRecord]:
        counted = [_found("quotes", one, DENOMINATOR, one.count) for one in self._quotes() if one.count]
        return [*self.policies_written(), *counted]

    def new_premium(self) -> list[FoundRecord]:
        return [_found("policies", one, NUMERATOR, one.premium, money=True) for one in self._policies()]

    def new_commission(self) -> list[FoundRecord]:
        return [_found("policies", one, NUMERATOR, one.commission, money=True) for one in self._policies()]

    def average_policy_size(self) -> list[FoundRecord]:
        return [
            _found("policies", one, BOTH if one.count else NUMERATOR, one.premium, money=True)
            for one in self._policies()
        ]

    def _quotes(self) -> list[FactRecord]:
        return facts_records.quotes(self.book, self.period, self.as_of, self.scope)

    def _policies(self) -> list[FactRecord]:
        return facts_records.policies(self.book, self.period, self.as_of, self.scope)


_RESULTS: Mapping[str, Callable[[_Asked], list[FoundRecord]]] = {
    "quotes": _Asked.quotes,
    "policies_written": _Asked.policies_written,
    "close_rate": _Asked.close_rate,
    "new_premium": _Asked.new_premium,
    "avg_policy_size": _Asked.average_policy_size,
    "new_commission": _Asked.new_commission,
}


def _found(table: str, one: FactRecord, role: str, amount: int, *, money: bool = False) -> FoundRecord:
    return FoundRecord(
        role=role,
        table=table,
        key=one.key,
        amount=amount,
        money=money,
        at=one.at,
        producer=one.producer,
        producer_name=one.producer_name,
        subject=one.subject,
        detail=one.detail,
        premium=None if table == "activities" else one.premium,
        file=one.origin.file,
        sheet=one.origin.sheet,
        line=one.origin.line,
        entered=one.origin.entered,
    )


# --- one record -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldDetail:
    """One field of a record, by the template's name, and where its present value came from."""

    name: str
    value: Cell
    kind: Kind
    file: str | None
    sheet: str | None
    line: int | None
    entered: str | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record: `field` None = the record as a whole, come or gone."""

    at: str
    who: str
    label: str
    field: str | None
    before: Cell
    after: Cell
    file: str | None
    sheet: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """A record whole: fields with their origin, the file's other columns as notes, history with the newest first."""

    table: str
    key: str
    fields: tuple[FieldDetail, ...]
    notes: tuple[tuple[str, str], ...]
    history: tuple[HistoryEntry, ...]
    file: str | None
    sheet: str | None
    line: int | None
    entered: str | None


def record_detail(book: Book, table: str, key: str) -> RecordDetail:
    """Everything known of one record, by the template's name and the stored key. UserError when it is not there."""
    storage = STORAGES[table]
    row = facts_records.stored_record(book, storage.table, storage.columns, key)
    if row is None:
        raise UserError("The record is no longer in the book.", "Close the drawer and open the number again.")
    names = facts_records.names_of_aliases(book)
    changes = facts_records.history(book, storage.table, row.row_id)
    typed = facts_records.typed_fields(book, storage.table, row.row_id)
    return RecordDetail(
        table=table,
        key=key,
        fields=tuple(_fields(storage, row, names, _origins(row, storage, changes, typed))),
        notes=tuple((json.loads(row.extra) if row.extra else {}).items()),
        history=tuple(_entry(storage, change, names) for change in changes),
        file=row.origin.file,
        sheet=row.origin.sheet,
        line=row.origin.line,
        entered=row.origin.entered if row.origin.file is None else None,
    )


def _origins(
    row: StoredRecord, storage: Storage, changes: Iterable[FieldChange], typed: Mapping[str, str]
) -> dict[str, Origin]:
    """Per column: typed when, else the last import that set it, else where the record itself came from."""
    whole = row.origin
    own = Origin(whole.file, whole.sheet, whole.line, whole.entered if whole.file is None else None)
    found = dict.fromkeys(storage.columns, own)
    newest: set[str] = set()
    for change in changes:
        if change.column and change.column not in newest:
            newest.add(change.column)
            if change.file is not None and journal.unpack(change.after) == row.values.get(change.column):
                found[change.column] = Origin(change.file, change.sheet, change.line, None)
    return found | {column: Origin(None, None, None, at) for column, at in typed.items()}


def _fields(
    storage: Storage, row: StoredRecord, names: Mapping[int, str], origins: Mapping[str, Origin]
) -> Iterable[FieldDetail]:
    for column, name in zip(storage.columns, storage.template.names, strict=True):
        kind = storage.template.columns[storage.template.index(name)].kind
        origin = origins[column]
        value = _shown(storage, column, row.values[column], names)
        yield FieldDetail(name, value, kind, origin.file, origin.sheet, origin.line, origin.entered)


def _entry(storage: Storage, change: FieldChange, names: Mapping[int, str]) -> HistoryEntry:
    field = storage.heading(change.column) if change.column else None
    before, after = (
        None if field is None else _shown(storage, change.column, journal.unpack(text), names)
        for text in (change.before, change.after)
    )
    return HistoryEntry(
        change.at, change.who, change.label, field, before, after, change.file, change.sheet, change.line
    )


def _shown(storage: Storage, column: str, value: Cell, names: Mapping[int, str]) -> Cell:
    """A name in place of its number, yes or no as such."""
    if value is None:
        return None
    if column in storage.people_columns:
        return names.get(int(value))
    known = column in storage.columns
    kind = TEMPLATES[storage.template.name].columns[storage.columns.index(column)].kind if known else Kind.TEXT
    return bool(value) if kind is Kind.FLAG else value
