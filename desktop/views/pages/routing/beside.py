"""The tables beside the territory grid: problems, balance, and who gains by a draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.territories import Share, Shift, by_producer
from desktop.views.pages.routing import words
from desktop.views.pages.routing.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label

Namer = Callable[[str | None], str]


def make_table(context: PageContext, name: str, columns: list[Column], said: str) -> RecordTableView:
    """A table; a last column of words takes what room is left."""
    model = RecordTableModel(columns)
    view = RecordTableView(model, name, context.state)
    model.setParent(view)
    view.setAccessibleName(said)
    view.horizontalHeader().setStretchLastSection(columns[-1].kind is Kind.TEXT)
    return view


def problem_table(context: PageContext) -> RecordTableView:
    """What is odd about the territory table."""
    columns = [
        Column("kind", say("Problem"), Kind.TEXT, words.kind, width=128, status=words.status),
        Column("what", say("What it is"), Kind.TEXT, words.sentence, width=320, tooltip=words.sentence),
    ]
    return make_table(context, "routing.problems", columns, say("Problems of the territory table"))


def balance_table(context: PageContext, name: Namer) -> RecordTableView:
    """How leads, premium and households lie in the territories."""

    def territory(one: Share) -> str:
        return one.territory or say("No territory")

    columns = [
        Column("territory", say("Territory"), Kind.TEXT, territory, width=96, tooltip=territory),
        Column("producer", say("Producer"), Kind.TEXT, lambda one: name(one.producer), width=112),
        Column("leads", say("Leads"), Kind.COUNT, lambda one: one.leads, say("Received in the last 90 days")),
        Column("premium", say("Premium"), Kind.MONEY, lambda one: one.premium, say("Estimated, of these leads")),
        Column("clients", say("Households"), Kind.COUNT, lambda one: one.clients, say("Clients in the book")),
    ]
    return make_table(context, "routing.balance", columns, say("Balance of the territories"))


class BalancePanel(QWidget):
    """The balance by territory, or summed by producer."""

    def __init__(self, context: PageContext, name: Namer) -> None:
        super().__init__()
        self._shares: tuple[Share, ...] = ()
        self.table = balance_table(context, name)
        self.how = QComboBox()
        self.how.setAccessibleName(say("Balance by territory or by producer"))
        self.how.addItem(say("By territory"), False)
        self.how.addItem(say("By producer"), True)
        self.how.currentIndexChanged.connect(lambda _: self._fill())
        head = QHBoxLayout()
        head.addWidget(Label(say("Leads of 90 days, their estimated premium, and households"), "caption", "quiet"), 1)
        head.addWidget(self.how)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(head)
        lines.addWidget(FilteredTable(self.table), 1)

    def show_shares(self, shares: tuple[Share, ...]) -> None:
        """Shows these."""
        self._shares = shares
        self._fill()

    def _fill(self) -> None:
        shares = by_producer(self._shares) if self.how.currentData() else self._shares
        self.table.records.set_rows(list(shares))


def comparison_table(context: PageContext, name: Namer) -> RecordTableView:
    """Who gains and who loses by a draft."""

    def gain(one: Shift) -> int:
        return one.draft - one.live

    columns = [
        Column("producer", say("Producer"), Kind.TEXT, lambda one: name(one.producer), width=140),
        Column("live", say("In force"), Kind.COUNT, lambda one: one.live, say("Leads of 90 days")),
        Column("draft", say("As typed"), Kind.COUNT, lambda one: one.draft, say("Leads of 90 days")),
        Column("gain", say("Change"), Kind.COUNT, gain, text=lambda one: f"{gain(one):+,}" if gain(one) else "0"),
    ]
    return make_table(context, "routing.comparison", columns, say("Who gains and who loses"))
