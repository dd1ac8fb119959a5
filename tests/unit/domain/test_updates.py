"""Which newer version is an update, and why the others are none."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from model_keeper.domain.model_variants import Variant, variant_of
from model_keeper.domain.updates import (
    Ignored,
    Installed,
    OfferedFile,
    OfferedVersion,
    Why,
    judge,
    judge_place,
    number_of,
)

HERE = "a" * 64


def file(name: str = "m.safetensors", sha256: str = "b" * 64, **more: Any) -> OfferedFile:
    made = {"variant": variant_of(name, ""), "category": "loras", **more}
    return OfferedFile(name=name, url=f"https://civitai.com/{sha256}", sha256=sha256, **made)


def version(number: int, *files: OfferedFile, **more: Any) -> OfferedVersion:
    return OfferedVersion(number, f"v{number}", **{"base_model": "SDXL 1.0", **more}, files=files)


INSTALLED = Installed(HERE, 7, version(10, file("m_fp16.safetensors", HERE)))


def offered(*versions: OfferedVersion, here: frozenset[str] = frozenset({HERE})) -> int | None:
    found = judge(INSTALLED, versions, here)
    return found.offer.version_id if found.offer else None


def whys(*versions: OfferedVersion) -> list[Why]:
    return [refused.why for refused in judge(INSTALLED, versions, {HERE}).refused]


def test_the_newest_that_fits_is_the_update() -> None:
    versions = [version(12, file(sha256="c" * 64)), version(11, file()), INSTALLED.version]
    assert offered(*versions) == 12
    assert offered(*reversed(versions)) == 12


def test_what_is_here_and_what_is_older_is_no_update() -> None:
    assert offered(INSTALLED.version, version(9, file())) is None


def test_newer_is_what_was_published_later() -> None:
    installed = dataclasses.replace(
        INSTALLED, version=dataclasses.replace(INSTALLED.version, published_at=500)
    )
    older = version(11, file(), published_at=400)  # published anew under an older date
    newer = version(9, file(), published_at=600)
    found = judge(installed, [older, newer], {HERE})
    assert found.offer is not None
    assert found.offer.version_id == 9


@pytest.mark.parametrize(
    ("newest", "why"),
    [
        (version(12), Why.NO_FILE),
        (version(12, file(), base_model="Flux.1 D"), Why.OTHER_BASE_MODEL),
        (version(12, file(), base_model=None), Why.OTHER_BASE_MODEL),
        (version(12, file(category="vae")), Why.OTHER_KIND),
        (version(12, file("m_fp8.safetensors")), Why.OTHER_VARIANT),
        (version(12, file(hindrances=(Why.EARLY_ACCESS,))), Why.EARLY_ACCESS),
        (version(12, file(hindrances=(Why.PAID,))), Why.PAID),
    ],
)
def test_a_newer_one_that_is_none_leaves_the_next_one(newest: OfferedVersion, why: Why) -> None:
    assert whys(newest) == [why]
    assert offered(newest) is None
    assert offered(newest, version(11, file())) == 11


def test_base_models_are_compared_without_regard_to_case_and_spaces() -> None:
    assert offered(version(12, file(), base_model="sdxl1.0")) == 12


def test_of_a_version_with_several_files_the_one_like_ours_is_offered() -> None:
    files = (
        file("m_fp8.safetensors", "1" * 64, primary=True),
        file("m_bf16.safetensors", "2" * 64),
        file("m_fp16.safetensors", "3" * 64),
        file("m-Q8_0.gguf", "4" * 64),
    )
    found = judge(INSTALLED, [version(12, *files)], {HERE})
    assert found.offer is not None
    assert found.offer.sha256 == "3" * 64


def test_a_file_that_can_be_fetched_goes_before_a_likelier_one_that_cannot() -> None:
    files = (
        file("m_fp16.safetensors", "1" * 64, hindrances=(Why.DANGEROUS,)),
        file("m_bf16.safetensors", "2" * 64),
    )
    found = judge(INSTALLED, [version(12, *files)], {HERE})
    assert found.offer is not None
    assert found.offer.sha256 == "2" * 64


def test_a_newer_one_that_is_here_under_any_name_ends_the_search() -> None:
    """That one is checked for itself: nobody is told twice of version 12."""
    versions = [version(12, file(sha256="c" * 64)), version(11, file(sha256="d" * 64))]
    assert offered(*versions, here=frozenset({HERE, "c" * 64})) is None
    assert offered(*versions, here=frozenset({HERE, "d" * 64})) is None


def test_a_file_that_its_own_version_does_not_list_may_be_anything() -> None:
    installed = Installed(HERE, 7, version(10))
    other = file("m_fp8.safetensors", variant=Variant(precision="fp8"))
    found = judge(installed, [version(12, other)], {HERE})
    assert found.offer is not None


def test_ignored_is_a_version_or_a_whole_model() -> None:
    ignored = Ignored(frozenset({1}), frozenset({(2, 20)}))
    assert ignored.covers(1, 99)
    assert ignored.covers(2, 20)
    assert not ignored.covers(2, 21)
    assert not ignored.covers(3, 20)


STATED, NOW = "b" * 64, "c" * 64
NOTHING_ELSE = frozenset({HERE})


@pytest.mark.parametrize(
    ("standing", "here", "why"),
    [
        (file(sha256=HERE), NOTHING_ELSE, None),
        (file(sha256=STATED), NOTHING_ELSE, None),  # it was altered here, not there
        (file(sha256=NOW), {HERE, NOW}, Why.ALREADY_HERE),
        (file(sha256=NOW, hindrances=(Why.DANGEROUS,)), NOTHING_ELSE, Why.DANGEROUS),
    ],
)
def test_what_stands_at_the_place_is_no_update(
    standing: OfferedFile, here: frozenset[str], why: Why | None
) -> None:
    found = judge_place({HERE, STATED}, version(-1, standing), here)
    assert found.offer is None
    assert [refused.why for refused in found.refused] == ([] if why is None else [why])


def test_another_content_at_the_place_is_the_update_whatever_its_name_and_age() -> None:
    standing = version(-1, file("m_fp8.safetensors", NOW), published_at=1)
    found = judge_place({HERE, STATED}, standing, NOTHING_ELSE)
    assert found.offer is not None
    assert (found.offer.sha256, found.offer.version_id) == (NOW, -1)


def test_names_have_numbers_of_their_own_that_a_browser_reads_exactly() -> None:
    numbers = {number_of(name) for name in ("", "a", "b", "a/b", "\udce4")}
    assert len(numbers) == 5
    assert all(-(1 << 53) < number < 0 for number in numbers)
    assert number_of("a") == number_of("a")
