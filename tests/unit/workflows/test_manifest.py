from __future__ import annotations

import builtins
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.manifests import (
    Criticality,
    IntentStatus,
    ManifestModel,
    ManifestWorkflowModel,
    WorkflowNodeWidgetRef,
)
from model_keeper.workflows.manifest import Manifest

SHA256 = "0123456789abcdef" * 4
URL = "https://hub.example/ae.safetensors"
REF = WorkflowNodeWidgetRef("3", "VAELoader", 0, "ae.safetensors")
INTENT = ManifestWorkflowModel(
    "ae.safetensors",
    "vae",
    sources=(URL,),
    relative_path="vae/flux/ae.safetensors",
    nodes=(REF,),
)
KNOWN = ManifestModel(SHA256, "ae.safetensors", 335, "vae/flux/ae.safetensors", "vae", (URL,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pyproject.toml"


def refusal(path: Path, **options: Any) -> KeeperError:
    before = path.read_bytes()
    with pytest.raises(KeeperError) as caught:
        Manifest(path, **options).decide("portrait", INTENT)
    assert path.read_bytes() == before
    return caught.value


def test_a_decision_is_read_back_by_anybody(path: Path) -> None:
    Manifest(path).decide("portrait", INTENT)
    assert Manifest(path).models("portrait") == (INTENT,)
    assert Manifest(path).previous("portrait") == {REF: INTENT}
    assert Manifest(path).workflows() == ("portrait",)


def test_a_decision_is_written_as_people_write_it(path: Path) -> None:
    path.write_text("[project]\nname = 'x'\n")
    Manifest(path).decide("portrait", replace(INTENT, expected=SHA256))
    assert path.read_text() == (
        "[project]\nname = 'x'\n"
        "\n"
        "[[tool.model-keeper.workflows.portrait.models]]\n"
        'filename = "ae.safetensors"\n'
        'category = "vae"\n'
        'criticality = "flexible"\n'
        'status = "unresolved"\n'
        f'expected = "sha256:{SHA256}"\n'
        f'sources = ["{URL}"]\n'
        'relative_path = "vae/flux/ae.safetensors"\n'
        'nodes = [{node_id = "3", node_type = "VAELoader", widget_idx = 0,'
        ' widget_value = "ae.safetensors"}]\n'
    )


def test_a_file_that_arrived_keeps_its_sources_and_enters_the_global_table(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", INTENT)
    manifest.resolve("portrait", REF, SHA256.upper(), known=KNOWN)
    (row,) = manifest.models("portrait")
    assert row == replace(INTENT, status=IntentStatus.RESOLVED, hash=f"sha256:{SHA256}")
    assert manifest.known() == {SHA256: KNOWN}
    assert manifest.intents() == ()
    assert f'[tool.model-keeper.models."sha256:{SHA256}"]\n' in path.read_text()


def test_a_download_that_failed_is_still_decided(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", INTENT)
    manifest.resolve("portrait", "ae.safetensors", SHA256)
    manifest.fail("portrait", "ae.safetensors")
    (intent,) = manifest.intents("portrait")
    assert intent.model == replace(INTENT, expected=SHA256)


def test_what_became_of_several_downloads_is_noted_in_one_turn(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", INTENT)
    manifest.decide("other", replace(INTENT, filename="b.safetensors", nodes=()))
    manifest.note([("portrait", REF, KNOWN), ("other", "b.safetensors", None)])
    assert manifest.models("portrait")[0].sha256 == SHA256
    assert manifest.models("other")[0].is_intent
    assert manifest.known() == {SHA256: KNOWN}
    before = path.read_text()
    with pytest.raises(KeeperError):
        manifest.note([("other", "b.safetensors", KNOWN), ("portrait", "unknown", None)])
    assert path.read_text() == before, "all or nothing"


def test_what_somebody_else_wrote_meanwhile_is_seen(path: Path) -> None:
    mine, theirs = Manifest(path), Manifest(path)
    mine.decide("portrait", INTENT)
    theirs.decide("other", INTENT)
    assert set(mine.workflows()) == {"portrait", "other"}


def test_what_may_be_missing_is_not_asked_for_again(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", replace(INTENT, sources=()))
    assert manifest.models("portrait")[0].is_question
    manifest.optional("portrait", REF)
    (row,) = manifest.models("portrait")
    assert (row.criticality, row.is_question, row.is_intent) == (
        Criticality.OPTIONAL,
        False,
        False,
    )


def test_a_second_thought_replaces_the_first(path: Path) -> None:
    manifest = Manifest(path)
    other = replace(INTENT, filename="other.safetensors", sources=("https://hub.example/other",))
    manifest.decide("portrait", INTENT)
    manifest.decide("portrait", other)
    assert manifest.models("portrait") == (other,)


def test_one_source_of_two_workflows_is_one_download(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", INTENT)
    manifest.decide("landscape", replace(INTENT, sources=(f"{URL}?download=true",)))
    manifest.decide("landscape", replace(INTENT, filename="b", relative_path="vae/b", nodes=()))
    one, two = manifest.intents()
    assert (one.workflows, two.workflows) == (("portrait", "landscape"), ("landscape",))
    assert manifest.intents("portrait") == (one,)
    assert [name for name, _ in manifest.by_source(URL)] == ["portrait", "landscape", "landscape"]


def test_a_file_is_found_by_its_hash(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", INTENT)
    manifest.decide("landscape", replace(INTENT, expected=SHA256))
    manifest.resolve("portrait", REF, SHA256)
    assert [name for name, _ in manifest.by_hash(SHA256.upper())] == ["portrait", "landscape"]


def test_what_nobody_decided_cannot_have_a_result(path: Path) -> None:
    with pytest.raises(KeeperError, match=r"ae\.safetensors") as caught:
        Manifest(path).resolve("portrait", "ae.safetensors", SHA256)
    assert caught.value.code == "manifest_entry_unknown"
    assert not path.exists()


@pytest.mark.parametrize(
    "name", ["v1.0 final", "肖像 工作流", 'say "so"', "it's", "a\\b", "", "x]y", "a\nb"]
)
def test_a_workflow_may_be_called_anything(path: Path, name: str) -> None:
    manifest = Manifest(path)
    manifest.decide("first", INTENT)
    manifest.decide(name, INTENT)
    manifest.decide(name, replace(INTENT, filename="b", nodes=()))
    manifest.resolve(name, "b", SHA256)
    assert manifest.workflows() == ("first", name)
    assert [row.filename for row in manifest.models(name)] == ["ae.safetensors", "b"]


def test_other_tools_are_heard_and_ours_goes_first(path: Path) -> None:
    path.write_text(
        "[[tool.comfydock.workflows.portrait.models]]\n"
        'filename = "ae.safetensors"\ncategory = "vae"\nstatus = "resolved"\n'
        'hash = "0123456789abcdef"\n'
        'nodes = [{node_id = "3", node_type = "VAELoader", widget_idx = 0,'
        ' widget_value = "ae.safetensors"}]\n'
        "[[tool.comfygit.workflows.portrait.models]]\n"
        'filename = "b.safetensors"\ncategory = "loras"\nsources = ["https://hub.example/b"]\n'
        "[tool.comfygit.models.0123456789abcdef]\nfilename = 3\n"
    )
    manifest = Manifest(path)
    lora, vae = manifest.models("portrait")
    assert (lora.criticality, lora.is_intent) == (Criticality.FLEXIBLE, True)
    assert (vae.hash, vae.sha256) == ("0123456789abcdef", None)
    before = path.read_text()
    manifest.resolve("portrait", "b.safetensors", SHA256)
    manifest.decide("portrait", INTENT)
    assert path.read_text().startswith(before)
    assert [row.filename for row in manifest.models("portrait")] == [
        "b.safetensors",
        "ae.safetensors",
    ]


def test_another_namespace_can_be_written_and_its_hash_is_kept(path: Path) -> None:
    path.write_text(
        "[[tool.comfygit.workflows.portrait.models]]\n"
        'filename = "b.safetensors"\ncategory = "loras"\nstatus = "resolved"\n'
        'hash = "0123456789abcdef" # sampled\n'
    )
    manifest = Manifest(path, namespace="comfygit")
    manifest.optional("portrait", "b.safetensors")
    assert 'hash = "0123456789abcdef" # sampled\n' in path.read_text()
    manifest.resolve("portrait", "b.safetensors", SHA256)
    assert f'hash = "sha256:{SHA256}" # sampled\n' in path.read_text()
    assert 'other_hash = "0123456789abcdef"\n' in path.read_text()
    assert "model-keeper" not in path.read_text()


def test_what_another_tool_writes_in_a_new_way_is_passed_over(path: Path) -> None:
    path.write_text('[tool.comfygit.workflows]\nportrait = "later"\nx = {models = [{}]}\n')
    assert Manifest(path).models("portrait") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = = 2\n", 2),
        ("a = 1\na = 2\n", 2),
        ("[tool]\nx = 1\nmodel-keeper = 3\n", 3),
        ('a = 1\n\n[tool.model-keeper]\nworkflows = "x"\n', 4),
        ("[tool.model-keeper.workflows.w]\n# models\nmodels = 3\n", 3),
        ("[tool.model-keeper.workflows.w]\nmodels = [3]\n", 2),
        ("\n[[tool.model-keeper.workflows.w.models]]\ncategory = 'vae'\n", 2),
        (
            (
                "[[tool.model-keeper.workflows.w.models]]\nfilename = 'a'\ncategory = 'vae'\n"
                "[[tool.model-keeper.workflows.w.models]]\nfilename = 'b'\ncategory = 4\n"
            ),
            6,
        ),
        (
            (
                "[[tool.model-keeper.workflows.w.models]]\nfilename = 'a'\ncategory = 'vae'\n"
                "status = 'done'\n"
            ),
            4,
        ),
        (
            (
                "[[tool.model-keeper.workflows.w.models]]\nfilename = 'a'\ncategory = 'vae'\n"
                "sources = 'one'\n"
            ),
            4,
        ),
        ("tool = 3\n", 1),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(path: Path, text: str, line: int) -> None:
    path.write_text(text)
    error = refusal(path)
    assert (error.code, error.details["line"]) == ("manifest_unreadable", line), error.message


def test_a_file_that_is_no_text_is_left_alone(path: Path) -> None:
    path.write_bytes(b"a = 1\nb = '\xff'\n")
    assert refusal(path).details["line"] == 2


def test_a_read_only_file_is_left_alone(path: Path) -> None:
    path.write_text("a = 1\n")
    path.chmod(0o444)
    assert refusal(path).code == "file_read_only"


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        Manifest(tmp_path / "none" / "pyproject.toml").decide("w", INTENT)
    assert caught.value.code == "folder_not_found"
    assert list(tmp_path.iterdir()) == []


def test_half_a_character_is_refused(path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        Manifest(path).decide("w\udcff", INTENT)
    assert caught.value.code == "name_unusable"
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="modes and links are POSIX here")
def test_mode_and_symbolic_link_stay(tmp_path: Path) -> None:
    target = tmp_path / "real" / "project.toml"
    target.parent.mkdir()
    target.write_text("a = 1\n")
    target.chmod(0o640)
    link = tmp_path / "pyproject.toml"
    link.symlink_to(Path("real", "project.toml"))
    Manifest(link).decide("portrait", INTENT)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert Manifest(target).models("portrait") == (INTENT,)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["pyproject.toml", "real"]


def test_a_decision_that_changes_nothing_writes_nothing(path: Path) -> None:
    manifest = Manifest(path)
    manifest.decide("portrait", INTENT)
    before = path.stat()
    manifest.decide("portrait", INTENT)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_without_tomlkit_it_says_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "tomlkit":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "tomlkit")
    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(KeeperError) as caught:
        Manifest(path).models("portrait")
    assert caught.value.code == "dependency_missing"
