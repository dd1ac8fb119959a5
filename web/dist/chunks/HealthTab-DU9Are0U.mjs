import { A as renderSlot, C as nextTick, D as openBlock, E as onUnmounted, F as watch, L as withCtx, N as useModel, P as useTemplateRef, R as withDirectives, T as onMounted, _ as createVNode, a as vModelText, c as Fragment, d as createBaseVNode, f as createBlock, g as createTextVNode, j as resolveDynamicComponent, k as renderList, m as createElementBlock, n as vModelCheckbox, o as withKeys, p as createCommentVNode, s as withModifiers, u as computed, x as mergeModels, y as defineComponent } from "./vue-BcPPEbeh.mjs";
import { E as unref, at as toDisplayString, h as ref, m as reactive, nt as normalizeClass, rt as normalizeStyle } from "./reactivity-CW10_34m.mjs";
import { d as EmptyState_default, f as IconButton_default, g as usePanel, l as FileName_default, m as Icon_default, o as SelectButton_default, p as Btn_default, r as Dialog_default, t as MenuButton_default } from "./MenuButton-BXaT0XWR.mjs";
import { f as isLive, n as reachOf, o as allows, r as upkeepIcon, u as countsModels } from "./upkeep-zfscpX2Q.mjs";
import { c as providerOfToken, d as SectionHeading_default, f as moveBetweenRows, n as placeOf, r as ProgressBar_default, t as newsTexts, u as CheckBox_default } from "./newsTexts-BtzT9AvJ.mjs";
import { n as REVIEWED, r as TODO_LOOKS, t as createLoaded } from "./loaded-BNrXOfuH.mjs";
// src/components/health/LoadProblem.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$27 = {
	key: 0,
	class: "ban e",
	role: "alert"
};
var _hoisted_2$23 = { class: "bad" };
// src/components/health/LoadProblem.vue
var LoadProblem_default = defineComponent({
	__name: "LoadProblem",
	props: { problem: {} },
	emits: ["retry"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const { texts } = usePanel();
		return (_ctx, _cache) => {
			return __props.problem ? (openBlock(), createElementBlock("div", _hoisted_1$27, [
				createBaseVNode("span", _hoisted_2$23, [createVNode(Icon_default, { name: "warn" })]),
				createBaseVNode("span", null, toDisplayString(unref(texts).message(__props.problem)) + " " + toDisplayString(unref(texts).hint(__props.problem)), 1),
				createVNode(Btn_default, {
					size: "s",
					onClick: _cache[0] || (_cache[0] = ($event) => emit("retry"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(texts).t("do.retry")), 1)]),
					_: 1
				})
			])) : createCommentVNode("", true);
		};
	}
});
// src/components/health/ModelRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$26 = ["data-model", "aria-label"];
var _hoisted_2$22 = { class: "l1" };
var _hoisted_3$16 = {
	key: 0,
	class: "sz"
};
var _hoisted_4$11 = {
	key: 1,
	class: "acts"
};
var _hoisted_5$8 = {
	key: 0,
	class: "l2"
};
var _hoisted_6$5 = ["title"];
var _hoisted_7$3 = {
	key: 0,
	class: "e num"
};
// src/components/health/ModelRow.vue
var ModelRow_default = defineComponent({
	__name: "ModelRow",
	props: {
		name: {},
		about: {},
		size: {},
		icon: {},
		tone: {},
		model: {}
	},
	setup(__props) {
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: "row",
				tabindex: "0",
				"data-model": __props.model,
				"aria-label": [
					__props.name,
					__props.about,
					__props.size
				].filter(Boolean).join(", ")
			}, [createBaseVNode("span", { class: normalizeClass(["st", __props.tone ?? "f3"]) }, [__props.icon ? (openBlock(), createBlock(Icon_default, {
				key: 0,
				name: __props.icon
			}, null, 8, ["name"])) : createCommentVNode("", true)], 2), createBaseVNode("div", null, [createBaseVNode("div", _hoisted_2$22, [
				createVNode(FileName_default, { name: __props.name }, null, 8, ["name"]),
				__props.size && !_ctx.$slots["default"] ? (openBlock(), createElementBlock("span", _hoisted_3$16, toDisplayString(__props.size), 1)) : createCommentVNode("", true),
				_ctx.$slots["default"] ? (openBlock(), createElementBlock("span", _hoisted_4$11, [renderSlot(_ctx.$slots, "default")])) : createCommentVNode("", true)
			]), __props.about ? (openBlock(), createElementBlock("div", _hoisted_5$8, [createBaseVNode("span", {
				class: "el",
				title: __props.about
			}, toDisplayString(__props.about), 9, _hoisted_6$5), __props.size && _ctx.$slots["default"] ? (openBlock(), createElementBlock("span", _hoisted_7$3, toDisplayString(__props.size), 1)) : createCommentVNode("", true)])) : createCommentVNode("", true)])], 8, _hoisted_1$26);
		};
	}
});
// src/components/health/PageHead.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$25 = { class: "dh" };
var _hoisted_2$21 = { class: "sp" };
var _hoisted_3$15 = { class: "el" };
var _hoisted_4$10 = ["title"];
// src/components/health/PageHead.vue
var PageHead_default = defineComponent({
	__name: "PageHead",
	props: {
		title: {},
		about: {}
	},
	setup(__props) {
		const { health, texts } = usePanel();
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("header", _hoisted_1$25, [
				createVNode(IconButton_default, {
					icon: "left",
					label: unref(texts).t("health.back"),
					onClick: _cache[0] || (_cache[0] = ($event) => unref(health).open("overview"))
				}, null, 8, ["label"]),
				createBaseVNode("div", _hoisted_2$21, [createBaseVNode("h2", _hoisted_3$15, toDisplayString(__props.title), 1), __props.about ? (openBlock(), createElementBlock("div", {
					key: 0,
					class: "f3 num el",
					title: __props.about
				}, toDisplayString(__props.about), 9, _hoisted_4$10)) : createCommentVNode("", true)]),
				renderSlot(_ctx.$slots, "default")
			]);
		};
	}
});
// src/components/health/useUndoable.ts
function useUndoable() {
	const panel = usePanel();
	const { client, health, queue, texts, ui } = panel;
	const { t } = texts;
	async function reload() {
		const { report, space, duplicates, broken, trash, changes } = health;
		await Promise.all([
			report,
			space,
			duplicates,
			broken,
			trash,
			changes
		].map((part) => part.load()));
	}
	function undoOf(id) {
		return id ? { undo: () => void takeBack(id) } : {};
	}
	async function told(text, results, change) {
		const failed = results.filter((result) => result.error !== null);
		const undo = undoOf(change);
		const [first] = failed;
		if (first?.error) {
			const why = texts.message(first.error);
			ui.notice = {
				text: t("health.partly", {
					count: failed.length,
					why
				}),
				kind: "warn",
				...undo
			};
		} else ui.notice = {
			text,
			kind: "ok",
			...undo
		};
		await reload();
	}
	async function change(text, work) {
		const answer = await panel.attempt(work);
		if (!answer) return;
		if (!answer.job) return told(text, answer.results, answer.change?.id);
		toldLater(text, answer.job);
		queue.put(answer.job);
		ui.notice = {
			text: t("health.handedOver"),
			kind: "ok"
		};
	}
	function toldLater(text, started) {
		const stop = queue.onSuccess((job) => {
			if (job.id !== started.id) return;
			stop();
			panel.attempt(async () => {
				const { result } = await client.job(job.id);
				const { changes, done, failed } = result;
				if (failed > 0) ui.notice = {
					text: t("health.partlyDone", {
						done,
						failed
					}),
					kind: "warn",
					...undoOf(changes.at(-1))
				};
				else ui.notice = {
					text,
					kind: "ok",
					...undoOf(changes.at(-1))
				};
				await reload();
			});
		});
	}
	async function takeBack(id) {
		await change(t("health.undone"), () => health.api.undo(id));
	}
	return {
		change,
		undo: takeBack,
		reload
	};
}
// src/components/health/BrokenPage.vue
var BrokenPage_default = defineComponent({
	__name: "BrokenPage",
	setup(__props) {
		const panel = usePanel();
		const { health, queue, texts, ui } = panel;
		const { t } = texts;
		const { change } = useUndoable();
		const { state, value } = health.broken;
		const about = computed(() => t("health.models", { count: value.value.total }));
		onMounted(() => void health.broken.load());
		onUnmounted(queue.onSuccess((job) => {
			if (value.value.items.some((model) => model.job === job.id)) health.broken.load();
		}));
		function jobOf(model) {
			const job = queue.jobs.get(model.job ?? "");
			return job && isLive(job) ? job : void 0;
		}
		async function getAgain(model) {
			const accepted = await panel.attempt(() => health.api.getAgain(model.id));
			if (!accepted) return;
			queue.put(accepted.job);
			ui.notice = {
				text: t("health.getsAgain", { name: model.name }),
				kind: "ok"
			};
			await health.broken.load();
		}
		function whyOf(model) {
			return [model.problem, `${model.category}/${model.relative}`].filter(Boolean).join(" · ");
		}
		async function trash(model) {
			await change(t("health.thrownAway", { name: model.name }), () => health.api.throwAway(model.id));
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", { onKeydown: _cache[2] || (_cache[2] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args)) }, [
				createVNode(PageHead_default, {
					title: unref(t)("health.broken"),
					about: about.value
				}, null, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).broken.load())
				}, null, 8, ["problem"]),
				unref(state).loaded && !unref(value).items.length ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.noBroken.title"),
					text: unref(t)("health.noBroken.text")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(value).items, (model) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: model.id,
						name: model.name,
						model: model.id,
						about: whyOf(model),
						size: unref(texts).bytes(model.size),
						icon: "fail",
						tone: "bad"
					}, {
						default: withCtx(() => [jobOf(model) ? (openBlock(), createBlock(Btn_default, {
							key: 0,
							size: "s",
							icon: "queue",
							onClick: _cache[1] || (_cache[1] = ($event) => unref(ui).tab = "queue")
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.inQueue")), 1)]),
							_: 1
						})) : model.source ? (openBlock(), createBlock(Btn_default, {
							key: 1,
							size: "s",
							icon: "retry",
							title: model.source,
							onClick: ($event) => getAgain(model)
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.do.getAgain")), 1)]),
							_: 1
						}, 8, ["title", "onClick"])) : createCommentVNode("", true), createVNode(IconButton_default, {
							small: "",
							icon: "trash",
							label: unref(t)("health.do.throwAway"),
							onClick: ($event) => trash(model)
						}, null, 8, ["label", "onClick"])]),
						_: 2
					}, 1032, [
						"name",
						"model",
						"about",
						"size"
					]);
				}), 128))
			], 32);
		};
	}
});
// src/components/health/ChangeRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$24 = ["data-change", "aria-label"];
var _hoisted_2$20 = { class: "f3" };
var _hoisted_3$14 = { class: "ends" };
var _hoisted_4$9 = { class: "t el" };
var _hoisted_5$7 = { class: "f3 num nw" };
var _hoisted_6$4 = ["title"];
// src/components/health/ChangeRow.vue
var ChangeRow_default = defineComponent({
	__name: "ChangeRow",
	props: { change: {} },
	setup(__props) {
		const props = __props;
		const ICONS = {
			move: "folder",
			rename: "edit",
			trash: "trash",
			restore: "undo",
			dedupe: "dup",
			organise: "folder",
			undo: "undo"
		};
		const { texts, ui } = usePanel();
		const { t } = texts;
		const { undo } = useUndoable();
		const title = computed(() => t(`health.changed.${props.change.kind}`, { count: props.change.models }));
		const about = computed(() => {
			const size = props.change.bytes ? texts.bytes(props.change.bytes) : "";
			return [
				props.change.undone ? t("health.wasUndone") : "",
				size,
				props.change.names.join(", ")
			].filter(Boolean).join(" · ");
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: "recm",
				tabindex: "0",
				"data-change": __props.change.kind,
				"aria-label": [title.value, about.value].filter(Boolean).join(", ")
			}, [
				createBaseVNode("span", _hoisted_2$20, [createVNode(Icon_default, { name: ICONS[__props.change.kind] ?? "edit" }, null, 8, ["name"])]),
				createBaseVNode("div", null, [createBaseVNode("div", _hoisted_3$14, [createBaseVNode("span", _hoisted_4$9, toDisplayString(title.value), 1), createBaseVNode("span", _hoisted_5$7, toDisplayString(unref(texts).when(__props.change.at, unref(ui).now)), 1)]), about.value ? (openBlock(), createElementBlock("div", {
					key: 0,
					class: "d el",
					title: about.value
				}, toDisplayString(about.value), 9, _hoisted_6$4)) : createCommentVNode("", true)]),
				__props.change.can_be_undone ? (openBlock(), createBlock(Btn_default, {
					key: 0,
					size: "s",
					variant: "lk",
					icon: "undo",
					onClick: _cache[0] || (_cache[0] = ($event) => unref(undo)(__props.change.id))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.undo")), 1)]),
					_: 1
				})) : createCommentVNode("", true)
			], 8, _hoisted_1$24);
		};
	}
});
// src/components/health/ChangesPage.vue
var ChangesPage_default = defineComponent({
	__name: "ChangesPage",
	setup(__props) {
		const { health, texts } = usePanel();
		const { t } = texts;
		const { state, value } = health.changes;
		onMounted(() => void health.changes.load());
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", { onKeydown: _cache[1] || (_cache[1] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args)) }, [
				createVNode(PageHead_default, {
					title: unref(t)("health.doneLately"),
					about: unref(t)("health.doneAbout")
				}, null, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).changes.load())
				}, null, 8, ["problem"]),
				unref(state).loaded && !unref(value).length ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.noChanges"),
					text: unref(t)("health.doneAbout")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(value), (change) => {
					return openBlock(), createBlock(ChangeRow_default, {
						key: change.id,
						change
					}, null, 8, ["change"]);
				}), 128))
			], 32);
		};
	}
});
// src/components/health/DoneLately.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$23 = ["aria-label"];
var FEW$3 = 6;
// src/components/health/DoneLately.vue
var DoneLately_default = defineComponent({
	__name: "DoneLately",
	setup(__props) {
		const { health, texts } = usePanel();
		const { t } = texts;
		const latest = computed(() => health.changes.value.value.slice(0, FEW$3));
		return (_ctx, _cache) => {
			return latest.value.length ? (openBlock(), createElementBlock("section", {
				key: 0,
				"aria-label": unref(t)("health.doneLately"),
				onKeydown: _cache[0] || (_cache[0] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args))
			}, [createVNode(SectionHeading_default, { title: unref(t)("health.doneLately") }, null, 8, ["title"]), (openBlock(true), createElementBlock(Fragment, null, renderList(latest.value, (change) => {
				return openBlock(), createBlock(ChangeRow_default, {
					key: change.id,
					change
				}, null, 8, ["change"]);
			}), 128))], 40, _hoisted_1$23)) : createCommentVNode("", true);
		};
	}
});
// src/components/health/DuplicateSet.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$22 = ["data-set", "aria-label"];
var _hoisted_2$19 = { class: "st" };
var _hoisted_3$13 = { class: "l1" };
var _hoisted_4$8 = { class: "sz" };
var _hoisted_5$6 = { class: "copies" };
var _hoisted_6$3 = { class: "kept" };
var _hoisted_7$2 = ["title"];
var _hoisted_8$2 = ["title"];
var _hoisted_9$1 = { class: "vh" };
var _hoisted_10 = ["title"];
var _hoisted_11 = ["title", "onClick"];
var _hoisted_12 = { class: "vh" };
// src/components/health/DuplicateSet.vue
var DuplicateSet_default = defineComponent({
	__name: "DuplicateSet",
	props: {
		kept: {},
		others: {},
		size: {},
		how: {},
		ticked: { type: Boolean }
	},
	emits: ["tick", "keep"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const ICONS = {
			trash: "trash",
			reflink: "link",
			hardlink: "link"
		};
		const { texts } = usePanel();
		const { t } = texts;
		const size = computed(() => `${texts.count(props.others.length + 1)} × ${texts.bytes(props.size)}`);
		function placeOf(model) {
			return `${model.category}/${model.relative}`;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: "row",
				tabindex: "0",
				"data-set": __props.kept.name,
				"aria-label": __props.kept.name,
				onKeydown: _cache[1] || (_cache[1] = withKeys(withModifiers(($event) => emit("tick", !__props.ticked), ["self", "prevent"]), ["space"]))
			}, [createBaseVNode("span", _hoisted_2$19, [createVNode(CheckBox_default, {
				"model-value": __props.ticked,
				label: __props.kept.name,
				"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => emit("tick", $event))
			}, null, 8, ["model-value", "label"])]), createBaseVNode("div", null, [createBaseVNode("div", _hoisted_3$13, [createVNode(FileName_default, { name: __props.kept.name }, null, 8, ["name"]), createBaseVNode("span", _hoisted_4$8, toDisplayString(size.value), 1)]), createBaseVNode("ul", _hoisted_5$6, [createBaseVNode("li", _hoisted_6$3, [
				createBaseVNode("span", {
					class: "ok",
					title: unref(t)("health.kept")
				}, [createVNode(Icon_default, {
					name: "check",
					size: "s"
				})], 8, _hoisted_7$2),
				createBaseVNode("span", {
					class: "path el",
					title: `${__props.kept.root}/${__props.kept.relative}`
				}, toDisplayString(placeOf(__props.kept)), 9, _hoisted_8$2),
				createBaseVNode("span", _hoisted_9$1, toDisplayString(unref(t)("health.kept")), 1)
			]), (openBlock(true), createElementBlock(Fragment, null, renderList(__props.others, (other) => {
				return openBlock(), createElementBlock("li", { key: other.id }, [
					createBaseVNode("span", { title: unref(t)(`health.how.${__props.how}`) }, [createVNode(Icon_default, {
						name: ICONS[__props.how],
						size: "s"
					}, null, 8, ["name"])], 8, _hoisted_10),
					createBaseVNode("button", {
						type: "button",
						class: "path el plain",
						title: `${unref(t)("health.keepThis")}: ${other.root}/${other.relative}`,
						onClick: ($event) => emit("keep", other.id)
					}, toDisplayString(placeOf(other)), 9, _hoisted_11),
					createBaseVNode("span", _hoisted_12, toDisplayString(unref(t)(`health.how.${__props.how}`)), 1)
				]);
			}), 128))])])], 40, _hoisted_1$22);
		};
	}
});
// src/components/health/SameWeights.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$21 = ["aria-label"];
var _hoisted_2$18 = { class: "f3" };
var _hoisted_3$12 = ["data-weights", "aria-label"];
var _hoisted_4$7 = { class: "st f3" };
var _hoisted_5$5 = { class: "l1" };
var _hoisted_6$2 = { class: "sz" };
var _hoisted_7$1 = { class: "copies" };
var _hoisted_8$1 = ["title", "onClick"];
var _hoisted_9 = ["title"];
var DIGITS = 10;
// src/components/health/SameWeights.vue
var SameWeights_default = defineComponent({
	__name: "SameWeights",
	props: {
		sets: {},
		more: { type: Boolean }
	},
	setup(__props) {
		const { library, texts, ui } = usePanel();
		const { t } = texts;
		function nameOf({ variants }) {
			return variants[0]?.items[0]?.name ?? "";
		}
		function sizeOf({ variants }) {
			return `${texts.count(placesOf(variants).length)} × ${texts.bytes(variants[0]?.size ?? 0)}`;
		}
		function placesOf(variants) {
			return variants.flatMap(({ sha256, items }) => items.map((model) => ({
				model,
				digest: sha256.slice(0, DIGITS)
			})));
		}
		function show(model) {
			ui.tab = "library";
			library.detail.open(model);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("section", {
				class: "same",
				"aria-label": unref(t)("health.sameWeights.title")
			}, [
				createVNode(SectionHeading_default, {
					title: unref(t)("health.sameWeights.title"),
					count: unref(texts).count(__props.sets.length) + (__props.more ? "+" : ""),
					ruled: ""
				}, null, 8, ["title", "count"]),
				createBaseVNode("p", _hoisted_2$18, toDisplayString(unref(t)("health.sameWeights.about")), 1),
				(openBlock(true), createElementBlock(Fragment, null, renderList(__props.sets, (set) => {
					return openBlock(), createElementBlock("article", {
						key: set.tensors,
						class: "row",
						tabindex: "0",
						"data-weights": set.tensors,
						"aria-label": nameOf(set)
					}, [createBaseVNode("span", _hoisted_4$7, [createVNode(Icon_default, { name: "tag" })]), createBaseVNode("div", null, [createBaseVNode("div", _hoisted_5$5, [createVNode(FileName_default, { name: nameOf(set) }, null, 8, ["name"]), createBaseVNode("span", _hoisted_6$2, toDisplayString(sizeOf(set)), 1)]), createBaseVNode("ul", _hoisted_7$1, [(openBlock(true), createElementBlock(Fragment, null, renderList(placesOf(set.variants), ({ model, digest }) => {
						return openBlock(), createElementBlock("li", { key: model.id }, [createBaseVNode("button", {
							type: "button",
							class: "path plain",
							title: `${unref(t)("health.sameWeights.show")}: ${model.root}/${model.relative}`,
							onClick: ($event) => show(model)
						}, [createVNode(FileName_default, { name: `${model.category}/${model.relative}` }, null, 8, ["name"])], 8, _hoisted_8$1), createBaseVNode("span", {
							class: "path num",
							title: unref(t)("health.sameWeights.digest")
						}, toDisplayString(digest), 9, _hoisted_9)]);
					}), 128))])])], 8, _hoisted_3$12);
				}), 128))
			], 8, _hoisted_1$21);
		};
	}
});
// src/components/health/DuplicatesPage.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$20 = {
	key: 2,
	class: "dock"
};
var _hoisted_2$17 = { class: "sub" };
// src/components/health/DuplicatesPage.vue
var DuplicatesPage_default = defineComponent({
	__name: "DuplicatesPage",
	setup(__props) {
		const RULES = [
			"most_used",
			"root_order",
			"oldest",
			"shortest_path"
		];
		const WAYS = [
			"trash",
			"reflink",
			"hardlink"
		];
		const NO_PLAN = {
			items: [],
			next: null,
			total: 0,
			bytes_freed: 0
		};
		const { health, texts } = usePanel();
		const { t } = texts;
		const { change } = useUndoable();
		const rule = ref("most_used");
		const how = ref("trash");
		const kept = reactive(new Map());
		const unticked = reactive(new Set());
		const sending = ref(false);
		const groups = health.duplicates;
		const models = computed(() => {
			const all = groups.value.value.items.flatMap((group) => group.items);
			return new Map(all.map((model) => [model.id, model]));
		});
		const sizes = computed(() => new Map(groups.value.value.items.map(({ sha256, size }) => [sha256, size])));
		const plan = createLoaded(() => health.api.planDuplicates(order()), NO_PLAN);
		const { state, value } = plan;
		const sets = computed(() => value.value.items.flatMap((set) => {
			const first = models.value.get(set.kept);
			if (!first) return [];
			const others = set.others.flatMap((id) => models.value.get(id) ?? []);
			return [{
				...set,
				first,
				others,
				size: sizes.value.get(set.sha256) ?? 0
			}];
		}));
		const chosen = computed(() => sets.value.filter((set) => !unticked.has(set.sha256)));
		const files = computed(() => chosen.value.reduce((sum, set) => sum + set.others.length, 0));
		const bytes = computed(() => chosen.value.reduce((sum, set) => sum + set.bytes_freed, 0));
		const rules = computed(() => RULES.map((id) => ({
			id,
			label: t(`health.keepRule.${id}`)
		})));
		const ways = computed(() => WAYS.map((id) => ({
			id,
			label: t(`health.how.${id}`)
		})));
		onMounted(() => void groups.load());
		watch([
			groups.value,
			rule,
			how,
			kept
		], () => void plan.load(), { immediate: true });
		function order() {
			const rest = RULES.filter((one) => one !== rule.value);
			return {
				keep: [rule.value, ...rest],
				how: how.value,
				chosen: Object.fromEntries(kept)
			};
		}
		function tick(sha256, on) {
			if (on) unticked.delete(sha256);
			else unticked.add(sha256);
		}
		async function free() {
			sending.value = true;
			const sha256s = chosen.value.map((set) => set.sha256);
			const text = t(`health.freed.${how.value}`, { count: files.value });
			await change(text, () => health.api.freeDuplicates({
				...order(),
				sha256s
			}));
			sending.value = false;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "paged",
				onKeydown: _cache[3] || (_cache[3] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args))
			}, [
				createVNode(PageHead_default, {
					title: unref(t)("health.duplicates"),
					about: unref(t)("health.sameSha")
				}, {
					default: withCtx(() => [createVNode(SelectButton_default, {
						"model-value": rule.value,
						label: unref(t)("health.keepRule.label"),
						items: rules.value,
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => rule.value = $event)
					}, null, 8, [
						"model-value",
						"label",
						"items"
					])]),
					_: 1
				}, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(groups).state.problem ?? unref(state).problem,
					onRetry: _cache[1] || (_cache[1] = ($event) => unref(groups).load())
				}, null, 8, ["problem"]),
				unref(groups).state.loaded && !unref(groups).value.value.total ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.noDuplicates.title"),
					text: unref(t)("health.noDuplicates.text")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(sets.value, (set) => {
					return openBlock(), createBlock(DuplicateSet_default, {
						key: set.sha256,
						kept: set.first,
						others: set.others,
						size: set.size,
						how: how.value,
						ticked: !unticked.has(set.sha256),
						onTick: ($event) => tick(set.sha256, $event),
						onKeep: ($event) => kept.set(set.sha256, $event)
					}, null, 8, [
						"kept",
						"others",
						"size",
						"how",
						"ticked",
						"onTick",
						"onKeep"
					]);
				}), 128)),
				unref(groups).value.value.same_weights.length ? (openBlock(), createBlock(SameWeights_default, {
					key: 1,
					sets: unref(groups).value.value.same_weights,
					more: unref(groups).value.value.more_same_weights
				}, null, 8, ["sets", "more"])) : createCommentVNode("", true),
				sets.value.length ? (openBlock(), createElementBlock("div", _hoisted_1$20, [createBaseVNode("div", _hoisted_2$17, [createBaseVNode("span", null, toDisplayString(unref(t)(`health.howAbout.${how.value}`)), 1), createVNode(SelectButton_default, {
					"model-value": how.value,
					label: unref(t)("health.how.label"),
					items: ways.value,
					"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => how.value = $event)
				}, null, 8, [
					"model-value",
					"label",
					"items"
				])]), createVNode(Btn_default, {
					variant: "pri",
					size: "big",
					wide: "",
					disabled: !files.value || sending.value || unref(state).busy,
					onClick: free
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)(`health.free.${how.value}`, {
						count: files.value,
						size: unref(texts).bytes(bytes.value)
					})), 1)]),
					_: 1
				}, 8, ["disabled"])])) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/health/FoldersPage.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$19 = ["data-root"];
