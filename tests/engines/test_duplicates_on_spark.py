"""Duplicates looked for on a Spark cluster: the same pairs as in the embedded engine, with the same bits."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import splink

from srmkit.duplicates import find_duplicates
from srmkit.sample import make_company

LIBRARY: Any = splink  # its part for Spark is there only where PySpark is


@pytest.mark.filterwarnings("ignore:The copy keyword is deprecated")  # PySpark 4.0 hands frames to pandas 3 so
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # and leaves sockets to be collected
def test_the_planted_groups_and_every_other_pair_are_the_same_on_spark(spark: Any) -> None:
    company = make_company()
    parties = company.tables["suppliers"].set_index("supplier_id")
    here = find_duplicates(parties)
    there = find_duplicates(parties, database=LIBRARY.SparkAPI(spark_session=spark, num_partitions_on_repartition=2))
    assert there.compared == here.compared
    pd.testing.assert_frame_equal(there.pairs, here.pairs, check_exact=False, rtol=1e-9)
    likely = there.pairs.loc[there.pairs["probability"] >= 0.5, ["left", "right"]]
    planted = company.truth["purchasing"]["duplicate_suppliers"]
    assert sorted(map(sorted, likely.to_numpy().tolist())) == sorted(map(sorted, planted))
