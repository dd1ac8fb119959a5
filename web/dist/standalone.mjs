import { i as browserMemory, n as browserTokens, r as saveFile, t as createPanel } from "./chunks/panel-CyhHh2FA.mjs";
// src/hosts/standalone.ts
var PATH = "/model-manager/v1";
var PROTOCOL = "model-keeper";
var AGAIN_MS = 2e3;
function standaloneHost(page) {
	const base = apiBase(page.location);
	const tokens = browserTokens(page.location, page.localStorage);
	const memory = browserMemory(page.localStorage);
	const light = page.matchMedia("(prefers-color-scheme: light)");
	const title = page.document.title;
	const host = {
		name: "standalone",
		tokens,
		memory,
		send: (path, init) => page.fetch(`${base.url}/${path}`, init),
		locale: () => memory.read("locale") ?? page.navigator.language,
		onLocale: () => () => void 0,
		isLight: () => light.matches,
		onTheme(listener) {
			light.addEventListener("change", listener);
			return () => light.removeEventListener("change", listener);
		},
		setBadge(text) {
			page.document.title = text ? `(${text}) ${title}` : title;
		},
		saveFile: (name, text) => saveFile(name, text, page.document)
	};
	if (base.hasSocket) host.push = (take, lost) => socket(`${base.url}/ws`, () => tokens.read(), take, lost);
	return host;
}
function apiBase(place) {
	const path = place.pathname;
	const inside = path.indexOf("/extensions/");
	if (inside >= 0) return {
		url: `${place.origin}${path.slice(0, inside)}/api${PATH}`,
		hasSocket: false
	};
	return {
		url: `${place.origin}${path.replace(/\/[^/]*$/, "")}${PATH}`,
		hasSocket: true
	};
}
function socket(url, token, take, lost) {
	let ended = false;
	let current = null;
	let timer;
	function open() {
		const protocols = token() ? [PROTOCOL, token()] : [PROTOCOL];
		current = new WebSocket(url.replace(/^http/, "ws"), protocols);
		current.onopen = () => lost();
		current.onmessage = (event) => take(JSON.parse(String(event.data)));
		current.onclose = () => {
			if (ended) return;
			lost();
			timer = setTimeout(open, AGAIN_MS);
		};
	}
	open();
	return () => {
		ended = true;
		clearTimeout(timer);
		current?.close();
	};
}
// src/main.standalone.ts
var panel = createPanel(standaloneHost(window));
panel.start();
var { adoptStyles, floorIn, mount } = await import("./chunks/mount-nE1V7WYL.mjs");
adoptStyles(document);
var root = document.querySelector("#model-keeper");
if (root) mount(panel, root, floorIn(document.body));
