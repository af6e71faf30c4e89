"""The Scorecard view: the twenty cards in order, those without data last."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.kpi_views import ViewFigures
from desktop.views.pages.kpis.cards import KpiCards
from desktop.views.pages.kpis.parts import KpiView


class ScorecardView(KpiView):
    """Twenty cards, each of which opens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = KpiCards()
        self.cards.opened.connect(self.kpi_opened)
        self.cards.import_asked.connect(self.import_asked)
        self.lines.addWidget(self.cards)
        self.lines.addStretch(1)

    def show_figures(self, found: ViewFigures) -> None:
        """Shows the cards."""
        self.cards.show_cards(found.cards)
