"""A font for Chinese, so that a report shows its words on a machine that has none."""

from srmkit.language.fonts.carried import FAMILY, FILE, font_face

__all__ = ["FAMILY", "FILE", "font_face"]
