"""What is wrong, and the words of the command that helps."""

from __future__ import annotations

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.jobs import JobState
from model_keeper.domain.model_files import HeaderFacts, ModelFile
from model_keeper.domain.prechecks import Key
from model_keeper.domain.recommendations import ActionKind, Code, Recommendation
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


def test_some_broken_files_are_named_with_their_reasons() -> None:
    told = list(doctor.of_broken([broken(n) for n in range(8)]))
    assert len(told) == 5
    assert "its header ends early" in told[0].text


def test_an_offline_folder_is_trouble() -> None:
    (offline,) = doctor.of_offline(["/mnt/nas"])
    assert offline.is_trouble
    assert "/mnt/nas" in offline.text


def test_every_recommendation_has_a_sentence_and_a_way_on() -> None:
    found = [
        Recommendation(code, ActionKind.HASH, 2, None, 3_000_000_000, path="/m") for code in Code
    ]
    told = list(doctor.of_recommendations(found))
    assert [each.code for each in told] == [code.value for code in Code]
    assert all(each.fix or each.hint for each in told)
    assert [each.code for each in told if each.is_trouble] == ["files_broken", "space_low"]
    texts = {each.code: each.text for each in told}
    assert texts["space_low"] == "Only 3.0 GB are free where /m is."
    assert texts["hashes_missing"] == "2 files never checked by SHA256: 3.0 GB."


def test_metadata_is_told_by_category_with_what_is_missing() -> None:
    missing = {"trained_words": 37, "base_model": 4}
    one = Recommendation(Code.METADATA, ActionKind.METADATA, 37, "loras", missing=missing)
    (told,) = doctor.of_recommendations([one])
    assert told.text == "37 models in loras without all of: trained words, base model."
    assert told.fix == ("maintenance", "apply", "metadata_incomplete", "--category", "loras")


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


def test_only_a_key_that_is_refused_is_a_symptom() -> None:
    keys = {"a": Key.VALID, "b": Key.UNTESTED, "c": Key.MISSING, "civitai": Key.REFUSED}
    (told,) = doctor.of_keys(keys)
    assert (told.code, told.fix) == ("key_refused", ("auth", "set", "civitai"))


def test_what_waits_needs_a_worker() -> None:
    assert list(doctor.of_worker(0, works=False)) == []
    assert list(doctor.of_worker(3, works=True)) == []
    (told,) = doctor.of_worker(1, works=False)
    assert (told.code, told.text) == ("worker_absent", "1 job waits, and no worker runs.")
