"""How long an analyst waits at the explorer: each kind of move in each study, on companies of two sizes.

    .venv/bin/python tests/benchmarks/explorer [--times 5] [--page docs/explorer-speed.md]

Each study on each company has a process of its own, as a notebook has a kernel.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path
from statistics import median

from moves import CUT, FIRST, MEASURED, PROMISED, Cost, company, costs, first, kinds, opened

from srmkit.widgets.resting import REST

HERE = Path(__file__).resolve().parent
WORDS = {"account_selection": "Account selection", "supplier_segmentation": "Supplier segmentation, items",
         "criteria_weights": "Weights of criteria, items", "data_health": "Data check"}
Waits = dict[str, tuple[float, ...]]  # seconds by kind of move, as `Cost` has them


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--page", type=Path)
    arguments.add_argument("--study", choices=sorted(CUT))
    arguments.add_argument("--data", type=Path)
    given = arguments.parse_args()
    if given.data:
        sys.stdout.write(json.dumps(asyncio.run(waits(given.study, given.data, given.times))))
        return
    with tempfile.TemporaryDirectory() as folder:
        companies = {size: company(size, Path(folder) / str(size)) for size in PROMISED}
        found = {study: {size: apart(study, data, given.times) for size, data in companies.items()}
                 for study in ([given.study] if given.study else WORDS)}
    text = page(found, given.times)
    if given.page:
        given.page.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


async def waits(study: str, data: Path, times: int) -> Waits:
    explorer = opened(study, data)
    found = {FIRST: middle([await first(explorer)])}
    for kind in kinds(explorer):
        found[kind] = middle(await costs(explorer, kind, times))
    return found


def middle(found: list[Cost]) -> tuple[float, ...]:
    return tuple(median(figures) for figures in zip(*map(astuple, found), strict=True))


def apart(study: str, data: Path, times: int) -> Waits:
    """The waits in a process of its own."""
    done = subprocess.run([sys.executable, str(HERE), "--study", study, "--data", str(data), "--times", str(times)],
                          check=True, capture_output=True, text=True)
    found: Waits = json.loads(done.stdout)
    return found


def page(found: dict[str, dict[int, Waits]], times: int) -> str:
    head = " | ".join(f"{size:,}: CPU s | wall s" for size in PROMISED)
    lines = []
    for study, sizes in found.items():
        lines += [f"## {WORDS[study]}", "", f"| move | {head} |", "|---|" + "---|---|" * len(PROMISED)]
        for kind in next(iter(sizes.values())):
            cells = [part for size, waits in sizes.items() for part in shown(*waits[kind][:2], PROMISED[size])]
            lines.append(f"| {kind} | {' | '.join(cells)} |")
        lines.append("")
    head = " | ".join(f"{size:,}: CPU s | wall s | still s" for size in PROMISED)
    lines += [LATER, f"| study | {head} |", "|---|" + "---|---|---|" * len(PROMISED)]
    lines += [f"| {WORDS[study]} | " + " | ".join(f"{figure:.2f}" for waits in sizes.values()
                                                  for figure in waits[MEASURED][2:]) + " |"
              for study, sizes in found.items()]
    lines.append("")
    return HEAD.format(times=times, promise=", ".join(
        f"{seconds:g} s at {size:,}" for size, seconds in PROMISED.items())) + "\n".join(lines) + (
        f"\nMeasured with {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}; load "
        f"average at the end, with what others did on the machine: {os.getloadavg()[0]:.0f}.\n")


def shown(cpu: float, wall: float, promised: float) -> tuple[str, str]:
    return f"**{cpu:.2f}**" if round(cpu, 2) > promised else f"{cpu:.2f}", f"{wall:.2f}"


HEAD = """# Speed of the explorer

How long an analyst waits after a move, from the new value of the control to the last widget's new value. Made by one
command, and not to be edited by hand:

```sh
.venv/bin/python tests/benchmarks/explorer --page docs/explorer-speed.md
```

Companies have so many items and customers, and suppliers as the sample company has to its items; what stands on the
matrix are the customers, or the items that were bought. Each figure is the median of {times} moves to different values,
the first move aside, which is one. What is drawn is the *first look*, which says its error; all draws follow when
the hand rests, and are not counted. Nor is what only a search finds, the smallest changes of a candidate's figures: its
reason sheet says that they follow, and they come at rest, as does an open sheet after a move. CPU seconds are those of
the kernel's process on all its threads; wall seconds grow with whatever else the machine does. We promise no more than
{promise} candidates; what takes longer is **bold**. The time that the browser takes to show a move is not in it.

Other months, another last day and the like are figures that nobody has measured yet. Such a move says so, keeps the
last picture, and measures when the hand rests, in a thread beside the kernel's own: the last table has the time until
its first look is there. What was measured is at hand, and so are a category, a market segment, the way back, and one
more step the same way, which is measured while the picture is looked at.

"""
LATER = f"""## Until the first look at other months

The clock has the {REST} s in it after which a hand rests, the processor all that is measured, scored and drawn;
*still* is the longest that the kernel heard nobody meanwhile.
"""


if __name__ == "__main__":
    main()
