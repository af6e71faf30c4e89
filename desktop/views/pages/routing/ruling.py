"""The rule editor: rules as sentences in their order, with hits, dragged or moved by keys, edited beside.

Edits are gathered until they are kept, so that they can be tried and replayed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.core import rule_words
from desktop.core.rules import Action, Condition, Group, Rule
from desktop.services import previews, rule_history, rules, speed, trials
from desktop.services.edits import Changes
from desktop.services.rules import RuleLine
from desktop.views import theme
from desktop.views.pages.routing.history import HistoryPanel
from desktop.views.pages.routing.rule_form import RuleForm
from desktop.views.pages.routing.unkept_rules import UnkeptRules
from desktop.views.pages.routing.words import say
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import NamedTabs


class RulesTab(QWidget):
    """The rules as they are being edited. `changed` carries what was kept, `edited` that the list is another."""

    changed = Signal(object)
    edited = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._kept: tuple[Rule, ...] = ()
        self._hits: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self.rules: list[Rule] = []
        self.form = RuleForm()
        self.form.taken.connect(self._on_form_taken)
        self.unkept = UnkeptRules(context, self)
        self.unkept.offered.connect(self._on_offered)
        self.form.typed.connect(self._note)
        self._arrange()

    def _arrange(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(say("Routing rules, first match first"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.model().rowsMoved.connect(self._on_dragged)
        help_text = say(
            "The first rule that fits decides. Drag a rule, or move it with Alt+Up and Alt+Down; Space switches it off."
        )
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(Label(help_text, "caption", "quiet", wrap=True))
        lines.addWidget(self.list, 1)
        self.before = Label(say("Edited before and not kept yet."), "caption", "near", wrap=True)
        self.before.hide()
        lines.addWidget(self.before)
        lines.addLayout(self._foot())
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.history = HistoryPanel(self._context, rule_history.RULES, lambda: self.dirty)
        self.history.restored.connect(self._on_restored)
        self.beside = NamedTabs(say("Rule and history"))
        self.beside.addTab(self.form, say("Rule"))
        self.beside.addTab(self.history, say("History"))
        split.addWidget(left)
        split.addWidget(self.beside)
        self.beside.setMinimumWidth(theme.current().px(576))
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.current().unit(), 0, 0)
        whole.addWidget(split, 1)

    def _foot(self) -> QHBoxLayout:
        self.add = Button(say("New Rule"), icon="plus")
        self.up = IconButton("arrow-up", say("Move Up"))
        self.down = IconButton("arrow-down", say("Move Down"))
        self.delete = IconButton("trash", say("Delete Rule"))
        self.leave = Button(say("Leave as It Was"), "quiet")
        self.keep = Button(say("Keep Rules"), "main", "save")
        self.add.clicked.connect(self.add_rule)
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.delete.clicked.connect(self.delete_rule)
        self.leave.clicked.connect(lambda: self._take(self._kept, self.list.currentRow()))
        self.keep.clicked.connect(self.save)
        row = QHBoxLayout()
        for one in (self.add, self.up, self.down, self.delete):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        return row

    # --- reading -----------------------------------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether the rules differ from those kept."""
        return tuple(self.rules) != self._kept

    def refresh(self) -> None:
        """Reads the rules anew; edits that were not kept stay."""
        self._context.ask(trials.choices, on_finished=self._on_choices_read)
        self._context.ask(rules.listed, self._context.now(), on_finished=self._on_read)
        self._context.ask(speed.advise, self._context.now(), on_finished=self.form.set_advice)
        self.history.refresh()

    def _on_choices_read(self, found: tuple[list[tuple[str, str]], list[str]]) -> None:
        people, lines = found
        self._names = dict(people)
        self.form.set_choices(people, lines)
        self._fill(self.list.currentRow())

    def _on_read(self, found: tuple[RuleLine, ...]) -> None:
        edited = self.dirty
        self._hits = {one.rule.id: one.hits for one in found}
        self._kept = tuple(one.rule for one in found)
        if not edited:
            self.unkept.look(self._kept)
        self._take(self.rules if edited and self.rules else self._kept, max(self.list.currentRow(), 0))

    def _take(self, found: Sequence[Rule], row: int) -> None:
        self.rules = list(found)
        self.before.setVisible(self.before.isVisibleTo(self) and self.dirty)
        self._fill(row)
        self._note()
        self.edited.emit()

    def _note(self) -> None:
        """What stands in list and form outlives a crash."""
        standing = self.form.standing
        rules = [standing if standing is not None and one.id == standing.id else one for one in self.rules]
        self.unkept.note(self._kept, rules)

    def _on_offered(self, edited: Sequence[Rule]) -> None:
        if not self.dirty:
            self.before.show()
            self._take(edited, max(self.list.currentRow(), 0))

    def _fill(self, row: int) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for at, rule in enumerate(self.rules):
                self.list.addItem(self._item(at, rule))
            self.list.setCurrentRow(min(max(row, 0), len(self.rules) - 1))
        self._on_row_changed(self.list.currentRow())

    def _item(self, at: int, rule: Rule) -> QListWidgetItem:
        said = rule_words.sentence(rule, self._names)
        hits = self._hits.get(rule.id, 0)
        below = [say("1 lead in 90 days") if hits == 1 else say("{} leads in 90 days").format(f"{hits:,}")]
        hidden = rule_words.shadow_of(rule, self.rules[:at])
        if hidden is not None:
            place = next(number for number, one in enumerate(self.rules, 1) if one.id == hidden)
            below.append(say("never reached: rule {} takes every such lead").format(place))
        if rule.when is None:
            below.append(say("always the last"))
        made = QListWidgetItem(f"{at + 1}. {rule.name}\n{said}\n{' · '.join(below)}")
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if rule.when is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsUserCheckable
            made.setCheckState(Qt.CheckState.Checked if rule.enabled else Qt.CheckState.Unchecked)
        made.setFlags(flags)
        made.setData(Qt.ItemDataRole.UserRole, rule.id)
        look = theme.current()
        made.setSizeHint(QSize(0, look.row_height * 3))
        if hidden is not None:
            made.setForeground(look.colour("near"))
            made.setIcon(look.icon("warning", "near"))
        elif not rule.enabled:
            made.setForeground(look.colour("quiet"))
        return made

    # --- editing -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves a rule, Delete deletes it, Enter goes to its form."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.delete_rule()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.form.name.setFocus()
                return True
        return super().eventFilter(watched, event)

    def shift(self, by: int) -> None:
        """Moves the chosen rule up or down; the default stays last."""
        at = self.list.currentRow()
        to = at + by
        if 0 <= at < len(self.rules) - 1 and 0 <= to < len(self.rules) - 1:
            found = list(self.rules)
            found.insert(to, found.pop(at))
            self._take(found, to)

    def add_rule(self) -> None:
        """A new rule before the chosen one, switched off until it is described."""
        taken = {rule.id for rule in self.rules}
        number = next(one for one in range(1, len(taken) + 2) if f"rule-{one}" not in taken)
        when = Group(True, (Condition("line", "is", ""),))
        made = Rule(f"rule-{number}", say("New rule"), Action(model="weighted"), when, enabled=False)
        at = min(max(self.list.currentRow(), 0), len(self.rules) - 1)
        self._take([*self.rules[:at], made, *self.rules[at:]], at)
        self.form.name.setFocus()
        self.form.name.selectAll()

    def delete_rule(self) -> None:
        """Deletes the chosen rule; the default stays."""
        at = self.list.currentRow()
        if 0 <= at < len(self.rules) and self.rules[at].when is not None:
            self._take([*self.rules[:at], *self.rules[at + 1 :]], at)

    def save(self) -> None:
        """Keeps the rules in this order."""
        author = previews.author_at(self._context.now())
        self._context.ask(rules.replace_all, list(self.rules), author, on_finished=self._on_kept)

    def _on_kept(self, changes: Changes) -> None:
        self._kept = tuple(self.rules)
        self.changed.emit(changes)
        self.refresh()

    def _on_restored(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def _on_row_changed(self, row: int) -> None:
        chosen = self.rules[row] if 0 <= row < len(self.rules) else None
        self.form.show_rule(chosen, self._names)
        bare = chosen is None or chosen.when is None
        self.delete.setEnabled(not bare)
        self.up.setEnabled(not bare and row > 0)
        self.down.setEnabled(not bare and row < len(self.rules) - 2)
        self.keep.setEnabled(self.dirty)
        self.leave.setVisible(self.dirty)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        at = self.list.row(item)
        enabled = item.checkState() == Qt.CheckState.Checked
        if self.rules[at].when is not None and self.rules[at].enabled != enabled:
            self._put(at, replace(self.rules[at], enabled=enabled))

    def _on_form_taken(self, rule: Rule) -> None:
        at = next((number for number, one in enumerate(self.rules) if one.id == rule.id), None)
        if at is not None:
            self._put(at, rule)

    def _put(self, at: int, rule: Rule) -> None:
        found = list(self.rules)
        found[at] = rule
        self._take(found, at)

    def _on_dragged(self) -> None:
        order = [self.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.list.count())]
        by_id = {rule.id: rule for rule in self.rules}
        found = sorted((by_id[one] for one in order), key=lambda rule: rule.when is None)
        self._take(found, self.list.currentRow())