var _hoisted_2$16 = { class: "t" };
var _hoisted_3$11 = { class: "d num el" };
var KEPT = 21;
// src/components/health/FoldersPage.vue
var FoldersPage_default = defineComponent({
	__name: "FoldersPage",
	setup(__props) {
		const POLICIES = [
			"manual",
			"start",
			"schedule",
			"idle"
		];
		const panel = usePanel();
		const { health, texts } = panel;
		const { t } = texts;
		const { state, value } = health.roots;
		const items = computed(() => POLICIES.map((id) => ({
			id,
			label: t(`health.policy.${id}`)
		})));
		onMounted(() => void health.roots.load());
		function line(root) {
			if (!root.online) return `${root.category} · ${t("health.offline")}`;
			return [
				root.category,
				t("health.models", { count: root.files }),
				texts.bytes(root.bytes)
			].join(" · ");
		}
		async function choose(root, policy) {
			await panel.attempt(() => health.api.setPolicy(root.path, policy));
			await health.roots.load();
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", null, [
				createVNode(PageHead_default, {
					title: unref(t)("health.folders"),
					about: unref(t)("health.foldersAbout")
				}, null, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).roots.load())
				}, null, 8, ["problem"]),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(value), (root) => {
					return openBlock(), createElementBlock("article", {
						key: `${root.category} ${root.path}`,
						class: normalizeClass(["recm", { off: !root.online }]),
						"data-root": root.path
					}, [
						createBaseVNode("span", { class: normalizeClass(root.online ? "f3" : "warn") }, [createVNode(Icon_default, { name: root.online ? "folder" : "plug" }, null, 8, ["name"])], 2),
						createBaseVNode("div", null, [createBaseVNode("div", _hoisted_2$16, [createVNode(FileName_default, {
							name: root.path,
							keep: KEPT,
							plain: ""
						}, null, 8, ["name"])]), createBaseVNode("div", _hoisted_3$11, toDisplayString(line(root)), 1)]),
						createVNode(SelectButton_default, {
							"model-value": root.policy,
							label: unref(t)("health.policyOf", { path: root.path }),
							items: items.value,
							"onUpdate:modelValue": ($event) => choose(root, $event)
						}, null, 8, [
							"model-value",
							"label",
							"items",
							"onUpdate:modelValue"
						])
					], 10, _hoisted_1$19);
				}), 128))
			]);
		};
	}
});
// src/components/health/HealthScore.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$18 = { class: "hp" };
var _hoisted_2$15 = ["aria-label"];
var _hoisted_3$10 = { "aria-hidden": "true" };
var _hoisted_4$6 = {
	class: "sp",
	"aria-live": "polite"
};
var _hoisted_5$4 = { class: "t" };
var _hoisted_6$1 = ["title"];
// src/components/health/HealthScore.vue
var HealthScore_default = defineComponent({
	__name: "HealthScore",
	setup(__props) {
		const { attempt, health, texts, ui } = usePanel();
		const { t } = texts;
		const { report, score } = health;
		const isKnown = computed(() => report.state.loaded && report.value.value.scanned_at !== null);
		const isScanning = computed(() => health.underWay.value.some((job) => job.kind === "scan"));
		const title = computed(() => {
			if (!report.state.loaded) return t(report.state.problem ? "health.notKnown" : "health.looking");
			if (!isKnown.value) return t(isScanning.value ? "health.scanning" : "health.neverScanned");
			const { dearest } = score.value;
			if (!dearest) return t("health.inOrder", { count: report.value.value.models });
			return t(`health.costs.${dearest.kind}`, { count: dearest.points });
		});
		const about = computed(() => {
			const models = t("health.models", { count: report.value.value.models });
			const at = report.value.value.scanned_at;
			return at === null ? models : `${models} · ${t("health.checked", { time: texts.when(at, ui.now) })}`;
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$18, [
				isKnown.value ? (openBlock(), createElementBlock("div", {
					key: 0,
					class: "big num",
					"aria-label": unref(t)("health.score", { points: unref(score).points })
				}, [createTextVNode(toDisplayString(unref(texts).count(unref(score).points)) + " ", 1), createBaseVNode("small", _hoisted_3$10, toDisplayString(unref(t)("health.ofHundred")), 1)], 8, _hoisted_2$15)) : createCommentVNode("", true),
				createBaseVNode("div", _hoisted_4$6, [createBaseVNode("div", _hoisted_5$4, toDisplayString(title.value), 1), createBaseVNode("div", {
					class: "f3 num el",
					title: about.value
				}, toDisplayString(about.value), 9, _hoisted_6$1)]),
				createVNode(IconButton_default, {
					icon: "retry",
					label: unref(t)("health.scan"),
					disabled: isScanning.value,
					onClick: _cache[0] || (_cache[0] = ($event) => unref(attempt)(() => unref(health).scan()))
				}, null, 8, ["label", "disabled"])
			]);
		};
	}
});
// src/domain/schedule.ts
var TASKS = [
	"scan",
	"metadata",
	"previews",
	"hash",
	"updates",
	"trash"
];
var KINDS = [
	"start",
	"interval",
	"daily",
	"weekly",
	"cron",
	"idle"
];
var PLAIN = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-6])$/;
var TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;
var CRON_FIELDS = 5;
function chosenOf(when) {
	const base = {
		kind: "daily",
		minutes: 360,
		time: "03:00",
		weekday: 0,
		cron: "0 3 * * *"
	};
	if (when.kind !== "cron") return {
		...base,
		kind: when.kind,
		minutes: when.minutes ?? base.minutes
	};
	const cron = when.cron ?? base.cron;
	const plain = PLAIN.exec(cron);
	if (!plain) return {
		...base,
		kind: "cron",
		cron
	};
	const [, minute = "0", hour = "0", day = "*"] = plain;
	const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
	if (day === "*") return {
		...base,
		kind: "daily",
		time,
		cron
	};
	return {
		...base,
		kind: "weekly",
		time,
		weekday: Number(day),
		cron
	};
}
function whenOf(chosen) {
	switch (chosen.kind) {
		case "start":
		case "idle": return { kind: chosen.kind };
		case "interval": return Number.isInteger(chosen.minutes) && chosen.minutes > 0 ? {
			kind: "interval",
			minutes: chosen.minutes
		} : null;
		case "daily":
		case "weekly": {
			const found = TIME.exec(chosen.time);
			if (!found) return null;
			const day = chosen.kind === "daily" ? "*" : String(chosen.weekday);
			return {
				kind: "cron",
				cron: `${Number(found[2])} ${Number(found[1])} * * ${day}`
			};
		}
		case "cron": {
			const cron = chosen.cron.trim().replace(/\s+/g, " ");
			return cron.split(" ").length === CRON_FIELDS ? {
				kind: "cron",
				cron
			} : null;
		}
	}
}
function freeName(task, taken) {
	const names = new Set(taken.map((one) => one.name));
	let name = task;
	for (let n = 2; names.has(name); n += 1) name = `${task}-${n}`;
	return name;
}
// src/components/health/scheduleTexts.ts
var SUNDAY = new Date(2026, 0, 4);
var MINUTE_MS = 6e4;
function scheduleTexts(texts) {
	const { t } = texts;
	function weekday(day) {
		const date = new Date(SUNDAY);
		date.setDate(date.getDate() + day);
		return new Intl.DateTimeFormat(texts.locale.value, { weekday: "long" }).format(date);
	}
	function rule(when) {
		const chosen = chosenOf(when);
		const time = texts.duration(chosen.minutes * 60);
		return t(`health.when.${chosen.kind}`, {
			time: chosen.kind === "interval" ? time : chosen.time,
			day: weekday(chosen.weekday),
			cron: chosen.cron
		});
	}
	function when(schedule) {
		const conditions = [schedule.only_when_idle && schedule.when.kind !== "idle" ? t("health.when.onlyIdle") : "", schedule.not_while_generating ? t("health.when.notWhileGenerating") : ""];
		return [rule(schedule.when), ...conditions.filter(Boolean)].join(", ");
	}
	function until(at, now) {
		const left = at - now;
		return left < MINUTE_MS ? t("health.soon") : t("health.in", { time: texts.duration(left / 1e3) });
	}
	return {
		rule,
		when,
		until,
		weekday
	};
}
// src/components/health/StripRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$17 = ["title", "data-page"];
var _hoisted_2$14 = { class: "f3" };
var _hoisted_3$9 = { class: "sp el num" };
var _hoisted_4$5 = {
	key: 0,
	class: "f3 num nw"
};
var _hoisted_5$3 = { class: "vh" };
// src/components/health/StripRow.vue
var StripRow_default = defineComponent({
	__name: "StripRow",
	props: {
		icon: {},
		text: {},
		note: {},
		page: {},
		opens: {}
	},
	setup(__props) {
		const { health } = usePanel();
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("button", {
				type: "button",
				class: "strip",
				title: __props.opens,
				"data-page": __props.page,
				onClick: _cache[0] || (_cache[0] = ($event) => unref(health).open(__props.page))
			}, [
				createBaseVNode("span", _hoisted_2$14, [createVNode(Icon_default, { name: __props.icon }, null, 8, ["name"])]),
				createBaseVNode("span", _hoisted_3$9, toDisplayString(__props.text), 1),
				__props.note ? (openBlock(), createElementBlock("span", _hoisted_4$5, toDisplayString(__props.note), 1)) : createCommentVNode("", true),
				createVNode(Icon_default, { name: "right" }),
				createBaseVNode("span", _hoisted_5$3, toDisplayString(__props.opens), 1)
			], 8, _hoisted_1$17);
		};
	}
});
// src/components/health/HealthStrips.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$16 = ["aria-label"];
// src/components/health/HealthStrips.vue
var HealthStrips_default = defineComponent({
	__name: "HealthStrips",
	setup(__props) {
		const { health, texts, ui } = usePanel();
		const { t } = texts;
		const schedule = computed(() => {
			const enabled = health.schedules.value.value.filter((one) => one.enabled);
			const next = health.report.value.value.next_run;
			const first = enabled.find((one) => one.name === next?.schedule) ?? enabled[0];
			if (!first) return {
				text: t("health.noSchedule"),
				note: ""
			};
			const words = scheduleTexts(texts);
			const more = enabled.length - 1;
			const text = `${t(`health.task.${first.task}`)} · ${words.rule(first.when)}`;
			return {
				text: more > 0 ? `${text} ${t("health.andMore", { count: more })}` : text,
				note: next ? words.until(next.at, ui.now) : ""
			};
		});
		const trash = computed(() => {
			const { total, bytes } = health.trash.value.value;
			return total ? `${t("health.trashFiles", { count: total })} · ${texts.bytes(bytes)}` : t("health.trashEmpty");
		});
		const changed = computed(() => health.changes.value.value.filter((one) => one.can_be_undone).length);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("nav", {
				class: "strips",
				"aria-label": unref(t)("health.more")
			}, [
				createVNode(StripRow_default, {
					icon: "cal",
					text: schedule.value.text,
					note: schedule.value.note,
					page: "schedules",
					opens: unref(t)("health.open.schedules")
				}, null, 8, [
					"text",
					"note",
					"opens"
				]),
				createVNode(StripRow_default, {
					icon: "trash",
					text: trash.value,
					page: "trash",
					opens: unref(t)("health.open.trash")
				}, null, 8, ["text", "opens"]),
				createVNode(StripRow_default, {
					icon: "undo",
					text: changed.value ? unref(t)("health.changesToUndo", { count: changed.value }) : unref(t)("health.noChanges"),
					page: "changes",
					opens: unref(t)("health.open.changes")
				}, null, 8, ["text", "opens"]),
				createVNode(StripRow_default, {
					icon: "folder",
					text: unref(t)("health.folders"),
					page: "folders",
					opens: unref(t)("health.open.folders")
				}, null, 8, ["text", "opens"])
			], 8, _hoisted_1$16);
		};
	}
});
// src/components/health/ItemRemedy.vue
var ItemRemedy_default = defineComponent({
	__name: "ItemRemedy",
	props: { item: {} },
	emits: ["retry"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { texts, ui } = usePanel();
		const { t } = texts;
		const provider = computed(() => providerOfToken(props.item.error?.code ?? ""));
		return (_ctx, _cache) => {
			return provider.value ? (openBlock(), createBlock(Btn_default, {
				key: 0,
				size: "s",
				icon: "key",
				onClick: _cache[0] || (_cache[0] = ($event) => unref(ui).question = {
					kind: "token",
					provider: provider.value
				})
			}, {
				default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.setToken")), 1)]),
				_: 1
			})) : __props.item.model ? (openBlock(), createBlock(Btn_default, {
				key: 1,
				size: "s",
				onClick: _cache[1] || (_cache[1] = ($event) => emit("retry", __props.item.model))
			}, {
				default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.retry")), 1)]),
				_: 1
			})) : createCommentVNode("", true);
		};
	}
});
// src/components/health/UpkeepRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$15 = [
	"data-job",
	"data-state",
	"aria-label",
	"onKeydown"
];
var _hoisted_2$13 = {
	key: 1,
	class: "t"
};
var _hoisted_3$8 = { class: "d num ends" };
var _hoisted_4$4 = ["title"];
var _hoisted_5$2 = { class: "acts" };
// src/components/health/UpkeepRow.vue
var UpkeepRow_default = defineComponent({
	__name: "UpkeepRow",
	props: { job: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { health, queue, texts } = panel;
		const { t } = texts;
		const live = computed(() => queue.live.value[props.job.id]);
		const reach = computed(() => reachOf(props.job, live.value));
		const title = computed(() => live.value?.stage === "updates" ? t("health.task.updates") : t(`health.working.${props.job.kind}`));
		const line = computed(() => {
			if (props.job.control) return t(`state.${props.job.control}ing`);
			const { done, total, unit } = reach.value;
			const of = {
				done: texts.count(done),
				total: texts.count(total ?? 0)
			};
			const reached = total === null ? "" : unit === "bytes" ? texts.bytesOf(done, total) : t("line.of", of);
			return [props.job.state === "running" ? "" : t(`state.${props.job.state}`), reached].filter(Boolean).join(" · ") || t("line.starting");
		});
		const left = computed(() => {
			const seconds = live.value?.seconds_left;
			return seconds ? t("line.left", { time: texts.duration(seconds) }) : "";
		});
		const why = computed(() => {
			const known = health.whyOf(props.job);
			return [known?.schedule ? t("health.bySchedule", { name: known.schedule }) : "", known?.path].filter(Boolean).join(" · ");
		});
		function open() {
			if (countsModels(props.job)) health.open("job", props.job.id);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: "recm",
				tabindex: "0",
				"data-job": __props.job.id,
				"data-state": __props.job.state,
				"aria-label": `${title.value}, ${line.value}`,
				onKeydown: withKeys(withModifiers(open, ["self"]), ["enter"])
			}, [
				createBaseVNode("span", { class: normalizeClass(__props.job.state === "running" ? "go" : "f3") }, [createVNode(Icon_default, { name: unref(upkeepIcon)(__props.job) }, null, 8, ["name"])], 2),
				createBaseVNode("div", null, [
					unref(countsModels)(__props.job) ? (openBlock(), createElementBlock("button", {
						key: 0,
						type: "button",
						class: "t plain",
						onClick: open
					}, toDisplayString(title.value), 1)) : (openBlock(), createElementBlock("div", _hoisted_2$13, toDisplayString(title.value), 1)),
					reach.value.total ? (openBlock(), createBlock(ProgressBar_default, {
						key: 2,
						cells: [reach.value.done / reach.value.total],
						kind: __props.job.state === "paused" ? "paused" : "go",
						label: title.value
					}, null, 8, [
						"cells",
						"kind",
						"label"
					])) : createCommentVNode("", true),
					createBaseVNode("div", _hoisted_3$8, [createBaseVNode("span", null, toDisplayString(line.value), 1), createBaseVNode("span", null, toDisplayString(left.value), 1)]),
					why.value ? (openBlock(), createElementBlock("div", {
						key: 3,
						class: "path el",
						title: why.value
					}, toDisplayString(why.value), 9, _hoisted_4$4)) : createCommentVNode("", true)
				]),
				createBaseVNode("span", _hoisted_5$2, [unref(allows)(__props.job, "pause") ? (openBlock(), createBlock(IconButton_default, {
					key: 0,
					icon: "pause",
					small: "",
					label: unref(t)("do.pause"),
					onClick: _cache[0] || (_cache[0] = ($event) => unref(panel).act(__props.job, "pause"))
				}, null, 8, ["label"])) : unref(allows)(__props.job, "resume") ? (openBlock(), createBlock(IconButton_default, {
					key: 1,
					icon: "play",
					small: "",
					label: unref(t)("do.resume"),
					onClick: _cache[1] || (_cache[1] = ($event) => unref(panel).act(__props.job, "resume"))
				}, null, 8, ["label"])) : createCommentVNode("", true), unref(allows)(__props.job, "cancel") ? (openBlock(), createBlock(IconButton_default, {
					key: 2,
					icon: "stop",
					small: "",
					label: unref(t)("health.stop"),
					onClick: _cache[2] || (_cache[2] = ($event) => unref(panel).act(__props.job, "cancel"))
				}, null, 8, ["label"])) : createCommentVNode("", true)])
			], 40, _hoisted_1$15);
		};
	}
});
// src/components/health/ItemsPage.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$14 = ["aria-label"];
var _hoisted_2$12 = ["aria-label"];
var FEW$2 = 100;
var TOGETHER = 10;
// src/components/health/ItemsPage.vue
var ItemsPage_default = defineComponent({
	__name: "ItemsPage",
	setup(__props) {
		const panel = usePanel();
		const { client, health, queue, texts } = panel;
		const { t } = texts;
		const ICONS = {
			succeeded: "check",
			skipped: "minus",
			pending: "clock"
		};
		const id = health.openJob;
		const asked = createLoaded(() => client.job(id.value ?? "").then((detail) => detail.job), null);
		const job = computed(() => queue.jobs.get(id.value ?? "") ?? asked.value.value);
		const failed = createLoaded(() => health.api.items(id.value ?? "", {
			state: "failed",
			limit: String(FEW$2)
		}), noItems());
		const all = createLoaded(() => health.api.items(id.value ?? "", { limit: String(FEW$2) }), noItems());
		const counts = computed(() => all.value.value.counts);
		const rest = computed(() => all.value.value.items.filter((item) => item.state !== "failed"));
		const about = computed(() => [
			"succeeded",
			"failed",
			"skipped",
			"pending"
		].filter((state) => counts.value[state]).map((state) => t(`health.items.${state}`, { count: counts.value[state] ?? 0 })).join(" · "));
		const kind = computed(() => job.value?.kind ?? "metadata");
		const again = computed(() => failed.value.value.items.flatMap((item) => item.model ?? []));
		onMounted(() => void (job.value ?? asked.load()));
		watch([
			id,
			() => job.value?.state,
			() => Math.floor((queue.live.value[id.value ?? ""]?.bytes_done ?? 0) / TOGETHER)
		], () => void Promise.all([failed.load(), all.load()]), { immediate: true });
		function noItems() {
			return {
				items: [],
				next: null,
				total: 0,
				counts: {}
			};
		}
		async function retry(ids) {
			const { api } = health;
			const work = kind.value === "preview" ? () => api.repairPreviews(ids) : () => api.refreshMetadata(ids);
			const accepted = await panel.attempt(work);
			if (!accepted) return;
			queue.put(accepted.job);
			health.open("job", accepted.job.id);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", { onKeydown: _cache[3] || (_cache[3] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args)) }, [
				createVNode(PageHead_default, {
					title: unref(t)(`health.working.${kind.value}`),
					about: about.value
				}, {
					default: withCtx(() => [again.value.length > 1 && !(job.value && unref(isLive)(job.value)) ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						onClick: _cache[0] || (_cache[0] = ($event) => retry(again.value))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.retryAll", { count: again.value.length })), 1)]),
						_: 1
					})) : createCommentVNode("", true)]),
					_: 1
				}, 8, ["title", "about"]),
				job.value && unref(isLive)(job.value) ? (openBlock(), createBlock(UpkeepRow_default, {
					key: 0,
					job: job.value
				}, null, 8, ["job"])) : createCommentVNode("", true),
				createVNode(LoadProblem_default, {
					problem: unref(all).state.problem,
					onRetry: _cache[1] || (_cache[1] = ($event) => unref(all).load())
				}, null, 8, ["problem"]),
				unref(failed).value.value.items.length ? (openBlock(), createElementBlock("section", {
					key: 1,
					"aria-label": unref(t)("health.failedItems")
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.failedItems"),
					count: unref(texts).count(unref(failed).value.value.total),
					icon: "fail",
					kind: "bad"
				}, null, 8, ["title", "count"]), (openBlock(true), createElementBlock(Fragment, null, renderList(unref(failed).value.value.items, (item) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: item.idx,
						name: item.name,
						about: item.error ? unref(texts).message(item.error) : "",
						icon: "fail",
						tone: "bad"
					}, {
						default: withCtx(() => [createVNode(ItemRemedy_default, {
							item,
							onRetry: _cache[2] || (_cache[2] = ($event) => retry([$event]))
						}, null, 8, ["item"])]),
						_: 2
					}, 1032, ["name", "about"]);
				}), 128))], 8, _hoisted_1$14)) : createCommentVNode("", true),
				rest.value.length ? (openBlock(), createElementBlock("section", {
					key: 2,
					"aria-label": unref(t)("health.otherItems")
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.otherItems"),
					count: unref(texts).count(unref(all).value.value.total - (counts.value["failed"] ?? 0)),
					ruled: ""
				}, null, 8, ["title", "count"]), (openBlock(true), createElementBlock(Fragment, null, renderList(rest.value, (item) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: item.idx,
						name: item.name,
						about: unref(t)(`health.item.${item.state}`),
						icon: ICONS[item.state] ?? "clock",
						tone: item.state === "succeeded" ? "ok" : "f3"
					}, null, 8, [
						"name",
						"about",
						"icon",
						"tone"
					]);
				}), 128))], 8, _hoisted_2$12)) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/health/NewsPage.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$13 = [
	"data-news",
	"aria-label",
	"onKeydown"
];
var _hoisted_2$11 = ["title"];
var _hoisted_3$7 = { class: "vh" };
var _hoisted_4$3 = { class: "t" };
var _hoisted_5$1 = { class: "d num" };
// src/components/health/NewsPage.vue
var NewsPage_default = defineComponent({
	__name: "NewsPage",
	setup(__props) {
		const LOOKS = {
			info: {
				icon: "okc",
				tone: "f3"
			},
			warning: {
				icon: "warn",
				tone: "warn"
			},
			error: {
				icon: "fail",
				tone: "bad"
			}
		};
		const panel = usePanel();
		const { health, texts, ui } = panel;
		const { t } = texts;
		const { list } = health.news;
		const { state, value } = list;
		const say = newsTexts(texts);
		const about = computed(() => t("health.unread", { count: value.value.unread }));
		onMounted(() => void health.news.load());
		function open(one) {
			const place = placeOf(one);
			if (place === "queue") ui.tab = "queue";
			else if (place) health.open(place, one.job);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", { onKeydown: _cache[3] || (_cache[3] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args)) }, [
				createVNode(PageHead_default, {
					title: unref(t)("health.news"),
					about: about.value
				}, {
					default: withCtx(() => [unref(value).unread ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						variant: "gh",
						onClick: _cache[0] || (_cache[0] = ($event) => unref(panel).attempt(() => unref(health).news.readAll()))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.readAll")), 1)]),
						_: 1
					})) : createCommentVNode("", true)]),
					_: 1
				}, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[1] || (_cache[1] = ($event) => unref(health).news.load())
				}, null, 8, ["problem"]),
				unref(state).loaded && !unref(value).items.length ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.noNews.title"),
					text: unref(t)("health.noNews.text")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(value).items, (one) => {
					return openBlock(), createElementBlock("article", {
						key: one.id,
						class: normalizeClass(["recm", { unread: !one.read }]),
						tabindex: "0",
						"data-news": one.code,
						"aria-label": `${unref(t)(`health.level.${one.level}`)}, ${unref(say)(one)}`,
						onKeydown: withKeys(withModifiers(($event) => open(one), ["self"]), ["enter"])
					}, [
						createBaseVNode("span", {
							class: normalizeClass(LOOKS[one.level].tone),
							title: unref(t)(`health.level.${one.level}`)
						}, [createVNode(Icon_default, { name: LOOKS[one.level].icon }, null, 8, ["name"]), createBaseVNode("span", _hoisted_3$7, toDisplayString(unref(t)(`health.level.${one.level}`)), 1)], 10, _hoisted_2$11),
						createBaseVNode("div", null, [createBaseVNode("div", _hoisted_4$3, toDisplayString(unref(say)(one)), 1), createBaseVNode("div", _hoisted_5$1, toDisplayString(unref(texts).when(one.at, unref(ui).now)), 1)]),
						unref(placeOf)(one) ? (openBlock(), createBlock(Btn_default, {
							key: 0,
							size: "s",
							variant: "gh",
							onClick: ($event) => open(one)
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.look")), 1)]),
							_: 1
						}, 8, ["onClick"])) : createCommentVNode("", true)
					], 42, _hoisted_1$13);
				}), 128)),
				unref(value).next ? (openBlock(), createElementBlock("button", {
					key: 1,
					type: "button",
					class: "fold",
					onClick: _cache[2] || (_cache[2] = ($event) => unref(panel).attempt(() => unref(health).news.more()))
				}, toDisplayString(unref(t)("queue.more", { count: unref(value).total - unref(value).items.length })), 1)) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/health/ScheduleForm.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$12 = { for: "mk-hours" };
