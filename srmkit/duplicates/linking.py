"""Pairs and their worth, by Splink: the only module that knows it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from math import log2
from typing import Any

import pandas as pd

from srmkit.duplicates.fields import Field, Nearness
from srmkit.errors import Problem, SrmkitError

MOST_SAMPLED = 2_000_000  # pairs drawn to learn how often different firms come near by chance
SURE = ("number", "phone", "domain")
RECALL = 0.7  # of the plain rules that find the first twins (Splink's own starting point)
UNKNOWN = -1  # Splink's number for a value that one of the two has not


@dataclass(frozen=True)
class Linked:
    """Pairs as they come from Splink: `left`, `right`, `bits`, and by field `level_<name>` and `bits_<name>`.

    `compared` counts all pairs looked at, `start_bits` is what a pair is worth before it is looked at.
    """

    pairs: pd.DataFrame
    compared: int
    start_bits: float


def is_installed() -> bool:
    """Whether the extra that finds duplicates is there."""
    return find_spec("splink") is not None


def splink() -> Any:
    """The library; SrmkitError names the extra where it is missing."""
    if not is_installed():
        raise SrmkitError(
            "search for duplicates",
            [Problem("the package 'splink'", "is not installed", "",
                     "It comes with an extra: pip install 'srmkit[duplicates]'.")],
        )
    import splink as library

    return library


def link(
    parts: pd.DataFrame,
    fields: Sequence[Field],
    *,
    twins: float,
    least_bits: float,
    train: bool,
    seed: int,
    database: Any = None,
) -> Linked:
    """Score all pairs that meet; `parts` is indexed by id, with a column `<field>_<part>` for each part."""
    library = splink()
    present = [item for item in fields if parts[_column(item, item.comparison.levels[0].part)].notna().any()]
    if len(parts) < 2 or not present:
        return Linked(_nothing(fields), 0, 0.0)
    with _quiet():
        api = _database(library, database)
        table = api.register(parts.reset_index(names="unique_id"))
        chance = min(0.5, twins / (len(parts) - 1))
        settings = _settings(library, present, chance, _dialect(api))
        if train:
            settings = _trained(library, table, settings, present, seed, _dialect(api))
        linker = library.Linker(table, settings, log_level=logging.CRITICAL)
        found = linker.inference.predict(threshold_match_weight=least_bits, warning_mode="never")
        pairs = _by_field(found.as_pandas_dataframe(), fields, present)
        compared = _compared(table, present, _dialect(api))
    prior = settings["probability_two_random_records_match"]
    return Linked(pairs, compared, log2(prior / (1 - prior)))


def _database(library: Any, database: Any) -> Any:
    if database is not None:
        return database
    api = library.DuckDBAPI()
    # sums of floats depend on their order; one thread keeps every run equal to the last digit
    api.duckdb_con.execute("SET threads=1")
    api.duckdb_con.execute("SET enable_progress_bar=false")  # a kernel's would go into the terminal it came from
    return api


def _dialect(api: Any) -> str:
    return str(api.sql_dialect.sql_dialect_str)


def _settings(library: Any, fields: Sequence[Field], chance: float, dialect: str) -> dict[str, Any]:
    creator = library.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(item, dialect) for item in fields],
        blocking_rules_to_generate_predictions=_meetings(fields, dialect),
        probability_two_random_records_match=chance,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    settings: dict[str, Any] = creator.create_settings_dict(dialect)
    return settings


def _comparison(item: Field, dialect: str) -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    main = _column(item, item.comparison.levels[0].part)
    made: list[Any] = [levels.NullLevel(main)]
    for nearness in item.comparison.levels:
        level = _level(levels, item, nearness, dialect)
        made.append(level.configure(m_probability=nearness.same, u_probability=nearness.chance))
    return library.CustomComparison(output_column_name=item.name, comparison_levels=made)


def _level(levels: Any, item: Field, nearness: Nearness, dialect: str) -> Any:
    column = _column(item, nearness.part)
    if nearness.test == "else":
        return levels.ElseLevel()
    if nearness.test == "equal":
        return levels.ExactMatchLevel(column)
    if nearness.test == "alike":
        return levels.JaroWinklerLevel(column, nearness.most)
    least = item.comparison.least_letters.get(nearness.part, 0)
    one, other = (_quoted(f"{column}_{side}", dialect) for side in "lr")
    long = levels.CustomLevel(f"least(length({one}), length({other})) >= {least}")
    return levels.And(levels.DamerauLevenshteinLevel(column, int(nearness.most)), long)


def _meetings(fields: Sequence[Field], dialect: str) -> list[str]:
    """Pairs are looked at where one of these is equal."""
    rules = []
    for item in fields:
        for rule in item.comparison.meet:
            names = {part: _quoted(_column(item, part), dialect) for part in item.comparison.parts}
            left, right = (
                rule.format(**{part: f"{side}.{name}" for part, name in names.items()}) for side in "lr"
            )
            rules.append(f"{left} = {right}")
    return rules


def _trained(
    library: Any, table: Any, settings: dict[str, Any], fields: Sequence[Field], seed: int, dialect: str
) -> dict[str, Any]:
    """The settings with what these parties teach; what they do not show stays as agreed."""
    linker = library.Linker(table, settings, log_level=logging.CRITICAL)
    whole = [(item, _meetings([item], dialect)[0]) for item in fields]
    sure = [rule for item, rule in whole if item.kind in SURE]
    names = [rule for item, rule in whole if item.kind not in SURE]
    plain = [f"{one} AND {other}" for one in names for other in [*names, *sure] if one != other]
    linker.training.estimate_probability_two_random_records_match(plain or sure, recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_SAMPLED, seed=seed)
    # each run holds one field fixed and so learns the others: two runs teach all of them
    for rule in [*names[:2], *sure[:2]][:3]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    learnt: dict[str, Any] = linker.misc.save_model_to_json()
    return _completed(learnt, settings)


def _completed(learnt: dict[str, Any], agreed: dict[str, Any]) -> dict[str, Any]:
    for mine, theirs in zip(learnt["comparisons"], agreed["comparisons"], strict=True):
        for level, before in zip(mine["comparison_levels"], theirs["comparison_levels"], strict=True):
            for name in ("m_probability", "u_probability"):
                if name in before and not isinstance(level.get(name), float):
                    level[name] = before[name]
    return learnt


def _by_field(found: pd.DataFrame, fields: Sequence[Field], present: Sequence[Field]) -> pd.DataFrame:
    if found.empty:
        return _nothing(fields)
    columns: dict[str, Any] = {
        "left": found["unique_id_l"].astype(str), "right": found["unique_id_r"].astype(str),
        "bits": found["match_weight"].astype(float),
    }
    for item in fields:
        levels = len(item.comparison.levels)
        known = item in present
        gamma = found[f"gamma_{item.name}"].astype(int) if known else pd.Series(UNKNOWN, found.index)
        # Splink numbers from the farthest (0) upwards; ours go from the nearest (0) downwards
        columns[f"level_{item.name}"] = gamma.where(gamma == UNKNOWN, levels - 1 - gamma)
        columns[f"bits_{item.name}"] = found[f"mw_{item.name}"].astype(float) if known else 0.0
    return pd.DataFrame(columns)


def _nothing(fields: Sequence[Field]) -> pd.DataFrame:
    names = ["left", "right", "bits", *(f"{part}_{item.name}" for item in fields for part in ("level", "bits"))]
    return pd.DataFrame({name: pd.Series(dtype=str if name in ("left", "right") else float) for name in names})


def _compared(table: Any, fields: Sequence[Field], dialect: str) -> int:
    """How many pairs meet: each counted once, however often it meets."""
    import splink.blocking_analysis as analysis

    counts = analysis.count_comparisons_from_blocking_rules(
        table, blocking_rules=_meetings(fields, dialect), link_type="dedupe_only", record_sample_proportion=1.0
    )
    return int(sum(record["marginal_comparison_count"] for record in counts))


def _quoted(name: str, dialect: str) -> str:
    mark = "`" if dialect == "spark" else '"'
    return f"{mark}{name.replace(mark, 2 * mark)}{mark}"


def _column(item: Field, part: str) -> str:
    return f"{item.name}_{part}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Computing prints nothing: the library's log is held back while it works."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
