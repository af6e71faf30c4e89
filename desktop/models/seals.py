"""What sealing needs and leaves: certificates, choices, and the archive of signed files and scans.

Hands bytes and records in and out; knows no key but as text, no PDF.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from desktop.models import journal
from desktop.models.soundness import Problem

if TYPE_CHECKING:
    from desktop.models.book import Book
    from desktop.models.journal import Author

SEALED, SCAN = "sealed", "scan"
KEEPING = "seal.keep"
_TABLE = "seal_identity"


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """A certificate with its chain (DER); `secret` is where its key is or the key as text, None for a trusted one."""

    fingerprint: str
    chain: tuple[bytes, ...]
    secret: str | None
    own: bool
    ends_at: str

    @property
    def digest(self) -> str:
        """SHA-256 over what makes it trusted; where its key is may change."""
        known = [
            self.fingerprint,
            [base64.b64encode(one).decode("ascii") for one in self.chain],
            self.own,
            self.ends_at,
        ]
        return hashlib.sha256(json.dumps(known).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the archive without its bytes; `roles`: who has signed it; times are ISO local."""

    id: int
    week: str
    producer: str
    version: int
    kind: str
    roles: tuple[str, ...]
    name: str
    sha256: str
    at: str
    who: str

    @property
    def digest(self) -> str:
        """SHA-256 over everything that is known of the file, its bytes' own sum included."""
        return hashlib.sha256(json.dumps(astuple(self), ensure_ascii=False).encode()).hexdigest()


# --- certificates ---------------------------------------------------------------------------------------------------


def certificates(book: Book) -> list[KeptCertificate]:
    """All certificates, own and trusted, the newest last."""
    rows = book.connection.execute(
        "SELECT fingerprint, certificates, secret, own, ends_at FROM seal_identity ORDER BY id"
    ).fetchall()
    return [
        KeptCertificate(
            row[0], tuple(base64.b64decode(one) for one in json.loads(row[1])), row[2], bool(row[3]), row[4]
        )
        for row in rows
    ]


def keep_certificate(book: Book, kept: KeptCertificate, at: str, action: int) -> None:
    """Keep a certificate, as part of an action; one that is there already becomes the newest."""
    packed = json.dumps([base64.b64encode(one).decode("ascii") for one in kept.chain])
    book.connection.execute("DELETE FROM seal_identity WHERE fingerprint = ?", (kept.fingerprint,))
    cursor = book.connection.execute(
        "INSERT INTO seal_identity (fingerprint, certificates, secret, own, ends_at, at) VALUES (?,?,?,?,?,?)",
        (kept.fingerprint, packed, kept.secret, int(kept.own), kept.ends_at, at),
    )
    after = json.dumps(kept.digest)
    change = journal.Change(_TABLE, int(cursor.lastrowid), kept.fingerprint, "digest", None, after)
    journal.record(book, action, [change])


def forget_certificate(book: Book, fingerprint: str, action: int) -> None:
    """Drop a certificate that is not the agency's own, as part of an action."""
    kept = next((one for one in certificates(book) if one.fingerprint == fingerprint and not one.own), None)
    if kept is None:
        return
    book.connection.execute("DELETE FROM seal_identity WHERE fingerprint = ? AND own = 0", (fingerprint,))
    before = json.dumps(kept.digest)
    journal.record(book, action, [journal.Change(_TABLE, 0, fingerprint, "digest", before, None)])


