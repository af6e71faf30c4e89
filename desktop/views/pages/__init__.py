"""The pages of the window, one module each; they never import one another."""

from __future__ import annotations

from desktop.views.widgets.context import PageContext
from desktop.views.widgets.page import Page


def build_pages(context: PageContext) -> list[Page]:
    """The pages in the order of the rail."""
    from desktop.views.pages.coverage import CoveragePage
    from desktop.views.pages.duplicates import DuplicatesPage
    from desktop.views.pages.importing import ImportPage
    from desktop.views.pages.producers import ProducersPage
    from desktop.views.pages.scorecards import ScorecardsPage

    return [
        ProducersPage(context),
        ScorecardsPage(context),
        ImportPage(context),
        CoveragePage(context),
        DuplicatesPage(context),
    ]
