from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.references import ModelEntry, grouped, merged

AE = ModelEntry("ae.safetensors", "https://hub.example/ae.safetensors", "vae", node_id="1")
A, B = "a" * 64, "b" * 64

entries = st.lists(
    st.builds(
        ModelEntry,
        st.sampled_from(["x.pt", "y.pt"]),
        st.sampled_from([None, "https://h.example/1", "https://h.example/1?download=true"]),
        st.sampled_from([None, "clip", "text_encoders"]),
        st.sampled_from([None, A, B]),
        st.sampled_from(["1", "2"]),
        active=st.booleans(),
    ),
    max_size=8,
)


def test_equal_entries_of_two_nodes_are_one() -> None:
    assert merged([AE, replace(AE, node_id="2")]) == (AE,)


def test_the_place_kept_is_the_first_active_one() -> None:
    muted, running = replace(AE, active=False), replace(AE, node_id="2")
    assert merged([muted, running, replace(AE, node_id="3")]) == (running,)


def test_a_hash_that_only_one_carries_counts_for_all() -> None:
    hashed = replace(AE, sha256=A)
    assert merged([AE, hashed]) == merged([hashed, AE]) == (hashed,)


def test_two_hashes_stay_two_entries() -> None:
    one, two = replace(AE, sha256=A), replace(AE, sha256=B)
    assert merged([one, AE, two]) == (one, two)


def test_an_entry_without_a_hash_counts_for_the_first_of_two() -> None:
    one, two = replace(AE, sha256=A, active=False), replace(AE, sha256=B, active=False)
    assert [row.active for row in merged([one, two, AE])] == [True, False]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://h.example/a?download=true", "https://h.example/a"),
        ("https://h.example/a?x=1&download=true", "https://h.example/a?x=1"),
        ("https://h.example/a?download=1", "https://h.example/a?download=1"),
        ("https://h.example/a?b=c%20d", "https://h.example/a?b=c%20d"),
        ("https://[h.example/a?download=true", "https://[h.example/a?download=true"),
        (None, None),
    ],
)
def test_the_address_leaves_out_what_changes_no_byte(url: str | None, address: str | None) -> None:
    assert replace(AE, url=url).address == address


def test_an_old_directory_means_todays_category() -> None:
    assert replace(AE, directory="clip").category == "text_encoders"
    assert replace(AE, directory=None).category is None
    assert merged([replace(AE, directory="unet"), replace(AE, directory="diffusion_models")]) == (
        replace(AE, directory="unet"),
    )


@pytest.mark.parametrize(
    ("other", "is_choice"),
    [
        (replace(AE, url="https://mirror.example/ae.safetensors"), True),
        (replace(AE, directory="vae_approx"), True),
        (replace(AE, node_id="2"), False),
        (replace(AE, url=None), False),
        (replace(AE, directory=None), False),
    ],
)
def test_a_name_is_a_choice_where_source_or_folder_differ(
    other: ModelEntry,
    is_choice: bool,
) -> None:
    (group,) = grouped([AE, other])
    assert group.is_choice is is_choice


def test_two_contents_are_a_choice() -> None:
    (group,) = grouped([replace(AE, sha256=A), replace(AE, sha256=B)])
    assert group.hashes == (A, B)
    assert group.is_choice


def test_groups_keep_the_first_order_and_say_what_differs() -> None:
    other = replace(AE, name="b.pt", active=False)
    mirror = replace(AE, url="https://mirror.example/ae.safetensors")
    first, second = grouped([AE, other, mirror])
    assert (first.name, first.entries, first.active) == ("ae.safetensors", (AE, mirror), True)
    assert first.addresses == (AE.url, mirror.url)
    assert first.categories == ("vae",)
    assert (second.name, second.active) == ("b.pt", False)


@given(rows=entries)
@settings(max_examples=200, deadline=None)
def test_merging_loses_nothing_and_is_its_own_fixed_point(rows: list[ModelEntry]) -> None:
    kept = merged(rows)
    assert merged(kept) == kept

    def facts(some: object) -> set[tuple[str | None, ...]]:
        return {(row.name, row.address, row.category) for row in some}  # type: ignore[attr-defined]

    assert facts(kept) == facts(rows)
    assert {row.sha256 for row in kept} - {None} == {row.sha256 for row in rows} - {None}
    assert len(kept) == len({(r.name, r.address, r.category, r.sha256) for r in kept})
    assert any(row.active for row in kept) == any(row.active for row in rows)
    assert {row.name for group in grouped(rows) for row in group.entries} == {r.name for r in rows}
