"""What codes of lost deals and money are called on screen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from desktop.core.lost import GapBucket
from desktop.core.periods import Period
from desktop.views.pages.money.parts import say
from desktop.views.tables import formats


def reason(code: str | None) -> str:
    """A reason as it is read; of none that nobody has said it."""
    found = {
        "price": say("Price"),
        "coverage": say("Coverage"),
        "relationship": say("Relationship"),
        "no_response": say("No response"),
        "stayed_with_current": say("Stayed with current"),
        "competitor": say("Competitor"),
        "timing": say("Timing"),
    }
    return say("not explained") if code is None else found.get(code, code.replace("_", " "))


def winnable(code: str | None) -> str:
    """Whether a deal could have been won."""
    return {"yes": say("Yes"), "maybe": say("Maybe"), "no": say("No")}.get(code or "", say("not said"))


def pattern(pattern_id: str) -> str:
    """A pattern's name."""
    return {"market_access": say("Market access"), "follow_up": say("Follow-up")}[pattern_id]


def pattern_advice(pattern_id: str) -> str:
    """What a pattern means and what to do about it."""
    return {
        "market_access": say("You lose on price more than on anything else: look for further markets for these lines."),
        "follow_up": say("Prospects fall silent: more touches, sooner, and a set end to every quote."),
    }[pattern_id]


def month(period: Period) -> str:
    """A month as it stands along an axis: `Mar 26`."""
    name = QLocale().monthName(period.start.month, QLocale.FormatType.ShortFormat)
    return f"{name} {period.start.year % 100:02}"


def month_of(day: date) -> str:
    """A month in a sentence: `June 2027`."""
    return f"{QLocale().monthName(day.month, QLocale.FormatType.LongFormat)} {day.year}"


def month_key(text: str) -> str:
    """`2026-03` as it is read."""
    year, number = text.split("-")
    return f"{QLocale().monthName(int(number), QLocale.FormatType.ShortFormat)} {year}"


def gap(bucket: GapBucket) -> str:
    """A bucket of price differences."""
    if bucket.low is None:
        return say("we were cheaper")
    if bucket.high is None:
        return say("{} and more").format(formats.money(bucket.low))
    return f"{formats.money(bucket.low)}–{formats.money(bucket.high)}"


def months_listed(held: tuple[Period, ...]) -> str:
    """Months in a sentence, those in a row as `Mar 26 – Jun 26`."""
    runs: list[list[Period]] = []
    for one in held:
        if runs and (one.start - runs[-1][-1].end).days == 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(month(run[0]) if len(run) == 1 else f"{month(run[0])} – {month(run[-1])}" for run in runs)


def deals(count: int) -> str:
    """So many deals."""
    return say("1 deal") if count == 1 else say("{} deals").format(formats.count(count))
