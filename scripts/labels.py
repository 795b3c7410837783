"""Bring the catalogue of each language up to date with the words in code, notebooks, scorecards and cards.

    .venv/bin/python scripts/labels.py           add what is new to srmkit/language/*.po
    .venv/bin/python scripts/labels.py --check   say what is missing, change nothing

What is marked in the code is found by reading it; the headings of tables are found by running the studies on the
sample company in the other language.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from srmkit.batch.pages import texts_said
from srmkit.language import LANGUAGES
from srmkit.language.catalogue import CHOICE, COLUMN, STATE, UNIT, file_of, read_catalogue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "srmkit"
SAYS = ("say", "marked", "stopped")
TOML_TEXTS = ("title", "label", "rationale", "definition", "unit", "posture", "how", "words", "owner", "sponsor",
              "source")
SHOWN_BY = ("words", "table")  # what a notebook's cell shows: its texts are ours
HEADER = b"""# Simplified Chinese for srmkit. Which word is used for what: docs/glossary.md. Kept by `make labels`.
msgid ""
msgstr ""
"Language: zh_Hans_CN\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
FIRST_HAN = "\N{CJK RADICAL REPEAT}"  # what has such letters was said in the other language already
SHOWN_AS = ("title", "size_label", "amount", "members")


class Text(NamedTuple):
    """One text of ours: its context ("" for most), its English (two for a plural) and the file that has it."""

    context: str
    one: str
    many: str
    where: str


def texts() -> list[Text]:
    """Every text that a reader may see, each once."""
    found: dict[tuple[str, str], Text] = {}
    for text in (*in_code(), *in_settings(), *in_definitions(), *in_catalogue(), *in_matrices(), *in_files(),
                 *in_notebooks(), *in_templates()):
        if any(letter.isalpha() for letter in text.one) or text.one in (", ", "; ", "."):
            found.setdefault((text.context, text.one), text)
    return list(found.values())


def in_code() -> Iterator[Text]:
    """What stands in a call of `say`, `say_many`, `counted`, `marked` or `column`."""
    for file in sorted(PACKAGE.rglob("*.py")):
        if file.parent.name == "language" and file.name != "words.py":
            continue
        yield from said_in(ast.parse(file.read_text(encoding="utf-8")), str(file.relative_to(ROOT)))


def said_in(tree: ast.AST, where: str) -> Iterator[Text]:
    """The marked texts of one piece of code."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = [literal(value) for value in call.args]
        if name in SAYS and given and given[0]:
            yield Text("", given[0], "", where)
        elif name == "say_many" and len(given) > 1 and given[0] and given[1]:
            yield Text("", given[0], given[1], where)
        elif name == "counted" and len(given) > 1 and given[1]:
            many = (given[2] if len(given) > 2 else "") or f"{given[1]}s"
            yield Text("", f"{{count:,}} {given[1]}", f"{{count:,}} {many}", where)
        elif name == "column" and given and given[0]:
            yield Text(COLUMN, given[0], "", where)


def literal(node: ast.AST) -> str:
    """The text of a literal, empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def in_settings() -> Iterator[Text]:
    """Labels, meanings, units and groups of every study's settings."""
    from srmkit.decisions.params import choices_of, label_of, name_of_group, unit_of
    from srmkit.studies import STUDIES, params_of

    for study in STUDIES:
        where = f"settings of {study}"
        yield Text("", study.replace("_", " ").capitalize(), "", where)
        for name, field in params_of(study).settings().items():
            for text in (name_of_group(field), label_of(name, field), field.description or "", unit_of(field)):
                yield Text("", text, "", where)
            for choice in choices_of(field):
                yield Text("", choice, "", where)


