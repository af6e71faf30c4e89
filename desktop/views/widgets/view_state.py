"""What the window remembers of itself: sizes, columns, the theme. One small JSON file, without any client's data.

Knows keys and plain values; a damaged file is the same as none, for nothing of worth is in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILES_ASKING = "watch.asking"
"""Files of the watched folder that wait for somebody's look: [path, why] each, until they are settled."""


class ViewState:
    """A dictionary kept in `file`; without a file it lasts as long as the window."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._values: dict[str, Any] = _read(file) if file is not None else {}

    def read(self, key: str, default: Any = None) -> Any:
        """The value under `key`."""
        return self._values.get(key, default)

    def write(self, key: str, value: Any) -> None:
        """Remembers `value` (anything JSON can hold) under `key`; written to the file by `save`."""
        self._values[key] = value

    def save(self) -> None:
        """Writes the file, whole or not at all; raises OSError when the folder cannot be written."""
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_suffix(".tmp")
        draft.write_text(json.dumps(self._values, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(self._file)


def _read(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
