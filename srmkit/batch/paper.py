"""A report on paper: PDF through a browser that is installed, as no other program prints a page as it looks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from srmkit.batch.folders import DRAFT, put_in_place
from srmkit.errors import Problem, SrmkitError

Paper = Literal["A4", "Letter"]
CHOSEN = "SRMKIT_BROWSER"  # names the browser where none of these is found
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
            "microsoft-edge", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
SECONDS = 120
WIDTHS: Mapping[Paper, float] = {"A4": 210 / 25.4 * 72, "Letter": 612}  # points
PDF = "report.pdf"


def find_browser() -> str:
    """The program of a browser that prints; SrmkitError says what to do where there is none."""
    asked = os.environ.get(CHOSEN, "")
    found = next(filter(None, map(shutil.which, (asked,) if asked else BROWSERS)), None)
    if found is None:
        evidence = f"{CHOSEN} names '{asked}'" if asked else f"looked for {', '.join(BROWSERS[:-1])}"
        todo = f"Install Chromium or Chrome, name one in {CHOSEN}, or print report.html from your own browser."
        raise SrmkitError("PDF", [Problem("a browser", "is needed and was not found", evidence, todo)])
    return found


def write_pdf(page: Path, pdf: Path, *, paper: Paper = "A4", browser: str = "") -> None:
    """Print a report into a PDF file, which appears whole or not at all; SrmkitError where the browser fails."""
    program = browser or find_browser()
    with TemporaryDirectory(prefix="srmkit-pdf-") as place:
        # the page itself leaves the paper to whoever prints it
        sized = Path(place) / "report.html"
        words = page.read_text(encoding="utf-8")
        sized.write_text(words.replace("</head>", f"<style>@page {{ size: {paper}; }}</style></head>", 1), "utf-8")
        draft = pdf.with_name(f"{DRAFT}{pdf.name}")
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={place}/profile",
                   *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
                   f"--print-to-pdf={draft}", sized.as_uri()]
        try:
            done = subprocess.run([program, *options], capture_output=True, text=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(program, str(error)) from None
        if done.returncode or not draft.exists():
            raise _failed(program, done.stderr.strip()[-300:])
    put_in_place(draft, pdf)


def is_on(pdf: Path, paper: Paper) -> bool:
    """Whether the PDF is there and its pages are of this paper; True where it does not say of which."""
    if not pdf.is_file():
        return False
    widths = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+)", pdf.read_bytes())
    return all(abs(float(width) - WIDTHS[paper]) < 2 for width in widths)


def _failed(program: str, words: str) -> SrmkitError:
    todo = f"Try another browser by {CHOSEN}, or print report.html from your own."
    return SrmkitError("PDF", [Problem(f"browser '{program}'", "made no PDF", words, todo)])
