"""The theme of the running program: light, dark or the system's, and the zoom.

Knows the application object, and no widget: those repaint themselves when `changed` is emitted.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyleFactory

from desktop.views.theme import fonts, icons, palette, sheet
from desktop.views.theme.tokens import Tokens, blend, contrast, tokens

ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)

_SEEN, _READ = 3.0, 4.5
"""The contrasts that a mark and a text need."""


class Scheme(StrEnum):
    """What the user chose: one of the two schemes, or whatever the system shows."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Theme(QObject):
    """Colours, sizes, letters and icons of the moment; `changed` follows every switch of scheme or zoom."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: Scheme = Scheme.SYSTEM, zoom: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._tokens = tokens()
        self._choice = choice
        self._zoom = zoom
        self._family = fonts.interface_family()
        self._system_scale = fonts.system_scale()
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._colours: dict[str, str] = {}
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._row_height = 0
        self._shown: tuple[bool, float] | None = None
        self._apply()

    @property
    def tokens(self) -> Tokens:
        """The tokens behind the theme."""
        return self._tokens

    @property
    def choice(self) -> Scheme:
        """What the user chose."""
        return self._choice

    @property
    def zoom(self) -> float:
        """1.0 at 100 %."""
        return self._zoom

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is shown now."""
        if self._choice is Scheme.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._choice is Scheme.DARK

    def set_choice(self, choice: Scheme) -> None:
        """Shows `choice` at once, everywhere."""
        if choice is not self._choice:
            self._choice = choice
            self._apply()

    def set_zoom(self, zoom: float) -> None:
        """Makes everything `zoom` times its size, from 0.8 to 3."""
        wanted = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        if wanted != self._zoom:
            self._zoom = wanted
            self._apply()

    def step_zoom(self, steps: int) -> None:
        """Goes `steps` larger or smaller on the ladder of zooms."""
        nearest = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - self._zoom))
        self.set_zoom(ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)])

    def px(self, size: float) -> int:
        """`size` logical pixels at 100 %, at the scale of the moment; at least one."""
        return max(1, round(size * self._zoom * self._system_scale))

    def unit(self, count: float = 1) -> int:
        """`count` units of the grid (8 px at 100 %)."""
        return self.px(self._tokens.unit * count)

    @property
    def row_height(self) -> int:
        """The height of a table's row: 28 px, or as much as the letters need."""
        return self._row_height

    @property
    def radius(self) -> int:
        """The rounding of corners."""
        return self.px(self._tokens.radius)

    @property
    def motion_ms(self) -> int:
        """How long a movement takes; 0 where the system asks for reduced motion, and without a display."""
        hint = self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        moving = hint > 0 and self._app.platformName() not in ("offscreen", "minimal")
        return self._tokens.motion_ms if moving and self._app.isEffectEnabled(Qt.UIEffect.UI_General) else 0

    def hex(self, role: str) -> str:
        """The colour of `role` as `#RRGGBB`; raises KeyError for a role the tokens do not have."""
        return self._colours[role]

    def colour(self, role: str) -> QColor:
        """The colour of `role`: those of the tokens, `hover`, `pressed`, `selection`, and `good_tint` and the like."""
        return QColor(self._colours[role])

    def category(self, number: int) -> QColor:
        """The colour of category `number`; after eight they begin again."""
        return QColor(self._tokens.categories[number % len(self._tokens.categories)])

    def category_line(self, number: int) -> QColor:
        """The colour of category `number` for what is thin: of the same hue, and far enough from the ground."""
        colour, ground = self.category(number), self.colour("surface")
        while contrast(colour.name(), ground.name()) < _SEEN:
            colour = colour.darker(105) if ground.lightness() > colour.lightness() else colour.lighter(105)
        return colour

    def letters_on(self, ground: str) -> QColor:
        """What is read on a shade `ground` (`#RRGGBB`): ink or surface, and black or white where both are too near."""
        own = max((self.hex("ink"), self.hex("surface")), key=lambda one: contrast(one, ground))
        if contrast(own, ground) < _READ:
            own = max((own, "#000000", "#FFFFFF"), key=lambda one: contrast(one, ground))
        return QColor(own)

    def font(self, kind: str = "body", bold: bool = False) -> QFont:
        """The font of `kind`: caption, body, section, title or headline."""
        made = self._fonts.get((kind, bold))
        if made is None:
            strong = bold or kind in ("section", "title", "headline")
            weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
            made = self._fonts[kind, bold] = fonts.make_font(self._family, self.px(self._tokens.type[kind]), weight)
        return QFont(made)

    def icon(self, name: str, role: str = "ink") -> QIcon:
        """The icon `name` in the colour of `role`, paler when disabled."""
        return icons.icon(name, self._colours[role], self._colours["disabled"])

    def pixmap(self, name: str, size: int, role: str = "ink", ratio: float = 1.0) -> QPixmap:
        """The icon `name`, `size` logical pixels square, for a screen of `ratio` device pixels to one."""
        return icons.pixmap(name, self._colours[role], size, ratio)

    def _on_system_scheme_changed(self) -> None:
        if self._choice is Scheme.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        # the sheet is the dearest part by far; "as the system has it" and "light" often look the same
        if self._shown != (self.dark, self._zoom):
            self._shown = self.dark, self._zoom
            self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        self._colours = _derived(dict(self._tokens.scheme(self.dark)))
        self._fonts.clear()
        self._row_height = max(self.px(28), QFontMetrics(self.font("body")).height() + self.unit())
        self._app.setFont(self.font("body"))
        self._app.setPalette(palette.build(self._colours))
        self._app.setStyleSheet(sheet.build(self._colours, self.px, self._tokens, self.dark))


def _derived(colours: dict[str, str]) -> dict[str, str]:
    """The tokens' colours and the few mixed from them."""
    surface = colours["surface"]
    colours["hover"] = blend(colours["ink"], surface, 0.05)
    colours["pressed"] = blend(colours["ink"], surface, 0.10)
    colours["selection"] = blend(colours["accent"], surface, 0.14)
    colours["accent_hover"] = blend(colours["ink"], colours["accent"], 0.12)
    colours["disabled"] = blend(colours["quiet"], surface, 0.55)
    colours["track"] = blend(colours["ink"], surface, 0.10)
    colours["none"] = colours["quiet"]
    for role in ("good", "near", "bad", "none", "accent"):
        colours[f"{role}_tint"] = blend(colours[role], surface, 0.08)
    return colours


_installed: list[Theme] = []


def install(app: QApplication, choice: Scheme = Scheme.SYSTEM, zoom: float = 1.0) -> Theme:
    """Gives the application its theme; a second call changes the one there is."""
    if not _installed:
        _installed.append(Theme(app, choice, zoom))
        return _installed[0]
    theme = _installed[0]
    theme.set_choice(choice)
    theme.set_zoom(zoom)
    return theme


def current() -> Theme:
    """The theme of the running application; raises RuntimeError before there is one."""
    if not _installed:
        raise RuntimeError("the theme is not installed yet")
    return _installed[0]
