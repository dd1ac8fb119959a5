"""Resolutions: what becomes of each reference of a workflow, as the Python API tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath
from types import MappingProxyType

from model_keeper.domain.candidates import Candidate, Wanted
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.manifests import ManifestWorkflowModel, WorkflowNodeWidgetRef
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.references import Reference


class MatchType(str, Enum):
    """How a reference was resolved; the strongest first."""

    WORKFLOW_CONTEXT = "workflow_context"  # the manifest knows
    EXACT = "exact"
    SAME_HASH = "same_hash"
    RECONSTRUCTED = "reconstructed"  # other separators or folders
    CASE_INSENSITIVE = "case_insensitive"
    FILENAME = "filename"
    DOWNLOAD_INTENT = "download_intent"  # decided: it is to be fetched
    PROPERTY_DOWNLOAD_INTENT = "property_download_intent"  # the node itself says from where
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    OPTIONAL_UNRESOLVED = "optional_unresolved"
    NOT_FOUND = "not_found"


_INTENTS = frozenset({MatchType.DOWNLOAD_INTENT, MatchType.PROPERTY_DOWNLOAD_INTENT})


@dataclass(frozen=True)
class ResolvedModel:
    """What was found for one reference of ``workflow``.

    ``resolved_model`` is the file on disk; ``model_source`` the address to fetch it from, with
    ``target_path`` below the models folder (its category first). ``match_confidence`` is 0 to 1.
    ``needs_path_sync``: the file is there under another path, and the widget has to be patched.
    ``has_category_mismatch``: the file lies in ``actual_category``, where this node does not look.
    """

    workflow: str
    reference: WorkflowNodeWidgetRef
    resolved_model: ModelFile | None = None
    model_source: str | None = None
    is_optional: bool = False
    match_type: MatchType | None = None
    match_confidence: float = 1.0
    target_path: PurePath | None = None
    needs_path_sync: bool = False
    has_category_mismatch: bool = False
    expected_categories: tuple[str, ...] = ()
    actual_category: str | None = None

    @property
    def is_download_intent(self) -> bool:
        return self.match_type in _INTENTS


@dataclass(frozen=True)
class ResolutionResult:
    """Everything that a workflow needs, by how it stands. Nodes are told by their type."""

    workflow_name: str
    nodes_resolved: tuple[str, ...] = ()
    nodes_unresolved: tuple[str, ...] = ()
    nodes_ambiguous: tuple[str, ...] = ()
    models_resolved: tuple[ResolvedModel, ...] = ()
    models_unresolved: tuple[WorkflowNodeWidgetRef, ...] = ()
    models_ambiguous: tuple[tuple[ResolvedModel, ...], ...] = ()

    @property
    def has_download_intents(self) -> bool:
        return any(model.is_download_intent for model in self.models_resolved)


class DownloadErrorCategory(str, Enum):
    """Why a download failed, by who can help."""

    AUTH_MISSING = "auth_missing"
    AUTH_INVALID = "auth_invalid"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    NETWORK = "network"
    SERVER = "server"
    UNKNOWN = "unknown"


_BY_CODE: Mapping[str, DownloadErrorCategory] = MappingProxyType(
    {
        code: category
        for category, codes in (
            (
                DownloadErrorCategory.AUTH_MISSING,
                ("civitai_login_needed", "hf_gated_login", "login_needed"),
            ),
            (
                DownloadErrorCategory.AUTH_INVALID,
                ("civitai_key_refused", "hf_gated_token", "hf_token_refused"),
            ),
            (
                DownloadErrorCategory.NETWORK,
                ("unreachable", "connection_lost", "stalled", "tls_failed", "protocol_error"),
            ),
        )
        for code in codes
    }
)
_BY_FAMILY: Mapping[Family, DownloadErrorCategory] = MappingProxyType(
    {
        Family.CREDENTIALS: DownloadErrorCategory.FORBIDDEN,
        Family.NOT_FOUND: DownloadErrorCategory.NOT_FOUND,
        Family.REMOTE: DownloadErrorCategory.SERVER,
    }
)


@dataclass(frozen=True)
class DownloadErrorContext:
    """A failed download in the terms of the Python API. ``url`` holds no secret."""

    provider: str | None
    error_category: DownloadErrorCategory
    http_status: int | None = None
    url: str | None = None
    has_configured_auth: bool = False
    raw_error: str | None = None

    @classmethod
    def of(
        cls,
        error: KeeperError,
        *,
        provider: str | None = None,
        url: str | None = None,
        has_configured_auth: bool = False,
    ) -> DownloadErrorContext:
        status = error.details.get("status")
        category = _BY_CODE.get(error.code) or _BY_FAMILY.get(
            error.family, DownloadErrorCategory.UNKNOWN
        )
        return cls(
            provider,
            category,
            status if isinstance(status, int) else None,
            url,
            has_configured_auth,
            error.message,
        )


@dataclass(frozen=True)
class DownloadRequest:
    """A file to fetch. ``target_path`` is below the models folder, its category first.

    ``reuse_by_source``: a file that came from the same address before is taken instead.
    """

    url: str
    target_path: PurePath
    workflow_name: str | None = None
    reuse_by_source: bool = True


@dataclass(frozen=True)
class DownloadResult:
    """``model`` is the file where it succeeded; ``error`` the sentence for people where not."""

    success: bool
    model: ModelFile | None = None
    error: str | None = None
    error_context: DownloadErrorContext | None = None


SearchFunction = Callable[[Wanted], Sequence[Candidate]]
Downloader = Callable[[DownloadRequest], DownloadResult]


@dataclass(frozen=True)
class ModelResolutionContext:
    """What resolving may lean on. It gets what the manifest says, never the manifest itself.

    ``auto_select_ambiguous``: take the first of several that are equally good.
    """

    workflow_name: str
    previous_resolutions: Mapping[WorkflowNodeWidgetRef, ManifestWorkflowModel] = field(
        default_factory=dict
    )
    search_fn: SearchFunction | None = None
    downloader: Downloader | None = None
    auto_select_ambiguous: bool = False


def widget_ref(
    reference: Reference, *, url: str | None = None, directory: str | None = None
) -> WorkflowNodeWidgetRef:
    """The widget that ``reference`` stands in, as the manifest names it."""
    scope, node_id = reference.scope, reference.node_id
    return WorkflowNodeWidgetRef(
        f"{scope}:{node_id}" if scope else node_id,
        reference.node_type,
        _widget_index(reference),
        reference.value,
        url,
        directory,
    )


def _widget_index(reference: Reference) -> int | str:
    """The place among the node's widget values; deeper parts tell nothing that the value hides.

    Where another node says the value (a subgraph's instance), the widget's name.
    """
    place = reference.location
    is_own = (place.scope, place.node_id) == (reference.scope, reference.node_id)
    return place.path[1] if is_own and len(place.path) > 1 else reference.widget
