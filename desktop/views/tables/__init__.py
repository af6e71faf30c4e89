"""Tables: rows of records under declared columns, for every list the window shows.

Knows records by functions handed in; no service, no page and no widget of the furniture.
"""

from desktop.views.tables.columns import RECORD_ROLE, SORT_ROLE, VALUES_ROLE, Column, Kind
from desktop.views.tables.filtering import FilteredTable
from desktop.views.tables.model import RecordTableModel
from desktop.views.tables.paged import PagedTableModel, PagedTableView, PageSource, Wanted
from desktop.views.tables.view import RecordTableView

__all__ = [
    "RECORD_ROLE",
    "SORT_ROLE",
    "VALUES_ROLE",
    "Column",
    "FilteredTable",
    "Kind",
    "PageSource",
    "PagedTableModel",
    "PagedTableView",
    "RecordTableModel",
    "RecordTableView",
    "Wanted",
]
