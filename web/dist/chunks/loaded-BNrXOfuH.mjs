import { m as reactive, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { r as problemOf } from "./client-DO2Bakzs.mjs";
// src/domain/health.ts
var TODO_LOOKS = {
	broken: {
		icon: "fail",
		tone: "bad"
	},
	space: {
		icon: "disk",
		tone: "warn"
	},
	duplicates: {
		icon: "dup",
		tone: "warn"
	},
	previews: {
		icon: "img",
		tone: "f2"
	},
	metadata: {
		icon: "tag",
		tone: "f2"
	},
	updates: {
		icon: "up",
		tone: "f2"
	},
	hash: {
		icon: "shield",
		tone: "f2"
	},
	trash: {
		icon: "trash",
		tone: "f2"
	}
};
var REVIEWED = new Set([
	"broken",
	"duplicates",
	"updates",
	"trash",
	"space"
]);
var ORDER = Object.keys(TODO_LOOKS);
function inOrder(found) {
	const rank = (one) => ORDER.indexOf(one.action.kind);
	return [...found].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}
function together(found) {
	const rows = new Map();
	for (const one of found) {
		const key = `${one.code} ${one.path ?? ""}`;
		const before = rows.get(key);
		rows.set(key, before ? sumOf(before, one) : one);
	}
	return [...rows.values()];
}
function sumOf(a, b) {
	const missing = [...Object.keys(a.missing), ...Object.keys(b.missing)].map((field) => [field, (a.missing[field] ?? 0) + (b.missing[field] ?? 0)]);
	return {
		...a,
		category: null,
		count: a.count + b.count,
		bytes: a.bytes === null && b.bytes === null ? null : (a.bytes ?? 0) + (b.bytes ?? 0),
		missing: Object.fromEntries(missing)
	};
}
var MOST = {
	broken: 30,
	space: 10,
	duplicates: 15,
	previews: 10,
	metadata: 15,
	updates: 5,
	hash: 10,
	trash: 5
};
var EACH = {
	broken: 3,
	space: 5,
	duplicates: 1,
	updates: .5
};
function scoreOf(found, files) {
	const counts = new Map();
	for (const { action, count } of inOrder(found)) counts.set(action.kind, (counts.get(action.kind) ?? 0) + count);
	let dearest = null;
	let points = 100;
	for (const [kind, count] of counts) {
		const cost = costOf(kind, count, files);
		points -= cost;
		if (cost > (dearest?.points ?? 0)) dearest = {
			kind,
			points: cost
		};
	}
	return {
		points: Math.max(0, points),
		dearest
	};
}
function costOf(kind, count, files) {
	if (count === 0) return 0;
	const each = EACH[kind];
	const raw = each === void 0 ? MOST[kind] * Math.min(1, count / Math.max(1, files)) : each * count;
	return Math.max(1, Math.min(MOST[kind], Math.round(raw)));
}
// src/stores/loaded.ts
function createLoaded(read, empty) {
	const value = shallowRef(empty);
	const state = reactive({
		loaded: false,
		busy: false,
		problem: null
	});
	let latest = 0;
	async function load() {
		const mine = ++latest;
		state.busy = true;
		try {
			const found = await read();
			if (mine !== latest) return;
			value.value = found;
			state.loaded = true;
			state.problem = null;
		} catch (error) {
			const problem = problemOf(error);
			if (mine === latest) state.problem = problem;
		} finally {
			if (mine === latest) state.busy = false;
		}
	}
	return {
		value,
		state,
		load
	};
}
export { scoreOf as a, inOrder as i, REVIEWED as n, together as o, TODO_LOOKS as r, createLoaded as t };
