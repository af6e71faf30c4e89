"""What the agency seals its scorecards with: its certificate, a time-stamp authority, and whose seals are trusted.

The panel shows and asks by signal; `Sealing` beside it asks the service. No password is kept by either.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.scorecard import short_date
from desktop.errors import UserError
from desktop.services import identity
from desktop.services.edits import Changes
from desktop.services.identity import Standing
from desktop.views import theme
from desktop.views.dialogs.answering import press_on_enter
from desktop.views.dialogs.drafting import FieldDrafts
from desktop.views.pages.settings.panels import Panel
from desktop.views.pages.settings.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.forms import FormBuilder
from desktop.views.widgets.labels import Label
from desktop.views.widgets.page import Page


class SealingPanel(Panel):
    """Signals ask: for a new certificate, an own file, an export, an authority's address, trust given and taken."""

    create_asked = Signal()
    own_asked = Signal()
    export_asked = Signal()
    authority_typed = Signal(str)
    trust_asked = Signal()
    distrust_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.drafts: FieldDrafts | None = None
        form = FormBuilder(label_width=190)
        self.name, self.until, self.key = Label(wrap=True), Label(wrap=True), Label(tone="quiet", wrap=True)
        self.new = _button(say("Create a Certificate"), self.create_asked.emit)
        self.own = _button(say("Use Own Certificate…"), self.own_asked.emit)
        self.export = _button(say("Export Certificate…"), self.export_asked.emit)
        certificate = _column(self.name, self.until, self.key, _row(self.new, self.own, self.export))
        self.certificate_row = form.add_row(
            say("Certificate"), certificate, say("Give the exported certificate to those who check your scorecards.")
        )
        self.authority = QLineEdit()
        self.authority.setPlaceholderText(say("none: the time is this computer's"))
        self.authority.editingFinished.connect(self._on_authority_edited)
        form.add_row(
            say("&Time-stamp authority"),
            self.authority,
            say(
                "Web address of a service that confirms when a scorecard was signed; it learns nothing of its content."
            ),
        )
        self.others = QListWidget()
        self.others.setFixedHeight(theme.current().px(96))
        self.trust = _button(say("Trust a Certificate…"), self.trust_asked.emit)
        self.distrust = _button(say("Trust No More"), self._on_distrust_clicked)
        self.others_row = form.add_row(
            say("Also trusted"), _column(self.others, _row(self.trust, self.distrust)),
            say("Seals of these certificates are called known when a file is checked."),
        )  # fmt: skip
        self.others.setAccessibleName(say("Certificates that are trusted"))
        self.others.currentRowChanged.connect(lambda row: self.distrust.setEnabled(row >= 0))
        self.form = form
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(form)
        self.setMaximumWidth(theme.current().px(760))

    def keep_drafts(self, context: PageContext) -> None:
        """An address half typed or refused outlives a crash."""
        self.drafts = FieldDrafts(context, {"authority": self.authority}, self.form.set_error)

    def show_standing(self, found: Standing) -> None:
        """Shows what the agency seals with."""
        self.form.set_error(self.certificate_row, "")
        self.form.set_error(self.authority, "")
        self.name.setText(found.name or say("None yet. The first signature creates one for the agency."))
        self.until.setVisible(bool(found.name))
        self.key.setVisible(bool(found.name))
        if found.name:
            self.until.setText(_until(found))
            self.until.set_tone("near" if found.ends_soon else "ink")
            where = say("in this book, encrypted") if found.key_in_book else say("in this computer's keyring")
            self.key.setText(say("Key: {where}. SHA-256: {mark}").format(where=where, mark=_spaced(found.fingerprint)))
        self.new.setText(say("Create a New Certificate") if found.name else say("Create a Certificate"))
        self.export.setEnabled(bool(found.name))
        if not self.authority.isModified():
            self.authority.setText(found.authority)
        if self.drafts is not None:
            self.drafts.show("signing", {"authority": found.authority})
        self._show_others(found)

    def show_problem(self, keys: object, why: str) -> None:
        """At the certificate, the authority or the trusted ones."""
        rows = {"authority": self.authority, "trust": self.others_row}
        (key,) = keys if isinstance(keys, list) and keys else ("certificate",)
        self.form.set_error(rows.get(key, self.certificate_row), why)
        if self.drafts is not None:
            self.drafts.hold_refused({key} & {"authority"})

    def texts(self) -> list[str]:
        """Labels, and what one may look for."""
        return [
            say("Signing"), say("Certificate"), say("Time-stamp authority"), say("Also trusted"), say("Seal"),
            say("Signature"), say("PKCS#12"),
        ]  # fmt: skip

    def _show_others(self, found: Standing) -> None:
        self.others.clear()
        for one in found.trusted:
            words = say("{name}, until {day}").format(name=one.name, day=_day(one.ends_on))
            item = QListWidgetItem(words)
            item.setToolTip(_spaced(one.fingerprint))
            item.setData(0x0100, one.fingerprint)
            self.others.addItem(item)
        self.distrust.setEnabled(False)

    def _on_authority_edited(self) -> None:
        if self.authority.isModified():
            self.authority.setModified(False)
            self.authority_typed.emit(self.authority.text())

    def _on_distrust_clicked(self) -> None:
        item = self.others.currentItem()
        if item is not None:
            self.distrust_asked.emit(str(item.data(0x0100)))