var _hoisted_2$10 = { for: "mk-time" };
var _hoisted_3$6 = { for: "mk-cron" };
var MINUTES_OF_HOUR = 60;
// src/components/health/ScheduleForm.vue
var ScheduleForm_default = defineComponent({
	__name: "ScheduleForm",
	props: { schedule: {} },
	emits: ["save", "close"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const DAYS = [
			1,
			2,
			3,
			4,
			5,
			6,
			0
		];
		const { texts } = usePanel();
		const { t } = texts;
		const words = scheduleTexts(texts);
		const task = ref(props.schedule.task);
		const rests = ref(props.schedule.not_while_generating);
		const idle = ref(props.schedule.only_when_idle);
		const chosen = reactive(chosenOf(props.schedule.when));
		const when = computed(() => whenOf(chosen));
		const tasks = computed(() => TASKS.map((id) => ({
			id,
			label: t(`health.task.${id}`)
		})));
		const kinds = computed(() => KINDS.map((id) => ({
			id,
			label: t(`health.kindOf.${id}`)
		})));
		const days = computed(() => DAYS.map((day) => ({
			id: String(day),
			label: words.weekday(day)
		})));
		const hours = computed({
			get: () => chosen.minutes / MINUTES_OF_HOUR,
			set: (value) => chosen.minutes = Math.round(value * MINUTES_OF_HOUR)
		});
		const conditions = computed(() => ({
			not_while_generating: rests.value,
			only_when_idle: idle.value
		}));
		const said = computed(() => when.value ? words.when({
			when: when.value,
			...conditions.value
		}) : t("health.whenWrong"));
		function save() {
			if (!when.value) return;
			const { name, enabled, last_run, next_run } = props.schedule;
			emit("save", {
				name,
				enabled,
				last_run,
				next_run,
				...conditions.value,
				task: task.value,
				when: when.value
			});
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)(__props.schedule.name ? "health.editSchedule" : "health.newSchedule"),
				onClose: _cache[9] || (_cache[9] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[8] || (_cache[8] = ($event) => emit("close"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					variant: "pri",
					disabled: !when.value,
					onClick: save
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.save")), 1)]),
					_: 1
				}, 8, ["disabled"])]),
				default: withCtx(() => [
					createBaseVNode("form", {
						class: "form",
						onSubmit: withModifiers(save, ["prevent"])
					}, [
						createBaseVNode("span", null, toDisplayString(unref(t)("health.what")), 1),
						createVNode(SelectButton_default, {
							"model-value": task.value,
							label: unref(t)("health.what"),
							items: tasks.value,
							autofocus: "",
							"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => task.value = $event)
						}, null, 8, [
							"model-value",
							"label",
							"items"
						]),
						createBaseVNode("span", null, toDisplayString(unref(t)("health.whenTitle")), 1),
						createVNode(SelectButton_default, {
							"model-value": chosen.kind,
							label: unref(t)("health.whenTitle"),
							items: kinds.value,
							"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => chosen.kind = $event)
						}, null, 8, [
							"model-value",
							"label",
							"items"
						]),
						chosen.kind === "interval" ? (openBlock(), createElementBlock(Fragment, { key: 0 }, [createBaseVNode("label", _hoisted_1$12, toDisplayString(unref(t)("health.hours")), 1), withDirectives(createBaseVNode("input", {
							id: "mk-hours",
							"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => hours.value = $event),
							class: "fld num",
							type: "number",
							min: "0.25",
							max: "720",
							step: "0.25"
						}, null, 512), [[
							vModelText,
							hours.value,
							void 0,
							{ number: true }
						]])], 64)) : createCommentVNode("", true),
						chosen.kind === "weekly" ? (openBlock(), createElementBlock(Fragment, { key: 1 }, [createBaseVNode("span", null, toDisplayString(unref(t)("health.day")), 1), createVNode(SelectButton_default, {
							"model-value": String(chosen.weekday),
							label: unref(t)("health.day"),
							items: days.value,
							"onUpdate:modelValue": _cache[3] || (_cache[3] = ($event) => chosen.weekday = Number($event))
						}, null, 8, [
							"model-value",
							"label",
							"items"
						])], 64)) : createCommentVNode("", true),
						chosen.kind === "daily" || chosen.kind === "weekly" ? (openBlock(), createElementBlock(Fragment, { key: 2 }, [createBaseVNode("label", _hoisted_2$10, toDisplayString(unref(t)("health.time")), 1), withDirectives(createBaseVNode("input", {
							id: "mk-time",
							"onUpdate:modelValue": _cache[4] || (_cache[4] = ($event) => chosen.time = $event),
							class: "fld num",
							type: "time",
							required: ""
						}, null, 512), [[vModelText, chosen.time]])], 64)) : createCommentVNode("", true),
						chosen.kind === "cron" ? (openBlock(), createElementBlock(Fragment, { key: 3 }, [createBaseVNode("label", _hoisted_3$6, toDisplayString(unref(t)("health.cron")), 1), withDirectives(createBaseVNode("input", {
							id: "mk-cron",
							"onUpdate:modelValue": _cache[5] || (_cache[5] = ($event) => chosen.cron = $event),
							class: "fld mono",
							spellcheck: "false",
							autocomplete: "off"
						}, null, 512), [[vModelText, chosen.cron]])], 64)) : createCommentVNode("", true)
					], 32),
					chosen.kind !== "idle" ? (openBlock(), createBlock(CheckBox_default, {
						key: 0,
						modelValue: idle.value,
						"onUpdate:modelValue": _cache[6] || (_cache[6] = ($event) => idle.value = $event)
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.onlyIdle")), 1)]),
						_: 1
					}, 8, ["modelValue"])) : createCommentVNode("", true),
					createVNode(CheckBox_default, {
						modelValue: rests.value,
						"onUpdate:modelValue": _cache[7] || (_cache[7] = ($event) => rests.value = $event)
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.rests")), 1)]),
						_: 1
					}, 8, ["modelValue"]),
					createBaseVNode("p", {
						class: normalizeClass(when.value ? "f3" : "warn"),
						"aria-live": "polite"
					}, toDisplayString(said.value), 3)
				]),
				_: 1
			}, 8, ["title"]);
		};
	}
});
// src/components/base/Switch.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$11 = { class: "swx" };
var _hoisted_2$9 = ["disabled", "aria-label"];
// src/components/base/Switch.vue
var Switch_default = defineComponent({
	__name: "Switch",
	props: mergeModels({
		label: {},
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
		const on = useModel(__props, "modelValue");
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("label", _hoisted_1$11, [
				withDirectives(createBaseVNode("input", {
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => on.value = $event),
					class: "vh",
					type: "checkbox",
					role: "switch",
					disabled: __props.disabled,
					"aria-label": __props.label
				}, null, 8, _hoisted_2$9), [[vModelCheckbox, on.value]]),
				_cache[1] || (_cache[1] = createBaseVNode("span", { class: "sw" }, null, -1)),
				renderSlot(_ctx.$slots, "default")
			]);
		};
	}
});
// src/components/health/ScheduleRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$10 = ["data-schedule", "aria-label"];
var _hoisted_2$8 = { class: "t el" };
var _hoisted_3$5 = { class: "d" };
var _hoisted_4$2 = {
	key: 0,
	class: "d num"
};
// src/components/health/ScheduleRow.vue
var ScheduleRow_default = defineComponent({
	__name: "ScheduleRow",
	props: { schedule: {} },
	emits: [
		"switch",
		"edit",
		"run",
		"remove"
	],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { texts, ui } = usePanel();
		const { t } = texts;
		const words = scheduleTexts(texts);
		const title = computed(() => t(`health.task.${props.schedule.task}`));
		const next = computed(() => {
			const { enabled, next_run, last_run } = props.schedule;
			const last = last_run === null ? "" : t("health.lastRun", { time: texts.when(last_run, ui.now) });
			return [enabled && next_run !== null ? t("health.nextRun", { time: words.until(next_run, ui.now) }) : "", last].filter(Boolean).join(" · ");
		});
		const items = computed(() => [
			{
				id: "run",
				label: t("health.runNow"),
				icon: "play"
			},
			{
				id: "edit",
				label: t("health.edit"),
				icon: "edit"
			},
			{
				id: "remove",
				label: t("health.remove"),
				icon: "trash",
				danger: true
			}
		]);
		function choose(id) {
			if (id === "run") emit("run");
			if (id === "edit") emit("edit");
			if (id === "remove") emit("remove");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: "recm sched",
				tabindex: "0",
				"data-schedule": __props.schedule.name,
				"aria-label": title.value,
				onKeydown: _cache[1] || (_cache[1] = withKeys(withModifiers(($event) => emit("edit"), ["self"]), ["enter"]))
			}, [
				createVNode(Switch_default, {
					"model-value": __props.schedule.enabled,
					label: title.value,
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => emit("switch", $event))
				}, null, 8, ["model-value", "label"]),
				createBaseVNode("div", null, [
					createBaseVNode("div", _hoisted_2$8, toDisplayString(title.value), 1),
					createBaseVNode("div", _hoisted_3$5, toDisplayString(unref(words).when(__props.schedule)), 1),
					next.value ? (openBlock(), createElementBlock("div", _hoisted_4$2, toDisplayString(next.value), 1)) : createCommentVNode("", true)
				]),
				createVNode(MenuButton_default, {
					label: unref(t)("do.more"),
					items: items.value,
					onChoose: choose
				}, null, 8, ["label", "items"])
			], 40, _hoisted_1$10);
		};
	}
});
// src/components/health/SchedulesPage.vue
var SchedulesPage_default = defineComponent({
	__name: "SchedulesPage",
	setup(__props) {
		const panel = usePanel();
		const { health, texts, ui } = panel;
		const { t } = texts;
		const { state, value } = health.schedules;
		const editing = ref(null);
		const about = computed(() => t("health.schedulesAbout"));
		onMounted(() => void health.schedules.load());
		function add() {
			editing.value = {
				name: "",
				task: "metadata",
				when: {
					kind: "cron",
					cron: "0 3 * * *"
				},
				not_while_generating: true,
				only_when_idle: false,
				enabled: true,
				last_run: null,
				next_run: null
			};
		}
		async function save(schedule) {
			const name = schedule.name || freeName(schedule.task, value.value);
			if (!await panel.attempt(async () => {
				await health.api.putSchedule({
					...schedule,
					name
				});
				return true;
			})) return;
			editing.value = null;
			await reload();
		}
		async function remove(schedule) {
			if (!await panel.attempt(async () => (await health.api.deleteSchedule(schedule.name), true))) return;
			editing.value = null;
			const undo = () => void save(schedule);
			ui.notice = {
				text: t("health.scheduleRemoved"),
				kind: "ok",
				undo
			};
			await reload();
		}
		async function run(schedule) {
			const accepted = await panel.attempt(() => health.api.runSchedule(schedule.name));
			if (!accepted) return;
			panel.queue.put(accepted.job);
			ui.notice = {
				text: t("health.runStarted", { task: t(`health.task.${schedule.task}`) }),
				kind: "ok"
			};
		}
		async function reload() {
			await Promise.all([health.schedules.load(), health.report.load()]);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", { onKeydown: _cache[2] || (_cache[2] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args)) }, [
				createVNode(PageHead_default, {
					title: unref(t)("health.schedules"),
					about: about.value
				}, {
					default: withCtx(() => [createVNode(Btn_default, {
						size: "s",
						icon: "plus",
						onClick: add
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.add")), 1)]),
						_: 1
					})]),
					_: 1
				}, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).schedules.load())
				}, null, 8, ["problem"]),
				unref(state).loaded && !unref(value).length ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.noSchedule"),
					text: unref(t)("health.noScheduleAbout")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(value), (schedule) => {
					return openBlock(), createBlock(ScheduleRow_default, {
						key: schedule.name,
						schedule,
						onSwitch: ($event) => save({
							...schedule,
							enabled: $event
						}),
						onEdit: ($event) => editing.value = schedule,
						onRun: ($event) => run(schedule),
						onRemove: ($event) => remove(schedule)
					}, null, 8, [
						"schedule",
						"onSwitch",
						"onEdit",
						"onRun",
						"onRemove"
					]);
				}), 128)),
				editing.value ? (openBlock(), createBlock(ScheduleForm_default, {
					key: 1,
					schedule: editing.value,
					onSave: save,
					onClose: _cache[1] || (_cache[1] = ($event) => editing.value = null)
				}, null, 8, ["schedule"])) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/health/ShareTable.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$9 = { class: "shares" };
