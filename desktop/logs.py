"""The program's rotating log: what it did and what went wrong, never whose data.

Names of people, row values and SQL stay out: libraries that would log them are silenced here.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "producer-desk.log"
_BYTES = 1_000_000
_KEPT = 4
# Their debug records hold SQL parameters, file contents or addresses.
_SILENCED = ("peewee", "peewee.migrations", "keyring", "pyhanko", "fontTools", "PIL", "charset_normalizer")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log() -> logging.Logger:
    """The program's logger."""
    return logging.getLogger("desktop")


def start(folder: Path, *, level: int = logging.INFO, to_stderr: bool = False) -> Path:
    """Begin logging into `folder` (and to standard error when asked) and return the file; started again, it moves."""
    stop()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE_NAME
    handlers: list[logging.Handler] = [
        RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    ]
    if to_stderr:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(_Brief(_FORMAT))
        log().addHandler(handler)
    log().setLevel(level)
    log().propagate = False
    for name in _SILENCED:
        logging.getLogger(name).setLevel(logging.WARNING)
    return path


def stop() -> None:
    """End logging and close its files."""
    for handler in list(log().handlers):
        log().removeHandler(handler)
        handler.close()
    log().propagate = True


class _Brief(logging.Formatter):
    """Errors by their kind and place: the text of an exception may quote a row."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - overrides
        import traceback

        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        kind, _value, trace = ei
        places = [f"  {Path(f.filename).name}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
        return "\n".join([kind.__name__, *places])
