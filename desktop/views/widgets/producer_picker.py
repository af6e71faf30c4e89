"""The producer filter of a page: everybody, one producer, or what belongs to nobody.

Knows codes and names that it is given; asks nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.views import theme

UNASSIGNED = ""


class ProducerPicker(QComboBox):
    """`producer` is a code, None for everybody, empty for nobody's; `producer_changed` carries it."""

    producer_changed = Signal(object)

    def __init__(self, producer: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = producer
        self.setAccessibleName(self.tr("Producer"))
        self.setToolTip(self.tr("Whose figures are shown"))
        self.set_people(())
        self.currentIndexChanged.connect(self._on_index_changed)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def producer(self) -> str | None:
        """Whose figures are asked for."""
        return self._wanted

    def set_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offers these (code, name), keeping the choice; a code that is no longer there gives way to everybody."""
        self.blockSignals(True)
        self.clear()
        self.addItem(self.tr("Whole agency"), None)
        for code, name in people:
            self.addItem(name, code)
        self.addItem(self.tr("Unassigned"), UNASSIGNED)
        known = {None, UNASSIGNED, *(code for code, _ in people)}
        if people and self._wanted not in known:
            self._wanted = None
        self._show()
        self.blockSignals(False)

    def choose(self, producer: str | None) -> None:
        """Takes a producer's code, as the user would."""
        if producer != self._wanted:
            self._wanted = producer
            self.blockSignals(True)
            self._show()
            self.blockSignals(False)
            self.producer_changed.emit(producer)

    def _show(self) -> None:
        places = [number for number in range(self.count()) if self.itemData(number) == self._wanted]
        self.setCurrentIndex(places[0] if places else 0)

    def _on_index_changed(self, number: int) -> None:
        self._wanted = self.itemData(number)
        self.producer_changed.emit(self._wanted)

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.setMinimumWidth(look.px(150))
        self.setMaximumWidth(look.px(220))
