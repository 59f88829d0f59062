#!/usr/bin/env python3
"""Counts the overlapping pairs of shifts per agent with DuckDB, by a join.

usage: duckdb_pairs.py FILE.csv        (needs: pip install duckdb pytz)
"""
import sys

import duckdb

connection = duckdb.connect()
connection.execute(
    """create table shift as
    select row_number() over () as record, agent_id, start as starts, "end" as ends
    from read_csv($path, header = true,
                  types = {'start': 'TIMESTAMPTZ', 'end': 'TIMESTAMPTZ'})""",
    {"path": sys.argv[1]},
)
pairs = connection.execute(
    """select count(*) from shift earlier join shift later
    on earlier.agent_id = later.agent_id and earlier.record < later.record
    and earlier.starts < later.ends and later.starts < earlier.ends"""
).fetchone()[0]
print(pairs)
