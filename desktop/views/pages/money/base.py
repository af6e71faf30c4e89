"""What the four money pages have in common: period, producer, tabs, an empty state, and the way onto paper.

Knows the services of choices and of reports; each page asks for its own figures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.core import periods
from desktop.core.periods import Filter, Period
from desktop.services import previews, scopes
from desktop.services.edits import Changes
from desktop.services.reporting import Asked
from desktop.views.dialogs.opener import RecordOpener
from desktop.views.pages.money.parts import say
from desktop.views.tables import RecordTableView
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.page import Page
from desktop.views.widgets.period_picker import PeriodPicker, period_text
from desktop.views.widgets.producer_picker import ProducerPicker
from desktop.views.widgets.rail import Group


class MoneyPage(Page):
    """A page of where the money goes; subclasses set `report`, fill `tabs` and write `read`."""

    group = Group.MONEY
    report = ""
    first_choice = Filter.YEAR_TO_DATE

    def __init__(self, context: PageContext, title: str, empty: EmptyState) -> None:
        super().__init__(title)
        self._context = context
        self._opener = RecordOpener(self, context)
        kept = context.state.read(f"{self.key}.period")
        choice = next((one for one in Filter if one.value == kept and one is not Filter.CUSTOM), self.first_choice)
        self.picker = PeriodPicker(context.today, choice)
        whose = context.state.read(f"{self.key}.producer")
        self.producers = ProducerPicker(whose if isinstance(whose, str) else None)
        self.header.add_slot(self.picker)
        self.header.add_slot(self.producers)
        self.tabs = NamedTabs(say("Views"))
        self.tabs.setDocumentMode(True)
        self.empty = empty
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.empty.acted.connect(self.import_requested)
        self.picker.period_changed.connect(self._on_period_changed)
        self.producers.producer_changed.connect(self._on_producer_changed)
        self.tabs.currentChanged.connect(self._on_tab_changed)

    def refresh(self) -> None:
        """Reads who there is, then the page's figures."""
        self._context.ask(scopes.choices, on_finished=self._on_choices_read)
        self.read()

    def read(self) -> None:
        """Asks for the page's figures."""
        raise NotImplementedError

    def arrive(self, argument: object) -> None:
        """A period or a producer's code is taken as filter."""
        if isinstance(argument, Period):
            self.picker.set_period(argument)
        elif isinstance(argument, str):
            self.producers.choose(argument)

    # --- for subclasses ----------------------------------------------------------------------------------------------

    @property
    def period(self) -> Period:
        """The period chosen."""
        return self.picker.period

    def show_filled(self, filled: bool) -> None:
        """The views, or what fills them."""
        policy = QSizePolicy.Policy.Preferred if filled else QSizePolicy.Policy.Ignored
        self.tabs.setSizePolicy(policy, policy)
        self.stack.setCurrentIndex(1 if filled else 0)
        self._fit_tabs()

    def add_tab(self, widget: QWidget, title: str) -> int:
        """Adds a view; returns its place."""
        return self.tabs.addTab(widget, title)

    def note_change(self, changes: Changes, said: str) -> None:
        """Tells the window that the book has changed, and offers to take it back."""
        if changes.changed:
            self.book_changed.emit(changes)
            self.undo_offered.emit(said)

    def author(self) -> Any:
        """Who acts now."""
        return previews.author_at(self._context.now())

    def export_table(self, view: RecordTableView, name: str) -> None:
        """Asks where to, and writes what a table shows as PDF, CSV or XLSX."""
        from desktop.views.dialogs.printing import ask_target

        target = ask_target(self, say("Export the table"), name, "xlsx")
        if target is not None:
            self.write_table(view, target)

    def write_table(self, view: RecordTableView, target: Path) -> None:
        """Writes what `view` shows to `target`."""
        from desktop.views.dialogs.printing import save_table

        saved = say("Saved {}").format(target.name)
        words = period_text(self.period)
        save_table(self._context, view, self.title, words, target, lambda _: self.status_message.emit(saved))

    # --- paper -------------------------------------------------------------------------------------------------------

    def asked(self) -> Asked:
        """What the page shows, as a question for its report."""
        now = self._context.now()
        as_of = periods.default_as_of(self.period, now)
        return Asked(self.period, as_of, self.producers.producer or None, now, pay_hidden=self._context.pay_hidden)

    def report_name(self) -> str:
        """The report of the view that is shown."""
        return self.report

    def export_actions(self) -> list[tuple[str, str]]:
        """The page as it prints."""
        return [("report", say("{} Report…").format(self.title))]

    def export(self, key: str) -> None:
        """Asks where to, and writes the report."""
        from desktop.views.dialogs.printing import ask_target, save_report

        name = self.report_name()
        target = ask_target(self, say("Save the report"), name)
        if target is not None:
            saved = say("Saved {}").format(target.name)
            save_report(self._context, name, self.asked(), target, lambda _: self.status_message.emit(saved))

    def print_page(self) -> bool:
        """Prints the report."""
        from desktop.views.dialogs.printing import print_report

        if self.stack.currentIndex() == 0:
            return False
        return print_report(self._context, self.report_name(), self.asked(), self)

    # --- filters -----------------------------------------------------------------------------------------------------

    def _on_choices_read(self, people: list[tuple[str, str]]) -> None:
        self.producers.set_people(people)

    def _on_period_changed(self, _period: Period) -> None:
        self._context.state.write(f"{self.key}.period", self.picker.choice.value)
        self.read()

    def _on_producer_changed(self, producer: str | None) -> None:
        self._context.state.write(f"{self.key}.producer", producer)
        self.read()

    def _on_tab_changed(self, _number: int) -> None:
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Only the view that is shown asks for height."""
        for number in range(self.tabs.count()):
            shown = number == self.tabs.currentIndex()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            widget = self.tabs.widget(number)
            if widget is not None:
                widget.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.tabs.updateGeometry()
