"""Cards, chips, bars and sparklines say in words what they show in colour."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.theme import Status
from desktop.views.widgets.bullets import BulletBar, BulletFigures, paint_bullet
from desktop.views.widgets.cards import CardFigures, NumberCard
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import ElidedLabel
from desktop.views.widgets.sparklines import paint_sparkline
from tests.views import samples
from tests.views.clipping import find_clipped_text


def drawn(image: QImage) -> set[int]:
    """The columns of `image` in which something is drawn."""
    return {x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha() > 40}


def blank() -> QImage:
    image = QImage(130, 24, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def test_card_is_a_button_that_says_all_it_shows(look: theme.Theme, qtbot: QtBot) -> None:
    card = NumberCard("Calls made", CardFigures("64", Status.GOOD, "Target 50", "+12", True, Status.GOOD))
    qtbot.addWidget(card)
    card.show()
    assert card.accessibleName() == "Calls made, 64, On target, Target 50, +12"
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(card.clicked):
            QTest.keyClick(card, key)
    with qtbot.waitSignal(card.clicked):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())


def test_focus_ring_is_painted(look: theme.Theme, qtbot: QtBot) -> None:
    card = NumberCard("Calls made", CardFigures("64"))
    qtbot.addWidget(card)
    card.show()
    calm = card.grab().toImage()
    card.setFocus()
    qtbot.waitUntil(card.hasFocus)
    ringed = card.grab().toImage()
    middle = ringed.height() // 2
    assert calm.pixelColor(0, middle) != ringed.pixelColor(0, middle)


@pytest.mark.parametrize(("width", "columns"), [(1133, 5), (300, 1), (1687, 5)])
def test_grid_takes_as_many_columns_as_fit(look: theme.Theme, qtbot: QtBot, width: int, columns: int) -> None:
    grid = samples.make_cards(12)
    room = QWidget()
    qtbot.addWidget(room)
    lines = QVBoxLayout(room)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.addWidget(grid)
    room.resize(width, 600)
    room.show()
    QApplication.processEvents()
    tops = [card.y() for card in grid.findChildren(NumberCard)]
    assert sum(top < min(tops) + 20 for top in tops) == columns


def test_card_never_cuts_its_figure(look: theme.Theme, qtbot: QtBot) -> None:
    card = NumberCard("New premium", CardFigures("$1,234,567", Status.BAD, "Target $2,000,000", "−$820", False))
    qtbot.addWidget(card)
    card.resize(215, card.sizeHint().height())
    card.show()
    assert find_clipped_text(card) == []


def test_chip_has_a_word_and_a_mark(look: theme.Theme, qtbot: QtBot) -> None:
    chip = StatusChip(Status.BAD)
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Below"
    chip.set_status(Status.NONE)
    assert chip.sizeHint().width() == 0
    chip.set_status(Status.NONE, "New hire")
    assert chip.accessibleName() == "New hire"
    assert chip.sizeHint().width() > 40
    small = StatusChip(Status.GOOD, compact=True)
    qtbot.addWidget(small)
    assert small.toolTip() == "On target"


def test_sparkline_breaks_at_a_gap_and_draws_nothing_of_nothing() -> None:
    values = [1.0] * 5 + [None] * 3 + [2.0] * 5
    image = blank()
    painter = QPainter(image)
    paint_sparkline(painter, QRectF(0, 0, 130, 24), values, QColor("black"), QColor("red"), 1.5)
    painter.end()
    columns = drawn(image)
    assert 20 in columns
    assert 65 not in columns
    assert 110 in columns
    empty = blank()
    painter = QPainter(empty)
    paint_sparkline(painter, QRectF(0, 0, 130, 24), [None] * 13, QColor("black"), QColor("red"), 1.5)
    painter.end()
    assert drawn(empty) == set()


def test_bullet_is_as_long_as_its_actual_and_marks_its_target(look: theme.Theme) -> None:
    image = blank()
    painter = QPainter(image)
    figures = BulletFigures(50, 75, 100, "50", Status.NEAR)
    paint_bullet(painter, QRectF(0, 0, 130, 24), figures)
    painter.end()
    near, ink = look.colour("near"), look.colour("ink")
    bar = [x for x in range(130) if image.pixelColor(x, 12) == near]
    marks = [x for x in range(130) if image.pixelColor(x, 6) == ink]
    assert max(bar) == pytest.approx(130 * 50 / figures.span, abs=2)
    assert marks and marks[0] == pytest.approx(130 * 75 / figures.span, abs=2)


def test_undefined_bar_says_so(look: theme.Theme, qtbot: QtBot) -> None:
    bar = BulletBar("Close rate", BulletFigures(None, tooltip="No quotes."))
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "Close rate, —"
    assert bar.toolTip() == "No quotes."
    bar.grab()
    assert BulletFigures(None).span == 1.0


def test_elided_label_offers_the_whole_text(look: theme.Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(samples.LONG_NAME)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.elided
    assert label.toolTip() == samples.LONG_NAME
    label.resize(800, 20)
    assert label.toolTip() == ""
