"""The one route table of both hosts."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

from model_keeper import __version__
from model_keeper.web.api import Api
from model_keeper.web.changes import ChangeFeed
from model_keeper.web.guard import Guard
from model_keeper.web.openapi import openapi
from model_keeper.web.route import Route, RouteTable
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.broken import BrokenApi
from model_keeper.web.v1.changes import ChangesApi
from model_keeper.web.v1.collections import CollectionsApi
from model_keeper.web.v1.events import EventsApi
from model_keeper.web.v1.filters import FiltersApi
from model_keeper.web.v1.health import HealthApi
from model_keeper.web.v1.job_items import JobItemsApi
from model_keeper.web.v1.jobs import JobsApi
from model_keeper.web.v1.known_pictures import KnownPicturesApi
from model_keeper.web.v1.library import LibraryApi
from model_keeper.web.v1.links import LinksApi
from model_keeper.web.v1.maintenance import MaintenanceApi
from model_keeper.web.v1.metadata import MetadataApi
from model_keeper.web.v1.notifications import NotificationsApi
from model_keeper.web.v1.previews import PreviewsApi
from model_keeper.web.v1.roots import RootsApi
from model_keeper.web.v1.schedules import SchedulesApi
from model_keeper.web.v1.settings import SettingsApi
from model_keeper.web.v1.tidying import TidyingApi
from model_keeper.web.v1.trash import TrashApi
from model_keeper.web.v1.updates import UpdatesApi
from model_keeper.web.v1.workflows import WorkflowsApi


def route_table(backend: Backend, guard: Guard, feed: ChangeFeed) -> RouteTable:
    """Every route of the API, in the order of its documentation."""
    routes = [
        *JobsApi(backend).routes(),
        *JobItemsApi(backend).routes(),
        *EventsApi(feed).routes(),
        *LinksApi(backend).routes(),
        *WorkflowsApi(backend).routes(),
        *PreviewsApi(backend).routes(),
        *KnownPicturesApi(backend).routes(),
        *ChangesApi(backend).routes(),
        *TrashApi(backend).routes(),
        *TidyingApi(backend).routes(),
        *CollectionsApi(backend).routes(),
        *MetadataApi(backend).routes(),
        *BrokenApi(backend).routes(),
        *LibraryApi(backend).routes(),
        *FiltersApi(backend).routes(),
        *RootsApi(backend).routes(),
        *MaintenanceApi(backend).routes(),
        *SchedulesApi(backend).routes(),
        *NotificationsApi(backend).routes(),
        *UpdatesApi(backend).routes(),
        *SettingsApi(backend).routes(),
        *HealthApi(backend, guard).routes(),
    ]

    def document() -> Any:
        return openapi(table, __version__)

    about = Route("GET", "openapi.json", document, "This API, for programs.", dict[str, Any], "API")
    table = RouteTable([*routes, about])
    return table


def build_api(backend: Backend, guard: Guard, feed: ChangeFeed, pool: Executor) -> Api:
    return Api(route_table(backend, guard, feed), guard, pool)
