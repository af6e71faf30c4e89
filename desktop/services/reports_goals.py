"""Reports of what is planned: goals with carriers, industry measures, deals to win back, accounts to round.

Arranges what the services answer; computes nothing (metrics.md 3 and 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop.core import phones
from desktop.core.documents import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Kind,
    Marked,
    Report,
    Row,
    Status,
    Table,
    Text,
    period_words,
)
from desktop.core.findings import counted, dollars, listed, percent
from desktop.core.industry import Measure
from desktop.core.periods import end_of
from desktop.core.rounding import Meaning
from desktop.services import carrier_goals as planning
from desktop.services import earnings, keeping, reporting, win_backs
from desktop.services.carrier_goals import CarrierGoals, GoalFigure
from desktop.services.keeping import AccountRow, RoundingFigure
from desktop.services.reporting import Asked
from desktop.services.win_backs import WinBack

if TYPE_CHECKING:
    from desktop.models.book import Book

_MOST_PRINTED = 40
_GOALS = (
    Column("Carrier"),
    Column("New premium", Kind.MONEY),
    Column("Goal", Kind.MONEY),
    Column("Reached", Kind.PERCENT),
    Column("New policies", Kind.COUNT),
    Column("Goal", Kind.COUNT),
    Column("Reached", Kind.PERCENT),
    Column("New clients needed", Kind.COUNT),
)


def carrier_goals(book: Book, asked: Asked) -> Report:
    """The year's goals with carriers, through the end of the period."""
    as_of = min(asked.as_of, end_of(asked.period.end))
    found = planning.goals(book, as_of.year, as_of)
    rows = tuple(Row(_goal(one, found.pace)) for one in found.rows)
    counted = "" if found.premium_per_client is None else "New clients are counted at the average premium per client."
    blocks: list[Block] = [
        Facts(
            (
                Fact("Of the year over", found.pace, Kind.PERCENT),
                Fact("Premium per client", found.premium_per_client, Kind.MONEY, "average in force"),
            )
        ),
        Table(_GOALS, rows, note=counted, empty="No goals and no new business in the year."),
    ]
    title, words = f"Goals with carriers, {found.year}", _who_is_behind(found)
    return reporting.report(book, title, period_words(asked.period), blocks, asked, finding=words)


def _who_is_behind(found: CarrierGoals) -> str:
    shares = [
        (one.carrier, [share for share in (one.premium_share, one.policies_share) if share is not None])
        for one in found.rows
    ]
    wanted = [(carrier, own) for carrier, own in shares if own]
    behind = [carrier for carrier, own in wanted if min(own) < found.pace]
    if not wanted:
        return "No goal is set with any carrier for this year."
    if not behind:
        return f"All goals with {counted(len(wanted), 'carrier')} are on pace, {percent(found.pace)} into the year."
    verb = "is" if len(behind) == 1 else "are"
    return f"{listed(behind)} {verb} behind the pace of the year, of which {percent(found.pace)} is over."


def _goal(one: GoalFigure, pace: float) -> tuple[Cell, ...]:
    return (
        one.carrier,
        one.premium,
        one.premium_goal,
        _against(one.premium_share, pace),
        one.policies,
        one.policies_goal,
        _against(one.policies_share, pace),
        one.new_clients,
    )


def _against(share: float | None, pace: float) -> Cell:
    """A share marked by the part of the year that is over."""
    if share is None:
        return None
    return Marked(share, Status.GOOD if share >= pace else Status.NEAR if share >= 0.9 * pace else Status.BAD)


# --- industry measures ------------------------------------------------------------------------------------------------

_MEASURES = {
    "sales_velocity": ("Sales velocity", "new commission of twelve months", "commission of the twelve before"),
    "unvalidated_pay": ("Unvalidated pay", "salaries beyond what splits earn", "agency commission"),
    "hiring_velocity": ("Hiring velocity", "producers hired", "producers at the start"),
}


def industry_measures(book: Book, asked: Asked) -> Report:
    """The three measures with formula and range; pay is left out while it is hidden."""
    as_of = min(asked.as_of, end_of(asked.period.end))
    measures = [
        one for one in earnings.industry_measures(book, as_of) if not (asked.pay_hidden and one.id == "unvalidated_pay")
    ]
    columns = (Column("Measure"), Column("Value", Kind.PERCENT), Column("Formula", wrap=True), Column("Good agencies"))
    blocks: list[Block] = [
        Table(columns, tuple(Row(_measure(one)) for one in measures)),
        Text("Over the twelve months that end with the period.", quiet=True),
    ]
    known = [one for one in measures if one.value is not None]
    within = [one for one in known if one.value is not None and one.low <= one.value <= one.high]
    verb = "lies" if len(within) < 2 else "lie"
    words = f"{len(within) or 'None'} of {counted(len(known), 'measure')} {verb} within the range of good agencies."
    if not known:
        words = "None of the measures is known yet: they need two years of commission, pay and days of hire."
    return reporting.report(book, "Industry measures", period_words(asked.period), blocks, asked, finding=words)


