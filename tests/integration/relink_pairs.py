"""Pairs of a workflow and a library in which its files lie somewhere else, or look-alikes do."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import WantedFile
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.references import Reference, ReferenceKind
from model_keeper.engine.resolving.wanted import wanted_files
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.patch import changes_for, patched
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references

REAL = Path(__file__).parents[3] / "shared" / "data" / "workflows"
ENDINGS = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".sft", ".onnx", ".yaml")
FILES = frozenset(
    {ReferenceKind.FILE, ReferenceKind.STEM, ReferenceKind.LORA_TAG, ReferenceKind.EMBEDDING}
)
LOADERS = LoaderTable.shipped()


@dataclass
class Case:
    """One wanted file: what is known of it, its bytes, and whether it can be linked."""

    wanted: Wanted
    content: bytes
    treatment: str
    is_linkable: bool
    decoys: int = 0


@dataclass
class Pair:
    document: dict[str, Any]
    folder: Path
    table: FolderTable = field(default_factory=FolderTable)
    cases: list[tuple[Case, tuple[Reference, ...]]] = field(default_factory=list)

    def roots(self, category: str) -> list[Path]:
        return [self.folder / root / category for root in ("models", "extra")]

    def put(self, category: str, root: int, relative: str, content: bytes) -> None:
        path = self.roots(category)[root] / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists()
        path.write_bytes(content)

    def loaded(self, reference: Reference) -> bytes | None:
        """What ComfyUI would read on POSIX for ``reference``: first root first, to the letter."""
        endings: Sequence[str] = ("",)
        if reference.kind is not ReferenceKind.FILE:
            endings = ("", ".safetensors", *ENDINGS)
        for ending in endings:
            for root in self.roots(reference.category or ""):
                path = root / f"{reference.value}{ending}"
                if path.is_file():
                    return path.read_bytes()
        return None


def places(document: Mapping[str, Any]) -> list[Reference]:
    found = references(read_workflow(document), LOADERS)
    return [place for place in found if place.kind in FILES and place.category]


def own_workflow(chance: random.Random) -> dict[str, Any]:
    """A workflow in either format with lists, rows, texts and a nested subgraph."""
    name = f"n{chance.randrange(10**6)}"
    if chance.random() < 0.3:
        return {
            "3": {"class_type": "LoraLoader", "inputs": {"lora_name": f"{name} 肖像.safetensors"}},
            "7:4": {"class_type": "VAELoader", "inputs": {"vae_name": f"sd\\{name}.pt"}},
        }
    power = [{}, {"on": True, "lora": f"x\\{name}-p.safetensors", "strength": 1}]
    inner = {"id": "in", "nodes": [node(1, "VAELoader", [f"{name}-v.safetensors"])]}
    outer = {"id": "out", "nodes": [node(2, "in", [])], "definitions": {"subgraphs": [inner]}}
    return {
        "nodes": [
            node(1, "CheckpointLoaderSimple", [f"{name}.ckpt"]),
            node(2, "LoraLoader", [f"a/{name}.safetensors", 1.0, 1.0]),
            node(3, "Power Lora Loader (rgthree)", power),
            node(4, "CLIPTextEncode", [f"a cat, (embedding:{name}-e:1.2), embedding:{name}-f.pt"]),
            node(5, "out", []),
        ],
        "definitions": {"subgraphs": [outer]},
    }


def node(node_id: int, kind: str, values: Any) -> dict[str, Any]:
    return {"id": node_id, "type": kind, "widgets_values": values}


def real_workflows() -> list[Path]:
    return sorted(REAL.rglob("*.json")) if REAL.is_dir() else []


def pairs(seed: int, folder: Path, count: int) -> Iterator[Pair]:
    chance = random.Random(seed)
    real = [path for path in real_workflows() if path.name != "groundtruth.json"]
    chance.shuffle(real)
    made = 0
    while made < count:
        document = own_workflow(chance)
        if real and made % 2:
            path = real.pop()
            try:
                document = json.loads(path.read_bytes())
                found = places(document) if isinstance(document, dict) else []
            except (KeeperError, ValueError):  # some file of the collection is no workflow
                continue
            if not found:
                continue
        pair = Pair(document, folder / str(made))
        _fill(pair, chance)
        if pair.cases:
            made += 1
            yield pair


def _fill(pair: Pair, chance: random.Random) -> None:
    _other_separators(pair, chance)
    entries = read_workflow(pair.document).entries
    taken: set[tuple[str, str]] = set()
    for file in wanted_files(places(pair.document), entries):
        category, name = file.wanted.category, PurePosixPath(file.wanted.name)
        key = (category or "", name.stem.casefold())
        if not file.references or not category or key in taken or file.builtin:
            continue
        taken.add(key)
        case = _case(pair, file, chance)
        pair.cases.append((case, file.references))
    for category in {place.category for place in places(pair.document)}:
        for root in pair.roots(category or ""):
            root.mkdir(parents=True, exist_ok=True)
            pair.table = pair.table.with_root(Root(category or "", str(root)), ENDINGS)


def _other_separators(pair: Pair, chance: random.Random) -> None:
    """Let some places say their file as on Windows, in a folder."""
    for place in places(pair.document):
        if place.kind is ReferenceKind.FILE and "/" not in place.name and chance.random() < 0.3:
            changes = changes_for(pair.document, place, f"Sub Folder\\{place.value}")
            pair.document = patched(pair.document, changes)


TREATMENTS: Sequence[str] = (
    *("moved", "case", "separators", "other_root", "renamed", "other_category"),
    *("exact", "decoy_and_moved", "decoy_and_renamed", "decoy_alone", "decoy_alone_at_path"),
)


def _case(pair: Pair, file: WantedFile, chance: random.Random) -> Case:
    wanted = replace(file.wanted, hashes=(), size=None)
    content = chance.randbytes(chance.randint(8, 300))
    treatment = chance.choice(TREATMENTS)
    digest = hashlib.sha256(content).hexdigest()
    must_know = "decoy" in treatment or treatment in {"renamed", "other_category"}
    if must_know or chance.random() < 0.4:
        wanted = replace(wanted, hashes=(digest,))
    if chance.random() < 0.5:
        wanted = replace(wanted, size=len(content))
    linkable = treatment not in {"other_category", "decoy_alone", "decoy_alone_at_path"}
    case = Case(wanted, content, treatment, linkable)
    _PLACERS[treatment](pair, case, _on_disk_name(file), chance)
    return case


def _on_disk_name(file: WantedFile) -> PurePosixPath:
    name = PurePosixPath(file.wanted.name.lstrip("/"))
    return name if name.suffix in ENDINGS else name.with_name(f"{name.name}.safetensors")


Placer = Callable[[Pair, Case, PurePosixPath, random.Random], None]


def _put(pair: Pair, case: Case, relative: PurePosixPath | str, root: int = 0) -> None:
    pair.put(case.wanted.category or "", root, str(relative), case.content)


def _moved(pair: Pair, case: Case, name: PurePosixPath, chance: random.Random) -> None:
    _put(pair, case, f"{chance.choice(['moved', 'a/b', 'Flux.1'])}/{name.name}")


def _case_changed(pair: Pair, case: Case, name: PurePosixPath, _: random.Random) -> None:
    _put(pair, case, name.with_name(name.stem.swapcase() + name.suffix))


def _as_written(pair: Pair, case: Case, name: PurePosixPath, _: random.Random) -> None:
    _put(pair, case, name)


def _other_root(pair: Pair, case: Case, name: PurePosixPath, chance: random.Random) -> None:
    _put(pair, case, chance.choice([name, PurePosixPath("deep", name.name)]), root=1)


def _renamed(pair: Pair, case: Case, name: PurePosixPath, _: random.Random) -> None:
    _put(pair, case, f"kept/renamed-{case.wanted.hashes[0][:8]}{name.suffix}")


def _other_category(pair: Pair, case: Case, name: PurePosixPath, _: random.Random) -> None:
    pair.put("other", 0, f"{case.wanted.hashes[0][:8]}/{name.name}", case.content)
    pair.table = pair.table.with_root(Root("other", str(pair.roots("other")[0])), ENDINGS)


def _decoy(pair: Pair, case: Case, relative: str, chance: random.Random) -> None:
    """The name of the wanted file, other bytes; often as many of them."""
    size = len(case.content) + chance.choice([0, 0, 1])
    pair.put(case.wanted.category or "", 0, relative, chance.randbytes(size))
    case.decoys += 1


def _decoy_and_moved(pair: Pair, case: Case, name: PurePosixPath, chance: random.Random) -> None:
    _decoy(pair, case, chance.choice([f"decoy/{name.name}", f"0/{name.name}"]), chance)
    _moved(pair, case, name, chance)


def _decoy_and_renamed(pair: Pair, case: Case, name: PurePosixPath, chance: random.Random) -> None:
    _decoy(pair, case, chance.choice([f"decoy/{name.name}", str(name)]), chance)
    _renamed(pair, case, name, chance)


def _decoy_alone(pair: Pair, case: Case, name: PurePosixPath, chance: random.Random) -> None:
    _decoy(pair, case, f"decoy/{name.name}", chance)


def _decoy_at_path(pair: Pair, case: Case, name: PurePosixPath, chance: random.Random) -> None:
    _decoy(pair, case, str(name), chance)


_PLACERS: Mapping[str, Placer] = {
    "moved": _moved,
    "case": _case_changed,
    "separators": _as_written,
    "other_root": _other_root,
    "renamed": _renamed,
    "other_category": _other_category,
    "exact": _as_written,
    "decoy_and_moved": _decoy_and_moved,
    "decoy_and_renamed": _decoy_and_renamed,
    "decoy_alone": _decoy_alone,
    "decoy_alone_at_path": _decoy_at_path,
}
