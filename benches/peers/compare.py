#!/usr/bin/env python3
"""Runs shiftlint and its peers on the same file in turn, and prints a table.

usage: compare.py FILE.csv [--rounds N] [--shiftlint PATH] [--peers NAME,...]

Each round runs every tool once (A B C, A B C, ...), so that whatever else the
machine does falls on all of them. Wall time and peak memory are those of the
whole process, its start included. All have to count the same pairs; only the
ratios mean anything, and only on the machine that printed them.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAIRS_OF_SHIFTS = ("OV101", "OV102", "OV103")
PEERS = {
    "duckdb": ("DuckDB", "duckdb_pairs.py"),
    "polars": ("Polars", "polars_pairs.py"),
    "python": ("Python, every two", "python_loop.py"),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shiftlint", default=str(ROOT / "target/release/shiftlint"))
    parser.add_argument("--peers", default="duckdb,polars", help=", ".join(PEERS))
    return parser.parse_args()


def run(command):
    """The output of a command, its seconds and its peak memory in MB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts kilobytes, macOS bytes.
    memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return output, seconds, memory, process.returncode


def pairs_of_shiftlint(output, code):
    report = json.loads(output)
    if code not in (0, 1) or not report["complete"]:
        sys.exit(f"shiftlint could not check the file (exit code {code})")
    rules = report["summary"]["rules"]
    return sum(rules.get(rule, 0) for rule in PAIRS_OF_SHIFTS)


def pairs_of_peer(output, code):
    if code != 0:
        sys.exit(f"a peer failed (exit code {code})")
    return int(output)


def contestants(options):
    """Name, command, and how to read the pairs from its output."""
    check = [options.shiftlint, "check", options.file, "--format", "json", "--max-per-agent", "0"]
    yield "shiftlint", check, pairs_of_shiftlint
    for word in filter(None, options.peers.split(",")):
        name, script = PEERS[word]
        yield name, [sys.executable, str(HERE / script), options.file], pairs_of_peer


def measure(options):
    tools = list(contestants(options))
    seconds = {name: [] for name, _, _ in tools}
    memory = {name: [] for name, _, _ in tools}
    counted = {}
    for _ in range(options.rounds):
        for name, command, pairs in tools:
            output, wall, peak, code = run(command)
            counted[name] = pairs(output, code)
            seconds[name].append(wall)
            memory[name].append(peak)
    if len(set(counted.values())) != 1:
        sys.exit(f"the tools do not count the same pairs: {counted}")
    return seconds, memory, next(iter(counted.values()))


def table(options, seconds, memory, pairs):
    size = os.path.getsize(options.file) / 1e6
    cores = os.cpu_count()
    print(f"{Path(options.file).name}: {size:,.1f} MB, {pairs:,} pairs, {cores} cores, ", end="")
    print(f"medians of {options.rounds} interleaved runs\n")
    print("| tool | wall | peak memory | wall, to shiftlint | memory, to shiftlint |")
    print("|---|---|---|---|---|")
    wall_of_ours = statistics.median(seconds["shiftlint"])
    memory_of_ours = statistics.median(memory["shiftlint"])
    for name in seconds:
        wall, peak = statistics.median(seconds[name]), statistics.median(memory[name])
        ratios = f"{wall / wall_of_ours:.1f} × | {peak / memory_of_ours:.1f} ×"
        print(f"| {name} | {wall * 1000:,.1f} ms | {peak:,.0f} MB | {ratios} |")


if __name__ == "__main__":
    chosen = arguments()
    table(chosen, *measure(chosen))
