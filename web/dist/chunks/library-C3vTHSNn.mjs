import { D as watch, _ as shallowReactive, h as ref, m as reactive, r as computed, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { r as problemOf, t as ApiError } from "./client-DO2Bakzs.mjs";
// src/api/library.ts
var LibraryApi = class {
	client;
	constructor(client) {
		this.client = client;
	}
	list(query, page, signal) {
		const { q, category, sort, backwards } = query;
		const asked = {
			q,
			sort,
			limit: page.limit,
			...category !== null && { category },
			...backwards && { backwards },
			...page.offset && { offset: page.offset },
			...page.facets && { facets: true }
		};
		return this.client.ask("GET", `library?${params(asked)}`, void 0, signal);
	}
	get(id, signal) {
		return this.client.ask("GET", one(id), void 0, signal);
	}
	mark(id, marks) {
		return this.client.ask("PATCH", one(id), marks);
	}
	scan() {
		return this.client.ask("POST", "library/scan", {});
	}
	hash(target) {
		return this.client.ask("POST", "library/hash", target);
	}
	metadata(id, signal) {
		return this.client.ask("GET", one(id, "metadata"), void 0, signal);
	}
	changeMetadata(id, patch) {
		return this.client.ask("PATCH", one(id, "metadata"), patch);
	}
	async history(id, signal) {
		const path = one(id, "metadata/history");
		return (await this.client.ask("GET", path, void 0, signal)).items;
	}
	restore(id, { field, at }) {
		return this.client.ask("POST", one(id, "metadata/restore"), {
			field,
			at
		});
	}
	refreshMetadata(target) {
		return this.client.ask("POST", "metadata/refresh", {
			...target,
			only_incomplete: false
		});
	}
	repairPreviews(target) {
		return this.client.ask("POST", "previews/repair", target);
	}
	async pictures(id, signal) {
		const path = one(id, "previews");
		return (await this.client.ask("GET", path, void 0, signal)).items;
	}
	choosePicture(id, index) {
		return this.client.ask("POST", one(id, "previews/choose"), { index });
	}
	preview(address, size, still, signal) {
		return this.client.picture(`library/preview?${params({
			...address,
			size,
			still
		})}`, signal);
	}
	previewFacts(address, signal) {
		return this.client.ask("GET", `library/preview/facts?${params(address)}`, void 0, signal);
	}
	choosePreview(address, picture) {
		return this.client.ask("PUT", `library/preview?${params(address)}`, picture);
	}
	chooseOutput(address, output) {
		return this.client.ask("POST", `library/preview/output?${params(address)}`, { output });
	}
	previewGoBack(address) {
		return this.client.ask("DELETE", `library/preview?${params(address)}`, {});
	}
	act(action, target, values = {}) {
		return this.client.ask("POST", "library/actions", {
			action,
			...target,
			...values
		});
	}
	rename(id, name) {
		return this.client.ask("POST", one(id, "rename"), { name });
	}
	undo(change) {
		return this.client.ask("POST", `library/changes/${change}/undo`, {});
	}
	async patchWorkflows(change, paths) {
		const body = {
			change,
			paths
		};
		return (await this.client.ask("POST", "library/workflows/patch", body)).results;
	}
	export(target) {
		const asked = "ids" in target ? { ids: target.ids.join(",") } : {
			q: target.query,
			...target.category !== null && { category: target.category },
			...target.without.length > 0 && { without: target.without.join(",") }
		};
		return this.client.ask("GET", `library/export?${params(asked)}`);
	}
	async updates() {
		return (await this.client.ask("GET", "updates?ignored=false&limit=1000")).items;
	}
	fetchUpdates(models) {
		return this.client.ask("POST", "updates/fetch", { models });
	}
	async filters() {
		return (await this.client.ask("GET", "filters")).items;
	}
	keepFilter({ name, ...filter }) {
		return this.client.ask("PUT", `filters/${encodeURIComponent(name)}`, filter);
	}
	dropFilter(name) {
		return this.client.ask("DELETE", `filters/${encodeURIComponent(name)}`);
	}
};
function one(id, part = "") {
	return `library/${encodeURIComponent(id)}${part && `/${part}`}`;
}
function params(values) {
	return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
// src/domain/searchTerms.ts
var EXAMPLES = [
	"base:sdxl",
	"tag:portrait",
	"size>2GB",
	"is:favourite",
	"missing:preview",
	"unused:90d",
	"rating>=4",
	"hash:a1b2c3d4",
	"-word",
	"\"two words\""
];
var TERM = /(-?)(?:(\p{L}+)(:|<=|>=|<|>))?(?:"(?:\\.|[^"\\])*(?:"|\\?$)|\S+|(?=\s|$))/gsu;
function termsOf(text) {
	return [...text.matchAll(TERM)].filter(([whole]) => whole !== "").map(([whole, no, key]) => ({
		text: whole,
		key: key?.toLowerCase() ?? null,
		negated: no === "-" && whole !== "-"
	}));
}
function isFilter(term) {
	if (term.key === null) return term.negated;
	return !/[:<>=]$/.test(term.text);
}
function takeFilters(text) {
	const terms = termsOf(text);
	const last = terms.at(-1);
	const isOpen = last !== void 0 && text.endsWith(last.text);
	const filters = (isOpen ? terms.slice(0, -1) : terms).filter(isFilter);
	if (filters.length === 0) return {
		filters: [],
		rest: text
	};
	const words = terms.filter((term) => !filters.includes(term)).map((term) => term.text);
	return {
		filters: filters.map((term) => term.text),
		rest: words.join(" ") + (isOpen || words.length === 0 ? "" : " ")
	};
}
function condition(key, value) {
	return /^[^\s"]+$/.test(value) ? `${key}:${value}` : `${key}:"${value.replace(/["\\]/g, "\\$&")}"`;
}
// src/stores/libraryHabits.ts
var SORTS = [
	"name",
	"used",
	"changed",
	"size",
	"rating"
];
var NAME = "library";
function readHabits(memory) {
	const [view, sort, order] = (memory.read(NAME) ?? "").split(" ");
	return {
		view: view === "list" ? "list" : "grid",
		sort: SORTS.find((each) => each === sort) ?? "name",
		backwards: order === "backwards"
	};
}
function keepHabits(memory, habits) {
	watch(habits, ({ view, sort, backwards }) => {
		memory.write(NAME, [
			view,
			sort,
			backwards ? "backwards" : "forwards"
		].join(" "));
	});
}
// src/stores/modelDetail.ts
function createModelDetail(api, rows, pictures) {
	const model = shallowRef(null);
	const metadata = shallowRef(null);
	const history = shallowRef([]);
	const known = shallowRef([]);
	const facts = shallowRef(null);
	const state = reactive({
		busy: false,
		problem: null
	});
	let current = new AbortController();
	function open(shown) {
		const isOther = shown.id !== model.value?.id;
		model.value = shown;
		if (isOther) forget();
		return load();
	}
	function close() {
		current.abort();
		model.value = null;
		forget();
	}
	function forget() {
		metadata.value = null;
		history.value = [];
		known.value = [];
		facts.value = null;
	}
	async function load() {
		current.abort();
		const { signal } = current = new AbortController();
		const shown = model.value;
		if (!shown) return;
		Object.assign(state, {
			busy: true,
			problem: null
		});
		const { id } = shown;
		const fill = async (asked, take) => {
			try {
				const answer = await asked;
				if (!signal.aborted) take(answer);
			} catch (error) {
				if (!signal.aborted) state.problem ??= problemOf(error);
			}
		};
		const address = await pictures.addressOf(shown);
		await Promise.all([
			fill(api.get(id, signal), take),
			fill(api.metadata(id, signal), (found) => metadata.value = found),
			fill(api.history(id, signal), (found) => history.value = found),
			fill(api.pictures(id, signal), (found) => known.value = found),
			fill(api.previewFacts(address, signal), (found) => facts.value = found)
		]);
		if (!signal.aborted) state.busy = false;
	}
	function take(changed) {
		if (model.value?.id === changed.id) model.value = changed;
		rows.put(changed);
	}
	async function mark(of, marks) {
		take(await api.mark(of.id, marks));
	}
	async function change(patch) {
		if (!model.value) return;
		await api.changeMetadata(model.value.id, patch);
		await load();
	}
	async function restore(past) {
		if (!model.value) return;
		await api.restore(model.value.id, past);
		await load();
	}
	async function choosePicture(choice) {
		const shown = model.value;
		if (!shown) return;
		const address = await pictures.addressOf(shown);
		if (typeof choice === "number") await api.choosePicture(shown.id, choice);
		else if (typeof choice === "string") await api.chooseOutput(address, choice);
		else await api.choosePreview(address, choice);
		await pictureChanged(shown);
	}
	async function goBack() {
		const shown = model.value;
		if (!shown) return;
		await api.previewGoBack(await pictures.addressOf(shown));
		await pictureChanged(shown);
	}
	async function pictureChanged(of) {
		pictures.changed(of);
		await load();
	}
	return {
		model,
		metadata,
		history,
		known,
		facts,
		state,
		open,
		close,
		load,
		take,
		mark,
		change,
		restore,
		choosePicture,
		goBack
	};
}
// src/stores/modelRows.ts
var PAGE = 200;
var MOST_AT_ONCE = 1e3;
function createModelRows(api) {
	const items = shallowRef([]);
	const known = computed(() => items.value.filter((model) => model !== void 0));
	const facets = shallowRef(null);
	const state = reactive({
		loaded: false,
		busy: false,
		answered: 0,
		total: 0,
		scannedAt: null,
		scanning: false,
		problem: null
	});
	let query = null;
	let current = new AbortController();
	let wanted = {
		from: 0,
		to: 0
	};
	function search(asked) {
		query = asked;
		wanted = {
			from: 0,
			to: 0
		};
		return begin(1);
	}
	function reload() {
		return begin(0);
	}
	async function begin(searches) {
		current.abort();
		const mine = current = new AbortController();
		const asked = query;
		if (!asked) return;
		await during(mine, async () => {
			const { from, to } = blocksOf(wanted);
			const page = await api.list(asked, {
				limit: to + 1 - from,
				offset: from,
				facets: true
			}, mine.signal);
			if (mine.signal.aborted) return;
			items.value = [];
			take(page, from);
			facets.value = page.facets;
			const { scanned_at: scannedAt, scanning } = page;
			Object.assign(state, {
				loaded: true,
				scannedAt,
				scanning
			});
			state.answered += searches;
			await fill(() => wanted, mine);
		});
	}
	async function ensure(from, to) {
		wanted = {
			from,
			to
		};
		const mine = current;
		if (state.busy || holeIn(wanted) === void 0) return;
		await during(mine, () => fill(() => wanted, mine));
	}
	async function read(from, to) {
		const mine = current;
		const range = {
			from,
			to
		};
		if (holeIn(range) !== void 0) await during(mine, () => fill(() => range, mine));
		if (mine.signal.aborted) return [];
		return items.value.slice(from, to + 1).filter((model) => model !== void 0);
	}
	async function fill(range, mine) {
		const asked = query;
		for (let hole = holeIn(range()); asked && hole !== void 0; hole = holeIn(range())) {
			const { from, to } = blocksOf({
				from: hole,
				to: range().to
			});
			const page = await api.list(asked, {
				limit: to + 1 - from,
				offset: from
			}, mine.signal);
			if (mine.signal.aborted || page.items.length === 0) return;
			take(page, from);
		}
	}
	function holeIn({ from, to }) {
		const end = Math.min(to, state.total - 1);
		for (let at = Math.max(0, from); at <= end; at += 1) if (!items.value[at]) return at;
	}
	function take({ items: models, total }, from) {
		const all = Array.from({ length: total }, (_, at) => items.value[at]);
		all.splice(from, models.length, ...models);
		items.value = all;
		state.total = total;
	}
	async function during(mine, work) {
		state.busy = true;
		try {
			await work();
			if (!mine.signal.aborted) state.problem = null;
		} catch (error) {
			if (!mine.signal.aborted) state.problem = problemOf(error);
		} finally {
			if (!mine.signal.aborted) state.busy = false;
		}
	}
	function put(model) {
		const at = items.value.findIndex((each) => each?.id === model.id);
		if (at >= 0) items.value = items.value.with(at, model);
	}
	return {
		items,
		known,
		facets,
		state,
		search,
		reload,
		ensure,
		read,
		put
	};
}
function blocksOf({ from, to }) {
	const start = Math.floor(Math.max(0, from) / PAGE) * PAGE;
	const blocks = Math.ceil(Math.max(1, to + 1 - start) / PAGE);
	return {
		from: start,
		to: start + Math.min(MOST_AT_ONCE, blocks * PAGE) - 1
	};
}
// src/stores/pictures.ts
var AT_ONCE = 6;
var KEPT = 400;
function createPictures(api, folders) {
	const versions = shallowReactive(new Map());
	const kept = new Map();
	const waiting = [];
	let running = 0;
	function versionOf(model) {
		return (versions.get(model.id) ?? 0) + (versions.get("") ?? 0);
	}
	async function show(model, options, signal) {
		const key = [
			model.id,
			model.changed_at,
			versionOf(model),
			options.size,
			options.still
		].join();
		const known = kept.get(key);
		if (known) return keep(key, known);
		await turn(signal);
		try {
			const picture = await api.preview(await addressOf(model), options.size, options.still, signal);
			return keep(key, URL.createObjectURL(picture));
		} catch (error) {
			if (error instanceof ApiError) return null;
			throw error;
		} finally {
			running -= 1;
			waiting.shift()?.();
		}
	}
	function keep(key, url) {
		kept.delete(key);
		kept.set(key, url);
		const [oldest] = kept;
		if (kept.size > KEPT && oldest) {
			kept.delete(oldest[0]);
			URL.revokeObjectURL(oldest[1]);
		}
		return url;
	}
	async function turn(signal) {
		signal.throwIfAborted();
		if (running >= AT_ONCE) await new Promise((resolve, reject) => {
			const go = () => resolve();
			waiting.push(go);
			signal.addEventListener("abort", () => {
				const at = waiting.indexOf(go);
				if (at >= 0) waiting.splice(at, 1);
				reject(new DOMException("nobody looks at it any more", "AbortError"));
			});
		});
		running += 1;
	}
	async function addressOf(model) {
		const roots = (await folders()).filter((folder) => folder.category === model.category);
		const root = Math.max(0, roots.findIndex((folder) => folder.path === model.root));
		return {
			category: model.category,
			root,
			path: model.relative
		};
	}
	function changed(model) {
		const id = model?.id ?? "";
		versions.set(id, (versions.get(id) ?? 0) + 1);
	}
	return {
		show,
		versionOf,
		addressOf,
		changed
	};
}
// src/stores/selection.ts
function createSelection(rows, query) {
	const named = shallowReactive(new Map());
	const state = reactive({
		on: false,
		all: false
	});
	let anchor = 0;
	let turn = 0;
	const count = computed(() => state.all ? Math.max(0, rows.state.total - named.size) : named.size);
	const bytes = computed(() => {
		if (state.all && rows.known.value.length < rows.state.total) return null;
		return (state.all ? rows.known.value.filter(has) : [...named.values()]).reduce((sum, { size }) => sum + size, 0);
	});
	function has(model) {
		return state.all !== named.has(model.id);
	}
	function toggle(index) {
		const model = rows.items.value[index];
		if (!model) return;
		state.on = true;
		turn += 1;
		anchor = index;
		flip(model);
	}
	async function extendTo(index) {
		state.on = true;
		const mine = ++turn;
		const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)];
		pick(rows.items.value.slice(from, to + 1));
		const all = await rows.read(from, to);
		if (mine === turn) pick(all);
	}
	function pick(models) {
		for (const model of models) if (model && !has(model)) flip(model);
	}
	function flip(model) {
		if (!named.delete(model.id)) named.set(model.id, model);
	}
	function takeAll() {
		turn += 1;
		state.on = true;
		state.all = true;
		named.clear();
	}
	function clear() {
		turn += 1;
		state.on = false;
		state.all = false;
		named.clear();
	}
	function target() {
		const ids = [...named.keys()];
		if (!state.all) return { ids };
		const { q, category } = query();
		return {
			query: q,
			category,
			without: ids
		};
	}
	return {
		named,
		state,
		count,
		bytes,
		has,
		toggle,
		extendTo,
		takeAll,
		clear,
		target
	};
}
// src/stores/library.ts
var TYPING_MS = 80;
var RELOAD_MS = 400;
var CHANGES_LIBRARY = new Set([
	"download",
	"scan",
	"metadata",
	"preview",
	"hash"
]);
var CHANGES_PICTURES = new Set(["preview", "metadata"]);
function createLibrary(client, queue, memory) {
	const api = new LibraryApi(client);
	const { view: lastView, ...lastOrder } = readHabits(memory);
	const wish = reactive({
		filters: [],
		text: "",
		category: "",
		base: "",
		...lastOrder
	});
	const view = ref(lastView);
	const saved = shallowRef([]);
	const choices = shallowRef({
		category: [],
		base: []
	});
	const updates = shallowRef(new Map());
	let folders = null;
	const rows = createModelRows(api);
	const pictures = createPictures(api, foldersOnce);
	const detail = createModelDetail(api, rows, pictures);
	const selection = createSelection(rows, query);
	let timer;
	let isOpened = false;
	function foldersOnce() {
		folders ??= client.folders().catch((error) => {
			folders = null;
			throw error;
		});
		return folders;
	}
	function query() {
		return queryFor(wish);
	}
	function withoutOne() {
		const one = (text, left) => ({
			text,
			without: queryFor({
				...wish,
				...left
			}),
			go: () => change(left)
		});
		const ways = wish.filters.map((text) => one(text, { filters: wish.filters.filter((filter) => filter !== text) }));
		if (wish.text.trim()) ways.push(one(wish.text.trim(), { text: "" }));
		if (wish.base) ways.push(one(wish.base, { base: "" }));
		if (wish.category) ways.push(one(wish.category, { category: "" }));
		return ways;
	}
	function later(ms, work) {
		clearTimeout(timer);
		timer = setTimeout(() => void work(), ms);
	}
	async function search() {
		clearTimeout(timer);
		selection.clear();
		await offering(() => rows.search(query()));
	}
	const reload = () => offering(() => rows.reload());
	async function offering(ask) {
		const { category, base } = wish;
		await ask();
		const found = rows.facets.value;
		if (!found || category !== wish.category || base !== wish.base) return;
		choices.value = {
			category: category ? choices.value.category : found.category,
			base: base ? choices.value.base : found.base_model
		};
	}
	function type(text) {
		const { filters, rest } = takeFilters(text);
		wish.filters.push(...filters.filter((filter) => !wish.filters.includes(filter)));
		wish.text = rest;
		later(TYPING_MS, search);
	}
	function change(wanted) {
		Object.assign(wish, wanted);
		search();
	}
	async function open() {
		const first = !isOpened;
		isOpened = true;
		await (first ? search() : reload());
		if (first && isUnread()) await scanNow();
		await quietly(async () => {
			updates.value = new Map((await api.updates()).map((update) => [update.model, update]));
		});
	}
	function isUnread() {
		if (rows.state.problem || rows.state.scanning) return false;
		const isNamed = rows.known.value.some((model) => model.online && !model.format && !model.problem);
		return rows.state.scannedAt === null || isNamed;
	}
	async function scanNow() {
		try {
			queue.put((await api.scan()).job);
			rows.state.scanning = true;
		} catch (error) {
			rows.state.problem = problemOf(error);
		}
	}
	async function renew() {
		await reload();
		if (detail.model.value) await detail.load();
	}
	keepHabits(memory, () => ({
		view: view.value,
		sort: wish.sort,
		backwards: wish.backwards
	}));
	queue.onSuccess((job) => {
		if (!isOpened || !CHANGES_LIBRARY.has(job.kind)) return;
		if (CHANGES_PICTURES.has(job.kind)) pictures.changed();
		later(RELOAD_MS, renew);
	});
	return {
		api,
		wish,
		view,
		choices,
		updates,
		saved,
		rows,
		pictures,
		detail,
		selection,
		folders: foldersOnce,
		query,
		withoutOne,
		isNarrowed: computed(() => query().q !== "" || wish.category !== ""),
		type,
		change,
		search,
		open,
		renew,
		readSaved: () => quietly(async () => void (saved.value = await api.filters())),
		put: (model) => detail.take(model)
	};
}
var UNKNOWN_BASE = "missing:base";
async function quietly(work) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
	}
}
function queryFor({ filters, text, category, base, sort, backwards }) {
	const wanted = base === "missing:base" ? base : base && condition("base", base);
	return {
		q: [
			...filters,
			wanted,
			text.trim()
		].filter(Boolean).join(" "),
		category: category || null,
		sort,
		backwards
	};
}
export { condition as a, EXAMPLES as i, createLibrary as n, termsOf as o, SORTS as r, UNKNOWN_BASE as t };
