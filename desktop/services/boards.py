"""The stage boards: leads by stage, service cases likewise, and moving one, a dated stage entry that can be undone.

No SQL. Stages, expected days and required actions are defined in metrics.md 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core import pipeline
from desktop.core.pipeline import LOST, SALES, WON
from desktop.core.templates import LOST_REASONS, TEMPLATES, Cell
from desktop.errors import UserError
from desktop.models import edits, facts_board, journal
from desktop.models.facts_board import Standing
from desktop.models.journal import Author
from desktop.models.storage import STORAGES, stated_key
from desktop.services import configuration
from desktop.services.edits import Changes, refresh
from desktop.services.scopes import scope_or_nobody

if TYPE_CHECKING:
    from desktop.models.book import Book

PIPELINES: tuple[str, ...] = (SALES, *pipeline.SERVICE_PIPELINES)
ENDED_DAYS = 30
"""For so long what has ended stays on the board."""

_FINALS = {
    "underwriting": ("approved", "declined"),
    "placement": ("in_force", "not_taken"),
    "exceptions": ("resolved", "terminated"),
    "declined": ("recycle",),
    "nurture": ("recycled",),
}
_DETAIL_NEEDED = {("exceptions", "new_exception"): ("payment", "lapse", "cancel_request")}


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A lead or case on the board; `days`: full days in its stage, `late`: those over the expected time, 0 in time."""

    standing: Standing
    days: int
    late: int

    @property
    def subject(self) -> tuple[str | None, str | None]:
        """Lead id and policy number, one of them None: what `move` asks for."""
        return self.standing.lead_id, self.standing.policy_number


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A stage with its cards, the longest waiting first. `expected`: days, None where nobody waits."""

    stage: str
    label: str
    expected: float | None
    action: str
    ended: bool
    cards: tuple[BoardCard, ...]

    @property
    def premium(self) -> int:
        """The cards' premium together, in cents."""
        return sum(card.standing.premium or 0 for card in self.cards)

    @property
    def late(self) -> int:
        """How many are over the expected time."""
        return sum(1 for card in self.cards if card.late)


