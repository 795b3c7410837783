"""Is a notebook fit to be a report? Its shape, its settings, and what it must not hold, all told at once."""

from __future__ import annotations

import ast
import difflib
import importlib
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
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
    ast.ListComp: "a loop",
    ast.SetComp: "a loop",
    ast.DictComp: "a loop",
    ast.GeneratorExp: "a loop",
    ast.Try: "a try",
    ast.With: "a with",
}
RANDOM = re.compile(r"((np|numpy)\.)?random\.|default_rng")
KERNEL = "python3"
EXPORTS = "export_to"


@dataclass(frozen=True)
class _Cell:
    """A cell as it is looked at; `name` is its id, which the notebook's own messages show too."""

    section: str  # the heading that it stands under
    name: str
    kind: str
    source: str
    tags: frozenset[str]
    outputs: tuple[str, ...]  # as text; an output that only shows itself, such as a picture, has none

    @property
    def told(self) -> str:
        """Where it is, for people."""
        return f"in '{self.section}', cell '{self.name}'" if self.section else f"cell '{self.name}'"

    def parsed(self) -> ast.Module | None:
        """What the cell says; None where it is no plain Python."""
        try:
            return ast.parse(self.source)
        except SyntaxError:
            return None


def check_notebook(path: str | Path) -> type[StudyParams]:
    """The settings of the study that a notebook runs, after every check; SrmkitError names all that is wrong.

    - It opens with a question, and its sections stand in the agreed order.
    - It is opened with the kernel `python3`, as any machine has it.
    - One cell is tagged `parameters`, and holds exactly what `Params.cell()` gives; below it, `Params.read(globals())`
      checks it. Where `export_to` is a setting, a cell uses it.
    - Cells hold no function, class, loop or absolute path and draw nothing at random, and no cell but that of the
      settings leaves a plain value, which the next reading would take for a setting; a name that starts with `_` may.
    - At least one cell is tagged `nbval-check-output`, and these alone keep their outputs, with text to
      compare.

    The module of the study is imported, so check notebooks that you would run.
    """
    file = Path(path)
    problems = Problems(f"notebook {file.name}")
    kernel, cells = _read(file, problems)
    problems.raise_if_any()
    problems.extend(_headings(cells))
    if kernel != KERNEL:
        problems.add("the kernel", "is not the one that every machine has", found=repr(kernel),
                     todo="Choose 'Python 3 (ipykernel)' in JupyterLab, and save.")
    settings = _settings(cells, file.resolve().parent, problems)
    if settings is not None:
        problems.extend(_parameters(cells, settings))
    problems.extend(_contents(cells))
    problems.extend(_outputs(cells))
    problems.raise_if_any()
    assert settings is not None
    return settings


def _read(file: Path, problems: Problems) -> tuple[str, list[_Cell]]:
    """Name of the notebook's kernel, and its cells."""
    import nbformat

    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.add(f"the file '{file}'", "is not there", todo="Check its path.")
        return "", []
    except IsADirectoryError:
        problems.add(f"'{file}'", "is a folder", todo="Name the notebooks in it.")
        return "", []
    except (OSError, UnicodeDecodeError) as error:
        problems.add(f"the file '{file}'", "cannot be read", found=str(error), todo="Save it from JupyterLab.")
        return "", []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # such as an id that two cells have, which reading would mend in silence
            notebook: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
            nbformat.validate(notebook)
    except (ValueError, Warning, nbformat.ValidationError) as error:
        found = str(error).strip().splitlines() or [type(error).__name__]
        problems.add("the file", "is not a sound notebook", found=found[0][:200], todo="Save it from JupyterLab.")
        return "", []
    kernel = str(notebook.metadata.get("kernelspec", {}).get("name", ""))
    cells, section = [], ""
    for place, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            section = [section, *_sections(cell.source)][-1]
        cells.append(_Cell(section, cell.get("id", str(place)), cell.cell_type, cell.source,
                           frozenset(cell.metadata.get("tags", [])), tuple(map(_text, cell.get("outputs", [])))))
    return kernel, cells


def _sections(text: str) -> list[str]:
    return [line.removeprefix("## ").strip() for line in text.splitlines() if line.startswith("## ")]


