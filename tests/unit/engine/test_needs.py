"""How each need of a workflow stands, with a provider that answers as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest

from model_keeper.domain.downloads import Asset, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.references import ModelEntry
from model_keeper.engine.intake import Intake, Plan, Wishes
from model_keeper.engine.needs import Need, Needs, NeedState, Place

URL = "https://example.org/a.safetensors"
SIZE = 123


class Answers:
    """Plans every entry, but for the names it has an error for; it notes whom it explored."""

    def __init__(self, folders: FolderTable, errors: Mapping[str, str]) -> None:
        self._folders = folders
        self._errors = errors
        self.explored: list[str] = []

    def from_entry(self, entry: ModelEntry, wishes: Wishes, *, explore: bool = True) -> Plan:
        del wishes
        place = self._folders.resolve(entry.category or "vae", entry.name)
        if explore:
            self.explored.append(entry.name)
            if entry.name in self._errors:
                raise KeeperError(self._errors[entry.name])
        asset = Asset(provider="plain", url=str(entry.url), name=entry.name)
        size = SIZE if explore else None
        return Plan(Download(asset=asset, destination=place, expected_size=size))


@pytest.fixture
def folders(tmp_path: Path) -> FolderTable:
    table = FolderTable()
    for category, name in [("vae", "vae"), ("vae", "more"), ("loras", "loras")]:
        (tmp_path / name).mkdir()
        table = table.with_root(Root(category, str(tmp_path / name)))
    return table


def needs_of(
    folders: FolderTable,
    *entries: ModelEntry,
    values: tuple[Place, ...] = (),
    explore: bool = True,
    **errors: str,
) -> dict[str, Need]:
    errors = {f"{name}.safetensors": code for name, code in errors.items()}
    intake = cast("Intake", Answers(folders, errors))
    found = Needs(intake, folders).of(entries, values, explore=explore)
    assert len({need.name for need in found}) == len(found)
    return {need.name: need for need in found}


def entry(name: str = "a.safetensors", url: str | None = URL, **more: object) -> ModelEntry:
    return ModelEntry(name, url, **{"directory": "vae", **more})  # type: ignore[arg-type]


def test_what_is_here_is_found_in_any_folder_of_its_category(
    folders: FolderTable, tmp_path: Path
) -> None:
    file = tmp_path / "more" / "sub" / "a.safetensors"
    file.parent.mkdir()
    file.write_bytes(b"12345")
    need = needs_of(folders, entry("sub/a.safetensors"))["sub/a.safetensors"]
    assert (need.state, need.path, need.size) == (NeedState.ON_DISK, str(file), 5)
    other = needs_of(folders, entry("sub/a.safetensors", directory="loras"))
    assert other["sub/a.safetensors"].state is NeedState.FETCH
    anywhere = needs_of(folders, entry("sub/a.safetensors", directory=None, url=None))
    assert anywhere["sub/a.safetensors"].state is NeedState.ON_DISK


@pytest.mark.parametrize("name", ["../secret", "a/../../secret"])
def test_a_name_that_climbs_tells_nothing_about_the_disk(
    folders: FolderTable, tmp_path: Path, name: str
) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    need = needs_of(folders, entry(name))[name]
    assert (need.path, need.size, need.plan) == (None, None, None)
    assert need.error is not None
    assert need.error.code == "destination_outside_root"


def test_a_folder_is_no_file(folders: FolderTable, tmp_path: Path) -> None:
    (tmp_path / "vae" / "a.safetensors").mkdir()
    assert needs_of(folders, entry())["a.safetensors"].state is NeedState.FETCH


@pytest.mark.parametrize(
    ("code", "state", "planned"),
    [
        ("not_found", NeedState.MISSING, False),
        ("hf_gated_login", NeedState.FETCH, True),
        ("unreachable", NeedState.FETCH, True),
        ("link_unreadable", NeedState.FETCH, False),
        ("disk_full", NeedState.FETCH, False),
    ],
)
def test_what_a_provider_says_decides_whether_it_may_be_tried_later(
    folders: FolderTable, code: str, state: NeedState, planned: bool
) -> None:
    need = needs_of(folders, entry(), a=code)["a.safetensors"]
    assert (need.state, need.plan is not None) == (state, planned)
    assert need.error is not None
    assert need.error.code == code


def test_several_sources_folders_or_hashes_are_a_choice_and_ask_nobody(
    folders: FolderTable,
) -> None:
    rivals = [
        entry(url=URL + "?other"),
        entry(directory="loras"),
        entry(sha256="b" * 64),
    ]
    for rival in rivals:
        need = needs_of(folders, entry(sha256="a" * 64), rival)["a.safetensors"]
        assert (need.state, need.plan) == (NeedState.CHOOSE, None), rival
        assert len(need.entries) == 2


def test_what_nobody_says_the_source_of_is_missing(folders: FolderTable) -> None:
    assert needs_of(folders, entry(url=None))["a.safetensors"].state is NeedState.MISSING


def test_what_only_sleeping_nodes_want_is_optional_until_a_loader_wants_it(
    folders: FolderTable,
) -> None:
    asleep = entry(active=False, node_id="1")
    need = needs_of(folders, asleep)["a.safetensors"]
    assert (need.state, need.size) == (NeedState.OPTIONAL, SIZE)
    wanted = needs_of(folders, asleep, values=(Place("2", value="a.safetensors"),))
    assert wanted["a.safetensors"].state is NeedState.FETCH
    both = needs_of(folders, asleep, entry(node_id="3"))
    assert both["a.safetensors"].state is NeedState.FETCH


def test_values_join_by_their_whole_name_or_their_file(folders: FolderTable) -> None:
    values = tuple(
        Place(str(n), widget="name", value=value)
        for n, value in enumerate(["a.safetensors", "flux\\a.safetensors", "b.pt", "sub\\b.pt"])
    )
    needs = needs_of(folders, entry(node_id="0"), entry(node_id="9"), values=values)
    places = {
        name: [(place.node_id, place.widget) for place in need.places]
        for name, need in needs.items()
    }
    assert places == {
        "a.safetensors": [("0", "name"), ("9", None), ("1", "name")],
        "b.pt": [("2", "name")],
        "sub/b.pt": [("3", "name")],
    }
    assert needs["b.pt"].state is NeedState.MISSING


def test_who_does_not_explore_knows_no_size(folders: FolderTable) -> None:
    intake = Answers(folders, {"a.safetensors": "not_found"})
    (need,) = Needs(cast("Intake", intake), folders).of([entry()], [], explore=False)
    assert (need.state, need.size, intake.explored) == (NeedState.FETCH, None, [])


def test_many_needs_keep_their_order(folders: FolderTable) -> None:
    names = [f"{n}.safetensors" for n in range(40)]
    assert list(needs_of(folders, *(entry(name) for name in names))) == names


def test_a_plan_is_made_for_what_its_provider_refuses_for_now(folders: FolderTable) -> None:
    errors = {"a.safetensors": "hf_gated_login", "b.safetensors": "not_found"}
    needs = Needs(cast("Intake", Answers(folders, errors)), folders)
    assert needs.plan(entry(), Wishes()).download.expected_size is None
    with pytest.raises(KeeperError) as refused:
        needs.plan(entry("b.safetensors"), Wishes())
    assert refused.value.code == "not_found"
