"""The words of the duplicate clients page. Knows the service's records; draws nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.services.merging import MERGED, Card, Side, Verdict, Why
from desktop.views.tables import formats


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Duplicates", text)


def reason(why: Sequence[Why]) -> str:
    """What speaks for two clients being one, as a phrase."""
    said = {
        Why.EMAIL: tr("same e-mail"),
        Why.PHONE: tr("same phone"),
        Why.NAME: tr("same name"),
        Why.SPELLING: tr("names spelled alike"),
        Why.ZIP: tr("same ZIP"),
    }
    phrase = ", ".join(said[one] for one in why)
    return phrase[:1].upper() + phrase[1:]


def client(card: Card) -> str:
    """A client by name, with its id where it has one."""
    return f"{card.name} ({card.client_id})" if card.client_id else card.name


def pairs(number: int) -> str:
    """How many pairs."""
    return tr("1 pair of clients that may be one") if number == 1 else tr("{} pairs of clients that may be one").format(
        formats.count(number)
    )  # fmt: skip


def facts(side: Side) -> list[tuple[str, str]]:
    """A client as named values, in the order of the comparison."""
    card, has = side.card, side.holdings
    place = " ".join(part for part in (card.state, card.zip) if part)
    return [
        (tr("Client number"), card.client_id or formats.EM_DASH),
        (tr("E-mail"), card.email or formats.EM_DASH),
        (tr("Phone"), _phone(card.phone)),
        (tr("State and ZIP"), place or formats.EM_DASH),
        (tr("Policies in force"), tr("{} of {}").format(has.in_force, has.policies) if has.policies else "0"),
        (tr("Premium in force"), formats.money(has.premium)),
        (tr("Leads"), formats.count(has.leads)),
        (tr("Quotes"), formats.count(has.quotes)),
        (tr("Activities"), formats.count(has.activities)),
    ]


def _phone(number: str | None) -> str:
    """A number as it is written here; others as they are."""
    if number is None:
        return formats.EM_DASH
    american = len(number) == 12 and number.startswith("+1")
    return f"({number[2:5]}) {number[5:8]}-{number[8:]}" if american else number


def verdict(one: Verdict) -> str:
    """What was decided."""
    return tr("merged into") if one.verdict == MERGED else tr("is another client than")
