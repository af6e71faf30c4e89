"""What only people know of a week: counts typed in a grid, and the forms that ask for them."""

from desktop.views.pages.typing.page import TypingPage

__all__ = ["TypingPage"]
