"""The renewals page: what runs out in 30, 60 or 90 days, and prospects' x-dates, all or one producer's.

Wiring alone: figures come from the services, columns from the module beside.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.services import renewals
from desktop.services.renewals import Due, Renewal, Whose, XDate
from desktop.views import theme
from desktop.views.dialogs.long_list import ListStack
from desktop.views.pages.renewals import columns
from desktop.views.pages.renewals.columns import say
from desktop.views.tables import Column, FilteredTable, RecordTableModel, RecordTableView, formats
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_DAYS = "renewals.days"
_EVERYBODY = ""


class RenewalsPage(Page):
    """What runs out soon, and whose it is."""

    key = "renewals"
    group = Group.LEADS
    icon_name = "retention"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Renewals"))
        self._context = context
        self.found: Due | None = None
        self._everything: Due | None = None
        self.span = QComboBox()
        self.span.setAccessibleName(self.tr("Days ahead"))
        for days in renewals.SPANS:
            self.span.addItem(self.tr("Next {} days").format(days), days)
        self.span.setCurrentIndex(max(self.span.findData(context.state.read(_DAYS, 30)), 0))
        self.producer = QComboBox()
        self.producer.setAccessibleName(self.tr("Whose"))
        self.producer.addItem(self.tr("Everybody"), _EVERYBODY)
        self.header.add_slot(self.span)
        self.header.add_slot(self.producer)
        self.header.add_search(self.tr("Find a client or lead"))
        self.said = Label("", "body", wrap=True)
        self.tabs = NamedTabs(self.tr("What is due"))
        self.renewals = self._view("renewals", columns.renewals(), self.tr("Renewals"))
        self.x_dates = self._view("renewals.x_dates", columns.x_dates(), self.tr("X-dates"))
        self.people = self._view("renewals.people", columns.people(), self.tr("By producer"))
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Reads what is due anew."""
        self._context.ask(
            renewals.due_for,
            self._context.now(),
            int(self.span.currentData()),
            str(self.producer.currentData()) or None,
            on_finished=self._on_read,
            label=self.tr("Reading what is due"),
        )

    def arrive(self, argument: object) -> None:
        """A producer's code, or "x_dates"."""
        if argument == "x_dates":
            self.tabs.setCurrentIndex(1)
        elif isinstance(argument, str):
            self._choose(argument)

    def export_actions(self) -> list[tuple[str, str]]:
        """The table in sight."""
        return [("table", self.tr("This List…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes the table in sight, as a printed page or a sheet."""
        from desktop.views.dialogs.printing import ask_target, save_table

        target = ask_target(self, self.tr("Save the list"), "renewals")
        if target is not None:
            saved = self.tr("Saved {}").format(target.name)
            save_table(
                self._context, self.current, self._tab_title(), self._subtitle(), target,
                lambda _: self.status_message.emit(saved),
            )  # fmt: skip

    def print_page(self) -> bool:
        """Prints the table in sight."""
        from desktop.views.dialogs.printing import print_table

        if self.found is None:
            return False
        return print_table(self._context, self.current, self._tab_title(), self._subtitle(), self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The renewals, the x-dates, and everybody's share."""
        return [
            (self.key, lambda: self.tabs.setCurrentIndex(0)),
            ("x-dates", lambda: self.tabs.setCurrentIndex(1)),
            ("renewals-by-producer", lambda: self.tabs.setCurrentIndex(2)),
        ]

    @property
    def current(self) -> RecordTableView:
        """The table in sight."""
        return (self.renewals, self.x_dates, self.people)[self.tabs.currentIndex()]

    def _tab_title(self) -> str:
        return (self.tr("Renewals"), self.tr("X-dates"), self.tr("By producer"))[self.tabs.currentIndex()]

    def _subtitle(self) -> str:
        return f"{self.span.currentText()}, {self.producer.currentText()}"

    # --- layout ------------------------------------------------------------------------------------------------------

    def _view(self, name: str, made: list[Column], said: str) -> RecordTableView:
        model = RecordTableModel(made, self)
        view = RecordTableView(model, name, self._context.state)
        view.setAccessibleName(said)
        view.export_asked.connect(lambda: self.export("table"))
        return view

    def _arrange(self) -> None:
        for view in (self.renewals, self.x_dates, self.people):
            self.tabs.addTab(FilteredTable(view), view.accessibleName())
        self.empty = EmptyState(
            "retention",
            self.tr("Nothing runs out yet"),
            self.tr("Import policies with their terms, or leads with x-dates, and what comes due is listed here."),
            self.tr("Import Exports"),
        )
        full = QWidget()
        lines = QVBoxLayout(full)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(self.said)
        lines.addWidget(self.tabs, 1)
        self.stack = ListStack(full, self.empty)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.empty.acted.connect(self.import_requested)
        self.header.searched.connect(self._on_searched)
        self.span.currentIndexChanged.connect(self._on_span_changed)
        self.producer.activated.connect(lambda _: self.mark_stale())
        self.renewals.row_activated.connect(self._on_renewal_activated)
        self.x_dates.row_activated.connect(self._on_x_date_activated)
        self.people.row_activated.connect(self._on_person_activated)

    def _on_searched(self, text: str) -> None:
        self.renewals.set_filter(text)
        self.x_dates.set_filter(text)

    def _on_span_changed(self) -> None:
        self._context.state.write(_DAYS, int(self.span.currentData()))
        self.mark_stale()

    # --- figures -----------------------------------------------------------------------------------------------------

    def _on_read(self, read: tuple[Due, Due]) -> None:
        everything, found = read
        if found.days != int(self.span.currentData()):
            return
        self._everything, self.found = everything, found
        self._fill_people(everything)
        self.renewals.records.set_rows(found.renewals)
        self.x_dates.records.set_rows(found.x_dates)
        self.people.records.set_rows(found.people, totals=_total(found) if len(found.people) > 1 else None)
        self.tabs.setTabText(0, self.tr("Renewals ({})").format(formats.count(len(found.renewals))))
        self.tabs.setTabText(1, self.tr("X-dates ({})").format(formats.count(len(found.x_dates))))
        self.said.setText(self._sentence(found))
        self.stack.show_full(bool(everything.renewals or everything.x_dates))

    def _fill_people(self, everything: Due) -> None:
        chosen = self.producer.currentData()
        self.producer.blockSignals(True)
        while self.producer.count() > 1:
            self.producer.removeItem(1)
        for one in everything.people:
            if one.producer is not None:
                self.producer.addItem(str(one.name), one.producer)
        self.producer.setCurrentIndex(max(self.producer.findData(chosen), 0))
        self.producer.blockSignals(False)

    def _choose(self, code: str) -> None:
        if self.producer.findData(code) < 0:
            self.producer.addItem(code, code)
        self.producer.setCurrentIndex(self.producer.findData(code))
        self.mark_stale()

    def _sentence(self, found: Due) -> str:
        steep = sum(1 for one in found.renewals if one.share is not None and one.share > columns.STEEP)
        words = self.tr("{premium} of annual premium runs out in the next {days} days.")
        said = words.format(premium=formats.money(found.premium), days=found.days)
        share = _total(found).share
        if share is not None:
            words = (
                self.tr("Their next terms cost {} more.") if share >= 0 else self.tr("Their next terms cost {} less.")
            )
            said = f"{said} {words.format(formats.percent(abs(share)))}"
        if not steep:
            return said
        rise = self.tr("1 renewal rises by more than 15 %: call before the letter comes.")
        many = self.tr("{} renewals rise by more than 15 %: call before the letter comes.")
        return f"{said} {rise if steep == 1 else many.format(steep)}"

    def _on_renewal_activated(self, one: Renewal) -> None:
        if one.term.client_key is not None:
            self.page_requested.emit("clients", one.term.client_key)

    def _on_x_date_activated(self, one: XDate) -> None:
        self.page_requested.emit("leads", one.lead.lead_id)

    def _on_person_activated(self, one: Whose) -> None:
        if one.producer is not None:
            self._choose(one.producer)
            self.tabs.setCurrentIndex(0)


def _total(found: Due) -> Whose:
    return renewals.whose(None, say("Total"), found.renewals, len(found.x_dates))
