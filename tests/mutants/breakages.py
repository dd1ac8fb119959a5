"""Named breakages: one replacement in one file each, and the test that has to notice."""

from __future__ import annotations

from dataclasses import dataclass

_FAULTS = "tests/integration/test_faults.py::test_ends_as_the_table_says"
_NO_MODEL = "tests/integration/test_faults.py::test_a_body_that_is_no_model_never_gets_its_name"
_SCHEDULES = "tests/integration/store/test_schedules.py"
_UPKEEP = "tests/unit/engine/test_upkeep.py"


@dataclass(frozen=True)
class Breakage:
    """``old`` stands exactly once in ``file`` (below ``py/model_keeper``)."""

    name: str
    file: str
    old: str
    new: str
    test: str


BREAKAGES = (
    Breakage(
        "drop If-Range",
        "transfer/fill.py",
        'headers["If-Range"] = remote.validator',
        "pass",
        f"{_FAULTS}[changed_content_dated-unhashed]",
    ),
    Breakage(
        "skip the Content-Range check",
        "transfer/fill.py",
        "if content_range(exchange.headers) != (start, end - 1, remote.size) or exchange.encoded:",
        "if exchange.encoded:",
        f"{_FAULTS}[wrong_content_range-unhashed]",
    ),
    Breakage(
        "trust 200 on resume",
        "transfer/fill.py",
        "if exchange.status == 200:",
        "if exchange.status == 200:\n            return\n        if exchange.status == 200:",
        f"{_FAULTS}[ignores_range_later]",
    ),
    Breakage(
        "accept a changed ETag",
        "transfer/fill.py",
        "if remote.etag and etag and etag != remote.etag:",
        "if False:",
        f"{_FAULTS}[changed_content_if_range_ignored-unhashed]",
    ),
    Breakage(
        "continue another file's partial",
        "transfer/remote.py",
        "return self.validator is not None and self.validator == manifest.validator",
        "return True",
        f"{_FAULTS}[changed_content-unhashed]",
    ),
    Breakage(
        "never resume",
        "transfer/remote.py",
        "if not self.ranges or self.size is None or self.size != manifest.size:",
        "if True:",
        "tests/integration/test_kills.py::test_a_killed_gigabyte_is_read_hardly_twice",
    ),
    Breakage(
        "publish before verify",
        "engine/download.py",
        "if verdict.decision is not Decision.VERIFIED:",
        "if False:",
        _NO_MODEL,
    ),
    Breakage(
        "forget the epoch",
        "store/work.py",
        "job.c.epoch == ownership.epoch,",
        "",
        "tests/integration/store/test_claiming.py::test_a_former_owner_is_fenced_out",
    ),
    Breakage(
        "overwrite on publish",
        "transfer/rename.py",
        "_RENAME_NOREPLACE = 1",
        "_RENAME_NOREPLACE = 0",
        "tests/unit/transfer/test_rename.py::test_linux_takes_a_free_name_and_leaves_a_taken_one",
    ),
    Breakage(
        "send the token across hosts",
        "net/http.py",
        "if origin != first:",
        "if False:",
        "tests/integration/test_http.py::test_a_token_stays_with_its_origin",
    ),
    Breakage(
        "budget not reset by progress",
        "transfer/retries.py",
        "self.failures = 0\n        self.failures += 1",
        "pass\n        self.failures += 1",
        f"{_FAULTS}[cut_every-every=1048576]",
    ),
    Breakage(
        "trust unsynced bytes after a restart",
        "transfer/journal.py",
        "if boot_id is not None and manifest.boot_id == boot_id:",
        "if True:",
        "tests/unit/transfer/test_journal.py::test_only_synced_bytes_count_when_the_machine_may_have_restarted",
    ),
    Breakage(
        "hash not compared",
        "verify/rules.py",
        "if sha256 != evidence.sha256.lower():",
        "if False:",
        f"{_FAULTS}[changed_silently]",
    ),
    Breakage(
        "size not compared",
        "verify/rules.py",
        "if promised != evidence.size:",
        "if False:",
        "tests/unit/verify/test_rules.py::test_every_promised_size_has_to_be_met_exactly",
    ),
    Breakage(
        "believe where a name leads",
        "net/connection.py",
        "admit_address(origin, address)\n            try:",
        "admit_address\n            try:",
        "tests/integration/test_http.py"
        "::test_a_public_name_that_leads_to_this_machine_reaches_nothing",
    ),
    Breakage(
        "take a living worker for dead",
        "engine/processes.py",
        "return not started or not worker.start_time or started == worker.start_time",
        "return False",
        "tests/unit/engine/test_processes.py::test_this_process_lives",
    ),
    Breakage(
        "ignore Retry-After",
        "net/throttle.py",
        'asked = _retry_after(headers.get("retry-after"), now_ms)',
        "asked = None",
        "tests/unit/net/test_throttle.py::test_reads_what_is_asked_for",
    ),
    Breakage(
        "let climbing names through",
        "domain/names.py",
        'if ".." in _SEPARATORS.split(name):',
        "if False:",
        "tests/unit/domain/test_folders.py::TestResolve::test_a_path_that_leaves_its_root_is_refused",
    ),
    Breakage(
        "keep what cannot be resumed",
        "transfer/transfer.py",
        "if exc.family in _HOPELESS or not partial.resumable:",
        "if False:",
        f"{_FAULTS}[always_cut_without_ranges]",
    ),
    Breakage(
        "tensors need not cover the data",
        "formats/safetensors.py",
        "if reached < length:",
        "if False:",
        "tests/unit/formats/test_safetensors.py::test_a_page_after_the_data_is_broken",
    ),
    Breakage(
        "let every pickled name pass",
        "formats/pickle_walk.py",
        "if full not in ALLOWED:",
        "if False:",
        "tests/unit/formats/test_pickle_walk.py"
        "::test_a_hostile_call_is_found_whatever_instruction_makes_it",
    ),
    Breakage(
        "keep what failed its proof",
        "engine/download.py",
        "discard=True)",
        "discard=False)",
        _NO_MODEL,
    ),
    Breakage(
        "record before the data is on the disk",
        "transfer/partial.py",
        "            here = self.written\n",
        "            here = self._synced = self.written\n"
        "            self._save(self.manifest, durable=True)\n",
        "tests/unit/transfer/test_partial.py::test_bytes_count_as_synced_only_after_the_sync",
    ),
    Breakage(
        "take what came during a sync for synced",
        "transfer/partial.py",
        "self._synced = here",
        "self._synced = Extents(self._written)",
        "tests/unit/transfer/test_partial.py::test_bytes_that_come_during_a_sync_wait_for_the_next",
    ),
    Breakage(
        "two live jobs for one destination",
        "store/steps.py",
        "        unique=True,\n        sqlite_where=live,",
        "        sqlite_where=live,",
        "tests/integration/store/test_races.py::test_two_enqueues_for_one_destination_make_one_job",
    ),
    Breakage(
        "recover the jobs of a living worker",
        "store/workers.py",
        "not is_alive(row.info)\n",
        "True\n",
        "tests/integration/store/test_recovering.py"
        "::test_jobs_of_a_living_process_on_this_host_stay_however_silent",
    ),
    Breakage(
        "send the token when a redirect comes back",
        "net/http.py",
        "                with_token = False\n",
        "",
        "tests/integration/test_http.py::test_a_token_does_not_come_back_by_way_of_another_origin",
    ),
    Breakage(
        "send the token with pieces whose address another origin chose",
        "transfer/remote.py",
        "return {Origin.of(hop.url) for hop in self.hops} == {Origin.of(self.durable_url)}",
        "return Origin.of(self.url) == Origin.of(self.durable_url)",
        "tests/integration/test_tokens.py",
    ),
    Breakage(
        "let a page without an origin write",
        "web/guard.py",
        'if asked.fetch_site == "cross-site" or asked.origin == "null":',
        'if asked.fetch_site == "cross-site":',
        "tests/unit/web/test_guard.py",
    ),
    Breakage(
        "let any name that leads here write",
        "web/guard.py",
        'if not self._may_be_called(asked):\n            raise KeeperError("pairing_needed"',
        'if False:\n            raise KeeperError("pairing_needed"',
        "tests/integration/test_api.py::test_whatever_is_asked_wrongly_gets_the_one_shape",
    ),
    Breakage(
        "take what a form can send",
        "web/guard.py",
        "if not asked.proves_intent and not is_vouched_for():",
        "if False:",
        "tests/unit/web/test_guard.py",
    ),
    Breakage(
        "use a pairing code twice",
        "engine/pairing.py",
        'self._renewed({**state, "clients": clients})',
        'self._write({**state, "clients": clients})',
        "tests/integration/test_api.py::test_another_name_pairs_once",
    ),
    Breakage(
        "forget a change between two looks",
        "web/changes.py",
        "page = jobs.events_since(newest if resync else since, _PAGE)",
        "page = jobs.events_since(newest, _PAGE)",
        "tests/integration/test_api.py::test_events_lose_nothing_between_two_looks",
    ),
    Breakage(
        "leave a queue without a worker",
        "engine/attendance.py",
        "        if worker is None:\n            self._wake_worker()",
        "        if worker is None:\n            return\n            self._wake_worker()",
        "tests/integration/test_api.py"
        "::test_a_killed_worker_is_replaced_and_a_killed_host_finds_its_queue",
    ),
    Breakage(
        "ask a host that nobody has admitted",
        "engine/intake.py",
        "if approval or not explore:",
        "if not explore:",
        "tests/integration/test_api.py::test_what_a_workflow_needs",
    ),
    Breakage(
        "look for a model outside of its folder",
        "engine/resolving/disk.py",
        "if escapes(wanted.name) or (",
        "if (",
        "tests/unit/engine/test_needs.py",
    ),
    Breakage(
        "take one of several that differ",
        "domain/findings.py",
        "if certain and not doubtful and not _differ(certain):",
        "if certain and not doubtful:",
        "tests/unit/domain/test_findings.py",
    ),
    Breakage(
        "fetch although the disk may have it",
        "domain/findings.py",
        "if certain and not doubtful and not _differ(certain):",
        "if certain and not _differ(certain):",
        "tests/integration/test_engine_relink.py",
    ),
    Breakage(
        "relink by name against a known hash",
        "domain/relinks.py",
        "return stated.lower() not in self.hashes",
        "return False",
        "tests/integration/test_engine_relink.py",
    ),
    Breakage(
        "ask everybody again after a failure",
        "engine/resolving/resolver.py",
        "if error.family in _DOWN:",
        "if False:",
        "tests/unit/engine/resolving/test_resolver.py",
    ),
    Breakage(
        "forget a decision",
        "engine/engine.py",
        "if rows and self._manifest is not None and self._keeps:",
        "if False:",
        "tests/integration/test_engine.py",
    ),
    Breakage(
        "count a promoted value twice",
        "workflows/references.py",
        "if not self._supplies.is_instance(node) and not self._loaders.is_silent(node.type):",
        "if not self._loaders.is_silent(node.type):",
        "tests/unit/workflows/test_subgraph_references.py",
    ),
    Breakage(
        "fire a time of a schedule twice",
        "store/schedules.py",
        ".where(schedule.c.name == name, schedule.c.next_run == slot)",
        ".where(schedule.c.name == name)",
        f"{_SCHEDULES}::test_three_watchers_at_once_fire_a_slot_once[sqlite]",
    ),
    Breakage(
        "wait for a clock that was put back",
        "domain/schedules.py",
        "return min(schedule.next_run, ahead)",
        "return schedule.next_run",
        f"{_UPKEEP}::test_clocks_that_are_put_back_delay_nothing_for_ever",
    ),
    Breakage(
        "begin while ComfyUI generates",
        "domain/schedules.py",
        "if schedule.not_while_generating and around.generating:",
        "if False:",
        f"{_UPKEEP}::test_nothing_is_fired_while_comfyui_generates_unless_told",
    ),
    Breakage(
        "go on while ComfyUI generates",
        "engine/worker.py",
        "return self.generating and bool(job.payload.get(GIVES_WAY))",
        "return False",
        "tests/integration/test_upkeep.py"
        "::test_work_of_a_schedule_gives_way_while_comfyui_generates",
    ),
    Breakage(
        "forget what lay on a drive that vanished",
        "library/tree_walk.py",
        "if self._root_went_away():",
        "if False:",
        "tests/unit/library/test_scan.py"
        "::test_a_drive_that_vanishes_during_a_scan_is_off_and_nothing_is_forgotten",
    ),
    Breakage(
        "ask a stranger's host for a picture",
        "engine/preview_recovery.py",
        "if self._pictures.may_be_asked(each)]",
        "]",
        "tests/integration/test_preview_recovery.py::test_hosts_that_nobody_allowed_are_not_asked",
    ),
    Breakage(
        "replace a preview that a person chose",
        "library/previews.py",
        "(not over or self.note(shown.path).chosen)",
        "not over",
        "tests/unit/library/test_previews.py"
        "::test_what_was_found_leaves_what_is_there_and_what_a_person_chose",
    ),
    Breakage(
        "leave behind what is kept apart for a model",
        "engine/change_runner.py",
        "self._follow.carry(item.steps)",
        "pass",
        "tests/integration/test_kept_apart_changes.py::test_it_goes_with_a_move_a_rename_and_back",
    ),
    Breakage(
        "throw away another file than the broken one",
        "engine/replacing.py",
        "if not replaced.is_still(seen(Path(place.path))):",
        "if False:",
        "tests/integration/test_get_again.py"
        "::test_a_file_that_comes_while_the_right_one_is_fetched_is_not_touched",
    ),
    Breakage(
        "leave the broken file in the trash when its name was not given",
        "engine/replacing.py",
        "self._bring_back(change)",
        "pass",
        "tests/integration/test_get_again.py"
        "::test_a_file_that_cannot_be_named_leaves_the_broken_one",
    ),
)
