"""One import of the past as a sheet: its files, what became of their rows, what was rejected and why.

Knows the records of the history; the page opens what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.services.ties import unpacked
from desktop.views import theme
from desktop.views.pages.importing import earlier, parts, words
from desktop.views.pages.importing.earlier import EarlierFiles
from desktop.views.pages.importing.parts import Figures, Notes, Rejected
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Card, ElidedLabel, Label


class RunSheet(QWidget):
    """The files of one import, each as a card; rejects, lines left out and columns open as sheets of their own."""

    table_asked = Signal(str, QWidget)
    undo_asked = Signal(object)

    def __init__(
        self, run: Any, title_of: Callable[[str], str], rejects_asked: Callable[[list[Rejected]], object]
    ) -> None:
        super().__init__()
        self._title_of = title_of
        self._rejects_asked = rejects_asked
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Files of this import"))
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, theme.current().unit(), 0)
        lines.setSpacing(theme.current().unit(1.5))
        for file in run.files:
            lines.addWidget(self._card(file))
        lines.addStretch(1)
        area.setWidget(holder)
        outer.addWidget(area, 1)
        if run.undone_at is None:
            self.undo = Button(self.tr("Undo Import"), icon="undo")
            self.undo.clicked.connect(lambda: self.undo_asked.emit(run))
            foot = QHBoxLayout()
            foot.addStretch(1)
            foot.addWidget(self.undo)
            outer.addLayout(foot)

    def _card(self, file: Any) -> Card:
        detail = file.detail
        card = Card()
        name = file.name if file.sheet is None else f"{file.name} · {file.sheet}"
        card.body.addWidget(ElidedLabel(name, strong=True))
        said = f"{self._title_of(file.profile)} · {words.rows(file.rows)}"
        card.body.addWidget(Label(said, "caption", "quiet", wrap=True))
        card.body.addWidget(Figures(file.inserted, file.updated, file.unchanged, file.rejected))
        stated = detail.get("file_total")
        notes = list(detail.get("notes", ()))
        if stated is not None:
            both = words.total(stated), words.total(detail.get("our_total"))
            notes.insert(0, self.tr("The file’s own total is {}, ours {}.").format(*both))
        notes += earlier.sentences(unpacked(detail.get("ties", ())), file.table)
        if notes:
            card.body.addWidget(Notes(notes))
        row = QHBoxLayout()
        for button in self._buttons(file):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _buttons(self, file: Any) -> list[Button]:
        detail = file.detail
        mapping = [(heading, ours) for heading, ours in detail.get("mapping", ())]
        skipped = [(line, why) for line, why in detail.get("skipped", ())]
        rejects = [Rejected(*one) for one in detail.get("rejects", ())]
        found = []
        if rejects:
            title = self.tr("Rejected ({})").format(f"{file.rejected:,}")
            found.append(self._opener(title, lambda: self._rejected(rejects)))
        ties = unpacked(detail.get("ties", ()))
        if ties:
            title = self.tr("Earlier Files ({})").format(len(ties))
            found.append(self._opener(title, lambda: EarlierFiles(ties)))
        if skipped:
            title = self.tr("No data ({})").format(f"{len(skipped):,}")
            found.append(self._opener(title, lambda: parts.skipped_table(skipped)))
        if mapping:
            found.append(self._opener(self.tr("Columns"), lambda: parts.mapping_table(mapping, ())))
        return found

    def _opener(self, title: str, make: Callable[[], QWidget]) -> Button:
        button = Button(title)
        button.clicked.connect(lambda: self.table_asked.emit(title, make()))
        return button

    def _rejected(self, rejects: list[Rejected]) -> QWidget:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(parts.reject_table(rejects), 1)
        save = Button(self.tr("Save Rejected Rows…"), icon="save")
        save.clicked.connect(lambda: self._rejects_asked(rejects))
        lines.addWidget(save)
        return holder
