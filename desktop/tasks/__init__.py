"""Work off the window's thread: one worker, which alone touches the book.

Knows Qt's signals and no service; whoever submits work gets its outcome on the window's thread.
"""

from desktop.tasks.executor import Executor
from desktop.tasks.shelf import Shelf
from desktop.tasks.task import Task

__all__ = ["Executor", "Shelf", "Task"]
