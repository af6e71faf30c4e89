"""Any table on paper: a heading, what it is of, and the rows as they are shown, black on white.

Knows views and printers; whose figures they are is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop.views import theme
from desktop.views.tables import Kind, RecordTableView

_MARGIN_MM = 15.0


def print_table(view: RecordTableView, title: str, subtitle: str, parent: QWidget) -> bool:
    """Asks for a printer and prints what `view` shows; False where the user left it."""
    printer = make_printer()
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    document(view, title, subtitle).print_(printer)
    return True


def make_printer() -> QPrinter:
    """The usual printer, its page on the long side."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    return printer


def document(view: RecordTableView, title: str, subtitle: str) -> QTextDocument:
    """The table as a document; its heading is repeated on every page, drawn lines are left out."""
    heading = view.horizontalHeader()
    order = (heading.logicalIndex(place) for place in range(heading.count()))
    columns = [view.records.columns[number] for number in order if not view.isColumnHidden(number)]
    columns = [column for column in columns if column.kind is not Kind.SPARKLINE]
    words = [column.kind is Kind.TEXT for column in columns]
    rows = (view.records.row_at(number) for number in range(view.records.rowCount()))
    lines = "".join(_line([column.display(row) for column in columns], words, "td") for row in rows)
    head = _line([column.title for column in columns], words, "th")
    made = QTextDocument()
    font = QFont(theme.current().font("body"))
    font.setPointSizeF(9)
    made.setDefaultFont(font)
    made.setHtml(
        f"<h2>{escape(title)}</h2><p>{escape(subtitle)}</p>"
        f'<table width="100%" cellspacing="0" cellpadding="4" border="0"><thead>{head}</thead>{lines}</table>'
    )
    return made


def _line(cells: Sequence[str], words: Sequence[bool], tag: str) -> str:
    sides = ("left" if word else "right" for word in words)
    inside = "".join(
        f'<{tag} align="{side}" style="border-bottom: 1px solid #999999">{escape(cell)}</{tag}>'
        for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{inside}</tr>"