def choice(book: Book, name: str) -> str:
    """A choice about sealing; empty when none was made."""
    row = book.connection.execute("SELECT value FROM seal_choice WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def choose(book: Book, name: str, value: str) -> None:
    """Keep a choice about sealing; empty text takes it back."""
    book.connection.execute("DELETE FROM seal_choice WHERE name = ?", (name,))
    if value:
        book.connection.execute("INSERT INTO seal_choice (name, value) VALUES (?,?)", (name, value))


# --- the archive ----------------------------------------------------------------------------------------------------

_FIELDS = "id, week, producer, version, kind, roles, name, sha256, at, who"


def keep_file(
    book: Book,
    week: str,
    producer: str,
    version: int,
    kind: str,
    roles: Sequence[str],
    name: str,
    data: bytes,
    author: Author,
) -> int:
    """Put a file into the archive and return its number; what is in the archive stays as it is."""
    sha256 = hashlib.sha256(data).hexdigest()
    cursor = book.connection.execute(
        "INSERT INTO signed_file (week, producer, version, kind, roles, name, sha256, data, at, who)"
        " VALUES (?,?,?,?,?,?,?,?,?,?)",
        (week, producer, version, kind, ",".join(roles), name, sha256, data, author.at, author.who),
    )
    number = int(cursor.lastrowid)
    kept = KeptFile(number, week, producer, version, kind, tuple(roles), name, sha256, author.at, author.who)
    what = f"signed by {' and '.join(roles)}" if roles else "a scan"
    action = journal.enter(book, author, KEEPING, f"Keep {name}, {what}, of {producer}, week {week}")
    change = journal.Change("signed_file", number, f"{week}|{producer}", "digest", None, json.dumps(kept.digest))
    journal.record(book, action, [change])
    return number


def files(book: Book, week: str | None = None, producer: str | None = None) -> list[KeptFile]:
    """What the archive holds, oldest first; of a week, of a producer's, or all."""
    rows = book.connection.execute(
        f"SELECT {_FIELDS} FROM signed_file WHERE (? IS NULL OR week = ?) AND (? IS NULL OR producer = ?) ORDER BY id",
        (week, week, producer, producer),
    ).fetchall()
    return [
        KeptFile(
            number, of, code, version, kind, tuple(part for part in roles.split(",") if part), name, sha256, at, who
        )
        for number, of, code, version, kind, roles, name, sha256, at, who in rows
    ]


def newest_sealed(book: Book, week: str, producer: str, version: int) -> KeptFile | None:
    """The last sealed file of a version, with all its signatures; None where it was never sealed."""
    found = [one for one in files(book, week, producer) if one.kind == SEALED and one.version == version]
    return found[-1] if found else None


def signed_roles(book: Book, week: str) -> dict[tuple[str, int], tuple[str, ...]]:
    """Who has signed each version of a week's scorecards, by producer code and version; a scan stands for both."""
    return {
        (one.producer, one.version): one.roles if one.kind == SEALED else ("producer", "manager")
        for one in files(book, week)
    }


def read_file(book: Book, number: int) -> bytes:
    """The bytes of a file of the archive; LookupError when there is none."""
    row = book.connection.execute("SELECT data FROM signed_file WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise LookupError(number)
    return bytes(row[0])


def broken_certificates(book: Book) -> Iterator[Problem]:
    """Certificates that are not what they were, have gone, or came behind the program's back."""
    entered = dict(book.connection.execute(_ENTERED_CERTIFICATES, (_TABLE,)).fetchall())
    numbers = dict(book.connection.execute("SELECT fingerprint, id FROM seal_identity").fetchall())
    # a book of an earlier version may have certificates before the first that was entered
    first = min((numbers[mark] for mark in entered if mark in numbers), default=None)
    for one in certificates(book):
        digest = entered.get(one.fingerprint)
        where = f"certificate {one.fingerprint[:16]}"
        altered = digest is not None and json.loads(digest) != one.digest
        if altered or not one.chain or hashlib.sha256(one.chain[0]).hexdigest() != one.fingerprint:
            yield Problem("A certificate for signing was altered", where)
        elif digest is None and (
            one.fingerprint in entered or (first is not None and numbers[one.fingerprint] > first)
        ):
            yield Problem("A certificate for signing was added behind the program's back", where)
    for mark in sorted(mark for mark, digest in entered.items() if digest is not None and mark not in numbers):
        yield Problem("A certificate for signing is missing", f"certificate {mark[:16]}")


def broken(book: Book) -> Iterator[Problem]:
    """Files of the archive that are not what they were, have gone, or came behind the program's back."""
    entered = {row: json.loads(digest) for row, digest in book.connection.execute(_ENTERED, (KEEPING,)).fetchall()}
    # a book of an earlier version may have files before the first that was entered
    known = frozenset(entered)
    for one in files(book):
        where = f"week {one.week}, {one.producer}, {one.name} (number {one.id})"
        if hashlib.sha256(read_file(book, one.id)).hexdigest() != one.sha256:
            yield Problem("A signed file was altered", where)
        elif entered.get(one.id, one.digest) != one.digest:
            yield Problem("What is kept of a signed file was altered", where)
    seen = {one.id for one in files(book)}
    yield from (Problem("A signed file is missing", f"number {number}") for number in sorted(known - seen))
    for number in sorted(seen - known):
        if known and number > min(known):
            yield Problem("A signed file was added behind the program's back", f"number {number}")


_ENTERED = """SELECT c.row_id, c.after FROM change c JOIN "action" a ON a.id = c."action"
    WHERE a.what = ? AND c."table" = 'signed_file'"""
# the last that was entered of each: null where it is trusted no more
_ENTERED_CERTIFICATES = """SELECT key, after FROM change WHERE "table" = ? ORDER BY id"""