def _measure(one: Measure) -> tuple[Cell, ...]:
    name, above, below = _MEASURES[one.id]
    if one.id == "hiring_velocity" and one.numerator == 1:
        above = "producer hired"
    low, high = (f"{float(edge) * 100:.1f}".removesuffix(".0") for edge in (one.low, one.high))
    value = None if one.value is None else float(one.value)
    first, second = (_amount(one, int(part)) for part in (one.numerator, one.denominator))
    return name, value, f"{first} {above} / {second} {below}", f"{low} to {high} %"


def _amount(one: Measure, number: int) -> str:
    return f"{number:,}" if one.id == "hiring_velocity" else f"${number // 100:,}"


# --- deals to win back ------------------------------------------------------------------------------------------------


def win_back(book: Book, asked: Asked) -> Report:
    """Lost deals that could have been won and come up within 90 days of the day the report is made for."""
    found = win_backs.queue(book, asked.as_of, asked.producer)
    columns = (
        Column("Prospect", wrap=True),
        Column("Their policy ends", Kind.DATE),
        Column("Days", Kind.COUNT),
        Column("Producer"),
        Column("Line"),
        Column("Premium", Kind.MONEY),
        Column("Lost for"),
        Column("Now with", wrap=True),
        Column("Phone"),
        Column("Task", Kind.DATE),
    )
    blocks: list[Block] = [
        Table(
            columns, tuple(Row(_again(one)) for one in found), printed=_MOST_PRINTED,
            empty="Nothing comes up within 90 days by x-date.",
        )
    ]  # fmt: skip
    of, words = reporting.whose(book, asked.producer), _to_win_back(found)
    return reporting.report(book, "Deals to win back", of, blocks, asked, finding=words)


def _to_win_back(found: Sequence[WinBack]) -> str:
    if not found:
        return "No lost deal comes up within 90 days."
    premium = sum(one.deal.premium or 0 for one in found)
    open_ones = sum(one.deal.open_task is None for one in found)
    deals = counted(len(found), "deal")
    return f"{deals} with {dollars(premium)} of premium come up within 90 days; {open_ones:,} without a task yet."


def _again(one: WinBack) -> tuple[Cell, ...]:
    deal = one.deal
    return (
        deal.name,
        one.on,
        one.days,
        deal.producer_name or "Unassigned",
        deal.line,
        deal.premium,
        (deal.reason or "").replace("_", " "),
        deal.competing_carrier,
        phones.written(deal.phone) if deal.phone else None,
        None if deal.open_task is None else date.fromisoformat(deal.open_task),
    )


# --- accounts to round ------------------------------------------------------------------------------------------------

_MEANS = {
    Meaning.ANOTHER_POLICY: "Round: two policies or more.",
    Meaning.THREE_POLICIES: "Round: three policies or more.",
    Meaning.SHARE_OF_SPEND: "Round: at least {share:.0%} of what the client spends on insurance.",
}


def account_rounding(book: Book, asked: Asked) -> Report:
    """The clients to round by the agency's own definition, the largest premium first."""
    found = keeping.account_rounding(book, asked.as_of, asked.producer)
    by_spend = found.definition.meaning is Meaning.SHARE_OF_SPEND
    columns = (
        Column("Client", wrap=True),
        Column("Policies", Kind.COUNT),
        Column("Lines", wrap=True),
        Column("Premium with us", Kind.MONEY),
        *((Column("Spend in all", Kind.MONEY), Column("Share with us", Kind.PERCENT)) if by_spend else ()),
    )
    rows = tuple(Row(_account(one, by_spend)) for one in (*found.to_round, *found.unknown))
    meaning = _MEANS[found.definition.meaning].format(share=float(found.definition.share))
    blocks: list[Block] = [
        Facts(
            (
                Fact("Accounts round", found.share_round, Kind.PERCENT, meaning),
                Fact("To round", len(found.to_round), Kind.COUNT),
                Fact("Spend not known", len(found.unknown), Kind.COUNT),
            )
        ),
        Table(columns, rows, printed=_MOST_PRINTED, empty="Every account in force is round."),
    ]
    of = reporting.whose(book, asked.producer)
    return reporting.report(book, "Accounts to round", of, blocks, asked, finding=_still_to_round(found))


def _still_to_round(found: RoundingFigure) -> str:
    if found.share_round is None:
        return "How many accounts are round is not known." if found.unknown else "No account is in force."
    premium = sum(one.premium for one in found.to_round)
    left = counted(len(found.to_round), "account")
    return f"{percent(found.share_round)} of accounts are round; {left} with {dollars(premium)} with us still to round."


def _account(one: AccountRow, by_spend: bool) -> tuple[Cell, ...]:
    spend: tuple[Cell, ...] = (one.spend, one.share) if by_spend else ()
    return (one.client, one.policies, ", ".join(one.lines), one.premium, *spend)
