"""Earlier decisions as a source, and what they say about wanted files."""

from __future__ import annotations

from typing import Any

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.findings import WantedFile
from model_keeper.domain.manifests import (
    Criticality,
    ManifestWorkflowModel,
    WorkflowNodeWidgetRef,
)
from model_keeper.engine.resolving.manifest import Decided, with_decisions

URL = "https://host/a.safetensors"
NODE = WorkflowNodeWidgetRef("1", "VAELoader", 0, "old\\a.safetensors")
WANTED = Wanted("a.safetensors", "vae", values=("a.safetensors",))


def row(**more: Any) -> ManifestWorkflowModel:
    return ManifestWorkflowModel("a.safetensors", "vae", **more)


def test_an_intent_is_offered_with_its_place_and_its_proof() -> None:
    decided = row(sources=(URL,), relative_path="vae/mine/b.safetensors", expected="c" * 64)
    (found,) = Decided([decided]).candidates(WANTED)
    assert (found.url, found.category, found.name) == (URL, "vae", "mine/b.safetensors")
    assert (found.sha256, found.automatic) == ("c" * 64, True)


def test_a_file_that_was_here_is_offered_by_its_hash_and_says_so() -> None:
    (found,) = Decided([row(sources=(URL,), hash="sha256:" + "D" * 64)]).candidates(WANTED)
    assert found.sha256 == "d" * 64
    assert [evidence.code for evidence in found.evidence] == ["known_absent"]


def test_a_decision_is_found_by_the_widgets_value_first() -> None:
    other = ManifestWorkflowModel("z.safetensors", "vae", sources=(URL,), nodes=(NODE,))
    renamed = Wanted("old/a.safetensors", "vae", values=("old\\a.safetensors",))
    (found,) = Decided([row(sources=("https://host/by-name",)), other]).candidates(renamed)
    assert found.url == URL


def test_a_decision_about_another_category_says_nothing() -> None:
    assert Decided([row(sources=(URL,))]).candidates(Wanted("a.safetensors", "loras")) == ()
    assert Decided([row()]).candidates(WANTED) == (), "no source, nothing to offer"


def test_known_hashes_are_looked_for_and_foreign_ones_prove_nothing() -> None:
    file = WantedFile(WANTED, (), required=True)
    (known,) = with_decisions([file], [row(hash="sha256:" + "d" * 64)])
    assert known.wanted.hashes == ("d" * 64,)
    (foreign,) = with_decisions([file], [row(hash="0123456789abcdef")])
    assert foreign.wanted.hashes == ()


def test_what_was_called_optional_is_not_required_any_more() -> None:
    file = WantedFile(WANTED, (), required=True)
    (optional,) = with_decisions([file], [row(criticality=Criticality.OPTIONAL)])
    assert not optional.required
