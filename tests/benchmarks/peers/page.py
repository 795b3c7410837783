"""The page of the comparison, made of what was measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = """# Speed, beside others

How long the same work takes here and with other programs, all with 10 criteria. Made by one command, and not to be
edited by hand:

```sh
python3 -m venv .cache/peers
.cache/peers/bin/python -m pip install -r tests/benchmarks/peers/requirements.txt
.venv/bin/python tests/benchmarks/peers --peers .cache/peers/bin/python
```

| work | ours, CPU s | peer | peer, CPU s | ratio | peak memory, MB: ours | peer |
|---|---|---|---|---|---|---|
"""

TAIL = """
How to read it:

- Each figure is the median of {runs} runs, each in a process of its own; (1) marks a run of more than {slow:.0f} s,
  done once. CPU seconds are user and system together, on one thread, without imports and the making of the input; a
  small run goes before, so that what is loaded on first use counts for nobody.
- Ratio: the peer's CPU seconds over ours. Below 1 the peer is quicker. Differences below 1.5 mean nothing on a machine
  that others use.
- Memory is the peak of the whole process with its input and what it imports, and in brackets what the work itself
  added to it. Of ours some 110 MB are pandas and NumPy as they load, and stand in every row but those on *plain
  arrays* (`srmkit.arrays`), which need NumPy alone: the same kernels without names. A process may take {gigabytes} GB.
- Both sides answer the same question on the same figures: the run stops if the answers differ by more than they may
  (four standard errors where weights are drawn, one step where they are swept, rounding elsewhere).
- Peers are called in the way that their guides show and in the fastest one that we found, as the table says. In the
  way of the guides pymcdm's weighted sum gets a normalisation, `WSM(minmax_normalization)`, and does it anew in every
  draw; every column here spans 0 to 1 exactly, so that it changes no figure. *Fastest* gives it one that does nothing,
  which no guide shows, and turns validation off, which is what makes pymcdm slow as it comes; pysensmcda turns it off
  by itself. Ours puts figures on their scales once, before any draw, and always checks its input.
- pysensmcda draws its own weights, evenly over all of them; ours are scrambled Sobol points over the same space.
- *Exact* means that nothing is drawn or swept: no peer measured here offers that.

{machine}
"""


@dataclass(frozen=True)
class Measured:
    """Median CPU seconds, peak memory and what the work added to it (MB), and how many runs; or why there are none."""

    seconds: float = 0.0
    peak: float = 0.0
    added: float = 0.0
    runs: int = 0
    failed: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    ours: Measured
    peer: str
    theirs: Measured


def page(rows: Iterable[Row], *, machine: str, runs: int, slow: float, gigabytes: int) -> str:
    """The whole page."""
    return HEAD + "".join(map(_line, rows)) + TAIL.format(machine=machine, runs=runs, slow=slow, gigabytes=gigabytes)


def _line(row: Row) -> str:
    cells = [row.work, _seconds(row.ours), row.peer]
    if row.theirs.failed:
        cells += [row.theirs.failed, "-", _memory(row.ours), "-"]
    else:
        ratio = row.theirs.seconds / row.ours.seconds
        cells += [_seconds(row.theirs), f"{_figure(ratio)} x", _memory(row.ours), _memory(row.theirs)]
    return f"| {' | '.join(cells)} |\n"


def _seconds(measured: Measured) -> str:
    return _figure(measured.seconds) + (" (1)" if measured.runs == 1 else "")


def _memory(measured: Measured) -> str:
    return f"{measured.peak:,.0f} ({measured.added:,.0f})"


def _figure(number: float) -> str:
    """Two digits that count, without an exponent."""
    rounded = float(f"{number:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:.6f}".rstrip("0").rstrip(".")
