"""Every error a person can meet: one class, many codes, one table.

Each code has one sentence that says what happened and one that says what to do next. Both are
templates over ``details``, which never holds a secret or a signed address. The table is the source
of ``docs/errors.md``; a test fails where the two differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any


class Family(str, Enum):
    """Who has to act. The family decides the HTTP status and the exit code."""

    REQUEST = "request"  # the caller, by asking differently
    NOT_FOUND = "not_found"  # nobody: the thing is not there
    CONFLICT = "conflict"  # the caller, by choosing between two things
    ACCESS = "access"  # the person at the browser, by showing that they may act here
    CREDENTIALS = "credentials"  # the person, by giving or fixing a token or an acceptance
    REMOTE = "remote"  # the other server, perhaps by itself
    INTEGRITY = "integrity"  # nobody: what arrived is not what was promised
    REVIEW = "review"  # a person, by approving or rejecting
    LOCAL = "local"  # the person, on this machine: space, rights, locks
    DEPENDENCY = "dependency"  # the person, by installing something


@dataclass(frozen=True)
class ErrorKind:
    """A row of the table. ``message`` and ``hint`` are ``str.format_map`` templates.

    The hint says what a person can do, and holds for a plan as for a job: that a job goes on by
    itself is said by what it waits for, never by the error.
    """

    family: Family
    message: str
    hint: str
    retryable: bool = False


class _Blank(dict[str, Any]):
    """Details for a template: a name that was not given reads as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


class KeeperError(Exception):
    """What went wrong, in a form that a person, a log and a program can read.

    ``code`` is stable and a key of :data:`ERRORS`. ``retry_after`` is in seconds.
    """

    def __init__(self, code: str, *, retry_after: float | None = None, **details: Any) -> None:
        self.code = code
        self.details = details
        self.retry_after = retry_after
        super().__init__(self.message)

    @property
    def kind(self) -> ErrorKind:
        return ERRORS[self.code]

    @property
    def family(self) -> Family:
        return self.kind.family

    @property
    def retryable(self) -> bool:
        return self.kind.retryable

    @property
    def message(self) -> str:
        return self.kind.message.format_map(_Blank(self.details))

    @property
    def hint(self) -> str:
        return self.kind.hint.format_map(_Blank(self.details))

    def __reduce__(self) -> Any:
        return (_rebuild, (self.code, self.retry_after, self.details))


def _rebuild(code: str, retry_after: float | None, details: Mapping[str, Any]) -> KeeperError:
    return KeeperError(code, retry_after=retry_after, **details)


def _e(family: Family, message: str, hint: str, *, retryable: bool = False) -> ErrorKind:
    return ErrorKind(family, message, hint, retryable)


_F = Family

