"""What a check of a signed file found, as a card: the verdict in a sentence, what was looked at, who signed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.services.verifying import Signer, Verification
from desktop.views import theme
from desktop.views.tables import formats
from desktop.views.theme import Status
from desktop.views.widgets.chips import StatusChip
from desktop.views.widgets.labels import Card, ElidedLabel, Label


class VerdictCard(Card):
    """One checked file."""

    def __init__(self, found: Verification, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        status, verdict, todo = self._judged(found)
        head = QHBoxLayout()
        chip = StatusChip(status, self._word(status))
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(Label(verdict, "section", strong=True, wrap=True), 1)
        self.body.addLayout(head)
        self.body.addWidget(ElidedLabel(found.file.name, tone="quiet"))
        if todo:
            self.body.addWidget(Label(todo, wrap=True))
        self.body.setSpacing(theme.current().unit(0.75))
        if found.signed:
            self.body.addWidget(self._checks(found))
        if found.signers:
            self.body.addWidget(self._signers(found))
        self.setAccessibleName(f"{found.file.name}: {verdict} {todo}".strip())

    def _judged(self, found: Verification) -> tuple[Status, str, str]:
        if not found.signed:
            return Status.NEAR, self.tr("Not signed"), self.tr("The file bears no signature; nothing protects it.")
        if not found.untouched:
            return (
                Status.BAD,
                self.tr("Changed after it was signed, or damaged"),
                self.tr("Do not rely on it; ask for the original."),
            )
        if all(one.trusted for one in found.signers):
            return Status.GOOD, self.tr("Untouched since it was signed"), ""
        return (
            Status.NEAR,
            self.tr("Untouched, but sealed with a certificate that is not known here"),
            self.tr("If you know whose it is, trust their certificate in Settings, Signing."),
        )

    def _word(self, status: Status) -> str:
        words = {Status.GOOD: self.tr("good"), Status.NEAR: self.tr("look closer"), Status.BAD: self.tr("refused")}
        return words[status]

    def _checks(self, found: Verification) -> QWidget:
        rows = (
            (found.intact, self.tr("every signature is intact"), self.tr("a signature is broken")),
            (
                found.covers_whole_file, self.tr("the signatures cover the whole file"),
                self.tr("something in the file is not covered"),
            ),
            (
                not found.modified_after, self.tr("nothing was changed after signing"),
                self.tr("something was changed after signing"),
            ),
        )  # fmt: skip
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for good, yes, no in rows:
            row.addWidget(StatusChip(Status.GOOD if good else Status.BAD, yes if good else no))
        row.addStretch(1)
        return holder

    def _signers(self, found: Verification) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        titles = (self.tr("Signed by"), self.tr("As"), self.tr("When"), self.tr("Time told by"), self.tr("Certificate"))
        for column, title in enumerate(titles):
            grid.addWidget(Label(title, "caption", "quiet"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, one in enumerate(found.signers, 1):
            for column, text in enumerate(self._cells(one)):
                grid.addWidget(Label(text, wrap=True), row, column)
        return holder

    def _cells(self, one: Signer) -> tuple[str, ...]:
        known = self.tr("known here") if one.trusted else self.tr("not known here")
        roles = {"producer": self.tr("producer"), "manager": self.tr("manager")}
        return (
            one.name,
            roles.get(one.role, one.role),
            formats.moment(datetime.fromisoformat(one.at)) if one.at else self.tr("not told"),
            one.stamped_by or self.tr("the signer's computer"),
            f"{one.certificate or self.tr('unreadable')}, {known}",
        )