var _hoisted_2$7 = { class: "vh" };
var _hoisted_3$4 = { scope: "col" };
var _hoisted_4$1 = { scope: "col" };
var _hoisted_5 = { scope: "col" };
var _hoisted_6 = ["title"];
var _hoisted_7 = { class: "f3 num" };
var _hoisted_8 = { class: "num" };
// src/components/health/ShareTable.vue
var ShareTable_default = defineComponent({
	__name: "ShareTable",
	props: {
		caption: {},
		shares: {},
		named: { type: Function }
	},
	setup(__props) {
		const props = __props;
		const { texts } = usePanel();
		const { t } = texts;
		const rows = computed(() => {
			const sorted = props.named ? props.shares : [...props.shares].sort((a, b) => b.bytes - a.bytes);
			const total = sorted.reduce((sum, share) => sum + share.bytes, 0);
			return sorted.map((share) => ({
				...share,
				name: share.value === null ? t("health.unknownShare") : props.named?.(share.value) ?? share.value,
				part: total ? `${share.bytes / total * 100}%` : "0%"
			}));
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("table", _hoisted_1$9, [
				createBaseVNode("caption", null, toDisplayString(__props.caption), 1),
				createBaseVNode("thead", _hoisted_2$7, [createBaseVNode("tr", null, [
					createBaseVNode("th", _hoisted_3$4, toDisplayString(__props.caption), 1),
					createBaseVNode("th", _hoisted_4$1, toDisplayString(unref(t)("health.files")), 1),
					createBaseVNode("th", _hoisted_5, toDisplayString(unref(t)("health.size")), 1)
				])]),
				createBaseVNode("tbody", null, [(openBlock(true), createElementBlock(Fragment, null, renderList(rows.value, (row) => {
					return openBlock(), createElementBlock("tr", {
						key: row.name,
						style: normalizeStyle({ "--part": row.part })
					}, [
						createBaseVNode("th", {
							scope: "row",
							class: "el",
							title: row.name
						}, [createBaseVNode("bdi", null, toDisplayString(row.name), 1)], 8, _hoisted_6),
						createBaseVNode("td", _hoisted_7, toDisplayString(unref(texts).count(row.files)), 1),
						createBaseVNode("td", _hoisted_8, toDisplayString(unref(texts).bytes(row.bytes)), 1)
					], 4);
				}), 128))])
			]);
		};
	}
});
// src/components/health/VolumeList.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$8 = ["aria-label"];
var _hoisted_2$6 = { class: "ends" };
var _hoisted_3$3 = ["title"];
// src/components/health/VolumeList.vue
var VolumeList_default = defineComponent({
	__name: "VolumeList",
	setup(__props) {
		const { health, texts } = usePanel();
		const { t } = texts;
		const volumes = computed(() => health.report.value.value.volumes);
		return (_ctx, _cache) => {
			return volumes.value.length ? (openBlock(), createElementBlock("section", {
				key: 0,
				"aria-label": unref(t)("health.volumes")
			}, [createVNode(SectionHeading_default, {
				title: unref(t)("health.volumes"),
				ruled: ""
			}, null, 8, ["title"]), (openBlock(true), createElementBlock(Fragment, null, renderList(volumes.value, (volume) => {
				return openBlock(), createElementBlock("div", {
					key: volume.path,
					class: "recm"
				}, [createBaseVNode("span", { class: normalizeClass(volume.low ? "warn" : "f3") }, [createVNode(Icon_default, { name: "disk" })], 2), createBaseVNode("div", null, [createBaseVNode("div", _hoisted_2$6, [createBaseVNode("span", {
					class: "path el",
					title: volume.path
				}, toDisplayString(volume.path), 9, _hoisted_3$3), createBaseVNode("span", { class: normalizeClass(["num nw", { warn: volume.low }]) }, toDisplayString(unref(t)(volume.low ? "health.volumeLow" : "health.volumeFree", { size: unref(texts).bytes(volume.free) })), 3)]), createVNode(ProgressBar_default, {
					cells: [volume.total ? 1 - volume.free / volume.total : 0],
					kind: volume.low ? "warn" : "paused",
					label: unref(t)("health.volumeUse", { path: volume.path })
				}, null, 8, [
					"cells",
					"kind",
					"label"
				])])]);
			}), 128))], 8, _hoisted_1$8)) : createCommentVNode("", true);
		};
	}
});
// src/components/health/SpacePage.vue
var SpacePage_default = defineComponent({
	__name: "SpacePage",
	setup(__props) {
		const LAST_USES = [
			"this_month",
			"this_quarter",
			"longer_ago",
			"never"
		];
		const { health, texts } = usePanel();
		const { t } = texts;
		const space = health.space.value;
		const about = computed(() => `${t("health.models", { count: space.value.files })} · ${texts.bytes(space.value.bytes)}`);
		onMounted(() => void health.space.load());
		function lastUse(value) {
			const key = value.replaceAll(" ", "_");
			return LAST_USES.includes(key) ? t(`health.lastUse.${key}`) : value;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", null, [
				createVNode(PageHead_default, {
					title: unref(t)("health.space"),
					about: about.value
				}, null, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(health).space.state.problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).space.load())
				}, null, 8, ["problem"]),
				createVNode(VolumeList_default),
				createVNode(ShareTable_default, {
					caption: unref(t)("health.by.category"),
					shares: unref(space).by_category
				}, null, 8, ["caption", "shares"]),
				createVNode(ShareTable_default, {
					caption: unref(t)("health.by.baseModel"),
					shares: unref(space).by_base_model
				}, null, 8, ["caption", "shares"]),
				createVNode(ShareTable_default, {
					caption: unref(t)("health.by.lastUse"),
					shares: unref(space).by_last_use,
					named: lastUse
				}, null, 8, ["caption", "shares"]),
				createVNode(ShareTable_default, {
					caption: unref(t)("health.by.root"),
					shares: unref(space).by_root
				}, null, 8, ["caption", "shares"])
			]);
		};
	}
});
// src/domain/treemap.ts
function treemap(amounts, width, height) {
	const sum = amounts.reduce((all, amount) => all + amount, 0);
	const areas = amounts.map((amount) => amount / sum * width * height);
	const tiles = [];
	let free = {
		x: 0,
		y: 0,
		width,
		height
	};
	for (let at = 0; at < areas.length;) {
		const strip = nextStrip(areas.slice(at), Math.min(free.width, free.height));
		tiles.push(...laid(strip, free));
		free = rest(free, strip);
		at += strip.length;
	}
	return tiles;
}
function nextStrip(areas, side) {
	let strip = areas.slice(0, 1);
	for (let count = 2; count <= areas.length; count += 1) {
		const longer = areas.slice(0, count);
		if (longestRatio(longer, side) > longestRatio(strip, side)) break;
		strip = longer;
	}
	return strip;
}
function longestRatio(strip, side) {
	const depth = sumOf(strip) / side;
	return Math.max(...strip.map((area) => Math.max(depth ** 2 / area, area / depth ** 2)));
}
function laid(strip, free) {
	const isWide = free.width >= free.height;
	const depth = sumOf(strip) / (isWide ? free.height : free.width);
	let offset = 0;
	return strip.map((area) => {
		const length = area / depth;
		const tile = isWide ? {
			x: free.x,
			y: free.y + offset,
			width: depth,
			height: length
		} : {
			x: free.x + offset,
			y: free.y,
			width: length,
			height: depth
		};
		offset += length;
		return tile;
	});
}
function rest(free, strip) {
	const isWide = free.width >= free.height;
	const depth = sumOf(strip) / (isWide ? free.height : free.width);
	return isWide ? {
		...free,
		x: free.x + depth,
		width: Math.max(0, free.width - depth)
	} : {
		...free,
		y: free.y + depth,
		height: Math.max(0, free.height - depth)
	};
}
function sumOf(amounts) {
	return amounts.reduce((all, amount) => all + amount, 0);
}
// src/components/health/TreeMap.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$7 = ["aria-label"];
var _hoisted_2$5 = ["title"];
var _hoisted_3$2 = {
	key: 0,
	class: "el"
};
var _hoisted_4 = {
	key: 1,
	class: "el num"
};
var MOST = 7;
var WIDTH = 288;
var HEIGHT = 150;
var SIZED_HEIGHT = 38;
// src/components/health/TreeMap.vue
var TreeMap_default = defineComponent({
	__name: "TreeMap",
	props: {
		shares: {},
		label: {}
	},
	setup(__props) {
		const props = __props;
		const NAMED = {
			width: 40,
			height: 24
		};
		const { texts } = usePanel();
		const shown = computed(() => {
			const all = props.shares.filter((share) => share.bytes > 0).sort((a, b) => b.bytes - a.bytes);
			if (all.length <= MOST) return all;
			const others = all.slice(6);
			const sum = (part) => others.reduce((total, each) => total + each[part], 0);
			const rest = {
				value: texts.t("health.otherShares"),
				bytes: sum("bytes"),
				files: sum("files")
			};
			return [...all.slice(0, 6), rest].sort((a, b) => b.bytes - a.bytes);
		});
		const tiles = computed(() => {
			return treemap(shown.value.map((share) => share.bytes), WIDTH, HEIGHT).map(({ x, y, width, height }, n) => {
				const share = shown.value[n];
				const isNamed = width >= NAMED.width && height >= NAMED.height;
				return {
					name: share?.value ?? texts.t("health.unknownShare"),
					size: texts.bytes(share?.bytes ?? 0),
					isNamed,
					isSized: isNamed && height >= SIZED_HEIGHT,
					style: {
						insetInlineStart: part(x, WIDTH),
						insetBlockStart: part(y, HEIGHT),
						inlineSize: part(width, WIDTH),
						blockSize: part(height, HEIGHT)
					}
				};
			});
		});
		const sentence = computed(() => `${props.label}: ${tiles.value.map(({ name, size }) => `${name} ${size}`).join(", ")}`);
		function part(length, whole) {
			return `${length / whole * 100}%`;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "tm",
				role: "img",
				"aria-label": sentence.value
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(tiles.value, (tile, n) => {
				return openBlock(), createElementBlock("div", {
					key: tile.name,
					class: "tile",
					style: normalizeStyle(tile.style)
				}, [createBaseVNode("div", {
					class: normalizeClass(`c${n}`),
					title: `${tile.name}, ${tile.size}`
				}, [tile.isNamed ? (openBlock(), createElementBlock("b", _hoisted_3$2, toDisplayString(tile.name), 1)) : createCommentVNode("", true), tile.isSized ? (openBlock(), createElementBlock("span", _hoisted_4, toDisplayString(tile.size), 1)) : createCommentVNode("", true)], 10, _hoisted_2$5)], 4);
			}), 128))], 8, _hoisted_1$7);
		};
	}
});
// src/components/health/SpaceSection.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$6 = ["aria-label"];
// src/components/health/SpaceSection.vue
var SpaceSection_default = defineComponent({
	__name: "SpaceSection",
	setup(__props) {
		const { health, texts } = usePanel();
		const { t } = texts;
		const space = health.space.value;
		return (_ctx, _cache) => {
			return unref(space).files ? (openBlock(), createElementBlock("section", {
				key: 0,
				class: "space",
				"aria-label": unref(t)("health.space")
			}, [createVNode(SectionHeading_default, {
				title: unref(t)("health.space"),
				count: unref(texts).bytes(unref(space).bytes),
				ruled: ""
			}, {
				default: withCtx(() => [createVNode(Btn_default, {
					size: "s",
					variant: "gh",
					onClick: _cache[0] || (_cache[0] = ($event) => unref(health).open("space"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.asTable")), 1)]),
					_: 1
				})]),
				_: 1
			}, 8, ["title", "count"]), createVNode(TreeMap_default, {
				shares: unref(space).by_category,
				label: unref(t)("health.spaceByFolder")
			}, null, 8, ["shares", "label"])], 8, _hoisted_1$6)) : createCommentVNode("", true);
		};
	}
});
// src/components/health/SpaceSide.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$5 = ["aria-label"];
var _hoisted_2$4 = ["aria-label"];
var _hoisted_3$1 = ["aria-label"];
var FEW$1 = 4;
// src/components/health/SpaceSide.vue
var SpaceSide_default = defineComponent({
	__name: "SpaceSide",
	setup(__props) {
		const { health, texts } = usePanel();
		const { t } = texts;
		const sets = computed(() => health.duplicates.value.value.items.slice(0, FEW$1));
		const unused = createLoaded(() => health.api.models({
			q: "unused:90d",
			sort: "size",
			limit: String(FEW$1)
		}).then((page) => page.items), []);
		const largest = unused.value;
		onMounted(() => void unused.load());
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("aside", { "aria-label": unref(t)("health.space") }, [
				createVNode(SpaceSection_default),
				createVNode(VolumeList_default),
				sets.value.length ? (openBlock(), createElementBlock("section", {
					key: 0,
					"aria-label": unref(t)("health.duplicates")
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.duplicates"),
					count: unref(t)("health.toFree", { size: unref(texts).bytes(unref(health).duplicates.value.value.bytes_freed) }),
					ruled: ""
				}, {
					default: withCtx(() => [createVNode(Btn_default, {
						size: "s",
						onClick: _cache[0] || (_cache[0] = ($event) => unref(health).open("duplicates"))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.do.duplicates")), 1)]),
						_: 1
					})]),
					_: 1
				}, 8, ["title", "count"]), (openBlock(true), createElementBlock(Fragment, null, renderList(sets.value, (set) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: set.sha256,
						name: set.items[0]?.name ?? "",
						about: `${unref(texts).count(set.files)} × ${unref(texts).bytes(set.size)} · ${unref(t)("health.sameSha")}`,
						size: unref(texts).bytes(set.bytes_freed)
					}, null, 8, [
						"name",
						"about",
						"size"
					]);
				}), 128))], 8, _hoisted_2$4)) : createCommentVNode("", true),
				unref(largest).length ? (openBlock(), createElementBlock("section", {
					key: 1,
					"aria-label": unref(t)("health.largestUnused")
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.largestUnused"),
					ruled: ""
				}, null, 8, ["title"]), (openBlock(true), createElementBlock(Fragment, null, renderList(unref(largest), (model) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: model.id,
						name: model.name,
						about: model.category,
						size: unref(texts).bytes(model.size)
					}, null, 8, [
						"name",
						"about",
						"size"
					]);
				}), 128))], 8, _hoisted_3$1)) : createCommentVNode("", true)
			], 8, _hoisted_1$5);
		};
	}
});
// src/components/health/todoTexts.ts
var FIELDS = [
	"trained_words",
	"base_model",
	"source",
	"description"
];
var MOST_FIELDS = 2;
function pageFor(kind) {
	switch (kind) {
		case "duplicates":
		case "broken":
		case "updates":
		case "trash":
		case "space": return kind;
		case "metadata":
		case "previews":
		case "hash": return "overview";
	}
}
function todoTexts(one, texts) {
	const { t } = texts;
	const { action, category, count, bytes, path } = one;
	const size = bytes === null ? "" : texts.bytes(bytes);
	const isDrive = action.kind === "space";
	const about = lacks(one, texts) || t(`health.about.${action.kind}`, isDrive ? { size } : {});
	return {
		title: t(`health.todo.${action.kind}`, { count }),
		about: [
			category ?? path,
			about,
			isDrive ? "" : size
		].filter(Boolean).join(" · ")
	};
}
function lacks({ missing }, { t }) {
	return FIELDS.flatMap((field) => {
		const count = missing[field];
		return count ? [t(`health.lacks.${field}`, { count })] : [];
	}).slice(0, MOST_FIELDS).join(", ");
}
// src/components/health/TodoRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$4 = [
	"data-todo",
	"aria-label",
	"onKeydown"
];
var _hoisted_2$3 = { class: "t" };
var _hoisted_3 = {
	key: 0,
	class: "d num"
};
// src/components/health/TodoRow.vue
var TodoRow_default = defineComponent({
	__name: "TodoRow",
	props: {
		todo: {},
		first: { type: Boolean }
	},
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { health, texts } = panel;
		const { t } = texts;
		const asking = ref(false);
		const kind = computed(() => props.todo.action.kind);
		const look = computed(() => TODO_LOOKS[kind.value]);
		const words = computed(() => todoTexts(props.todo, texts));
		const spoken = computed(() => [words.value.title, words.value.about].filter(Boolean).join(", "));
		const job = computed(() => health.jobFor(props.todo));
		async function press() {
			if (REVIEWED.has(kind.value)) {
				health.open(pageFor(kind.value));
				return;
			}
			asking.value = true;
			await panel.attempt(() => health.apply(props.todo));
			asking.value = false;
		}
		return (_ctx, _cache) => {
			return job.value ? (openBlock(), createBlock(UpkeepRow_default, {
				key: 0,
				job: job.value
			}, null, 8, ["job"])) : (openBlock(), createElementBlock("article", {
				key: 1,
				class: "recm",
				tabindex: "0",
				"data-todo": __props.todo.code,
				"aria-label": spoken.value,
				onKeydown: withKeys(withModifiers(press, ["self"]), ["enter"])
			}, [
				createBaseVNode("span", { class: normalizeClass(look.value.tone) }, [createVNode(Icon_default, { name: look.value.icon }, null, 8, ["name"])], 2),
				createBaseVNode("div", null, [createBaseVNode("div", _hoisted_2$3, toDisplayString(words.value.title), 1), words.value.about ? (openBlock(), createElementBlock("div", _hoisted_3, toDisplayString(words.value.about), 1)) : createCommentVNode("", true)]),
				createVNode(Btn_default, {
					size: "s",
					variant: __props.first ? "pri" : void 0,
					disabled: asking.value,
					onClick: press
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)(`health.do.${kind.value}`)), 1)]),
					_: 1
				}, 8, ["variant", "disabled"])
			], 40, _hoisted_1$4));
		};
	}
});
// src/components/health/TodoList.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$3 = ["aria-label"];
var _hoisted_2$2 = ["aria-label"];
// src/components/health/TodoList.vue
var TodoList_default = defineComponent({
	__name: "TodoList",
	setup(__props) {
		const panel = usePanel();
		const { health, texts } = panel;
		const { t } = texts;
		const { state, value } = health.report;
		const neverScanned = computed(() => state.loaded && value.value.scanned_at === null);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).look())
				}, null, 8, ["problem"]),
				unref(health).others.value.length ? (openBlock(), createElementBlock("section", {
					key: 0,
					"aria-label": unref(t)("health.underWay")
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.underWay"),
					count: unref(texts).count(unref(health).others.value.length)
				}, null, 8, ["title", "count"]), (openBlock(true), createElementBlock(Fragment, null, renderList(unref(health).others.value, (job) => {
					return openBlock(), createBlock(UpkeepRow_default, {
						key: job.id,
						job
					}, null, 8, ["job"]);
				}), 128))], 8, _hoisted_1$3)) : createCommentVNode("", true),
				neverScanned.value && !unref(health).underWay.value.length ? (openBlock(), createBlock(EmptyState_default, {
					key: 1,
					title: unref(t)("health.first.title"),
					text: unref(t)("health.first.text")
				}, {
					default: withCtx(() => [createVNode(Btn_default, {
						variant: "pri",
						icon: "search",
						onClick: _cache[1] || (_cache[1] = ($event) => unref(panel).attempt(() => unref(health).scan()))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.scan")), 1)]),
						_: 1
					})]),
					_: 1
				}, 8, ["title", "text"])) : unref(health).todo.value.length ? (openBlock(), createElementBlock("section", {
					key: 2,
					"aria-label": unref(t)("health.todoTitle"),
					onKeydown: _cache[2] || (_cache[2] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args))
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.todoTitle"),
					count: unref(texts).count(unref(health).todo.value.length)
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.mostUsedFirst")), 1)]),
					_: 1
				}, 8, ["title", "count"]), (openBlock(true), createElementBlock(Fragment, null, renderList(unref(health).todo.value, (one, n) => {
					return openBlock(), createBlock(TodoRow_default, {
						key: `${one.code} ${one.path ?? ""}`,
						todo: one,
						first: n === 0
					}, null, 8, ["todo", "first"]);
				}), 128))], 40, _hoisted_2$2)) : createCommentVNode("", true)
			], 64);
		};
	}
});
// src/components/health/TrashPage.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$2 = { class: "names" };
var _hoisted_2$1 = { key: 0 };
var FEW = 3;
// src/components/health/TrashPage.vue
var TrashPage_default = defineComponent({
	__name: "TrashPage",
	setup(__props) {
		const panel = usePanel();
		const { health, texts, ui } = panel;
		const { t } = texts;
		const { change, reload } = useUndoable();
		const { state, value } = health.trash;
		const purging = ref([]);
		const about = computed(() => value.value.total ? `${t("health.trashFiles", { count: value.value.total })} · ${texts.bytes(value.value.bytes)}` : t("health.trashEmpty"));
		const purgedBytes = computed(() => purging.value.reduce((sum, one) => sum + one.size, 0));
		onMounted(() => void health.trash.load());
		function line(one) {
			return `${one.expires_at === null ? t("health.keptForEver") : t("health.keptUntil", { time: texts.when(one.expires_at, ui.now) })} · ${[one.category, one.relative].filter(Boolean).join("/")}`;
		}
		function menu() {
			return [{
				id: "purge",
				label: t("health.deleteForGood"),
				icon: "trash",
				danger: true
			}];
		}
		async function restore(one) {
			await change(t("health.restored", { count: 1 }), () => health.api.restore([one.id]));
		}
		async function purge() {
			const rows = purging.value;
			purging.value = [];
			const ids = rows.map((one) => one.id);
			const purged = await panel.attempt(() => health.api.purge(ids));
			if (!purged) return;
			const [problem] = purged.problems;
			ui.notice = problem ? {
				text: texts.message(problem.error),
				kind: "bad"
			} : {
				text: t("health.purged", { size: texts.bytes(purged.bytes_freed) }),
				kind: "ok"
			};
			await reload();
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "paged",
				onKeydown: _cache[4] || (_cache[4] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args))
			}, [
				createVNode(PageHead_default, {
					title: unref(t)("health.trash"),
					about: about.value
				}, {
					default: withCtx(() => [unref(value).items.length ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						variant: "gh",
						onClick: _cache[0] || (_cache[0] = ($event) => purging.value = unref(value).items)
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.empty")), 1)]),
						_: 1
					})) : createCommentVNode("", true)]),
					_: 1
				}, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[1] || (_cache[1] = ($event) => unref(health).trash.load())
				}, null, 8, ["problem"]),
				unref(state).loaded && !unref(value).items.length ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.trashEmpty"),
					text: unref(t)("health.trashAbout")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(value).items, (one) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: one.id,
						name: one.name,
						model: one.id,
						about: line(one),
						size: unref(texts).bytes(one.size),
						icon: "trash"
					}, {
						default: withCtx(() => [createVNode(Btn_default, {
							size: "s",
							icon: "undo",
							onClick: ($event) => restore(one)
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.restore")), 1)]),
							_: 1
						}, 8, ["onClick"]), createVNode(MenuButton_default, {
							label: unref(t)("do.more"),
							items: menu(),
							onChoose: ($event) => purging.value = [one]
						}, null, 8, [
							"label",
							"items",
							"onChoose"
						])]),
						_: 2
					}, 1032, [
						"name",
						"model",
						"about",
						"size"
					]);
				}), 128)),
				purging.value.length ? (openBlock(), createBlock(Dialog_default, {
					key: 1,
					alert: "",
					title: unref(t)("health.purge.title", { count: purging.value.length }),
					text: unref(t)("health.purge.text", { size: unref(texts).bytes(purgedBytes.value) }),
					onClose: _cache[3] || (_cache[3] = ($event) => purging.value = [])
				}, {
					actions: withCtx(() => [createVNode(Btn_default, {
						autofocus: "",
						onClick: _cache[2] || (_cache[2] = ($event) => purging.value = [])
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.purge.keep")), 1)]),
						_: 1
					}), createVNode(Btn_default, {
						variant: "danger",
						icon: "trash",
						onClick: purge
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.purge.button", { count: purging.value.length })), 1)]),
						_: 1
					})]),
					default: withCtx(() => [createBaseVNode("ul", _hoisted_1$2, [(openBlock(true), createElementBlock(Fragment, null, renderList(purging.value.slice(0, FEW), (one) => {
						return openBlock(), createElementBlock("li", {
							key: one.id,
							class: "el"
						}, toDisplayString(one.name), 1);
					}), 128)), purging.value.length > FEW ? (openBlock(), createElementBlock("li", _hoisted_2$1, toDisplayString(unref(t)("queue.more", { count: purging.value.length - FEW })), 1)) : createCommentVNode("", true)])]),
					_: 1
				}, 8, ["title", "text"])) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/health/UpdatesPage.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$1 = ["aria-label"];
