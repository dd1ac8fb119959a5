from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import PurePosixPath
from typing import Any

import pytest

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.model_files import HeaderFacts, ModelFile
from model_keeper.domain.references import Location, Reference, ReferenceKind
from model_keeper.domain.relinks import Relink, RelinkStatus
from model_keeper.engine.relinking import Relinker, relink_changes
from model_keeper.workflows.patch import patched

A, B = "a" * 64, "b" * 64
ON_DISK, RELINK, AMBIGUOUS, ABSENT = RelinkStatus


@dataclass(frozen=True)
class Shelf:
    """A library of files as given, earlier roots first."""

    files: tuple[ModelFile, ...]

    def at(self, category: str, relative: str) -> Sequence[ModelFile]:
        return [f for f in self.files if (f.category, f.relative) == (category, relative)]

    def named(self, file_name: str) -> Sequence[ModelFile]:
        return [f for f in self.files if f.name.casefold() == file_name.casefold()]

    def with_sha256(self, sha256: str) -> Sequence[ModelFile]:
        computed = [f for f in self.files if f.sha256 == sha256]
        return [*computed, *(f for f in self.files if f.claimed.get("sha256") == sha256)]

    def with_size(self, size: int) -> Sequence[ModelFile]:
        return [f for f in self.files if f.size == size]


def file(relative: str, sha256: str | None = None, **more: Any) -> ModelFile:
    hashes = {"sha256": sha256} if sha256 else {}
    facts = {"category": "loras", "root": "/m/loras", "size": 10, "mtime_ns": 1, "hashes": hashes}
    return ModelFile(relative=relative, **{**facts, **more})


def find(
    value: str,
    *files: ModelFile,
    kind: ReferenceKind = ReferenceKind.FILE,
    windows: bool = False,
    category: str | None = "loras",
    learned: dict[str, str] | None = None,
    **known: Any,
) -> Relink:
    hasher = None if learned is None else (lambda found: learned.get(found.relative))
    answers = [
        Relinker(Shelf(tuple(order)), windows=windows, sha256_of=hasher).find_value(
            value, Wanted(value.replace("\\", "/"), category, **known), kind=kind
        )
        for order in permutations(files)
    ]
    assert all(answer == answers[0] for answer in answers)  # whatever order the index has
    return answers[0]


def codes(relink: Relink) -> list[str]:
    return [evidence.code for evidence in relink.evidence]


def test_a_file_at_its_path_needs_nothing() -> None:
    found = find("sub/a.pt", file("sub/a.pt"), file("a.pt", size=9), size=10)
    assert (found.status, found.value, codes(found)) == (ON_DISK, None, ["exact_path"])
    assert found.file == file("sub/a.pt")


@pytest.mark.parametrize(
    ("value", "relative", "expected", "code"),
    [
        ("sub\\a.pt", "sub/a.pt", "sub/a.pt", "separators"),
        ("sub/A.pt", "Sub/a.pt", "Sub/a.pt", "letter_case"),
        ("sub/a.pt", "other/deep/a.pt", "other/deep/a.pt", "other_folder"),
        ("sub\\a.pt", "a.pt", "a.pt", "other_folder"),
        ("a.pt", "sub/a.pt", "sub/a.pt", "other_folder"),
    ],
)
def test_the_same_name_is_found_wherever_it_lies(
    value: str, relative: str, expected: str, code: str
) -> None:
    found = find(value, file(relative))
    assert (found.status, found.value, codes(found)) == (RELINK, expected, [code])


def test_a_backslash_is_a_letter_of_a_file_name_here() -> None:
    strange = file("sub\\a.pt")
    assert find("sub\\a.pt", strange).file == strange
    assert find("sub\\a.pt", file("sub/a.pt"), strange).status is ON_DISK
    assert find("sub/a.pt", strange).status is ABSENT


def test_on_windows_values_have_backslashes() -> None:
    here = file("sub/a.pt")
    assert find("sub\\a.pt", here, windows=True).status is ON_DISK
    assert find("sub/a.pt", here, windows=True).value == "sub\\a.pt"
    assert find("a.pt", here, windows=True).value == "sub\\a.pt"


def test_the_wanted_hash_is_found_under_any_name() -> None:
    found = find("a.pt", file("x/renamed.pt", A), file("a.pt", B), hashes=(A.upper(),))
    assert (found.status, found.value) == (RELINK, "x/renamed.pt")
    assert codes(found) == ["same_hash", "other_folder"]


def test_a_claimed_hash_alone_is_only_shown() -> None:
    found = find("a.pt", file("b.pt", claimed={"sha256": A}), hashes=(A,))
    assert (found.status, codes(found)) == (AMBIGUOUS, ["claimed_hash"])
    assert found.candidates == found.to_hash


