"""Reports one after the other: who changed class, because of what, and what cannot be compared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from srmkit.batch.run_comparison import GAINED, LOST, MOST_MOVERS, compare_runs
from srmkit.cli import app
from srmkit.errors import SrmkitError
from srmkit.studies import params_of, run_of

FAST = {"draws": 64}


def report(place: Path, study: str, **settings: Any) -> Path:
    """What a run leaves that a comparison reads."""
    place.mkdir()
    result = run_of(study)(params_of(study).check(FAST | settings))
    (place / "manifest.json").write_text(json.dumps(result.manifest()), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    place = tmp_path_factory.mktemp("reports")
    return [
        report(place / "autumn", "supplier_segmentation"),
        report(place / "winter", "supplier_segmentation", impact_cut=70.0),
        report(place / "spring", "supplier_segmentation", impact_cut=70.0, months=6),
    ]


def test_each_report_is_compared_with_the_one_before_it(three: list[Path]) -> None:
    by_cut, by_data = compare_runs(*three).pairs
    assert by_cut.changed == ("impact cut 50 \N{RIGHTWARDS ARROW} 70 points",)
    assert len(by_cut.movers) == int(by_cut.split.by_cause.sum().round()) > 0
    assert by_cut.split.by_cause.round(9).to_dict() == {"model": 0.0, "data": 0.0, "cuts": len(by_cut.movers)}
    assert by_data.split.by_cause[["model", "cuts"]].abs().max() < 1e-9
    assert by_data.changed[0].startswith("months ")


def test_the_migration_adds_up_to_everybody_and_its_diagonal_stayed(three: list[Path]) -> None:
    pair = compare_runs(*three[:2]).pairs[0]
    table = pair.migration
    stayed = sum(table.at[name, name] for name in table.index if name in table.columns)
    assert table.to_numpy().sum() == len(pair.split.classes)
    assert table.to_numpy().sum() - stayed == len(pair.movers)
    assert pair.movers["name"].notna().all()


def test_the_command_says_it_in_words(three: list[Path]) -> None:
    done = CliRunner().invoke(app, ["compare", *map(str, three[:2])])
    assert done.exit_code == 0, done.output
    assert "From autumn to winter" in done.output
    assert "impact cut 50" in done.output


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    place = tmp_path_factory.mktemp("accounts")
    return [report(place / "1", "account_selection", language="zh"),
            report(place / "2", "account_selection", language="zh", strength_cut=60.0)]


def test_movers_are_named_as_people_do_and_those_without_a_row_are_counted(chinese: list[Path]) -> None:
    pair = compare_runs(*chinese).pairs[0]
    more = f"另有 {len(pair.movers) - MOST_MOVERS} 个变动。"
    assert len(pair.places) == 0  # by rank, whatever the cuts
    assert len(pair.moves) == MOST_MOVERS + 1
    assert pair.moves[0].startswith(f"{pair.movers['name'].iloc[0]} ")
    assert pair.moves[-1] == more
    html = pair._repr_html_()
    assert more in html
    assert "工作簿" not in html  # no workbook has them


def test_reports_in_chinese_are_compared_in_chinese(chinese: list[Path]) -> None:
    pair = compare_runs(*chinese).pairs[0]
    assert pair.changed == ("实力分界线 50 \N{RIGHTWARDS ARROW} 60 分",)
    html = re.sub("<(style|script).*?</\\1>", "", pair._repr_html_(), flags=re.DOTALL)
    shown = re.sub("<[^>]*>", " ", html) + "\n".join(pair.moves)
    for name in sorted(pair.names, key=len, reverse=True):
        shown = shown.replace(name, "")
    assert re.findall("[A-Za-z]{2,}", shown) == []


def test_who_gained_or_lost_a_place_is_told_with_how_it_stood(tmp_path: Path) -> None:
    fewer, more = (report(tmp_path / f"of{places}", "account_selection", capacity=places) for places in (20, 22))
    pair = compare_runs(more, fewer).pairs[0]
    studies = [run_of("account_selection")(params_of("account_selection").check(FAST | {"capacity": places}))
               for places in (22, 20)]
    left = studies[0].selected.difference(studies[1].selected, sort=False)
    assert len(left) == 2
    assert list(pair.places.index) == list(left)
    assert set(pair.places["place"]) == {LOST}
    assert pair.places["before"].str.match(r"rank \d+ of 22 places").all()
    assert pair.places["after"].str.startswith("rank 2").all()
    assert f"Lost the place: {' and '.join(pair.places['name'])}." in pair.sentences
    assert pair.moves[0].startswith(f"{pair.places['name'].iloc[0]} lost the place: rank 2")
    assert "Who gained or lost a place" in pair._repr_html_()
    back = compare_runs(fewer, more).pairs[0]
    assert set(back.places["place"]) == {GAINED}
    assert set(back.places.index) == set(left)
    assert any(sentence.startswith("Gained a place: ") for sentence in back.sentences)


def test_where_nobody_moves_there_is_no_empty_table(tmp_path: Path) -> None:
    same = report(tmp_path / "same", "supplier_segmentation")
    html = compare_runs(same, same).pairs[0]._repr_html_()
    assert "Who moved" not in html
    assert "Who gained" not in html


def test_what_cannot_be_compared_is_told_at_once(three: list[Path], tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match="are less than two"):
        compare_runs(three[0])
    other = report(tmp_path / "accounts", "account_selection")
    with pytest.raises(SrmkitError, match="are of different studies; found supplier_segmentation, account_selection"):
        compare_runs(three[0], other)
    manifest = json.loads((three[1] / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"]["suppliers.parquet"] = "another"
    changed = tmp_path / "changed"
    changed.mkdir()
    (changed / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SrmkitError, match="has inputs that changed since; found suppliers.parquet"):
        compare_runs(three[0], changed)
