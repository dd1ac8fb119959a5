from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root


def table(*roots: Root) -> FolderTable:
    built = FolderTable()
    for root in roots:
        built = built.with_root(root)
    return built


UNET = Root("diffusion_models", "/m/unet", writable=True)
DIFFUSION = Root("diffusion_models", "/m/diffusion_models", writable=True)
LORAS = Root("loras", "/m/loras", writable=True)
BIG = Root("loras", "/big/style", writable=True)


@contextmanager
def refusal(code: str) -> Iterator[None]:
    with pytest.raises(KeeperError) as caught:
        yield
    assert caught.value.code == code


class TestDefaultRoot:
    def test_the_folder_with_the_categorys_own_name_goes_before_the_first(self) -> None:
        assert table(UNET, DIFFUSION).default_root("diffusion_models") == DIFFUSION

    def test_the_first_where_none_has_the_name(self) -> None:
        other = Root("loras", "/more/other", writable=True)
        assert table(BIG, other).default_root("loras") == BIG

    def test_a_root_that_the_person_marked_goes_before_the_named_one(self) -> None:
        marked = Root("loras", "/big/style", writable=True, is_default=True)
        assert table(LORAS, marked).default_root("loras") == marked

    def test_read_only_roots_are_passed_over_even_when_marked(self) -> None:
        marked = Root("loras", "/nas/loras", writable=False, is_default=True)
        named = Root("loras", "/m/loras", writable=False)
        assert table(marked, named, BIG).default_root("loras") == BIG

    def test_a_root_that_nobody_looked_at_counts_as_writable(self) -> None:
        unseen = Root("loras", "/m/loras")
        assert table(unseen).default_root("loras") == unseen

    def test_all_read_only_is_an_error_that_names_the_first(self) -> None:
        with pytest.raises(KeeperError) as caught:
            table(Root("loras", "/nas/loras", writable=False)).default_root("loras")
        assert (caught.value.code, caught.value.details) == (
            "folder_read_only",
            {"path": "/nas/loras"},
        )

    def test_an_old_key_means_todays_category(self) -> None:
        assert table(UNET, DIFFUSION).default_root("unet") == DIFFUSION

    def test_the_name_of_a_windows_root_is_read_as_windows_writes_it(self) -> None:
        unet = Root("diffusion_models", "D:\\models\\unet", writable=True)
        named = Root("diffusion_models", "D:\\models\\diffusion_models", writable=True)
        assert table(unet, named).default_root("diffusion_models") == named


class TestUnknown:
    def test_a_near_category_leads_the_list(self) -> None:
        with pytest.raises(KeeperError) as caught:
            table(UNET, LORAS).of("lora")
        assert caught.value.code == "category_unknown"
        assert caught.value.details["nearest"] == "loras"
        assert caught.value.details["known"] == "loras, diffusion_models"

    def test_nothing_near_lists_all(self) -> None:
        with pytest.raises(KeeperError) as caught:
            table(UNET, LORAS).of("xyz")
        assert caught.value.details["nearest"] is None
        assert caught.value.details["known"] == "diffusion_models, loras"

    def test_an_empty_table_says_that_the_folders_are_unknown(self) -> None:
        with refusal("roots_unknown"):
            FolderTable().resolve("loras", "a.safetensors")


