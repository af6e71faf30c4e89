"""Keeps PySide from reading the source of every module that is imported after it.

It looks for modules that ask for its optional spelling of names, which none here does, and what it has read stays in
memory: 25 MB once every page was open. Acts when it is imported, which must be before the pages are.
"""

from __future__ import annotations

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - what is to be changed comes with it

_QUESTION = "_mod_uses_pyside"


def leave_unread() -> bool:
    """Takes every module for one that asks for nothing; False where this version of PySide reads none."""
    feature = sys.modules.get("shibokensupport.feature")
    if feature is None or not hasattr(feature, _QUESTION):
        return False
    setattr(feature, _QUESTION, _asks_for_nothing)
    return True


def _asks_for_nothing(_module: ModuleType) -> bool:
    return True


leave_unread()
