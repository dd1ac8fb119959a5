import { E as watch, g as shallowReactive, m as ref, p as reactive, r as computed, v as shallowRef } from "./reactivity-DBo_fg7_.mjs";
import { _ as totalOf, a as changesOf, b as problemOf, c as FINISHED_STATES, d as arranged, f as badgeOf, h as isLive, i as asRequestFrom, l as LIVE_STATES, n as createOpenedFile, r as asRequest, s as keyOf, v as ApiError, y as Client } from "./openedFile--DOaIPwn.mjs";
// src/hosts/save-file.ts
var KEPT_MS = 6e4;
function saveFile(name, text, page = document) {
	const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
	const link = page.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
// src/hosts/tokens.ts
var KEY = "modelKeeper.token";
function browserTokens(place, storage) {
	const brought = new URLSearchParams(place.hash.slice(1)).get("token");
	if (brought) {
		storage.setItem(KEY, brought);
		history.replaceState(null, "", place.pathname + place.search);
	}
	return {
		read: () => storage.getItem(KEY) ?? "",
		write: (token) => storage.setItem(KEY, token)
	};
}
// src/stores/following.ts
var POLL_SECONDS = 20;
var QUIET_MS = 1e4;
var AFTER_TROUBLE_MS = 2e3;
function follow(client, queue, host) {
	const ended = new AbortController();
	const hasEnded = () => ended.signal.aborted;
	let catchingUp = null;
	async function catchUp() {
		const since = queue.cursor();
		try {
			if (since === null || !queue.apply(await client.events(since, 0))) await queue.load();
		} catch (error) {
			queue.lose(problemOf(error));
		}
	}
	function reconcile() {
		catchingUp ??= catchUp().finally(() => catchingUp = null);
	}
	function take(changes) {
		if (!queue.apply(changes)) reconcile();
	}
	async function next() {
		const since = queue.cursor();
		return since !== null && queue.apply(await client.events(since, POLL_SECONDS, ended.signal));
	}
	async function poll() {
		while (!hasEnded()) try {
			if (!await next()) await queue.load();
			if (queue.state.lost) await pause(AFTER_TROUBLE_MS, ended.signal);
		} catch (error) {
			if (hasEnded()) return;
			queue.lose(problemOf(error));
			await pause(AFTER_TROUBLE_MS, ended.signal);
		}
	}
	const samples = setInterval(() => queue.sample(), 1e3);
	ended.signal.addEventListener("abort", () => clearInterval(samples));
	if (host.push) {
		const stop = host.push(take, reconcile);
		const slow = setInterval(reconcile, QUIET_MS);
		ended.signal.addEventListener("abort", () => {
			stop();
			clearInterval(slow);
		});
		reconcile();
	} else poll();
	return () => ended.abort();
}
function pause(ms, signal) {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal.addEventListener("abort", done);
	});
}
// src/stores/queue.ts
var PAGE = 500;
var MOST_LIVE = 2e3;
var NO_COUNTS = {
	live: {},
	succeeded: 0,
	reused: 0,
	failed: 0,
	cancelled: 0
};
function createQueue(client, now) {
	const jobs = shallowReactive(new Map());
	const live = shallowRef({});
	const counts = shallowRef(NO_COUNTS);
	const speeds = shallowRef([]);
	const state = reactive({
		loaded: false,
		lost: null,
		asOf: 0
	});
	const moved = new Map();
	const listeners = new Set();
	let cursor = null;
	async function load() {
		try {
			const start = await client.events(null, 0);
			const [unfinished, finished] = await Promise.all([pages({
				state: LIVE_STATES.join(","),
				order: "queue"
			}), client.jobs({
				state: FINISHED_STATES.join(","),
				limit: "200"
			}).then((page) => page.items)]);
			const missed = finished.filter((job) => {
				const before = jobs.get(job.id)?.state;
				return job.state === "succeeded" && before !== void 0 && before !== "succeeded";
			});
			jobs.clear();
			for (const job of [...unfinished, ...finished]) jobs.set(job.id, job);
			cursor = start.next;
			note(start);
			state.loaded = true;
			for (const job of missed) tell(job);
		} catch (error) {
			state.lost = problemOf(error);
		}
	}
	async function pages(query) {
		const found = [];
		let after = null;
		do {
			const page = await client.jobs({
				...query,
				limit: String(PAGE),
				...after && { after }
			});
			found.push(...page.items);
			after = page.next;
		} while (after && found.length < MOST_LIVE);
		return found;
	}
	function apply(changes) {
		if (cursor === null || changes.resync || changes.since > cursor) return false;
		if (changes.next >= cursor) {
			cursor = changes.next;
			for (const id of changes.gone) jobs.delete(id);
			for (const job of changes.jobs) put(job);
		}
		note(changes);
		return true;
	}
	function answered(job) {
		const known = jobs.get(job.id);
		if (!known || known.updated_at <= job.updated_at) put(job);
	}
	function put(job) {
		const before = jobs.get(job.id);
		jobs.set(job.id, job);
		if (job.state === "succeeded" && before?.state !== "succeeded") tell(job);
	}
	function tell(success) {
		for (const listener of listeners) listener(success);
	}
	function note(changes) {
		live.value = changes.live;
		counts.value = changes.counts;
		state.lost = null;
		state.asOf = now();
		for (const id of moved.keys()) if (!(id in changes.live)) moved.delete(id);
		for (const [id, row] of Object.entries(changes.live)) if (moved.get(id)?.bytes !== row.bytes_done) moved.set(id, {
			bytes: row.bytes_done,
			at: now()
		});
	}
	function sample() {
		speeds.value = [...speeds.value.slice(-59), total.value.speed];
	}
	function stalledFor(id) {
		const last = moved.get(id);
		return last && id in live.value ? now() - last.at : 0;
	}
	const total = computed(() => totalOf(jobs.values(), live.value));
	return {
		jobs,
		live,
		counts,
		speeds,
		state,
		total,
		groups: computed(() => arranged(jobs.values())),
		badge: computed(() => badgeOf(jobs.values())),
		load,
		apply,
		put: answered,
		sample,
		stalledFor,
		cursor: () => cursor,
		remove: (id) => jobs.delete(id),
		lose: (problem) => state.lost = problem,
		onSuccess(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
// src/stores/session.ts
function createSession(client) {
	const health = shallowRef(null);
	const settings = shallowRef({});
	const state = reactive({ problem: null });
	async function refresh() {
		try {
			health.value = await client.health();
			settings.value = await client.settings();
			state.problem = null;
		} catch (error) {
			state.problem = problemOf(error);
		}
	}
	async function change(values) {
		settings.value = await client.changeSettings(values);
	}
	return {
		health,
		settings,
		state,
		refresh,
		change
	};
}
var main_default = { modelKeeper: JSON.parse("{\"title\":\"Model Keeper\",\"tab\":{\"queue\":\"Queue\",\"workflow\":\"Workflow\"},\"frame\":{\"fullPage\":\"Open as a full page\",\"settings\":\"Settings\",\"close\":\"Close\",\"status\":\"Status\",\"speed\":\"Downloads at once and speed limit\",\"noLimit\":\"no limit\",\"atOnce\":\"at once\",\"free\":\"free\",\"freeOn\":\"Free space in {folder}\",\"asOf\":\"As of {time}.\",\"resting\":\"Downloads rest while ComfyUI generates.\"},\"provider\":{\"huggingface\":\"Hugging Face\",\"civitai\":\"Civitai\",\"plain\":\"Web\"},\"unit\":{\"days\":\"{n} d\",\"hours\":\"{n} h\",\"minutes\":\"{n} min\",\"seconds\":\"{n} s\"},\"key\":{\"space\":\"Space\",\"delete\":\"Del\"},\"state\":{\"running\":\"Downloading\",\"verifying\":\"Checking\",\"pending\":\"Waiting\",\"retry\":\"Waiting, will try again\",\"disk\":\"Drive full\",\"approval\":\"Waits for your yes\",\"credentials\":\"Needs a token\",\"licence\":\"Needs its licence accepted\",\"paused\":\"Paused\",\"review\":\"Your decision\",\"failed\":\"Failed\",\"succeeded\":\"Ready\",\"reused\":\"Already here\",\"cancelled\":\"Cancelled\",\"stalled\":\"No bytes\",\"pauseing\":\"Pausing\",\"canceling\":\"Cancelling\"},\"line\":{\"of\":\"{done} of {total}\",\"left\":\"{time} left\",\"byYou\":\"by you\",\"sha256\":\"sha256\",\"starting\":\"Starting\",\"stalled\":\"No bytes for {time}\",\"again\":\"again in {time}\",\"next\":\"Next\",\"attempt\":\"{n} of {of}\",\"approval\":\"The workflow wants it from {host}\"},\"do\":{\"pause\":\"Pause\",\"resume\":\"Continue\",\"retry\":\"Try again\",\"tryNow\":\"Try now\",\"cancel\":\"Cancel\",\"remove\":\"Take off the list\",\"more\":\"More\",\"keep\":\"Keep and use\",\"discard\":\"Discard\",\"allowHost\":\"Allow this host\",\"review\":\"Review\",\"approve\":\"Decide\",\"keepBoth\":\"Keep both\",\"setToken\":\"Set token\",\"tokenSettings\":\"Open token settings\",\"licence\":\"Accept licence\",\"page\":\"Open its page\",\"copyPath\":\"Copy path\",\"report\":\"Copy report\",\"undo\":\"Undo\",\"close\":\"Close\",\"save\":\"Save\",\"clear\":\"Clear\",\"get\":\"Get\",\"getAgain\":\"Get again\",\"pauseAll\":\"Pause all\",\"resumeAll\":\"Continue all\",\"pauseBatch\":\"Pause the batch\",\"resumeBatch\":\"Continue the batch\",\"fold\":\"Fold\",\"unfold\":\"Unfold\",\"clearList\":\"Clear this list\",\"relink\":\"Relink\"},\"queue\":{\"attention\":\"Needs you\",\"batch\":\"Several files\",\"more_one\":\"{count} more\",\"more_other\":\"{count} more\",\"ready_one\":\"{count} file ready\",\"ready_other\":\"{count} files ready\",\"finishedToday\":\"Finished today\",\"finishedOn\":\"Finished {day}\",\"empty\":{\"title\":\"Nothing to fetch\",\"text\":\"Paste a link above, or open a workflow: its models are fetched to the right folders.\"}},\"paste\":{\"label\":\"Paste a link, hash or list\",\"looking\":\"Looking\",\"hashKnown\":\"sha256 known\",\"hashUnknown\":\"sha256 not published\",\"new\":\"New here\",\"here\":\"You have it\",\"free\":\"{size} free\",\"folder\":\"Where it goes\",\"file\":\"Which file\",\"whichFolder\":\"Nobody says what kind of model it is. Choose its folder.\",\"several_one\":\"{count} file to choose from\",\"several_other\":\"{count} files to choose from\",\"getAll_one\":\"Get {count} · {size}\",\"getAll_other\":\"Get all ({count}) · {size}\"},\"step\":{\"found\":\"Found\",\"download\":\"Download\",\"check\":\"Check\",\"place\":\"Place\"},\"detail\":{\"from\":\"From\",\"to\":\"To\",\"published\":\"published\",\"computed\":\"computed here\",\"via\":\"Via\",\"connections_one\":\"{count} connection\",\"connections_other\":\"{count} connections\"},\"review\":{\"source\":\"It came from {host}\",\"host\":\"Nothing was asked of {host} yet\",\"hash\":\"A published sha256 is compared\",\"noHash\":\"No published sha256 to compare with\"},\"event\":{\"created\":\"Asked for\",\"claim\":\"Started\",\"verify\":\"Arrived, being checked\",\"succeed\":\"Ready in its folder\",\"fail\":\"Failed\",\"hold\":\"Waits for your decision\",\"defer\":\"Back in the queue, bytes kept\",\"recover\":\"Its worker ended; bytes kept\",\"pause\":\"Paused\",\"resume\":\"Continued\",\"cancel\":\"Cancelled\",\"retry\":\"Tried again\",\"approve\":\"Kept by you\",\"reject\":\"Discarded by you\",\"released\":\"May go on\",\"rank\":\"Moved in the queue\",\"priority\":\"Priority changed\",\"bandwidth\":\"Limit changed\",\"pause_requested\":\"Asked to pause\",\"cancel_requested\":\"Asked to cancel\",\"resume_requested\":\"Asked to continue\",\"deleted\":\"Taken off the list\"},\"workflow\":{\"models_one\":\"{count} model\",\"models_other\":\"{count} models\",\"ready_one\":\"{count} ready\",\"ready_other\":\"{count} ready\",\"toSettle_one\":\"{count} to settle\",\"toSettle_other\":\"{count} to settle\",\"toGet\":\"To get\",\"choose\":\"Choose one\",\"missing\":\"Not found\",\"optional\":\"Optional\",\"onDisk\":\"On disk\",\"getAll_one\":\"Get {count}\",\"getAll_other\":\"Get all ({count})\",\"getAllSize_one\":\"Get {count} · {size}\",\"getAllSize_other\":\"Get all ({count}) · {size}\",\"freeNow\":\"{size} free now\",\"freeAfter\":\"{size} after\",\"tooMuch\":\"{size} too much\",\"onTheirWay\":\"Everything that can be fetched is on its way.\",\"open\":\"Open a workflow file\",\"closeFile\":\"Back to the open workflow\",\"again\":\"Look again\",\"unnamed\":\"Workflow\",\"none\":{\"title\":\"No workflow is open\",\"text\":\"Open one, and its models are listed here.\"},\"pick\":{\"title\":\"Which models does a workflow need?\",\"text\":\"Drop a workflow file here, or choose one.\"},\"noModels\":{\"title\":\"No models are missing\",\"text\":\"The workflow names no model that is not here.\"},\"relink\":\"You have it\",\"relinkAll_one\":\"Relink {count}\",\"relinkAll_other\":\"Relink all ({count})\",\"searching_one\":\"Searching for {count} file\",\"searching_other\":\"Searching for {count} files\",\"notInstalled\":\"Not installed: {names}\",\"allHere\":{\"title\":\"Ready to run\",\"text_one\":\"The model is on disk.\",\"text_other\":\"All {count} models are on disk.\"},\"unsaved\":\"Relinked in a copy. The opened file stays as it is.\",\"save\":\"Save {name}\"},\"kind\":{\"scan\":\"Scan of the library\",\"hash\":\"Hashes of the models\"},\"need\":{\"on_disk\":\"On disk\",\"fetch\":\"To get\",\"choose\":\"Choose one\",\"missing\":\"Not found\",\"optional\":\"Optional\",\"nodes_one\":\"{count} node\",\"nodes_other\":\"{count} nodes\",\"nobody\":\"Nobody publishes a file of this name\",\"paste\":\"Paste a link\",\"approval\":\"New host\",\"useThis\":\"Use this one\",\"relink\":\"You have it\",\"builtin\":\"Built in\",\"searching\":\"Being searched for\",\"notAllAsked\":\"Not everybody could be asked\",\"otherFolder\":\"In another folder\",\"otherName\":\"Under another name\",\"diff\":\"{old} becomes {next}\",\"whichOne\":\"Which file is {name}?\",\"anotherLink\":\"Another link\",\"pasteLabel\":\"Link, hash or AIR\",\"pasteFor\":\"A link for {name}\",\"oneLink\":\"Paste one link only.\",\"getAs\":\"Get as {name}\"},\"builtIn\":{\"offer\":\"Let ComfyUI’s own Download buttons fetch to the server as well?\",\"allow\":\"Allow\",\"no\":\"No\",\"allowed\":\"ComfyUI’s Download buttons use this queue now.\"},\"notice\":{\"cancelled\":\"{name} is cancelled.\",\"copied\":\"Copied.\",\"notCopied\":\"This browser does not allow copying here.\",\"relinked_one\":\"{count} model is relinked.\",\"relinked_other\":\"{count} models are relinked.\",\"notRelinked_one\":\"{count} node has changed in the meantime and was left alone.\",\"notRelinked_other\":\"{count} nodes have changed in the meantime and were left alone.\"},\"token\":{\"title\":\"{provider} token\",\"text\":\"It is kept in a private file on the server and sent to {provider} only.\",\"label\":\"Token\",\"button\":\"Keep\",\"page\":\"Make one\",\"kept_one\":\"The token is kept. {count} download goes on.\",\"kept_other\":\"The token is kept. {count} downloads go on.\"},\"pair\":{\"banner\":\"This browser may look, but not change anything yet.\",\"title\":\"Pair this browser\",\"text\":\"The code is on the server’s console, or from: model-keeper auth pair\",\"label\":\"Pairing code\",\"button\":\"Pair\"},\"secret\":{\"title\":\"This server wants its token\",\"text\":\"It is in the address that the server printed when it started.\",\"label\":\"Token\",\"button\":\"Use it\"},\"speed\":{\"title\":\"Settings\",\"atOnce\":\"Downloads at once\",\"limit\":\"Speed limit in MB/s, 0 for none\",\"rests\":\"Downloads rest while ComfyUI generates\",\"builtIn\":\"ComfyUI’s Download buttons use this queue\",\"tokens\":\"Tokens\"},\"errors\":{\"archive_unsafe\":{\"message\":\"The file is not safe: {why}.\",\"hint\":\"Nothing was kept. Look for another source.\"},\"bad_range\":{\"message\":\"{host} answered with another part of the file than was asked for.\",\"hint\":\"The download starts again by itself, in one piece.\"},\"body_too_large\":{\"message\":\"The request is larger than {limit} MB.\",\"hint\":\"Send less at once.\"},\"body_unreadable\":{\"message\":\"The request’s body is not JSON.\",\"hint\":\"Send a JSON object in UTF-8.\"},\"category_needed\":{\"message\":\"It is not known what kind of model {name} is.\",\"hint\":\"Choose the folder it belongs in.\"},\"category_unknown\":{\"message\":\"There is no model folder for the category “{category}”.\",\"hint\":\"Use one of: {known}.\"},\"choice_needed\":{\"message\":\"{what} could be more than one thing: {choices}.\",\"hint\":\"{how}\"},\"civitai_archived\":{\"message\":\"The model is archived on Civitai and cannot be downloaded any more.\",\"hint\":\"Look for the same file elsewhere, by its SHA256.\"},\"civitai_download_disabled\":{\"message\":\"The creator does not allow downloads of this file.\",\"hint\":\"It can only be used on Civitai itself; look for another model.\"},\"civitai_early_access\":{\"message\":\"This file is in early access on Civitai, {when}.\",\"hint\":\"Buy access on its page, or retry when it is free.\"},\"civitai_file_not_found\":{\"message\":\"Civitai has no such file in this version.\",\"hint\":\"Open the model’s page and copy the link of the file again.\"},\"civitai_forbidden\":{\"message\":\"Civitai refuses this file to you.\",\"hint\":\"Open its page in a browser and see why.\"},\"civitai_key_refused\":{\"message\":\"Civitai does not accept your API key.\",\"hint\":\"Set a new Civitai token.\"},\"civitai_login_needed\":{\"message\":\"Civitai wants you to be logged in for this file.\",\"hint\":\"Set your Civitai token.\"},\"civitai_no_grant\":{\"message\":\"Your Civitai account has no access to this file.\",\"hint\":\"Open its page, get access there, then retry.\"},\"civitai_not_found\":{\"message\":\"Civitai does not know this model; it may have been removed.\",\"hint\":\"Check the link, or look for the file by its SHA256.\"},\"civitai_paid\":{\"message\":\"This file has to be paid for on Civitai.\",\"hint\":\"Buy access on its page, then retry.\"},\"civitai_storage_fault\":{\"message\":\"Civitai cannot find the file in its storage at the moment.\",\"hint\":\"It is tried again by itself; retry the job later if it stays.\"},\"civitai_unusual_downloads\":{\"message\":\"Civitai has stopped downloads for your account because there were very many.\",\"hint\":\"Wait some days, or write to Civitai’s support.\"},\"connection_lost\":{\"message\":\"The connection to {host} broke after {received} bytes.\",\"hint\":\"The download goes on from there by itself.\"},\"database_corrupt\":{\"message\":\"The database {path} is damaged.\",\"hint\":\"It was left as it is. Move it away and start again; your models are not touched.\"},\"file_read_only\":{\"message\":\"{path} may not be changed.\",\"hint\":\"Allow writing to the file and its folder, then try again. Nothing was changed.\"},\"index_unusable\":{\"message\":\"The list of your models in {path} cannot be used: {why}.\",\"hint\":\"Check that its folder can be written to and that its disk is not full; it is made again by itself.\"},\"sidecar_unreadable\":{\"message\":\"{path} cannot be read: {why}.\",\"hint\":\"It was left as it is. Repair it, or move it away, and refresh the model.\"},\"outside_model_folders\":{\"message\":\"{path} is in none of your model folders.\",\"hint\":\"Choose a file that your library shows.\"},\"link_leaves_folders\":{\"message\":\"{path} leads out of your model folders, by a link.\",\"hint\":\"Choose another folder, or add the one that the link leads to to your model folders.\"},\"file_changed_since\":{\"message\":\"{path} is not the file any more that it was.\",\"hint\":\"It was left as it is. Look at it, then ask again.\"},\"restore_place_taken\":{\"message\":\"Another file is at {path} now.\",\"hint\":\"Nothing was overwritten. Restore it under another name, for example {free}.\"},\"not_in_trash\":{\"message\":\"{path} is not in the trash any more.\",\"hint\":\"It was restored or purged; look at what is in the trash.\"},\"change_unknown\":{\"message\":\"There is no change {id} of your files.\",\"hint\":\"Look at the list of changes.\"},\"change_undone\":{\"message\":\"The change {id} cannot be undone: nothing of it is left.\",\"hint\":\"If it was undone already, undo that to have it again.\"},\"change_interrupted\":{\"message\":\"The change of {path} was stopped before it was complete.\",\"hint\":\"The file is where it was. Ask again if you still want it.\"},\"library_busy\":{\"message\":\"Another change of your files is under way.\",\"hint\":\"Try again when it is done.\"},\"not_same_content\":{\"message\":\"{path} and {other} do not hold the same bytes.\",\"hint\":\"Nothing was changed. Look for duplicates again.\"},\"already_one_file\":{\"message\":\"{path} and {other} are one file already.\",\"hint\":\"There is nothing to free. Choose other files.\"},\"copy_differs\":{\"message\":\"The copy of {path} is not what was read.\",\"hint\":\"The file was left where it is. Check the drives.\"},\"cannot_share\":{\"message\":\"Files cannot share their blocks in {path}: {why}.\",\"hint\":\"Nothing was changed. Use hard links or the trash instead.\"},\"link_points_here\":{\"message\":\"The link {link} leads to {path}.\",\"hint\":\"Keep this file of the duplicates, or remove the link first.\"},\"template_unusable\":{\"message\":\"The template “{template}” cannot be used: {why}.\",\"hint\":\"Write folders with the names {known}.\"},\"file_changing\":{\"message\":\"{path} is still being written.\",\"hint\":\"Try again when it is complete.\"},\"database_newer\":{\"message\":\"The database {path} was written by a newer version ({found}; this one knows {known}).\",\"hint\":\"Update Model Keeper.\"},\"database_read_only\":{\"message\":\"The database {path} cannot be written to.\",\"hint\":\"Change its rights.\"},\"database_unavailable\":{\"message\":\"The database cannot be reached: {why}.\",\"hint\":\"Work goes on by itself when it is back.\"},\"dependency_missing\":{\"message\":\"{what} needs the package {package}.\",\"hint\":\"Install it with: {command}\"},\"destination_busy\":{\"message\":\"Another download ({job}) is already on its way to {path}.\",\"hint\":\"Wait for it or cancel it, or choose another name.\"},\"destination_exists\":{\"message\":\"Another file is already at {path}.\",\"hint\":\"Nothing was overwritten. Keep both, or move that file away.\"},\"picture_unusable\":{\"message\":\"This cannot be a preview: {why}.\",\"hint\":\"Choose a PNG, JPEG, WebP, GIF or AVIF picture, or an MP4 or WebM film.\"},\"destination_outside_root\":{\"message\":\"“{path}” is outside the model folder {root}.\",\"hint\":\"Choose a folder below it.\"},\"disk_full\":{\"message\":\"There is not enough space in {path}: {needed} needed, {free} free.\",\"hint\":\"Make space. The download goes on by itself.\"},\"extra_paths_unreadable\":{\"message\":\"The extra model paths in {path} cannot be used: {why}.\",\"hint\":\"Correct the file; ComfyUI reads the same one.\"},\"file_changed\":{\"message\":\"The file on {host} changed while it was being fetched.\",\"hint\":\"It starts again by itself with the new file.\"},\"file_locked\":{\"message\":\"Another program holds {path}.\",\"hint\":\"Close it. The download is finished as soon as the file is free.\"},\"model_unknown\":{\"message\":\"{name} is not here, and nobody knows where it is.\",\"hint\":\"If you have a link, give it with: {command}\"},\"folder_without_workflows\":{\"message\":\"There is no workflow in {path}.\",\"hint\":\"Name the folder where ComfyUI keeps them, such as ComfyUI/user/default/workflows.\"},\"file_not_found\":{\"message\":\"There is no file {path}.\",\"hint\":\"Check the path.\"},\"folder_not_found\":{\"message\":\"There is no folder {path}.\",\"hint\":\"Check the path.\"},\"folder_read_only\":{\"message\":\"{path} cannot be written to.\",\"hint\":\"Choose another folder, or change its rights.\"},\"forbidden\":{\"message\":\"{host} does not allow this download.\",\"hint\":\"Open the link in a browser and see what it shows.\"},\"foreign_page\":{\"message\":\"A page from {origin} tried to change something here.\",\"hint\":\"Nothing was changed. Use the panel that this server shows.\"},\"format_mismatch\":{\"message\":\"The file is called {name} but is {kind} inside.\",\"hint\":\"Nothing was kept. Look for another source.\"},\"gone\":{\"message\":\"{what} is not there any more.\",\"hint\":\"Look for another source.\"},\"hash_mismatch\":{\"message\":\"The file is not the one that was promised: its SHA256 is {actual}, not {expected}.\",\"hint\":\"Nothing was kept. Retry, or look for another source.\"},\"hash_not_found\":{\"message\":\"No provider knows a file with the SHA256 {sha256}.\",\"hint\":\"Paste the link of the model instead.\"},\"header_needed\":{\"message\":\"The request does not say that it means this server.\",\"hint\":\"Send Content-Type: application/json, or the header {header}: 1.\"},\"hf_file_not_found\":{\"message\":\"{repo} has no such file.\",\"hint\":\"Open its page and copy the link of the file again.\"},\"hf_forbidden\":{\"message\":\"Hugging Face does not let you read {repo}.\",\"hint\":\"Open its page in a browser and see why.\"},\"hf_gated_acceptance\":{\"message\":\"You have not accepted the terms of {repo} yet.\",\"hint\":\"Accept them at https://huggingface.co/{repo}, then retry.\"},\"hf_gated_login\":{\"message\":\"{repo} on Hugging Face is only for people who are signed in and accepted its terms.\",\"hint\":\"Accept them on its page, then set your Hugging Face token.\"},\"hf_gated_scope\":{\"message\":\"Your Hugging Face token may not read gated repositories.\",\"hint\":\"Allow it “public gated repos” in the token’s settings, then retry.\"},\"hf_gated_token\":{\"message\":\"Hugging Face does not accept your token for {repo}.\",\"hint\":\"Make a new token and set it here.\"},\"hf_login_or_missing\":{\"message\":\"{repo} is not on Hugging Face, or it is private.\",\"hint\":\"Check the link. If it is yours, set your Hugging Face token.\"},\"hf_missing_or_private\":{\"message\":\"{repo} is not on Hugging Face, or your token may not see it.\",\"hint\":\"Check the link, and the token’s rights.\"},\"hf_revision_not_found\":{\"message\":\"{repo} has no such revision.\",\"hint\":\"Check the part after /resolve/ or /tree/ of the link.\"},\"hf_token_refused\":{\"message\":\"Hugging Face does not accept your token.\",\"hint\":\"Make a new token and set it here.\"},\"host_refused\":{\"message\":\"{host} is a private or local address.\",\"hint\":\"If you trust it, put it into MODEL_KEEPER_ALLOW_HOSTS.\"},\"host_starting\":{\"message\":\"Model Keeper is still starting.\",\"hint\":\"Try again in a moment.\"},\"insecure_scheme\":{\"message\":\"{host} would be asked over plain http, where anyone can change the file.\",\"hint\":\"Use the https link, or put the host into MODEL_KEEPER_ALLOW_HOSTS.\"},\"internal\":{\"message\":\"Something went wrong inside Model Keeper: {why}.\",\"hint\":\"Report it with the log {log}.\"},\"invalid_request\":{\"message\":\"{what}\",\"hint\":\"Correct it and try again.\"},\"job_waits\":{\"message\":\"The download waits for a person.\",\"hint\":\"See what it waits for in the queue.\"},\"job_not_found\":{\"message\":\"There is no job {id}.\",\"hint\":\"It was taken off the list, perhaps in another browser.\"},\"link_unreadable\":{\"message\":\"“{text}” is not a link, a Civitai or Hugging Face address, or a SHA256.\",\"hint\":\"Paste the address of the file or of its page.\"},\"link_unsupported\":{\"message\":\"“{text}” is a link to {what}, and no model file can be fetched from that.\",\"hint\":\"Paste the link of a model page or of a file.\"},\"login_needed\":{\"message\":\"{host} wants a login for this file.\",\"hint\":\"Fetch it in a browser, and put it into its folder.\"},\"manifest_entry_unknown\":{\"message\":\"Nothing was decided about {name} in the workflow {workflow}.\",\"hint\":\"Resolve the workflow again.\"},\"manifest_unreadable\":{\"message\":\"Line {line} of {path} cannot be used: {why}.\",\"hint\":\"Correct it there. Nothing was changed.\"},\"panel_cannot\":{\"message\":\"This panel cannot {what} through Model Keeper.\",\"hint\":\"Look for it in Model Keeper's own panel. Nothing was changed.\"},\"method_unknown\":{\"message\":\"{path} does not understand {method}.\",\"hint\":\"It understands: {known}.\"},\"name_needed\":{\"message\":\"The address {url} does not say what the file is called.\",\"hint\":\"Give it a name.\"},\"name_too_long\":{\"message\":\"The path {path} is too long for this system.\",\"hint\":\"Choose a shorter name.\"},\"name_unusable\":{\"message\":\"“{name}” cannot be a file name: {why}.\",\"hint\":\"Choose another name.\"},\"not_a_model\":{\"message\":\"{host} sent {kind} instead of the model file.\",\"hint\":\"Open the link in a browser; it may need a login or an acceptance there.\"},\"not_found\":{\"message\":\"{what} was not found.\",\"hint\":\"Check the link; it may have been moved.\"},\"not_possible_now\":{\"message\":\"A job that is {state} cannot be {action}.\",\"hint\":\"Look at the row again: it has moved on.\"},\"pairing_code_wrong\":{\"message\":\"That is not the pairing code.\",\"hint\":\"Read it again on the server’s console.\"},\"pairing_needed\":{\"message\":\"This browser reaches the server as {host}, a name that it does not know.\",\"hint\":\"Enter the pairing code from the server’s console.\"},\"panel_missing\":{\"message\":\"The files of the panel are not there.\",\"hint\":\"Install Model Keeper again.\"},\"port_busy\":{\"message\":\"Another program listens on port {port}.\",\"hint\":\"End that program, or choose another port.\"},\"prerequisite_failed\":{\"message\":\"It needs the result of another job ({job}), which did not succeed.\",\"hint\":\"Retry that job; this one follows by itself.\"},\"protocol_error\":{\"message\":\"{host} sent an answer that is not valid HTTP: {why}.\",\"hint\":\"It is tried again by itself; retry the job later if it stays.\"},\"rate_limited\":{\"message\":\"{host} asks to slow down.\",\"hint\":\"It is tried again by itself after the wait that the host asked for.\"},\"redirect_loop\":{\"message\":\"{host} sends the request round in circles.\",\"hint\":\"Copy the link again from its page.\"},\"rejected_by_person\":{\"message\":\"The file was rejected in review.\",\"hint\":\"Nothing was kept.\"},\"retries_exhausted\":{\"message\":\"It did not succeed in {attempts} attempts without progress. The last reason: {why}\",\"hint\":\"What has arrived is kept. Try again, and it goes on from there.\"},\"review_archive\":{\"message\":\"The file is an archive that has to be unpacked: {contents}.\",\"hint\":\"Keep it as it is, or discard it.\"},\"review_candidate\":{\"message\":\"{name} was found by a search, and no SHA256 is known that could prove it.\",\"hint\":\"If it is the file you want, keep it. Else discard it.\"},\"review_pickle\":{\"message\":\"The file can run code when it is loaded: {finding}.\",\"hint\":\"If you trust its source, keep it. Else discard it.\"},\"review_unchecked\":{\"message\":\"A part of the file could not be checked: {doubt}.\",\"hint\":\"Look at where it came from, then keep or discard it.\"},\"review_unknown_structure\":{\"message\":\"The file is none of the known model formats.\",\"hint\":\"Look at where it came from, then keep or discard it.\"},\"root_unknown\":{\"message\":\"“{root}” is not one of the model folders for {category}.\",\"hint\":\"Choose one of: {known}.\"},\"roots_unknown\":{\"message\":\"It is not known where your models are.\",\"hint\":\"Name the folder in the settings: models_dir.\"},\"route_unknown\":{\"message\":\"There is nothing at {path}.\",\"hint\":\"The routes are in docs/api.md.\"},\"server_busy\":{\"message\":\"{host} is overloaded.\",\"hint\":\"It is tried again by itself; retry the job later if it stays.\"},\"server_error\":{\"message\":\"{host} answered with its own error {status}.\",\"hint\":\"It is tried again by itself; retry the job later if it stays.\"},\"size_mismatch\":{\"message\":\"The file has {actual} bytes where {expected} were declared.\",\"hint\":\"Nothing was kept. Retry, or look for another source.\"},\"stalled\":{\"message\":\"{host} stopped sending.\",\"hint\":\"The download goes on from there by itself.\"},\"storage_failed\":{\"message\":\"{path} could not be read or written: {why}.\",\"hint\":\"Check the drive.\"},\"structure_broken\":{\"message\":\"The file is broken: {why}.\",\"hint\":\"Nothing was kept. Retry, or look for another source.\"},\"tls_failed\":{\"message\":\"The secure connection to {host} failed: {why}.\",\"hint\":\"Check the clock of this machine, and the proxy if there is one.\"},\"token_needed\":{\"message\":\"This server wants its token.\",\"hint\":\"Open the address that it printed when it started.\"},\"too_large\":{\"message\":\"The answer of {host} is larger than {limit} bytes.\",\"hint\":\"Check the link.\"},\"unexpected_status\":{\"message\":\"{host} answered with status {status}.\",\"hint\":\"Open the link in a browser and see what it shows.\"},\"unreachable\":{\"message\":\"{host} could not be reached: {why}.\",\"hint\":\"Check the connection. The download goes on by itself when the host answers.\"},\"worker_unavailable\":{\"message\":\"The worker did not start: {why}.\",\"hint\":\"Look into {log}.\"},\"workflow_changed\":{\"message\":\"{where} does not say “{old}” any more.\",\"hint\":\"Look at the workflow again. Nothing was changed.\"},\"workflow_empty\":{\"message\":\"{path} holds no workflow.\",\"hint\":\"Choose a workflow with at least one node.\"},\"workflow_not_embedded\":{\"message\":\"{path} is {kind} without a workflow inside.\",\"hint\":\"Ask for the original file: most web services strip what ComfyUI writes into it.\"},\"loader_table_unreadable\":{\"message\":\"The loader table {path} cannot be used: {where} {why}.\",\"hint\":\"Correct it there, or remove the file.\"},\"known_models_unreadable\":{\"message\":\"Your list of known models {path} cannot be used: of {what}, {why}.\",\"hint\":\"Correct it there. Until then only the list that comes with Model Keeper is used.\"},\"workflow_in_picture\":{\"message\":\"{path} is a picture or a video with a workflow inside; those are not rewritten.\",\"hint\":\"Save the workflow as JSON in ComfyUI and use that file.\"},\"workflow_unknown_format\":{\"message\":\"{path} is not a ComfyUI workflow.\",\"hint\":\"Choose a workflow that was saved or exported by ComfyUI.\"},\"workflow_unreadable\":{\"message\":\"{path} cannot be read as a workflow: {why}.\",\"hint\":\"Save it again in ComfyUI, or download it again.\"},\"workflow_without_links\":{\"message\":\"{path} names no model with its address.\",\"hint\":\"Open a workflow whose nodes name their models.\"},\"server_gone\":{\"message\":\"The server does not answer.\",\"hint\":\"It is asked again by itself.\"},\"query_key_unknown\":{\"message\":\"The search does not know “{key}” (at character {position}).\",\"hint\":\"Put the word in quotes, or use one of these: {known}.\"},\"query_value_wrong\":{\"message\":\"The search cannot use “{written}” (at character {position}).\",\"hint\":\"Write it like this: {wanted}.\"},\"query_too_long\":{\"message\":\"A search has at most {most} words.\",\"hint\":\"Leave some of them out.\"},\"model_not_in_library\":{\"message\":\"There is no model {id} in the library.\",\"hint\":\"Look at the list again; it may have been moved or deleted.\"}},\"source\":{\"disk\":\"On disk\",\"manifest\":\"Manifest\",\"workflow\":\"Named by the workflow\",\"known\":\"Known models\",\"civitai\":\"Civitai\",\"huggingface\":\"Hugging Face\"},\"evidence\":{\"exact_path\":\"Where the workflow expects it\",\"declared\":\"Named by the workflow\",\"decided\":\"Decided before\",\"known_absent\":\"Was here before\",\"same_hash\":\"Same sha256\",\"sha256\":\"Same sha256\",\"sha256_differs\":\"Other sha256\",\"separators\":\"Only slashes differ\",\"letter_case\":\"Only capitals differ\",\"other_folder\":\"Same name\",\"same_size\":\"Same size\",\"other_category\":\"In a folder that this node does not read\",\"several\":\"Several could be meant\",\"unproven\":\"sha256 not computed yet\",\"claimed_hash\":\"sha256 by hearsay\",\"unknown_category\":\"Nobody knows its folder\",\"unwritable\":\"Cannot be written in a prompt\",\"offline\":\"Drive not connected\",\"broken\":\"Broken file\",\"other_content\":\"Other content\",\"name\":\"Name fits\",\"name_normalised\":\"Not letter for letter\",\"listed\":\"On a list of known models\",\"canonical\":\"Original publisher\",\"mirror\":\"Somebody’s copy\",\"licence\":\"Licence allows it\",\"licence_unknown\":\"Licence unknown\",\"licence_disallowed\":\"Licence not allowed here\",\"integrity\":\"Can be checked\",\"size_differs\":\"Other size\",\"context\":\"Fits the workflow\",\"category_differs\":\"For another folder\"}}") };
// src/i18n/direction.ts
var RIGHT_TO_LEFT = new Set([
	"ar",
	"fa",
	"he"
]);
function directionOf(locale) {
	return RIGHT_TO_LEFT.has(new Intl.Locale(locale).language) ? "rtl" : "ltr";
}
function isolate(text) {
	return `\u2068${text}\u2069`;
}
function isolateLeftToRight(text, locale) {
	return directionOf(locale) === "rtl" ? `\u2066${text}\u2069` : text;
}
// src/format/filled.ts
function filled(template, values) {
	return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
// src/format/bytes.ts
var UNITS = [
	"byte",
	"kilobyte",
	"megabyte",
	"gigabyte",
	"terabyte",
	"petabyte"
];
var STEP = 1e3;
var NO_BREAK_SPACE = "\xA0";
var NEXT_UNIT_FROM = 999.5;
function exponentOf(bytes) {
	let exponent = 0;
	let value = bytes;
	while (value >= NEXT_UNIT_FROM && exponent < UNITS.length - 1) {
		value /= STEP;
		exponent += 1;
	}
	return exponent;
}
function fractionDigits(value, exponent) {
	if (exponent === 0 || value === 0 || value >= 99.95) return 0;
	return value >= 9.995 ? 1 : 2;
}
function speedDigits(value) {
	return value >= 99.95 ? 0 : 1;
}
function split(parts) {
	const text = (isUnit) => parts.filter((part) => part.type === "unit" === isUnit).map((part) => part.value);
	return {
		value: text(false).join("").trim(),
		unit: text(true).join("")
	};
}
function joined(parts) {
	const { value, unit } = split(parts);
	return `${value}${NO_BREAK_SPACE}${unit}`;
}
function createBytesFormat(locale) {
	const formats = new Map();
	function number(digits, unit) {
		const key = `${unit ?? ""} ${digits}`;
		const known = formats.get(key);
		if (known) return known;
		const made = new Intl.NumberFormat(locale, {
			...unit && {
				style: "unit",
				unit,
				unitDisplay: unit === "byte" ? "narrow" : "short"
			},
			minimumFractionDigits: digits,
			maximumFractionDigits: digits
		});
		formats.set(key, made);
		return made;
	}
	function unbroken(text) {
		return isolateLeftToRight(text.replace(/\s/g, NO_BREAK_SPACE), locale);
	}
	function withUnit(bytes) {
		const exponent = exponentOf(bytes);
		const value = bytes / STEP ** exponent;
		return joined(number(fractionDigits(value, exponent), UNITS[exponent]).formatToParts(value));
	}
	function speedFormat(bytesPerSecond) {
		const value = bytesPerSecond / 1e6;
		return {
			value,
			format: number(speedDigits(value), "megabyte-per-second")
		};
	}
	return {
		bytes: (bytes) => unbroken(withUnit(bytes)),
		bytesOf(done, total, template) {
			const exponent = exponentOf(total);
			const value = done / STEP ** exponent;
			return unbroken(filled(template, {
				done: number(fractionDigits(value, exponent)).format(value),
				total: withUnit(total)
			}));
		},
		speed(bytesPerSecond) {
			const { value, format } = speedFormat(bytesPerSecond);
			return unbroken(joined(format.formatToParts(value)));
		},
		speedParts(bytesPerSecond) {
			const { value, format } = speedFormat(bytesPerSecond);
			return split(format.formatToParts(value));
		}
	};
}
// src/format/duration.ts
var MINUTE = 60;
var HOUR = 3600;
var DAY = 24 * HOUR;
function parts(seconds) {
	const whole = Math.max(0, Math.round(seconds));
	if (whole < MINUTE) return [["seconds", whole]];
	const minutes = Math.round(whole / MINUTE) * MINUTE;
	if (minutes < HOUR) return [["minutes", minutes / MINUTE]];
	if (minutes < DAY) return [["hours", Math.floor(minutes / HOUR)], ["minutes", minutes % HOUR / MINUTE]];
	const hours = Math.round(whole / HOUR) * HOUR;
	return [["days", Math.floor(hours / DAY)], ["hours", hours % DAY / HOUR]];
}
function createDurationFormat(locale, units) {
	const plain = new Intl.NumberFormat(locale);
	const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
	return {
		duration(seconds) {
			const [first, second] = parts(seconds);
			return [first, second].filter((part) => part !== void 0).filter(([, amount], at) => at === 0 || amount > 0).map(([unit, amount]) => filled(units[unit], { n: plain.format(amount) })).join(" ").replace(/\s/g, "\xA0");
		},
		countdown(seconds) {
			const whole = Math.max(0, Math.ceil(seconds));
			const hours = Math.floor(whole / HOUR);
			const minutes = Math.floor(whole % HOUR / MINUTE);
			const tail = twoDigits.format(whole % MINUTE);
			return isolateLeftToRight(`${hours > 0 ? `${plain.format(hours)}:${twoDigits.format(minutes)}` : plain.format(minutes)}:${tail}`, locale);
		}
	};
}
// src/format/when.ts
var DAY_MS = 864e5;
var NAMED_DAYS = 6;
function midnight(moment) {
	return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
function createWhenFormat(locale) {
	const time = new Intl.DateTimeFormat(locale, {
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23"
	});
	const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
	const date = new Intl.DateTimeFormat(locale, {
		day: "numeric",
		month: "long"
	});
	const fullDate = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
	return (moment, now) => {
		const days = Math.round(Math.abs(midnight(moment) - midnight(now)) / DAY_MS);
		if (days === 0) return time.format(moment);
		if (days <= NAMED_DAYS) return weekday.format(moment);
		return (moment.getFullYear() === now.getFullYear() ? date : fullDate).format(moment);
	};
}
// src/format/formats.ts
function createFormats(locale, units) {
	const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
	return {
		...createBytesFormat(locale),
		...createDurationFormat(locale, units),
		count: (count) => counts.format(count),
		when: createWhenFormat(locale)
	};
}
// src/i18n/translator.ts
function textAt(messages, key) {
	let found = messages;
	for (const part of key.split(".")) {
		if (typeof found !== "object") return void 0;
		found = found[part];
	}
	return typeof found === "string" ? found : void 0;
}
function chosenText({ messages, plurals }, key, count) {
	if (typeof count === "number") {
		const plural = textAt(messages, `${key}_${plurals.select(count)}`) ?? textAt(messages, `${key}_other`);
		if (plural !== void 0) return plural;
	}
	return textAt(messages, key);
}
function createTranslator(messages, locale, english = {}) {
	const catalogues = [{
		messages,
		plurals: new Intl.PluralRules(locale)
	}, {
		messages: english,
		plurals: new Intl.PluralRules("en")
	}];
	const numbers = new Intl.NumberFormat(locale);
	const direction = directionOf(locale);
	function written(value) {
		if (typeof value === "number") return numbers.format(value);
		return direction === "rtl" ? isolate(value) : value;
	}
	return (key, params = {}) => {
		for (const catalogue of catalogues) {
			const text = chosenText(catalogue, key, params["count"]);
			if (text === void 0) continue;
			return text.replace(/\{(\w+)\}/g, (whole, name) => {
				const value = params[name];
				return value === void 0 ? whole : written(value);
			});
		}
		return key;
	};
}
// src/stores/texts.ts
var LANGUAGES = { zh: () => import("./main-JWqjD23Y.mjs") };
var ENGLISH = main_default.modelKeeper;
function createTexts(host) {
	const locale = ref("en");
	const messages = shallowRef(ENGLISH);
	const translate = computed(() => createTranslator(messages.value, locale.value, ENGLISH));
	const formats = computed(() => createFormats(locale.value, units()));
	let last = "";
	async function use(wanted) {
		last = wanted;
		const known = [wanted, wanted.split("-")[0] ?? ""].find((code) => code in LANGUAGES);
		const load = known ? LANGUAGES[known] : void 0;
		const found = load ? (await load()).default.modelKeeper : ENGLISH;
		if (wanted !== last) return;
		messages.value = found;
		locale.value = load && known ? known : "en";
	}
	const t = (key, params) => translate.value(key, params);
	function units() {
		const unit = (name) => t(`unit.${name}`);
		return {
			days: unit("days"),
			hours: unit("hours"),
			minutes: unit("minutes"),
			seconds: unit("seconds")
		};
	}
	function sentence(problem, part) {
		const key = `errors.${problem.code}.${part}`;
		const text = t(key, problem.details);
		return text === key ? problem[part] : text;
	}
	function evidence(reason) {
		const key = `evidence.${reason.code}`;
		const text = t(key);
		return text === key ? reason.text : text;
	}
	host.onLocale((wanted) => void use(wanted));
	use(host.locale());
	return {
		locale,
		direction: computed(() => directionOf(locale.value)),
		t,
		message: (problem) => sentence(problem, "message"),
		hint: (problem) => sentence(problem, "hint"),
		evidence,
		bytes: (n) => formats.value.bytes(n),
		bytesOf: (done, total) => formats.value.bytesOf(done, total, t("line.of")),
		speed: (rate) => formats.value.speed(rate),
		speedParts: (rate) => formats.value.speedParts(rate),
		duration: (seconds) => formats.value.duration(seconds),
		countdown: (ms) => formats.value.countdown(ms / 1e3),
		count: (n) => formats.value.count(n),
		when: (at, now) => formats.value.when(new Date(at), new Date(now)),
		folder: (job) => [job.provider && t(`provider.${job.provider}`), job.category].filter(Boolean).join(" · ")
	};
}
// src/domain/edits.ts
var PARTS = ["widgets_values", "properties"];
function editsBetween(before, after) {
	const others = new Map(nodesOf(after).map(([scope, node]) => [placeOf(scope, node), node]));
	return nodesOf(before).flatMap(([scope, node]) => {
		const other = others.get(placeOf(scope, node));
		if (!other) return [];
		return PARTS.flatMap((part) => [...textEdits(node[part], other[part], [part])]).map((text) => ({
			scope,
			node_id: String(node["id"]),
			widget: null,
			...text
		}));
	});
}
function* textEdits(old, next, path) {
	if (typeof old === "string" && typeof next === "string") {
		if (old !== next) yield {
			path,
			old,
			new: next
		};
		return;
	}
	if (!isContainer(old) || !isContainer(next)) return;
	for (const key of Object.keys(old)) {
		const step = Array.isArray(old) ? Number(key) : key;
		yield* textEdits(old[key], next[key], [...path, step]);
	}
}
function nodesOf(workflow) {
	const { subgraphs = [] } = workflow["definitions"] ?? {};
	const scopes = [["", workflow]];
	for (const subgraph of subgraphs) scopes.push([String(subgraph["id"]), subgraph]);
	return scopes.flatMap(([scope, graph]) => (graph["nodes"] ?? []).map((node) => [scope, node]));
}
function placeOf(scope, node) {
	return `${scope}/${String(node["id"])}`;
}
function isContainer(value) {
	return typeof value === "object" && value !== null;
}
// src/stores/fetching.ts
function createFetching(client, queue, title) {
	const asked = reactive(new Map());
	function get(needs) {
		return all(needs.map((need) => [need, asRequest(need)]));
	}
	function getFrom(need, source) {
		return all([[need, asRequestFrom(need, source)]]);
	}
	async function all(wishes) {
		const models = wishes.map(([, model]) => model);
		const accepted = await client.fetchModels(models, title() || void 0);
		if (accepted.job) queue.put(accepted.job);
		for (const [n, { job_id }] of accepted.items.entries()) {
			const need = wishes[n]?.[0];
			if (need && job_id) asked.set(keyOf(need), job_id);
		}
		return accepted.items.flatMap((item) => item.error ? [item.error] : []);
	}
	function jobFor(need) {
		const own = queue.jobs.get(asked.get(keyOf(need)) ?? "");
		if (own && isUnderWay(own)) return own;
		for (const job of queue.jobs.values()) if (need.path !== null && job.path === need.path && isUnderWay(job)) return job;
	}
	return {
		get,
		getFrom,
		jobFor
	};
}
function isUnderWay(job) {
	return job.state !== "succeeded" && job.state !== "cancelled";
}
// src/stores/workflow.ts
var REFRESH_MS = 400;
var EMPTY = {
	items: [],
	space: [],
	missing_nodes: []
};
var SETTLED = new Set([
	"on_disk",
	"relink",
	"builtin"
]);
function createWorkflow(client, queue, host) {
	const { canvas } = host;
	const analysis = shallowRef(EMPTY);
	const unticked = reactive(new Set());
	const title = ref("");
	const state = reactive({
		open: false,
		busy: false,
		explored: false,
		problem: null
	});
	const file = createOpenedFile(client, (name, text) => host.saveFile(name, text));
	const fetching = createFetching(client, queue, () => title.value);
	let current = new AbortController();
	async function look({ fresh = false } = {}) {
		current.abort();
		const mine = current = new AbortController();
		const isOld = () => mine.signal.aborted;
		const found = file.workflow.value ?? await canvas?.read() ?? null;
		if (isOld()) return;
		state.open = found !== null && (found.workflow !== null || found.stored !== null);
		title.value = found?.title ?? "";
		state.problem = null;
		state.busy = false;
		if (!found || !state.open) {
			analysis.value = EMPTY;
			return;
		}
		state.busy = true;
		state.explored = false;
		try {
			const { workflow, stored, models, values, missingNodes } = found;
			const request = {
				workflow,
				stored,
				models,
				values
			};
			for (const explore of [false, true]) {
				const seen = await client.analyze({
					...request,
					explore,
					fresh
				}, mine.signal);
				const { missing_nodes } = seen;
				analysis.value = {
					...seen,
					missing_nodes: missingNodes.length ? missingNodes : missing_nodes
				};
				state.explored = explore;
				if (seen.items.every((need) => SETTLED.has(need.state))) break;
			}
		} catch (error) {
			if (!isOld()) state.problem = problemOf(error);
		} finally {
			if (!isOld()) state.busy = false;
		}
	}
	async function openFile(opened) {
		try {
			await file.open(opened);
		} catch (error) {
			state.problem = problemOf(error);
			return;
		}
		await look();
	}
	function closeFile() {
		file.close();
		return look();
	}
	async function apply(changes) {
		const opened = file.workflow.value;
		const applied = opened ? await file.relink(opened, changes.filter(hasPath)) : await applyLive(changes);
		await look();
		const undo = async () => {
			await applied.undo();
			await look();
		};
		return {
			missed: applied.missed,
			undo
		};
	}
	async function applyLive(changes) {
		const before = (await canvas?.read())?.workflow;
		if (!canvas || !before) return {
			missed: changes.length,
			undo: () => Promise.resolve()
		};
		const [stored, hosts] = [changes.filter(hasPath), changes.filter((change) => !hasPath(change))];
		const after = stored.length > 0 ? (await client.relink(before, stored)).workflow : before;
		return canvas.apply([...editsBetween(before, after), ...hosts]);
	}
	const byState = (wanted) => computed(() => analysis.value.items.filter((need) => need.state === wanted));
	const fetchable = byState("fetch");
	const relinkable = byState("relink");
	const ticked = computed(() => fetchable.value.filter((need) => !unticked.has(keyOf(need)) && !fetching.jobFor(need)));
	let refreshing;
	queue.onSuccess((job) => {
		if (job.kind !== "download") return;
		clearTimeout(refreshing);
		refreshing = setTimeout(() => void renew(), REFRESH_MS);
	});
	async function renew() {
		await canvas?.refresh().catch(() => void 0);
		await look();
	}
	canvas?.onChange(() => {
		if (!file.workflow.value) look();
	});
	return {
		analysis,
		title,
		state,
		file,
		fetchable,
		relinkable,
		choose: byState("choose"),
		missing: byState("missing"),
		optional: byState("optional"),
		onDisk: byState("on_disk"),
		ticked,
		unticked,
		toSettle: computed(() => analysis.value.items.filter((n) => n.state !== "on_disk" && n.state !== "optional").length),
		jobFor: fetching.jobFor,
		look,
		openFile,
		closeFile,
		isFile: () => file.workflow.value !== null,
		get: (needs = ticked.value) => fetching.get(needs),
		getFrom: fetching.getFrom,
		relink: (needs = relinkable.value) => apply(changesOf(needs)),
		relinkTo: (candidate) => apply(candidate.changes),
		reveal: canvas ? (need) => need.places[0] && canvas.reveal(need.places[0]) : void 0
	};
}
function hasPath(change) {
	return change.path.length > 0;
}
// src/stores/panel.ts
function createPanel(host) {
	const now = () => Date.now();
	const client = new Client(host.send, host.tokens);
	const queue = createQueue(client, now);
	const session = createSession(client);
	const workflow = createWorkflow(client, queue, host);
	const texts = createTexts(host);
	const ui = reactive({
		tab: "queue",
		open: null,
		notice: null,
		question: null,
		light: host.isLight(),
		now: now()
	});
	async function attempt(work) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			refused(error.problem);
			return;
		}
	}
	function refused(problem) {
		if (problem.code === "pairing_needed") ui.question = { kind: "pair" };
		else if (problem.code === "token_needed") ui.question = { kind: "secret" };
		else ui.notice = {
			text: texts.message(problem),
			kind: "bad"
		};
	}
	async function getModels(needs) {
		const [first] = await attempt(() => workflow.get(needs)) ?? [];
		if (first) refused(first);
	}
	async function getModelFrom(need, source) {
		const problems = await attempt(() => workflow.getFrom(need, source));
		if (problems?.[0]) refused(problems[0]);
		return problems?.length === 0;
	}
	async function relink(models, work) {
		const applied = await attempt(work);
		if (!applied) return;
		const undo = () => void attempt(() => applied.undo());
		ui.notice = applied.missed ? {
			text: texts.t("notice.notRelinked", { count: applied.missed }),
			kind: "warn",
			undo
		} : {
			text: texts.t("notice.relinked", { count: models }),
			kind: "ok",
			undo
		};
	}
	async function act(job, action) {
		const changed = await attempt(() => client.act(job.id, action));
		if (!changed) return;
		queue.put(changed);
		if (action === "cancel") {
			const undo = () => void act(job, "retry");
			ui.notice = {
				text: texts.t("notice.cancelled", { name: job.name || texts.t(`kind.${job.kind}`) }),
				kind: "ok",
				undo
			};
		}
	}
	async function remove(job) {
		if (await attempt(async () => (await client.remove(job.id), true))) queue.remove(job.id);
	}
	async function actOnAll(action) {
		const wanted = action === "pause" ? [
			"pending",
			"running",
			"verifying"
		] : ["paused"];
		const rows = [...queue.jobs.values()].filter((job) => isLive(job) && job.kind !== "batch");
		for (const job of rows) if (wanted.includes(job.state)) await act(job, action);
	}
	async function keepBoth(job) {
		const detail = await attempt(() => client.job(job.id));
		if (!detail?.url) return;
		const { category, root, relative } = detail.job;
		const request = {
			url: detail.url,
			category,
			root,
			name: relative
		};
		const added = await attempt(() => client.add({
			...request,
			collision: "suffix"
		}));
		if (added) queue.put(added);
		if (added) await remove(job);
	}
	let stop = null;
	function start() {
		if (stop) return;
		const stops = [
			follow(client, queue, host),
			host.onTheme(() => ui.light = host.isLight()),
			watch(queue.badge, (badge) => host.setBadge(badge), { immediate: true })
		];
		const clock = setInterval(() => ui.now = now(), 1e3);
		session.refresh();
		workflow.look();
		stop = () => {
			for (const end of stops) end();
			clearInterval(clock);
			stop = null;
		};
	}
	return {
		host,
		client,
		queue,
		session,
		workflow,
		texts,
		ui,
		attempt,
		act,
		getModels,
		getModelFrom,
		relink,
		remove,
		actOnAll,
		keepBoth,
		start,
		stop: () => stop?.()
	};
}
export { browserTokens as n, saveFile as r, createPanel as t };
