#!/usr/bin/env python3
"""Counts the overlapping pairs of shifts per agent by comparing every two.

What a short script does; its work grows with the square of the file.

usage: python_loop.py FILE.csv
"""
import csv
import sys
from datetime import datetime
from itertools import combinations

with open(sys.argv[1], newline="") as file:
    shifts = [
        (row["agent_id"], datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"]))
        for row in csv.DictReader(file)
    ]
pairs = sum(
    earlier[0] == later[0] and earlier[1] < later[2] and later[1] < earlier[2]
    for earlier, later in combinations(shifts, 2)
)
print(pairs)
