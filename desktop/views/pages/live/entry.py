"""A lead typed in: read and enriched while it is typed, held against a crash, kept and routed at once.

Asks the services by the page's context; what became of the lead is said beside the form.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.services import previews, typed_leads
from desktop.services.typed_leads import Kept, Looked
from desktop.views import theme
from desktop.views.pages.live import words
from desktop.views.pages.live.words import say
from desktop.views.widgets.banner import MessageBar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Card, Label, SectionTitle

_PAUSE_MS = 350
_HOLD_MS = 100


class EntryTab(QWidget):
    """The form at the left, what is known of the lead at the right; `kept` carries what became of it."""

    kept = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_PAUSE_MS)
        self._looking.timeout.connect(self._on_pause)
        # not put off by the next letter: whoever types without a pause loses a tenth of a second at most
        self._holding = QTimer(self)
        self._holding.setSingleShot(True)
        self._holding.setInterval(_HOLD_MS)
        self._holding.timeout.connect(self._on_holding_due)
        self.fields: dict[str, QLineEdit] = {}
        self.messages = MessageBar()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.current().unit(), 0, 0)
        whole.addWidget(self.messages)
        sides = QHBoxLayout()
        sides.addWidget(self._form(), 3)
        sides.addWidget(self._answer(), 2)
        whole.addLayout(sides, 1)

    def _form(self) -> QWidget:
        self.form = FormBuilder(label_width=130)
        titles = (
            say("First name"), say("Last name"), say("Business"), say("E-mail"), say("Phone"), say("ZIP"),
            say("State"), say("Line"), say("Source"), say("Estimated premium"), say("Policy expires"),
        )  # fmt: skip
        for name, title in zip(typed_leads.FIELDS[:11], titles, strict=True):
            self._add(name, title)
        self.consent = self.form.add_row(say("Consent to texts"), QComboBox())
        for text, value in ((say("Not recorded"), ""), (say("Yes"), "yes"), (say("No"), "no")):
            self.consent.addItem(text, value)
        self.consent.currentIndexChanged.connect(lambda _: self._on_typed())
        self._add("note", say("Note"))
        self.go = Button(say("Keep and Route"), "main", "routing")
        self.go.clicked.connect(self.keep)
        self.clear = Button(say("Clear"), "quiet", "trash")
        self.clear.clicked.connect(self.give_up)
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addWidget(self.clear)
        row.addStretch(1)
        holder = QWidget()
        holder.setObjectName("plain")
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, theme.current().unit(), 0)
        lines.addWidget(self.form)
        lines.addLayout(row)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _add(self, name: str, title: str) -> None:
        field = self.fields[name] = self.form.add_row(title, QLineEdit())
        field.textEdited.connect(lambda _: self._on_typed())
        field.returnPressed.connect(self.keep)

    def _answer(self) -> QWidget:
        card = Card()
        self.owner = Label("", "section", strong=True, wrap=True)
        self.because = Label("", wrap=True)
        self.there = Label("", tone="near", wrap=True)
        self.understood = Label("", tone="quiet", wrap=True)
        for one in (SectionTitle(say("Who gets it")), self.owner, self.because, self.there, self.understood):
            card.body.addWidget(one)
        card.body.addStretch(1)
        self._on_looked(Looked())
        return card

    # --- typing ------------------------------------------------------------------------------------------------------

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by field."""
        found = {name: field.text() for name, field in self.fields.items()}
        return found | {"consent": str(self.consent.currentData())}

    def refresh(self) -> None:
        """Offers lines and sources, and brings back what was typed when nothing is typed now."""
        self._context.ask(typed_leads.choices_of, on_finished=self._on_choices_read)
        if not any(text.strip() for text in self.texts.values()):
            self._context.ask(typed_leads.held, on_finished=self._on_held_read)

    def _on_choices_read(self, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        for name, offered in zip(("line", "source"), found, strict=True):
            completer = QCompleter(list(offered), self.fields[name])
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.fields[name].setCompleter(completer)

    def _on_held_read(self, held: dict[str, str]) -> None:
        if not held or any(text.strip() for text in self.texts.values()):
            return
        self._fill(held)
        self.messages.show_message(theme.Status.NEAR, say("This was typed before and not kept."))
        self.look()

    def _fill(self, texts: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.setText(texts.get(name, ""))
        self.consent.blockSignals(True)
        self.consent.setCurrentIndex(max(self.consent.findData(texts.get("consent", "")), 0))
        self.consent.blockSignals(False)

    def _on_typed(self) -> None:
        self._looking.start()
        if not self._holding.isActive():
            self._holding.start()

    def _on_pause(self) -> None:
        if not self._context.executor.closed:
            self.look()

    def _on_holding_due(self) -> None:
        # the window may be on its way out, the book closed before it
        if not self._context.executor.closed:
            self._hold()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed last is held before anything else happens."""
        if self._holding.isActive():
            self._on_holding_due()
        super().hideEvent(event)

    def _hold(self) -> None:
        self._holding.stop()
        self._context.ask(typed_leads.hold, self.texts).certain = True

    def look(self) -> None:
        """Holds what is typed, and asks what is known of it."""
        self._looking.stop()
        self._hold()
        self._context.ask(typed_leads.look, self.texts, self._context.now(), on_finished=self._on_looked)

    def _on_looked(self, found: Looked) -> None:
        for name, field in self.fields.items():
            self.form.set_error(field, found.wrong.get(name, ""))
        self.owner.setText(found.owner or say("Not known yet"))
        if found.lacking:
            lacking = ", ".join(words.field(name) for name in found.lacking)
            self.because.setText(say("Routing still needs: {}.").format(lacking))
        else:
            self.because.setText(found.because or say("Type the lead; who would get it is said here at once."))
        there = say("An open lead has the same e-mail or phone: this one is merged into it.")
        client = say("This is a client already: it goes to whoever looks after the client.")
        self.there.setText(there if found.merged_into else client if found.client else "")
        self.understood.setText("\n".join(found.said.values()))

    # --- keeping -----------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keeps the lead and has it routed."""
        self._looking.stop()
        self._holding.stop()
        self.messages.clear()
        now = self._context.now()
        self._context.ask(
            typed_leads.keep, self.texts, now, previews.author_at(now), on_finished=self._on_kept,
            on_failed=self._on_failed, label=say("Routing the lead"),
        )  # fmt: skip

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.messages.show_error(error)
            self.look()
        else:
            self._context.executor.failed.emit(error)

    def _on_kept(self, found: Kept) -> None:
        name = (
            self.fields["business_name"].text() or self.fields["last_name"].text() or self.fields["first_name"].text()
        )
        self._fill({})
        self._on_looked(Looked())
        if found.routed is not None and found.routed.producer_name is not None:
            self.messages.show_message(
                theme.Status.GOOD, say("{} goes to {}.").format(name, found.routed.producer_name),
                found.routed.decision.because,
            )  # fmt: skip
        else:
            why = "" if found.routed is None else found.routed.decision.why or ""
            self.messages.show_message(theme.Status.NEAR, say("{} is kept and needs attention.").format(name), why)
        self.fields["first_name"].setFocus()
        self.kept.emit(found)

    def give_up(self) -> None:
        """Clears the form, and what was held of it."""
        self._looking.stop()
        self._fill({})
        self.messages.clear()
        self.look()
