"""Verdicts: what the rules say about a file that arrived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from model_keeper.domain.errors import KeeperError


class Decision(str, Enum):
    VERIFIED = "VERIFIED"
    REJECTED = "REJECTED"
    REVIEW = "REVIEW"


@dataclass(frozen=True)
class Reason:
    """Why: an error code for a refusal or a review, else a word of :data:`PROOFS`."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        proof = PROOFS.get(self.code)
        return proof or KeeperError(self.code, **self.details).message


PROOFS: Mapping[str, str] = {
    "structure_right": "Its structure is right to the last byte.",
    "sha256_compared": "Its SHA256 was compared and is equal.",
    "sha256_not_compared": "No SHA256 is known for it: not compared.",
    "size_met": "It has the declared size.",
    "pickle_allowed": "It can run code when it is loaded; you allowed that.",
    "approved_by_person": "A person approved it.",
    "hashes_not_verified": "Comparing hashes is off: only structure and size were checked.",
}


@dataclass(frozen=True)
class Verdict:
    """The decision with every reason that led to it, the deciding one first."""

    decision: Decision
    reasons: tuple[Reason, ...]
    format: str | None = None  # 'safetensors', 'gguf', 'pytorch_zip', 'pickle', 'onnx', …
    facts: Mapping[str, Any] = field(default_factory=dict)  # of the header: category, base model …

    @property
    def compared(self) -> bool:
        return any(r.code == "sha256_compared" for r in self.reasons)

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.decision.value,
            "reason": self.reasons[0].sentence if self.reasons else "",
            "reasons": [
                {"code": r.code, "sentence": r.sentence, "details": dict(r.details)}
                for r in self.reasons
            ],
            "format": self.format,
        }
