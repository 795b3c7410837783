"""The cells of a notebook as HTML by nbconvert, without the second reading that its own template needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from nbconvert import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from traitlets.config import Config

from srmkit.batch.pages import COMPILED, TEMPLATES
from srmkit.language import say

SILENT = re.compile(r"<img\b(?![^>]*\balt=)", re.IGNORECASE)


def cells_as_html(content: Any, *, title: str, left_out: Iterable[str]) -> str:
    """Words and outputs of a notebook, no code; cells with one of these tags left out.

    A picture that says nothing of itself says that.
    """
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = set(left_out)
    exporter = _Exporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    html, _ = exporter.from_notebook_node(content, resources={"metadata": {"name": title}})
    return SILENT.sub(f'<img alt="{say("A picture without a description")}"', html)


class _Exporter(HTMLExporter):
    """nbconvert parses its whole page anew to give pictures a text, and its own boxes a place in the order of keys.

    A report has no such boxes, and nine tenths of the time that its cells take went there.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        shown = WidgetsDataTypeFilter(  # type: ignore[no-untyped-call]
            notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", shown)  # type: ignore[no-untyped-call]
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **options)

    def _create_environment(self) -> Any:
        environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.bytecode_cache = COMPILED
        return environment
