"""How each need of a workflow stands, with a provider that answers as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from model_keeper.domain.downloads import Asset, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Status
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.references import Location, ModelEntry, Reference
from model_keeper.engine.intake import Intake, Plan, Wishes
from model_keeper.engine.needs import Need, Needs
from model_keeper.engine.resolving.declared import Declared
from model_keeper.engine.resolving.disk import OnDisk
from model_keeper.engine.resolving.workflow import Sources, WorkflowResolver

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


def judge(folders: FolderTable, intake: Answers) -> Needs:
    sources = Sources(disk=(OnDisk(folders),), near=(Declared(),))
    return Needs(WorkflowResolver(lambda _: (), sources), cast("Intake", intake))


def needs_of(
    folders: FolderTable,
    *entries: ModelEntry,
    values: tuple[Reference, ...] = (),
    explore: bool = True,
    **errors: str,
) -> dict[str, Need]:
    intake = Answers(folders, {f"{name}.safetensors": code for name, code in errors.items()})
    found = judge(folders, intake).of(None, entries, values, explore=explore)
    assert len({need.name for need in found}) == len(found)
    return {need.name: need for need in found}


def value(node: str, text: str, **more: Any) -> Reference:
    return Reference(node, "Loader", "name", text, Location("", node, ()), **more)


def entry(name: str = "a.safetensors", url: str | None = URL, **more: object) -> ModelEntry:
    return ModelEntry(name, url, **{"directory": "vae", **more})  # type: ignore[arg-type]


def test_what_is_here_is_found_in_any_folder_of_its_category(
    folders: FolderTable, tmp_path: Path
) -> None:
    file = tmp_path / "more" / "sub" / "a.safetensors"
    file.parent.mkdir()
    file.write_bytes(b"12345")
    need = needs_of(folders, entry("sub/a.safetensors"))["sub/a.safetensors"]
    assert (need.status, need.finding.path, need.size) == (Status.ON_DISK, str(file), 5)
    other = needs_of(folders, entry("sub/a.safetensors", directory="loras"))
    assert other["sub/a.safetensors"].status is Status.FETCH
    anywhere = needs_of(folders, entry("sub/a.safetensors", directory=None, url=None))
    assert anywhere["sub/a.safetensors"].status is Status.ON_DISK


@pytest.mark.parametrize("name", ["../secret", "a/../../secret"])
def test_a_name_that_climbs_tells_nothing_about_the_disk(
    folders: FolderTable, tmp_path: Path, name: str
) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    need = needs_of(folders, entry(name))[name]
    assert (need.finding.path, need.size, need.plan) == (None, None, None)
    assert need.error is not None
    assert need.error.code == "destination_outside_root"


def test_a_folder_is_no_file(folders: FolderTable, tmp_path: Path) -> None:
    (tmp_path / "vae" / "a.safetensors").mkdir()
    assert needs_of(folders, entry())["a.safetensors"].status is Status.FETCH


@pytest.mark.parametrize(
    ("code", "state", "planned"),
    [
        ("not_found", Status.MISSING, False),
        ("hf_gated_login", Status.FETCH, True),
        ("unreachable", Status.FETCH, True),
        ("link_unreadable", Status.FETCH, False),
        ("disk_full", Status.FETCH, False),
    ],
)
def test_what_a_provider_says_decides_whether_it_may_be_tried_later(
    folders: FolderTable, code: str, state: Status, planned: bool
) -> None:
    need = needs_of(folders, entry(), a=code)["a.safetensors"]
    assert (need.status, need.plan is not None) == (state, planned)
    assert need.error is not None
    assert need.error.code == code


def test_several_sources_or_hashes_are_a_choice_and_ask_nobody(folders: FolderTable) -> None:
    for rival in (entry(url=URL + "?other"), entry(sha256="b" * 64)):
        need = needs_of(folders, entry(sha256="a" * 64), rival)["a.safetensors"]
        assert (need.status, need.plan) == (Status.CHOOSE, None), rival
        assert len(need.finding.candidates) == 2


def test_one_name_in_two_folders_is_two_files(folders: FolderTable) -> None:
    needs = judge(folders, Answers(folders, {})).of(
        None, [entry(), entry(directory="loras")], explore=True
    )
    assert [(need.category, need.status) for need in needs] == [
        ("vae", Status.FETCH),
        ("loras", Status.FETCH),
    ]


def test_what_nobody_says_the_source_of_is_missing(folders: FolderTable) -> None:
    assert needs_of(folders, entry(url=None))["a.safetensors"].status is Status.MISSING


def test_what_only_sleeping_nodes_want_is_optional_until_a_loader_wants_it(
    folders: FolderTable,
) -> None:
    asleep = entry(active=False, node_id="1")
    need = needs_of(folders, asleep)["a.safetensors"]
    assert (need.status, need.size) == (Status.OPTIONAL, SIZE)
    wanted = needs_of(folders, asleep, values=(value("2", "a.safetensors"),))
    assert wanted["a.safetensors"].status is Status.FETCH
    both = needs_of(folders, asleep, entry(node_id="3"))
    assert both["a.safetensors"].status is Status.FETCH


def test_a_value_with_a_folder_gets_the_declared_file_there(folders: FolderTable) -> None:
    """A loader finds the file under its own value only."""
    places = [value("1", "a.safetensors"), value("2", "flux\\a.safetensors"), value("3", "b.pt")]
    needs = needs_of(folders, entry(), values=tuple(places))
    assert {name: need.status for name, need in needs.items()} == {
        "a.safetensors": Status.FETCH,
        "flux/a.safetensors": Status.FETCH,
        "b.pt": Status.MISSING,
    }
    plan = needs["flux/a.safetensors"].plan
    assert plan is not None
    assert plan.download.destination.relative == "flux/a.safetensors"


def test_who_does_not_explore_knows_no_size(folders: FolderTable) -> None:
    intake = Answers(folders, {"a.safetensors": "not_found"})
    (need,) = judge(folders, intake).of(None, [entry()], explore=False)
    assert (need.status, need.size, intake.explored) == (Status.FETCH, None, [])


def test_many_needs_keep_their_order(folders: FolderTable) -> None:
    names = [f"{n}.safetensors" for n in range(40)]
    assert list(needs_of(folders, *(entry(name) for name in names))) == names


def test_a_plan_is_made_for_what_its_provider_refuses_for_now(folders: FolderTable) -> None:
    errors = {"a.safetensors": "hf_gated_login", "b.safetensors": "not_found"}
    needs = judge(folders, Answers(folders, errors))
    assert needs.plan(entry(), Wishes()).download.expected_size is None
    with pytest.raises(KeeperError) as refused:
        needs.plan(entry("b.safetensors"), Wishes())
    assert refused.value.code == "not_found"
