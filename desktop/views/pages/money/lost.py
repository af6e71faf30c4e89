"""The page of lost deals: why, to whom, which still need a reason, and which are worth another try.

Wiring alone: figures come from the services, charts and columns from the modules beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.services import leads, lost_review, win_backs
from desktop.services.edits import Changes
from desktop.services.lost_review import LostReview
from desktop.services.win_backs import WinBack
from desktop.views.dialogs.answering import TypedWords, add_answers
from desktop.views.dialogs.loss import LossForm, known_texts
from desktop.views.pages.money.base import MoneyPage
from desktop.views.pages.money.losses import LossesView
from desktop.views.pages.money.lost_tables import deal_columns, open_columns, task_columns, win_back_columns
from desktop.views.pages.money.parts import TableCard, plain, say
from desktop.views.tables import formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.forms import FormBuilder

_YEARLY = "lostdeals.yearly"


class LostDealsPage(MoneyPage):
    """Why deals are lost."""

    key = "lostdeals"
    icon_name = "lost"
    report = "lost-deals"

    def __init__(self, context: PageContext) -> None:
        empty = EmptyState(
            "lost",
            say("No lost deals in this period"),
            say("Import leads with their stages: each lost one shows its reason here, or asks for it."),
            say("Import Exports"),
        )
        super().__init__(context, say("Lost Deals"), empty)
        self._found: LostReview | None = None
        self._explaining = False
        self.explain_next = self.header.set_main_button(say("Explain the Next"), "edit")
        self.explain_next.clicked.connect(self._on_explain_next_clicked)
        self.losses = LossesView()
        self.deals = TableCard("lost.deals", say("Deals lost"), deal_columns(), context.state, tall=True)
        self.open = TableCard(
            "lost.open", say("Losses without a reason"), open_columns(), context.state, tall=True,
            none=say("Every loss of this period has a reason."),
        )  # fmt: skip
        self.queue = TableCard(
            "lost.winback", say("Worth another try"), win_back_columns(), context.state, tall=True,
            none=say("No lost deal that could have been won comes up within 90 days by its x-date."),
        )  # fmt: skip
        self.tasks = TableCard(
            "lost.tasks", say("Tasks"), task_columns(), context.state, most=6,
            none=say("No tasks yet: make one of a deal above."),
        )  # fmt: skip
        self.add_tab(self.losses, say("Why"))
        self.add_tab(self._deals_view(), say("Deals"))
        self.add_tab(self._holder(self.open), say("To explain"))
        self.add_tab(self._win_back_view(), say("Win back"))
        self._connect()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _holder(self, card: TableCard) -> QWidget:
        holder, lines = plain()
        lines.addWidget(card, 1)
        return holder

    def _deals_view(self) -> QWidget:
        self.all_deals = Button(say("Show All"), "quiet")
        self.all_deals.clicked.connect(self._show_all_deals)
        self.all_deals.setVisible(False)
        self.deals.head.insertWidget(1, self.all_deals)
        return self._holder(self.deals)

    def _win_back_view(self) -> QWidget:
        holder, lines = plain()
        self.yearly = QCheckBox(say("Take x-dates that have passed as those of annual policies"))
        self.yearly.setChecked(bool(self._context.state.read(_YEARLY, False)))
        self.yearly.toggled.connect(self._on_yearly_toggled)
        self.make_task = Button(say("Make a Task…"), icon="check-circle")
        self.make_lead = Button(say("Work It Again"), icon="leads")
        for button in (self.make_task, self.make_lead):
            button.setEnabled(False)
            self.queue.head.insertWidget(self.queue.head.count() - 1, button)
        self.finish = Button(say("Done"), icon="check")
        self.finish.setAccessibleName(say("Mark the task as done, or as open again"))
        self.finish.setEnabled(False)
        self.tasks.head.insertWidget(self.tasks.head.count() - 1, self.finish)
        lines.addWidget(self.yearly)
        lines.addWidget(self.queue, 1)
        lines.addWidget(self.tasks)
        return holder

    def _connect(self) -> None:
        self.losses.chosen.connect(self._on_chosen)
        for card in (self.deals, self.open, self.queue, self.tasks):
            card.export_asked.connect(self.export_table)
        self.deals.row_opened.connect(lambda deal: self.ask_loss(deal))
        self.open.row_opened.connect(lambda deal: self.ask_loss(deal))
        self.queue.row_opened.connect(lambda one: self.page_requested.emit("leads", one.deal.lead_id))
        self.tasks.row_opened.connect(lambda one: self.page_requested.emit("leads", one.lead_id))
        self.queue.view.row_selected.connect(self._on_queue_selected)
        self.tasks.view.row_selected.connect(lambda one: self.finish.setEnabled(one is not None))
        self.make_task.clicked.connect(self._on_make_task_clicked)
        self.make_lead.clicked.connect(self._on_make_lead_clicked)
        self.finish.clicked.connect(self._on_finish_clicked)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The four views."""
        names = ("", "-deals", "-explain", "-winback")
        return [(f"{self.key}{name}", lambda at=at: self._tour(at)) for at, name in enumerate(names)]  # type: ignore[misc]

    def _tour(self, at: int) -> None:
        self.tabs.setCurrentIndex(at)

    def report_name(self) -> str:
        """Deals to win back print by themselves."""
        return "win-back" if self.tabs.currentIndex() == 3 else self.report

    # --- figures -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Asks for the losses of the period."""
        now = self._context.now()
        self._context.ask(
            lambda book, *asked: lost_review.review(book, *asked, yearly=self.yearly.isChecked()),
            self.period, now, self.producers.producer,
            on_finished=self._on_read, label=say("Reading the lost deals"),
        )  # fmt: skip

    def _on_read(self, found: LostReview) -> None:
        if found.found.period != self.period:
            return
        self._found = found
        self.losses.show_review(found)
        self._show_all_deals()
        unexplained = found.found.unexplained
        self.open.set_rows(unexplained)
        if self._explaining and unexplained:
            self.open.view.setCurrentIndex(self.open.model.index(0, 0))
            self.open.view.setFocus()
        self._explaining = False
        self.queue.set_rows(found.win_backs)
        self.tasks.set_rows(found.tasks)
        self.tabs.setTabText(1, say("Deals ({})").format(formats.count(len(found.found.deals))))
        self.tabs.setTabText(2, say("To explain ({})").format(formats.count(len(unexplained))))
        self.tabs.setTabText(3, say("Win back ({})").format(formats.count(len(found.win_backs))))
        self.explain_next.setEnabled(bool(unexplained))
        waiting = found.unexplained_before
        more = say("{} more from the year before this period still need a reason.").format(formats.count(waiting))
        self.open.set_note(more if waiting > 0 else say("Enter opens a deal; one key each for reason and winnable."))
        self.show_filled(bool(found.found.deals or found.win_backs or found.tasks or found.unexplained_before))

    def _show_all_deals(self) -> None:
        found = () if self._found is None else self._found.found.deals
        self.deals.set_rows(sorted(found, key=lambda deal: deal.lost_at, reverse=True))
        self.deals.title.setText(say("Deals lost"))
        self.all_deals.setVisible(False)

    def _on_chosen(self, name: str, deals: Sequence[Any]) -> None:
        self.deals.set_rows(sorted(deals, key=lambda deal: deal.lost_at, reverse=True))
        self.deals.title.setText(say("Deals lost: {}").format(name))
        self.all_deals.setVisible(True)
        self.tabs.setCurrentIndex(1)
        self.deals.view.setFocus()

    # --- why a deal was lost -----------------------------------------------------------------------------------------

    def _on_explain_next_clicked(self) -> None:
        if self._found is not None and self._found.found.unexplained:
            self.tabs.setCurrentIndex(2)
            self.ask_loss(self._found.found.unexplained[0])

    def ask_loss(self, deal: Any) -> None:
        """Asks why a deal was lost."""
        form = LossForm(deal.name, known_texts(deal), self)
        words = TypedWords(self._context, form, form, f"loss of {deal.lead_id}")
        if form.exec():
            self.explain(deal.lead_id, form.texts, words)

    def explain(self, lead_id: str, texts: dict[str, str], words: TypedWords | None = None) -> None:
        """Keeps why a deal was lost; the next one to be explained is chosen then."""
        self._explaining = self.tabs.currentIndex() == 2
        today = self._context.today()
        self._context.ask(
            leads.explain_loss, lead_id, texts, self.author(), today,
            on_finished=lambda changes: self._on_kept(changes, say("The reason is kept."), words),
        )  # fmt: skip

    def _on_kept(self, changes: Changes, said: str, words: TypedWords | None) -> None:
        if words is not None:
            words.settle()
        self.note_change(changes, said)

    # --- another try -------------------------------------------------------------------------------------------------

    def _on_yearly_toggled(self, on: bool) -> None:
        self._context.state.write(_YEARLY, on)
        self.read()

    def _on_queue_selected(self, one: WinBack | None) -> None:
        self.make_task.setEnabled(one is not None)
        self.make_lead.setEnabled(one is not None)

    def _on_make_task_clicked(self) -> None:
        one = self.queue.view.selected_record
        if isinstance(one, WinBack):
            dialog = TaskDialog(one, self._context.today(), self)
            words = TypedWords(self._context, dialog, dialog, f"task for {one.deal.lead_id}")
            if dialog.exec():
                self.add_task(one, dialog.due, dialog.what.text(), words)

    def add_task(self, one: WinBack, due: date, what: str, words: TypedWords | None = None) -> None:
        """Puts a task on a lost deal, for whoever has it."""
        self._context.ask(
            win_backs.add_task, one.deal.lead_id, due, what, one.deal.producer, self.author(),
            on_finished=lambda changes: self._on_kept(changes, say("The task is kept."), words),
        )  # fmt: skip

    def _on_make_lead_clicked(self) -> None:
        one = self.queue.view.selected_record
        if isinstance(one, WinBack):
            said = say("{} is a working lead again.").format(one.deal.name)
            self._context.ask(
                win_backs.work_again, one.deal.lead_id, self.author(),
                on_finished=lambda changes: self._on_worked_again(changes, said),
            )  # fmt: skip

    def _on_worked_again(self, changes: Changes, said: str) -> None:
        self.note_change(changes, said)

    def _on_finish_clicked(self) -> None:
        one: Any = self.tasks.view.selected_record
        if one is not None:
            done = one.done_at is None
            said = say("The task is done.") if done else say("The task is open again.")
            self._context.ask(
                lambda book, *asked: win_backs.finish_task(book, *asked, done=done), one.key, self.author(),
                on_finished=lambda changes: self.note_change(changes, said),
            )  # fmt: skip


class TaskDialog(QDialog):
    """What to do on a lost deal, and by when."""

    def __init__(self, one: WinBack, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Task for {}").format(one.deal.name))
        form = FormBuilder(label_width=110)
        self.what = QLineEdit(say("Call before {} and quote again").format(f"{one.on:%m/%d/%Y}"))
        self.what.setMinimumWidth(360)
        form.add_row(say("What to do"), self.what)
        due = win_backs.due_on(one, today)
        self.day = QDateEdit(QDate(due.year, due.month, due.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("MM/dd/yyyy")
        form.add_row(say("Due"), self.day)
        buttons, self.keep, self.leave = add_answers(self, say("Keep the Task"), say("Leave It"))
        buttons.accepted.connect(self.accept)
        lines = QVBoxLayout(self)
        lines.addWidget(form)
        lines.addWidget(buttons)

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What is typed into."""
        return {"what": self.what}

    @property
    def due(self) -> date:
        """The day chosen."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day())
