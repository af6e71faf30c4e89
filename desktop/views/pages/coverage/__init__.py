"""The coverage page: which weeks have records of each kind, and which report fills a gap."""

from desktop.views.pages.coverage.page import CoveragePage

__all__ = ["CoveragePage"]
