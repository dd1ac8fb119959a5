"""What a search found, in the fields of the founding service."""

from __future__ import annotations

import pytest

from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.search_results import SearchStatus, search_result

WANTED = Wanted("style.safetensors", category="loras")
FACTS = {"model_id": "7", "version_id": "70", "model_name": "Style", "version_name": "v2"}
CERTAIN = Candidate(
    Source.CIVITAI,
    "style.safetensors",
    100,
    evidence=(Evidence("sha256", 100, "Its SHA256 is the one that is wanted."),),
    url="https://civitai.com/api/download/models/70?fileId=701",
    sha256="a" * 64,
    size=5,
    category="loras",
    facts=FACTS,
)
LIKELY = Candidate(
    Source.HUGGINGFACE,
    "style.safetensors",
    75,
    evidence=(Evidence("name", 60, "It is called style."), Evidence("context", 5, "It fits.")),
    url="https://huggingface.co/acme/x/resolve/main/style.safetensors",
)
UNLIKELY = Candidate(
    Source.HUGGINGFACE, "style.pt", 45, url="https://huggingface.co/x", exact=False
)
DOWN = KeeperError("unreachable", host="civitai.com", why="it did not answer in time")


def test_a_certain_file_is_found_with_its_ids() -> None:
    result = search_result(WANTED, [LIKELY, CERTAIN], [DOWN])

    assert result.status is SearchStatus.FOUND
    assert (result.filename, result.source, result.type) == (
        "style.safetensors",
        "civitai",
        "loras",
    )
    assert (result.civitai_id, result.version_id) == (7, 70)
    assert (result.civitai_name, result.version_name) == ("Style", "v2")
    assert result.download_url == CERTAIN.url
    assert result.confidence == "exact"
    assert result.metadata["sha256"] == "a" * 64
    assert result.error_message is None


def test_likely_ones_are_listed_best_first() -> None:
    better = Candidate(Source.HUGGINGFACE, "style.safetensors", 85, url="https://huggingface.co/y")

    result = search_result(WANTED, [UNLIKELY, LIKELY, better])

    civitai = Candidate(Source.CIVITAI, "style.safetensors", 65, url="https://civitai.com/z")
    mixed = search_result(WANTED, [civitai, UNLIKELY, LIKELY, better]).metadata["candidates"]
    assert [row["match_score"] for row in mixed] == [0.85, 0.75, 0.65]
    assert result.status is SearchStatus.UNCERTAIN
    assert result.download_url is None
    assert result.metadata["candidates"] == [
        {
            "source": "huggingface",
            "name": "style.safetensors",
            "url": "https://huggingface.co/y",
            "match_score": 0.85,
            "reason": "",
        },
        {
            "source": "huggingface",
            "name": "style.safetensors",
            "url": LIKELY.url,
            "match_score": 0.75,
            "reason": "It is called style. It fits.",
        },
    ]


def test_two_certain_files_that_differ_are_a_choice() -> None:
    other = Candidate(Source.CIVITAI, "style.safetensors", 95, url="https://x/2", sha256="b" * 64)

    assert search_result(WANTED, [CERTAIN, other]).status is SearchStatus.UNCERTAIN


def test_a_fuzzy_match_is_never_found() -> None:
    fuzzy = Candidate(Source.KNOWN, "Style.safetensors", 100, url="https://x/2", exact=False)

    assert search_result(WANTED, [fuzzy]).status is SearchStatus.UNCERTAIN


def test_nothing_is_not_found_and_a_failure_is_an_error() -> None:
    assert search_result(WANTED, [UNLIKELY]).status is SearchStatus.NOT_FOUND
    failed = search_result(WANTED, [], [DOWN, DOWN])
    assert failed.status is SearchStatus.ERROR
    assert failed.error_message == DOWN.message


@pytest.mark.parametrize(
    "name", ["", "../x.safetensors", "/x.pt", "C:/x.pt", "sub/", "..", "\u200b"]
)
def test_what_can_be_no_file_is_told_apart(name: str) -> None:
    assert search_result(Wanted(name), [CERTAIN]).status is SearchStatus.INVALID_FILENAME


@pytest.mark.parametrize(
    "name", ["a & b!.safetensors", "x..y.pt", "sub/folder/x.pt", "模型.safetensors", "add_detail"]
)
def test_a_name_that_is_merely_unusual_is_searched_for(name: str) -> None:
    assert search_result(Wanted(name), []).status is SearchStatus.NOT_FOUND


def test_the_folder_is_checkpoints_where_nobody_knows_better() -> None:
    assert search_result(Wanted("x.safetensors"), []).type == "checkpoints"
    assert search_result(WANTED, []).type == "loras"