@dataclass(frozen=True, slots=True)
class Board:
    """A pipeline at a moment."""

    pipeline: str
    as_of: datetime
    columns: tuple[BoardColumn, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return not any(column.cards for column in self.columns)


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """Why a deal was lost, as the form asks (metrics.md 3); money in cents, ours less theirs."""

    reason: str
    competing_agency: str | None = None
    competing_carrier: str | None = None
    price_difference: int | None = None
    winnable: str | None = None
    would_change: str | None = None


def board(book: Book, name: str, now: datetime, producer: str | None = None) -> Board:
    """The board of pipeline `name` at `now`: everybody's, one producer's by code, or nobody's (`UNASSIGNED`).

    What has ended stays for 30 days. UserError for a code that nobody has.
    """
    since = (now - timedelta(days=ENDED_DAYS)).isoformat()
    whose = scope_or_nobody(book, producer)
    if name == SALES:
        found = facts_board.leads(book, now, since, whose)
    else:
        found = facts_board.cases(book, name, now, since, _FINALS[name], whose)
    settings = configuration.load(book)
    by_stage: dict[str, list[Standing]] = {}
    for one in found:
        by_stage.setdefault(one.stage, []).append(one)
    columns = []
    for stage, label, action in _stages(name):
        expected = settings.expected_days(name, stage)
        cards = tuple(_card(one, expected, now) for one in by_stage.get(stage, ()))
        columns.append(BoardColumn(stage, label, expected, action, _ends(name, stage), cards))
    return Board(name, now, tuple(columns))


def _stages(name: str) -> list[tuple[str, str, str]]:
    if name == SALES:
        return [(stage.key, stage.label, stage.action) for stage in pipeline.SALES_STAGES]
    return [(stage, stage.replace("_", " ").capitalize(), "") for stage in pipeline.stages_of(name)]


def _ends(name: str, stage: str) -> bool:
    return stage in ((WON, LOST) if name == SALES else _FINALS[name])


def _card(one: Standing, expected: float | None, now: datetime) -> BoardCard:
    """Over the expected time counts strictly and around the clock (metrics.md 0)."""
    spent = now - datetime.fromisoformat(one.entered_at)
    over = spent - timedelta(days=expected) if expected is not None else timedelta()
    late = max(over.days, 1) if over > timedelta() else 0
    return BoardCard(one, max(spent.days, 0), late)


# --- moving -----------------------------------------------------------------------------------------------------------


def move(
    book: Book,
    name: str,
    subject: tuple[str | None, str | None],
    stage: str,
    author: Author,
    lost: LostAnswer | None = None,
    detail: str | None = None,
) -> Changes:
    """Enter `stage` of pipeline `name` at the author's moment for a lead id or policy number; one undoable action.

    `lost` must be given with the stage lost of sales, `detail` with a new exception (payment, lapse, cancel_request).
    UserError where the reason is missing, the subject is gone, or it has a later entry already.
    """
    if stage not in pipeline.stages_of(name):
        raise UserError(f"{stage} is no stage of {name}.", f"Choose one of {', '.join(pipeline.stages_of(name))}.")
    lead_id, policy_number = subject
    said = _name(book, lead_id, policy_number)
    _check_answers(name, stage, lost, detail)
    standing = _standing(book, name, lead_id, policy_number)
    if standing is not None and standing[0] == stage:
        return Changes("", changed=False)
    if standing is not None and standing[1] > author.at:
        day = date.fromisoformat(standing[1][:10])
        raise UserError(f"{said} has an entry of {day:%m/%d/%Y} already.", "Move it once that day has come.")
    words = {key: label for key, label, _ in _stages(name)}
    label = f"Move {said} to {words.get(stage, stage)}"
    with book.transaction():
        action = journal.open_action(book, author, "stage.enter", label)
        if name == SALES and lead_id is not None:
            _keep_own_stage(book, action, lead_id, author)
            if stage == LOST and lost is not None:
                _explain(book, action, lead_id, lost, author)
        _enter(book, action, (name, stage, author.at, lead_id, policy_number, None, detail), author)
        refresh(book, journal.changes_of(book, action))
    return Changes(label)


def _check_answers(name: str, stage: str, lost: LostAnswer | None, detail: str | None) -> None:
    if name == SALES and stage == LOST and (lost is None or lost.reason not in LOST_REASONS):
        raise UserError("A deal cannot be lost without a reason.", f"Choose one of {', '.join(LOST_REASONS)}.")
    needed = _DETAIL_NEEDED.get((name, stage))
    if needed is not None and detail not in needed:
        raise UserError("A new exception says what it is.", f"Choose one of {', '.join(needed)}.")


def details_of(name: str, stage: str) -> tuple[str, ...]:
    """What `detail` must be one of when this stage is entered; empty where nothing is asked."""
    return _DETAIL_NEEDED.get((name, stage), ())


def _name(book: Book, lead_id: str | None, policy_number: str | None) -> str:
    found = None
    if policy_number is not None:
        found = facts_board.policy_client(book, policy_number) or policy_number
    elif lead_id is not None:
        row = facts_board.lead_row(book, lead_id)
        found = None if row is None else row[1]
    if found is None:
        raise UserError("The lead is no longer in the book.", "Refresh the board.")
    return found


def _standing(book: Book, name: str, lead_id: str | None, policy_number: str | None) -> tuple[str, str] | None:
    """(stage, moment) at present; of sales the P&C key."""
    if name != SALES:
        return facts_board.last_entry(book, name, lead_id, policy_number)
    stay = facts_board.last_stay(book, str(lead_id))
    if stay is None:
        raise UserError("The lead is no longer in the book.", "Refresh the board.")
    return pipeline.folded(stay[0]), stay[1]


def _keep_own_stage(book: Book, action: int, lead_id: str, author: Author) -> None:
    """A lead whose stage stands in its own row alone gets that stage as an entry: with a first entry it would go."""
    stay = facts_board.last_stay(book, lead_id)
    row = facts_board.lead_row(book, lead_id)
    if stay is None or row is None or stay[2]:
        return
    own = edits.read_row(book, STORAGES["leads"].table, row[0]) or {}
    if own.get("stage") == stay[0]:
        _enter(book, action, (SALES, stay[0], stay[1], lead_id, None, None, None), author)


def _enter(book: Book, action: int, row: tuple[Cell, ...], author: Author) -> None:
    storage = STORAGES["stages"]
    values = dict(zip(storage.columns, row, strict=True))
    edits.edit_row(book, action, storage.table, str(stated_key(storage, row)), values, author.at)


def _explain(book: Book, action: int, lead_id: str, lost: LostAnswer, author: Author) -> None:
    row = facts_board.lead_row(book, lead_id)
    if row is None:
        return
    values: dict[str, Cell] = {
        "lost_reason": lost.reason,
        "competing_agency": lost.competing_agency,
        "competing_carrier": lost.competing_carrier,
        "price_difference": lost.price_difference,
        "winnable": lost.winnable,
        "would_change": lost.would_change,
    }
    edits.edit_row(book, action, STORAGES["leads"].table, row[0], values, author.at)


def answer_of(texts: Mapping[str, str]) -> LostAnswer:
    """The form's texts by the template's names as an answer. UserError where the price difference is no amount."""
    return LostAnswer(
        reason=texts.get("lost_reason", ""),
        competing_agency=texts.get("competing_agency") or None,
        competing_carrier=texts.get("competing_carrier") or None,
        price_difference=amount_of(texts.get("price_difference", "")),
        winnable=texts.get("winnable") or None,
        would_change=texts.get("would_change") or None,
    )


def amount_of(text: str) -> int | None:
    """A price difference as typed, in cents; None for an empty one. UserError where it is no amount."""
    from desktop.importers import read_value

    template = TEMPLATES["leads"]
    field = template.columns[template.index("price_difference")]
    if not text.strip():
        return None
    value = read_value(field, text.strip(), date.min)
    return int(value) if isinstance(value, (int, float)) else None
