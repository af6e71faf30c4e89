"""Another system's totals beside ours, as a table and in sentences, for every page that shows them.

Knows the service's comparisons; what is behind ours is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.services.stated import Comparison, Why
from desktop.views.dialogs.records import Question
from desktop.views.tables import Column, Kind, RecordTableModel, RecordTableView, formats
from desktop.views.tables.home import Remembers
from desktop.views.theme import Status
from desktop.views.widgets.period_picker import period_text

_SYSTEMS = {"agencyzoom": "AgencyZoom"}


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Stated", text)


def system(one: Comparison) -> str:
    """The system that states a total, as it is called."""
    return _SYSTEMS.get(one.system, one.system)


def sentence(one: Comparison) -> str:
    """Both totals and what explains their difference."""
    theirs = _figures(one.policies, one.sales, one.premium)
    said = say("{system} says {theirs} for {whose}, {period}").format(
        system=system(one), theirs=theirs, whose=one.whose, period=period_text(one.period)
    )
    if one.our_policies is None:
        return f"{said}. {explained(one)}"
    if one.agrees:
        return say("{}; the book agrees.").format(said)
    ours = _figures(one.our_policies, None, one.our_premium)
    return say("{said}; the book has {ours}. {why}").format(said=said, ours=ours, why=explained(one))


def _figures(policies: int | None, sales: int | None, premium: int | None) -> str:
    parts = []
    if policies is not None:
        parts.append(say("1 policy") if policies == 1 else say("{} policies").format(formats.count(policies)))
    elif sales is not None:
        parts.append(say("1 sale") if sales == 1 else say("{} sales").format(formats.count(sales)))
    if premium is not None:
        parts.append(formats.money(premium))
    return ", ".join(parts)


def explained(one: Comparison) -> str:
    """Why both differ or cannot be compared, as far as that can be told; empty where they agree."""
    return " ".join(_reason(one, why) for why in one.why)


def _reason(one: Comparison, why: Why) -> str:
    pulled = "" if one.pulled_on is None else formats.day(one.pulled_on)
    return {
        Why.UNKNOWN: say("Nobody here goes by this name; say on the import page who is meant."),
        Why.NOT_SALES: say("This source is no sale (a book taken over, or rewrites), so nothing of ours compares."),
        Why.PULLED_EARLY: say("The report was pulled on {}, before its period was over.").format(pulled),
        Why.NO_POLICIES: say("The book has no new policies of these days; import the policies or new business report."),
        Why.NO_SOURCES: say("None of the book’s new policies of these days has a source."),
        Why.BASIS: say("The policies are as many; ours is a year’s premium, theirs may be that of a shorter term."),
        Why.OTHER: say("Open the row to see ours: a policy may be missing, or stand under another name or day."),
    }[why]


def verdict(one: Comparison) -> str:
    """The difference in a word or a figure."""
    if one.agrees is None:
        return say("not comparable")
    if one.agrees:
        return say("agrees")
    if one.count is not None and one.our_policies is not None and one.count != one.our_policies:
        more = one.our_policies - one.count
        said = say("1 policy") if abs(more) == 1 else say("{} policies").format(formats.count(abs(more)))
        return say("{} fewer").format(said) if more < 0 else say("{} more").format(said)
    return formats.signed_money((one.our_premium or 0) - (one.premium or 0))


def _more(one: Comparison) -> int | None:
    """How much more ours is, in cents of premium: what the difference is sorted by."""
    return None if one.our_premium is None or one.premium is None else one.our_premium - one.premium


def status(one: Comparison) -> Status:
    """How good that is."""
    return Status.NONE if one.agrees is None else Status.GOOD if one.agrees else Status.NEAR


def make_view(found: Sequence[Comparison] = (), state: Remembers | None = None) -> RecordTableView:
    """Their totals beside ours, a row to each."""
    columns = [
        Column("whose", say("Producer or source"), Kind.TEXT, lambda one: one.whose, width=160),
        Column("period", say("Days"), Kind.TEXT, lambda one: period_text(one.period), width=180),
        Column("system", say("Stated by"), Kind.TEXT, system, width=100),
        Column("theirs", say("Stated"), Kind.COUNT, lambda one: one.count, say("Policies, else sales")),
        Column("ours", say("Ours"), Kind.COUNT, lambda one: one.our_policies, say("New policies bound"), why=explained),
        Column("premium", say("Premium stated"), Kind.MONEY, lambda one: one.premium),
        Column(
            "our_premium", say("Our premium"), Kind.MONEY, lambda one: one.our_premium,
            say("Annual premium of new policies bound"), why=explained,
        ),
        Column(
            "difference", say("Difference"), Kind.COUNT, _more, text=verdict, status=status, tooltip=sentence, width=140
        ),
        Column("why", say("Why"), Kind.TEXT, explained, tooltip=sentence, width=420),
    ]  # fmt: skip
    model = RecordTableModel(columns)
    view = RecordTableView(model, "stated", state)
    model.setParent(view)
    view.setAccessibleName(say("Stated totals beside ours"))
    view.horizontalHeader().setStretchLastSection(True)
    model.set_rows(list(found))
    return view


def question(one: Comparison) -> Question:
    """What is behind ours, for the sheet of records."""
    return Question(
        "new_premium", say("New policies: {}").format(one.whose), period_text(one.period), sentence(one), ""
    )
