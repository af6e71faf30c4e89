"""The page of retention: four figures side by side with their trap, who left, renewals, and accounts to be rounded.

Wiring alone: figures come from the services.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget

from desktop.core.rounding import Definition, Meaning
from desktop.errors import UserError
from desktop.services import keeping, retention
from desktop.services.keeping import AccountRow, KeptReview, RoundingFigure
from desktop.services.retention import CarriedFigure, KeptFigure
from desktop.views.charts import Bar, BarChart, Unit
from desktop.views.dialogs.line import LineDialog, ask_line
from desktop.views.pages.money.base import MoneyPage
from desktop.views.pages.money.parts import ChartCard, Figure, TableCard, plain, say, side_by_side
from desktop.views.tables import Column, Kind, formats
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.context import PageContext
from desktop.views.widgets.empty import EmptyState
from desktop.views.widgets.labels import Label
from desktop.views.widgets.naming import name_control


class RetentionPage(MoneyPage):
    """How much of the book stays."""

    key = "retention"
    icon_name = "retention"
    report = "retention"

    def __init__(self, context: PageContext) -> None:
        empty = EmptyState(
            "retention",
            say("No policies in force"),
            say("Import policies with their terms, the cancelled and expired ones too: the page then shows who stays."),
            say("Import Exports"),
        )
        super().__init__(context, say("Retention"), empty)
        self._definition: Definition | None = None
        self.clients = Figure(say("Clients kept"), large=True)
        self.policies = Figure(say("Policies kept"))
        self.premium = Figure(say("Premium"))
        self.commission = Figure(say("Commission"))
        self.trap = Label("", wrap=True)
        self.notes = Label("", "caption", "quiet", wrap=True)
        self.averages = [
            Figure(title)
            for title in (say("Premium per client"), say("Commission per client"), say("Policies per client"))
        ]
        self.change = Figure(say("Renewal premium change"))
        self.reasons = BarChart(unit=Unit.MONEY, heading=say("Reason"), measure=say("Premium"))
        self.left = TableCard(
            "retention.left", say("Who left"), _left_columns(), context.state, tall=True,
            none=say("Nobody left in the period."),
        )  # fmt: skip
        self.renewed = TableCard(
            "retention.renewed", say("Renewals"), _renewed_columns(), context.state, tall=True,
            none=say("No renewal in this period whose term before is known."),
        )  # fmt: skip
        self.accounts = TableCard(
            "retention.rounding", say("Accounts to round"), _account_columns(), context.state, tall=True,
            none=say("Every account in force is round."),
        )  # fmt: skip
        self.add_tab(self._kept_view(), say("Retention"))
        self.add_tab(self._holder(self.left), say("Who left"))
        self.add_tab(self._holder(self.renewed), say("Renewals"))
        self.add_tab(self._rounding_view(), say("Account rounding"))
        self._connect()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _holder(self, card: TableCard) -> QWidget:
        holder, lines = plain()
        lines.addWidget(card, 1)
        return holder

    def _kept_view(self) -> QWidget:
        holder, lines = plain()
        lines.addLayout(side_by_side((self.clients, 4), (self.policies, 3), (self.premium, 3), (self.commission, 3)))
        lines.addWidget(self.trap)
        lines.addWidget(self.notes)
        lines.addLayout(side_by_side(*((card, 1) for card in (*self.averages, self.change))))
        self.reasons_card = ChartCard(self.reasons)
        lines.addWidget(self.reasons_card)
        lines.addStretch(1)
        return holder

    def _rounding_view(self) -> QWidget:
        holder, lines = plain()
        self.meaning = QComboBox()
        self.meaning.setAccessibleName(say("What a round account is"))
        for meaning, told in _meanings().items():
            self.meaning.addItem(told, meaning)
        self.share = QDoubleSpinBox()
        name_control(self.share, say("Share of the spend"))
        self.share.setRange(1, 100)
        self.share.setDecimals(0)
        self.share.setSuffix(" %")
        self.share.setKeyboardTracking(False)
        self.spend = Button(say("Spend…"), icon="edit")
        self.spend.setToolTip(say("What the chosen client spends on insurance in all, with us and elsewhere"))
        self.spend.setEnabled(False)
        for at, widget in enumerate((self.meaning, self.share, self.spend), 1):
            self.accounts.head.insertWidget(at, widget)
        self.rounded = Figure(say("Accounts that are round"))
        lines.addWidget(self.rounded)
        lines.addWidget(self.accounts, 1)
        return holder

    def _connect(self) -> None:
        for card in (self.left, self.renewed, self.accounts):
            card.export_asked.connect(self.export_table)
        self.reasons.drilled.connect(self._on_reason_drilled)
        self.renewed.row_opened.connect(lambda one: self._opener.open("policies", one.key, one.policy))
        self.accounts.row_opened.connect(self._on_account_opened)
        self.accounts.view.row_selected.connect(lambda one: self.spend.setEnabled(one is not None))
        self.spend.clicked.connect(self._on_spend_clicked)
        self.meaning.activated.connect(lambda _: self._keep_definition())
        self.share.editingFinished.connect(self._keep_definition)

    def tour_views(self, samples: Path) -> list[tuple[str, Callable[[], object]]]:
        """The four views."""
        return [
            (f"{self.key}{name}", lambda at=at: self.tabs.setCurrentIndex(at))  # type: ignore[misc]
            for at, name in enumerate(("", "-left", "-renewals", "-rounding"))
        ]

    def report_name(self) -> str:
        """Accounts to round print by themselves."""
        return "account-rounding" if self.tabs.currentIndex() == 3 else self.report

    # --- figures -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Nobody's policies have no retention of their own: the filter offers everybody and producers."""
        super().refresh()

    def _on_choices_read(self, people: list[tuple[str, str]]) -> None:
        super()._on_choices_read(people)
        self.producers.blockSignals(True)
        self.producers.removeItem(self.producers.count() - 1)
        self.producers.blockSignals(False)

    def read(self) -> None:
        """Asks for the retention of the period."""
        self._context.ask(
            keeping.review, self.period, self._context.now(), self.producers.producer or None,
            on_finished=self._on_read, label=say("Reading the retention"),
        )  # fmt: skip

        self._context.ask(
            keeping.rounding_through, self.period, self._context.now(), self.producers.producer or None,
            on_finished=self._show_rounding,
        )  # fmt: skip

    def _on_read(self, found: KeptReview) -> None:
        if found.found.period != self.period:
            return
        ratios = found.found
        self.clients.show_figure(_percent(ratios.clients.ratio), _kept_words(ratios.clients))
        self.policies.show_figure(_percent(ratios.policies.ratio), _kept_words(ratios.policies))
        self.premium.show_figure(_percent(ratios.premium.ratio), _carried_words(ratios.premium))
        self.commission.show_figure(_percent(ratios.commission.ratio), _carried_words(ratios.commission))
        self.trap.setText(_trap(found))
        notes = [note for note in ratios.notes if not note.startswith(retention.REWRITTEN)]
        rewritten = sum(one.rewritten_as is not None and not one.client_lost for one in ratios.lost)
        if rewritten:
            told = say("{} lost policies were rewritten as another one: the client stays. “Who left” names them.")
            notes.append(told.format(formats.count(rewritten)))
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._show_averages(found)
        self._show_left(found)
        self.renewed.set_rows(found.renewed.renewals)
        self.tabs.setTabText(1, say("Who left ({})").format(formats.count(len(ratios.lost))))
        self.tabs.setTabText(2, say("Renewals ({})").format(formats.count(len(found.renewed.renewals))))
        self.show_filled(not found.empty)

    def _show_averages(self, found: KeptReview) -> None:
        averages = found.found.averages
        premium, commission, policies = self.averages
        at_end = say("on {}").format(formats.day(found.found.last))
        premium.show_figure(_money(averages.premium_per_client), at_end)
        commission.show_figure(_money(averages.commission_per_client), at_end)
        many = averages.policies_per_client
        policies.show_figure(formats.EM_DASH if many is None else f"{many:.2f}", at_end)
        renewed = found.renewed
        change = formats.EM_DASH if renewed.change is None else f"{renewed.change * 100:+.1f}%".replace("-", "−")
        self.change.show_figure(
            change,
            say("{count} renewals: {before} before, {after} now").format(
                count=formats.count(len(renewed.renewals)),
                before=formats.money(renewed.before),
                after=formats.money(renewed.after),
            ),
        )

    def _show_left(self, found: KeptReview) -> None:
        self.left.set_rows(found.found.lost)
        self.reasons.set_bars(
            [Bar(row.reason.capitalize(), row.premium, row.reason, _left_note(row)) for row in found.left]
        )
        self.reasons.empty_text = say("Nobody left in the period.")
        premium = formats.money(sum(row.premium for row in found.left))
        commission = formats.money(sum(row.commission for row in found.left))
        self.reasons.set_title(
            say("{} of premium left, by reason").format(premium) if found.left else say("Who left"),
            say("{} of commission a year went with it").format(commission) if found.left else "",
        )

    def _on_reason_drilled(self, reason: object) -> None:
        """Those who left for the reason, the filter in sight to be taken away."""
        self.tabs.setCurrentIndex(1)
        self.left.table.filters.narrow(self.left.model.column_of("reason"), str(reason))
        self.left.view.setFocus()

    # --- rounding ----------------------------------------------------------------------------------------------------

    def _show_rounding(self, figure: RoundingFigure) -> None:
        self._definition = figure.definition
        by_spend = figure.definition.meaning is Meaning.SHARE_OF_SPEND
        self.meaning.setCurrentIndex(self.meaning.findData(figure.definition.meaning))
        self.share.blockSignals(True)
        self.share.setValue(float(figure.definition.share) * 100)
        self.share.blockSignals(False)
        self.share.setVisible(by_spend)
        self.spend.setVisible(by_spend)
        for key in ("spend", "share"):
            self.accounts.view.setColumnHidden(self.accounts.model.column_of(key), not by_spend)
        told = say("{round} round, {left} to round").format(
            round=formats.count(figure.round), left=formats.count(len(figure.to_round))
        )
        if figure.unknown:
            told += say(", {} whose spend is not known").format(formats.count(len(figure.unknown)))
        self.rounded.show_figure(_percent(figure.share_round), told)
        self.accounts.set_rows((*figure.to_round, *figure.unknown))
        self.accounts.set_note(
            say("Type what a client spends in all with “Spend…”; until then nobody can tell.") if figure.unknown else ""
        )

    def _keep_definition(self) -> None:
        meaning = Meaning(self.meaning.currentData())
        wanted = Definition(meaning, Fraction(round(self.share.value()), 100))
        if wanted == self._definition:
            return
        self._context.ask(
            keeping.set_definition, wanted, self.author(),
            on_finished=lambda changes: self.note_change(changes, say("That is a round account now.")),
        )  # fmt: skip

    def _on_account_opened(self, one: AccountRow) -> None:
        if one.key:
            self.page_requested.emit("clients", one.key)

    def _on_spend_clicked(self) -> None:
        one = self.accounts.view.selected_record
        if not isinstance(one, AccountRow):
            return
        known = one.spend or one.premium
        question = say("What {} spends on insurance a year, in dollars; empty where that is not known").format(
            one.client
        )

        def refuse(text: str) -> str:
            try:
                keeping.read_spend(text, self._context.today())
            except UserError as error:
                return f"{error.what} {error.what_to_do}"
            return ""

        dialog = LineDialog(say("Spend"), question, say("Keep the Spend"), self, f"{known / 100:,.2f}", refuse)
        ask_line(
            self._context, dialog, f"spend of {one.key}",
            lambda text: self.keep_spend(one, keeping.read_spend(text, self._context.today())),
        )  # fmt: skip

    def keep_spend(self, one: AccountRow, cents: int | None) -> None:
        """Keeps what a client spends in all, None where that is not known."""
        self._context.ask(
            keeping.set_spend, one.key, cents, self.author(),
            on_finished=lambda changes: self.note_change(changes, say("The spend is kept.")),
        )  # fmt: skip


