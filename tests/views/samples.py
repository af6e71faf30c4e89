"""A made-up page that holds one of each piece of furniture, for tests and for looking at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.tasks import Executor, Shelf
from desktop.views.tables import VALUES_ROLE, Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.theme import Status
from desktop.views.widgets.bullets import BulletBar, BulletFigures
from desktop.views.widgets.cards import CardFigures, CardGrid, NumberCard
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.drop import DropArea
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Card, ElidedLabel, Label, SectionTitle
from desktop.views.widgets.page import Page
from desktop.views.widgets.period_picker import PeriodPicker
from desktop.views.widgets.rail import Group
from desktop.views.widgets.sparklines import SparklineDelegate

NOW = datetime(2026, 3, 11, 9, 30)
LONG_NAME = "Bartholomew Featherstonehaugh-Villanueva"


@dataclass(frozen=True, slots=True)
class Row:
    """A made-up producer's week."""

    name: str
    calls: int | None
    quotes: int
    premium: int
    rate: float | None
    trend: tuple[float | None, ...]
    status: Status = Status.NONE


TREND = (3.0, 5.0, 4.0, 6.0, None, 7.0, 6.0, 8.0, 7.0, 9.0, 11.0, 10.0, 12.0)
ROWS = (
    Row("Agency", 412, 61, 4_120_000, 0.352, TREND),
    Row("Dana Whitfield", 64, 12, 1_245_000, 0.421, TREND, Status.GOOD),
    Row(LONG_NAME, 31, 4, 98_000, 0.121, TREND[::-1], Status.BAD),
    Row("Marcus Oyelaran", 48, 9, 822_550, 0.333, TREND, Status.NEAR),
    Row("Unassigned", None, 0, 0, None, (None,) * 13),
)
TOTAL = Row("TOTAL", 143, 25, 2_165_550, 0.352, TREND)


def columns() -> list[Column]:
    """The columns of the sample table."""
    return [
        Column("name", "Producer", Kind.TEXT, lambda row: row.name),
        Column("calls", "Calls", Kind.COUNT, lambda row: row.calls, "Outbound calls.", status=lambda row: row.status),
        Column("quotes", "Quotes", Kind.COUNT, lambda row: row.quotes),
        Column("premium", "New premium, $", Kind.MONEY, lambda row: row.premium),
        Column("rate", "Close rate", Kind.PERCENT, lambda row: row.rate, why=lambda row: "No quotes in the period."),
        Column("trend", "13 weeks", Kind.SPARKLINE, lambda row: row.trend, width=110),
    ]


def make_table(rows: tuple[Row, ...] = ROWS) -> FilteredTable:
    """The sample table, the agency pinned, the totals at its foot."""
    model = RecordTableModel(columns())
    model.set_rows(rows, pinned=1, totals=TOTAL)
    view = RecordTableView(model, "sample")
    model.setParent(view)
    view.setAccessibleName("Producers")
    view.set_delegate("trend", SparklineDelegate(VALUES_ROLE, view))
    return FilteredTable(view)


def make_context() -> PageContext:
    """A context without a book."""
    return PageContext(Executor(), Shelf(lambda: None), lambda: NOW)


def make_cards(count: int = 10) -> CardGrid:
    """Cards of every status."""
    figures = (
        CardFigures("64", Status.GOOD, "Target 50", "+12", True, Status.GOOD, TREND, "Outbound calls"),
        CardFigures("$12,450", Status.NEAR, "Target $15,000", "−$820", False, Status.BAD, TREND),
        CardFigures("12.1%", Status.BAD, "Target 30%", "−4.1%", False, Status.BAD, TREND[::-1]),
        CardFigures("—", Status.NONE, "No target", tooltip="No quotes in the period."),
        CardFigures("1,204", Status.GOOD, "Target 1,100", "0", None, Status.NONE, TREND),
    )
    names = ("Calls made", "New premium", "Close rate", "Average policy size", "Referrals asked of every client")
    return CardGrid([NumberCard(names[number % 5], figures[number % 5]) for number in range(count)])


