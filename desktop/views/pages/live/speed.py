"""Speed to lead today and this week against the targets, and the field's benchmarks beside the agency's own."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.speed import TARGETS, Advice, Figures
from desktop.services.live import Live
from desktop.services.speed import Compared
from desktop.views import theme
from desktop.views.pages.live.parts import make_table
from desktop.views.pages.live.words import say
from desktop.views.tables import Column, FilteredTable, Kind, formats
from desktop.views.theme import Status
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label, SectionTitle

_BANDS = {"poor": Status.BAD, "average": Status.NEAR, "good": Status.GOOD, "best": Status.GOOD}
Row = tuple[str, str, str, Status, str, Status, str]
"""Measure, target, today, its status, this week, its status, of which leads."""


class SpeedTab(QWidget):
    """How fast leads are answered."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.speeds = make_table(context, "live.speeds", _speed_columns(), say("Speed to lead"))
        self.marks = make_table(context, "live.benchmarks", _mark_columns(), say("Benchmarks"))
        self.advice = Label("", wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        lines.addWidget(SectionTitle(say("From receipt to the first contact")))
        lines.addWidget(FilteredTable(self.speeds), 3)
        lines.addWidget(SectionTitle(say("Beside other agencies, the leads of 90 days")))
        lines.addWidget(FilteredTable(self.marks), 3)
        lines.addWidget(SectionTitle(say("Which model suits the agency")))
        lines.addWidget(self.advice)

    def show_live(self, found: Live) -> None:
        """Shows the figures."""
        self.speeds.records.set_rows(_rows(found.today, found.week))
        self.marks.records.set_rows(list(found.benchmarks))

    def show_advice(self, found: Advice) -> None:
        """Says which model fits, why, and its weakness."""
        names = {
            "round_robin": say("Round robin"), "territory": say("Territory"), "weighted": say("Weighted score"),
        }  # fmt: skip
        text = say("{model} suits: {why} Its weakness: {weakness}")
        self.advice.setText(
            text.format(model=names.get(found.model, found.model), why=found.why, weakness=found.weakness)
        )


def _rows(today: Figures, week: Figures) -> list[Row]:
    def share(title: str, name: str) -> Row:
        target = TARGETS[name]
        return (title, say("{} % and more").format(int(target * 100)), *_share(getattr(today, name), target),
                *_share(getattr(week, name), target), say("All that were received"))  # fmt: skip

    never = (say("Not reached"), "0", *_never(today), *_never(week), say("All that were received"))
    return [
        (say("Leads received"), formats.EM_DASH, str(today.leads), Status.NONE, str(week.leads), Status.NONE, ""),
        (say("Mean minutes"), say("5 and less"), *_mean(today), *_mean(week), say("Those reached, around the clock")),
        share(say("Within 5 minutes"), "contacted_5"),
        share(say("Within 30 minutes"), "contacted_30"),
        never,
    ]


def _share(value: Fraction | None, target: Fraction) -> tuple[str, Status]:
    if value is None:
        return formats.EM_DASH, Status.NONE
    return formats.percent(float(value)), Status.GOOD if value >= target else Status.BAD


def _mean(figures: Figures) -> tuple[str, Status]:
    mean = figures.average_minutes
    if mean is None:
        return formats.EM_DASH, Status.NONE
    return f"{float(mean):.1f}", Status.GOOD if mean <= TARGETS["average_minutes"] else Status.BAD


def _never(figures: Figures) -> tuple[str, Status]:
    if not figures.leads:
        return formats.EM_DASH, Status.NONE
    return str(figures.never_contacted), Status.BAD if figures.never_contacted else Status.GOOD


def _speed_columns() -> list[Column]:
    return [
        Column("measure", say("Measure"), Kind.TEXT, lambda row: row[0], width=220),
        Column("target", say("Target"), Kind.TEXT, lambda row: row[1], width=150),
        Column(
            "today", say("Today"), Kind.TEXT, lambda row: row[2], status=lambda row: row[3], width=130, align_right=True
        ),
        Column(
            "week",
            say("This week"),
            Kind.TEXT,
            lambda row: row[4],
            status=lambda row: row[5],
            width=130,
            align_right=True,
        ),
        Column("from", say("Of which leads"), Kind.TEXT, lambda row: row[6]),
    ]


def _mark_columns() -> list[Column]:
    def bands(place: int) -> Column:
        titles = (say("Poor"), say("Average"), say("Good"), say("Best"))
        return Column(f"band{place}", titles[place], Kind.TEXT, lambda one: one.benchmark.words[place], width=130)

    return [
        Column("measure", say("Measure"), Kind.TEXT, _measure, width=220),
        Column("own", say("This agency"), Kind.TEXT, _own, width=150, align_right=True,
               status=lambda one: _BANDS.get(one.band or "", Status.NONE),
               why=lambda one: say("No leads of 90 days to count it from")),
        *(bands(place) for place in range(4)),
    ]  # fmt: skip


def _measure(one: Compared) -> str:
    return {
        "first_response": say("First response"),
        "attempts_48h": say("Attempts in 48 hours"),
        "quote_turnaround": say("Quote turnaround"),
        "follow_ups": say("Follow-ups after a quote"),
        "lead_to_bind": say("Lead to bind"),
    }.get(one.benchmark.id, one.benchmark.id)


def _own(one: Compared) -> str | None:
    if one.value is None:
        return None
    value = float(one.value)
    units = {"first_response": say("{:.0f} min"), "quote_turnaround": say("{:.1f} h")}
    if one.benchmark.id == "lead_to_bind":
        return formats.percent(value)
    return units.get(one.benchmark.id, "{:.1f}").format(value)
