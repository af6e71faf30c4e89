"""The stage board: leads and service cases by stage, moved by drag or keys; each move a dated entry that can be undone.

Wiring alone: who stands where is the services' business.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QMenu, QScrollArea, QStackedWidget, QWidget

from desktop.core.pipeline import LOST, SALES
from desktop.errors import UserError
from desktop.services import boards, kpi_views, previews
from desktop.services.boards import Board, BoardCard, LostAnswer
from desktop.services.edits import Changes
from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.loss import LossForm
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.pages.board.column import StageColumn
from desktop.views.pages.board.edges import EdgeScroller
from desktop.views.pages.board.words import pipeline_words, say, stage_words
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.page import Page
from desktop.views.widgets.producer_picker import ProducerPicker
from desktop.views.widgets.rail import Group

_PIPELINE = "board.pipeline"
_PRODUCER = "kpis.producer"
Subject = tuple[str | None, str | None]


class BoardPage(Page):
    """Who stands where, and for how long."""

    key = "board"
    group = Group.LEADS
    icon_name = "columns"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Stage Board"))
        self._context = context
        self._opener = RecordOpener(self, context)
        self._board: Board | None = None
        self._wanted: Subject | None = None
        self.columns: list[StageColumn] = []
        self.pipeline = QComboBox()
        self.pipeline.setAccessibleName(self.tr("Pipeline"))
        for name in boards.PIPELINES:
            self.pipeline.addItem(pipeline_words(name), name)
        self.pipeline.setCurrentIndex(max(self.pipeline.findData(context.state.read(_PIPELINE, SALES)), 0))
        self.producers = ProducerPicker(_producer(context))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.header.add_slot(self.pipeline)
        self.header.add_slot(self.producers)
        self.header.add_search(self.tr("Find a card"))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName(self.tr("Stages"))
        self.edges = EdgeScroller(self.area)
        self.empty = EmptyState(
            "columns",
            self.tr("Nobody stands here"),
            self.tr("Import leads with their stages, or what carriers say of applications, and they stand here."),
            self.tr("Import Exports"),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.area)
        self.help = Label(
            self.tr(
                "Drag a card to move it, or press Ctrl with ← or →, or Space for all stages. Enter opens it;"
                " what ended stays for 30 days."
            ),
            "caption",
            "quiet",
        )
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.help)

    def _connect(self) -> None:
        self.pipeline.currentIndexChanged.connect(self._on_pipeline_changed)
        self.producers.producer_changed.connect(self._on_producer_changed)
        self.header.searched.connect(self._on_searched)
        self.empty.acted.connect(self.import_requested)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The board of sales, and one of service."""
        return [
            (self.key, lambda: self.show_pipeline(SALES)),
            (f"{self.key}-underwriting", lambda: self.show_pipeline("underwriting")),
        ]

    # --- filters -----------------------------------------------------------------------------------------------------

    def show_pipeline(self, name: str) -> None:
        """Shows another pipeline."""
        self.pipeline.setCurrentIndex(self.pipeline.findData(name))

    def arrive(self, argument: object) -> None:
        """A pipeline's name, or an open lead as a card's subject, gone to among all producers' cards."""
        if isinstance(argument, tuple):
            self._wanted = argument
            self.show_pipeline(SALES)
            self.producers.choose(None)
            if self.header.search is not None:
                self.header.search.clear()
            self.mark_stale()
        elif argument in boards.PIPELINES:
            self.show_pipeline(str(argument))

    def _on_pipeline_changed(self, _number: int) -> None:
        self._context.state.write(_PIPELINE, self.pipeline.currentData())
        self.mark_stale()

    def _on_producer_changed(self, producer: str | None) -> None:
        self._context.state.write(_PRODUCER, producer)
        self.mark_stale()

    def _on_searched(self, text: str) -> None:
        for column in self.columns:
            column.set_filter(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the producer that the KPI page, which shares the filter, has chosen meanwhile."""
        self.producers.choose(_producer(self._context))
        super().showEvent(event)

    # --- cards -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads who stands where."""
        self._context.ask(kpi_views.producers, on_finished=self.producers.set_people)
        self._context.ask(
            boards.board, str(self.pipeline.currentData()), self._context.now(), self.producers.producer,
            on_finished=self._on_read, label=self.tr("Reading the stages"),
        )  # fmt: skip

    def _on_read(self, board: Board) -> None:
        if board.pipeline != self.pipeline.currentData():
            # a later question is on its way
            return
        self._board = board
        filled = not board.empty
        self.stack.setCurrentWidget(self.area if filled else self.empty)
        self.help.setVisible(filled)
        if [column.stage for column in self.columns] != [column.stage for column in board.columns]:
            self._rebuild([column.stage for column in board.columns])
        for widget, column in zip(self.columns, board.columns, strict=True):
            widget.show_column(column)
        if self.header.search is not None:
            self._on_searched(self.header.search.text())
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            for place in self.columns:
                if place.list.select_card(wanted):
                    self.area.ensureWidgetVisible(place)

    def _rebuild(self, stages: list[str]) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().unit())
        self.columns = [StageColumn(stage) for stage in stages]
        for number, column in enumerate(self.columns):
            row.addWidget(column, 1)
            self._connect_column(number, column)
        self.area.setWidget(holder)

    def _connect_column(self, number: int, column: StageColumn) -> None:
        cards = column.list
        # after the drop is over: a question that opens within one holds the pointer and the window it came from
        queued = Qt.ConnectionType.QueuedConnection
        cards.card_dropped.connect(lambda subject: self.move_card(subject, column.stage), queued)
        cards.drag_changed.connect(self.edges.set_dragging)
        cards.card_pushed.connect(lambda card, step: self._push(card, number + step))
        cards.neighbour_asked.connect(lambda step: self._go(number + step, step))
        cards.card_opened.connect(self._open)
        cards.menu_asked.connect(self._show_menu)

    def _go(self, number: int, step: int) -> None:
        """To the next column in that direction that has cards."""
        while 0 <= number < len(self.columns):
            if self.columns[number].list.cards.rowCount():
                self.columns[number].list.enter()
                self.area.ensureWidgetVisible(self.columns[number])
                return
            number += step

    def _push(self, card: BoardCard, number: int) -> None:
        if 0 <= number < len(self.columns):
            self.move_card(card.subject, self.columns[number].stage)

    def _show_menu(self, card: BoardCard, place: QPoint) -> None:
        menu = self.make_menu(card)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def make_menu(self, card: BoardCard) -> QMenu:
        """What can be done with a card: open it, or move it to any other stage."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Card"))
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self._open(card))
        menu.addSeparator()
        for column in self.columns:
            action = menu.addAction(self.tr("Move to {}").format(stage_words(column.stage)))
            action.setEnabled(column.stage != card.standing.stage)
            action.triggered.connect(lambda _=False, stage=column.stage: self.move_card(card.subject, stage))
        return menu

    def _open(self, card: BoardCard) -> None:
        if card.standing.lead_id is not None:
            self.page_requested.emit("leads", card.standing.lead_id)
        else:
            self._opener.open("stages", card.standing.key, card.standing.name)

    # --- moving ------------------------------------------------------------------------------------------------------

    def move_card(self, subject: Subject, stage: str) -> None:
        """Enters a stage for a lead or case now, after asking for what must be known of it."""
        card = self._card(subject)
        if card is None or card.standing.stage == stage:
            return
        name = str(self.pipeline.currentData())
        if name == SALES and stage == LOST:
            self._ask_loss(card)
        elif boards.details_of(name, stage):
            self._ask_detail(card, name, stage)
        else:
            self.enter(subject, stage)

    def _card(self, subject: Subject) -> BoardCard | None:
        shown = (card for column in (self._board.columns if self._board else ()) for card in column.cards)
        return next((card for card in shown if card.subject == tuple(subject)), None)

    def _ask_loss(self, card: BoardCard) -> None:
        form = LossForm(card.standing.name, None, self, keep=self.tr("Move to Lost"), leave=self.tr("Leave It Open"))
        words = TypedWords(self._context, form, form, f"loss of {card.subject[0]} {card.subject[1]}")
        if form.exec():
            try:
                answer = boards.answer_of(form.texts)
            except UserError as error:
                self.messages.show_error(error)
                return
            self.enter(card.subject, LOST, answer, words=words)

    def _ask_detail(self, card: BoardCard, name: str, stage: str) -> None:
        choices = boards.details_of(name, stage)
        shown = [stage_words(choice) for choice in choices]
        title = say("Move {name} to {stage}").format(name=card.standing.name, stage=stage_words(stage))
        chosen, agreed = QInputDialog.getItem(self, title, self.tr("What is it?"), shown, 0, False)
        if agreed:
            self.enter(card.subject, stage, detail=choices[shown.index(chosen)])

    def enter(
        self,
        subject: Subject,
        stage: str,
        lost: LostAnswer | None = None,
        detail: str | None = None,
        words: TypedWords | None = None,
    ) -> None:
        """Stores the move; the board is shown anew with the card under the keys."""
        author = previews.author_at(self._context.now())
        self._context.ask(
            boards.move, str(self.pipeline.currentData()), tuple(subject), stage, author, lost, detail,
            on_finished=lambda changes: self._on_moved(changes, subject, words),
        )  # fmt: skip

    def _on_moved(self, changes: Changes, subject: Subject, words: TypedWords | None) -> None:
        if words is not None:
            words.settle()
        if changes.changed:
            self._wanted = (subject[0], subject[1])
            self.book_changed.emit(changes)
            self.undo_offered.emit(changes.label)


def _producer(context: PageContext) -> str | None:
    kept = context.state.read(_PRODUCER)
    return kept if isinstance(kept, str) else None
