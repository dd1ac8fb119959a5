import { at as toDisplayString, nt as normalizeClass, rt as normalizeStyle } from "./reactivity-CW10_34m.mjs";
import { r as upkeepIcon, t as isUpkeep } from "./upkeep-zfscpX2Q.mjs";
import { A as renderSlot, D as openBlock, N as useModel, R as withDirectives, _ as createVNode, c as Fragment, d as createBaseVNode, k as renderList, m as createElementBlock, n as vModelCheckbox, p as createCommentVNode, u as computed, x as mergeModels, y as defineComponent } from "./vue-BcPPEbeh.mjs";
import { m as Icon_default } from "./MenuButton-BXaT0XWR.mjs";
// src/components/rowKeys.ts
var ROW = "article[tabindex]";
function moveBetweenRows(event) {
	const row = event.target;
	if (!row.matches(ROW) || event.altKey || event.ctrlKey || event.metaKey) return;
	const rows = [...event.currentTarget.querySelectorAll(ROW)];
	const at = rows.indexOf(row);
	const wanted = {
		ArrowDown: at + 1,
		ArrowUp: at - 1,
		Home: 0,
		End: rows.length - 1
	}[event.key];
	if (wanted === void 0) return;
	event.preventDefault();
	rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.focus();
}
// src/components/base/SectionHeading.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$2 = { class: "el" };
var _hoisted_2$1 = {
	key: 1,
	class: "ct"
};
var _hoisted_3$1 = {
	key: 2,
	class: "note"
};
var _hoisted_4 = ["aria-expanded"];
var _hoisted_5 = { class: "el" };
var _hoisted_6 = {
	key: 1,
	class: "ct"
};
var _hoisted_7 = { class: "note" };
// src/components/base/SectionHeading.vue
var SectionHeading_default = defineComponent({
	__name: "SectionHeading",
	props: {
		title: {},
		count: {},
		icon: {},
		kind: {},
		open: {
			type: Boolean,
			default: void 0
		},
		ruled: { type: Boolean }
	},
	emits: ["toggle"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		return (_ctx, _cache) => {
			return __props.open === void 0 ? (openBlock(), createElementBlock("div", {
				key: 0,
				class: normalizeClass(["sec", { ruled: __props.ruled }])
			}, [
				__props.icon ? (openBlock(), createElementBlock("span", {
					key: 0,
					class: normalizeClass(__props.kind)
				}, [createVNode(Icon_default, { name: __props.icon }, null, 8, ["name"])], 2)) : createCommentVNode("", true),
				createBaseVNode("h2", _hoisted_1$2, toDisplayString(__props.title), 1),
				__props.count ? (openBlock(), createElementBlock("span", _hoisted_2$1, toDisplayString(__props.count), 1)) : createCommentVNode("", true),
				_cache[1] || (_cache[1] = createBaseVNode("span", { class: "sp" }, null, -1)),
				_ctx.$slots["default"] ? (openBlock(), createElementBlock("span", _hoisted_3$1, [renderSlot(_ctx.$slots, "default")])) : createCommentVNode("", true)
			], 2)) : (openBlock(), createElementBlock("h2", {
				key: 1,
				class: normalizeClass(["sec folds", { ruled: __props.ruled }])
			}, [createBaseVNode("button", {
				type: "button",
				class: "fold",
				"aria-expanded": __props.open,
				onClick: _cache[0] || (_cache[0] = ($event) => emit("toggle"))
			}, [
				__props.icon ? (openBlock(), createElementBlock("span", {
					key: 0,
					class: normalizeClass(__props.kind)
				}, [createVNode(Icon_default, { name: __props.icon }, null, 8, ["name"])], 2)) : createCommentVNode("", true),
				createBaseVNode("span", _hoisted_5, toDisplayString(__props.title), 1),
				__props.count ? (openBlock(), createElementBlock("span", _hoisted_6, toDisplayString(__props.count), 1)) : createCommentVNode("", true),
				_cache[2] || (_cache[2] = createBaseVNode("span", { class: "sp" }, null, -1)),
				createBaseVNode("span", _hoisted_7, [renderSlot(_ctx.$slots, "default")]),
				createVNode(Icon_default, { name: __props.open ? "down" : "right" }, null, 8, ["name"])
			], 8, _hoisted_4)], 2));
		};
	}
});
// src/components/base/CheckBox.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$1 = { class: "cbx" };
var _hoisted_2 = [
	"indeterminate",
	"disabled",
	"aria-label"
];
var _hoisted_3 = { class: "cb" };
// src/components/base/CheckBox.vue
var CheckBox_default = defineComponent({
	__name: "CheckBox",
	props: mergeModels({
		label: {},
		mixed: { type: Boolean },
		disabled: { type: Boolean }
	}, {
		"modelValue": {
			type: Boolean,
			required: true
		},
		"modelModifiers": {}
	}),
	emits: ["update:modelValue"],
	setup(__props) {
		const checked = useModel(__props, "modelValue");
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("label", _hoisted_1$1, [
				withDirectives(createBaseVNode("input", {
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => checked.value = $event),
					class: "vh",
					type: "checkbox",
					indeterminate: __props.mixed,
					disabled: __props.disabled,
					"aria-label": __props.label
				}, null, 8, _hoisted_2), [[vModelCheckbox, checked.value]]),
				createBaseVNode("span", _hoisted_3, [createVNode(Icon_default, { name: __props.mixed ? "minus" : "check" }, null, 8, ["name"])]),
				renderSlot(_ctx.$slots, "default")
			]);
		};
	}
});
// src/domain/look.ts
var STALLED_AFTER_MS = 2e4;
var TOKEN = new Set([
	"civitai_login_needed",
	"civitai_key_refused",
	"hf_gated_login",
	"hf_gated_token",
	"hf_token_refused",
	"hf_login_or_missing"
]);
function lookOf(job, stalledMs = 0) {
	switch (job.state) {
		case "running":
			if (isUpkeep(job)) return {
				icon: upkeepIcon(job),
				tone: "go",
				word: `health.working.${job.kind}`
			};
			return stalledMs >= 2e4 ? {
				icon: "queue",
				tone: "warn",
				word: "state.stalled"
			} : {
				icon: "queue",
				tone: "go",
				word: "state.running"
			};
		case "verifying": return {
			icon: "shield",
			tone: "ok",
			word: "state.verifying"
		};
		case "pending": return waiting(job);
		case "paused": return {
			icon: "pause",
			tone: "f2",
			word: "state.paused"
		};
		case "review": return {
			icon: "shq",
			tone: "warn",
			word: "state.review"
		};
		case "failed": return failed(job);
		case "succeeded": return {
			icon: "check",
			tone: "ok",
			word: job.reused ? "state.reused" : "state.succeeded"
		};
		case "cancelled": return {
			icon: "minus",
			tone: "f3",
			word: "state.cancelled"
		};
	}
}
function waiting(job) {
	switch (job.wait_reason) {
		case "retry": return {
			icon: "retry",
			tone: "f2",
			word: "state.retry"
		};
		case "disk": return {
			icon: "disk",
			tone: "warn",
			word: "state.disk"
		};
		case "approval": return {
			icon: "shq",
			tone: "warn",
			word: "state.approval"
		};
		case "credentials": return {
			icon: "key",
			tone: "bad",
			word: "state.credentials"
		};
		case "host_key":
		case "lane":
		case "locked":
		case "offline":
		case null: return {
			icon: "clock",
			tone: "f3",
			word: "state.pending"
		};
	}
}
function failed(job) {
	const code = job.error?.code ?? "";
	if (code === "hf_gated_acceptance") return {
		icon: "lock",
		tone: "bad",
		word: "state.licence"
	};
	if (TOKEN.has(code)) return {
		icon: "key",
		tone: "bad",
		word: "state.credentials"
	};
	return {
		icon: "fail",
		tone: "bad",
		word: "state.failed"
	};
}
function barOf(job, live) {
	if (job.state === "verifying") return "check";
	if (job.state === "running") return "go";
	if (!(job.bytes_done > 0 || (live?.bytes_done ?? 0) > 0)) return null;
	if (job.state === "paused") return "paused";
	if (job.state === "pending") return job.wait_reason === "disk" ? "warn" : "paused";
	return null;
}
var HF_TOKENS = "https://huggingface.co/settings/tokens";
function remedyOf(job) {
	const code = job.error?.code ?? "";
	const page = pageOf(job);
	if (job.state === "review") return { kind: "review" };
	if (job.wait_reason === "approval") return { kind: "approve" };
	const provider = providerOfToken(code);
	if (provider) return {
		kind: "token",
		provider
	};
	if (code === "hf_gated_scope") return {
		kind: "open",
		url: HF_TOKENS,
		label: "do.tokenSettings"
	};
	if (code === "hf_gated_acceptance" && page) return {
		kind: "open",
		url: page,
		label: "do.licence"
	};
	if (OPENS_PAGE.has(code) && page) return {
		kind: "open",
		url: page,
		label: "do.page"
	};
	if (code === "destination_exists") return { kind: "keepBoth" };
	return {
		kind: "act",
		action: "retry",
		label: "do.retry"
	};
}
function providerOfToken(code) {
	if (!TOKEN.has(code)) return null;
	return code.startsWith("civitai") ? "civitai" : "huggingface";
}
var OPENS_PAGE = new Set([
	"civitai_early_access",
	"civitai_paid",
	"civitai_no_grant",
	"civitai_forbidden",
	"not_a_model"
]);
function pageOf(job) {
	const url = job.page ?? job.error?.details["page"] ?? job.error?.details["url"];
	return typeof url === "string" && /^https?:\/\//.test(url) ? url : null;
}
// src/components/base/ProgressBar.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1 = ["aria-valuenow", "aria-label"];
// src/components/base/ProgressBar.vue
var ProgressBar_default = defineComponent({
	__name: "ProgressBar",
	props: {
		cells: {},
		label: {},
		kind: {},
		value: {}
	},
	setup(__props) {
		const props = __props;
		const fractions = computed(() => props.cells.map((cell) => Math.min(1, Math.max(0, cell))));
		const percent = computed(() => {
			const { length } = fractions.value;
			const mean = length > 0 ? fractions.value.reduce((sum, cell) => sum + cell, 0) / length : 0;
			return Math.floor((props.value ?? mean) * 100);
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: normalizeClass(["bar", __props.kind]),
				role: "progressbar",
				"aria-valuemin": "0",
				"aria-valuemax": "100",
				"aria-valuenow": percent.value,
				"aria-label": __props.label
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(fractions.value, (cell, index) => {
				return openBlock(), createElementBlock("i", {
					key: index,
					style: normalizeStyle({ "--f": `${cell * 100}%` })
				}, null, 4);
			}), 128))], 10, _hoisted_1);
		};
	}
});
// src/components/health/newsTexts.ts
var COUNTED = {
	metadata_finished: "total",
	previews_finished: "total",
	hashes_finished: "total",
	changes_finished: "total",
	collection_finished: "total",
	batch_finished: "total",
	updates_checked: "total",
	trash_emptied: "total",
	files_broken: "count",
	task_failed: null,
	schedule_fired: null,
	space_low: null
};
var PLACES = {
	metadata_finished: "job",
	previews_finished: "job",
	updates_checked: "updates",
	changes_finished: "changes",
	trash_emptied: "trash",
	batch_finished: "queue",
	collection_finished: "queue",
	schedule_fired: "schedules",
	space_low: "space",
	files_broken: "broken"
};
function placeOf({ code, job }) {
	const place = PLACES[code] ?? null;
	return place === "job" && job === null ? null : place;
}
function newsTexts(texts) {
	const { t } = texts;
	function problem(code) {
		const key = `errors.${code}.message`;
		const said = t(key);
		return said === key || said.includes("{") ? "" : said;
	}
	function facts({ code, data }) {
		const plain = Object.entries(data).filter((fact) => isPlain(fact[1]));
		const known = Object.fromEntries(plain);
		const { error, kind, task, free } = known;
		return {
			...known,
			count: Number(known[COUNTED[code] ?? ""] ?? 0),
			why: error === void 0 ? "" : problem(`${error}`),
			what: kind === void 0 ? "" : t(`kind.${kind}`),
			task: task === void 0 ? "" : t(`health.task.${task}`),
			free: typeof free === "number" ? texts.bytes(free) : ""
		};
	}
	return (one) => {
		return (one.code in COUNTED ? t(`health.happened.${one.code}`, facts(one)) : problem(one.code)).trim() || t("health.happened.other");
	};
}
function isPlain(fact) {
	return typeof fact === "string" || typeof fact === "number";
}
export { barOf as a, providerOfToken as c, SectionHeading_default as d, moveBetweenRows as f, STALLED_AFTER_MS as i, remedyOf as l, placeOf as n, lookOf as o, ProgressBar_default as r, pageOf as s, newsTexts as t, CheckBox_default as u };
