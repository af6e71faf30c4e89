"""The first painted page against a bare window with peewee, and a command's start against `import peewee`.

Run by hand: python -m tests.bench.bench_start [RUNS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

BARE = """
import os; os.environ["QT_QPA_PLATFORM"] = "offscreen"
import peewee
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([]); window = QMainWindow(); window.setCentralWidget(QLabel("x")); window.resize(1366, 768)
window.show(); app.processEvents(); window.grab()
"""
OURS = """
import os; os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from desktop.app import Options, build
from desktop.services import books
path = Path(os.environ["PRODUCER_DESK_HOME"]) / "bench.pdesk"
desk = build(Options(lambda: books.open_book(path), lambda book: book.close(), path))
desk.window.resize(1366, 768); desk.window.show_last_page(); desk.window.show()
"""
FRAME = "desk.application.processEvents(); desk.window.grab(); os._exit(0)"
FILLED = "while desk.context.executor.busy: desk.application.processEvents()\n" + FRAME
COMMAND = "import sys; from desktop.cli import main; sys.exit(main(['templates', sys.argv[1]]))"


def seconds(script: str, *arguments: str) -> float:
    """Wall-clock seconds of one fresh process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(PRODUCER_DESK_HOME=home, PRODUCER_DESK_PASSPHRASE="bench")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        times: dict[str, list[float]] = {"bare": [], "frame": [], "window": [], "peewee": [], "command": []}
        for _ in range(runs + 1):
            times["bare"].append(seconds(BARE))
            times["frame"].append(seconds(OURS + FRAME))
            times["window"].append(seconds(OURS + FILLED))
            times["peewee"].append(seconds("import peewee"))
            times["command"].append(seconds(COMMAND, home))
    middle = {name: sorted(found[1:])[runs // 2] for name, found in times.items()}
    print({name: round(value, 3) for name, value in middle.items()})
    print(f"first painting / bare window = {middle['frame'] / middle['bare']:.2f}")
    # The book of this bench opens by a passphrase; a key from the keyring saves its derivation.
    print(f"first page with its figures / bare window = {middle['window'] / middle['bare']:.2f}")
    print(f"command / import peewee = {middle['command'] / middle['peewee']:.2f}")


if __name__ == "__main__":
    main()
