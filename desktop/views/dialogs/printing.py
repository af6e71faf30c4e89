"""Reports and tables from the window onto paper and into files: asks for a printer or a place; services do the rest.

Whose figures they are is the page's business.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.core.documents import Block
from desktop.errors import UserError
from desktop.services import reporting, tables
from desktop.services.reporting import Asked, PrintedPages, View, WrittenReport
from desktop.views.tables import RecordTableView
from desktop.views.tables.sheets import document_table, sheet_rows
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.paper import image_of

PRINT_DPI = 300.0
Done = Callable[[], object]


def say(text: str) -> str:
    """A text of this module in the user's language."""
    return QCoreApplication.translate("printing", text)


# --- printing ---------------------------------------------------------------------------------------------------------


def print_report(context: PageContext, name: str, asked: Asked, parent: QWidget) -> bool:
    """Asks for a printer and prints the report of that name; True, as one who leaves the question has been asked."""
    printer = ask_printer(say("Print"), parent)
    if printer is None:
        return True
    context.ask(
        reporting.print_named, name, asked,
        on_finished=lambda printed: Printing(context, printer, printed).start(), label=say("Preparing the report"),
    )  # fmt: skip
    return True


def print_table(context: PageContext, view: RecordTableView, title: str, subtitle: str, parent: QWidget) -> bool:
    """Asks for a printer and prints what `view` shows; True, as by `print_report`."""
    return print_blocks(context, title, subtitle, (document_table(view),), parent)


def print_blocks(context: PageContext, title: str, subtitle: str, blocks: tuple[Block, ...], parent: QWidget) -> bool:
    """Asks for a printer and prints these blocks under the letterhead; True, as by `print_report`."""
    printer = ask_printer(title, parent)
    if printer is None:
        return True
    context.ask(
        reporting.print_view, View(title, subtitle, blocks, context.now()),
        on_finished=lambda printed: Printing(context, printer, printed).start(), label=say("Preparing the pages"),
    )  # fmt: skip
    return True


def print_picture(page: QWidget) -> None:
    """Asks for a printer and prints `page` as it looks, for pages of which nothing can be said in tables.

    UserError where the printer takes nothing.
    """
    printer = ask_printer(say("Print"), page)
    if printer is None:
        return
    picture = page.grab()
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(say("The printer takes no pages."), say("See whether it is on, or choose another one."))
    room = painter.viewport()
    size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawPixmap(QRectF(0, 0, size.width(), size.height()), picture, QRectF(picture.rect()))
    painter.end()


def ask_printer(title: str, parent: QWidget) -> QPrinter | None:
    """The printer that the user chooses; None where the user left it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


class Printing:
    """Puts the pages of a PDF on a printer one by one, so that neither window nor memory fills up."""

    def __init__(
        self, context: PageContext, printer: QPrinter, printed: PrintedPages, on_done: Done = lambda: None
    ) -> None:
        self._context, self._printer, self._printed, self._on_done = context, printer, printed, on_done
        self._painter = QPainter()
        self._next = 0

    def start(self) -> None:
        """Draws the first page; the others follow."""
        self._context.executor.submit(
            reporting.page_picture, self._printed, self._next, PRINT_DPI,
            on_finished=lambda picture: self._put(image_of(picture)), on_failed=self._on_failed,
            label=say("Printing page {} of {}").format(self._next + 1, self._printed.pages),
        )  # fmt: skip

    def _put(self, image: QImage) -> None:
        """One page on the whole sheet, at its true size."""
        printer = self._printer
        if self._next:
            printer.newPage()
        else:
            wide = image.width() > image.height()
            printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
            printer.setFullPage(True)
            self._painter.begin(printer)
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
        self._next += 1
        if self._next < self._printed.pages:
            self.start()
        else:
            self._painter.end()
            self._on_done()

    def _on_failed(self, error: Exception) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._context.executor.failed.emit(error)


# --- files ------------------------------------------------------------------------------------------------------------

_SUFFIXES = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}


def ask_target(parent: QWidget, title: str, name: str, first: str = "pdf") -> Path | None:
    """The file that the user names, with the suffix of the kind chosen where none was typed; None where left."""
    kinds = [_SUFFIXES[first], *(words for suffix, words in _SUFFIXES.items() if suffix != first)]
    chosen, kind = QFileDialog.getSaveFileName(parent, title, f"{name}.{first}", ";;".join(kinds))
    if not chosen:
        return None
    target = Path(chosen)
    if target.suffix.casefold() in reporting.SUFFIXES:
        return target
    suffix = next((suffix for suffix, words in _SUFFIXES.items() if words == kind), first)
    return target.with_name(f"{target.name}.{suffix}")


def save_report(
    context: PageContext, name: str, asked: Asked, target: Path, on_saved: Callable[[WrittenReport], object]
) -> None:
    """Writes the report of that name by the file's suffix."""
    context.ask(reporting.write, name, asked, target, on_finished=on_saved, label=say("Writing the report"))


def save_table(
    context: PageContext,
    view: RecordTableView,
    title: str,
    subtitle: str,
    target: Path,
    on_saved: Callable[[object], object],
) -> None:
    """Writes what `view` shows by the file's suffix: as a printed page, or as the bare table that CSV and XLSX hold."""
    if target.suffix.casefold() == ".pdf":
        save_blocks(context, title, subtitle, (document_table(view),), target, on_saved)
        return
    context.executor.submit(
        tables.write_table, target, sheet_rows(view), on_finished=on_saved, label=say("Writing the file")
    )


def save_blocks(
    context: PageContext,
    title: str,
    subtitle: str,
    blocks: tuple[Block, ...],
    target: Path,
    on_saved: Callable[[WrittenReport], object],
) -> None:
    """Writes these blocks under the letterhead by the file's suffix."""
    view = View(title, subtitle, blocks, context.now())
    context.ask(reporting.save_view, view, target, on_finished=on_saved, label=say("Writing the file"))
