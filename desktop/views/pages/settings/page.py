"""The settings page: sections at the left, the chosen one at the right; every change is one undoable step.

Wiring alone: preferences are the service's, panels ask by signal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.services import preferences, previews, trail
from desktop.services.edits import Changes
from desktop.services.grids import Line, Outcome
from desktop.services.preferences import Preferences
from desktop.views import theme
from desktop.views.dialogs.drafting import keep_drafts
from desktop.views.pages.settings.agency import AgencyPanel
from desktop.views.pages.settings.channel import Channeling
from desktop.views.pages.settings.hours import HoursPanel
from desktop.views.pages.settings.mail import MailPanel, mail_service
from desktop.views.pages.settings.panels import Field, FormPanel, GridPanel, HolidaysPanel, Panel
from desktop.views.pages.settings.program import ProgramPanel
from desktop.views.pages.settings.sealing import Sealing
from desktop.views.pages.settings.texting import TextPanel, text_service
from desktop.views.pages.settings.trail import TrailPanel
from desktop.views.pages.settings.words import say
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label, SectionTitle
from desktop.views.widgets.page import Page
from desktop.views.widgets.rail import Group

_SECTION = "settings.section"


class SettingsPage(Page):
    """What the agency decides about its book."""

    key = "settings"
    group = Group.DATA
    icon_name = "settings"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Settings"))
        self._context = context
        self.header.add_search(self.tr("Find a setting"))
        self.header.searched.connect(self._on_searched)
        self.sections = QListWidget()
        self.sections.setAccessibleName(self.tr("Sections"))
        self.stack = QStackedWidget()
        self.nothing = Label(self.tr("No setting is called that."), tone="quiet", wrap=True)
        self.nothing.setVisible(False)
        self.panels: dict[str, Panel] = {}
        self._read: Preferences | None = None
        self._unfilled: set[str] = set()
        self._arrange()
        self._build()
        self.sections.currentItemChanged.connect(self._on_section_changed)
        self.show_section(str(context.state.read(_SECTION, "agency")))
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def refresh(self) -> None:
        """Reads everything anew."""
        self._context.ask(
            preferences.read, self._context.today(), on_finished=self._on_read, label=self.tr("Reading the settings")
        )
        for channel in self.channels:
            channel.refresh()
        self._context.ask(trail.lines, self._context.pay_hidden, on_finished=self.trail.show_lines)
        self.sealing.refresh()

    def arrive(self, argument: object) -> None:
        """The key of a section."""
        if isinstance(argument, str):
            self.show_section(argument)

    def show_section(self, key: str) -> None:
        """Shows a section by its key; the first one for a key there is not."""
        rows = [self.sections.item(at) for at in range(self.sections.count())]
        found = next((item for item in rows if item.data(Qt.ItemDataRole.UserRole) == key), rows[0])
        self.sections.setCurrentItem(found)

    def export_actions(self) -> list[tuple[str, str]]:
        """The audit trail."""
        return [("trail", self.tr("What Changed…"))]

    def export(self, key: str) -> None:
        """Asks where to and writes the audit trail as it is shown."""
        from desktop.views.dialogs.printing import ask_target, save_table

        target = ask_target(self, self.tr("Save what changed"), "what-changed", "xlsx")
        if target is not None:
            save_table(
                self._context, self.trail.table, self.tr("What changed"), "", target,
                lambda _: self._on_exported(target),
            )  # fmt: skip

    def print_page(self) -> bool:
        """Prints the audit trail, where that is what is shown."""
        from desktop.views.dialogs.printing import print_table

        if self.sections.currentItem().data(Qt.ItemDataRole.UserRole) != "trail":
            return False
        return print_table(self._context, self.trail.table, self.tr("What changed"), "", self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """Each section once."""
        return [(self._picture_of(key), partial(self.show_section, key)) for key in self.panels]

    def _picture_of(self, key: str) -> str:
        return self.key if key == "agency" else f"{self.key}-{key}"

    # --- layout -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.agency = AgencyPanel()
        self.agency.logo_changed.connect(self._on_logo_changed)
        self.mail = MailPanel()
        self.texting = TextPanel()
        self.channels = (
            Channeling(self.mail, mail_service(), self._context, self._on_done),
            Channeling(self.texting, text_service(), self._context, self._on_done),
        )
        self.program = ProgramPanel(self._context.state)
        self.program.backups_chosen.connect(self._on_backups_chosen)
        self.program.watch_asked.connect(lambda: self.page_requested.emit("import", None))
        self.trail = TrailPanel(self._context.state)
        self.trail.export_asked.connect(lambda: self.export("trail"))
        self._add("agency", self.tr("Agency"), self.agency)
        self._add("hours", self.tr("Business hours"), HoursPanel())
        self._add("holidays", self.tr("Holidays"), HolidaysPanel(self._context.today))
        self._add("lines", self.tr("Lines"), GridPanel({"lines": self.tr("Lines of insurance")}))
        self._add("carriers", self.tr("Carriers"), GridPanel({"carriers": self.tr("Carriers' usual commission")}))
        self._add("sources", self.tr("Sources"), GridPanel({"sources": self.tr("Lead sources and costs")}))
        self._add("bands", self.tr("KPI bands"), GridPanel({"bands": self.tr("KPI bands")}))
        self._add("stages", self.tr("Stage times"), GridPanel({"expected_days": self.tr("Expected days by stage")}))
        self._add("routing", self.tr("Lead routing"), self._routing())
        self._add("activity", self.tr("Activity and vesting"), self._activity())
        self._add("mail", self.tr("Mail server"), self.mail)
        self._add("texts", self.tr("Text service"), self.texting)
        self.sealing = Sealing(self, self._context)
        self._add("signing", self.tr("Signing"), self.sealing.panel)
        self._add("program", self.tr("This computer"), self.program)
        self._add("trail", self.tr("What changed"), self.trail)

    def _routing(self) -> GridPanel:
        form = FormPanel(
            (
                Field("routing.overflow", say("&Overflow"), say("Takes leads that nobody is eligible for.")),
                Field("routing.cap_active", say("Most active &leads of one producer"), number=True),
                Field("routing.cap_day", say("Most new leads a &day"), number=True),
                Field("ladder.business", say("The ladder runs in &business hours only"), flag=True),
            )
        )
        titles = {"routing.weights": say("Weights of the score"), "ladder.minutes": say("When nobody answers")}
        return GridPanel(titles, form)

    def _activity(self) -> GridPanel:
        vesting = Field(
            "vesting_months",
            say("&Vesting months"),
            say("A policy that ends within these months costs commission back."),
            number=True,
        )
        return GridPanel({"activity.weights": say("Points of the activity score")}, FormPanel((vesting,)))

    def _add(self, key: str, title: str, panel: Panel) -> None:
        self.panels[key] = panel
        panel.changed.connect(lambda values: self._on_changed(panel, values))
        form = panel.form if isinstance(panel, GridPanel) else panel
        if isinstance(form, FormPanel):
            form.keep_drafts(self._context, f"settings of {key}")
        if isinstance(panel, HoursPanel | HolidaysPanel):
            panel.keep_drafts(self._context)
        if isinstance(panel, GridPanel):
            panel.kept.connect(lambda name, lines: self._on_kept(panel, name, lines))
            for name, editor in panel.editors.items():
                keep_drafts(self._context, editor, partial("settings: {}".format, name))
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, key)
        self.sections.addItem(item)
        self._frame(title, panel)

    def _frame(self, title: str, panel: Panel) -> None:
        # from the outside in: whatever gets a new parent is styled anew with all that is in it
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack.addWidget(area)
        holder = QWidget()
        holder.setObjectName("plain")
        area.setWidget(holder)
        lines = QVBoxLayout(holder)
        look = theme.current()
        lines.setContentsMargins(look.unit(2), 0, 0, 0)
        lines.setSpacing(look.unit(1.5))
        lines.addWidget(SectionTitle(title))
        lines.addWidget(panel, 1 if panel.grows else 0)
        if not panel.grows:
            lines.addStretch(1)

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.sections, 1)
        left.addWidget(self.nothing)
        row = QHBoxLayout()
        row.addLayout(left)
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.sections.setFixedWidth(look.px(190))
        for at in range(self.sections.count()):
            self.sections.item(at).setSizeHint(QSize(0, look.px(30)))

    # --- what happens -------------------------------------------------------------------------------------------------

    def _on_read(self, found: Preferences) -> None:
        self._read, self._unfilled = found, set(self.panels)
        self._fill_section()

    def _fill_section(self) -> None:
        """Fills the section that is shown; all of them at once would hold up the window."""
        key = self.sections.currentItem().data(Qt.ItemDataRole.UserRole)
        if self._read is not None and key in self._unfilled:
            self._unfilled.remove(key)
            self.panels[key].show_preferences(self._read)

    def _on_section_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.stack.setCurrentIndex(self.sections.row(item))
            self._context.state.write(_SECTION, item.data(Qt.ItemDataRole.UserRole))
            self._fill_section()

    def _on_searched(self, text: str) -> None:
        """Keeps the sections that hold the words, and goes to the first of them."""
        wanted = text.casefold().split()
        first = None
        for at in range(self.sections.count()):
            item = self.sections.item(at)
            known = " ".join((item.text(), *self.panels[item.data(Qt.ItemDataRole.UserRole)].texts()))
            hit = all(word in known.replace("&", "").casefold() for word in wanted)
            item.setHidden(not hit)
            first = item if hit and first is None else first
        self.nothing.setVisible(first is None)
        if first is not None and wanted and self.sections.currentItem().isHidden():
            self.sections.setCurrentItem(first)

    def _author(self) -> Any:
        return previews.author_at(self._context.now())

    def _on_changed(self, panel: Panel, values: dict[str, Any]) -> None:
        self._context.ask(
            preferences.change,
            values,
            self._author(),
            on_finished=self._on_done,
            on_failed=lambda error: self._on_refused(panel, list(values), error),
        )

    def _on_logo_changed(self, image: bytes | None) -> None:
        self._context.ask(preferences.change_logo, image, self._author(), on_finished=self._on_done)

    def _on_kept(self, panel: GridPanel, name: str, lines: Sequence[Line]) -> None:
        self._context.ask(
            preferences.keep_table,
            name,
            tuple(lines),
            self._author(),
            self._context.today(),
            on_finished=lambda done: self._on_table_kept(panel, name, done),
        )

    def _on_table_kept(self, panel: GridPanel, name: str, done: Outcome) -> None:
        if done.wrong:
            panel.editors[name].show_wrong(done.wrong)
            return
        panel.editors[name].note_kept()
        if done.changes.changed:
            self._on_done(done.changes)
        else:
            self.refresh()

    def _on_done(self, changes: Changes) -> None:
        if changes.changed:
            self.status_message.emit(self.tr("Kept: {what}. Ctrl+Z takes it back.").format(what=changes.label))
            self.book_changed.emit(changes)

    def _on_refused(self, panel: Panel, keys: Sequence[str], error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        panel.show_problem(keys, f"{error.what.partition(': ')[2] or error.what} {error.what_to_do}")

    def _on_backups_chosen(self, folder: Path) -> None:
        self._context.ask(
            preferences.keep_copies_in,
            folder,
            on_finished=self._on_backups_kept,
            on_failed=lambda error: self._on_refused(self.program, [], error),
        )

    def _on_backups_kept(self, folder: Path) -> None:
        self._context.state.write(preferences.COPIES_FOLDER, str(folder))
        self.program.form.set_error(self.program.backups_row, "")
        self.refresh()

    def _on_exported(self, file: Path) -> None:
        self.status_message.emit(self.tr("Written to {file}").format(file=file))
