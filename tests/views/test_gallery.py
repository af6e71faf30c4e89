"""Every piece of furniture in both schemes, as pictures to look at.

Set PRODUCER_DESK_GALLERY to a folder to keep them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.main_window import MainWindow
from tests.views import samples

SIZES = ((1366, 768), (1920, 1080))


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}


@pytest.mark.parametrize("size", SIZES)
def test_gallery_is_drawn_in_both_schemes(
    look: theme.Theme, qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = Path(os.environ.get("PRODUCER_DESK_GALLERY", tmp_path))
    context = samples.make_context()
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.register_page(samples.GalleryPage(context))
    window.register_page(samples.FormPage(context))
    window.resize(*size)
    window.show()
    for key in window.page_keys:
        window.show_page(key)
        drawn = {}
        for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
            look.set_choice(scheme)
            QApplication.processEvents()
            drawn[scheme] = window.grab().toImage()
            assert drawn[scheme].save(str(folder / f"{key}-{scheme.value}-{size[0]}.png"))
            assert {look.colour(role).rgb() for role in ("page", "surface", "accent")} <= colours(drawn[scheme])
        assert drawn[theme.Scheme.LIGHT].size().toTuple() == size
        assert drawn[theme.Scheme.LIGHT] != drawn[theme.Scheme.DARK]
    assert context.executor.close(timeout_s=5)
