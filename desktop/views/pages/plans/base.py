"""What the plan pages have in common: whose plan it is, an empty state, keeping what is typed, and the way onto paper.

Knows the services of choices and reports; each page asks for its own figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from desktop.core.periods import Period
from desktop.services import previews, scopes
from desktop.services.edits import Changes
from desktop.services.reporting import Asked
from desktop.views import theme
from desktop.views.pages.plans.parts import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group


class PlanPage(Page):
    """A page about one producer's plan; subclasses fill `content` and write `read`."""

    group = Group.PLANS
    with_agency = False

    def __init__(self, context: PageContext, title: str, icon: str) -> None:
        super().__init__(title)
        self._context = context
        kept = context.state.read("plans.producer")
        self.producer: str | None = kept if isinstance(kept, str) else None
        self.people = QComboBox()
        self.people.setAccessibleName(say("Producer"))
        self.people.setMinimumWidth(theme.current().px(150))
        self.people.setMaximumWidth(theme.current().px(220))
        self.header.add_slot(self.people)
        self.empty = EmptyState(
            icon,
            say("Nobody to plan for"),
            say("Plans begin with a producer's own figures. Import a list of producers and what your systems export."),
            say("Import Exports"),
        )
        self.buttons: list[Button] = []
        """Those of the head that need content."""
        self.content = QStackedWidget()
        self.stack = QStackedWidget()
        views: tuple[QWidget, ...] = (QWidget(), self.empty, self.content)
        for view in views:
            self.stack.addWidget(view)
        self.body.addWidget(self.stack, 1)
        self.empty.acted.connect(self.import_requested)
        self.people.activated.connect(lambda _: self._on_person_chosen())

    def refresh(self) -> None:
        """Reads who there is, then the page's figures."""
        self._context.ask(scopes.choices, on_finished=self._on_people_read)

    def show_empty(self) -> None:
        """Says why there is nothing; the page's content asks for no room, and its buttons do nothing."""
        self.stack.removeWidget(self.content)
        self.stack.setCurrentWidget(self.empty)
        self._enable(False)

    def show_content(self) -> None:
        """Shows what was read."""
        if self.stack.indexOf(self.content) < 0:
            self.stack.addWidget(self.content)
        self.stack.setCurrentWidget(self.content)
        self._enable(True)

    def _enable(self, on: bool) -> None:
        for button in self.buttons:
            button.setEnabled(on)

    def read(self) -> None:
        """Asks for the page's figures."""
        raise NotImplementedError

    def leave(self) -> None:
        """Keeps what was typed before another producer is shown."""

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing typed is lost when the page is left or the window closed."""
        self.leave()
        super().hideEvent(event)

    def arrive(self, argument: object) -> None:
        """A producer's code."""
        if isinstance(argument, str):
            self.leave()
            self.producer = argument
            self.mark_stale()

    def author(self) -> Any:
        """Who acts now."""
        return previews.author_at(self._context.now())

    def asked(self, inputs: Mapping[str, str] | None = None) -> Asked:
        """What the page shows, as a question for its report."""
        now = self._context.now()
        year = Period(date(now.year, 1, 1), date(now.year, 12, 31))
        return Asked(year, now, self.producer, now, dict(inputs or {}), pay_hidden=self._context.pay_hidden)

    def note_kept(self, changes: Changes) -> None:
        """Tells the window that what was typed is in the book."""
        # a closed window has nobody left to tell
        if changes.changed and self.window().isVisible():
            self.book_changed.emit(changes)
            self.status_message.emit(say("Kept: {}").format(changes.label))

    def save_named(self, name: str, inputs: Mapping[str, str] | None = None) -> None:
        """Asks where to, and writes a report of what is shown."""
        from desktop.views.dialogs.printing import ask_target, save_report

        target = ask_target(self, say("Save the report"), name)
        if target is not None:
            saved = say("Saved {}").format(target.name)
            save_report(self._context, name, self.asked(inputs), target, lambda _: self.status_message.emit(saved))

    def print_named(self, name: str, inputs: Mapping[str, str] | None = None) -> bool:
        """Prints a report of what is shown."""
        from desktop.views.dialogs.printing import print_report

        return print_report(self._context, name, self.asked(inputs), self)

    def _on_people_read(self, people: list[tuple[str, str]]) -> None:
        codes = [code for code, _name in people]
        if self.producer not in codes:
            self.producer = None if self.with_agency else next(iter(codes), None)
        self.people.clear()
        if self.with_agency:
            self.people.addItem(say("Agency"), None)
        for code, name in people:
            self.people.addItem(name, code)
        self.people.setCurrentIndex(max(0, self.people.findData(self.producer)))
        self.people.setVisible(bool(people))
        if not people:
            self.show_empty()
            return
        self.read()

    def _on_person_chosen(self) -> None:
        self.leave()
        self.producer = self.people.currentData()
        self._context.state.write("plans.producer", self.producer)
        self.read()
