"""How the window looks: tokens, palette, style sheet, letters and icons, in light and dark.

Knows no page and no widget; `current()` gives painters the colours of the moment.
"""

from desktop.views.theme.scheme import Scheme, Theme, current, install
from desktop.views.theme.status import Status, status_of
from desktop.views.theme.tokens import Tokens, tokens

__all__ = ["Scheme", "Status", "Theme", "Tokens", "current", "install", "status_of", "tokens"]
