"""One lead as its page shows it, and the open leads that wait: history, next action, where everything came from.

No formula of its own, no SQL. Stages, expected days and required actions are defined in metrics.md 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core import pipeline
from desktop.core.pipeline import SALES
from desktop.errors import UserError
from desktop.models import edits, facts_leads, journal
from desktop.models.facts_leads import Event, LeadRow, Loss, OpenLead, Owned, Stay
from desktop.models.journal import Author
from desktop.services import configuration, corrections
from desktop.services.edits import Changes, refresh
from desktop.services.scopes import scope

if TYPE_CHECKING:
    from desktop.models.book import Book

ACTIONS = {stage.key: stage.action for stage in pipeline.SALES_STAGES}
LABELS = {stage.key: stage.label for stage in pipeline.SALES_STAGES}
UNTOUCHED = timedelta(days=1)
"""A new lead that nobody has tried to reach for longer than this waits."""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Everything on a lead. `days`: full days in its stage; `late`: days over the expected time, None where in time.

    `stays` and `owners` run from the first, `events` (activities, quotes, policies, service entries) from the newest.
    """

    lead: LeadRow
    stage: str
    label: str
    since: str
    days: int
    expected: float | None
    late: int | None
    action: str
    stays: tuple[Stay, ...]
    owners: tuple[Owned, ...]
    events: tuple[Event, ...]
    client: tuple[str, str] | None
    loss: Loss

    @property
    def owner(self) -> Owned | None:
        """Who has it now; None = nobody."""
        last = self.owners[-1] if self.owners else None
        return last if last is not None and last.name is not None else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open lead that waits: `late` days over its stage's time (0: in time), `untouched`: nobody tried it yet."""

    lead: OpenLead
    label: str
    action: str
    days: int
    late: int
    untouched: bool


def lead_page(book: Book, lead_id: str, now: datetime) -> LeadPage:
    """A lead with its history as known at `now`. UserError when there is none with this id."""
    found = facts_leads.lead(book, lead_id)
    if found is None:
        raise UserError(f"There is no lead {lead_id} in the book.", "Search for it by name or phone.")
    stays = facts_leads.stays(book, lead_id)
    last = stays[-1] if stays else Stay("prospect", found.received_at, None, True, None, None)
    stage = pipeline.folded(last.stage)
    expected = _expected(book).get(stage)
    spent = now - _moment(last.entered_at)
    events = [
        *facts_leads.activities(book, lead_id),
        *facts_leads.quotes(book, lead_id),
        *facts_leads.policies(book, lead_id),
        *facts_leads.service_entries(book, lead_id),
    ]
    return LeadPage(
        lead=found,
        stage=stage,
        label=LABELS[stage],
        since=last.entered_at,
        days=max(spent.days, 0),
        expected=expected,
        late=_late(spent, expected) or None,
        action=ACTIONS[stage],
        stays=tuple(stays),
        owners=tuple(facts_leads.owners(book, lead_id)),
        events=tuple(sorted(events, key=lambda one: one.at, reverse=True)),
        client=facts_leads.client_of(book, lead_id),
        loss=facts_leads.loss(book, lead_id),
    )


def waiting(book: Book, now: datetime, producer: str | None = None) -> list[Waiting]:
    """Open leads that nobody tried to reach for a day, or that are past their stage's time; the latest first.

    `producer`: only one's, by code; UserError for a code that nobody has.
    """
    expected = _expected(book)
    found = [
        _waiting(one, expected.get(one.stage), now) for one in facts_leads.open_leads(book, now, scope(book, producer))
    ]
    wanted = [one for one in found if one.untouched or one.late]
    return sorted(wanted, key=lambda one: (not one.untouched, -one.late, one.lead.entered_at))


LOSS_FIELDS = (
    "lost_reason", "competing_agency", "competing_carrier", "price_difference", "winnable", "would_change",
)  # fmt: skip
"""What is written down of a lost deal (metrics.md 3)."""


def explain_loss(book: Book, lead_id: str, texts: Mapping[str, str], author: Author, today: date) -> Changes:
    """Keep why a deal was lost, from texts by field of `LOSS_FIELDS`, as one undoable action; empty text clears.

    UserError without a reason, for a text that cannot be read, or where there is no such lead.
    """
    if not texts.get("lost_reason", "").strip():
        raise UserError("A lost deal needs a reason.", "Choose the one that comes nearest.")
    found = facts_leads.lead(book, lead_id)
    if found is None:
        raise UserError(f"There is no lead {lead_id} in the book.", "Search for it by name or phone.")
    values = {field: corrections.read("leads", field, texts[field], today) for field in LOSS_FIELDS if field in texts}
    label = f"Loss of {found.name}"
    with book.transaction():
        action = journal.open_action(book, author, "lead.loss", label)
        changed = edits.edit_row(book, action, "lead", found.key, values, author.at)
        refresh(book, journal.changes_of(book, action))
    return Changes(label, changed)


def _waiting(lead: OpenLead, expected: float | None, now: datetime) -> Waiting:
    spent = now - _moment(lead.entered_at)
    untouched = not lead.contacted and lead.stage == "prospect" and now - _moment(lead.received_at) > UNTOUCHED
    return Waiting(lead, LABELS[lead.stage], ACTIONS[lead.stage], max(spent.days, 0), _late(spent, expected), untouched)


def _late(spent: timedelta, expected: float | None) -> int:
    """Full days over the expected time, at least 1 once it is over (metrics.md 0: compared strictly)."""
    if expected is None or spent <= timedelta(days=expected):
        return 0
    return max((spent - timedelta(days=expected)).days, 1)


def _expected(book: Book) -> dict[str, float]:
    """Expected days by open sales stage, as the agency set them."""
    settings = configuration.load(book)
    found = {key: settings.expected_days(SALES, key) for key in pipeline.OPEN_STAGES}
    return {key: days for key, days in found.items() if days is not None}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
