"""The search for duplicates on a Spark cluster finds the pairs that it finds in the embedded engine, with the same bits."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import splink

from srmkit.duplicates import find_duplicates
from srmkit.sample import SampleSettings, make_company


@pytest.mark.filterwarnings("ignore:The copy keyword is deprecated")  # PySpark 4.0 hands frames to pandas 3 so
def test_the_planted_groups_and_every_other_pair_are_the_same_on_spark(spark: Any) -> None:
    """Two seeds, 240 suppliers: the planted pairs, subsidiaries that share a domain, and pairs by chance."""
    lists = [make_company(SampleSettings(seed=seed, customers=60)) for seed in (SampleSettings().seed, 11)]
    parties = pd.concat([one.tables["suppliers"].set_index("supplier_id").rename(
        index=f"{place}-{{}}".format) for place, one in enumerate(lists)])
    here = find_duplicates(parties)
    there = find_duplicates(parties, database=splink.SparkAPI(spark_session=spark))
    assert there.compared == here.compared
    pd.testing.assert_frame_equal(there.pairs, here.pairs, check_exact=False, rtol=1e-9)
    likely = {frozenset(pair) for pair in
              there.pairs.loc[there.pairs["probability"] >= 0.5, ["left", "right"]].itertuples(index=False, name=None)}
    for place, company in enumerate(lists):
        planted = company.truth["purchasing"]["duplicate_suppliers"]
        assert {frozenset(f"{place}-{party}" for party in pair) for pair in planted} <= likely