def in_definitions() -> Iterator[Text]:
    """What every figure means."""
    from srmkit.decisions.glossary import CLASS, GRADE, ON_SHEET, SHARED
    from srmkit.metrics.definition import Definition
    from srmkit.rounding import COUNTED

    yield from (Text(UNIT, unit, "", "units of what is counted") for unit in COUNTED)
    for module in modules("srmkit.metrics"):
        for value in vars(module).values():
            for one in value if isinstance(value, tuple) else [value]:
                if isinstance(one, Definition):
                    for part in fields(one):
                        context = COLUMN if part.name == "name" else ""
                        yield Text(context, str(getattr(one, part.name)), "", f"definition of {one.name}")
    for name, texts in SHARED.items():
        yield Text(COLUMN, name, "", "shared definitions")
        yield from (Text("", text, "", "shared definitions") for text in texts)
    for texts in (CLASS, GRADE, *(words for sheet in ON_SHEET.values() for words in sheet.values())):
        yield from (Text("", text, "", "shared definitions") for text in texts)


def in_catalogue() -> Iterator[Text]:
    """What every column of the tables means, as the form of a column map tells it."""
    from srmkit.tables.catalogue import CATALOGUE

    for table in CATALOGUE.values():
        yield from (Text("", column.meaning, "", f"table {table.name}") for column in table.columns)


def in_matrices() -> Iterator[Text]:
    """Names of matrices, axes and classes."""
    from srmkit.bands import THEMES
    from srmkit.segmentation.registry import MATRICES
    from srmkit.segmentation.relationship import RULES
    from srmkit.segmentation.supplier_preferencing import FOLLOWS
    from srmkit.tables.catalogue import LIFECYCLE, RELATIONSHIPS

    yield from (Text("", name, "", "grades") for names in THEMES.values() for name in names if len(name) > 1)
    yield from (Text("", text, "", "relationships") for text in (*RELATIONSHIPS, *(rule.why for rule in RULES)))
    yield Text(CHOICE, "firm", "", "settings of account_selection")  # a company, not a certainty
    yield from (Text(STATE, state, "", "states of suppliers") for state in LIFECYCLE)
    yield from (Text("", text, "", "preferencing") for text in FOLLOWS.values())
    for name, make in MATRICES.items():
        matrix = make(50.0, 50.0)
        for text in (matrix.name, *matrix.names):
            yield Text("", text, "", f"matrix {name}")
        for axis in (matrix.x_axis, matrix.y_axis):
            yield Text("", axis.replace("_", " "), "", f"matrix {name}")


def in_files() -> Iterator[Text]:
    """Texts of scorecards and strategy cards."""
    for file in sorted([*ROOT.glob("data/scorecards/*.toml"), *ROOT.glob("data/strategies/*.toml")]):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        where = str(file.relative_to(ROOT))
        yield from (Text("", text, "", where) for text in words_in(content))
        if file.parent.name == "scorecards":
            yield from (Text(COLUMN, name, "", where) for name in criteria_in(content))


def words_in(content: Any, name: str = "") -> Iterator[str]:
    """The texts for people among the values of a file, in its order."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "services" and isinstance(value, dict):
                yield from (word for service in value.items() for word in service)
            else:
                yield from words_in(value, key)
    elif isinstance(content, list):
        for value in content:
            yield from words_in(value, name)
    elif isinstance(content, str) and name in (*TOML_TEXTS, "objectives"):
        yield content.strip()


def criteria_in(content: Any) -> Iterator[str]:
    """Names of axes, groups and criteria: columns of the workbook."""
    for part in (content.get(kind, []) for kind in ("axes", "groups", "criteria")):
        for one in part:
            yield one["name"]
            yield from criteria_in(one)


def in_notebooks() -> Iterator[Text]:
    """Paragraphs of the notebooks, and what their cells show."""
    import nbformat

    from srmkit.language.notebooks import paragraphs

    for file in sorted(ROOT.glob("notebooks/*.ipynb")):
        where = str(file.relative_to(ROOT))
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield from (Text("", text, "", where) for text in paragraphs(cell.source))
            elif "parameters" not in cell.metadata.get("tags", []):
                tree = ast.parse(cell.source)
                yield from said_in(tree, where)
                yield from shown_in(tree, where)


def shown_in(tree: ast.AST, where: str) -> Iterator[Text]:
    """The texts that a cell hands to `charts`."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        of_charts = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "charts"
        places = [*call.args] if of_charts and name in SHOWN_BY else []
        if of_charts:
            places += [option.value for option in call.keywords if option.arg in SHOWN_AS]
        for place in places:
            branches = [place.body, place.orelse] if isinstance(place, ast.IfExp) else [place]
            yield from (Text("", literal(one), "", where) for one in branches if literal(one))


