"""mailrescue: the right mail waiting in Drafts when a phone interview goes wrong."""

__version__ = "0.1.0"
