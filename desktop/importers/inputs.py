"""What was dropped: files, folders and zips become single inputs, each openable or with the reason why it is not.

A zip is read in place and never unpacked to disk. Knows nothing of what the files hold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from desktop.errors import UserError

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})
BOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
PROFILE_SUFFIX = ".profile.json"
PROFILE_FOLDER = "profiles"
FORM_SUFFIXES = frozenset({".pdf"})
"""Returned forms; of a PDF nothing but its fields is read."""
SUFFIXES = TEXT_SUFFIXES | BOOK_SUFFIXES | FORM_SUFFIXES | {".json"}

_KINDS = "CSV, TSV, TXT, XLSX, XLS, ODS and JSON files, returned PDF forms, folders and zips of these can be imported."
_MAX_ENTRIES = 2_000
_MAX_UNPACKED = 2_000_000_000
_MAX_RATIO = 400
_RATIO_FROM = 20_000_000
_MAX_DEPTH = 12
_MAX_FILES = 5_000
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, on disk or inside a zip (`member`), or the reason why it cannot be."""

    name: str
    path: Path
    member: str | None = None
    problem: UserError | None = None

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem.lower()

    def open(self) -> IO[bytes]:
        """The bytes, from the start. UserError when the file cannot be opened."""
        try:
            if self.member is None:
                return self.path.open("rb")
            return _Member(self.path, self.member)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise UserError(
                f"{self.name} cannot be opened.",
                "Close it in other programs, check that you may read it, and try again.",
            ) from error


class _Member(io.BufferedReader):
    """A zip's entry as a file that closes its archive with itself and never yields more than the archive declares."""

    def __init__(self, path: Path, member: str) -> None:
        self._archive = zipfile.ZipFile(path)
        try:
            super().__init__(self._archive.open(member))  # type: ignore[arg-type]
        except BaseException:
            self._archive.close()
            raise

    def close(self) -> None:
        super().close()
        self._archive.close()


def gather(paths: Sequence[Path]) -> list[Input]:
    """The single files behind what was dropped, in order; what cannot be imported comes with its problem."""
    found: list[Input] = []
    for path in paths:
        for one in _expand(path, 0):
            if one.name.endswith(PROFILE_SUFFIX):
                continue  # no records: `profile_files` has it
            found.append(one)
            if len(found) > _MAX_FILES:
                raise UserError(f"More than {_MAX_FILES:,} files were dropped at once.", "Drop fewer at a time.")
    return found


def profile_files(paths: Sequence[Path]) -> list[Path]:
    """The described layouts among what was dropped, themselves or in a `profiles` folder of a folder, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted((path / PROFILE_FOLDER).glob(f"*{PROFILE_SUFFIX}"))
            found += sorted(path.glob(f"*{PROFILE_SUFFIX}"))
        elif path.name.endswith(PROFILE_SUFFIX) and path.is_file():
            found.append(path)
    return found


def _expand(path: Path, depth: int) -> Iterator[Input]:
    if path.is_dir():
        yield from _folder(path, depth)
    elif not path.exists():
        missing = UserError(f"{path.name} is not there.", "Check the name, or drop the file itself.")
        yield Input(path.name, path, None, missing)
    elif path.suffix.lower() == ".zip":
        yield from _archive(path)
    elif not path.is_file():
        yield Input(path.name, path, None, _refusal(path.name))
    else:
        problem = None if path.suffix.lower() in SUFFIXES else _refusal(path.name)
        yield Input(path.name, path, None, problem)


def _folder(folder: Path, depth: int) -> Iterator[Input]:
    """A folder's files, then its folders; links to folders are not followed, so that no circle is walked."""
    if depth > _MAX_DEPTH:
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: (entry.is_dir(), entry.name.lower()))
    except OSError:
        yield Input(
            folder.name, folder, None, UserError(f"The folder {folder.name} cannot be read.", "Check your rights.")
        )
        return
    for entry in entries:
        if _is_litter(entry.name) or (entry.is_dir() and entry.is_symlink()):
            continue
        yield from _expand(entry, depth + 1)


def _is_litter(name: str) -> bool:
    """What systems and spreadsheet programs leave lying about: hidden files, lock files, thumbnails."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER or name == "__MACOSX"


def _archive(path: Path) -> Iterator[Input]:
    problem: UserError | None
    entries: list[zipfile.ZipInfo] = []
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            problem = _archive_problem(path.name, entries)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        problem = UserError(f"{path.name} is not a readable zip.", "Zip the files again, or drop them unzipped.")
    if problem is not None:
        yield Input(path.name, path, None, problem)
        return
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if not any(_is_litter(part) for part in parts if part != ".."):
            yield Input(f"{path.name}/{'/'.join(parts)}", path, entry.filename, _entry_problem(path.name, entry))


def _archive_problem(name: str, entries: list[zipfile.ZipInfo]) -> UserError | None:
    names = [entry.filename for entry in entries]
    if len(entries) > _MAX_ENTRIES:
        return UserError(f"{name} holds {len(entries):,} files.", f"Up to {_MAX_ENTRIES:,} can be imported at once.")
    if len(set(names)) != len(names):
        return UserError(f"{name} holds two files of one name.", "Unzip it and drop the files that you mean.")
    if sum(entry.file_size for entry in entries) > _MAX_UNPACKED or any(is_bomb(entry) for entry in entries):
        return UserError(f"{name} unpacks to far more than it should.", "Unzip it and drop the files that you mean.")
    if not entries:
        return UserError(f"{name} is empty.", _KINDS)
    return None


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry claims to unpack to implausibly much for its size."""
    return entry.file_size > _RATIO_FROM and entry.file_size > _MAX_RATIO * max(1, entry.compress_size)


def _entry_problem(archive: str, entry: zipfile.ZipInfo) -> UserError | None:
    parts = entry.filename.replace("\\", "/")
    if parts.startswith("/") or ".." in PurePosixPath(parts).parts or ":" in PurePosixPath(parts).parts[0]:
        return UserError(f"{archive} names a file outside itself.", "Unzip it and drop the files that you mean.")
    if entry.flag_bits & 0x1:
        return UserError(f"{archive} is locked with a password.", "Unzip it and drop the files themselves.")
    if parts.lower().endswith(".zip"):
        return UserError(f"{archive} holds another zip.", "Unzip the outer one and drop what is in it.")
    return None if PurePosixPath(parts).suffix.lower() in SUFFIXES else _refusal(parts)


def _refusal(name: str) -> UserError:
    return UserError(f"{name} is not a kind of file that can be imported.", _KINDS)
