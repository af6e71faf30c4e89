"""Who waits for an answer now: leads that wrote or called in and have heard nothing since (metrics.md 4, 1.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core.kpis import leads
from desktop.core.kpis.reading import BOTH, Asked
from desktop.core.periods import Period
from desktop.models import facts_board, facts_kpi_leads, facts_kpi_records
from desktop.services import kpis
from desktop.services.found_records import FoundRecord

if TYPE_CHECKING:
    from desktop.models.book import Book

DAYS = 30
"""Older messages are not waited on any more."""


def waiting(book: Book, as_of: datetime, producer: str | None = None) -> list[FoundRecord]:
    """The first unanswered message of each lead in the last 30 days, the longest waiting first; `amount` is hours.

    Everybody's, or those of the leads that one producer (by code) owns. UserError for a code that nobody has.
    """
    period = Period((as_of - timedelta(days=DAYS)).date(), as_of.date())
    facts = kpis.facts_for(book, [(period, as_of)])
    whose, _name = kpis.asked_whose(facts, producer)
    asked = Asked(period, as_of, whose)
    open_threads = [
        one
        for one in facts.load(facts_kpi_leads.threads)
        if asked.within(one.asked_at) and not asked.seen(one.answered_at) and leads.is_whose(one.owners, asked)
    ]
    told = facts_kpi_records.described(book, "activities", {one.row for one in open_threads}, as_of)
    found = [(one, told[one.row]) for one in open_threads if one.row in told]
    return [
        FoundRecord(
            role=BOTH,
            table="activities",
            key=record.key,
            amount=(as_of - datetime.fromisoformat(one.asked_at)) // timedelta(hours=1),
            money=False,
            at=one.asked_at,
            producer=record.producer,
            producer_name=record.producer_name,
            subject=_known(book, record.subject),
            detail=record.detail,
            premium=None,
            file=record.file,
            sheet=record.sheet,
            line=record.line,
            entered=record.entered,
        )
        for one, record in sorted(found, key=lambda pair: pair[0].asked_at)
    ]


def _known(book: Book, subject: str) -> str:
    """A lead's name in place of its id."""
    lead = facts_board.lead_row(book, subject)
    return subject if lead is None else lead[1]
