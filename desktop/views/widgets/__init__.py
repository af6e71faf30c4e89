"""The furniture: every control that more than one page shows.

Knows the theme and Qt; no page, no table, no service and no metric.
"""
