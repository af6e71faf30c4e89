"""What counts as contact with a lead, in SQL over an activity `x` (metrics.md 4).

Stands alone, so that a query that asks for contact does not bring the records of the KPIs with it. Must not know who
asks.
"""

from __future__ import annotations

OUTBOUND = "coalesce(x.direction,'outbound') = 'outbound'"
_MESSAGE = f"x.kind IN ('call','text','email') AND {OUTBOUND} AND (x.kind = 'call' OR x.bulk IS NOT 1)"
TOUCH = f"(x.kind = 'meeting_held' OR ({_MESSAGE}))"
"""An outbound call, text or e-mail (neither bulk) or a meeting held: activity `x` is contact."""

CONVERSATION = "((x.kind = 'call' AND x.outcome = 'connected') OR x.kind = 'meeting_held')"
"""A call either way that connected, or a meeting held."""
