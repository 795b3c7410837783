"""Words, numbers and days in the reader's language: English in the code, any other in one file of its own."""

from srmkit.language.catalogue import STATE, UNIT
from srmkit.language.chances import chance
from srmkit.language.columns import CONTEXTS, NAMES, said_frame
from srmkit.language.numbers import currency_signs, day, money, number, per_cent_sign, percent, signed
from srmkit.language.speaking import LANGUAGES, Language, speaking, speaks, spoken
from srmkit.language.words import (
    bracketed,
    choice,
    column,
    counted,
    enumerated,
    joined,
    labelled,
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
    "UNIT",
    "Language",
    "bracketed",
    "chance",
    "choice",
    "column",
    "counted",
    "currency_signs",
    "day",
    "enumerated",
    "joined",
    "labelled",
    "listed",
    "marked",
    "money",
    "number",
    "per_cent_sign",
    "percent",
    "said_frame",
    "say",
    "say_many",
    "signed",
    "speaking",
    "speaks",
    "spoken",
    "stopped",
    "word",
]
