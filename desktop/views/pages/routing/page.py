"""The routing page: territories, rules, availability, and trying them.

Wiring alone: the tabs ask the services themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.core import periods
from desktop.services.ams_leads import WrittenLeads
from desktop.services.edits import Changes
from desktop.services.reporting import Asked
from desktop.views.pages.routing.ams import AmsDialog
from desktop.views.pages.routing.ruling import RulesTab
from desktop.views.pages.routing.territories import TerritoriesTab
from desktop.views.pages.routing.trying import TryTab
from desktop.views.pages.routing.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group


class RoutingPage(Page):
    """Who gets which lead: the map, the rules, and a trial of both."""

    key = "routing"
    group = Group.LEADS
    icon_name = "routing"

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Routing"))
        self._context = context
        self.territories = TerritoriesTab(context)
        self.rules = RulesTab(context)
        self.trial = TryTab(context, lambda: list(self.rules.rules) if self.rules.dirty else None)
        self.tabs = NamedTabs(self.tr("Routing"))
        self.tabs.setDocumentMode(True)
        for tab, words in (
            (self.territories, say("Territories")),
            (self.rules, say("Rules")),
            (self.trial, say("Test and replay")),
        ):
            self.tabs.addTab(tab, words)
        self.body.addWidget(self.tabs, 1)
        self.people = Button(say("Hours, Leave and Licenses"), icon="calendar")
        self.people.setToolTip(say("Who is there when, with what license and how many leads: on the People page"))
        self.ams = Button(say("Leads for the AMS…"), icon="export")
        self.ams.setToolTip(say("New leads as CSV laid out for Applied Epic, AMS360 or HawkSoft"))
        self.ams.clicked.connect(lambda: self.ask_ams().open())
        self.header.add_slot(self.ams)
        self.header.add_slot(self.people)
        self.people.clicked.connect(lambda: self.page_requested.emit("people", None))
        for changed in (self.territories.changed, self.rules.changed):
            changed.connect(self._on_changed)
        self.territories.said.connect(self.status_message)
        self.territories.files_chosen.connect(self.files_dropped)
        self.rules.edited.connect(self.trial.note_edited)

    def ask_ams(self) -> AmsDialog:
        """The dialog that writes new leads for the management system."""
        made = AmsDialog(self._context, self)
        made.written.connect(self._on_leads_written)
        return made

    def _on_leads_written(self, made: WrittenLeads) -> None:
        said = say("1 lead written to {file}") if made.leads == 1 else say("{leads} leads written to {file}")
        self.status_message.emit(said.format(leads=f"{made.leads:,}", file=made.file.name))

    def refresh(self) -> None:
        """Every tab reads anew; what was typed and not kept stays."""
        for tab in (self.territories, self.rules, self.trial):
            tab.refresh()

    def arrive(self, argument: object) -> None:
        """The name of a tab."""
        places = {"territories": 0, "rules": 1, "try": 2}
        if isinstance(argument, str) and argument in places:
            self.tabs.setCurrentIndex(places[argument])

    def focus_search(self) -> bool:
        """The filter of the territory table."""
        if self.tabs.currentIndex() != 0:
            return False
        self.territories.filter.setFocus()
        return True

    def print_page(self) -> bool:
        """Prints the territories in force with their map; the rules and trials are printed as they are shown."""
        from desktop.views.dialogs.printing import print_report

        if self.tabs.currentIndex() != 0 or not self.territories.lines():
            return False
        now = self._context.now()
        asked = Asked(periods.today_period(now.date()), now, None, now, pay_hidden=self._context.pay_hidden)
        return print_report(self._context, "territories", asked, self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """Territories, rules, their history, a trial and a replay."""
        return [
            ("routing", lambda: self.tabs.setCurrentIndex(0)),
            ("routing-rules", lambda: self._show_rules(0)),
            ("routing-history", lambda: self._show_rules(1)),
            ("routing-try", self._show_trial),
            ("routing-replay", self._show_replay),
        ]

    def _show_rules(self, beside: int) -> None:
        self.tabs.setCurrentIndex(1)
        self.rules.beside.setCurrentIndex(beside)

    def _show_trial(self) -> None:
        self.tabs.setCurrentIndex(2)
        lines = self.territories.lines()
        self.trial.fields["zip"].setText(lines[0].texts["zip_from"].rstrip("*").ljust(5, "1") if lines else "10001")
        self.trial.fields["line"].setText("Auto")
        self.trial.try_lead()

    def _show_replay(self) -> None:
        self.tabs.setCurrentIndex(2)
        self.trial.tabs.setCurrentIndex(1)
        self.trial.replay()

    def _on_changed(self, changes: Changes) -> None:
        if changes.changed:
            self.book_changed.emit(changes)
            self.undo_offered.emit(f"{changes.label}.")
