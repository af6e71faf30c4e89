"""The forms of a week by mail, from the page of typed counts: asked, sent, and told for each.

Wiring alone: letters are read and sent by the service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.services import form_mails
from desktop.services.form_mails import Letter, Post
from desktop.views.dialogs.form_mails import FormMailsDialog
from desktop.views.widgets.context import PageContext

if TYPE_CHECKING:
    from desktop.views.pages.typing.page import TypingPage


class FormsByMail(QObject):
    """Opens the dialog of a week and carries out what it asks for."""

    def __init__(self, page: TypingPage, context: PageContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self.dialog: FormMailsDialog | None = None

    def ask(self) -> None:
        """Opens the dialog for the week that the page shows."""
        self._context.ask(form_mails.post_of, self._page.week, on_finished=self._on_read)

    def _on_read(self, post: Post) -> None:
        if self.dialog is not None:
            # asked twice before the first was open
            return
        dialog = FormMailsDialog(post, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.send_asked.connect(lambda letters: self._send(dialog, post.week, letters))
        dialog.set_up_asked.connect(lambda: self._go_to_settings(dialog))
        dialog.finished.connect(lambda _: setattr(self, "dialog", None))
        self.dialog = dialog
        dialog.open()

    def _go_to_settings(self, dialog: FormMailsDialog) -> None:
        dialog.reject()
        self._page.page_requested.emit("settings", "mail")

    def _send(self, dialog: FormMailsDialog, week: str, letters: tuple[Letter, ...]) -> None:
        self._context.ask(
            form_mails.mail_forms, week, letters, self._context.now(),
            on_finished=self._on_sent, on_failed=self._on_failed, on_cancelled=self._on_cancelled,
            label=self.tr("Mailing the forms"),
        )  # fmt: skip

    def _on_sent(self, post: Post) -> None:
        many = sum(one.state == "sent" for one in post.letters)
        left = [one.producer_name for one in post.letters if one.state != "sent"]
        said = self.tr("Forms of {week}: {many} sent.").format(week=post.week, many=many)
        if left:
            said += " " + self.tr("Not sent or not surely: {names}.").format(names=", ".join(left[:6]))
        self._page.status_message.emit(said)
        if self.dialog is not None:
            self.dialog.show_post(post)

    def _on_failed(self, error: Exception) -> None:
        self._on_cancelled()
        self._context.executor.failed.emit(error)

    def _on_cancelled(self) -> None:
        """What went is known to the book: the dialog shows it."""
        self._context.ask(form_mails.post_of, self._page.week, on_finished=self._on_sent)
