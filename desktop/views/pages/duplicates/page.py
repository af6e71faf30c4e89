"""The duplicate clients page: pairs that may be one client, the two side by side, and what was decided so far.

Wiring alone: likeness, merging and its undo are the services'.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.services import merging, previews
from desktop.services.edits import Changes
from desktop.services.merging import Board, Pair, Side, Verdict
from desktop.views import theme
from desktop.views.pages.duplicates import words
from desktop.views.pages.duplicates.panel import PairPanel
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group


class DuplicatesPage(Page):
    """Clients that look alike: merge them, or say that they are two."""

    key = "duplicates"
    group = Group.DATA
    icon_name = "copy"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Duplicate Clients"))
        self._context = context
        self._asked: tuple[int, int] | None = None
        self._answered = False
        self.said = Label(tone="quiet", wrap=True)
        self.pairs = self._pair_table()
        self.decided = self._decided_table()
        self.panel: PairPanel | None = None
        self.empty = EmptyState(
            "copy",
            self.tr("No duplicate clients"),
            self.tr(
                "Clients that share an e-mail, a phone or a name, or whose names are spelled alike in one ZIP,"
                " are listed here. Nothing is merged without your answer."
            ),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._content())
        self.body.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Reads the pairs anew."""
        self._context.ask(
            merging.board, self._context.today(), on_finished=self._on_read, label=self.tr("Comparing clients")
        )

    # --- layout ------------------------------------------------------------------------------------------------------

    def _content(self) -> QWidget:
        self.side = QVBoxLayout()
        self.side.setContentsMargins(0, 0, 0, 0)
        deciding = QWidget()
        columns = QHBoxLayout(deciding)
        columns.setContentsMargins(0, theme.current().unit(), 0, 0)
        columns.setSpacing(theme.current().unit(2))
        columns.addWidget(FilteredTable(self.pairs), 5)
        columns.addLayout(self.side, 4)
        done = QWidget()
        lines = QVBoxLayout(done)
        lines.setContentsMargins(0, theme.current().unit(), 0, 0)
        lines.addWidget(FilteredTable(self.decided), 1)
        self.forget = Button(self.tr("&Take Back"), icon="undo")
        self.forget.setAccessibleName(self.tr("Take Back"))
        self.forget.setToolTip(self.tr("A merged client stands for itself again; a pair told apart is listed again"))
        self.forget.clicked.connect(self._on_forget_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.forget)
        lines.addLayout(row)
        self.tabs = NamedTabs(self.tr("Duplicate clients"))
        self.tabs.addTab(deciding, self.tr("To decide"))
        self.tabs.addTab(done, self.tr("Decided"))
        holder = QWidget()
        holder.setObjectName("plain")
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.said)
        whole.addWidget(self.tabs, 1)
        return holder

    def _pair_table(self) -> RecordTableView:
        columns = [
            Column("left", self.tr("Left"), Kind.TEXT, lambda pair: words.client(pair.one.card), width=160),
            Column("right", self.tr("Right"), Kind.TEXT, lambda pair: words.client(pair.other.card), width=160),
            Column("premium", self.tr("Premium"), Kind.MONEY, lambda pair: pair.premium, self.tr("In force, of both")),
            Column("why", self.tr("Why"), Kind.TEXT, lambda pair: words.reason(pair.why), width=185),
        ]
        made = self._table("duplicates.pairs", columns, self.tr("Clients that may be one"))
        made.horizontalHeader().setStretchLastSection(True)
        made.row_selected.connect(self._on_pair_selected)
        made.row_activated.connect(self._on_pair_activated)
        return made

    def _decided_table(self) -> RecordTableView:
        columns = [
            Column("client", self.tr("Client"), Kind.TEXT, lambda one: one.name, width=260),
            Column("verdict", self.tr("Verdict"), Kind.TEXT, words.verdict, width=200),
            Column("other", self.tr("Client"), Kind.TEXT, lambda one: one.other_name, width=260),
            Column("day", self.tr("Decided on"), Kind.TEXT, lambda one: one.at[:10], width=120),
        ]
        return self._table("duplicates.decided", columns, self.tr("What was decided"))

    def _table(self, name: str, columns: list[Column], said: str) -> RecordTableView:
        model = RecordTableModel(columns)
        view = RecordTableView(model, name, self._context.state)
        model.setParent(view)
        view.setAccessibleName(said)
        return view

    # --- showing -----------------------------------------------------------------------------------------------------

    def _on_read(self, board: Board) -> None:
        nothing = not board.pairs and not board.decided
        self.stack.setCurrentIndex(0 if nothing else 1)
        self.said.setText(self._sentence(board))
        row = max(self.pairs.currentIndex().row(), 0)
        self.pairs.records.set_rows(list(board.pairs))
        self.decided.records.set_rows(list(board.decided))
        self.forget.setEnabled(bool(board.decided))
        self.tabs.setTabText(0, self.tr("To decide ({})").format(f"{board.total:,}"))
        self.tabs.setTabText(1, self.tr("Decided ({})").format(f"{len(board.decided):,}"))
        if board.pairs:
            self._choose(min(row, len(board.pairs) - 1))
        else:
            self._show_panel(None)

    def _choose(self, row: int) -> None:
        # said outright: Qt would toggle the row while Ctrl is still held down from an undo
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.pairs.selectionModel().setCurrentIndex(self.pairs.model().index(row, 0), how)
        if self._answered:
            # the button that was pressed is gone; the next pair is at hand
            self._answered = False
            self.pairs.setFocus()

    def _sentence(self, board: Board) -> str:
        if not board.pairs:
            return self.tr("Every pair is decided. Nothing is merged without your answer.")
        said = words.pairs(board.total)
        if board.total > len(board.pairs):
            said = self.tr("{}; the likeliest {} are listed").format(said, len(board.pairs))
        return self.tr("{}. Nothing is merged without your answer.").format(said)

    def _on_pair_selected(self, pair: Pair | None) -> None:
        if pair is None:
            self._show_panel(None)
            return
        self._asked = pair.one.card.number, pair.other.card.number
        self._context.ask(
            merging.sides,
            *self._asked,
            self._context.today(),
            on_finished=lambda sides: self._on_sides_read(pair, sides),
        )

    def _on_sides_read(self, pair: Pair, sides: tuple[Side, Side]) -> None:
        if (pair.one.card.number, pair.other.card.number) != self._asked:
            return  # another pair was chosen meanwhile
        panel = PairPanel(*sides, words.reason(pair.why))
        panel.merged.connect(self._on_merged)
        panel.parted.connect(self._on_parted)
        self._show_panel(panel)

    def _show_panel(self, panel: PairPanel | None) -> None:
        while (item := self.side.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.panel = panel
        if panel is None:
            self._asked = None
        else:
            self.side.addWidget(panel)
        self.side.addStretch(1)

    def _on_pair_activated(self, _pair: Pair) -> None:
        if self.panel is not None:
            self.panel.left.setFocus()

    # --- deciding ----------------------------------------------------------------------------------------------------

    def _on_merged(self, kept: int, gone: int) -> None:
        self._decide(merging.merge, kept, gone)

    def _on_parted(self, one: int, other: int) -> None:
        self._decide(merging.keep_apart, one, other)

    def _on_forget_clicked(self) -> None:
        chosen: Verdict | None = self.decided.selected_record
        if chosen is not None:
            self._decide(merging.take_back, chosen.key)

    def _decide(self, service: Callable[..., Changes], *subject: object) -> None:
        self._answered = True
        author = previews.author_at(self._context.now())
        self._context.ask(service, *subject, author, on_finished=self._on_decided)

    def _on_decided(self, changes: Changes) -> None:
        self.book_changed.emit(changes)
        self.undo_offered.emit(f"{changes.label}.")
