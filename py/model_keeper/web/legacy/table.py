"""Every route of the panel, specific ones before those that take everything."""

from __future__ import annotations

from concurrent.futures import Executor

from model_keeper.web.guard import Guard
from model_keeper.web.legacy.api import LegacyApi
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.companions import Companions
from model_keeper.web.legacy.edits import EditsApi
from model_keeper.web.legacy.keys import KeysApi
from model_keeper.web.legacy.lookups import LookupsApi
from model_keeper.web.legacy.maintenance import MaintenanceApi
from model_keeper.web.legacy.models import ModelsApi
from model_keeper.web.legacy.previews import PreviewsApi
from model_keeper.web.legacy.refreshes import RefreshesApi
from model_keeper.web.legacy.tasks import TasksApi
from model_keeper.web.legacy.uploads import Tell, UploadsApi
from model_keeper.web.route import RouteTable


def legacy_table(
    backend: LegacyBackend, companions: Companions, tell: Tell | None = None
) -> RouteTable:
    """``tell`` sends an event to the panel's page."""
    return RouteTable(
        [
            *TasksApi(backend, companions).routes(),
            *KeysApi(backend).routes(),
            *LookupsApi(backend).routes(),
            *PreviewsApi(backend, companions).routes(),
            *MaintenanceApi(backend).routes(),
            *UploadsApi(backend, tell).routes(),
            *RefreshesApi(backend).routes(),
            *EditsApi(backend).routes(),
            *ModelsApi(backend).routes(),
        ]
    )


def build_legacy(
    backend: LegacyBackend,
    guard: Guard,
    companions: Companions,
    pool: Executor,
    tell: Tell | None = None,
) -> LegacyApi:
    return LegacyApi(legacy_table(backend, companions, tell), guard, pool)
