"""The words of each language: one .po file beside this module, as every translator's tool reads it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from srmkit.language.speaking import LOCALES, Language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

HERE = Path(__file__).parent
COLUMN = "column"  # context of the headings of tables
STATE = "state"  # context of the states of suppliers
UNIT = "unit"  # context of what is counted, as it stands behind its figure: Chinese has a word of measure
CHOICE = "choice"  # context of what a setting may be, where the same word means something else elsewhere


def file_of(language: Language) -> Path:
    """Where the words of the language are kept."""
    return HERE / f"{language}.po"


def read_catalogue(language: Language) -> Catalog:
    """The catalogue of a language, with its comments and places, as Babel reads it."""
    from babel.messages.pofile import read_po

    with file_of(language).open("rb") as stream:
        return read_po(stream, locale=LOCALES[language], abort_invalid=True)


@lru_cache
def words_of(language: Language) -> Mapping[tuple[str, str], str]:
    """Every translated text by context ("" or `COLUMN`) and English text; those of a plural by its first form."""
    found: dict[tuple[str, str], str] = {}
    for message in read_catalogue(language):
        # Chinese has one form for any number, so the first form says it all
        one = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
        if one and said and not message.fuzzy:
            found[message.context or "", one] = said
    return found
