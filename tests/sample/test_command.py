"""`python -m srmkit.sample` writes the company."""

from __future__ import annotations

import typer
from typer.testing import CliRunner

from srmkit.sample.__main__ import main
from srmkit.tables import read_dataset

app = typer.Typer()
app.command()(main)


def test_it_writes_a_company_that_reads(tmp_path):
    result = CliRunner().invoke(app, ["--into", str(tmp_path), "--seed", "7"])
    assert result.exit_code == 0, result.output
    assert read_dataset(tmp_path).health.set_aside.empty


def test_it_writes_a_messy_company_with_its_column_map(tmp_path):
    result = CliRunner().invoke(app, ["--into", str(tmp_path), "--mess", "2"])
    assert result.exit_code == 0, result.output
    assert len(read_dataset(tmp_path, column_map=tmp_path / "column_map.toml").frame("customers")) == 500


def test_an_unknown_level_of_mess_ends_with_2(tmp_path):
    result = CliRunner().invoke(app, ["--into", str(tmp_path), "--mess", "9"])
    assert result.exit_code == 2
    assert "'level' is unknown" in result.output
