"""The purchasing side of the sample company."""

from srmkit.sample.purchasing.books import purchasing

__all__ = ["purchasing"]
