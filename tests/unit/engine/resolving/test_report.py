"""The document that tells what became of each place of a workflow."""

from __future__ import annotations

import json

from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.references import Location, ModelEntry, Reference
from model_keeper.engine.resolving.report import resolution_report


def place(node_id: str, value: str = "ae.safetensors", **more: object) -> Reference:
    scope = str(more.pop("scope", ""))
    return Reference(
        node_id=node_id,
        node_type="VAELoader",
        widget="vae_name",
        value=value,
        location=Location(scope, node_id, ("widgets_values", 0)),
        scope=scope,
        **more,  # type: ignore[arg-type]
    )


def finding(
    status: Status,
    *places: Reference,
    entries: tuple[ModelEntry, ...] = (),
    candidates: tuple[Candidate, ...] = (),
) -> Finding:
    wanted = Wanted("ae.safetensors", category="vae", entries=entries)
    return Finding(WantedFile(wanted, places, required=True), status, candidates)


ON_DISK = Candidate(Source.DISK, "ae.safetensors", 100, path="/models/vae/ae.safetensors", size=5)
OFFERED = Candidate(
    Source.HUGGINGFACE,
    "ae.safetensors",
    75,
    (Evidence("same_name", 60, "The file name is the same."),),
    url="https://huggingface.co/a/b/resolve/main/ae.safetensors",
    sha256="ab" * 32,
    size=7,
)


def test_a_file_has_a_row_for_every_place_and_counts_once() -> None:
    found = finding(
        Status.ON_DISK,
        place("1"),
        place("2", "sub\\ae.safetensors", scope="inner", active=False, category="vae_approx"),
        candidates=(ON_DISK,),
    )
    report = resolution_report("Portrait", "ui", [found])
    common = {
        "node_type": "VAELoader",
        "widget": "vae_name",
        "status": "on_disk",
        "path": "/models/vae/ae.safetensors",
        "candidates": [
            {"source": "disk", "url": None, "score": 100, "evidence": [], "sha256": None, "size": 5}
        ],
    }
    assert report["references"] == [
        {**common, "scope": None, "node_id": "1", "value": "ae.safetensors", "category": "vae",
         "active": True},
        {**common, "scope": "inner", "node_id": "2", "value": "sub\\ae.safetensors",
         "category": "vae_approx", "active": False},
    ]  # fmt: skip
    assert (report["workflow"], report["format"]) == ("Portrait", "ui")
    assert report["summary"]["files"] == 1
    assert report["summary"]["references"] == 2
    assert report["summary"]["on_disk"] == 1


def test_what_is_only_offered_has_no_path() -> None:
    report = resolution_report(
        "", "api", [finding(Status.CHOOSE, place("1"), candidates=(OFFERED, ON_DISK))]
    )
    (row,) = report["references"]
    assert row["path"] is None
    assert [offer["source"] for offer in row["candidates"]] == ["huggingface", "disk"]
    assert row["candidates"][0]["evidence"] == [
        {"code": "same_name", "points": 60, "text": "The file name is the same."}
    ]


def test_what_is_only_declared_is_told_as_well() -> None:
    def entry(node_id: str | None) -> ModelEntry:
        return ModelEntry("ae.safetensors", "https://a.example/x", "vae", node_id=node_id)

    other = ModelEntry("sub/ae.safetensors", "https://a.example/y", "vae", node_id="3")
    entries = (entry("1"), entry("2"), entry(None), other)
    named = finding(Status.FETCH, place("1"), entries=entries)
    whole = finding(Status.FETCH, entries=(entry(None),))
    rows = resolution_report("", "ui", [named, whole])["references"]
    assert [(row["node_id"], row["widget"]) for row in rows] == [
        ("1", "vae_name"),
        ("2", "properties.models"),
        ("", "properties.models"),
    ]


def test_every_status_is_counted_and_the_document_is_json() -> None:
    found = [finding(status, place("1")) for status in Status]
    report = resolution_report("x", "ui", [*found, found[0]])
    counts = {status.value: 1 for status in Status} | {Status.ON_DISK.value: 2}
    assert report["summary"] == {"files": 8, "references": 8, **counts}
    assert json.loads(json.dumps(report)) == report
