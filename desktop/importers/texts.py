"""Delimited text as rows with the line on which each starts: encodings, delimiters, quoted line breaks.

One pass over the bytes gives hash, encoding and what makes a file no table at all; the second gives the rows. Knows
nothing of what the rows mean.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Any

from desktop.errors import UserError
from desktop.importers.inputs import Input
from desktop.importers.squares import Square, square_of

CHUNK = 5_000
BLOCK_CHARACTERS = 1 << 18
"""Some thousands of rows."""

DELIMITERS = (",", "\t", ";", "|")
FIELD_LIMIT = 1_000_000
_BLOCK = 1 << 20
_MAX_LINE_BLOCKS = 8
_SAMPLE = 256 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

Rows = Iterator[tuple[list[int], list[list[str]]]]
Blocks = Iterator[tuple[list[int], list[list[str]] | Square]]
Meter = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Text:
    """A file known to be text. `damaged` when some characters cannot be read and come as U+FFFD."""

    source: Input
    encoding: str
    sha256: str
    size: int
    damaged: bool = False

    def open(self) -> io.TextIOWrapper:
        """The text from the start, line ends untouched."""
        return self._wrap(self.source.open())

    def _wrap(self, binary: IO[bytes]) -> io.TextIOWrapper:
        errors = "replace" if self.damaged else "strict"
        return io.TextIOWrapper(binary, encoding=self.encoding, errors=errors, newline="")

    def head(self, rows: int, delimiter: str) -> list[tuple[int, list[str]]]:
        """The first `rows` records with their lines, as far as they can be read."""
        found: list[tuple[int, list[str]]] = []
        try:
            for lines, records in self.rows(delimiter, rows):
                found.extend(zip(lines, records, strict=True))
                if len(found) >= rows:
                    break
        except UserError:
            # The full reading says it again, with all that is known by then.
            return found
        return found[:rows]

    def rows(self, delimiter: str, chunk: int = CHUNK) -> Rows:
        """Records in chunks, each with its line. UserError where a quotation mark never closes."""
        csv.field_size_limit(FIELD_LIMIT)
        with self.open() as file:
            reader = csv.reader(file, delimiter=delimiter)
            line, before = 1, 0
            try:
                while records := list(islice(reader, chunk)):
                    lines = _lines_of(records, line, reader.line_num)
                    yield lines, records
                    before, line = lines[-1], reader.line_num + 1
            except csv.Error as error:
                raise self._unreadable(line, delimiter, str(error)) from error
            except UnicodeDecodeError as error:
                raise _no_text(self.source) from error
        self._check_last(before, line, delimiter)

    def blocks(self, delimiter: str, width: int, meter: Meter | None = None) -> Blocks:
        """All that `rows` gives, some thousands at a time, by column where the records are plainly `width` wide.

        `meter` hears how many bytes are done.
        """
        csv.field_size_limit(FIELD_LIMIT)
        binary = self.source.open()
        with self._wrap(binary) as file:
            flow = _Flow(file)
            line, before = 1, 0
            try:
                while block := flow.block():
                    # A cell too long for the csv reader must not pass because it is not quoted.
                    square = square_of(block, delimiter, width) if len(block) <= FIELD_LIMIT else None
                    records, count = flow.records(block, delimiter) if square is None else (square, len(square))
                    lines = _lines_of(records, line, line + count - 1)
                    yield lines, records
                    before, line = lines[-1], line + count
                    if meter is not None:
                        meter(binary.tell())
            except csv.Error as error:
                raise self._unreadable(line, delimiter, str(error)) from error
            except UnicodeDecodeError as error:
                raise _no_text(self.source) from error
        self._check_last(before, line, delimiter)

    def _check_last(self, line: int, after: int, delimiter: str) -> None:
        """Where the last record, on `line`, spans lines: does its quotation mark ever close?"""
        if not line or after - 1 == line:
            return
        with self.open() as file:
            strict = csv.reader(islice(file, line - 1, None), delimiter=delimiter, strict=True)
            try:
                for _record in strict:
                    pass
            except csv.Error as error:
                if "end of data" in str(error):
                    raise _unclosed(self.source, line) from error

    def _unreadable(self, line: int, delimiter: str, why: str) -> UserError:
        """Something after `line` cannot be told apart: find the record that starts it."""
        start = line
        with self.open() as file:
            reader = csv.reader(islice(file, line - 1, None), delimiter=delimiter)
            try:
                for _record in reader:
                    start = line + reader.line_num
            except csv.Error:
                pass
        if "field limit" in why:
            return _unclosed(self.source, start)
        return UserError(
            f"{self.source.name} cannot be read at line {start:,}.", "Save it anew as CSV and import that."
        )


def _unclosed(source: Input, line: int) -> UserError:
    return UserError(
        f"{source.name}: the quotation mark opened on line {line:,} never closes.",
        "The rows cannot be told apart. Correct that line in a text editor, or export the file again.",
    )


class _Flow:
    """A text in blocks of whole lines; a record that goes on beyond its block takes the lines that it needs."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._held = ""

    def block(self) -> str:
        """The next whole lines, or the last one without its end; empty when all is read."""
        text, self._held = self._held, ""
        while more := self._file.read(BLOCK_CHARACTERS):
            text += more
            if text.endswith("\r"):
                # Perhaps one half of a line's end.
                text += self._file.read(1)
            cut = max(text.rfind("\n"), text.rfind("\r")) + 1
            if cut:
                text, self._held = text[:cut], text[cut:]
                break
        return text

    def records(self, block: str, delimiter: str) -> tuple[list[list[str]], int]:
        """The records that start in a block, and how many lines they take."""
        lines = io.StringIO(block, newline="").readlines()
        reader = csv.reader(chain(lines, iter(self._line, "")), delimiter=delimiter)
        records: list[list[str]] = []
        for record in reader:
            records.append(record)
            if reader.line_num >= len(lines):
                break
        return records, reader.line_num

    def _line(self) -> str:
        text, self._held = self._held + self._file.readline(), ""
        return text


