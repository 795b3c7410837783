"""A study's result as files: workbook, decision record and manifest."""

from srmkit.exports.files import write_exports

__all__ = ["write_exports"]
