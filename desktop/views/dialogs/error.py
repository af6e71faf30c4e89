"""The crash report: what went wrong inside the program, to be copied, without anybody's data.

Shows type, place and versions. An error's own text may quote a client's name, so it is left out.
"""

from __future__ import annotations

import platform
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.dialogs.answering import press_on_enter
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label


def write_report(error: BaseException, version: str, trace: TracebackType | None = None) -> str:
    """The report on `error`: the lines of the program it passed through, no values, no paths of this machine."""
    lines = [
        f"Producer Desk {version}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide {pyside_version}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    chain: BaseException | None = error
    first_trace = trace or error.__traceback__
    while chain is not None:
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}")
        frames = traceback.extract_tb(first_trace if chain is error else chain.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        chain = chain.__cause__ or chain.__context__
    return "\n".join(lines)


def _short(filename: str) -> str:
    """The file's place within its package: never the folders of a user."""
    parts = filename.replace("\\", "/").split("/")
    for root in ("desktop", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]


class ErrorDialog(QDialog):
    """Says that something went wrong inside, with the report and a button to copy it."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.report = report
        self.setWindowTitle(self.tr("Something Went Wrong"))
        self.setAccessibleName(self.windowTitle())
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Report"))
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        said = self.tr(
            "Your book is safe: whatever was being done has been taken back. "
            "The report below says where in the program it happened. It holds no names and no figures."
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(look.unit(3), look.unit(3), look.unit(3), look.unit(2))
        lines.setSpacing(look.unit(1.5))
        lines.addWidget(Label(self.tr("Something went wrong inside Producer Desk."), "section"))
        lines.addWidget(Label(said, wrap=True))
        lines.addWidget(text, 1)
        lines.addLayout(self._buttons())
        press_on_enter(self._go_on)
        self.resize(look.px(640), look.px(440))

    def copy_report(self) -> None:
        """Puts the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self._copy.setText(self.tr("Copied"))

    def _buttons(self) -> QHBoxLayout:
        self._copy = Button(self.tr("Copy Report"), icon="copy")
        self._copy.clicked.connect(self.copy_report)
        self._go_on = Button(self.tr("Continue"), "main")
        self._go_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(self._go_on)
        return row
