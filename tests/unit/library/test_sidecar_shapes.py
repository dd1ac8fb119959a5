"""What each tool's sidecar says, and whose word it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.metadata import Owner, Preview
from model_keeper.domain.metadata_json import from_json, to_json
from model_keeper.library.sidecar_shapes import (
    JSON_READERS,
    Beside,
    Reader,
    Said,
    is_fork_info,
    read_civitai_info,
    read_description,
    read_download_note,
    read_fork_info,
    read_lora_manager,
    read_stability_matrix,
    read_webui,
)
from tests.unit.library.sidecar_samples import (
    CIVITAI,
    FORK,
    LORA_MANAGER,
    MARKDOWN,
    SHA,
    STABILITY_MATRIX,
    WEBUI,
)

BESIDE = Beside(".x", 500, "carrot.safetensors")
PICTURE = Preview("https://image.civitai.com/1.jpeg")


def only(said: tuple[Said, ...]) -> Said:
    assert len(said) == 1
    return said[0]


def test_civitai_info() -> None:
    said = only(read_civitai_info(CIVITAI, BESIDE))
    metadata = said.metadata

    assert (said.origin.owner, said.origin.name, said.origin.via) == (
        *(Owner.PROVIDER, "civitai"),
        ".x",
    )
    assert (metadata.id, metadata.model_id) == (20, 10)
    assert (metadata.name, metadata.version_name) == ("Carrot", "v2")
    assert metadata.description == "Orange.\n\nSecond **version**."
    assert metadata.trained_words == ("carrot", "soup")
    assert metadata.hashes == {"sha256": SHA, "autov2": SHA[:10]}
    assert metadata.preview == (
        Preview("https://image.civitai.com/1.jpeg", nsfw_level=2, width=8),
        Preview("https://image.civitai.com/2.mp4", "video", nsfw_level=4),
    )
    assert metadata.source_url == "https://civitai.com/models/10?modelVersionId=20"
    assert metadata.download_url == "https://civitai.com/api/download/models/20?fileId=30"


def test_what_an_answer_says_besides_is_kept_without_what_changes_by_itself() -> None:
    kept = only(read_civitai_info(CIVITAI, BESIDE)).metadata.extra["civitai"]
    assert kept["description"] == CIVITAI["description"]
    assert kept["model"] == CIVITAI["model"]
    assert "stats" not in kept
    assert "secret" not in str(kept)


def test_civitai_info_of_a_model_that_civitai_does_not_know_says_nothing() -> None:
    assert read_civitai_info({"id": "", "modelId": "", "trainedWords": []}, BESIDE) == ()


def test_lora_manager() -> None:
    theirs, persons = read_lora_manager(LORA_MANAGER, BESIDE)

    assert (theirs.metadata.name, theirs.metadata.tags) == ("Carrot", ("food",))
    assert theirs.metadata.hashes["sha256"] == SHA
    assert theirs.metadata.gone == {"civitai": 500}
    assert theirs.metadata.extra["metadata.json"] == {
        "preview_nsfw_level": 1,
        "from_civitai": True,
        "usage_tips": '{"strength": 0.7}',
        "future_key": 7,
        "modelDescription": "<p>Orange.</p>",
    }
    assert persons.origin.owner is Owner.USER
    assert (persons.metadata.favourite, persons.metadata.notes) == (True, "works at 0.7")


@pytest.mark.parametrize(
    ("document", "owner", "name"),
    [
        (LORA_MANAGER, Owner.PROVIDER, "civitai"),
        ({**LORA_MANAGER, "metadata_source": "civarchive"}, Owner.ARCHIVE, "civarchive"),
        ({**LORA_MANAGER, "civitai": {}}, Owner.ARCHIVE, "lora-manager"),
    ],
)
def test_lora_manager_says_where_it_has_it_from(
    document: dict[str, Any], owner: Owner, name: str
) -> None:
    theirs = read_lora_manager(document, BESIDE)[0]
    assert (theirs.origin.owner, theirs.origin.name) == (owner, name)


def test_stability_matrix() -> None:
    theirs, persons = read_stability_matrix(STABILITY_MATRIX, BESIDE)

    assert (theirs.metadata.id, theirs.metadata.model_id) == (20, 10)
    assert theirs.metadata.description == "Orange."
    assert theirs.metadata.hashes == {"sha256": SHA}
    assert theirs.metadata.extra["cm-info.json"] == {
        "ModelDescription": "<p>Orange.</p>",
        "Nsfw": False,
        "ModelType": "LORA",
    }
    assert (persons.origin.owner, persons.metadata.name) == (Owner.USER, "Mine")


def test_the_web_uis_file_is_a_persons_word() -> None:
    said = only(read_webui(WEBUI, BESIDE))

    assert said.origin.owner is Owner.USER
    assert said.metadata.trained_words == ("carrot", "soup")
    assert said.metadata.base_model == "SDXL 1.0"
    assert said.metadata.extra == {"webui": {"preferred weight": 0.8, "negative text": "salad"}}


@pytest.mark.parametrize(
    "document", [{"weight_map": {}}, {"description": "x", "model_type": "bert"}]
)
def test_other_json_says_nothing(document: dict[str, Any]) -> None:
    assert read_webui(document, BESIDE) == ()


def test_an_answer_of_civitai_under_a_plain_name() -> None:
    assert read_webui(CIVITAI, BESIDE) == read_civitai_info(CIVITAI, BESIDE)


def test_the_forks_flat_info() -> None:
    assert is_fork_info(FORK)
    assert not is_fork_info(CIVITAI)
    said = only(read_fork_info(FORK, BESIDE))
    metadata = said.metadata

    assert (said.origin.owner, said.origin.name) == (Owner.PROVIDER, "civitai")
    assert (metadata.name, metadata.version_name, metadata.licence) == ("Carrot", "v2", "openrail")
    assert (metadata.hashes, metadata.preview) == ({"sha256": SHA}, (PICTURE,))
    assert metadata.extra["info"]["raw_metadata"] == {"ss_steps": "9"}


def test_a_description_that_a_tool_copied() -> None:
    said = only(read_description(MARKDOWN, BESIDE))
    metadata = said.metadata

    assert (said.origin.owner, said.origin.name) == (Owner.PROVIDER, "civitai")
    assert (metadata.name, metadata.creator) == ("Carrot", "gardener")
    assert metadata.trained_words == ("carrot", "soup")
    assert metadata.description == "Second **version**.\n\nOrange."
    assert (metadata.hashes, metadata.preview) == ({"sha256": SHA}, (PICTURE,))


def test_a_description_that_a_person_wrote() -> None:
    said = only(read_description("My *favourite*.\n", BESIDE))
    assert said.origin.owner is Owner.USER
    assert said.metadata.description == "My *favourite*."


def test_a_note_about_a_download() -> None:
    url = "https://huggingface.co/a/b/resolve/main/x.safetensors"
    note = {"url": f"{url}?token=secret", "sha256": SHA.upper(), "path": "/home/me/x"}
    said = only(read_download_note(note, BESIDE))
    assert (said.metadata.download_url, said.metadata.hashes) == (url, {"sha256": SHA})
    assert said.metadata.source == "huggingface"
    assert said.metadata.extra == {}


@pytest.mark.parametrize(
    ("read", "document"),
    [
        (read_civitai_info, CIVITAI),
        (read_lora_manager, LORA_MANAGER),
        (read_stability_matrix, STABILITY_MATRIX),
        (read_webui, WEBUI),
        (read_fork_info, FORK),
    ],
)
def test_no_path_of_a_machine_and_no_token_is_kept(read: Reader, document: dict[str, Any]) -> None:
    kept = repr(read(document, BESIDE))
    for private in ("/home/me", "C:\\", "secret"):
        assert private not in kept


_KEYS = sorted(
    {key for each in (CIVITAI, LORA_MANAGER, STABILITY_MATRIX, WEBUI, FORK) for key in each}
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(
    st.sampled_from([*JSON_READERS.values(), read_fork_info]),
    st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=8),
)
def test_whatever_lies_there_is_no_crash(read: Reader, document: dict[str, Any]) -> None:
    for said in read(document, BESIDE):
        assert from_json(to_json(said.metadata)) == from_json(
            to_json(from_json(to_json(said.metadata)))
        )


@pytest.mark.parametrize(
    "text", ["---\n", "---\n- a\n---\nb", "---\na: [\n---\nb", "---\na: &x 1\nb: *x\n---\nc"]
)
def test_front_matter_that_cannot_be_read_is_none(text: str) -> None:
    assert only(read_description(text, BESIDE)).origin.owner is Owner.USER
