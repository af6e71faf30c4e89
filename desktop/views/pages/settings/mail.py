"""The mail server: where mails to producers leave from, tried with a mail to oneself.

Knows texts; keeping and trying them is the services' business.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.services import mail_settings, previews
from desktop.services.edits import Changes
from desktop.services.mail_settings import TypedMail
from desktop.views import theme
from desktop.views.pages.settings.panels import Panel
from desktop.views.pages.settings.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


class MailPanel(Panel):
    """A form kept by its button. `keep_asked` carries a TypedMail, `test_asked` one and an address."""

    keep_asked = Signal(object)
    test_asked = Signal(object, str)
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: TypedMail | None = None
        self.form = FormBuilder(label_width=190)
        self.host = self.form.add_row(say("&Mail server"), QLineEdit(), say("Such as smtp.office365.com."))
        self.security = self.form.add_row(say("&Encryption"), QComboBox())
        for value, words in (
            ("starttls", say("STARTTLS (usually port 587)")),
            ("ssl", say("TLS (usually port 465)")),
            ("none", say("None: a server on this computer only")),
        ):
            self.security.addItem(words, value)
        self.port = self.form.add_row(say("&Port"), QLineEdit("587"))
        self.sent_from = self.form.add_row(
            say("&From"), QLineEdit(), say("The address that producers see and answer to.")
        )
        self.user = self.form.add_row(say("&User name"), QLineEdit(), say("Empty where the server asks for none."))
        self.password = self.form.add_row(
            say("Pass&word"),
            QLineEdit(),
            say("Kept in this computer's keyring, never in the book. Left empty, the one that is kept stays."),
        )
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.to = QLineEdit()
        self.try_out = Button(say("Send Test Mail"), icon="mail")
        self.test_row = self.form.add_row(say("&Try it"), self._beside(self.to, self.try_out))
        self.to.setAccessibleName(say("Address for the test mail"))
        self.to.setPlaceholderText(say("Your own address"))
        self._arrange()
        self.security.activated.connect(self._on_security_chosen)
        self.keep.clicked.connect(lambda: self.keep_asked.emit(self.typed))
        self.forget.clicked.connect(self.forget_asked)
        self.try_out.clicked.connect(lambda: self.test_asked.emit(self.typed, self.to.text()))

    @property
    def typed(self) -> TypedMail:
        """What the form says now."""
        host, port, sender, user = (one.text().strip() for one in (self.host, self.port, self.sent_from, self.user))
        return TypedMail(host, port, sender, str(self.security.currentData()), user, self.password.text())

    def show_mail(self, kept: TypedMail | None) -> None:
        """Shows the server that is kept; what is being typed over another one stays."""
        self.forget.setVisible(kept is not None)
        if kept == self._shown and kept is not None:
            return
        typing = any(one.hasFocus() for one in (self.host, self.port, self.sent_from, self.user, self.password))
        if kept is None and (self._shown is None or typing):
            return
        self._shown = kept
        known = kept or TypedMail("", "587", "")
        for field, text in (
            (self.host, known.host), (self.port, known.port), (self.sent_from, known.sender), (self.user, known.user),
        ):  # fmt: skip
            field.setText(text)
        self.password.clear()
        self.security.setCurrentIndex(self.security.findData(known.security))

    def show_said(self, text: str, *, good: bool) -> None:
        """What became of keeping or trying."""
        self.said.setText(text)
        self.said.set_tone("good" if good else "bad")
        self.said.setVisible(bool(text))

    def texts(self) -> list[str]:
        """Labels."""
        return [say("Mail server"), say("E-mail"), "SMTP", say("Password"), say("From")]

    def _arrange(self) -> None:
        self.keep = Button(say("Keep"), "main")
        self.keep.setAccessibleName(say("Keep the mail server"))
        self.forget = Button(say("Remove"), "quiet")
        self.forget.setAccessibleName(say("Remove the mail server"))
        self.forget.setVisible(False)
        self.said = Label("", wrap=True)
        self.said.setVisible(False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        why = say("Scorecards, self-report forms and notices to producers leave through it.")
        lines.addWidget(Label(why, tone="quiet", wrap=True))
        lines.addWidget(self.form)
        lines.addWidget(self.said)
        lines.addWidget(self._beside(self.keep, self.forget, stretch=True))
        self.setMaximumWidth(theme.current().px(760))

    def _on_security_chosen(self) -> None:
        usual = {"starttls": "587", "ssl": "465", "none": "25"}
        if self.port.text().strip() in (*usual.values(), ""):
            self.port.setText(usual[str(self.security.currentData())])

    def _beside(self, *widgets: QWidget, stretch: bool = False) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
        if stretch:
            row.addStretch(1)
        return holder


class Mailing(QObject):
    """Carries out what the panel asks for; `done` hears of every change."""

    def __init__(self, panel: MailPanel, context: PageContext, done: Callable[[Changes], None]) -> None:
        super().__init__(panel)
        self._panel, self._context, self._done = panel, context, done
        panel.keep_asked.connect(self._on_keep_asked)
        panel.test_asked.connect(self._on_test_asked)
        panel.forget_asked.connect(self._on_forget_asked)

    def refresh(self) -> None:
        """Reads what is kept."""
        self._context.ask(mail_settings.read, on_finished=self._panel.show_mail)

    def _on_keep_asked(self, typed: TypedMail) -> None:
        author = previews.author_at(self._context.now())
        self._context.ask(
            mail_settings.keep, typed, author, on_finished=self._on_kept, on_failed=self._on_refused
        )  # fmt: skip

    def _on_kept(self, changes: Changes) -> None:
        self._panel.password.clear()
        self._panel.show_said(say("Kept."), good=True)
        self._done(changes)

    def _on_forget_asked(self) -> None:
        self._panel.show_said("", good=True)
        author = previews.author_at(self._context.now())
        self._context.ask(mail_settings.forget, author, on_finished=self._done, on_failed=self._on_refused)

    def _on_test_asked(self, typed: TypedMail, to: str) -> None:
        self._panel.try_out.setEnabled(False)
        self._context.ask(
            mail_settings.send_test, typed, to, on_finished=self._on_tested, on_failed=self._on_refused,
            label=say("Sending the test mail"),
        )  # fmt: skip

    def _on_tested(self, to: str) -> None:
        self._panel.try_out.setEnabled(True)
        self._panel.show_said(say("Sent to {}. Look whether it arrived.").format(to), good=True)

    def _on_refused(self, error: BaseException) -> None:
        self._panel.try_out.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self._panel.show_said(f"{error.what} {error.what_to_do}", good=False)
