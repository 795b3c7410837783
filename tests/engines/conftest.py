"""Engines to measure on: Parquet files, a PostgreSQL server and a Spark cluster of this machine, and what they hold."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.tables import CATALOGUE, Dataset, connect_dataset, read_dataset

REPOSITORY = Path(__file__).resolve().parents[2]
edge_cases = runpy.run_path(str(Path(__file__).with_name("edge_cases.py")))["edge_cases"]
COMPANIES: Mapping[str, Callable[[], Dataset]] = {"sample": lambda: read_dataset("sample"), "edge cases": edge_cases}
PLACED_HERE = REPOSITORY / ".cache" / "spark"  # by `make spark`
POSTGRES_TYPES = {"date": "date", "flag": "boolean", "id": "text", "text": "text"}


@pytest.fixture(scope="session", params=COMPANIES)
def embedded(request: pytest.FixtureRequest) -> Dataset:
    """A company in the embedded engine, as every study reads it."""
    return COMPANIES[request.param]()


@pytest.fixture(scope="session")
def written(embedded: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company as a folder of Parquet files, one a table."""
    folder = tmp_path_factory.mktemp("parquet")
    for name in embedded.tables:
        embedded.frame(name).to_parquet(folder / f"{name}.parquet", index=False, coerce_timestamps="us")
    return folder


@pytest.fixture(scope="session", params=["parquet", "postgres", "spark"])
def elsewhere(
    request: pytest.FixtureRequest, embedded: Dataset, written: Path, tmp_path_factory: pytest.TempPathFactory
) -> Dataset:
    """The same company where it lies: in files, some orders at a time, on a server, in a cluster."""
    if request.param == "parquet":
        folder = tmp_path_factory.mktemp("parts")
        for name in embedded.tables:
            frame = embedded.frame(name)
            if name == "purchase_order_lines":
                frame = frame.sort_values("po_id")
            groups = {"row_group_size": 1 + len(frame) // 20}
            frame.to_parquet(folder / f"{name}.parquet", index=False, coerce_timestamps="us", **groups)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("srmkit.tables.in_place.AT_ONCE", len(embedded.frame("purchase_order_lines")) // 5)
            data = connect_dataset(folder)
        assert data.cuts
        return data
    if request.param == "postgres":
        return connect_dataset(request.getfixturevalue("on_server")(request.getfixturevalue("postgres"), embedded))
    spark = request.getfixturevalue("spark")
    for name in embedded.tables:
        spark.read.parquet(str(written / f"{name}.parquet")).createOrReplaceTempView(name)
    return connect_dataset(spark, keys=False)  # looked for on the other engines; here each query costs a second


@pytest.fixture(scope="session")
def postgres(require: Callable[[bool, str], None]) -> Iterator[str]:
    """The URL of a PostgreSQL server that this test run starts and stops; only a socket leads to it."""
    programs = _postgres_programs()
    require(programs is not None, "needs a PostgreSQL server (initdb), on Debian: apt-get install postgresql")
    assert programs is not None
    home = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has at most 107 letters
    if os.geteuid() == 0:
        shutil.chown(home, "nobody")
    with contextlib.ExitStack() as at_end:
        at_end.callback(shutil.rmtree, home, ignore_errors=True)
        made = ["initdb", "-D", f"{home}/data", "-U", "srmkit", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _as_somebody([str(programs / made[0]), *made[1:]], home).wait()
        quick = [part for setting in ("fsync=off", "listen_addresses=", f"unix_socket_directories={home}")
                 for part in ("-c", setting)]
        server = _as_somebody([str(programs / "postgres"), "-D", f"{home}/data", *quick], home)
        at_end.callback(server.wait)
        at_end.callback(server.send_signal, signal.SIGINT)  # does not wait for those still connected
        url = f"postgresql://srmkit@/postgres?host={home}"
        _until_it_answers(url, server, home)
        yield url


@pytest.fixture(scope="session")
def spark(require: Callable[[bool, str], None]) -> Iterator[Any]:
    """A session on a Spark cluster of two worker processes on this machine."""
    if importlib.util.find_spec("pyspark") is None and PLACED_HERE.is_dir():
        sys.path.append(str(PLACED_HERE))
    require(importlib.util.find_spec("pyspark") is not None, "needs PySpark, 460 MB: make spark")
    require(shutil.which("java") is not None, "needs Java 17, on Debian: apt-get install default-jre-headless")
    import pyspark
    from pyspark.sql import SparkSession
    from splink.internals.spark.jar_location import similarity_jar_location

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(Path(pyspark.__file__).parent)}
    home = tempfile.mkdtemp(prefix="spark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.local.dir": home,
        "spark.sql.warehouse.dir": home,
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.log.level": "ERROR",
        "spark.jars": similarity_jar_location(),  # likeness of words, for the search for duplicates
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("srmkit")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setCheckpointDir(f"{home}/checkpoints")
    yield session
    session.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def on_server() -> Callable[[str, Dataset], str]:
    """Write a company's tables into a schema of its own; the URL that finds them."""
    done: dict[tuple[str, str], str] = {}

    def write(url: str, company: Dataset) -> str:
        if (url, company.name) not in done:
            done[url, company.name] = _on_server(url, company)
        return done[url, company.name]

    return write


def _postgres_programs() -> Path | None:
    """The folder that holds initdb and postgres; Debian keeps it off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    return next((folder for folder in [*debian, *on_path] if (folder / "initdb").is_file()), None)


def _as_somebody(command: list[str], home: Path) -> subprocess.Popen[bytes]:
    """Start a program of the server, which refuses to run as root."""
    who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    log = (home / "log").open("ab")
    with log:
        return subprocess.Popen(command, cwd=home, stdout=log, stderr=log, **who)


def _until_it_answers(url: str, server: subprocess.Popen[bytes], home: Path) -> None:
    import psycopg

    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url).close()
            return
        assert server.poll() is None, (home / "log").read_text()
        time.sleep(0.1)
    raise AssertionError((home / "log").read_text())


def _on_server(url: str, company: Dataset) -> str:
    """Write a company's tables into a schema of its own; the URL that finds them."""
    import psycopg

    schema = company.name.replace(" ", "_")
    with psycopg.connect(url) as link, link.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema}"')
        for name in company.tables:
            columns = [f"{c.name} {POSTGRES_TYPES.get(c.kind, 'double precision')}" for c in CATALOGUE[name].columns]
            cursor.execute(f'CREATE TABLE "{schema}".{name} ({", ".join(columns)})')
            with cursor.copy(f'COPY "{schema}".{name} FROM STDIN') as rows:
                for row in company.frame(name).astype(object).itertuples(index=False):
                    rows.write_row([None if pd.isna(cell) else _plain(cell) for cell in row])
    return f"{url}&options=-csearch_path%3D{schema}"


def _plain(cell: Any) -> Any:
    return cell.date() if isinstance(cell, pd.Timestamp) else cell
