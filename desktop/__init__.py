"""Producer Desk: what an insurance agency's producers did, against what was agreed.

Holds the version and nothing else; importing the package must cost nothing.
"""

__version__ = "0.1.0"
