"""The agency's settings: what may be set, what it is by default, and what a value must look like.

Values are JSON, as in `settings.json` and on the command line; `Settings` is their frozen reading. Knows neither the
book they are kept in nor the clock.
"""

from desktop.settings.agency import LineOfInsurance, Settings
from desktop.settings.checks import Json
from desktop.settings.dated import Band, DatedBand
from desktop.settings.holidays import federal_holidays
from desktop.settings.keys import DEFAULTS, canonical

__all__ = ["DEFAULTS", "Band", "DatedBand", "Json", "LineOfInsurance", "Settings", "canonical", "federal_holidays"]
