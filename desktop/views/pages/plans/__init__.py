"""The pages of plans: production time, validation, management reports, pace, and the weekly 1:1."""

from desktop.views.pages.plans.effort import EffortPage
from desktop.views.pages.plans.meetings import MeetingsPage
from desktop.views.pages.plans.pace import PacePage
from desktop.views.pages.plans.tracking import TrackingPage
from desktop.views.pages.plans.validation import ValidationPage

__all__ = ["EffortPage", "MeetingsPage", "PacePage", "TrackingPage", "ValidationPage"]
