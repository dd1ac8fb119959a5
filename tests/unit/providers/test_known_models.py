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
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.names import safe_name
from model_keeper.providers.known_models import KnownModels
from model_keeper.providers.model_lists import CATALOGUE, KnownModel, read_catalogue

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


@pytest.fixture
def own_list(tmp_path: Path) -> Path:
    return tmp_path / "known-models.json"


def write(path: Path, entries: object) -> None:
    path.write_text(json.dumps(entries), encoding="utf-8")


def test_a_person_s_own_entry_is_taken_without_asking(own_list: Path) -> None:
    page = "https://huggingface.co/acme/repo/blob/main/style.safetensors"
    write(own_list, {"_about": "mine", "style.safetensors": {"url": page, "category": "loras", "sha256": "A" * 64, "size": 7}})  # fmt: skip

    (found,) = KnownModels.own(own_list).candidates(Wanted("style.safetensors", category="loras"))

    assert found.automatic
    assert found.url == page.replace("blob", "resolve")
    assert (found.sha256, found.size) == ("a" * 64, 7)


def test_an_entry_with_ids_of_civitai_means_that_version(own_list: Path) -> None:
    entry = {
        "model_id": 5,
        "model_name": "Detail",
        "version": "v2",
        "version_id": 55,
        "type": "LORA",
        "creator": "somebody",
        "url": "https://civitai.com/models/5",
        "nsfw_level": 1,
        "auto_added": True,
    }
    write(own_list, {"add_detail": entry})

    (found,) = KnownModels.own(own_list).candidates(Wanted("add_detail.safetensors"))

    assert found.automatic
    assert found.url == "https://civitai.com/api/download/models/55"
    assert (found.name, found.category) == ("add_detail.safetensors", "loras")
    assert (found.title, found.facts["model_id"]) == ("Detail · v2", "5")


def test_an_entry_without_a_version_is_a_choice(own_list: Path) -> None:
    write(own_list, {"x.safetensors": {"model_id": 5, "version_id": None, "type": "Checkpoint", "url": "https://civitai.com/models/5"}})  # fmt: skip

    (found,) = KnownModels.own(own_list).candidates(Wanted("x.safetensors"))

    assert (found.offered, found.automatic) == (True, False)
    assert found.url == "https://civitai.com/models/5"


def test_no_file_is_an_empty_list_and_a_new_one_is_noticed(own_list: Path) -> None:
    source = KnownModels.own(own_list)
    assert source.candidates(Wanted("x.safetensors")) == ()

    write(own_list, {"x.safetensors": {"url": f"{URL}/x.safetensors"}})

    assert len(source.candidates(Wanted("x.safetensors"))) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"x.safetensors": 3}', "“x.safetensors”"),
        ('{"x.safetensors": {}}', "“x.safetensors”, it has no url"),
        ('{"x.safetensors": {"url": "ftp://example"}}', "“x.safetensors”"),
        ('{"x.safetensors": {"url": "sha256:%s"}}' % ("a" * 64), "“x.safetensors”"),
        ('{"../x.safetensors": {"url": "https://civitai.com/models/5"}}', "“../x.safetensors”"),
        (
            '{"x.pt": {"url": "https://civitai.com/models/5", "sha256": "abc"}}',
            "“x.pt”, its sha256",
        ),
        ('{"x.pt": {"url": "https://civitai.com/models/5", "sha256": [1]}}', "“x.pt”, its sha256"),
        ('{"x.pt": {"url": "https://civitai.com/models/5", "size": "big"}}', "“x.pt”, its size"),
        ('{"x.pt": {"model_id": true}}', "“x.pt”, its model_id"),
    ],
)
def test_a_broken_list_says_which_entry_and_is_no_other_list_s_failure(
    own_list: Path, text: str, what: str
) -> None:
    own_list.write_text(text, encoding="utf-8")

    with pytest.raises(KeeperError) as caught:
        KnownModels.own(own_list).candidates(Wanted("x.safetensors"))

    assert caught.value.code == "known_models_unreadable"
    assert what in caught.value.message
    assert str(own_list) in caught.value.message
    assert caught.value.family is Family.REQUEST, "others of the same source are still asked"


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
