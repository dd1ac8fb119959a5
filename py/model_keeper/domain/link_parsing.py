"""What a pasted text means. Pure: nothing is asked, and which hosts may be asked is not judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.links import (
    CivitaiModel,
    CivitaiVersion,
    HuggingFaceFile,
    HuggingFaceRepo,
    Link,
    PlainLink,
    Sha256Link,
)

HF_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
CIVITAI_HOSTS = frozenset(
    f"{prefix}civitai.{end}" for prefix in ("", "www.") for end in ("com", "red", "green")
)
FILE_FILTERS = ("type", "format", "size", "fp")
SECRET_PARAMETERS = frozenset({"token", "api_key", "apikey", "access_token", "key"})

_SHA256 = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})", re.IGNORECASE)
_MARKDOWN = re.compile(r"!?\[[^\]]*\]\((\S+?)(?:\s+\"[^\"]*\")?\)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_AIR = re.compile(
    r"(?:urn:)?(?:air:)?(?P<ecosystem>[a-z0-9_.-]+):(?P<type>[a-z0-9_.-]+):"
    r"(?P<source>civitai|huggingface):(?P<id>[^@:]+(?:/[^@:]+)?)@(?P<version>[^:]+?)"
    r"(?::(?P<layer>[^.]+))?",
    re.IGNORECASE,
)
_BARE_HOST = re.compile(
    r"(?:www\.)?(?:huggingface\.co|hf\.co|civitai\.(?:com|red|green))/", re.IGNORECASE
)
_HF_PAGES = frozenset(
    {"api-inference", "blog", "chat", "collections", "datasets", "docs", "enterprise", "join"}
    | {"learn", "login", "models", "new", "notifications", "organizations", "papers", "posts"}
    | {"pricing", "search", "settings", "spaces", "tasks"}
)
_HF_KINDS: Mapping[str, str] = {"datasets": "dataset", "spaces": "space"}
_HF_FILE_VIEWS = frozenset({"blob", "resolve", "raw"})
_LONGEST = 4096
_SHOWN = 120


def parse_link(text: str, *, hf_hosts: frozenset[str] = frozenset()) -> Link:
    """The meaning of ``text``; ``hf_hosts`` are further hosts that answer like huggingface.co.

    Raises KeeperError link_unreadable, link_unsupported.
    """
    wanted = _unwrapped(text)
    sha256 = _SHA256.fullmatch(wanted)
    if sha256:
        return Sha256Link(sha256.group(1).lower())
    if wanted.lower().startswith("hf://"):
        return _hf_uri(wanted)
    air = _AIR.fullmatch(wanted)
    if air and "//" not in wanted:
        return _air(air, wanted)
    if wanted.startswith("//"):
        wanted = "https:" + wanted
    elif _BARE_HOST.match(wanted):
        wanted = "https://" + wanted
    parts = _split(wanted)
    host = (parts.hostname or "").lower()
    if host in HF_HOSTS or host in hf_hosts or parts.netloc.lower() in hf_hosts:
        return _huggingface(parts, wanted)
    if host in CIVITAI_HOSTS:
        return _civitai(parts, wanted)
    return _plain(parts, wanted)


def huggingface_path(link: HuggingFaceFile) -> str:
    """The path of a file's durable address below an endpoint."""
    kind = "" if link.repo_type == "model" else f"{link.repo_type}s/"
    revision = quote(link.revision, safe="")
    return f"/{kind}{link.repo}/resolve/{revision}/{quote(link.path)}"


def canonical(link: Link) -> str:
    """One spelling for each link; reading it again gives the link back."""
    if isinstance(link, PlainLink):
        return link.url
    if isinstance(link, HuggingFaceFile):
        return f"https://huggingface.co{huggingface_path(link)}"
    if isinstance(link, HuggingFaceRepo):
        kind = "" if link.repo_type == "model" else f"{link.repo_type}s/"
        tree = f"/tree/{quote(link.revision, safe='')}"
        folder = f"/{quote(link.folder)}" if link.folder else ""
        return f"https://huggingface.co/{kind}{link.repo}{tree}{folder}"
    if isinstance(link, CivitaiModel):
        version = f"?modelVersionId={link.version_id}" if link.version_id else ""
        return f"https://civitai.com/models/{link.model_id}{version}"
    if isinstance(link, CivitaiVersion):
        return f"https://civitai.com{civitai_path(link)}"
    return f"sha256:{link.sha256}"


def civitai_path(link: CivitaiVersion) -> str:
    """The path of a version's durable download address; ``fileId`` names a file exactly."""
    query = dict(link.filters)
    if link.file_id is not None:
        query = {"fileId": str(link.file_id)}
    return f"/api/download/models/{link.version_id}" + (f"?{urlencode(query)}" if query else "")


def _unwrapped(text: str) -> str:
    wanted = text.strip()
    markdown = _MARKDOWN.fullmatch(wanted)
    if markdown:
        wanted = markdown.group(1)
    for opening, closing in ("<>", '""', "''", "``", "“”"):
        if len(wanted) > 1 and wanted.startswith(opening) and wanted.endswith(closing):
            wanted = wanted[1:-1].strip()
    if not wanted or len(wanted) > _LONGEST or _CONTROL.search(wanted) or " " in wanted:
        raise _unreadable(text)
    return wanted


def _split(wanted: str) -> SplitResult:
    try:
        parts = urlsplit(wanted)
        _ = parts.port
    except ValueError:
        raise _unreadable(wanted) from None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise _unreadable(wanted)
    if parts.username is not None or parts.password is not None:
        raise KeeperError("link_unsupported", text=_shown(parts.hostname), what="a password in it")
    if "\\" in wanted or ".." in parts.hostname:
        raise _unreadable(wanted)
    return parts


