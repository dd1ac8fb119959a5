import { i as browserMemory, n as browserTokens, r as saveFile, t as createPanel } from "./chunks/panel-CyhHh2FA.mjs";
// src/hosts/builtin-buttons.ts
function offerBridge(page, fetchModel) {
	if (page.__comfyDesktop2) return () => void 0;
	const bridge = {
		isRemote: () => false,
		async downloadModel(url, name, directory) {
			try {
				await fetchModel({
					url,
					name,
					directory
				});
				return true;
			} catch {
				return false;
			}
		}
	};
	page.__comfyDesktop2 = bridge;
	return () => {
		if (page.__comfyDesktop2 === bridge) delete page.__comfyDesktop2;
	};
}
// src/hosts/comfyui-outputs.ts
var PROMPTS = 24;
async function recentOutputs(api) {
	const answer = await api.fetchApi(`/history?max_items=${PROMPTS}`);
	if (!answer.ok) return [];
	const found = new Map();
	for (const made of outputsIn(await answer.json()).reverse()) {
		const { filename, subfolder = "", type } = made;
		if (!filename || type !== "output") continue;
		const path = [subfolder.replaceAll("\\", "/"), filename].filter(Boolean).join("/");
		const query = new URLSearchParams({
			filename,
			subfolder,
			type,
			preview: "webp;60"
		});
		found.set(path, {
			path,
			url: api.apiURL(`/view?${query}`)
		});
	}
	return [...found.values()];
}
function outputsIn(history) {
	return Object.values(history ?? {}).flatMap(({ outputs }) => Object.values(outputs ?? {})).flatMap((output) => Object.values(output)).flatMap((list) => Array.isArray(list) ? list : []).filter((made) => typeof made === "object" && made !== null);
}
// src/hosts/comfyui.ts
var TAB = "model-keeper";
var BUILT_IN = "modelKeeper.BuiltInButtons";
var PATH = "/model-manager/v1";
var EVENT = "modelKeeper.jobs";
var TOGGLE = `Workspace.ToggleSidebarTab.${TAB}`;
function comfyHost(app, api, here, canvas) {
	const settings = app.extensionManager.setting;
	function locale() {
		const chosen = settings.get("Comfy.Locale");
		return typeof chosen === "string" ? chosen : navigator.language;
	}
	function on(id, listener) {
		app.ui.settings.addEventListener(`${id}.change`, listener);
		return () => app.ui.settings.removeEventListener(`${id}.change`, listener);
	}
	return {
		name: "comfyui",
		tokens: browserTokens(location, localStorage),
		memory: browserMemory(localStorage),
		send: (path, init) => api.fetchApi(`${PATH}/${path}`, init),
		push(take, lost) {
			const listener = (event) => take(event.detail);
			api.addEventListener(EVENT, listener);
			api.addEventListener("reconnected", lost);
			return () => {
				api.removeEventListener(EVENT, listener);
				api.removeEventListener("reconnected", lost);
			};
		},
		locale,
		onLocale: (listener) => on("Comfy.Locale", () => listener(locale())),
		isLight: () => getComputedStyle(document.body).colorScheme === "light",
		onTheme: (listener) => on("Comfy.ColorPalette", () => setTimeout(listener, 50)),
		setBadge(text) {
			const tab = app.extensionManager.getSidebarTabs().find((each) => each.id === TAB);
			if (tab) tab.iconBadge = text;
		},
		fullPage: new URL("index.html", here).href,
		close: () => void app.extensionManager.command.execute(TOGGLE),
		saveFile,
		canvas,
		outputs: () => recentOutputs(api),
		builtIn: {
			allowed: () => settings.get(BUILT_IN) === true,
			allow: (yes) => void settings.set(BUILT_IN, yes)
		}
	};
}
// src/hosts/comfyui-graph.ts
var MODEL_FILE = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx)$/i;
function isModelFile(value) {
	return typeof value === "string" && MODEL_FILE.test(value);
}
function* graphs(root) {
	yield ["", root];
	for (const [id, graph] of root.subgraphs ?? []) yield [id, graph];
}
function listOf(widget) {
	const values = widget.options?.values;
	const list = typeof values === "function" ? values() : values;
	return Array.isArray(list) ? list : null;
}
// src/hosts/comfyui-replaced.ts
var ReplacedValues = class {
	seen = new WeakMap();
	notice(root, stored) {
		const values = storedValues(stored);
		for (const [scope, graph] of graphs(root)) for (const node of graph.nodes) {
			const own = values.get(`${scope}/${String(node.id)}`);
			if (own) this.noticeNode(node, own);
		}
	}
	wanted(widget) {
		const replacement = this.seen.get(widget);
		return replacement && widget.value === replacement.shown ? replacement.wanted : void 0;
	}
	putBack(root) {
		for (const [, graph] of graphs(root)) for (const widget of graph.nodes.flatMap((node) => node.widgets ?? [])) {
			const replacement = this.seen.get(widget);
			if (!replacement) continue;
			const { wanted, shown } = replacement;
			const isListed = listOf(widget)?.includes(wanted) ?? false;
			if (widget.value === shown && !isListed) continue;
			this.seen.set(widget, null);
			if (widget.value !== shown) continue;
			widget.value = wanted;
			widget.callback?.(wanted);
		}
	}
	noticeNode(node, values) {
		for (const [widget, wanted] of paired(node, values)) {
			if (this.seen.has(widget)) continue;
			const list = listOf(widget) ?? [];
			const isReplaced = list.length > 0 && !list.includes(wanted) && widget.value === list[0];
			this.seen.set(widget, isReplaced ? {
				wanted,
				shown: widget.value
			} : null);
		}
	}
};
function* paired(node, values) {
	const widgets = node.widgets ?? [];
	const choices = widgets.filter((widget) => listOf(widget)?.some(isModelFile));
	const names = Array.isArray(values) ? values.filter(isModelFile) : [];
	const byOrder = names.length === choices.length;
	for (const [at, widget] of choices.entries()) {
		const stored = Array.isArray(values) ? values[widgets.indexOf(widget)] : values[widget.name];
		const wanted = byOrder ? names[at] : stored;
		if (isModelFile(wanted)) yield [widget, wanted];
	}
}
function storedValues(stored) {
	const found = new Map();
	function take(scope, graph) {
		for (const node of graph["nodes"] ?? []) {
			const values = node["widgets_values"];
			if (values) found.set(`${scope}/${String(node["id"])}`, values);
		}
	}
	take("", stored);
	const definitions = stored["definitions"];
	for (const subgraph of definitions?.subgraphs ?? []) take(String(subgraph["id"]), subgraph);
	return found;
}
// src/hosts/comfyui-drop.ts
var FIRST = { capture: true };
function dropsOn(element, take) {
	function onDragover(event) {
		event.preventDefault();
		event.stopPropagation();
		if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
	}
	function onDrop(event) {
		event.preventDefault();
		event.stopPropagation();
		take([event.clientX, event.clientY]);
	}
	element.addEventListener("dragover", onDragover, FIRST);
	element.addEventListener("drop", onDrop, FIRST);
	return () => {
		element.removeEventListener("dragover", onDragover, FIRST);
		element.removeEventListener("drop", onDrop, FIRST);
	};
}
// src/hosts/comfyui-loaders.ts
var USUAL = {
	checkpoints: "CheckpointLoaderSimple",
	clip_vision: "CLIPVisionLoader",
	controlnet: "ControlNetLoader",
	diffusion_models: "UNETLoader",
	gligen: "GLIGENLoader",
	hypernetworks: "HypernetworkLoader",
	loras: "LoraLoader",
	photomaker: "PhotoMakerLoader",
	style_models: "StyleModelLoader",
	text_encoders: "CLIPLoader",
	upscale_models: "UpscaleModelLoader",
	vae: "VAELoader"
};
function holderOf(node, { path }) {
	for (const widget of node.widgets ?? []) {
		const value = asListed(listOf(widget) ?? [], path);
		if (value !== void 0) return {
			widget,
			value
		};
	}
}
function loaderFor(model, registry) {
	for (const type of typesFor(model, registry)) {
		const node = registry.createNode?.(type);
		const holder = node && holderOf(node, model);
		if (!node || !holder) continue;
		setWidget(node, holder);
		return node;
	}
}
function setWidget(node, { widget, value }) {
	const before = widget.value;
	widget.value = value;
	widget.callback?.(value);
	node.onWidgetChanged?.(widget.name, value, before, widget);
}
function typesFor(model, registry) {
	const usual = USUAL[model.category];
	const fitting = Object.entries(registry.registered_node_types).filter(([, type]) => type && lists(type, model.path)).sort(([, one], [, other]) => inputsOf(one).length - inputsOf(other).length).map(([name]) => name);
	return usual && usual in registry.registered_node_types ? [usual, ...fitting] : fitting;
}
function lists(type, path) {
	if (type.nodeData?.deprecated) return false;
	return inputsOf(type).some((input) => asListed(choicesOf(input), path) !== void 0);
}
function inputsOf(type) {
	const { required = {}, optional = {} } = type?.nodeData?.input ?? {};
	return [...Object.values(required), ...Object.values(optional)];
}
function choicesOf(input) {
	if (!Array.isArray(input)) return [];
	const [first, second] = input;
	if (Array.isArray(first)) return first;
	return Array.isArray(second?.options) ? second.options : [];
}
function asListed(choices, path) {
	return choices.find((choice) => typeof choice === "string" && choice.replaceAll("\\", "/") === path);
}
function nodeAt(graph, [x, y], model) {
	const node = graph.getNodeOnPos?.(x, y);
	return node && holderOf(node, model) ? node : void 0;
}
// src/hosts/comfyui-values.ts
var LiveValues = class {
	root;
	wanted;
	widgets = [];
	undoing = [];
	constructor(root, wanted = () => void 0) {
		this.root = root;
		this.wanted = wanted;
	}
	write(edit) {
		const node = (edit.scope ? this.root.subgraphs?.get(edit.scope) : this.root)?.nodes.find((each) => String(each.id) === edit.node_id);
		if (!node) return false;
		return edit.path[0] === "properties" ? this.writeProperty(node, edit) : this.writeWidget(node, edit);
	}
	undo() {
		for (const undo of this.undoing.splice(0).reverse()) undo();
	}
	writeWidget(node, edit) {
		const rest = edit.path.slice(2);
		const widgets = likely(node, edit);
		const holds = (text) => widgets.find((widget) => valueAt(widget.value, rest) === text);
		const holder = holds(edit.old) ?? widgets.find((widget) => this.wanted(widget) === edit.old);
		if (!holder) return holds(edit.new) !== void 0;
		const before = holder.value;
		const after = replaced(before, rest, edit.new);
		set(node, holder, after);
		this.widgets.push(holder);
		this.undoing.push(() => {
			if (isEqual(holder.value, after)) set(node, holder, before);
		});
		return true;
	}
	writeProperty(node, edit) {
		const rest = edit.path.slice(1);
		if (valueAt(node.properties, rest) !== edit.old) return false;
		const write = (text) => {
			node.properties = replaced(node.properties, rest, text);
		};
		write(edit.new);
		this.undoing.push(() => {
			if (valueAt(node.properties, rest) === edit.new) write(edit.old);
		});
		return true;
	}
};
function set(node, widget, value) {
	const before = widget.value;
	widget.value = value;
	widget.callback?.(value);
	node.onWidgetChanged?.(widget.name, value, before, widget);
}
function likely(node, { path, widget: name }) {
	const key = path[1];
	const widgets = node.widgets ?? [];
	const stored = widgets.filter((widget) => widget.serialize !== false);
	const byKey = typeof key === "number" ? [widgets[key], stored[key]] : widgets.filter((widget) => widget.name === key);
	const all = [
		...widgets.filter((widget) => widget.name === name),
		...byKey,
		...widgets
	].filter((widget) => widget !== void 0);
	return [...new Set(all)];
}
function valueAt(value, path) {
	return path.reduce((inner, key) => isContainer(inner) ? inner[key] : void 0, value);
}
function replaced(value, path, inner) {
	const [key, ...rest] = path;
	if (key === void 0 || !isContainer(value)) return inner;
	const copy = Array.isArray(value) ? [...value] : { ...value };
	copy[key] = replaced(value[key], rest, inner);
	return copy;
}
function isEqual(one, other) {
	return one === other || JSON.stringify(one) === JSON.stringify(other);
}
function isContainer(value) {
	return typeof value === "object" && value !== null;
}
// src/hosts/comfyui-canvas.ts
var MUTED = 2;
var BYPASSED = 4;
var SETTLES_MS = 300;
var WATCHED_TIMES = 100;
var Canvas = class {
	app;
	registry;
	listeners = new Set();
	replaced = new ReplacedValues();
	settling;
	watching;
	constructor(app, registry = () => void 0) {
		this.app = app;
		this.registry = registry;
	}
	async read() {
		const graph = this.noticed();
		if (!graph) return null;
		const active = this.active();
		const reported = await this.app.refreshMissingModels?.({ silent: true }).catch(() => void 0);
		return {
			title: (active?.filename ?? "").replace(/\.json$/i, ""),
			workflow: graph.nodes.length > 0 ? graph.serialize() : null,
			stored: active?.initialState ?? null,
			models: (reported?.missingModels ?? []).map(asRequest),
			values: [...unlisted(graph, (widget) => this.replaced.wanted(widget))],
			missingNodes: missingNodes(graph, this.registry())
		};
	}
	async apply(edits) {
		const graph = this.noticed();
		if (!graph) return {
			missed: edits.length,
			undo: () => Promise.resolve()
		};
		const values = new LiveValues(graph, (widget) => this.replaced.wanted(widget));
		this.captureStep();
		const missed = edits.filter((edit) => !values.write(edit)).length;
		await this.settle(graph, values.widgets);
		const undo = async () => {
			values.undo();
			await this.settle(graph, values.widgets);
		};
		return {
			missed,
			undo
		};
	}
	async refresh() {
		this.noticed();
		await this.app.reloadNodeDefs();
		const graph = this.graph();
		if (graph) this.replaced.putBack(graph);
		await this.app.refreshMissingModels?.({ silent: true }).catch(() => void 0);
		graph?.setDirtyCanvas?.(true, true);
	}
	reveal(place) {
		const root = this.graph();
		const graph = place.scope ? root?.subgraphs?.get(place.scope) : root;
		const node = graph?.nodes.find((each) => String(each.id) === place.node_id);
		const canvas = this.app.canvas;
		if (!graph || !node || !canvas) return;
		canvas.setGraph?.(graph);
		canvas.selectNode?.(node);
		canvas.centerOnNode(node);
	}
	addModel(model) {
		return this.place(model, this.middle());
	}
	takeDrop(model, done) {
		const { canvasEl } = this.app;
		if (!canvasEl) return () => void 0;
		return dropsOn(canvasEl, (at) => {
			const place = this.app.clientPosToCanvasPos?.(at) ?? at;
			this.place(model, place).then(done);
		});
	}
	onChange(listener) {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
	changed() {
		clearTimeout(this.settling);
		this.settling = setTimeout(() => {
			this.settling = void 0;
			this.noticed();
			for (const listener of this.listeners) listener();
			this.watch(this.active(), WATCHED_TIMES);
		}, SETTLES_MS);
	}
	watch(told, times) {
		clearTimeout(this.watching);
		if (times === 0) return;
		this.watching = setTimeout(() => {
			if (this.active() === told) {
				this.watch(told, times - 1);
				return;
			}
			this.replaced = new ReplacedValues();
			this.changed();
		}, SETTLES_MS);
	}
	async place(model, at) {
		const graph = this.app.canvas?.graph ?? this.graph();
		const registry = this.registry();
		if (!graph || !registry) return false;
		const below = nodeAt(graph, at, model);
		const holder = below && holderOf(below, model);
		this.captureStep();
		if (below && holder) setWidget(below, holder);
		else {
			const node = await this.newLoader(model, registry);
			if (!node) return false;
			node.pos = at;
			graph.add?.(node);
			this.app.canvas?.selectNode?.(node);
		}
		this.captureStep();
		graph.setDirtyCanvas?.(true, true);
		return true;
	}
	async newLoader(model, registry) {
		const node = loaderFor(model, registry);
		if (node) return node;
		await this.app.reloadNodeDefs();
		return loaderFor(model, registry);
	}
	middle() {
		const box = this.app.canvasEl?.getBoundingClientRect();
		const at = box ? [box.left + box.width / 2, box.top + box.height / 3] : [0, 0];
		return this.app.clientPosToCanvasPos?.(at) ?? at;
	}
	async settle(graph, widgets) {
		this.captureStep();
		if (widgets.some((widget) => listOf(widget)?.includes(widget.value) === false)) await this.app.reloadNodeDefs();
		await this.app.refreshMissingModels?.({ silent: true }).catch(() => void 0);
		graph.setDirtyCanvas?.(true, true);
	}
	captureStep() {
		const tracker = this.active()?.changeTracker;
		if (tracker?.captureCanvasState) tracker.captureCanvasState();
		else tracker?.checkState?.();
	}
	noticed() {
		const graph = this.graph();
		const stored = this.active()?.initialState;
		if (graph && stored && !this.settling) this.replaced.notice(graph, stored);
		return graph;
	}
	active() {
		return this.app.extensionManager.workflow.activeWorkflow;
	}
	graph() {
		return this.app.isGraphReady === false ? void 0 : this.app.rootGraph;
	}
};
function* unlisted(root, wanted) {
	for (const [scope, graph] of graphs(root)) for (const node of graph.nodes) {
		if (root.subgraphs?.has(node.type ?? "")) continue;
		for (const widget of node.widgets ?? []) {
			const value = wanted(widget) ?? widget.value;
			const list = listOf(widget);
			if (!isModelFile(value) || !list || list.includes(value)) continue;
			yield {
				node_id: String(node.id),
				node_type: node.comfyClass ?? node.type ?? null,
				widget: widget.name,
				value,
				scope,
				active: isActive(node)
			};
		}
	}
}
function missingNodes(root, registry) {
	const counts = new Map();
	if (!registry) return [];
	for (const [, graph] of graphs(root)) for (const { type } of graph.nodes) {
		if (!type || type in registry.registered_node_types) continue;
		counts.set(type, (counts.get(type) ?? 0) + 1);
	}
	return [...counts].map(([node_type, count]) => ({
		node_type,
		count
	}));
}
function isActive(node) {
	return node.mode !== MUTED && node.mode !== BYPASSED;
}
function asRequest(model) {
	const sha256 = model.hash_type?.toLowerCase() === "sha256" ? model.hash : void 0;
	return {
		name: model.name,
		url: model.url ?? null,
		directory: model.directory ?? null,
		sha256: sha256 ?? null
	};
}
// src/main.comfyui.ts
var here = new URL(".", import.meta.url).href;
var scripts = `${here}../../scripts`;
var { app } = await import(`${scripts}/app.js`);
var { api } = await import(`${scripts}/api.js`);
var page = window;
var canvas = new Canvas(app, () => page.LiteGraph);
var panel;
var shown;
var withdraw = () => void 0;
async function render(element) {
	element.style.height = "100%";
	if (!panel || element.shadowRoot) return;
	const shadow = element.attachShadow({ mode: "open" });
	const { adoptStyles, floorIn, mount } = await import("./chunks/mount-nE1V7WYL.mjs");
	if (!element.isConnected) return;
	adoptStyles(shadow);
	const root = shadow.appendChild(document.createElement("div"));
	root.style.height = "100%";
	const layer = document.body.appendChild(document.createElement("div"));
	const above = layer.attachShadow({ mode: "open" });
	adoptStyles(above);
	shown = mount(panel, root, floorIn(above));
	shown.onUnmount(() => layer.remove());
}
function offer(allowed) {
	withdraw();
	withdraw = () => void 0;
	if (!allowed || !panel) return;
	const { client, queue, attempt } = panel;
	withdraw = offerBridge(window, async ({ url, name, directory }) => {
		const accepted = await attempt(() => client.fetchModels([{
			url,
			name,
			directory
		}]));
		if (!accepted?.job) throw new Error("the download was refused");
		queue.put(accepted.job);
	});
}
app.registerExtension({
	name: "ModelKeeper",
	settings: [{
		id: BUILT_IN,
		name: "Let the built-in missing-model buttons use Model Keeper",
		type: "boolean",
		defaultValue: false,
		category: [
			"Model Keeper",
			"General",
			"BuiltInButtons"
		],
		onChange: (value) => offer(value === true)
	}],
	setup() {
		panel = createPanel(comfyHost(app, api, here, canvas));
		app.extensionManager.registerSidebarTab({
			id: TAB,
			title: "Model Manager",
			tooltip: "Model Keeper",
			icon: "pi pi-box",
			type: "custom",
			render: (element) => void render(element),
			destroy() {
				shown?.unmount();
				shown = void 0;
			}
		});
		panel.start();
		offer(app.extensionManager.setting.get(BUILT_IN) === true);
	},
	afterConfigureGraph: () => canvas.changed()
});
