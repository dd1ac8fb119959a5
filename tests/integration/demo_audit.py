"""Run the demo, then believe nothing of it: every file is hashed again, the record is checked."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def audit(folder: Path) -> list[str]:
    """What is wrong with the demo's record and files; nothing is right."""
    record: dict[str, Any] = json.loads((folder / "demo-record.json").read_text())
    true_hashes = {row["sha256"]: row["size"] for row in record["manifest"].values()}
    wrong = [f"{f['source']}: {f['state']}" for f in record["files"] if f["state"] != "succeeded"]
    for row in record["files"]:
        path = Path(row["path"] or "")
        if not path.is_file():
            wrong.append(f"{row['source']}: no file")
            continue
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        if true_hashes.get(sha256) != path.stat().st_size or sha256 != row["sha256"]:
            wrong.append(f"{path}: not the origin's file")
        if row["verdict"] != "VERIFIED" or "sha256_compared" not in row["why"]:
            wrong.append(f"{path}: {row['verdict']} {row['why']}")
    if len(record["files"]) != len(record["manifest"]):
        wrong.append(f"{len(record['files'])} files of {len(record['manifest'])}")
    if len(record["workflows"]) < 3 or not any(w["subgraphs"] for w in record["workflows"]):
        wrong.append("fewer than three workflows, or none with subgraphs")
    if len(set(record["workers"])) < 2 or record["killed"] not in record["workers"]:
        wrong.append(f"no second worker after a kill: {record['workers']}")
    resumed = [r for r in record["requests"] if r["status"] == 206 and r["range"] != "bytes=0-0"]
    if not any(not str(r["range"]).startswith("bytes=0-") and r["if_range"] for r in resumed):
        wrong.append("nothing was resumed with a 206 and If-Range")
    leftovers = list((folder / "models").rglob("*.part*"))
    return wrong + [f"{path}: left over" for path in leftovers]


def main() -> int:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "demo"
        command = [sys.executable, "-m", "model_keeper", "demo", "--json", "--dir", str(folder)]
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        wrong = audit(folder)
    for line in wrong:
        print(f"wrong: {line}")
    if not wrong and done.returncode == 0:
        print("The demo's files and its record are right.")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
