"""Models whose addresses people have written down, and the list that is shipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scripts.catalogue import ANY_MODEL, CUSTOM_FOLDERS, HOSTS, catalogue

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.categories import DEFAULT_CATEGORIES
from model_keeper.domain.names import safe_name
from model_keeper.providers.known_models import CATALOGUE, KnownModel, KnownModels, read_catalogue

LISTS = Path(__file__).parents[4] / "shared" / "data" / "catalog"
URL = "https://huggingface.co/acme/repo/resolve/main"


def known(*models: KnownModel) -> KnownModels:
    return KnownModels(lambda: models, "The list")


def urls(source: KnownModels, wanted: Wanted) -> list[str | None]:
    return [candidate.url for candidate in source.candidates(wanted)]


def test_a_listed_file_is_taken_without_asking() -> None:
    source = known(KnownModel("ae.safetensors", f"{URL}/ae.safetensors", "vae", sha256="a" * 64))

    (found,) = source.candidates(Wanted("flux/ae.safetensors", category="vae"))

    assert found.automatic
    assert (found.sha256, found.category) == ("a" * 64, "vae")
    assert source.candidates(Wanted("ae2.safetensors")) == ()


def test_the_category_is_part_of_the_key() -> None:
    source = known(
        KnownModel("flux.safetensors", f"{URL}/1", "checkpoints"),
        KnownModel("flux.safetensors", f"{URL}/2", "diffusion_models"),
    )

    assert urls(source, Wanted("flux.safetensors", category="diffusion_models")) == [f"{URL}/2"]
    assert urls(source, Wanted("flux.safetensors")) == [f"{URL}/1", f"{URL}/2"]
    elsewhere = source.candidates(Wanted("flux.safetensors", category="loras"))
    assert [(c.offered, c.automatic) for c in elsewhere] == [(True, False)] * 2


def test_several_addresses_of_one_name_stay_several() -> None:
    source = known(*(KnownModel("x.safetensors", f"{URL}/{n}", "loras") for n in range(3)))

    found = source.candidates(Wanted("x.safetensors", category="loras"))

    assert len(found) == 3
    assert len({candidate.score for candidate in found}) == 1


def test_another_spelling_is_shown_and_not_taken() -> None:
    source = known(KnownModel("AE.safetensors", f"{URL}/ae", "vae"))

    (found,) = source.candidates(Wanted("ae.safetensors", category="vae"))

    assert found.offered
    assert not found.automatic


def test_the_list_is_read_when_it_is_needed_and_once() -> None:
    reads = []

    def read() -> Sequence[KnownModel]:
        reads.append(1)
        return ()

    source = KnownModels(read, "The list")
    assert reads == []
    source.candidates(Wanted("a.safetensors"))
    source.candidates(Wanted("b.safetensors"))
    assert reads == [1]


# -- the shipped list ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(CATALOGUE.read_text(encoding="utf-8"))["models"]
    return found


def test_every_row_can_be_used_as_it_is(rows: list[dict[str, Any]]) -> None:
    known_categories = {*DEFAULT_CATEGORIES, *CUSTOM_FOLDERS}
    for row in rows:
        url = urlsplit(row["url"])
        assert (url.scheme, url.hostname in HOSTS) == ("https", True), row
        assert row["category"] in known_categories, row
        assert safe_name(row["name"]) == row["name"], row
        assert Path(row["name"]).stem not in ANY_MODEL, row
        assert set(row) <= {"name", "category", "url", "sha256", "size", "base", "folder"}, row
        assert len(row.get("sha256", "a" * 64)) == 64, row


def test_no_row_stands_twice(rows: list[dict[str, Any]]) -> None:
    keys = [(row["name"].lower(), row["category"], row["url"]) for row in rows]

    assert keys == sorted(set(keys))
    assert len(keys) > 500


def test_a_template_s_file_is_found() -> None:
    source = KnownModels.shipped()

    found = source.candidates(
        Wanted("wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors", category="diffusion_models")
    )

    assert [candidate.automatic for candidate in found] == [True]
    assert len(read_catalogue(CATALOGUE)) > 500


def test_the_shipped_list_is_current() -> None:
    if not LISTS.is_dir():
        pytest.skip(f"the lists it is made of are not in {LISTS}")
    assert catalogue(LISTS) == CATALOGUE.read_text(encoding="utf-8"), "run scripts/catalogue.py"


def test_every_unambiguous_template_model_is_found_under_its_own_name() -> None:
    if not LISTS.is_dir():
        pytest.skip(f"the templates' list is not in {LISTS}")
    source = KnownModels.shipped()
    entries = json.loads((LISTS / "template-models.json").read_text(encoding="utf-8"))["entries"]
    missing = [
        entry["name"]
        for entry in entries
        if not source.candidates(Wanted(entry["name"], category=entry["directory"]))
    ]

    assert [name for name in missing if Path(name).stem not in ANY_MODEL] == []
