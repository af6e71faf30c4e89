"""What the settings of mail server and text service share: a form kept by its button, tried, and taken away.

Knows texts; keeping and trying them is the services' business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.services import previews
from desktop.services.edits import Changes
from desktop.views import theme
from desktop.views.dialogs.answering import TypedWords
from desktop.views.pages.settings.panels import Panel
from desktop.views.pages.settings.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class Service:
    """What keeps, takes away and tries a channel, and the words for it."""

    read: Callable[..., Any]
    keep: Callable[..., Changes]
    forget: Callable[..., Changes]
    send_test: Callable[..., str]
    trying: str


class ChannelPanel(Panel):
    """A form and its buttons. `keep_asked` carries what was typed, `test_asked` that and an address."""

    keep_asked = Signal(object)
    test_asked = Signal(object, str)
    forget_asked = Signal()
    filled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: object | None = None
        self.form = FormBuilder(label_width=190)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)

    @property
    def typed(self) -> Any:
        """What the form says now."""
        raise NotImplementedError

    def fields(self) -> tuple[QLineEdit, ...]:
        """What a person types into, but for the secret."""
        raise NotImplementedError

    @property
    def edits(self) -> dict[str, QLineEdit]:
        """What a person types into, but for the secret, by place."""
        return {f"{at}": one for at, one in enumerate(self.fields())}

    @property
    def leave(self) -> QPushButton:
        """Takes all away."""
        return self.forget

    def fill(self, kept: Any | None) -> None:
        """Put what is kept, or with None a blank set-up, into the fields."""
        raise NotImplementedError

    def show_kept(self, kept: object | None) -> None:
        """Shows what is kept; what is being typed over something else stays."""
        self.forget.setVisible(kept is not None)
        if kept == self._shown and kept is not None:
            return
        typing = any(one.hasFocus() for one in (*self.fields(), self.secret))
        if kept is None and (self._shown is None or typing):
            return
        self._shown = kept
        self.fill(kept)
        self.secret.clear()
        self.filled.emit()

    def show_said(self, text: str, *, good: bool) -> None:
        """What became of keeping or trying."""
        self.said.setText(text)
        self.said.set_tone("good" if good else "bad")
        self.said.setVisible(bool(text))

    def add_trial(self, verb: str, icon: str, address: str, hint: str) -> None:
        """The row that sends a test to oneself."""
        self.to = QLineEdit()
        self.try_out = Button(verb, icon=icon)
        self.test_row = self.form.add_row(say("&Try it"), self._beside(self.to, self.try_out))
        self.to.setAccessibleName(address)
        self.to.setPlaceholderText(hint)
        self.try_out.clicked.connect(lambda: self.test_asked.emit(self.typed, self.to.text()))

    def arrange(self, why: str, keep: str, forget: str) -> None:
        """Form and buttons under the reason for all of it; `keep` and `forget` are the buttons' whole names."""
        self.keep = Button(say("Keep"), "main")
        self.keep.setAccessibleName(keep)
        self.forget = Button(say("Remove"), "quiet")
        self.forget.setAccessibleName(forget)
        self.forget.setVisible(False)
        self.said = Label("", wrap=True)
        self.said.setVisible(False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.current().unit())
        lines.addWidget(Label(why, tone="quiet", wrap=True))
        lines.addWidget(self.form)
        lines.addWidget(self.said)
        lines.addWidget(self._beside(self.keep, self.forget, stretch=True))
        self.setMaximumWidth(theme.current().px(760))
        self.keep.clicked.connect(lambda: self.keep_asked.emit(self.typed))
        self.forget.clicked.connect(self.forget_asked)

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


class Channeling(QObject):
    """Carries out what a panel asks for; `done` hears of every change."""

    def __init__(
        self, panel: ChannelPanel, service: Service, context: PageContext, done: Callable[[Changes], None]
    ) -> None:
        super().__init__(panel)
        self._panel, self._service, self._context, self._done = panel, service, context, done
        self._typed: TypedWords | None = None
        panel.keep_asked.connect(self._on_keep_asked)
        panel.test_asked.connect(self._on_test_asked)
        panel.forget_asked.connect(self._on_forget_asked)

    def refresh(self) -> None:
        """Reads what is kept."""
        if self._typed is None:
            self._typed = TypedWords(self._context, self._panel, self._panel, type(self._panel).__name__)
            self._panel.filled.connect(self._typed.begin)
        self._context.ask(self._service.read, on_finished=self._panel.show_kept)

    def _on_keep_asked(self, typed: object) -> None:
        author = previews.author_at(self._context.now())
        self._context.ask(
            self._service.keep, typed, author, on_finished=self._on_kept, on_failed=self._on_refused
        )  # fmt: skip

    def _on_kept(self, changes: Changes) -> None:
        self._panel.secret.clear()
        if self._typed is not None:
            self._typed.settle()
        self._panel.show_said(say("Kept."), good=True)
        self._done(changes)

    def _on_forget_asked(self) -> None:
        self._panel.show_said("", good=True)
        author = previews.author_at(self._context.now())
        self._context.ask(self._service.forget, author, on_finished=self._done, on_failed=self._on_refused)

    def _on_test_asked(self, typed: object, to: str) -> None:
        self._panel.try_out.setEnabled(False)
        self._context.ask(
            self._service.send_test, typed, to, on_finished=self._on_tested, on_failed=self._on_refused,
            label=self._service.trying,
        )  # fmt: skip

    def _on_tested(self, to: str) -> None:
        self._panel.try_out.setEnabled(True)
        self._panel.show_said(say("Sent to {}. Look whether it arrived.").format(to), good=True)

    def _on_refused(self, error: BaseException) -> None:
        self._panel.try_out.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self._panel.show_said(f"{error.what} {error.what_to_do}", good=False)
