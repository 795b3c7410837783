"""The forms of intake in JupyterLab: a map is proposed, changed and accepted; pairs are decided; files are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Page

from srmkit.duplicates import Decisions
from srmkit.tables import read_dataset

EXPORT = (
    "Contracts in force;;;;;\n"
    "contract no;supplier no;start date;end date;yearly sum;annual value\n"
    "C1;S1;03/04/2026;2027-01-01;12,5;1.250\nC2;S2;05/04/2026;2027-01-01;7,5;2.500\n"
)


def opened(lab: Any, page: Page, name: str, source: str) -> None:
    """A notebook of one cell beside the others, run in the browser."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    nbformat.write(notebook, lab.root / f"{name}.ipynb")
    lab.run_all(page, name)


def test_a_proposed_map_is_changed_accepted_and_written(
    lab: Any, page: Page, requests_made: list[str], pictures: Path
) -> None:
    home = lab.root / "company"
    home.mkdir()
    (home / "contracts.csv").write_text(EXPORT, encoding="utf-8")
    opened(lab, page, "map", 'from srmkit.widgets import map_columns\n\nmap_columns("company", path="mine.toml")')

    def row(column: str) -> str:
        return f".srm-map-contracts-{column}"

    page.locator(row("contract-id-source")).wait_for()
    page.locator("text=confidence 1.00 >> visible=true").first.wait_for()
    page.locator("text=can be read as day/month/year or month/day/year >> visible=true").first.wait_for()
    page.get_by_text("taken for the names of the columns").wait_for()
    page.screenshot(path=pictures / "lab-map-proposed.png")
    page.locator(f"{row('start-date-writing')} input").fill("%d/%m/%Y")
    page.keyboard.press("Tab")
    page.locator(f"{row('start-date-accepted')} input").check()
    page.get_by_text("can be read as day/month/year or month/day/year").first.wait_for(state="hidden")
    page.locator(f"{row('annual-value-source')} select").select_option("yearly sum")
    page.locator(f"{row('annual-value-writing')} select").select_option("1.234,5")
    page.locator(".srm-map-currency input").fill("EUR")
    page.keyboard.press("Tab")
    page.locator(".srm-map-try-it").click()
    page.get_by_text("rows were used").wait_for()
    page.locator(".srm-map-write").click()
    page.get_by_text("The next run needs nobody.").wait_for()
    page.screenshot(path=pictures / "lab-map-written.png")

    contracts = read_dataset(home, column_map=lab.root / "mine.toml").frame("contracts")
    assert contracts["annual_value"].tolist() == [12.5, 7.5]
    assert contracts["start_date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-04-03", "2026-04-05"]
    assert requests_made == []


def test_pairs_are_decided_and_the_file_remembers(
    lab: Any, page: Page, requests_made: list[str], pictures: Path
) -> None:
    opened(lab, page, "pairs", (
        "from srmkit import find_duplicates, read_dataset\nfrom srmkit.widgets import review\n\n"
        'suppliers = read_dataset("sample").frame("suppliers").set_index("supplier_id")\n'
        'review(find_duplicates(suppliers), "said.toml")'))
    page.get_by_role("button", name="one firm").wait_for()
    page.get_by_text("; 0 are one, 0 are not").wait_for()
    page.screenshot(path=pictures / "lab-review-open.png")
    page.get_by_role("button", name="one firm").click()
    page.get_by_text("; 1 are one, 0 are not").wait_for()
    page.get_by_role("button", name="two firms").click()
    page.get_by_text("; 1 are one, 1 are not").wait_for()
    page.screenshot(path=pictures / "lab-review-decided.png")
    said = Decisions.read(lab.root / "said.toml").all
    assert [one.same for one in said] == [True, False]
    assert all(one.left_name and one.right_name and one.on for one in said)
    assert requests_made == []
