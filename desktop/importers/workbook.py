"""Reads a workbook in a process of its own, because the reader gives up the whole process on some damaged files.

Run as a script, with the path (or `-` for standard input) and a memory limit: writes marshalled messages to standard
output. Must not import the program, so that it starts fast; `spreadsheets` is the other end.
"""

from __future__ import annotations

import datetime
import html
import io
import marshal
import pathlib
import posixpath
import re
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

CHUNK = 2_000
SWITCH = "--read-workbook"


_BLOCK = 1 << 20
_PDF = b"%PDF-"
_MOST_PAGES = 20
_OWN_FIELDS = "PD1:"
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"
)
_UNSOLVED = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt=)[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>'
    rb"\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


class _Numbers(dict[float, str]):
    """Numbers as texts, remembered: whole ones without a point."""

    def __missing__(self, number: float) -> str:
        if len(self) > 50_000:
            self.clear()
        text = str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
        self[number] = text
        return text


_NUMBERS = _Numbers()


def _rounded(moment: datetime.datetime) -> datetime.datetime:
    """To the second: a spreadsheet's fractions of a day seldom hit it exactly."""
    later = datetime.timedelta(seconds=1 if moment.microsecond >= 500_000 else 0)
    return moment.replace(microsecond=0) + later


def limit_memory(limit: int) -> None:
    """Let this process take `limit` bytes and no more, where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        except ValueError:
            # The system keeps its own, lower limit.
            return


def text_of(cell: Any) -> str:
    """A cell as the text that a CSV of the same sheet would hold, with dates and times in ISO form."""
    if type(cell) is str:
        return cell
    if type(cell) is float:
        return _NUMBERS[cell]
    if isinstance(cell, datetime.datetime):
        return cell.isoformat() if not cell.microsecond else _rounded(cell).isoformat()
    if isinstance(cell, datetime.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell)


def send(target: IO[bytes], message: Any) -> None:
    """One marshalled message behind its length."""
    packed = marshal.dumps(message)
    target.write(struct.pack(">I", len(packed)))
    target.write(packed)


def _attributes(found: bytes) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(found.decode("utf-8", "replace"))
    return {name.rpartition(":")[2]: html.unescape(value) for name, value in pairs}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of an XLSX that holds each sheet, by the sheet's name."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = [_attributes(one) for one in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))]
    targets = {one.get("Id"): posixpath.join("/xl", one.get("Target", ""))[1:] for one in relations}
    sheets = [_attributes(one) for one in _SHEET.findall(archive.read("xl/workbook.xml"))]
    found = {one.get("name", ""): posixpath.normpath(targets.get(one.get("id"), "-")) for one in sheets}
    return {name: part for name, part in found.items() if part in names}


def _may_hide(part: IO[bytes]) -> bool:
    """Whether a sheet holds errors or formulas at all; most have neither and need no second look."""
    tail = b""
    while block := part.read(_BLOCK):
        seen = tail + block
        if b't="e"' in seen or b"<f" in seen or b":f" in seen:
            return True
        tail = block[-8:]
    return False


def _column(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def hidden_cells(data: Any) -> dict[str, dict[int, dict[int, str]]]:
    """Cells that the reader shows as empty though they are not, as {sheet: {row: {column: text}}}.

    They are errors (`#REF!`) and formulas that were stored without a result; neither may be taken for a blank.
    """
    if not zipfile.is_zipfile(data):
        return {}
    found: dict[str, dict[int, dict[int, str]]] = {}
    with zipfile.ZipFile(data) as archive:
        for name, part in _parts(archive).items():
            with archive.open(part) as opened:
                if not _may_hide(opened):
                    continue
            sheet = archive.read(part)
            for pattern, sign in ((_ERROR, ""), (_UNSOLVED, "=")):
                for letters, row, text in pattern.findall(sheet):
                    cells = found.setdefault(name, {}).setdefault(int(row), {})
                    cells[_column(letters)] = sign + html.unescape(text.decode("utf-8", "replace"))
    return found


def uncovered(rows: Iterable[list[Any]], hidden: dict[int, dict[int, str]], first: int) -> Iterator[list[Any]]:
    """A sheet's rows, which start in column `first`, with its hidden cells in their places."""
    for at, row in enumerate(rows, start=1):
        for column, text in hidden.get(at, {}).items():
            place = column - first
            if place >= 0:
                row.extend([""] * (place + 1 - len(row)))
                row[place] = row[place] or text
        yield row


def send_rows(target: IO[bytes], rows: Iterable[list[Any]]) -> None:
    """Rows as texts, in chunks that start with the number of their first row; rows above the data come empty."""
    chunk: list[list[str]] = []
    at = 1
    for row in rows:
        chunk.append([cell if type(cell) is str else text_of(cell) for cell in row])
        if len(chunk) == CHUNK:
            send(target, ("rows", at, chunk))
            at += len(chunk)
            chunk = []
    if chunk:
        send(target, ("rows", at, chunk))


def form_rows(data: bytes) -> list[list[Any]]:
    """The fields of a PDF form as a table: a heading, then name and value of each, in the order of the pages."""
    import ctypes

    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    rows: list[list[Any]] = [["Self-report code", "How many"]]
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    if document.formenv is None:
        return []
    form = document.formenv.raw

    def text(read: Any, annotation: Any) -> str:
        size = read(form, annotation, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        read(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")

    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, at)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                name = text(raw.FPDFAnnot_GetFormFieldName, annotation)
                if name.startswith(_OWN_FIELDS):
                    rows.append([name, text(raw.FPDFAnnot_GetFormFieldValue, annotation)])
            raw.FPDFPage_CloseAnnot(annotation)
    return rows if len(rows) > 1 else []


def serve_form(data: bytes, target: IO[bytes]) -> None:
    """The one table of a PDF form."""
    import pypdfium2

    try:
        rows = form_rows(data)
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
        send(target, ("error", type(error).__name__))
        return
    send(target, ("sheet", "Form"))
    send_rows(target, rows)
    send(target, ("end", ""))


def head_of(data: Any) -> bytes:
    """The first bytes of a file named or held in memory, which is left at its start."""
    if isinstance(data, io.BytesIO):
        return data.getbuffer()[: len(_PDF)].tobytes()
    with pathlib.Path(data).open("rb") as file:
        return file.read(len(_PDF))


def serve(source: str, target: IO[bytes]) -> None:
    """Every sheet of the workbook at `source`: its name, then its rows, numbered as in the sheet."""
    import python_calamine

    data: Any = io.BytesIO(sys.stdin.buffer.read()) if source == "-" else source
    if head_of(data) == _PDF:
        serve_form(data.read() if source == "-" else pathlib.Path(source).read_bytes(), target)
        return
    try:
        hidden = hidden_cells(data)
        if source == "-":
            data.seek(0)
        book = python_calamine.load_workbook(data)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            send(target, ("sheet", name))
            if sheet.start is not None:
                rows = sheet.iter_rows()
                send_rows(target, uncovered(rows, hidden[name], sheet.start[1]) if name in hidden else rows)
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, MemoryError) as error:
        send(target, ("error", type(error).__name__))
        return
    send(target, ("end", ""))


def main(arguments: list[str]) -> int:
    """`PATH LIMIT`: read the workbook within LIMIT bytes of memory."""
    path, limit = arguments
    limit_memory(int(limit))
    serve(path, sys.stdout.buffer)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
