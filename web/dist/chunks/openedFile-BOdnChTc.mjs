import { h as ref, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { t as ApiError } from "./client-DO2Bakzs.mjs";
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
export { changesOf as a, asRequestFrom as i, createOpenedFile as n, failuresOf as o, asRequest as r, keyOf as s, OPENABLE as t };
