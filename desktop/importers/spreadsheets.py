"""Workbooks as rows of text: checked as zips, then read in a process of their own within limits of memory and time.

The reader is fast but gives up its whole process on some damaged files; here that is one clear problem. Also reads the
HTML tables that some systems name `.xls`. Knows nothing of what the rows mean.
"""

from __future__ import annotations

import marshal
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import IO, Any

from desktop.errors import UserError
from desktop.importers import workbook
from desktop.importers.inputs import Input, is_bomb

Rows = Iterator[tuple[list[int], list[list[str]]]]

_MB = 1 << 20
_MAX_ENTRIES = 5_000
_MAX_UNPACKED = 1_500 * _MB
_MAX_FILE = 400 * _MB
_MAX_HTML = 60 * _MB
_LEAST_MEMORY = 400 * _MB
_MOST_MEMORY = 3_000 * _MB
_LEAST_SECONDS = 15.0
_BYTES_PER_SECOND = 4 * _MB
_PROLOGUE = 65_536
_MAX_MESSAGE = 512 * _MB


def is_html(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a web page."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<style"))


def sheets(source: Input) -> Iterator[tuple[str, Rows]]:
    """Each sheet's name and its rows, numbered as in the sheet. Take each sheet's rows before the next sheet.

    UserError when the workbook is damaged, locked, hostile or too large.
    """
    with source.open() as file:
        head = file.read(512)
        if is_html(head):
            yield source.stem, _html_rows(source, file, head)
            return
        unpacked = _check(source, file, head)
    yield from _Reader(source, unpacked).sheets()


def _check(source: Input, file: IO[bytes], head: bytes) -> int:
    """Look at the container before anybody parses it; returns the bytes it unpacks to."""
    file.seek(0, 2)
    size = file.tell()
    if size > _MAX_FILE:
        raise UserError(f"{source.name} is too large for a workbook.", "Save its sheets as CSV and import those.")
    if head.startswith(b"PK"):
        return _check_zip(source, file)
    if head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF-")):
        return size
    raise _damaged(source)


def _check_zip(source: Input, file: IO[bytes]) -> int:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(source, entries)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        if b"<!doctype" in part.read(_PROLOGUE).lower():
                            raise _hostile(source)
            return sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _damaged(source) from error


def _check_entries(source: Input, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(names) > _MAX_ENTRIES or len(set(names)) != len(names):
        raise _hostile(source)
    if sum(entry.file_size for entry in entries) > _MAX_UNPACKED or any(is_bomb(entry) for entry in entries):
        raise UserError(
            f"{source.name} unpacks to far more than it should.", "Save its sheets as CSV and import those."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UserError(f"{source.name} is locked with a password.", "Save a copy without a password and import that.")


def _damaged(source: Input) -> UserError:
    if source.name.casefold().endswith(".pdf"):
        return UserError(
            f"{source.name} is no readable PDF: it is damaged, locked with a password, or of another kind.",
            "Have the form sent again, or type its counts on the page Weekly Counts.",
        )
    return UserError(
        f"{source.name} is no readable workbook: it is damaged, locked with a password, or of another kind.",
        "Open it in a spreadsheet program, save it as XLSX or CSV, and import that.",
    )


def _hostile(source: Input) -> UserError:
    return UserError(
        f"{source.name} is not built as spreadsheet programs build workbooks and is not opened.",
        "Ask where it comes from; saved anew as CSV it can be imported.",
    )


class _Reader:
    """The process that reads one workbook, and the messages that come from it."""

    def __init__(self, source: Input, unpacked: int) -> None:
        self._source = source
        self._memory = min(_MOST_MEMORY, _LEAST_MEMORY + 10 * unpacked)
        self._seconds = _LEAST_SECONDS + unpacked / _BYTES_PER_SECOND

    def sheets(self) -> Iterator[tuple[str, Rows]]:
        process = self._start()
        timer = threading.Timer(self._seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            self._feed(process)
            yield from self._messages(process)
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close_quietly(pipe)

    def _start(self) -> subprocess.Popen[bytes]:
        inside = self._source.member is not None
        source = "-" if inside else str(self._source.path.resolve())
        return subprocess.Popen(
            [*_command(), source, str(self._memory)],
            stdin=subprocess.PIPE if inside else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        """A workbook inside a zip goes through the pipe, so that it never lies unpacked on the disk."""
        if process.stdin is None:
            return
        with self._source.open() as file:
            try:
                while block := file.read(_MB):
                    process.stdin.write(block)
                process.stdin.close()
            except (BrokenPipeError, zipfile.BadZipFile) as error:
                raise _damaged(self._source) from error

    def _messages(self, process: subprocess.Popen[bytes]) -> Iterator[tuple[str, Rows]]:
        output = process.stdout
        message = self._receive(output)
        while message[0] != "end":
            name = str(message[1])
            pending: list[Any] = []
            yield name, self._rows(output, pending)
            # What the caller left of the sheet is passed over.
            for _left in self._rows(output, pending):
                pass
            message = pending[0]

    def _rows(self, output: IO[bytes] | None, pending: list[Any]) -> Rows:
        while not pending:
            message = self._receive(output)
            if message[0] != "rows":
                pending.append(message)
                return
            _kind, first, rows = message
            yield list(range(first, first + len(rows))), rows

    def _receive(self, output: IO[bytes] | None) -> Any:
        head = output.read(4) if output is not None else b""
        if output is None or len(head) < 4:
            raise _damaged(self._source)
        (size,) = struct.unpack(">I", head)
        packed = output.read(size) if size <= _MAX_MESSAGE else b""
        if len(packed) < size or size > _MAX_MESSAGE:
            raise _damaged(self._source)
        message = marshal.loads(packed)
        if message[0] == "error":
            raise _damaged(self._source)
        return message


def _command() -> list[str]:
    """How to start the reader: as a script of this interpreter, or as this very program where it is packed into one."""
    if getattr(sys, "frozen", False):
        return [sys.executable, workbook.SWITCH]
    return [sys.executable, "-I", str(Path(workbook.__file__).resolve())]


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        # The reader went away with bytes unread; it is being put away anyhow.
        return


class _Tables(HTMLParser):
    """The rows of all tables of a page, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._cell = []
            stated = dict(attrs).get("colspan") or ""
            self._span = min(int(stated), 100) if stated.isascii() and stated.isdigit() and stated != "0" else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row.append("\n".join(" ".join(part.split()) for part in "".join(self._cell).split("\n")).strip())
            self._row.extend([""] * (self._span - 1))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self.rows.append(self._row)
        self._row = None


def _html_rows(source: Input, file: IO[bytes], head: bytes) -> Rows:
    body = head + file.read(_MAX_HTML + 1)
    if len(body) > _MAX_HTML:
        raise UserError(f"{source.name} is too large for a web page.", "Save it as CSV or XLSX and import that.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    tables = _Tables()
    tables.feed(text)
    tables.close()
    rows = tables.rows
    for start in range(0, len(rows), workbook.CHUNK):
        part = rows[start : start + workbook.CHUNK]
        yield list(range(start + 1, start + 1 + len(part))), part
