"""Pages that open offline: one file each, everything from data escaped, and one script named by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from srmkit.language import say, spoken, stopped
from srmkit.language.fonts import font_face
from srmkit.language.speaking import LOCALES

TEMPLATES = Path(__file__).parent / "template"

SAID = re.compile(r'\bsay\([^"()]*"([^"]+)"(?: : "([^"]+)")?')


class _Compiled(BytecodeCache):
    """Templates compiled once a process; each page would compile them anew, a tenth of a second for a report."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()


def texts_said(code: str) -> list[str]:
    """The texts that a page or its script says, as they stand in its source.

    >>> texts_said('say("Sort"); say(whole ? "all" : "some")')
    ['Sort', 'all', 'some']
    """
    return [text for found in SAID.findall(code) for text in found if text]


def render_page(template: str, script: str, **content: Any) -> str:
    """The HTML of a page with the style of all pages and this script, the only one that its browser runs."""
    code = (TEMPLATES / script).read_text(encoding="utf-8")
    # the one script that may run here is named by its hash, so nothing in a run's words can be another
    script_hash = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    style = (TEMPLATES / "report" / "report.css").read_text(encoding="utf-8")
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, bytecode_cache=COMPILED)
    pages.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # the font has the letters that stand in the page
    # in English a script says what stands in it
    content.setdefault("words", {} if spoken() == "en" else {text: say(text) for text in texts_said(code)})
    pages.globals |= {"say": say, "stopped": stopped, "language": LOCALES[spoken()].replace("_", "-")}
    html = pages.get_template(template).render(style=style, script=code, script_hash=script_hash, **content)
    return html.replace("<style>", f"<style>{font_face(html)}", 1)  # names may be Chinese on an English page