class GalleryPage(Page):
    """One of each."""

    key = "gallery"
    group = Group.PEOPLE
    icon_name = "people"

    def __init__(self, context: PageContext) -> None:
        super().__init__("Producers")
        self.refreshed = 0
        self.arrived: list[object] = []
        self.header.set_subtitle("Data through 03/10/2026")
        self.picker = PeriodPicker(context.today)
        self.header.add_slot(self.picker)
        chooser = QComboBox()
        chooser.addItems(["All producers", LONG_NAME])
        chooser.setMaximumWidth(220)
        chooser.setAccessibleName("Producer")
        self.header.add_slot(chooser)
        self.header.add_search("Search")
        self.header.set_main_button("Print Scorecards", "print")
        self.table = make_table()
        self.body.addWidget(make_cards())
        lower = QHBoxLayout()
        lower.addWidget(self.table, 3)
        lower.addWidget(self._side(), 2)
        self.body.addLayout(lower, 1)

    def refresh(self) -> None:
        self.refreshed += 1

    def arrive(self, argument: object) -> None:
        self.arrived.append(argument)

    def _side(self) -> Card:
        card = Card("Activity")
        grid = QGridLayout()
        bars = (
            ("Calls made", BulletFigures(64, 50, 75, "64", Status.GOOD)),
            ("Emails sent", BulletFigures(18, 30, 50, "18", Status.BAD)),
            ("Meetings held", BulletFigures(5.5, 6, 10, "5.5", Status.NEAR)),
            ("New premium", BulletFigures(12450, 15000, 30000, "$12,450", Status.NEAR)),
            ("Average policy", BulletFigures(None, None, None, "—")),
        )
        for row, (name, figures) in enumerate(bars):
            grid.addWidget(ElidedLabel(name), row, 0)
            grid.addWidget(BulletBar(name, figures), row, 1)
            grid.addWidget(StatusChip(figures.status), row, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 4)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card


class FormPage(Page):
    """Forms, messages and the empty state."""

    key = "import"
    group = Group.DATA
    icon_name = "import"

    def __init__(self, context: PageContext) -> None:
        super().__init__("Import")
        self.arrived: list[object] = []
        self.messages.show_message(
            Status.BAD,
            "calls-2026-03.csv could not be read.",
            "Its 14 columns match no known export. Choose the system it comes from.",
            [("Choose System", lambda: None)],
        )
        self.messages.show_message(Status.GOOD, "1,204 activities imported.", "", [("Undo", lambda: None)])
        self.messages.show_message(Status.NEAR, "3 producers are unknown.", "Say who they are.")
        upper = QHBoxLayout()
        upper.addWidget(DropArea("Drop exports here", "CSV, Excel or zip, several at once.", "Choose Files…"), 1)
        upper.addWidget(self._form(), 1)
        self.body.addLayout(upper)
        empty = EmptyState(
            "history", "Nothing imported yet", "Every import is listed here and can be undone.", "Import…"
        )
        self.body.addWidget(empty, 1)

    def arrive(self, argument: object) -> None:
        self.arrived.append(argument)

    def _form(self) -> Card:
        card = Card()
        form = FormBuilder()
        form.add_section("Agency")
        form.add_row("&Name", QLineEdit("Hollis & Reyes Insurance"), "As it is printed on scorecards.")
        box = QComboBox()
        box.addItems(["Letter", "A4"])
        form.add_row("&Paper", box)
        wrong = form.add_row("Z&IP", QLineEdit("9410"))
        form.set_error(wrong, "A ZIP has five digits.")
        notes = form.add_row("N&otes", QPlainTextEdit("Call the carrier about the BOP rates."))
        notes.setMaximumHeight(60)
        card.body.addWidget(form)
        return card


def make_sheet() -> QWidget:
    """What a drawer shows."""
    sheet = QWidget()
    lines = QVBoxLayout(sheet)
    lines.addWidget(SectionTitle("How it is counted"))
    lines.addWidget(Label("Policies written divided by quotes that were decided.", wrap=True))
    lines.addWidget(Label("12 of 28 = 42.9%", "headline"))
    lines.addWidget(make_table(), 1)
    return sheet
