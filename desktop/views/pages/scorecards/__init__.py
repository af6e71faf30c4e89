"""The weekly scorecards: who has one, what is written on it, and the page as it will print."""

from __future__ import annotations

from desktop.views.pages.scorecards.page import ScorecardsPage

__all__ = ["ScorecardsPage"]
