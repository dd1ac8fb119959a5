"""``python -m tests.bench [--check] [--write]``: measure, print, and keep or judge the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import answers, collections, downloads, host, library, metadata, queue, workflows
from tests.bench.report import Table, machine

PAGE = Path(__file__).parent.parent.parent / "docs" / "benchmarks.md"
_INTRODUCTION = """# Benchmarks

Measured by `make bench`, which prints this table for your machine; `make bench-check` fails where
a limit does not hold. Times of a download run from the moment a warm worker claims the job to the
moment its success is stored, with both hashes and the structure verified; the other tools verify
nothing. Runs are interleaved and each figure is the minimum of seven. Where there is a limit and a
goal, the limit binds and the goal is where it should get to.

Machine: {machine}.

{table}

The best peer that verifies while it downloads does so on one thread, with one hash and nothing
kept for a resume; “one thread with SHA256” is that way, measured in the same run. Against curl,
which verifies nothing, the ratio is one of this machine's memory to its hash units: the two hashes
alone take longer here than curl's whole download where curl is fast.

Where the time goes: the bytes are received by one thread into a reused buffer while a second one
hashes what has arrived, so on two cores a download takes about as long as the longer of the two,
and the server shares the same processors. A second connection is only opened where one is slow.
"""


def _by_hand(page: str) -> str:
    """What follows the table on the page: its sections, which nobody makes anew."""
    _, heading, rest = page.partition("\n## ")
    return heading + rest


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--check", action="store_true", help="fail where a limit does not hold")
    parser.add_argument("--write", action="store_true", help="keep the table in the documentation")
    chosen = parser.parse_args()
    memory = Path("/dev/shm")
    table = Table()
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        downloads.measure(Path(made), table)
        queue.measure(Path(made), table)
        library.measure(Path(made), table)
        metadata.measure(Path(made), table)
        collections.measure(Path(made), table)
        answers.measure(Path(made), table)
        workflows.measure(Path(made), table)
        host.measure(Path(made), table)
    print(table.markdown())
    if chosen.write:
        made_now = _INTRODUCTION.format(machine=machine(), table=table.markdown())
        PAGE.write_text(made_now + _by_hand(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0 if table.holds or not chosen.check else 1


if __name__ == "__main__":
    sys.exit(main())
