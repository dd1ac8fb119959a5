"""How a library stands to the models of a collection."""

from __future__ import annotations

import pytest

from model_keeper.domain.collections import CollectedModel, ModelSource
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.model_files import ModelFile
from model_keeper.engine.collection_plans import LibraryContents, Standing
from model_keeper.library.search import Found

A, B = "a" * 64, "b" * 64
SOURCE = (ModelSource("https://example.org/a"),)


def _file(category: str, relative: str, sha256: str | None, size: int = 10) -> Found:
    hashes = {"sha256": sha256} if sha256 else {}
    file = ModelFile(category, f"/models/{category}", relative, size, 1, hashes=hashes)
    return Found(f"{category}/{relative}", file)


def _model(sha256: str | None, size: int | None = 10, **more: object) -> CollectedModel:
    hashes = KnownHashes({"sha256": sha256} if sha256 else {})
    return CollectedModel("loras", "a.pt", size, hashes, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("files", "model", "standing", "found"),
    [
        ([("loras", "a.pt", A)], _model(A), Standing.HERE, "loras/a.pt"),
        ([("loras", "b.pt", A)], _model(A), Standing.RENAMED, "loras/b.pt"),
        ([("loras", "a.pt", B), ("loras", "b.pt", A)], _model(A), Standing.RENAMED, "loras/b.pt"),
        ([("loras", "a.pt", B)], _model(A), Standing.DIFFERENT, "loras/a.pt"),
        ([("loras", "a.pt", None)], _model(A), Standing.UNPROVEN, "loras/a.pt"),
        ([("loras", "a.pt", None)], _model(A, 11), Standing.DIFFERENT, "loras/a.pt"),
        ([("loras", "a.pt", None)], _model(None, None), Standing.UNPROVEN, "loras/a.pt"),
        ([("loras", "a.pt", A)], _model(None), Standing.UNPROVEN, "loras/a.pt"),
        ([("loras", "a.pt", A)], _model(None, 11), Standing.DIFFERENT, "loras/a.pt"),
        ([("vae", "a.pt", A)], _model(A), Standing.RENAMED, "vae/a.pt"),
        ([("vae", "a.pt", A)], _model(A, sources=SOURCE), Standing.MISSING, None),
        ([("vae", "a.pt", B)], _model(A), Standing.MISSING, None),
        ([], _model(A), Standing.MISSING, None),
    ],
)
def test_content_counts_before_names(
    files: list[tuple[str, str, str | None]],
    model: CollectedModel,
    standing: Standing,
    found: str | None,
) -> None:
    contents = LibraryContents(_file(*each) for each in files)
    stands, where = contents.standing_of(model)
    assert (stands, where.id if where else None) == (standing, found)


def test_of_several_places_the_named_one_is_meant() -> None:
    contents = LibraryContents([_file("vae", "a.pt", A), _file("loras", "b.pt", A)])
    assert contents.standing_of(_model(A))[1] == _file("loras", "b.pt", A)
