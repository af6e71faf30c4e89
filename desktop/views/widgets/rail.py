"""The navigation rail: the pages by task, icon and word, collapsible to icons alone.

Its rows get lower before it scrolls, and hairlines take the place of the groups' words where even that is not enough.
Knows keys, words and icons; which page a key stands for is the window's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.buttons import IconButton
from desktop.views.widgets.labels import Label


class Group(StrEnum):
    """The tasks by which pages are grouped, in the rail's order."""

    TODAY = "today"
    PEOPLE = "people"
    LEADS = "leads"
    MONEY = "money"
    PLANS = "plans"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Density:
    """How close the rows of the rail stand; sizes at 100 %."""

    row: int
    between: int
    gap: int
    words: bool


ROOMY = Density(34, 2, 12, True)
# 24 is the least a pointer hits with ease; below it the rail scrolls.
DENSITIES = (
    ROOMY,
    *(Density(row, 1, 8, True) for row in (32, 31, 30, 29)),
    *(Density(row, 0, 4, True) for row in (29, 28, 27)),
    *(Density(row, 0, 9, False) for row in (27, 26, 25, 24)),
    Density(24, 0, 5, False),
)


class RailButton(QAbstractButton):
    """One page in the rail."""

    def __init__(self, key: str, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._icon_name = icon
        self._narrow = False
        self._row = ROOMY.row
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Shows the icon alone, the word as its tooltip."""
        self._narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.updateGeometry()
        self.update()

    def set_row(self, height: int) -> None:
        """How high the row is, in pixels at 100 %."""
        if height != self._row:
            self._row = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Icon and word."""
        look = theme.current()
        height = look.px(self._row)
        if self._narrow:
            return QSize(look.px(40), height)
        return QSize(QFontMetrics(look.font("body", bold=True)).horizontalAdvance(self.text()) + look.px(56), height)

    def minimumSizeHint(self) -> QSize:
        """The same: words in the rail are never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, icon, word and focus ring."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = "selection" if self.isChecked() else "hover" if self.underMouse() else "surface"
        painter.setBrush(look.colour(ground))
        painter.setPen(QPen(look.colour("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, look.radius, look.radius)
        side = look.px(18)
        role = "accent" if self.isChecked() else "quiet"
        mark = look.pixmap(self._icon_name, side, role, self.devicePixelRatioF())
        left = (self.width() - side) // 2 if self._narrow else look.px(10)
        painter.drawPixmap(left, (self.height() - side) // 2, mark)
        if not self._narrow:
            painter.setPen(look.colour("ink"))
            painter.setFont(look.font("body", bold=self.isChecked()))
            place = self.rect().adjusted(look.px(38), 0, -look.px(8), 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class Rule(QFrame):
    """A hairline between two groups."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it in the middle."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(look.px(6), self.height() // 2, self.width() - look.px(12), 1, look.colour("hairline"))


class NavigationRail(QWidget):
    """The rail; only groups that have pages are shown. Arrow keys, Home and End go along it."""

    page_chosen = Signal(str)
    collapsed_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self.setAccessibleName(self.tr("Pages"))
        self._collapsed = False
        self._density = ROOMY
        self._buttons: dict[Group, list[RailButton]] = {group: [] for group in Group}
        self._heads = {group: Label(word, "caption", "quiet", strong=True) for group, word in self._words().items()}
        self._rules = {group: Rule() for group in Group}
        self._exclusive = QButtonGroup(self)
        self._list = QWidget()
        self._list.setObjectName("plain")
        self._lines = QVBoxLayout(self._list)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        self._toggle = IconButton("panel", self.tr("Show icons only"))
        self._toggle.clicked.connect(lambda: self.set_collapsed(not self._collapsed))
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._scroll, 1)
        self._outer.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        theme.current().changed.connect(self._arrange)
        self._arrange()

    @property
    def collapsed(self) -> bool:
        """Whether icons alone are shown."""
        return self._collapsed

    @property
    def density(self) -> Density:
        """How close the rows stand now."""
        return self._density

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the pages from top to bottom."""
        return [button.key for button in self._all()]

    def add_page(self, group: Group, key: str, title: str, icon: str) -> None:
        """Adds a page at the end of its group."""
        button = RailButton(key, title, icon)
        button.installEventFilter(self)
        button.setAccessibleDescription(self._heads[group].text())
        button.clicked.connect(lambda: self.page_chosen.emit(key))
        self._exclusive.addButton(button)
        self._buttons[group].append(button)
        self._arrange()

    @contextmanager
    def arranged_once(self) -> Iterator[None]:
        """Pages added inside find their places when the block ends."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self._arrange()

    def set_current(self, key: str) -> None:
        """Marks the page `key` without telling anyone."""
        for button in self._all():
            button.setChecked(button.key == key)
            if button.key == key:
                self._bring(button)

    def _bring(self, button: RailButton) -> None:
        """Scrolls down or up to a page, never aside."""
        self._scroll.ensureWidgetVisible(button)
        self._scroll.horizontalScrollBar().setValue(0)

    def set_collapsed(self, collapsed: bool) -> None:
        """Shows icons alone, or words too."""
        if collapsed != self._collapsed:
            self._collapsed = collapsed
            self._arrange()
            self.collapsed_changed.emit(collapsed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Moves along the rail by keys; where the focus is can be seen."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, RailButton):
            self._bring(watched)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, RailButton):
            buttons = self._all()
            here = buttons.index(watched)
            places = {
                Qt.Key.Key_Up: here - 1,
                Qt.Key.Key_Down: here + 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: len(buttons) - 1,
            }
            if event.key() in places:
                there = buttons[min(max(places[Qt.Key(event.key())], 0), len(buttons) - 1)]
                there.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows get lower where the height does not suffice."""
        super().resizeEvent(event)
        if self._fitting() != self._density:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the hairline at its right."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("hairline"))

    def _all(self) -> list[RailButton]:
        return [button for buttons in self._buttons.values() for button in buttons]

    def _words(self) -> dict[Group, str]:
        return {
            Group.TODAY: self.tr("Today"),
            Group.PEOPLE: self.tr("People"),
            Group.LEADS: self.tr("Leads"),
            Group.MONEY: self.tr("Money"),
            Group.PLANS: self.tr("Plans"),
            Group.DATA: self.tr("Data"),
        }

    def _shown_groups(self) -> list[Group]:
        return [group for group, buttons in self._buttons.items() if buttons]

    def _fitting(self) -> Density:
        """The roomiest density at which no page is out of sight; the closest when none is."""
        look = theme.current()
        taken = self._toggle.sizeHint().height() + self._outer.spacing() + look.unit(1.5) + look.unit()
        room = self.height() - taken - 2 * self._scroll.frameWidth()
        return next((one for one in DENSITIES if self._height(one) <= room), DENSITIES[-1])

    def _height(self, density: Density) -> int:
        look = theme.current()
        rows, groups = len(self._all()), self._shown_groups()
        words = density.words and not self._collapsed
        heads = sum(self._heads[one].fontMetrics().height() + look.px(2) for one in groups) if words else 0
        items = rows + (len(groups) if words else 0)
        gaps = max(len(groups) - 1, 0) * look.px(density.gap)
        return rows * look.px(density.row) + heads + gaps + (items + len(groups)) * _between(density)

    def _arrange(self) -> None:
        if self._held:
            return
        look = theme.current()
        self._density = self._fitting()
        while self._lines.count():
            self._lines.takeAt(0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(_between(self._density))
        shown = self._shown_groups()
        for group, buttons in self._buttons.items():
            self._place_head(group, bool(buttons), bool(shown) and group is shown[0])
            for button in buttons:
                button.set_narrow(self._collapsed)
                button.set_row(self._density.row)
                self._lines.addWidget(button)
        self._lines.addStretch(1)
        self._outer.setContentsMargins(look.unit(), look.unit(1.5), look.unit() + 1, look.unit())
        name = self.tr("Show words too") if self._collapsed else self.tr("Show icons only")
        self._toggle.setToolTip(name)
        self._toggle.setAccessibleName(name)
        self.setFixedWidth(self._width())

    def _place_head(self, group: Group, used: bool, first: bool) -> None:
        """The group's word, or a hairline where words find no room; nothing for a group without pages."""
        look = theme.current()
        words = self._density.words and not self._collapsed
        head, rule = self._heads[group], self._rules[group]
        for one, shown in ((head, used and words), (rule, used and not words and not first)):
            one.setParent(self._list)
            one.setVisible(shown)
        if not used:
            return
        gap = look.px(self._density.gap)
        if words:
            if not first:
                self._lines.addSpacing(gap)
            head.setContentsMargins(look.px(10), 0, 0, look.px(2))
            self._lines.addWidget(head)
        elif not first:
            rule.setFixedHeight(gap)
            self._lines.addWidget(rule)

    def _width(self) -> int:
        look = theme.current()
        widest = max((button.sizeHint().width() for button in self._all()), default=0)
        wanted = widest if self._collapsed else max(widest, look.px(168))
        return max(wanted, look.px(40)) + 2 * look.unit() + 1


def _between(density: Density) -> int:
    # px never answers less than one
    return theme.current().px(density.between) if density.between else 0
