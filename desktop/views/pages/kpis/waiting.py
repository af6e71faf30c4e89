"""The six views of a book that holds nothing yet: each says which reports will fill it.

Knows words alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.pages.kpis.words import say
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.naming import NamedTabs


def _states() -> list[tuple[str, str]]:
    """(title, what to import) of each view, in the order of the views."""
    return [
        (
            say("No figures yet"),
            say(
                "Import leads with their stages, calls and e-mails, quotes and policies: every report you import fills"
                " more of the twenty cards."
            ),
        ),
        (
            say("No leads yet"),
            say("Import leads and their stage history, from the agency system or the CRM, to see where they drop off."),
        ),
        (
            say("No premium yet"),
            say(
                "Import new policies with premium, carrier and source, and commission statements; leads with stages"
                " bring the forecast."
            ),
        ),
        (
            say("No policies yet"),
            say(
                "Import policies with their terms and ends, and the carriers' lists of lapses and missed payments, to"
                " see what stays."
            ),
        ),
        (
            say("No activity yet"),
            say("Import call logs, e-mails, texts and meetings, or weekly totals of the phone system, per producer."),
        ),
        (
            say("Nothing to learn from yet"),
            say(
                "Import calls with time and outcome, leads with state and source, and policies with carriers; enter"
                " what sources cost in Settings."
            ),
        ),
    ]


class EmptyViews(NamedTabs):
    """`acted` when a view's button is pressed. `titles`: of the tabs, in the order of the views."""

    acted = Signal()

    def __init__(self, titles: list[str], parent: QWidget | None = None) -> None:
        super().__init__(say("Views"), parent)
        self.setDocumentMode(True)
        self.states: list[EmptyState] = []
        for tab, (title, sentence) in zip(titles, _states(), strict=True):
            state = EmptyState("gauge-bars", title, sentence, say("Import Exports"))
            state.acted.connect(self.acted)
            self.states.append(state)
            self.addTab(state, tab)

    @property
    def button(self) -> Button:
        """The button of the view that is shown."""
        return self.states[self.currentIndex()].button
