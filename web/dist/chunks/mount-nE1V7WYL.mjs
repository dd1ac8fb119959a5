import { A as renderSlot, C as nextTick, D as openBlock, E as onUnmounted, F as watch, I as watchEffect, L as withCtx, M as useId, O as provide, P as useTemplateRef, R as withDirectives, T as onMounted, _ as createVNode, a as vModelText, c as Fragment, d as createBaseVNode, f as createBlock, g as createTextVNode, h as createSlots, i as vModelRadio, j as resolveDynamicComponent, k as renderList, m as createElementBlock, o as withKeys, p as createCommentVNode, r as vModelDynamic, s as withModifiers, t as createApp, u as computed, v as defineAsyncComponent, w as onBeforeUnmount, y as defineComponent } from "./vue-BcPPEbeh.mjs";
import { E as unref, at as toDisplayString, c as isRef, h as ref, nt as normalizeClass, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { a as activeBeside, c as MENU_TARGET, d as EmptyState_default, f as IconButton_default, g as usePanel, h as PANEL$1, l as FileName_default, m as Icon_default, n as isMenuKey, o as SelectButton_default, p as Btn_default, r as Dialog_default, t as MenuButton_default } from "./MenuButton-BXaT0XWR.mjs";
import { a as barOf, d as SectionHeading_default, f as moveBetweenRows, l as remedyOf, o as lookOf, r as ProgressBar_default, s as pageOf, t as newsTexts, u as CheckBox_default } from "./newsTexts-BtzT9AvJ.mjs";
import { d as fractionOf, f as isLive, l as bytesOf, o as allows, p as needsPerson, u as countsModels } from "./upkeep-zfscpX2Q.mjs";
import { i as useCopy, n as Tag_default, r as shortHash, t as useSlash } from "./useSlash-CPWcm5n8.mjs";
import { t as ApiError } from "./client-DO2Bakzs.mjs";
import { o as failuresOf, s as keyOf, t as OPENABLE } from "./openedFile-BOdnChTc.mjs";
// src/components/useKeptFocus.ts
var ITEM = "article[tabindex], [data-index]";
function useKeptFocus(frame) {
	const observer = new MutationObserver(settle);
	const last = createLastItem(() => [...frame.value?.querySelectorAll(ITEM) ?? []]);
	let held = null;
	let around = [];
	function onFocusin(event) {
		held = event.target;
		around = ancestorsOf(held);
		last.note(held);
	}
	function onFocusout() {
		queueMicrotask(() => {
			settle(observer.takeRecords());
			if (frame.value && activeBeside(frame.value) !== held) held = null;
		});
	}
	function settle(records) {
		if (held && isLost(held, records)) (isUsable(held) ? held : last.successor() ?? nearest())?.focus({ preventScroll: true });
		last.remember();
	}
	function nearest() {
		return around.filter((element) => frame.value?.contains(element)).flatMap((element) => element.querySelector("button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), a[href], [tabindex]:not([tabindex=\"-1\"])") ?? [])[0];
	}
	onMounted(() => {
		if (!frame.value) return;
		frame.value.addEventListener("focusin", onFocusin);
		frame.value.addEventListener("focusout", onFocusout);
		observer.observe(frame.value, {
			childList: true,
			subtree: true,
			attributeFilter: ["disabled"]
		});
	});
	onBeforeUnmount(() => {
		observer.disconnect();
		held = null;
	});
}
function createLastItem(all) {
	let item = null;
	let group = null;
	let order = [];
	function note(focused) {
		item = focused.closest(ITEM) ?? item;
		remember();
	}
	function remember() {
		if (!item?.isConnected) return;
		group = item.parentElement;
		order = all();
	}
	function successor() {
		if (!item || item.isConnected) return item ?? void 0;
		const { index } = item.dataset;
		if (index !== void 0) return closestTo(Number(index), all());
		const at = order.indexOf(item);
		const left = [...order.slice(at + 1), ...order.slice(0, at).reverse()].filter(isUsable);
		return left.find(({ parentElement }) => parentElement === group) ?? left[0];
	}
	return {
		note,
		remember,
		successor
	};
}
function isLost(held, records) {
	const { activeElement } = document;
	if (held.matches(":disabled")) return activeElement === document.body || activeBeside(held) === held;
	if (activeElement && activeElement !== document.body) return false;
	return records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(held)));
}
function isUsable(element) {
	return element.isConnected && !element.matches(":disabled");
}
function ancestorsOf(element) {
	const parent = element.parentElement;
	return parent ? [parent, ...ancestorsOf(parent)] : [];
}
function closestTo(index, items) {
	const away = (element) => Math.abs(Number(element.dataset["index"]) - index);
	return items.filter(({ dataset }) => dataset["index"] !== void 0).reduce((best, each) => best && away(best) <= away(each) ? best : each, void 0);
}
// src/domain/line.ts
var SETTLED_MS = 5e3;
function lineOf(job, live, texts, moment) {
	const { t } = texts;
	const { done, total } = bytesOf(job, live);
	const bytes = countsModels(job) ? models(done, total, texts) : amount(done, total, texts);
	if (job.control) return {
		strong: t(`state.${job.control}ing`),
		text: "",
		end: bytes
	};
	switch (job.state) {
		case "running": return running(job, live, texts, moment, bytes);
		case "verifying": return {
			strong: t("state.verifying"),
			text: t("line.sha256"),
			end: bytes
		};
		case "paused": return {
			strong: t("state.paused"),
			text: t("line.byYou"),
			end: bytes
		};
		case "succeeded": return {
			strong: "",
			text: texts.folder(job),
			end: total ? texts.bytes(total) : ""
		};
		case "cancelled": return {
			strong: "",
			text: t("state.cancelled"),
			end: bytes
		};
		case "pending": return pending(job, texts, moment, bytes);
		case "review":
		case "failed": return {
			strong: "",
			text: job.error ? texts.message(job.error) : "",
			end: ""
		};
	}
}
function amount(done, total, texts) {
	if (total) return texts.bytesOf(done, total);
	return done ? texts.bytes(done) : "";
}
function models(done, total, texts) {
	return total ? texts.t("line.of", {
		done,
		total
	}) : "";
}
function running(job, live, texts, moment, end) {
	const { t } = texts;
	if (!live) return {
		strong: "",
		text: t("line.starting"),
		end
	};
	if (moment.stalledMs >= 2e4) {
		const seconds = Math.round(moment.stalledMs / 1e3);
		return {
			strong: t("line.stalled", { time: texts.duration(seconds) }),
			text: "",
			end
		};
	}
	if (countsModels(job)) return {
		strong: "",
		text: timeLeft(live, texts),
		end
	};
	if (live.bytes_per_second === 0) return {
		strong: "",
		text: t("line.starting"),
		end
	};
	const left = moment.now - (job.started_at ?? moment.now) > SETTLED_MS ? timeLeft(live, texts) : "";
	return {
		strong: texts.speed(live.bytes_per_second),
		text: left && `· ${left}`,
		end
	};
}
function timeLeft({ seconds_left }, texts) {
	return seconds_left === null ? "" : texts.t("line.left", { time: texts.duration(seconds_left) });
}
function pending(job, texts, moment, bytes) {
	const { t } = texts;
	const cause = job.error ? texts.message(job.error) : "";
	if (job.wait_reason === "retry") {
		const left = Math.max(0, job.run_after - moment.now);
		const again = left > 0 ? t("line.again", { time: texts.countdown(left) }) : t("line.next");
		const attempts = t("line.attempt", {
			n: job.attempts,
			of: job.max_attempts
		});
		return {
			strong: "",
			text: [cause, again].filter(Boolean).join(" · "),
			end: attempts
		};
	}
	if (job.wait_reason === "approval") return {
		strong: "",
		text: t("line.approval", { host: job.host ?? "" }),
		end: bytes
	};
	return {
		strong: "",
		text: cause || t("line.next"),
		end: bytes
	};
}
// src/components/queue/JobDetails.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$29 = { class: "exp" };
var _hoisted_2$24 = {
	key: 0,
	class: "f2"
};
var _hoisted_3$21 = { class: "ev" };
var _hoisted_4$13 = { class: "warn" };
var _hoisted_5$9 = { class: "acl" };
var _hoisted_6$8 = {
	key: 2,
	class: "steps"
};
var _hoisted_7$8 = { key: 0 };
var _hoisted_8$7 = { class: "kv" };
var _hoisted_9$5 = ["title"];
var _hoisted_10$5 = ["title"];
var _hoisted_11$4 = { class: "el" };
var _hoisted_12$4 = ["title"];
var _hoisted_13$2 = { class: "num" };
var _hoisted_14$2 = { class: "num" };
var _hoisted_15$1 = { class: "el" };
// src/components/queue/JobDetails.vue
var JobDetails_default = defineComponent({
	__name: "JobDetails",
	props: { job: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { client, queue, texts } = panel;
		const { t } = texts;
		const STEPS = [
			"found",
			"download",
			"check",
			"place"
		];
		const AT = {
			running: 1,
			verifying: 2,
			review: 2,
			succeeded: 4
		};
		const detail = ref(null);
		const live = computed(() => queue.live.value[props.job.id]);
		const step = computed(() => AT[props.job.state] ?? 1);
		const decides = computed(() => allows(props.job, "approve"));
		const asksHost = computed(() => props.job.wait_reason === "approval");
		const history = computed(() => (detail.value?.history ?? []).slice(-6).reverse());
		watch(() => [props.job.id, props.job.updated_at], async () => {
			detail.value = await panel.attempt(() => client.job(props.job.id)) ?? null;
		}, { immediate: true });
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$29, [
				__props.job.error ? (openBlock(), createElementBlock("p", _hoisted_2$24, toDisplayString(unref(texts).hint(__props.job.error)), 1)) : createCommentVNode("", true),
				decides.value ? (openBlock(), createElementBlock(Fragment, { key: 1 }, [createBaseVNode("div", _hoisted_3$21, [
					createBaseVNode("span", _hoisted_4$13, [createVNode(Icon_default, {
						name: "warn",
						size: "s"
					})]),
					createBaseVNode("span", null, toDisplayString(unref(t)(asksHost.value ? "review.host" : "review.source", { host: __props.job.host ?? "" })), 1),
					createBaseVNode("span", { class: normalizeClass(__props.job.sha256_published ? "ok" : "f3") }, [createVNode(Icon_default, {
						name: __props.job.sha256_published ? "check" : "minus",
						size: "s"
					}, null, 8, ["name"])], 2),
					createBaseVNode("span", null, toDisplayString(unref(t)(__props.job.sha256_published ? "review.hash" : "review.noHash")), 1)
				]), createBaseVNode("div", _hoisted_5$9, [createVNode(Btn_default, {
					variant: "pri",
					class: "sp",
					onClick: _cache[0] || (_cache[0] = ($event) => unref(panel).act(__props.job, "approve"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)(asksHost.value ? "do.allowHost" : "do.keep")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					class: "sp",
					onClick: _cache[1] || (_cache[1] = ($event) => unref(panel).act(__props.job, "reject"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.discard")), 1)]),
					_: 1
				})])], 64)) : __props.job.state !== "failed" && __props.job.state !== "cancelled" ? (openBlock(), createElementBlock("div", _hoisted_6$8, [(openBlock(), createElementBlock(Fragment, null, renderList(STEPS, (name, n) => {
					return openBlock(), createElementBlock(Fragment, { key: name }, [n ? (openBlock(), createElementBlock("i", _hoisted_7$8)) : createCommentVNode("", true), createBaseVNode("span", { class: normalizeClass({
						done: n < step.value,
						now: n === step.value
					}) }, [n < step.value ? (openBlock(), createBlock(Icon_default, {
						key: 0,
						name: "check",
						size: "xs"
					})) : createCommentVNode("", true), createTextVNode(toDisplayString(unref(t)(`step.${name}`)), 1)], 2)], 64);
				}), 64))])) : createCommentVNode("", true),
				createBaseVNode("dl", _hoisted_8$7, [
					__props.job.host ? (openBlock(), createElementBlock(Fragment, { key: 0 }, [createBaseVNode("dt", null, toDisplayString(unref(t)("detail.from")), 1), createBaseVNode("dd", {
						class: "el",
						title: detail.value?.url ?? ""
					}, [createTextVNode(toDisplayString(__props.job.provider ? unref(t)(`provider.${__props.job.provider}`) : "") + " · ", 1), createBaseVNode("bdi", null, toDisplayString(__props.job.host), 1)], 8, _hoisted_9$5)], 64)) : createCommentVNode("", true),
					createBaseVNode("dt", null, toDisplayString(unref(t)("detail.to")), 1),
					createBaseVNode("dd", {
						class: "el",
						title: __props.job.path ?? ""
					}, [createBaseVNode("bdi", null, toDisplayString(__props.job.path), 1)], 8, _hoisted_10$5),
					_cache[2] || (_cache[2] = createBaseVNode("dt", null, "sha256", -1)),
					createBaseVNode("dd", _hoisted_11$4, [__props.job.sha256 ? (openBlock(), createElementBlock("span", {
						key: 0,
						class: "mono",
						title: __props.job.sha256
					}, toDisplayString(unref(shortHash)(__props.job.sha256)), 9, _hoisted_12$4)) : createCommentVNode("", true), createTextVNode(" " + toDisplayString(unref(t)(__props.job.sha256_published ? "detail.published" : "detail.computed")), 1)]),
					live.value && live.value.connections ? (openBlock(), createElementBlock(Fragment, { key: 1 }, [createBaseVNode("dt", null, toDisplayString(unref(t)("detail.via")), 1), createBaseVNode("dd", _hoisted_13$2, toDisplayString(unref(t)("detail.connections", { count: live.value.connections })), 1)], 64)) : createCommentVNode("", true),
					(openBlock(true), createElementBlock(Fragment, null, renderList(history.value, (entry) => {
						return openBlock(), createElementBlock(Fragment, { key: entry.n }, [createBaseVNode("dt", _hoisted_14$2, toDisplayString(unref(texts).when(entry.at, unref(panel).ui.now)), 1), createBaseVNode("dd", _hoisted_15$1, toDisplayString(unref(t)(`event.${entry.event}`)), 1)], 64);
					}), 128))
				])
			]);
		};
	}
});
// src/components/queue/JobRemedy.vue
var JobRemedy_default = defineComponent({
	__name: "JobRemedy",
	props: { job: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { t } = panel.texts;
		const remedy = computed(() => remedyOf(props.job));
		const label = computed(() => {
			switch (remedy.value.kind) {
				case "token": return t("do.setToken");
				case "open":
				case "act": return t(remedy.value.label);
				case "review":
				case "approve":
				case "keepBoth": return t(`do.${remedy.value.kind}`);
			}
		});
		function press() {
			const it = remedy.value;
			if (it.kind === "token") panel.ui.question = {
				kind: "token",
				provider: it.provider
			};
			if (it.kind === "act") panel.act(props.job, it.action);
			if (it.kind === "keepBoth") panel.keepBoth(props.job);
			if (it.kind === "review" || it.kind === "approve") panel.ui.open = props.job.id;
		}
		return (_ctx, _cache) => {
			return remedy.value.kind === "open" ? (openBlock(), createBlock(Btn_default, {
				key: 0,
				size: "s",
				href: remedy.value.url
			}, {
				default: withCtx(() => [createTextVNode(toDisplayString(label.value), 1)]),
				_: 1
			}, 8, ["href"])) : (openBlock(), createBlock(Btn_default, {
				key: 1,
				size: "s",
				onClick: press
			}, {
				default: withCtx(() => [createTextVNode(toDisplayString(label.value), 1)]),
				_: 1
			}));
		};
	}
});
// src/components/queue/useJobMenu.ts
function useJobMenu(job) {
	const panel = usePanel();
	const { t } = panel.texts;
	const copy = useCopy();
	const items = computed(() => {
		const it = job();
		return [
			allows(it, "pause") && {
				id: "pause",
				label: t("do.pause"),
				icon: "pause",
				hint: t("key.space")
			},
			allows(it, "resume") && {
				id: "resume",
				label: t("do.resume"),
				icon: "play",
				hint: t("key.space")
			},
			allows(it, "retry") && {
				id: "retry",
				label: retryLabel(it),
				icon: "retry",
				hint: "R"
			},
			allows(it, "approve") && {
				id: "approve",
				label: t("do.keep"),
				icon: "check"
			},
			allows(it, "reject") && {
				id: "reject",
				label: t("do.discard"),
				icon: "x",
				danger: true
			},
			pageOf(it) !== null && {
				id: "page",
				label: t("do.page"),
				icon: "out",
				startsGroup: true
			},
			it.path !== null && {
				id: "path",
				label: t("do.copyPath"),
				icon: "copy"
			},
			{
				id: "report",
				label: t("do.report"),
				icon: "doc"
			},
			allows(it, "cancel") && {
				id: "cancel",
				label: t("do.cancel"),
				icon: "x",
				hint: t("key.delete"),
				danger: true,
				startsGroup: true
			},
			it.finished_at !== null && {
				id: "remove",
				label: t("do.remove"),
				icon: "trash",
				startsGroup: true
			}
		].filter((item) => item !== false);
	});
	function retryLabel(it) {
		if (it.state === "cancelled") return t("do.getAgain");
		return it.state === "pending" ? t("do.tryNow") : t("do.retry");
	}
	async function choose(id) {
		const it = job();
		if (id === "remove") return panel.remove(it);
		if (id === "page") return void window.open(pageOf(it) ?? "", "_blank", "noopener");
		if (id === "path") return copy(it.path ?? "");
		if (id === "report") return report(it);
		return panel.act(it, id);
	}
	async function report(it) {
		const detail = await panel.attempt(() => panel.client.job(it.id));
		if (detail) await copy(JSON.stringify(detail, null, 1));
	}
	return {
		items,
		choose
	};
}
// src/components/queue/JobRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$28 = [
	"data-job",
	"data-state",
	"aria-label"
];
var _hoisted_2$23 = ["title"];
var _hoisted_3$20 = { class: "vh" };
var _hoisted_4$12 = { class: "l1" };
var _hoisted_5$8 = ["title"];
var _hoisted_6$7 = {
	key: 0,
	class: "num"
};
var _hoisted_7$7 = {
	key: 0,
	class: "e num"
};
// src/components/queue/JobRow.vue
var JobRow_default = defineComponent({
	__name: "JobRow",
	props: { job: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { queue, texts, ui } = panel;
		const { t } = texts;
		const name = computed(() => props.job.name || t(`kind.${props.job.kind}`));
		const live = computed(() => queue.live.value[props.job.id]);
		const moment = computed(() => ({
			now: ui.now,
			stalledMs: queue.stalledFor(props.job.id)
		}));
		const look = computed(() => lookOf(props.job, moment.value.stalledMs));
		const line = computed(() => lineOf(props.job, live.value, texts, moment.value));
		const bar = computed(() => barOf(props.job, live.value));
		const isOpen = computed(() => ui.open === props.job.id);
		const urgent = computed(() => needsPerson(props.job));
		const bytes = computed(() => bytesOf(props.job, live.value));
		const { items, choose } = useJobMenu(() => props.job);
		const menu = useTemplateRef("menu");
		function toggle() {
			ui.open = isOpen.value ? null : props.job.id;
		}
		function onKeydown(event) {
			if (!isMenuKey(event)) return;
			event.preventDefault();
			menu.value?.open();
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: normalizeClass(["row", { hov: isOpen.value }]),
				"data-job": __props.job.id,
				"data-state": __props.job.state,
				tabindex: "0",
				"aria-label": `${name.value}, ${unref(t)(look.value.word)}`,
				onClick: toggle,
				onKeydown: withModifiers(onKeydown, ["self"])
			}, [
				createBaseVNode("span", {
					class: normalizeClass(["st", look.value.tone]),
					title: unref(t)(look.value.word)
				}, [createVNode(Icon_default, { name: look.value.icon }, null, 8, ["name"]), createBaseVNode("span", _hoisted_3$20, toDisplayString(unref(t)(look.value.word)), 1)], 10, _hoisted_2$23),
				createBaseVNode("div", null, [
					createBaseVNode("div", _hoisted_4$12, [createVNode(FileName_default, { name: name.value }, null, 8, ["name"]), createBaseVNode("span", {
						class: "acts",
						onClick: _cache[2] || (_cache[2] = withModifiers(() => {}, ["stop"]))
					}, [urgent.value ? (openBlock(), createBlock(JobRemedy_default, {
						key: 0,
						job: __props.job
					}, null, 8, ["job"])) : unref(allows)(__props.job, "pause") ? (openBlock(), createBlock(IconButton_default, {
						key: 1,
						icon: "pause",
						small: "",
						label: unref(t)("do.pause"),
						onClick: _cache[0] || (_cache[0] = ($event) => unref(panel).act(__props.job, "pause"))
					}, null, 8, ["label"])) : unref(allows)(__props.job, "resume") ? (openBlock(), createBlock(IconButton_default, {
						key: 2,
						icon: "play",
						small: "",
						label: unref(t)("do.resume"),
						onClick: _cache[1] || (_cache[1] = ($event) => unref(panel).act(__props.job, "resume"))
					}, null, 8, ["label"])) : createCommentVNode("", true), createVNode(MenuButton_default, {
						ref_key: "menu",
						ref: menu,
						label: unref(t)("do.more"),
						items: unref(items),
						onChoose: unref(choose)
					}, null, 8, [
						"label",
						"items",
						"onChoose"
					])])]),
					bar.value ? (openBlock(), createBlock(ProgressBar_default, {
						key: 0,
						cells: [unref(fractionOf)(__props.job, live.value)],
						kind: bar.value,
						label: name.value,
						"data-bytes": bytes.value.done
					}, null, 8, [
						"cells",
						"kind",
						"label",
						"data-bytes"
					])) : createCommentVNode("", true),
					createBaseVNode("div", { class: normalizeClass(["l2", { msg: urgent.value && isOpen.value }]) }, [createBaseVNode("span", {
						class: normalizeClass({ el: !isOpen.value }),
						title: line.value.text
					}, [line.value.strong ? (openBlock(), createElementBlock("b", _hoisted_6$7, toDisplayString(line.value.strong), 1)) : createCommentVNode("", true), createTextVNode(" " + toDisplayString(line.value.text), 1)], 10, _hoisted_5$8), line.value.end ? (openBlock(), createElementBlock("span", _hoisted_7$7, toDisplayString(line.value.end), 1)) : createCommentVNode("", true)], 2)
				]),
				isOpen.value ? (openBlock(), createBlock(JobDetails_default, {
					key: 0,
					job: __props.job,
					onClick: _cache[3] || (_cache[3] = withModifiers(() => {}, ["stop"]))
				}, null, 8, ["job"])) : createCommentVNode("", true)
			], 42, _hoisted_1$28);
		};
	}
});
// src/components/queue/BatchGroup.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$27 = ["aria-label"];
var _hoisted_2$22 = ["data-batch"];
var _hoisted_3$19 = {
	class: "ring",
	viewBox: "0 0 16 16",
	"aria-hidden": "true"
};
var _hoisted_4$11 = ["stroke-dasharray"];
var _hoisted_5$7 = { class: "n el" };
var _hoisted_6$6 = { class: "acts" };
var _hoisted_7$6 = { class: "num f2" };
var _hoisted_8$6 = {
	key: 0,
	class: "kids"
};
var _hoisted_9$4 = ["aria-expanded"];
var _hoisted_10$4 = { class: "ok" };
var _hoisted_11$3 = { class: "sp" };
var _hoisted_12$3 = { class: "num" };
var RING = 37.7;
// src/components/queue/BatchGroup.vue
var BatchGroup_default = defineComponent({
	__name: "BatchGroup",
	props: { group: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { queue, texts } = panel;
		const { t } = texts;
		const folded = ref(false);
		const showReady = ref(false);
		const batch = computed(() => props.group.batch);
		const counts = computed(() => {
			const it = batch.value.batch;
			return it ? `${it.succeeded + it.reused}/${it.total}` : "";
		});
		const fraction = computed(() => {
			const members = [...props.group.live, ...props.group.ready];
			const sum = members.reduce((all, job) => all + fractionOf(job, queue.live.value[job.id]), 0);
			return members.length > 0 ? sum / members.length : 0;
		});
		const readyBytes = computed(() => props.group.ready.reduce((all, job) => all + (job.bytes_total ?? 0), 0));
		const title = computed(() => batch.value.name || t("queue.batch"));
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("section", { "aria-label": title.value }, [
				createBaseVNode("div", {
					class: "bat",
					"data-batch": batch.value.id
				}, [
					(openBlock(), createElementBlock("svg", _hoisted_3$19, [_cache[4] || (_cache[4] = createBaseVNode("circle", {
						cx: "8",
						cy: "8",
						r: "6"
					}, null, -1)), createBaseVNode("circle", {
						cx: "8",
						cy: "8",
						r: "6",
						"stroke-dasharray": `${fraction.value * RING} 40`
					}, null, 8, _hoisted_4$11)])),
					createBaseVNode("div", _hoisted_5$7, toDisplayString(title.value), 1),
					createBaseVNode("span", _hoisted_6$6, [
						createBaseVNode("span", _hoisted_7$6, toDisplayString(counts.value), 1),
						unref(allows)(batch.value, "pause") ? (openBlock(), createBlock(IconButton_default, {
							key: 0,
							icon: "pause",
							small: "",
							label: unref(t)("do.pauseBatch"),
							onClick: _cache[0] || (_cache[0] = ($event) => unref(panel).act(batch.value, "pause"))
						}, null, 8, ["label"])) : unref(allows)(batch.value, "resume") ? (openBlock(), createBlock(IconButton_default, {
							key: 1,
							icon: "play",
							small: "",
							label: unref(t)("do.resumeBatch"),
							onClick: _cache[1] || (_cache[1] = ($event) => unref(panel).act(batch.value, "resume"))
						}, null, 8, ["label"])) : createCommentVNode("", true),
						createVNode(IconButton_default, {
							icon: folded.value ? "right" : "down",
							small: "",
							label: unref(t)(folded.value ? "do.unfold" : "do.fold"),
							"aria-expanded": !folded.value,
							onClick: _cache[2] || (_cache[2] = ($event) => folded.value = !folded.value)
						}, null, 8, [
							"icon",
							"label",
							"aria-expanded"
						])
					])
				], 8, _hoisted_2$22),
				!folded.value ? (openBlock(), createElementBlock("div", _hoisted_8$6, [
					(openBlock(true), createElementBlock(Fragment, null, renderList(__props.group.live, (job) => {
						return openBlock(), createBlock(JobRow_default, {
							key: job.id,
							job
						}, null, 8, ["job"]);
					}), 128)),
					__props.group.ready.length ? (openBlock(), createElementBlock("button", {
						key: 0,
						type: "button",
						class: "fold in",
						"aria-expanded": showReady.value,
						onClick: _cache[3] || (_cache[3] = ($event) => showReady.value = !showReady.value)
					}, [
						createBaseVNode("span", _hoisted_10$4, [createVNode(Icon_default, { name: "check" })]),
						createBaseVNode("span", _hoisted_11$3, toDisplayString(unref(t)("queue.ready", { count: __props.group.ready.length })), 1),
						createBaseVNode("span", _hoisted_12$3, toDisplayString(unref(texts).bytes(readyBytes.value)), 1),
						createVNode(Icon_default, {
							name: showReady.value ? "down" : "right",
							size: "s"
						}, null, 8, ["name"])
					], 8, _hoisted_9$4)) : createCommentVNode("", true),
					showReady.value ? (openBlock(true), createElementBlock(Fragment, { key: 1 }, renderList(__props.group.ready, (job) => {
						return openBlock(), createBlock(JobRow_default, {
							key: job.id,
							job
						}, null, 8, ["job"]);
					}), 128)) : createCommentVNode("", true)
				])) : createCommentVNode("", true),
				_cache[5] || (_cache[5] = createBaseVNode("hr", { class: "rule" }, null, -1))
			], 8, _hoisted_1$27);
		};
	}
});
// src/components/queue/FinishedDay.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$26 = ["aria-label"];
var _hoisted_2$21 = { class: "num" };
var _hoisted_3$18 = { class: "acl clear" };
// src/components/queue/FinishedDay.vue
var FinishedDay_default = defineComponent({
	__name: "FinishedDay",
	props: { day: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { texts, ui } = panel;
		const { t } = texts;
		const open = ref(false);
		const title = computed(() => {
			if (new Date(ui.now).setHours(0, 0, 0, 0) === props.day.day) return t("queue.finishedToday");
			return t("queue.finishedOn", { day: texts.when(props.day.day, ui.now) });
		});
		const note = computed(() => `${texts.count(props.day.jobs.length)} · ${texts.bytes(props.day.bytes)}`);
		async function clear() {
			for (const job of props.day.jobs) await panel.remove(job);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("section", {
				"aria-label": title.value,
				class: "finished"
			}, [createVNode(SectionHeading_default, {
				title: title.value,
				open: open.value,
				ruled: "",
				onToggle: _cache[0] || (_cache[0] = ($event) => open.value = !open.value)
			}, {
				default: withCtx(() => [createBaseVNode("span", _hoisted_2$21, toDisplayString(note.value), 1)]),
				_: 1
			}, 8, ["title", "open"]), open.value ? (openBlock(), createElementBlock(Fragment, { key: 0 }, [(openBlock(true), createElementBlock(Fragment, null, renderList(__props.day.jobs, (job) => {
				return openBlock(), createBlock(JobRow_default, {
					key: job.id,
					job
				}, null, 8, ["job"]);
			}), 128)), createBaseVNode("div", _hoisted_3$18, [createVNode(Btn_default, {
				size: "s",
				variant: "gh",
				icon: "trash",
				onClick: clear
			}, {
				default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.clearList")), 1)]),
				_: 1
			})])], 64)) : createCommentVNode("", true)], 8, _hoisted_1$26);
		};
	}
});
// src/components/useInspection.ts
var WAIT_MS = 350;
function useInspection() {
	const { client } = usePanel();
	const text = ref("");
	const found = shallowRef(null);
	const problem = shallowRef(null);
	const busy = ref(false);
	const single = computed(() => found.value?.items.length === 1 ? found.value.items[0] ?? null : null);
	let asked = new AbortController();
	let timer;
	function forget() {
		clearTimeout(timer);
		asked.abort();
	}
	watch(text, (now) => {
		forget();
		found.value = null;
		problem.value = null;
		busy.value = false;
		if (now.trim()) timer = setTimeout(() => void inspect(now), WAIT_MS);
	});
	onUnmounted(forget);
	async function inspect(wanted) {
		asked = new AbortController();
		const { signal } = asked;
		busy.value = true;
		try {
			found.value = await client.inspect(wanted, signal);
		} catch (error) {
			if (signal.aborted) return;
			if (!(error instanceof ApiError)) throw error;
			problem.value = error.problem;
		} finally {
			if (!signal.aborted) busy.value = false;
		}
	}
	return {
		text,
		found,
		single,
		problem,
		busy
	};
}
// src/components/queue/LinkCard.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$25 = { class: "l1" };
var _hoisted_2$20 = { class: "go" };
var _hoisted_3$17 = {
	key: 0,
	class: "f2"
};
var _hoisted_4$10 = { class: "num" };
var _hoisted_5$6 = {
	key: 0,
	class: "f3"
};
var _hoisted_6$5 = {
	key: 2,
	class: "tags"
};
var _hoisted_7$5 = ["title"];
var _hoisted_8$5 = {
	key: 5,
	class: "go-line"
};
// src/components/queue/LinkCard.vue
var LinkCard_default = defineComponent({
	__name: "LinkCard",
	props: { link: {} },
	emits: ["done"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const panel = usePanel();
		const { client, queue, texts, ui } = panel;
		const { t } = texts;
		const folders = shallowRef([]);
		const place = ref(key(props.link.category ?? "", props.link.root ?? ""));
		const file = ref(props.link.files[0]?.url ?? "");
		watch(() => props.link, (link) => {
			place.value = key(link.category ?? "", link.root ?? "");
			file.value = link.files[0]?.url ?? "";
		});
		panel.attempt(async () => folders.value = await client.folders());
		const needsCategory = computed(() => props.link.error?.code === "category_needed");
		const fetchable = computed(() => !props.link.error || needsCategory.value);
		const source = computed(() => [props.link.provider && t(`provider.${props.link.provider}`), props.link.category].filter(Boolean).join(" · "));
		const places = computed(() => folders.value.filter((folder) => folder.writable).map((folder) => ({
			id: key(folder.category, folder.path),
			label: tailOf(folder.path),
			hint: folder.free === null ? folder.category : texts.bytes(folder.free)
		})));
		const files = computed(() => props.link.files.map((each) => ({
			id: each.url,
			label: [each.name, each.note].filter(Boolean).join(" · "),
			hint: each.size ? texts.bytes(each.size) : ""
		})));
		const free = computed(() => folders.value.find((folder) => key(folder.category, folder.path) === place.value)?.free ?? props.link.free);
		const tooLarge = computed(() => free.value !== null && props.link.size !== null && props.link.size > free.value);
		const remedy = computed(() => props.link.error ? remedyOf({
			state: "failed",
			error: props.link.error,
			wait_reason: null,
			page: null
		}) : null);
		function tailOf(path) {
			const parts = path.split(/[\\/]/);
			return parts.length > 3 ? `…/${parts.slice(-2).join("/")}` : path;
		}
		function key(category, path) {
			return `${category}|${path}`;
		}
		async function get() {
			const [category, ...rest] = place.value.split("|");
			const request = { url: file.value || props.link.url || props.link.text };
			if (category) Object.assign(request, {
				category,
				root: rest.join("|") || void 0
			});
			const job = await panel.attempt(() => client.add(request));
			if (!job) return;
			queue.put(job);
			emit("done");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [
				createBaseVNode("div", _hoisted_1$25, [createBaseVNode("span", _hoisted_2$20, [createVNode(Icon_default, { name: __props.link.provider === "huggingface" ? "hf" : "link" }, null, 8, ["name"])]), createVNode(FileName_default, {
					name: __props.link.name ?? __props.link.text,
					plain: !__props.link.name,
					keep: __props.link.name ? 12 : 21
				}, null, 8, [
					"name",
					"plain",
					"keep"
				])]),
				source.value ? (openBlock(), createElementBlock("div", _hoisted_3$17, [createTextVNode(toDisplayString(source.value), 1), __props.link.size ? (openBlock(), createElementBlock(Fragment, { key: 0 }, [_cache[3] || (_cache[3] = createTextVNode(" · ", -1)), createBaseVNode("span", _hoisted_4$10, toDisplayString(unref(texts).bytes(__props.link.size)), 1)], 64)) : createCommentVNode("", true)])) : createCommentVNode("", true),
				__props.link.error ? (openBlock(), createElementBlock("p", {
					key: 1,
					class: normalizeClass(needsCategory.value ? "warn" : "bad")
				}, [createTextVNode(toDisplayString(needsCategory.value ? unref(t)("paste.whichFolder") : unref(texts).message(__props.link.error)) + " ", 1), !needsCategory.value ? (openBlock(), createElementBlock("span", _hoisted_5$6, toDisplayString(unref(texts).hint(__props.link.error)), 1)) : createCommentVNode("", true)], 2)) : createCommentVNode("", true),
				fetchable.value ? (openBlock(), createElementBlock("div", _hoisted_6$5, [
					__props.link.sha256 ? (openBlock(), createBlock(Tag_default, {
						key: 0,
						kind: "ok",
						icon: "shc"
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("paste.hashKnown")), 1)]),
						_: 1
					})) : (openBlock(), createBlock(Tag_default, {
						key: 1,
						kind: "strip"
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("paste.hashUnknown")), 1)]),
						_: 1
					})),
					__props.link.here ? (openBlock(), createBlock(Tag_default, {
						key: 2,
						kind: "go",
						icon: "check"
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("paste.here")), 1)]),
						_: 1
					})) : !__props.link.error ? (openBlock(), createBlock(Tag_default, {
						key: 3,
						kind: "ok",
						icon: "check"
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("paste.new")), 1)]),
						_: 1
					})) : createCommentVNode("", true),
					free.value !== null ? (openBlock(), createBlock(Tag_default, {
						key: 4,
						kind: tooLarge.value ? "bad" : void 0
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("paste.free", { size: unref(texts).bytes(free.value) })), 1)]),
						_: 1
					}, 8, ["kind"])) : createCommentVNode("", true)
				])) : createCommentVNode("", true),
				files.value.length ? (openBlock(), createBlock(SelectButton_default, {
					key: 3,
					modelValue: file.value,
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => file.value = $event),
					label: unref(t)("paste.file"),
					items: files.value
				}, null, 8, [
					"modelValue",
					"label",
					"items"
				])) : createCommentVNode("", true),
				__props.link.here ? (openBlock(), createElementBlock("p", {
					key: 4,
					class: "f3 el",
					title: __props.link.here
				}, [createBaseVNode("bdi", null, toDisplayString(__props.link.here), 1)], 8, _hoisted_7$5)) : createCommentVNode("", true),
				fetchable.value ? (openBlock(), createElementBlock("div", _hoisted_8$5, [createVNode(Btn_default, {
					variant: "pri",
					icon: "queue",
					class: "sp",
					disabled: needsCategory.value && place.value.startsWith("|"),
					onClick: get
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)(__props.link.here ? "do.getAgain" : "do.get")), 1)]),
					_: 1
				}, 8, ["disabled"]), createVNode(SelectButton_default, {
					modelValue: place.value,
					"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => place.value = $event),
					label: unref(t)("paste.folder"),
					items: places.value
				}, null, 8, [
					"modelValue",
					"label",
					"items"
				])])) : remedy.value?.kind === "token" ? (openBlock(), createBlock(Btn_default, {
					key: 6,
					icon: "key",
					onClick: _cache[2] || (_cache[2] = ($event) => unref(ui).question = {
						kind: "token",
						provider: remedy.value.provider
					})
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.setToken")), 1)]),
					_: 1
				})) : createCommentVNode("", true)
			], 64);
		};
	}
});
// src/components/queue/LinkList.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$24 = { class: "links" };
var _hoisted_2$19 = ["title"];
var _hoisted_3$16 = {
	key: 0,
	class: "f3"
};
var MOST$1 = 12;
// src/components/queue/LinkList.vue
var LinkList_default = defineComponent({
	__name: "LinkList",
	props: { items: {} },
	emits: ["get"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { texts } = usePanel();
		const { t } = texts;
		const ready = computed(() => props.items.filter((item) => !item.error && item.files.length === 0));
		const bytes = computed(() => ready.value.reduce((all, item) => all + (item.size ?? 0), 0));
		function why(item) {
			if (item.error) return texts.message(item.error);
			if (item.files.length > 0) return t("paste.several", { count: item.files.length });
			return item.category ?? "";
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [
				createBaseVNode("ul", _hoisted_1$24, [(openBlock(true), createElementBlock(Fragment, null, renderList(__props.items.slice(0, MOST$1), (item) => {
					return openBlock(), createElementBlock("li", {
						key: item.text,
						class: "l2"
					}, [
						createBaseVNode("span", { class: normalizeClass(item.error || item.files.length ? "warn" : "ok") }, [createVNode(Icon_default, {
							name: item.error || item.files.length ? "warn" : "check",
							size: "s"
						}, null, 8, ["name"])], 2),
						createVNode(FileName_default, {
							name: item.name ?? item.text,
							plain: !item.name,
							keep: 21
						}, null, 8, ["name", "plain"]),
						createBaseVNode("span", {
							class: "e el",
							title: why(item)
						}, toDisplayString(item.size ? unref(texts).bytes(item.size) : why(item)), 9, _hoisted_2$19)
					]);
				}), 128))]),
				__props.items.length > MOST$1 ? (openBlock(), createElementBlock("p", _hoisted_3$16, toDisplayString(unref(t)("queue.more", { count: __props.items.length - MOST$1 })), 1)) : createCommentVNode("", true),
				ready.value.length ? (openBlock(), createBlock(Btn_default, {
					key: 1,
					variant: "pri",
					icon: "queue",
					wide: "",
					onClick: _cache[0] || (_cache[0] = ($event) => emit("get", [...ready.value]))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("paste.getAll", {
						count: ready.value.length,
						size: unref(texts).bytes(bytes.value)
					})), 1)]),
					_: 1
				})) : createCommentVNode("", true)
			], 64);
		};
	}
});
// src/components/queue/PasteField.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$23 = { class: "paste" };
var _hoisted_2$18 = { class: "fld" };
var _hoisted_3$15 = { class: "f3" };
var _hoisted_4$9 = { class: "vh" };
var _hoisted_5$5 = ["placeholder", "onKeydown"];
var _hoisted_6$4 = {
	key: 1,
	class: "kbd",
	"aria-hidden": "true"
};
var _hoisted_7$4 = {
	key: 0,
	class: "rec",
	role: "status",
	"aria-live": "polite"
};
var _hoisted_8$4 = {
	key: 0,
	class: "f3"
};
var _hoisted_9$3 = {
	key: 1,
	class: "bad"
};
var _hoisted_10$3 = { class: "f3" };
// src/components/queue/PasteField.vue
var PasteField_default = defineComponent({
	__name: "PasteField",
	setup(__props) {
		const panel = usePanel();
		const { client, queue, texts, ui } = panel;
		const { t } = texts;
		const { text, found, single, problem, busy } = useInspection();
		const field = useTemplateRef("field");
		function onPaste(event) {
			const pasted = event.clipboardData?.getData("text") ?? "";
			if (!pasted.includes("\n")) return;
			event.preventDefault();
			text.value = `${text.value} ${pasted.split(/\s+/).join(" ")}`.trim();
		}
		async function getAll(items) {
			const requests = items.map((item) => ({
				url: item.url ?? item.text,
				category: item.category
			}));
			const accepted = await panel.attempt(() => client.addBatch(requests));
			if (!accepted) return;
			if (accepted.job) queue.put(accepted.job);
			clear();
		}
		function clear() {
			text.value = "";
			const paste = field.value?.closest(".paste");
			const { activeElement } = paste?.getRootNode() ?? document;
			if (paste?.contains(activeElement)) field.value?.focus();
		}
		useSlash(field);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$23, [createBaseVNode("label", _hoisted_2$18, [
				createBaseVNode("span", _hoisted_3$15, [createVNode(Icon_default, { name: "link" })]),
				createBaseVNode("span", _hoisted_4$9, toDisplayString(unref(t)("paste.label")), 1),
				withDirectives(createBaseVNode("input", {
					ref_key: "field",
					ref: field,
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => isRef(text) ? text.value = $event : null),
					class: "sp",
					type: "text",
					autocomplete: "off",
					spellcheck: "false",
					placeholder: unref(t)("paste.label"),
					onPaste,
					onKeydown: withKeys(withModifiers(clear, ["stop"]), ["esc"])
				}, null, 40, _hoisted_5$5), [[vModelText, unref(text)]]),
				unref(text) ? (openBlock(), createBlock(IconButton_default, {
					key: 0,
					icon: "x",
					small: "",
					label: unref(t)("do.clear"),
					onClick: clear
				}, null, 8, ["label"])) : (openBlock(), createElementBlock("span", _hoisted_6$4, "/"))
			]), unref(text).trim() ? (openBlock(), createElementBlock("div", _hoisted_7$4, [unref(busy) ? (openBlock(), createElementBlock("span", _hoisted_8$4, toDisplayString(unref(t)("paste.looking")), 1)) : unref(problem) ? (openBlock(), createElementBlock("p", _hoisted_9$3, [
				createTextVNode(toDisplayString(unref(texts).message(unref(problem))) + " ", 1),
				createBaseVNode("span", _hoisted_10$3, toDisplayString(unref(texts).hint(unref(problem))), 1),
				unref(problem).code === "pairing_needed" ? (openBlock(), createBlock(Btn_default, {
					key: 0,
					size: "s",
					onClick: _cache[1] || (_cache[1] = ($event) => unref(ui).question = { kind: "pair" })
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("pair.button")), 1)]),
					_: 1
				})) : createCommentVNode("", true)
			])) : unref(single) ? (openBlock(), createBlock(LinkCard_default, {
				key: 2,
				link: unref(single),
				onDone: clear
			}, null, 8, ["link"])) : unref(found) ? (openBlock(), createBlock(LinkList_default, {
				key: 3,
				items: unref(found).items,
				onGet: getAll
			}, null, 8, ["items"])) : createCommentVNode("", true)])) : createCommentVNode("", true)]);
		};
	}
});
// src/components/base/sparkPath.ts
var SPARK_BOX = {
	width: 100,
	height: 24
};
var INSET = 1;
function sparkPath(values, capacity) {
	const peak = Math.max(...values, Number.MIN_VALUE);
	const step = SPARK_BOX.width / (capacity - 1);
	const start = SPARK_BOX.width - step * (values.length - 1);
	const rise = SPARK_BOX.height - 2;
	return values.map((value, at) => {
		const x = start + at * step;
		const y = SPARK_BOX.height - INSET - Math.max(0, value) / peak * rise;
		return `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
	}).join("");
}
function sparkArea(values, capacity) {
	const start = SPARK_BOX.width - SPARK_BOX.width / (capacity - 1) * (values.length - 1);
	const { width, height } = SPARK_BOX;
	return `${sparkPath(values, capacity)}L${width} ${height}L${start.toFixed(1)} ${height}z`;
}
// src/components/base/Sparkline.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$22 = ["viewBox"];
var _hoisted_2$17 = ["d"];
var _hoisted_3$14 = ["d"];
var CAPACITY = 60;
// src/components/base/Sparkline.vue
var Sparkline_default = defineComponent({
	__name: "Sparkline",
	props: {
		values: {},
		quiet: { type: Boolean }
	},
	setup(__props) {
		const props = __props;
		const recent = computed(() => props.values.slice(-60));
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("svg", {
				class: normalizeClass(["spark", { quiet: __props.quiet }]),
				viewBox: `0 0 ${unref(SPARK_BOX).width} ${unref(SPARK_BOX).height}`,
				preserveAspectRatio: "none",
				"aria-hidden": "true"
			}, [recent.value.length > 1 ? (openBlock(), createElementBlock(Fragment, { key: 0 }, [createBaseVNode("path", {
				class: "f",
				d: unref(sparkArea)(recent.value, CAPACITY)
			}, null, 8, _hoisted_2$17), createBaseVNode("path", {
				class: "l",
				d: unref(sparkPath)(recent.value, CAPACITY)
			}, null, 8, _hoisted_3$14)], 64)) : createCommentVNode("", true)], 10, _hoisted_1$22);
		};
	}
});
// src/components/queue/QueueTotal.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$21 = { class: "sum" };
var _hoisted_2$16 = {
	class: "speed",
	dir: "ltr"
};
var _hoisted_3$13 = { class: "sub num" };
// src/components/queue/QueueTotal.vue
var QueueTotal_default = defineComponent({
	__name: "QueueTotal",
	setup(__props) {
		const { queue, texts, actOnAll } = usePanel();
		const { t } = texts;
		const total = queue.total;
		const speed = computed(() => texts.speedParts(total.value.speed));
		const works = computed(() => total.value.running > 0 || (queue.counts.value.live["pending"] ?? 0) > 0);
		const sub = computed(() => {
			const bytes = texts.bytesOf(total.value.done, total.value.total);
			const left = total.value.secondsLeft;
			return left === null ? bytes : `${t("line.left", { time: texts.duration(left) })} · ${bytes}`;
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$21, [
				createBaseVNode("div", _hoisted_2$16, [createTextVNode(toDisplayString(speed.value.value) + " ", 1), createBaseVNode("small", null, toDisplayString(speed.value.unit), 1)]),
				createVNode(Sparkline_default, {
					values: unref(queue).speeds.value,
					quiet: unref(total).speed === 0
				}, null, 8, ["values", "quiet"]),
				works.value ? (openBlock(), createBlock(IconButton_default, {
					key: 0,
					icon: "pause",
					label: unref(t)("do.pauseAll"),
					onClick: _cache[0] || (_cache[0] = ($event) => unref(actOnAll)("pause"))
				}, null, 8, ["label"])) : (openBlock(), createBlock(IconButton_default, {
					key: 1,
					icon: "play",
					label: unref(t)("do.resumeAll"),
					onClick: _cache[1] || (_cache[1] = ($event) => unref(actOnAll)("resume"))
				}, null, 8, ["label"])),
				createBaseVNode("div", _hoisted_3$13, toDisplayString(sub.value), 1)
			]);
		};
	}
});
// src/components/queue/useListKeys.ts
var ROW = "[data-job]";
function useListKeys() {
	const panel = usePanel();
	function move(list, from, key) {
		const rows = [...list.querySelectorAll(ROW)];
		const at = rows.indexOf(from);
		const wanted = {
			ArrowDown: at + 1,
			ArrowUp: at - 1,
			Home: 0,
			End: rows.length - 1
		}[key];
		if (wanted === void 0) return false;
		rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.focus();
		return true;
	}
	function act(id, event) {
		const job = panel.queue.jobs.get(id);
		if (!job) return false;
		const toggle = allows(job, "pause") ? "pause" : "resume";
		if (event.key === "Enter") panel.ui.open = panel.ui.open === id ? null : id;
		else if (event.key === " " && allows(job, toggle)) panel.act(job, toggle);
		else if (event.key === "Delete" && allows(job, "cancel")) panel.act(job, "cancel");
		else if (event.key.toLowerCase() === "r" && allows(job, "retry")) panel.act(job, "retry");
		else return false;
		return true;
	}
	function onKeydown(event) {
		const row = event.target;
		const id = row.dataset["job"];
		if (!id || event.ctrlKey || event.metaKey) return;
		const list = event.currentTarget;
		if ((event.altKey ? reorder(id, row, list, event.key) : move(list, row, event.key)) || !event.altKey && act(id, event)) event.preventDefault();
	}
	function reorder(id, row, list, key) {
		if (key !== "ArrowUp" && key !== "ArrowDown") return false;
		const rows = [...list.querySelectorAll(ROW)];
		const next = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)]?.dataset["job"];
		if (!next) return true;
		const patch = key === "ArrowUp" ? { before: next } : { after: next };
		panel.attempt(async () => panel.queue.put(await panel.client.change(id, patch)));
		return true;
	}
	return { onKeydown };
}
// src/components/queue/QueueTab.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$20 = ["aria-label"];
var _hoisted_2$15 = ["aria-label"];
var _hoisted_3$12 = {
	key: 3,
	class: "fold"
};
var MOST_ATTENTION = 5;
var MOST_ROWS = 200;
// src/components/queue/QueueTab.vue
var QueueTab_default = defineComponent({
	__name: "QueueTab",
	setup(__props) {
		const { queue, texts } = usePanel();
		const { t } = texts;
		const groups = queue.groups;
		const allAttention = ref(false);
		const attention = computed(() => allAttention.value ? groups.value.attention : groups.value.attention.slice(0, MOST_ATTENTION));
		const hidden = computed(() => groups.value.attention.length - attention.value.length);
		const single = computed(() => groups.value.single.slice(0, MOST_ROWS));
		const isEmpty = computed(() => queue.state.loaded && queue.jobs.size === 0);
		const { onKeydown } = useListKeys();
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [createVNode(PasteField_default), isEmpty.value ? (openBlock(), createBlock(EmptyState_default, {
				key: 0,
				title: unref(t)("queue.empty.title"),
				text: unref(t)("queue.empty.text")
			}, null, 8, ["title", "text"])) : (openBlock(), createElementBlock("div", {
				key: 1,
				class: "queue",
				onKeydown: _cache[1] || (_cache[1] = (...args) => unref(onKeydown) && unref(onKeydown)(...args))
			}, [
				unref(queue).total.value.total > 0 || unref(queue).total.value.running > 0 ? (openBlock(), createBlock(QueueTotal_default, { key: 0 })) : createCommentVNode("", true),
				attention.value.length ? (openBlock(), createElementBlock("section", {
					key: 1,
					"aria-label": unref(t)("queue.attention")
				}, [
					createVNode(SectionHeading_default, {
						title: unref(t)("queue.attention"),
						count: unref(texts).count(unref(groups).attention.length),
						icon: "warn",
						kind: "warn"
					}, null, 8, ["title", "count"]),
					(openBlock(true), createElementBlock(Fragment, null, renderList(attention.value, (job) => {
						return openBlock(), createBlock(JobRow_default, {
							key: job.id,
							job
						}, null, 8, ["job"]);
					}), 128)),
					hidden.value ? (openBlock(), createElementBlock("button", {
						key: 0,
						type: "button",
						class: "fold",
						onClick: _cache[0] || (_cache[0] = ($event) => allAttention.value = true)
					}, toDisplayString(unref(t)("queue.more", { count: hidden.value })), 1)) : createCommentVNode("", true),
					_cache[2] || (_cache[2] = createBaseVNode("hr", { class: "rule" }, null, -1))
				], 8, _hoisted_1$20)) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(groups).batches, (group) => {
					return openBlock(), createBlock(BatchGroup_default, {
						key: group.batch.id,
						group
					}, null, 8, ["group"]);
				}), 128)),
				single.value.length ? (openBlock(), createElementBlock("section", {
					key: 2,
					"aria-label": unref(t)("tab.queue")
				}, [(openBlock(true), createElementBlock(Fragment, null, renderList(single.value, (job) => {
					return openBlock(), createBlock(JobRow_default, {
						key: job.id,
						job
					}, null, 8, ["job"]);
				}), 128))], 8, _hoisted_2$15)) : createCommentVNode("", true),
				unref(groups).single.length > MOST_ROWS ? (openBlock(), createElementBlock("p", _hoisted_3$12, toDisplayString(unref(t)("queue.more", { count: unref(groups).single.length - MOST_ROWS })), 1)) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(groups).days, (day) => {
					return openBlock(), createBlock(FinishedDay_default, {
						key: day.day,
						day
					}, null, 8, ["day"]);
				}), 128))
			], 32))], 64);
		};
	}
});
// src/components/workflow/BuiltInOffer.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$19 = {
	key: 0,
	class: "ban offer"
};
var _hoisted_2$14 = { class: "go" };
var _hoisted_3$11 = { class: "acl" };
var KEY = "builtInAsked";
// src/components/workflow/BuiltInOffer.vue
var BuiltInOffer_default = defineComponent({
	__name: "BuiltInOffer",
	setup(__props) {
		const { host, texts, ui } = usePanel();
		const { t } = texts;
		const asked = ref(host.memory.read(KEY) !== null || host.builtIn?.allowed() === true);
		function answer(yes) {
			host.memory.write(KEY, String(yes));
			asked.value = true;
			host.builtIn?.allow(yes);
			if (yes) ui.notice = {
				text: t("builtIn.allowed"),
				kind: "ok",
				undo: () => host.builtIn?.allow(false)
			};
		}
		return (_ctx, _cache) => {
			return !asked.value ? (openBlock(), createElementBlock("div", _hoisted_1$19, [
				createBaseVNode("span", _hoisted_2$14, [createVNode(Icon_default, { name: "queue" })]),
				createBaseVNode("span", null, toDisplayString(unref(t)("builtIn.offer")), 1),
				createBaseVNode("span", _hoisted_3$11, [createVNode(Btn_default, {
					size: "s",
					onClick: _cache[0] || (_cache[0] = ($event) => answer(true))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("builtIn.allow")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					size: "s",
					variant: "gh",
					onClick: _cache[1] || (_cache[1] = ($event) => answer(false))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("builtIn.no")), 1)]),
					_: 1
				})])
			])) : createCommentVNode("", true);
		};
	}
});
// src/components/workflow/GetAllDock.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$18 = { class: "dock" };
var _hoisted_2$13 = { key: 0 };
var _hoisted_3$10 = { key: 1 };
var _hoisted_4$8 = {
	key: 2,
	class: "sub"
};
// src/components/workflow/GetAllDock.vue
var GetAllDock_default = defineComponent({
	__name: "GetAllDock",
	setup(__props) {
		const panel = usePanel();
		const { workflow, texts } = panel;
		const { t } = texts;
		const asking = ref(false);
		const needs = workflow.ticked;
		const jobs = computed(() => workflow.fetchable.value.map(workflow.jobFor));
		const isAsked = computed(() => jobs.value.every((job) => job !== void 0));
		const isOnItsWay = computed(() => jobs.value.every((job) => job && isLive(job)));
		const bytes = computed(() => needs.value.reduce((all, need) => all + (need.size ?? 0), 0));
		const known = computed(() => needs.value.every((need) => need.size !== null));
		const space = computed(() => workflow.analysis.value.space[0] ?? null);
		const after = computed(() => space.value ? space.value.free - bytes.value : null);
		const fits = computed(() => after.value === null || after.value >= 0);
		const label = computed(() => {
			const count = needs.value.length;
			const size = texts.bytes(bytes.value);
			return known.value && bytes.value > 0 ? t("workflow.getAllSize", {
				count,
				size
			}) : t("workflow.getAll", { count });
		});
		async function get() {
			asking.value = true;
			await panel.getModels();
			asking.value = false;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$18, [space.value && unref(needs).length ? (openBlock(), createElementBlock("div", {
				key: 0,
				class: normalizeClass(["sub", { bad: !fits.value }])
			}, [createBaseVNode("span", null, toDisplayString(unref(t)("workflow.freeNow", { size: unref(texts).bytes(space.value.free) })), 1), fits.value && after.value !== null ? (openBlock(), createElementBlock("span", _hoisted_2$13, toDisplayString(unref(t)("workflow.freeAfter", { size: unref(texts).bytes(after.value) })), 1)) : (openBlock(), createElementBlock("span", _hoisted_3$10, toDisplayString(unref(t)("workflow.tooMuch", { size: unref(texts).bytes(-(after.value ?? 0)) })), 1))], 2)) : createCommentVNode("", true), !isAsked.value ? (openBlock(), createBlock(Btn_default, {
				key: 1,
				variant: "pri",
				size: "big",
				icon: "queue",
				wide: "",
				disabled: !unref(needs).length || !fits.value || asking.value,
				onClick: get
			}, {
				default: withCtx(() => [createTextVNode(toDisplayString(label.value), 1)]),
				_: 1
			}, 8, ["disabled"])) : isOnItsWay.value ? (openBlock(), createElementBlock("div", _hoisted_4$8, toDisplayString(unref(t)("workflow.onTheirWay")), 1)) : createCommentVNode("", true)]);
		};
	}
});
// src/components/workflow/ChoiceList.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$17 = { class: "choice" };
var _hoisted_2$12 = ["aria-label"];
var _hoisted_3$9 = ["data-score"];
var _hoisted_4$7 = ["name", "value"];
var _hoisted_5$4 = ["title"];
var _hoisted_6$3 = { class: "num" };
var _hoisted_7$3 = ["title"];
var _hoisted_8$3 = { class: "acl" };
// src/components/workflow/ChoiceList.vue
var ChoiceList_default = defineComponent({
	__name: "ChoiceList",
	props: { need: {} },
	emits: ["paste"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const panel = usePanel();
		const { texts, workflow } = panel;
		const { t } = texts;
		const group = useId();
		const chosen = ref(0);
		const sending = ref(false);
		const candidate = computed(() => props.need.candidates[chosen.value] ?? props.need.candidates[0]);
		const isUsable = computed(() => Boolean(candidate.value?.url ?? candidate.value?.changes.length));
		function titleOf(one) {
			if (one.path) return one.path.split(/[\\/]/).slice(-2).join("/");
			return one.title ?? one.host?.replace("/", " / ") ?? one.name;
		}
		function about(one) {
			const parts = [
				...one.evidence.map((reason) => texts.evidence(reason)),
				one.note,
				t(`source.${one.source}`),
				one.sha256 ? "sha256" : ""
			];
			return [...new Set(parts.filter(Boolean))].join(" · ");
		}
		async function use() {
			const one = candidate.value;
			if (!one) return;
			sending.value = true;
			if (one.changes.length > 0) await panel.relink(1, () => workflow.relinkTo(one));
			else await panel.getModelFrom(props.need, one);
			sending.value = false;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$17, [createBaseVNode("div", {
				role: "radiogroup",
				"aria-label": unref(t)("need.whichOne", { name: __props.need.name })
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(__props.need.candidates, (one, n) => {
				return openBlock(), createElementBlock("label", {
					key: n,
					class: normalizeClass(["cand", { on: n === chosen.value }]),
					"data-score": one.score
				}, [
					withDirectives(createBaseVNode("input", {
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => chosen.value = $event),
						class: "vh",
						type: "radio",
						name: unref(group),
						value: n
					}, null, 8, _hoisted_4$7), [[vModelRadio, chosen.value]]),
					createBaseVNode("span", { class: normalizeClass(["rd", { on: n === chosen.value }]) }, null, 2),
					createBaseVNode("span", {
						class: "el",
						title: one.path ?? one.url ?? ""
					}, [createBaseVNode("bdi", null, toDisplayString(titleOf(one)), 1)], 8, _hoisted_5$4),
					createBaseVNode("span", _hoisted_6$3, toDisplayString(one.size === null ? "" : unref(texts).bytes(one.size)), 1),
					createBaseVNode("span", {
						class: "d",
						title: about(one)
					}, toDisplayString(about(one)), 9, _hoisted_7$3)
				], 10, _hoisted_3$9);
			}), 128))], 8, _hoisted_2$12), createBaseVNode("div", _hoisted_8$3, [
				createVNode(Btn_default, {
					size: "s",
					disabled: sending.value || !isUsable.value,
					onClick: use
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("need.useThis")), 1)]),
					_: 1
				}, 8, ["disabled"]),
				createVNode(Btn_default, {
					size: "s",
					variant: "gh",
					icon: "link",
					onClick: _cache[1] || (_cache[1] = ($event) => emit("paste"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("need.anotherLink")), 1)]),
					_: 1
				}),
				candidate.value?.page ? (openBlock(), createBlock(Btn_default, {
					key: 0,
					size: "s",
					variant: "gh",
					icon: "out",
					href: candidate.value.page
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.page")), 1)]),
					_: 1
				}, 8, ["href"])) : createCommentVNode("", true)
			])]);
		};
	}
});
// src/components/workflow/PasteLink.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$16 = { class: "pasted" };
var _hoisted_2$11 = { class: "fld" };
var _hoisted_3$8 = { class: "f3" };
var _hoisted_4$6 = { class: "vh" };
var _hoisted_5$3 = ["placeholder"];
var _hoisted_6$2 = {
	role: "status",
	"aria-live": "polite"
};
var _hoisted_7$2 = {
	key: 0,
	class: "f3"
};
var _hoisted_8$2 = {
	key: 1,
	class: "bad"
};
var _hoisted_9$2 = { class: "f3" };
var _hoisted_10$2 = {
	key: 2,
	class: "bad"
};
var _hoisted_11$2 = ["title"];
var _hoisted_12$2 = { class: "l2" };
var _hoisted_13$1 = { class: "el" };
var _hoisted_14$1 = {
	key: 0,
	class: "acl"
};
var KIND_UNKNOWN = "category_needed";
// src/components/workflow/PasteLink.vue
var PasteLink_default = defineComponent({
	__name: "PasteLink",
	props: { need: {} },
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const panel = usePanel();
		const { client, texts } = panel;
		const { t } = texts;
		const { text, single: link, found, problem, busy } = useInspection();
		const field = useTemplateRef("field");
		const folders = shallowRef([]);
		const file = ref("");
		const category = ref("");
		const sending = ref(false);
		onMounted(() => field.value?.focus());
		watch(link, (now) => {
			file.value = now?.files[0]?.url ?? "";
			category.value = props.need.category ?? now?.category ?? "";
			if (now && !category.value) panel.attempt(async () => folders.value = await client.folders());
		});
		const refusal = computed(() => {
			const error = problem.value ?? link.value?.error ?? null;
			return error?.code === KIND_UNKNOWN ? null : error;
		});
		const name = computed(() => props.need.name.split("/").at(-1) ?? props.need.name);
		const files = computed(() => (link.value?.files ?? []).map((each) => ({
			id: each.url,
			label: [each.name, each.note].filter(Boolean).join(" · "),
			hint: each.size ? texts.bytes(each.size) : ""
		})));
		const categories = computed(() => [...new Set(folders.value.map((folder) => folder.category))].map((id) => ({
			id,
			label: id
		})));
		function about(it) {
			return [
				it.provider && t(`provider.${it.provider}`),
				it.title,
				it.size !== null && texts.bytes(it.size)
			].filter(Boolean).join(" · ");
		}
		async function get(it) {
			const chosen = it.files.find((each) => each.url === file.value);
			sending.value = true;
			const isTaken = await panel.getModelFrom(props.need, {
				name: chosen?.name ?? it.name ?? "",
				url: chosen?.url ?? it.url ?? it.text,
				category: category.value || null,
				sha256: null
			});
			sending.value = false;
			if (isTaken) emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$16, [
				createBaseVNode("label", _hoisted_2$11, [
					createBaseVNode("span", _hoisted_3$8, [createVNode(Icon_default, { name: "link" })]),
					createBaseVNode("span", _hoisted_4$6, toDisplayString(unref(t)("need.pasteFor", { name: name.value })), 1),
					withDirectives(createBaseVNode("input", {
						ref_key: "field",
						ref: field,
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => isRef(text) ? text.value = $event : null),
						class: "sp",
						type: "text",
						autocomplete: "off",
						spellcheck: "false",
						placeholder: unref(t)("need.pasteLabel"),
						onKeydown: _cache[1] || (_cache[1] = withKeys(withModifiers(($event) => emit("close"), ["stop"]), ["esc"]))
					}, null, 40, _hoisted_5$3), [[vModelText, unref(text)]]),
					createVNode(IconButton_default, {
						icon: "x",
						small: "",
						label: unref(t)("frame.close"),
						onClick: _cache[2] || (_cache[2] = ($event) => emit("close"))
					}, null, 8, ["label"])
				]),
				createBaseVNode("div", _hoisted_6$2, [unref(busy) ? (openBlock(), createElementBlock("p", _hoisted_7$2, toDisplayString(unref(t)("paste.looking")), 1)) : refusal.value ? (openBlock(), createElementBlock("p", _hoisted_8$2, [createTextVNode(toDisplayString(unref(texts).message(refusal.value)) + " ", 1), createBaseVNode("span", _hoisted_9$2, toDisplayString(unref(texts).hint(refusal.value)), 1)])) : unref(found) && !unref(link) ? (openBlock(), createElementBlock("p", _hoisted_10$2, toDisplayString(unref(t)("need.oneLink")), 1)) : unref(link) ? (openBlock(), createElementBlock(Fragment, { key: 3 }, [
					createBaseVNode("p", {
						class: "el",
						title: unref(link).name ?? unref(link).text
					}, [createBaseVNode("bdi", null, toDisplayString(unref(link).name ?? unref(link).text), 1)], 8, _hoisted_11$2),
					createBaseVNode("p", _hoisted_12$2, [createBaseVNode("span", _hoisted_13$1, toDisplayString(about(unref(link))), 1), unref(link).sha256 ? (openBlock(), createBlock(Tag_default, {
						key: 0,
						class: "e",
						kind: "ok",
						icon: "shc"
					}, {
						default: withCtx(() => [..._cache[6] || (_cache[6] = [createTextVNode("sha256", -1)])]),
						_: 1
					})) : createCommentVNode("", true)]),
					files.value.length ? (openBlock(), createBlock(SelectButton_default, {
						key: 0,
						modelValue: file.value,
						"onUpdate:modelValue": _cache[3] || (_cache[3] = ($event) => file.value = $event),
						label: unref(t)("paste.file"),
						items: files.value
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])) : createCommentVNode("", true),
					categories.value.length ? (openBlock(), createBlock(SelectButton_default, {
						key: 1,
						modelValue: category.value,
						"onUpdate:modelValue": _cache[4] || (_cache[4] = ($event) => category.value = $event),
						label: unref(t)("paste.whichFolder"),
						items: categories.value
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])) : createCommentVNode("", true)
				], 64)) : createCommentVNode("", true)]),
				unref(link) && !refusal.value ? (openBlock(), createElementBlock("div", _hoisted_14$1, [createVNode(Btn_default, {
					size: "s",
					icon: "queue",
					disabled: !category.value || sending.value,
					onClick: _cache[5] || (_cache[5] = ($event) => get(unref(link)))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("need.getAs", { name: name.value })), 1)]),
					_: 1
				}, 8, ["disabled"])])) : createCommentVNode("", true)
			]);
		};
	}
});
// src/domain/pathDiff.ts
var ALIKE = .5;
var BY_CHANCE = 3;
function pathDiff(old, next) {
	const common = withoutChance(commonLetters(old, next), old.length, next.length);
	const kept = common.size >= ALIKE * Math.max(old.length, next.length) ? common : new Map();
	return {
		old: pieces(old, new Set(kept.keys())),
		next: pieces(next, new Set(kept.values()))
	};
}
function commonLetters(old, next) {
	const width = next.length + 1;
	const lengths = new Uint16Array((old.length + 1) * width);
	const at = (i, j) => lengths[i * width + j] ?? 0;
	for (let i = old.length - 1; i >= 0; i--) for (let j = next.length - 1; j >= 0; j--) {
		const isSame = old[i] === next[j];
		lengths[i * width + j] = isSame ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	}
	const found = new Map();
	let [i, j] = [0, 0];
	while (i < old.length && j < next.length) if (old[i] === next[j]) found.set(i++, j++);
	else if (at(i + 1, j) >= at(i, j + 1)) i++;
	else j++;
	return found;
}
function withoutChance(common, oldLength, nextLength) {
	const runs = [];
	for (const [i, j] of common) {
		const last = runs.at(-1)?.at(-1);
		if (last && last[0] === i - 1 && last[1] === j - 1) runs.at(-1)?.push([i, j]);
		else runs.push([[i, j]]);
	}
	const isInside = (run) => run.every(([i, j]) => i > 0 && j > 0 && i < oldLength - 1 && j < nextLength - 1);
	return new Map(runs.filter((run) => run.length >= BY_CHANCE || !isInside(run)).flat());
}
function pieces(text, kept) {
	const found = [];
	for (const [at, letter] of text.split("").entries()) {
		const changed = !kept.has(at);
		const last = found.at(-1);
		if (last?.changed === changed) last.text += letter;
		else found.push({
			text: letter,
			changed
		});
	}
	return found;
}
// src/components/workflow/PathDiff.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$15 = ["aria-label"];
var _hoisted_2$10 = {
	class: "m",
	"data-s": "−",
	"aria-hidden": "true"
};
var _hoisted_3$7 = ["title"];
var _hoisted_4$5 = {
	class: "p",
	"data-s": "+",
	"aria-hidden": "true"
};
var _hoisted_5$2 = ["title"];
// src/components/workflow/PathDiff.vue
var PathDiff_default = defineComponent({
	__name: "PathDiff",
	props: {
		old: {},
		next: {}
	},
	setup(__props) {
		const props = __props;
		const { t } = usePanel().texts;
		const diff = computed(() => pathDiff(props.old, props.next));
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "diff",
				role: "group",
				"aria-label": unref(t)("need.diff", {
					old: __props.old,
					next: __props.next
				})
			}, [createBaseVNode("div", _hoisted_2$10, [createBaseVNode("span", { title: __props.old }, [(openBlock(true), createElementBlock(Fragment, null, renderList(diff.value.old, (piece, n) => {
				return openBlock(), createBlock(resolveDynamicComponent(piece.changed ? "mark" : "i"), { key: n }, {
					default: withCtx(() => [createTextVNode(toDisplayString(piece.text), 1)]),
					_: 2
				}, 1024);
			}), 128))], 8, _hoisted_3$7)]), createBaseVNode("div", _hoisted_4$5, [createBaseVNode("span", { title: __props.next }, [(openBlock(true), createElementBlock(Fragment, null, renderList(diff.value.next, (piece, n) => {
				return openBlock(), createBlock(resolveDynamicComponent(piece.changed ? "mark" : "i"), { key: n }, {
					default: withCtx(() => [createTextVNode(toDisplayString(piece.text), 1)]),
					_: 2
				}, 1024);
			}), 128))], 8, _hoisted_5$2)])], 8, _hoisted_1$15);
		};
	}
});
// src/components/workflow/NeedRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$14 = [
	"data-need",
	"data-state",
	"aria-label",
	"onKeydown"
];
var _hoisted_2$9 = ["title"];
var _hoisted_3$6 = { class: "vh" };
var _hoisted_4$4 = { class: "l1" };
var _hoisted_5$1 = {
	key: 0,
	class: "sz"
};
var _hoisted_6$1 = {
	key: 1,
	class: "l2"
};
var _hoisted_7$1 = { class: "el" };
var _hoisted_8$1 = { key: 0 };
var _hoisted_9$1 = { class: "e num" };
var _hoisted_10$1 = {
	key: 2,
	class: "l2"
};
var _hoisted_11$1 = ["title"];
var _hoisted_12$1 = { class: "e" };
// src/components/workflow/NeedRow.vue
var NeedRow_default = defineComponent({
	__name: "NeedRow",
	props: {
		need: {},
		tick: { type: Boolean }
	},
	setup(__props) {
		const props = __props;
		const LOOKS = {
			on_disk: {
				icon: "check",
				tone: "ok"
			},
			relink: {
				icon: "swap",
				tone: "go"
			},
			fetch: {
				icon: "queue",
				tone: "f3"
			},
			choose: {
				icon: "choose",
				tone: "warn"
			},
			missing: {
				icon: "q",
				tone: "bad"
			},
			optional: {
				icon: "skip",
				tone: "f3"
			},
			builtin: {
				icon: "check",
				tone: "f3"
			}
		};
		const panel = usePanel();
		const { queue, workflow, texts, ui } = panel;
		const { t } = texts;
		const pasting = ref(false);
		const sending = ref(false);
		const job = computed(() => workflow.jobFor(props.need));
		const live = computed(() => job.value ? queue.live.value[job.value.id] : void 0);
		const look = computed(() => {
			if (job.value) return lookOf(job.value);
			return {
				...LOOKS[props.need.state],
				word: `need.${props.need.state}`
			};
		});
		const line = computed(() => job.value ? lineOf(job.value, live.value, texts, {
			now: ui.now,
			stalledMs: 0
		}) : null);
		const bar = computed(() => job.value ? barOf(job.value, live.value) : null);
		const name = computed(() => props.need.name.split("/").at(-1) ?? props.need.name);
		const action = computed(() => {
			const { state, url } = props.need;
			if (job.value || pasting.value) return null;
			if (state === "relink" || state === "missing") return state;
			return state === "optional" && url ? state : null;
		});
		const ticked = computed({
			get: () => !workflow.unticked.has(keyOf(props.need)),
			set: (on) => on ? workflow.unticked.delete(keyOf(props.need)) : workflow.unticked.add(keyOf(props.need))
		});
		const places = computed(() => {
			const { places: all } = props.need;
			if (all.length > 1) return t("need.nodes", { count: all.length });
			const [only] = all;
			return only?.node_type ? `${only.title ?? only.node_type} #${only.node_id ?? ""}` : "";
		});
		const about = computed(() => {
			const { need } = props;
			if (need.error) return texts.message(need.error);
			if (need.state === "missing") return [missing.value, places.value].filter(Boolean).join(" · ");
			if (need.relink) return [relinked.value, ...need.relink.evidence.map(texts.evidence)].join(" · ");
			return [
				need.host,
				need.category,
				places.value
			].filter(Boolean).join(" · ");
		});
		const missing = computed(() => {
			if (workflow.state.busy && !workflow.state.explored) return t("need.searching");
			return t(props.need.failures.length ? "need.notAllAsked" : "need.nobody");
		});
		const relinked = computed(() => {
			const isSameName = props.need.relink?.value.split(/[\\/]/).at(-1) === name.value;
			return t(isSameName ? "need.otherFolder" : "need.otherName");
		});
		const diff = computed(() => props.need.relink?.changes[0]);
		async function relink() {
			sending.value = true;
			await panel.relink(1, () => workflow.relink([props.need]));
			sending.value = false;
		}
		function reveal() {
			workflow.reveal?.(props.need);
		}
		function toggle() {
			if (props.tick && !job.value) ticked.value = !ticked.value;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: "row",
				"data-need": __props.need.name,
				"data-state": __props.need.state,
				tabindex: "0",
				"aria-label": `${__props.need.name}, ${unref(t)(look.value.word)}`,
				onClick: reveal,
				onKeydown: [withKeys(withModifiers(reveal, ["self"]), ["enter"]), withKeys(withModifiers(toggle, ["self", "prevent"]), ["space"])]
			}, [__props.tick && !job.value ? (openBlock(), createElementBlock("span", {
				key: 0,
				class: "st",
				onClick: _cache[1] || (_cache[1] = withModifiers(() => {}, ["stop"]))
			}, [createVNode(CheckBox_default, {
				modelValue: ticked.value,
				"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => ticked.value = $event),
				label: __props.need.name
			}, null, 8, ["modelValue", "label"])])) : (openBlock(), createElementBlock("span", {
				key: 1,
				class: normalizeClass(["st", look.value.tone]),
				title: unref(t)(look.value.word)
			}, [createVNode(Icon_default, { name: look.value.icon }, null, 8, ["name"]), createBaseVNode("span", _hoisted_3$6, toDisplayString(unref(t)(look.value.word)), 1)], 10, _hoisted_2$9)), createBaseVNode("div", null, [
				createBaseVNode("div", _hoisted_4$4, [
					createVNode(FileName_default, { name: name.value }, null, 8, ["name"]),
					__props.need.size && __props.need.state !== "relink" ? (openBlock(), createElementBlock("span", _hoisted_5$1, toDisplayString(unref(texts).bytes(__props.need.size)), 1)) : createCommentVNode("", true),
					action.value ? (openBlock(), createElementBlock("span", {
						key: 1,
						class: "acts",
						onClick: _cache[4] || (_cache[4] = withModifiers(() => {}, ["stop"]))
					}, [action.value === "relink" ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						disabled: sending.value,
						title: __props.need.relink?.path,
						onClick: relink
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.relink")), 1)]),
						_: 1
					}, 8, ["disabled", "title"])) : action.value === "missing" ? (openBlock(), createBlock(Btn_default, {
						key: 1,
						size: "s",
						onClick: _cache[2] || (_cache[2] = ($event) => pasting.value = true)
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("need.paste")), 1)]),
						_: 1
					})) : (openBlock(), createBlock(Btn_default, {
						key: 2,
						size: "s",
						variant: "gh",
						onClick: _cache[3] || (_cache[3] = ($event) => unref(panel).getModels([__props.need]))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.get")), 1)]),
						_: 1
					}))])) : createCommentVNode("", true)
				]),
				job.value && bar.value ? (openBlock(), createBlock(ProgressBar_default, {
					key: 0,
					cells: [unref(fractionOf)(job.value, live.value)],
					kind: bar.value,
					label: __props.need.name
				}, null, 8, [
					"cells",
					"kind",
					"label"
				])) : createCommentVNode("", true),
				line.value ? (openBlock(), createElementBlock("div", _hoisted_6$1, [createBaseVNode("span", _hoisted_7$1, [line.value.strong ? (openBlock(), createElementBlock("b", _hoisted_8$1, toDisplayString(line.value.strong), 1)) : createCommentVNode("", true), createTextVNode(" " + toDisplayString(line.value.text), 1)]), createBaseVNode("span", _hoisted_9$1, toDisplayString(line.value.end), 1)])) : (openBlock(), createElementBlock("div", _hoisted_10$1, [createBaseVNode("span", {
					class: normalizeClass(["el", { warn: __props.need.error }]),
					title: about.value
				}, toDisplayString(about.value), 11, _hoisted_11$1), createBaseVNode("span", _hoisted_12$1, [__props.need.approval ? (openBlock(), createBlock(Tag_default, {
					key: 0,
					kind: "warn",
					icon: "shq"
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("need.approval")), 1)]),
					_: 1
				})) : __props.need.sha256_published ? (openBlock(), createBlock(Tag_default, {
					key: 1,
					kind: "ok",
					icon: "shc"
				}, {
					default: withCtx(() => [..._cache[8] || (_cache[8] = [createTextVNode("sha256", -1)])]),
					_: 1
				})) : createCommentVNode("", true)])])),
				!job.value && (diff.value || __props.need.state === "choose" || pasting.value) ? (openBlock(), createElementBlock("div", {
					key: 3,
					class: "rest",
					onClick: _cache[7] || (_cache[7] = withModifiers(() => {}, ["stop"]))
				}, [
					diff.value ? (openBlock(), createBlock(PathDiff_default, {
						key: 0,
						old: diff.value.old,
						next: diff.value.new
					}, null, 8, ["old", "next"])) : createCommentVNode("", true),
					__props.need.state === "choose" && !pasting.value ? (openBlock(), createBlock(ChoiceList_default, {
						key: 1,
						need: __props.need,
						onPaste: _cache[5] || (_cache[5] = ($event) => pasting.value = true)
					}, null, 8, ["need"])) : createCommentVNode("", true),
					pasting.value ? (openBlock(), createBlock(PasteLink_default, {
						key: 2,
						need: __props.need,
						onClose: _cache[6] || (_cache[6] = ($event) => pasting.value = false)
					}, null, 8, ["need"])) : createCommentVNode("", true)
				])) : createCommentVNode("", true)
			])], 40, _hoisted_1$14);
		};
	}
});
// src/components/workflow/NeedSection.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$13 = ["aria-label"];
var FEW = 20;
// src/components/workflow/NeedSection.vue
var NeedSection_default = defineComponent({
	__name: "NeedSection",
	props: {
		title: {},
		needs: {},
		tick: { type: Boolean },
		folds: { type: Boolean },
		icon: {},
		kind: {}
	},
	setup(__props) {
		const props = __props;
		const { texts } = usePanel();
		const open = ref(props.needs.length <= FEW);
		return (_ctx, _cache) => {
			return __props.needs.length ? (openBlock(), createElementBlock("section", {
				key: 0,
				"aria-label": __props.title
			}, [
				createVNode(SectionHeading_default, {
					title: __props.title,
					count: unref(texts).count(__props.needs.length),
					open: __props.folds || __props.needs.length > FEW ? open.value : void 0,
					icon: __props.icon,
					kind: __props.kind,
					onToggle: _cache[0] || (_cache[0] = ($event) => open.value = !open.value)
				}, {
					default: withCtx(() => [renderSlot(_ctx.$slots, "note")]),
					_: 3
				}, 8, [
					"title",
					"count",
					"open",
					"icon",
					"kind"
				]),
				renderSlot(_ctx.$slots, "default"),
				open.value || !__props.folds && __props.needs.length <= FEW ? (openBlock(true), createElementBlock(Fragment, { key: 0 }, renderList(__props.needs, (need) => {
					return openBlock(), createBlock(NeedRow_default, {
						key: unref(keyOf)(need),
						need,
						tick: __props.tick
					}, null, 8, ["need", "tick"]);
				}), 128)) : createCommentVNode("", true)
			], 8, _hoisted_1$13)) : createCommentVNode("", true);
		};
	}
});
// src/components/workflow/NotAsked.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$12 = ["aria-label"];
var _hoisted_2$8 = { class: "warn" };
// src/components/workflow/NotAsked.vue
var NotAsked_default = defineComponent({
	__name: "NotAsked",
	props: { needs: {} },
	setup(__props) {
		const props = __props;
		const { texts, ui } = usePanel();
		const { t } = texts;
		const failures = computed(() => failuresOf(props.needs));
		function sentence(failure) {
			const hint = failure.family === "credentials" ? texts.hint(failure) : "";
			return [texts.message(failure), hint].filter(Boolean).join(" ");
		}
		function provider(failure) {
			const remedy = remedyOf({
				state: "failed",
				error: failure,
				wait_reason: null,
				page: null
			});
			return remedy.kind === "token" ? remedy.provider : null;
		}
		return (_ctx, _cache) => {
			return failures.value.length ? (openBlock(), createElementBlock("ul", {
				key: 0,
				class: "not-asked",
				"aria-label": unref(t)("need.notAllAsked")
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(failures.value, (failure) => {
				return openBlock(), createElementBlock("li", { key: failure.code + failure.message }, [
					createBaseVNode("span", _hoisted_2$8, [createVNode(Icon_default, {
						name: "warn",
						size: "s"
					})]),
					createBaseVNode("span", null, toDisplayString(sentence(failure)), 1),
					provider(failure) ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						icon: "key",
						onClick: ($event) => unref(ui).question = {
							kind: "token",
							provider: provider(failure)
						}
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.setToken")), 1)]),
						_: 1
					}, 8, ["onClick"])) : createCommentVNode("", true)
				]);
			}), 128))], 8, _hoisted_1$12)) : createCommentVNode("", true);
		};
	}
});
// src/components/workflow/WorkflowTab.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$11 = ["accept", "aria-label"];
var _hoisted_2$7 = {
	key: 0,
	class: "doc"
};
var _hoisted_3$5 = { class: "f3" };
var _hoisted_4$3 = { class: "sp" };
var _hoisted_5 = ["title"];
var _hoisted_6 = {
	class: "f3 num el",
	"aria-live": "polite"
};
var _hoisted_7 = {
	key: 1,
	class: "ban e"
};
var _hoisted_8 = { class: "bad" };
var _hoisted_9 = {
	key: 0,
	class: "ban offer"
};
var _hoisted_10 = { class: "go" };
var _hoisted_11 = { class: "acl" };
var _hoisted_12 = {
	key: 1,
	class: "ban absent"
};
var _hoisted_13 = { class: "warn" };
var _hoisted_14 = ["title"];
var _hoisted_15 = {
	key: 2,
	class: "ban all-here"
};
var _hoisted_16 = { class: "ok" };
// src/components/workflow/WorkflowTab.vue
var WorkflowTab_default = defineComponent({
	__name: "WorkflowTab",
	setup(__props) {
		const panel = usePanel();
		const { host, workflow, texts } = panel;
		const { t } = texts;
		const input = useTemplateRef("input");
		const dragging = ref(false);
		const { state, analysis, title } = workflow;
		const total = computed(() => analysis.value.items.length);
		const optional = computed(() => workflow.optional.value.length);
		const ready = computed(() => workflow.onDisk.value.length);
		const allHere = computed(() => total.value > 0 && ready.value > 0 && ready.value + optional.value === total.value);
		const searching = computed(() => state.busy && !state.explored ? workflow.missing.value.length + workflow.choose.value.length : 0);
		const summary = computed(() => {
			const parts = [t("workflow.models", { count: total.value })];
			if (ready.value) parts.push(t("workflow.ready", { count: ready.value }));
			if (workflow.toSettle.value) parts.push(t("workflow.toSettle", { count: workflow.toSettle.value }));
			return parts.join(" · ");
		});
		const missingNodes = computed(() => analysis.value.missing_nodes.map(({ node_type, count }) => count > 1 ? `${node_type} (${texts.count(count)})` : node_type).join(", "));
		const isEmpty = computed(() => !state.open || !state.busy && analysis.value.items.length === 0);
		const emptyKey = computed(() => {
			if (!state.open) return host.canvas ? "workflow.none" : "workflow.pick";
			return "workflow.noModels";
		});
		onMounted(() => void (state.busy || workflow.look()));
		async function choose(files) {
			const file = files?.[0];
			if (file) await workflow.openFile(file);
			if (input.value) input.value.value = "";
		}
		const relinking = ref(false);
		async function relinkAll() {
			relinking.value = true;
			await panel.relink(workflow.relinkable.value.length, () => workflow.relink());
			relinking.value = false;
		}
		function drop(event) {
			dragging.value = false;
			choose(event.dataTransfer?.files);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: normalizeClass(["workflow", { dragging: dragging.value }]),
				onDragover: _cache[6] || (_cache[6] = withModifiers(($event) => dragging.value = true, ["prevent"])),
				onDragleave: _cache[7] || (_cache[7] = ($event) => dragging.value = false),
				onDrop: withModifiers(drop, ["prevent"]),
				onKeydown: _cache[8] || (_cache[8] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args))
			}, [
				createBaseVNode("input", {
					ref_key: "input",
					ref: input,
					class: "vh",
					type: "file",
					accept: unref(OPENABLE),
					tabindex: "-1",
					"aria-label": unref(t)("workflow.open"),
					onChange: _cache[0] || (_cache[0] = ($event) => choose(input.value?.files))
				}, null, 40, _hoisted_1$11),
				unref(state).open ? (openBlock(), createElementBlock("header", _hoisted_2$7, [
					createBaseVNode("span", _hoisted_3$5, [createVNode(Icon_default, { name: "doc" })]),
					createBaseVNode("div", _hoisted_4$3, [createBaseVNode("div", {
						class: "n el",
						title: unref(title)
					}, toDisplayString(unref(title) || unref(t)("workflow.unnamed")), 9, _hoisted_5), createBaseVNode("div", _hoisted_6, toDisplayString(searching.value ? unref(t)("workflow.searching", { count: searching.value }) : summary.value), 1)]),
					unref(workflow).isFile() ? (openBlock(), createBlock(IconButton_default, {
						key: 0,
						icon: "x",
						label: unref(t)("workflow.closeFile"),
						onClick: _cache[1] || (_cache[1] = ($event) => unref(workflow).closeFile())
					}, null, 8, ["label"])) : (openBlock(), createBlock(IconButton_default, {
						key: 1,
						icon: "folder",
						label: unref(t)("workflow.open"),
						onClick: _cache[2] || (_cache[2] = ($event) => input.value?.click())
					}, null, 8, ["label"])),
					createVNode(IconButton_default, {
						icon: "retry",
						label: unref(t)("workflow.again"),
						onClick: _cache[3] || (_cache[3] = ($event) => unref(workflow).look({ fresh: true }))
					}, null, 8, ["label"])
				])) : createCommentVNode("", true),
				unref(state).problem ? (openBlock(), createElementBlock("p", _hoisted_7, [createBaseVNode("span", _hoisted_8, [createVNode(Icon_default, { name: "warn" })]), createBaseVNode("span", null, toDisplayString(unref(texts).message(unref(state).problem)) + " " + toDisplayString(unref(texts).hint(unref(state).problem)), 1)])) : createCommentVNode("", true),
				unref(host).builtIn ? (openBlock(), createBlock(BuiltInOffer_default, { key: 2 })) : createCommentVNode("", true),
				isEmpty.value && !unref(state).problem ? (openBlock(), createBlock(EmptyState_default, {
					key: 3,
					title: unref(t)(`${emptyKey.value}.title`),
					text: unref(t)(`${emptyKey.value}.text`)
				}, {
					default: withCtx(() => [createVNode(Btn_default, {
						icon: "folder",
						onClick: _cache[4] || (_cache[4] = ($event) => input.value?.click())
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("workflow.open")), 1)]),
						_: 1
					})]),
					_: 1
				}, 8, ["title", "text"])) : (openBlock(), createElementBlock(Fragment, { key: 4 }, [
					unref(workflow).file.unsaved.value ? (openBlock(), createElementBlock("div", _hoisted_9, [
						createBaseVNode("span", _hoisted_10, [createVNode(Icon_default, { name: "swap" })]),
						createBaseVNode("span", null, toDisplayString(unref(t)("workflow.unsaved")), 1),
						createBaseVNode("span", _hoisted_11, [createVNode(Btn_default, {
							size: "s",
							icon: "queue",
							onClick: _cache[5] || (_cache[5] = ($event) => unref(workflow).file.save())
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("workflow.save", { name: unref(workflow).file.copyName() })), 1)]),
							_: 1
						})])
					])) : createCommentVNode("", true),
					missingNodes.value ? (openBlock(), createElementBlock("p", _hoisted_12, [createBaseVNode("span", _hoisted_13, [createVNode(Icon_default, { name: "plug" })]), createBaseVNode("span", {
						class: "el",
						title: missingNodes.value
					}, toDisplayString(unref(t)("workflow.notInstalled", { names: missingNodes.value })), 9, _hoisted_14)])) : createCommentVNode("", true),
					allHere.value ? (openBlock(), createElementBlock("div", _hoisted_15, [createBaseVNode("span", _hoisted_16, [createVNode(Icon_default, { name: "okc" })]), createBaseVNode("span", null, [
						createBaseVNode("b", null, toDisplayString(unref(t)("workflow.allHere.title")), 1),
						_cache[9] || (_cache[9] = createBaseVNode("br", null, null, -1)),
						createTextVNode(toDisplayString(unref(t)("workflow.allHere.text", { count: ready.value })), 1)
					])])) : createCommentVNode("", true),
					createVNode(NeedSection_default, {
						title: unref(t)("workflow.toGet"),
						needs: unref(workflow).fetchable.value,
						tick: ""
					}, null, 8, ["title", "needs"]),
					createVNode(NeedSection_default, {
						title: unref(t)("workflow.relink"),
						needs: unref(workflow).relinkable.value
					}, createSlots({ _: 2 }, [unref(workflow).relinkable.value.length > 1 ? {
						name: "note",
						fn: withCtx(() => [createVNode(Btn_default, {
							size: "s",
							variant: "gh",
							disabled: relinking.value,
							onClick: relinkAll
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("workflow.relinkAll", { count: unref(workflow).relinkable.value.length })), 1)]),
							_: 1
						}, 8, ["disabled"])]),
						key: "0"
					} : void 0]), 1032, ["title", "needs"]),
					createVNode(NeedSection_default, {
						title: unref(t)("workflow.choose"),
						needs: unref(workflow).choose.value
					}, null, 8, ["title", "needs"]),
					createVNode(NeedSection_default, {
						title: unref(t)("workflow.missing"),
						needs: unref(workflow).missing.value
					}, {
						default: withCtx(() => [createVNode(NotAsked_default, { needs: unref(workflow).missing.value }, null, 8, ["needs"])]),
						_: 1
					}, 8, ["title", "needs"]),
					createVNode(NeedSection_default, {
						title: unref(t)("workflow.optional"),
						needs: unref(workflow).optional.value,
						icon: "skip",
						folds: ""
					}, null, 8, ["title", "needs"]),
					createVNode(NeedSection_default, {
						title: unref(t)("workflow.onDisk"),
						needs: unref(workflow).onDisk.value,
						icon: "check",
						kind: "ok",
						folds: ""
					}, null, 8, ["title", "needs"]),
					unref(workflow).fetchable.value.length ? (openBlock(), createBlock(GetAllDock_default, { key: 3 })) : createCommentVNode("", true)
				], 64))
			], 34);
		};
	}
});
// src/components/frame/JobNews.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$10 = {
	class: "vh",
	role: "status"
};
var EVERY_MS = 1e4;
var MOST = 3;
// src/components/frame/JobNews.vue
var JobNews_default = defineComponent({
	__name: "JobNews",
	setup(__props) {
		const { queue, texts } = usePanel();
		const { t } = texts;
		const text = ref("");
		let told = null;
		let news = [];
		let resting;
		function worthTelling() {
			const jobs = [...queue.jobs.values()].filter((job) => job.state === "succeeded" || needsPerson(job));
			return new Map(jobs.map((job) => [job.id, sentence(job)]));
		}
		function sentence(job) {
			return `${job.name || t(`kind.${job.kind}`)}: ${t(lookOf(job).word)}`;
		}
		watch(() => queue.state.loaded ? worthTelling() : null, (now) => {
			const before = told;
			told = now;
			if (!before || !now) return;
			news.push(...[...now].filter(([id, said]) => before.get(id) !== said).map(([, said]) => said));
			if (resting === void 0) tell();
		}, { immediate: true });
		function tell() {
			resting = void 0;
			if (news.length === 0) return;
			const rest = news.length - MOST;
			text.value = [...news.slice(0, MOST), ...rest > 0 ? [t("queue.more", { count: rest })] : []].join(". ");
			news = [];
			resting = setTimeout(tell, EVERY_MS);
		}
		onUnmounted(() => {
			clearTimeout(resting);
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$10, toDisplayString(text.value), 1);
		};
	}
});
// src/components/frame/PanelBanners.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$9 = {
	class: "bans",
	"aria-live": "polite"
};
// src/components/frame/PanelBanners.vue
var PanelBanners_default = defineComponent({
	__name: "PanelBanners",
	setup(__props) {
		const { queue, session, texts, ui, attempt } = usePanel();
		const { t } = texts;
		const banners = computed(() => {
			const lost = queue.state.lost ?? session.state.problem;
			if (lost) return [gone(lost)];
			const health = session.health.value;
			if (!health) return [];
			const found = health.problems.map((problem) => ({
				key: problem.code,
				text: `${texts.message(problem)} ${texts.hint(problem)}`,
				bad: true,
				button: {
					label: t("do.retry"),
					press: () => void session.refresh()
				}
			}));
			if (health.writes) {
				const button = {
					label: t("pair.button"),
					press: () => ui.question = { kind: "pair" }
				};
				found.push({
					key: "pair",
					text: t("pair.banner"),
					bad: false,
					button
				});
			}
			if (health.worker.resting) found.push({
				key: "rest",
				text: t("frame.resting"),
				bad: false
			});
			return found;
		});
		function gone(problem) {
			const since = queue.state.asOf ? t("frame.asOf", { time: texts.when(queue.state.asOf, ui.now) }) : "";
			const press = () => void attempt(async () => Promise.all([queue.load(), session.refresh()]));
			const button = {
				label: t("do.retry"),
				press
			};
			return {
				key: "gone",
				text: `${texts.message(problem)} ${since}`,
				bad: true,
				button
			};
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$9, [(openBlock(true), createElementBlock(Fragment, null, renderList(banners.value, (banner) => {
				return openBlock(), createElementBlock("div", {
					key: banner.key,
					class: normalizeClass(["ban", { e: banner.bad }])
				}, [
					createBaseVNode("span", { class: normalizeClass(banner.bad ? "bad" : "warn") }, [createVNode(Icon_default, { name: "warn" })], 2),
					createBaseVNode("span", null, toDisplayString(banner.text), 1),
					banner.button ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						onClick: ($event) => banner.button.press()
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(banner.button.label), 1)]),
						_: 2
					}, 1032, ["onClick"])) : createCommentVNode("", true)
				], 2);
			}), 128))]);
		};
	}
});
// src/components/frame/PanelFooter.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$8 = ["aria-label"];
var _hoisted_2$6 = ["title"];
var _hoisted_3$4 = { key: 0 };
var _hoisted_4$2 = ["title"];
// src/components/frame/PanelFooter.vue
var PanelFooter_default = defineComponent({
	__name: "PanelFooter",
	setup(__props) {
		const { session, texts, ui } = usePanel();
		const { t } = texts;
		const folder = computed(() => session.health.value?.default_folder ?? null);
		const limit = computed(() => {
			const rate = session.settings.value["bandwidth"];
			return typeof rate === "number" ? texts.speed(rate) : t("frame.noLimit");
		});
		const atOnce = computed(() => Number(session.settings.value["concurrency"] ?? 0));
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("footer", {
				class: "foot",
				"aria-label": unref(t)("frame.status")
			}, [
				createBaseVNode("button", {
					type: "button",
					title: unref(t)("frame.speed"),
					onClick: _cache[0] || (_cache[0] = ($event) => unref(ui).question = { kind: "speed" })
				}, [createVNode(Icon_default, {
					name: "gear",
					size: "xs"
				}), atOnce.value ? (openBlock(), createElementBlock("span", _hoisted_3$4, [createBaseVNode("b", null, toDisplayString(atOnce.value), 1), createTextVNode(" " + toDisplayString(unref(t)("frame.atOnce")) + " · " + toDisplayString(limit.value), 1)])) : createCommentVNode("", true)], 8, _hoisted_2$6),
				_cache[2] || (_cache[2] = createBaseVNode("span", { class: "sp" }, null, -1)),
				folder.value && folder.value.free !== null ? (openBlock(), createElementBlock("button", {
					key: 0,
					type: "button",
					title: unref(t)("frame.freeOn", { folder: folder.value.path }),
					onClick: _cache[1] || (_cache[1] = ($event) => unref(session).refresh())
				}, [createVNode(Icon_default, {
					name: "disk",
					size: "xs"
				}), createBaseVNode("span", null, [createBaseVNode("b", null, toDisplayString(unref(texts).bytes(folder.value.free)), 1), createTextVNode(" " + toDisplayString(unref(t)("frame.free")), 1)])], 8, _hoisted_4$2)) : createCommentVNode("", true)
			], 8, _hoisted_1$8);
		};
	}
});
// src/components/frame/NewsBell.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$7 = { class: "bell" };
var _hoisted_2$5 = {
	key: 0,
	class: "pip",
	"aria-hidden": "true"
};
// src/components/frame/NewsBell.vue
var NewsBell_default = defineComponent({
	__name: "NewsBell",
	setup(__props) {
		const { health, texts, ui } = usePanel();
		const { t } = texts;
		const say = newsTexts(texts);
		const unread = computed(() => health.news.list.value.value.unread);
		const label = computed(() => unread.value ? t("health.bell", { count: unread.value }) : t("health.news"));
		watch(health.news.latest, (one) => {
			if (one) ui.notice = {
				text: say(one),
				kind: one.level === "error" ? "bad" : "warn"
			};
		});
		function open() {
			ui.tab = "health";
			health.open("news");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("span", _hoisted_1$7, [createVNode(IconButton_default, {
				icon: "bell",
				label: label.value,
				onClick: open
			}, null, 8, ["label"]), unread.value ? (openBlock(), createElementBlock("span", _hoisted_2$5, toDisplayString(unread.value > 99 ? "99+" : unref(texts).count(unread.value)), 1)) : createCommentVNode("", true)]);
		};
	}
});
// src/components/frame/PanelHeader.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$6 = { class: "head" };
// src/components/frame/PanelHeader.vue
var PanelHeader_default = defineComponent({
	__name: "PanelHeader",
	setup(__props) {
		const { host, texts, ui } = usePanel();
		const { t } = texts;
		function openPage() {
			window.open(host.fullPage, "_blank", "noopener");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("header", _hoisted_1$6, [
				createBaseVNode("h1", null, toDisplayString(unref(t)("title")), 1),
				_cache[2] || (_cache[2] = createBaseVNode("span", { class: "sp" }, null, -1)),
				createVNode(NewsBell_default),
				unref(host).fullPage ? (openBlock(), createBlock(IconButton_default, {
					key: 0,
					icon: "out",
					label: unref(t)("frame.fullPage"),
					onClick: openPage
				}, null, 8, ["label"])) : createCommentVNode("", true),
				createVNode(IconButton_default, {
					icon: "gear",
					label: unref(t)("frame.settings"),
					onClick: _cache[0] || (_cache[0] = ($event) => unref(ui).question = { kind: "speed" })
				}, null, 8, ["label"]),
				unref(host).close ? (openBlock(), createBlock(IconButton_default, {
					key: 1,
					icon: "x",
					label: unref(t)("frame.close"),
					onClick: _cache[1] || (_cache[1] = ($event) => unref(host).close?.())
				}, null, 8, ["label"])) : createCommentVNode("", true)
			]);
		};
	}
});
// src/components/base/Toast.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$5 = ["role"];
var _hoisted_2$4 = { class: "sp" };
// src/components/base/Toast.vue
var Toast_default = defineComponent({
	__name: "Toast",
	props: {
		text: {},
		dismissLabel: {},
		icon: { default: "check" },
		kind: { default: "ok" },
		action: {},
		actionIcon: {},
		actionHint: {},
		seconds: { default: 8 }
	},
	emits: ["action", "dismiss"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		let timer;
		function stop() {
			clearTimeout(timer);
		}
		function start() {
			stop();
			timer = setTimeout(() => {
				emit("dismiss");
			}, props.seconds * 1e3);
		}
		onMounted(start);
		onUnmounted(stop);
		watch(() => props.text, start);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "toast",
				role: __props.kind === "bad" ? "alert" : "status",
				onPointerenter: stop,
				onPointerleave: start,
				onFocusin: stop,
				onFocusout: start
			}, [
				createBaseVNode("span", { class: normalizeClass(__props.kind) }, [createVNode(Icon_default, { name: __props.icon }, null, 8, ["name"])], 2),
				createBaseVNode("span", _hoisted_2$4, toDisplayString(__props.text), 1),
				__props.action ? (openBlock(), createBlock(Btn_default, {
					key: 0,
					size: "s",
					icon: __props.actionIcon,
					title: __props.actionHint,
					onClick: _cache[0] || (_cache[0] = ($event) => emit("action"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(__props.action), 1)]),
					_: 1
				}, 8, ["icon", "title"])) : createCommentVNode("", true),
				createVNode(IconButton_default, {
					icon: "x",
					small: "",
					label: __props.dismissLabel,
					onClick: _cache[1] || (_cache[1] = ($event) => emit("dismiss"))
				}, null, 8, ["label"])
			], 40, _hoisted_1$5);
		};
	}
});
// src/components/frame/PanelNotice.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$4 = {
	class: "notices",
	"aria-live": "polite"
};
// src/components/frame/PanelNotice.vue
var PanelNotice_default = defineComponent({
	__name: "PanelNotice",
	setup(__props) {
		const { texts, ui } = usePanel();
		function undo() {
			ui.notice?.undo?.();
			ui.notice = null;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$4, [unref(ui).notice ? (openBlock(), createBlock(Toast_default, {
				key: 0,
				text: unref(ui).notice.text,
				kind: unref(ui).notice.kind,
				icon: unref(ui).notice.kind === "ok" ? "check" : "warn",
				"dismiss-label": unref(texts).t("frame.close"),
				action: unref(ui).notice.undo ? unref(texts).t("do.undo") : void 0,
				"action-icon": "undo",
				onAction: undo,
				onDismiss: _cache[0] || (_cache[0] = ($event) => unref(ui).notice = null)
			}, null, 8, [
				"text",
				"kind",
				"icon",
				"dismiss-label",
				"action"
			])) : createCommentVNode("", true)]);
		};
	}
});
// src/components/frame/SpeedSettings.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$3 = { class: "opt" };
var _hoisted_2$3 = { class: "opt" };
var _hoisted_3$3 = { class: "f3" };
var _hoisted_4$1 = { class: "acl" };
var MEGABYTE = 1e6;
// src/components/frame/SpeedSettings.vue
var SpeedSettings_default = defineComponent({
	__name: "SpeedSettings",
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const panel = usePanel();
		const { host, session, texts, ui } = panel;
		const { t } = texts;
		const values = session.settings.value;
		const atOnce = ref(Number(values["concurrency"] ?? 3));
		const limit = ref(values["bandwidth"] ? Number(values["bandwidth"]) / MEGABYTE : 0);
		const rests = ref(values["wait_for_generation"] === true);
		const builtIn = ref(host.builtIn?.allowed() ?? false);
		const inside = computed(() => host.name === "comfyui");
		async function save() {
			if (!await panel.attempt(async () => {
				await session.change({
					concurrency: atOnce.value,
					bandwidth: limit.value > 0 ? Math.round(limit.value * MEGABYTE) : null,
					wait_for_generation: rests.value
				});
				return true;
			})) return;
			host.builtIn?.allow(builtIn.value);
			emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)("speed.title"),
				onClose: _cache[7] || (_cache[7] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[6] || (_cache[6] = ($event) => emit("close"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					variant: "pri",
					onClick: save
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.save")), 1)]),
					_: 1
				})]),
				default: withCtx(() => [
					createBaseVNode("label", _hoisted_1$3, [createBaseVNode("span", null, toDisplayString(unref(t)("speed.atOnce")), 1), withDirectives(createBaseVNode("input", {
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => atOnce.value = $event),
						class: "fld num",
						type: "number",
						min: "1",
						max: "64",
						autofocus: ""
					}, null, 512), [[
						vModelText,
						atOnce.value,
						void 0,
						{ number: true }
					]])]),
					createBaseVNode("label", _hoisted_2$3, [createBaseVNode("span", null, toDisplayString(unref(t)("speed.limit")), 1), withDirectives(createBaseVNode("input", {
						"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => limit.value = $event),
						class: "fld num",
						type: "number",
						min: "0",
						step: "1"
					}, null, 512), [[
						vModelText,
						limit.value,
						void 0,
						{ number: true }
					]])]),
					inside.value ? (openBlock(), createBlock(CheckBox_default, {
						key: 0,
						modelValue: rests.value,
						"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => rests.value = $event)
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("speed.rests")), 1)]),
						_: 1
					}, 8, ["modelValue"])) : createCommentVNode("", true),
					unref(host).builtIn ? (openBlock(), createBlock(CheckBox_default, {
						key: 1,
						modelValue: builtIn.value,
						"onUpdate:modelValue": _cache[3] || (_cache[3] = ($event) => builtIn.value = $event)
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("speed.builtIn")), 1)]),
						_: 1
					}, 8, ["modelValue"])) : createCommentVNode("", true),
					createBaseVNode("p", _hoisted_3$3, toDisplayString(unref(t)("speed.tokens")), 1),
					createBaseVNode("div", _hoisted_4$1, [createVNode(Btn_default, {
						size: "s",
						icon: "key",
						onClick: _cache[4] || (_cache[4] = ($event) => unref(ui).question = {
							kind: "token",
							provider: "huggingface"
						})
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("provider.huggingface")), 1)]),
						_: 1
					}), createVNode(Btn_default, {
						size: "s",
						icon: "key",
						onClick: _cache[5] || (_cache[5] = ($event) => unref(ui).question = {
							kind: "token",
							provider: "civitai"
						})
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("provider.civitai")), 1)]),
						_: 1
					})])
				]),
				_: 1
			}, 8, ["title"]);
		};
	}
});
// src/components/frame/PanelQuestion.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$2 = { class: "fld" };
var _hoisted_2$2 = { class: "vh" };
var _hoisted_3$2 = ["type", "placeholder"];
// src/components/frame/PanelQuestion.vue
var PanelQuestion_default = defineComponent({
	__name: "PanelQuestion",
	setup(__props) {
		const panel = usePanel();
		const { client, host, session, texts, ui } = panel;
		const { t } = texts;
		const input = ref("");
		const question = computed(() => ui.question);
		const provider = computed(() => question.value?.kind === "token" ? question.value.provider : "huggingface");
		function close() {
			ui.question = null;
		}
		async function submit() {
			const given = input.value.trim();
			const kind = question.value?.kind;
			if (!given || !kind) return;
			const done = await panel.attempt(async () => {
				if (kind === "token") return (await client.setToken(provider.value, given)).retried;
				if (kind === "pair") await client.pair(given);
				if (kind === "secret") host.tokens.write(given);
				return 0;
			});
			if (done === void 0) return;
			close();
			if (kind === "token") ui.notice = {
				text: t("token.kept", { count: done }),
				kind: "ok"
			};
			await session.refresh();
			if (kind !== "token") await panel.queue.load();
		}
		const page = computed(() => provider.value === "civitai" ? "https://civitai.com/user/account" : "https://huggingface.co/settings/tokens");
		return (_ctx, _cache) => {
			return question.value?.kind === "speed" ? (openBlock(), createBlock(SpeedSettings_default, {
				key: 0,
				onClose: close
			})) : question.value ? (openBlock(), createBlock(Dialog_default, {
				key: 1,
				title: unref(t)(`${question.value.kind}.title`, { provider: unref(t)(`provider.${provider.value}`) }),
				text: unref(t)(`${question.value.kind}.text`, { provider: unref(t)(`provider.${provider.value}`) }),
				onClose: close
			}, {
				actions: withCtx(() => [
					question.value.kind === "token" ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						variant: "lk",
						href: page.value,
						icon: "out"
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("token.page")), 1)]),
						_: 1
					}, 8, ["href"])) : createCommentVNode("", true),
					_cache[1] || (_cache[1] = createBaseVNode("span", { class: "sp" }, null, -1)),
					createVNode(Btn_default, {
						variant: "gh",
						onClick: close
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
						_: 1
					}),
					createVNode(Btn_default, {
						variant: "pri",
						disabled: !input.value.trim(),
						onClick: submit
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)(`${question.value.kind}.button`)), 1)]),
						_: 1
					}, 8, ["disabled"])
				]),
				default: withCtx(() => [createBaseVNode("form", { onSubmit: withModifiers(submit, ["prevent"]) }, [createBaseVNode("label", _hoisted_1$2, [createBaseVNode("span", _hoisted_2$2, toDisplayString(unref(t)(`${question.value.kind}.label`)), 1), withDirectives(createBaseVNode("input", {
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => input.value = $event),
					class: "sp",
					type: question.value.kind === "pair" ? "text" : "password",
					placeholder: unref(t)(`${question.value.kind}.label`),
					autocomplete: "off",
					spellcheck: "false",
					autofocus: ""
				}, null, 8, _hoisted_3$2), [[vModelDynamic, input.value]])])], 32)]),
				_: 1
			}, 8, ["title", "text"])) : createCommentVNode("", true);
		};
	}
});
// src/components/frame/PanelTabs.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$1 = ["aria-label"];
var _hoisted_2$1 = [
	"aria-selected",
	"aria-controls",
	"tabindex",
	"title",
	"aria-label",
	"onClick"
];
var _hoisted_3$1 = { class: "i" };
var _hoisted_4 = { class: "t" };
// src/components/frame/PanelTabs.vue
var PanelTabs_default = defineComponent({
	__name: "PanelTabs",
	setup(__props) {
		const { queue, workflow, texts, ui } = usePanel();
		const { t } = texts;
		const tabs = computed(() => {
			const needs = queue.groups.value.attention.length;
			const { running } = queue.total.value;
			const toSettle = workflow.toSettle.value;
			const what = t(needs ? "queue.attention" : "state.running");
			return [
				{
					name: "queue",
					icon: "queue",
					count: needs || running,
					urgent: needs > 0,
					about: `${what}: ${texts.count(needs || running)}`
				},
				{
					name: "workflow",
					icon: "flow",
					count: toSettle,
					urgent: false,
					about: t("workflow.toSettle", { count: toSettle })
				},
				{
					name: "library",
					icon: "lib",
					count: 0,
					urgent: false,
					about: ""
				},
				{
					name: "health",
					icon: "health",
					count: 0,
					urgent: false,
					about: ""
				}
			];
		});
		const list = useTemplateRef("list");
		async function go(name) {
			ui.tab = name;
			await nextTick();
			list.value?.querySelector("[aria-selected=\"true\"]")?.focus();
		}
		function nameOf({ name, count, about }) {
			return [t(`tab.${name}`), count > 0 && about].filter(Boolean).join(", ");
		}
		function onArrow(event) {
			const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
			if (!forward && event.key !== "ArrowLeft" && event.key !== "ArrowUp") return;
			event.preventDefault();
			const at = tabs.value.findIndex((tab) => tab.name === ui.tab);
			const step = forward !== (texts.direction.value === "rtl") ? 1 : -1;
			const next = tabs.value[(at + step + tabs.value.length) % tabs.value.length];
			if (next) go(next.name);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("nav", {
				ref_key: "list",
				ref: list,
				class: "tabs",
				role: "tablist",
				"aria-label": unref(t)("title"),
				onKeydown: onArrow
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(tabs.value, (tab) => {
				return openBlock(), createElementBlock("button", {
					key: tab.name,
					type: "button",
					class: "tab",
					role: "tab",
					"aria-selected": unref(ui).tab === tab.name,
					"aria-controls": `mk-view-${tab.name}`,
					tabindex: unref(ui).tab === tab.name ? 0 : -1,
					title: nameOf(tab),
					"aria-label": nameOf(tab),
					onClick: ($event) => unref(ui).tab = tab.name
				}, [createBaseVNode("span", _hoisted_3$1, [createVNode(Icon_default, {
					name: tab.icon,
					size: "l"
				}, null, 8, ["name"]), tab.count ? (openBlock(), createElementBlock("span", {
					key: 0,
					class: normalizeClass(["pip", { w: tab.urgent }])
				}, toDisplayString(unref(texts).count(tab.count)), 3)) : createCommentVNode("", true)]), createBaseVNode("span", _hoisted_4, toDisplayString(unref(t)(`tab.${tab.name}`)), 1)], 8, _hoisted_2$1);
			}), 128))], 40, _hoisted_1$1);
		};
	}
});
// src/components/frame/PanelFrame.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1 = ["dir", "lang"];
var _hoisted_2 = { class: "mk" };
var _hoisted_3 = ["id", "aria-label"];
// src/components/frame/PanelFrame.vue
var PanelFrame_default = defineComponent({
	__name: "PanelFrame",
	props: {
		panel: {},
		menuTarget: {}
	},
	setup(__props) {
		const props = __props;
		provide(PANEL$1, props.panel);
		provide(MENU_TARGET, props.menuTarget);
		useKeptFocus(useTemplateRef("frame"));
		const { ui, texts } = props.panel;
		const layer = props.menuTarget;
		watchEffect(() => {
			layer.classList.toggle("mk-light", ui.light);
			layer.dir = texts.direction.value;
		});
		const VIEWS = {
			queue: QueueTab_default,
			workflow: WorkflowTab_default,
			library: defineAsyncComponent(() => import("./LibraryTab-C2xJW0KK.mjs")),
			health: defineAsyncComponent(() => import("./HealthTab-DU9Are0U.mjs"))
		};
		const view = computed(() => VIEWS[ui.tab]);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				ref: "frame",
				class: normalizeClass(["mk-root", { "mk-light": unref(ui).light }]),
				dir: unref(texts).direction.value,
				lang: unref(texts).locale.value,
				onKeydown: _cache[0] || (_cache[0] = withModifiers(() => {}, ["stop"]))
			}, [createBaseVNode("div", _hoisted_2, [
				createVNode(PanelHeader_default),
				createVNode(PanelTabs_default),
				createVNode(PanelBanners_default),
				createBaseVNode("main", {
					id: `mk-view-${unref(ui).tab}`,
					class: "main",
					role: "tabpanel",
					tabindex: "-1",
					"aria-label": unref(texts).t(`tab.${unref(ui).tab}`)
				}, [(openBlock(), createBlock(resolveDynamicComponent(view.value)))], 8, _hoisted_3),
				createVNode(PanelFooter_default),
				createVNode(PanelNotice_default),
				createVNode(JobNews_default),
				unref(ui).question ? (openBlock(), createBlock(PanelQuestion_default, { key: 0 })) : createCommentVNode("", true)
			])], 42, _hoisted_1);
		};
	}
});
// src/styles/base.css?inline
var base_default = ":where(.mk-root,.mk-root *){box-sizing:border-box;margin:0}.mk-root{font:400 12px/16px var(--mk-font);color:var(--mk-fg);background:var(--mk-bg);-webkit-font-smoothing:antialiased;text-align:start;block-size:100%;min-inline-size:0;container:mk/inline-size}.mk-root.mk-layer{z-index:1400;pointer-events:none;background:0 0;block-size:auto;position:fixed;inset:0;container:none}.mk-root.mk-layer>*{pointer-events:auto}.mk-root :where(button,input,select,textarea){font:inherit;color:inherit}.mk-root :where(a){color:inherit}.mk-root :where(ul,ol){padding:0;list-style:none}.mk-root :focus-visible{outline:2px solid var(--mk-focus);outline-offset:1px}.mk-root .ic{fill:none;stroke:currentColor;stroke-width:1.6px;stroke-linecap:round;stroke-linejoin:round;flex:none;block-size:16px;inline-size:16px;display:block}.mk-root .ic.s{block-size:14px;inline-size:14px}.mk-root .ic.xs{block-size:12px;inline-size:12px}.mk-root .ic.l{block-size:18px;inline-size:18px}.mk-root .num{font-variant-numeric:tabular-nums}.mk-root .vh{clip-path:inset(50%);white-space:nowrap;block-size:1px;inline-size:1px;position:absolute;overflow:hidden}.mk-root .sp{flex:auto;min-inline-size:0}.mk-root .nw{white-space:nowrap}.mk-root .el{text-overflow:ellipsis;white-space:nowrap;min-inline-size:0;overflow:hidden}.mk-root .mono{font-family:var(--mk-mono);font-size:11px}.mk-root .f2{color:var(--mk-fg-2)}.mk-root .f3{color:var(--mk-fg-3)}.mk-root .go{color:var(--mk-go)}.mk-root .ok{color:var(--mk-ok)}.mk-root .warn{color:var(--mk-warn)}.mk-root .bad{color:var(--mk-bad)}.mk-root .path{font:400 11px/16px var(--mk-font);color:var(--mk-fg-3);direction:ltr;unicode-bidi:isolate}.mk-root .rule{background:var(--mk-line);border:0;block-size:1px}.mk-root .fn{font-feature-settings:\"cv05\", \"cv08\", \"ss02\";white-space:pre;direction:ltr;unicode-bidi:isolate;flex:0 auto;min-inline-size:0;display:grid}.mk-root .fn .whole{clip-path:inset(50%);-webkit-user-select:none;user-select:none;grid-area:1/1;block-size:1px;min-inline-size:0;overflow:hidden}.mk-root .fn .shown{grid-area:1/1;min-inline-size:0;display:flex}.mk-root .fn .t{text-overflow:ellipsis;min-inline-size:0;overflow:hidden}.mk-root .fn .x{color:var(--mk-fg-3);flex:none;font-weight:400}.mk-root .fn .probe{visibility:hidden;position:absolute}:is(.mk-root[dir=rtl],[dir=rtl] .mk-root:not([dir])) .ic.turn,:is(.mk-root[dir=rtl],[dir=rtl] .mk-root:not([dir])) .spark{transform:scaleX(-1)}";
// src/styles/controls.css?inline
var controls_default = ".mk-root .ib{border-radius:var(--mk-r2);block-size:28px;inline-size:28px;color:var(--mk-fg-3);cursor:pointer;background:0 0;border:0;flex:none;place-items:center;padding:0;display:inline-grid;position:relative}.mk-root .ib:hover,.mk-root .ib[aria-pressed=true],.mk-root .ib[aria-expanded=true]{background:var(--mk-raised);color:var(--mk-fg)}.mk-root .ib.t{block-size:24px;inline-size:24px}.mk-root .ib[disabled]{color:var(--mk-line-strong);cursor:default;background:0 0}.mk-root .btn{border-radius:var(--mk-r2);background:var(--mk-raised);min-block-size:28px;color:var(--mk-fg);font:500 12px/16px var(--mk-font);white-space:nowrap;cursor:pointer;border:0;justify-content:center;align-items:center;gap:6px;min-inline-size:0;padding:4px 10px;text-decoration:none;display:inline-flex}.mk-root .btn:hover{background:var(--mk-hover)}.mk-root .btn.s{min-block-size:24px;padding:3px 8px}.mk-root .btn.big{min-block-size:36px;padding-inline:14px;font-size:13px}.mk-root .btn.w{inline-size:100%}.mk-root .btn.pri{background:var(--mk-primary);color:var(--mk-on-primary)}.mk-root .btn.pri:hover{background:var(--mk-primary-hover)}.mk-root .btn.gh{color:var(--mk-fg-2);background:0 0}.mk-root .btn.gh:hover{background:var(--mk-raised)}.mk-root .btn.lk{color:var(--mk-go);background:0 0;padding-inline:4px}.mk-root .btn.danger{background:var(--mk-bad-tint);color:var(--mk-bad);box-shadow:inset 0 0 0 1px color-mix(in srgb, var(--mk-bad) 45%, var(--mk-bg))}.mk-root .btn[disabled]{background:var(--mk-raised);color:var(--mk-fg-3);box-shadow:none;cursor:default}.mk-root .btn.gh[disabled],.mk-root .btn.lk[disabled]{background:0 0}.mk-root .fld{border-radius:var(--mk-r2);background:var(--mk-raised);min-block-size:32px;color:var(--mk-fg);cursor:text;align-items:center;gap:8px;min-inline-size:0;padding-inline:10px 4px;display:flex}.mk-root .fld input{background:0 0;border:0;outline:none;flex:auto;min-inline-size:0;padding:0}.mk-root .fld input::placeholder{color:var(--mk-fg-3);opacity:1}.mk-root .fld:focus-within{box-shadow:inset 0 0 0 1.5px var(--mk-focus)}.mk-root .kbd{font:500 10px/14px var(--mk-font);color:var(--mk-fg-3);box-shadow:inset 0 0 0 1px var(--mk-line-strong);border-radius:3px;padding:1px 5px}.mk-root .fld:focus-within .kbd{visibility:hidden}.mk-root .sel{white-space:nowrap;border-radius:var(--mk-r1);min-block-size:24px;color:var(--mk-fg-2);cursor:pointer;font:500 12px/16px var(--mk-font);min-inline-size:0;box-shadow:inset 0 0 0 1px var(--mk-line);background:0 0;border:0;align-items:center;gap:3px;padding-block:0;padding-inline:8px 4px;display:inline-flex}.mk-root .sel:hover,.mk-root .sel[aria-expanded=true]{background:var(--mk-raised)}.mk-root .cbx{cursor:pointer;align-items:center;gap:8px;display:inline-flex;position:relative}.mk-root .cb{block-size:16px;inline-size:16px;box-shadow:inset 0 0 0 1.5px var(--mk-line-strong);color:#0000;border-radius:4px;flex:none;place-items:center;display:inline-grid;position:relative}.mk-root .cb .ic{stroke-width:2.4px;block-size:12px;inline-size:12px}.mk-root .cb:after{content:\"\";position:absolute;inset:-4px}.mk-root :is(:checked,:indeterminate)+.cb{background:var(--mk-primary);box-shadow:none;color:var(--mk-on-primary)}.mk-root :focus-visible+.cb{outline:2px solid var(--mk-focus);outline-offset:1px}.mk-root .cbx:has(:disabled){cursor:default;opacity:.5}.mk-root .tag{border-radius:var(--mk-r1);background:var(--mk-raised);color:var(--mk-fg-2);font:500 11px/14px var(--mk-font);white-space:nowrap;align-items:center;gap:3px;padding:1px 5px;display:inline-flex}.mk-root .tag.ok{background:var(--mk-ok-tint);color:var(--mk-ok)}.mk-root .tag.warn{background:var(--mk-warn-tint);color:var(--mk-warn)}.mk-root .tag.bad{background:var(--mk-bad-tint);color:var(--mk-bad)}.mk-root .tag.go{background:var(--mk-go-tint);color:var(--mk-go)}.mk-root .tag.strip{box-shadow:inset 0 0 0 1px var(--mk-line);color:var(--mk-fg-3);background:0 0}.mk-root .bar{--fill:var(--mk-go);gap:2px;block-size:4px;margin-block:4px 5px;margin-inline-end:4px;display:flex}.mk-root .bar i{background:var(--mk-track);border-radius:2px;flex:1 1 0;position:relative;overflow:hidden}.mk-root .bar i:before{content:\"\";inline-size:var(--f,0%);background:var(--fill);border-radius:2px;position:absolute;inset-block:0;inset-inline-start:0}.mk-root .bar.paused{--fill:var(--mk-fg-3)}.mk-root .bar.ok{--fill:var(--mk-ok)}.mk-root .bar.warn{--fill:var(--mk-warn)}.mk-root .bar.check{--fill:repeating-linear-gradient(115deg, var(--mk-ok) 0 4px, color-mix(in srgb, var(--mk-ok) 55%, var(--mk-bg)) 4px 7px)}.mk-root .bar.check i{background:color-mix(in srgb, var(--mk-go) 55%, var(--mk-bg))}.mk-root .ring{block-size:16px;inline-size:16px;transform:rotate(-90deg)}.mk-root .ring circle{fill:none;stroke-width:2.5px;stroke:var(--mk-track)}.mk-root .ring circle+circle{stroke:var(--mk-go);stroke-linecap:round}.mk-root .spark{block-size:24px;inline-size:100%;display:block;overflow:visible}.mk-root .spark .l{fill:none;stroke:var(--mk-go);stroke-width:1.5px;vector-effect:non-scaling-stroke}.mk-root .spark .f{fill:var(--mk-go-tint)}.mk-root .spark.quiet .l{stroke:var(--mk-fg-3)}.mk-root .spark.quiet .f{fill:none}@media (prefers-reduced-motion:no-preference){.mk-root .bar i:before{transition:inline-size var(--mk-slow) linear}.mk-root .btn,.mk-root .ib,.mk-root .tab,.mk-root .row{transition:background var(--mk-fast) var(--mk-ease)}}@media (forced-colors:active){.mk-root :is(.pip,.cb){forced-color-adjust:none}}";
// src/styles/detail.css?inline
var detail_default = ".mk-root .detail{background:var(--mk-bg)}.mk-root .mhead{border-block-end:1px solid var(--mk-line);flex:none;align-items:center;gap:2px;padding-block:6px;padding-inline:4px 8px;display:flex}.mk-root .mhead .shut{display:none}.mk-root .mhead h3{font:600 13px/18px var(--mk-font)}.mk-root .mhead>.sp{outline:none;padding-inline-start:2px}.mk-root .mhead .path{display:flex}.mk-root .parts{scrollbar-width:thin;scrollbar-color:var(--mk-line) transparent;flex:1 1 0;min-block-size:0;padding-block-end:12px;overflow:hidden auto}.mk-root .shots{padding-block:10px 8px;padding-inline:var(--mk-gut);grid-template-columns:minmax(0,1fr) 62px;gap:6px;display:grid}.mk-root .shot{border-radius:var(--mk-r2);background:var(--mk-sunken);border:0;padding:0;position:relative;overflow:hidden}.mk-root .shots .col{align-content:start;gap:6px;display:grid}.mk-root .shots .col .shot{aspect-ratio:1;cursor:pointer}.mk-root .shots .col .shot .none .ic{block-size:20px;inline-size:20px}.mk-root .shot.main1{min-block-size:198px}.mk-root .shot .cap{inset-block:auto 6px}.mk-root .shot.add{cursor:default;place-content:center;justify-items:center;font-size:11px;display:grid}.mk-root .shot.add .ib:after{content:\"\";position:absolute;inset:-18px}.mk-root .shot.add .f3{margin-block-start:-4px}.mk-root .shots .mine{grid-column:1/-1;align-items:center;gap:4px;font-size:11px;display:flex}.mk-root .outputs{scrollbar-width:thin;grid-template-columns:repeat(auto-fill,minmax(72px,1fr));gap:6px;max-block-size:260px;display:grid;overflow:hidden auto}.mk-root .outputs .shot{aspect-ratio:1;cursor:pointer}.mk-root .outputs img{object-fit:cover;block-size:100%;inline-size:100%}.mk-root .main-acts{padding-block-end:8px;padding-inline:var(--mk-gut);gap:6px;display:flex}.mk-root .main-acts .btn:has(.vh){gap:0;padding-inline:7px}.mk-root .ban.newer{background:var(--mk-go-tint)}.mk-root .blk{padding:8px var(--mk-gut)}.mk-root .blk+.blk,.mk-root .ban+.blk{border-block-start:1px solid var(--mk-line)}.mk-root .blk h4{min-block-size:24px;font:600 12px/16px var(--mk-font);color:var(--mk-fg-2);align-items:center;gap:6px;margin-block:-4px 6px;display:flex}.mk-root .blk h4>.btn.gh:last-child{margin-inline-end:-8px}.mk-root .blk h4>.ib:last-child{margin-inline-end:-4px}.mk-root .words{flex-wrap:wrap;gap:4px;display:flex}.mk-root .word{border-radius:var(--mk-r1);background:var(--mk-raised);min-block-size:24px;max-inline-size:100%;color:var(--mk-fg);text-align:start;overflow-wrap:anywhere;cursor:pointer;border:0;align-items:center;gap:5px;padding:2px 8px;display:inline-flex}.mk-root .word:hover{background:var(--mk-hover)}.mk-root .prov{grid-template-columns:64px minmax(0,1fr) auto;align-items:start;gap:6px 8px;display:grid}.mk-root .prov dt{color:var(--mk-fg-3);grid-column:1}.mk-root .prov dd{overflow-wrap:anywhere;min-inline-size:0;margin:0}.mk-root .prov .src{font:500 11px/16px var(--mk-font);color:var(--mk-fg-3);white-space:nowrap;align-items:center;gap:3px;display:inline-flex}.mk-root .blk .text{-webkit-line-clamp:4;color:var(--mk-fg-2);white-space:pre-line;overflow-wrap:anywhere;-webkit-box-orient:vertical;margin-block-start:8px;display:-webkit-box;overflow:hidden}.mk-root .blk .text.whole{display:block}.mk-root .blk>.f3+.f3,.mk-root .prov+.f3{margin-block-start:6px}.mk-root .blk .kv{grid-template-columns:64px minmax(0,1fr);gap:6px 8px}.mk-root .kv .path{overflow-wrap:anywhere;color:var(--mk-fg-2)}.mk-root .kv .path b{color:var(--mk-fg);font-weight:500}.mk-root .kv .hash{align-items:center;gap:6px;min-inline-size:0;display:flex}.mk-root .tl{grid-template-columns:minmax(0,1fr) auto;align-items:center;gap:4px 8px;display:grid}.mk-root .fields{grid-template-columns:64px minmax(0,1fr);align-items:center;gap:6px 8px;display:grid}.mk-root .fields>.f3{align-self:start;padding-block-start:6px}.mk-root .fields>.acl{grid-column:1/-1;margin:0}.mk-root .fields .fld,.mk-root .ask .fld{min-block-size:28px;padding-inline:8px}.mk-root .fld textarea{resize:vertical;background:0 0;border:0;outline:none;flex:auto;min-inline-size:0;padding:6px 0}.mk-root .fld textarea::placeholder{color:var(--mk-fg-3);opacity:1}.mk-root .fld .ext{padding-inline-end:6px}.mk-root .stars{display:flex}.mk-root .stars button{block-size:28px;inline-size:24px;color:var(--mk-fg-3);cursor:pointer;background:0 0;border:0;place-items:center;padding:0;display:grid}.mk-root .stars .on .ic{fill:var(--mk-warn);stroke:var(--mk-warn)}.mk-root .ask{gap:8px;display:grid}.mk-root .ask .opt{grid-template-columns:96px minmax(0,1fr)}.mk-root .ask .sel{justify-content:space-between;min-block-size:28px}@container mk (width>=900px){.mk-root .mhead{min-block-size:56px;padding-inline-start:14px}.mk-root .mhead .back{display:none}.mk-root .mhead .shut{display:inline-grid}}";
// src/styles/floating.css?inline
var floating_default = ".mk-root .empty{text-align:center;color:var(--mk-fg-2);justify-items:center;gap:6px;margin-block:auto;padding:16px 28px;display:grid}.mk-root .empty h2{font:600 14px/20px var(--mk-font);color:var(--mk-fg)}.mk-root .empty .gl{block-size:88px;inline-size:120px;margin-block-end:6px}.mk-root .notices{display:contents}.mk-root .toast{border-radius:var(--mk-r3);background:var(--mk-pop);box-shadow:var(--mk-shadow);z-index:9;align-items:center;gap:8px;min-block-size:40px;padding-block:6px;padding-inline:12px 6px;display:flex;position:absolute;inset-block-end:36px;inset-inline:8px}.mk-root .mk:has(.dock) .toast{inset-block-end:124px}.mk-root .scrim{background:var(--mk-scrim);z-index:10;align-items:end;display:grid;position:absolute;inset:0}.mk-root .dlg{border-radius:var(--mk-r3);background:var(--mk-pop);max-block-size:calc(100% - 16px);box-shadow:var(--mk-shadow);gap:8px;margin:8px;padding:14px;display:grid;overflow:auto}.mk-root .dlg:focus{outline:none}.mk-root .dlg h2{font:600 14px/20px var(--mk-font)}.mk-root .dlg .r{flex-wrap:wrap;justify-content:flex-end;gap:8px;margin-block-start:4px;display:flex}.mk-root .menu{z-index:1400;background:var(--mk-pop);color:var(--mk-fg);border-radius:var(--mk-r3);box-shadow:var(--mk-shadow);scrollbar-width:thin;min-inline-size:176px;max-inline-size:min(320px,100vw - 16px);padding:4px;position:fixed;overflow:hidden auto}.mk-root .menu button{border-radius:var(--mk-r1);min-block-size:28px;inline-size:100%;color:inherit;cursor:pointer;text-align:start;background:0 0;border:0;align-items:center;gap:8px;padding-block:4px;padding-inline:8px;display:flex}.mk-root .menu button:is(:hover,:focus){background:var(--mk-hover)}.mk-root .menu button:focus-visible{outline-offset:-2px}.mk-root .menu button[aria-disabled=true]{color:var(--mk-fg-3);cursor:default}.mk-root .menu .danger{color:var(--mk-bad)}.mk-root .menu .hint{color:var(--mk-fg-3);white-space:nowrap;margin-inline-start:auto;padding-inline-start:12px}.mk-root .menu hr{border:0;border-block-start:1px solid var(--mk-line);margin-block:4px}@container mk (width>=900px){.mk-root .toast{inline-size:400px;inset-block-end:16px;inset-inline:auto 16px}.mk-root .mk:has(.dock) .toast{inset-block-end:104px}.mk-root .scrim{place-items:center}.mk-root .dlg{inline-size:440px}}";
// src/styles/frame.css?inline
var frame_default = ".mk-root .mk{grid-template:\"head\"\"tabs\"\"bans\"\"main\"minmax(0,1fr)\"foot\"/minmax(0,1fr);block-size:100%;display:grid;position:relative;overflow:hidden}.mk-root .head{grid-area:head;align-items:center;gap:2px;block-size:48px;padding-inline:16px 8px;display:flex}.mk-root .head h1{font:600 14px/20px var(--mk-font);white-space:nowrap;text-overflow:ellipsis;overflow:hidden}.mk-root .tabs{border-block-end:1px solid var(--mk-line);grid-area:tabs;grid-auto-columns:minmax(0,1fr);grid-auto-flow:column;gap:2px;padding:0 8px 8px;display:grid}.mk-root .tab{border-radius:var(--mk-r2);color:var(--mk-fg-3);font:500 11px/14px var(--mk-font);cursor:pointer;background:0 0;border:0;justify-items:center;gap:2px;min-inline-size:0;padding:6px 0 4px;display:grid}.mk-root .tab .t{text-overflow:ellipsis;white-space:nowrap;max-inline-size:100%;overflow:hidden}.mk-root .tab:hover{background:var(--mk-row-hover);color:var(--mk-fg)}.mk-root .tab[aria-selected=true]{background:var(--mk-raised);color:var(--mk-fg)}.mk-root .tab .i{block-size:18px;display:block;position:relative}.mk-root .tab .pip{position:absolute;inset-block-start:-4px;inset-inline-start:11px}.mk-root .pip{background:var(--mk-primary);block-size:15px;min-inline-size:15px;color:var(--mk-on-primary);font:600 10px/15px var(--mk-font);text-align:center;font-variant-numeric:tabular-nums;border-radius:8px;padding-inline:4px}.mk-root .pip.w{background:var(--mk-warn);color:var(--mk-bg);border-radius:4px}.mk-root .bans{grid-area:bans}.mk-root .ban{padding-block:6px;padding-inline:var(--mk-gut) 8px;background:var(--mk-warn-tint);color:var(--mk-fg);grid-template-columns:16px minmax(0,1fr) auto;align-items:center;gap:8px;display:grid}.mk-root .ban.e{background:var(--mk-bad-tint)}.mk-root .ban>span{overflow-wrap:anywhere}.mk-root .ban>.btn:last-child{margin-inline-end:4px}.mk-root .main{scrollbar-width:thin;scrollbar-color:var(--mk-line) transparent;flex-direction:column;grid-area:main;display:flex;position:relative;overflow:hidden auto}.mk-root .main>*{flex:none}.mk-root .foot{border-block-start:1px solid var(--mk-line);block-size:28px;color:var(--mk-fg-3);grid-area:foot;align-items:center;gap:6px;padding-inline:4px;font-size:11px;line-height:14px;display:flex}.mk-root .foot button{border-radius:var(--mk-r1);block-size:24px;color:inherit;cursor:pointer;white-space:nowrap;background:0 0;border:0;align-items:center;gap:5px;min-inline-size:0;padding-inline:8px;display:inline-flex}.mk-root .foot button:hover{background:var(--mk-raised);color:var(--mk-fg)}.mk-root .foot b{color:var(--mk-fg-2);font-variant-numeric:tabular-nums;font-weight:500}.mk-root .dock{border-block-start:1px solid var(--mk-line);background:var(--mk-bg);padding:8px var(--mk-gut);z-index:3;gap:4px;margin-block-start:auto;display:grid;position:sticky;inset-block-end:0}.mk-root .dock .sub{color:var(--mk-fg-3);font-variant-numeric:tabular-nums;justify-content:space-between;gap:8px;display:flex}.mk-root .dock b{color:var(--mk-fg);font-weight:500}.mk-root .insp{border-inline-start:1px solid var(--mk-line);scrollbar-width:thin;scrollbar-color:var(--mk-line) transparent;flex-direction:column;grid-area:insp;min-inline-size:0;display:none;overflow:hidden auto}.mk-root .vhead{display:none}@container mk (width>=900px){.mk-root .mk{--mk-gut:16px;grid-template:\"nav bans\"\"nav main\"minmax(0,1fr)\"foot main\"/192px minmax(0,1fr)}.mk-root .mk:has(>.insp){grid-template:\"nav bans insp\"\"nav main insp\"minmax(0,1fr)\"foot main insp\"/192px minmax(0,1fr) 344px}.mk-root .head{border-inline-end:1px solid var(--mk-line);grid-area:nav;align-self:start;block-size:56px}.mk-root .tabs{border-block-end:0;border-inline-end:1px solid var(--mk-line);grid-area:nav;grid-auto-rows:34px;grid-auto-flow:row;align-content:start;margin-block-start:56px}.mk-root .tab{color:var(--mk-fg-2);font:500 13px/18px var(--mk-font);grid-template-columns:16px minmax(0,1fr) auto;place-items:center start;gap:10px;padding:0 8px}.mk-root .tab .i{display:contents}.mk-root .tab .ic{grid-area:1/1;block-size:16px;inline-size:16px}.mk-root .tab .t{grid-area:1/2}.mk-root .tab .pip{grid-area:1/3;position:static}.mk-root .foot{border-inline-end:1px solid var(--mk-line);border-block-start:0;flex-direction:column;align-items:stretch;gap:2px;block-size:auto;padding:8px}.mk-root .foot .sp{display:none}.mk-root .insp{display:flex}.mk-root .vhead{border-block-end:1px solid var(--mk-line);background:var(--mk-bg);z-index:3;align-items:center;gap:8px;block-size:56px;padding-inline:20px 16px;display:flex;position:sticky;inset-block-start:0}.mk-root .vhead h2{font:600 16px/22px var(--mk-font);white-space:nowrap}.mk-root .insp>header{border-block-end:1px solid var(--mk-line);align-items:center;gap:4px;min-block-size:56px;padding-block:6px;padding-inline:16px 8px;display:flex}}";
// src/styles/library.css?inline
var library_default = ".mk-root .main>.lib{flex:1 1 0;grid-template:minmax(0,1fr)/minmax(0,1fr);min-block-size:0;display:grid;position:relative}.mk-root .lib>.found,.mk-root .lib>.detail{flex-direction:column;grid-area:1/1;min-block-size:0;min-inline-size:0;display:flex}.mk-root .lib.reading>.found{visibility:hidden}.mk-root .lib .empty{margin-block:auto}.mk-root .lib .ban .acts{display:flex}.mk-root .search{padding-block:10px 6px;padding-inline:var(--mk-gut);flex:none;position:relative}.mk-root .srch{border-radius:var(--mk-r2);background:var(--mk-raised);cursor:text;flex-wrap:wrap;align-items:center;gap:4px;min-block-size:32px;padding-block:4px;padding-inline:10px 30px;display:flex;position:relative}.mk-root .srch:focus-within{box-shadow:inset 0 0 0 1.5px var(--mk-focus)}.mk-root .srch.wrong{box-shadow:inset 0 0 0 1.5px var(--mk-bad)}.mk-root .srch>.f3{margin-inline-end:4px}.mk-root .srch input{background:0 0;border:0;outline:none;flex:80px;block-size:24px;min-inline-size:0;padding:0}.mk-root .srch input::placeholder{color:var(--mk-fg-3);opacity:1}.mk-root .srch>.ib{position:absolute;inset-block-start:4px;inset-inline-end:4px}.mk-root .ib.kept .ic,.mk-root .ib.star[aria-pressed=true] .ic{fill:var(--mk-warn);stroke:var(--mk-warn)}.mk-root .ib.star[aria-pressed=true]{background:0 0}.mk-root .chip{border-radius:var(--mk-r1);background:var(--mk-go-tint);block-size:24px;max-inline-size:100%;color:var(--mk-go);font:500 12px/16px var(--mk-font);white-space:nowrap;cursor:pointer;border:0;align-items:center;gap:4px;min-inline-size:0;padding-inline:7px 5px;display:inline-flex}.mk-root .chip.no{background:var(--mk-bad-tint);color:var(--mk-bad)}.mk-root .help>p{padding-block-start:6px}.mk-root .hints{inset-inline:var(--mk-gut);z-index:5;border-radius:var(--mk-r3);background:var(--mk-pop);box-shadow:var(--mk-shadow);flex-wrap:wrap;gap:4px;margin-block-start:4px;padding:6px;display:flex;position:absolute}.mk-root .flt{padding-block-end:8px;padding-inline:var(--mk-gut) 8px;flex-wrap:wrap;align-items:center;gap:4px;min-inline-size:0;display:flex}.mk-root .flt .sel{max-inline-size:160px}.mk-root .flt .tools{flex:1 0 auto;align-items:center;display:flex}.mk-root .flt .tools>.num{margin-inline-start:auto}.mk-root .flt .tools .num{padding-inline:4px}.mk-root .bars{flex:none;display:grid}.mk-root .bars>:is(.flt,.bulk){grid-area:1/1}.mk-root .bars.picking>.flt{visibility:hidden}.mk-root .bulk{border-radius:var(--mk-r2);background:var(--mk-go-tint);flex-wrap:wrap;align-content:center;align-items:center;gap:2px;min-block-size:32px;margin-block-end:4px;margin-inline:8px;padding-block:2px;padding-inline:10px 4px;display:flex}.mk-root .bulk>.num{font-weight:500}.mk-root .bulk .ib{color:var(--mk-fg-2)}.mk-root .models{min-block-size:0;padding-inline:var(--mk-gut) calc(var(--mk-gut) - 11px);scrollbar-width:thin;scrollbar-color:var(--mk-line-strong) transparent;scrollbar-gutter:stable;overscroll-behavior:contain;flex:1 1 0;padding-block-start:2px;overflow:hidden auto}.mk-root .models .length{contain:layout style;position:relative}.mk-root .models .lines{will-change:transform;position:absolute;inset-inline:0}.mk-root .models .line{grid-template-columns:repeat(var(--columns), minmax(0, 1fr));gap:8px;display:grid}.mk-root .ghost{border-radius:var(--mk-r2);background:var(--mk-sunken);margin-block-end:10px}.mk-root .pic{display:grid;position:absolute;inset:0;overflow:hidden}.mk-root .pic img{object-fit:cover;block-size:100%;inline-size:100%;position:absolute;inset:0}.mk-root .pic.blur img{filter:blur(18px)saturate(.7);transform:scale(1.2)}.mk-root .pic .none{color:var(--mk-line-strong);place-self:center}.mk-root .pic .none .ic{stroke-width:1.1px;block-size:40px;inline-size:40px}.mk-root .pic .lift{color:#fff;background:#0f1012db;place-self:center;position:relative}.mk-root .card{cursor:pointer;border-radius:var(--mk-r2);align-self:start;min-inline-size:0;position:relative}.mk-root .card .pv{border-radius:var(--mk-r2);aspect-ratio:1/1.06;background:var(--mk-sunken);position:relative;overflow:hidden}.mk-root .card .bm,.mk-root .shot .cap{border-radius:var(--mk-r1);color:#fff;max-inline-size:calc(100% - 34px);font:500 11px/14px var(--mk-font);background:#0f1012d1;padding:1px 5px;position:absolute;inset-block-start:6px;inset-inline-start:6px}.mk-root .card .corner{justify-items:end;gap:4px;display:grid;position:absolute;inset-block-start:6px;inset-inline-end:6px}.mk-root .card .up{color:#8fd0ff;background:#0f1012d1;border-radius:50%;place-items:center;block-size:18px;inline-size:18px;display:grid}.mk-root .card .up.warn{color:#ffc266}.mk-root .card .up.bad{color:#ff9a93}.mk-root .card .nm{font:500 12px/16px var(--mk-font);align-items:center;gap:4px;margin-block-start:5px;display:flex}.mk-root .fav .ic{fill:var(--mk-warn);stroke:var(--mk-warn)}.mk-root .card .mt{block-size:14px;color:var(--mk-fg-3);font-variant-numeric:tabular-nums;white-space:nowrap;justify-content:space-between;gap:6px;margin-block-start:1px;font-size:11px;line-height:14px;display:flex}.mk-root .card .pv:after{content:\"\";border-radius:inherit;pointer-events:none;position:absolute;inset:0}.mk-root .card:hover .pv:after{box-shadow:inset 0 0 0 1.5px var(--mk-fg-3)}.mk-root .card:is(.pick,.open) .pv:after{box-shadow:inset 0 0 0 2px var(--mk-focus)}.mk-root .card .tools{opacity:0;justify-content:space-between;gap:4px;display:flex;position:absolute;inset-block-end:6px;inset-inline:6px}.mk-root .card .more{opacity:0}.mk-root .card:is(:hover,:focus-within) :is(.tools,.more),.mk-root .card .more[aria-expanded=true]{opacity:1}.mk-root .card :is(.tools .btn,.more){color:#fff;background:#0f1012db}.mk-root .card .more:hover{background:#0f1012}.mk-root .btn.grip{cursor:grab;padding-inline:5px}.mk-root :is(.card,.mrow) .cb.on{background:var(--mk-primary);color:#fff;box-shadow:0 0 0 1.5px #fff}.mk-root .card .cb{background:#0f1012b3;block-size:20px;inline-size:20px;position:absolute;inset-block-end:6px;inset-inline-start:6px;box-shadow:inset 0 0 0 1.5px #d0d0d4}.mk-root :is(.card,.mrow).away{opacity:.55}.mk-root .mrow{block-size:48px;margin-inline:calc(var(--mk-gut) * -1) 0;padding-inline:var(--mk-gut) 0;cursor:pointer;align-items:center;gap:8px;min-inline-size:0;display:flex}.mk-root .mrow:hover{background:var(--mk-row-hover)}.mk-root .mrow:is(.open,.pick){background:var(--mk-raised)}.mk-root .mrow:focus-visible{outline-offset:-2px}.mk-root .mrow>.pic{border-radius:var(--mk-r1);background:var(--mk-sunken);flex:none;block-size:36px;inline-size:36px;position:relative;inset:auto}.mk-root .mrow>.pic .none .ic{stroke-width:1.4px;block-size:18px;inline-size:18px}.mk-root .mrow .pic.blur img{filter:blur(6px)saturate(.7)}.mk-root .mrow .about{flex:auto;min-inline-size:0}.mk-root .mrow .l2{padding-inline-end:0}.mk-root .mrow .l2 .s{margin-inline-start:0}.mk-root .mrow .l2 .c{display:none}.mk-root .mrow{position:relative}.mk-root .mrow .tools{border-radius:var(--mk-r2);background:var(--mk-raised);opacity:0;display:flex;position:absolute;inset-block-start:2px;inset-inline-end:0}.mk-root .mrow:is(:hover,:focus-within) .tools{opacity:1}.mk-root .mrow .tools:has([aria-expanded=true]){opacity:1}@container mk (width>=900px){.mk-root .lib{--mk-gut:20px;--tile-gap:12px}.mk-root .lib.reading{grid-template-columns:minmax(0,1fr) 344px}.mk-root .lib.reading>.found{visibility:visible}.mk-root .lib.reading>.detail{border-inline-start:1px solid var(--mk-line);--mk-gut:16px;grid-area:1/2}.mk-root .found{position:relative}.mk-root .found>.vhead{z-index:0;background:0 0;border:0;position:absolute;inset-inline:0}.mk-root .found>.search{border-block-end:1px solid var(--mk-line);z-index:4;min-block-size:56px;padding-block:12px;padding-inline:104px 16px}.mk-root .found>.search .hints{inset-inline:104px 16px}.mk-root .found>.bars{margin-block-start:12px}.mk-root .mrow{padding-inline-end:56px}.mk-root .mrow .tools{inset-block-start:12px}.mk-root .mrow .about{grid-template-columns:minmax(0,1fr) minmax(0,460px);align-items:center;gap:16px;display:grid}.mk-root .mrow .l2{grid-template-columns:minmax(0,1fr) minmax(0,1fr) 16px 88px 72px;display:grid}.mk-root .mrow .l2 .c{display:block}.mk-root .mrow .l2 .e{text-align:end;margin:0}.mk-root .mrow .l2 .r{grid-column:4}.mk-root .mrow .l2 .s{grid-column:5}}@media (pointer:coarse){.mk-root .models{padding-inline-end:var(--mk-gut)}.mk-root :is(.card .tools,.card .more,.mrow .tools){opacity:1}.mk-root .mrow{padding-inline-end:0}.mk-root .mrow .tools{background:0 0;flex:none;position:static}}";
// src/styles/health.css?inline
var health_default = ".mk-root .health{flex-direction:column;flex:1 0 auto;display:flex}.mk-root .health>*{flex-direction:column;flex:1 0 auto;min-inline-size:0;display:flex}.mk-root .hp{padding-block:12px;padding-inline:var(--mk-gut) 8px;border-block-end:1px solid var(--mk-line);align-items:center;gap:10px;display:flex}.mk-root .hp .big{font:600 28px/32px var(--mk-font);letter-spacing:-.02em;white-space:nowrap}.mk-root .hp .big small{font:500 12px/16px var(--mk-font);color:var(--mk-fg-3);letter-spacing:0;display:block}.mk-root .hp .t{font:600 13px/18px var(--mk-font)}.mk-root .recm{padding-block:8px;padding-inline:var(--mk-gut) 8px;grid-template-columns:16px minmax(0,1fr) auto;align-items:start;gap:0 8px;display:grid}.mk-root .recm:hover{background:var(--mk-row-hover)}.mk-root .recm .t{font:500 13px/18px var(--mk-font)}.mk-root .recm .d{color:var(--mk-fg-3)}.mk-root .recm>span>.ic{margin-block-start:1px}.mk-root .recm>.btn{margin-inline-end:4px}.mk-root .recm>.sel{max-inline-size:132px;margin-inline-end:4px}.mk-root .recm>.acts{display:flex}.mk-root .recm>div:last-child{grid-column:2/4;margin-inline-end:4px}.mk-root .recm>.ib{margin-block:-3px}.mk-root .recm.sched{grid-template-columns:28px minmax(0,1fr) auto}.mk-root .recm.off>div{opacity:.6}.mk-root .recm.unread .t{font-weight:600}.mk-root .recm.unread{box-shadow:inset 2px 0 0 var(--mk-go)}.mk-root .ends{justify-content:space-between;gap:8px;padding-inline-end:4px;display:flex}.mk-root .plain{color:inherit;text-align:start;cursor:pointer;background:0 0;border:0;padding:0}.mk-root .plain:hover{text-decoration:underline}.mk-root .strips{border-block-start:1px solid var(--mk-line)}.mk-root .strip{min-block-size:36px;inline-size:100%;padding-block:0;padding-inline:var(--mk-gut) 12px;border:0;border-block-end:1px solid var(--mk-line);color:var(--mk-fg-2);cursor:pointer;text-align:start;background:0 0;align-items:center;gap:8px;display:flex}.mk-root .strip:hover{background:var(--mk-row-hover)}.mk-root .health .dock .sub{align-items:center}.mk-root .health .dock .sel{flex:none}.mk-root .dh{border-block-end:1px solid var(--mk-line);background:var(--mk-bg);z-index:3;align-items:center;gap:4px;min-block-size:48px;padding-block:6px;padding-inline:4px 12px;display:flex;position:sticky;inset-block-start:0}.mk-root .dh h2{font:600 13px/18px var(--mk-font)}.mk-root .paged .sec{inset-block-start:48px}.mk-root .tm{block-size:150px;margin-block:0 10px;margin-inline:calc(var(--mk-gut) - 1px);position:relative}.mk-root .tm .tile{padding:1px;position:absolute}.mk-root .tm .tile>div{block-size:100%;font:400 11px/14px var(--mk-font);color:#fff;border-radius:3px;flex-direction:column;padding:4px 6px;display:flex;overflow:hidden}.mk-root .tm .tile>:empty{padding:0}.mk-root .tm b{font-weight:600}.mk-root .tm .c0{background:#2b5c8c}.mk-root .tm .c1{background:#54468a}.mk-root .tm .c2{background:#27665d}.mk-root .tm .c3{background:#7d4257}.mk-root .tm .c4{background:#6d5426}.mk-root .tm .c5{background:#3f6130}.mk-root .tm .c6{background:#494b52}.mk-root .shares{inline-size:calc(100% - 2 * var(--mk-gut));margin-inline:var(--mk-gut);border-collapse:collapse;table-layout:fixed;margin-block-end:12px}.mk-root .shares caption{font:600 12px/26px var(--mk-font);color:var(--mk-fg-2);text-align:start}.mk-root .shares th{text-align:start;font-weight:400}.mk-root .shares :is(th,td){padding:3px 6px}.mk-root .shares td{text-align:end;white-space:nowrap}.mk-root .shares :is(th,td):nth-child(2){inline-size:56px}.mk-root .shares :is(th,td):nth-child(3){inline-size:76px}.mk-root .shares tbody tr{background:linear-gradient(var(--mk-raised), var(--mk-raised)) no-repeat 0 50% / var(--part) 20px}.mk-root .form{grid-template-columns:minmax(72px,max-content) minmax(0,1fr);align-items:center;gap:8px 12px;display:grid}.mk-root .form .fld{border:0;inline-size:100%}.mk-root .form .sel{justify-content:space-between;min-block-size:32px}.mk-root .names{color:var(--mk-fg-2);gap:2px;margin:0;display:grid}.mk-root .swx{cursor:pointer;align-items:center;gap:8px;display:inline-flex;position:relative}.mk-root .sw{background:var(--mk-line-strong);border-radius:8px;flex:none;block-size:16px;inline-size:28px;position:relative}.mk-root .sw:before{content:\"\";position:absolute;inset:-4px}.mk-root .sw:after{content:\"\";background:#fff;border-radius:50%;block-size:12px;inline-size:12px;position:absolute;inset-block-start:2px;inset-inline-start:2px}.mk-root :checked+.sw{background:var(--mk-primary)}.mk-root :checked+.sw:after{inset-inline-start:14px}.mk-root :focus-visible+.sw{outline:2px solid var(--mk-focus);outline-offset:1px}.mk-root .head .bell{display:inline-flex;position:relative}.mk-root .head .bell .pip{pointer-events:none;position:absolute;inset-block-start:0;inset-inline-end:0}.mk-root .copies{gap:3px;margin-block-start:3px;display:grid}.mk-root .copies li{color:var(--mk-fg-3);grid-template-columns:14px minmax(0,1fr);align-items:center;gap:7px;display:grid}.mk-root .same>p{padding-block:0 4px;padding-inline:var(--mk-gut) 12px}.mk-root .same .copies{padding-inline-end:4px}.mk-root .same .copies li{grid-template-columns:minmax(0,1fr) auto}.mk-root .copies .kept .path{color:var(--mk-fg-2)}@media (forced-colors:active){.mk-root :is(.sw,.tm .tile>div){forced-color-adjust:none}}@container mk (width>=900px){.mk-root .health.wide{flex:1 1 0;grid-template-columns:minmax(0,1fr) minmax(400px,40%);min-block-size:0;display:grid}.mk-root .health.wide>*{scrollbar-width:thin;scrollbar-color:var(--mk-line) transparent;overflow:hidden auto}.mk-root .health.wide .h-side{border-inline-start:1px solid var(--mk-line)}.mk-root .health :is(.hp,.recm,.strip,.same>p){padding-inline-start:20px}.mk-root .health :is(.hp,.recm){padding-inline-end:12px}.mk-root .health .recm>div:last-child{margin-inline-end:0}.mk-root .health .strip{padding-inline-end:16px}.mk-root .health .hp{padding-block:16px}.mk-root .hp .big small{display:inline}.mk-root .health .row>div:not(.exp){display:block}.mk-root .health .row .l1{display:flex}.mk-root .health .row .acts,.mk-root .health .l1 .sz{margin-inline:auto 0}.mk-root .health .row{align-items:start;padding-block:5px 6px}.mk-root .health .tm{block-size:220px;margin-inline-start:19px}.mk-root .head{gap:0;padding-inline:14px 4px}}";
// src/styles/page.css?inline
var page_default = "html{--lightningcss-light:initial;--lightningcss-dark: ;color-scheme:light dark;background:#171718}@media (prefers-color-scheme:dark){html{--lightningcss-light: ;--lightningcss-dark:initial}}@media (prefers-color-scheme:light){html{background:#fff}}html,body,#model-keeper{block-size:100%;margin:0}";
// src/styles/adopt.ts
var PANEL = [
	".mk-root{--mk-font:Inter, ui-sans-serif, system-ui, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif;--mk-mono:ui-monospace, \"Cascadia Code\", \"SF Mono\", Menlo, \"DejaVu Sans Mono\", monospace;--mk-bg:var(--interface-panel-surface,var(--base-background,#171718));--mk-raised:var(--secondary-background,#262729);--mk-hover:var(--secondary-background-hover,#313235);--mk-sunken:color-mix(in srgb, var(--mk-bg) 72%, #000);--mk-row-hover:color-mix(in srgb, var(--mk-raised) 55%, var(--mk-bg));--mk-line:color-mix(in srgb, var(--border-default,#494a50) 50%, var(--mk-bg));--mk-line-strong:color-mix(in srgb, var(--border-default,#494a50) 45%, var(--mk-fg-3));--mk-pop:color-mix(in srgb, var(--mk-raised) 60%, var(--mk-bg));--mk-scrim:#0000008c;--mk-shadow:0 6px 20px #00000073, 0 0 0 1px var(--mk-line);--mk-fg:var(--base-foreground,#fff);--mk-fg-2:color-mix(in srgb, var(--mk-fg) 76%, var(--mk-bg));--mk-fg-3:color-mix(in srgb, var(--muted-foreground,#8a8a8a) 80%, var(--mk-fg));--mk-primary:color-mix(in srgb, var(--primary-background,#0b8ce9) 82%, #000);--mk-primary-hover:color-mix(in srgb, var(--primary-background,#0b8ce9) 74%, #000);--mk-on-primary:#fff;--mk-focus:#7cc4fb;--mk-go:#5cb4f7;--mk-ok:#43c98b;--mk-warn:#f3ab45;--mk-bad:#ff8078;--mk-go-tint:color-mix(in srgb, var(--mk-go) 15%, var(--mk-bg));--mk-ok-tint:color-mix(in srgb, var(--mk-ok) 14%, var(--mk-bg));--mk-warn-tint:color-mix(in srgb, var(--mk-warn) 13%, var(--mk-bg));--mk-bad-tint:color-mix(in srgb, var(--mk-bad) 14%, var(--mk-bg));--mk-track:color-mix(in srgb, var(--mk-fg) 13%, var(--mk-bg));--mk-mark:22%;--mk-gut:12px;--mk-r1:4px;--mk-r2:6px;--mk-r3:8px;--mk-fast:.12s;--mk-slow:.22s;--mk-ease:cubic-bezier(.2, 0, 0, 1)}.mk-root.mk-light{--mk-bg:var(--interface-panel-surface,var(--base-background,#fff));--mk-fg:var(--base-foreground,#171718);--mk-raised:var(--secondary-background,#e9e9e9);--mk-hover:var(--secondary-background-hover,#e1e1e1);--mk-line:color-mix(in srgb, var(--border-default,#b3b3b3) 50%, var(--mk-bg));--mk-line-strong:color-mix(in srgb, var(--border-default,#b3b3b3) 45%, var(--mk-fg-3));--mk-sunken:color-mix(in srgb, var(--mk-bg) 94.5%, #000);--mk-row-hover:color-mix(in srgb, var(--mk-raised) 28%, var(--mk-bg));--mk-pop:var(--mk-bg);--mk-scrim:#0006;--mk-shadow:0 6px 20px #00000029, 0 0 0 1px var(--mk-line);--mk-fg-2:color-mix(in srgb, var(--mk-fg) 78%, var(--mk-bg));--mk-fg-3:color-mix(in srgb, var(--muted-foreground,#494a50) 88%, var(--mk-bg));--mk-primary:color-mix(in srgb, var(--primary-background,#31b9f4) 45%, #003a80);--mk-primary-hover:color-mix(in srgb, var(--primary-background,#31b9f4) 35%, #003a80);--mk-focus:#0b6fb8;--mk-go:#0b66a8;--mk-ok:#0b7348;--mk-warn:#8a5000;--mk-bad:#b3261e;--mk-go-tint:color-mix(in srgb, var(--mk-go) 9%, var(--mk-bg));--mk-ok-tint:color-mix(in srgb, var(--mk-ok) 9%, var(--mk-bg));--mk-warn-tint:color-mix(in srgb, var(--mk-warn) 9%, var(--mk-bg));--mk-bad-tint:color-mix(in srgb, var(--mk-bad) 8%, var(--mk-bg));--mk-mark:8%}",
	base_default,
	frame_default,
	controls_default,
	".mk-root .sec{min-block-size:26px;padding-inline:var(--mk-gut) 8px;color:var(--mk-fg-2);background:var(--mk-bg);z-index:2;align-items:center;gap:6px;display:flex;position:sticky;inset-block-start:0}.mk-root .sec h2{font:600 12px/16px var(--mk-font);min-inline-size:0}.mk-root .sec .ct{color:var(--mk-fg-3);font-variant-numeric:tabular-nums;font-weight:500}.mk-root .sec.ruled{border-block-start:1px solid var(--mk-line)}.mk-root .sec.folds{font:600 12px/16px var(--mk-font);padding:0}.mk-root .sec.folds .fold{color:inherit}.mk-root .sec .note{color:var(--mk-fg-3);white-space:nowrap;font-weight:400}.mk-root .sec:not(.folds) .note{margin-inline-end:calc(var(--mk-gut) - 8px)}.mk-root .sec .note>.btn.gh:last-child{margin-inline-end:-8px}.mk-root .row{padding-block:5px 6px;padding-inline:var(--mk-gut) 8px;grid-template-columns:16px minmax(0,1fr);column-gap:8px;display:grid;position:relative}.mk-root .row:hover,.mk-root .row.hov{background:var(--mk-row-hover)}.mk-root .row .st{place-items:center;block-size:20px;display:grid}.mk-root .l1{min-block-size:20px;font:500 13px/20px var(--mk-font);align-items:center;gap:6px;display:flex}.mk-root .l1 .acts{margin-block:-2px;margin-inline-start:auto;display:flex}.mk-root .l1 .acts:has(>.btn:last-child){margin-inline-end:4px}.mk-root .l1 .sz{font:400 12px/16px var(--mk-font);color:var(--mk-fg-2);font-variant-numeric:tabular-nums;white-space:nowrap;margin-inline-start:auto;padding-inline-end:4px}.mk-root .l2{color:var(--mk-fg-3);align-items:center;gap:8px;min-inline-size:0;padding-inline-end:4px;display:flex}.mk-root .l2>*{min-inline-size:0}.mk-root .l2 .e{white-space:nowrap;flex:none;margin-inline-start:auto}.mk-root .l2 b{color:var(--mk-fg-2);font-weight:500}.mk-root .l2.act{min-block-size:24px;margin-block-start:1px}.mk-root .msg{color:var(--mk-fg-2);padding-inline-end:4px}.mk-root .acl{flex-wrap:wrap;align-items:center;gap:6px;margin-block-start:6px;display:flex}.mk-root .kids{position:relative}.mk-root .kids:before{content:\"\";background:var(--mk-line);inline-size:1px;position:absolute;inset-block:-4px 6px;inset-inline-start:5px}.mk-root .fold{min-block-size:28px;inline-size:100%;padding-inline:var(--mk-gut) 12px;color:var(--mk-fg-3);cursor:pointer;text-align:start;background:0 0;border:0;align-items:center;gap:8px;display:flex}.mk-root .fold:hover{background:var(--mk-row-hover)}.mk-root .exp{border-radius:var(--mk-r2);background:var(--mk-sunken);grid-column:2;gap:6px;margin-block:6px 2px;margin-inline-end:4px;padding:8px 10px;display:grid}.mk-root .ev{color:var(--mk-fg-2);grid-template-columns:14px minmax(0,1fr);align-items:start;gap:5px 7px;display:grid}.mk-root .ev .ic{margin-block-start:1px}.mk-root .kv{color:var(--mk-fg-2);grid-template-columns:minmax(56px,max-content) minmax(0,1fr);gap:4px 10px;display:grid}.mk-root .kv dt{color:var(--mk-fg-3)}.mk-root .kv dd{margin:0}.mk-root .kv .ib{margin-block:-4px}.mk-root .steps{color:var(--mk-fg-3);align-items:center;gap:4px;font-size:11px;line-height:14px;display:flex}.mk-root .steps span{white-space:nowrap;align-items:center;gap:3px;display:inline-flex}.mk-root .steps i{background:var(--mk-line-strong);flex:1;block-size:1px;min-inline-size:4px}.mk-root .steps .now{color:var(--mk-fg);font-weight:500}.mk-root .steps .done{color:var(--mk-ok)}@container mk (width>=900px){.mk-root .row{align-items:center;min-block-size:36px;padding-block:2px;padding-inline:20px 12px}.mk-root .row>div:not(.exp){grid-template-columns:minmax(0,1fr) 132px minmax(0,340px) 132px;grid-template-areas:\"name bar line acts\";align-items:center;gap:0 16px;display:grid}.mk-root .row .l1{display:contents}.mk-root .row .fn{grid-area:name}.mk-root .row .bar{grid-area:bar;margin:0}.mk-root .row .l2{grid-area:line}.mk-root .row>div:not(:has(.bar))>.l2{grid-column:bar/line}.mk-root .row .acts,.mk-root .row .sz{grid-area:acts;justify-self:end;margin:0}.mk-root .row:has(.acl)>div:not(.exp){grid-template-areas:\"name bar line acts\"\"rest rest rest rest\"}.mk-root .row [role=radiogroup]{grid-area:rest}.mk-root .row .exp{max-inline-size:720px}.mk-root :is(.sec,.sum,.paste,.bat,.doc,.dock){padding-inline-start:20px}.mk-root .sec.folds{padding-inline-start:0}.mk-root .sec.folds .fold,.mk-root .fold{padding-inline-start:20px}.mk-root .paste>*{max-inline-size:720px}}",
	floating_default,
	".mk-root .paste{padding:10px var(--mk-gut) 8px}.mk-root .rec{border-radius:var(--mk-r2);background:var(--mk-sunken);grid-template-columns:minmax(0,1fr);gap:6px;margin-block-start:6px;padding:8px 10px 10px;display:grid}.mk-root .sum{padding-block:2px 8px;padding-inline:var(--mk-gut) 8px;border-block-end:1px solid var(--mk-line);grid-template-columns:auto minmax(0,1fr) auto;align-items:center;gap:0 10px;display:grid}.mk-root .sum .speed{font:600 20px/24px var(--mk-font);font-variant-numeric:tabular-nums;letter-spacing:-.01em;min-inline-size:104px}.mk-root .sum .speed small{font:500 12px/16px var(--mk-font);color:var(--mk-fg-3);letter-spacing:0}.mk-root .sum .sub{color:var(--mk-fg-3);grid-column:1/3}.mk-root .bat{padding-block:8px 6px;padding-inline:var(--mk-gut) 8px;grid-template-columns:16px minmax(0,1fr) auto;align-items:center;column-gap:8px;display:grid}.mk-root .bat .n{font:600 13px/20px var(--mk-font)}.mk-root .tags{flex-wrap:wrap;gap:4px;display:flex}.mk-root .go-line{gap:6px;margin-block-start:2px;display:flex}.mk-root .go-line .sel,.mk-root .rec>.sel{flex:0 auto;min-block-size:28px;min-inline-size:0;max-inline-size:60%}.mk-root .rec>.sel{max-inline-size:100%}.mk-root .links{gap:4px;margin:0;padding:0;list-style:none;display:grid}.mk-root .links .e{max-inline-size:45%}.mk-root .bat .acts{align-items:center;display:flex}.mk-root .bat .acts>.num{padding-inline-end:4px}.mk-root .acl.clear{justify-content:flex-end;padding:2px 8px 8px}.mk-root .opt{grid-template-columns:minmax(0,1fr) 88px;align-items:center;gap:0 10px;display:grid}.mk-root .opt input.fld{border:0;inline-size:100%;padding-inline:10px}",
	".mk-root .diff{border-radius:var(--mk-r1);background:var(--mk-sunken);font:400 11px/18px var(--mk-mono);text-align:start;direction:ltr;margin-inline-end:4px;padding:4px 0;overflow:hidden}.mk-root .diff div{white-space:nowrap;grid-template-columns:18px minmax(0,1fr);display:grid}.mk-root .diff span{text-overflow:ellipsis;overflow:hidden}.mk-root .diff .m{color:var(--mk-bad)}.mk-root .diff .p{color:var(--mk-ok)}.mk-root .diff div:before{content:attr(data-s);text-align:center}.mk-root .diff mark{color:inherit;background:color-mix(in srgb, currentColor var(--mk-mark), transparent);border-radius:2px}.mk-root .cand{border-radius:var(--mk-r2);cursor:pointer;grid-template-columns:16px minmax(0,1fr) auto;align-items:start;gap:0 8px;padding:5px 8px;display:grid}.mk-root .cand:hover{background:var(--mk-row-hover)}.mk-root .cand.on{background:var(--mk-raised)}.mk-root .cand .d{color:var(--mk-fg-3);grid-column:2/4}.mk-root .cand.on .d{color:var(--mk-fg-2)}.mk-root .score{align-items:center;gap:2px;block-size:16px;display:inline-flex}.mk-root .score i{background:var(--mk-line-strong);border-radius:1px;block-size:10px;inline-size:4px}.mk-root .score i.y{background:var(--mk-ok)}.mk-root .score i.h{background:var(--mk-warn)}.mk-root .rd{block-size:16px;inline-size:16px;box-shadow:inset 0 0 0 1.5px var(--mk-line-strong);border-radius:50%;flex:none;position:relative}.mk-root .rd:after{content:\"\";position:absolute;inset:-4px}.mk-root .rd.on{box-shadow:inset 0 0 0 5px var(--mk-primary)}.mk-root .workflow{flex-direction:column;flex:1 0 auto;min-block-size:100%;display:flex}.mk-root .workflow.dragging{box-shadow:inset 0 0 0 2px var(--mk-focus)}.mk-root .doc{padding-block:6px;padding-inline:var(--mk-gut) 8px;border-block-end:1px solid var(--mk-line);align-items:center;gap:8px;display:flex}.mk-root .doc .n{font:600 13px/18px var(--mk-font)}.mk-root .doc .ib+.ib{margin-inline-start:-6px}.mk-root .dock .btn.w{justify-self:end;max-inline-size:400px}.mk-root .row .rest,.mk-root .pasted{grid-template-columns:minmax(0,1fr);gap:6px;display:grid}.mk-root .row .rest{margin-block-start:4px}.mk-root .diff i{font-style:normal}.mk-root .choice{margin-inline:-32px -4px}.mk-root .choice .acl{margin-inline-start:32px}.mk-root .cand .num{font:400 12px/16px var(--mk-font);color:var(--mk-fg-2);white-space:nowrap}.mk-root .cand .d{-webkit-line-clamp:2;line-clamp:2;-webkit-box-orient:vertical;display:-webkit-box;overflow:hidden}.mk-root .cand:focus-within .rd{outline:2px solid var(--mk-focus);outline-offset:1px}.mk-root .pasted{padding-inline-end:4px}.mk-root .pasted .l2{padding:0}.mk-root .pasted .btn{max-inline-size:100%}.mk-root .pasted p,.mk-root .pasted .acl{margin:0}.mk-root .not-asked{padding-block:2px 4px;padding-inline:var(--mk-gut) 12px;color:var(--mk-fg-2);gap:4px;margin:0;list-style:none;display:grid}.mk-root .not-asked li{grid-template-columns:16px minmax(0,1fr) auto;align-items:start;gap:8px;display:grid}.mk-root .ban.absent,.mk-root .ban.all-here{flex:none;grid-template-columns:16px minmax(0,1fr);margin:0}.mk-root .ban.all-here{background:var(--mk-ok-tint)}.mk-root .ban.all-here b{font:600 13px/18px var(--mk-font)}.mk-root .ban.offer{background:var(--mk-go-tint);grid-template-columns:16px minmax(0,1fr)}.mk-root .ban.offer .acl{grid-column:2;margin:0}@container mk (width>=900px){.mk-root .row:has(>div>.rest)>div:not(.exp){grid-template-areas:\"name bar line acts\"\"rest rest rest rest\"}.mk-root .row:has(>div>.rest){align-items:start;padding-block:6px}.mk-root .l1:has(>.acts) .sz{margin-inline-end:72px}.mk-root .row .rest{grid-area:rest;max-inline-size:720px;padding-block-end:6px}.mk-root .not-asked{padding-inline-start:20px}}",
	library_default,
	detail_default,
	health_default
];
function adoptStyles(root) {
	const styles = root instanceof Document ? [page_default, ...PANEL] : PANEL;
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(styles.join("\n"));
	root.adoptedStyleSheets.push(sheet);
}
// src/mount.ts
function mount(panel, root, floor) {
	const app = createApp(PanelFrame_default, {
		panel,
		menuTarget: floor
	});
	app.mount(root);
	return app;
}
function floorIn(parent) {
	const floor = document.createElement("div");
	floor.className = "mk-root mk-layer";
	parent.appendChild(floor);
	return floor;
}
export { adoptStyles, floorIn, mount };
