"""Looks at the leads' clocks each minute: has the ladder carried out, and says in the window and on the desktop what
fell due.

The moment is the window's clock, which tests move; what is due is the services' matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.errors import UserError
from desktop.services import clock, previews, watch_ladder
from desktop.services.watch_ladder import Round, Told

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow
    from desktop.views.pages.live import LivePage
    from desktop.views.widgets.context import PageContext

EVERY_MS = 60_000
PAGE = "live"
IN_WINDOW, ON_DESKTOP, CARRIED_OUT = "live.notices.window", "live.notices.desktop", "live.ladder"


class Ladder(QObject):
    """One round at the start, which catches up, then one each minute."""

    def __init__(self, window: MainWindow, context: PageContext, every_ms: int = EVERY_MS) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._busy = False
        self._told = ""
        self._tray: QSystemTrayIcon | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.turn)
        window.closing.connect(self._timer.stop)
        self._every_ms = every_ms
        # the agency's time zone first: an hour's difference would hand leads over too early
        context.ask(clock.zone_of, on_finished=lambda _zone: self._begin(), on_failed=lambda _error: None)

    def _words(self, text: str) -> str:
        return QCoreApplication.translate("Ladder", text)

    def _begin(self) -> None:
        self._timer.start(self._every_ms)
        if not self._context.state.read(CARRIED_OUT, True):
            return
        self._busy = True
        now = self._context.now()
        self._context.ask(
            watch_ladder.begin, now, previews.author_at(now), on_finished=self._on_begun, on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
        )  # fmt: skip

    def turn(self) -> None:
        """Has one round made, unless the last one is still under way; the board's clocks move in any case."""
        if self._busy:
            return
        if not self._context.state.read(CARRIED_OUT, True):
            self._move_clocks()
            return
        self._busy = True
        now = self._context.now()
        self._context.ask(
            watch_ladder.turn, now, previews.author_at(now), on_finished=self._on_turned, on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
        )  # fmt: skip

    def _on_begun(self, found: Round) -> None:
        self._settle(found)
        page = self._live_page() if found.late or found.unsure else None
        if page is None:
            return
        late = [self.sentence(one) for one in found.told if one.action.late]
        if late:
            what = self._words("1 step fell due while the program was closed.")
            many = self._words("{} steps fell due while the program was closed.").format(len(late))
            page.say_missed(what if len(late) == 1 else many, late)
        if found.unsure:
            words = self._words("{} messages may or may not have left when the program ended: see Needs Attention.")
            page.say_missed(words.format(found.unsure), [])

    def _live_page(self) -> LivePage | None:
        from desktop.views.pages.live import LivePage

        page = self._window.page(PAGE)
        return page if isinstance(page, LivePage) else None

    def _on_turned(self, found: Round) -> None:
        self._settle(found)

    def _settle(self, found: Round) -> None:
        self._busy = False
        self._told = ""
        if not found.told:
            self._move_clocks()
            return
        self._window.note_change()
        first = self.sentence(found.told[0])
        more = len(found.told) - 1
        said = first if not more else self._words("{} And {} more.").format(first, more)
        if self._context.state.read(IN_WINDOW, True):
            self._window.toast.show_text(said, self._words("Look"), lambda: self._window.show_page(PAGE))
        if self._context.state.read(ON_DESKTOP, True):
            self._say_on_desktop(said)

    def _move_clocks(self) -> None:
        page = self._window.current_page
        if page is not None and page.key == PAGE:
            page.mark_stale()

    def sentence(self, one: Told) -> str:
        """A step as it is told."""
        return {
            "call_0": self._words("New lead {lead} for {receiver}: call now."),
            "notify_again": self._words("{lead} still waits for {receiver}."),
            "warn": self._words("{receiver} was warned: nobody has reached {lead}."),
            "reassign": self._words("{lead} went from {sender} to {receiver}."),
            "alert_manager": self._words("{receiver}, nobody has reached {lead} for an hour."),
        }.get(one.action.step, self._words("The next step for {lead} is due.")).format(
            lead=one.lead, receiver=one.receiver or self._words("nobody"), sender=one.sender or self._words("nobody")
        )

    def _say_on_desktop(self, said: str) -> None:
        """Where the desktop shows notices at all."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._on_notice_clicked)
            self._tray.show()
        self._tray.showMessage(self._words("Producer Desk"), said)

    def _on_notice_clicked(self) -> None:
        self._window.showNormal()
        self._window.activateWindow()
        self._window.show_page(PAGE)

    def _on_failed(self, error: Exception) -> None:
        """What the user can mend is said once, until a round succeeds again."""
        self._busy = False
        if not isinstance(error, UserError):
            self._context.executor.failed.emit(error)
        elif str(error) != self._told:
            self._told = str(error)
            self._window.show_error(error)

    def _on_cancelled(self) -> None:
        self._busy = False
