"""What was changed in rules or territories, by whom and when, beside their editor; any version can be put back.

Knows versions as services tell them; the editor is told what was restored.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSplitter, QVBoxLayout, QWidget

from desktop.services import previews, rule_history
from desktop.services.edits import Changes
from desktop.services.rule_history import Altered, Version
from desktop.views import theme
from desktop.views.pages.routing.beside import make_table
from desktop.views.pages.routing.words import say
from desktop.views.tables import Column, FilteredTable, Kind, RecordTableView
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.labels import Label


class HistoryPanel(QWidget):
    """The versions of `rule_history.RULES` or `TERRITORIES`; `restored` carries what was put back.

    `is_dirty` says whether the editor holds edits that were not kept: nothing is put back under them.
    """

    restored = Signal(object)

    def __init__(self, context: PageContext, what: str, is_dirty: Callable[[], bool]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._context = context
        self._what = what
        self._is_dirty = is_dirty
        self._listed: list[Version] = []
        self.versions = self._version_table()
        self.versions.row_selected.connect(self._on_version_selected)
        self.altered = self._altered_list()
        self.said = Label("", "caption", "quiet", wrap=True)
        self.restore = Button(say("Restore This Version"), icon="history")
        self.restore.setToolTip(say("Puts everything back as it was after this change; Undo takes that back"))
        self.restore.clicked.connect(self.put_back)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.restore)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(FilteredTable(self.versions))
        split.addWidget(self.altered)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.current().unit() // 2, 0, 0)
        whole.addWidget(self.said)
        whole.addWidget(split, 1)
        whole.addLayout(foot)
        self._on_version_selected(None)

    def _version_table(self) -> RecordTableView:
        columns = [
            Column("at", say("When"), Kind.DATETIME, lambda one: one.at, width=158, why=lambda _: say("Before all")),
            Column("who", say("Who"), Kind.TEXT, lambda one: one.who, width=84),
            Column("label", say("What"), Kind.TEXT, _label, width=200, tooltip=_label),
        ]
        return make_table(self._context, f"routing.history.{self._what}", columns, say("Versions, newest first"))

    def _altered_list(self) -> QListWidget:
        """Sentences are longer than columns are wide, so they stand one below the other."""
        made = QListWidget()
        made.setAccessibleName(say("What the version changed"))
        made.setWordWrap(True)
        made.setSpacing(2)
        made.setMinimumHeight(theme.current().px(64))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def refresh(self) -> None:
        """Reads the versions anew."""
        self._context.ask(rule_history.history, self._what, on_finished=self._on_read)

    def put_back(self) -> None:
        """Puts the chosen version back, unless edits are open."""
        chosen = self.versions.selected_record
        if not isinstance(chosen, Version):
            return
        if self._is_dirty():
            self.said.setText(say("Keep what you changed, or leave it as it was, before you restore a version."))
            return
        author = previews.author_at(self._context.now())
        self._context.ask(rule_history.restore, self._what, chosen.action, author, on_finished=self._on_restored)

    def _on_restored(self, changes: Changes) -> None:
        self.restored.emit(changes)
        if not changes.changed:
            self.said.setText(say("That is what holds already."))

    def _on_read(self, found: list[Version]) -> None:
        """Lists the versions, the newest chosen; while they are the same ones, whichever is chosen stays so."""
        if found and found == self._listed:
            return
        self._listed = found
        self.versions.records.set_rows(found)
        self._on_version_selected(None)
        if not found:
            self.said.setText(say("Nothing was changed yet. Every change will be listed here."))
        else:
            self.versions.select_record(lambda one: one is found[0])

    def _on_version_selected(self, version: Version | None) -> None:
        self.altered.clear()
        self.altered.addItems([_sentence(one) for one in version.altered] if version is not None else [])
        can = version is not None and not version.undone and not version.current
        self.restore.setEnabled(can)
        if version is None:
            self.said.setText(say("Choose a change to see what it did."))
        elif version.current:
            self.said.setText(say("This is what holds now."))
        elif version.undone:
            self.said.setText(say("This was undone and holds no longer."))
        else:
            self.said.setText("")


def _sentence(one: Altered) -> str:
    if not one.before:
        return say("{what}, new:\n{after}").format(what=one.what, after=one.after)
    if not one.after:
        return say("{what}, gone:\n{before}").format(what=one.what, before=one.before)
    return say("{what}:\n{before} → {after}").format(what=one.what, before=one.before, after=one.after)


def _label(one: Version) -> str:
    if one.at is None:
        return say("As it was before all of these")
    return say("{} (undone)").format(one.label) if one.undone else one.label
