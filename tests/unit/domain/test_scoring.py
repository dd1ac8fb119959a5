"""What counts for and against an offered file, and when nobody has to be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.domain.candidates import Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.scoring import REASONS, LicenceStanding, Risk, Traits, scored

SHA256 = "a" * 64
OTHER = "b" * 64
WANTED = Wanted("sub/style.safetensors", category="loras")
ASSET = Asset("huggingface", "https://huggingface.co/x/y/resolve/main/style.safetensors", "style.safetensors")  # fmt: skip
PICKLE = Risk("pickle_unscanned", "It can hold program code.")
GATED = Risk("gated", "Its terms have to be accepted.", remark=True)
GONE = Risk("archived", "It is archived.", blocks=True)


def test_the_table_is_the_agreed_one() -> None:
    assert {row: reason.points for row, reason in REASONS.items()} == {
        "sha256": 100,
        "sha256_differs": -60,
        "name": 60,
        "name_normalised": -15,
        "listed": 30,
        "canonical": 15,
        "mirror": -25,
        "licence": 10,
        "licence_unknown": -30,
        "licence_disallowed": -60,
        "integrity": 10,
        "size_differs": -10,
        "context": 5,
        "category_differs": -20,
        "risk": -20,
        "remark": 0,
    }


def test_the_documentation_has_the_same_table() -> None:
    page = Path(__file__).parents[3].joinpath("docs", "searching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)`.*\| (-?\d+) \|$", page, flags=re.MULTILINE)

    assert {row: int(points) for row, points in rows} == {
        row: reason.points for row, reason in REASONS.items()
    }


@pytest.mark.parametrize(
    ("wanted", "asset", "traits", "score", "automatic"),
    [
        # a name alone, and what a repository of anybody can add to it
        ({}, {}, {}, 60, False),
        ({}, {"sha256": OTHER, "category": "loras"}, {"licence": "mit", "standing": "allowed"}, 85, False),
        # who publishes originals
        ({}, {"sha256": OTHER, "category": "loras"}, {"owner": "Kijai"}, 90, True),
        ({}, {"sha256": OTHER}, {"owner": "Kijai"}, 85, False),
        ({}, {"sha256": OTHER}, {"owner": "Kijai", "licence": "mit", "standing": "allowed"}, 95, True),
        # a list made by people
        ({}, {}, {"listed_by": "Our list"}, 90, True),
        ({}, {"category": "loras"}, {"listed_by": "Our list"}, 95, True),
        ({}, {"category": "vae"}, {"listed_by": "Our list"}, 70, False),
        ({}, {"name": "Style.safetensors"}, {"listed_by": "Our list", "owner": "K"}, 90, False),
        # the hash proves it, whatever it is called
        ({"hashes": (SHA256,)}, {"sha256": SHA256, "name": "v2.safetensors"}, {}, 100, True),
        ({"hashes": (OTHER, SHA256)}, {"sha256": SHA256}, {"risks": (PICKLE,)}, 90, True),
        ({"hashes": (SHA256,), "size": 10}, {"sha256": SHA256, "size": 99}, {}, 100, True),
        ({"hashes": (SHA256,)}, {"sha256": SHA256}, {"risks": (GONE,)}, 90, False),
        # another hash blocks, whoever offers it
        ({"hashes": (SHA256,)}, {"sha256": OTHER}, {"listed_by": "Our list"}, 30, False),
        ({"hashes": (SHA256,)}, {}, {"listed_by": "Our list"}, 90, True),
        # sizes
        ({"size": 1000}, {"size": 1050}, {"owner": "K", "licence": "mit", "standing": "allowed"}, 95, True),
        ({"size": 1000}, {"size": 1051}, {"listed_by": "Our list", "owner": "K"}, 89, False),
        ({"size": 1000}, {}, {"about": 1200}, 50, False),
        ({"size": 1000}, {"size": 1000}, {"about": 1200}, 70, False),
        # licences are judged where somebody tells them
        ({}, {}, {"standing": "unknown"}, 30, False),
        ({}, {}, {"licence": "x", "standing": "disallowed"}, 0, False),
        ({}, {}, {"listed_by": "L", "owner": "K", "licence": "x", "standing": "disallowed"}, 45, False),
        # the rest
        ({}, {}, {"mirror": True}, 35, False),
        ({}, {}, {"mirror": True, "owner": "K"}, 75, False),
        ({"base_models": ("flux.1 D",)}, {}, {"base_model": "Flux.1 D"}, 65, False),
        ({"base_models": ("SDXL",)}, {}, {"base_model": "Flux.1 D"}, 60, False),
        ({"name": "style_v1.safetensors"}, {"name": "style_v2.safetensors"}, {}, 0, False),
        ({"category": None}, {"category": "vae"}, {}, 60, False),
        ({}, {}, {"risks": (PICKLE,)}, 40, False),
        ({}, {}, {"risks": (GATED,), "listed_by": "Our list"}, 90, True),
    ],
)  # fmt: skip
def test_the_score_of_an_offer(
    wanted: dict[str, object],
    asset: dict[str, object],
    traits: dict[str, object],
    score: int,
    automatic: bool,
) -> None:
    if "standing" in traits:
        traits = {**traits, "standing": LicenceStanding(traits["standing"])}
    found = scored(
        Source.HUGGINGFACE,
        replace(WANTED, **wanted),  # type: ignore[arg-type]
        replace(ASSET, **asset),  # type: ignore[arg-type]
        Traits(**traits),  # type: ignore[arg-type]
    )

    assert found.score == score, found.evidence
    assert found.automatic is automatic


def test_the_file_goes_where_the_workflow_looks_for_it() -> None:
    found = scored(Source.CIVITAI, WANTED, replace(ASSET, category="vae"))

    assert found.category == "loras"
    assert "It is for vae, and loras is wanted." in [reason.text for reason in found.evidence]


def test_every_reason_is_a_sentence() -> None:
    wanted = replace(WANTED, hashes=(SHA256,), size=10)
    traits = Traits("Our list", "Kijai", licence="mit", standing=LicenceStanding.ALLOWED)
    found = scored(Source.KNOWN, wanted, replace(ASSET, sha256=OTHER, size=50), traits)

    assert all(reason.text.endswith(".") for reason in found.evidence)
    assert not any("{" in reason.text for reason in found.evidence)


@given(
    name=st.sampled_from(["style.safetensors", "Style.safetensors", "style.pt", "x.safetensors"]),
    sha256=st.sampled_from([None, SHA256, OTHER]),
    size=st.sampled_from([None, 100, 1000]),
    category=st.sampled_from([None, "loras", "vae"]),
    hashes=st.sampled_from([(), (SHA256,)]),
    traits=st.builds(
        Traits,
        listed_by=st.sampled_from([None, "L"]),
        owner=st.sampled_from([None, "O"]),
        mirror=st.booleans(),
        standing=st.sampled_from(LicenceStanding),
        risks=st.sampled_from([(), (PICKLE,), (GONE,), (PICKLE, GONE)]),
    ),
)
def test_nothing_doubtful_is_ever_taken_without_asking(
    name: str,
    sha256: str | None,
    size: int | None,
    category: str | None,
    hashes: tuple[str, ...],
    traits: Traits,
) -> None:
    wanted = replace(WANTED, hashes=hashes, size=100)
    asset = replace(ASSET, name=name, sha256=sha256, size=size, category=category)
    found = scored(Source.CIVITAI, wanted, asset, traits)

    proven = sha256 is not None and sha256 in hashes
    assert 0 <= found.score <= 100
    if found.automatic:
        assert proven or name == "style.safetensors"
        assert proven or size != 1000
        assert not (hashes and sha256 == OTHER)
        assert traits.standing is not LicenceStanding.DISALLOWED
        assert GONE not in traits.risks
        assert proven or traits.listed_by or traits.owner
