"""The live page: today's leads with honest clocks, who is next, what needs attention, and a lead typed in."""

from desktop.views.pages.live.page import LivePage

__all__ = ["LivePage"]
