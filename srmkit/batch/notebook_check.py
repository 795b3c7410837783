"""Is a notebook fit to be a report? Its shape, its settings, and what it must not hold, all told at once."""

from __future__ import annotations

import ast
import difflib
import importlib
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srmkit.decisions.params import StudyParams
from srmkit.errors import Problem, Problems

SECTIONS = (
    "Can we trust the data?",
    "What is judged, and how?",
    "Result",
    "How sure are we?",
    "What would change it?",
    "Decision record",
    "Files",
    "What if?",
)
PARAMETERS, WATCHED = "parameters", "nbval-check-output"
_LOGIC: Mapping[type[ast.AST], str] = {
    ast.FunctionDef: "a function",
    ast.AsyncFunctionDef: "a function",
    ast.Lambda: "a function",
    ast.ClassDef: "a class",
    ast.For: "a loop",
    ast.While: "a loop",
    ast.Try: "a try",
    ast.With: "a with",
}


@dataclass(frozen=True)
class _Cell:
    """A cell as it is looked at; `name` is its id, which the notebook's own messages show too."""

    name: str
    kind: str
    source: str
    tags: frozenset[str]
    has_output: bool

    def parsed(self) -> ast.Module | None:
        """What the cell says; None where it is no plain Python."""
        try:
            return ast.parse(self.source)
        except SyntaxError:
            return None


def check_notebook(path: str | Path) -> type[StudyParams]:
    """The settings of the study that a notebook runs, after every check; SrmkitError names all that is wrong.

    - It opens with a question, and its sections stand in the agreed order.
    - One cell is tagged `parameters`, and holds exactly what `Params.cell()` gives; `Params.read(globals())` checks it.
    - Cells hold no function, class, loop or absolute path, and no cell but that of the settings leaves a plain value,
      which the next reading would take for a setting.
    - At least one cell is tagged `nbval-check-output`, and these alone keep their outputs.

    The module of the study is imported, so check notebooks that you would run.
    """
    file = Path(path)
    problems = Problems(f"notebook {file.name}")
    cells = _read(file, problems)
    problems.raise_if_any()
    problems.extend(_headings(cells))
    settings = _settings(cells, file.resolve().parent, problems)
    if settings is not None:
        problems.extend(_parameters(cells, settings))
    problems.extend(_contents(cells))
    problems.extend(_outputs(cells))
    problems.raise_if_any()
    assert settings is not None
    return settings


