"""What runs out in the days ahead: renewals with their premiums, and prospects' x-dates."""

from desktop.views.pages.renewals.page import RenewalsPage

__all__ = ["RenewalsPage"]
