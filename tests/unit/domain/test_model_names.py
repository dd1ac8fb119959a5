"""Which names are the same, which are nearly, and what is searched for."""

from __future__ import annotations

import pytest

from model_keeper.domain.model_names import (
    NameMatch,
    name_match,
    repository_searches,
    stem_of,
    title_searches,
    variant_marks,
)


@pytest.mark.parametrize(
    ("wanted", "offered", "match"),
    [
        ("ae.safetensors", "ae.safetensors", NameMatch.EXACT),
        ("Zoë.safetensors", "Zoe\u0308.safetensors", NameMatch.EXACT),
        ("add_detail", "add_detail.safetensors", NameMatch.EXACT),
        ("style.v2", "style.v2.pt", NameMatch.EXACT),
        ("AE.safetensors", "ae.safetensors", NameMatch.ALIKE),
        ("my lora-v2.safetensors", "my_lora_v2.safetensors", NameMatch.ALIKE),
        ("mylora.safetensors", "my_lora.safetensors", NameMatch.ALIKE),
        ("easynegative.pt", "easynegative.safetensors", NameMatch.ALIKE),
        ("add_detail", "Add-Detail.safetensors", NameMatch.ALIKE),
        ("detail_v1.safetensors", "detail_v3.safetensors", None),
        ("a.safetensors", "anime_style_v2.safetensors", None),
        ("flux_fp8.safetensors", "flux_fp16.safetensors", None),
        ("flux.safetensors", "flux_fp8.safetensors", None),
        ("sd_v1.5.safetensors", "sd_v15.safetensors", None),
        ("add_detail", "add_detail.yaml", None),
        ("", "", NameMatch.EXACT),
        ("__.safetensors", "--.safetensors", None),
    ],
)
def test_names_are_the_same_or_nearly_or_not(
    wanted: str, offered: str, match: NameMatch | None
) -> None:
    assert name_match(wanted, offered) is match


def test_only_the_ending_of_a_model_file_is_cut_off() -> None:
    assert stem_of("wan2.2_t2v.safetensors") == "wan2.2_t2v"
    assert stem_of("wan2.2_t2v") == "wan2.2_t2v"
    assert stem_of("x.Q4_K_M.GGUF") == "x.Q4_K_M"


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("flux1-dev-fp8.safetensors", {"fp8"}),
        ("wan_fp8_e4m3fn_scaled.safetensors", {"fp8", "e4m3fn", "scaled"}),
        ("flux1-dev-Q4_K_M.gguf", {"q4_k_m"}),
        ("model-IQ4_XS.gguf", {"iq4_xs"}),
        ("model.Q8_0.gguf", {"q8_0"}),
        ("v1-5-pruned-emaonly-fp16.safetensors", {"pruned", "emaonly", "fp16"}),
        ("t5-F16.gguf", {"fp16"}),
        ("ltx-dev-nvfp4.safetensors", {"nvfp4"}),
        ("fullbody_q.safetensors", set()),
        ("bf16", {"bf16"}),
    ],
)
def test_a_name_tells_its_precision(name: str, marks: set[str]) -> None:
    assert variant_marks(name) == marks


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("flux1-dev-fp8.safetensors", ("flux1-dev-fp8", "flux1-dev", "flux1")),
        (
            "wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors",
            (
                "wan2.2_t2v_high_noise_14B_fp8_scaled",
                "wan2.2_t2v_high_noise_14B",
                "wan2.2-t2v-high",
                "wan2.2-t2v",
                "wan2.2",
            ),
        ),
        ("ae.safetensors", ()),
        ("fp16.safetensors", ("fp16",)),
    ],
)
def test_repositories_are_searched_from_narrow_to_wide(name: str, texts: tuple[str, ...]) -> None:
    assert repository_searches(name, 5) == texts
    assert repository_searches(name, 1) == texts[:1]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("waiIllustriousSDXL_v160.safetensors", "wai Illustrious SDXL"),
        ("add_detail.safetensors", "add detail"),
        ("epiCRealism_v5.safetensors", "epi C Realism"),
        ("dreamshaper_8.safetensors", "dreamshaper"),
        ("1234567.safetensors", "1234567"),
        ("nahida1.safetensors", "nahida"),
        ("sd15_style.safetensors", "sd15 style"),
        ("anyjuicev32Realistic_v10.safetensors", "anyjuice Realistic"),
    ],
)
def test_titles_are_searched_without_versions(name: str, first: str) -> None:
    texts = title_searches(name, 3)

    assert texts[0] == first
    assert len(texts) == len(set(texts)) <= 3


@pytest.mark.parametrize("name", ["", "__.safetensors", "../..", "\u200b.pt"])
def test_a_name_of_nothing_is_searched_for_nowhere(name: str) -> None:
    assert title_searches(name, 3) == ()
    assert repository_searches(name, 3) == ()
