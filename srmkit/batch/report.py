"""An executed notebook as one self-contained page: no code, no script, no request."""

from __future__ import annotations

from pathlib import Path

from srmkit.language.notebooks import translate

TEMPLATES = Path(__file__).parent / "template"
LEFT_OUT = ("what-if",)


def write_report(notebook: Path, page: Path, *, title: str) -> None:
    """Render the notebook's words and outputs; cells tagged `what-if` are for people at a kernel and left out."""
    page.write_text(render_report(notebook, title=title), encoding="utf-8")


def render_report(notebook: Path, *, title: str) -> str:
    """The page's HTML."""
    import nbformat
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = set(LEFT_OUT)
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    translate(content.cells)
    html, _ = exporter.from_notebook_node(content, resources={"metadata": {"name": title}})
    return str(html)
