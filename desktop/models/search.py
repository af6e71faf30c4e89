"""Finds leads, clients, producers and policies by name, phone, e-mail or number, through the book's word index.

Answers with what a list of hits shows; must not know how the window groups or opens them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.core import phones
from desktop.models.merging import redirects

if TYPE_CHECKING:
    from desktop.models.book import Book

LEAD, CLIENT, PRODUCER, POLICY = "lead", "client", "producer", "policy"
KINDS: dict[str, int] = {LEAD: 1, CLIENT: 2, PRODUCER: 3, POLICY: 4}
_FEWEST_DIGITS = 4
_PHONE_SIGNS = frozenset("+-.()/ \u00a0")
_EXTENSION = re.compile(r"(?<=\d)\s*(?:x|#|ext\.?|extension)\s*\d{1,6}\s*$", re.IGNORECASE)
_ABROAD = ("0111", "001")
"""The United States as dialled from elsewhere, and from here by mistake."""
_MOST_WORDS = 8
_BACKWARDS = "ʭ"
"""Before a policy's number written backwards in the index (migration 0015), so that its end finds it."""
_SPELLED = str.maketrans(
    {
        "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "TH", "þ": "th",
        "ẞ": "SS", "ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ħ": "H", "ħ": "h",
    }
)  # fmt: skip
"""Letters that are no others with a mark, as the index spells them (migration 0015)."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A hit: its kind, the stored key of its row, its name, and a line on it (line, phone, number: what there is).

    `opens` is what its page is asked for: a lead's id, a client's stored key, a producer's code, a policy's client.
    `sells`: a person who is a producer and here to stay, so that there are figures of theirs.
    """

    kind: str
    key: str
    title: str
    detail: str
    opens: str
    sells: bool = False


def find(book: Book, text: str, kind: str, limit: int) -> list[FoundRow]:
    """The newest `limit` rows of a kind that have every word of `text`, words begun counting too; [] for no word."""
    wanted = expression(text)
    if not wanted:
        return []
    number = KINDS[kind]
    # Several terms of one policy are one hit, so more are read than shown.
    reach = limit * 6 if kind == POLICY else limit
    rows = book.connection.execute(
        "SELECT rowid / 8 FROM search WHERE search MATCH ? AND rowid % 8 = ? ORDER BY rowid DESC LIMIT ?",
        (wanted, number, reach),
    ).fetchall()
    return _ROWS[kind](book, [row[0] for row in rows])[:limit]


def expression(text: str) -> str:
    """What the index is asked: every word from its beginning, a number from its end too, or the digits of a phone;
    empty when nothing is asked.
    """
    spelled = text.replace("\0", " ").translate(_SPELLED)
    words = [word for word in spelled.split()[:_MOST_WORDS] if any(sign.isalnum() for sign in word)]
    asked = " AND ".join(_word(word) for word in words)
    digits = phone_digits(text)
    return f'({asked}) OR "{digits}" *' if asked and digits else asked


def matching(text: str, table: str) -> tuple[str, tuple[str, ...]] | None:
    """SQL, with its values, over the rows `x` of a stored table that the text finds; None where nothing is asked."""
    wanted = expression(text)
    if not wanted or table not in KINDS:
        return None
    return f"x.id IN (SELECT rowid / 8 FROM search WHERE search MATCH ? AND rowid % 8 = {KINDS[table]})", (wanted,)


def _word(word: str) -> str:
    bare = "".join(sign for sign in word if sign.isalnum())
    asked = ['"' + word.replace('"', '""') + '" *']
    if bare != word:
        asked.append(f'"{bare}" *')
    if len(bare) >= _FEWEST_DIGITS and any(sign.isdigit() for sign in bare):
        asked.append(f'"{_BACKWARDS}{bare[::-1]}" *')
    return f"({' OR '.join(asked)})"


def phone_digits(text: str) -> str:
    """The digits of what can be nothing but a phone, without country and extension; empty for anything else."""
    plain = _EXTENSION.sub("", text)
    digits = "".join(sign for sign in plain if sign in "0123456789")
    if len(digits) < _FEWEST_DIGITS or any(sign not in _PHONE_SIGNS and sign not in "0123456789" for sign in plain):
        return ""
    for country in (*_ABROAD, "1"):
        if len(digits) == len(country) + 10 and digits.startswith(country):
            return digits.removeprefix(country)
    return digits


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))


