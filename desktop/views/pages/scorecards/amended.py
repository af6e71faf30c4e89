"""What changed since a week was published, beside the page: figure, from, to, why and when, by producer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core import frozen
from desktop.services.publishing import Amendment
from desktop.views import theme
from desktop.views.tables import formats
from desktop.views.widgets.labels import Label, SectionTitle

_MOST_SHOWN = 120


class AmendmentsSheet(QWidget):
    """One block a producer; a frozen week itself is never rewritten."""

    def __init__(self, found: Sequence[Amendment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self._lines = QVBoxLayout(self)
        self._lines.setSpacing(theme.current().px(2))
        self._lines.addWidget(Label(self._sentence(found), wrap=True))
        for name, listed in groupby(found[:_MOST_SHOWN], key=lambda one: one.producer_name):
            self._lines.addSpacing(theme.current().unit(1.5))
            self._lines.addWidget(SectionTitle(name))
            for one in listed:
                self._add(one)
        if len(found) > _MOST_SHOWN:
            more = self.tr("And {count} more; the command amendments lists all.").format(count=len(found) - _MOST_SHOWN)
            self._lines.addWidget(Label(more, tone="quiet", wrap=True))
        self._lines.addStretch(1)

    def _add(self, one: Amendment) -> None:
        change = self.tr("{figure}: {before} → {after}").format(
            figure=one.label, before=frozen.worded(one.metric, one.before), after=frozen.worded(one.metric, one.after)
        )
        self._lines.addSpacing(theme.current().unit(0.75))
        self._lines.addWidget(Label(change, strong=True, wrap=True))
        cause = f"{one.why}, {formats.moment(datetime.fromisoformat(one.at))}"
        self._lines.addWidget(Label(cause, "caption", "quiet", wrap=True))

    def _sentence(self, found: Sequence[Amendment]) -> str:
        if not found:
            return self.tr("Nothing that was published for this week has changed since.")
        return self.tr(
            "What was published stays as it is. Publish the week again to put these figures on a new version, which "
            "names the one it replaces."
        )
