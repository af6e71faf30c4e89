"""The theme: readable colours, one switch that reaches everything, sizes that grow with the zoom."""

from __future__ import annotations

import re
import sys
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.views import theme
from desktop.views.theme.tokens import blend, contrast, tokens

SCHEMES = (theme.Scheme.LIGHT, theme.Scheme.DARK)


@pytest.mark.parametrize(("scheme", "ground"), list(product(SCHEMES, ("page", "surface", "hover", "selection"))))
def test_text_is_readable_on_every_ground(look: theme.Theme, scheme: theme.Scheme, ground: str) -> None:
    look.set_choice(scheme)
    for role in ("ink", "quiet"):
        assert contrast(look.hex(role), look.hex(ground)) >= 4.5, role
    assert contrast(look.hex("accent_ink"), look.hex("accent")) >= 4.5


@pytest.mark.parametrize(("scheme", "status"), list(product(SCHEMES, theme.Status)))
def test_status_is_readable_on_its_own_tint(look: theme.Theme, scheme: theme.Scheme, status: theme.Status) -> None:
    look.set_choice(scheme)
    assert contrast(look.hex(status.role), look.hex(f"{status.value}_tint")) >= 4.5
    assert contrast(look.hex(status.role), look.hex("surface")) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_of_every_category_are_seen_and_differ(look: theme.Theme, scheme: theme.Scheme) -> None:
    look.set_choice(scheme)
    lines = [look.category_line(number).name() for number in range(8)]
    assert all(contrast(line, look.hex("surface")) >= 3 for line in lines)
    assert len(set(lines)) == 8


@pytest.mark.parametrize("scheme", SCHEMES)
def test_letters_are_read_on_every_shade(look: theme.Theme, scheme: theme.Scheme) -> None:
    look.set_choice(scheme)
    shades = [blend(look.hex("accent"), look.hex("surface"), share / 50) for share in range(51)]
    assert all(contrast(look.letters_on(shade).name(), shade) >= 4.5 for shade in shades)


def test_statuses_differ_in_more_than_colour() -> None:
    seen = [status.icon for status in (theme.Status.GOOD, theme.Status.NEAR, theme.Status.BAD)]
    assert len(set(seen)) == 3
    assert theme.status_of("bad") is theme.Status.BAD
    assert theme.status_of(None) is theme.Status.NONE


def test_switch_of_scheme_is_synchronous_and_told(look: theme.Theme, qtbot: QtBot) -> None:
    label = QLabel("Calls made")
    qtbot.addWidget(label)
    with qtbot.waitSignal(look.changed):
        look.set_choice(theme.Scheme.DARK)
    assert look.dark
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(tokens().dark["page"])
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(tokens().dark["ink"])
    look.set_choice(theme.Scheme.LIGHT)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(tokens().light["ink"])


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0, 3.0])
def test_sizes_grow_with_the_zoom(look: theme.Theme, zoom: float) -> None:
    look.set_zoom(zoom)
    assert look.unit() == round(8 * zoom)
    assert look.font("body").pixelSize() == round(13 * zoom)
    assert look.row_height >= QFontMetrics(look.font("body")).height() + look.unit() / 2


def test_zoom_steps_along_its_ladder_and_stops_at_the_ends(look: theme.Theme) -> None:
    look.step_zoom(1)
    assert look.zoom == 1.1
    look.step_zoom(50)
    assert look.zoom == 3.0
    look.step_zoom(-50)
    assert look.zoom == 0.8


def test_figures_have_equal_widths(look: theme.Theme) -> None:
    for kind in ("body", "headline"):
        metrics = QFontMetrics(look.font(kind))
        assert len({metrics.horizontalAdvance(digit * 5) for digit in "0123456789"}) == 1


def test_every_icon_is_drawn_in_the_ink_asked_for(look: theme.Theme) -> None:
    names = [file.stem for file in (paths.resources() / "icons").glob("*.svg")]
    assert len(names) > 50
    for name in names:
        if name.endswith(("-light", "-dark")):
            continue
        image = look.pixmap(name, 48, "accent").toImage()
        inked = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250]
        assert inked, name
        assert all(abs(colour.red() - look.colour("accent").red()) <= 2 for colour in inked), name


def test_fixed_icons_of_the_style_sheet_have_the_colours_of_the_tokens() -> None:
    roles = {"arrow-up": "quiet", "arrow-down": "quiet", "tick": "accent_ink"}
    for (name, role), scheme in product(roles.items(), ("light", "dark")):
        text = (paths.resources() / "icons" / f"{name}-{scheme}.svg").read_text(encoding="utf-8")
        assert re.findall(r'stroke="(#\w+)"', text) == [tokens().scheme(scheme == "dark")[role]]


def test_blend_is_the_back_at_nothing_and_the_front_at_all() -> None:
    assert blend("#112233", "#FFFFFF", 0) == "#FFFFFF"
    assert blend("#112233", "#FFFFFF", 1) == "#112233"


def test_none_is_not_worn_out_by_calls_that_return_nothing(look: theme.Theme, qtbot: QtBot) -> None:
    """Some releases of the Qt binding lose a reference to None at each such call and end the process."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100