ERRORS: Mapping[str, ErrorKind] = MappingProxyType(
    {
        # -- what was asked for ---------------------------------------------------------------
        "invalid_request": _e(_F.REQUEST, "{what}", "Correct it and try again."),
        "link_unreadable": _e(
            _F.REQUEST,
            "“{text}” is not a link, a Civitai or Hugging Face address, or a SHA256.",
            "Paste the address of the file or of its page.",
        ),
        "link_unsupported": _e(
            _F.REQUEST,
            "“{text}” is a link to {what}, and no model file can be fetched from that.",
            "Paste the link of a model page or of a file.",
        ),
        "name_unusable": _e(
            _F.REQUEST,
            "“{name}” cannot be a file name: {why}.",
            "Choose another name with --name.",
        ),
        "picture_unusable": _e(
            _F.REQUEST,
            "This cannot be a preview: {why}.",
            "Choose a PNG, JPEG, WebP, GIF or AVIF picture, or an MP4 or WebM film.",
        ),
        "destination_outside_root": _e(
            _F.REQUEST,
            "“{path}” is outside the model folder {root}.",
            "Choose a folder below it.",
        ),
        "category_unknown": _e(
            _F.REQUEST,
            "There is no model folder for the category “{category}”.",
            "Use one of: {known}.",
        ),
        "category_needed": _e(
            _F.REQUEST,
            "It is not known what kind of model {name} is.",
            "Say where it belongs with --to CATEGORY, for example --to loras.",
        ),
        "choice_needed": _e(
            _F.REQUEST,
            "{what} could be more than one thing: {choices}.",
            "{how}",
        ),
        "name_needed": _e(
            _F.REQUEST,
            "The address {url} does not say what the file is called.",
            "Give it a name with --name FILE.",
        ),
        "roots_unknown": _e(
            _F.REQUEST,
            "It is not known where your models are.",
            "Name the folder, once for all, with: model-keeper settings set models_dir DIR",
        ),
        "root_unknown": _e(
            _F.REQUEST,
            "“{root}” is not one of the model folders for {category}.",
            "Choose one of: {known}.",
        ),
        "cron_unreadable": _e(
            _F.REQUEST,
            "“{cron}” is no time for a schedule: {why}.",
            "Write minute, hour, day, month and weekday: 0 3 * * * is every night at three.",
        ),
        "schedule_unknown": _e(
            _F.NOT_FOUND,
            "There is no schedule “{name}”.",
            "Choose one of: {known}.",
        ),
        "folder_unknown": _e(
            _F.NOT_FOUND,
            "“{path}” is not one of the model folders.",
            "Choose one of: {known}.",
        ),
        "recommendation_unknown": _e(
            _F.NOT_FOUND,
            "Nothing is recommended under the name “{what}”.",
            "Choose one of: {known}.",
        ),
        "recommendation_needs_person": _e(
            _F.REVIEW,
            "Only you can decide what to do about “{what}”.",
            "Look at the files in question, then choose.",
        ),
        "filter_unknown": _e(
            _F.NOT_FOUND,
            "There is no saved filter “{name}”.",
            "Save it, or choose another one.",
        ),
        "extra_paths_unreadable": _e(
            _F.REQUEST,
            "The extra model paths in {path} cannot be used: {why}.",
            "Correct the file; ComfyUI reads the same one.",
        ),
        "workflow_unreadable": _e(
            _F.REQUEST,
            "{path} cannot be read as a workflow: {why}.",
            "Save it again in ComfyUI, or download it again.",
        ),
        "collection_unreadable": _e(
            _F.REQUEST,
            "This is no collection of models: {why}.",
            "Choose a file that was made by: model-keeper library export",
        ),
        "collection_newer": _e(
            _F.REQUEST,
            "The collection has version {version}; the last that is known here is {known}.",
            "Update Model Keeper, then try again.",
        ),
        "collection_too_large": _e(
            _F.REQUEST,
            "The collection has {models} models, and {most} are the most at once.",
            "Export a part of the library: model-keeper library export --category loras",
        ),
        "collection_too_big": _e(
            _F.REQUEST,
            "The collection is larger than {limit} MB.",
            "Export a part of it, or use the terminal: model-keeper library export",
        ),
        "collection_file_differs": _e(
            _F.CONFLICT,
            "{path} is another content than the collection says.",
            "Rename or move that file, then apply the collection again.",
        ),
        "collection_entry_wrong": _e(
            _F.REQUEST,
            "In the collection, {where} {why}.",
            "Correct the entry, or export the collection again; the other models can be used.",
        ),
        "workflow_cannot_carry": _e(
            _F.REQUEST,
            "{path} is in the API format, which cannot carry what is known of its models.",
            "Save the workflow itself in ComfyUI, and bundle that file.",
        ),
        "workflow_unknown_format": _e(
            _F.REQUEST,
            "{path} is not a ComfyUI workflow.",
            "Choose a workflow that was saved or exported by ComfyUI.",
        ),
        "workflow_empty": _e(
            _F.REQUEST, "{path} holds no workflow.", "Choose a workflow with at least one node."
        ),
        "workflow_not_embedded": _e(
            _F.REQUEST,
            "{path} is {kind} without a workflow inside.",
            "Ask for the original file: most web services strip what ComfyUI writes into it.",
        ),
        "loader_table_unreadable": _e(
            _F.REQUEST,
            "The loader table {path} cannot be used: {where} {why}.",
            "Correct it there, or remove the file.",
        ),
        "known_models_unreadable": _e(
            _F.REQUEST,
            "Your list of known models {path} cannot be used: of {what}, {why}.",
            "Correct it there. Until then only the list that comes with Model Keeper is used.",
        ),
        # -- decisions and workflows that are written -----------------------------------------
        "manifest_unreadable": _e(
            _F.REQUEST,
            "Line {line} of {path} cannot be used: {why}.",
            "Correct it there. Nothing was changed.",
        ),
        "manifest_entry_unknown": _e(
            _F.NOT_FOUND,
            "Nothing was decided about {name} in the workflow {workflow}.",
            "Resolve the workflow again: model-keeper resolve WORKFLOW",
        ),
        "file_read_only": _e(
            _F.LOCAL,
            "{path} may not be changed.",
            "Allow writing to the file and its folder, then try again. Nothing was changed.",
        ),
        "workflow_changed": _e(
            _F.CONFLICT,
            "{where} does not say “{old}” any more.",
            "Look at the workflow again. Nothing was changed.",
        ),
        "workflow_in_picture": _e(
            _F.REQUEST,
            "{path} is a picture or a video with a workflow inside; those are not rewritten.",
            "Save the workflow as JSON in ComfyUI and use that file.",
        ),
        # -- files of the library that are moved, thrown away and brought back ---------------
        "outside_model_folders": _e(
            _F.REQUEST,
            "{path} is in none of your model folders.",
            "Choose a file that your library shows.",
        ),
        "link_leaves_folders": _e(
            _F.REQUEST,
            "{path} leads out of your model folders, by a link.",
            "Choose another folder, or add the one that the link leads to to your model folders.",
        ),
        "file_changed_since": _e(
            _F.CONFLICT,
            "{path} is not the file any more that it was.",
            "It was left as it is. Look at it, then ask again.",
        ),
        "restore_place_taken": _e(
            _F.CONFLICT,
            "Another file is at {path} now.",
            "Nothing was overwritten. Restore it under another name, for example {free}.",
        ),
        "not_in_trash": _e(
            _F.NOT_FOUND,
            "{path} is not in the trash any more.",
            "It was restored or purged; look at what is in the trash.",
        ),
        "change_unknown": _e(
            _F.NOT_FOUND,
            "There is no change {id} of your files.",
            "Look at the list of changes.",
        ),
        "change_undone": _e(
            _F.CONFLICT,
            "The change {id} cannot be undone: nothing of it is left.",
            "If it was undone already, undo that to have it again.",
        ),
        "change_interrupted": _e(
            _F.CONFLICT,
            "The change of {path} was stopped before it was complete.",
            "The file is where it was. Ask again if you still want it.",
        ),
        "library_busy": _e(
            _F.CONFLICT,
            "Another change of your files is under way.",
            "Try again when it is done.",
            retryable=True,
        ),
        "not_same_content": _e(
            _F.INTEGRITY,
            "{path} and {other} do not hold the same bytes.",
            "Nothing was changed. Look for duplicates again.",
        ),
        "already_one_file": _e(
            _F.CONFLICT,
            "{path} and {other} are one file already.",
            "There is nothing to free. Choose other files.",
        ),
        "copy_differs": _e(
            _F.INTEGRITY,
            "The copy of {path} is not what was read.",
            "The file was left where it is. Check the drives.",
        ),
        "cannot_share": _e(
            _F.LOCAL,
            "Files cannot share their blocks in {path}: {why}.",
            "Nothing was changed. Use hard links or the trash instead.",
        ),
        "link_points_here": _e(
            _F.CONFLICT,
            "The link {link} leads to {path}.",
            "Keep this file of the duplicates, or remove the link first.",
        ),
        "confirmation_needed": _e(
            _F.REQUEST,
            "{what} Nobody can be asked whether that is meant.",
            "Look at it with --dry-run, then say so with --yes.",
        ),
        "model_ambiguous": _e(
            _F.REQUEST,
            "Several models are called {name}: {known}.",
            "Name one of them by its path or its id.",
        ),
        "workflow_not_naming": _e(
            _F.CONFLICT,
            "There is nothing to correct in the workflow {path}.",
            "It was corrected or changed already; look at the change again.",
        ),
        "template_unusable": _e(
            _F.REQUEST,
            "The template “{template}” cannot be used: {why}.",
            "Write folders with the names {known}.",
        ),
        # -- searching the library ------------------------------------------------------------
        "query_key_unknown": _e(
            _F.REQUEST,
            "The search does not know “{key}” (at character {position}).",
            "Put the word in quotes, or use one of these: {known}.",
        ),
        "query_value_wrong": _e(
            _F.REQUEST,
            "The search cannot use “{written}” (at character {position}).",
            "Write it like this: {wanted}.",
        ),
        "query_too_long": _e(
            _F.REQUEST,
            "A search has at most {most} words.",
            "Leave some of them out.",
        ),
        "model_not_in_library": _e(
            _F.NOT_FOUND,
            "There is no model {id} in the library.",
            "Look at the list again; it may have been moved or deleted.",
        ),
        "model_not_broken": _e(
            _F.CONFLICT,
            "{model} is not broken.",
            "It is left as it is. To look at it anew: model-keeper library scan",
        ),
        "source_unknown": _e(
            _F.NOT_FOUND,
            "Nobody knows where {model} came from.",
            "Throw it away, and get it again with its link: model-keeper get LINK",
        ),
        "update_unknown": _e(
            _F.NOT_FOUND,
            "No update of {model} is known.",
            "Look for updates first: model-keeper updates check",
        ),
        # -- not there ------------------------------------------------------------------------
        "not_found": _e(
            _F.NOT_FOUND, "{what} was not found.", "Check the link; it may have been moved."
        ),
        "job_waits": _e(
            _F.REVIEW,
            "The download waits for a person.",
            "See what it waits for: model-keeper jobs show {id}",
        ),
        "job_not_found": _e(
            _F.NOT_FOUND, "There is no job {id}.", "List the jobs with: model-keeper jobs list"
        ),
        "file_not_found": _e(_F.NOT_FOUND, "There is no file {path}.", "Check the path."),
        "model_unknown": _e(
            _F.NOT_FOUND,
            "{name} is not here, and nobody knows where it is.",
            "If you have a link, give it with: {command}",
        ),
        "folder_without_workflows": _e(
            _F.NOT_FOUND,
            "There is no workflow in {path}.",
            "Name the folder where ComfyUI keeps them, such as ComfyUI/user/default/workflows.",
        ),
        "folder_not_found": _e(_F.NOT_FOUND, "There is no folder {path}.", "Check the path."),
        "hash_not_found": _e(
            _F.NOT_FOUND,
            "No provider knows a file with the SHA256 {sha256}.",
            "Paste the link of the model instead.",
        ),
        # -- conflicts ------------------------------------------------------------------------
        "destination_busy": _e(
            _F.CONFLICT,
            "Another download ({job}) is already on its way to {path}.",
            "Wait for it or cancel it, or choose another name.",
        ),
        "destination_exists": _e(
            _F.CONFLICT,
            "Another file is already at {path}.",
            "Nothing was overwritten. Move that file away, or choose another name with --name.",
        ),
        "not_possible_now": _e(
            _F.CONFLICT,
            "A job that is {state} cannot be {action}.",
            "Look at it with: model-keeper jobs show {id}",
        ),
        # -- who may act over HTTP ------------------------------------------------------------
        "foreign_page": _e(
            _F.ACCESS,
            "A page from {origin} tried to change something here.",
            "Nothing was changed. Use the panel that this server shows.",
        ),
        "header_needed": _e(
            _F.ACCESS,
            "The request does not say that it means this server.",
            "Send Content-Type: application/json, or the header {header}: 1.",
        ),
        "pairing_needed": _e(
            _F.ACCESS,
            "This browser reaches the server as {host}, a name that it does not know.",
            "Enter the pairing code from the server's console or from: model-keeper auth pair",
        ),
        "pairing_code_wrong": _e(
            _F.ACCESS,
            "That is not the pairing code.",
            "Read it again on the server's console, or get it with: model-keeper auth pair",
        ),
        "token_needed": _e(
            _F.ACCESS,
            "This server wants its token.",
            "Open the address that it printed when it started.",
        ),
        "route_unknown": _e(
            _F.NOT_FOUND, "There is nothing at {path}.", "The routes are in docs/api.md."
        ),
        "method_unknown": _e(
            _F.REQUEST, "{path} does not understand {method}.", "It understands: {known}."
        ),
        "body_too_large": _e(
            _F.REQUEST, "The request is larger than {limit} MB.", "Send less at once."
        ),
        "body_unreadable": _e(
            _F.REQUEST, "The request's body is no JSON.", "Send a JSON object in UTF-8."
        ),
        # -- the network and other servers ----------------------------------------------------
        "unreachable": _e(
            _F.REMOTE,
            "{host} could not be reached: {why}.",
            "Check the connection.",
            retryable=True,
        ),
        "connection_lost": _e(
            _F.REMOTE,
            "The connection to {host} broke after {received} bytes.",
            "Check the connection; what has arrived of a download is kept.",
            retryable=True,
        ),
        "stalled": _e(
            _F.REMOTE,
            "{host} stopped sending.",
            "Check the connection; what has arrived of a download is kept.",
            retryable=True,
        ),
        "tls_failed": _e(
            _F.REMOTE,
            "The secure connection to {host} failed: {why}.",
            "Check the clock of this machine, and the proxy if there is one.",
        ),
        "server_error": _e(
            _F.REMOTE,
            "{host} answered with its own error {status}.",
            "Wait a little: the fault is on its side.",
            retryable=True,
        ),
        "rate_limited": _e(
            _F.REMOTE,
            "{host} asks to slow down.",
            "Wait a little: then it can be asked again.",
            retryable=True,
        ),
        "unexpected_status": _e(
            _F.REMOTE,
            "{host} answered with status {status}.",
            "Open the link in a browser and see what it shows.",
        ),
        "redirect_loop": _e(
            _F.REMOTE,
            "{host} sends the request round in circles.",
            "Copy the link again from its page.",
        ),
        "bad_range": _e(
            _F.REMOTE,
            "{host} answered with another part of the file than was asked for.",
            "The download starts again by itself, in one piece.",
            retryable=True,
        ),
        "protocol_error": _e(
            _F.REMOTE,
            "{host} sent an answer that is not valid HTTP: {why}.",
            "Wait a little. If it stays so, see whether a proxy is in the way.",
            retryable=True,
        ),
        "too_large": _e(
            _F.REMOTE, "The answer of {host} is larger than {limit} bytes.", "Check the link."
        ),
        "retries_exhausted": _e(
            _F.REMOTE,
            "It did not succeed in {attempts} attempts without progress. The last reason: {why}",
            "What has arrived is kept. Continue with: model-keeper jobs retry {id}",
        ),
        # -- which hosts may be asked ---------------------------------------------------------
        "host_refused": _e(
            _F.REQUEST,
            "{host} is a private or local address.",
            "If you trust it, put it into MODEL_KEEPER_ALLOW_HOSTS.",
        ),
        "insecure_scheme": _e(
            _F.REQUEST,
            "{host} would be asked over plain http, where anyone can change the file.",
            "Use the https link, or put the host into MODEL_KEEPER_ALLOW_HOSTS.",
        ),
        # -- what arrived is not right --------------------------------------------------------
        "not_a_model": _e(
            _F.INTEGRITY,
            "{host} sent {kind} instead of the model file.",
            "Open the link in a browser; it may need a login or an acceptance there.",
        ),
        "size_mismatch": _e(
            _F.INTEGRITY,
            "The file has {actual} bytes where {expected} were declared.",
            "Nothing was kept. Retry, or look for another source.",
        ),
        "hash_mismatch": _e(
            _F.INTEGRITY,
            "The file is not the one that was promised: its SHA256 is {actual}, not {expected}.",
            "Nothing was kept. Retry, or look for another source.",
        ),
        "format_mismatch": _e(
            _F.INTEGRITY,
            "The file is called {name} but is {kind} inside.",
            "Nothing was kept. Look for another source.",
        ),
        "structure_broken": _e(
            _F.INTEGRITY,
            "The file is broken: {why}.",
            "Nothing was kept. Retry, or look for another source.",
        ),
        "model_broken": _e(
            _F.INTEGRITY, "{path} is broken: {why}.", "Fetch it again, or throw it away."
        ),
        "archive_unsafe": _e(
            _F.INTEGRITY,
            "The file is not safe: {why}.",
            "Nothing was kept. Look for another source.",
        ),
        "file_changed": _e(
            _F.INTEGRITY,
            "The file on {host} changed while it was being fetched.",
            "It starts again by itself with the new file.",
            retryable=True,
        ),
        "rejected_by_person": _e(
            _F.INTEGRITY, "The file was rejected in review.", "Nothing was kept."
        ),
        # -- a person decides -----------------------------------------------------------------
        "review_pickle": _e(
            _F.REVIEW,
            "The file can run code when it is loaded: {finding}.",
            "If you trust its source: model-keeper jobs approve {id}. Else: jobs reject {id}",
        ),
        "review_unknown_structure": _e(
            _F.REVIEW,
            "The file is none of the known model formats.",
            "Look at where it came from, then: model-keeper jobs approve {id}, or jobs reject {id}",
        ),
        "review_unchecked": _e(
            _F.REVIEW,
            "A part of the file could not be checked: {doubt}.",
            "Look at where it came from, then: model-keeper jobs approve {id}, or jobs reject {id}",
        ),
        "review_candidate": _e(
            _F.REVIEW,
            "{name} was found by a search, and no SHA256 is known that could prove it.",
            "If it is the file you want: model-keeper jobs approve {id}. Else: jobs reject {id}",
        ),
        "review_archive": _e(
            _F.REVIEW,
            "The file is an archive that has to be unpacked: {contents}.",
            "To keep it as it is: model-keeper jobs approve {id}. Else: jobs reject {id}",
        ),
        # -- this machine ---------------------------------------------------------------------
        "disk_full": _e(
            _F.LOCAL,
            "There is not enough space in {path}: {needed} needed, {free} free.",
            "Make space. A download that waits for it goes on by itself.",
        ),
        "folder_read_only": _e(
            _F.LOCAL,
            "{path} cannot be written to.",
            "Choose another folder with --root, or change its rights.",
        ),
        "file_locked": _e(
            _F.LOCAL,
            "Another program holds {path}.",
            "Close it. The download is finished as soon as the file is free.",
            retryable=True,
        ),
        "name_too_long": _e(
            _F.LOCAL, "The path {path} is too long for this system.", "Choose a shorter name."
        ),
        "storage_failed": _e(
            _F.LOCAL, "{path} could not be read or written: {why}.", "Check the drive."
        ),
        "state_unusable": _e(
            _F.LOCAL,
            "The state folder {path} cannot be made: {why}.",
            "Name another one with --state-dir or MODEL_KEEPER_STATE_DIR.",
        ),
        "database_corrupt": _e(
            _F.LOCAL,
            "The database {path} is damaged.",
            "It was left as it is. Move it away and start again; your models are not touched.",
        ),
        "index_unusable": _e(
            _F.LOCAL,
            "The list of your models in {path} cannot be used: {why}.",
            "Check that its folder can be written to and that its disk is not full; it is made"
            " again by itself.",
        ),
        "sidecar_unreadable": _e(
            _F.LOCAL,
            "{path} cannot be read: {why}.",
            "It was left as it is. Repair it, or move it away, and refresh the model.",
        ),
        "file_changing": _e(
            _F.LOCAL,
            "{path} is still being written.",
            "Try again when it is complete.",
            retryable=True,
        ),
        "database_read_only": _e(
            _F.LOCAL,
            "The database {path} cannot be written to.",
            "Change its rights, or use another --state-dir.",
        ),
        "prerequisite_failed": _e(
            _F.CONFLICT,
            "It needs the result of another job ({job}), which did not succeed.",
            "Retry that job; this one follows by itself.",
        ),
        "database_newer": _e(
            _F.LOCAL,
            "The database {path} was written by a newer version ({found}; this one knows {known}).",
            "Update Model Keeper, or use another --state-dir.",
        ),
        "database_unavailable": _e(
            _F.LOCAL,
            "The database cannot be reached: {why}.",
            "Work goes on by itself when it is back.",
            retryable=True,
        ),
        "host_starting": _e(
            _F.LOCAL,
            "Model Keeper is still starting.",
            "Try again in a moment.",
            retryable=True,
        ),
        "panel_missing": _e(
            _F.LOCAL,
            "The files of the panel are not there.",
            "Install Model Keeper again; from a checkout, build them with: make web",
        ),
        "port_busy": _e(
            _F.LOCAL,
            "Another program listens on port {port}.",
            "Choose another one with --port, or end that program.",
        ),
        "worker_unavailable": _e(
            _F.LOCAL,
            "The worker did not start: {why}.",
            "Look into {log}, or start it by hand with: model-keeper worker",
        ),
        "dependency_missing": _e(
            _F.DEPENDENCY, "{what} needs the package {package}.", "Install it with: {command}"
        ),
        "workers_lost": _e(
            _F.LOCAL,
            "One worker after the other ended while it did this, and it got no further.",
            "Look into worker.log for the reason, then try it again alone.",
        ),
        "internal": _e(
            _F.LOCAL,
            "Something went wrong inside Model Keeper: {why}.",
            "Please report it with the log {log}.",
        ),
        # -- Civitai and Hugging Face ---------------------------------------------------------
        "civitai_login_needed": _e(
            _F.CREDENTIALS,
            "Civitai wants you to be logged in for this file.",
            "Give it your API key once with: model-keeper auth set civitai",
        ),
        "key_missing": _e(
            _F.CREDENTIALS,
            "There is no key for {provider} yet.",
            "Give it once with: model-keeper auth set {provider}",
        ),
        "civitai_key_refused": _e(
            _F.CREDENTIALS,
            "Civitai does not accept your API key.",
            "Make a new one in your Civitai account, then: model-keeper auth set civitai",
        ),
        "civitai_no_grant": _e(
            _F.CREDENTIALS,
            "Your Civitai account has no access to this file.",
            "Open its page, get access there, then retry.",
        ),
        "civitai_early_access": _e(
            _F.CREDENTIALS,
            "This file is in early access on Civitai, {when}.",
            "Buy access on its page, or retry when it is free.",
        ),
        "civitai_paid": _e(
            _F.CREDENTIALS,
            "This file has to be paid for on Civitai.",
            "Buy access on its page, then retry.",
        ),
        "civitai_download_disabled": _e(
            _F.NOT_FOUND,
            "The creator does not allow downloads of this file.",
            "It can only be used on Civitai itself; look for another model.",
        ),
        "civitai_forbidden": _e(
            _F.CREDENTIALS,
            "Civitai refuses this file to you.",
            "Open its page in a browser and see why.",
        ),
        "civitai_storage_fault": _e(
            _F.REMOTE,
            "Civitai cannot find the file in its storage at the moment.",
            "Wait a little: the fault is on Civitai's side.",
            retryable=True,
        ),
        "civitai_file_not_found": _e(
            _F.NOT_FOUND,
            "Civitai has no such file in this version.",
            "Open the model's page and copy the link of the file again.",
        ),
        "civitai_not_found": _e(
            _F.NOT_FOUND,
            "Civitai does not know this model; it may have been removed.",
            "Check the link, or look for the file by its SHA256.",
        ),
        "civitai_archived": _e(
            _F.NOT_FOUND,
            "The model is archived on Civitai and cannot be downloaded any more.",
            "Look for the same file elsewhere, by its SHA256.",
        ),
        "civitai_unusual_downloads": _e(
            _F.CREDENTIALS,
            "Civitai has stopped downloads for your account because there were very many.",
            "Wait some days, or write to Civitai's support.",
        ),
        "hf_gated_login": _e(
            _F.CREDENTIALS,
            "{repo} on Hugging Face is only for people who are signed in and accepted its terms.",
            "Accept them at https://huggingface.co/{repo}, then: model-keeper auth set huggingface",
        ),
        "hf_gated_token": _e(
            _F.CREDENTIALS,
            "Hugging Face does not accept your token for {repo}.",
            "Make a new token, then: model-keeper auth set huggingface",
        ),
        "hf_gated_acceptance": _e(
            _F.CREDENTIALS,
            "You have not accepted the terms of {repo} yet.",
            "Accept them at https://huggingface.co/{repo}, then retry.",
        ),
        "hf_gated_scope": _e(
            _F.CREDENTIALS,
            "Your Hugging Face token may not read gated repositories.",
            "Allow it “public gated repos” in the token's settings, then retry.",
        ),
        "hf_token_refused": _e(
            _F.CREDENTIALS,
            "Hugging Face does not accept your token.",
            "Make a new token, then: model-keeper auth set huggingface",
        ),
        "hf_login_or_missing": _e(
            _F.NOT_FOUND,
            "{repo} is not on Hugging Face, or it is private.",
            "Check the link. If it is yours: model-keeper auth set huggingface",
        ),
        "hf_missing_or_private": _e(
            _F.NOT_FOUND,
            "{repo} is not on Hugging Face, or your token may not see it.",
            "Check the link, and the token's rights.",
        ),
        "hf_revision_not_found": _e(
            _F.NOT_FOUND,
            "{repo} has no such revision.",
            "Check the part after /resolve/ or /tree/ of the link.",
        ),
        "hf_file_not_found": _e(
            _F.NOT_FOUND,
            "{repo} has no such file.",
            "Open its page and copy the link of the file again.",
        ),
        "hf_forbidden": _e(
            _F.CREDENTIALS,
            "Hugging Face does not let you read {repo}.",
            "Open its page in a browser and see why.",
        ),
        # -- any other server -----------------------------------------------------------------
        "login_needed": _e(
            _F.CREDENTIALS,
            "{host} wants a login for this file.",
            "Download it in a browser, then: model-keeper get --from FILE --to CATEGORY",
        ),
        "forbidden": _e(
            _F.CREDENTIALS,
            "{host} does not allow this download.",
            "Open the link in a browser and see what it shows.",
        ),
        "gone": _e(
            _F.NOT_FOUND,
            "{what} is not there any more.",
            "Look for another source.",
        ),
        "server_busy": _e(
            _F.REMOTE,
            "{host} is overloaded.",
            "Wait a little: it has too much to do.",
            retryable=True,
        ),
        "workflow_without_links": _e(
            _F.NOT_FOUND,
            "{path} names no model with its address.",
            "Fetch its models by link: model-keeper get URL",
        ),
    }
)
