"""A real Dask cluster of two processes, one of them killed at its work."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from dask.distributed import Client, LocalCluster

from analysis import cluster
from analysis.__main__ import main
from analysis.articles import read_articles
from analysis.extraction import extract

EXERCISE = Path(__file__).parents[1] / "notebooks" / "exercise" / "articles"


@pytest.fixture(scope="module")
def scheduler():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as running:
        yield running.scheduler_address


def test_a_lost_worker_costs_nothing(scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "BATCH", 2)
    articles, _ = read_articles(EXERCISE)
    made = cluster.extract(articles, scheduler, tmp_path)
    found = [next(made)]
    with Client(scheduler) as client:
        pids = client.run(os.getpid)
    assert len(pids) == 2
    os.kill(next(iter(pids.values())), signal.SIGKILL)
    found += made
    with Client(scheduler) as client:
        client.wait_for_workers(2, timeout=60)
        assert set(client.run(os.getpid).values()) != set(pids.values())
    assert found == list(extract(articles))
    assert list(tmp_path.iterdir()) == []


def test_an_article_that_a_worker_fails_at_costs_no_other_its_rows(scheduler, tmp_path):
    articles, _ = read_articles(EXERCISE)
    given = [*articles[:2], replace(articles[2], published=19), *articles[3:5]]  # 19 is no date that a reader gives
    found = list(cluster.extract(given, scheduler, tmp_path))
    assert found == list(extract(given))
    assert [[problem.what for problem in e.problems] for e in found] == [[], [], ["not analysed"], [], []]
    assert [bool(e.mentions) for e in found] == [True, True, False, True, True]


def test_the_command_writes_the_same_bytes_with_a_cluster(scheduler, tmp_path, monkeypatch):
    tables = []
    for number, more in enumerate((["--scheduler", scheduler], [])):
        monkeypatch.setenv("WORKBOOK_CACHE", str(tmp_path / f"cache{number}"))
        out = tmp_path / f"out{number}"
        assert main(["extract", str(EXERCISE), "--out", str(out), *more]) == 0
        tables.append({path.name: path.read_bytes() for path in out.glob("*.parquet")})
    assert len(tables[0]) > 8
    assert tables[0] == tables[1]


def test_a_worker_with_other_rules_is_an_error(scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster.keys, "rules_version", lambda: "other rules")
    articles, _ = read_articles(EXERCISE)
    with pytest.raises(RuntimeError, match="install the same version"):
        next(cluster.extract(articles, scheduler, tmp_path))


def test_a_folder_that_is_not_shared_is_an_error(scheduler, tmp_path):
    articles, _ = read_articles(EXERCISE)
    with pytest.raises(OSError, match="name a folder that all machines share"):
        next(cluster.extract(articles[:1], scheduler, "memory://not-shared"))
