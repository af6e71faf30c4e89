"""The application with its theme, and warnings of Qt that fail the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views import theme


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The theme, light and at 100 % before and after."""
    made = theme.install(qapp, theme.Scheme.LIGHT, 1.0)
    yield made
    theme.install(qapp, theme.Scheme.LIGHT, 1.0)
