"""``python -m tests.mutants``: break a copy in named ways; each breakage must fail its test.

``REPORT=json`` prints the result as data. A breakage that is not found in its file, or whose test
does not run to a failure (an import error, a collection error), counts as not caught.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.mutants.breakages import BREAKAGES, Breakage

ROOT = Path(__file__).parent.parent.parent
_AT_ONCE = 2
_SECONDS = 150
_WHICH = "import model_keeper; print(model_keeper.__file__)"


@dataclass(frozen=True)
class Result:
    name: str
    file: str
    test: str
    caught: bool
    why: str


@dataclass(frozen=True)
class Ran:
    """How a test run ended: how many tests it had, and what became of those that did not pass.

    ``failed``: what each failing test said; ``unrun``: what kept tests from being run to an end.
    """

    tests: int
    failed: tuple[str, ...] = ()
    unrun: tuple[str, ...] = ()


def run(copy: Path, *tests: str, seconds: float = _SECONDS) -> Ran:
    """Run tests of the copy against the copy's sources."""
    report = copy / "report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout", "120"]
    try:
        subprocess.run(
            [*command, f"--junitxml={report}", *tests],
            cwd=copy,
            env=_environment(copy),
            timeout=seconds,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        suite = ET.parse(report).getroot().find("testsuite")
    except (subprocess.TimeoutExpired, OSError, ET.ParseError) as exc:
        return Ran(0, unrun=(f"no report: {type(exc).__name__}",))
    assert suite is not None
    return Ran(int(suite.get("tests", "0")), _said(suite, "failure"), _said(suite, "error"))


def judge(breakage: Breakage) -> Result:
    """Break a fresh copy and look whether the named test notices."""

    def result(why: str, *, caught: bool = False) -> Result:
        return Result(breakage.name, breakage.file, breakage.test, caught, why)

    with tempfile.TemporaryDirectory(prefix="mutant-") as made:
        copy = copied(Path(made))
        path = copy / "py" / "model_keeper" / breakage.file
        source = path.read_text(encoding="utf-8")
        if source.count(breakage.old) != 1:
            return result(f"its text stands {source.count(breakage.old)} times in the file")
        path.write_text(source.replace(breakage.old, breakage.new), encoding="utf-8")
        ran = run(copy, breakage.test)
    if ran.unrun or not ran.tests:
        return result(f"its test did not run: {'; '.join(ran.unrun) or 'there is none'}")
    if not ran.failed:
        return result("its test still passes")
    return result(ran.failed[0], caught=True)


def copied(folder: Path) -> Path:
    """What the tests need, in a folder of its own."""
    copy = folder / "copy"
    ignored = shutil.ignore_patterns("__pycache__", "bench", "mutants")
    for name in ("py", "tests", "web/dist"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("__init__.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def sound() -> str | None:
    """Why the unbroken copy is no fair ground, or None where all its tests pass."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as made:
        copy = copied(Path(made))
        which = subprocess.run(
            [sys.executable, "-c", _WHICH],
            cwd=copy,
            env=_environment(copy),
            capture_output=True,
            text=True,
            check=True,
        )
        if not which.stdout.startswith(str(copy)):
            return f"the tests would import {which.stdout.strip()}"
        tests = dict.fromkeys(breakage.test for breakage in BREAKAGES)
        ran = run(copy, *tests, seconds=2 * _SECONDS)
        if ran.failed or ran.unrun or not ran.tests:
            return "; ".join(ran.failed + ran.unrun) or "none of the tests was found"
    return None


def main() -> int:
    unsound = sound()
    if unsound:
        print(f"The unbroken copy is not sound: {unsound}.")
        return 1
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        results = list(pool.map(judge, BREAKAGES))
    if os.environ.get("REPORT") == "json":
        print(json.dumps({"mutants": [vars(result) for result in results]}, indent=1))
    else:
        for result in results:
            sign = "caught  " if result.caught else "SURVIVED"
            print(f"{sign}  {result.name}  ({result.file}): {result.why}")
    survivors = sum(not result.caught for result in results)
    print(f"{len(results) - survivors} of {len(results)} breakages caught", file=sys.stderr)
    return 1 if survivors else 0


def _said(suite: ET.Element, kind: str) -> tuple[str, ...]:
    """Of every test that ended so: its name and the first line of why."""
    return tuple(
        f"{case.get('name')}: {(end.get('message') or kind).splitlines()[0]}"
        for case in suite.iter("testcase")
        for end in case.iter(kind)
    )


def _environment(copy: Path) -> dict[str, str]:
    """The copy's sources go before the installed ones, also in processes that tests start."""
    return {
        **os.environ,
        "PYTHONPATH": str(copy / "py"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MODEL_KEEPER_TEST_PATIENCE": "40",  # on broken code it comes to its end
    }


if __name__ == "__main__":
    sys.exit(main())