def _plain(parts: SplitResult, wanted: str) -> PlainLink:
    if not unquote(parts.path).strip("/") and not parts.query:
        raise KeeperError("link_unsupported", text=_shown(wanted), what="a site as a whole")
    kept = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(k.lower() in SECRET_PARAMETERS for k, _ in kept):
        query = urlencode([(k, v) for k, v in kept if k.lower() not in SECRET_PARAMETERS])
    host = (parts.hostname or "").lower()
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None:
        netloc += f":{parts.port}"
    return PlainLink(urlunsplit((parts.scheme.lower(), netloc, parts.path, query, "")))


def _huggingface(parts: SplitResult, wanted: str) -> Link:
    names = [unquote(name) for name in parts.path.split("/") if name]
    if names[:1] == ["api"] and len(names) > 3:
        names = names[2:] if names[1] == "models" else names[1:]
    kind = "model"
    if names and names[0] in _HF_KINDS and len(names) > 2:
        kind, names = _HF_KINDS[names[0]], names[1:]
    elif names and names[0] == "models" and len(names) > 2:
        names = names[1:]
    if len(names) < 2 or names[0] in _HF_PAGES:
        raise KeeperError("link_unsupported", text=_shown(wanted), what="no model's page")
    named = 1 if names[1] in {*_HF_FILE_VIEWS, "tree"} else 2  # a few old ones have no owner
    repo = _repo("/".join(names[:named]), wanted)
    view, rest = (names[named] if len(names) > named else ""), names[named + 1 :]
    if view in _HF_FILE_VIEWS and len(rest) > 1:
        revision, path = _revision_and_path(rest)
        return HuggingFaceFile(repo, _path(path, wanted), revision, kind)
    if view in {"", "tree"}:
        revision, folder = _revision_and_path(rest) if rest else ("main", "")
        return HuggingFaceRepo(repo, revision, _path(folder, wanted) if folder else "", kind)
    raise KeeperError("link_unsupported", text=_shown(wanted), what="no file of a model")


def _revision_and_path(rest: list[str]) -> tuple[str, str]:
    if rest[0] == "refs" and len(rest) >= 3:  # refs/pr/7, refs/convert/parquet
        return "/".join(rest[:3]), "/".join(rest[3:])
    return rest[0], "/".join(rest[1:])


def _hf_uri(wanted: str) -> Link:
    """``hf://[datasets/|spaces/]owner/name[@revision][/path]``, as the Hub's file system has it."""
    body = unquote(wanted[5:].split("?", 1)[0]).strip("/")
    kind = "model"
    first, _, rest = body.partition("/")
    if first in {*_HF_KINDS, "models"}:
        kind, body = _HF_KINDS.get(first, "model"), rest
    names = body.split("/")
    if len(names) < 2:
        raise _unreadable(wanted)
    name, _, revision = names[1].partition("@")
    repo = _repo(f"{names[0]}/{name}", wanted)
    path = "/".join(names[2:])
    if revision and not _REVISION.fullmatch(revision):
        raise _unreadable(wanted)
    if path:
        return HuggingFaceFile(repo, _path(path, wanted), revision or "main", kind)
    return HuggingFaceRepo(repo, revision or "main", "", kind)


def _repo(repo: str, wanted: str) -> str:
    if not all(_NAME.fullmatch(name) for name in repo.split("/")) or ".." in repo:
        raise _unreadable(wanted)
    return repo


def _path(path: str, wanted: str) -> str:
    if any(part in {"", ".", ".."} for part in path.split("/")) or _CONTROL.search(path):
        raise _unreadable(wanted)
    return path


def _civitai(parts: SplitResult, wanted: str) -> Link:
    names = [name for name in parts.path.split("/") if name]
    query = dict(parse_qsl(parts.query))
    if names[:3] == ["api", "download", "models"] and len(names) == 4:
        return CivitaiVersion(
            _number(names[3], wanted),
            file_id=_number(query["fileId"], wanted) if "fileId" in query else None,
            filters={k: query[k] for k in FILE_FILTERS if k in query and "fileId" not in query},
        )
    if names[:2] == ["api", "v1"]:
        names = names[2:]
    if names[:1] == ["model-versions"] and len(names) == 2:
        return CivitaiVersion(_number(names[1], wanted))
    if names[:2] == ["model-versions", "by-hash"] and len(names) == 3:
        sha256 = _SHA256.fullmatch(names[2])
        if sha256:
            return Sha256Link(sha256.group(1).lower())
    if names[:1] == ["models"] and len(names) >= 2:
        version = query.get("modelVersionId")
        return CivitaiModel(
            _number(names[1], wanted), _number(version, wanted) if version else None
        )
    raise KeeperError("link_unsupported", text=_shown(wanted), what="no model's page")


def _air(air: re.Match[str], wanted: str) -> Link:
    """``urn:air:{ecosystem}:{type}:{source}:{id}@{version}``; the prefix may be missing."""
    if air["source"].lower() == "civitai":
        version = air["version"].split(".", 1)[0]
        return CivitaiVersion(_number(version, wanted), model_id=_number(air["id"], wanted))
    repo = _repo(air["id"], wanted)
    revision, _, path = air["version"].partition("/")
    if path:
        return HuggingFaceFile(repo, _path(path, wanted), revision)
    return HuggingFaceRepo(repo, revision)


def _number(text: str, wanted: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 1 << 53:
        raise _unreadable(wanted)
    return int(text)


def _unreadable(text: str) -> KeeperError:
    return KeeperError("link_unreadable", text=_shown(text))


def _shown(text: str) -> str:
    """A text for a message: short, on one line, without what a query may hide."""
    line = _CONTROL.sub("�", text.strip()).split("?", 1)[0]
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
