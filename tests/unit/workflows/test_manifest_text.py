from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.manifests import ManifestModel, ManifestWorkflowModel
from model_keeper.workflows.manifest import Manifest
from model_keeper.workflows.manifest_text import joined, sections

SHA256 = "fedcba9876543210" * 4
LORA = ManifestWorkflowModel("a.safetensors", "loras", sources=("https://hub.example/a",))

BLOCKS = (
    "[project]\nname = 'x'   # the name\nkeywords = [\n  'a', # one\n  \"]\",\n]\n",
    "[tool.ruff]\nline-length=100\n\n\n",
    "# about mypy\n[tool.mypy]\nstrict = true\n",
    '[tool.note]\ntext = """\n[tool.model-keeper]\nfilename = 1\n"""\n\n',
    "[[tool.other.models]]\nn = {a = 1, b = [1, 2]}\n[[tool.other.models]]\n",
    "[tool.comfygit.workflows]\nw = {models = []}\n",
    "\t[ 'quoted' . \"]\" ]\ndate = 2020-01-01T00:00:00Z\nf = 1e3\n",
)
OURS = (
    (
        "# ours\n[[tool.model-keeper.workflows.w.models]] # first\n"
        "filename = 'a.safetensors' # a\ncategory = 'loras'\nmine = [1]\n\n# between\n"
    ),
    (
        "[[tool.model-keeper.workflows.w.models]]\ncategory = 'vae'\nfilename = 'b'\n"
        "[tool.model-keeper.workflows.w.models.further]\nx = 1\n"
    ),
    "[tool.model-keeper]\nversion = 1 # kept\n",
    "[tool.model-keeper.workflows.w]\nnote = 'n'\n",
    f"[tool.model-keeper.models.'sha256:{SHA256}']\nfilename = 'a'\nsize = 1\n",
)


def manifest(tmp_path: Path, text: str) -> Manifest:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(text.encode())
    return Manifest(path)


def others(text: str) -> str:
    """All that is not below a header of ours."""
    return joined(part for part in sections(text) if not part.below(("tool", "model-keeper")))


@settings(deadline=None, max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_nothing_else_of_the_file_changes_by_a_byte(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    blocks = [*chance.sample(BLOCKS, chance.randint(0, 7))]
    ours = [block for block in OURS if chance.random() < 0.5]
    places = sorted(chance.randint(0, len(blocks)) for _ in ours)
    for place, block in reversed(list(zip(places, ours, strict=True))):
        blocks.insert(place, block)
    text = chance.choice(["", "# top\n\n", "a = 1\n"]) + "".join(blocks)
    tomlkit.parse(text)
    kept = manifest(tmp_path_factory.mktemp("toml"), text)
    kept.decide("w", LORA)
    kept.decide("w", replace(LORA, filename="new.safetensors"))
    kept.decide("other.one", LORA)
    kept.resolve("w", "a.safetensors", SHA256, known=KNOWN)
    after = kept.path.read_bytes().decode()
    assert others(after).replace("\n", "") == others(text).replace("\n", "")
    lines = [line for block in ours for line in block.splitlines() if "#" in line]
    assert [line for line in lines if line not in after] == []
    assert [row.filename for row in kept.models("other.one")] == ["a.safetensors"]


KNOWN = ManifestModel(SHA256, "a", 2, "loras/a", "loras")


@pytest.mark.parametrize(
    "text",
    [
        "[project]\nname = 'x'\n\n[tool.ruff]\na = 1\n",
        "[project]\nname = 'x'",
        "# only a comment",
        "[project]\n# the end\n\n",
        "",
    ],
)
def test_ours_comes_after_what_is_there(tmp_path: Path, text: str) -> None:
    kept = manifest(tmp_path, text)
    kept.decide("w", LORA)
    after = kept.path.read_text()
    assert after.startswith(text)
    assert "\n\n\n" not in after
    assert after.count("\n\n[[tool") == bool(text)


def test_a_new_row_joins_its_siblings_and_leaves_the_comment_on_what_follows(
    tmp_path: Path,
) -> None:
    first = "[[tool.model-keeper.workflows.w.models]]\nfilename = 'b'\ncategory = 'vae'\n"
    rest = "\n# about the project\n[project]\nname = 'x'\n"
    kept = manifest(tmp_path, first + rest)
    kept.decide("w", LORA)
    after = kept.path.read_text()
    assert after.startswith(f"{first}\n[[tool.model-keeper.workflows.w.models]]\n")
    assert after.endswith(rest)


def test_windows_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    kept = manifest(tmp_path, "\ufeff[project]\r\nname = 'x'\r\n")
    kept.decide("w", LORA)
    kept.resolve("w", "a.safetensors", SHA256)
    data = kept.path.read_bytes()
    assert data.startswith("\ufeff[project]\r\nname = 'x'\r\n\r\n[[".encode())
    assert data.count(b"\n") == data.count(b"\r\n")
    assert kept.models("w")[0].sha256 == SHA256


@pytest.mark.parametrize(
    "text",
    [
        "[tool]\nmodel-keeper = {}\nx = 1\n",
        "[tool]\nmodel-keeper.workflows.w.models = [{filename = 'b', category = 'vae'}]\nx = 1\n",
        "tool.model-keeper.version = 1\ntool.x = 1\n",
        "[tool.model-keeper]\nworkflows = {w = {note = 'n', models = []}}\n\n[tool.x]\na = 1\n",
        "[tool.model-keeper.workflows]\nw.models = [\n {filename = 'b', category = 'vae'},\n]\n",
        "[tool.model-keeper.workflows.w]\nmodels = [{filename = 'b', category = 'vae'}]\n",
        "[tool.model-keeper.models]\n'sha256:00' = {filename = 'z', size = 1}\n",
        "[tool.'model-keeper'.workflows.\"w\"]\nmodels = []\n",
    ],
)
def test_tables_in_any_notation_can_be_added_to(tmp_path: Path, text: str) -> None:
    before = tomlkit.parse(text).unwrap()
    kept = manifest(tmp_path, text)
    kept.decide("w", LORA)
    kept.resolve("w", "a.safetensors", SHA256, known=KNOWN)
    after = tomlkit.parse(kept.path.read_text()).unwrap()
    ours = after["tool"].pop("model-keeper")
    theirs = before["tool"].pop("model-keeper")
    assert after == before
    rows = theirs.get("workflows", {}).get("w", {}).pop("models", [])
    assert ours["workflows"]["w"].pop("models")[: len(rows)] == rows
    assert ours["models"].pop(f"sha256:{SHA256}")["size"] == 2
    assert ours["models"] == theirs.get("models", {})
    assert ours["workflows"]["w"] == theirs.get("workflows", {}).get("w", {})
    assert ours.get("version") == theirs.get("version")


def test_what_cannot_be_laid_out_anew_is_refused(tmp_path: Path) -> None:
    text = "tool = {model-keeper = {}, x = 1}\n"
    kept = manifest(tmp_path, text)
    with pytest.raises(Exception, match="laid out"):
        kept.decide("w", LORA)
    assert kept.path.read_text() == text
