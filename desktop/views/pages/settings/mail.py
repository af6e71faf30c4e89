"""The mail server: where mails to producers leave from, tried with a mail to oneself.

Knows texts; keeping and trying them is the services' business.
"""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.services import mail_settings
from desktop.services.mail_settings import TypedMail
from desktop.views.pages.settings.channel import ChannelPanel, Service
from desktop.views.pages.settings.words import say


def mail_service() -> Service:
    """What the panel's wishes go to."""
    return Service(
        mail_settings.read,
        mail_settings.keep,
        mail_settings.forget,
        mail_settings.send_test,
        say("Sending the test mail"),
    )


class MailPanel(ChannelPanel):
    """The mail server's form; what is typed is a TypedMail."""

    def __init__(self) -> None:
        super().__init__()
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
        self.form.add_row(
            say("Pass&word"),
            self.secret,
            say("Kept in this computer's keyring, never in the book. Left empty, the one that is kept stays."),
        )
        self.add_trial(say("Send Test Mail"), "mail", say("Address for the test mail"), say("Your own address"))
        self.arrange(
            say("Scorecards, self-report forms and notices to producers leave through it."),
            say("Keep the mail server"),
            say("Remove the mail server"),
        )
        self.security.activated.connect(self._on_security_chosen)

    @property
    def typed(self) -> TypedMail:
        """What the form says now."""
        host, port, sender, user = (one.text().strip() for one in self.fields())
        return TypedMail(host, port, sender, str(self.security.currentData()), user, self.secret.text())

    def fields(self) -> tuple[QLineEdit, ...]:
        """What a person types into, but for the password."""
        return (self.host, self.port, self.sent_from, self.user)

    def fill(self, kept: TypedMail | None) -> None:
        """Put what is kept, or with None a blank set-up, into the fields."""
        known = kept or TypedMail("", "587", "")
        for field, text in zip(self.fields(), (known.host, known.port, known.sender, known.user), strict=True):
            field.setText(text)
        self.security.setCurrentIndex(self.security.findData(known.security))

    def texts(self) -> list[str]:
        """Labels."""
        return [say("Mail server"), say("E-mail"), "SMTP", say("Password"), say("From")]

    def _on_security_chosen(self) -> None:
        usual = {"starttls": "587", "ssl": "465", "none": "25"}
        if self.port.text().strip() in (*usual.values(), ""):
            self.port.setText(usual[str(self.security.currentData())])
