"""Parts of the plan pages: a form whose fields begin with the agency's data, and large figures with their words.

Knows texts by key and reasons; what they mean is the business of the services.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.charts import Chart
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Card, Label

PAUSE_MS = 150
"""So long after the last letter what is typed is kept."""
MARKS = {"good": "check", "near": "dash", "bad": "warning"}
"""The icon beside what is of that status."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Plans", text)


class Figure(Card):
    """A figure with its name over it and its reading under it."""

    def __init__(self, name: str, *, large: bool = True) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._name = name
        theme.current().changed.connect(self._show_mark)
        self.name = Label(name, "body", "quiet", wrap=True)
        self.value = Label("—", "headline" if large else "title")
        self.words = Label("", "caption", "quiet", wrap=True)
        self.mark = QLabel()
        self._tone = "ink"
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        for label in (self.value, self.words):
            self.body.addWidget(label)
        self.body.addStretch(1)

    def set_name(self, name: str) -> None:
        """Says what the figure is."""
        self._name = name
        self.name.setText(name)

    def show_figure(self, value: str, words: str = "", tone: str = "ink") -> None:
        """Shows the figure and what it is made of."""
        self.value.setText(value)
        self.value.set_tone(tone)
        self._tone = tone
        self._show_mark()
        self.words.setText(words)
        self.words.setVisible(bool(words))
        standing = {"good": say("good"), "near": say("near"), "bad": say("bad")}.get(tone, "")
        self.setAccessibleName(f"{self._name}: {value}")
        self.setAccessibleDescription(", ".join(part for part in (standing, words) if part))

    def _show_mark(self) -> None:
        """Status is never colour alone."""
        look = theme.current()
        self.mark.setVisible(self._tone in MARKS)
        if self._tone in MARKS:
            self.mark.setPixmap(look.icon(MARKS[self._tone], self._tone).pixmap(look.px(16), look.px(16)))


def chart_card(chart: Chart, least_height: int = 0) -> Card:
    """A chart on a white card; its own menu saves it."""
    card = Card()
    card.body.addWidget(chart, 1)
    if least_height:
        chart.setMinimumHeight(theme.current().px(least_height))
    return card


class _Height(QObject):
    """Keeps a table high enough for its rows; goes with the table, and its connection with it."""

    def __init__(self, table: QAbstractItemView, rows: int) -> None:
        super().__init__(table)
        self._table, self._rows = table, rows
        theme.current().changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        look = theme.current()
        self._table.setMinimumHeight((self._rows + 1) * look.row_height + look.px(16))


def keep_height(table: QAbstractItemView, rows: int) -> None:
    """Room for that many rows and the headings, in every look."""
    _Height(table, rows)


class TabView(QWidget):
    """A view behind a tab, with a column of its own; it asks for height only while it is the one in front."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._in_front = True
        look = theme.current()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, look.unit(1.5), 0, look.unit())
        self.lines.setSpacing(look.unit(1.5))

    def come(self, in_front: bool) -> None:
        """Says whether this is the view that is seen."""
        self._in_front = in_front
        policy = QSizePolicy.Policy.Preferred if in_front else QSizePolicy.Policy.Ignored
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self.setMinimumHeight(0 if in_front else 1)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """None is asked for behind another tab."""
        return super().heightForWidth(width) if self._in_front else 0


def plain() -> tuple[QWidget, QVBoxLayout]:
    """A widget without a ground of its own, and its column."""
    holder = QWidget()
    holder.setObjectName("plain")
    lines = QVBoxLayout(holder)
    look = theme.current()
    lines.setContentsMargins(0, look.unit(1.5), 0, look.unit())
    lines.setSpacing(look.unit(1.5))
    return holder, lines


def side_by_side(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets in a row, each with its share of the width."""
    row = QHBoxLayout()
    row.setSpacing(theme.current().unit(1.5))
    for widget, share in widgets:
        row.addWidget(widget, share)
    return row


class _Row:
    """One field of a form: the line, its slider where it has one, what the data gives, and the widget of the row."""

    def __init__(self, line: QLineEdit, slider: QSlider | None, holder: QWidget) -> None:
        self.line, self.slider, self.holder = line, slider, holder
        self.given = ""
        self.source = ""
        self.veiled: str | None = None

    @property
    def text(self) -> str:
        """What the field holds, seen or not."""
        return self.line.text().strip() if self.veiled is None else self.veiled


