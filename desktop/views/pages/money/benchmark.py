"""Three times their cost: for every producer the multiple and the months employed as bullets, the status and the way.

Knows the service's rows; pay that is hidden is not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.core.revenue import BENCHMARK, DUE_MONTHS, MISSED_MONTHS
from desktop.services.revenue import RevenueFigure
from desktop.views import theme
from desktop.views.pages.money import words
from desktop.views.pages.money.parts import say
from desktop.views.tables import formats
from desktop.views.theme import Status
from desktop.views.widgets.bullets import BulletBar, BulletFigures
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Card, Label

_STATUS = {"met": Status.GOOD, "building": Status.NEAR, "due": Status.NEAR, "missed": Status.BAD}


class BenchmarkCard(Card):
    """One line per producer with a day of hire and a cost."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(Label(say("Three times their cost"), "section"))
        self.body.addWidget(
            Label(
                say(
                    "Revenue / cost of the trailing 12 months, to reach 3× between the 18th (small tick) and the 24th"
                    " month (large tick) after hire."
                ),
                "caption",
                "quiet",
                wrap=True,
            )
        )
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[RevenueFigure]) -> None:
        """Shows the producers' bullets."""
        fresh = QWidget()
        fresh.setObjectName("plain")
        grid = QGridLayout(fresh)
        look = theme.current()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.unit(2))
        grid.setVerticalSpacing(look.px(6))
        shown = [row for row in rows if row.multiple is not None or row.months_employed is not None]
        for at, title in enumerate(
            (say("Producer"), say("Multiple"), say("Months employed"), say("Status"), say("3× by"))
        ):
            grid.addWidget(Label(title, "caption", "quiet"), 0, at)
        for number, row in enumerate(shown, 1):
            _add(grid, number, row)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        if not shown:
            grid.addWidget(
                Label(say("Give producers a day of hire and their pay, and their way to 3× shows here."), tone="quiet"),
                1,
                0,
                1,
                5,
            )
        self.body.replaceWidget(self._holder, fresh)
        self._holder.deleteLater()
        self._holder = fresh


def _add(grid: QGridLayout, number: int, row: RevenueFigure) -> None:
    status = Status.NONE if row.benchmark is None else _STATUS[row.benchmark]
    multiple = f"{row.multiple:.2f}×" if row.multiple is not None else formats.EM_DASH
    why = "" if row.multiple is not None else say("No cost is known.")
    first = BulletBar(
        say("{}, multiple").format(row.producer_name),
        BulletFigures(row.multiple, float(BENCHMARK), None, multiple, status, why or _of_three(row, multiple)),
    )
    second = BulletBar(say("{}, months employed").format(row.producer_name), _months(row.months_employed))
    grid.addWidget(Label(row.producer_name), number, 0)
    grid.addWidget(first, number, 1)
    grid.addWidget(second, number, 2)
    grid.addWidget(StatusChip(status, status_words(row.benchmark)), number, 3, Qt.AlignmentFlag.AlignLeft)
    grid.addWidget(Label(crossing(row), tone="quiet"), number, 4)


def _of_three(row: RevenueFigure, multiple: str) -> str:
    """How far it is, and what a year that began before the day of hire holds."""
    said = say("{} of 3×").format(multiple)
    if row.months_employed is None or row.months_employed >= 12:
        return said
    early = say("Business in their name before the day of hire counts as revenue; cost begins on that day.")
    return f"{said}. {early}"


def _months(employed: int | None) -> BulletFigures:
    """Months since hire against the 18th and the 24th; a long time fills the bar."""
    if employed is None:
        return BulletFigures(None, float(MISSED_MONTHS), float(DUE_MONTHS), tooltip=say("No day of hire is known."))
    told = formats.count(employed)
    shown = float(min(employed, 2 * MISSED_MONTHS))
    tooltip = say("{} since hire").format(formats.counted(employed, say("month"), say("months")))
    return BulletFigures(shown, float(MISSED_MONTHS), float(DUE_MONTHS), told, Status.NONE, tooltip)


def status_words(benchmark: str | None) -> str:
    """Where somebody stands against 3x."""
    return {
        "met": say("met"),
        "building": say("building"),
        "due": say("due"),
        "missed": say("missed"),
    }.get(benchmark or "", say("not known"))


def crossing(row: RevenueFigure) -> str:
    """The month in which the present trend reaches 3x, or why there is none."""
    if row.crosses_on is not None:
        return words.month_of(row.crosses_on)
    if row.benchmark == "met":
        return say("reached")
    return say("not by this trend") if row.multiple is not None else formats.EM_DASH
