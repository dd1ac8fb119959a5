import { m as ref, v as shallowRef } from "./reactivity-DBo_fg7_.mjs";
// src/api/client.ts
var ApiError = class extends Error {
	problem;
	status;
	constructor(problem, status) {
		super(problem.message);
		this.problem = problem;
		this.status = status;
	}
};
var BYTES = "application/octet-stream";
var GONE = {
	code: "server_gone",
	message: "The server does not answer.",
	hint: "It is asked again by itself.",
	family: "remote",
	retryable: true,
	details: {}
};
var Client = class {
	send;
	tokens;
	constructor(send, tokens) {
		this.send = send;
		this.tokens = tokens;
	}
	jobs(query) {
		return this.ask("GET", `jobs?${new URLSearchParams(query)}`);
	}
	job(id) {
		return this.ask("GET", `jobs/${id}`);
	}
	async add(request) {
		return (await this.ask("POST", "jobs", request)).job;
	}
	addBatch(items, title) {
		return this.ask("POST", "batches", {
			items,
			title
		});
	}
	act(id, action) {
		return this.ask("POST", `jobs/${id}/${action}`, {});
	}
	change(id, patch) {
		return this.ask("PATCH", `jobs/${id}`, patch);
	}
	async remove(id) {
		await this.ask("DELETE", `jobs/${id}`);
	}
	events(since, wait, signal) {
		const query = new URLSearchParams(since === null ? {} : { since: String(since) });
		query.set("wait", String(wait));
		return this.ask("GET", `events?${query}`, void 0, signal);
	}
	inspect(text, signal, category) {
		return this.ask("POST", "links/inspect", {
			text,
			category
		}, signal);
	}
	async folders() {
		return (await this.ask("GET", "folders")).items;
	}
	analyze(request, signal) {
		return this.ask("POST", "workflows/analyze", request, signal);
	}
	fetchModels(models, title) {
		return this.ask("POST", "workflows/fetch", {
			models,
			title
		});
	}
	relink(workflow, changes) {
		const wanted = changes.map(({ scope, node_id, widget, path, old, new: next, kind }) => {
			return {
				scope,
				node_id,
				widget,
				path,
				old,
				new: next,
				kind
			};
		});
		return this.ask("POST", "workflows/relink", {
			workflow,
			changes: wanted
		});
	}
	readWorkflow(file) {
		return this.ask("POST", "workflows/read", file);
	}
	health() {
		return this.ask("GET", "health");
	}
	async settings() {
		return (await this.ask("GET", "settings")).values;
	}
	async changeSettings(values) {
		return (await this.ask("PATCH", "settings", values)).values;
	}
	setToken(provider, token) {
		return this.ask("PUT", `credentials/${provider}`, { token });
	}
	wakeWorker() {
		return this.ask("POST", "worker/wake", {});
	}
	async pair(code) {
		const paired = await this.ask("POST", "pair", { code });
		this.tokens.write(paired.token);
	}
	async ask(method, path, body, signal) {
		const headers = { "X-Model-Keeper": "1" };
		const token = this.tokens.read();
		if (token) headers["X-Model-Keeper-Token"] = token;
		const isRaw = body instanceof Blob;
		if (body !== void 0) headers["Content-Type"] = isRaw ? BYTES : "application/json";
		const init = {
			method,
			headers
		};
		if (body !== void 0) init.body = isRaw ? body : JSON.stringify(body);
		if (signal) init.signal = signal;
		let answer;
		let data;
		try {
			answer = await this.send(path, init);
			data = await answer.json();
		} catch (error) {
			if (signal?.aborted) throw error;
			throw new ApiError(GONE, 0);
		}
		if (answer.ok) return data;
		throw new ApiError(data.error ?? GONE, answer.status);
	}
};
function problemOf(error) {
	if (error instanceof ApiError) return error.problem;
	throw error;
}
// src/api/transitions.ts
var TRANSITIONS = {
	pending: {
		pause: "paused",
		cancel: "cancelled",
		retry: "pending",
		approve: "pending",
		reject: "failed"
	},
	paused: {
		resume: "pending",
		cancel: "cancelled"
	},
	running: {
		pause: "paused",
		cancel: "cancelled"
	},
	verifying: {
		pause: "paused",
		cancel: "cancelled"
	},
	review: {
		cancel: "cancelled",
		approve: "pending",
		reject: "failed"
	},
	succeeded: {},
	failed: { retry: "pending" },
	cancelled: { retry: "pending" }
};
// src/domain/jobs.ts
var LIVE_STATES = [
	"pending",
	"paused",
	"running",
	"verifying",
	"review"
];
var FINISHED_STATES = [
	"succeeded",
	"failed",
	"cancelled"
];
function isLive(job) {
	return LIVE_STATES.includes(job.state);
}
var WAITS_FOR_PERSON = new Set([
	"approval",
	"host_key",
	"disk",
	"credentials"
]);
function needsPerson(job) {
	if (job.kind === "batch") return false;
	if (job.state === "review" || job.state === "failed") return true;
	return job.state === "pending" && WAITS_FOR_PERSON.has(job.wait_reason ?? "");
}
function allows(job, action) {
	if (!(action in TRANSITIONS[job.state])) return false;
	if (job.control) return action === "cancel" && job.control !== "cancel";
	if (job.state !== "pending") return true;
	if (action === "approve" || action === "reject") return job.wait_reason === "approval";
	if (action === "retry") return job.run_after > 0 && job.wait_reason !== "approval";
	return true;
}
function bytesOf(job, live) {
	if (live && (job.state === "running" || job.state === "verifying")) return {
		done: live.bytes_done,
		total: live.bytes_total ?? job.bytes_total
	};
	return {
		done: job.state === "succeeded" ? job.bytes_total ?? job.bytes_done : job.bytes_done,
		total: job.bytes_total
	};
}
function fractionOf(job, live) {
	const { done, total } = bytesOf(job, live);
	return total ? Math.min(1, done / total) : 0;
}
function byTurn(a, b) {
	return b.priority - a.priority || a.rank - b.rank || a.seq - b.seq;
}
function arranged(jobs) {
	const all = [...jobs];
	const files = all.filter((job) => job.kind !== "batch").sort(byTurn);
	const attention = files.filter(needsPerson);
	const batches = all.filter((job) => job.kind === "batch" && isLive(job)).sort(byTurn).map((batch) => {
		const members = files.filter((job) => job.parent_id === batch.id && !needsPerson(job));
		return {
			batch,
			live: members.filter(isLive),
			ready: members.filter((job) => job.state === "succeeded")
		};
	});
	const inBatch = new Set(batches.flatMap((group) => [...group.live, ...group.ready]));
	const rest = files.filter((job) => !inBatch.has(job) && !needsPerson(job));
	return {
		attention,
		batches,
		single: rest.filter(isLive),
		days: days(rest.filter((job) => !isLive(job)))
	};
}
function days(finished) {
	const byDay = new Map();
	for (const job of [...finished].sort((a, b) => (b.finished_at ?? 0) - (a.finished_at ?? 0))) {
		const day = new Date(job.finished_at ?? job.updated_at).setHours(0, 0, 0, 0);
		const group = byDay.get(day) ?? {
			day,
			jobs: [],
			bytes: 0
		};
		group.jobs.push(job);
		if (job.state === "succeeded" && !job.reused) group.bytes += job.bytes_total ?? 0;
		byDay.set(day, group);
	}
	return [...byDay.values()];
}
function totalOf(jobs, live) {
	const total = {
		done: 0,
		total: 0,
		speed: 0,
		secondsLeft: null,
		running: 0
	};
	for (const job of jobs) {
		if (job.kind === "batch" || !isLive(job) || job.state === "review") continue;
		const bytes = bytesOf(job, live[job.id]);
		total.done += bytes.done;
		total.total += bytes.total ?? bytes.done;
		if (job.state !== "running" && job.state !== "verifying") continue;
		total.running += 1;
		if (job.state === "running") total.speed += live[job.id]?.bytes_per_second ?? 0;
	}
	if (total.speed > 0) total.secondsLeft = (total.total - total.done) / total.speed;
	return total;
}
function badgeOf(jobs) {
	let working = 0;
	for (const job of jobs) {
		if (needsPerson(job)) return "!";
		if (job.kind !== "batch" && isLive(job) && job.state !== "paused") working += 1;
	}
	if (working === 0) return null;
	return working > 99 ? "99+" : String(working);
}
// src/domain/needs.ts
var EXTENSION = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx)$/i;
function keyOf(need) {
	return `${need.category ?? ""}/${need.name}`;
}
function asRequest(need) {
	return {
		name: need.name,
		url: need.url,
		directory: need.category,
		sha256: null
	};
}
function asRequestFrom(need, source) {
	return {
		name: EXTENSION.test(need.name) ? need.name : need.name + extensionOf(source.name),
		url: source.url,
		directory: need.category ?? source.category,
		sha256: source.sha256
	};
}
function changesOf(needs) {
	const all = needs.flatMap((need) => need.relink?.changes ?? []);
	return [...new Map(all.map((change) => [placeOf(change), change])).values()];
}
function failuresOf(needs) {
	const all = needs.flatMap((need) => need.failures);
	return [...new Map(all.map((failure) => [JSON.stringify(failure), failure])).values()];
}
function placeOf({ scope, node_id, path, old }) {
	return JSON.stringify([
		scope,
		node_id,
		path,
		old
	]);
}
function extensionOf(name) {
	return EXTENSION.exec(name)?.[0] ?? "";
}
// src/stores/openedFile.ts
var JSON_FILE = /\.json$/i;
var ENDING = /\.[^.]+$/;
var OPENABLE = ".json,.png,.webp,.jpg,.jpeg,.mp4,.m4v,.mov,.webm,.mkv,.flac";
function createOpenedFile(client, saveFile) {
	const workflow = shallowRef(null);
	const unsaved = ref(false);
	async function open(file) {
		const found = await workflowIn(file, client);
		const title = file.name.replace(ENDING, "");
		workflow.value = {
			title,
			workflow: found,
			stored: null,
			models: [],
			values: [],
			missingNodes: []
		};
		unsaved.value = false;
	}
	function close() {
		workflow.value = null;
		unsaved.value = false;
	}
	async function relink(before, changes) {
		const wasUnsaved = unsaved.value;
		const relinked = await client.relink(before.workflow ?? {}, changes);
		workflow.value = {
			...before,
			workflow: relinked.workflow
		};
		unsaved.value = true;
		const undo = () => {
			workflow.value = before;
			unsaved.value = wasUnsaved;
			return Promise.resolve();
		};
		return {
			missed: 0,
			undo
		};
	}
	const copyName = () => `${workflow.value?.title ?? ""}.relinked.json`;
	function save() {
		if (!workflow.value) return;
		saveFile(copyName(), JSON.stringify(workflow.value.workflow, null, 2));
		unsaved.value = false;
	}
	return {
		workflow,
		unsaved,
		open,
		close,
		relink,
		copyName,
		save
	};
}
async function workflowIn(file, client) {
	if (!JSON_FILE.test(file.name)) return (await client.readWorkflow(file)).workflow;
	const workflow = await objectIn(file);
	if (!workflow) throw new ApiError(UNREADABLE, 0);
	return workflow;
}
async function objectIn(file) {
	try {
		const found = JSON.parse(await file.text());
		return typeof found === "object" && found !== null && !Array.isArray(found) ? found : null;
	} catch {
		return null;
	}
}
var UNREADABLE = {
	code: "workflow_unreadable",
	message: "The file cannot be read as a workflow.",
	hint: "Choose a .json file that ComfyUI saved.",
	family: "request",
	retryable: false,
	details: {
		path: "",
		why: "json"
	}
};
export { totalOf as _, changesOf as a, problemOf as b, FINISHED_STATES as c, arranged as d, badgeOf as f, needsPerson as g, isLive as h, asRequestFrom as i, LIVE_STATES as l, fractionOf as m, createOpenedFile as n, failuresOf as o, bytesOf as p, asRequest as r, keyOf as s, OPENABLE as t, allows as u, ApiError as v, Client as y };
