"""The view of why deals are lost: reasons, who and what they fall to, price gaps, and the patterns by month.

Knows the service's review; opening deals is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.lost import PATTERN, WINNABLE
from desktop.services import lost_review
from desktop.services.lost_review import LossGroup, LostReview
from desktop.views import theme
from desktop.views.charts import Bar, BarChart, ColumnChart, LineChart, Series, Unit
from desktop.views.pages.money import words
from desktop.views.pages.money.parts import ChartCard, say
from desktop.views.tables import formats
from desktop.views.theme import Status
from desktop.views.widgets.banner import Banner
from desktop.views.widgets.buttons import Button

_MOST_BARS = 10


class LossesView(QWidget):
    """Charts of losses. `chosen` carries what was clicked: (words, deals) to be listed."""

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: LostReview | None = None
        self._by = "producer"
        look = theme.current()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, look.unit(1.5), 0, look.unit())
        self._lines.setSpacing(look.unit(1.5))
        self._banners: list[Banner] = []
        self.reasons = BarChart(unit=Unit.RATE, heading=say("Reason"), measure=say("Share"))
        self.grouped = BarChart(heading=say("Name"), measure=say("Deals lost"))
        self.gaps = ColumnChart(stacked=True, gap=0.12)
        self.trend = LineChart(unit=Unit.RATE)
        self._arrange()
        self.reasons.drilled.connect(self._on_reason_drilled)
        self.grouped.drilled.connect(self._on_group_drilled)
        self.gaps.drilled.connect(self._on_gap_drilled)

    def _arrange(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.current().unit(1.5))
            self._lines.addLayout(row)
        groups = ChartCard(self.grouped)
        groups.head.addLayout(self._ways())
        first.addWidget(ChartCard(self.reasons), 1)
        first.addWidget(groups, 1)
        self.gap_card = ChartCard(self.gaps, least_height=210)
        self.trend_card = ChartCard(self.trend, least_height=210)
        second.addWidget(self.gap_card, 1)
        second.addWidget(self.trend_card, 1)
        self._lines.addStretch(1)

    def _ways(self) -> QHBoxLayout:
        """By producer, line, carrier, competitor, source or month."""
        names = {
            "producer": say("Producer"),
            "line": say("Line"),
            "carrier": say("Carrier"),
            "competitor": say("Competitor"),
            "source": say("Source"),
            "month": say("Month"),
        }
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(4))
        self.ways = QButtonGroup(self)
        for by, name in names.items():
            button = Button(name)
            button.setCheckable(True)
            button.setChecked(by == self._by)
            button.setAccessibleName(say("Losses by {}").format(name.lower()))
            button.clicked.connect(lambda _=False, by=by: self.show_by(by))
            self.ways.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    # --- figures -----------------------------------------------------------------------------------------------------

    def show_review(self, found: LostReview) -> None:
        """Shows the charts of a period."""
        self._found = found
        self._show_banners(found)
        self._show_reasons(found)
        self.show_by(self._by)
        self._show_gaps(found)
        self._show_trend(found)

    def _show_banners(self, found: LostReview) -> None:
        for banner in self._banners:
            self._lines.removeWidget(banner)
            banner.deleteLater()
        self._banners = []
        for one in found.found.patterns:
            if one.fired:
                share = formats.percent(one.share)
                what = say("{pattern}: {share} of explained losses are {reason}.").format(
                    pattern=words.pattern(one.id), share=share, reason=words.reason(PATTERN[one.id].reason).lower()
                )
                held = found.held(one.id)
                when = say(" It held in {}.").format(words.months_listed(held)) if held else ""
                banner = Banner(Status.NEAR, what, words.pattern_advice(one.id) + when)
                self._lines.insertWidget(len(self._banners), banner)
                self._banners.append(banner)

    def _show_reasons(self, found: LostReview) -> None:
        rows = [one for one in found.found.reasons if one.count]
        bars = [Bar(words.reason(one.reason), one.share, one.reason, words.deals(one.count)) for one in rows]
        self.reasons.set_bars(bars)
        self.reasons.empty_text = say("No loss with a reason in this period.")
        total = say("{explained} of {all} losses are explained").format(
            explained=formats.count(found.found.explained), all=formats.count(len(found.found.deals))
        )
        self.reasons.set_title(_finding(found), total)

    def show_by(self, by: str) -> None:
        """Groups the losses another way."""
        self._by = by
        for button, way in zip(self.ways.buttons(), lost_review.BY, strict=True):
            button.setChecked(way == by)
        if self._found is None:
            return
        groups = lost_review.groups(self._found.found.deals, by)
        shown, rest = groups[:_MOST_BARS], groups[_MOST_BARS:]
        if by == "month":
            shown, rest = groups[-12:], []
        bars = [Bar(self._name(one), len(one.deals), one, self._note(one)) for one in shown]
        if rest:
            deals = tuple(deal for one in rest for deal in one.deals)
            bars.append(Bar(say("{} others").format(len(rest)), len(deals), LossGroup(None, deals, None)))
        self.grouped.set_bars(bars)
        self.grouped.set_title(
            self._title(groups), say("all deals lost, explained or not, and the commonest reason of each")
        )

    def _title(self, groups: Sequence[LossGroup]) -> str:
        titles = {
            "producer": say("Losses by producer"),
            "line": say("Losses by line"),
            "carrier": say("Losses by the carrier that won"),
            "competitor": say("Losses by the agency that won"),
            "source": say("Losses by source"),
            "month": say("Losses by month"),
        }
        return titles[self._by]

    def _name(self, group: LossGroup) -> str:
        if group.name is None:
            return say("not known")
        return words.month_key(group.name) if self._by == "month" else group.name

    def _note(self, group: LossGroup) -> str:
        leading = group.leading
        if leading is None or leading.share is None:
            return ""
        return f"{words.reason(leading.reason)} {formats.percent(float(leading.share))}"

    def _show_gaps(self, found: LostReview) -> None:
        gaps = list(found.gaps)
        series = [
            Series(self._winnable(answer), tuple(float(one.counts.get(answer, 0)) for one in gaps), category=at)
            for at, answer in enumerate((*WINNABLE, None))
            if any(one.counts.get(answer) for one in gaps)
        ]
        self.gaps.set_columns([words.gap(one) for one in gaps], series, keys=gaps)
        self.gaps.empty_text = say("No loss in this period says by how much we were dearer.")
        known = sum(one.total for one in gaps)
        self.gaps.set_title(
            say("How far apart the prices were, and whether we could have won"),
            say("ours less theirs, {} with a price").format(words.deals(known)),
        )
        near = sum(one.counts.get("yes", 0) + one.counts.get("maybe", 0) for one in gaps if one.high is not None)
        self.gap_card.set_note(
            say("{} with a price could or might have been won at a gap under {}.").format(
                words.deals(near), formats.money(gaps[-1].low)
            )
            if near
            else ""
        )

    def _winnable(self, answer: str | None) -> str:
        return {
            "yes": say("could have won"),
            "maybe": say("maybe"),
            "no": say("could not have won"),
        }.get(answer or "", say("not said"))

    def _show_trend(self, found: LostReview) -> None:
        labels = [words.month(one.month) for one in found.months]
        series = []
        for place, (pattern_id, pattern) in enumerate(PATTERN.items()):
            values = tuple(
                next((p.share for p in one.patterns if p.id == pattern_id and one.explained), None)
                for one in found.months
            )
            if any(value is not None for value in values):
                limit = float(pattern.limit)
                named = say("{} line").format(words.reason(pattern.reason))
                series.append(Series(words.reason(pattern.reason), values, category=place))
                series.append(Series(named, (limit,) * len(labels), category=place, dashed=True))
        self.trend.set_lines(labels, series)
        self.trend.set_title(say("The two patterns by month"), say("share of explained losses"))
        lines = say(" or ").join(
            say("{reason} from {limit}").format(
                reason=words.reason(one.reason).lower(), limit=formats.percent(float(one.limit)).replace(".0%", "%")
            )
            for one in PATTERN.values()
        )
        rule = say("A pattern holds with {}, of five explained losses and more.").format(lines)
        held = [
            say("{pattern} held in {months}.").format(pattern=words.pattern(one), months=words.months_listed(months))
            for one in PATTERN
            if (months := found.held(one))
        ]
        self.trend_card.set_note(" ".join((rule, *(held or (say("None did in these months."),)))))

    # --- clicks ------------------------------------------------------------------------------------------------------

    def _deals(self) -> Sequence[Any]:
        return () if self._found is None else self._found.found.deals

    def _on_reason_drilled(self, reason: object) -> None:
        deals = [deal for deal in self._deals() if deal.reason == reason]
        self.chosen.emit(words.reason(str(reason)), deals)

    def _on_group_drilled(self, group: object) -> None:
        if isinstance(group, LossGroup):
            self.chosen.emit(self._name(group), list(group.deals))

    def _on_gap_drilled(self, bucket: Any) -> None:
        deals = [
            deal
            for deal in self._deals()
            if deal.price_difference is not None
            and (bucket.low is None or deal.price_difference >= bucket.low)
            and (bucket.high is None or deal.price_difference < bucket.high)
        ]
        self.chosen.emit(words.gap(bucket), deals)


def _finding(found: LostReview) -> str:
    """What the bars say first."""
    ranked = sorted(found.found.reasons, key=lambda one: -one.count)
    first = ranked[0]
    if not first.count or first.share is None:
        return say("Why deals are lost")
    limit = next((float(one.limit) for one in PATTERN.values() if one.reason == first.reason), None)
    said = say("{reason} is {share} of losses").format(
        reason=words.reason(first.reason), share=formats.percent(first.share)
    )
    if limit is None:
        return said
    far = formats.percent(limit)
    if first.share >= limit:
        return say("{said}, over the {limit} line").format(said=said, limit=far)
    near = first.share >= limit * 0.8
    return say("{said}, near the {limit} line").format(said=said, limit=far) if near else said
