"""What is wrong, and the words of the command that helps."""

from __future__ import annotations

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.jobs import JobState
from model_keeper.domain.model_files import HeaderFacts, ModelFile
from model_keeper.engine import doctor
from tests.doubles_jobs import job


def finding(status: Status, name: str = "a.pt", category: str = "vae") -> Finding:
    return Finding(WantedFile(Wanted(name, category), (), required=True), status)


def broken(number: int) -> ModelFile:
    facts = HeaderFacts(problem="its header ends early")
    return ModelFile("loras", "/m/loras", f"{number}.safetensors", 5, 0, header=facts)


def test_each_state_of_a_workflow_has_one_command() -> None:
    states = (Status.RELINK, Status.FETCH, Status.CHOOSE, Status.MISSING)
    findings = [finding(status, status.value) for status in states]
    told = list(doctor.of_workflows(findings, ["w.json"]))
    assert [each.code for each in told] == ["relink", "fetch", "choose", "missing"]
    assert told[0].fix == ("resolve", "w.json", "--relink")
    assert told[1].fix == ("get", "w.json")
    assert told[2].fix == ("resolve", "w.json", "--interactive")


def test_a_file_of_several_workflows_counts_once() -> None:
    findings = [finding(Status.FETCH), finding(Status.FETCH), finding(Status.FETCH, "b.pt")]
    (told,) = doctor.of_workflows(findings, [])
    assert told.text.startswith("2 models are")


def test_what_is_here_or_optional_is_no_symptom() -> None:
    quiet = [finding(s) for s in (Status.ON_DISK, Status.OPTIONAL, Status.BUILTIN)]
    assert list(doctor.of_workflows(quiet, [])) == []


def test_many_broken_files_are_named_in_part_and_counted() -> None:
    told = list(doctor.of_library([broken(n) for n in range(8)], [], 0, 0))
    assert len(told) == 6
    assert "its header ends early" in told[0].text
    assert told[-1].text.startswith("3 more")
    assert told[-1].fix


def test_duplicates_are_advice_and_an_offline_folder_is_trouble() -> None:
    duplicates, offline = reversed(list(doctor.of_library([], ["/mnt/nas"], 2, 3_000_000_000)))
    assert (duplicates.is_trouble, offline.is_trouble) == (False, True)
    assert "3.0 GB" in duplicates.text
    assert "/mnt/nas" in offline.text


def test_little_space_is_said_by_volume() -> None:
    told = list(doctor.of_space([("/m", 1 << 30), ("/n", 1 << 40)]))
    assert [each.code for each in told] == ["space"]
    assert "/m" in told[0].text


def test_jobs_that_wait_for_a_person_and_those_that_failed() -> None:
    jobs = [job(state=state) for state in (JobState.REVIEW, JobState.FAILED, JobState.FAILED)]
    review, failed = doctor.of_queue(jobs)
    assert (review.code, review.is_trouble) == ("review", True)
    assert failed.text.startswith("2 downloads failed")
    assert list(doctor.of_queue([])) == []


def test_a_read_only_folder_is_named() -> None:
    (told,) = doctor.of_folders(["/m/vae"])
    assert "/m/vae" in told.text
    assert told.hint
