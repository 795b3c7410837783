"""Cells of a workbook that show an error, such as #DIV/0!: the reader hands them over as if nothing stood there."""

from __future__ import annotations

import contextlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from srmkit.language import marked, say, say_many

UNCALCULATED = marked("a formula without a value")
_PIECE = 1 << 20
_LONGEST = 1 << 22  # of a list of sheets
_CELL_END = b"</c>"
_SHEET = re.compile(rb"<sheet\b[^>]*?/?>")
_RELATION = re.compile(rb"<Relationship\b[^>]*?/?>")
# no longer than a program writes them: what is made to be long must not take long
_PLACE = rb"""[^>]{0,200}\br=["']([A-Za-z]{1,3}[0-9]{1,7})["'][^>]{0,200}>"""
_FORMULA = rb"(?:<f\b[^>]{0,200}/>|<f\b[^>]{0,200}>[^<]{0,9000}</f>)"
_ERROR = re.compile(rb"""<c\b(?=[^>]{0,200}\bt=["']e["'])""" + _PLACE + _FORMULA + rb"?<v>([^<]{0,40})</v></c>")
# a formula whose value is an empty text (t="str") was worked out
_EMPTY = re.compile(rb"""<c\b(?![^>]{0,200}\bt=["']str["'])""" + _PLACE + _FORMULA + rb"(?:<v\s?/>|<v></v>)?</c>")


def errors_told(path: Path, sheet: str, label: str) -> tuple[str, ...]:
    """A note on the cells of a sheet that show an error or a formula that nobody worked out, where there are any."""
    found: list[tuple[str, str]] = []
    with contextlib.suppress(zipfile.BadZipFile, zlib.error, OSError, EOFError), zipfile.ZipFile(path) as archive:
        found = list(_errors(archive, sheet))
    if not found:
        return ()
    place, word = found[0]
    shown = say("{word} in {place}", word=say(word) if word == UNCALCULATED else word, place=place)
    return (say_many("{name}: {count:,} cell shows an error of the spreadsheet ({first}) and was read as a gap.",
                     "{name}: {count:,} cells show an error of the spreadsheet (the first: {first}) and were read as "
                     "gaps.", len(found), name=label, first=shown),)  # fmt: skip


def _errors(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[str, str]]:
    part = _part_of(archive, sheet)
    if part not in archive.namelist():
        return
    with archive.open(part) as stream:
        rest = b""
        while piece := stream.read(_PIECE):
            text = rest + piece
            whole, mark, rest = text.rpartition(_CELL_END)
            yield from _in(whole + mark)
            rest = rest if mark else text[-_PIECE:]
        yield from _in(rest)


def _in(text: bytes) -> Iterator[tuple[str, str]]:
    if b't="e"' in text or b"t='e'" in text:
        for place, word in _ERROR.findall(text):
            yield place.decode(), unescape(word.decode("utf-8", "replace"))
    if b"<f" in text:
        for place in _EMPTY.findall(text):
            yield place.decode(), UNCALCULATED


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file within the workbook that holds a sheet; empty where that cannot be told."""
    try:
        book, relations = (_start(archive, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    except KeyError:
        return ""
    ids = {unescape(_said(found, "name")): _said(found, "r:id") for found in _SHEET.findall(book)}
    targets = {_said(found, "Id"): _said(found, "Target") for found in _RELATION.findall(relations)}
    target = targets.get(ids.get(sheet, ""), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(_LONGEST)


def _said(tag: bytes, name: str) -> str:
    found = re.search(rb"\b" + re.escape(name.encode()) + rb"""=["']([^"']*)["']""", tag)
    return found[1].decode("utf-8", "replace") if found else ""