def _text(output: Any) -> str:
    """What nbval can compare of an output: not a picture, not the address of an object."""
    text = str(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return "" if text.startswith("<") and text.endswith(">") else text


def _headings(cells: Iterable[_Cell]) -> Iterator[Problem]:
    text = "\n".join(cell.source for cell in cells if cell.kind == "markdown")
    lines = text.splitlines()
    title = lines[0] if lines else ""
    if not (title.startswith("# ") and title.endswith("?")):
        yield Problem("the first line", "is no question", repr(title), "Begin with '# Which ...?'.")
    found = _sections(text)
    if found != list(SECTIONS):
        missing = [name for name in SECTIONS if name not in found]
        wrong = f"lack {', '.join(map(repr, missing))}" if missing else "are not the agreed ones in their order"
        yield Problem("the sections", wrong, ", ".join(found), f"They are: {', '.join(SECTIONS)}.")


def _settings(cells: Iterable[_Cell], home: Path, problems: Problems) -> type[StudyParams] | None:
    """The class whose `read(globals())` a cell calls."""
    imported: dict[str, tuple[str, str]] = {}
    named, below = "", False
    for cell in cells:
        below = below or PARAMETERS in cell.tags
        tree = cell.parsed() if cell.kind == "code" else None
        for node in ast.walk(tree) if tree is not None else ():
            imported.update(_imports(node))
            if named or not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith("Params.read"):
                continue
            named = ast.unparse(node.func).removesuffix(".read")
            if ast.unparse(node) != f"{named}.read(globals())":
                problems.add(cell.told, "checks other values than the settings", found=ast.unparse(node),
                             todo=f"Write: {named}.read(globals())")
            if not below:
                problems.add(cell.told, "checks the settings before they are there",
                             todo=f"Move the cell tagged '{PARAMETERS}' above it.")
    if not named:
        problems.add("no cell", "checks the settings", todo="Add: params = <study>.Params.read(globals())")
        return None
    return _found(named, imported, home, problems)


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
        with beside(home):
            thing = _member(importlib.import_module(module), module, member)
        for part in rest:
            thing = getattr(thing, part)
    except (Exception, SystemExit) as error:  # whatever a module of somebody else does when it is imported
        found = str(error) if isinstance(error, ImportError | AttributeError) else f"{type(error).__name__}: {error}"
        problems.add(f"'{name}'", "cannot be imported", found=found, todo="Run the notebook once, then check it.")
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
def beside(home: Path) -> Iterator[None]:
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
    code = [cell.source for cell in cells if cell.kind == "code" and cell is not tagged[0]]
    if EXPORTS in settings.model_fields and not any(EXPORTS in source for source in code):
        yield Problem(f"the setting '{EXPORTS}'", "is used by no cell",
                      todo=f"Add in section 'Files': write_exports(study, params.{EXPORTS})")


def _contents(cells: Iterable[_Cell]) -> Iterator[Problem]:
    for cell in cells:
        if cell.kind != "code" or PARAMETERS in cell.tags:
            continue
        tree = cell.parsed()
        if tree is None:
            yield Problem(cell.told, "is not plain Python", todo="Leave magics and errors out.")
            continue
        for node in ast.walk(tree):
            if type(node) in _LOGIC:
                todo = "Put it into the study's module, where it is tested."
                yield Problem(cell.told, f"holds {_LOGIC[type(node)]}", ast.unparse(node)[:60], todo)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_place(node.value):
                yield Problem(cell.told, "holds a path", node.value, "Make it a setting.")
            elif isinstance(node, ast.Call) and RANDOM.match(ast.unparse(node.func)):
                todo = "Draw in the study's module, from its setting `seed`."
                yield Problem(cell.told, "draws at random", ast.unparse(node)[:60], todo)
            elif _leaves_plain(node):
                todo = "The next reading takes it for a setting; declare it in Params, or start its name with _."
                yield Problem(cell.told, "leaves a plain value", ast.unparse(node)[:60], todo)


def _is_place(text: str) -> bool:
    """Whether a text names a place on one machine, of any system."""
    return PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute() or text.startswith("~/")


def _leaves_plain(node: ast.AST) -> bool:
    """Whether a statement gives a name that the next reading sees a value that it would take for a setting."""
    pairs: list[tuple[ast.expr, ast.expr | None]]
    if isinstance(node, ast.NamedExpr | ast.AnnAssign):
        pairs = [(node.target, node.value)]
    elif isinstance(node, ast.Assign):
        pairs = [pair for target in node.targets for pair in _paired(target, node.value)]
    else:
        return False
    return any(isinstance(target, ast.Name) and not target.id.startswith("_") and _is_plain(value)
               for target, value in pairs)


def _paired(target: ast.expr, value: ast.expr) -> Iterable[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        return zip(target.elts, value.elts, strict=False)
    return [(target, value)]


def _is_plain(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant | ast.List | ast.Dict | ast.JoinedStr | ast.BinOp | ast.UnaryOp)


def _outputs(cells: Iterable[_Cell]) -> Iterator[Problem]:
    code = [cell for cell in cells if cell.kind == "code"]
    watched = [cell for cell in code if WATCHED in cell.tags]
    if not watched:
        yield Problem("no cell", f"is tagged '{WATCHED}'", todo="Tag the tables whose numbers must not change unseen.")
    for cell in code:
        if cell.outputs and cell not in watched:
            yield Problem(cell.told, "keeps its output", todo=f"Clear it, or tag the cell '{WATCHED}'.")
        elif cell in watched and not cell.outputs:
            yield Problem(cell.told, "is watched and has no output", todo="Run it and save the notebook.")
        elif cell in watched and not all(cell.outputs):
            yield Problem(cell.told, "is watched and has an output without words",
                          todo="Show a table; pictures and controls cannot be compared.")
