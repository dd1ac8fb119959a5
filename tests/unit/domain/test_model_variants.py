"""What tells the files of one model apart, read from what people and providers write."""

from __future__ import annotations

import pytest

from model_keeper.domain.model_variants import likeness, same_variant, variant_of


@pytest.mark.parametrize(
    ("have", "offered"),
    [
        (("a_v1.safetensors", "v1"), ("a_v2.safetensors", "v2.0 final")),
        (("a_fp16.safetensors", "v1"), ("a_bf16.safetensors", "v2")),  # loaders take either
        (("a.ckpt", "v1"), ("a.safetensors", "v2")),  # the safer form of the same
        (("a-Q4_K_M.gguf", "v1"), ("a-Q4_K_M.gguf", "v2")),
        (("wan_highnoise.safetensors", "v1"), ("x.safetensors", "High Noise v2")),
        (("a.safetensors", "Realistic V5.1"), ("b.safetensors", "RealisticV6.0 B1")),
        (("a.safetensors", "大坏狐狸 v1.0"), ("b.safetensors", "大坏狐狸 v2.0")),
    ],
)
def test_one_takes_the_place_of_the_other(have: tuple[str, str], offered: tuple[str, str]) -> None:
    assert same_variant(variant_of(*have), variant_of(*offered))


@pytest.mark.parametrize(
    ("have", "offered"),
    [
        (("a_fp16.safetensors", "v1"), ("a_fp8.safetensors", "v2")),
        (("a_fp16.safetensors", "v1"), ("a_fp32.safetensors", "v2")),
        (("a-Q4_K_M.gguf", "v1"), ("a-Q8_0.gguf", "v2")),
        (("a.safetensors", "v1"), ("a-Q8_0.gguf", "v2")),
        (("a.safetensors", "v1"), ("a.ckpt", "v2")),
        (("wan.safetensors", "High Noise v1"), ("wan.safetensors", "Low Noise v2")),
        (("wan_i2v.safetensors", "v1"), ("wan_t2v.safetensors", "v2")),
        (("a.safetensors", "v1"), ("a_inpainting.safetensors", "v2")),
        (("a.safetensors", "v3"), ("a.safetensors", "v3 Lightning")),
        (("a.safetensors", "CorpseBride v1"), ("b.safetensors", "BigBadFox v1.0")),  # a collection
        (("a.safetensors", "僵尸新娘 v1"), ("b.safetensors", "大坏狐狸 v2")),
    ],
)
def test_one_does_not_take_the_place_of_the_other(
    have: tuple[str, str], offered: tuple[str, str]
) -> None:
    assert not same_variant(variant_of(*have), variant_of(*offered))


def test_high_and_low_are_noise_only_where_a_model_is_in_two_parts() -> None:
    wan = "Wan Video 2.2 I2V-A14B"
    assert variant_of("a.safetensors", "HIGH v2", base_model=wan).noise == "high"
    assert variant_of("a_LN.safetensors", "v2", base_model=wan).noise == "low"
    assert variant_of("high_detail.safetensors", "low poly v2", base_model="SDXL 1.0").noise is None


def test_what_the_provider_states_goes_before_what_names_say() -> None:
    stated = {"fp": "fp8_scaled", "format": "SafeTensor", "size": "pruned", "quant": ""}
    found = variant_of("a_fp16.safetensors", "v1", stated=stated)
    assert (found.precision, found.container, found.extent) == ("fp8", "safetensors", "pruned")


def test_full_and_pruned_are_two_where_both_are_stated() -> None:
    full = variant_of("a.safetensors", "v1", stated={"size": "full"})
    pruned = variant_of("a.safetensors", "v2", stated={"size": "pruned"})
    assert not same_variant(full, pruned)
    assert same_variant(full, variant_of("a.safetensors", "v2"))


def test_of_two_that_fit_the_very_same_is_the_likest() -> None:
    have = variant_of("a_fp16.safetensors", "v1")
    assert likeness(have, variant_of("b_fp16.safetensors", "v2")) > likeness(
        have, variant_of("b_bf16.safetensors", "v2")
    )