@pytest.mark.parametrize(
    ("decoy", "known"),
    [
        (file("sub/a.pt", B), {"hashes": (A,)}),
        (file("sub/a.pt", claimed={"sha256": B}), {"hashes": (A,)}),
        (file("sub/a.pt"), {"size": 11}),
        (file("sub/a.pt"), {"size": 11, "hashes": (A,)}),
        (file("sub/a.pt", B), {"hashes": (A,), "size": 10}),
        (file("sub/a.pt", header=HeaderFacts(problem="its end is missing")), {}),
    ],
)
def test_a_decoy_is_never_linked(decoy: ModelFile, known: dict[str, Any]) -> None:
    found = find("a.pt", decoy, **known)
    assert (found.status, found.value, found.candidates) == (ABSENT, None, ())
    assert codes(found)[0] in {"other_content", "broken"}


def test_a_decoy_at_the_very_path_is_a_question() -> None:
    found = find("a.pt", file("a.pt", B), hashes=(A,))
    assert (found.status, codes(found)) == (AMBIGUOUS, ["other_content"])


def test_bytes_that_were_hashed_outweigh_a_stated_size() -> None:
    assert find("a.pt", file("x/a.pt", A), hashes=(A,), size=11).status is RELINK


def test_two_files_that_differ_are_never_guessed() -> None:
    found = find("a.pt", file("x/a.pt"), file("y/a.pt", size=11))
    assert (found.status, codes(found)) == (AMBIGUOUS, ["several"])
    assert [f.relative for f in found.candidates] == ["x/a.pt", "y/a.pt"]
    assert find("a.pt", file("x/a.pt"), file("y/a.pt")).status is AMBIGUOUS


def test_the_size_tells_two_files_apart() -> None:
    found = find("a.pt", file("x/a.pt"), file("y/a.pt", size=11), size=11)
    assert (found.value, codes(found)) == ("y/a.pt", ["same_size", "other_folder"])


@pytest.mark.parametrize(
    "more", [{"inode": "1:2"}, {"hashes": {"sha256": A}}, {"inode": "1:2", "sha256": A}]
)
def test_one_content_at_two_places_is_taken_from_the_nearest(more: dict[str, Any]) -> None:
    near, far = file("sub/x/a.pt", **more), file("b/a.pt", **more)
    assert find("sub/a.pt", near, far).value == "sub/x/a.pt"


def test_one_place_may_be_listed_in_two_categories() -> None:
    twice = file("x/a.pt"), file("x/a.pt", category="checkpoints")
    assert find("a.pt", *twice).value == "x/a.pt"
    assert find("a.pt", file("x/a.pt", category="checkpoints")).status is ABSENT


def test_proven_content_in_another_category_is_offered_for_a_copy() -> None:
    other = file("a.pt", A, category="checkpoints")
    found = find("a.pt", other, hashes=(A,))
    assert (found.status, found.value, found.elsewhere) == (ABSENT, None, (other,))


def test_an_unhashed_file_is_not_taken_where_a_hash_is_wanted() -> None:
    moved = file("x/a.pt")
    found = find("a.pt", moved, hashes=(A,))
    assert (found.status, codes(found), found.to_hash) == (AMBIGUOUS, ["unproven"], (moved,))
    assert find("a.pt", moved, hashes=(A,), size=10).status is AMBIGUOUS  # many share a size
    assert find("a.pt", moved, hashes=(A,), size=10, learned={"x/a.pt": A}).value == "x/a.pt"


def test_what_lies_in_its_place_is_not_hashed_for_it() -> None:
    here = file("a.pt")
    found = find("a.pt", here, hashes=(A,), learned={"a.pt": B})
    assert (found.status, codes(found)) == (ON_DISK, ["exact_path", "unproven"])
    assert found.to_hash == (here,)


def test_a_doubt_is_settled_by_hashing() -> None:
    good, bad = file("x/a.pt"), file("y/a.pt")
    hashes = {"x/a.pt": A, "y/a.pt": B}
    assert find("a.pt", good, bad, hashes=(A,), learned=hashes).value == "x/a.pt"
    assert find("a.pt", bad, hashes=(A,), learned=hashes).status is ABSENT
    assert find("a.pt", good, bad, learned={"x/a.pt": A, "y/a.pt": A}).value == "x/a.pt"
    renamed = file("z.pt")
    assert find("a.pt", renamed, hashes=(A,), size=10, learned={"z.pt": A}).value == "z.pt"
    assert find("a.pt", renamed, hashes=(A,), size=10, learned={}).to_hash == (renamed,)


def test_a_drive_that_is_away_is_named_and_not_linked() -> None:
    away = file("x/a.pt", A, online=False)
    for hashes in ((), (A,)):
        found = find("a.pt", away, hashes=hashes)
        assert (found.status, codes(found)) == (ABSENT, ["offline"])
    assert find("x/a.pt", away).status is ABSENT


