"""What the answers of all steps amount to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status, Step, WantedFile, judged

SURE = Candidate(Source.WORKFLOW, "a.safetensors", 100, url="https://one/a.safetensors")
OTHER = replace(SURE, url="https://two/a.safetensors")
LIKELY = replace(SURE, score=70, source=Source.CIVITAI, url="https://three/a.safetensors")
WEAK = replace(LIKELY, score=59)
HERE = Candidate(Source.DISK, "a.safetensors", 100, path="/m/vae/a.safetensors")


def wanted(*, required: bool = True) -> WantedFile:
    return WantedFile(Wanted("a.safetensors", "vae"), (), required)


def of(*steps: Step, required: bool = True) -> Finding:
    return judged(wanted(required=required), steps)


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([], Status.MISSING),
        ([Step()], Status.MISSING),
        ([Step([WEAK])], Status.MISSING),
        ([Step([LIKELY])], Status.CHOOSE),
        ([Step([SURE])], Status.FETCH),
        ([Step([SURE, LIKELY])], Status.FETCH),
        ([Step([SURE, OTHER])], Status.CHOOSE),
        ([Step([HERE])], Status.ON_DISK),
        ([Step([replace(HERE, facts={"value": "sub/a.safetensors"})])], Status.RELINK),
        ([Step([replace(SURE, exact=False)])], Status.CHOOSE),
        ([Step([replace(SURE, blocked=True)])], Status.CHOOSE),
        ([Step(), Step([LIKELY]), Step([SURE])], Status.FETCH),
        ([Step([replace(HERE, score=70, exact=False)]), Step([SURE])], Status.CHOOSE),
    ],
)
def test_what_the_steps_amount_to(steps: list[Step], status: Status) -> None:
    assert of(*steps).status is status


def test_what_is_taken_comes_first_and_the_others_stay_visible() -> None:
    finding = of(Step([LIKELY]), Step([SURE]))
    assert finding.chosen == SURE
    assert finding.candidates == (SURE, LIKELY)


def test_nothing_is_taken_where_a_person_has_to_say() -> None:
    finding = of(Step([SURE, OTHER]))
    assert finding.chosen is None
    assert finding.candidates == (SURE, OTHER)
    assert finding.path is None


def test_two_sources_of_one_content_are_no_choice() -> None:
    same = [replace(SURE, sha256="a" * 64, score=95), replace(OTHER, sha256="a" * 64)]
    finding = of(Step(same))
    assert (finding.status, finding.chosen) == (Status.FETCH, same[1])
    differing = [same[0], replace(OTHER, sha256="b" * 64)]
    assert of(Step(differing)).status is Status.CHOOSE


@pytest.mark.parametrize("step", [Step(), Step([SURE]), Step([LIKELY]), Step([SURE, OTHER])])
def test_what_nothing_active_wants_is_optional_whatever_is_found(step: Step) -> None:
    assert of(step, required=False).status is Status.OPTIONAL


def test_what_is_here_is_here_whoever_wants_it() -> None:
    assert of(Step([HERE]), required=False).status is Status.ON_DISK
    assert of(Step([HERE]), required=False).path == HERE.path


def test_a_step_that_could_not_be_asked_is_remembered() -> None:
    failure = KeeperError("unreachable", host="civitai.com")
    finding = of(Step(failure=failure), Step([LIKELY]))
    assert finding.failures == (failure,)
    assert finding.status is Status.CHOOSE
