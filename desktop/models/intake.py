"""Takes template rows into the book inside one open transaction: new, changed or unchanged, never doubled.

Knows nothing of files' layouts (importers did that) and leaves derived tables to `rollups`, which it tells what was
touched. A row already in the book is compared field by field; a typed value stays and the difference is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from desktop.core.batches import Batch
from desktop.core.templates import Cell
from desktop.models import journal, rollups
from desktop.models.arrivals import Arrival
from desktop.models.bulk import IndexesLast
from desktop.models.clients import Clients, key_of
from desktop.models.numbering import Numbering
from desktop.models.outcomes import UNCHANGED, UPDATED, KeptTyped, Outcomes, Repeat, follow_final, note_fresh
from desktop.models.people import Aliases
from desktop.models.removed import Removed
from desktop.models.sightings import note_seen
from desktop.models.storage import STORAGES, Storage, fold
from desktop.models.tallies import ActivityTally
from desktop.models.touched import Touched

if TYPE_CHECKING:
    from desktop.models.book import Book

_SELECT_LIMIT = 10_000
_ID, _KEY, _FILE, _BEFORE_CELLS = range(4)
Held = tuple[Cell, ...]
"""A row of the book: its id, key and file, then the cells of its template."""

_DERIVING = frozenset({"clients", "policies"})
_HOMES = {"lead_id": "leads", "policy_number": "policies"}


class Intake:
    """The rows of one import. `take` files in the order of `TEMPLATES`, then hand `touched` to `rollups.refresh`.

    Not `lasting`: all is taken back without the derived tables being brought up to date.
    """

    def __init__(self, book: Book, action: int, *, lasting: bool = True) -> None:
        self._book = book
        self._connection = book.database.connection()
        self._action = action
        self._lasting = lasting
        self.aliases = Aliases(book)
        self._tally = ActivityTally(self._connection)
        self.touched = Touched(arrived=self._tally)
        self.kept: list[KeptTyped] = []
        self.repeats: list[Repeat] = []
        self.removed = Removed(book)
        self.named: dict[tuple[str, str], set[str]] = {}
        self._clients: Clients | None = None
        self._met = ""
        self._typed: dict[str, set[tuple[int, str]]] = {}
        self._only: frozenset[str] = frozenset()
        self._silent: frozenset[str] = frozenset()

    @property
    def clients(self) -> Clients:
        if self._clients is None:
            self._clients = Clients(self._book)
        return self._clients

    def take_file(
        self,
        file: int,
        batches: Callable[[], Iterable[Batch]],
        *,
        by_line: bool = True,
        only: frozenset[str] = frozenset(),
        silent: frozenset[str] = frozenset(),
    ) -> Outcomes:
        """Take all batches of one file (`batches` is called twice); returns what became of each of its lines.

        Not `by_line`: of each of its rows, for files that may hold several rows on a line. `only`: the columns that
        such a file may change in a record that is there already, for files that know little else of it. `silent`: the
        columns that the file does not have, so that their blanks say nothing.
        """
        self._only, self._silent = only, silent
        outcomes = Outcomes(by_line=by_line)
        numbering = Numbering(batches(), self.aliases)
        late: dict[str, IndexesLast] = {}
        for batch in batches():
            storage = STORAGES[batch.table]
            rows, keys, out = self.removed.sift(batch, numbering.keys(storage, batch))
            outcomes.note_all(outcomes.places(out), UNCHANGED)
            if rows.count:
                arrival = Arrival(storage, file, keys, rows, self.aliases)
                if batch.table not in late:
                    late[batch.table] = self._indexes(arrival, numbering.rows[batch.table])
                late[batch.table].make_room(arrival.filled)
                self._take(arrival, outcomes)
        for indexes in late.values():
            indexes.build()
        return outcomes

    def _indexes(self, arrival: Arrival, incoming: int) -> IndexesLast:
        """A file whose first rows are in the book is likely to bring few others."""
        part = arrival.keys[:_SELECT_LIMIT]
        sql = f'SELECT 1 FROM "{arrival.storage.table}" WHERE key IN ({",".join("?" * len(part))}) LIMIT 1'
        met = self._connection.execute(sql, part).fetchone() is not None
        return IndexesLast(self._book, arrival.storage.table, incoming, lasting=self._lasting, met=met)

    def _take(self, arrival: Arrival, outcomes: Outcomes) -> None:
        self._note_named(arrival)
        fresh, known = self._insert(arrival)
        lines = outcomes.places(arrival.batch.lines)
        note_fresh(arrival, fresh, lines, outcomes)
        changes = self._meet(arrival, known, lines, outcomes) if known else []
        if changes:
            self._apply(arrival.storage, changes)
        self._record_adopted(arrival)
        reached = sorted({*fresh, *(at for at, _old in known)}) if changes else fresh
        self._touch(arrival, reached, changed=bool(changes))
        if arrival.name == "producers":
            self.touched.days.update(rollups.days_of_aliases(self._book, self.aliases.rematch()))

    def _meet(
        self, arrival: Arrival, known: list[tuple[int, Held]], lines: Sequence[int], outcomes: Outcomes
    ) -> list[journal.Change]:
        """Compare rows with the records that are there already; returns what they change, and notes who was seen."""
        final = {key: at for at, key in enumerate(arrival.keys)}
        rows = list(zip(*arrival.columns, strict=True))
        names = _held_columns(arrival.storage)
        changes: list[journal.Change] = []
        unchanged: list[int] = []
        seen: list[tuple[int, Cell]] = []
        file_lines = arrival.batch.lines
        repeats = len(final) < len(rows)
        for at, old in known:
            if repeats and at != (last := final[arrival.keys[at]]):
                self._note_repeat(arrival, at, last)
                continue
            # Most rows say what the book says; a row is looked at cell by cell only where it does not.
            same = rows[at] == old[_BEFORE_CELLS:]
            found = [] if same else self._compare(arrival, at, rows[at], dict(zip(names, old, strict=True)))
            if found and arrival.name == "policies":
                found.extend(self._move_to_client(arrival, at, old[_ID], found))
            changes.extend(found)
            if found:
                outcomes.note(lines[at], UPDATED)
            else:
                unchanged.append(lines[at])
            if old[_FILE] != arrival.file:
                seen.append((file_lines[at], old[_ID]))
        outcomes.note_all(lines if len(unchanged) == len(lines) else unchanged, UNCHANGED)
        follow_final(arrival, final, lines, outcomes)
        note_seen(self._connection, arrival, seen)
        return changes

    # --- what will be written ---------------------------------------------------------------------------------------

    def _note_named(self, arrival: Arrival) -> None:
        """Leads and policies that rows of other tables refer to."""
        template = arrival.storage.template
        for column, home in _HOMES.items():
            if column in template.names and template.name != home:
                named = self.named.setdefault((template.name, column), set())
                # All are texts but the blanks.
                named.update(cast("Sequence[str]", arrival.cells(column)))
                named.discard(cast("str", None))

    def _derived(self, arrival: Arrival, at: int) -> tuple[Cell, ...]:
        """Columns that no template holds: a client's folded name, a policy's client."""
        if arrival.name == "clients":
            return (fold(str(arrival.cells("name")[at])),)
        client, client_id, zip_code, state = (
            arrival.cells(column)[at] for column in ("client", "client_id", "zip", "state")
        )
        return (
            self.clients.find_or_add(
                None if client_id is None else str(client_id),
                str(client),
                None if zip_code is None else str(zip_code),
                None if state is None else str(state),
                arrival.file,
                arrival.batch.lines[at],
            ),
        )

    # --- new rows ---------------------------------------------------------------------------------------------------

    def _insert(self, arrival: Arrival) -> tuple[Sequence[int], list[tuple[int, Held]]]:
        """Insert what is new; returns the positions inserted, and the positions known with their present rows."""
        if arrival.name == "clients":
            self._adopt_clients(arrival)
        positions = _distinct(arrival.keys)
        if self._met == arrival.name and len(positions) == len(arrival.keys):
            return self._insert_between(arrival)
        before = self._total_changes()
        last = self._last_id(arrival.storage)
        if arrival.name == "policies":
            known_keys = set(self._existing(arrival, arrival.keys, last))
            positions = [at for at in positions if arrival.keys[at] not in known_keys]
        self._write(arrival, positions)
        if arrival.name != "policies" and self._total_changes() - before == len(arrival.keys):
            self._note_new_clients(arrival, positions)
            return positions, []
        existing = self._existing(arrival, arrival.keys, None)
        fresh = [at for at in positions if int(existing[arrival.keys[at]][_ID] or 0) > last]
        # A file that repeats an earlier one goes on doing so: its next rows are looked up before they are inserted.
        self._met = arrival.name if 2 * len(fresh) < len(positions) and arrival.name not in _DERIVING else ""
        self._note_new_clients(arrival, fresh)
        new = set(fresh)
        return fresh, [(at, existing[key]) for at, key in enumerate(arrival.keys) if at not in new]

    def _insert_between(self, arrival: Arrival) -> tuple[Sequence[int], list[tuple[int, Held]]]:
        """As `_insert`, where most rows are known and none is stated twice."""
        existing = self._existing(arrival, arrival.keys, None)
        found = [(at, existing.get(key)) for at, key in enumerate(arrival.keys)]
        fresh = [at for at, old in found if old is None]
        self._write(arrival, fresh)
        if 2 * len(fresh) > len(found):
            self._met = ""
        return fresh, [(at, old) for at, old in found if old is not None]

    def _write(self, arrival: Arrival, positions: Sequence[int]) -> None:
        if positions:
            deriving = arrival.name in _DERIVING
            derived = [self._derived(arrival, at) for at in positions] if deriving else []
            for statement in arrival.insertions(positions, derived):
                self._connection.executemany(*statement)

    def _adopt_clients(self, arrival: Arrival) -> None:
        """A client row may be the client that a policy named without an id: give that one the id first."""
        for cell, name, zip_code in zip(*map(arrival.cells, ("client_id", "name", "zip")), strict=True):
            client_id = str(cell)
            if self.clients.has_id(client_id):
                continue
            found = self.clients.find(client_id, str(name), None if zip_code is None else str(zip_code))
            if found is not None:
                self.clients.adopt(found, client_id, str(name))

    def _note_new_clients(self, arrival: Arrival, positions: Iterable[int]) -> None:
        if arrival.name != "clients":
            return
        ids, names, zips = map(arrival.cells, ("client_id", "name", "zip"))
        for at in positions:
            client_id, zip_code = str(ids[at]), zips[at]
            row = self._connection.execute(
                "SELECT id FROM client WHERE key=?", (key_of(client_id, "", None),)
            ).fetchone()
            self.clients.added(row[0], client_id, str(names[at]), None if zip_code is None else str(zip_code))

    def _total_changes(self) -> int:
        return int(self._connection.total_changes)

    def _last_id(self, storage: Storage) -> int:
        row = self._connection.execute(f'SELECT max(id) FROM "{storage.table}"').fetchone()
        return int(row[0] or 0)

    def _existing(self, arrival: Arrival, keys: Sequence[str], up_to: int | None) -> dict[str, Held]:
        """Present rows by key."""
        listed = ",".join(f'"{column}"' for column in _held_columns(arrival.storage))
        found: dict[str, Held] = {}
        for start in range(0, len(keys), _SELECT_LIMIT):
            part = keys[start : start + _SELECT_LIMIT]
            sql = f'SELECT {listed} FROM "{arrival.storage.table}" WHERE key IN ({",".join("?" * len(part))})'
            if up_to is not None:
                sql += f" AND id <= {up_to}"
            found.update((row[_KEY], row) for row in self._connection.execute(sql, part))
        return found

    # --- known rows -------------------------------------------------------------------------------------------------

    def _compare(self, arrival: Arrival, at: int, cells: Held, old: dict[str, Cell]) -> list[journal.Change]:
        """The fields of a known row that this file changes. An empty cell says nothing unless its column speaks."""
        storage = arrival.storage
        changes: list[journal.Change] = []
        row_id = int(old["id"] or 0)
        for position, (column, new) in enumerate(zip(storage.columns, cells, strict=True)):
            before = old[column]
            if new == before or not self._speaks(storage.template.names[position], new, storage):
                continue
            if position in storage.people and self.aliases.same_person(_int(before), _int(new)):
                continue
            if (row_id, column) in self._typed_of(storage.table):
                self.kept.append(KeptTyped(storage.template.name, str(old["key"]), column, before, new))
                continue
            old[column] = new
            changes.append(
                journal.Change(
                    storage.table,
                    row_id,
                    str(old["key"]),
                    column,
                    journal.pack(before),
                    journal.pack(new),
                    arrival.file,
                    arrival.batch.lines[at],
                )
            )
        return changes

    def _speaks(self, name: str, new: Cell, storage: Storage) -> bool:
        """Whether the file means to change the column `name`: by a value, or by a blank that says something."""
        if self._only:
            return new is not None and name in self._only
        return new is not None or (name in storage.template.speaking_blanks and name not in self._silent)

    def _move_to_client(
        self, arrival: Arrival, at: int, row_id: Cell, found: list[journal.Change]
    ) -> list[journal.Change]:
        """A policy that names another client than before goes over to that client."""
        if not {change.column for change in found} & {"client", "client_id"}:
            return []
        (before,) = self._connection.execute("SELECT client_ref FROM policy WHERE id=?", (row_id,)).fetchone()
        (after,) = self._derived(arrival, at)
        if before == after:
            return []
        return [replace(found[0], column="client_ref", before=journal.pack(before), after=journal.pack(after))]

    def _note_repeat(self, arrival: Arrival, at: int, last: int) -> None:
        """One record on two lines of a file: the later one counts, and where they differ that is said."""
        if arrival.batch.row(at) != arrival.batch.row(last):
            lines = arrival.batch.lines
            name = arrival.storage.template.name
            self.repeats.append(Repeat(name, arrival.keys[at], lines[at], lines[last]))

    def _typed_of(self, table: str) -> set[tuple[int, str]]:
        if table not in self._typed:
            rows = self._connection.execute('SELECT row_id, "column" FROM typed_field WHERE "table"=?', (table,))
            self._typed[table] = {(row[0], row[1]) for row in rows}
        return self._typed[table]

    def _apply(self, storage: Storage, changes: list[journal.Change]) -> None:
        self.touched.leave(storage.template.name, changes)
        for change in changes:
            self._connection.execute(
                f'UPDATE "{storage.table}" SET "{change.column}"=? WHERE id=?',
                (journal.unpack(change.after), change.row_id),
            )
        journal.record(self._book, self._action, changes)

    def _record_adopted(self, arrival: Arrival) -> None:
        if self._clients is None or not self._clients.adopted:
            return
        changes = []
        for one in self._clients.adopted:
            for column, before, after in (
                ("client_id", None, one.client_id),
                ("key", one.key_before, key_of(one.client_id, "", None)),
            ):
                packed = journal.pack(before), journal.pack(after)
                changes.append(journal.Change("client", one.row_id, one.key_before, column, *packed, arrival.file))
        self._clients.adopted.clear()
        journal.record(self._book, self._action, changes)

    # --- what was touched -------------------------------------------------------------------------------------------

    def _touch(self, arrival: Arrival, positions: Sequence[int], *, changed: bool) -> None:
        if not positions:
            return
        name = arrival.name
        if name == "activities":
            self.touched.phones = True
            days = [at[:10] for at in cast("Sequence[str]", arrival.cells("occurred_at"))]
            if len(positions) == len(days) and not changed and self._lasting:
                self._tally.add(days, arrival)
            else:
                self.touched.days.update(days[at] for at in positions)
        elif name == "quotes":
            delivered = arrival.cells("delivered_on")
            self.touched.days.update({str(delivered[at])[:10] for at in positions})
        elif name in {"leads", "stages", "owners"}:
            leads = arrival.cells("lead_id")
            self.touched.leads.update(str(leads[at]) for at in positions if leads[at])
            self.touched.phones = True
        elif name == "policies":
            keys = [arrival.keys[at] for at in positions]
            self.touched.policies.update(int(old[_ID] or 0) for old in self._existing(arrival, keys, None).values())
        elif name == "settings":
            self.touched.settings = True


def _held_columns(storage: Storage) -> list[str]:
    return ["id", "key", "file", *storage.columns]


def _distinct(keys: Sequence[str]) -> Sequence[int]:
    """Positions of the distinct keys, the last of each."""
    last = {key: at for at, key in enumerate(keys)}
    return range(len(keys)) if len(last) == len(keys) else sorted(last.values())


def _int(cell: Cell) -> int | None:
    return None if cell is None else int(cell)
