"""The leads that stand in a stage now, with the days over its expected time: a sheet of the drawer."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.boards import BoardCard, BoardColumn
from desktop.views import theme
from desktop.views.pages.kpis.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.theme import Status
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


def _columns() -> list[Column]:
    return [
        Column("name", say("Lead"), Kind.TEXT, lambda card: card.standing.name, width=140),
        Column(
            "late",
            say("Days over"),
            Kind.COUNT,
            lambda card: card.late,
            status=lambda card: Status.BAD if card.late else Status.NONE,
            help=say("Days beyond the stage's expected time."),
        ),
        Column("days", say("Days"), Kind.COUNT, lambda card: card.days, help=say("Days in the stage.")),
        Column("premium", say("Premium"), Kind.MONEY, lambda card: card.standing.premium),
        Column(
            "who", say("Producer"), Kind.TEXT, lambda card: card.standing.producer_name or say("unassigned"), width=120
        ),
        Column("line", say("Line"), Kind.TEXT, lambda card: card.standing.line or formats.EM_DASH, width=120),
        Column("since", say("Since"), Kind.DATE, lambda card: datetime.fromisoformat(card.standing.entered_at).date()),
    ]


class StuckSheet(QWidget):
    """`lead_opened` carries a lead's id, `export_asked` the table's view."""

    lead_opened = Signal(str)
    export_asked = Signal(object)

    def __init__(self, column: BoardColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        cards = sorted(column.cards, key=lambda card: (-card.late, -card.days))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        head = QHBoxLayout()
        head.addWidget(Label(self._words(column), wrap=True), 1)
        self.export = Button(say("Export…"), icon="export")
        self.export.clicked.connect(self._on_export_clicked)
        head.addWidget(self.export)
        lines.addLayout(head)
        if column.action:
            lines.addWidget(Label(say("Next: {}.").format(column.action), tone="quiet", wrap=True))
        model = RecordTableModel(_columns())
        self.view = RecordTableView(model, "stuck")
        model.setParent(self.view)
        self.view.setAccessibleName(say("Leads in this stage"))
        model.set_rows(cards)
        self.view.row_activated.connect(self._on_row_activated)
        lines.addWidget(FilteredTable(self.view), 1)
        self.setFocusProxy(self.view)

    def _words(self, column: BoardColumn) -> str:
        many = len(column.cards)
        leads = say("1 lead") if many == 1 else say("{} leads").format(formats.count(many))
        if column.expected is None:
            return f"{leads}."
        return say("{leads}, {late} of them over the expected {days} days.").format(
            leads=leads, late=formats.count(column.late), days=formats.count(column.expected)
        )

    def _on_export_clicked(self) -> None:
        self.export_asked.emit(self.view)

    def _on_row_activated(self, card: BoardCard) -> None:
        if card.standing.lead_id is not None:
            self.lead_opened.emit(card.standing.lead_id)