class PassphraseDialog(QDialog):
    """Asks for the passphrase of a certificate file; it is forgotten with the dialog."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Passphrase"))
        self.setAccessibleName(self.windowTitle())
        form = FormBuilder(label_width=100)
        self.typed = form.add_row(say("&Passphrase"), QLineEdit(), say("Used once to open the file, kept nowhere."))
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        self.typed.setMinimumWidth(theme.current().px(260))
        self.unlock = Button(say("Open the File"), "main")
        self.leave = Button(say("Cancel"))
        self.unlock.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        lines = QVBoxLayout(self)
        lines.addWidget(Label(say("{file} is locked with a passphrase.").format(file=file.name), wrap=True))
        lines.addWidget(form)
        lines.addWidget(_row(self.leave, self.unlock))
        press_on_enter(self.unlock)


class Sealing(QObject):
    """The panel's wishes, done by the service; what is wrong is said at its place."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self.panel = SealingPanel()
        self.panel.keep_drafts(context)
        self.panel.create_asked.connect(self.create)
        self.panel.own_asked.connect(self._on_own_asked)
        self.panel.export_asked.connect(self._on_export_asked)
        self.panel.authority_typed.connect(self.set_authority)
        self.panel.trust_asked.connect(self._on_trust_asked)
        self.panel.distrust_asked.connect(self.distrust)

    def refresh(self) -> None:
        """Reads what the agency seals with."""
        self._context.ask(identity.standing, self._context.now(), on_finished=self.panel.show_standing)

    def create(self) -> None:
        """A new certificate for the agency; older seals stay known."""
        self._do("certificate", identity.renew, self._context.now(), said=say("A certificate was created."))

    def use_own(self, file: Path, passphrase: str) -> None:
        """Seals with the certificate of a PKCS#12 file from now on."""
        said = say("{file} is used from now on.").format(file=file.name)
        self._do("certificate", identity.use_pkcs12, file, passphrase, self._context.now(), said=said)

    def export(self, target: Path) -> None:
        """Writes the certificate for others."""
        said = say("The certificate is in {file}.").format(file=target)
        self._do("certificate", identity.export_certificate, target, self._context.now(), said=said)

    def set_authority(self, address: str) -> None:
        """Asks for time stamps there from now on."""
        self._do("authority", identity.set_authority, address, self._context.now(), said=say("Kept."))

    def give_trust(self, file: Path) -> None:
        """Trusts the certificate in a file."""
        self._do("trust", identity.trust, file, self._context.now(), said=say("The certificate is trusted."))

    def distrust(self, fingerprint: str) -> None:
        """Trusts a certificate no more."""
        self._do("trust", identity.distrust, fingerprint, self._context.now(), said=say("It is trusted no more."))

    def _do(self, place: str, function: Callable[..., Any], *arguments: object, said: str) -> None:
        self._context.ask(
            function, *arguments,
            on_finished=lambda _done: self._on_done(said),
            on_failed=lambda error: self._on_refused(place, error),
            label=say("Signing"),
        )  # fmt: skip

    def _on_done(self, said: str) -> None:
        self._page.status_message.emit(said)
        self._page.book_changed.emit(Changes(""))

    def _on_refused(self, place: str, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.panel.show_problem([place], str(error))

    def _on_own_asked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._page, say("Choose the certificate file"), "", say("Certificates with key (*.p12 *.pfx)")
        )
        if chosen:
            dialog = PassphraseDialog(Path(chosen), self._page)
            dialog.accepted.connect(lambda: self.use_own(Path(chosen), dialog.typed.text()))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _on_export_asked(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, say("Export the certificate"), "agency-certificate.pem", say("Certificates (*.pem)")
        )
        if chosen:
            self.export(Path(chosen))

    def _on_trust_asked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._page, say("Choose a certificate"), "", say("Certificates (*.pem *.cer *.crt *.der)")
        )
        if chosen:
            self.give_trust(Path(chosen))


def _until(found: Standing) -> str:
    day = _day(found.ends_on)
    if found.own_file:
        words = say("Own certificate, good until {day}; choose its successor before.")
    elif found.ends_soon:
        words = say("Good until {day}; the next signature renews it.")
    else:
        words = say("Good until {day}; renewed by itself sixty days before.")
    return words.format(day=day)


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


def _spaced(mark: str) -> str:
    return " ".join(mark[at : at + 4] for at in range(0, len(mark), 4))


def _button(words: str, call: Callable[[], object]) -> Button:
    made = Button(words)
    made.clicked.connect(lambda _=False: call())
    return made


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    return holder
