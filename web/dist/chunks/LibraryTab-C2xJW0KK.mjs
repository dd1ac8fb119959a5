import { C as nextTick, D as openBlock, E as onUnmounted, F as watch, I as watchEffect, L as withCtx, P as useTemplateRef, R as withDirectives, T as onMounted, _ as createVNode, a as vModelText, c as Fragment, d as createBaseVNode, f as createBlock, g as createTextVNode, j as resolveDynamicComponent, k as renderList, m as createElementBlock, o as withKeys, p as createCommentVNode, s as withModifiers, u as computed, y as defineComponent } from "./vue-BcPPEbeh.mjs";
import { E as unref, at as toDisplayString, c as isRef, h as ref, m as reactive, nt as normalizeClass, rt as normalizeStyle, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { d as EmptyState_default, f as IconButton_default, g as usePanel, l as FileName_default, m as Icon_default, n as isMenuKey, o as SelectButton_default, p as Btn_default, r as Dialog_default, s as FloatingList_default, t as MenuButton_default, u as splitName } from "./MenuButton-BXaT0XWR.mjs";
import { a as condition, i as EXAMPLES, o as termsOf, r as SORTS } from "./library-C3vTHSNn.mjs";
import { i as useCopy, n as Tag_default, r as shortHash, t as useSlash } from "./useSlash-CPWcm5n8.mjs";
// src/components/library/MoveDialog.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$22 = { class: "opt" };
var _hoisted_2$22 = {
	key: 0,
	class: "opt"
};
var _hoisted_3$21 = { class: "opt" };
var _hoisted_4$14 = { class: "fld" };
var _hoisted_5$10 = ["placeholder"];
// src/components/library/MoveDialog.vue
var MoveDialog_default = defineComponent({
	__name: "MoveDialog",
	props: {
		target: {},
		count: {},
		from: {}
	},
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { library, libraryActions: actions, texts, attempt } = usePanel();
		const { t } = texts;
		const folders = shallowRef([]);
		const category = ref(props.from?.category ?? library.wish.category);
		const root = ref(props.from?.root ?? "");
		const folder = ref(props.from?.relative.split("/").slice(0, -1).join("/") ?? "");
		const sending = ref(false);
		const writable = computed(() => folders.value.filter((each) => each.writable));
		const categories = computed(() => [...new Set(writable.value.map((each) => each.category))].map((id) => ({
			id,
			label: id
		})));
		const roots = computed(() => writable.value.filter((each) => each.category === category.value).map((each) => ({
			id: each.path,
			label: each.path,
			hint: each.free === null ? "" : texts.bytes(each.free)
		})));
		const chosenRoot = computed({
			get: () => roots.value.find(({ id }) => id === root.value)?.id ?? roots.value[0]?.id ?? "",
			set: (path) => root.value = path
		});
		onMounted(() => void attempt(async () => folders.value = await library.folders()));
		async function submit() {
			if (!category.value) return;
			sending.value = true;
			const to = {
				category: category.value,
				root: chosenRoot.value || null,
				folder: folder.value.trim()
			};
			const done = await actions.move(props.target, to);
			sending.value = false;
			if (done) emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)("library.moveTitle", { count: __props.count }),
				onClose: _cache[4] || (_cache[4] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[3] || (_cache[3] = ($event) => emit("close"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					variant: "pri",
					disabled: !category.value || sending.value,
					onClick: submit
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.moveHere")), 1)]),
					_: 1
				}, 8, ["disabled"])]),
				default: withCtx(() => [createBaseVNode("form", {
					class: "ask",
					onSubmit: withModifiers(submit, ["prevent"])
				}, [
					createBaseVNode("span", _hoisted_1$22, [createBaseVNode("span", null, toDisplayString(unref(t)("library.folder")), 1), createVNode(SelectButton_default, {
						modelValue: category.value,
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => category.value = $event),
						label: unref(t)("library.chooseFolder"),
						items: categories.value,
						autofocus: ""
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])]),
					roots.value.length > 1 ? (openBlock(), createElementBlock("span", _hoisted_2$22, [createBaseVNode("span", null, toDisplayString(unref(t)("library.root")), 1), createVNode(SelectButton_default, {
						modelValue: chosenRoot.value,
						"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => chosenRoot.value = $event),
						label: unref(t)("library.root"),
						items: roots.value
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])])) : createCommentVNode("", true),
					createBaseVNode("label", _hoisted_3$21, [createBaseVNode("span", null, toDisplayString(unref(t)("library.subfolder")), 1), createBaseVNode("span", _hoisted_4$14, [withDirectives(createBaseVNode("input", {
						"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => folder.value = $event),
						type: "text",
						placeholder: unref(t)("library.noSubfolder"),
						autocomplete: "off",
						spellcheck: "false"
					}, null, 8, _hoisted_5$10), [[vModelText, folder.value]])])])
				], 32)]),
				_: 1
			}, 8, ["title"]);
		};
	}
});
// src/domain/words.ts
function wordsOf(text) {
	return [...new Set(text.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean))];
}
// src/components/library/TagDialog.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$21 = { class: "fld" };
var _hoisted_2$21 = { class: "vh" };
var _hoisted_3$20 = ["placeholder"];
// src/components/library/TagDialog.vue
var TagDialog_default = defineComponent({
	__name: "TagDialog",
	props: {
		target: {},
		count: {}
	},
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const input = ref("");
		const tags = computed(() => wordsOf(input.value));
		async function submit() {
			if (tags.value.length === 0) return;
			if (await actions.tag(props.target, tags.value)) emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)("library.tagTitle", { count: __props.count }),
				onClose: _cache[2] || (_cache[2] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[1] || (_cache[1] = ($event) => emit("close"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					variant: "pri",
					disabled: tags.value.length === 0,
					onClick: submit
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.addTags")), 1)]),
					_: 1
				}, 8, ["disabled"])]),
				default: withCtx(() => [createBaseVNode("form", { onSubmit: withModifiers(submit, ["prevent"]) }, [createBaseVNode("label", _hoisted_1$21, [createBaseVNode("span", _hoisted_2$21, toDisplayString(unref(t)("library.tags")), 1), withDirectives(createBaseVNode("input", {
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => input.value = $event),
					class: "sp",
					type: "text",
					placeholder: unref(t)("library.tagsHint"),
					autocomplete: "off",
					autofocus: ""
				}, null, 8, _hoisted_3$20), [[vModelText, input.value]])])], 32)]),
				_: 1
			}, 8, ["title"]);
		};
	}
});
// src/components/library/BulkBar.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$20 = ["aria-label"];
var _hoisted_2$20 = {
	class: "num sp el",
	role: "status"
};
var MOST_NAMED = 300;
// src/components/library/BulkBar.vue
var BulkBar_default = defineComponent({
	__name: "BulkBar",
	setup(__props, { expose: __expose }) {
		const { library, libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const { selection } = library;
		const asking = ref(null);
		const menu = useTemplateRef("menu");
		const count = selection.count;
		const text = computed(() => {
			const { value: bytes } = selection.bytes;
			const picked = t("library.picked", { count: count.value });
			return bytes ? `${picked} · ${texts.bytes(bytes)}` : picked;
		});
		const none = computed(() => count.value === 0);
		const more = computed(() => [
			{
				id: "all",
				label: t("library.pickAll", { count: library.rows.state.total }),
				icon: "check",
				hint: "Ctrl+A"
			},
			{
				id: "previews",
				label: t("library.repairPreviews"),
				icon: "img",
				disabled: none.value
			},
			{
				id: "hash",
				label: t("library.hash"),
				icon: "shield",
				disabled: none.value
			},
			{
				id: "save",
				label: t("library.export"),
				icon: "doc",
				disabled: none.value || selection.named.size > MOST_NAMED
			}
		]);
		async function act(id) {
			if (id === "all") selection.takeAll();
			else if (id === "previews") await actions.repairPreviews(selection.target(), count.value);
			else if (id === "save") await actions.save(selection.target());
			else await actions.hash(selection.target(), count.value);
		}
		__expose({ openMenu: () => menu.value?.open() });
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [
				createBaseVNode("div", {
					class: "bulk",
					role: "toolbar",
					"aria-label": text.value
				}, [
					createBaseVNode("span", _hoisted_2$20, toDisplayString(text.value), 1),
					createVNode(IconButton_default, {
						icon: "folder",
						small: "",
						label: unref(t)("library.move"),
						disabled: none.value,
						onClick: _cache[0] || (_cache[0] = ($event) => asking.value = "move")
					}, null, 8, ["label", "disabled"]),
					createVNode(IconButton_default, {
						icon: "tag",
						small: "",
						label: unref(t)("library.tag"),
						disabled: none.value,
						onClick: _cache[1] || (_cache[1] = ($event) => asking.value = "tag")
					}, null, 8, ["label", "disabled"]),
					createVNode(IconButton_default, {
						icon: "retry",
						small: "",
						label: unref(t)("library.refresh"),
						disabled: none.value,
						onClick: _cache[2] || (_cache[2] = ($event) => unref(actions).refreshMetadata(unref(selection).target(), unref(count)))
					}, null, 8, ["label", "disabled"]),
					createVNode(IconButton_default, {
						icon: "trash",
						small: "",
						label: unref(t)("library.trash"),
						disabled: none.value,
						onClick: _cache[3] || (_cache[3] = ($event) => unref(actions).trash(unref(selection).target()))
					}, null, 8, ["label", "disabled"]),
					createVNode(MenuButton_default, {
						ref_key: "menu",
						ref: menu,
						label: unref(t)("do.more"),
						items: more.value,
						onChoose: act
					}, null, 8, ["label", "items"]),
					createVNode(IconButton_default, {
						icon: "x",
						small: "",
						label: unref(t)("library.leaveSelection"),
						onClick: _cache[4] || (_cache[4] = ($event) => unref(selection).clear())
					}, null, 8, ["label"])
				], 8, _hoisted_1$20),
				asking.value === "move" ? (openBlock(), createBlock(MoveDialog_default, {
					key: 0,
					target: unref(selection).target(),
					count: unref(count),
					onClose: _cache[5] || (_cache[5] = ($event) => asking.value = null)
				}, null, 8, ["target", "count"])) : createCommentVNode("", true),
				asking.value === "tag" ? (openBlock(), createBlock(TagDialog_default, {
					key: 1,
					target: unref(selection).target(),
					count: unref(count),
					onClose: _cache[6] || (_cache[6] = ($event) => asking.value = null)
				}, null, 8, ["target", "count"])) : createCommentVNode("", true)
			], 64);
		};
	}
});
// src/components/library/PreviewRules.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$19 = { class: "ask" };
var _hoisted_2$19 = { class: "opt" };
var _hoisted_3$19 = { class: "opt" };
var _hoisted_4$13 = { class: "opt" };
// src/components/library/PreviewRules.vue
var PreviewRules_default = defineComponent({
	__name: "PreviewRules",
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const RATINGS = [
			"pg",
			"pg13",
			"r",
			"x",
			"xxx"
		];
		const EXPOSURES = [
			"show",
			"blur",
			"hide"
		];
		const { session, texts, attempt } = usePanel();
		const { t } = texts;
		const chosen = (key, usual) => {
			const value = session.settings.value[key];
			return ref(typeof value === "string" ? value : usual);
		};
		const limit = chosen("preview_limit", "pg13");
		const above = chosen("preview_above", "blur");
		const unknown = chosen("preview_unknown", "show");
		const ratings = computed(() => RATINGS.map((id) => ({
			id,
			label: t(`library.rules.${id}`)
		})));
		const exposures = computed(() => EXPOSURES.map((id) => ({
			id,
			label: t(`library.rules.${id}`)
		})));
		async function save() {
			const rules = {
				preview_limit: limit.value,
				preview_above: above.value,
				preview_unknown: unknown.value
			};
			if (await attempt(async () => (await session.change(rules), true))) emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)("library.rules.title"),
				onClose: _cache[4] || (_cache[4] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[3] || (_cache[3] = ($event) => emit("close"))
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
				default: withCtx(() => [createBaseVNode("div", _hoisted_1$19, [
					createBaseVNode("span", _hoisted_2$19, [createBaseVNode("span", null, toDisplayString(unref(t)("library.rules.limit")), 1), createVNode(SelectButton_default, {
						modelValue: unref(limit),
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => isRef(limit) ? limit.value = $event : null),
						label: unref(t)("library.rules.limit"),
						items: ratings.value,
						autofocus: ""
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])]),
					createBaseVNode("span", _hoisted_3$19, [createBaseVNode("span", null, toDisplayString(unref(t)("library.rules.above")), 1), createVNode(SelectButton_default, {
						modelValue: unref(above),
						"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => isRef(above) ? above.value = $event : null),
						label: unref(t)("library.rules.above"),
						items: exposures.value
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])]),
					createBaseVNode("span", _hoisted_4$13, [createBaseVNode("span", null, toDisplayString(unref(t)("library.rules.unknown")), 1), createVNode(SelectButton_default, {
						modelValue: unref(unknown),
						"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => isRef(unknown) ? unknown.value = $event : null),
						label: unref(t)("library.rules.unknown"),
						items: exposures.value
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					])])
				])]),
				_: 1
			}, 8, ["title"]);
		};
	}
});
// src/components/library/FilterBar.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$18 = { class: "flt" };
var _hoisted_2$18 = { class: "tools" };
var _hoisted_3$18 = ["aria-label"];
// src/components/library/FilterBar.vue
var FilterBar_default = defineComponent({
	__name: "FilterBar",
	emits: ["select"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const panel = usePanel();
		const { library, libraryActions: actions, session, texts } = panel;
		const { t } = texts;
		const { wish, rows, choices, view } = library;
		function counted(facets, all, unknown) {
			const items = facets.map(({ value, count }) => ({
				id: value ?? "missing:base",
				label: value ?? unknown,
				hint: texts.count(count)
			}));
			return [{
				id: "",
				label: all
			}, ...items];
		}
		const categories = computed(() => counted(choices.value.category, t("library.allFolders"), t("library.allFolders")));
		const bases = computed(() => counted(choices.value.base, t("library.anyBase"), t("library.baseUnknown")));
		const sorts = computed(() => SORTS.map((id) => ({
			id,
			label: t(`library.sort.${id}`)
		})));
		const choose = (key) => computed({
			get: () => wish[key],
			set: (value) => library.change({ [key]: value })
		});
		const category = choose("category");
		const base = choose("base");
		const sort = choose("sort");
		const ruling = ref(false);
		const isPrivate = computed(() => session.settings.value["preview_private"] === true);
		const more = computed(() => [
			{
				id: "privacy",
				label: t(isPrivate.value ? "library.showPreviews" : "library.hidePreviews"),
				icon: isPrivate.value ? "eye" : "hidden"
			},
			{
				id: "rules",
				label: t("library.rules.menu"),
				icon: "gear"
			},
			{
				id: "backwards",
				label: t("library.backwards"),
				icon: "swap",
				disabled: rows.state.total === 0
			},
			{
				id: "scan",
				label: t("library.scan"),
				icon: "retry",
				startsGroup: true
			},
			{
				id: "export",
				label: t("library.export"),
				icon: "doc",
				disabled: rows.state.total === 0
			}
		]);
		async function act(id) {
			if (id === "rules") ruling.value = true;
			else if (id === "backwards") library.change({ backwards: !wish.backwards });
			else if (id === "scan") await actions.scan();
			else if (id === "privacy") await panel.attempt(() => session.change({ preview_private: !isPrivate.value }));
			else await actions.save({
				query: library.query().q,
				category: library.query().category,
				without: []
			});
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [createBaseVNode("div", _hoisted_1$18, [
				createVNode(SelectButton_default, {
					modelValue: unref(category),
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => isRef(category) ? category.value = $event : null),
					label: unref(t)("library.folder"),
					items: categories.value
				}, null, 8, [
					"modelValue",
					"label",
					"items"
				]),
				bases.value.length > 2 || unref(base) ? (openBlock(), createBlock(SelectButton_default, {
					key: 0,
					modelValue: unref(base),
					"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => isRef(base) ? base.value = $event : null),
					label: unref(t)("library.base"),
					items: bases.value
				}, null, 8, [
					"modelValue",
					"label",
					"items"
				])) : createCommentVNode("", true),
				createBaseVNode("span", _hoisted_2$18, [
					createVNode(SelectButton_default, {
						modelValue: unref(sort),
						"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => isRef(sort) ? sort.value = $event : null),
						label: unref(t)("library.sortBy"),
						items: sorts.value
					}, null, 8, [
						"modelValue",
						"label",
						"items"
					]),
					createBaseVNode("span", {
						class: "f3 num",
						role: "status",
						"aria-label": unref(t)("library.found", { count: unref(rows).state.total })
					}, toDisplayString(unref(rows).state.loaded ? unref(texts).count(unref(rows).state.total) : ""), 9, _hoisted_3$18),
					createVNode(IconButton_default, {
						icon: "rows",
						small: "",
						label: unref(t)("library.list"),
						"aria-pressed": unref(view) === "list",
						onClick: _cache[3] || (_cache[3] = ($event) => view.value = "list")
					}, null, 8, ["label", "aria-pressed"]),
					createVNode(IconButton_default, {
						icon: "lib",
						small: "",
						label: unref(t)("library.grid"),
						"aria-pressed": unref(view) === "grid",
						onClick: _cache[4] || (_cache[4] = ($event) => view.value = "grid")
					}, null, 8, ["label", "aria-pressed"]),
					createVNode(IconButton_default, {
						icon: "check",
						small: "",
						label: unref(t)("library.select"),
						onClick: _cache[5] || (_cache[5] = ($event) => emit("select"))
					}, null, 8, ["label"]),
					createVNode(MenuButton_default, {
						label: unref(t)("do.more"),
						items: more.value,
						onChoose: act
					}, null, 8, ["label", "items"])
				])
			]), ruling.value ? (openBlock(), createBlock(PreviewRules_default, {
				key: 0,
				onClose: _cache[6] || (_cache[6] = ($event) => ruling.value = false)
			})) : createCommentVNode("", true)], 64);
		};
	}
});
// src/components/library/LibraryEmpty.vue
var LibraryEmpty_default = defineComponent({
	__name: "LibraryEmpty",
	setup(__props) {
		const { library, libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const { wish, rows } = library;
		const way = shallowRef(null);
		const isNarrowed = library.isNarrowed;
		const key = computed(() => {
			if (isNarrowed.value) return "library.noMatch";
			return rows.state.scanning ? "library.firstScan" : "library.empty";
		});
		watchEffect((onCleanup) => {
			const ended = new AbortController();
			onCleanup(() => ended.abort());
			way.value = null;
			if (isNarrowed.value) look(ended.signal);
		});
		async function look(signal) {
			const [best] = (await Promise.all(library.withoutOne().map(async ({ text, without, go }) => {
				return {
					text,
					go,
					count: (await library.api.list(without, { limit: 1 }, signal).catch(() => null))?.total ?? 0
				};
			}))).sort((one, other) => other.count - one.count);
			if (!signal.aborted && best && best.count > 0) way.value = best;
		}
		function clear() {
			library.change({
				filters: [],
				text: "",
				category: "",
				base: ""
			});
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(EmptyState_default, {
				title: unref(t)(`${key.value}.title`),
				text: way.value ? unref(t)("library.without", {
					what: way.value.text,
					count: way.value.count
				}) : unref(isNarrowed) ? void 0 : unref(t)(`${key.value}.text`)
			}, {
				default: withCtx(() => [way.value && (unref(wish).filters.length || unref(wish).text) ? (openBlock(), createBlock(Btn_default, {
					key: 0,
					onClick: _cache[0] || (_cache[0] = ($event) => way.value.go())
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.removeThat")), 1)]),
					_: 1
				})) : unref(isNarrowed) ? (openBlock(), createBlock(Btn_default, {
					key: 1,
					onClick: clear
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.clearSearch")), 1)]),
					_: 1
				})) : !unref(rows).state.scanning ? (openBlock(), createBlock(Btn_default, {
					key: 2,
					icon: "retry",
					onClick: _cache[1] || (_cache[1] = ($event) => unref(actions).scan())
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.scan")), 1)]),
					_: 1
				})) : createCommentVNode("", true)]),
				_: 1
			}, 8, ["title", "text"]);
		};
	}
});
// src/components/library/AboutForm.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$17 = {
	for: "mk-name",
	class: "f3"
};
var _hoisted_2$17 = { class: "fld" };
var _hoisted_3$17 = {
	for: "mk-base",
	class: "f3"
};
var _hoisted_4$12 = { class: "fld" };
var _hoisted_5$9 = {
	for: "mk-words",
	class: "f3"
};
var _hoisted_6$8 = { class: "fld" };
var _hoisted_7$7 = {
	for: "mk-text",
	class: "f3"
};
var _hoisted_8$6 = { class: "fld area" };
var _hoisted_9$6 = { class: "acl" };
// src/components/library/AboutForm.vue
var AboutForm_default = defineComponent({
	__name: "AboutForm",
	props: { metadata: {} },
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const panel = usePanel();
		const { library, texts } = panel;
		const { t } = texts;
		const before = {
			name: props.metadata.name ?? "",
			base_model: props.metadata.base_model ?? "",
			trained_words: props.metadata.trained_words.join(", "),
			description: props.metadata.description ?? ""
		};
		const form = reactive({ ...before });
		const sending = ref(false);
		const own = computed(() => Object.keys(before).filter((field) => props.metadata.owners[field] === "user"));
		async function save() {
			const patch = {};
			if (form.name !== before.name) patch.name = form.name;
			if (form.base_model !== before.base_model) patch.base_model = form.base_model;
			if (form.description !== before.description) patch.description = form.description;
			if (form.trained_words !== before.trained_words) patch.trained_words = wordsOf(form.trained_words);
			await send(patch);
		}
		async function send(patch) {
			sending.value = true;
			const done = await panel.attempt(async () => (await library.detail.change(patch), true));
			sending.value = false;
			if (done) emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("form", {
				class: "fields edit",
				onSubmit: withModifiers(save, ["prevent"]),
				onKeydown: _cache[6] || (_cache[6] = withKeys(withModifiers(($event) => emit("close"), ["stop"]), ["esc"]))
			}, [
				createBaseVNode("label", _hoisted_1$17, toDisplayString(unref(t)("library.field.name")), 1),
				createBaseVNode("span", _hoisted_2$17, [withDirectives(createBaseVNode("input", {
					id: "mk-name",
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => form.name = $event),
					type: "text",
					autocomplete: "off"
				}, null, 512), [[vModelText, form.name]])]),
				createBaseVNode("label", _hoisted_3$17, toDisplayString(unref(t)("library.field.base_model")), 1),
				createBaseVNode("span", _hoisted_4$12, [withDirectives(createBaseVNode("input", {
					id: "mk-base",
					"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => form.base_model = $event),
					type: "text",
					autocomplete: "off"
				}, null, 512), [[vModelText, form.base_model]])]),
				createBaseVNode("label", _hoisted_5$9, toDisplayString(unref(t)("library.field.trained_words")), 1),
				createBaseVNode("span", _hoisted_6$8, [withDirectives(createBaseVNode("input", {
					id: "mk-words",
					"onUpdate:modelValue": _cache[2] || (_cache[2] = ($event) => form.trained_words = $event),
					type: "text",
					autocomplete: "off"
				}, null, 512), [[vModelText, form.trained_words]])]),
				createBaseVNode("label", _hoisted_7$7, toDisplayString(unref(t)("library.field.description")), 1),
				createBaseVNode("span", _hoisted_8$6, [withDirectives(createBaseVNode("textarea", {
					id: "mk-text",
					"onUpdate:modelValue": _cache[3] || (_cache[3] = ($event) => form.description = $event),
					rows: "4"
				}, null, 512), [[vModelText, form.description]])]),
				createBaseVNode("div", _hoisted_9$6, [
					own.value.length ? (openBlock(), createBlock(Btn_default, {
						key: 0,
						size: "s",
						variant: "lk",
						disabled: sending.value,
						title: unref(t)("library.resetHint"),
						onClick: _cache[4] || (_cache[4] = ($event) => send({ reset: own.value }))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.reset", { count: own.value.length })), 1)]),
						_: 1
					}, 8, ["disabled", "title"])) : createCommentVNode("", true),
					_cache[7] || (_cache[7] = createBaseVNode("span", { class: "sp" }, null, -1)),
					createVNode(Btn_default, {
						size: "s",
						variant: "gh",
						onClick: _cache[5] || (_cache[5] = ($event) => emit("close"))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
						_: 1
					}),
					createVNode(Btn_default, {
						size: "s",
						variant: "pri",
						disabled: sending.value,
						onClick: save
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.save")), 1)]),
						_: 1
					}, 8, ["disabled"])
				])
			], 32);
		};
	}
});
// src/components/library/DetailAbout.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$16 = { class: "blk" };
var _hoisted_2$16 = { class: "prov" };
var _hoisted_3$16 = ["title"];
var _hoisted_4$11 = {
	key: 2,
	class: "f3"
};
// src/components/library/DetailAbout.vue
var DetailAbout_default = defineComponent({
	__name: "DetailAbout",
	props: { model: {} },
	setup(__props) {
		const props = __props;
		const ICONS = {
			user: "edit",
			provider: "civ",
			archive: "disk",
			header: "doc"
		};
		const { library, texts } = usePanel();
		const { t } = texts;
		const { metadata } = library.detail;
		const editing = ref(false);
		const whole = ref(false);
		const rows = computed(() => {
			const known = metadata.value;
			return [
				["name", known?.name ?? props.model.title],
				["version_name", known?.version_name],
				["base_model", known?.base_model ?? props.model.base_model],
				["creator", known?.creator],
				["licence", known?.licence],
				["tags", known?.tags.join(", ")]
			].flatMap(([field, value]) => value ? [{
				field,
				value,
				said: saidBy(field)
			}] : []);
		});
		const missing = computed(() => {
			return (metadata.value?.missing ?? props.model.missing).map((field) => t(`library.field.${field}`)).join(", ");
		});
		function saidBy(field) {
			const owner = metadata.value?.owners[field];
			if (!owner) return null;
			const source = metadata.value?.sources[field];
			const isNamed = owner === "provider" && source;
			return {
				icon: ICONS[owner],
				who: isNamed ? t(`provider.${source}`) : t(`library.owner.${owner}`)
			};
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("section", _hoisted_1$16, [createBaseVNode("h4", null, [
				createTextVNode(toDisplayString(unref(t)("library.about")), 1),
				_cache[3] || (_cache[3] = createBaseVNode("span", { class: "sp" }, null, -1)),
				unref(metadata) ? (openBlock(), createBlock(IconButton_default, {
					key: 0,
					icon: "edit",
					small: "",
					label: unref(t)("library.edit"),
					"aria-expanded": editing.value,
					onClick: _cache[0] || (_cache[0] = ($event) => editing.value = !editing.value)
				}, null, 8, ["label", "aria-expanded"])) : createCommentVNode("", true)
			]), editing.value && unref(metadata) ? (openBlock(), createBlock(AboutForm_default, {
				key: 0,
				metadata: unref(metadata),
				onClose: _cache[1] || (_cache[1] = ($event) => editing.value = false)
			}, null, 8, ["metadata"])) : (openBlock(), createElementBlock(Fragment, { key: 1 }, [
				createBaseVNode("dl", _hoisted_2$16, [(openBlock(true), createElementBlock(Fragment, null, renderList(rows.value, ({ field, value, said }) => {
					return openBlock(), createElementBlock(Fragment, { key: field }, [
						createBaseVNode("dt", null, toDisplayString(unref(t)(`library.field.${field}`)), 1),
						createBaseVNode("dd", null, [createBaseVNode("bdi", null, toDisplayString(value), 1)]),
						said ? (openBlock(), createElementBlock("dd", {
							key: 0,
							class: "src",
							title: said.who
						}, [createVNode(Icon_default, {
							name: said.icon,
							size: "xs"
						}, null, 8, ["name"]), createTextVNode(toDisplayString(said.who), 1)], 8, _hoisted_3$16)) : createCommentVNode("", true)
					], 64);
				}), 128))]),
				unref(metadata)?.description ? (openBlock(), createElementBlock("p", {
					key: 0,
					class: normalizeClass(["text", { whole: whole.value }])
				}, toDisplayString(unref(metadata).description), 3)) : createCommentVNode("", true),
				unref(metadata)?.description && unref(metadata).description.length > 160 ? (openBlock(), createElementBlock("button", {
					key: 1,
					type: "button",
					class: "btn s lk",
					onClick: _cache[2] || (_cache[2] = ($event) => whole.value = !whole.value)
				}, toDisplayString(unref(t)(whole.value ? "library.less" : "library.whole")), 1)) : createCommentVNode("", true),
				missing.value ? (openBlock(), createElementBlock("p", _hoisted_4$11, toDisplayString(unref(t)("library.missing", { fields: missing.value })), 1)) : createCommentVNode("", true)
			], 64))]);
		};
	}
});
// src/components/library/DetailFile.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$15 = { class: "blk" };
var _hoisted_2$15 = {
	key: 0,
	class: "bad"
};
var _hoisted_3$15 = { class: "kv" };
var _hoisted_4$10 = ["title"];
var _hoisted_5$8 = { class: "num" };
var _hoisted_6$7 = { class: "hash" };
var _hoisted_7$6 = ["title"];
var _hoisted_8$5 = { class: "f3 el" };
var _hoisted_9$5 = { class: "blk" };
var _hoisted_10$4 = { class: "tl" };
var _hoisted_11$3 = { class: "el" };
var _hoisted_12$1 = { class: "f3" };
var _hoisted_13$1 = { class: "f2" };
var _hoisted_14 = {
	key: 0,
	class: "f3"
};
// src/components/library/DetailFile.vue
var DetailFile_default = defineComponent({
	__name: "DetailFile",
	props: { model: {} },
	setup(__props) {
		const props = __props;
		const { library, libraryActions: actions, texts, ui, workflow } = usePanel();
		const { t } = texts;
		const copy = useCopy();
		const folder = computed(() => props.model.relative.slice(0, -props.model.name.length));
		const about = computed(() => {
			const { size, precision, format } = props.model;
			return [
				texts.bytes(size),
				precision,
				format
			].filter(Boolean).join(" · ");
		});
		const hashes = computed(() => {
			const { hashes: computedHere, claimed } = props.model;
			const rows = Object.entries(computedHere).map(([name, value]) => ({
				name,
				value,
				how: t("library.computed")
			}));
			const told = Object.entries(claimed).filter(([name]) => !(name in computedHere)).map(([name, value]) => ({
				name,
				value,
				how: t("library.claimed")
			}));
			return [...rows, ...told];
		});
		const sha256 = computed(() => props.model.hashes["sha256"]);
		const isProven = computed(() => Boolean(sha256.value) && sha256.value === (props.model.claimed["sha256"] ?? sha256.value));
		const lastUsed = computed(() => {
			const { runs, last_used: at } = props.model;
			if (runs === 0) return t("library.neverUsed");
			const when = at === null ? "" : texts.when(at, ui.now);
			return [t("library.runs", { count: runs }), when && t("library.last", { when })].filter(Boolean).join(" · ");
		});
		const inWorkflow = computed(() => {
			const { root, relative, name } = props.model;
			const path = `${root}/${relative}`.replaceAll("\\", "/");
			return workflow.analysis.value.items.some((need) => need.state === "on_disk" && need.path?.replaceAll("\\", "/") === path && need.name.endsWith(name)) ? workflow.title.value || t("workflow.unnamed") : null;
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [createBaseVNode("section", _hoisted_1$15, [
				createBaseVNode("h4", null, [
					createTextVNode(toDisplayString(unref(t)("library.file")), 1),
					_cache[1] || (_cache[1] = createBaseVNode("span", { class: "sp" }, null, -1)),
					isProven.value ? (openBlock(), createBlock(Tag_default, {
						key: 0,
						kind: "ok",
						icon: "shc"
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.proven")), 1)]),
						_: 1
					})) : !sha256.value ? (openBlock(), createBlock(Btn_default, {
						key: 1,
						size: "s",
						variant: "gh",
						disabled: !__props.model.online,
						onClick: _cache[0] || (_cache[0] = ($event) => unref(actions).hash({ ids: [__props.model.id] }, 1))
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.hash")), 1)]),
						_: 1
					}, 8, ["disabled"])) : createCommentVNode("", true)
				]),
				__props.model.problem ? (openBlock(), createElementBlock("p", _hoisted_2$15, toDisplayString(unref(t)("library.brokenText", { why: __props.model.problem })), 1)) : createCommentVNode("", true),
				createBaseVNode("dl", _hoisted_3$15, [
					createBaseVNode("dt", null, toDisplayString(unref(t)("library.path")), 1),
					createBaseVNode("dd", {
						class: "path",
						title: `${__props.model.root}/${__props.model.relative}`
					}, [createTextVNode(toDisplayString(__props.model.category) + "/" + toDisplayString(folder.value), 1), createBaseVNode("b", null, toDisplayString(__props.model.name), 1)], 8, _hoisted_4$10),
					createBaseVNode("dt", null, toDisplayString(unref(t)("library.size")), 1),
					createBaseVNode("dd", _hoisted_5$8, toDisplayString(about.value), 1),
					(openBlock(true), createElementBlock(Fragment, null, renderList(hashes.value, ({ name, value, how }) => {
						return openBlock(), createElementBlock(Fragment, { key: name }, [createBaseVNode("dt", null, toDisplayString(name), 1), createBaseVNode("dd", _hoisted_6$7, [
							createBaseVNode("span", {
								class: "mono",
								title: value
							}, toDisplayString(unref(shortHash)(value)), 9, _hoisted_7$6),
							createBaseVNode("span", _hoisted_8$5, toDisplayString(how), 1),
							_cache[2] || (_cache[2] = createBaseVNode("span", { class: "sp" }, null, -1)),
							createVNode(IconButton_default, {
								icon: "copy",
								small: "",
								label: unref(t)("library.copyHash", { name }),
								onClick: ($event) => unref(copy)(value)
							}, null, 8, ["label", "onClick"])
						])], 64);
					}), 128))
				])
			]), createBaseVNode("section", _hoisted_9$5, [
				createBaseVNode("h4", null, toDisplayString(unref(t)("library.usedBy")), 1),
				createBaseVNode("div", _hoisted_10$4, [inWorkflow.value ? (openBlock(), createElementBlock(Fragment, { key: 0 }, [createBaseVNode("span", _hoisted_11$3, toDisplayString(inWorkflow.value), 1), createBaseVNode("span", _hoisted_12$1, toDisplayString(unref(t)("library.openNow")), 1)], 64)) : createCommentVNode("", true), createBaseVNode("span", _hoisted_13$1, toDisplayString(lastUsed.value), 1)]),
				unref(library).detail.metadata.value?.gone_upstream ? (openBlock(), createElementBlock("p", _hoisted_14, toDisplayString(unref(t)("library.goneUpstream")), 1)) : createCommentVNode("", true)
			])], 64);
		};
	}
});
// src/components/library/DetailHistory.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$14 = {
	key: 0,
	class: "blk"
};
var _hoisted_2$14 = { class: "tl" };
var _hoisted_3$14 = ["title"];
var MOST$2 = 8;
// src/components/library/DetailHistory.vue
var DetailHistory_default = defineComponent({
	__name: "DetailHistory",
	setup(__props) {
		const FIELDS = new Set([
			"name",
			"version_name",
			"base_model",
			"trained_words",
			"description",
			"source",
			"creator",
			"licence",
			"tags",
			"notes",
			"page_url",
			"download_url"
		]);
		const panel = usePanel();
		const { library, texts, ui } = panel;
		const { t } = texts;
		const { history } = library.detail;
		const readable = computed(() => history.value.filter(({ field }) => FIELDS.has(field)));
		const shown = computed(() => readable.value.slice(0, MOST$2).map((past) => ({
			past,
			key: `${past.field} ${past.at}`,
			text: t("library.was", {
				field: t(`library.field.${past.field}`),
				value: written(past.value)
			}),
			when: texts.when(past.at, ui.now)
		})));
		function written(value) {
			if (Array.isArray(value)) return value.join(", ") || "–";
			return typeof value === "string" && value ? value : "–";
		}
		function restore(past) {
			panel.attempt(() => library.detail.restore(past));
		}
		return (_ctx, _cache) => {
			return shown.value.length ? (openBlock(), createElementBlock("section", _hoisted_1$14, [createBaseVNode("h4", null, toDisplayString(unref(t)("library.history")), 1), createBaseVNode("div", _hoisted_2$14, [(openBlock(true), createElementBlock(Fragment, null, renderList(shown.value, ({ past, key, text, when }) => {
				return openBlock(), createElementBlock(Fragment, { key }, [createBaseVNode("span", {
					class: "el",
					title: `${text} · ${when}`
				}, toDisplayString(text), 9, _hoisted_3$14), createVNode(Btn_default, {
					size: "s",
					variant: "lk",
					icon: "undo",
					onClick: ($event) => restore(past)
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.undo")), 1)]),
					_: 1
				}, 8, ["onClick"])], 64);
			}), 128))])])) : createCommentVNode("", true);
		};
	}
});
// src/components/library/DetailMarks.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$13 = { class: "blk marks" };
var _hoisted_2$13 = { class: "fields" };
var _hoisted_3$13 = { class: "f3" };
var _hoisted_4$9 = ["aria-label"];
var _hoisted_5$7 = [
	"aria-pressed",
	"aria-label",
	"onClick"
];
var _hoisted_6$6 = {
	for: "mk-tags",
	class: "f3"
};
var _hoisted_7$5 = { class: "fld" };
var _hoisted_8$4 = ["placeholder"];
var _hoisted_9$4 = {
	for: "mk-notes",
	class: "f3"
};
var _hoisted_10$3 = { class: "fld area" };
var _hoisted_11$2 = ["placeholder"];
var BEST = 5;
// src/components/library/DetailMarks.vue
var DetailMarks_default = defineComponent({
	__name: "DetailMarks",
	props: { model: {} },
	setup(__props) {
		const props = __props;
		const { libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const notes = ref(props.model.marks.notes);
		const tags = ref(props.model.marks.tags.join(", "));
		const rating = computed(() => props.model.marks.rating);
		watch(() => props.model.marks, (marks) => {
			notes.value = marks.notes;
			tags.value = marks.tags.join(", ");
		});
		function rate(stars) {
			actions.mark(props.model, { rating: stars === rating.value ? 0 : stars });
		}
		function keepNotes() {
			if (notes.value !== props.model.marks.notes) actions.mark(props.model, { notes: notes.value });
		}
		function keepTags() {
			const wanted = wordsOf(tags.value);
			if (wanted.join() !== props.model.marks.tags.join()) actions.mark(props.model, { tags: wanted });
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("section", _hoisted_1$13, [createBaseVNode("h4", null, toDisplayString(unref(t)("library.yours")), 1), createBaseVNode("div", _hoisted_2$13, [
				createBaseVNode("span", _hoisted_3$13, toDisplayString(unref(t)("library.rating")), 1),
				createBaseVNode("span", {
					class: "stars",
					role: "group",
					"aria-label": unref(t)("library.rating")
				}, [(openBlock(), createElementBlock(Fragment, null, renderList(BEST, (stars) => {
					return createBaseVNode("button", {
						key: stars,
						type: "button",
						class: normalizeClass({ on: stars <= rating.value }),
						"aria-pressed": stars <= rating.value,
						"aria-label": unref(t)("library.stars", { count: stars }),
						onClick: ($event) => rate(stars)
					}, [createVNode(Icon_default, { name: "star" })], 10, _hoisted_5$7);
				}), 64))], 8, _hoisted_4$9),
				createBaseVNode("label", _hoisted_6$6, toDisplayString(unref(t)("library.tags")), 1),
				createBaseVNode("span", _hoisted_7$5, [withDirectives(createBaseVNode("input", {
					id: "mk-tags",
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => tags.value = $event),
					type: "text",
					placeholder: unref(t)("library.tagsHint"),
					autocomplete: "off",
					onChange: keepTags
				}, null, 40, _hoisted_8$4), [[vModelText, tags.value]])]),
				createBaseVNode("label", _hoisted_9$4, toDisplayString(unref(t)("library.notes")), 1),
				createBaseVNode("span", _hoisted_10$3, [withDirectives(createBaseVNode("textarea", {
					id: "mk-notes",
					"onUpdate:modelValue": _cache[1] || (_cache[1] = ($event) => notes.value = $event),
					rows: "2",
					placeholder: unref(t)("library.notesHint"),
					onChange: keepNotes
				}, null, 40, _hoisted_11$2), [[vModelText, notes.value]])])
			])]);
		};
	}
});
// src/domain/exposure.ts
function exposureOf(level, policy) {
	const isRated = typeof level === "number" && level > 0;
	const allowed = isRated && level >= 2 * policy.limit ? policy.above : "show";
	const wished = isRated ? allowed : policy.unknown;
	return policy.private && wished === "show" ? "blur" : wished;
}
// src/components/library/usePreviewPolicy.ts
var DEFAULTS = {
	limit: 2,
	above: "blur",
	unknown: "show",
	private: false
};
var LIMITS = {
	pg: 1,
	pg13: 2,
	r: 4,
	x: 8,
	xxx: 16
};
function usePreviewPolicy() {
	const { settings } = usePanel().session;
	return computed(() => {
		const values = settings.value;
		const limit = limitOf(values["preview_limit"]);
		return {
			...DEFAULTS,
			...limit !== void 0 && { limit },
			...exposures(values),
			private: values["preview_private"] === true
		};
	});
}
function limitOf(name) {
	return typeof name === "string" ? LIMITS[name] : void 0;
}
function exposures(values) {
	const [above, unknown] = [values["preview_above"], values["preview_unknown"]];
	return {
		...isExposure(above) && { above },
		...isExposure(unknown) && { unknown }
	};
}
function isExposure(value) {
	return value === "show" || value === "blur" || value === "hide";
}
// src/components/library/KnownPicture.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$12 = ["title", "aria-label"];
var _hoisted_2$12 = ["src"];
var _hoisted_3$12 = {
	key: 1,
	class: "none"
};
// src/components/library/KnownPicture.vue
var KnownPicture_default = defineComponent({
	__name: "KnownPicture",
	props: { picture: {} },
	emits: ["choose"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { client, texts } = usePanel();
		const { t } = texts;
		const policy = usePreviewPolicy();
		const exposure = computed(() => exposureOf(props.picture.nsfw_level, policy.value));
		const url = ref(null);
		const ended = new AbortController();
		onMounted(async () => {
			const { thumbnail } = props.picture;
			if (!thumbnail) return;
			const found = await client.picture(thumbnail, ended.signal).catch(() => null);
			if (found && !ended.signal.aborted) url.value = URL.createObjectURL(found);
		});
		onUnmounted(() => {
			ended.abort();
			if (url.value) URL.revokeObjectURL(url.value);
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("button", {
				type: "button",
				class: "shot",
				title: unref(t)("library.picture.use"),
				"aria-label": unref(t)("library.picture.use"),
				onClick: _cache[0] || (_cache[0] = ($event) => emit("choose"))
			}, [createBaseVNode("span", { class: normalizeClass(["pic", exposure.value]) }, [url.value && exposure.value !== "hide" ? (openBlock(), createElementBlock("img", {
				key: 0,
				src: url.value,
				alt: "",
				draggable: "false"
			}, null, 8, _hoisted_2$12)) : (openBlock(), createElementBlock("span", _hoisted_3$12, [createVNode(Icon_default, { name: "img" })]))], 2)], 8, _hoisted_1$12);
		};
	}
});
// src/components/library/usePicture.ts
var RESTS_MS = 100;
function usePicture(model, size, still) {
	const { pictures } = usePanel().library;
	const url = ref(null);
	let current = new AbortController();
	let timer;
	async function show() {
		const { signal } = current = new AbortController();
		try {
			const shown = await pictures.show(model(), {
				size: size(),
				still
			}, signal);
			if (!signal.aborted) url.value = shown;
		} catch (error) {
			if (!signal.aborted) throw error;
		}
	}
	function stop() {
		clearTimeout(timer);
		current.abort();
	}
	watch(() => [
		model().id,
		pictures.versionOf(model()),
		model().changed_at
	], ([id], before) => {
		stop();
		if (before && before[0] !== id) url.value = null;
		timer = setTimeout(() => void show(), before ? 0 : RESTS_MS);
	}, { immediate: true });
	onUnmounted(stop);
	return url;
}
// src/components/library/ModelPicture.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$11 = ["src"];
var _hoisted_2$11 = {
	key: 1,
	class: "none"
};
var _hoisted_3$11 = {
	key: 3,
	class: "vh"
};
// src/components/library/ModelPicture.vue
var ModelPicture_default = defineComponent({
	__name: "ModelPicture",
	props: {
		model: {},
		size: {},
		still: { type: Boolean },
		lifts: { type: Boolean }
	},
	setup(__props) {
		const props = __props;
		const { texts } = usePanel();
		const { t } = texts;
		const policy = usePreviewPolicy();
		const lifted = ref(false);
		const url = usePicture(() => props.model, () => props.size, props.still);
		const exposure = computed(() => {
			if (!props.model.has_preview || lifted.value) return "show";
			return exposureOf(props.model.preview_nsfw_level, policy.value);
		});
		watch([() => props.model.id, policy], () => lifted.value = false);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("span", { class: normalizeClass(["pic", exposure.value]) }, [unref(url) && exposure.value !== "hide" ? (openBlock(), createElementBlock("img", {
				key: 0,
				src: unref(url),
				alt: "",
				draggable: "false",
				decoding: "async"
			}, null, 8, _hoisted_1$11)) : (openBlock(), createElementBlock("span", _hoisted_2$11, [createVNode(Icon_default, { name: "keeper" })])), __props.lifts && exposure.value !== "show" ? (openBlock(), createElementBlock("button", {
				key: 2,
				type: "button",
				class: "btn s lift",
				onClick: _cache[0] || (_cache[0] = withModifiers(($event) => lifted.value = true, ["stop"]))
			}, toDisplayString(unref(t)("library.show")), 1)) : exposure.value === "blur" ? (openBlock(), createElementBlock("span", _hoisted_3$11, toDisplayString(unref(t)("library.blurred")), 1)) : createCommentVNode("", true)], 2);
		};
	}
});
// src/components/library/OutputDialog.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$10 = {
	key: 0,
	class: "outputs"
};
var _hoisted_2$10 = [
	"title",
	"aria-label",
	"onClick"
];
var _hoisted_3$10 = ["src"];
var _hoisted_4$8 = { class: "fld" };
var _hoisted_5$6 = { class: "vh" };
var MOST$1 = 24;
// src/components/library/OutputDialog.vue
var OutputDialog_default = defineComponent({
	__name: "OutputDialog",
	emits: ["choose", "close"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const { host, texts } = usePanel();
		const { t } = texts;
		const path = ref("");
		const recent = shallowRef([]);
		onMounted(async () => {
			recent.value = (await host.outputs?.().catch(() => []))?.slice(0, MOST$1) ?? [];
		});
		function choose(wanted) {
			if (!wanted) return;
			emit("choose", wanted);
			emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)("library.picture.output"),
				text: unref(t)("library.picture.outputText"),
				onClose: _cache[4] || (_cache[4] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[2] || (_cache[2] = ($event) => emit("close"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					variant: "pri",
					disabled: !path.value.trim(),
					onClick: _cache[3] || (_cache[3] = ($event) => choose(path.value.trim()))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.picture.use")), 1)]),
					_: 1
				}, 8, ["disabled"])]),
				default: withCtx(() => [recent.value.length ? (openBlock(), createElementBlock("div", _hoisted_1$10, [(openBlock(true), createElementBlock(Fragment, null, renderList(recent.value, (output) => {
					return openBlock(), createElementBlock("button", {
						key: output.path,
						type: "button",
						class: "shot",
						title: output.path,
						"aria-label": output.path,
						onClick: ($event) => choose(output.path)
					}, [createBaseVNode("img", {
						src: output.url,
						alt: "",
						loading: "lazy",
						draggable: "false"
					}, null, 8, _hoisted_3$10)], 8, _hoisted_2$10);
				}), 128))])) : createCommentVNode("", true), createBaseVNode("form", { onSubmit: _cache[1] || (_cache[1] = withModifiers(($event) => choose(path.value.trim()), ["prevent"])) }, [createBaseVNode("label", _hoisted_4$8, [createBaseVNode("span", _hoisted_5$6, toDisplayString(unref(t)("library.path")), 1), withDirectives(createBaseVNode("input", {
					"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => path.value = $event),
					class: "sp",
					type: "text",
					placeholder: "ComfyUI_00001_.png",
					autocomplete: "off",
					spellcheck: "false",
					autofocus: ""
				}, null, 512), [[vModelText, path.value]])])], 32)]),
				_: 1
			}, 8, ["title", "text"]);
		};
	}
});
// src/components/library/DetailPictures.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$9 = { class: "shot main1" };
var _hoisted_2$9 = { class: "cap" };
var _hoisted_3$9 = { class: "col" };
var _hoisted_4$7 = { class: "shot add" };
var _hoisted_5$5 = {
	class: "f3",
	"aria-hidden": "true"
};
var _hoisted_6$5 = ["aria-label"];
var _hoisted_7$4 = {
	key: 1,
	class: "mine f3"
};
var MOST_BESIDE = 2;
var PICTURES = "image/*,video/mp4,video/webm";
// src/components/library/DetailPictures.vue
var DetailPictures_default = defineComponent({
	__name: "DetailPictures",
	props: { model: {} },
	setup(__props) {
		const props = __props;
		const panel = usePanel();
		const { library, texts } = panel;
		const { t } = texts;
		const { detail } = library;
		const input = useTemplateRef("input");
		const asking = ref(false);
		const all = ref(false);
		const others = computed(() => detail.known.value.filter((picture) => !picture.shown));
		const beside = computed(() => all.value ? others.value : others.value.slice(0, MOST_BESIDE));
		const isChosen = computed(() => detail.facts.value?.chosen === true);
		const ways = computed(() => {
			return [
				{
					id: "upload",
					label: t("library.picture.upload"),
					icon: "img"
				},
				{
					id: "output",
					label: t("library.picture.output"),
					icon: "folder"
				},
				others.value.length > MOST_BESIDE && {
					id: "all",
					label: t("library.picture.all", { count: others.value.length }),
					icon: "lib"
				},
				isChosen.value && {
					id: "back",
					label: t("library.picture.back"),
					icon: "undo",
					startsGroup: true
				}
			].filter((item) => item !== false);
		});
		async function act(id) {
			if (id === "upload") input.value?.click();
			else if (id === "output") asking.value = true;
			else if (id === "all") all.value = !all.value;
			else await panel.attempt(() => detail.goBack());
		}
		async function choose(choice) {
			if (await panel.attempt(async () => (await detail.choosePicture(choice), true))) panel.ui.notice = {
				text: t("library.said.picture"),
				kind: "ok",
				undo: () => void panel.attempt(() => detail.goBack())
			};
		}
		async function upload(files) {
			const file = files?.[0];
			if (input.value) input.value.value = "";
			if (file) await choose(file);
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "shots",
				onDragover: _cache[2] || (_cache[2] = withModifiers(() => {}, ["prevent"])),
				onDrop: _cache[3] || (_cache[3] = withModifiers(($event) => upload($event.dataTransfer?.files), ["prevent"]))
			}, [
				createBaseVNode("div", _hoisted_1$9, [createVNode(ModelPicture_default, {
					model: props.model,
					size: 640,
					lifts: ""
				}, null, 8, ["model"]), createBaseVNode("span", _hoisted_2$9, toDisplayString(__props.model.base_model ?? unref(t)("library.baseUnknown")), 1)]),
				createBaseVNode("div", _hoisted_3$9, [(openBlock(true), createElementBlock(Fragment, null, renderList(beside.value, (picture) => {
					return openBlock(), createBlock(KnownPicture_default, {
						key: picture.index,
						picture,
						onChoose: ($event) => choose(picture.index)
					}, null, 8, ["picture", "onChoose"]);
				}), 128)), createBaseVNode("div", _hoisted_4$7, [createVNode(MenuButton_default, {
					icon: "plus",
					small: false,
					label: unref(t)("library.picture.change"),
					items: ways.value,
					onChoose: act
				}, null, 8, ["label", "items"]), createBaseVNode("span", _hoisted_5$5, toDisplayString(unref(t)("library.picture.add")), 1)])]),
				createBaseVNode("input", {
					ref_key: "input",
					ref: input,
					class: "vh",
					type: "file",
					tabindex: "-1",
					accept: PICTURES,
					"aria-label": unref(t)("library.picture.upload"),
					onChange: _cache[0] || (_cache[0] = ($event) => upload(input.value?.files))
				}, null, 40, _hoisted_6$5),
				asking.value ? (openBlock(), createBlock(OutputDialog_default, {
					key: 0,
					onChoose: choose,
					onClose: _cache[1] || (_cache[1] = ($event) => asking.value = false)
				})) : createCommentVNode("", true),
				isChosen.value ? (openBlock(), createElementBlock("span", _hoisted_7$4, [createVNode(Icon_default, {
					name: "edit",
					size: "xs"
				}), createTextVNode(toDisplayString(unref(t)("library.picture.yours")), 1)])) : createCommentVNode("", true)
			], 32);
		};
	}
});
// src/components/library/DetailWords.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$8 = { class: "blk" };
var _hoisted_2$8 = {
	key: 0,
	class: "words"
};
var _hoisted_3$8 = ["title", "onClick"];
var _hoisted_4$6 = {
	key: 1,
	class: "f3"
};
// src/components/library/DetailWords.vue
var DetailWords_default = defineComponent({
	__name: "DetailWords",
	props: { model: {} },
	setup(__props) {
		const props = __props;
		const { library, texts } = usePanel();
		const { t } = texts;
		const copy = useCopy();
		const words = computed(() => {
			const told = library.detail.metadata.value?.trained_words ?? [];
			return told.length > 0 ? told : props.model.trigger_words;
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("section", _hoisted_1$8, [createBaseVNode("h4", null, [
				createTextVNode(toDisplayString(unref(t)("library.words")), 1),
				_cache[1] || (_cache[1] = createBaseVNode("span", { class: "sp" }, null, -1)),
				words.value.length > 1 ? (openBlock(), createBlock(Btn_default, {
					key: 0,
					size: "s",
					variant: "gh",
					icon: "copy",
					onClick: _cache[0] || (_cache[0] = ($event) => unref(copy)(words.value.join(", ")))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.all")), 1)]),
					_: 1
				})) : createCommentVNode("", true)
			]), words.value.length ? (openBlock(), createElementBlock("div", _hoisted_2$8, [(openBlock(true), createElementBlock(Fragment, null, renderList(words.value, (word) => {
				return openBlock(), createElementBlock("button", {
					key: word,
					type: "button",
					class: "word",
					title: unref(t)("library.copyWord"),
					onClick: ($event) => unref(copy)(word)
				}, [createBaseVNode("bdi", null, toDisplayString(word), 1), createVNode(Icon_default, {
					name: "copy",
					size: "xs"
				})], 8, _hoisted_3$8);
			}), 128))])) : (openBlock(), createElementBlock("p", _hoisted_4$6, toDisplayString(unref(t)("library.noWords")), 1))]);
		};
	}
});
// src/components/library/RenameDialog.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$7 = { class: "fld" };
var _hoisted_2$7 = { class: "vh" };
var _hoisted_3$7 = { class: "f3 ext" };
// src/components/library/RenameDialog.vue
var RenameDialog_default = defineComponent({
	__name: "RenameDialog",
	props: { model: {} },
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const { stem, extension } = splitName(props.model.name);
		const name = ref(stem);
		const sending = ref(false);
		const field = useTemplateRef("field");
		onMounted(() => field.value?.select());
		async function submit() {
			const wanted = name.value.trim();
			if (!wanted || wanted === stem) {
				emit("close");
				return;
			}
			sending.value = true;
			const done = await actions.rename(props.model, wanted + extension);
			sending.value = false;
			if (done) emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Dialog_default, {
				title: unref(t)("library.renameTitle"),
				text: unref(t)("library.renameText"),
				onClose: _cache[2] || (_cache[2] = ($event) => emit("close"))
			}, {
				actions: withCtx(() => [createVNode(Btn_default, {
					variant: "gh",
					onClick: _cache[1] || (_cache[1] = ($event) => emit("close"))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.close")), 1)]),
					_: 1
				}), createVNode(Btn_default, {
					variant: "pri",
					disabled: !name.value.trim() || sending.value,
					onClick: submit
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.renameButton")), 1)]),
					_: 1
				}, 8, ["disabled"])]),
				default: withCtx(() => [createBaseVNode("form", { onSubmit: withModifiers(submit, ["prevent"]) }, [createBaseVNode("label", _hoisted_1$7, [
					createBaseVNode("span", _hoisted_2$7, toDisplayString(unref(t)("library.newName")), 1),
					withDirectives(createBaseVNode("input", {
						ref_key: "field",
						ref: field,
						"onUpdate:modelValue": _cache[0] || (_cache[0] = ($event) => name.value = $event),
						class: "sp",
						type: "text",
						autocomplete: "off",
						spellcheck: "false",
						autofocus: ""
					}, null, 512), [[vModelText, name.value]]),
					createBaseVNode("span", _hoisted_3$7, toDisplayString(unref(extension)), 1)
				])], 32)]),
				_: 1
			}, 8, ["title", "text"]);
		};
	}
});
// src/components/library/ModelQuestion.vue
var ModelQuestion_default = defineComponent({
	__name: "ModelQuestion",
	props: {
		model: {},
		asked: {}
	},
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		return (_ctx, _cache) => {
			return __props.asked === "move" ? (openBlock(), createBlock(MoveDialog_default, {
				key: 0,
				target: { ids: [__props.model.id] },
				count: 1,
				from: __props.model,
				onClose: _cache[0] || (_cache[0] = ($event) => emit("close"))
			}, null, 8, ["target", "from"])) : (openBlock(), createBlock(RenameDialog_default, {
				key: 1,
				model: __props.model,
				onClose: _cache[1] || (_cache[1] = ($event) => emit("close"))
			}, null, 8, ["model"]));
		};
	}
});
// src/components/library/useModelDrag.ts
function useModelDrag(model) {
	const { host, texts, ui } = usePanel();
	const { t } = texts;
	const canAdd = computed(() => host.canvas !== void 0 && model().online);
	let end;
	function placed() {
		return {
			category: model().category,
			path: model().relative
		};
	}
	async function add() {
		said(await host.canvas?.addModel(placed()) ?? false);
	}
	function said(added) {
		ui.notice = {
			text: t(added ? "library.said.added" : "library.said.noLoader", { name: model().name }),
			kind: added ? "ok" : "warn"
		};
	}
	function onDragstart(event) {
		event.dataTransfer?.setData("text/plain", model().name);
		if (event.dataTransfer) event.dataTransfer.effectAllowed = "copy";
		end = host.canvas?.takeDrop(placed(), said);
	}
	function onDragend() {
		end?.();
		end = void 0;
	}
	return {
		canAdd,
		add,
		onDragstart,
		onDragend
	};
}
// src/components/library/useModelMenu.ts
function useModelMenu(model, ask) {
	const { library, libraryActions: actions, texts } = usePanel();
	const { t } = texts;
	const copy = useCopy();
	const page = computed(() => {
		const { metadata } = library.detail;
		return metadata.value?.id === model().id ? metadata.value.page_url : null;
	});
	const items = computed(() => {
		const { online, hashes } = model();
		return [
			{
				id: "refresh",
				label: t("library.refresh"),
				icon: "retry"
			},
			{
				id: "previews",
				label: t("library.repairPreviews"),
				icon: "img"
			},
			!("sha256" in hashes) && {
				id: "hash",
				label: t("library.hash"),
				icon: "shield",
				disabled: !online
			},
			page.value !== null && {
				id: "page",
				label: t("do.page"),
				icon: "out"
			},
			{
				id: "save",
				label: t("library.export"),
				icon: "doc"
			},
			{
				id: "path",
				label: t("do.copyPath"),
				icon: "copy",
				startsGroup: true
			},
			{
				id: "rename",
				label: t("library.rename"),
				icon: "edit",
				disabled: !online
			},
			{
				id: "move",
				label: t("library.move"),
				icon: "folder",
				disabled: !online
			},
			{
				id: "trash",
				label: t("library.trash"),
				icon: "trash",
				hint: t("key.delete"),
				danger: true,
				disabled: !online,
				startsGroup: true
			}
		].filter((item) => item !== false);
	});
	async function choose(id) {
		const { id: key, root, relative } = model();
		const target = { ids: [key] };
		if (id === "rename" || id === "move") ask(id);
		else if (id === "refresh") await actions.refreshMetadata(target, 1);
		else if (id === "previews") await actions.repairPreviews(target, 1);
		else if (id === "hash") await actions.hash(target, 1);
		else if (id === "save") await actions.save(target);
		else if (id === "trash") await actions.trash(target);
		else if (id === "path") await copy(pathOf(root, relative));
		else window.open(page.value ?? "", "_blank", "noopener");
	}
	return {
		items,
		choose
	};
}
function pathOf(root, relative) {
	return !root.startsWith("/") && root.includes("\\") ? `${root}\\${relative.replaceAll("/", "\\")}` : `${root}/${relative}`;
}
// src/components/library/ModelDetail.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$6 = ["aria-label"];
var _hoisted_2$6 = { class: "mhead" };
var _hoisted_3$6 = ["title"];
var _hoisted_4$5 = { class: "path" };
var _hoisted_5$4 = { class: "parts" };
var _hoisted_6$4 = { class: "main-acts" };
var _hoisted_7$3 = ["title"];
var _hoisted_8$3 = {
	key: 0,
	class: "ban e"
};
var _hoisted_9$3 = { class: "bad" };
var _hoisted_10$2 = {
	key: 1,
	class: "ban"
};
var _hoisted_11$1 = { class: "warn" };
var _hoisted_12 = {
	key: 2,
	class: "ban newer"
};
var _hoisted_13 = { class: "go" };
// src/components/library/ModelDetail.vue
var ModelDetail_default = defineComponent({
	__name: "ModelDetail",
	props: { model: {} },
	setup(__props) {
		const props = __props;
		const { library, libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const { detail } = library;
		const copy = useCopy();
		const { canAdd, add, onDragstart, onDragend } = useModelDrag(() => props.model);
		const asked = ref(null);
		const { items, choose } = useModelMenu(() => props.model, (what) => asked.value = what);
		const heading = useTemplateRef("heading");
		const update = computed(() => {
			const newest = library.updates.value.get(props.model.id)?.newest;
			if (!newest) return null;
			return [t("library.newer", { version: newest.name }), newest.size !== null && texts.bytes(newest.size)].filter(Boolean).join(" · ");
		});
		const title = computed(() => detail.metadata.value?.name ?? props.model.title ?? props.model.name);
		onMounted(() => heading.value?.focus({ preventScroll: true }));
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("aside", {
				class: "detail",
				"aria-label": title.value,
				onKeydown: _cache[9] || (_cache[9] = withKeys(($event) => unref(detail).close(), ["esc"]))
			}, [
				createBaseVNode("header", _hoisted_2$6, [
					createVNode(IconButton_default, {
						class: "back",
						icon: "left",
						label: unref(t)("library.back"),
						onClick: _cache[0] || (_cache[0] = ($event) => unref(detail).close())
					}, null, 8, ["label"]),
					createBaseVNode("div", {
						ref_key: "heading",
						ref: heading,
						class: "sp",
						tabindex: "-1"
					}, [createBaseVNode("h3", {
						class: "el",
						title: title.value
					}, [createBaseVNode("bdi", null, toDisplayString(title.value), 1)], 8, _hoisted_3$6), createBaseVNode("div", _hoisted_4$5, [createVNode(FileName_default, { name: __props.model.name }, null, 8, ["name"])])], 512),
					createVNode(IconButton_default, {
						class: "star",
						icon: "star",
						label: unref(t)("library.favourite"),
						"aria-pressed": __props.model.marks.favourite,
						onClick: _cache[1] || (_cache[1] = ($event) => unref(actions).mark(__props.model, { favourite: !__props.model.marks.favourite }))
					}, null, 8, ["label", "aria-pressed"]),
					createVNode(MenuButton_default, {
						small: false,
						label: unref(t)("do.more"),
						items: unref(items),
						onChoose: unref(choose)
					}, null, 8, [
						"label",
						"items",
						"onChoose"
					]),
					createVNode(IconButton_default, {
						class: "shut",
						icon: "x",
						label: unref(t)("frame.close"),
						onClick: _cache[2] || (_cache[2] = ($event) => unref(detail).close())
					}, null, 8, ["label"])
				]),
				createBaseVNode("div", _hoisted_5$4, [
					createVNode(DetailPictures_default, { model: __props.model }, null, 8, ["model"]),
					createBaseVNode("div", _hoisted_6$4, [
						unref(canAdd) ? (openBlock(), createBlock(Btn_default, {
							key: 0,
							variant: "pri",
							class: "sp",
							icon: "plus",
							onClick: unref(add)
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.addToCanvas")), 1)]),
							_: 1
						}, 8, ["onClick"])) : createCommentVNode("", true),
						unref(canAdd) ? (openBlock(), createElementBlock("span", {
							key: 1,
							class: "btn grip",
							draggable: "true",
							title: unref(t)("library.drag"),
							onDragstart: _cache[3] || (_cache[3] = (...args) => unref(onDragstart) && unref(onDragstart)(...args)),
							onDragend: _cache[4] || (_cache[4] = (...args) => unref(onDragend) && unref(onDragend)(...args))
						}, [createVNode(Icon_default, { name: "grip" })], 40, _hoisted_7$3)) : createCommentVNode("", true),
						createVNode(Btn_default, {
							class: normalizeClass({ sp: !unref(canAdd) }),
							icon: "copy",
							title: unref(t)("library.copyPathHint"),
							onClick: _cache[5] || (_cache[5] = ($event) => unref(copy)(__props.model.relative))
						}, {
							default: withCtx(() => [createBaseVNode("span", { class: normalizeClass({ vh: unref(canAdd) }) }, toDisplayString(unref(t)("library.copyPath")), 3)]),
							_: 1
						}, 8, ["class", "title"])
					]),
					unref(detail).state.problem ? (openBlock(), createElementBlock("p", _hoisted_8$3, [
						createBaseVNode("span", _hoisted_9$3, [createVNode(Icon_default, { name: "warn" })]),
						createBaseVNode("span", null, toDisplayString(unref(texts).message(unref(detail).state.problem)), 1),
						createVNode(Btn_default, {
							size: "s",
							onClick: _cache[6] || (_cache[6] = ($event) => unref(detail).load())
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.retry")), 1)]),
							_: 1
						})
					])) : createCommentVNode("", true),
					!__props.model.online ? (openBlock(), createElementBlock("p", _hoisted_10$2, [createBaseVNode("span", _hoisted_11$1, [createVNode(Icon_default, { name: "plug" })]), createBaseVNode("span", null, toDisplayString(unref(t)("library.offlineText")), 1)])) : createCommentVNode("", true),
					update.value ? (openBlock(), createElementBlock("div", _hoisted_12, [
						createBaseVNode("span", _hoisted_13, [createVNode(Icon_default, { name: "up" })]),
						createBaseVNode("span", null, toDisplayString(update.value), 1),
						createVNode(Btn_default, {
							size: "s",
							onClick: _cache[7] || (_cache[7] = ($event) => unref(actions).update(__props.model))
						}, {
							default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.get")), 1)]),
							_: 1
						})
					])) : createCommentVNode("", true),
					createVNode(DetailWords_default, { model: __props.model }, null, 8, ["model"]),
					createVNode(DetailAbout_default, { model: __props.model }, null, 8, ["model"]),
					createVNode(DetailMarks_default, { model: __props.model }, null, 8, ["model"]),
					createVNode(DetailFile_default, { model: __props.model }, null, 8, ["model"]),
					createVNode(DetailHistory_default)
				]),
				asked.value ? (openBlock(), createBlock(ModelQuestion_default, {
					key: 0,
					model: __props.model,
					asked: asked.value,
					onClose: _cache[8] || (_cache[8] = ($event) => asked.value = null)
				}, null, 8, ["model", "asked"])) : createCommentVNode("", true)
			], 40, _hoisted_1$6);
		};
	}
});
// src/domain/windowing.ts
function tilesIn(room, least, gap) {
	const columns = Math.max(1, Math.floor((room + gap) / (least + gap)));
	return {
		columns,
		width: Math.max(0, (room - gap * (columns - 1)) / columns)
	};
}
function windowOf(lines, pitch, sight, spare) {
	const first = Math.floor(sight.scrollTop / pitch) - spare;
	const last = Math.ceil((sight.scrollTop + sight.height) / pitch) + spare;
	const from = Math.min(Math.max(0, first), Math.max(0, lines - 1));
	return {
		from,
		to: Math.max(from, Math.min(lines, last)),
		offset: from * pitch,
		length: lines * pitch
	};
}
function scrollFor(line, pitch, sight) {
	const top = line * pitch;
	if (top < sight.scrollTop) return top;
	return Math.max(sight.scrollTop, top + pitch - sight.height);
}
// src/components/library/MoreButton.vue
var MoreButton_default = defineComponent({
	__name: "MoreButton",
	props: { open: { type: Boolean } },
	emits: ["menu"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const { t } = usePanel().texts;
		return (_ctx, _cache) => {
			return openBlock(), createBlock(IconButton_default, {
				class: "more",
				icon: "dots",
				small: "",
				tabindex: "-1",
				label: unref(t)("do.more"),
				"aria-haspopup": "menu",
				"aria-expanded": __props.open,
				onClick: _cache[0] || (_cache[0] = withModifiers(($event) => emit("menu"), ["stop"]))
			}, null, 8, ["label", "aria-expanded"]);
		};
	}
});
// src/components/library/useModelFace.ts
function useModelFace(model) {
	const { library, texts } = usePanel();
	const { t } = texts;
	const { selection, detail } = library;
	const mark = computed(() => {
		const { online, problem, completeness } = model();
		if (!online) return {
			icon: "plug",
			tone: "warn",
			word: t("library.offline")
		};
		if (problem) return {
			icon: "fail",
			tone: "bad",
			word: t("library.broken")
		};
		if (completeness === "partial" || completeness === "minimal") return {
			icon: "tag",
			tone: "warn",
			word: t(`library.${completeness}`)
		};
		if (library.updates.value.has(model().id)) return {
			icon: "up",
			tone: "go",
			word: t("library.update")
		};
		return null;
	});
	const base = computed(() => model().base_model ?? t("library.baseUnknown"));
	const runs = computed(() => {
		const { runs: count } = model();
		return count > 0 ? t("library.runs", { count }) : "";
	});
	const size = computed(() => texts.bytes(model().size));
	return {
		mark,
		base,
		runs,
		size,
		spoken: computed(() => {
			const { name, marks } = model();
			const parts = [
				name,
				base.value,
				size.value,
				runs.value,
				mark.value?.word
			];
			if (marks.favourite) parts.push(t("library.favourite"));
			return parts.filter(Boolean).join(", ");
		}),
		picked: computed(() => selection.has(model())),
		selecting: computed(() => selection.state.on),
		isOpen: computed(() => detail.model.value?.id === model().id)
	};
}
// src/components/library/ModelCard.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$5 = [
	"aria-selected",
	"aria-label",
	"data-model",
	"draggable"
];
var _hoisted_2$5 = { class: "pv" };
var _hoisted_3$5 = { class: "bm el" };
var _hoisted_4$4 = { class: "corner" };
var _hoisted_5$3 = ["title"];
var _hoisted_6$3 = {
	key: 1,
	class: "tools"
};
var _hoisted_7$2 = ["title"];
var _hoisted_8$2 = { class: "nm" };
var _hoisted_9$2 = ["title"];
var _hoisted_10$1 = { class: "mt" };
// src/components/library/ModelCard.vue
var ModelCard_default = defineComponent({
	__name: "ModelCard",
	props: {
		model: {},
		hasMenu: { type: Boolean }
	},
	emits: ["menu"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { t } = usePanel().texts;
		const { mark, base, runs, size, spoken, picked, selecting, isOpen } = useModelFace(() => props.model);
		const { canAdd, add, onDragstart, onDragend } = useModelDrag(() => props.model);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: normalizeClass(["card", {
					pick: unref(picked),
					open: unref(isOpen),
					away: !__props.model.online
				}]),
				role: "gridcell",
				"aria-selected": unref(picked),
				"aria-label": unref(spoken),
				"aria-keyshortcuts": "Shift+F10",
				"data-model": __props.model.name,
				draggable: unref(canAdd),
				onDragstart: _cache[1] || (_cache[1] = (...args) => unref(onDragstart) && unref(onDragstart)(...args)),
				onDragend: _cache[2] || (_cache[2] = (...args) => unref(onDragend) && unref(onDragend)(...args))
			}, [
				createBaseVNode("div", _hoisted_2$5, [
					createVNode(ModelPicture_default, {
						model: __props.model,
						size: 320,
						still: ""
					}, null, 8, ["model"]),
					createBaseVNode("span", _hoisted_3$5, toDisplayString(unref(base)), 1),
					createBaseVNode("span", _hoisted_4$4, [unref(mark) ? (openBlock(), createElementBlock("span", {
						key: 0,
						class: normalizeClass(["up", unref(mark).tone]),
						title: unref(mark).word
					}, [createVNode(Icon_default, {
						name: unref(mark).icon,
						size: "xs"
					}, null, 8, ["name"])], 10, _hoisted_5$3)) : createCommentVNode("", true), !unref(selecting) ? (openBlock(), createBlock(MoreButton_default, {
						key: 1,
						open: __props.hasMenu,
						onMenu: _cache[0] || (_cache[0] = ($event) => emit("menu"))
					}, null, 8, ["open"])) : createCommentVNode("", true)]),
					unref(selecting) ? (openBlock(), createElementBlock("span", {
						key: 0,
						class: normalizeClass(["cb", { on: unref(picked) }])
					}, [createVNode(Icon_default, { name: "check" })], 2)) : unref(canAdd) ? (openBlock(), createElementBlock("span", _hoisted_6$3, [createVNode(Btn_default, {
						size: "s",
						icon: "plus",
						tabindex: "-1",
						onClick: withModifiers(unref(add), ["stop"])
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.toCanvas")), 1)]),
						_: 1
					}, 8, ["onClick"]), createBaseVNode("span", {
						class: "btn s grip",
						title: unref(t)("library.drag")
					}, [createVNode(Icon_default, {
						name: "grip",
						size: "s"
					})], 8, _hoisted_7$2)])) : createCommentVNode("", true)
				]),
				createBaseVNode("div", _hoisted_8$2, [__props.model.marks.favourite ? (openBlock(), createElementBlock("span", {
					key: 0,
					class: "fav",
					title: unref(t)("library.favourite")
				}, [createVNode(Icon_default, {
					name: "star",
					size: "xs"
				})], 8, _hoisted_9$2)) : createCommentVNode("", true), createVNode(FileName_default, {
					name: __props.model.name,
					short: ""
				}, null, 8, ["name"])]),
				createBaseVNode("div", _hoisted_10$1, [createBaseVNode("span", null, toDisplayString(unref(size)), 1), createBaseVNode("span", null, toDisplayString(unref(runs)), 1)])
			], 42, _hoisted_1$5);
		};
	}
});
// src/components/library/ModelMenu.vue
var ModelMenu_default = defineComponent({
	__name: "ModelMenu",
	props: {
		model: {},
		anchor: { type: Function },
		at: {}
	},
	emits: ["focusBack", "closed"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { library, texts } = usePanel();
		const { t } = texts;
		const isOpen = ref(true);
		const asked = ref(null);
		const { items, choose } = useModelMenu(() => props.model, (what) => asked.value = what);
		const { canAdd, add } = useModelDrag(() => props.model);
		const all = computed(() => {
			const [first, ...rest] = items.value;
			return [
				{
					id: "details",
					label: t("library.details"),
					icon: "doc",
					hint: t("key.enter")
				},
				...canAdd.value ? [{
					id: "canvas",
					label: t("library.addToCanvas"),
					icon: "plus"
				}] : [],
				...first ? [{
					...first,
					startsGroup: true
				}] : [],
				...rest
			];
		});
		function dismiss(focusElsewhere) {
			if (!focusElsewhere) emit("focusBack");
			emit("closed");
		}
		async function pick(id) {
			isOpen.value = false;
			emit("focusBack");
			if (id === "details") await library.detail.open(props.model);
			else if (id === "canvas") await add();
			else await choose(id);
			if (!asked.value) emit("closed");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [isOpen.value ? (openBlock(), createBlock(FloatingList_default, {
				key: 0,
				kind: "menu",
				anchor: __props.anchor,
				at: __props.at,
				label: __props.model.name,
				items: all.value,
				onChoose: pick,
				onDismiss: dismiss
			}, null, 8, [
				"anchor",
				"at",
				"label",
				"items"
			])) : createCommentVNode("", true), asked.value ? (openBlock(), createBlock(ModelQuestion_default, {
				key: 1,
				model: __props.model,
				asked: asked.value,
				onClose: _cache[0] || (_cache[0] = ($event) => emit("closed"))
			}, null, 8, ["model", "asked"])) : createCommentVNode("", true)], 64);
		};
	}
});
// src/components/library/ModelRow.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$4 = [
	"aria-selected",
	"aria-label",
	"data-model",
	"draggable"
];
var _hoisted_2$4 = { class: "about" };
var _hoisted_3$4 = { class: "l1" };
var _hoisted_4$3 = ["title"];
var _hoisted_5$2 = { class: "l2" };
var _hoisted_6$2 = { class: "el b" };
var _hoisted_7$1 = { class: "el c" };
var _hoisted_8$1 = ["title"];
var _hoisted_9$1 = { class: "e r" };
var _hoisted_10 = { class: "e num s" };
var _hoisted_11 = {
	key: 1,
	class: "tools"
};
// src/components/library/ModelRow.vue
var ModelRow_default = defineComponent({
	__name: "ModelRow",
	props: {
		model: {},
		hasMenu: { type: Boolean }
	},
	emits: ["menu"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const { t } = usePanel().texts;
		const { mark, base, runs, size, spoken, picked, selecting, isOpen } = useModelFace(() => props.model);
		const { canAdd, add, onDragstart, onDragend } = useModelDrag(() => props.model);
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("article", {
				class: normalizeClass(["mrow", {
					pick: unref(picked),
					open: unref(isOpen),
					away: !__props.model.online
				}]),
				role: "gridcell",
				"aria-selected": unref(picked),
				"aria-label": unref(spoken),
				"aria-keyshortcuts": "Shift+F10",
				"data-model": __props.model.name,
				draggable: unref(canAdd),
				onDragstart: _cache[1] || (_cache[1] = (...args) => unref(onDragstart) && unref(onDragstart)(...args)),
				onDragend: _cache[2] || (_cache[2] = (...args) => unref(onDragend) && unref(onDragend)(...args))
			}, [
				unref(selecting) ? (openBlock(), createElementBlock("span", {
					key: 0,
					class: normalizeClass(["cb", { on: unref(picked) }])
				}, [createVNode(Icon_default, { name: "check" })], 2)) : createCommentVNode("", true),
				createVNode(ModelPicture_default, {
					model: __props.model,
					size: 320,
					still: ""
				}, null, 8, ["model"]),
				createBaseVNode("div", _hoisted_2$4, [createBaseVNode("div", _hoisted_3$4, [__props.model.marks.favourite ? (openBlock(), createElementBlock("span", {
					key: 0,
					class: "fav",
					title: unref(t)("library.favourite")
				}, [createVNode(Icon_default, {
					name: "star",
					size: "xs"
				})], 8, _hoisted_4$3)) : createCommentVNode("", true), createVNode(FileName_default, { name: __props.model.name }, null, 8, ["name"])]), createBaseVNode("div", _hoisted_5$2, [
					createBaseVNode("span", _hoisted_6$2, toDisplayString(unref(base)), 1),
					createBaseVNode("span", _hoisted_7$1, toDisplayString(__props.model.category), 1),
					unref(mark) ? (openBlock(), createElementBlock("span", {
						key: 0,
						class: normalizeClass(unref(mark).tone),
						title: unref(mark).word
					}, [createVNode(Icon_default, {
						name: unref(mark).icon,
						size: "xs"
					}, null, 8, ["name"])], 10, _hoisted_8$1)) : createCommentVNode("", true),
					createBaseVNode("span", _hoisted_9$1, toDisplayString(unref(runs)), 1),
					createBaseVNode("span", _hoisted_10, toDisplayString(unref(size)), 1)
				])]),
				!unref(selecting) ? (openBlock(), createElementBlock("span", _hoisted_11, [unref(canAdd) ? (openBlock(), createBlock(IconButton_default, {
					key: 0,
					icon: "plus",
					small: "",
					tabindex: "-1",
					label: unref(t)("library.toCanvas"),
					onClick: withModifiers(unref(add), ["stop"])
				}, null, 8, ["label", "onClick"])) : createCommentVNode("", true), createVNode(MoreButton_default, {
					open: __props.hasMenu,
					onMenu: _cache[0] || (_cache[0] = ($event) => emit("menu"))
				}, null, 8, ["open"])])) : createCommentVNode("", true)
			], 42, _hoisted_1$4);
		};
	}
});
// src/components/library/useListMenu.ts
function useListMenu(list, ofPicked) {
	const { rows, selection } = usePanel().library;
	const menu = shallowRef(null);
	function openMenu(index, at) {
		const model = rows.items.value[index];
		if (!model) return;
		if (selection.state.on) ofPicked();
		else menu.value = {
			model,
			index,
			...at && { at }
		};
	}
	function toggleMenu(index) {
		if (menu.value?.index !== index) {
			openMenu(index);
			return;
		}
		focusOwner();
		menu.value = null;
	}
	function onContextmenu(event) {
		const cell = event.target.closest("[data-index]");
		if (!cell) return;
		event.preventDefault();
		openMenu(Number(cell.dataset["index"]), {
			x: event.clientX,
			y: event.clientY
		});
	}
	function owner() {
		return list.value?.querySelector(`[data-index="${menu.value?.index}"]`) ?? null;
	}
	function focusOwner() {
		owner()?.focus({ preventScroll: true });
	}
	return {
		menu,
		owner,
		openMenu,
		toggleMenu,
		focusOwner,
		onContextmenu
	};
}
// src/domain/gridMoves.ts
function moveOf(key, at, tiling) {
	const { columns, page, total, isRightToLeft } = tiling;
	const forward = isRightToLeft ? -1 : 1;
	const beside = columns > 1 ? {
		ArrowRight: at + forward,
		ArrowLeft: at - forward
	} : {};
	const to = {
		ArrowDown: at + columns,
		ArrowUp: at - columns,
		PageDown: at + columns * page,
		PageUp: at - columns * page,
		Home: 0,
		End: total - 1,
		...beside
	}[key];
	return to === void 0 ? void 0 : Math.max(0, Math.min(total - 1, to));
}
// src/components/library/useModelKeys.ts
function useModelCommands() {
	const { library, libraryActions: actions } = usePanel();
	const { rows, selection, detail } = library;
	function act(key, at) {
		const model = rows.items.value[at];
		if (!model) return false;
		const target = selection.count.value > 0 ? selection.target() : { ids: [model.id] };
		if (key === "Enter") detail.open(model);
		else if (key === " ") selection.toggle(at);
		else if (key === "Delete") actions.trash(target);
		else if (key === "Escape") leave();
		else return false;
		return true;
	}
	function leave() {
		if (selection.state.on) selection.clear();
		else detail.close();
	}
	function command(key) {
		if (key === "a") selection.takeAll();
		else if (key === "z") actions.undoLast();
		else return false;
		return true;
	}
	return {
		act,
		command
	};
}
function useModelKeys(list, grid) {
	const { library, texts } = usePanel();
	const { rows, selection } = library;
	const { act, command } = useModelCommands();
	const active = ref(0);
	async function focus(index) {
		active.value = index;
		grid.reveal(Math.floor(index / grid.columns()));
		await nextTick();
		list.value?.querySelector(`[data-index="${index}"]`)?.focus({ preventScroll: true });
	}
	function onKeydown(event) {
		const cell = event.target;
		const at = Number(cell.dataset["index"] ?? -1);
		if (at < 0 || event.altKey) return;
		if (isMenuKey(event)) {
			event.preventDefault();
			grid.openMenu(at);
			return;
		}
		if (event.ctrlKey || event.metaKey) {
			if (command(event.key.toLowerCase())) event.preventDefault();
			return;
		}
		const next = moveOf(event.key, at, {
			columns: grid.columns(),
			page: grid.page(),
			total: rows.state.total,
			isRightToLeft: texts.direction.value === "rtl"
		});
		if (next !== void 0) {
			if (event.shiftKey && !selection.state.on) selection.toggle(at);
			if (event.shiftKey) selection.extendTo(next);
			focus(next);
		}
		if (next !== void 0 || act(event.key, at)) event.preventDefault();
	}
	return {
		active,
		focus,
		onKeydown
	};
}
// src/components/library/useSight.ts
function useSight(scroller) {
	const sight = reactive({
		scrollTop: 0,
		height: 0,
		width: 0
	});
	function look() {
		const element = scroller.value;
		if (!element) return;
		const { paddingLeft, paddingRight } = getComputedStyle(element);
		sight.scrollTop = element.scrollTop;
		sight.height = element.clientHeight;
		sight.width = element.clientWidth - (parseFloat(paddingLeft) || 0) - (parseFloat(paddingRight) || 0);
	}
	function scrollTo(top) {
		if (scroller.value) scroller.value.scrollTop = top;
		look();
	}
	const observer = new ResizeObserver(look);
	onMounted(() => {
		look();
		if (scroller.value) observer.observe(scroller.value);
	});
	onUnmounted(() => observer.disconnect());
	return {
		sight,
		look,
		scrollTo
	};
}
// src/components/library/ModelList.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$3 = [
	"aria-label",
	"aria-rowcount",
	"data-total"
];
var _hoisted_2$3 = ["aria-rowindex"];
var _hoisted_3$3 = [
	"data-index",
	"tabindex",
	"onFocus"
];
var LEAST_TILE = 132;
var TILE_GAP = 8;
var BELOW_PICTURE = 48;
var PICTURE_RATIO = 1.06;
var ROW = 48;
var AHEAD = 60;
var SPARE = 3;
// src/components/library/ModelList.vue
var ModelList_default = defineComponent({
	__name: "ModelList",
	emits: ["menuOfPicked"],
	setup(__props, { expose: __expose, emit: __emit }) {
		const emit = __emit;
		const { library, texts } = usePanel();
		const { t } = texts;
		const { rows, selection, detail, view } = library;
		const scroller = useTemplateRef("scroller");
		const { sight, look, scrollTo } = useSight(scroller);
		const isGrid = computed(() => view.value === "grid");
		const tiles = computed(() => {
			if (!isGrid.value) return {
				columns: 1,
				width: sight.width
			};
			return tilesIn(sight.width, LEAST_TILE, TILE_GAP);
		});
		const pitch = computed(() => isGrid.value ? Math.round(tiles.value.width * PICTURE_RATIO) + BELOW_PICTURE : ROW);
		const lines = computed(() => Math.ceil(rows.state.total / tiles.value.columns));
		const shown = computed(() => windowOf(lines.value, pitch.value, sight, SPARE));
		const { menu, owner, openMenu, toggleMenu, focusOwner, onContextmenu } = useListMenu(scroller, () => emit("menuOfPicked"));
		const { active, focus, onKeydown } = useModelKeys(scroller, {
			columns: () => tiles.value.columns,
			page: () => Math.max(1, Math.floor(sight.height / pitch.value)),
			reveal: (line) => scrollTo(scrollFor(line, pitch.value, sight)),
			openMenu
		});
		const drawn = computed(() => {
			const { columns } = tiles.value;
			const { from, to } = shown.value;
			return Array.from({ length: to - from }, (_, n) => {
				const first = (from + n) * columns;
				const count = Math.min(columns, rows.state.total - first);
				const cells = Array.from({ length: Math.max(0, count) }, (__, column) => ({
					index: first + column,
					model: rows.items.value[first + column]
				}));
				return {
					line: from + n,
					cells
				};
			});
		});
		watch(() => [shown.value.from * tiles.value.columns - AHEAD, shown.value.to * tiles.value.columns - 1 + AHEAD], ([from, to]) => void rows.ensure(from, to), { immediate: true });
		watch(() => [pitch.value, tiles.value.columns], ([now, columns], [before, columnsBefore]) => {
			const first = sight.scrollTop / before * columnsBefore;
			if (sight.scrollTop > 0) scrollTo(first / columns * now);
		}, { flush: "post" });
		watch(() => rows.state.answered, () => {
			active.value = 0;
			scrollTo(0);
		});
		function press(event, model, index) {
			active.value = index;
			if (event.shiftKey) selection.extendTo(index);
			else if (selection.state.on || event.ctrlKey || event.metaKey) selection.toggle(index);
			else detail.open(model);
		}
		async function focusOpened(id) {
			const at = rows.items.value.findIndex((model) => model?.id === id);
			await nextTick();
			look();
			if (at >= 0) await focus(at);
		}
		__expose({
			focus,
			focusActive: () => focus(active.value),
			focusOpened
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [createBaseVNode("div", {
				ref_key: "scroller",
				ref: scroller,
				class: normalizeClass(["models", unref(view)]),
				role: "grid",
				"aria-label": unref(t)("library.models"),
				"aria-rowcount": lines.value,
				"aria-multiselectable": "true",
				"data-total": unref(rows).state.total,
				onScrollPassive: _cache[0] || (_cache[0] = (...args) => unref(look) && unref(look)(...args)),
				onKeydown: _cache[1] || (_cache[1] = (...args) => unref(onKeydown) && unref(onKeydown)(...args)),
				onContextmenu: _cache[2] || (_cache[2] = (...args) => unref(onContextmenu) && unref(onContextmenu)(...args))
			}, [createBaseVNode("div", {
				class: "length",
				role: "presentation",
				style: normalizeStyle({ blockSize: `${shown.value.length}px` })
			}, [createBaseVNode("div", {
				class: "lines",
				role: "presentation",
				style: normalizeStyle({ transform: `translateY(${shown.value.offset}px)` })
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(drawn.value, ({ line, cells }) => {
				return openBlock(), createElementBlock("div", {
					key: line,
					class: "line",
					role: "row",
					"aria-rowindex": line + 1,
					style: normalizeStyle({
						blockSize: `${pitch.value}px`,
						"--columns": tiles.value.columns
					})
				}, [(openBlock(true), createElementBlock(Fragment, null, renderList(cells, ({ index, model }) => {
					return openBlock(), createElementBlock(Fragment, { key: model?.id ?? index }, [model ? (openBlock(), createBlock(resolveDynamicComponent(isGrid.value ? ModelCard_default : ModelRow_default), {
						key: 0,
						model,
						"has-menu": unref(menu)?.index === index,
						"data-index": index,
						tabindex: index === unref(active) ? 0 : -1,
						onClick: ($event) => press($event, model, index),
						onFocus: ($event) => active.value = index,
						onMenu: ($event) => unref(toggleMenu)(index)
					}, null, 40, [
						"model",
						"has-menu",
						"data-index",
						"tabindex",
						"onClick",
						"onFocus",
						"onMenu"
					])) : (openBlock(), createElementBlock("div", {
						key: 1,
						class: "ghost",
						role: "gridcell",
						"aria-busy": "true",
						"data-index": index,
						tabindex: index === unref(active) ? 0 : -1,
						onFocus: ($event) => active.value = index
					}, null, 40, _hoisted_3$3))], 64);
				}), 128))], 12, _hoisted_2$3);
			}), 128))], 4)], 4)], 42, _hoisted_1$3), unref(menu) ? (openBlock(), createBlock(ModelMenu_default, {
				key: unref(menu).model.id,
				model: unref(menu).model,
				anchor: () => unref(owner)()?.querySelector(".more") ?? null,
				at: unref(menu).at,
				onFocusBack: unref(focusOwner),
				onClosed: _cache[3] || (_cache[3] = ($event) => menu.value = null)
			}, null, 8, [
				"model",
				"anchor",
				"at",
				"onFocusBack"
			])) : createCommentVNode("", true)], 64);
		};
	}
});
// src/components/library/PatchOffer.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$2 = {
	key: 0,
	class: "ban offer"
};
var _hoisted_2$2 = { class: "go" };
var _hoisted_3$2 = ["title"];
var _hoisted_4$2 = { class: "acts" };
// src/components/library/PatchOffer.vue
var PatchOffer_default = defineComponent({
	__name: "PatchOffer",
	setup(__props) {
		const { libraryActions: actions, texts } = usePanel();
		const { t } = texts;
		const { offer } = actions;
		return (_ctx, _cache) => {
			return unref(offer) ? (openBlock(), createElementBlock("div", _hoisted_1$2, [
				createBaseVNode("span", _hoisted_2$2, [createVNode(Icon_default, { name: "swap" })]),
				createBaseVNode("span", { title: unref(offer).workflows.map(({ path }) => path).join("\n") }, toDisplayString(unref(t)("library.patchOffer", { count: unref(offer).workflows.length })), 9, _hoisted_3$2),
				createBaseVNode("span", _hoisted_4$2, [createVNode(Btn_default, {
					size: "s",
					onClick: _cache[0] || (_cache[0] = ($event) => unref(actions).patch(unref(offer).workflows.map(({ path }) => path)))
				}, {
					default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("library.patch")), 1)]),
					_: 1
				}), createVNode(IconButton_default, {
					icon: "x",
					small: "",
					label: unref(t)("frame.close"),
					onClick: _cache[1] || (_cache[1] = ($event) => offer.value = null)
				}, null, 8, ["label"])])
			])) : createCommentVNode("", true);
		};
	}
});
// src/domain/searchHints.ts
var MOST = 8;
var FIXED = {
	is: [
		"favourite",
		"incomplete",
		"duplicate",
		"broken",
		"offline",
		"unhashed"
	],
	missing: [
		"preview",
		"hash",
		"base"
	],
	format: [
		"safetensors",
		"gguf",
		"pickle",
		"onnx"
	],
	precision: [
		"F16",
		"BF16",
		"F32",
		"F8_E4M3"
	]
};
function hintsFor(text, values) {
	const open = /\S*$/.exec(text)?.[0] ?? "";
	const [term] = termsOf(open);
	const sign = open.search(/[:<>]/);
	if (sign >= 0 && term?.key) {
		const typed = open.slice(sign + 1).replace(/^["=]/, "").toLowerCase();
		const fitting = (FIXED[term.key] ?? values[term.key === "type" ? "category" : term.key] ?? []).filter((value) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed);
		const no = term.negated ? "-" : "";
		return fitting.slice(0, MOST).map((value) => `${no}${condition(term.key ?? "", value)} `);
	}
	const start = open.toLowerCase();
	return EXAMPLES.filter((example) => example.startsWith(start) && example !== open).slice(0, MOST);
}
// src/components/library/SavedSearches.vue?vue&type=script&setup=true&lang.ts
var KEEP = " keep";
var DROP = " drop";
// src/components/library/SavedSearches.vue
var SavedSearches_default = defineComponent({
	__name: "SavedSearches",
	setup(__props) {
		const panel = usePanel();
		const { library, texts } = panel;
		const { t } = texts;
		const { saved, api } = library;
		const now = computed(() => library.query());
		const name = computed(() => [now.value.category, now.value.q].filter(Boolean).join(" · "));
		const isKept = computed(() => saved.value.some((filter) => filter.name === name.value));
		const items = computed(() => [...saved.value.map((filter) => ({
			id: filter.name,
			label: filter.name,
			icon: "search"
		})), isKept.value ? {
			id: DROP,
			label: t("library.forgetSearch"),
			icon: "x",
			startsGroup: true
		} : {
			id: KEEP,
			label: t("library.keepSearch"),
			icon: "star",
			disabled: !name.value,
			startsGroup: saved.value.length > 0
		}]);
		onMounted(() => void library.readSaved());
		async function choose(id) {
			const { q: query, category } = now.value;
			if (id === KEEP) await change(() => api.keepFilter({
				name: name.value,
				query,
				category
			}));
			else if (id === DROP) await change(() => api.dropFilter(name.value));
			else apply(id);
		}
		async function change(work) {
			await panel.attempt(async () => {
				await work();
				await library.readSaved();
			});
		}
		function apply(wanted) {
			const filter = saved.value.find((each) => each.name === wanted);
			if (filter) library.change({
				filters: [],
				base: "",
				text: filter.query,
				category: filter.category ?? ""
			});
		}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(MenuButton_default, {
				icon: "star",
				class: normalizeClass({ kept: isKept.value }),
				label: unref(t)("library.savedSearches"),
				items: items.value,
				onChoose: choose
			}, null, 8, [
				"class",
				"label",
				"items"
			]);
		};
	}
});
// src/components/library/SearchField.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$1 = { class: "f3" };
var _hoisted_2$1 = ["title", "onClick"];
var _hoisted_3$1 = { class: "el" };
var _hoisted_4$1 = [
	"value",
	"placeholder",
	"aria-label",
	"aria-invalid"
];
var _hoisted_5$1 = {
	id: "mk-search-help",
	class: "help",
	role: "status"
};
var _hoisted_6$1 = {
	key: 0,
	class: "bad"
};
var _hoisted_7 = { class: "f3" };
var _hoisted_8 = {
	key: 1,
	class: "hints"
};
var _hoisted_9 = ["onClick"];
// src/components/library/SearchField.vue
var SearchField_default = defineComponent({
	__name: "SearchField",
	emits: ["leave"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const { library, texts } = usePanel();
		const { t } = texts;
		const { wish, rows, choices } = library;
		const field = useTemplateRef("field");
		const frame = useTemplateRef("frame");
		const within = ref(false);
		const dismissed = ref(false);
		useSlash(field);
		const refusal = computed(() => {
			const { problem } = rows.state;
			return problem && problem.code.startsWith("query_") ? problem : null;
		});
		const hints = computed(() => {
			if (!within.value || dismissed.value) return [];
			const named = (list) => list.flatMap(({ value }) => value ?? []);
			return hintsFor(wish.text, {
				base: named(choices.value.base),
				category: named(choices.value.category)
			});
		});
		function type(text) {
			dismissed.value = false;
			library.type(text);
		}
		function take(hint) {
			type(wish.text.replace(/\S*$/, "") + hint);
			field.value?.focus();
		}
		function remove(filter) {
			library.change({ filters: wish.filters.filter((each) => each !== filter) });
			field.value?.focus();
		}
		function enter() {
			library.type(`${wish.text} `);
			dismissed.value = true;
		}
		function onKeydown(event) {
			const { key } = event;
			if (key === "Enter") enter();
			else if (key === "ArrowDown") emit("leave");
			else if (key === "Escape") back();
			else if (key === "Backspace" && !wish.text && wish.filters.length) again();
			else return;
			event.preventDefault();
		}
		function back() {
			if (hints.value.length > 0) dismissed.value = true;
			else library.change({
				text: "",
				filters: []
			});
		}
		function again() {
			const last = wish.filters.at(-1) ?? "";
			library.change({
				filters: wish.filters.slice(0, -1),
				text: last
			});
		}
		function onFocusout(event) {
			within.value = frame.value?.contains(event.relatedTarget) ?? false;
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				ref_key: "frame",
				ref: frame,
				class: "search",
				role: "search",
				onFocusin: _cache[2] || (_cache[2] = ($event) => within.value = true),
				onFocusout
			}, [createBaseVNode("div", {
				class: normalizeClass(["srch", { wrong: refusal.value }]),
				onClick: _cache[1] || (_cache[1] = ($event) => field.value?.focus())
			}, [
				createBaseVNode("span", _hoisted_1$1, [createVNode(Icon_default, { name: "search" })]),
				(openBlock(true), createElementBlock(Fragment, null, renderList(unref(wish).filters, (filter) => {
					return openBlock(), createElementBlock("button", {
						key: filter,
						type: "button",
						class: normalizeClass(["chip", { no: filter.startsWith("-") }]),
						title: unref(t)("library.removeFilter"),
						onClick: withModifiers(($event) => remove(filter), ["stop"])
					}, [createBaseVNode("bdi", _hoisted_3$1, toDisplayString(filter.replace(/^-/, "−")), 1), createVNode(Icon_default, {
						name: "x",
						size: "xs"
					})], 10, _hoisted_2$1);
				}), 128)),
				createBaseVNode("input", {
					ref_key: "field",
					ref: field,
					type: "text",
					autocomplete: "off",
					spellcheck: "false",
					value: unref(wish).text,
					placeholder: unref(t)("library.search"),
					"aria-label": unref(t)("library.search"),
					"aria-invalid": refusal.value !== null,
					"aria-describedby": "mk-search-help",
					onInput: _cache[0] || (_cache[0] = ($event) => type($event.target.value)),
					onKeydown
				}, null, 40, _hoisted_4$1),
				createVNode(SavedSearches_default)
			], 2), createBaseVNode("div", _hoisted_5$1, [refusal.value ? (openBlock(), createElementBlock("p", _hoisted_6$1, [createTextVNode(toDisplayString(unref(texts).message(refusal.value)) + " ", 1), createBaseVNode("span", _hoisted_7, toDisplayString(unref(texts).hint(refusal.value)), 1)])) : hints.value.length ? (openBlock(), createElementBlock("div", _hoisted_8, [(openBlock(true), createElementBlock(Fragment, null, renderList(hints.value, (hint) => {
				return openBlock(), createElementBlock("button", {
					key: hint,
					type: "button",
					class: "word",
					onClick: ($event) => take(hint)
				}, toDisplayString(hint), 9, _hoisted_9);
			}), 128))])) : createCommentVNode("", true)])], 544);
		};
	}
});
// src/components/library/LibraryTab.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1 = ["aria-label"];
var _hoisted_2 = { class: "vhead" };
var _hoisted_3 = {
	key: 0,
	class: "ban e"
};
var _hoisted_4 = { class: "bad" };
var _hoisted_5 = {
	key: 1,
	class: "ban scanning",
	role: "status"
};
var _hoisted_6 = { class: "go" };
// src/components/library/LibraryTab.vue
var LibraryTab_default = defineComponent({
	__name: "LibraryTab",
	setup(__props) {
		const { library, texts } = usePanel();
		const { t } = texts;
		const { rows, selection, detail } = library;
		const list = useTemplateRef("list");
		const bulk = useTemplateRef("bulk");
		const problem = computed(() => {
			const { problem: found } = rows.state;
			return found && !found.code.startsWith("query_") ? found : null;
		});
		const isEmpty = computed(() => rows.state.loaded && rows.state.total === 0);
		onMounted(() => void library.open());
		function select() {
			selection.state.on = true;
			list.value?.focusActive();
		}
		watch(() => detail.model.value?.id, async (now, before) => {
			await nextTick();
			if (!now && before) await list.value?.focusOpened(before);
		});
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", { class: normalizeClass(["lib", { reading: unref(detail).model.value }]) }, [createBaseVNode("section", {
				class: "found",
				"aria-label": unref(t)("tab.library")
			}, [
				createBaseVNode("header", _hoisted_2, [createBaseVNode("h2", null, toDisplayString(unref(t)("tab.library")), 1)]),
				createVNode(SearchField_default, { onLeave: _cache[0] || (_cache[0] = ($event) => list.value?.focus(0)) }),
				createBaseVNode("div", { class: normalizeClass(["bars", { picking: unref(selection).state.on }]) }, [createVNode(FilterBar_default, { onSelect: select }), unref(selection).state.on ? (openBlock(), createBlock(BulkBar_default, {
					key: 0,
					ref_key: "bulk",
					ref: bulk
				}, null, 512)) : createCommentVNode("", true)], 2),
				createVNode(PatchOffer_default),
				problem.value ? (openBlock(), createElementBlock("p", _hoisted_3, [
					createBaseVNode("span", _hoisted_4, [createVNode(Icon_default, { name: "warn" })]),
					createBaseVNode("span", null, toDisplayString(unref(texts).message(problem.value)) + " " + toDisplayString(unref(texts).hint(problem.value)), 1),
					createVNode(Btn_default, {
						size: "s",
						onClick: _cache[1] || (_cache[1] = ($event) => unref(library).renew())
					}, {
						default: withCtx(() => [createTextVNode(toDisplayString(unref(t)("do.retry")), 1)]),
						_: 1
					})
				])) : createCommentVNode("", true),
				unref(rows).state.scanning && !isEmpty.value ? (openBlock(), createElementBlock("p", _hoisted_5, [createBaseVNode("span", _hoisted_6, [createVNode(Icon_default, { name: "search" })]), createBaseVNode("span", null, toDisplayString(unref(t)("library.scanning")), 1)])) : createCommentVNode("", true),
				isEmpty.value ? (openBlock(), createBlock(LibraryEmpty_default, { key: 2 })) : (openBlock(), createBlock(ModelList_default, {
					key: 3,
					ref_key: "list",
					ref: list,
					onMenuOfPicked: _cache[2] || (_cache[2] = ($event) => bulk.value?.openMenu())
				}, null, 512))
			], 8, _hoisted_1), unref(detail).model.value ? (openBlock(), createBlock(ModelDetail_default, {
				key: unref(detail).model.value.id,
				model: unref(detail).model.value
			}, null, 8, ["model"])) : createCommentVNode("", true)], 2);
		};
	}
});
export { LibraryTab_default as default };
