"""Where the program keeps its files. Every folder moves with `PRODUCER_DESK_HOME` (tests, a portable copy on a stick).

Knows folder names alone: nothing is read or written here, and no folder is made before somebody needs it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "PRODUCER_DESK_HOME"
BOOK_SUFFIX = ".pdesk"
_FOLDER = "Producer Desk"


@dataclass(frozen=True, slots=True)
class Folders:
    """The program's own folders: the books, what may be thrown away, the logs, and the books' copies."""

    data: Path
    cache: Path
    logs: Path
    backups: Path


def folders() -> Folders:
    """The folders of this user, or those under `PRODUCER_DESK_HOME` where it is set."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        root = Path(home).expanduser().resolve()
        return Folders(root / "data", root / "cache", root / "logs", root / "backups")
    import platformdirs

    data = Path(platformdirs.user_data_dir(_FOLDER, appauthor=False))
    return Folders(
        data=data,
        cache=Path(platformdirs.user_cache_dir(_FOLDER, appauthor=False)),
        logs=Path(platformdirs.user_log_dir(_FOLDER, appauthor=False)),
        backups=data / "backups",
    )


def default_book_path() -> Path:
    """The user's own book, opened when no other is named."""
    return folders().data / f"agency{BOOK_SUFFIX}"


def make_private(folder: Path) -> Path:
    """Make `folder` and what lies above it where missing, readable by this user alone; returns it."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def resources() -> Path:
    """The folder of shipped icons, fonts and tables; FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent
    candidates = [package / "_resources", package.parent / "resources"]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        candidates.append(Path(bundle) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"No resources folder in any of {', '.join(map(str, candidates))}")
