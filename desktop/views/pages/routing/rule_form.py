"""One rule as a form: groups of conditions joined by and or or, and who then gets the lead; its sentence as it stands.

Gathers the JSON shape of a rule; whether it can be used is `core.rules`'s to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.core import rule_words
from desktop.core import rules as routing_rules
from desktop.core.rules import Condition, Group, Rule
from desktop.core.speed import Advice
from desktop.errors import UserError
from desktop.views import theme
from desktop.views.pages.routing import words
from desktop.views.pages.routing.conditions import ConditionRow
from desktop.views.pages.routing.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Card, Label


class RuleForm(Card):
    """The form of one rule; `taken` carries it when it is right and its button was pressed, `typed` tells of edits."""

    taken = Signal(object)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rule: Rule | None = None
        self._shown: Rule | None = None
        self._names: Mapping[str, str] = {}
        self._lines: Sequence[str] = ()
        self._deep = False
        self.rows: list[ConditionRow] = []
        self._arrange()
        self.show_rule(None, {})

    def _arrange(self) -> None:
        self.head = FormBuilder(label_width=90)
        self.name = self.head.add_row(say("&Name"), QLineEdit())
        self.name.textEdited.connect(self._say)
        self.body.addWidget(self.head)
        self.join = QComboBox()
        self.join.setAccessibleName(say("How the groups are joined"))
        self.join.addItem(say("When every group fits"), True)
        self.join.addItem(say("When any group fits"), False)
        self.join.currentIndexChanged.connect(self._say)
        self.body.addWidget(self.join)
        self._box = QVBoxLayout()
        self._box.setSpacing(theme.current().unit())
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(self._box)
        lines.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(say("Conditions of the rule"))
        area.setWidgetResizable(True)
        area.setWidget(holder)
        self.body.addWidget(area, 1)
        self.more = Button(say("Add Condition"), icon="plus")
        self.more.clicked.connect(self._on_more_clicked)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._targets())
        self.advice = Label("", "caption", "quiet", wrap=True)
        self.body.addWidget(self.advice)
        self.sentence = Label("", "body", "ink", wrap=True)
        self.body.addWidget(self.sentence)
        self.take = Button(say("Take Over"), icon="check")
        self.take.clicked.connect(self._on_take_clicked)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take)
        self.body.addLayout(foot)

    def _targets(self) -> FormBuilder:
        form = FormBuilder(label_width=90)
        self.target = form.add_row(say("&Goes to"), QComboBox())
        for said, key in ((say("One producer"), "producer"), (say("A pool"), "pool"), (say("Everybody"), "all")):
            self.target.addItem(said, key)
        self.producer = form.add_row(say("&Producer"), QComboBox())
        self.pool = form.add_row(say("P&ool"), QLineEdit(), say("Producer codes with semicolons between"))
        self.model = form.add_row(say("&By"), QComboBox())
        for key in routing_rules.MODELS:
            self.model.addItem(words.model(key), key)
        for one in (self.target, self.producer, self.model):
            one.currentIndexChanged.connect(self._say)
        self.pool.textEdited.connect(self._say)
        return form

    # --- showing -----------------------------------------------------------------------------------------------------

    def set_choices(self, people: Sequence[tuple[str, str]], lines: Sequence[str]) -> None:
        """Offers these producers (code, name) and lines of insurance."""
        self._lines = tuple(lines)
        with QSignalBlocker(self.producer):
            self.producer.clear()
            for code, name in people:
                self.producer.addItem(name, code)
        self.show_rule(self._rule, self._names)

    def set_advice(self, found: Advice) -> None:
        """Says beside the picker which model suits the agency, and marks it there."""
        self.advice.setText(words.advice(found))
        for at, key in enumerate(routing_rules.MODELS):
            suits = say("{} (suits this agency)").format(words.model(key))
            self.model.setItemText(at, suits if key == found.model else words.model(key))

    def show_rule(self, rule: Rule | None, names: Mapping[str, str]) -> None:
        """Shows a rule, or nothing."""
        self._rule, self._names = None, names
        self.setEnabled(rule is not None)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        self._deep = rule is not None and _is_deep(rule.when)
        bare = rule is None or rule.when is None
        self.more.setVisible(not bare and not self._deep)
        self.name.setText("" if rule is None else rule.name)
        if rule is not None:
            self._show_conditions(rule.when)
            self._show_target(rule)
        self._rule = rule
        self._shown = self._as_typed()
        self._say()

    def _show_conditions(self, when: Group | None) -> None:
        if when is None or self._deep:
            return
        self.join.setCurrentIndex(0 if when.every else 1)
        plain = all(isinstance(one, Condition) for one in when.members)
        if plain:
            # one group whose own members are joined as the rule says
            for one in when.members:
                if isinstance(one, Condition):
                    self._add(0, when.every, one)
            return
        for number, member in enumerate(when.members):
            group = member if isinstance(member, Group) else Group(True, (member,))
            for condition in group.members:
                if isinstance(condition, Condition):
                    self._add(number, group.every, condition)

    def _show_target(self, rule: Rule) -> None:
        action = rule.then
        key = "producer" if action.producer else "pool" if action.pool else "all"
        self.target.setCurrentIndex(self.target.findData(key))
        if action.producer:
            if self.producer.findData(action.producer) < 0:
                self.producer.addItem(action.producer, action.producer)
            self.producer.setCurrentIndex(self.producer.findData(action.producer))
        self.pool.setText("; ".join(action.pool))
        self.model.setCurrentIndex(self.model.findData(action.model or "weighted"))

    def _add(self, group: int, every: bool, condition: Condition | None) -> ConditionRow:
        row = ConditionRow(group, every, condition, self._lines)
        row.changed.connect(self._say)
        row.removed.connect(self._on_removed)
        self.rows.append(row)
        self._box.addWidget(row)
        return row

    def _on_more_clicked(self) -> None:
        last = self.rows[-1] if self.rows else None
        row = self._add(last.group if last else 0, last.every if last else True, None)
        row.field.setFocus()
        self._say()

    def _on_removed(self, row: QWidget) -> None:
        self.rows = [one for one in self.rows if one is not row]
        row.hide()
        row.deleteLater()
        self._say()

    # --- gathering ---------------------------------------------------------------------------------------------------

    def rule(self) -> Rule:
        """The rule as it stands. UserError where it cannot be used."""
        if self._rule is None:
            raise UserError(say("No rule is chosen."), say("Choose one in the list."))
        key = self.target.currentData()
        then: dict[str, object] = {"model": self.model.currentData()}
        if key == "producer":
            then = {"producer": self.producer.currentData()}
        elif key == "pool":
            pool = [one.strip() for one in self.pool.text().split(";") if one.strip()]
            if not pool:
                raise UserError(say("The pool is empty."), say("Name at least one producer."))
            then["pool"] = pool
        one: dict[str, object] = {
            "id": self._rule.id, "name": self.name.text().strip() or self._rule.name,
            "enabled": self._rule.enabled, "then": then,
        }  # fmt: skip
        if self._rule.when is not None:
            one["when"] = routing_rules.write([self._rule])[0]["when"] if self._deep else self._when()
        return routing_rules.read([one])[0]

    @property
    def standing(self) -> Rule | None:
        """The rule as typed, as far as it can be used: else under its new name alone. Untouched it is the one shown."""
        typed = self._as_typed()
        # the form says some rules in other groups than they were written in
        return self._rule if typed == self._shown else typed

    def _as_typed(self) -> Rule | None:
        try:
            return self.rule()
        except UserError:
            return None if self._rule is None else replace(self._rule, name=self.name.text().strip() or self._rule.name)

    def _when(self) -> dict[str, object]:
        groups: dict[int, list[ConditionRow]] = {}
        for row in self.rows:
            groups.setdefault(row.group, []).append(row)
        if not groups:
            raise UserError(say("The rule has no condition."), say("Add one, or change the last rule instead."))
        made: list[dict[str, object]] = [
            {"all" if rows[0].every else "any": [row.written() for row in rows]}
            for _number, rows in sorted(groups.items())
        ]
        if len(made) == 1:
            return made[0]
        return {"all" if self.join.currentData() else "any": made}

    def _say(self) -> None:
        """The sentence as it stands, or what is wrong."""
        groups = {row.group for row in self.rows}
        self.join.setVisible(len(groups) > 1)
        for at, row in enumerate(self.rows):
            row.set_first(not any(one.group == row.group for one in self.rows[:at]), self.rows)
        key = self.target.currentData()
        self.producer.setEnabled(key == "producer")
        self.pool.setEnabled(key == "pool")
        self.model.setEnabled(key != "producer")
        if self._rule is None:
            self.sentence.setText(say("Choose a rule to see and change it."))
            self.take.setEnabled(False)
            return
        self.typed.emit()
        try:
            rule = self.rule()
        except UserError as error:
            self.sentence.set_tone("bad")
            self.sentence.setText(error.what)
            self.take.setEnabled(False)
            return
        self.sentence.set_tone("ink")
        self.sentence.setText(rule_words.sentence(rule, self._names))
        self.take.setEnabled(rule not in (self._rule, self._shown))

    def _on_take_clicked(self) -> None:
        self.taken.emit(self.rule())


def _is_deep(when: Group | None) -> bool:
    """Whether groups stand in groups of groups, which the form does not show."""
    if when is None:
        return False
    inner = [one for one in when.members if isinstance(one, Group)]
    return any(isinstance(one, Group) for group in inner for one in group.members)
