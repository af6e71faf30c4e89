"""Readers of the KPIs of leads, engagement, closing and activity (metrics.md 4, sections 1, 2, 3 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.services.kpi_facts import Reader

READERS: Mapping[str, Reader] = MappingProxyType({})
"""By KPI id."""
