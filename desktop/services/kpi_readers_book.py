"""Readers of the KPIs of the book, of retention, nurture and intelligence (metrics.md 4, sections 4, 5, 6 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.services.kpi_facts import Reader

READERS: Mapping[str, Reader] = MappingProxyType({})
"""By KPI id."""
