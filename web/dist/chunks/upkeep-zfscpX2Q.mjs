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
var COUNTS_MODELS = new Set(["metadata", "preview"]);
function countsModels(job) {
	return COUNTS_MODELS.has(job.kind);
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
		const bytes = countsModels(job) ? {
			done: 0,
			total: 0
		} : bytesOf(job, live[job.id]);
		total.done += bytes.done;
		total.total += bytes.total ?? bytes.done;
		if (job.state !== "running" && job.state !== "verifying") continue;
		total.running += 1;
		if (job.state === "running" && !countsModels(job)) total.speed += live[job.id]?.bytes_per_second ?? 0;
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
// src/domain/upkeep.ts
var ICONS = {
	scan: "search",
	hash: "shield",
	metadata: "tag",
	preview: "img",
	change: "edit"
};
function isUpkeep(job) {
	return job.kind in ICONS;
}
function upkeepIcon(job) {
	return ICONS[job.kind] ?? "gear";
}
function reachOf(job, live) {
	const { done, total } = bytesOf(job, live);
	return {
		done,
		total: total || null,
		unit: countsModels(job) ? "models" : "bytes"
	};
}
export { LIVE_STATES as a, badgeOf as c, fractionOf as d, isLive as f, FINISHED_STATES as i, bytesOf as l, totalOf as m, reachOf as n, allows as o, needsPerson as p, upkeepIcon as r, arranged as s, isUpkeep as t, countsModels as u };
