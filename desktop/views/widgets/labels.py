"""Text in the sizes and tones of the tokens, elided with its whole self in the tooltip where room is short."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QStyleOption, QVBoxLayout, QWidget

from desktop.views import theme


def set_tone(label: QWidget, tone: str) -> None:
    """Gives `label` the colour of `tone`: ink, quiet, good, near, bad or accent."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


class Label(QLabel):
    """A line or paragraph of `kind` (caption, body, section, title, headline) in `tone`."""

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        tone: str = "ink",
        *,
        wrap: bool = False,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setProperty("strong", strong)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Changes the colour."""
        set_tone(self, tone)


class ElidedLabel(Label):
    """One line that ends in an ellipsis where it must; the whole text is then its tooltip."""

    def __init__(self, text: str = "", kind: str = "body", tone: str = "ink", *, strong: bool = False) -> None:
        super().__init__(text, kind, tone, strong=strong)
        self._own_tooltip = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    @property
    def elided(self) -> bool:
        """Whether the text does not fit."""
        return QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.contentsRect().width()

    def setText(self, text: str) -> None:
        """Shows `text`."""
        super().setText(text)
        if hasattr(self, "_own_tooltip"):
            self._update_tooltip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offers the whole text as tooltip where it does not fit."""
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the text, elided to the width."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.alignment(),
            option.palette,
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )

    def _update_tooltip(self) -> None:
        if self.elided:
            self.setToolTip(self.text())
            self._own_tooltip = True
        elif self._own_tooltip:
            self.setToolTip("")
            self._own_tooltip = False


class SectionTitle(Label):
    """The heading of a part of a page."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent=parent)


class Card(QFrame):
    """A white surface with a hairline around it; put things into `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        if title:
            self.body.addWidget(SectionTitle(title))
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        look = theme.current()
        self.body.setContentsMargins(look.unit(2), look.unit(1.5), look.unit(2), look.unit(1.5))
        self.body.setSpacing(look.unit())
