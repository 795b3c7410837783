"""Words, numbers and days in the reader's language: English in the code, any other in one file of its own."""

from srmkit.language.catalogue import STATE
from srmkit.language.chances import chance
from srmkit.language.columns import CONTEXTS, NAMES, said_frame
from srmkit.language.numbers import day, money, number, per_cent_sign, percent
from srmkit.language.speaking import LANGUAGES, Language, speaking, speaks, spoken
from srmkit.language.words import (
    choice,
    column,
    counted,
    enumerated,
    joined,
    listed,
    marked,
    say,
    say_many,
    stopped,
    word,
)

__all__ = [
    "CONTEXTS",
    "LANGUAGES",
    "NAMES",
    "STATE",
    "Language",
    "chance",
    "choice",
    "column",
    "counted",
    "day",
    "enumerated",
    "joined",
    "listed",
    "marked",
    "money",
    "number",
    "per_cent_sign",
    "percent",
    "said_frame",
    "say",
    "say_many",
    "speaking",
    "speaks",
    "spoken",
    "stopped",
    "word",
]
