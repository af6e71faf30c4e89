"""The two templates that are JSON: `settings.json` and `rules.json`, read with the line on which each entry starts.

Knows the rules' outer form alone; what a rule means is checked where it is used.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from desktop.core.checks import RowIssue
from desktop.core.templates import TEMPLATES, Row
from desktop.errors import UserError
from desktop.importers import texts
from desktop.importers.inputs import Input
from desktop.importers.records import Reading
from desktop.importers.spool import Spool
from desktop.importers.values import canonical_json
from desktop.settings import canonical

PROFILES = ("template_settings", "template_rules")
_MOST = 20 << 20
_BLANKS = re.compile(r"[ \t\n\r]*")
_SETTINGS = re.compile(
    r"(agency|routing|ladder|activity|bands|expected_days)\..+|hours|holidays|lines|carriers|paper|vesting_months"
)


def read(source: Input, blank: Reading, spool: Spool) -> Reading:
    """One JSON file. UserError when it is no JSON, or neither settings nor rules."""
    body, sha256 = texts.read_all(source, _MOST)
    blank = replace(blank, sha256=sha256)
    try:
        text = body.decode("utf-8-sig")
        entries = _members(text, 0)
        if [key for key, _at, _value in entries] == ["settings"] and isinstance(entries[0][2], dict):
            entries = _members(text, entries[0][1])
        if entries and entries[0][0] == "rules" and isinstance(entries[0][2], list):
            return _rules(blank, text, entries[0][1], spool)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{source.name} is not readable JSON.", "Export it again.") from error
    if not any(_SETTINGS.fullmatch(key) for key, _at, _value in entries) and entries:
        raise UserError(
            f"{source.name} is not recognised.", "JSON files that can be imported are settings.json and rules.json."
        )
    return _settings(blank, text, entries, spool)


def _settings(blank: Reading, text: str, entries: list[tuple[str, int, Any]], spool: Spool) -> Reading:
    rows: list[Row] = []
    lines: list[int] = []
    rejects: list[RowIssue] = []
    for (key, _at, value), line in zip(entries, _lines(text, [at for _key, at, _value in entries]), strict=True):
        try:
            rows.append((key, canonical_json(canonical(key, value))))
            lines.append(line)
        except UserError as error:
            rejects.append(RowIssue(line, key, canonical_json(value), f"{error.what} {error.what_to_do}"))
    spool.add("settings", lines, rows, [None] * len(rows))
    return replace(
        blank,
        profile="template_settings",
        table="settings",
        header_line=1,
        headings=("key", "value"),
        mapping=(("key", "settings.key"), ("value", "settings.value")),
        samples=tuple((line, (str(row[0]), str(row[1]))) for line, row in zip(lines, rows, strict=True))[:20],
        rows=len(entries),
        rejects=tuple(rejects),
        rejected_rows=len(rejects),
        spool=spool,
    )


def _rules(blank: Reading, text: str, at: int, spool: Spool) -> Reading:
    rows: list[Row] = []
    lines: list[int] = []
    rejects: list[RowIssue] = []
    rejected: set[int] = set()
    entries = _elements(text, at)
    starts = _lines(text, [start for start, _rule in entries])
    for position, ((_start, rule), line) in enumerate(zip(entries, starts, strict=True), 1):
        issues = _rule_issues(line, rule)
        if issues:
            rejects.extend(issues)
            rejected.add(position)
            continue
        lines.append(line)
        rows.append(_rule(position, rule))
    spool.add("rules", lines, rows, [None] * len(rows))
    names = TEMPLATES["rules"].names
    return replace(
        blank,
        profile="template_rules",
        table="rules",
        header_line=1,
        headings=names,
        mapping=tuple((name, f"rules.{name}") for name in names),
        samples=tuple(
            (line, tuple("" if cell is None else str(cell) for cell in row))
            for line, row in zip(lines, rows, strict=True)
        )[:20],
        rows=len(entries),
        rejects=tuple(rejects),
        rejected_rows=len(rejected),
        spool=spool,
    )


def _rule(position: int, rule: dict[str, Any]) -> Row:
    when = rule.get("when")
    return (
        str(rule["id"]),
        position,
        rule["name"],
        rule.get("enabled", True),
        None if when is None else canonical_json(when),
        canonical_json(rule["then"]),
    )


def _rule_issues(line: int, rule: Any) -> list[RowIssue]:
    if not isinstance(rule, dict):
        return [RowIssue(line, "rules", canonical_json(rule), "is no rule")]
    checks = (
        ("id", isinstance(rule.get("id"), str | int) and not isinstance(rule.get("id"), bool) and rule.get("id") != ""),
        ("name", isinstance(rule.get("name"), str) and rule.get("name") != ""),
        ("enabled", isinstance(rule.get("enabled", True), bool)),
        ("when", isinstance(rule.get("when", {}), dict | None)),
        ("then", isinstance(rule.get("then"), dict)),
    )
    return [
        RowIssue(line, name, canonical_json(rule.get(name)) if name in rule else "", "is missing or of another form")
        for name, fine in checks
        if not fine
    ]


def _lines(text: str, starts: list[int]) -> list[int]:
    """The line of each place; where several share one, as in JSON without line breaks, their numbers in order."""
    lines = [text.count("\n", 0, at) + 1 for at in starts]
    return lines if len(set(lines)) == len(lines) else list(range(1, len(lines) + 1))


def _members(text: str, at: int) -> list[tuple[str, int, Any]]:
    """The members of the object at `at`: key, where the value starts, value. ValueError for anything else."""
    at = _expect(text, at, "{")
    found: list[tuple[str, int, Any]] = []
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    while text[at : at + 1] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _expect(text, at, ":")
        value, end = decoder.raw_decode(text, at)
        if not isinstance(key, str):
            raise ValueError("a key is no text")
        found.append((key, at, value))
        at = _next(text, end, "}")
    _end(text, at + 1)
    return found


def _elements(text: str, at: int) -> list[tuple[int, Any]]:
    """The elements of the list that starts at `at`: where each starts, and it."""
    at = _expect(text, at, "[")
    found: list[tuple[int, Any]] = []
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    while text[at : at + 1] != "]":
        value, end = decoder.raw_decode(text, at)
        found.append((at, value))
        at = _next(text, end, "]")
    return found


def _expect(text: str, at: int, sign: str) -> int:
    """The place of what follows `sign`, which must come next."""
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise ValueError(sign)
    return _skip(text, at + 1)


def _next(text: str, at: int, close: str) -> int:
    """The place of the next entry after a comma, or of the closing sign."""
    at = _skip(text, at)
    if text[at : at + 1] == close:
        return at
    at = _expect(text, at, ",")
    if text[at : at + 1] == close:
        raise ValueError(close)
    return at


def _end(text: str, at: int) -> None:
    """Nothing but braces of enclosing objects may follow."""
    if text[at:].strip(" \t\r\n}"):
        raise ValueError("more than one document")


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _no_constant(name: str) -> object:
    raise ValueError(name)
