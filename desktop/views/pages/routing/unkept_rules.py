"""Rules that were edited and not kept yet outlive a crash: held a moment after each edit, given back over the same.

Knows rules as a list; what may be done with them is the tab's business.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core import rules as routing_rules
from desktop.core.rules import Rule
from desktop.errors import UserError
from desktop.services import drafts
from desktop.views.widgets.context import PageContext

_REST_MS = 150
_FORM, _FIELD = "routing rules", "rules"


class UnkeptRules(QObject):
    """`offered` carries the rules as they were edited before over exactly those that are kept now."""

    offered = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = ""
        self._held = False
        self._both = "", ""
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._hold)

    def look(self, kept: Sequence[Rule]) -> None:
        """Asks once for each list of kept rules whether it was edited before."""
        text = _text(kept)
        if text != self._asked:
            self._asked = text
            self._context.ask(drafts.held_fields, _FORM, {_FIELD: text}, on_finished=self._on_read)

    def note(self, kept: Sequence[Rule], edited: Sequence[Rule]) -> None:
        """The rules stand like this now; the same as kept, nothing is held any more."""
        self._both = _text(kept), _text(edited)
        if self._both[0] == self._both[1] and not self._held:
            self._resting.stop()
        elif not self._resting.isActive():
            self._resting.start()

    def _hold(self) -> None:
        if not self._context.executor.closed:
            self._held = self._both[0] != self._both[1]
            self._context.ask(drafts.hold_field, _FORM, _FIELD, *self._both)

    def _on_read(self, found: Mapping[str, str]) -> None:
        # by now editing may have gone on
        if _FIELD in found and not self._held and not self._resting.isActive():
            try:
                edited = routing_rules.read(json.loads(found[_FIELD]))
            except UserError:
                # an older program could use what this one cannot
                return
            self._held = True
            self.offered.emit(edited)


def _text(rules: Sequence[Rule]) -> str:
    return json.dumps(routing_rules.write(rules), ensure_ascii=False)
