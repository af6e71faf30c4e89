"""Importing a million activities into the encrypted book, against the sqlite3 command line's bare `.import`.

Run by hand: python -m tests.bench.bench_import [ROWS] [RUNS]
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

CHILD = """
import sys, time, resource
from datetime import datetime
from pathlib import Path
from desktop.models.journal import Author
from desktop.services import books, imports, previews
book = books.open_throwaway(Path(sys.argv[1]))
start = time.perf_counter()
for name in sys.argv[2:]:
    options = previews.options(book, datetime(2026, 1, 1))
    began, busy = time.perf_counter(), time.process_time()
    author = Author("bench", "2026-01-01T00:00:00")
    result = imports.import_files(book, [Path(name)], options, author, dry_run=False)
    one = result.files[0]
    print(time.perf_counter() - began, time.process_time() - busy, one.rows, one.inserted, one.unchanged, one.rejected)
print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def write_activities(path: Path, rows: int) -> None:
    """A call log in template form, one row in 2,000 with an unreadable date."""
    rng = random.Random(1)
    start = datetime(2016, 1, 4, 8)
    with path.open("w", encoding="utf-8") as file:
        file.write("occurred_at,producer,kind,activity_id,direction,outcome,minutes,count,lead_id,note\n")
        for number in range(rows):
            at = start + timedelta(minutes=number * 5 % (10 * 525_600))
            text = "2026-13-45" if number % 2_000 == 1_999 else at.strftime("%m/%d/%Y %I:%M %p")
            outcome = rng.choice(("connected", "no_answer", "voicemail"))
            file.write(
                f"{text},P{rng.randrange(50):02d},call,A{number:07d},outbound,{outcome},{rng.randrange(30)},1,"
                f"L{rng.randrange(60_000):05d},spoke about the renewal of the policy in force {number % 97}\n"
            )


def floor(path: Path, folder: Path) -> tuple[float, float]:
    """Seconds of the command line's own import, by the clock and of the processor: no types, no checks."""
    target = folder / "floor.db"
    target.unlink(missing_ok=True)
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["sqlite3", str(target), ".mode csv", f".import {path} raw"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, busy


def ours(folder: Path, *paths: Path) -> tuple[list[tuple[float, float]], str]:
    """Seconds of the imports of these files into one new book, clock and processor, and all that the child printed."""
    book = folder / "book" / "bench.pdesk"
    shutil.rmtree(book.parent, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(book), *map(str, paths)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PRODUCER_DESK_HOME": str(folder)},
    )
    lines = done.stdout.splitlines()
    found = [line.split() for line in lines[: len(paths)]]
    return [(float(one[0]), float(one[1])) for one in found], " | ".join(lines)


def _middle(times: list[tuple[float, float]], at: int) -> float:
    return sorted(one[at] for one in times)[len(times) // 2]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "activities.csv"
        write_activities(path, rows)
        floors, times = [], []
        for _ in range(runs):
            floors.append(floor(path, folder))
            found, words = ours(folder, path)
            times.append(found[0])
            print(f"floor {floors[-1][0]:.2f} s, import {times[-1][0]:.2f} s: {words}")
        clock, busy = (_middle(times, at) / _middle(floors, at) for at in (0, 1))
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB: import / floor = {clock:.2f}, processor {busy:.2f}")
        longer = folder / "longer.csv"
        shutil.copyfile(path, longer)
        with longer.open("a", encoding="utf-8") as file:
            file.write("03/02/2026 09:00 AM,P01,call,B1,outbound,connected,5,1,L00001,one more\n")
        again, words = ours(folder, path, path, longer)
        twice, more = (again[at][1] / again[0][1] for at in (1, 2))
        print(f"same file again / first = {twice:.2f}, with a row more {more:.2f}: {words}")
        print(f"own memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
