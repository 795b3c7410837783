"""Parts of a column map that say how a file is written and which of its rows are no facts."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from srmkit.tables.day_formats import problem_of_format
from srmkit.tables.encodings import ENCODINGS
from srmkit.tables.parts import BETWEEN

Decimal: TypeAlias = Literal[".", ","]
Thousands: TypeAlias = Literal["", ".", ",", " ", "'", "’"]


def listed(value: object) -> object:
    """One thing as a list of one."""
    return [value] if isinstance(value, str | int | dict) else value


def one_name(value: object) -> object:
    """Several files or sheets as one name, as `srmkit.tables.parts` takes it apart again."""
    is_list = isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value)
    return BETWEEN.join(value) if is_list else value  # type: ignore[arg-type]  # looked at one line above


Names: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(listed)]
Lines: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=1)], ...], BeforeValidator(listed)]


def _are_days(formats: tuple[str, ...]) -> tuple[str, ...]:
    """Ways of writing a day; one without a year or a month would read days that nobody wrote."""
    for one in formats:
        if wrong := problem_of_format(one):
            raise ValueError(f"has '{one}', a way of writing days that {wrong}")
    return formats


Formats: TypeAlias = Annotated[Names, AfterValidator(_are_days)]


class Part(BaseModel):
    """A part of a map: unknown settings are refused, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, populate_by_name=True)


class FileRule(Part):
    """How a file is written; what is not said is found in the file.

    - `encoding`, `separator`: of a text file.
    - `header`: the row of the column names, or several rows that make up one name each.
    - `decimal`, `thousands`, `dates`: marks of numbers and writing of days, for columns that declare none.
    """

    encoding: str = ""
    separator: str = Field(default="", max_length=1)
    header: Lines = ()
    decimal: Decimal | None = None
    thousands: Thousands = ""
    dates: Formats = ()

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value and value not in ENCODINGS:
            raise ValueError(f"is not an encoding that is read; use one of {', '.join(ENCODINGS)}")
        return value

    @field_validator("separator")
    @classmethod
    def _cuts(cls, value: str) -> str:
        if value and (value.isalnum() or value in '"\n\r\x00' or not value.isascii()):
            raise ValueError('is not a separator; use a mark such as ";" or "\\t"')
        return value

    @field_validator("header")
    @classmethod
    def _goes_down(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if list(value) != sorted(set(value)):
            raise ValueError("needs its rows from top to bottom, each once")
        return value


class RowRules(Part):
    """Rows that are no facts, set aside and counted; each rule can be switched off.

    - `totals`: rows that lack a required value and say "Total" or the like.
    - `footers`: rows that lack a required value and hold one cell only, and lines without letter or digit.
    - `repeated_headers`: rows whose cells are the column names again.
    - `sentinels`: ids that stand for nobody; runs of zeros count as "0".
    - `internal`: suppliers or customers (id or name) that are ourselves.
    """

    totals: bool = True
    footers: bool = True
    repeated_headers: bool = True
    sentinels: Names = ("0", "-1")
    internal: Names = ()


class Rates(Part):
    """A table of dated exchange rates: `rate` is what one unit of `currency` is worth in that of the map.

    - `inverse`: the file says instead how much of `currency` one unit of the map's currency buys.
    - `formats`: how its days are written, where not year-month-day.
    - `oldest_days`: how old a rate may be on the day it is used.
    """

    file: str
    sheet: str | None = None
    date: str = "date"
    currency: str = "currency"
    rate: str = "rate"
    decimal: Decimal = "."
    formats: Formats = ()
    inverse: bool = False
    oldest_days: int = Field(default=31, ge=0)


class Unpivot(Part):
    """A wide table made long: each cell beside the columns to `keep` becomes a row of its own.

    `names` call the parts of its column's name (one for each header row), `value` calls the cell.
    """

    keep: Names
    names: Names = ("name",)
    value: str = "value"