def _meanings() -> dict[Meaning, str]:
    return {
        Meaning.ANOTHER_POLICY: say("Round: another policy (two or more)"),
        Meaning.THREE_POLICIES: say("Round: three policies and more"),
        Meaning.SHARE_OF_SPEND: say("Round: a share of what they spend"),
    }


def _percent(ratio: float | None) -> str:
    return formats.EM_DASH if ratio is None else formats.percent(ratio)


def _money(cents: int | None) -> str:
    return formats.EM_DASH if cents is None else formats.money(cents)


def _kept_words(figure: KeptFigure) -> str:
    return say("{lost} lost of {begin}").format(lost=formats.count(figure.lost), begin=formats.count(figure.begin))


def _carried_words(figure: CarriedFigure) -> str:
    return say("{end} of {begin}, same policies").format(
        end=formats.money(figure.end), begin=formats.money(figure.begin)
    )


def _trap(found: KeptReview) -> str:
    """What the four figures hide."""
    ratios = found.found
    if ratios.clients.ratio is None:
        return say("Retention needs the policies that ended as well as those in force.")
    said = say("Go by the clients: they tell how well you keep people, whatever rates do.")
    if ratios.premium.ratio is not None and ratios.premium.ratio > ratios.clients.ratio:
        points = f"{(ratios.premium.ratio - ratios.clients.ratio) * 100:.1f}"
        said += " " + say(
            "Premium looks {} points better because the policies that stay got dearer; it can pass 100% while clients"
            " leave."
        ).format(points)
    elif ratios.premium.ratio is not None and ratios.premium.ratio < ratios.clients.ratio:
        said += " " + say("Premium looks worse than the clients: the larger accounts left, or rates fell.")
    return said