class PlanForm(FormBuilder):
    """Fields by key. What the data gives stands in them from the start; what is typed over it is bold.

    `changed` comes with every keystroke, `paused` a moment after the last one and when a field is left. An emptied
    field takes the data's value again.
    """

    changed = Signal()
    paused = Signal()

    def __init__(self, label_width: int = 150) -> None:
        super().__init__(label_width=label_width)
        self._rows: dict[str, _Row] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._dirty = False

    def add_field(self, key: str, label: str, slider_most: int = 0) -> QLineEdit:
        """A field under `label`; with `slider_most` a slider from 0 stands beside it."""
        line = QLineEdit()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        slider = None
        holder: QWidget = line
        if slider_most:
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, slider_most)
            slider.setSingleStep(5)
            slider.setPageStep(50)
            holder = QWidget()
            holder.setObjectName("plain")
            beside = QHBoxLayout(holder)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.addWidget(slider, 1)
            line.setMaximumWidth(theme.current().px(88))
            beside.addWidget(line)
            holder.setFocusProxy(line)
            slider.valueChanged.connect(lambda value, key=key: self._on_slid(key, value))
        self.add_row(label, holder)
        line.setAccessibleName(label)
        if slider is not None:
            slider.setAccessibleName(say("{}, slider").format(label))
        self._rows[key] = _Row(line, slider, holder)
        line.textChanged.connect(lambda _text, key=key: self._on_text_changed(key))
        line.editingFinished.connect(lambda key=key: self._on_left(key))
        return line

    def field(self, key: str) -> QLineEdit:
        """The field of that key."""
        return self._rows[key].line

    def set_label(self, key: str, label: str) -> None:
        """Names a field anew."""
        line = self._rows[key].line
        self.rename(self._rows[key].holder, label)
        line.setAccessibleName(label)

    def set_text(self, key: str, text: str) -> None:
        """Puts a text into a field as if it was typed there."""
        row = self._rows[key]
        if row.veiled is None:
            row.line.setText(text)
        elif row.veiled != text:
            row.veiled = text
            self._on_text_changed(key)

    def veil(self, key: str, on: bool, words: str) -> None:
        """Shows `words` in the place of what a field holds, which stays as it is; `on` False shows it again."""
        row = self._rows[key]
        if on == (row.veiled is not None):
            return
        self.flush()
        held, row.veiled = row.text, None
        blocked = row.line.blockSignals(True)
        row.line.setText("" if on else held)
        row.line.blockSignals(blocked)
        row.line.setEnabled(not on)
        row.line.setPlaceholderText(words if on else "")
        row.veiled = held if on else None
        self._show_row(row)

    def put(self, given: Mapping[str, str], sources: Mapping[str, str], typed: Mapping[str, str]) -> None:
        """Shows what the data gives and what was typed over it; what was typed and not yet told stays."""
        for key, row in self._rows.items():
            row.given, row.source = given.get(key, ""), sources.get(key, "")
            text = typed.get(key, row.given)
            if row.veiled is not None:
                row.veiled = text
                continue
            if self._dirty:
                continue
            if row.line.text() != text:
                blocked = row.line.blockSignals(True)
                row.line.setText(text)
                row.line.blockSignals(blocked)
            self._show_row(row)

    def clear(self) -> None:
        """Empties the fields after what was typed has been told."""
        self.flush()
        nothing: dict[str, str] = {}
        self.put(nothing, nothing, nothing)

    def texts(self) -> dict[str, str]:
        """What stands in the fields, by key."""
        return {key: row.text for key, row in self._rows.items()}

    def typed(self) -> dict[str, str]:
        """What differs from what the data gives."""
        return {key: row.text for key, row in self._rows.items() if row.text not in ("", row.given)}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Says at each field why it cannot be."""
        for key, row in self._rows.items():
            self.set_error(row.holder, errors.get(key, ""))

    def flush(self) -> None:
        """Tells at once what was typed and not yet told."""
        self._timer.stop()
        if self._dirty:
            self._dirty = False
            self.paused.emit()

    def _show_row(self, row: _Row) -> None:
        typed = row.line.text().strip() not in ("", row.given)
        # by style sheet: a font set by hand is forgotten when the look changes
        weight = "font-weight: 700" if typed else ""
        if row.line.styleSheet() != weight:
            row.line.setStyleSheet(weight)
        told = say("From the data: {value} ({source})").format(value=row.given, source=row.source)
        words = told if row.given else say("Typed in; nothing on record gives it.")
        if row.veiled is not None:
            words = row.line.placeholderText()
        row.line.setToolTip(words)
        row.line.setAccessibleDescription(words)
        if row.slider is not None:
            blocked = row.slider.blockSignals(True)
            row.slider.setValue(_along(row.slider, row.line.text()))
            row.slider.blockSignals(blocked)

    def _on_slid(self, key: str, value: int) -> None:
        self._rows[key].line.setText(f"{value}")

    def _on_text_changed(self, key: str) -> None:
        self._show_row(self._rows[key])
        self._dirty = True
        self._timer.start()
        self.changed.emit()

    def _on_left(self, key: str) -> None:
        row = self._rows[key]
        if not row.line.text().strip() and row.given:
            row.line.setText(row.given)
        self.flush()


def _along(slider: QSlider, text: str) -> int:
    """Where a typed number stands on a slider: at its end when beyond it, at its beginning when it is no number."""
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return slider.minimum()
    if isnan(number):
        return slider.minimum()
    return round(max(slider.minimum(), min(slider.maximum(), number)))
