"""Make the font that Chinese reports carry, from Noto Sans CJK (SIL Open Font License 1.1).

    .venv/bin/python scripts/fonts.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

The source is in Debian's package fonts-noto-cjk. Kept are the 3,755 everyday characters of GB 2312 (its first level),
the punctuation, and whatever else the catalogue uses.
"""

from __future__ import annotations

import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

from srmkit.language.catalogue import file_of
from srmkit.language.fonts import FAMILY, FILE

ROWS, CELLS = range(0xB0, 0xD8), range(0xA1, 0xFF)  # first level of GB 2312, as GB 2312 numbers it
PUNCTUATION = "、。，；：？！（）《》〈〉【】“”‘’—…·￥％×→±"


def characters() -> set[str]:
    """The characters that the font is for."""
    everyday = {bytes([row, cell]).decode("gb2312", errors="ignore") for row in ROWS for cell in CELLS}
    used = {letter for letter in file_of("zh").read_text(encoding="utf-8") if ord(letter) > 0x2000}
    return {letter for letter in everyday | used | set(PUNCTUATION) if letter}


def make(source: str) -> None:
    """Write the font."""
    font = next(one for one in TTCollection(source).fonts if one["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in characters()])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID == 1:  # no part of Noto any more, so not called Noto
            record.string = FAMILY
    font.save(FILE)


if __name__ == "__main__":
    make(sys.argv[1])
