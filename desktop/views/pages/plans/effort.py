"""The planner of effective production time: five views of one plan, its scenarios, and the way onto paper.

Wiring alone: plans begin with the agency's data, are worked out by a service, and kept at each pause.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.core.ept import Worth
from desktop.services import discretion, effort, planning
from desktop.services.edits import Changes
from desktop.services.effort import Effort, Member, Start
from desktop.services.planning import SavedPlan
from desktop.views.dialogs.line import LineDialog, ask_line, name_needed
from desktop.views.pages.plans.base import PlanPage
from desktop.views.pages.plans.effort_plan import PlanView, account_texts
from desktop.views.pages.plans.effort_views import AccountView, ScenarioView, TeamView, WhatIfView
from desktop.views.pages.plans.parts import PlanForm, say
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.naming import NamedTabs


class EffortPage(PlanPage):
    """What an hour must bring."""

    key = "ept"
    icon_name = "gauge-bars"
    with_agency = True
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, say("Production Time"), "gauge-bars")
        self.begin: Start | None = None
        self.found = Effort()
        self.save_button = self.header.set_main_button(say("Save Scenario…"), "save")
        self.buttons.append(self.save_button)
        self.plan = PlanView(context)
        self.account = AccountView()
        self.what_if = WhatIfView(context)
        self.team = TeamView(context)
        self.scenarios = ScenarioView(context)
        self.form = self.plan.form
        self.tabs = NamedTabs(say("Views"))
        self.tabs.setDocumentMode(True)
        for widget, title in (
            (self.plan, say("Plan")),
            (self.account, say("Account checker")),
            (self.what_if, say("What if")),
            (self.team, say("Team")),
            (self.scenarios, say("Scenarios")),
        ):
            self.tabs.addTab(widget, title)
        self.content.addWidget(self.tabs)
        self._fit_tabs(0)
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._fit_tabs)
        self.save_button.clicked.connect(self._on_save_clicked)
        for form in self._forms:
            form.changed.connect(self._work_out)
            form.paused.connect(self._keep)
        types = self.plan.types
        types.changed.connect(self._work_out)
        types.paused.connect(self._keep)
        types.type_opened.connect(self._on_type_opened)
        self.team.table.row_activated.connect(self._on_member_activated)
        table = self.scenarios.table
        table.row_activated.connect(self._on_scenario_activated)
        self.scenarios.empty.acted.connect(self._on_save_clicked)
        self.scenarios.load.clicked.connect(lambda: self._on_scenario_activated(table.selected_record))
        self.scenarios.delete.clicked.connect(self._on_delete_clicked)

    @property
    def _forms(self) -> tuple[PlanForm, PlanForm, PlanForm]:
        return self.form, self.account.form, self.what_if.form

    def _fit_tabs(self, shown: int) -> None:
        """Only the view that is shown asks for height."""
        for at, view in enumerate((self.plan, self.account, self.what_if, self.team, self.scenarios)):
            view.come(at == shown)
        self.tabs.updateGeometry()

    # --- reading and working out -------------------------------------------------------------------------------------

    def read(self) -> None:
        """Asks where the plan begins, for the team, and for what was saved."""
        now = self._context.now()
        self._context.ask(effort.start, self.producer, now, on_finished=self._on_begun, label=say("Reading the hours"))
        self._context.ask(effort.team, now, on_finished=self._on_team_read)
        self._context.ask(planning.scenarios, planning.EPT, on_finished=self._on_saved_read)

    def leave(self) -> None:
        """Keeps what was typed."""
        for form in (*self._forms, self.plan.types.form):
            form.flush()

    def _on_begun(self, begin: Start) -> None:
        if begin.producer != self.producer:
            return
        self.begin = begin
        self.what_if.form.veil("cost", self._context.pay_hidden, discretion.HIDDEN)
        for form in self._forms:
            form.put(begin.given, begin.sources, begin.typed)
        self.plan.types.put(begin.typed)
        self.show_content()
        self._work_out()

    def texts(self) -> dict[str, str]:
        """What stands in all fields, and the hours typed for types of accounts."""
        texts = {key: text for form in self._forms for key, text in form.texts().items()}
        return {**texts, **self.plan.types.texts()}

    def _work_out(self) -> None:
        found = effort.evaluate(self.texts(), self.begin)
        for form in self._forms:
            form.show_errors(found.errors)
        self.plan.show_wrong(found.errors.get("duties", ""))
        self.plan.show_closing(self.begin)
        self.found = found
        if found.time is None:
            for view in (self.plan, self.account, self.what_if):
                view.show_nothing()
            return
        self.plan.show_time(found.time, found)
        self.plan.types.show_types(found, self.begin)
        self.account.show_account(found, found.time)
        self.what_if.show_what_if(found, found.time, hidden=self._context.pay_hidden)

    def _on_team_read(self, members: list[Member]) -> None:
        self.team.show_team(members, effort.together(members))

    def _on_member_activated(self, one: object) -> None:
        if isinstance(one, Member) and one.producer:
            self.tabs.setCurrentIndex(0)
            self.arrive(one.producer)

    def _on_type_opened(self, one: Worth) -> None:
        for key, text in account_texts(one).items():
            self.account.form.field(key).setText(text)
        self.tabs.setCurrentIndex(1)

    # --- scenarios ---------------------------------------------------------------------------------------------------

    def save_scenario(self, name: str) -> None:
        """Keeps what stands in the fields under a name."""
        self.leave()
        texts = {key: text for key, text in self.texts().items() if text}
        self._context.ask(
            planning.save_scenario, planning.EPT, self.producer, name, texts, self.author(), on_finished=self._on_kept
        )

    def _on_save_clicked(self) -> None:
        question = say("Its name, such as “With an assistant”")
        dialog = LineDialog(say("Save the scenario"), question, say("Save Scenario"), self, refuse=name_needed)
        ask_line(self._context, dialog, "name of the scenario", self.save_scenario)

    def _on_saved_read(self, found: list[SavedPlan]) -> None:
        self.scenarios.show_saved([(one, effort.evaluate(one.inputs)) for one in found])

    def _on_scenario_activated(self, row: object) -> None:
        if not isinstance(row, tuple):
            return
        one: SavedPlan = row[0]
        self.plan.types.put(one.inputs)
        for form in self._forms:
            for key in form.texts():
                form.set_text(key, one.inputs.get(key, ""))
        self.tabs.setCurrentIndex(0)

    def _on_delete_clicked(self) -> None:
        row = self.scenarios.table.selected_record
        if isinstance(row, tuple):
            self._context.ask(planning.delete_scenario, row[0], self.author(), on_finished=self._on_kept)

    # --- keeping and printing ----------------------------------------------------------------------------------------

    def _keep(self) -> None:
        if self.begin is None:
            return
        typed = {key: text for form in self._forms for key, text in form.typed().items()}
        typed |= self.plan.types.texts()
        saving = self._context.ask(
            planning.keep, planning.EPT, self.begin.producer, typed, self.author(), on_finished=self._on_kept
        )
        saving.certain = True

    def _on_kept(self, changes: Changes) -> None:
        self.note_kept(changes)

    def _inputs(self, report: str) -> dict[str, str]:
        if self.producer is None or report != "ept":
            return {}
        return {key: text for key, text in self.form.texts().items() if text}

    def export_actions(self) -> list[tuple[str, str]]:
        """The plan as it prints, types of accounts, and the scenarios side by side."""
        return [
            ("ept", say("Production Time Report…")),
            ("account-types", say("Types of Accounts…")),
            ("ept-scenarios", say("Scenarios Side by Side…")),
        ]

    def export(self, key: str) -> None:
        """Asks where to, and writes."""
        self.leave()
        self.save_named(key, self._inputs(key))

    def print_page(self) -> bool:
        """Prints the view that is open: the plan of one producer or of all, types of accounts, or scenarios."""
        if self.begin is None:
            return False
        self.leave()
        shown = {1: "account-types", 4: "ept-scenarios"}.get(self.tabs.currentIndex(), "ept")
        return self.print_named(shown, self._inputs(shown))

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The five views."""
        names = ("ept", "ept-account", "ept-whatif", "ept-team", "ept-scenarios")
        return [(name, lambda at=at: self.tabs.setCurrentIndex(at)) for at, name in enumerate(names)]  # type: ignore[misc]
