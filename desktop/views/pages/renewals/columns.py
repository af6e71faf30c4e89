"""The columns of the renewals page: terms that run out, x-dates, and each producer's share.

Knows the service's records; nothing is counted here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.core import phones
from desktop.services.renewals import Renewal, Whose
from desktop.views.dialogs.record import heading
from desktop.views.tables import Column, Kind, formats
from desktop.views.theme import Status

STEEP = 0.15
"""A premium that rises by more than this is worth a call before the letter comes."""


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Renewals", text)


def renewals() -> list[Column]:
    """Terms that run out, with what the next one costs."""
    return [
        Column("on", say("Runs out"), Kind.DATE, lambda one: one.on),
        Column("days", say("Days"), Kind.COUNT, lambda one: one.days),
        Column("client", say("Client"), Kind.TEXT, lambda one: one.term.client),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.term.line),
        Column("producer", say("Producer"), Kind.TEXT, lambda one: one.term.producer_name or say("nobody")),
        Column("expiring", say("Expiring"), Kind.MONEY, lambda one: one.term.premium, help=say("Annual premium now.")),
        Column("offered", say("Renewal"), Kind.MONEY, lambda one: one.offered, why=_not_offered,
               help=say("Annual premium of the next term.")),
        _change(),
        _share(),
        Column("carrier", say("Carrier"), Kind.TEXT, lambda one: one.term.carrier),
        Column("policy", say("Policy"), Kind.TEXT, lambda one: one.term.number),
    ]  # fmt: skip


def _not_offered(_: Renewal | Whose) -> str:
    return say("No next term is in the book yet.")


def _steep(one: Renewal | Whose) -> Status:
    share = one.share
    if share is None:
        return Status.NONE
    return Status.BAD if share > STEEP else Status.NONE


def x_dates() -> list[Column]:
    """Open leads by the day on which their present policy runs out."""
    return [
        Column("on", say("Runs out"), Kind.DATE, lambda one: one.on),
        Column("days", say("Days"), Kind.COUNT, lambda one: one.days),
        Column("lead", say("Lead"), Kind.TEXT, lambda one: one.lead.name),
        Column("line", say("Line"), Kind.TEXT, lambda one: one.lead.line),
        Column("stage", say("Stage"), Kind.TEXT, lambda one: heading(one.lead.stage)),
        Column("producer", say("Owner"), Kind.TEXT, lambda one: one.lead.producer_name or say("nobody")),
        Column("premium", say("Estimated premium"), Kind.MONEY, lambda one: one.lead.premium),
        Column("phone", say("Phone"), Kind.TEXT, lambda one: phones.written(one.lead.phone) or None),
    ]


def people() -> list[Column]:
    """Each producer's share of what is due."""
    return [
        Column("name", say("Producer"), Kind.TEXT, lambda one: _name(one), width=200),
        Column("renewals", say("Renewals"), Kind.COUNT, lambda one: one.renewals),
        Column("premium", say("Expiring premium"), Kind.MONEY, lambda one: one.premium),
        _change(say("What the next terms cost more, where they are in the book.")),
        _share(say("That change over what the same terms cost now.")),
        Column("x_dates", say("X-dates"), Kind.COUNT, lambda one: one.x_dates),
    ]


def _change(said: str = "") -> Column:
    return Column(
        "change", say("Change"), Kind.MONEY, lambda one: one.change, help=said,
        text=lambda one: formats.EM_DASH if one.change is None else formats.signed_money(one.change),
        why=_not_offered,
    )  # fmt: skip


def _share(said: str = "") -> Column:
    return Column(
        "share", say("Change %"), Kind.PERCENT, lambda one: one.share, help=said, status=_steep, why=_not_offered
    )


def _name(one: Whose) -> str:
    return one.name or say("nobody")
