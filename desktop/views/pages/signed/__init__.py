"""Signed files: whether one is untouched, and everything that was signed."""

from __future__ import annotations

from desktop.views.pages.signed.page import SignedPage

__all__ = ["SignedPage"]