var _hoisted_2 = {
	key: 2,
	class: "dock"
};
// src/components/health/UpdatesPage.vue
var UpdatesPage_default = defineComponent({
	__name: "UpdatesPage",
	setup(__props) {
		const panel = usePanel();
		const { health, queue, texts, ui } = panel;
		const { t } = texts;
		const { state, value } = health.updates;
		const showIgnored = ref(false);
		const asking = ref(false);
		const fresh = computed(() => value.value.items.filter((one) => !one.ignored));
		const ignored = computed(() => value.value.items.filter((one) => one.ignored));
		const bytes = computed(() => fresh.value.reduce((sum, one) => sum + (one.newest.size ?? 0), 0));
		const about = computed(() => {
			const at = value.value.checked_at;
			return at === null ? t("health.neverChecked") : t("health.checked", { time: texts.when(at, ui.now) });
		});
		const checking = ref(false);
		onMounted(() => void health.updates.load());
		function differs({ installed, newest }) {
			const base = installed.base_model === newest.base_model ? newest.base_model : arrow(installed.base_model, newest.base_model);
			const published = newest.published_at === null ? "" : texts.when(newest.published_at, ui.now);
			const pinned = installed.pinned ? t("health.pinned") : "";
			return [
				arrow(installed.version, newest.name),
				pinned,
				base,
				published
			].filter(Boolean).join(" · ");
		}
		function arrow(old, next) {
			return `${old ?? "?"} → ${next ?? "?"}`;
		}
		function menuOf(one) {
			if (one.ignored) return [{
				id: "heed",
				label: t("health.heed")
			}];
			return [{
				id: "version",
				label: t("health.ignoreVersion")
			}, {
				id: "all",
				label: t("health.ignoreAll")
			}];
		}
		async function choose(one, id) {
			const { api } = health;
			const { model, newest } = one;
			await panel.attempt(async () => {
				if (id === "version") await api.ignoreUpdate(model, newest.version_id);
				if (id === "all") await api.ignoreUpdate(model, null);
				if (id === "heed") {
					await api.ignoreUpdate(model, newest.version_id, false);
					await api.ignoreUpdate(model, null, false);
				}
			});
			await health.updates.load();
		}
		async function get(models) {
			asking.value = true;
			const accepted = await panel.attempt(() => health.api.fetchUpdates(models.map((one) => one.model)));
			if (accepted?.job) queue.put(accepted.job);
			if (accepted) ui.notice = {
				text: t("health.updatesAsked", { count: models.length }),
				kind: "ok"
			};
			asking.value = false;
		}
		async function check() {
			checking.value = true;
			const accepted = await panel.attempt(() => health.api.checkUpdates());
			if (accepted) queue.put(accepted.job);
			checking.value = false;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "paged",
				onKeydown: _cache[3] || (_cache[3] = (...args) => unref(moveBetweenRows) && unref(moveBetweenRows)(...args))
			}, [
				createVNode(PageHead_default, {
					title: unref(t)("health.updates"),
					about: about.value
				}, {
					default: withCtx(() => [createVNode(Btn_default, {
						size: "s",
						disabled: checking.value,
						onClick: check
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.do.check")), 1)]),
						_: 1
					}, 8, ["disabled"])]),
					_: 1
				}, 8, ["title", "about"]),
				createVNode(LoadProblem_default, {
					problem: unref(state).problem,
					onRetry: _cache[0] || (_cache[0] = ($event) => unref(health).updates.load())
				}, null, 8, ["problem"]),
				unref(state).loaded && !fresh.value.length ? (openBlock(), createBlock(EmptyState_default, {
					key: 0,
					title: unref(t)("health.noUpdates.title"),
					text: unref(t)("health.noUpdates.text")
				}, null, 8, ["title", "text"])) : createCommentVNode("", true),
				(openBlock(true), createElementBlock(Fragment, null, renderList(fresh.value, (one) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: one.model,
						name: one.name,
						model: one.model,
						about: differs(one),
						size: one.newest.size === null ? "" : unref(texts).bytes(one.newest.size),
						icon: "up"
					}, {
						default: withCtx(() => [createVNode(Btn_default, {
							size: "s",
							disabled: asking.value,
							onClick: ($event) => get([one])
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.get")), 1)]),
							_: 1
						}, 8, ["disabled", "onClick"]), createVNode(MenuButton_default, {
							label: unref(t)("do.more"),
							items: menuOf(one),
							onChoose: ($event) => choose(one, $event)
						}, null, 8, [
							"label",
							"items",
							"onChoose"
						])]),
						_: 2
					}, 1032, [
						"name",
						"model",
						"about",
						"size"
					]);
				}), 128)),
				ignored.value.length ? (openBlock(), createElementBlock("section", {
					key: 1,
					"aria-label": unref(t)("health.ignored")
				}, [createVNode(SectionHeading_default, {
					title: unref(t)("health.ignored"),
					count: unref(texts).count(ignored.value.length),
					open: showIgnored.value,
					ruled: "",
					onToggle: _cache[1] || (_cache[1] = ($event) => showIgnored.value = !showIgnored.value)
				}, null, 8, [
					"title",
					"count",
					"open"
				]), showIgnored.value ? (openBlock(true), createElementBlock(Fragment, { key: 0 }, renderList(ignored.value, (one) => {
					return openBlock(), createBlock(ModelRow_default, {
						key: one.model,
						name: one.name,
						about: differs(one),
						icon: "skip"
					}, {
						default: withCtx(() => [createVNode(MenuButton_default, {
							label: unref(t)("do.more"),
							items: menuOf(one),
							onChoose: ($event) => choose(one, $event)
						}, null, 8, [
							"label",
							"items",
							"onChoose"
						])]),
						_: 2
					}, 1032, ["name", "about"]);
				}), 128)) : createCommentVNode("", true)], 8, _hoisted_1$1)) : createCommentVNode("", true),
				fresh.value.length > 1 ? (openBlock(), createElementBlock("div", _hoisted_2, [createVNode(Btn_default, {
					variant: "pri",
					size: "big",
					icon: "queue",
					wide: "",
					disabled: asking.value,
					onClick: _cache[2] || (_cache[2] = ($event) => get(fresh.value))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("health.getUpdates", {
						count: fresh.value.length,
						size: unref(texts).bytes(bytes.value)
					})), 1)]),
					_: 1
				}, 8, ["disabled"])])) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/health/useWide.ts
