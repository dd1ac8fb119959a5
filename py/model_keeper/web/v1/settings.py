"""Settings, and which credentials there are. Never a credential's value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.jobs import JobState, WaitReason
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.summary import job_error
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_MOST_RETRIED = 500


@dataclass(frozen=True)
class SettingsView:
    """Every setting with its value; docs/configuration.md says what they mean."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class CredentialView:
    """Whether there is a token for a provider, and where it comes from."""

    provider: str
    source: Annotated[str | None, About("environment, hf auth login, keyring, file, or nothing.")]


@dataclass(frozen=True)
class Credentials:
    """One entry a provider."""

    items: tuple[CredentialView, ...]


@dataclass(frozen=True)
class TokenRequest:
    """A token, on its way in; it never comes out again."""

    token: Annotated[str, About(maxLength=4096)]


@dataclass(frozen=True)
class CredentialChange:
    """``retried``: downloads that waited or failed for want of a token, and go on now."""

    credential: CredentialView
    retried: int


@dataclass(frozen=True)
class TokenTest:
    """The provider accepts the token of the account ``name``."""

    provider: str
    name: str | None


class SettingsApi:
    """Settings and credentials."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        area, keys = "Settings", "Credentials"
        unknown = ("invalid_request",)
        return [
            Route("GET", "settings", self.read, "Every setting.", SettingsView, area),
            Route("PATCH", "settings", self.change, "Change settings by name.", SettingsView, area,
                  body=Mapping[str, Any]),
            Route("GET", "credentials", self.credentials, "Which tokens there are.", Credentials,
                  keys),
            Route("PUT", "credentials/{provider}", self.put, "Keep a token in a private file.",
                  CredentialChange, keys, body=TokenRequest, errors=("storage_failed",)),
            Route("DELETE", "credentials/{provider}", self.forget, "Forget a kept token.",
                  CredentialChange, keys, errors=(*unknown, "storage_failed")),
            Route("POST", "credentials/{provider}/test", self.test,
                  "Ask the provider whether it accepts the token.", TokenTest, keys,
                  errors=(*unknown, "civitai_key_refused", "hf_token_refused", "unreachable")),
        ]  # fmt: skip

    def read(self) -> SettingsView:
        return SettingsView(asdict(self._backend.store.settings.read()))

    def change(self, body: Mapping[str, Any]) -> SettingsView:
        changed = self._backend.store.settings.change(**dict(body))
        self._backend.wake_worker()
        return SettingsView(asdict(changed))

    def credentials(self) -> Credentials:
        found = self._backend.credentials.describe()
        return Credentials(tuple(CredentialView(name, source) for name, source in found.items()))

    def put(self, provider: str, body: TokenRequest) -> CredentialChange:
        self._known(provider)
        if not body.token.strip():
            raise KeeperError("invalid_request", what="No token was given.")
        self._backend.credentials.set(provider, body.token.strip())
        return CredentialChange(self._view(provider), self._retry(provider))

    def forget(self, provider: str) -> CredentialChange:
        self._known(provider)
        self._backend.credentials.forget(provider)
        return CredentialChange(self._view(provider), 0)

    def test(self, provider: str) -> TokenTest:
        self._known(provider)
        if self._view(provider).source is None:
            raise KeeperError("invalid_request", what=f"There is no token for {provider} yet.")
        return TokenTest(provider, self._backend.providers().check_token(provider))

    def _view(self, provider: str) -> CredentialView:
        return CredentialView(provider, self._backend.credentials.describe()[provider])

    def _known(self, provider: str) -> None:
        known = self._backend.credentials.describe()
        if provider not in known:
            raise KeeperError(
                "invalid_request", what=f"“{provider}” takes no token; {', '.join(known)} do."
            )

    def _retry(self, provider: str) -> int:
        """Start what waited for this token: that is why the person gave it."""
        store = self._backend.store
        retried = store.wishes.release(WaitReason.CREDENTIALS)
        query = JobQuery(states=frozenset({JobState.FAILED}), limit=_MOST_RETRIED)
        for job in store.jobs.page(query).items:
            error = job_error(job)
            asset = job.payload.get("asset") or {}
            if error is None or error.family is not Family.CREDENTIALS:
                continue
            if asset.get("provider") == provider:
                try:
                    self._backend.actions.retry(job.id)
                    retried += 1
                except KeeperError:
                    continue  # another download has its destination now
        self._backend.wake_worker()
        return retried
