"""Records of one width held by column: most of a delimited text needs no reader that looks at every character.

Knows delimiters and line ends, not what the columns mean; whatever is not plainly square is left to the csv reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload


class Square(Sequence[list[str]]):
    """Records that are all equally wide; `columns` are their cells, column by column."""

    __slots__ = ("columns",)

    def __init__(self, columns: list[list[str]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[list[str]]:
        return map(list, zip(*self.columns, strict=True))

    @overload
    def __getitem__(self, at: int) -> list[str]: ...

    @overload
    def __getitem__(self, at: slice) -> Square: ...

    def __getitem__(self, at: int | slice) -> list[str] | Square:
        if isinstance(at, slice):
            return Square([column[at] for column in self.columns])
        return [column[at] for column in self.columns]


def square_of(text: str, delimiter: str, width: int) -> Square | None:
    """The records of whole lines of text; None where one has another width, is quoted or ends in an unusual way.

    What comes back is what the csv reader would give.
    """
    if width < 2 or '"' in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    if not text.endswith("\n"):
        text += "\n"
    rows = text.count("\n")
    # A line's end is a cell's end, and is seen in front of the next line's first cell.
    cells = text.replace("\n", f"{delimiter}\n").split(delimiter)
    if len(cells) != rows * width + 1:
        return None
    first = "".join(cells[::width]).split("\n")
    if len(first) != rows + 1:
        return None
    first.pop()
    cells.pop()
    return Square([first, *(cells[at::width] for at in range(1, width))])
