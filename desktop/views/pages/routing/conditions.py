"""One condition of a rule as a row: which group it is in, what it tests, and against what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.core.rules import FIELDS, Condition, Scalar
from desktop.views.pages.routing.words import say
from desktop.views.theme import current as look
from desktop.views.widgets.buttons import IconButton
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_control

_NUMBERS = frozenset({"premium", "expires_within_days", "weekday", "hour"})


def field_words(name: str) -> str:
    """What is tested, in words."""
    return {
        "line": say("Line"), "source": say("Source"), "state": say("State"), "zip": say("ZIP"),
        "premium": say("Premium ($)"), "expires_within_days": say("Days to expiry"),
        "name_initial": say("First letter"), "weekday": say("Weekday (1 = Mon)"), "hour": say("Hour"),
    }[name]  # fmt: skip


class ConditionRow(QWidget):
    """`changed` when anything is typed; `removed` carries the row itself."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, group: int, every: bool, condition: Condition | None, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self.joined = QComboBox()
        self.joined.setAccessibleName(say("How it is joined to the conditions of its group"))
        self.joined.addItem(say("and"), True)
        self.joined.addItem(say("or"), False)
        self.joined.setCurrentIndex(0 if every else 1)
        self.place = QSpinBox()
        self.place.setRange(1, 9)
        self.place.setValue(group + 1)
        name_control(self.place, say("Group of the condition"))
        self.place.setToolTip(say("Conditions of one number belong together, as in brackets"))
        self.field = QComboBox()
        self.field.setAccessibleName(say("What is tested"))
        for name in FIELDS:
            self.field.addItem(field_words(name), name)
        self.op = QComboBox()
        self.op.setAccessibleName(say("How it is compared"))
        for said, key in (
            (say("is"), "is"),
            (say("is one of"), "in"),
            (say("from – to"), "between"),
            (say("starts with"), "starts"),
        ):
            self.op.addItem(said, key)
        self.value = QLineEdit()
        self.value.setAccessibleName(say("Compared with"))
        self.remove = IconButton("close", say("Remove condition"))
        if condition is not None:
            self.field.setCurrentIndex(FIELDS.index(condition.field))
            self.op.setCurrentIndex(self.op.findData(condition.op))
            self.value.setText(_text(condition))
        self._arrange()
        self._suit()

    def _arrange(self) -> None:
        self._head = Label(say("When"), tone="quiet")
        # in a narrow form the value compared with must stay in sight
        for box, letters in ((self.field, 9), (self.op, 7), (self.joined, 3)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(letters)
        self.place.setMaximumWidth(look().px(52))
        self.value.setMinimumWidth(look().px(84))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().px(4))
        for one in (self.place, self._head, self.joined, self.field, self.op):
            row.addWidget(one)
        row.addWidget(self.value, 1)
        row.addWidget(self.remove)
        self.place.valueChanged.connect(lambda _: self.changed.emit())
        self.joined.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.field.currentIndexChanged.connect(self._on_test_changed)
        self.op.currentIndexChanged.connect(self._on_test_changed)
        self.value.textEdited.connect(lambda _: self.changed.emit())
        self.remove.clicked.connect(lambda: self.removed.emit(self))

    @property
    def group(self) -> int:
        """The group it is in, counted from 0."""
        return self.place.value() - 1

    @property
    def every(self) -> bool:
        """Whether it is joined by and."""
        return bool(self.joined.currentData())

    def set_first(self, first: bool, rows: Sequence[ConditionRow]) -> None:
        """The first of a group has no join; the joins of one group are all alike."""
        self._head.setVisible(first)
        self.joined.setVisible(not first)
        mates = [one for one in rows if one.group == self.group]
        if first and len(mates) > 1:
            # the second row of the group says how it is joined, for all of them
            for one in (mates[0], *mates[2:]):
                with QSignalBlocker(one.joined):
                    one.joined.setCurrentIndex(mates[1].joined.currentIndex())

    def written(self) -> dict[str, object]:
        """The condition in the JSON shape of a rule; what cannot be read stays a text."""
        field, op = str(self.field.currentData()), str(self.op.currentData())
        parts = [part.strip() for part in self.value.text().split(";")]
        values = [_scalar(field, part) for part in parts]
        if op == "in":
            return {"field": field, "op": op, "value": [one for one in values if one is not None]}
        if op == "between":
            return {"field": field, "op": op, "value": values}
        return {"field": field, "op": op, "value": values[0] if len(values) == 1 else self.value.text()}

    def _on_test_changed(self) -> None:
        self._suit()
        self.changed.emit()

    def _suit(self) -> None:
        """The hint and the offers of what is compared with."""
        hints = {"in": say("first; second; third"), "between": say("lowest; highest")}
        self.value.setPlaceholderText(hints.get(str(self.op.currentData()), ""))
        offered = self._lines if self.field.currentData() == "line" else ()
        offers = QCompleter(list(offered), self.value)
        offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.value.setCompleter(offers)


def _text(condition: Condition) -> str:
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return "; ".join("" if one is None else str(one) for one in values)


def _scalar(field: str, text: str) -> Scalar:
    """A number for what is a number; None for nothing."""
    if not text:
        return None
    if field not in _NUMBERS:
        return text
    plain = text.replace("$", "").replace(",", "")
    try:
        return int(plain) if plain.lstrip("-").isdecimal() else float(plain)
    except ValueError:
        return text
