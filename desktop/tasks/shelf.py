"""The open book, kept on the worker's thread: opened when first asked for, closed when the window goes.

Knows neither what a book is nor how it is opened: that is handed in.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


class Shelf:
    """Holds one book. Everything but the constructor is called on the worker's thread alone."""

    def __init__(self, opener: Callable[[], Any], closer: Callable[[Any], None] | None = None) -> None:
        self._opener = opener
        self._closer = closer
        self._book: Any = None

    def book(self) -> Any:
        """The open book; raises what the opener raises."""
        if self._book is None:
            self._book = self._opener()
        return self._book

    def with_book(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function` with the book as its first argument, to be submitted to the executor."""

        @functools.wraps(function)
        def call(*arguments: Any, **keywords: Any) -> Any:
            return function(self.book(), *arguments, **keywords)

        return call

    def close(self) -> None:
        """Closes the book, if it is open; the next use opens it again."""
        book, self._book = self._book, None
        if book is not None and self._closer is not None:
            self._closer(book)