var WIDE_PX = 900;
function useWide(root) {
	const wide = ref(false);
	const observer = new ResizeObserver(([entry]) => {
		wide.value = (entry?.contentRect.width ?? 0) >= WIDE_PX;
	});
	onMounted(() => {
		const panel = root.value?.closest(".mk");
		if (panel) observer.observe(panel);
	});
	onUnmounted(() => observer.disconnect());
	return wide;
}
// src/components/health/HealthTab.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1 = {
	key: 0,
	class: "h-main"
};
// src/components/health/HealthTab.vue
var HealthTab_default = defineComponent({
	__name: "HealthTab",
	setup(__props) {
		const PAGES = {
			duplicates: DuplicatesPage_default,
			broken: BrokenPage_default,
			updates: UpdatesPage_default,
			trash: TrashPage_default,
			changes: ChangesPage_default,
			space: SpacePage_default,
			schedules: SchedulesPage_default,
			folders: FoldersPage_default,
			job: ItemsPage_default,
			news: NewsPage_default
		};
		const { health } = usePanel();
		const root = useTemplateRef("root");
		const wide = useWide(root);
		const page = computed(() => health.page.value === "overview" ? null : PAGES[health.page.value]);
		onMounted(() => void health.look());
		watch(health.page, async (now, before) => {
			await nextTick();
			const way = now === "overview" ? `[data-page=${before}], article` : ".dh button";
			root.value?.querySelector(way)?.focus({ preventScroll: true });
		});
		function onKeydown(event) {
			if (event.key !== "Escape" || health.page.value === "overview") return;
			event.preventDefault();
			health.open("overview");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				ref_key: "root",
				ref: root,
				class: normalizeClass(["health", { wide: unref(wide) }]),
				onKeydown
			}, [unref(wide) || !page.value ? (openBlock(), createElementBlock("div", _hoisted_1, [
				createVNode(HealthScore_default),
				createVNode(TodoList_default),
				!unref(wide) ? (openBlock(), createBlock(SpaceSection_default, { key: 0 })) : createCommentVNode("", true),
				createVNode(HealthStrips_default),
				unref(wide) ? (openBlock(), createBlock(DoneLately_default, { key: 1 })) : createCommentVNode("", true)
			])) : createCommentVNode("", true), page.value ? (openBlock(), createBlock(resolveDynamicComponent(page.value), {
				key: 1,
				class: "h-side"
			})) : unref(wide) ? (openBlock(), createBlock(SpaceSide_default, {
				key: 2,
				class: "h-side"
			})) : createCommentVNode("", true)], 34);
		};
	}
});
export { HealthTab_default as default };
