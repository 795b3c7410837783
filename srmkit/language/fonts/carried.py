"""The font that a page carries: only the letters it shows, and only for readers without a Chinese font.

It stands first among the fonts of a page, for the Chinese letters alone. Behind others, Chromium draws boxes where the
machine has no Chinese font, in some places of a page and not in others.
"""

from __future__ import annotations

import base64
from html import unescape
from io import BytesIO
from pathlib import Path

FAMILY = "srmkit Sans SC"
FILE = Path(__file__).parent / "sans-sc.otf"
FIRST = 0x2E80  # Chinese letters and punctuation begin here
# what readers of Chinese have: a page loads what it carries only where none of these is there
LOCAL = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
         "WenQuanYi Micro Hei", "SimHei")


def font_face(page: str) -> str:
    """A CSS rule with the Chinese letters of this page as a font; empty where it has none."""
    letters = {ord(letter) for letter in set(unescape(page)) if ord(letter) >= FIRST}
    if not letters:
        return ""
    coded = base64.b64encode(_with_only(letters)).decode()
    local = ", ".join(f'local("{name}")' for name in LOCAL)
    return (f'@font-face {{ font-family: "{FAMILY}"; unicode-range: U+{FIRST:X}-10FFFF; '
            f'src: {local}, url(data:font/woff;base64,{coded}) format("woff"); }}\n')


def _with_only(letters: set[int]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(FILE, recalcTimestamp=False)  # the same bytes for the same page
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff"
    stream = BytesIO()
    font.save(stream, reorderTables=None)
    return stream.getvalue()
