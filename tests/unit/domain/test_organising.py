"""Where models go by a template."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_files import HeaderFacts, ModelFile
from model_keeper.domain.names import escapes, safe_relative
from model_keeper.domain.organising import Candidate, Placement, organised, values_of

TEMPLATE = "{base}/{creator}/{name}"


def candidate(relative: str, **values: str) -> Candidate:
    return Candidate(ModelFile("loras", "/m", relative, 1, 1), values)


def plan(*candidates: Candidate, template: str = TEMPLATE) -> dict[str, str]:
    taken = [(each.file.root, each.file.relative) for each in candidates]
    placements = organised(template, candidates, taken)
    return {each.model.relative: each.target.relative for each in placements}


def test_unknown_folders_are_left_out() -> None:
    assert plan(
        candidate("a.safetensors", base="SDXL", creator="Ann"),
        candidate("b.safetensors", base="SDXL", creator=""),
        candidate("c.safetensors"),
    ) == {"a.safetensors": "SDXL/Ann/a.safetensors", "b.safetensors": "SDXL/b.safetensors"}


@pytest.mark.parametrize(
    ("creator", "folder"),
    [
        ("Ann/Bo", "Ann_Bo"),
        ("..", "_"),
        ("../../etc", ".._.._etc"),
        ("C:\\x", "C__x"),
        ("nul", "_nul"),
        ("v1. ", "v1"),
        ("\u202eabc", "abc"),
    ],
)
def test_values_of_strangers_become_one_safe_folder(creator: str, folder: str) -> None:
    assert plan(candidate("a.ckpt", creator=creator), template="{creator}/{name}") == {
        "a.ckpt": f"{folder}/a.ckpt"
    }


def test_models_that_would_meet_get_names_of_their_own() -> None:
    first = candidate("x/a.safetensors", base="B")
    second = candidate("y/A.safetensors", base="B")
    third = candidate("z/a.ckpt", base="B")  # its files beside it would meet
    stays = candidate("B/a.pt", base="B")
    found = plan(first, second, third, stays)
    assert "B/a.pt" not in found
    assert len({each.rpartition(".")[0].casefold() for each in found.values()} | {"b/a"}) == 4
    placements = organised(TEMPLATE, [first], [("/m", "B/a.ckpt")])
    [placement] = placements
    assert placement.why == "“a.safetensors” is taken"


def test_what_is_still_there_is_in_nobodys_way() -> None:
    found = plan(candidate("A/m.ckpt", base="B"), candidate("B/m.ckpt", base="A"))
    assert {place[:4] for place in found.values()} == {"A/m-", "B/m-"}
    assert plan(candidate("sdxl/m.ckpt", base="SDXL")) == {}


@pytest.mark.parametrize(
    "template",
    [
        *("", "/{name}", "../{name}", "{base}", "{name}/x", "{name}/{name}", "{unknown}/{name}"),
        *("{base/{name}", "a//{name}", "C:/{name}", "a\\{name}", "./{name}", "x{name}"),
    ],
)
def test_a_template_that_cannot_be_used_is_told(template: str) -> None:
    with pytest.raises(KeeperError) as refused:
        organised(template, [], [])
    assert refused.value.code == "template_unusable"
    assert "{creator}" in refused.value.hint


def test_the_index_knows_some_values() -> None:
    file = replace(
        candidate("a.safetensors").file, header=HeaderFacts(format="gguf", base_model="Flux")
    )
    assert values_of(file) == {"base": "Flux", "format": "gguf", "category": "loras"}


TEXT = st.text(alphabet="aB./\\: .é\u202e\0", max_size=5)


@given(st.lists(st.tuples(TEXT, TEXT, st.sampled_from("abc")), max_size=6, unique=True))
def test_every_plan_is_safe_without_collisions_and_comes_to_rest(
    rows: list[tuple[str, str, str]],
) -> None:
    files = [
        candidate(f"{number}/{name}.ckpt", base=base, creator=creator)
        for number, (base, creator, name) in enumerate(rows)
    ]
    taken = [(each.file.root, each.file.relative) for each in files]
    placements = organised(TEMPLATE, files, taken)
    after = {each.file.relative: each.file.relative for each in files}
    after.update({each.model.relative: each.target.relative for each in placements})
    assert len({relative.casefold() for relative in after.values()}) == len(files)
    for placement in placements:
        relative = placement.target.relative
        assert not escapes(relative)
        assert safe_relative(relative) == relative
    moved = [
        Candidate(replace(each.file, relative=after[each.file.relative]), each.values)
        for each in files
    ]
    again: list[Placement] = organised(TEMPLATE, moved, [("/m", m.file.relative) for m in moved])
    assert again == []
