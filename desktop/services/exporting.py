"""Everything the agency owns, out of the program again, as templates, settings, rules and availability (files.md 3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.progress import SILENT, Progress
from desktop.core.templates import TEMPLATES, UNASSIGNED, Cell, Kind, Row, Template
from desktop.errors import UserError
from desktop.models import contents
from desktop.models.copies import draft_of

if TYPE_CHECKING:
    from desktop.models.book import Book


def write_templates(directory: Path) -> list[Path]:
    """Write the empty templates, each with one example row; returns the files."""
    from desktop import importers

    _make(directory)
    return importers.write_templates(directory)


def export(book: Book, directory: Path, progress: Progress = SILENT) -> list[Path]:
    """Write every record as template files into `directory`.

    Layouts that the user described come in a folder of their own. An import into an empty book gives the same numbers.
    Files appear whole or not at all. UserError when the folder cannot be written.
    """
    from desktop import importers
    from desktop.services import mappings

    _make(directory)
    written = []
    with book.transaction():
        for at, template in enumerate(TEMPLATES.values()):
            progress.report(at, len(TEMPLATES), f"Writing {template.name}")
            if not template.shown and not contents.count(book, template.name):
                continue
            written.append(_write(book, template, directory / f"{template.name}.{template.suffix}"))
    return [*written, *mappings.export_all(book, directory / importers.PROFILE_FOLDER)]


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {directory} cannot be made ({error.strerror}).", "Name another place.") from None


def _write(book: Book, template: Template, path: Path) -> Path:
    from desktop.reports import sheets

    try:
        with draft_of(path) as draft:
            if template.suffix == "json":
                draft.write_text(_json(book, template), encoding="utf-8")
            else:
                extra = _extra_headings(book, template)
                sheets.write_csv(draft, [*template.names, *extra], _text_rows(book, template, extra))
            draft.replace(path)
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}).", "Name another place.") from None
    return path


def _extra_headings(book: Book, template: Template) -> list[str]:
    """The columns that no template knows, as their files named them."""
    found: dict[str, None] = {}
    for _row, extra in contents.rows_of(book, template.name):
        for heading in extra:
            found.setdefault(heading)
    return list(found)


def _text_rows(book: Book, template: Template, extra: list[str]) -> Iterator[list[str]]:
    for row, more in contents.rows_of(book, template.name):
        yield [*texts_of(template, row), *(str(more.get(heading, "")) for heading in extra)]


def texts_of(template: Template, row: Row) -> list[str]:
    """A template row as the texts of its file: ISO dates, dollars with cents, fractions, yes and no."""
    return [
        UNASSIGNED if cell is None and column.required and column.kind is Kind.PRODUCER else _text(column.kind, cell)
        for column, cell in zip(template.columns, row, strict=True)
    ]


def _text(kind: Kind, cell: Cell) -> str:
    if cell is None:
        return ""
    if kind is Kind.MONEY:
        sign, amount = ("-", -int(cell)) if int(cell) < 0 else ("", int(cell))
        return f"{sign}{amount // 100}.{amount % 100:02d}"
    if kind is Kind.FLAG:
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and kind is not Kind.RATE else repr(cell)
    return str(cell)


def _json(book: Book, template: Template) -> str:
    rows = [row for row, _extra in contents.rows_of(book, template.name)]
    if template.name == "settings":
        value: object = {str(key): json.loads(str(text)) for key, text in rows}
    else:
        value = {"rules": [_rule(template, row) for row in rows]}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _rule(template: Template, row: Row) -> dict[str, object]:
    cells = dict(zip(template.names, row, strict=True))
    rule: dict[str, object] = {name: cells[name] for name in ("id", "name", "enabled")}
    if cells["when"] is not None:
        rule["when"] = json.loads(str(cells["when"]))
    rule["then"] = json.loads(str(cells["then"]))
    return rule