def _read(file: Path, problems: Problems) -> list[_Cell]:
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # such as an id that two cells have, which reading would mend in silence
            notebook: Any = nbformat.reads(file.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
            nbformat.validate(notebook)
    except (OSError, ValueError, Warning, nbformat.ValidationError) as error:
        found = str(error).strip().splitlines() or [type(error).__name__]
        problems.add("the file", "is not a sound notebook", found=found[0][:200], todo="Save it from JupyterLab.")
        return []
    return [_cell(cell, place) for place, cell in enumerate(notebook.cells, start=1)]


def _cell(cell: Any, place: int) -> _Cell:
    tags = frozenset(cell.metadata.get("tags", []))
    return _Cell(cell.get("id", str(place)), cell.cell_type, cell.source, tags, bool(cell.get("outputs")))


def _headings(cells: Iterable[_Cell]) -> Iterator[Problem]:
    text = "\n".join(cell.source for cell in cells if cell.kind == "markdown")
    lines = text.splitlines()
    title = lines[0] if lines else ""
    if not (title.startswith("# ") and title.endswith("?")):
        yield Problem("the first line", "is no question", repr(title), "Begin with '# Which ...?'.")
    found = [line.removeprefix("## ").strip() for line in lines if line.startswith("## ")]
    if found != list(SECTIONS):
        missing = [name for name in SECTIONS if name not in found]
        wrong = f"lack {', '.join(map(repr, missing))}" if missing else "are not the agreed ones in their order"
        yield Problem("the sections", wrong, ", ".join(found), f"They are: {', '.join(SECTIONS)}.")


def _settings(cells: Iterable[_Cell], home: Path, problems: Problems) -> type[StudyParams] | None:
    """The class whose `read(globals())` a cell calls."""
    imported: dict[str, tuple[str, str]] = {}
    read: list[ast.expr] = []
    for cell in cells:
        tree = cell.parsed() if cell.kind == "code" else None
        for node in ast.walk(tree) if tree is not None else ():
            imported.update(_imports(node))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "read":
                read.append(node.func.value)
    named = [name for one in read if (name := ast.unparse(one)).split(".")[-1] == "Params"]
    if not named:
        problems.add("no cell", "checks the settings", todo="Add: params = <study>.Params.read(globals())")
        return None
    return _found(named[0], imported, home, problems)


def _imports(node: ast.AST) -> Iterator[tuple[str, tuple[str, str]]]:
    if isinstance(node, ast.Import):
        yield from ((alias.asname or alias.name.split(".")[0], (alias.name, "")) for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from ((alias.asname or alias.name, (node.module, alias.name)) for alias in node.names)


def _found(
    name: str, imported: Mapping[str, tuple[str, str]], home: Path, problems: Problems
) -> type[StudyParams] | None:
    first, *rest = name.split(".")
    module, member = imported.get(first, (first, ""))
    try:
        with _beside(home):
            thing = _member(importlib.import_module(module), module, member)
        for part in rest:
            thing = getattr(thing, part)
    except (ImportError, AttributeError) as error:
        problems.add(f"'{name}'", "cannot be imported", found=str(error), todo="Run the notebook once, then check it.")
        return None
    if isinstance(thing, type) and issubclass(thing, StudyParams):
        return thing
    problems.add(f"'{name}'", "is no class of settings", found=repr(thing), todo="Derive it from StudyParams.")
    return None


def _member(module: Any, path: str, member: str) -> Any:
    if not member:
        return module
    return getattr(module, member, None) or importlib.import_module(f"{path}.{member}")


@contextmanager
def _beside(home: Path) -> Iterator[None]:
    """Modules beside the notebook are found, as its kernel finds them."""
    sys.path.insert(0, str(home))
    try:
        yield
    finally:
        sys.path.remove(str(home))


def _parameters(cells: Iterable[_Cell], settings: type[StudyParams]) -> Iterator[Problem]:
    tagged = [cell for cell in cells if PARAMETERS in cell.tags]
    if len(tagged) != 1:
        todo = f"Tag one cell '{PARAMETERS}'; its text is what {settings.__name__}.cell() gives."
        yield Problem(f"{len(tagged)} cells", f"are tagged '{PARAMETERS}'", todo=todo)
        return
    wanted, found = settings.cell().splitlines(), tagged[0].source.splitlines()
    for line in difflib.ndiff(wanted, found):
        if line[:2] == "- ":
            yield Problem("the settings", "lack a line", todo=f"Add: {line[2:]}")
        elif line[:2] == "+ ":
            yield Problem("the settings", "have a line too many", line[2:], "Take it out, or declare it in Params.")


def _contents(cells: Iterable[_Cell]) -> Iterator[Problem]:
    for cell in cells:
        if cell.kind != "code" or PARAMETERS in cell.tags:
            continue
        tree = cell.parsed()
        if tree is None:
            yield Problem(f"cell '{cell.name}'", "is not plain Python", todo="Leave magics and errors out.")
            continue
        for node in ast.walk(tree):
            if type(node) in _LOGIC:
                todo = "Put it into the study's module, where it is tested."
                yield Problem(f"cell '{cell.name}'", f"holds {_LOGIC[type(node)]}", ast.unparse(node)[:60], todo)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and Path(node.value).is_absolute():
                yield Problem(f"cell '{cell.name}'", "holds a path", node.value, "Make it a setting.")
        for statement in tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_plain(statement.value):
                todo = "The next reading takes it for a setting; declare it in Params, or start its name with _."
                yield Problem(f"cell '{cell.name}'", "leaves a plain value", ast.unparse(statement)[:60], todo)


def _is_plain(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant | ast.List | ast.Dict | ast.JoinedStr | ast.BinOp | ast.UnaryOp)


def _outputs(cells: Iterable[_Cell]) -> Iterator[Problem]:
    code = [cell for cell in cells if cell.kind == "code"]
    watched = [cell for cell in code if WATCHED in cell.tags]
    if not watched:
        yield Problem("no cell", f"is tagged '{WATCHED}'", todo="Tag the tables whose numbers must not change unseen.")
    for cell in code:
        if cell.has_output and cell not in watched:
            yield Problem(f"cell '{cell.name}'", "keeps its output", todo=f"Clear it, or tag the cell '{WATCHED}'.")
        elif cell in watched and not cell.has_output:
            yield Problem(f"cell '{cell.name}'", "is watched and has no output", todo="Run it and save the notebook.")
