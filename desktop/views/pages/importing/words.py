"""An import in words: counts, totals, columns and what an undo did, singular and plural right.

Knows records of the services and no widget.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.services.imports import ImportResult, UndoResult
from desktop.services.previews import FilePreview, Preview
from desktop.services.stated import Comparison
from desktop.views.tables.formats import counted
from desktop.views.theme import Status


def say(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Import", text)


def rows(number: int) -> str:
    """A number of rows."""
    return counted(number, say("row"), say("rows"))


def named(files: Sequence[str]) -> str:
    """The first of some files, and how many more there are."""
    return files[0] if len(files) == 1 else f"{files[0]} + {len(files) - 1}"


def table_words(table: str) -> str:
    """A template's name as a user reads it: `policies`."""
    return table.replace("_", " ")


def field_words(ours: str | None) -> str:
    """Our column in words: `policies.annual_premium` is `policies: annual premium`."""
    if ours is None:
        return say("kept as a note")
    table, _, column = ours.partition(".")
    return f"{table_words(table)}: {column.replace('_', ' ')}" if column else table_words(table)


def total(value: float | str | None) -> str:
    """A file's total as figures."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def totals(file: FilePreview) -> tuple[str, Status]:
    """The file's total beside ours, and whether they agree; no words where the file states none."""
    if file.file_total is None:
        return "", Status.NONE
    both = {"file": total(file.file_total), "ours": total(file.our_total)}
    if both["file"] == both["ours"]:
        return say("The file’s own total of {file} agrees with ours.").format(**both), Status.GOOD
    if file.rejected:
        words = say("The file’s own total is {file}, ours {ours}: rejected rows are not in ours.")
    else:
        words = say("The file’s own total is {file}, ours {ours}. Check that the file is complete.")
    return words.format(**both), Status.NEAR


def beside(found: Sequence[Comparison]) -> str:
    """How many of the totals that a file states agree with ours."""
    differ = sum(one.agrees is False for one in found)
    agree = sum(bool(one.agrees) for one in found)
    rest = len(found) - agree - differ
    parts = [
        (agree, say("1 total agrees with the book"), say("{} totals agree with the book")),
        (differ, say("1 total differs"), say("{} totals differ")),
        (rest, say("1 total cannot be compared"), say("{} totals cannot be compared")),
    ]
    phrases = [one if number == 1 else many.format(f"{number:,}") for number, one, many in parts if number]
    return say("{}: see “Beside ours”.").format(", ".join(phrases))


def state(file: FilePreview) -> tuple[str, Status]:
    """What will become of a file, in a few words, and how good that is."""
    if file.needs_period:
        return say("Needs its dates"), Status.NEAR
    if file.problem is not None:
        return say("Left out"), Status.BAD
    if file.rejected:
        return say("{} of {} rejected").format(f"{file.rejected:,}", rows(file.rows)), Status.NEAR
    if file.doubts:
        asked = counted(len(file.doubts), say("question"), say("questions"))
        return f"{rows(file.rows)}, {asked}", Status.NEAR
    if not file.changing:
        return say("Nothing new in {}").format(rows(file.rows)), Status.NONE
    return rows(file.rows), Status.GOOD


def button(preview: Preview) -> str:
    """What the main button says."""
    if not preview.changing:
        return say("Nothing New to Import")
    return say("Import {}").format(rows(preview.changing))


def done(result: ImportResult) -> tuple[str, str]:
    """What an import did: a sentence and the rest."""
    new, changed = (sum(getattr(file, name) for file in result.files) for name in ("inserted", "updated"))
    rejected = sum(file.rejected for file in result.files)
    said = [say("{} new").format(rows(new))] if new or not changed else []
    said += [say("{} changed").format(rows(changed))] if changed else []
    what = say("Imported: {}.").format(", ".join(said))
    parts = []
    if rejected:
        parts.append(say("{} rejected; open the import below to see why.").format(rows(rejected)))
    if result.unknown_producers:
        names = counted(len(result.unknown_producers), say("name"), say("names"))
        parts.append(say("{} not answered: those rows stay unassigned.").format(names))
    return what, " ".join(parts)


def of_leads(routed: int, waiting: int) -> str:
    """What became of the leads that came without an owner; empty when there were none."""
    said = [say("{} routed.").format(counted(routed, say("lead"), say("leads")))] if routed else []
    if waiting:
        said.append((say("{} needs attention.") if waiting == 1 else say("{} need attention.")).format(f"{waiting:,}"))
    return " ".join(said)


def undone(result: UndoResult, label: str) -> tuple[str, str]:
    """What taking an import back did: removed and restored, then what was kept and why."""
    removed = counted(result.removed, say("record"), say("records"))
    what = say("“{label}” is undone: {removed} removed, {restored} set back.").format(
        label=label, removed=removed, restored=f"{result.restored:,}"
    )
    return what, kept(result.kept)


def kept(left: Sequence[object], most: int = 4) -> str:
    """What an undo left as it is, the first few by name."""
    if not left:
        return ""
    said = [_kept_one(one) for one in left[:most]]
    if len(left) > most:
        said.append(say("and {} more").format(f"{len(left) - most:,}"))
    return say("Kept: {}.").format("; ".join(said))


def _kept_one(one: object) -> str:
    record = f"{table_words(str(getattr(one, 'table', '')))} {getattr(one, 'key', '')}"
    column = str(getattr(one, "column", "")).replace("_", " ")
    why = getattr(one, "why", "")
    return f"{record} ({column}: {why})" if column else f"{record} ({why})"
