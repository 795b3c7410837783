"""Text from bytes: Unicode as it is marked, Western European with a note, anything else as declared."""

from __future__ import annotations

import re
from itertools import islice

from srmkit.errors import Problem, SrmkitError
from srmkit.language import say

ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15",
    "cp437", "cp850", "cp852", "cp866", "koi8-r", "mac-roman",
    "gb18030", "gbk", "big5", "shift_jis", "cp932", "euc-jp", "euc-kr",
)  # fmt: skip
_OTHERS = ("cp1250", "cp1251", "gb18030", "shift_jis", "big5", "cp850")  # one of each family, to show
_MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NO_TEXT = (
    (b"pk\x03\x04", "a workbook or an archive"), (b"par1", "a Parquet file"), (b"\x1f\x8b", "packed (gzip)"),
    (b"\xd0\xcf\x11\xe0", "a workbook of the old kind (.xls)"), (b"%pdf-", "a PDF"), (b"sqlite format 3", "a database"),
    (b"<html", "a web page"), (b"<!doctype html", "a web page"), (b"<table", "a web page"),
)  # fmt: skip
_MOSTLY_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_RUN = re.compile(rb"[\x80-\xff]+")
_WESTERN_RUN = 2  # accented letters stand alone or in pairs; letters of other alphabets stand in words


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, tuple[str, ...]]:
    """The text and, where its encoding was concluded and not known, a note; SrmkitError where it is in doubt."""
    if what := next((what for mark, what in _NO_TEXT if content[:512].lstrip().lower().startswith(mark)), ""):
        todo = "Open it with the program it is of, and save it as CSV UTF-8 or .xlsx."
        raise SrmkitError(name, [Problem("the file", f"is {what}, whatever it is called", "", todo)])
    if encoding:
        return _read(content, name, encoding), ()
    for mark, wide in _MARKS:
        if content.startswith(mark):
            note = say("{file} was read as {encoding}.", file=name, encoding=wide.upper())
            return _read(content, name, wide), (note,)
    if wide := _wide(content):
        return _read(content, name, wide), (
                say("{file} was read as {encoding}; it carries no mark that says so.", file=name,
                    encoding=wide.upper()),)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        _refuse_damaged(content, name, error)
        return _western(content, name)


def _refuse_damaged(content: bytes, name: str, error: UnicodeDecodeError) -> None:
    """SrmkitError where most letters are those of UTF-8: read as Windows-1252, each name would be spoilt."""
    letters = len(_MOSTLY_UTF8.findall(content))
    spoilt = sum(byte >= 0x80 for byte in _MOSTLY_UTF8.sub(b"", content))
    if letters > spoilt:
        wrong = f"is UTF-8 but for {spoilt:,} bytes that are none"
        todo = f'Save it again as CSV UTF-8, or say in the column map what it is: [files."{name}"] encoding = "cp1252".'
        raise SrmkitError(name, [Problem("the file", wrong, _place(error, content), todo)])


def _read(content: bytes, name: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        problem = Problem("the file", f"is no {encoding.upper()} text", _place(error, content), _todo(content, name))
        raise SrmkitError(name, [problem]) from None


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain letters is zero."""
    head = content[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    most = len(head) // 2 * 0.7
    return "utf-16-le" if odd > most > even else "utf-16-be" if even > most > odd else ""


def _western(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    runs = [len(run) for run in _RUN.findall(content[: 1 << 20])]
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        wrong = "is neither UTF-8 nor Windows-1252 text"
        problem = Problem("the file", wrong, _place(error, content), _todo(content, name))
        raise SrmkitError(name, [problem]) from None
    if sum(run for run in runs if run > _WESTERN_RUN) * 2 > sum(runs):
        wrong = "is not UTF-8, and letters of some other alphabet than the Western European one"
        raise SrmkitError(name, [Problem("the file", wrong, "", _todo(content, name))])
    note = say("{file} is not UTF-8 and was read as Windows-1252 (cp1252); look at names with accents.", file=name)
    return text, (note,)


def _place(error: UnicodeDecodeError, content: bytes) -> str:
    return f"byte {content[error.start]:#04x} at position {error.start:,}"


def _todo(content: bytes, name: str) -> str:
    """The line to add for each encoding that can read it, with what its words would be."""
    readings = {encoding: words for encoding in _OTHERS if (words := _words(content, encoding))}
    first = next(iter(readings), "cp1251")
    shown = "; ".join(f"{encoding} reads {words}" for encoding, words in readings.items())
    line = f'Save it as CSV UTF-8, or say its encoding in the column map: [files."{name}"] encoding = "{first}"'
    return f"{line} ({shown})." if shown else f"{line}."


def _words(content: bytes, encoding: str) -> str:
    try:
        text = content[: 1 << 16].decode(encoding, errors="strict" if len(content) <= 1 << 16 else "ignore")
    except UnicodeDecodeError:
        return ""
    found = (word for word in re.findall(r"\w+", text) if not word.isascii())
    return ", ".join(repr(word[:20]) for word in islice(found, 2))
