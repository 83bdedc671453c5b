"""On Record: knowledge graphs of what the news and the official record say."""

__version__ = "0.1.0"
