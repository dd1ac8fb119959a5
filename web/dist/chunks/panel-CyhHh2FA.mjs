import { D as watch, _ as shallowReactive, h as ref, m as reactive, r as computed, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { n as Client, r as problemOf, t as ApiError } from "./client-DO2Bakzs.mjs";
import { a as LIVE_STATES, c as badgeOf, f as isLive, i as FINISHED_STATES, m as totalOf, s as arranged, t as isUpkeep } from "./upkeep-zfscpX2Q.mjs";
import { n as createLibrary } from "./library-C3vTHSNn.mjs";
import { a as scoreOf, i as inOrder, o as together, t as createLoaded } from "./loaded-BNrXOfuH.mjs";
import { a as changesOf, i as asRequestFrom, n as createOpenedFile, r as asRequest, s as keyOf$1 } from "./openedFile-BOdnChTc.mjs";
// src/hosts/memory.ts
var PREFIX = "modelKeeper.";
function browserMemory(storage) {
	return {
		read: (name) => quietly(() => storage.getItem(PREFIX + name)) ?? null,
		write: (name, value) => quietly(() => storage.setItem(PREFIX + name, value))
	};
}
function quietly(work) {
	try {
		return work();
	} catch (error) {
		if (error instanceof DOMException) return void 0;
		throw error;
	}
}
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
// src/stores/libraryActions.ts
function createLibraryActions(surroundings) {
	const { library, queue, texts, attempt, say, saveFile } = surroundings;
	const { api, detail, selection } = library;
	const { t } = texts;
	const offer = shallowRef(null);
	let last = null;
	async function enqueue(key, count, work) {
		const accepted = await attempt(work);
		if (!accepted) return;
		queue.put(accepted.job);
		say({
			text: t(key, { count }),
			kind: "ok"
		});
	}
	const refreshMetadata = (target, count) => enqueue("library.said.refreshing", count, () => api.refreshMetadata(target));
	const repairPreviews = (target, count) => enqueue("library.said.repairing", count, () => api.repairPreviews(target));
	const hash = (target, count) => enqueue("library.said.hashing", count, () => api.hash(target));
	const scan = () => enqueue("library.said.scanning", 1, () => api.scan());
	async function perform(key, work) {
		const changed = await attempt(work);
		if (!changed) return void 0;
		const { change, job, results } = changed;
		const workflows = changed.workflows.filter((each) => each.can_patch);
		const failed = results.flatMap((result) => result.error ? [result.error] : []);
		const done = results.length - failed.length;
		selection.clear();
		follow(results);
		if (change) {
			last = change.can_be_undone ? change : null;
			offer.value = workflows.length > 0 ? {
				change: change.id,
				workflows
			} : null;
		}
		if (job) queue.put(job);
		if (job) say({
			text: t("library.said.queued"),
			kind: "ok"
		});
		else tell(key, done, failed, change);
		await library.renew();
		return changed;
	}
	function tell(key, done, failed, change) {
		const undo = done > 0 && change?.can_be_undone ? { undo: () => void takeBack(change) } : {};
		const [first] = failed;
		if (!first) {
			say({
				text: t(key, { count: done }),
				kind: "ok",
				...undo
			});
			return;
		}
		const parts = [texts.message(first)];
		if (failed.length > 1) parts.push(t("library.said.more", { count: failed.length - 1 }));
		if (done > 0) parts.unshift(t(key, { count: done }));
		say({
			text: parts.join(" "),
			kind: done > 0 ? "warn" : "bad",
			...undo
		});
	}
	function follow(results) {
		const open = detail.model.value;
		const result = results.find(({ id, error }) => id === open?.id && !error);
		if (!open || !result) return;
		if (result.new_id === null) detail.close();
		else if (result.new_id !== open.id) reopen(result.new_id);
	}
	async function reopen(id) {
		const model = await attempt(() => api.get(id));
		if (model) await detail.open(model);
	}
	async function takeBack(change) {
		last = null;
		offer.value = null;
		await perform("library.said.undone", () => api.undo(change.id));
	}
	const trash = (target) => perform("library.said.trashed", () => api.act("trash", target));
	const move = (target, to) => perform("library.said.moved", () => api.act("move", target, { to }));
	const rename = (model, name) => perform("library.said.renamed", () => api.rename(model.id, name));
	const tag = (target, tags) => perform("library.said.tagged", () => api.act("tag", target, { tags: { add: tags } }));
	async function mark(model, marks) {
		await attempt(() => detail.mark(model, marks));
	}
	async function save(target) {
		const list = await attempt(() => api.export(target));
		if (list) saveFile("models.json", JSON.stringify(list, null, 2));
	}
	async function update(model) {
		const accepted = await attempt(() => api.fetchUpdates([model.id]));
		if (!accepted) return;
		if (accepted.job) queue.put(accepted.job);
		const [refused] = accepted.items.flatMap((item) => item.error ? [item.error] : []);
		say(refused ? {
			text: texts.message(refused),
			kind: "bad"
		} : {
			text: t("library.said.updating"),
			kind: "ok"
		});
	}
	async function patch(paths) {
		const offered = offer.value;
		if (!offered) return;
		const results = await attempt(() => api.patchWorkflows(offered.change, paths));
		if (!results) return;
		offer.value = null;
		const failed = results.flatMap((result) => result.error ? [result.error] : []);
		tell("library.said.patched", results.length - failed.length, failed, null);
	}
	return {
		offer,
		refreshMetadata,
		repairPreviews,
		hash,
		scan,
		trash,
		move,
		rename,
		tag,
		mark,
		save,
		update,
		patch,
		reopen,
		undoLast: () => last ? takeBack(last) : Promise.resolve()
	};
}
// src/api/maintenance.ts
var MaintenanceApi = class {
	client;
	constructor(client) {
		this.client = client;
	}
	report() {
		return this.client.ask("GET", "maintenance");
	}
	scan() {
		return this.client.ask("POST", "maintenance/scan", {});
	}
	apply({ code, category }) {
		return this.client.ask("POST", "maintenance/apply", {
			code,
			category
		});
	}
	space() {
		return this.client.ask("GET", "library/space");
	}
	models(query) {
		return this.client.ask("GET", `library?${new URLSearchParams(query)}`);
	}
	broken() {
		return this.client.ask("GET", "library/broken?limit=200");
	}
	getAgain(id) {
		return this.client.ask("POST", `library/${id}/get-again`, {});
	}
	hash(ids) {
		return this.client.ask("POST", "library/hash", { ids });
	}
	refreshMetadata(ids) {
		return this.client.ask("POST", "metadata/refresh", {
			ids,
			fresh: true
		});
	}
	repairPreviews(ids) {
		return this.client.ask("POST", "previews/repair", { ids });
	}
	items(job, query = {}) {
		return this.client.ask("GET", `jobs/${job}/items?${new URLSearchParams(query)}`);
	}
	duplicates() {
		return this.client.ask("GET", "library/duplicates");
	}
	planDuplicates(order) {
		return this.client.ask("POST", "library/duplicates/plan", order);
	}
	freeDuplicates(order) {
		return this.client.ask("POST", "library/duplicates/apply", order);
	}
	async changes() {
		return (await this.client.ask("GET", "library/changes?limit=50")).items;
	}
	throwAway(id) {
		return this.client.ask("POST", `library/${id}/trash`, {});
	}
	undo(change) {
		return this.client.ask("POST", `library/changes/${change}/undo`, {});
	}
	trash() {
		return this.client.ask("GET", "library/trash");
	}
	restore(ids) {
		return this.client.ask("POST", "library/trash/restore", { ids });
	}
	purge(ids) {
		return this.client.ask("POST", "library/trash/purge", ids ? { ids } : { all: true });
	}
	updates() {
		return this.client.ask("GET", "updates?limit=200");
	}
	checkUpdates() {
		return this.client.ask("POST", "updates/check", {});
	}
	ignoreUpdate(model, version, ignored = true) {
		const which = version === null ? { all: true } : { version_id: version };
		return this.client.ask("POST", "updates/ignore", {
			model,
			...which,
			ignored
		});
	}
	fetchUpdates(models) {
		return this.client.ask("POST", "updates/fetch", { models });
	}
	async schedules() {
		return (await this.client.ask("GET", "schedules")).items;
	}
	putSchedule(schedule) {
		const { name, task, when, not_while_generating, only_when_idle, enabled } = schedule;
		const body = {
			task,
			when,
			not_while_generating,
			only_when_idle,
			enabled
		};
		return this.client.ask("PUT", `schedules/${encodeURIComponent(name)}`, body);
	}
	deleteSchedule(name) {
		return this.client.ask("DELETE", `schedules/${encodeURIComponent(name)}`);
	}
	runSchedule(name) {
		return this.client.ask("POST", `schedules/${encodeURIComponent(name)}/run`, {});
	}
	async roots() {
		return (await this.client.ask("GET", "roots")).items;
	}
	setPolicy(path, policy) {
		return this.client.ask("PUT", "roots/policy", {
			path,
			policy
		});
	}
	news(after) {
		const query = new URLSearchParams({
			limit: "50",
			...after && { after }
		});
		return this.client.ask("GET", `notifications?${query}`);
	}
	markRead(ids) {
		return this.client.ask("POST", "notifications/read", { ids });
	}
};
// src/stores/news.ts
var LOOK_MS = 6e4;
var NONE = {
	items: [],
	next: null,
	total: 0,
	unread: 0
};
function createNews(api, queue) {
	const list = createLoaded(() => api.news(), NONE);
	const latest = ref(null);
	function take(fresh, unread) {
		const ids = new Set(fresh.map((one) => one.id));
		const { items, total, ...rest } = list.value.value;
		const older = items.filter((one) => !ids.has(one.id));
		const count = total + fresh.length - (items.length - older.length);
		const newest = [...fresh].sort((a, b) => b.at - a.at);
		list.value.value = {
			...rest,
			items: [...newest, ...older],
			total: count,
			unread
		};
		latest.value = newest.find((one) => !one.read && one.level !== "info") ?? latest.value;
	}
	async function more() {
		const before = list.value.value;
		if (!before.next) return;
		const page = await api.news(before.next);
		list.value.value = {
			...page,
			items: [...before.items, ...page.items]
		};
	}
	async function readAll() {
		if (list.value.value.unread === 0) return;
		const { unread } = await api.markRead();
		const { items, ...rest } = list.value.value;
		list.value.value = {
			...rest,
			unread,
			items: items.map((one) => ({
				...one,
				read: true
			}))
		};
	}
	function follow() {
		list.load();
		const timer = setInterval(() => void list.load(), LOOK_MS);
		const stop = queue.onNews(({ notifications, unread }) => take(notifications, unread));
		return () => {
			clearInterval(timer);
			stop();
		};
	}
	return {
		list,
		latest,
		load: list.load,
		more,
		readAll,
		follow
	};
}
// src/stores/health.ts
var SETTLE_MS = 400;
var NOTHING = {
	scanned_at: null,
	models: 0,
	bytes: 0,
	recommendations: [],
	volumes: [],
	activity: [],
	next_run: null
};
var NO_SPACE = {
	files: 0,
	bytes: 0,
	by_category: [],
	by_base_model: [],
	by_root: [],
	by_last_use: []
};
var NO_DUPLICATES = {
	items: [],
	next: null,
	total: 0,
	bytes_freed: 0,
	same_weights: [],
	more_same_weights: false
};
var NO_MODELS = {
	items: [],
	next: null,
	total: 0,
	facets: null,
	scanned_at: null,
	scanning: false
};
function createHealth(client, queue) {
	const api = new MaintenanceApi(client);
	const report = createLoaded(() => api.report(), NOTHING);
	const space = createLoaded(() => api.space(), NO_SPACE);
	const duplicates = createLoaded(() => api.duplicates(), NO_DUPLICATES);
	const broken = createLoaded(() => api.broken(), NO_MODELS);
	const updates = createLoaded(() => api.updates(), {
		items: [],
		next: null,
		total: 0,
		checked_at: null
	});
	const trash = createLoaded(() => api.trash(), {
		items: [],
		next: null,
		total: 0,
		bytes: 0
	});
	const changes = createLoaded(() => api.changes(), []);
	const schedules = createLoaded(() => api.schedules(), []);
	const roots = createLoaded(() => api.roots(), []);
	const news = createNews(api, queue);
	const page = ref("overview");
	const openJob = ref(null);
	const asked = reactive(new Map());
	const underWay = computed(() => [...queue.jobs.values()].filter((job) => isLive(job) && isUpkeep(job)));
	const todo = computed(() => inOrder(together(report.value.value.recommendations)));
	function jobFor(one) {
		const job = queue.jobs.get(asked.get(keyOf(one)) ?? "");
		return job && isLive(job) ? job : void 0;
	}
	async function apply(one) {
		const { job } = await api.apply(one);
		asked.set(keyOf(one), job.id);
		queue.put(job);
	}
	async function scan() {
		queue.put((await api.scan()).job);
	}
	async function look() {
		const all = [
			report,
			space,
			duplicates,
			trash,
			changes,
			schedules
		].map((part) => part.load());
		await Promise.all(all);
	}
	let settling;
	function follow() {
		const stop = watch(() => underWay.value.map((job) => job.id), (ids, before) => {
			if (!before.some((id) => !ids.includes(id))) return;
			clearTimeout(settling);
			if (report.state.loaded) settling = setTimeout(() => void look(), SETTLE_MS);
		});
		const stopNews = news.follow();
		return () => {
			stop();
			stopNews();
			clearTimeout(settling);
		};
	}
	function open(next, job = null) {
		page.value = next;
		openJob.value = job;
	}
	return {
		api,
		report,
		space,
		duplicates,
		broken,
		updates,
		trash,
		changes,
		schedules,
		roots,
		news,
		page,
		openJob,
		todo,
		underWay,
		others: computed(() => {
			const shown = new Set(todo.value.map((one) => jobFor(one)?.id));
			return underWay.value.filter((job) => !shown.has(job.id));
		}),
		score: computed(() => scoreOf(report.value.value.recommendations, report.value.value.models)),
		whyOf: (job) => report.value.value.activity.find((one) => one.job === job.id) ?? null,
		jobFor,
		apply,
		scan,
		look,
		follow,
		open
	};
}
function keyOf({ code, path }) {
	return `${code} ${path ?? ""}`;
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
	const newsListeners = new Set();
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
		const { notifications, unread } = changes;
		if (unread !== null) for (const listener of newsListeners) listener({
			notifications,
			unread
		});
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
		onNews(listener) {
			newsListeners.add(listener);
			return () => newsListeners.delete(listener);
		},
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
var main_default = { modelKeeper: JSON.parse("{\"title\":\"Model Keeper\",\"tab\":{\"queue\":\"Queue\",\"workflow\":\"Workflow\",\"library\":\"Library\",\"health\":\"Health\"},\"frame\":{\"fullPage\":\"Open as a full page\",\"settings\":\"Settings\",\"close\":\"Close\",\"status\":\"Status\",\"speed\":\"Downloads at once and speed limit\",\"noLimit\":\"no limit\",\"atOnce\":\"at once\",\"free\":\"free\",\"freeOn\":\"Free space in {folder}\",\"asOf\":\"As of {time}.\",\"resting\":\"Downloads rest while ComfyUI generates.\"},\"provider\":{\"huggingface\":\"Hugging Face\",\"civitai\":\"Civitai\",\"plain\":\"Web\"},\"unit\":{\"days\":\"{n} d\",\"hours\":\"{n} h\",\"minutes\":\"{n} min\",\"seconds\":\"{n} s\"},\"key\":{\"enter\":\"Enter\",\"space\":\"Space\",\"delete\":\"Del\"},\"state\":{\"running\":\"Downloading\",\"verifying\":\"Checking\",\"pending\":\"Waiting\",\"retry\":\"Waiting, will try again\",\"disk\":\"Drive full\",\"approval\":\"Waits for your yes\",\"credentials\":\"Needs a token\",\"licence\":\"Needs its licence accepted\",\"paused\":\"Paused\",\"review\":\"Your decision\",\"failed\":\"Failed\",\"succeeded\":\"Ready\",\"reused\":\"Already here\",\"cancelled\":\"Cancelled\",\"stalled\":\"No bytes\",\"pauseing\":\"Pausing\",\"canceling\":\"Cancelling\"},\"line\":{\"of\":\"{done} of {total}\",\"left\":\"{time} left\",\"byYou\":\"by you\",\"sha256\":\"sha256\",\"starting\":\"Starting\",\"stalled\":\"No bytes for {time}\",\"again\":\"again in {time}\",\"next\":\"Next\",\"attempt\":\"{n} of {of}\",\"approval\":\"The workflow wants it from {host}\"},\"do\":{\"pause\":\"Pause\",\"resume\":\"Continue\",\"retry\":\"Try again\",\"tryNow\":\"Try now\",\"cancel\":\"Cancel\",\"remove\":\"Take off the list\",\"more\":\"More\",\"keep\":\"Keep and use\",\"discard\":\"Discard\",\"allowHost\":\"Allow this host\",\"review\":\"Review\",\"approve\":\"Decide\",\"keepBoth\":\"Keep both\",\"setToken\":\"Set token\",\"tokenSettings\":\"Open token settings\",\"licence\":\"Accept licence\",\"page\":\"Open its page\",\"copyPath\":\"Copy path\",\"report\":\"Copy report\",\"undo\":\"Undo\",\"close\":\"Close\",\"save\":\"Save\",\"clear\":\"Clear\",\"get\":\"Get\",\"getAgain\":\"Get again\",\"pauseAll\":\"Pause all\",\"resumeAll\":\"Continue all\",\"pauseBatch\":\"Pause the batch\",\"resumeBatch\":\"Continue the batch\",\"fold\":\"Fold\",\"unfold\":\"Unfold\",\"clearList\":\"Clear this list\",\"relink\":\"Relink\"},\"queue\":{\"attention\":\"Needs you\",\"batch\":\"Several files\",\"more_one\":\"{count} more\",\"more_other\":\"{count} more\",\"ready_one\":\"{count} file ready\",\"ready_other\":\"{count} files ready\",\"finishedToday\":\"Finished today\",\"finishedOn\":\"Finished {day}\",\"empty\":{\"title\":\"Nothing to fetch\",\"text\":\"Paste a link above, or open a workflow: its models are fetched to the right folders.\"}},\"paste\":{\"label\":\"Paste a link, hash or list\",\"looking\":\"Looking\",\"hashKnown\":\"sha256 known\",\"hashUnknown\":\"sha256 not published\",\"new\":\"New here\",\"here\":\"You have it\",\"free\":\"{size} free\",\"folder\":\"Where it goes\",\"file\":\"Which file\",\"whichFolder\":\"Nobody says what kind of model it is. Choose its folder.\",\"several_one\":\"{count} file to choose from\",\"several_other\":\"{count} files to choose from\",\"getAll_one\":\"Get {count} · {size}\",\"getAll_other\":\"Get all ({count}) · {size}\"},\"step\":{\"found\":\"Found\",\"download\":\"Download\",\"check\":\"Check\",\"place\":\"Place\"},\"detail\":{\"from\":\"From\",\"to\":\"To\",\"published\":\"published\",\"computed\":\"computed here\",\"via\":\"Via\",\"connections_one\":\"{count} connection\",\"connections_other\":\"{count} connections\"},\"review\":{\"source\":\"It came from {host}\",\"host\":\"Nothing was asked of {host} yet\",\"hash\":\"A published sha256 is compared\",\"noHash\":\"No published sha256 to compare with\"},\"event\":{\"created\":\"Asked for\",\"claim\":\"Started\",\"checked\":\"Looked at before\",\"verify\":\"Arrived, being checked\",\"succeed\":\"Ready in its folder\",\"followed\":\"Its metadata and preview follow\",\"progressed\":\"Goes on further than before\",\"fail\":\"Failed\",\"hold\":\"Waits for your decision\",\"defer\":\"Back in the queue, bytes kept\",\"recover\":\"Its worker ended; bytes kept\",\"pause\":\"Paused\",\"resume\":\"Continued\",\"cancel\":\"Cancelled\",\"retry\":\"Tried again\",\"approve\":\"Kept by you\",\"reject\":\"Discarded by you\",\"released\":\"May go on\",\"rank\":\"Moved in the queue\",\"priority\":\"Priority changed\",\"bandwidth\":\"Limit changed\",\"pause_requested\":\"Asked to pause\",\"cancel_requested\":\"Asked to cancel\",\"resume_requested\":\"Asked to continue\",\"deleted\":\"Taken off the list\"},\"workflow\":{\"models_one\":\"{count} model\",\"models_other\":\"{count} models\",\"ready_one\":\"{count} ready\",\"ready_other\":\"{count} ready\",\"toSettle_one\":\"{count} to settle\",\"toSettle_other\":\"{count} to settle\",\"toGet\":\"To get\",\"choose\":\"Choose one\",\"missing\":\"Not found\",\"optional\":\"Optional\",\"onDisk\":\"On disk\",\"getAll_one\":\"Get {count}\",\"getAll_other\":\"Get all ({count})\",\"getAllSize_one\":\"Get {count} · {size}\",\"getAllSize_other\":\"Get all ({count}) · {size}\",\"freeNow\":\"{size} free now\",\"freeAfter\":\"{size} after\",\"tooMuch\":\"{size} too much\",\"onTheirWay\":\"Everything that can be fetched is on its way.\",\"open\":\"Open a workflow file\",\"closeFile\":\"Back to the open workflow\",\"again\":\"Look again\",\"unnamed\":\"Workflow\",\"none\":{\"title\":\"No workflow is open\",\"text\":\"Open one, and its models are listed here.\"},\"pick\":{\"title\":\"Which models does a workflow need?\",\"text\":\"Drop a workflow file here, or choose one.\"},\"noModels\":{\"title\":\"No models are missing\",\"text\":\"Every model that the workflow names is here.\"},\"relink\":\"You have it\",\"relinkAll_one\":\"Relink {count}\",\"relinkAll_other\":\"Relink all ({count})\",\"searching_one\":\"Searching for {count} file\",\"searching_other\":\"Searching for {count} files\",\"notInstalled\":\"Not installed: {names}\",\"allHere\":{\"title\":\"Ready to run\",\"text_one\":\"The model is on disk.\",\"text_other\":\"All {count} models are on disk.\"},\"unsaved\":\"Relinked in a copy. The opened file stays as it is.\",\"save\":\"Save {name}\"},\"health\":{\"back\":\"Back to Health\",\"looking\":\"Looking\",\"notKnown\":\"Not known at the moment\",\"scanning\":\"Looking at all folders\",\"neverScanned\":\"Not looked at yet\",\"inOrder_one\":\"The model is in order\",\"inOrder_other\":\"All {count} models are in order\",\"models_one\":\"{count} model\",\"models_other\":\"{count} models\",\"checked\":\"checked {time}\",\"score\":\"{points} of 100 points\",\"ofHundred\":\"of 100\",\"scan\":\"Look at all folders\",\"stop\":\"Stop\",\"bySchedule\":\"by the schedule {name}\",\"underWay\":\"Under way\",\"todoTitle\":\"To do\",\"mostUsedFirst\":\"most used first\",\"look\":\"Look\",\"more\":\"More\",\"files\":\"Files\",\"size\":\"Size\",\"in\":\"in {time}\",\"soon\":\"soon\",\"undone\":\"Taken back.\",\"wasUndone\":\"taken back\",\"partly_one\":\"{count} file stayed as it was: {why}\",\"partly_other\":\"{count} files stayed as they were: {why}\",\"partlyDone\":\"{done} done, {failed} stayed as they were\",\"keepThis\":\"Keep this one\",\"handedOver\":\"This takes a while. It goes on by itself.\",\"sameSha\":\"Same sha256, proven here\",\"toFree\":\"{size} to free\",\"asTable\":\"As a table\",\"space\":\"Space\",\"spaceByFolder\":\"Space by folder\",\"otherShares\":\"other\",\"unknownShare\":\"unknown\",\"volumes\":\"Drives\",\"volumeFree\":\"{size} free\",\"volumeLow\":\"Low: {size} free\",\"volumeUse\":\"How full {path} is\",\"largestUnused\":\"Largest, not used for 90 days\",\"lastUse\":{\"this_month\":\"Used this month\",\"this_quarter\":\"Used this quarter\",\"longer_ago\":\"Longer ago\",\"never\":\"Never\"},\"by\":{\"category\":\"By folder\",\"baseModel\":\"By base model\",\"lastUse\":\"By last use\",\"root\":\"By place\"},\"first\":{\"title\":\"How is your library?\",\"text\":\"All folders are looked at once. Nothing is changed, and nothing leaves this machine.\"},\"costs\":{\"broken_one\":\"Broken files cost {count} point\",\"broken_other\":\"Broken files cost {count} points\",\"space_one\":\"Full drives cost {count} point\",\"space_other\":\"Full drives cost {count} points\",\"duplicates_one\":\"Duplicates cost {count} point\",\"duplicates_other\":\"Duplicates cost {count} points\",\"previews_one\":\"Missing previews cost {count} point\",\"previews_other\":\"Missing previews cost {count} points\",\"metadata_one\":\"Missing metadata costs {count} point\",\"metadata_other\":\"Missing metadata costs {count} points\",\"updates_one\":\"Updates cost {count} point\",\"updates_other\":\"Updates cost {count} points\",\"hash_one\":\"Unchecked files cost {count} point\",\"hash_other\":\"Unchecked files cost {count} points\",\"trash_one\":\"The trash costs {count} point\",\"trash_other\":\"The trash costs {count} points\"},\"todo\":{\"broken_one\":\"{count} file is broken\",\"broken_other\":\"{count} files are broken\",\"space_one\":\"{count} drive is nearly full\",\"space_other\":\"{count} drives are nearly full\",\"duplicates_one\":\"{count} file is kept twice or more\",\"duplicates_other\":\"{count} files are kept twice or more\",\"previews_one\":\"{count} model has no preview\",\"previews_other\":\"{count} models have no preview\",\"metadata_one\":\"{count} model lacks metadata\",\"metadata_other\":\"{count} models lack metadata\",\"updates_one\":\"{count} update you can get now\",\"updates_other\":\"{count} updates you can get now\",\"hash_one\":\"{count} file was never checked by sha256\",\"hash_other\":\"{count} never checked by sha256\",\"trash_one\":\"{count} file in the trash has expired\",\"trash_other\":\"{count} files in the trash have expired\"},\"lacks\":{\"trained_words_one\":\"{count} without trigger words\",\"trained_words_other\":\"{count} without trigger words\",\"base_model_one\":\"{count} without base model\",\"base_model_other\":\"{count} without base model\",\"source_one\":\"{count} without source\",\"source_other\":\"{count} without source\",\"description_one\":\"{count} without description\",\"description_other\":\"{count} without description\"},\"about\":{\"broken\":\"Cut short, or cannot be loaded\",\"space\":\"{size} free\",\"duplicates\":\"Same sha256\",\"previews\":\"From the model page or the file\",\"metadata\":\"Asked by hash, your edits are kept\",\"updates\":\"Same base, same variant\",\"hash\":\"Runs in the background\",\"trash\":\"Its space is used until it is emptied\"},\"do\":{\"broken\":\"Look\",\"space\":\"Look\",\"duplicates\":\"Review\",\"previews\":\"Repair\",\"metadata\":\"Fill in\",\"updates\":\"Look\",\"hash\":\"Check\",\"trash\":\"Open\",\"check\":\"Check now\",\"getAgain\":\"Get it again\",\"throwAway\":\"To the trash\"},\"working\":{\"scan\":\"Looking at all folders\",\"hash\":\"Checking by sha256\",\"metadata\":\"Filling in metadata\",\"preview\":\"Repairing previews\",\"change\":\"Changing files\"},\"task\":{\"scan\":\"Look at all folders\",\"metadata\":\"Fill in metadata\",\"previews\":\"Repair previews\",\"hash\":\"Check by sha256\",\"updates\":\"Look for updates\",\"trash\":\"Delete what expired\"},\"noSchedule\":\"Nothing runs by itself\",\"noScheduleAbout\":\"Add what should run at night, at the start, or when the machine is idle.\",\"schedules\":\"Schedules\",\"schedulesAbout\":\"What runs without being asked\",\"andMore_one\":\"and {count} more\",\"andMore_other\":\"and {count} more\",\"add\":\"Add\",\"edit\":\"Change\",\"remove\":\"Remove\",\"runNow\":\"Run now\",\"runStarted\":\"Started: {task}\",\"scheduleRemoved\":\"The schedule is removed.\",\"lastRun\":\"last {time}\",\"nextRun\":\"next {time}\",\"newSchedule\":\"What should run by itself?\",\"editSchedule\":\"Change this schedule\",\"what\":\"What\",\"whenTitle\":\"When\",\"hours\":\"Hours\",\"day\":\"Day\",\"time\":\"Time\",\"cron\":\"Cron\",\"rests\":\"Not while a prompt runs\",\"onlyIdle\":\"Only when nothing else happens\",\"whenWrong\":\"This is not a time. Five fields make a cron line: 0 3 * * *\",\"kindOf\":{\"start\":\"At the start\",\"interval\":\"Every few hours\",\"daily\":\"Every day\",\"weekly\":\"Every week\",\"cron\":\"As a cron line\",\"idle\":\"Once a day, when idle\"},\"when\":{\"start\":\"After every start\",\"interval\":\"Every {time}\",\"daily\":\"Every day at {time}\",\"weekly\":\"Every {day} at {time}\",\"cron\":\"At {cron}\",\"idle\":\"Once a day, when nothing else happens\",\"notWhileGenerating\":\"not while a prompt runs\",\"onlyIdle\":\"when nothing else happens\"},\"open\":{\"schedules\":\"Open the schedules\",\"trash\":\"Open the trash\",\"changes\":\"Open recent changes\",\"folders\":\"Open the folders\"},\"trash\":\"Trash\",\"trashEmpty\":\"The trash is empty\",\"trashAbout\":\"What you throw away waits here and can be brought back.\",\"trashFiles_one\":\"{count} file\",\"trashFiles_other\":\"{count} files\",\"keptUntil\":\"kept until {time}\",\"keptForEver\":\"kept until you delete it\",\"restore\":\"Bring back\",\"restored_one\":\"{count} model is back.\",\"restored_other\":\"{count} models are back.\",\"empty\":\"Empty\",\"deleteForGood\":\"Delete for good\",\"purge\":{\"title_one\":\"Delete {count} file for good?\",\"title_other\":\"Delete {count} files for good?\",\"text\":\"{size}. This cannot be undone.\",\"keep\":\"Keep them\",\"button_one\":\"Delete {count} file\",\"button_other\":\"Delete {count} files\"},\"purged\":\"Deleted for good: {size} are free now.\",\"thrownAway\":\"{name} is in the trash.\",\"changesToUndo_one\":\"{count} change can be taken back\",\"changesToUndo_other\":\"{count} changes can be taken back\",\"noChanges\":\"No recent changes\",\"doneLately\":\"Recent changes\",\"doneAbout\":\"Moved, renamed, thrown away: all of it can be taken back.\",\"changed\":{\"move_one\":\"{count} model moved\",\"move_other\":\"{count} models moved\",\"rename_one\":\"{count} model renamed\",\"rename_other\":\"{count} models renamed\",\"trash_one\":\"{count} model thrown away\",\"trash_other\":\"{count} models thrown away\",\"restore_one\":\"{count} model brought back\",\"restore_other\":\"{count} models brought back\",\"dedupe_one\":\"{count} duplicate replaced\",\"dedupe_other\":\"{count} duplicates replaced\",\"organise_one\":\"{count} model put in order\",\"organise_other\":\"{count} models put in order\",\"undo_one\":\"{count} model put back\",\"undo_other\":\"{count} models put back\"},\"duplicates\":\"Duplicates\",\"noDuplicates\":{\"title\":\"Nothing is here twice\",\"text\":\"Only files with the same sha256, computed here, count.\"},\"sameWeights\":{\"title\":\"Same weights, other metadata\",\"about\":\"Not duplicates: only the metadata inside differs, so loaders see separate files.\",\"show\":\"Show in the library\",\"digest\":\"First digits of its sha256 (AutoV2)\"},\"keepRule\":{\"label\":\"Which one is kept\",\"most_used\":\"Keep used\",\"root_order\":\"Keep first folder\",\"oldest\":\"Keep oldest\",\"shortest_path\":\"Keep shortest path\"},\"how\":{\"label\":\"What becomes of the others\",\"reflink\":\"Share blocks\",\"hardlink\":\"Hard link\",\"trash\":\"To the trash\"},\"howAbout\":{\"reflink\":\"Every path stays; the drive keeps the bytes once.\",\"hardlink\":\"Every path stays; all of them are one file.\",\"trash\":\"The others go to the trash. You can undo for 30 days.\"},\"kept\":\"kept\",\"free\":{\"reflink_one\":\"Share blocks of {count} file · {size}\",\"reflink_other\":\"Share blocks of {count} files · {size}\",\"hardlink_one\":\"Hard-link {count} file · {size}\",\"hardlink_other\":\"Hard-link {count} files · {size}\",\"trash_one\":\"Move {count} file to trash · {size}\",\"trash_other\":\"Move {count} files to trash · {size}\"},\"freed\":{\"reflink_one\":\"{count} file shares its blocks now.\",\"reflink_other\":\"{count} files share their blocks now.\",\"hardlink_one\":\"{count} file is a hard link now.\",\"hardlink_other\":\"{count} files are hard links now.\",\"trash_one\":\"{count} file in the trash.\",\"trash_other\":\"{count} files in the trash.\"},\"broken\":\"Broken files\",\"getsAgain\":\"{name} is being fetched again. The broken file stays until the right one is proven.\",\"inQueue\":\"In the queue\",\"noBroken\":{\"title\":\"No file is broken\",\"text\":\"Every file that was read can be loaded.\"},\"updates\":\"Updates\",\"neverChecked\":\"Not asked yet\",\"noUpdates\":{\"title\":\"No updates\",\"text\":\"A newer version counts with the same base model, and when it can be had now.\"},\"pinned\":\"pinned to its commit\",\"ignoreVersion\":\"Ignore this version\",\"ignoreAll\":\"Never ask for this model\",\"heed\":\"Ask for it again\",\"ignored\":\"Ignored\",\"getUpdates_one\":\"Get {count} · {size}\",\"getUpdates_other\":\"Get all ({count}) · {size}\",\"updatesAsked_one\":\"{count} update is in the queue.\",\"updatesAsked_other\":\"{count} updates are in the queue.\",\"folders\":\"Folders\",\"foldersAbout\":\"When each of them is looked at\",\"offline\":\"not there at the moment\",\"policyOf\":\"When {path} is looked at\",\"policy\":{\"start\":\"At the start\",\"schedule\":\"By schedule\",\"idle\":\"When idle\",\"manual\":\"Only by hand\"},\"failedItems\":\"Failed\",\"otherItems\":\"Others\",\"retryAll_one\":\"Try {count} again\",\"retryAll_other\":\"Try all {count} again\",\"items\":{\"succeeded_one\":\"{count} done\",\"succeeded_other\":\"{count} done\",\"failed_one\":\"{count} failed\",\"failed_other\":\"{count} failed\",\"skipped_one\":\"{count} unknown\",\"skipped_other\":\"{count} unknown\",\"pending_one\":\"{count} to come\",\"pending_other\":\"{count} to come\"},\"item\":{\"succeeded\":\"Done\",\"skipped\":\"Nobody knows it\",\"pending\":\"To come\"},\"news\":\"Notifications\",\"unread_one\":\"{count} unread\",\"unread_other\":\"{count} unread\",\"bell_one\":\"Notifications, {count} unread\",\"bell_other\":\"Notifications, {count} unread\",\"readAll\":\"Mark all read\",\"noNews\":{\"title\":\"Nothing happened\",\"text\":\"What ends while you look elsewhere is told here.\"},\"level\":{\"info\":\"Information\",\"warning\":\"Warning\",\"error\":\"Error\"},\"happened\":{\"metadata_finished_one\":\"Metadata of {count} model: {changed} changed, {failed} failed\",\"metadata_finished_other\":\"Metadata of {count} models: {changed} changed, {failed} failed\",\"previews_finished_one\":\"Previews of {count} model: {failed} failed\",\"previews_finished_other\":\"Previews of {count} models: {failed} failed\",\"hashes_finished_one\":\"{count} file checked by sha256, {failed} failed\",\"hashes_finished_other\":\"{count} files checked by sha256, {failed} failed\",\"changes_finished_one\":\"{count} file changed, {failed} stayed as it was\",\"changes_finished_other\":\"{count} files changed, {failed} stayed as they were\",\"collection_finished_one\":\"{count} model of a collection asked for, {failed} failed\",\"collection_finished_other\":\"{count} models of a collection asked for, {failed} failed\",\"batch_finished_one\":\"{title}: {succeeded} of {count} file arrived, {failed} failed\",\"batch_finished_other\":\"{title}: {succeeded} of {count} files arrived, {failed} failed\",\"updates_checked_one\":\"Looked for updates of {count} model, {failed} failed\",\"updates_checked_other\":\"Looked for updates of {count} models, {failed} failed\",\"trash_emptied_one\":\"{count} expired file was deleted from the trash\",\"trash_emptied_other\":\"{count} expired files were deleted from the trash\",\"files_broken_one\":\"{count} file cannot be loaded\",\"files_broken_other\":\"{count} files cannot be loaded\",\"other\":\"Something that this page has no words for\",\"task_failed\":\"{what} ended early. {why}\",\"schedule_fired\":\"Started by itself: {task}\",\"space_low\":\"{path} is nearly full: {free} free\"}},\"library\":{\"models\":\"Models\",\"search\":\"name, tag, word…\",\"removeFilter\":\"Remove this filter\",\"savedSearches\":\"Saved searches\",\"keepSearch\":\"Save this search\",\"forgetSearch\":\"Forget this search\",\"folder\":\"Folder\",\"allFolders\":\"All folders\",\"base\":\"Base model\",\"anyBase\":\"Any base\",\"baseUnknown\":\"Base unknown\",\"sortBy\":\"Order\",\"sort\":{\"name\":\"Name\",\"used\":\"Used last\",\"changed\":\"Newest\",\"size\":\"Largest\",\"rating\":\"Best rated\"},\"backwards\":\"Reverse the order\",\"found_one\":\"{count} model\",\"found_other\":\"{count} models\",\"list\":\"List\",\"grid\":\"Grid\",\"select\":\"Select several\",\"picked_one\":\"{count} selected\",\"picked_other\":\"{count} selected\",\"pickAll_one\":\"Select {count} model\",\"pickAll_other\":\"Select all {count} models\",\"leaveSelection\":\"Leave selection\",\"scan\":\"Scan the folders again\",\"scanning\":\"The folders are being scanned. What is new appears by itself.\",\"export\":\"Save as a list\",\"hidePreviews\":\"Blur all previews\",\"showPreviews\":\"Stop blurring all previews\",\"rules\":{\"menu\":\"Which previews are shown\",\"title\":\"Previews\",\"limit\":\"Shown up to\",\"above\":\"Stronger ones\",\"unknown\":\"Unrated ones\",\"pg\":\"PG, for everybody\",\"pg13\":\"PG-13\",\"r\":\"R\",\"x\":\"X\",\"xxx\":\"XXX, everything\",\"show\":\"Show\",\"blur\":\"Blur\",\"hide\":\"Hide\"},\"show\":\"Show\",\"blurred\":\"Blurred\",\"runs_one\":\"{count} run\",\"runs_other\":\"{count} runs\",\"offline\":\"Drive not connected\",\"offlineText\":\"Its drive is not connected. What is known of it is kept.\",\"broken\":\"Cannot be read\",\"brokenText\":\"The file cannot be read: {why}\",\"partial\":\"Metadata incomplete\",\"minimal\":\"Hardly anything is known\",\"update\":\"Update available\",\"newer\":\"{version} is out\",\"favourite\":\"Favourite\",\"details\":\"Details\",\"toCanvas\":\"To canvas\",\"addToCanvas\":\"Add to canvas\",\"drag\":\"Drag to the canvas or onto a loader\",\"copyPath\":\"Copy its name for a loader\",\"copyPathHint\":\"Copy the path a loader wants\",\"back\":\"Back to the list\",\"words\":\"Trigger words\",\"all\":\"All\",\"copyWord\":\"Copy this word\",\"noWords\":\"None known\",\"about\":\"About\",\"edit\":\"Edit\",\"field\":{\"name\":\"Name\",\"version_name\":\"Version\",\"base_model\":\"Base\",\"source\":\"Source\",\"description\":\"Text\",\"trained_words\":\"Words\",\"tags\":\"Tags\",\"creator\":\"Author\",\"licence\":\"Licence\",\"preview\":\"preview\",\"notes\":\"Notes\",\"page_url\":\"Page\",\"download_url\":\"Address\"},\"owner\":{\"user\":\"You\",\"provider\":\"Provider\",\"archive\":\"Archive\",\"header\":\"File header\"},\"missing\":\"Not known: {fields}\",\"less\":\"Show less\",\"whole\":\"Show all\",\"reset_one\":\"Give {count} field back\",\"reset_other\":\"Give {count} fields back\",\"resetHint\":\"What you wrote gives way to what providers say\",\"yours\":\"Yours\",\"rating\":\"Rating\",\"stars_one\":\"{count} star\",\"stars_other\":\"{count} stars\",\"tags\":\"Tags\",\"tagsHint\":\"portrait, soft light\",\"notes\":\"Notes\",\"notesHint\":\"What you want to remember\",\"file\":\"File\",\"proven\":\"Proven\",\"path\":\"Path\",\"size\":\"Size\",\"computed\":\"computed here\",\"claimed\":\"stated by others\",\"copyHash\":\"Copy {name}\",\"usedBy\":\"Used\",\"openNow\":\"open\",\"neverUsed\":\"Not used yet\",\"last\":\"last {when}\",\"goneUpstream\":\"Its provider has it no more. What was known is kept.\",\"history\":\"History\",\"was\":\"{field} was: {value}\",\"refresh\":\"Refresh metadata\",\"repairPreviews\":\"Look for a preview\",\"hash\":\"Compute sha256\",\"rename\":\"Rename\",\"renameTitle\":\"Rename this model\",\"renameText\":\"What belongs to it goes along. Nothing is overwritten.\",\"renameButton\":\"Rename it\",\"newName\":\"New name\",\"move\":\"Move\",\"moveTitle_one\":\"Move {count} model\",\"moveTitle_other\":\"Move {count} models\",\"chooseFolder\":\"Choose a folder\",\"root\":\"Drive\",\"subfolder\":\"Subfolder\",\"noSubfolder\":\"none\",\"moveHere\":\"Move here\",\"tag\":\"Tag\",\"tagTitle_one\":\"Tag {count} model\",\"tagTitle_other\":\"Tag {count} models\",\"addTags\":\"Add tags\",\"trash\":\"Move to trash\",\"picture\":{\"change\":\"Change the preview\",\"add\":\"Change\",\"use\":\"Use as the preview\",\"upload\":\"Choose a file\",\"output\":\"From ComfyUI’s output\",\"outputText\":\"One of the last, or any by its path below the output folder.\",\"all_one\":\"Show {count} more picture\",\"all_other\":\"Show all {count} pictures\",\"back\":\"Back to the one before\",\"yours\":\"Chosen by you\"},\"said\":{\"refreshing_one\":\"Metadata of {count} model is on its way.\",\"refreshing_other\":\"Metadata of {count} models is on its way.\",\"repairing_one\":\"A preview of {count} model is looked for.\",\"repairing_other\":\"Previews of {count} models are looked for.\",\"hashing_one\":\"{count} model is hashed in the background.\",\"hashing_other\":\"{count} models are hashed in the background.\",\"scanning\":\"The folders are being looked at.\",\"queued\":\"It takes a while, and shows in the queue.\",\"more_one\":\"{count} more stayed where it was.\",\"more_other\":\"{count} more stayed where they were.\",\"trashed_one\":\"{count} model is in the trash.\",\"trashed_other\":\"{count} models are in the trash.\",\"moved_one\":\"{count} model is moved.\",\"moved_other\":\"{count} models are moved.\",\"renamed\":\"The model has its new name.\",\"tagged_one\":\"{count} model is tagged.\",\"tagged_other\":\"{count} models are tagged.\",\"undone_one\":\"{count} model is as it was.\",\"undone_other\":\"{count} models are as they were.\",\"patched_one\":\"{count} workflow names it by its new name.\",\"patched_other\":\"{count} workflows name it by its new name.\",\"updating\":\"The new version is on its way. This one stays.\",\"picture\":\"The preview is changed.\",\"added\":\"{name} is on the canvas.\",\"noLoader\":\"No node here loads {name}.\"},\"patchOffer_one\":\"{count} workflow still uses the old name.\",\"patchOffer_other\":\"{count} workflows still use the old name.\",\"patch\":\"Correct them\",\"noMatch\":{\"title\":\"No model matches\"},\"without_one\":\"Without “{what}” there is {count}.\",\"without_other\":\"Without “{what}” there are {count}.\",\"removeThat\":\"Remove that filter\",\"clearSearch\":\"Clear the search\",\"firstScan\":{\"title\":\"Looking at your folders\",\"text\":\"Models appear here as soon as they are found.\"},\"empty\":{\"title\":\"No models here yet\",\"text\":\"Fetch some under Queue, or put files into ComfyUI’s model folders.\"}},\"kind\":{\"scan\":\"Scan of the library\",\"hash\":\"Hashes of the models\",\"change\":\"Changes of files\",\"collection\":\"Restoring a collection\",\"metadata\":\"Facts of the models\",\"preview\":\"Previews of the models\"},\"need\":{\"on_disk\":\"On disk\",\"fetch\":\"To get\",\"choose\":\"Choose one\",\"missing\":\"Not found\",\"optional\":\"Optional\",\"nodes_one\":\"{count} node\",\"nodes_other\":\"{count} nodes\",\"nobody\":\"Nobody publishes a file of this name\",\"paste\":\"Paste a link\",\"approval\":\"New host\",\"useThis\":\"Use this one\",\"relink\":\"You have it\",\"builtin\":\"Built in\",\"searching\":\"Being searched for\",\"notAllAsked\":\"Not everybody could be asked\",\"otherFolder\":\"In another folder\",\"otherName\":\"Under another name\",\"diff\":\"{old} becomes {next}\",\"whichOne\":\"Which file is {name}?\",\"anotherLink\":\"Another link\",\"pasteLabel\":\"Link, hash or AIR\",\"pasteFor\":\"A link for {name}\",\"oneLink\":\"Paste one link only.\",\"getAs\":\"Get as {name}\"},\"builtIn\":{\"offer\":\"Let ComfyUI’s own Download buttons fetch to the server as well?\",\"allow\":\"Allow\",\"no\":\"No\",\"allowed\":\"ComfyUI’s Download buttons use this queue now.\"},\"notice\":{\"cancelled\":\"{name} is cancelled.\",\"copied\":\"Copied.\",\"notCopied\":\"This browser does not allow copying here.\",\"relinked_one\":\"{count} model is relinked.\",\"relinked_other\":\"{count} models are relinked.\",\"notRelinked_one\":\"{count} node has changed in the meantime and was left alone.\",\"notRelinked_other\":\"{count} nodes have changed in the meantime and were left alone.\"},\"token\":{\"title\":\"{provider} token\",\"text\":\"It is kept in a private file on the server and sent to {provider} only.\",\"label\":\"Token\",\"button\":\"Keep\",\"page\":\"Make one\",\"kept_one\":\"The token is kept. {count} download goes on.\",\"kept_other\":\"The token is kept. {count} downloads go on.\"},\"pair\":{\"banner\":\"This browser may look, but not change anything yet.\",\"title\":\"Pair this browser\",\"text\":\"The code is on the server’s console, or from: model-keeper auth pair\",\"label\":\"Pairing code\",\"button\":\"Pair\"},\"secret\":{\"title\":\"This server wants its token\",\"text\":\"It is in the address that the server printed when it started.\",\"label\":\"Token\",\"button\":\"Use it\"},\"speed\":{\"title\":\"Settings\",\"atOnce\":\"Downloads at once\",\"limit\":\"Speed limit in MB/s, 0 for none\",\"rests\":\"Downloads rest while ComfyUI generates\",\"builtIn\":\"ComfyUI’s Download buttons use this queue\",\"tokens\":\"Tokens\"},\"errors\":{\"archive_unsafe\":{\"message\":\"The file is not safe: {why}.\",\"hint\":\"Nothing was kept. Look for another source.\"},\"bad_range\":{\"message\":\"{host} answered with another part of the file than was asked for.\",\"hint\":\"The download starts again by itself, in one piece.\"},\"body_too_large\":{\"message\":\"The request is larger than {limit} MB.\",\"hint\":\"Send less at once.\"},\"body_unreadable\":{\"message\":\"The request’s body is not JSON.\",\"hint\":\"Send a JSON object in UTF-8.\"},\"category_needed\":{\"message\":\"It is not known what kind of model {name} is.\",\"hint\":\"Choose the folder it belongs in.\"},\"category_unknown\":{\"message\":\"There is no model folder for the category “{category}”.\",\"hint\":\"Use one of: {known}.\"},\"choice_needed\":{\"message\":\"{what} could be more than one thing: {choices}.\",\"hint\":\"{how}\"},\"civitai_archived\":{\"message\":\"The model is archived on Civitai and cannot be downloaded any more.\",\"hint\":\"Look for the same file elsewhere, by its SHA256.\"},\"civitai_download_disabled\":{\"message\":\"The creator does not allow downloads of this file.\",\"hint\":\"It can only be used on Civitai itself; look for another model.\"},\"civitai_early_access\":{\"message\":\"This file is in early access on Civitai, {when}.\",\"hint\":\"Buy access on its page, or retry when it is free.\"},\"civitai_file_not_found\":{\"message\":\"Civitai has no such file in this version.\",\"hint\":\"Open the model’s page and copy the link of the file again.\"},\"civitai_forbidden\":{\"message\":\"Civitai refuses this file to you.\",\"hint\":\"Open its page in a browser and see why.\"},\"civitai_key_refused\":{\"message\":\"Civitai does not accept your API key.\",\"hint\":\"Set a new Civitai token.\"},\"civitai_login_needed\":{\"message\":\"Civitai wants you to be logged in for this file.\",\"hint\":\"Set your Civitai token.\"},\"civitai_no_grant\":{\"message\":\"Your Civitai account has no access to this file.\",\"hint\":\"Open its page, get access there, then retry.\"},\"civitai_not_found\":{\"message\":\"Civitai does not know this model; it may have been removed.\",\"hint\":\"Check the link, or look for the file by its SHA256.\"},\"civitai_paid\":{\"message\":\"This file has to be paid for on Civitai.\",\"hint\":\"Buy access on its page, then retry.\"},\"civitai_storage_fault\":{\"message\":\"Civitai cannot find the file in its storage at the moment.\",\"hint\":\"Wait a little: the fault is on Civitai's side.\"},\"civitai_unusual_downloads\":{\"message\":\"Civitai has stopped downloads for your account because there were very many.\",\"hint\":\"Wait some days, or write to Civitai’s support.\"},\"collection_entry_wrong\":{\"message\":\"In the collection, {where} {why}.\",\"hint\":\"Correct the entry, or export the collection again; the other models can be used.\"},\"collection_file_differs\":{\"message\":\"{path} is another content than the collection says.\",\"hint\":\"Rename or move that file, then apply the collection again.\"},\"collection_newer\":{\"message\":\"The collection has version {version}; the last that is known here is {known}.\",\"hint\":\"Update Model Keeper, then try again.\"},\"collection_too_big\":{\"message\":\"The collection is larger than {limit} MB.\",\"hint\":\"Export a part of it, or leave the pictures out.\"},\"collection_too_large\":{\"message\":\"The collection has {models} models, and {most} are the most at once.\",\"hint\":\"Export a part of the library, such as one folder.\"},\"collection_unreadable\":{\"message\":\"This is no collection of models: {why}.\",\"hint\":\"Choose a file that was exported from a library.\"},\"connection_lost\":{\"message\":\"The connection to {host} broke after {received} bytes.\",\"hint\":\"Check the connection; what has arrived of a download is kept.\"},\"database_corrupt\":{\"message\":\"The database {path} is damaged.\",\"hint\":\"It was left as it is. Move it away and start again; your models are not touched.\"},\"file_read_only\":{\"message\":\"{path} may not be changed.\",\"hint\":\"Allow writing to the file and its folder, then try again. Nothing was changed.\"},\"index_unusable\":{\"message\":\"The list of your models in {path} cannot be used: {why}.\",\"hint\":\"Check that its folder can be written to and that its disk is not full; it is made again by itself.\"},\"sidecar_unreadable\":{\"message\":\"{path} cannot be read: {why}.\",\"hint\":\"It was left as it is. Repair it, or move it away, and refresh the model.\"},\"outside_model_folders\":{\"message\":\"{path} is in none of your model folders.\",\"hint\":\"Choose a file that your library shows.\"},\"link_leaves_folders\":{\"message\":\"{path} leads out of your model folders, by a link.\",\"hint\":\"Choose another folder, or add the one that the link leads to to your model folders.\"},\"file_changed_since\":{\"message\":\"{path} is not the file any more that it was.\",\"hint\":\"It was left as it is. Look at it, then ask again.\"},\"restore_place_taken\":{\"message\":\"Another file is at {path} now.\",\"hint\":\"Nothing was overwritten. Restore it under another name, for example {free}.\"},\"not_in_trash\":{\"message\":\"{path} is not in the trash any more.\",\"hint\":\"It was restored or purged; look at what is in the trash.\"},\"change_unknown\":{\"message\":\"There is no change {id} of your files.\",\"hint\":\"Look at the list of changes.\"},\"change_undone\":{\"message\":\"The change {id} cannot be undone: nothing of it is left.\",\"hint\":\"If it was undone already, undo that to have it again.\"},\"change_interrupted\":{\"message\":\"The change of {path} was stopped before it was complete.\",\"hint\":\"The file is where it was. Ask again if you still want it.\"},\"library_busy\":{\"message\":\"Another change of your files is under way.\",\"hint\":\"Try again when it is done.\"},\"not_same_content\":{\"message\":\"{path} and {other} do not hold the same bytes.\",\"hint\":\"Nothing was changed. Look for duplicates again.\"},\"already_one_file\":{\"message\":\"{path} and {other} are one file already.\",\"hint\":\"There is nothing to free. Choose other files.\"},\"copy_differs\":{\"message\":\"The copy of {path} is not what was read.\",\"hint\":\"The file was left where it is. Check the drives.\"},\"cannot_share\":{\"message\":\"Files cannot share their blocks in {path}: {why}.\",\"hint\":\"Nothing was changed. Use hard links or the trash instead.\"},\"link_points_here\":{\"message\":\"The link {link} leads to {path}.\",\"hint\":\"Keep this file of the duplicates, or remove the link first.\"},\"confirmation_needed\":{\"message\":\"{what} Nobody can be asked whether that is meant.\",\"hint\":\"Look at the plan first, and confirm it.\"},\"model_ambiguous\":{\"message\":\"Several models are called {name}: {known}.\",\"hint\":\"Name one of them by its path or its id.\"},\"workflow_not_naming\":{\"message\":\"There is nothing to correct in the workflow {path}.\",\"hint\":\"It was corrected or changed already; look at the change again.\"},\"template_unusable\":{\"message\":\"The template “{template}” cannot be used: {why}.\",\"hint\":\"Write folders with the names {known}.\"},\"file_changing\":{\"message\":\"{path} is still being written.\",\"hint\":\"Try again when it is complete.\"},\"database_newer\":{\"message\":\"The database {path} was written by a newer version ({found}; this one knows {known}).\",\"hint\":\"Update Model Keeper.\"},\"database_read_only\":{\"message\":\"The database {path} cannot be written to.\",\"hint\":\"Change its rights.\"},\"cron_unreadable\":{\"message\":\"“{cron}” is no time for a schedule: {why}.\",\"hint\":\"Write minute, hour, day, month and weekday: 0 3 * * * is every night at three.\"},\"database_unavailable\":{\"message\":\"The database cannot be reached: {why}.\",\"hint\":\"Work goes on by itself when it is back.\"},\"dependency_missing\":{\"message\":\"{what} needs the package {package}.\",\"hint\":\"Install it with: {command}\"},\"destination_busy\":{\"message\":\"Another download ({job}) is already on its way to {path}.\",\"hint\":\"Wait for it or cancel it, or choose another name.\"},\"destination_exists\":{\"message\":\"Another file is already at {path}.\",\"hint\":\"Nothing was overwritten. Keep both, or move that file away.\"},\"picture_unusable\":{\"message\":\"This cannot be a preview: {why}.\",\"hint\":\"Choose a PNG, JPEG, WebP, GIF or AVIF picture, or an MP4 or WebM film.\"},\"destination_outside_root\":{\"message\":\"“{path}” is outside the model folder {root}.\",\"hint\":\"Choose a folder below it.\"},\"disk_full\":{\"message\":\"There is not enough space in {path}: {needed} needed, {free} free.\",\"hint\":\"Make space. A download that waits for it goes on by itself.\"},\"extra_paths_unreadable\":{\"message\":\"The extra model paths in {path} cannot be used: {why}.\",\"hint\":\"Correct the file; ComfyUI reads the same one.\"},\"file_changed\":{\"message\":\"The file on {host} changed while it was being fetched.\",\"hint\":\"It starts again by itself with the new file.\"},\"file_locked\":{\"message\":\"Another program holds {path}.\",\"hint\":\"Close it. The download is finished as soon as the file is free.\"},\"model_unknown\":{\"message\":\"{name} is not here, and nobody knows where it is.\",\"hint\":\"If you have a link, give it with: {command}\"},\"folder_without_workflows\":{\"message\":\"There is no workflow in {path}.\",\"hint\":\"Name the folder where ComfyUI keeps them, such as ComfyUI/user/default/workflows.\"},\"file_not_found\":{\"message\":\"There is no file {path}.\",\"hint\":\"Check the path.\"},\"folder_not_found\":{\"message\":\"There is no folder {path}.\",\"hint\":\"Check the path.\"},\"folder_read_only\":{\"message\":\"{path} cannot be written to.\",\"hint\":\"Choose another folder, or change its rights.\"},\"forbidden\":{\"message\":\"{host} does not allow this download.\",\"hint\":\"Open the link in a browser and see what it shows.\"},\"foreign_page\":{\"message\":\"A page from {origin} tried to change something here.\",\"hint\":\"Nothing was changed. Use the panel that this server shows.\"},\"format_mismatch\":{\"message\":\"The file is called {name} but is {kind} inside.\",\"hint\":\"Nothing was kept. Look for another source.\"},\"gone\":{\"message\":\"{what} is not there any more.\",\"hint\":\"Look for another source.\"},\"hash_mismatch\":{\"message\":\"The file is not the one that was promised: its SHA256 is {actual}, not {expected}.\",\"hint\":\"Nothing was kept. Retry, or look for another source.\"},\"hash_not_found\":{\"message\":\"No provider knows a file with the SHA256 {sha256}.\",\"hint\":\"Paste the link of the model instead.\"},\"header_needed\":{\"message\":\"The request does not say that it means this server.\",\"hint\":\"Send Content-Type: application/json, or the header {header}: 1.\"},\"hf_file_not_found\":{\"message\":\"{repo} has no such file.\",\"hint\":\"Open its page and copy the link of the file again.\"},\"hf_forbidden\":{\"message\":\"Hugging Face does not let you read {repo}.\",\"hint\":\"Open its page in a browser and see why.\"},\"hf_gated_acceptance\":{\"message\":\"You have not accepted the terms of {repo} yet.\",\"hint\":\"Accept them at https://huggingface.co/{repo}, then retry.\"},\"hf_gated_login\":{\"message\":\"{repo} on Hugging Face is only for people who are signed in and accepted its terms.\",\"hint\":\"Accept them on its page, then set your Hugging Face token.\"},\"hf_gated_scope\":{\"message\":\"Your Hugging Face token may not read gated repositories.\",\"hint\":\"Allow it “public gated repos” in the token’s settings, then retry.\"},\"hf_gated_token\":{\"message\":\"Hugging Face does not accept your token for {repo}.\",\"hint\":\"Make a new token and set it here.\"},\"hf_login_or_missing\":{\"message\":\"{repo} is not on Hugging Face, or it is private.\",\"hint\":\"Check the link. If it is yours, set your Hugging Face token.\"},\"hf_missing_or_private\":{\"message\":\"{repo} is not on Hugging Face, or your token may not see it.\",\"hint\":\"Check the link, and the token’s rights.\"},\"hf_revision_not_found\":{\"message\":\"{repo} has no such revision.\",\"hint\":\"Check the part after /resolve/ or /tree/ of the link.\"},\"hf_token_refused\":{\"message\":\"Hugging Face does not accept your token.\",\"hint\":\"Make a new token and set it here.\"},\"host_refused\":{\"message\":\"{host} is a private or local address.\",\"hint\":\"If you trust it, put it into MODEL_KEEPER_ALLOW_HOSTS.\"},\"host_starting\":{\"message\":\"Model Keeper is still starting.\",\"hint\":\"Try again in a moment.\"},\"insecure_scheme\":{\"message\":\"{host} would be asked over plain http, where anyone can change the file.\",\"hint\":\"Use the https link, or put the host into MODEL_KEEPER_ALLOW_HOSTS.\"},\"workers_lost\":{\"message\":\"One worker after the other ended while it did this, and it got no further.\",\"hint\":\"Look into worker.log for the reason, then try it again alone.\"},\"internal\":{\"message\":\"Something went wrong inside Model Keeper: {why}.\",\"hint\":\"Report it with the log {log}.\"},\"invalid_request\":{\"message\":\"{what}\",\"hint\":\"Correct it and try again.\"},\"job_waits\":{\"message\":\"The download waits for a person.\",\"hint\":\"See what it waits for in the queue.\"},\"job_not_found\":{\"message\":\"There is no job {id}.\",\"hint\":\"It was taken off the list, perhaps in another browser.\"},\"link_unreadable\":{\"message\":\"“{text}” is not a link, a Civitai or Hugging Face address, or a SHA256.\",\"hint\":\"Paste the address of the file or of its page.\"},\"link_unsupported\":{\"message\":\"“{text}” is a link to {what}, and no model file can be fetched from that.\",\"hint\":\"Paste the link of a model page or of a file.\"},\"login_needed\":{\"message\":\"{host} wants a login for this file.\",\"hint\":\"Fetch it in a browser, and put it into its folder.\"},\"manifest_entry_unknown\":{\"message\":\"Nothing was decided about {name} in the workflow {workflow}.\",\"hint\":\"Resolve the workflow again.\"},\"manifest_unreadable\":{\"message\":\"Line {line} of {path} cannot be used: {why}.\",\"hint\":\"Correct it there. Nothing was changed.\"},\"method_unknown\":{\"message\":\"{path} does not understand {method}.\",\"hint\":\"It understands: {known}.\"},\"name_needed\":{\"message\":\"The address {url} does not say what the file is called.\",\"hint\":\"Give it a name.\"},\"name_too_long\":{\"message\":\"The path {path} is too long for this system.\",\"hint\":\"Choose a shorter name.\"},\"name_unusable\":{\"message\":\"“{name}” cannot be a file name: {why}.\",\"hint\":\"Choose another name.\"},\"not_a_model\":{\"message\":\"{host} sent {kind} instead of the model file.\",\"hint\":\"Open the link in a browser; it may need a login or an acceptance there.\"},\"not_found\":{\"message\":\"{what} was not found.\",\"hint\":\"Check the link; it may have been moved.\"},\"not_possible_now\":{\"message\":\"A job that is {state} cannot be {action}.\",\"hint\":\"Look at the row again: it has moved on.\"},\"pairing_code_wrong\":{\"message\":\"That is not the pairing code.\",\"hint\":\"Read it again on the server’s console.\"},\"pairing_needed\":{\"message\":\"This browser reaches the server as {host}, a name that it does not know.\",\"hint\":\"Enter the pairing code from the server’s console.\"},\"panel_missing\":{\"message\":\"The files of the panel are not there.\",\"hint\":\"Install Model Keeper again.\"},\"port_busy\":{\"message\":\"Another program listens on port {port}.\",\"hint\":\"End that program, or choose another port.\"},\"prerequisite_failed\":{\"message\":\"It needs the result of another job ({job}), which did not succeed.\",\"hint\":\"Retry that job; this one follows by itself.\"},\"protocol_error\":{\"message\":\"{host} sent an answer that is not valid HTTP: {why}.\",\"hint\":\"Wait a little. If it stays so, see whether a proxy is in the way.\"},\"rate_limited\":{\"message\":\"{host} asks to slow down.\",\"hint\":\"Wait a little: then it can be asked again.\"},\"redirect_loop\":{\"message\":\"{host} sends the request round in circles.\",\"hint\":\"Copy the link again from its page.\"},\"recommendation_needs_person\":{\"message\":\"Only you can decide what to do about “{what}”.\",\"hint\":\"Look at the files in question, then choose.\"},\"recommendation_unknown\":{\"message\":\"Nothing is recommended under the name “{what}”.\",\"hint\":\"Choose one of: {known}.\"},\"folder_unknown\":{\"message\":\"“{path}” is not one of the model folders.\",\"hint\":\"Choose one of: {known}.\"},\"rejected_by_person\":{\"message\":\"The file was rejected in review.\",\"hint\":\"Nothing was kept.\"},\"retries_exhausted\":{\"message\":\"It did not succeed in {attempts} attempts without progress. The last reason: {why}\",\"hint\":\"What has arrived is kept. Try again, and it goes on from there.\"},\"review_archive\":{\"message\":\"The file is an archive that has to be unpacked: {contents}.\",\"hint\":\"Keep it as it is, or discard it.\"},\"review_candidate\":{\"message\":\"{name} was found by a search, and no SHA256 is known that could prove it.\",\"hint\":\"If it is the file you want, keep it. Else discard it.\"},\"review_pickle\":{\"message\":\"The file can run code when it is loaded: {finding}.\",\"hint\":\"If you trust its source, keep it. Else discard it.\"},\"review_unchecked\":{\"message\":\"A part of the file could not be checked: {doubt}.\",\"hint\":\"Look at where it came from, then keep or discard it.\"},\"review_unknown_structure\":{\"message\":\"The file is none of the known model formats.\",\"hint\":\"Look at where it came from, then keep or discard it.\"},\"root_unknown\":{\"message\":\"“{root}” is not one of the model folders for {category}.\",\"hint\":\"Choose one of: {known}.\"},\"schedule_unknown\":{\"message\":\"There is no schedule “{name}”.\",\"hint\":\"Choose one of: {known}.\"},\"filter_unknown\":{\"message\":\"There is no saved filter “{name}”.\",\"hint\":\"Save it, or choose another one.\"},\"roots_unknown\":{\"message\":\"It is not known where your models are.\",\"hint\":\"Name the folder in the settings: models_dir.\"},\"route_unknown\":{\"message\":\"There is nothing at {path}.\",\"hint\":\"The routes are in docs/api.md.\"},\"server_busy\":{\"message\":\"{host} is overloaded.\",\"hint\":\"Wait a little: it has too much to do.\"},\"server_error\":{\"message\":\"{host} answered with its own error {status}.\",\"hint\":\"Wait a little: the fault is on its side.\"},\"size_mismatch\":{\"message\":\"The file has {actual} bytes where {expected} were declared.\",\"hint\":\"Nothing was kept. Retry, or look for another source.\"},\"stalled\":{\"message\":\"{host} stopped sending.\",\"hint\":\"Check the connection; what has arrived of a download is kept.\"},\"key_missing\":{\"message\":\"There is no key for {provider} yet.\",\"hint\":\"Give it once, in the settings.\"},\"state_unusable\":{\"message\":\"The state folder {path} cannot be made: {why}.\",\"hint\":\"Name another one in MODEL_KEEPER_STATE_DIR.\"},\"storage_failed\":{\"message\":\"{path} could not be read or written: {why}.\",\"hint\":\"Check the drive.\"},\"model_broken\":{\"message\":\"{path} is broken: {why}.\",\"hint\":\"Fetch it again, or throw it away.\"},\"structure_broken\":{\"message\":\"The file is broken: {why}.\",\"hint\":\"Nothing was kept. Retry, or look for another source.\"},\"tls_failed\":{\"message\":\"The secure connection to {host} failed: {why}.\",\"hint\":\"Check the clock of this machine, and the proxy if there is one.\"},\"token_needed\":{\"message\":\"This server wants its token.\",\"hint\":\"Open the address that it printed when it started.\"},\"too_large\":{\"message\":\"The answer of {host} is larger than {limit} bytes.\",\"hint\":\"Check the link.\"},\"unexpected_status\":{\"message\":\"{host} answered with status {status}.\",\"hint\":\"Open the link in a browser and see what it shows.\"},\"unreachable\":{\"message\":\"{host} could not be reached: {why}.\",\"hint\":\"Check the connection.\"},\"worker_unavailable\":{\"message\":\"The worker did not start: {why}.\",\"hint\":\"Look into {log}.\"},\"workflow_changed\":{\"message\":\"{where} does not say “{old}” any more.\",\"hint\":\"Look at the workflow again. Nothing was changed.\"},\"workflow_empty\":{\"message\":\"{path} holds no workflow.\",\"hint\":\"Choose a workflow with at least one node.\"},\"workflow_not_embedded\":{\"message\":\"{path} is {kind} without a workflow inside.\",\"hint\":\"Ask for the original file: most web services strip what ComfyUI writes into it.\"},\"loader_table_unreadable\":{\"message\":\"The loader table {path} cannot be used: {where} {why}.\",\"hint\":\"Correct it there, or remove the file.\"},\"known_models_unreadable\":{\"message\":\"Your list of known models {path} cannot be used: of {what}, {why}.\",\"hint\":\"Correct it there. Until then only the list that comes with Model Keeper is used.\"},\"workflow_in_picture\":{\"message\":\"{path} is a picture or a video with a workflow inside; those are not rewritten.\",\"hint\":\"Save the workflow as JSON in ComfyUI and use that file.\"},\"workflow_cannot_carry\":{\"message\":\"{path} is in the API format, which cannot carry what is known of its models.\",\"hint\":\"Save the workflow itself in ComfyUI, and bundle that file.\"},\"workflow_unknown_format\":{\"message\":\"{path} is not a ComfyUI workflow.\",\"hint\":\"Choose a workflow that was saved or exported by ComfyUI.\"},\"workflow_unreadable\":{\"message\":\"{path} cannot be read as a workflow: {why}.\",\"hint\":\"Save it again in ComfyUI, or download it again.\"},\"workflow_without_links\":{\"message\":\"{path} names no model with its address.\",\"hint\":\"Open a workflow whose nodes name their models.\"},\"server_gone\":{\"message\":\"The server does not answer.\",\"hint\":\"It is asked again by itself.\"},\"query_key_unknown\":{\"message\":\"The search does not know “{key}” (at character {position}).\",\"hint\":\"Put the word in quotes, or use one of these: {known}.\"},\"query_value_wrong\":{\"message\":\"The search cannot use “{written}” (at character {position}).\",\"hint\":\"Write it like this: {wanted}.\"},\"query_too_long\":{\"message\":\"A search has at most {most} words.\",\"hint\":\"Leave some of them out.\"},\"model_not_broken\":{\"message\":\"{model} is not broken.\",\"hint\":\"It is left as it is. Scan to look at it anew.\"},\"source_unknown\":{\"message\":\"Nobody knows where {model} came from.\",\"hint\":\"Throw it away, and get it again with its link.\"},\"update_unknown\":{\"message\":\"No update of {model} is known.\",\"hint\":\"Look for updates first.\"},\"model_not_in_library\":{\"message\":\"There is no model {id} in the library.\",\"hint\":\"Look at the list again; it may have been moved or deleted.\"}},\"source\":{\"disk\":\"On disk\",\"manifest\":\"Manifest\",\"workflow\":\"Named by the workflow\",\"known\":\"Known models\",\"civitai\":\"Civitai\",\"huggingface\":\"Hugging Face\"},\"evidence\":{\"exact_path\":\"Where the workflow expects it\",\"declared\":\"Named by the workflow\",\"decided\":\"Decided before\",\"known_absent\":\"Was here before\",\"same_hash\":\"Same sha256\",\"sha256\":\"Same sha256\",\"sha256_differs\":\"Other sha256\",\"separators\":\"Only slashes differ\",\"letter_case\":\"Only capitals differ\",\"other_folder\":\"Same name\",\"same_size\":\"Same size\",\"other_category\":\"In a folder that this node does not read\",\"several\":\"Several could be meant\",\"unproven\":\"sha256 not computed yet\",\"claimed_hash\":\"sha256 claimed, not proven\",\"unknown_category\":\"Nobody knows its folder\",\"unwritable\":\"Cannot be written in a prompt\",\"offline\":\"Drive not connected\",\"broken\":\"Broken file\",\"other_content\":\"Other content\",\"name\":\"Name fits\",\"name_normalised\":\"Not letter for letter\",\"listed\":\"On a list of known models\",\"canonical\":\"Original publisher\",\"mirror\":\"Somebody’s copy\",\"licence\":\"Licence allows it\",\"licence_unknown\":\"Licence unknown\",\"licence_disallowed\":\"Licence not allowed here\",\"integrity\":\"Can be checked\",\"size_differs\":\"Other size\",\"context\":\"Fits the workflow\",\"category_differs\":\"For another folder\"}}") };
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
var LANGUAGES = { zh: () => import("./main-BFQF7cub.mjs") };
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
			if (need && job_id) asked.set(keyOf$1(need), job_id);
		}
		return accepted.items.flatMap((item) => item.error ? [item.error] : []);
	}
	function jobFor(need) {
		const own = queue.jobs.get(asked.get(keyOf$1(need)) ?? "");
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
	const ticked = computed(() => fetchable.value.filter((need) => !unticked.has(keyOf$1(need)) && !fetching.jobFor(need)));
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
	const health = createHealth(client, queue);
	const texts = createTexts(host);
	const library = createLibrary(client, queue, host.memory);
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
	const say = (notice) => void (ui.notice = notice);
	const libraryActions = createLibraryActions({
		library,
		queue,
		texts,
		attempt,
		say,
		saveFile: (name, text) => host.saveFile(name, text)
	});
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
			health.follow(),
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
		health,
		library,
		libraryActions,
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
export { browserMemory as i, browserTokens as n, saveFile as r, createPanel as t };
