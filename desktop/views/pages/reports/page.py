"""The page of reports: choose one at the left, see it as it prints at the right, print it or save it.

Wiring alone: what a report says is its service's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.core import periods
from desktop.core.pages import PagePicture
from desktop.core.periods import Filter
from desktop.errors import UserError
from desktop.services import reporting, scopes
from desktop.services.reporting import Asked, PrintedPages
from desktop.views import theme
from desktop.views.pages.reports.titles import FROM_THEIR_PAGES, title_of, titles
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label
from desktop.views.widgets.page import Page
from desktop.views.widgets.paper import PageSheet, image_of
from desktop.views.widgets.period_picker import PeriodPicker
from desktop.views.widgets.producer_picker import ProducerPicker
from desktop.views.widgets.rail import Group

SCREEN_DPI = 110.0
_CHOSEN = "reports.name"
_NAME = Qt.ItemDataRole.UserRole


class ReportsPage(Page):
    """Every report of the program that needs nothing but a period and a producer."""

    key = "reports"
    group = Group.DATA
    icon_name = "print"
    shows_pay = True

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Reports"))
        self._context = context
        self._asked = 0
        self.picker = PeriodPicker(context.today, Filter.MONTH)
        self.producers = ProducerPicker(None)
        self.list = QListWidget()
        self.sentence = Label(tone="quiet", wrap=True)
        self.problem = Label(tone="bad", wrap=True)
        self.pages = Label(kind="caption", tone="quiet")
        self.sheet = PageSheet()
        self._fill()
        self._arrange()
        self.list.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.picker.period_changed.connect(lambda _period: self.mark_stale())
        self.producers.producer_changed.connect(lambda _code: self.mark_stale())
        self.print_button.clicked.connect(self.print_page)
        self.save.clicked.connect(lambda: self.export("report"))

    @property
    def report(self) -> str:
        """The name of the report that is chosen."""
        return str(self.list.currentItem().data(_NAME))

    def refresh(self) -> None:
        """Shows the chosen report as it prints now."""
        self._asked += 1
        self._context.ask(scopes.choices, on_finished=self.producers.set_people)
        self._context.ask(
            reporting.print_named, self.report, self.asked(),
            on_finished=partial(self._on_printed, self._asked), on_failed=self._on_failed,
            label=self.tr("Preparing the report"),
        )  # fmt: skip

    def arrive(self, argument: object) -> None:
        """The name of a report."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == argument:
                self.list.setCurrentRow(row)

    def asked(self) -> Asked:
        """What is asked of the report."""
        now, period = self._context.now(), self.picker.period
        as_of = periods.default_as_of(period, now)
        return Asked(period, as_of, self.producers.producer or None, now, pay_hidden=self._context.pay_hidden)

    def export_actions(self) -> list[tuple[str, str]]:
        """The report."""
        return [("report", self.tr("This Report as PDF, Excel or CSV…"))]

    def export(self, key: str) -> None:
        """Asks where to, and writes the report."""
        from desktop.views.dialogs.saving import TableSaver

        TableSaver(self, self._context).ask_report(self.report, self.asked())

    def print_page(self) -> bool:
        """Asks for a printer and prints the report."""
        from desktop.views.dialogs.printing import print_report

        return print_report(self._context, self.report, self.asked(), self)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The page with its first report."""
        return [("reports", lambda: None)]

    def _fill(self) -> None:
        self.list.setAccessibleName(self.tr("Reports"))
        order = list(titles())
        known = [name for name in reporting.names() if name not in FROM_THEIR_PAGES]
        for name in sorted(known, key=lambda one: (order.index(one) if one in order else len(order), one)):
            item = QListWidgetItem(title_of(name)[0])
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, theme.current().px(28)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.arrive(self._context.state.read(_CHOSEN, "dashboard"))

    def _arrange(self) -> None:
        self.header.add_slot(self.picker)
        self.header.add_slot(self.producers)
        self.print_button = Button(self.tr("Print…"), "", "print")
        self.header.add_slot(self.print_button)
        self.save = self.header.set_main_button(self.tr("Save…"), "save")
        self.sheet.setAccessibleName(self.tr("The first page as it will print"))
        right = QWidget()
        right.setObjectName("plain")
        lines = QVBoxLayout(right)
        lines.setContentsMargins(theme.current().unit(2), 0, 0, 0)
        for label in (self.sentence, self.problem):
            lines.addWidget(label)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.sheet)
        lines.addWidget(area, 1)
        lines.addWidget(self.pages)
        self.problem.setVisible(False)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        look = theme.current()
        self.list.setMinimumWidth(look.px(190))
        splitter.setSizes([look.px(230), look.px(800)])
        self.body.addWidget(splitter, 1)
        self._tell()

    def _tell(self) -> None:
        self.sentence.setText(title_of(self.report)[1])

    def _on_chosen(self) -> None:
        self._context.state.write(_CHOSEN, self.report)
        self._tell()
        self.mark_stale()

    def _on_printed(self, number: int, printed: PrintedPages) -> None:
        if number == self._asked:
            one, many = self.tr("1 page"), self.tr("{count} pages, the first is shown")
            self.pages.setText(one if printed.pages == 1 else many.format(count=printed.pages))
            self._context.executor.submit(
                reporting.page_picture, printed, 0, SCREEN_DPI, on_finished=partial(self._on_pictured, number)
            )

    def _on_pictured(self, number: int, picture: PagePicture) -> None:
        if number == self._asked:
            self.problem.setVisible(False)
            self.sheet.show_image(image_of(picture))

    def _on_failed(self, error: BaseException) -> None:
        """What a report lacks is said where it would be."""
        if not isinstance(error, UserError):
            self._context.executor.failed.emit(error)
            return
        self.sheet.show_image(None)
        self.pages.setText("")
        self.problem.setText(str(error))
        self.problem.setVisible(True)
