"""People in words: labels, choices, and the grids' columns. Knows texts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from desktop.core.findings import counted
from desktop.core.templates import LEVELS
from desktop.services.availability_texts import KINDS, WEEKDAYS
from desktop.services.people import PAY, Member
from desktop.services.target_texts import LABELS
from desktop.views.dialogs.gridding import GridColumn


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("People", text)


def role(key: str) -> str:
    """producer, csr or manager."""
    return {"producer": say("Producer"), "csr": say("CSR"), "manager": say("Manager")}.get(key, key)


def level(key: str | None) -> str:
    """new or veteran; nothing stated means veteran."""
    return {"new": say("New"), "veteran": say("Veteran")}.get(key or "veteran", key or "")


def status(here: bool) -> str:
    """Active, or gone."""
    return say("Active") if here else say("Inactive")


def stay(one: Member, here: bool) -> str:
    """Active, until when where that is known, or gone since when."""
    left = one.text("left_on")
    if not left:
        return status(here)
    return (say("Active until {}") if here else say("Left {}")).format(left)


def in_hand(open_leads: int, clients: int) -> list[str]:
    """What stands under somebody, where there is any."""
    leads = counted(open_leads, say("open lead"), say("open leads"))
    served = counted(clients, say("client"), say("clients"))
    return [*([leads] if open_leads else []), *([served] if clients else [])]


def fields() -> tuple[tuple[str, str, str], ...]:
    """The form's fields: name, label with its key, help."""
    return (
        ("name", say("&Name"), say("A former name stays as a further spelling.")),
        ("role", say("&Role"), ""),
        ("level", say("&Level"), say("Whose targets hold where none of one's own are set.")),
        ("status", say("&Status"), ""),
        ("hired_on", say("&Hired on"), ""),
        ("left_on", say("L&ast day"), ""),
        ("manager", say("&Manager"), ""),
        ("backup", say("&Backup"), say("Takes leads that wait too long.")),
        ("lines", say("Lines &written"), say("With ; between them.")),
        ("aliases", say("&Other spellings"), say("As files name this person, with ; between.")),
        ("email", say("&E-mail"), ""),
        ("phone", say("&Phone"), ""),
    )


def pay_columns() -> tuple[GridColumn, ...]:
    """Dated pay."""
    return (
        GridColumn("effective_from", say("From"), width=92),
        GridColumn("salary", say("Salary ($)"), width=82),
        GridColumn("benefits", say("Benefits ($)"), width=92),
        GridColumn("desk_cost", say("Desk cost ($)"), width=98),
        GridColumn("new_split", say("Split, new"), width=78),
        GridColumn("renewal_split", say("Split, renewal")),
    )


def first_pay(one: Member) -> str:
    """What was paid before the first dated line, or nothing."""
    said = {
        "salary": say("salary ${}"), "benefits": say("benefits ${}"), "desk_cost": say("desk cost ${}"),
        "new_split": say("{} of new commission"), "renewal_split": say("{} of renewal commission"),
    }  # fmt: skip
    known = [said[name].format(one.text(name)) for name in PAY if one.facts[name] is not None]
    return say("At first: {}.").format(", ".join(known)) if known else ""


def in_effect(own: Sequence[str], shared: Sequence[str]) -> str:
    """A producer's targets of today: those of one's own first."""
    parts = [say("Today, their own: {}.").format(", ".join(own))] if own else []
    if shared:
        parts.append(say("Today, by level: {}.").format(", ".join(shared)))
    return "\n".join(parts)


def by_level(found: Mapping[str, Sequence[str]]) -> str:
    """What holds for each level today."""
    said = say("{level}, today: {targets}.")
    return "\n".join(said.format(level=level(key), targets=", ".join(texts)) for key, texts in found.items())


def target_columns(lines: tuple[str, ...], *, own: bool) -> tuple[GridColumn, ...]:
    """Targets of a person (`own`), or of the agency and the levels."""
    shared = () if own else (GridColumn("level", say("Level"), tuple(map(level, LEVELS)), width=72),)
    return (
        GridColumn("metric", say("Metric or KPI"), tuple(LABELS.values()), width=160),
        *shared,
        GridColumn("target", say("Target"), width=70),
        GridColumn("stretch", say("Stretch"), width=70),
        GridColumn("effective_from", say("From"), width=92),
        GridColumn("line", say("Line"), lines),
    )


def availability_columns() -> tuple[GridColumn, ...]:
    """Leave, own hours and licenses."""
    return (
        GridColumn("kind", say("What"), tuple(KINDS.values()), width=75),
        GridColumn("from", say("From"), width=95),
        GridColumn("to", say("To"), width=95),
        GridColumn("weekday", say("Weekday"), tuple(WEEKDAYS.values()), width=80),
        GridColumn("start", say("Starts"), width=65),
        GridColumn("end", say("Ends"), width=65),
        GridColumn("state", say("State"), width=55),
        GridColumn("line", say("Line")),
    )
