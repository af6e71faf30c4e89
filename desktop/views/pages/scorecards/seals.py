"""Publishing and signing from the scorecards page: freezes a week, opens the pad, seals what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.core.autograph import Autograph, Role
from desktop.services import previews, publishing, signing
from desktop.services.edits import Changes
from desktop.services.publishing import PublishedWeek
from desktop.services.signing import Signed
from desktop.views.dialogs.signature import SignatureDialog
from desktop.views.widgets.context import PageContext

if TYPE_CHECKING:
    from desktop.views.pages.scorecards.page import ScorecardsPage


class Seals(QObject):
    """Does it for the scorecards that the page shows, and tells on the page."""

    def __init__(self, page: ScorecardsPage, context: PageContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context

    def publish(self, producers: Sequence[str] | None) -> None:
        """Freezes the scorecards of these producers (None: of all) as they stand."""
        self._page.form.flush()
        now = self._context.now()
        self._context.ask(
            publishing.publish, self._page.week, producers, previews.author_at(now), now,
            on_finished=self._on_published, label=self.tr("Publishing the week"),
        )  # fmt: skip

    def ask_to_sign(self, role: Role) -> None:
        """Opens the pad for the producer or the manager of the scorecard shown."""
        if self._page.producer is None:
            return
        name = self._page.form.name.text() if role is Role.PRODUCER else ""
        dialog = SignatureDialog(name, role, self._context.now, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.sign(dialog.autograph))
        dialog.open()

    def sign(self, autograph: Autograph, *, stamped: bool = True) -> None:
        """Signs the published scorecard shown and seals it."""
        author = previews.author_at(self._context.now())
        self._context.ask(
            partial(signing.sign, stamped=stamped), self._page.week, self._page.producer, autograph, author,
            on_finished=self._on_signed, on_failed=lambda error: self._on_not_signed(autograph, error),
            label=self.tr("Signing"),
        )  # fmt: skip

    def _on_published(self, found: Sequence[PublishedWeek]) -> None:
        fresh = sum(one.new for one in found)
        words = self.tr("Published {count} scorecards") if fresh else self.tr("Nothing changed since it was published")
        self._page.status_message.emit(words.format(count=fresh))
        self._page.book_changed.emit(Changes(""))

    def _on_signed(self, _signed: Signed) -> None:
        self._page.status_message.emit(self.tr("Signed and sealed"))
        self._page.book_changed.emit(Changes(""))

    def _on_not_signed(self, autograph: Autograph, error: BaseException) -> None:
        """Whether to do without a time stamp is for who signs to say; what was drawn is not drawn again."""
        if not isinstance(error, signing.NoTimeStampError):
            self._context.executor.failed.emit(error)
            return
        verb = self.tr("Sign Without a Time Stamp")
        self._page.messages.clear()
        self._page.messages.show_error(error, [(verb, lambda: self._sign_unstamped(autograph))])

    def _sign_unstamped(self, autograph: Autograph) -> None:
        self._page.messages.clear()
        self.sign(autograph, stamped=False)
