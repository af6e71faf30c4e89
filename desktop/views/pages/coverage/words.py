"""The words of the coverage page, for the eye, for tooltips and for screen readers.

Knows the service's records; draws nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.core.coverage import State
from desktop.core.periods import Period
from desktop.services.coverage import Cell, Gap
from desktop.views.tables import formats


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Coverage", text)


def kind(key: str) -> str:
    """A kind of record as people call it."""
    return {
        "calls": tr("Calls"),
        "emails": tr("E-mails"),
        "texts": tr("Texts"),
        "meetings": tr("Meetings"),
        "referrals": tr("Referrals"),
        "coi": tr("COI contacts"),
        "quotes": tr("Quotes"),
        "policies": tr("Policies"),
        "leads": tr("Leads"),
        "stages": tr("Stages"),
    }[key]


def week(period: Period) -> str:
    """A week by its Monday."""
    return tr("week of {}").format(formats.day(period.start))


def month(number: int) -> str:
    """A month's short name."""
    names = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return names[number - 1]


def records(number: int) -> str:
    """How many records."""
    return tr("1 record") if number == 1 else tr("{} records").format(formats.count(number))


def weeks(number: int) -> str:
    """How many weeks."""
    return tr("1 week") if number == 1 else tr("{} weeks").format(number)


def gaps(number: int) -> str:
    """How many gaps."""
    return tr("1 gap") if number == 1 else tr("{} gaps").format(number)


def state(cell: Cell) -> str:
    """What the week is to the kind, in a phrase."""
    if cell.state is State.FILLED:
        return records(cell.records)
    return {
        State.GAP: tr("gap: no records"),
        State.UNUSED: tr("none in any week shown"),
        State.RUNNING: tr("none yet, the week is not over"),
        State.OUTSIDE: tr("outside the weeks with records"),
    }[cell.state]


def sentence(cell: Cell) -> str:
    """Kind, week and state, for tooltips and screen readers."""
    return f"{kind(cell.kind)}, {week(cell.week)}: {state(cell)}"


def short(number: int) -> str:
    """A number in three or four characters: 950, 1.2k, 12k."""
    if number < 1000:
        return str(number)
    return f"{number / 1000:.1f}k" if number < 9950 else f"{round(number / 1000)}k"


def span(gap: Gap) -> str:
    """The days of a gap."""
    return f"{formats.day(gap.days.start)} – {formats.day(gap.days.end)}"
