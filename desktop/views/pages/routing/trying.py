"""Trying a lead, and replaying a past period, under the rules as they are being edited.

Says who gets it, why, and what would have had to differ; decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.core.periods import Filter
from desktop.core.rules import Rule
from desktop.errors import UserError
from desktop.services import trials
from desktop.services.simulating import Simulation
from desktop.services.trials import Standing, Trial
from desktop.views import theme
from desktop.views.pages.routing import words
from desktop.views.pages.routing.beside import make_table
from desktop.views.pages.routing.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableView
from desktop.views.widgets.banner import MessageBar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs
from desktop.views.widgets.period_picker import PeriodPicker, period_text


class TryTab(QWidget):
    """At the left a lead, at the right who would get it, or what a past period would have been."""

    def __init__(self, context: PageContext, rules: Callable[[], Sequence[Rule] | None]) -> None:
        super().__init__()
        self._context = context
        self._rules = rules
        self._trial: Trial | None = None
        self.fields: dict[str, QLineEdit] = {}
        self.messages = MessageBar()
        self.edited = Label("", "caption", "near", wrap=True)
        self.edited.setVisible(False)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._form())
        split.addWidget(self._answers())
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.current().unit(), 0, 0)
        whole.addWidget(self.edited)
        whole.addWidget(self.messages)
        whole.addWidget(split, 1)

    # --- layout ------------------------------------------------------------------------------------------------------

    def _form(self) -> QWidget:
        form = FormBuilder(label_width=100)
        titles = (
            say("First name"), say("Last name"), say("Business"), say("E-mail"), say("Phone"), say("ZIP"),
            say("State"), say("Line"), say("Source"), say("Premium"), say("Policy expires"),
        )  # fmt: skip
        for name, title in zip(trials.FIELDS, titles, strict=True):
            self.fields[name] = form.add_row(title, QLineEdit())
            self.fields[name].returnPressed.connect(self.try_lead)
        for name, text in (("first_name", "Sample"), ("last_name", "Lead"), ("email", "sample@example.com")):
            self.fields[name].setText(text)
        self.fields["phone"].setText("555-555-0142")
        self.moment = form.add_row(say("Received"), QDateTimeEdit())
        self.moment.setDisplayFormat("MM/dd/yyyy hh:mm")
        self.moment.setCalendarPopup(True)
        now = self._context.now()
        self.moment.setDateTime(QDateTime(now.year, now.month, now.day, now.hour, now.minute, 0))
        self.go = Button(say("Who Gets It?"), "main", "routing")
        self.go.clicked.connect(self.try_lead)
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, theme.current().unit(), 0)
        lines.addWidget(form)
        lines.addWidget(self.go)
        lines.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(say("The lead to try"))
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setMinimumWidth(theme.current().px(330))
        return area

    def _answers(self) -> QWidget:
        self.tabs = NamedTabs(say("Answers"))
        self.tabs.addTab(self._one_lead(), say("This lead"))
        self.tabs.addTab(self._replaying(), say("A past period again"))
        return self.tabs

    def _one_lead(self) -> QWidget:
        self.owner = Label(say("Type a ZIP and a line, then ask."), "section", strong=True, wrap=True)
        self.because = Label("", wrap=True)
        self.standings = self._standing_table()
        self.standings.row_selected.connect(self._on_standing_selected)
        self.changes = Label("", tone="quiet", wrap=True)
        holder = QWidget()
        lines = QVBoxLayout(holder)
        for one in (self.owner, self.because):
            lines.addWidget(one)
        lines.addWidget(FilteredTable(self.standings), 1)
        lines.addWidget(self.changes)
        return holder

    def _standing_table(self) -> RecordTableView:
        def part(key: str, title: str, help_text: str) -> Column:
            return Column(key, title, Kind.COUNT, lambda one: getattr(one, key), help_text,
                          text=lambda one: f"{getattr(one, key):.1f}")  # fmt: skip

        columns = [
            Column("name", say("Producer"), Kind.TEXT, lambda one: one.name, width=150),
            Column("stands", say("Stands"), Kind.TEXT, _stands, width=140),
            Column("score", say("Score"), Kind.COUNT, lambda one: one.score, text=lambda one: f"{one.score:.2f}"),
            part("capacity", say("Capacity"), say("Points for few active leads, 0 to 10")),
            part("match", say("Match"), say("Points for line and territory, 0 to 10")),
            part("close", say("Close"), say("Points for the close rate of 90 days, 0 to 10")),
            part("response", say("Response"), say("Points for answering fast, 0 to 10")),
        ]
        return make_table(self._context, "routing.standings", columns, say("Everybody who was looked at"))

    def _replaying(self) -> QWidget:
        self.picker = PeriodPicker(self._context.today, Filter.QUARTER)
        self.picker.go_back()
        self.model = QComboBox()
        self.model.setAccessibleName(say("Compared with"))
        for key in ("round_robin", "territory", "weighted", "least_loaded"):
            self.model.addItem(words.model(key), key)
        self.model.setCurrentIndex(2)
        self.whose = QComboBox()
        self.whose.setAccessibleName(say("Rules of the replay"))
        self.whose.addItem(say("Rules as they stand"), False)
        self.whose.addItem(say("Rules of the day"), True)
        self.whose.setToolTip(say("Rules of the day: each lead is routed by the rules that held when it came."))
        self.again = Button(say("Replay"), "main", "history")
        self.again.clicked.connect(self.replay)
        head = QHBoxLayout()
        head.addWidget(self.picker)
        head.addStretch(1)
        head.addWidget(self.again)
        below = QHBoxLayout()
        below.addWidget(self.whose)
        below.addWidget(Label(say("beside"), tone="quiet"))
        below.addWidget(self.model)
        below.addStretch(1)
        self.finding = Label(
            say("The leads of the period are routed again, one after the other, as if they came in now."),
            tone="quiet", wrap=True,
        )  # fmt: skip
        self.replayed = make_table(self._context, "routing.replay", _replay_columns(), say("The period replayed"))
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.addLayout(head)
        lines.addLayout(below)
        lines.addWidget(self.finding)
        lines.addWidget(FilteredTable(self.replayed), 1)
        return holder

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads what can be chosen."""
        self._context.ask(trials.choices, on_finished=self._on_choices_read)
        self.note_edited()

    def note_edited(self) -> None:
        """Says whether rules that were not kept are tried."""
        edited = self._rules() is not None
        self.edited.setVisible(edited)
        stands = say("Rules as they are being edited") if edited else say("Rules as they stand")
        self.whose.setItemText(0, stands)
        self.edited.setText(say("Tried under the rules as they are being edited, which are not kept yet."))

    def _on_choices_read(self, found: tuple[list[tuple[str, str]], list[str]]) -> None:
        offered = QCompleter(found[1], self.fields["line"])
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.fields["line"].setCompleter(offered)

    def try_lead(self) -> None:
        """Asks who would get the lead as typed."""
        texts = {name: field.text() for name, field in self.fields.items()}
        at = datetime.fromisoformat(self.moment.dateTime().toString(Qt.DateFormat.ISODate))
        self.messages.clear()
        self._context.ask(
            trials.try_texts, texts, at, self._rules(), on_finished=self._on_tried, on_failed=self._on_failed
        )

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._context.executor.failed.emit(error)
            return
        self.messages.show_error(error)

    def _on_tried(self, trial: Trial) -> None:
        self._trial = trial
        self.tabs.setCurrentIndex(0)
        self.owner.setText(say("{} gets it.").format(trial.owner) if trial.owner else say("Nobody gets it."))
        self.because.setText(trial.decision.because)
        self.standings.records.set_rows(list(trial.standings))
        passed = next((one for one in trial.standings if not one.chosen), None)
        self._on_standing_selected(passed)

    def _on_standing_selected(self, one: Standing | None) -> None:
        if one is None or self._trial is None:
            self.changes.setText("")
            return
        if one.chosen:
            self.changes.setText(say("{} is the owner.").format(one.name))
            return
        found = self._trial.changes.get(one.code, ())
        said = "; ".join(words.change(change.field, change.before, change.after) for change in found)
        self.changes.setText(
            say("It would have gone to {} with any one of these: {}.").format(one.name, said)
            if said
            else say("No change of a single figure would have given it to {}.").format(one.name)
        )

    def replay(self) -> None:
        """Replays the period under the rules as they stand, beside a model."""
        self.finding.setText(say("Replaying…"))
        self._context.ask(
            trials.replay, self.picker.period, self._context.now(), str(self.model.currentData()), self._rules(),
            bool(self.whose.currentData()), on_finished=self._on_replayed, label=say("Replaying leads"),
        )  # fmt: skip

    def _on_replayed(self, found: Simulation) -> None:
        first, other = found.models
        if not found.leads:
            self.replayed.records.set_rows([])
            self.finding.setText(
                say("No lead came in {}. Choose another period.").format(period_text(self.picker.period))
            )
            return
        said = say("{leads} leads, {period}. Under the rules {moved} would have had another owner, at most {most} for"
                   " one producer; {wins} wins to be expected, {others} by {model}.")  # fmt: skip
        self.finding.setText(
            said.format(
                leads=f"{found.leads:,}", period=period_text(self.picker.period), moved=f"{first.moved:,}",
                most=f"{first.max_load:,}", wins=f"{float(first.expected_wins):.1f}",
                others=f"{float(other.expected_wins):.1f}", model=words.model(other.model).lower(),
            )
        )  # fmt: skip
        beside = {one.producer: one for one in other.per_producer}
        self.replayed.records.set_rows([(one, beside.get(one.producer)) for one in first.per_producer])


def _replay_columns() -> list[Column]:
    return [
        Column("name", say("Producer"), Kind.TEXT, lambda row: row[0].producer_name, width=170),
        Column("rules", say("Leads by rules"), Kind.COUNT, lambda row: row[0].leads),
        Column("wins", say("Wins expected"), Kind.COUNT, lambda row: float(row[0].expected_wins),
               text=lambda row: f"{float(row[0].expected_wins):.1f}"),
        Column("model", say("Leads beside"), Kind.COUNT, lambda row: row[1].leads if row[1] else 0),
        Column("other", say("Wins expected beside"), Kind.COUNT,
               lambda row: float(row[1].expected_wins) if row[1] else 0.0,
               text=lambda row: f"{float(row[1].expected_wins):.1f}" if row[1] else "0.0"),
    ]  # fmt: skip


def _stands(one: Standing) -> str:
    return say("Gets it") if one.chosen else words.reason(one.reason) or say("Could have got it")
