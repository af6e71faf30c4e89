"""The routing rules as the principal keeps them: read, replaced as a whole or one by one, in and out as JSON.

The default, without conditions, is always there and last (routing.md 3.4). What a rule does is `core.rules`'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core import rule_words
from desktop.core import rules as routing_rules
from desktop.core.rules import Rule
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.models import edits, facts_routing, journal, routing_log
from desktop.models.journal import Author
from desktop.services.edits import Changes
from desktop.services.routing_snapshot import stored_rules, with_default

if TYPE_CHECKING:
    from desktop.models.book import Book

HITS_DAYS = 90


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it is listed: its sentence, the leads it decided in 90 days, and the earlier rule that hides it."""

    rule: Rule
    sentence: str
    hits: int
    shadowed_by: str | None


def rules(book: Book) -> tuple[Rule, ...]:
    """The rules in order, the default last."""
    return stored_rules(book)


def listed(book: Book, at: datetime) -> tuple[RuleLine, ...]:
    """The rules with what an editor says of each at the moment."""
    found = rules(book)
    hits = routing_log.rule_hits(book, (at - timedelta(days=HITS_DAYS)).isoformat(), at.isoformat())
    return tuple(
        RuleLine(rule, rule_words.sentence(rule), hits.get(rule.id, 0), rule_words.shadow_of(rule, found[:number]))
        for number, rule in enumerate(found)
    )


def as_json(found: Sequence[Rule]) -> dict[str, object]:
    """The shape of `rules export`."""
    return {"rules": routing_rules.write(found)}


def export_file(book: Book, path: Path) -> tuple[Rule, ...]:
    """Write the rules as JSON; returns them. UserError when the file cannot be written."""
    found = rules(book)
    try:
        path.write_text(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}).", "Name another place.") from None
    return found


def import_file(book: Book, path: Path, author: Author) -> tuple[Rule, ...]:
    """Put a file's rules in place of the book's, as one undoable action; returns what then holds.

    A file without a default leaves the one there is. UserError for what is no rules.json or has a wrong rule.
    """
    found = read_file(path)
    if not any(rule.when is None for rule in found):
        found = (*found, rules(book)[-1])
    replace_all(book, found, author, f"Import rules from {path.name}")
    return rules(book)


def read_file(path: Path) -> tuple[Rule, ...]:
    """The rules of a JSON file, in order. UserError naming what is wrong."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UserError(f"There is no file {path}.", "Check the name.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}).", "Check the file.") from None
    except ValueError:
        raise UserError(f"{path.name} is not readable JSON.", "Export it again.") from None
    listed = data.get("rules") if isinstance(data, Mapping) else data
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise UserError(f"{path.name} holds no rules.", 'It must look like {"rules": [...]}.')
    if any(one.get("id") in (None, "") for one in listed):
        raise UserError(f"{path.name} has a rule without an id.", "Give every rule an id of its own.")
    found = routing_rules.read(listed)
    _check(found)
    return found


def replace_all(book: Book, wanted: Sequence[Rule], author: Author, label: str = "Change routing rules") -> Changes:
    """Put these rules, in this order, in place of the book's, as one undoable action.

    UserError for two of one id or two without conditions.
    """
    _check(wanted)
    placed = with_default(wanted)
    keys = {str(cells["key"]): cells for cells in facts_routing.stored_rules(book)}
    with book.transaction():
        action = journal.open_action(book, author, "rules.change", label)
        changed = False
        for key in keys.keys() - {rule.id for rule in placed}:
            changed |= edits.delete_row(book, action, "rule", key)
        for position, rule in enumerate(placed, 1):
            changed |= edits.edit_row(book, action, "rule", rule.id, _cells(rule, position), author.at)
        if not changed:
            book.connection.execute("DELETE FROM action WHERE id = ?", (action,))
    return Changes(label, changed)


def put(book: Book, rule: Rule, author: Author) -> Changes:
    """Change the rule with that id, or add it before the default."""
    found = list(rules(book))
    at = next((number for number, one in enumerate(found) if one.id == rule.id), None)
    if at is None:
        found.insert(len(found) - 1, rule)
    else:
        found[at] = rule
    return replace_all(book, found, author, f"Change rule {rule.name}")


def move(book: Book, rule_id: str, to: int, author: Author) -> Changes:
    """Give a rule another place (0 = first); the default stays last."""
    found = list(rules(book))
    moved = _named(found, rule_id)
    found.remove(moved)
    found.insert(min(max(to, 0), len(found) - 1), moved)
    return replace_all(book, found, author, f"Move rule {moved.name}")


def enable(book: Book, rule_id: str, enabled: bool, author: Author) -> Changes:
    """Switch a rule on or off. UserError for the default, which cannot be switched off."""
    rule = _named(rules(book), rule_id)
    if rule.when is None and not enabled:
        raise UserError("The default rule cannot be switched off.", "Change what it does instead.")
    return put(book, replace(rule, enabled=enabled), author)


def remove(book: Book, rule_id: str, author: Author) -> Changes:
    """Delete a rule. UserError for the default."""
    found = rules(book)
    rule = _named(found, rule_id)
    if rule.when is None:
        raise UserError("The default rule cannot be deleted.", "Change what it does instead.")
    return replace_all(book, [one for one in found if one.id != rule_id], author, f"Delete rule {rule.name}")


def _named(found: Sequence[Rule], rule_id: str) -> Rule:
    for rule in found:
        if rule.id == rule_id:
            return rule
    raise UserError(f"There is no rule {rule_id}.", "Look at the list of rules.")


def _cells(rule: Rule, position: int) -> dict[str, Cell]:
    written = routing_rules.write([rule])[0]
    when = written.get("when")
    return {
        "rule_id": rule.id,
        "position": position,
        "name": rule.name,
        "enabled": int(rule.enabled),
        "when": None if when is None else _packed(when),
        "then": _packed(written["then"]),
    }


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check(found: Sequence[Rule]) -> None:
    ids = [rule.id for rule in found]
    for one in ids:
        if ids.count(one) > 1:
            raise UserError(f"Two rules have the id {one}.", "Give each rule an id of its own.")
    bare = [rule.name for rule in found if rule.when is None]
    if len(bare) > 1:
        raise UserError(f"{len(bare)} rules have no conditions: {', '.join(bare)}.", "Only the default may have none.")
