"""Which letters the window uses: the system's own, or the ones shipped where the system has none.

Knows nothing of widgets; sizes come from the theme.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from desktop import paths

_HEADLESS = ("offscreen", "minimal")


def interface_family() -> str:
    """The family of the interface: the system's, or without a display the shipped one, the same everywhere."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if QGuiApplication.platformName() not in _HEADLESS and QFontInfo(system).family():
        return QFontInfo(system).family()
    shipped = register_shipped()
    if shipped:
        return shipped[0]
    return QFontInfo(system).family()


def system_scale() -> float:
    """How much larger than 13 px the user has set the system's letters; 1 without a display or when about normal."""
    if QGuiApplication.platformName() in _HEADLESS:
        return 1.0
    height = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    scale = height / 13
    return 1.0 if 0.85 <= scale <= 1.2 or height <= 0 else min(max(scale, 0.85), 3.0)


@cache
def register_shipped() -> tuple[str, ...]:
    """Registers the fonts in resources and answers their families, the interface family first."""
    folder = paths.resources() / "fonts"
    families: list[str] = []
    for file in sorted(folder.glob("*.ttf"), key=lambda path: (not path.name.startswith("NotoSans-"), path.name)):
        number = QFontDatabase.addApplicationFont(str(file))
        families += [name for name in QFontDatabase.applicationFontFamilies(number) if name not in families]
    return tuple(families)


def make_font(family: str, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font of `pixels` height with figures of equal width."""
    fallbacks = [name for name in ("DejaVu Sans",) if name != family]
    font = QFont([family, *fallbacks])
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