def test_a_file_that_an_earlier_root_hides_is_out_of_reach() -> None:
    first, second = file("x/a.pt", B), file("x/a.pt", A, root="/n/loras")
    relinker = Relinker(Shelf((first, second)), windows=False)
    found = relinker.find_value("a.pt", Wanted("a.pt", "loras", hashes=(A,)))
    assert (found.status, found.value) == (ABSENT, None)


def test_two_wanted_hashes_that_are_both_there_are_a_question() -> None:
    found = find("a.pt", file("x.pt", A), file("y.pt", B), hashes=(A, B))
    assert (found.status, codes(found)) == (AMBIGUOUS, ["several", "same_hash"])


@pytest.mark.parametrize(
    ("kind", "value", "relative", "expected"),
    [
        (ReferenceKind.STEM, "a.v1", "x/a.v1.safetensors", "x/a.v1"),
        (ReferenceKind.STEM, "a.safetensors", "x/a.safetensors", "x/a.safetensors"),
        (ReferenceKind.LORA_TAG, "s\\a", "s/a.safetensors", "s/a"),
        (ReferenceKind.EMBEDDING, "a", "x/a.pt", "x/a"),
        (ReferenceKind.EMBEDDING, "a.pt", "x/a.pt", "x/a.pt"),
    ],
)
def test_a_name_keeps_its_form(
    kind: ReferenceKind, value: str, relative: str, expected: str
) -> None:
    found = find(value, file(relative), kind=kind)
    assert (found.status, found.value) == (RELINK, expected)
    assert find(expected, file(relative), kind=kind).status is ON_DISK


def test_a_prompt_has_forward_slashes_for_embeddings_everywhere() -> None:
    here = file("s/a.pt")
    embedding = ReferenceKind.EMBEDDING
    for value in ("s/a", "s\\a"):
        assert find(value, here, kind=embedding, windows=True).status is ON_DISK
    assert find("a", here, kind=embedding, windows=True).value == "s/a"


@pytest.mark.parametrize(
    ("kind", "relative"),
    [(ReferenceKind.EMBEDDING, "new folder/a.pt"), (ReferenceKind.LORA_TAG, "x:y/a.pt")],
)
def test_what_a_prompt_cannot_say_is_a_question(kind: ReferenceKind, relative: str) -> None:
    found = find("a", file(relative), kind=kind)
    assert (found.status, codes(found)[0]) == (AMBIGUOUS, "unwritable")


def test_a_stem_means_what_its_loader_takes_first() -> None:
    hidden = file("x/a.pt", A)
    embedding = ReferenceKind.EMBEDDING
    assert find("x/a", hidden, file("x/a.safetensors"), kind=embedding).file == file(
        "x/a.safetensors"
    )
    found = find("b", hidden, file("x/a.safetensors"), kind=embedding, hashes=(A,))
    assert found.status is ABSENT


def test_an_unknown_node_gets_only_what_is_beyond_doubt() -> None:
    here = file("x/a.pt", A)
    assert find("x/a.pt", here, category=None).status is ON_DISK
    assert codes(find("a.pt", here, category=None)) == ["unknown_category"]
    assert find("a.pt", here, category=None, hashes=(A,)).value == "x/a.pt"
    twice = here, file("y/a.pt", A, category="vae")
    assert find("a.pt", *twice, category=None, hashes=(A,)).status is AMBIGUOUS


def test_an_old_category_key_is_todays() -> None:
    assert find("a.pt", file("a.pt", category="diffusion_models"), category="unet").file


def test_a_value_that_climbs_finds_nothing_outside() -> None:
    assert find("../../a.pt", file("x/a.pt")).value == "x/a.pt"
    assert find("/m/loras/x/b.pt", file("x/a.pt")).status is ABSENT
    assert find("", file("x/a.pt")).status is ABSENT


def test_relinks_make_one_patch() -> None:
    document = {
        "nodes": [
            {"id": 1, "type": "L", "widgets_values": ["a.pt"]},
            {"id": 2, "type": "L", "widgets_values": ["b.pt"]},
        ]
    }
    places = [
        Reference(str(n), "L", "lora_name", v, Location("", str(n), ("widgets_values", 0)), "loras")
        for n, v in ((1, "a.pt"), (2, "b.pt"))
    ]
    relinker = Relinker(Shelf((file("x/a.pt"), file("b.pt"))), windows=False)
    changes = relink_changes(document, [(place, relinker.find(place)) for place in places])
    assert [row["widgets_values"] for row in patched(document, changes)["nodes"]] == [
        ["x/a.pt"],
        ["b.pt"],
    ]


def test_the_nearest_does_not_depend_on_the_root() -> None:
    rows = [file(f"{PurePosixPath(folder)}/a.pt", A) for folder in ("z", "sub/q", "Sub")]
    rows.append(replace(rows[2], root="/n/loras"))
    assert find("sub/a.pt", *rows).value == "Sub/a.pt"
