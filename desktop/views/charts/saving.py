"""A chart as a file: PNG and SVG by the chart's own painting, CSV and XLSX through the services."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.errors import UserError
from desktop.services import tables
from desktop.views import theme

if TYPE_CHECKING:
    from desktop.views.charts.chart import Chart

_SHARPNESS = 2.0


def save(chart: Chart, path: Path) -> Path:
    """Writes `chart` to `path` in the format of its suffix; UserError for an unknown one or a place that refuses."""
    suffix = path.suffix.casefold()
    if suffix in (".csv", ".xlsx"):
        return tables.write_table(path, chart.table())
    if suffix == ".svg":
        _save_svg(chart, path)
    elif suffix == ".png":
        _save_png(chart, path)
    else:
        raise UserError(
            _say("A chart cannot be saved as {}.").format(path.suffix or path.name), _say("Use .png, .svg or .csv.")
        )
    return path


def _size(chart: Chart) -> QSize:
    return chart.size().expandedTo(chart.minimumSizeHint())


def _save_png(chart: Chart, path: Path) -> None:
    size = _size(chart)
    margin = theme.current().unit(2)
    image = QImage(
        round((size.width() + 2 * margin) * _SHARPNESS),
        round((size.height() + 2 * margin) * _SHARPNESS),
        QImage.Format.Format_RGB32,
    )
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(theme.current().colour("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chart.draw(painter, QRectF(margin, margin, size.width(), size.height()))
    painter.end()
    if not image.save(str(path)):
        raise _refused(path)


def _save_svg(chart: Chart, path: Path) -> None:
    from PySide6.QtSvg import QSvgGenerator

    size = _size(chart)
    margin = theme.current().unit(2)
    generator = QSvgGenerator()
    target = QBuffer()
    generator.setOutputDevice(target)
    # recorded strokes (the axes) are stretched by the ratio of the resolutions they were drawn for and are played at
    generator.setResolution(chart.logicalDpiX())
    whole = QRectF(0, 0, size.width() + 2 * margin, size.height() + 2 * margin)
    generator.setSize(whole.size().toSize())
    generator.setViewBox(whole)
    generator.setTitle(chart.title)
    generator.setDescription(chart.summary)
    painter = QPainter(generator)
    painter.fillRect(whole, theme.current().colour("surface"))
    chart.draw(painter, QRectF(margin, margin, size.width(), size.height()))
    painter.end()
    try:
        path.write_bytes(target.data().data())
    except OSError:
        raise _refused(path) from None


def _refused(path: Path) -> UserError:
    return UserError(_say("{} cannot be written.").format(path), _say("Choose another place."))


def _say(text: str) -> str:
    return QCoreApplication.translate("Charts", text)