def in_templates() -> Iterator[Text]:
    """What the pages and their scripts say: the quoted texts of each call of `say` there."""
    for file in sorted([*PACKAGE.rglob("*.j2"), *PACKAGE.rglob("*.js")]):
        where = str(file.relative_to(ROOT))
        yield from (Text("", text, "", where) for text in texts_said(file.read_text("utf-8")))


def in_runs() -> Iterator[Text]:
    """What the catalogue lacks when the studies run and their tables are shown: headings of tables above all."""
    from srmkit.charts.tables import table
    from srmkit.decisions.glossary import definitions_of
    from srmkit.language import said_frame, say, speaking
    from srmkit.language.words import missing
    from srmkit.studies import STUDIES, params_of, run_of

    lacking: dict[tuple[str, str], None] = {}
    missing.append(lambda context, text: lacking.setdefault((context, text)))
    try:
        for name in STUDIES:
            study: Any = run_of(name)(params_of(name).check({"language": "zh"}))
            with speaking("zh"):
                definitions_of(study)
                for sheet, frame in study.tables().items():
                    say(sheet)
                    for part in (frame, frame.reset_index()):
                        said_frame(part)
                        table(part).shown()
    finally:
        missing.pop()
    for context, text in lacking:
        if any(letter.isalpha() for letter in text) and not any(letter > FIRST_HAN for letter in text):
            yield Text(context, text, "", "found when run")


def modules(package: str) -> Iterator[Any]:
    """All modules of a package."""
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        yield importlib.import_module(found.name)


def with_new(catalogue: Catalog, wanted: list[Text]) -> Catalog:
    """The catalogue with the texts that it lacks, untranslated, behind its own. Nothing is taken out of it."""
    plain = {text.one for text in wanted if not text.context}
    for text in wanted:
        words = text.one.replace("_", " ")
        by_its_words = text.context == COLUMN and (words in plain or catalogue.get(words) is not None)
        if not by_its_words and catalogue.get(text.one, context=text.context or None) is None:
            catalogue.add((text.one, text.many) if text.many else text.one,
                          locations=[(text.where.replace(" ", "_"), 0)], context=text.context or None)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file, without the names of people and the days that git knows."""
    stream = BytesIO()
    write_po(stream, catalogue, width=116, omit_header=True, include_lineno=False)
    return HEADER + stream.getvalue()


def lacking(language: str, wanted: list[Text]) -> list[Text]:
    """The texts without a translation."""
    from srmkit.language.catalogue import words_of

    known = words_of(language)  # type: ignore[arg-type]
    # a heading may go by the words of its name
    return [text for text in wanted if (text.context, text.one) not in known
            and not (text.context == COLUMN and ("", text.one.replace("_", " ")) in known)]


if __name__ == "__main__":
    everything = texts()
    for code in LANGUAGES:
        if code == "en":
            continue
        gaps = lacking(code, everything)
        for text in gaps:
            sys.stdout.write(f"{code}: {text.where}: {text.context and text.context + ': '}{text.one}\n")
        if "--check" not in sys.argv:
            file_of(code).write_bytes(written(with_new(read_catalogue(code), [*everything, *in_runs()])))
        sys.stdout.write(f"{code}: {len(gaps)} of {len(everything)} texts lack a translation\n")
