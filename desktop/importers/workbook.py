"""Reads a workbook in a process of its own, because the reader gives up the whole process on some damaged files.

Run as a script, with the path (or `-` for standard input) and a memory limit: writes marshalled messages to standard
output. Must not import the program, so that it starts fast; `spreadsheets` is the other end.
"""

from __future__ import annotations

import datetime
import io
import marshal
import struct
import sys
from collections.abc import Iterable
from typing import IO, Any

CHUNK = 2_000
SWITCH = "--read-workbook"


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


def serve(source: str, target: IO[bytes]) -> None:
    """Every sheet of the workbook at `source`: its name, then its rows, numbered as in the sheet."""
    import python_calamine

    data: Any = io.BytesIO(sys.stdin.buffer.read()) if source == "-" else source
    try:
        book = python_calamine.load_workbook(data)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            send(target, ("sheet", name))
            if sheet.start is not None:
                send_rows(target, sheet.iter_rows())
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError) as error:
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
