"""Places of model files, checked by their letters."""

from __future__ import annotations

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.places import known_place, new_place, place_of, renamed

TABLE = (
    FolderTable()
    .with_root(Root("loras", "/m/loras"), (".safetensors",))
    .with_root(Root("loras", "/read/only", writable=False))
    .with_root(Root("vae", "/m/loras/vae"), (".safetensors", ".pt"))
    .with_root(Root("loras", "D:\\models\\loras"))
)
MODEL = Destination("loras", "/m/loras", "a.safetensors")


def nothing(_path: str) -> bool:
    return False


def placed(relative: str, root: str = "/m/loras", category: str = "loras") -> str:
    return new_place(TABLE, MODEL, Destination(category, root, relative), nothing).relative


def code_of(relative: str, root: str = "/m/loras", category: str = "loras") -> str:
    with pytest.raises(KeeperError) as refused:
        placed(relative, root, category)
    return refused.value.code


def test_a_place_keeps_every_letter() -> None:
    for relative in ("b.safetensors", "x/y/ü.safetensors", "a.b.safetensors", "X/A.SAFETENSORS"):
        assert placed(relative) == relative


@pytest.mark.parametrize(
    ("relative", "code"),
    [
        ("../b.safetensors", "destination_outside_root"),
        ("x/../b.safetensors", "destination_outside_root"),
        ("/b.safetensors", "destination_outside_root"),
        ("\\b.safetensors", "destination_outside_root"),
        ("C:b.safetensors", "destination_outside_root"),
        ("x//b.safetensors", "destination_outside_root"),
        ("x/./b.safetensors", "destination_outside_root"),
        ("", "destination_outside_root"),
        ("b\0.safetensors", "destination_outside_root"),
        (".model-keeper-trash/b.safetensors", "destination_outside_root"),
        ("x/.Model-Keeper-Trash/b.safetensors", "destination_outside_root"),
        (".b.safetensors", "name_unusable"),
        (".hidden/b.safetensors", "name_unusable"),
        ("x /b.safetensors", "name_unusable"),
        ("aux/b.safetensors", "name_unusable"),
        ("b<c.safetensors", "name_unusable"),
        ("b\\c.safetensors", "name_unusable"),
        ("\u202eb.safetensors", "name_unusable"),
        ("e\u0301.safetensors", "name_unusable"),
        ("b" * 244 + ".safetensors", "name_unusable"),
        ("b.pt", "name_unusable"),
        ("b", "name_unusable"),
    ],
)
def test_other_places_are_refused(relative: str, code: str) -> None:
    assert code_of(relative) == code


def test_a_folder_that_is_there_may_have_any_name() -> None:
    target = Destination("loras", "/m/loras", "odd /new/b.safetensors")
    found = new_place(TABLE, MODEL, target, lambda path: path == "/m/loras/odd ")
    assert found == target


def test_the_root_has_to_be_one_of_the_category() -> None:
    assert code_of("b.safetensors", root="/elsewhere") == "root_unknown"
    assert code_of("b.safetensors", root="/m/loras", category="vae") == "root_unknown"
    assert code_of("b.safetensors", root="/read/only") == "folder_read_only"
    assert code_of("b.safetensors", category="nonsense") == "category_unknown"
    assert placed("b.safetensors", root="/m/loras/vae", category="vae") == "b.safetensors"


def test_windows_takes_shorter_paths() -> None:
    long = "x/" * 100 + "b.safetensors"
    assert code_of(long, root="D:\\models\\loras") == "name_too_long"
    assert placed(long) == long


def test_a_category_that_would_not_list_it_is_refused() -> None:
    point = Destination("vae", "/m/loras/vae", "a.pt")
    with pytest.raises(KeeperError, match="no loader of loras"):
        new_place(TABLE, point, Destination("loras", "/m/loras", "a.pt"), nothing)


def test_a_path_is_in_its_deepest_root() -> None:
    assert place_of(TABLE, "/m/loras/vae/a.pt") == Destination("vae", "/m/loras/vae", "a.pt")
    for wrong in ("/etc/passwd", "/m/loras", "/m/loras/../x", "a", ""):
        with pytest.raises(KeeperError) as refused:
            place_of(TABLE, wrong)
        assert refused.value.code == "outside_model_folders"


def test_a_known_place_stays_below_its_root() -> None:
    assert known_place(TABLE, MODEL) == MODEL
    for wrong in (
        Destination("loras", "/m", "loras/a.safetensors"),
        Destination("loras", "/m/loras", "../a.safetensors"),
        Destination("loras", "/m/loras", "/etc/passwd"),
        Destination("loras", "/m/loras", ".model-keeper-trash/a.trash"),
    ):
        with pytest.raises(KeeperError) as refused:
            known_place(TABLE, wrong)
        assert refused.value.code == "outside_model_folders"


def test_a_new_name_stays_in_its_folder() -> None:
    deep = Destination("loras", "/m/loras", "x/y/a.safetensors")
    assert renamed(deep, "b.safetensors").relative == "x/y/b.safetensors"
    assert renamed(MODEL, "b.safetensors").relative == "b.safetensors"
    for wrong in ("z/b.safetensors", "..\\b.safetensors"):
        with pytest.raises(KeeperError) as refused:
            renamed(deep, wrong)
        assert refused.value.code == "name_unusable"
