"""The people page: everybody at the left, the chosen person at the right, and who comes and goes.

Wiring alone: facts and grids are the services', every change is one undoable step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSplitter, QStackedWidget
from shiboken6 import isValid

from desktop.errors import UserError
from desktop.services import offboarding, people, person_sheets, previews
from desktop.services.edits import Changes
from desktop.services.grids import Line, Outcome
from desktop.services.offboarding import Order, Plan
from desktop.services.people import FieldError, Member
from desktop.services.person_sheets import OWNER, PAY, TARGETS, Roster, Sheet
from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords
from desktop.views.dialogs.drafting import keep_drafts
from desktop.views.dialogs.gridding import GridEditor
from desktop.views.pages.people import words
from desktop.views.pages.people.asking import NewPersonDialog, RehireDialog
from desktop.views.pages.people.columns import make_columns
from desktop.views.pages.people.detail import PersonDetail
from desktop.views.pages.people.leaving import LeavingDialog
from desktop.views.tables import FilteredTable, RecordTableModel, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_PICKED = "people.person"


class PeoplePage(Page):
    """Producers and staff, what they are paid, what is asked of them, and when they are there."""

    key = "people"
    group = Group.PEOPLE
    icon_name = "person"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("People"))
        self._context = context
        self._roster: Roster | None = None
        self._picked = str(context.state.read(_PICKED, ""))
        self.dialog: QDialog | None = None
        self.shared_editor: GridEditor | None = None
        self.shared = Button(self.tr("Agency and Level Targets…"), icon="target")
        self.shared.clicked.connect(self._on_shared_asked)
        self.header.add_slot(self.shared)
        self.header.add_search(self.tr("Find a person"))
        self.add = self.header.set_main_button(self.tr("Add Person…"), "plus")
        self.add.clicked.connect(self._on_add_asked)
        self.model = RecordTableModel(make_columns(lambda: self._roster), self)
        self.table = RecordTableView(self.model, "people", context.state)
        self.table.setAccessibleName(self.tr("People"))
        self.header.searched.connect(self.table.set_filter)
        self.table.row_selected.connect(self._on_selected)
        self.detail: PersonDetail | None = None
        self._arrange()

    def refresh(self) -> None:
        """Reads everybody anew, then the chosen person."""
        self._context.ask(
            person_sheets.roster, self._context.now(), on_finished=self._on_read, label=self.tr("Reading the people")
        )

    def arrive(self, argument: object) -> None:
        """A person's code."""
        if isinstance(argument, str):
            self._picked = argument
            if self._roster is not None:
                self._select()

    def export_actions(self) -> list[tuple[str, str]]:
        """The list."""
        return [("people", self.tr("People…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes the list."""
        from desktop.views.dialogs.printing import ask_target, save_table

        target = ask_target(self, self.tr("Save the people"), "people", "xlsx")
        if target is not None:
            save_table(
                self._context, self.table, self.title, "", target, lambda _: self._on_exported(target),
            )  # fmt: skip

    def print_page(self) -> bool:
        """Prints the list."""
        from desktop.views.dialogs.printing import print_table

        if self._roster is None or not self._roster.members:
            return False
        return print_table(self._context, self.table, self.title, "", self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """Each tab of a person."""
        if self._roster is None or not self._roster.members or self.detail is None:
            return [(self.key, lambda: None)]
        names = (self.key, "people-pay", "people-targets", "people-leave")
        tabs = self.detail.tabs
        return [(name, partial(tabs.setCurrentIndex, at)) for at, name in enumerate(names)]

    # --- layout -------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.empty = EmptyState(
            "people",
            self.tr("Nobody yet"),
            self.tr("Producers come with the first import, or are added here: role, level, pay, targets and leave."),
            self.tr("Add Person…"),
        )
        self.empty.acted.connect(self._on_add_asked)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(FilteredTable(self.table))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.splitter)
        self.body.addWidget(self.stack, 1)

    def _make_detail(self, lines: Sequence[str]) -> PersonDetail:
        made = PersonDetail(lines)
        made.changed.connect(self._on_fact_changed)
        made.kept.connect(self._on_grid_kept)
        made.leave_asked.connect(self._on_leave_asked)
        made.rehire_asked.connect(self._on_rehire_asked)
        made.facts.keep_drafts(self._context)
        for name, editor in made.editors.items():
            keep_drafts(self._context, editor, partial(self._draft_of, name, made))
        self.splitter.addWidget(made)
        look = theme.current()
        self.splitter.setSizes([look.px(500), look.px(640)])
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        return made

    def _draft_of(self, name: str, detail: PersonDetail) -> str:
        """Under what a grid's typed cells are held; not at all while no pay is to be seen."""
        hidden = name == PAY and self._context.pay_hidden
        return "" if hidden or not detail.code else f"{name} of {detail.code}"

    # --- showing ------------------------------------------------------------------------------------------------------

    def _on_read(self, roster: Roster) -> None:
        self._roster = roster
        self.stack.setCurrentIndex(1 if roster.members else 0)
        self.shared.setVisible(bool(roster.members))
        if not roster.members:
            return
        if self.detail is None:
            self.detail = self._make_detail(roster.lines)
        self.model.set_rows(list(roster.members))
        self._select()

    def _select(self) -> None:
        """The person picked last, else the first."""
        picked = self._picked.casefold()
        if not self.table.select_record(lambda one: one.code.casefold() == picked):
            self.table.select_record(lambda one: True)
        chosen = self.table.selected_record
        if chosen is not None:
            self._read_sheet(chosen.code)

    def _on_selected(self, one: Member | None) -> None:
        if one is not None and one.code != self._picked:
            self._read_sheet(one.code)

    def _read_sheet(self, code: str) -> None:
        if self.detail is not None and self.detail.code != code:
            self.detail.forget()
        self._picked = code
        self._context.state.write(_PICKED, code)
        self._context.ask(person_sheets.sheet, code, self._context.now(), on_finished=self._on_sheet_read)

    def _on_sheet_read(self, sheet: Sheet) -> None:
        if self.detail is not None and self._roster is not None and sheet.member.code == self._picked:
            self.detail.show_sheet(sheet, self._roster.members, self._context.pay_hidden)

    # --- changing -----------------------------------------------------------------------------------------------------

    def _author(self) -> Any:
        return previews.author_at(self._context.now())

    def _on_fact_changed(self, texts: dict[str, str]) -> None:
        self._context.ask(
            people.change,
            self._picked,
            texts,
            self._author(),
            self._context.today(),
            on_finished=self._on_done,
            on_failed=self._on_fact_refused,
        )

    def _on_fact_refused(self, error: BaseException) -> None:
        if not isinstance(error, FieldError):
            raise error
        if self.detail is not None:
            self.detail.facts.show_problems(error.reasons)

    def _on_grid_kept(self, name: str, lines: Sequence[Line]) -> None:
        fixed: dict[str, Any] = {OWNER[name]: self._picked}
        if name == TARGETS:
            fixed["level"] = None
        label = self.tr("Change {what} of {who}").format(what=name, who=self._name_of(self._picked))
        self._context.ask(
            person_sheets.save, name, fixed, list(lines), label, self._author(), self._context.today(),
            on_finished=lambda done: self._on_grid_saved(name, done),
        )  # fmt: skip

    def _on_grid_saved(self, name: str, done: Outcome) -> None:
        if self.detail is None:
            return
        if done.wrong:
            self.detail.editors[name].show_wrong(done.wrong)
            return
        self.detail.editors[name].note_kept()
        self._on_done(done.changes)
        if not done.changes.changed:
            self._read_sheet(self._picked)

    def _name_of(self, code: str) -> str:
        found = self._roster.members if self._roster is not None else ()
        return next((one.name for one in found if one.code == code), code)

    def _on_done(self, changes: Changes) -> None:
        if changes.changed:
            self.status_message.emit(self.tr("Kept: {what}. Ctrl+Z takes it back.").format(what=changes.label))
            self.book_changed.emit(changes)

    # --- who comes and goes -------------------------------------------------------------------------------------------

    def _on_add_asked(self) -> None:
        self._context.ask(people.free_code, on_finished=self._ask_who_is_new)

    def _ask_who_is_new(self, code: str) -> None:
        dialog = NewPersonDialog(code, self)
        typed = TypedWords(self._context, dialog, dialog, "new person")
        dialog.accepted.connect(typed.settle)
        dialog.asked.connect(lambda code, texts: self._add(dialog, code, texts))
        self._open(dialog)

    def _add(self, dialog: NewPersonDialog, code: str, texts: dict[str, str]) -> None:
        def on_failed(error: BaseException) -> None:
            if not isinstance(error, FieldError):
                raise error
            if self.dialog is dialog:
                dialog.show_problems(error.reasons)

        def on_finished(changes: Changes) -> None:
            # by now Esc may have closed it
            if self.dialog is dialog:
                dialog.accept()
            self._picked = code.strip()
            self._on_done(changes)

        self._context.ask(
            people.add, code, texts, self._author(), self._context.today(), on_finished=on_finished, on_failed=on_failed
        )

    def _on_rehire_asked(self, code: str) -> None:
        known = self._roster.members if self._roster is not None else ()
        left = next((one.facts["left_on"] for one in known if one.code == code), None)
        last = None if left is None else date.fromisoformat(str(left)[:10])
        dialog = RehireDialog(self._name_of(code), self._context.today(), last, self)
        dialog.accepted.connect(lambda: self._rehire(code, dialog))
        self._open(dialog)

    def _rehire(self, code: str, dialog: RehireDialog) -> None:
        self._context.ask(people.rehire, code, dialog.chosen, self._author(), on_finished=self._on_done)

    def _on_leave_asked(self, code: str) -> None:
        if self._roster is None:
            return
        leaver = next(one for one in self._roster.members if one.code == code)
        others = [one for one in self._roster.members if one.code in self._roster.here and one.code != code]
        dialog = LeavingDialog(leaver, others, self._context.today(), self)
        dialog.plan_asked.connect(lambda order: self._plan(dialog, order))
        dialog.confirmed.connect(self._hand_over)
        self._open(dialog)
        self._plan(dialog, dialog.order)

    def _plan(self, dialog: LeavingDialog, order: Order) -> None:
        def on_failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            if self.dialog is dialog:
                dialog.show_problem(error)

        def on_finished(plan: Plan) -> None:
            # by now Esc may have closed it
            if self.dialog is dialog and dialog.order == plan.order:
                dialog.show_plan(plan)

        self._context.ask(
            offboarding.plan, order, self._context.now(), on_finished=on_finished, on_failed=on_failed,
            label=self.tr("Adding up"),
        )  # fmt: skip

    def _hand_over(self, plan: Plan) -> None:
        self._context.ask(
            offboarding.apply, plan, self._author(), on_finished=self._on_handed_over, label=self.tr("Handing over")
        )

    def _on_handed_over(self, changes: Changes) -> None:
        self._on_done(changes)
        self.undo_offered.emit(self.tr("Done: {what}").format(what=changes.label))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._on_dialog_gone(dialog))
        self.dialog = dialog
        # not exec: whoever asked goes on
        dialog.open()

    def _on_dialog_gone(self, dialog: QDialog) -> None:
        # by then the next one may be open
        if self.dialog is dialog:
            self.dialog = None

    # --- targets of the agency ----------------------------------------------------------------------------------------

    def _on_shared_asked(self) -> None:
        self._context.ask(
            person_sheets.levels, self._context.today(),
            on_finished=lambda found: self._context.ask(
                person_sheets.shared_targets, on_finished=lambda lines: self._show_shared(lines, words.by_level(found))
            ),
        )  # fmt: skip

    def _show_shared(self, lines: Sequence[Line], today: str) -> None:
        known = self._roster.lines if self._roster is not None else ()
        editor = GridEditor(
            self.tr("Targets of the agency and the levels"),
            words.target_columns(known, own=False),
            self.tr(
                "With a level a target holds for everybody of it; without one it is the agency's. Activity counts per "
                "week, results per month."
            )
            + f"\n{today}",
            spare=4,
        )
        keep_drafts(self._context, editor, lambda: "targets of the agency")
        editor.show_lines(lines)
        editor.kept.connect(lambda found: self._keep_shared(editor, found))
        self.shared_editor = editor
        self.sheet_opened.emit(self.tr("Agency and level targets"), editor, self.tr("From their day on"))

    def _keep_shared(self, editor: GridEditor, lines: Sequence[Line]) -> None:
        def on_finished(done: Outcome) -> None:
            # by now its drawer may be closed
            if not isValid(editor):
                self._on_done(done.changes)
            elif done.wrong:
                editor.show_wrong(done.wrong)
            else:
                editor.note_kept()
                self._on_done(done.changes)
                self._context.ask(person_sheets.shared_targets, on_finished=editor.show_lines)

        label = self.tr("Change the agency's targets")
        self._context.ask(
            person_sheets.save, TARGETS, {"producer_code": None}, list(lines), label, self._author(),
            self._context.today(), on_finished=on_finished,
        )  # fmt: skip

    def _on_exported(self, file: Path) -> None:
        self.status_message.emit(self.tr("Written to {file}").format(file=file))
