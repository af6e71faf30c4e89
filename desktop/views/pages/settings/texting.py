"""The text service: where texts to leads and producers leave through, tried with a text to oneself.

Knows texts; keeping and trying them is the services' business.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from desktop.services import text_settings
from desktop.services.text_settings import TypedTexts
from desktop.views.pages.settings.channel import ChannelPanel, Service
from desktop.views.pages.settings.words import say


def text_service() -> Service:
    """What the panel's wishes go to."""
    return Service(
        text_settings.read,
        text_settings.keep,
        text_settings.forget,
        text_settings.send_test,
        say("Sending the test text"),
    )


class TextPanel(ChannelPanel):
    """The text service's form; what is typed is a TypedTexts."""

    def __init__(self) -> None:
        super().__init__()
        self.url = self.form.add_row(
            say("&Address"), QLineEdit(), say("The HTTPS address that your text service gives you.")
        )
        self.to_field = self.form.add_row(say("Field for the &number"), QLineEdit("to"))
        self.text_field = self.form.add_row(say("Field for the te&xt"), QLineEdit("text"))
        self.extra = self.form.add_row(
            say("Fi&xed fields"), QLineEdit(), say("Sent with every text, such as from=+12105550100; several with ;")
        )
        self.header = self.form.add_row(say("&Header of the secret"), QLineEdit("Authorization"))
        self.prefix = self.form.add_row(say("&Before the secret"), QLineEdit("Bearer"))
        self.form.add_row(
            say("&Secret"),
            self.secret,
            say("Kept in this computer's keyring, never in the book. Left empty, the one that is kept stays."),
        )
        self.add_trial(say("Send Test Text"), "phone", say("Number for the test text"), say("Your own mobile number"))
        self.arrange(
            say("Texts to leads who agreed to them, and warnings to producers, leave through it as one JSON message."),
            say("Keep the text service"),
            say("Remove the text service"),
        )

    @property
    def typed(self) -> TypedTexts:
        """What the form says now."""
        url, to_field, text_field, extra, header, prefix = (one.text().strip() for one in self.fields())
        return TypedTexts(url, to_field, text_field, extra, header, prefix, self.secret.text())

    def fields(self) -> tuple[QLineEdit, ...]:
        """What a person types into, but for the secret."""
        return (self.url, self.to_field, self.text_field, self.extra, self.header, self.prefix)

    def fill(self, kept: TypedTexts | None) -> None:
        """Put what is kept, or with None a blank set-up, into the fields."""
        known = kept or TypedTexts("")
        texts = (known.url, known.to_field, known.text_field, known.extra, known.header, known.prefix)
        for field, text in zip(self.fields(), texts, strict=True):
            field.setText(text)

    def texts(self) -> list[str]:
        """Labels."""
        return [say("Text service"), "SMS", "HTTPS", say("Secret"), say("Texts")]
