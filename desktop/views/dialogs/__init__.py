"""Dialogs: what must be answered or read before going on. Know furniture and theme, no page."""
