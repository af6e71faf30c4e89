"""Buttons of three weights, the page's main one, ordinary and quiet; and those of an icon alone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.views import theme


class Button(QPushButton):
    """A push button named by a verb; `role` is "main", "quiet" or "" for the ordinary."""

    def __init__(self, text: str, role: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setProperty("role", role)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def setText(self, text: str) -> None:
        """Shows `text`, and is called so by screen readers."""
        super().setText(text)
        self.setAccessibleName(text)

    def _on_theme_changed(self) -> None:
        if self._icon_name:
            role = {"main": "accent_ink", "quiet": "accent"}.get(str(self.property("role")), "ink")
            self.setIcon(theme.current().icon(self._icon_name, role))
            side = theme.current().px(16)
            self.setIconSize(QSize(side, side))


class IconButton(QToolButton):
    """A small button of one icon; `name` is its tooltip and what screen readers say."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, size: int = 18) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._size = size
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.current().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        side = theme.current().px(self._size)
        self.setIcon(theme.current().icon(self._icon_name, "quiet"))
        self.setIconSize(QSize(side, side))

    def set_icon(self, icon: str) -> None:
        """Shows another icon."""
        self._icon_name = icon
        self._on_theme_changed()
