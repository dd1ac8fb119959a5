"""What a decision means for the manifest, and where a linked file would go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.manifests import Criticality
from model_keeper.domain.references import Location, ModelEntry, Reference
from model_keeper.engine.decisions import (
    OPTIONAL,
    SKIPPED,
    Decision,
    Unattended,
    decided_by,
    decision_row,
    expected_name,
    suggested_path,
)

PLACE = Reference(
    "7", "LoraLoader", "lora_name", "sub\\ink", Location("s", "7", ("w", 0)), "loras", "s"
)
FOUND = Candidate(Source.CIVITAI, "ink_v2.safetensors", 95, url="https://c/1", sha256="a" * 64)
SURE = replace(FOUND, score=100)


def finding(
    status: Status, *candidates: Candidate, name: str = "sub/ink", category: str = "loras"
) -> Finding:
    wanted = Wanted(name, category)
    return Finding(WantedFile(wanted, (PLACE,), required=True), status, candidates)


def test_a_candidate_that_is_taken_keeps_its_source_its_place_and_its_proof() -> None:
    row = decision_row(finding(Status.CHOOSE, FOUND), Decision.take(FOUND))
    assert row is not None
    assert row.relative_path == "loras/sub/ink_v2.safetensors"
    assert (row.filename, row.category, row.sources) == (
        "ink_v2.safetensors",
        "loras",
        ("https://c/1",),
    )
    assert (row.expected, row.criticality) == ("a" * 64, Criticality.FLEXIBLE)
    assert [node.node_id for node in row.nodes] == ["s:7"]
    assert row.is_intent


def test_a_pasted_link_goes_where_the_person_says() -> None:
    decision = Decision.link("https://host/x.safetensors", "loras/mine/x.safetensors")
    row = decision_row(finding(Status.MISSING), decision)
    assert row is not None
    assert (row.category, row.relative_path) == ("loras", "loras/mine/x.safetensors")


@pytest.mark.parametrize(
    ("url", "path", "code"),
    [
        ("nonsense", None, "link_unreadable"),
        ("https://host/x.pt", "../x.pt", "destination_outside_root"),
    ],
)
def test_a_link_that_cannot_be_is_refused_before_it_is_kept(
    url: str, path: str | None, code: str
) -> None:
    with pytest.raises(KeeperError) as refused:
        Decision.link(url, path)
    assert refused.value.code == code


def test_optional_is_kept_and_nothing_is_kept_of_a_skip() -> None:
    row = decision_row(finding(Status.MISSING), OPTIONAL)
    assert row is not None
    assert (row.criticality, row.sources, row.is_question) == (Criticality.OPTIONAL, (), False)
    assert decision_row(finding(Status.MISSING), SKIPPED) is None


def test_only_what_is_certain_is_taken_unasked() -> None:
    nobody = Unattended()
    assert decided_by(finding(Status.FETCH, SURE), nobody) == Decision.take(SURE)
    for status in (Status.CHOOSE, Status.MISSING, Status.ON_DISK, Status.OPTIONAL, Status.RELINK):
        assert decided_by(finding(status, SURE), nobody) == SKIPPED, status
    bold = Unattended(first=True)
    assert decided_by(finding(Status.CHOOSE, SURE, FOUND), bold) == Decision.take(SURE)
    doubtful = replace(SURE, exact=False)
    assert decided_by(finding(Status.CHOOSE, doubtful), bold) == SKIPPED


def test_the_expected_name_is_the_workflows_own() -> None:
    same = replace(FOUND, name="other.safetensors")
    assert expected_name(finding(Status.FETCH, name="a/b.safetensors"), same) == "a/b.safetensors"
    assert expected_name(finding(Status.FETCH, name="a/b"), same) == "a/other.safetensors"
    declared = finding(Status.FETCH, name="a/b")
    entry = ModelEntry("a/b", "https://x/b.safetensors", "loras")
    wanted = replace(declared.wanted, entries=(entry,))
    declared = replace(declared, file=replace(declared.file, wanted=wanted))
    assert expected_name(declared, same) == "a/b", "a node that says so is believed"


@pytest.mark.parametrize(
    ("url", "category", "hint", "path"),
    [
        ("https://h/x.safetensors", "loras", "sub/ink.safetensors", "loras/sub/ink.safetensors"),
        ("https://h/x.safetensors", "loras", "sub/ink", "loras/sub/ink.safetensors"),
        ("https://civitai.com/models/1", "loras", "ink", "loras/ink"),
        ("https://h/x.ckpt", None, "m.ckpt", "checkpoints/m.ckpt"),
    ],
)
def test_where_a_linked_file_would_go(url: str, category: str, hint: str, path: str) -> None:
    assert suggested_path(url, category, hint) == path
