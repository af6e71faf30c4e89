"""KPI cards: a service's card as the texts of a number card, and the list of those that wait for data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.services.kpis import Card
from desktop.views import theme
from desktop.views.pages.kpis import words
from desktop.views.pages.kpis.words import say
from desktop.views.widgets import labels
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import CardFigures, CardGrid, NumberCard
from desktop.views.widgets.labels import Label


def card_figures(card: Card) -> CardFigures:
    """What the card shows, all as text."""
    kpi = words.kpi_of(card.figure.id)
    figure = card.figure
    tooltip = [kpi.definition, words.worked_formula(kpi, figure), words.interval_words(kpi, figure)]
    if card.silent:
        tooltip.append(say("No data in this period. What brings it: {}").format(kpi.fills))
    if figure.previous is not None:
        tooltip.append(say("Period before: {}.").format(words.value_words(kpi, figure.previous)))
    tooltip.append(words.benchmark_words(kpi, figure.value))
    target = words.target_words(kpi, figure) or words.risk_words(figure)
    if words.interval(kpi, figure) is not None:
        few = say("only {}").format(figure.denominator)
        target = f"{target} · {few}" if target else few
    if card.silent:
        target = say("no data in this period")
    change = words.change_words(kpi, card.change)
    moved = bool(card.change) and words.is_seen(change)
    return CardFigures(
        value=words.short_words(kpi, figure.value),
        status=words.status(figure.status),
        target=target,
        change=change,
        change_up=card.change > 0 if moved and card.change is not None else None,
        change_status=words.change_status(kpi, card.change if moved else None),
        trend=tuple(words.number(one) for one in card.trend),
        tooltip="\n".join(part for part in tooltip if part),
        chip=words.verdict_words(figure.status),
    )


class KpiCards(QWidget):
    """The cards with data in a grid, the others under it with the reports that fill them."""

    opened = Signal(str)
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, NumberCard] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.current().unit(1.5))
        self._grid: CardGrid | None = None
        self._waiting: QWidget | None = None

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Shows `cards`, keeping the widgets where the same ones are shown again."""
        filled = [card for card in cards if not card.empty]
        focused = next((key for key, card in self.cards.items() if card.hasFocus()), None)
        if list(self.cards) != [card.figure.id for card in filled]:
            self._rebuild(filled)
        for card in filled:
            self.cards[card.figure.id].set_figures(card_figures(card))
        self._show_waiting([card.figure.id for card in cards if card.empty])
        if focused in self.cards:
            self.cards[focused].setFocus()

    def _rebuild(self, filled: Iterable[Card]) -> None:
        if self._grid is not None:
            self._lines.removeWidget(self._grid)
            self._grid.deleteLater()
        self._grid = CardGrid()
        self.cards = {}
        for card in filled:
            key = card.figure.id
            made = NumberCard(words.card_label(words.kpi_of(key)))
            made.clicked.connect(lambda _=False, key=key: self.opened.emit(key))
            self.cards[key] = made
            self._grid.add_card(made)
        self._lines.insertWidget(0, self._grid)
        self._grid.setVisible(bool(self.cards))

    def _show_waiting(self, ids: Sequence[str]) -> None:
        if self._waiting is not None:
            self._lines.removeWidget(self._waiting)
            self._waiting.deleteLater()
            self._waiting = None
        if ids:
            self._waiting = WaitingCard(ids)
            self._waiting.import_asked.connect(self.import_asked)
            self._lines.addWidget(self._waiting)


class WaitingCard(labels.Card):
    """What has no data yet, and which report brings it."""

    import_asked = Signal()

    def __init__(self, ids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(say("Waiting for data"), parent)
        look = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.unit(2))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(1, 1)
        for row, key in enumerate(ids):
            kpi = words.kpi_of(key)
            name = Label(kpi.label)
            name.setToolTip(kpi.definition)
            grid.addWidget(name, row, 0)
            grid.addWidget(Label(kpi.fills, tone="quiet", wrap=True), row, 1)
        self.body.addLayout(grid)
        self.button = Button(say("Import Exports"), icon="import")
        self.button.clicked.connect(self.import_asked)
        grid.addWidget(self.button, len(ids), 0)