_PERSON = "nullif(trim(coalesce(x.first_name,'') || ' ' || coalesce(x.last_name,'')), '')"


def _leads(book: Book, ids: Sequence[int]) -> list[FoundRow]:
    rows = book.connection.execute(
        f"SELECT x.key, coalesce(x.business_name, {_PERSON}, x.lead_id), x.insurance_line, x.phone, s.stage, x.lead_id"
        " FROM lead x LEFT JOIN stay s ON s.lead_id = x.lead_id AND s.left_at IS NULL"
        f" WHERE x.id IN ({_marks(ids)}) ORDER BY x.received_at DESC, x.id DESC",
        tuple(ids),
    )
    return [
        FoundRow(LEAD, key, name, _joined(line, stage, phones.written(phone)), lead)
        for key, name, line, phone, stage, lead in rows
    ]


def _clients(book: Book, ids: Sequence[int]) -> list[FoundRow]:
    """Hits among clients; a merged one is shown as the client it counts with, and once where both are hits."""
    into = redirects(book)
    wanted = sorted({*ids, *(into[one] for one in ids if one in into)})
    rows = book.connection.execute(
        f"SELECT x.id, x.key, x.name, x.zip, x.phone FROM client x WHERE x.id IN ({_marks(wanted)})"
        " ORDER BY x.name, x.id",
        tuple(wanted),
    ).fetchall()
    former = {into[row[0]]: f"was {row[2]}" for row in rows if row[0] in ids and row[0] in into}
    return [
        FoundRow(CLIENT, key, name, _joined(former.get(number), zip_code, phones.written(phone)), key)
        for number, key, name, zip_code, phone in rows
        if number not in into
    ]


def _producers(book: Book, ids: Sequence[int]) -> list[FoundRow]:
    rows = book.connection.execute(
        "SELECT x.key, x.name, x.producer_code, x.role, x.phone, coalesce(x.role, 'producer') = 'producer'"
        " AND coalesce(x.status, 'active') = 'active' AND x.left_on IS NULL FROM producer x"
        f" WHERE x.id IN ({_marks(ids)}) ORDER BY x.producer_code",
        tuple(ids),
    )
    return [
        FoundRow(PRODUCER, key, name, _joined(code, role, phones.written(phone)), code, bool(sells))
        for key, name, code, role, phone, sells in rows
    ]


def _policies(book: Book, ids: Sequence[int]) -> list[FoundRow]:
    rows = book.connection.execute(
        "SELECT x.key, x.policy_number, x.client, x.insurance_line, x.carrier, c.key, max(x.effective_on)"
        f" FROM policy x LEFT JOIN client c ON c.id = x.client_ref WHERE x.id IN ({_marks(ids)})"
        " GROUP BY x.policy_number ORDER BY max(x.effective_on) DESC",
        tuple(ids),
    )
    return [
        FoundRow(POLICY, key, number, _joined(client, line, carrier), opens or "")
        for key, number, client, line, carrier, opens, _last in rows
    ]


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


_ROWS = {LEAD: _leads, CLIENT: _clients, PRODUCER: _producers, POLICY: _policies}


def unindexed(book: Book) -> int:
    """How many rows the word index lacks or has too many of, for `check`; 0 when it is true."""
    wanted = " UNION ALL ".join(f'SELECT id * 8 + {number} AS place FROM "{kind}"' for kind, number in KINDS.items())
    (lacking,) = book.connection.execute(
        f"SELECT count(*) FROM ({wanted}) w WHERE w.place NOT IN (SELECT rowid FROM search)"
    ).fetchone()
    (rows,) = book.connection.execute(f"SELECT count(*) FROM ({wanted})").fetchone()
    (places,) = book.connection.execute("SELECT count(*) FROM search").fetchone()
    return int(lacking) + max(int(places) - (int(rows) - int(lacking)), 0)
