"""Whether enough is known about a model of a category, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from model_keeper.domain.categories import category_key
from model_keeper.domain.metadata import Completeness, ModelMetadata, is_empty

#: Issue codes, in the order in which they are listed, and the field that is empty then.
ISSUES: Mapping[str, str] = MappingProxyType(
    {
        "missing_description": "description",
        "missing_trigger_words": "trained_words",
        "missing_base_model": "base_model",
        "missing_source": "source",
        "missing_preview": "preview",
    }
)

_TEXT = frozenset({"missing_description", "missing_source"})
_OF_A_BASE = _TEXT | {"missing_base_model"}
_SHOWN = _OF_A_BASE | {"missing_preview"}

#: What a model of the category should have. A preview is owed only where a picture says something:
#: nobody knows a VAE or a text encoder by its looks. Trigger words belong to what is triggered.
_NEEDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "checkpoints": _SHOWN,
        "diffusion_models": _SHOWN,
        "loras": _SHOWN | {"missing_trigger_words"},
        "embeddings": _SHOWN | {"missing_trigger_words"},
        "hypernetworks": _SHOWN,
        "controlnet": _OF_A_BASE,
        "model_patches": _OF_A_BASE,
        "style_models": _OF_A_BASE,
        "vae": _OF_A_BASE,
        "upscale_models": _TEXT | {"missing_preview"},
    }
)


@dataclass(frozen=True)
class Judgement:
    """``issues`` are codes of :data:`ISSUES`, in its order."""

    completeness: Completeness
    issues: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that are empty."""
        return tuple(ISSUES[code] for code in self.issues)


#: What is unsaid of a model that nobody said anything about.
ALL_UNSAID = frozenset(ISSUES)


def unsaid(metadata: ModelMetadata) -> frozenset[str]:
    """The codes of the fields that nobody said anything about, whatever the category needs."""
    return frozenset(
        code
        for code, name in ISSUES.items()
        if is_empty(getattr(metadata, name)) and name not in metadata.provenance
    )


def judge(metadata: ModelMetadata, category: str, *, has_preview: bool = False) -> Judgement:
    """What is missing for a model of ``category``; one that is not known needs text alone.

    ``has_preview``: a picture lies beside the model, so no address of one is needed. What somebody
    says there is none of is not missing: asking again would bring no more. ``partial`` has some of
    what is needed, ``minimal`` nothing.
    """
    return judged_by(unsaid(metadata), category, has_preview=has_preview)


def judged_by(empty: Collection[str], category: str, *, has_preview: bool = False) -> Judgement:
    """The same by the codes of what is :func:`unsaid`."""
    needs = _NEEDS.get(category_key(category), _TEXT)
    missing = tuple(code for code in ISSUES if code in needs and code in empty)
    if has_preview:
        missing = tuple(code for code in missing if code != "missing_preview")
    if not missing:
        return Judgement(Completeness.COMPLETE)
    some = len(missing) < len(needs)
    return Judgement(Completeness.PARTIAL if some else Completeness.MINIMAL, missing)


def judged(metadata: ModelMetadata, category: str, *, has_preview: bool = False) -> ModelMetadata:
    """The metadata with its completeness for ``category``."""
    verdict = judge(metadata, category, has_preview=has_preview)
    return replace(metadata, completeness=verdict.completeness)