def _lines_of(records: Sequence[list[str]], first: int, last: int) -> list[int]:
    """The line on which each record starts, from the first record's line and the chunk's last line."""
    if last - first + 1 == len(records):
        return list(range(first, last + 1))
    lines = []
    for record in records:
        lines.append(first)
        first += 1 + sum(_breaks(cell) for cell in record)
    return lines


def _breaks(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")


class _Scan:
    """What one pass over a file's bytes tells."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.size = 0
        self.head = b""
        self.nul = False
        self.utf8 = True
        self.longest_blocks = 0
        self._unbroken = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def take(self, block: bytes) -> None:
        self.hash.update(block)
        self.size += len(block)
        if len(self.head) < _SAMPLE:
            self.head += block[:_SAMPLE]
        self.nul = self.nul or b"\0" in block
        self._unbroken = 0 if b"\n" in block or b"\r" in block else self._unbroken + 1
        self.longest_blocks = max(self.longest_blocks, self._unbroken)
        if self.utf8:
            self._decode(block, final=False)

    def end(self) -> None:
        if self.utf8:
            self._decode(b"", final=True)

    def _decode(self, block: bytes, *, final: bool) -> None:
        try:
            self._decoder.decode(block, final)
        except UnicodeDecodeError:
            self.utf8 = False


def inspect(source: Input) -> Text:
    """Find out a text file's encoding and hash. UserError when it is empty, no text, or no table."""
    scan = _Scan()
    try:
        with source.open() as file:
            while block := file.read(_BLOCK):
                scan.take(block)
                if scan.longest_blocks >= _MAX_LINE_BLOCKS:
                    raise UserError(
                        f"{source.name} holds a line of more than {_MAX_LINE_BLOCKS - 1} MB and is no table.",
                        "Export it again as CSV.",
                    )
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise UserError(f"{source.name} cannot be read to its end.", "Copy or export it again.") from error
    scan.end()
    if not scan.size:
        raise UserError(f"{source.name} is empty.", "Export it again; an export without rows still has its headings.")
    encoding, damaged = _encoding(source, scan)
    return Text(source, encoding, scan.hash.hexdigest(), scan.size, damaged)


def _encoding(source: Input, scan: _Scan) -> tuple[str, bool]:
    """BOM, UTF-16 by its zeros, strict UTF-8, then Windows-1252; (name, whether characters are damaged)."""
    for bom, name in _BOMS:
        if scan.head.startswith(bom):
            return name, name == "utf-8-sig" and not scan.utf8
    if scan.nul:
        return _utf16(source, scan.head), False
    if scan.utf8:
        return "utf-8", False
    return _one_byte(source, scan.head)


def _utf16(source: Input, head: bytes) -> str:
    """UTF-16 without a BOM has its zeros on one side; zeros elsewhere are no text."""
    sample = head[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    raise _no_text(source)


def _one_byte(source: Input, head: bytes) -> tuple[str, bool]:
    """Not UTF-8 throughout: UTF-8 with a few broken characters, or Windows-1252."""
    read = head.decode("utf-8", errors="replace")
    broken = read.count("\ufffd")
    if broken and sum(ord(character) > 127 for character in read) > 4 * broken:
        return "utf-8", True
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=["utf_8", "cp1252", "utf_16"]).best()
    if best is not None and best.encoding.startswith("utf_16"):
        return "utf-16", False
    return "cp1252", True


def _no_text(source: Input) -> UserError:
    return UserError(f"{source.name} is not a text file, whatever its name says.", "Export it again as CSV or XLSX.")


def delimiters_of(text: Text) -> tuple[str, ...]:
    """The delimiters that the first lines speak for, likeliest first (a title line may hold others)."""
    with text.open() as file:
        try:
            lines = list(islice(file, 60))
        except UnicodeDecodeError as error:
            raise _no_text(text.source) from error
    csv.field_size_limit(FIELD_LIMIT)
    return tuple(sorted(DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter), reverse=True))


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many records share the commonest width above one, and that width."""
    widths: dict[int, int] = {}
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            if len(record) > 1:
                widths[len(record)] = widths.get(len(record), 0) + 1
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def read_all(source: Input, most: int) -> tuple[bytes, str]:
    """A small file whole, with its hash. UserError when it is larger than `most` bytes."""
    with source.open() as file:
        body = file.read(most + 1)
    if len(body) > most:
        raise UserError(f"{source.name} is too large.", f"Files of this kind hold up to {most // _BLOCK} MB.")
    return body, hashlib.sha256(body).hexdigest()


def hash_of(source: Input) -> str:
    """The file's hash, read in blocks."""
    total = hashlib.sha256()
    file: IO[Any]
    with source.open() as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            total.update(block)
    return total.hexdigest()
