#!/usr/bin/env python3
"""Counts the overlapping pairs of shifts per agent with Polars, by a join.

usage: polars_pairs.py FILE.csv        (needs: pip install polars)
"""
import sys

import polars


def instant(column):
    form = "%Y-%m-%dT%H:%M:%S%:z"
    return polars.col(column).str.to_datetime(form, time_zone="UTC")


shift = (
    polars.scan_csv(sys.argv[1])
    .select("agent_id", starts=instant("start"), ends=instant("end"))
    .with_row_index("record")
)
earlier, later = polars.col, lambda name: polars.col(f"{name}_later")
pairs = (
    shift.join(shift, on="agent_id", suffix="_later")
    .filter(
        (earlier("record") < later("record"))
        & (earlier("starts") < later("ends"))
        & (later("starts") < earlier("ends"))
    )
    .select(polars.len())
    .collect(engine="streaming")
    .item()
)
print(pairs)
