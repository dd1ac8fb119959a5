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
	ask(method, path, body, signal) {
		return this.exchange(path, this.request(method, body, signal), async (answer) => {
			const data = await answer.json();
			if (answer.ok) return data;
			throw new ApiError(data.error ?? GONE, answer.status);
		});
	}
	picture(path, signal) {
		return this.exchange(path, this.request("GET", void 0, signal), (answer) => {
			if (answer.ok) return answer.blob();
			throw new ApiError(GONE, answer.status);
		});
	}
	request(method, body, signal) {
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
		return init;
	}
	async exchange(path, init, read) {
		try {
			return await read(await this.send(path, init));
		} catch (error) {
			if (error instanceof ApiError || init.signal?.aborted) throw error;
			throw new ApiError(GONE, 0);
		}
	}
};
function problemOf(error) {
	if (error instanceof ApiError) return error.problem;
	throw error;
}
export { Client as n, problemOf as r, ApiError as t };
