from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.manifests import (
    Criticality,
    IntentStatus,
    ManifestWorkflowModel,
    WorkflowNodeWidgetRef,
    decided,
    default_criticality,
    pending,
    previous_resolutions,
    sha256_of,
    unresolved,
    without_shadowed,
)

A, B = (WorkflowNodeWidgetRef(node_id, "L", 0, "a.pt") for node_id in ("1", "sub:2"))
MODEL = ManifestWorkflowModel("a.pt", "loras", nodes=(A, B), sources=("https://hub.example/a",))


def rows(*models: ManifestWorkflowModel) -> list[ManifestWorkflowModel]:
    return list(models)


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("controlnet", Criticality.REQUIRED),
        ("clip_vision", Criticality.REQUIRED),
        ("loras", Criticality.FLEXIBLE),
        ("clip", Criticality.FLEXIBLE),  # an old key of text_encoders
        ("ipadapter", Criticality.REQUIRED),
        (None, Criticality.REQUIRED),
    ],
)
def test_how_much_a_workflow_depends_on_a_model(
    category: str | None, expected: Criticality
) -> None:
    assert default_criticality(category) is expected


def test_a_widget_is_told_by_its_first_four_fields() -> None:
    same = replace(A, property_url="https://hub.example/a", property_directory="loras")
    assert same == A
    assert {A, same, replace(A, widget_index=1)} == {A, replace(A, widget_index=1)}


@pytest.mark.parametrize(
    ("status", "sources", "criticality", "intent", "question"),
    [
        (IntentStatus.UNRESOLVED, ("u",), Criticality.OPTIONAL, True, False),
        (IntentStatus.UNRESOLVED, (), Criticality.FLEXIBLE, False, True),
        (IntentStatus.UNRESOLVED, (), Criticality.OPTIONAL, False, False),
        (IntentStatus.RESOLVED, ("u",), Criticality.FLEXIBLE, False, False),
    ],
)
def test_who_is_asked_again(
    status: IntentStatus,
    sources: tuple[str, ...],
    criticality: Criticality,
    intent: bool,
    question: bool,
) -> None:
    row = replace(MODEL, status=status, sources=sources, criticality=criticality)
    assert (row.is_intent, row.is_question) == (intent, question)


def test_a_decision_about_one_of_two_widgets_leaves_the_other() -> None:
    other = replace(MODEL, filename="b.pt", nodes=(A,))
    after = decided(rows(MODEL), other)
    assert after == ((0, replace(MODEL, nodes=(B,))), (None, other))


def test_a_decision_about_all_widgets_takes_the_place() -> None:
    first, other = replace(MODEL, filename="x", nodes=()), replace(MODEL, filename="b.pt")
    assert decided(rows(first, MODEL), other) == ((0, first), (1, other))


def test_a_decision_that_gathers_widgets_removes_what_has_none_left() -> None:
    one, two = replace(MODEL, nodes=(A,)), replace(MODEL, filename="b.pt", nodes=(B,))
    assert decided(rows(one, two), MODEL) == ((0, MODEL),)


def test_a_decision_without_widgets_is_told_by_its_file() -> None:
    loose = replace(MODEL, nodes=())
    newer = replace(loose, criticality=Criticality.OPTIONAL)
    assert decided(rows(loose), newer) == ((0, newer),)
    assert decided(rows(loose), replace(newer, category="vae"))[1] == (
        None,
        replace(newer, category="vae"),
    )


def test_a_failed_download_remembers_the_hash_that_it_had() -> None:
    done = replace(MODEL, status=IntentStatus.RESOLVED, hash="sha256:AB")
    again = unresolved(done)
    assert (again.hash, again.expected, again.is_intent) == (None, "ab", True)


@pytest.mark.parametrize("mark", [None, "", "0123456789abcdef", "blake3:00"])
def test_another_hash_proves_nothing(mark: str | None) -> None:
    assert sha256_of(mark) is None


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 1),
        ({"sources": ("https://hub.example/a?download=true",)}, 1),
        ({"sources": ("https://hub.example/b",)}, 2),
        ({"relative_path": "loras/b.pt"}, 2),
        ({"status": IntentStatus.RESOLVED}, 1),
        ({"sources": ()}, 1),
    ],
)
def test_each_file_is_fetched_once(change: dict[str, object], count: int) -> None:
    other = replace(MODEL, **change)  # type: ignore[arg-type]
    assert len(pending([("one", MODEL), ("two", other)])) == count


def test_one_expected_hash_is_one_file_from_two_sources() -> None:
    one = replace(MODEL, expected="00")
    two = replace(one, sources=("https://other.example/a",))
    assert [row.workflows for row in pending([("one", one), ("two", two)])] == [("one", "two")]
    assert len(pending([("one", one), ("two", replace(one, expected="11"))])) == 2


def test_what_was_decided_is_found_by_its_widget() -> None:
    assert previous_resolutions([MODEL]) == {A: MODEL, B: MODEL}


def test_what_ours_speaks_of_hides_theirs() -> None:
    theirs = (MODEL, replace(MODEL, filename="b.pt", nodes=()))
    assert without_shadowed(theirs, [replace(MODEL, nodes=(A,))]) == (
        replace(MODEL, nodes=(B,)),
        theirs[1],
    )
    assert without_shadowed(theirs, [MODEL, theirs[1]]) == ()
