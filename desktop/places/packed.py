"""Reading the packed files of resources/places."""

from __future__ import annotations

import lzma

from desktop import paths


def read(name: str) -> str:
    """The text of the file `name`, which ends in `.xz`; OSError when the program is not whole."""
    return lzma.decompress((paths.resources() / "places" / name).read_bytes()).decode("utf-8")
