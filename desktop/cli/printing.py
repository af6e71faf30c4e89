"""Answers on standard output: one JSON document, or the same as readable text."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers: a JSON value, and the exit code that goes with it."""

    value: Any
    code: int = 0


def show(answer: Answer, *, as_json: bool) -> None:
    """Write an answer to standard output."""
    if as_json:
        sys.stdout.write(json.dumps(answer.value, ensure_ascii=False, indent=None) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(answer.value, 0)) + "\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """A message or progress, on standard error."""
    sys.stderr.write(text + "\n")


def _lines(value: Any, depth: int) -> list[str]:
    pad = "  " * depth
    if isinstance(value, Mapping):
        return [line for key, inner in value.items() for line in _entry(str(key), inner, depth)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        if value and all(isinstance(row, Mapping) and _is_flat(row) for row in value):
            return _table(value, pad)
        return [
            line
            for inner in value
            for line in (_lines(inner, depth) if _is_nested(inner) else [f"{pad}- {_text(inner)}"])
        ]
    return [f"{pad}{_text(value)}"]


def _entry(key: str, value: Any, depth: int) -> list[str]:
    pad = "  " * depth
    if not _is_nested(value):
        return [f"{pad}{key}: {_text(value)}"]
    if not value:
        return [f"{pad}{key}: none"]
    return [f"{pad}{key}:", *_lines(value, depth + 1)]


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str))


def _is_flat(row: Mapping[str, Any]) -> bool:
    return not any(_is_nested(inner) and inner for inner in row.values())


def _text(value: Any) -> str:
    if value is None or (_is_nested(value) and not value):
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _table(rows: Sequence[Mapping[str, Any]], pad: str) -> list[str]:
    heads = list(dict.fromkeys(key for row in rows for key in row))
    cells = [heads, *([_text(row.get(head)) for head in heads] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(heads))]
    return [
        pad + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in cells
    ]
