"""The agenda of the weekly 1:1 on paper: each item with its minutes and numbers, and lines to write on.

Takes the meetings that service gathers; computes nothing (document 000).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.core import meetings as agendas
from desktop.core import periods
from desktop.core.documents import (
    Block,
    Checklist,
    Column,
    Heading,
    Kind,
    PageBreak,
    Report,
    Row,
    Table,
    Text,
    WritingLines,
)
from desktop.core.findings import counted
from desktop.core.meetings import AGENDA, SPARE_MINUTES
from desktop.core.production import METRIC, METRICS, Group
from desktop.services import meetings, reporting
from desktop.services.leads import Waiting
from desktop.services.meetings import Sheet
from desktop.services.reporting import Asked

if TYPE_CHECKING:
    from desktop.models.book import Book


def agenda(book: Book, asked: Asked) -> Report:
    """The agenda of the week that holds the period's last day, of one producer, or of each on a page of their own."""
    week = periods.week_of(asked.period.end)
    codes = [asked.producer] if asked.producer is not None else [
        one.producer for one in meetings.attendees(book, week)
    ]  # fmt: skip
    blocks: list[Block] = []
    sheets = [meetings.sheet(book, week, code, asked.as_of) for code in codes]
    for sheet in sheets:
        blocks += [PageBreak()] if blocks else []
        blocks += _pages(sheet)
    if not blocks:
        blocks.append(Text("Nobody was employed as a producer in this week."))
    of = f"{periods.week_name(week)}  ·  {reporting.whose(book, asked.producer)}"
    return reporting.report(book, "Weekly 1:1", of, blocks, asked, finding=_what_to_talk_of(sheets))


def _what_to_talk_of(sheets: Sequence[Sheet]) -> str:
    """How many leads are stuck, deals lost and things to talk over."""
    stuck = sum(len(sheet.stuck) for sheet in sheets)
    lost, talks = sum(len(sheet.lost) for sheet in sheets), sum(len(sheet.talks) for sheet in sheets)
    if not (stuck or lost or talks):
        return "No lead is stuck, no deal was lost, and no flag fires."
    said = f"{counted(stuck, 'lead')} stuck, {counted(lost, 'deal')} lost, {counted(talks, 'flag')} to talk over"
    return f"{said}." if len(sheets) == 1 else f"{counted(len(sheets), 'meeting')}: {said}."


def _pages(sheet: Sheet) -> list[Block]:
    total = sum(item.minutes for item in AGENDA)
    blocks: list[Block] = [Heading(f"{sheet.producer_name}: {total} minutes, {SPARE_MINUTES} to spare")]
    for item in AGENDA:
        blocks.append(Text(f"{item.title}, {item.minutes} minutes. {item.purpose}", strong=True))
        blocks += _item(item, sheet)
        note = sheet.meeting.notes.get(item.id, "")
        blocks.append(Text(note) if note else WritingLines("Notes", 1))
    return blocks


def _item(item: agendas.Item, sheet: Sheet) -> list[Block]:
    if item.id in ("activity", "results"):
        return [_metrics(sheet, Group.ACTIVITY if item.id == "activity" else Group.RESULT)]
    if item.id == "pipeline":
        return [Text(f"{one.lead.name}: {one.label}, {one.days} days, {_why_stuck(one)}") for one in sheet.stuck]
    if item.id == "lost":
        return [
            Text(f"{one.name or one.lead_id}: {(one.reason or 'no reason yet').replace('_', ' ')}")
            for one in sheet.lost
        ]
    if item.id == "priorities":
        kept: list[Block] = [Checklist(sheet.commitments, "Agreed last week")] if sheet.commitments else []
        agreed = tuple(text for text in sheet.priorities if text)
        return [*kept, Checklist(agreed, "Next week") if agreed else WritingLines("Next week", 3)]
    return [Text(f"{talk.label}: {talk.numbers} {talk.question}") for talk in sheet.talks]


def _why_stuck(one: Waiting) -> str:
    return f"{one.late} over its time" if one.late else "nobody tried it yet"


def _metrics(sheet: Sheet, group: Group) -> Table:
    columns = (Column("Measure"), Column("This week", Kind.NUMBER), Column("Target", Kind.NUMBER))
    rows = []
    for metric in METRICS:
        if metric.group is group:
            one = sheet.panel.metrics[metric.id]
            kind = Kind.MONEY if metric.is_money else Kind.PERCENT if metric.is_ratio else Kind.COUNT
            rows.append(Row((METRIC[metric.id].label, one.value, one.target), kinds=(Kind.TEXT, kind, kind)))
    return Table(columns, tuple(rows))
