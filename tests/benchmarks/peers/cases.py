"""Which pieces of work are compared, at which size, and how far the answers may be apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Peer:
    """Who else does the work: the words of the table, the function, and the number of draws if it is another."""

    words: str
    function: str
    draws: int | None = None


@dataclass(frozen=True)
class Work:
    """One piece of work of ours and the peers that do it; answers differ by `within` at most.

    `within` of sampled shares is four standard errors at their largest, of swept ends one step. Where
    `plain`, ours is measured on plain arrays, too, by the function of the same name and `_arrays`.
    """

    words: str
    ours: str
    candidates: int
    draws: int
    peers: tuple[Peer, ...]
    within: float
    plain: bool = False


WORK = (
    Work(
        "every rank of 1,000 candidates in 10,000 draws of the weights", "ours.rank_acceptability", 1_000, 10_000,
        (
            Peer("pysensmcda with a method of pymcdm, as its guide has it", "theirs.rank_acceptability_both"),
            Peer("pysensmcda at its fastest: given a matrix product for a method",
                 "theirs.rank_acceptability_pysensmcda"),
            Peer("loop over pymcdm as it comes", "theirs.rank_acceptability_pymcdm_by_default"),
            Peer("loop over pymcdm at its fastest: no validation, no normalisation",
                 "theirs.rank_acceptability_pymcdm"),
        ),
        within=4 * 0.29 * 2**0.5 / 10_000**0.5,  # 0.29: deviation of an even spread over all ranks
        plain=True,
    ),
    Work(
        "a place among 10 for 10,000 candidates in 10,000 draws", "ours.top_places", 10_000, 10_000,
        (Peer("pysensmcda at its fastest, which counts every rank", "theirs.top_by_full_matrix"),),
        within=4 * 0.5 * 2**0.5 / 10_000**0.5, plain=True,
    ),
    Work(
        "one of 3 grades for 10,000 candidates in 10,000 draws", "ours.grades", 10_000, 10_000,
        (Peer("loop over pymcdm at its fastest: no validation, no normalisation", "theirs.grade_shares_by_draws"),),
        within=4 * 0.5 * 2**0.5 / 10_000**0.5, plain=True,
    ),
    Work(
        "how far each of 10 weights may move before the first 10 of 1,000 change; ours exact",
        "ours.stability_intervals", 1_000, 0,
        (
            Peer("101 steps of each weight by pymcdm as it comes", "theirs.stability_sweep_by_default"),
            Peer("the same at its fastest: no validation, no normalisation", "theirs.stability_sweep"),
        ),
        within=0.01,
    ),
    Work(
        "shares of all weights that give 100,000 candidates each of 3 grades; ours exact",
        "ours.grade_shares", 100_000, 0,
        (Peer("loop over pymcdm at its fastest, no validation, no normalisation: 1,000 draws",
              "theirs.grade_shares_by_draws", draws=1_000),),
        within=4 * 0.5 / 1_000**0.5, plain=True,
    ),
    *(
        Work(f"PROMETHEE II of {candidates:,} candidates", "ours.promethee", candidates, 0,
             (Peer("pymcdm at its fastest: not validating", "theirs.promethee"),), within=1e-12, plain=True)
        for candidates in (1_000, 10_000)
    ),
    Work(
        "scores of 1,000,000 candidates: checked, points by criterion when asked", "ours.scoring", 1_000_000, 0,
        (
            Peer("pymcdm as it comes (totals and ranks)", "theirs.scoring"),
            Peer("plain NumPy formula (totals and order, nothing checked)", "theirs.scoring_numpy"),
        ),
        within=1e-9,
    ),
    Work("`import srmkit`", "ours.import_srmkit", 0, 0, (Peer("`import pandas`", "ours.import_pandas"),), 0),
)
