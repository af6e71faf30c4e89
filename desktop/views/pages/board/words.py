"""How the board reads: names of pipelines and stages, and what a card says.

Knows cards and formats; computes nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.core.pipeline import SALES_STAGES
from desktop.services.boards import BoardCard, BoardColumn
from desktop.views.tables import formats

_LABELS = {stage.key: stage.label for stage in SALES_STAGES}


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Board", text)


def pipeline_words(name: str) -> str:
    """A pipeline as the filter names it."""
    return {
        "sales": say("Sales"),
        "underwriting": say("Underwriting"),
        "placement": say("Placement"),
        "exceptions": say("Exceptions"),
        "declined": say("Declined"),
        "nurture": say("Nurture"),
    }[name]


def stage_words(stage: str) -> str:
    """A stage's name."""
    return _LABELS.get(stage, stage.replace("_", " ").capitalize())


def day_words(card: BoardCard) -> str:
    """How long it has stood here."""
    return {0: say("today"), 1: say("1 day")}.get(card.days, say("{} days").format(card.days))


def late_words(card: BoardCard) -> str:
    """How many days over the expected time."""
    return f"+{card.late:,}"


def money_words(card: BoardCard) -> str:
    """What it is worth, and what for."""
    standing = card.standing
    money = formats.money(standing.premium) if standing.premium else ""
    reason = standing.detail.replace("_", " ") if standing.detail else ""
    return " · ".join(part for part in (money, standing.line, reason) if part) or say("no premium stated")


def who_words(card: BoardCard) -> str:
    """Whose it is."""
    return card.standing.producer_name or say("unassigned")


def card_words(card: BoardCard) -> str:
    """Everything on a card in one sentence."""
    late = say("{} days over the expected time").format(card.late) if card.late else ""
    parts = (card.standing.name, money_words(card), day_words(card), late, who_words(card))
    return ", ".join(part for part in parts if part)


def premium_words(column: BoardColumn) -> str:
    """What a column is worth."""
    return formats.money(column.premium) if column.premium else ""


def late_column_words(column: BoardColumn) -> str:
    """How many of them are over the expected time; empty for none."""
    return say("{} overdue").format(formats.count(column.late)) if column.late else ""


def column_help(column: BoardColumn) -> str:
    """The expected time and the next action."""
    parts = []
    if column.expected is not None:
        parts.append(say("Expected: {} days at most.").format(formats.count(column.expected)))
    if column.action:
        parts.append(say("Next: {}.").format(column.action))
    if column.ended:
        parts.append(say("What ended in the last 30 days."))
    return " ".join(parts)