def _left_note(row: Any) -> str:
    policies = formats.counted(row.policies, say("policy"), say("policies"))
    return f"{policies}, {formats.counted(row.clients, say('client'), say('clients'))}"


def _left_columns() -> list[Column]:
    return [
        Column("client", say("Client"), Kind.TEXT, lambda one: one.client, width=180),
        Column("policy", say("Policy"), Kind.TEXT, lambda one: one.policy, width=120),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=120),
        Column("over_on", say("Ended on"), Kind.DATE, lambda one: one.over_on),
        Column("premium", say("Premium"), Kind.MONEY, lambda one: one.premium),
        Column("commission", say("Commission"), Kind.MONEY, lambda one: one.commission),
        Column("reason", say("Reason"), Kind.TEXT, keeping.reason_of, width=140),
        Column("became", say("What became of it"), Kind.TEXT, _became, width=160),
    ]


def _became(one: Any) -> str:
    if one.rewritten_as is not None:
        return say("rewritten as {}").format(one.rewritten_as)
    return say("client lost") if one.client_lost else say("client stays")


def _renewed_columns() -> list[Column]:
    return [
        Column("client", say("Client"), Kind.TEXT, lambda one: one.client, width=180),
        Column("policy", say("Policy"), Kind.TEXT, lambda one: one.policy, width=120),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.line, width=120),
        Column("carrier", say("Carrier"), Kind.TEXT, lambda one: one.carrier, width=120),
        Column("effective", say("Renewed on"), Kind.DATE, lambda one: date.fromisoformat(one.effective_on)),
        Column("before", say("Before"), Kind.MONEY, lambda one: one.before),
        Column("after", say("Now"), Kind.MONEY, lambda one: one.after),
        Column("change", say("Change"), Kind.PERCENT, _change, why=lambda _: say("Nothing before.")),
    ]


def _change(one: Any) -> float | None:
    return (one.after - one.before) / one.before if one.before else None


def _account_columns() -> list[Column]:
    return [
        Column("client", say("Client"), Kind.TEXT, lambda one: one.client, width=200),
        Column("policies", say("Policies"), Kind.COUNT, lambda one: one.policies),
        Column("lines", say("Lines"), Kind.TEXT, lambda one: ", ".join(one.lines), width=240),
        Column("premium", say("Premium with us"), Kind.MONEY, lambda one: one.premium),
        Column("spend", say("Spend in all"), Kind.MONEY, lambda one: one.spend, why=lambda _: say("Not known.")),
        Column("share", say("Share with us"), Kind.PERCENT, lambda one: one.share, why=lambda _: say("Not known.")),
    ]