class TestResolve:
    def test_in_the_default_root(self) -> None:
        place = table(UNET, DIFFUSION).resolve("unet", "flux/dev.safetensors")
        assert (place.category, place.root) == ("diffusion_models", "/m/diffusion_models")
        assert place.relative == "flux/dev.safetensors"
        if os.sep == "/":
            assert place.path == "/m/diffusion_models/flux/dev.safetensors"

    def test_in_a_chosen_root_however_its_path_is_written(self) -> None:
        assert table(LORAS, BIG).resolve("loras", "a.pt", root="/big/style/").root == "/big/style"

    def test_a_root_of_another_category_is_refused_with_the_choices(self) -> None:
        with pytest.raises(KeeperError) as caught:
            table(UNET, LORAS, BIG).resolve("loras", "a.pt", root="/m/unet")
        assert caught.value.code == "root_unknown"
        assert caught.value.details["known"] == "/m/loras, /big/style"

    def test_a_chosen_root_that_is_read_only_is_refused(self) -> None:
        read_only = Root("loras", "/nas/loras", writable=False)
        with refusal("folder_read_only"):
            table(LORAS, read_only).resolve("loras", "a.pt", root="/nas/loras")

    @pytest.mark.parametrize(
        "relative",
        [
            "../a.pt",
            "a/../../b.pt",
            "/etc/a.pt",
            " /a.pt",
            "C:\\a.pt",
            " c:a",
            "\\\\nas\\a.pt",
            "..\\a",
        ],
    )
    def test_a_path_that_leaves_its_root_is_refused(self, relative: str) -> None:
        with refusal("destination_outside_root"):
            table(LORAS).resolve("loras", relative)

    def test_a_name_of_nothing_is_refused(self) -> None:
        with refusal("name_unusable"):
            table(LORAS).resolve("loras", " ")

    def test_an_awkward_name_is_repaired(self) -> None:
        assert table(LORAS).resolve("loras", "con.pt ").relative == "_con.pt"

    def test_a_backslash_separates_only_below_a_windows_root(self) -> None:
        windows = Root("loras", "D:\\models\\loras", writable=True)
        assert table(LORAS).resolve("loras", "a\\b.pt").relative == "a_b.pt"
        assert table(windows).resolve("loras", "a\\b.pt").relative == "a/b.pt"

    def test_the_length_of_a_path_is_limited_below_a_windows_root_only(self) -> None:
        windows = Root("loras", "D:\\models\\loras", writable=True)
        name = "a" * 220 + ".safetensors"
        assert table(LORAS).resolve("loras", name).relative == name
        with refusal("name_too_long"):
            table(windows).resolve("loras", name)

    @given(relative=st.text(st.sampled_from("ab./\\: \u200b"), max_size=12))
    @settings(max_examples=300, deadline=None)
    def test_every_answer_lies_below_its_root(self, relative: str) -> None:
        try:
            place = table(LORAS).resolve("loras", relative)
        except KeeperError as error:
            assert error.code in {"destination_outside_root", "name_unusable"}  # noqa: PT017
            return
        joined = f"{place.root}/{place.relative}"
        assert os.path.normpath(joined).replace("\\", "/") == joined
        assert joined.startswith("/m/loras/")


class TestLocate:
    def test_the_deepest_root_comes_first(self) -> None:
        inner = Root("ipadapter", "/m/loras/ipadapter")
        places = table(LORAS, inner).locate("/m/loras/ipadapter/x/a.pt")
        assert [(place.category, place.relative) for place in places] == [
            ("ipadapter", "x/a.pt"),
            ("loras", "ipadapter/x/a.pt"),
        ]

    @pytest.mark.parametrize("path", ["/m/loras", "/m/loras2/a.pt", "/m/loras/../a.pt", "a.pt"])
    def test_what_is_not_below_a_root_has_no_place(self, path: str) -> None:
        assert table(LORAS).locate(path) == ()

    def test_windows_paths_are_compared_as_windows_does(self) -> None:
        windows = Root("loras", "D:\\Models\\loras")
        (place,) = table(windows).locate("d:/models/LORAS/x/a.pt")
        assert place.relative == "x/a.pt"


class TestWithRoot:
    def test_a_further_root_goes_to_the_end_and_a_default_to_the_front(self) -> None:
        first = Root("loras", "/first", is_default=True)
        built = table(LORAS, BIG, first)
        assert [root.path for root in built.of("loras")] == ["/first", "/m/loras", "/big/style"]

    def test_a_path_that_is_there_stays_where_it_is(self) -> None:
        assert table(LORAS, BIG, LORAS).of("loras") == (LORAS, BIG)

    def test_a_path_that_is_there_moves_to_the_front_as_default(self) -> None:
        marked = Root("loras", "/big/style", writable=True, is_default=True)
        assert table(LORAS, BIG, marked).of("loras") == (marked, LORAS)

    def test_the_given_table_is_not_changed(self) -> None:
        before = table(LORAS)
        before.with_root(BIG)
        assert before.of("loras") == (LORAS,)

    def test_a_known_category_keeps_its_extensions(self) -> None:
        built = FolderTable({"loras": (LORAS,)}, {"loras": (".pt",)})
        assert built.with_root(BIG).extensions["loras"] == (".pt",)


class TestAccepts:
    def test_by_extension_in_any_case(self) -> None:
        built = FolderTable({"loras": (LORAS,)}, {"loras": (".pt",)})
        assert built.accepts("loras", "x/A.PT")
        assert not built.accepts("loras", "a.pt.part")

    def test_everything_where_a_category_has_no_extensions(self) -> None:
        assert table(LORAS).accepts("loras", "a.anything")

    def test_only_names_without_extension_where_the_category_wants_those(self) -> None:
        built = FolderTable({}, {"classifiers": ("",)})
        assert built.accepts("classifiers", "resnet")
        assert not built.accepts("classifiers", "resnet.pt")


def test_a_table_survives_json() -> None:
    built = table(UNET, DIFFUSION, LORAS).with_root(
        Root("ipadapter", "/m/ipadapter", writable=None, is_default=True), (".bin",)
    )
    assert FolderTable.from_json(json.loads(json.dumps(built.to_json()))) == built
