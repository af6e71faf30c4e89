"""Somebody leaves: who takes what, previewed with counts and premium before anything is done.

Asks by signal for the preview and for doing it; knows no rule of dealing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.handover import Share, Way
from desktop.errors import UserError
from desktop.services.offboarding import Order, Plan, Receipt
from desktop.services.people import Member
from desktop.views import theme
from desktop.views.dialogs.answering import add_answers
from desktop.views.pages.people.moving import moves, open_ends
from desktop.views.pages.people.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label, SectionTitle


class LeavingDialog(QDialog):
    """`plan_asked` carries the order whenever it changes, `confirmed` the plan that shall be done."""

    plan_asked = Signal(object)
    confirmed = Signal(object)

    def __init__(self, leaver: Member, others: Sequence[Member], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leaver = leaver
        self._today = today
        self._plan: Plan | None = None
        self._items: list[tuple[QTableWidgetItem, QTableWidgetItem]] = []
        title = say("{} leaves") if leaver.here_on(today) else say("Hand over from {}")
        self.setWindowTitle(title.format(leaver.name))
        self.setAccessibleName(self.windowTitle())
        self.form = FormBuilder(label_width=120)
        known = leaver.facts["left_on"]
        last = today if known is None else date.fromisoformat(str(known)[:10])
        self.day = self.form.add_row(say("&Last day"), QDateEdit(QDate(last.year, last.month, last.day)))
        self.day.setDisplayFormat("MM/dd/yyyy")
        self.day.setCalendarPopup(True)
        self.takers = self.form.add_row(
            say("Who &takes over"), QTableWidget(0, 2), say("One person or several, by shares; Space ticks.")
        )
        producers = [one for one in others if one.role == "producer"]
        for one in [*producers, *(one for one in others if one.role != "producer")]:
            self._add_taker(one)
        self._dress_takers()
        self.leads = self.form.add_row(say("Open &leads go"), _ways(say("Open leads go")))
        self.book = self.form.add_row(say("&Clients go"), _ways(say("Clients go")))
        self.territories = self.form.add_row(say("T&erritories go to"), _people(producers))
        self.roles = self.form.add_row(
            say("&Roles go to"), _people(others), say("Backup for others, people led, clients served, overflow.")
        )
        self._choose_backup()
        self._arrange()
        self._connect()

    @property
    def order(self) -> Order:
        """What the form says."""
        ticked = [pair for pair in self._items if pair[0].checkState() is Qt.CheckState.Checked]
        day = self.day.date()
        return Order(
            leaver=self._leaver.code,
            last_day=date(day.year(), day.month(), day.day()),
            weights={str(name.data(Qt.ItemDataRole.UserRole)): _share(share) for name, share in ticked},
            leads=Way(self.leads.currentData()),
            book=Way(self.book.currentData()),
            territories_to=self.territories.currentData(),
            roles_to=self.roles.currentData(),
        )

    def show_plan(self, plan: Plan) -> None:
        """The preview: who gets how much."""
        self._plan = plan
        self.preview.records.set_rows(list(plan.receipts), totals=_total(plan.receipts))
        self.apply.setEnabled(True)
        brings = self._leaver.role == "producer" and plan.order.last_day > self._today
        self.said.setText(" ".join((*moves(plan, self._today, still=brings), *open_ends(plan), *plan.warnings)))
        self.said.set_tone("quiet")

    def show_problem(self, error: UserError) -> None:
        """Why there is nothing to preview."""
        self._plan = None
        self.apply.setEnabled(False)
        self.preview.records.set_rows([])
        self.said.setText(f"{error.what} {error.what_to_do}")
        self.said.set_tone("bad" if self.order.weights else "quiet")

    def tick(self, row: int, share: int = 1) -> None:
        """Ticks one who takes over, with a share."""
        self._items[row][1].setText(str(share))
        self._items[row][0].setCheckState(Qt.CheckState.Checked)

    def _add_taker(self, one: Member) -> None:
        row = self.takers.rowCount()
        self.takers.insertRow(row)
        name, share = QTableWidgetItem(one.name), QTableWidgetItem("1")
        name.setData(Qt.ItemDataRole.UserRole, one.code)
        name.setFlags((name.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsEditable)
        backup = one.code == self._leaver.facts["backup"]
        name.setCheckState(Qt.CheckState.Checked if backup else Qt.CheckState.Unchecked)
        share.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.takers.setItem(row, 0, name)
        self.takers.setItem(row, 1, share)
        self._items.append((name, share))

    def _dress_takers(self) -> None:
        look = theme.current()
        self.takers.setHorizontalHeaderLabels([say("Who"), say("Share")])
        self.takers.verticalHeader().setVisible(False)
        self.takers.verticalHeader().setDefaultSectionSize(look.px(26))
        self.takers.setShowGrid(False)
        self.takers.setTabKeyNavigation(False)
        heading = self.takers.horizontalHeader()
        heading.setAccessibleName(say("Columns"))
        heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.takers.setColumnWidth(1, look.px(64))
        self.takers.setFixedHeight(look.px(170))

    def _choose_backup(self) -> None:
        backup = self._leaver.facts["backup"]
        for box in (self.territories, self.roles):
            box.setCurrentIndex(max(box.findData(backup), 0))

    def _arrange(self) -> None:
        columns = [
            Column("name", say("Who"), Kind.TEXT, lambda one: one.name, width=120),
            Column("leads", say("Leads"), Kind.COUNT, lambda one: one.leads.count, width=60),
            Column("estimated", say("Estimated"), Kind.MONEY, lambda one: one.leads.premium, width=80),
            Column("clients", say("Clients"), Kind.COUNT, lambda one: one.clients.count, width=65),
            Column("in_force", say("In force"), Kind.MONEY, lambda one: one.clients.premium, width=80),
            Column("territories", say("Territories"), Kind.COUNT, _territories, width=85),
            Column("roles", say("Roles"), Kind.COUNT, lambda one: one.roles, width=50),
        ]
        model = RecordTableModel(columns)
        self.preview = RecordTableView(model, "people.leaving")
        model.setParent(self.preview)
        self.preview.setAccessibleName(say("Who gets how much"))
        self.said = Label("", "caption", "quiet", wrap=True)
        look = theme.current()
        self.said.setMinimumHeight(look.px(52))
        left = QVBoxLayout()
        left.addWidget(self.form)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(look.unit())
        right.addWidget(SectionTitle(say("What would happen")))
        right.addWidget(FilteredTable(self.preview), 1)
        right.addWidget(self.said)
        both = QHBoxLayout()
        both.setSpacing(look.unit(3))
        both.addLayout(left, 1)
        both.addLayout(right, 2)
        lines = QVBoxLayout(self)
        lines.addLayout(both, 1)
        box, self.apply, _leave = add_answers(self, say("Hand Over"), say("Leave as It Was"))
        self.apply.setEnabled(False)
        box.accepted.connect(self._on_accepted)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(look.px(1180), look.px(600))

    def _connect(self) -> None:
        for box in (self.leads, self.book, self.territories, self.roles):
            box.currentIndexChanged.connect(self._on_edited)
        self.day.dateChanged.connect(self._on_edited)
        self.takers.itemChanged.connect(self._on_edited)

    def _on_edited(self) -> None:
        # Enter in the date says its day anew, and shall do what was previewed
        as_previewed = self._plan is not None and self._plan.order == self.order
        self.apply.setEnabled(as_previewed)
        if not as_previewed:
            self.plan_asked.emit(self.order)

    def _on_accepted(self) -> None:
        if self._plan is not None:
            self.confirmed.emit(self._plan)
            self.accept()


def _share(item: QTableWidgetItem) -> int:
    """What was typed as a share; 1 for anything that is none."""
    text = item.text().strip()
    return max(int(text), 1) if text.isdecimal() else 1


def _territories(one: Receipt) -> int:
    return one.territories


def _sum(shares: Sequence[Share]) -> Share:
    return Share(sum(one.count for one in shares), sum(one.premium for one in shares))


def _total(receipts: Sequence[Receipt]) -> Receipt | None:
    """All of them in one, where there are several."""
    if len(receipts) < 2:
        return None
    return Receipt(
        code="",
        name=say("Total"),
        leads=_sum([one.leads for one in receipts]),
        clients=_sum([one.clients for one in receipts]),
        territories=sum(one.territories for one in receipts),
        roles=sum(one.roles for one in receipts),
    )


def _ways(said: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(said)
    for way, text in (
        (Way.TURNS, say("in turns, the largest first")),
        (Way.LINE, say("by line, to those who write it")),
        (Way.TERRITORY, say("by territory")),
        (Way.ONE, say("all to the first one ticked")),
    ):
        box.addItem(text, way.value)
    return box


def _people(people: Sequence[Member]) -> QComboBox:
    box = QComboBox()
    box.addItem(say("nobody: leave as they are"), None)
    for one in people:
        box.addItem(one.name, one.code)
    return box
