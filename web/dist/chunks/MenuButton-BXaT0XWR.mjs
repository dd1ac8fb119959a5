import { E as unref, at as toDisplayString, h as ref, nt as normalizeClass, rt as normalizeStyle, y as shallowRef } from "./reactivity-CW10_34m.mjs";
import { A as renderSlot, D as openBlock, E as onUnmounted, F as watch, M as useId, N as useModel, P as useTemplateRef, S as mergeProps, T as onMounted, _ as createVNode, b as inject, c as Fragment, d as createBaseVNode, f as createBlock, k as renderList, l as Teleport, m as createElementBlock, p as createCommentVNode, s as withModifiers, u as computed, x as mergeModels, y as defineComponent } from "./vue-BcPPEbeh.mjs";
// src/components/usePanel.ts
var PANEL = Symbol("panel");
function usePanel() {
	const panel = inject(PANEL);
	if (!panel) throw new Error("a component of the panel stands outside of it");
	return panel;
}
// src/components/base/icons.ts
var SHAPES = {
	aim: "M12 5.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0 -13zM12 2.5v5M12 16.5v5M2.5 12h5M16.5 12h5",
	bell: "M12 4a5.5 5.5 0 0 1 5.5 5.5c0 4.5 2 6 2 6h-15s2-1.5 2-6A5.5 5.5 0 0 1 12 4zM10 18.5a2 2 0 0 0 4 0",
	cal: "M5.5 5.5h13a1.5 1.5 0 0 1 1.5 1.5v11.5a1.5 1.5 0 0 1 -1.5 1.5h-13a1.5 1.5 0 0 1 -1.5 -1.5v-11.5a1.5 1.5 0 0 1 1.5 -1.5zM4 10h16M8.5 3.5v4M15.5 3.5v4",
	check: "M5 12.5 10 17.5 19.5 7",
	choose: "M3.5 12H9m0 0 8-6.5M9 12h9.5M9 12l8 6.5",
	civ: "M12 3 19.8 7.5v9L12 21l-7.8-4.5v-9zM15 10.3 12 8.6l-3 1.7v3.4l3 1.7 3-1.7",
	clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0 -18zM12 7v5.3l3.5 2",
	copy: "M10 8.5h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1 -1.5 1.5h-8a1.5 1.5 0 0 1 -1.5 -1.5v-8a1.5 1.5 0 0 1 1.5 -1.5zM15.5 8.5v-3a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3",
	disk: "M4 14.5 6.5 5h11L20 14.5V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 14.5h16M16.5 17.3h.01",
	doc: "M6 3.5h8L18.5 8v12.5H6zM14 3.5V8h4.5",
	dots: {
		d: "M5 12h.01M12 12h.01M19 12h.01",
		width: 2.6
	},
	down: "M6 9l6 6 6-6",
	dup: "M10 8.5h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1 -1.5 1.5h-8a1.5 1.5 0 0 1 -1.5 -1.5v-8a1.5 1.5 0 0 1 1.5 -1.5zM6 4.5h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1 -1.5 1.5h-8a1.5 1.5 0 0 1 -1.5 -1.5v-8a1.5 1.5 0 0 1 1.5 -1.5z",
	edit: "M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5z",
	eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0 -6z",
	fail: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0 -18zM12 7.5v5M12 16h.01",
	hidden: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0 -6zM4 20 20 4",
	flow: "M4.5 4h4a1.5 1.5 0 0 1 1.5 1.5v2a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-2a1.5 1.5 0 0 1 1.5 -1.5zM15.5 15h4a1.5 1.5 0 0 1 1.5 1.5v2a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-2a1.5 1.5 0 0 1 1.5 -1.5zM6.5 9v5.5a3 3 0 0 0 3 3H14",
	folder: "M3.5 18.5v-13h6l2 2.5h9v10.5z",
	gear: "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0 -6zM12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M18.4 5.6l-1.8 1.8M7.4 16.6l-1.8 1.8",
	grip: {
		d: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
		width: 2.4
	},
	health: "M3 12h4l2.5-6 4.5 12 2.5-6H21",
	hf: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0 -18zM9 10h.01M15 10h.01M8.5 14c1.8 2.6 5.2 2.6 7 0",
	img: "M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1 -1.5 1.5h-14a1.5 1.5 0 0 1 -1.5 -1.5v-12a1.5 1.5 0 0 1 1.5 -1.5zM4 16l5-5 4.5 4.5 2.5-2.5 4 4M15.5 8.5h.01",
	keeper: "M12 2.8 20 7v10l-8 4.2L4 17V7zM4.3 7.2 12 11.3l7.7-4.1M12 11.3v9.6",
	key: "M8 11a4 4 0 1 1 0 8 4 4 0 0 1 0 -8zM11 12l8-8M16 7l2.5 2.5",
	left: "M15 6l-6 6 6 6",
	lib: "M5 4h4a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-4a1.5 1.5 0 0 1 1.5 -1.5zM15 4h4a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-4a1.5 1.5 0 0 1 1.5 -1.5zM5 14h4a1.5 1.5 0 0 1 1.5 1.5v3a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-3a1.5 1.5 0 0 1 1.5 -1.5zM15 14h4a1.5 1.5 0 0 1 1.5 1.5v3a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-3a1.5 1.5 0 0 1 1.5 -1.5z",
	link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
	lock: "M6.5 11h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1 -1.5 1.5h-11a1.5 1.5 0 0 1 -1.5 -1.5v-6a1.5 1.5 0 0 1 1.5 -1.5zM8 11V8a4 4 0 0 1 8 0v3",
	mach: "M5 4h14a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1 -1.5 1.5h-14a1.5 1.5 0 0 1 -1.5 -1.5v-4a1.5 1.5 0 0 1 1.5 -1.5zM5 13h14a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1 -1.5 1.5h-14a1.5 1.5 0 0 1 -1.5 -1.5v-4a1.5 1.5 0 0 1 1.5 -1.5zM7 7.5h.01M7 16.5h.01",
	minus: "M5 12h14",
	okc: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0 -18zM8 12.3l2.7 2.7L16 9.5",
	out: "M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4",
	pause: "M9 5v14M15 5v14",
	play: "M7 4.5v15l12-7.5z",
	plug: "M9 3v5M15 3v5M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0zM12 17v4",
	plus: "M12 5v14M5 12h14",
	q: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0 -18zM9.7 9.6c0-1.3 1-2.2 2.3-2.2s2.3.9 2.3 2.1c0 1.7-2.3 1.8-2.3 3.5M12 16.3h.01",
	queue: "M12 3v11m0 0 4-4m-4 4-4-4M4 19h16",
	retry: "M20 11.5A8 8 0 1 0 18 17M20 5v6.5h-6.5",
	right: "M9 6l6 6-6 6",
	rows: "M4 6h16M4 12h16M4 18h16",
	search: "M11 4.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0 -13zM16 16l4.5 4.5",
	shc: "M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6zM8.8 11.8l2.3 2.3 4.2-4.3",
	shield: "M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6z",
	shq: "M12 3 4.5 6v5.5c0 4.6 3.1 8 7.5 9.5 4.4-1.5 7.5-4.9 7.5-9.5V6zM10 9.8c0-1.2.9-2 2-2s2 .8 2 1.9c0 1.5-2 1.6-2 3.1M12 15.6h.01",
	skip: {
		d: "M6 12h12",
		dash: "2.5 3"
	},
	star: "M12 3.8l2.5 5.3 5.8.7-4.3 4 1.1 5.8L12 16.7l-5.1 2.9L8 13.8l-4.3-4 5.8-.7z",
	stop: "M7.5 6h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1 -1.5 1.5h-9a1.5 1.5 0 0 1 -1.5 -1.5v-9a1.5 1.5 0 0 1 1.5 -1.5z",
	swap: "M4 8h15m0 0-3.5-3.5M19 8l-3.5 3.5M20 16H5m0 0 3.5-3.5M5 16l3.5 3.5",
	tag: "M4 4h7.5L20.5 13 13 20.5 4 11.5zM8 8h.01",
	trash: "M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5 7.3 20h9.4l.8-13.5M10.3 10.5v5.5M13.7 10.5v5.5",
	undo: "M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3",
	up: "M12 20V6m0 0-5.5 5.5M12 6l5.5 5.5",
	warn: "M12 4 2.8 19.5h18.4zM12 10v4M12 17h.01",
	wifi: "M3 3l18 18M8.5 15.5a5 5 0 0 1 7 0M5.5 12.3a9.3 9.3 0 0 1 4-2.3M18.5 12.3a9.3 9.3 0 0 0-3.3-2.1M2.8 9a13.5 13.5 0 0 1 4-2.6M21.2 9a13.5 13.5 0 0 0-9-3.5M12 19h.01",
	x: "M6 6l12 12M18 6 6 18"
};
var TURNING = new Set([
	"left",
	"play",
	"right",
	"undo"
]);
function iconShape(name) {
	const shape = SHAPES[name];
	return typeof shape === "string" ? { d: shape } : shape;
}
function turnsWithReading(name) {
	return TURNING.has(name);
}
// src/components/base/Icon.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$7 = [
	"d",
	"stroke-width",
	"stroke-dasharray"
];
// src/components/base/Icon.vue
var Icon_default = defineComponent({
	__name: "Icon",
	props: {
		name: {},
		size: {}
	},
	setup(__props) {
		const props = __props;
		const shape = computed(() => iconShape(props.name));
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("svg", {
				class: normalizeClass(["ic", [__props.size, { turn: unref(turnsWithReading)(__props.name) }]]),
				viewBox: "0 0 24 24",
				"aria-hidden": "true"
			}, [createBaseVNode("path", {
				d: shape.value.d,
				"stroke-width": shape.value.width,
				"stroke-dasharray": shape.value.dash
			}, null, 8, _hoisted_1$7)], 2);
		};
	}
});
// src/components/base/Btn.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$6 = ["href"];
// src/components/base/Btn.vue
var Btn_default = defineComponent({
	__name: "Btn",
	props: {
		variant: {},
		size: {},
		icon: {},
		wide: { type: Boolean },
		href: {}
	},
	setup(__props) {
		return (_ctx, _cache) => {
			return __props.href ? (openBlock(), createElementBlock("a", {
				key: 0,
				class: normalizeClass(["btn", [
					__props.variant,
					__props.size,
					{ w: __props.wide }
				]]),
				href: __props.href,
				target: "_blank",
				rel: "noopener noreferrer"
			}, [__props.icon ? (openBlock(), createBlock(Icon_default, {
				key: 0,
				name: __props.icon,
				size: "s"
			}, null, 8, ["name"])) : createCommentVNode("", true), renderSlot(_ctx.$slots, "default")], 10, _hoisted_1$6)) : (openBlock(), createElementBlock("button", {
				key: 1,
				type: "button",
				class: normalizeClass(["btn", [
					__props.variant,
					__props.size,
					{ w: __props.wide }
				]])
			}, [__props.icon ? (openBlock(), createBlock(Icon_default, {
				key: 0,
				name: __props.icon,
				size: "s"
			}, null, 8, ["name"])) : createCommentVNode("", true), renderSlot(_ctx.$slots, "default")], 2));
		};
	}
});
// src/components/base/IconButton.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$5 = ["aria-label", "title"];
// src/components/base/IconButton.vue
var IconButton_default = defineComponent({
	__name: "IconButton",
	props: {
		icon: {},
		label: {},
		hint: {},
		small: { type: Boolean }
	},
	setup(__props, { expose: __expose }) {
		const button = useTemplateRef("button");
		__expose({ element: button });
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("button", {
				ref_key: "button",
				ref: button,
				type: "button",
				class: normalizeClass(["ib", { t: __props.small }]),
				"aria-label": __props.label,
				title: __props.hint ?? __props.label
			}, [createVNode(Icon_default, { name: __props.icon }, null, 8, ["name"])], 10, _hoisted_1$5);
		};
	}
});
// src/components/base/EmptyState.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$4 = { class: "empty" };
var _hoisted_2$4 = { key: 0 };
// src/components/base/EmptyState.vue
var EmptyState_default = defineComponent({
	__name: "EmptyState",
	props: {
		title: {},
		text: {}
	},
	setup(__props) {
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", _hoisted_1$4, [
				renderSlot(_ctx.$slots, "art"),
				createBaseVNode("h2", null, toDisplayString(__props.title), 1),
				__props.text ? (openBlock(), createElementBlock("p", _hoisted_2$4, toDisplayString(__props.text), 1)) : createCommentVNode("", true),
				renderSlot(_ctx.$slots, "default")
			]);
		};
	}
});
// src/components/base/fitName.ts
var DROPPABLE = ".safetensors";
var EXTENSION = /\.[a-z][a-z0-9]{0,11}$/i;
var ELLIPSIS = "…";
var KEPT_AT_END = 12;
var SHORTEST_HEAD = 4;
function splitName(name) {
	const at = name.search(EXTENSION);
	return at > 0 ? {
		stem: name.slice(0, at),
		extension: name.slice(at)
	} : {
		stem: name,
		extension: ""
	};
}
function withoutDroppable({ stem, extension }) {
	return {
		stem,
		extension: extension.toLowerCase() === DROPPABLE ? "" : extension
	};
}
function fitName(name, room, measure, { keep = KEPT_AT_END, plain = false } = {}) {
	const whole = plain ? {
		stem: name,
		extension: ""
	} : splitName(name);
	if (measure(name) <= room) return whole;
	const short = withoutDroppable(whole);
	const roomForStem = room - (short.extension ? measure(short.extension) : 0);
	return {
		...short,
		stem: cutMiddle(short.stem, roomForStem, measure, keep)
	};
}
function cutMiddle(text, room, measure, keep) {
	if (measure(text) <= room) return text;
	const tail = text.slice(-keep);
	const cut = (head) => text.slice(0, head) + ELLIPSIS + tail;
	let fits = SHORTEST_HEAD;
	let over = text.length - tail.length;
	if (over <= fits) return text;
	while (over - fits > 1) {
		const head = fits + over >> 1;
		if (measure(cut(head)) <= room) fits = head;
		else over = head;
	}
	return cut(fits);
}
// src/components/base/measureText.ts
function withRuler(element, use) {
	const probe = element.ownerDocument.createElement("span");
	probe.className = "probe";
	element.append(probe);
	try {
		return use((text) => {
			probe.textContent = text;
			return probe.getBoundingClientRect().width;
		});
	} finally {
		probe.remove();
	}
}
// src/components/base/FileName.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$3 = ["title"];
var _hoisted_2$3 = { class: "whole" };
var _hoisted_3$2 = {
	class: "shown",
	"aria-hidden": "true"
};
var _hoisted_4$2 = { class: "t" };
var _hoisted_5$1 = {
	key: 0,
	class: "x"
};
// src/components/base/FileName.vue
var FileName_default = defineComponent({
	__name: "FileName",
	props: {
		name: {},
		keep: {},
		short: { type: Boolean },
		plain: { type: Boolean }
	},
	setup(__props) {
		const props = __props;
		const root = useTemplateRef("root");
		const wanted = computed(() => {
			if (props.plain) return {
				stem: props.name,
				extension: ""
			};
			const split = splitName(props.name);
			return props.short ? withoutDroppable(split) : split;
		});
		const shown = shallowRef(wanted.value);
		const wantedText = computed(() => wanted.value.stem + wanted.value.extension);
		function fit() {
			const room = root.value?.getBoundingClientRect().width;
			if (!root.value || !room) return;
			const { keep, plain } = props;
			shown.value = withRuler(root.value, (measure) => fitName(wantedText.value, Math.ceil(room), measure, {
				keep,
				plain
			}));
		}
		const observer = new ResizeObserver(fit);
		onMounted(() => {
			if (root.value) observer.observe(root.value);
		});
		onUnmounted(() => {
			observer.disconnect();
		});
		watch(wanted, fit, { flush: "post" });
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("span", {
				ref_key: "root",
				ref: root,
				class: "fn",
				title: __props.name
			}, [createBaseVNode("span", _hoisted_2$3, toDisplayString(wantedText.value), 1), createBaseVNode("span", _hoisted_3$2, [createBaseVNode("span", _hoisted_4$2, toDisplayString(shown.value.stem), 1), shown.value.extension ? (openBlock(), createElementBlock("span", _hoisted_5$1, toDisplayString(shown.value.extension), 1)) : createCommentVNode("", true)])], 8, _hoisted_1$3);
		};
	}
});
// src/components/base/place.ts
var MARGIN = 8;
var GAP = 4;
function place(anchor, part, view, alignRight) {
	const below = view.height - MARGIN - (anchor.top + anchor.height + GAP);
	const above = anchor.top - GAP - MARGIN;
	const goesUp = part.height > below && above > below;
	const maxHeight = Math.max(0, goesUp ? above : below);
	const height = Math.min(part.height, maxHeight);
	const left = alignRight ? anchor.left + anchor.width - part.width : anchor.left;
	return {
		left: Math.max(MARGIN, Math.min(left, view.width - MARGIN - part.width)),
		top: goesUp ? anchor.top - GAP - height : anchor.top + anchor.height + GAP,
		maxHeight
	};
}
// src/components/base/useFloating.ts
var MENU_TARGET = Symbol("menu target");
function placedAt(anchor, box, part, align) {
	const style = getComputedStyle(anchor);
	const view = {
		width: window.innerWidth,
		height: window.innerHeight
	};
	const { left, top, maxHeight } = place(box, {
		width: part.offsetWidth,
		height: part.scrollHeight
	}, view, align === "end" !== (style.direction === "rtl"));
	return {
		left: `${left}px`,
		top: `${top}px`,
		maxHeight: `${maxHeight}px`
	};
}
function useFloating(part, anchor, align, dismiss, at) {
	const style = ref({ opacity: "0" });
	const target = inject(MENU_TARGET, document.body);
	function isOutside(event) {
		return !event.composedPath().some((target) => target === part.value || target === anchor());
	}
	function onPress(event) {
		if (isOutside(event)) dismiss("pressed");
	}
	function onScroll(event) {
		if (isOutside(event)) dismiss("moved");
	}
	function onResize() {
		dismiss("moved");
	}
	onMounted(() => {
		document.addEventListener("pointerdown", onPress, true);
		document.addEventListener("scroll", onScroll, true);
		window.addEventListener("resize", onResize);
		const element = anchor();
		if (!element || !part.value) return;
		const box = at ? {
			left: at.x,
			top: at.y,
			width: 0,
			height: 0
		} : element.getBoundingClientRect();
		style.value = placedAt(element, box, part.value, align);
	});
	onUnmounted(() => {
		document.removeEventListener("pointerdown", onPress, true);
		document.removeEventListener("scroll", onScroll, true);
		window.removeEventListener("resize", onResize);
	});
	return {
		style,
		target
	};
}
// src/components/base/FloatingList.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$2 = ["role", "aria-label"];
var _hoisted_2$2 = { key: 0 };
var _hoisted_3$1 = [
	"role",
	"data-id",
	"aria-selected",
	"aria-disabled",
	"onClick"
];
var _hoisted_4$1 = { class: "el" };
var _hoisted_5 = {
	key: 1,
	class: "hint"
};
// src/components/base/FloatingList.vue
var FloatingList_default = defineComponent({
	__name: "FloatingList",
	props: {
		anchor: { type: Function },
		kind: {},
		label: {},
		items: {},
		selected: {},
		at: {}
	},
	emits: ["choose", "dismiss"],
	setup(__props, { emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const list = useTemplateRef("list");
		const { style, target } = useFloating(list, () => props.anchor(), props.kind === "menu" && !props.at ? "end" : "start", (reason) => {
			emit("dismiss", reason === "pressed");
		}, props.at);
		function buttons() {
			return [...list.value?.querySelectorAll("[data-id]") ?? []];
		}
		function choose(item) {
			if (!item.disabled) emit("choose", item.id);
		}
		function startingWith(letter, from) {
			const order = props.items.map((_, step) => (from + 1 + step) % props.items.length);
			const wanted = letter.toLocaleLowerCase();
			return order.find((at) => props.items[at]?.label.toLocaleLowerCase().startsWith(wanted));
		}
		function nextIndex(key, from) {
			const { length } = props.items;
			if (key === "ArrowDown") return (from + 1) % length;
			if (key === "ArrowUp") return (from - 1 + length) % length;
			if (key === "Home") return 0;
			if (key === "End") return length - 1;
			return key.length === 1 && key !== " " ? startingWith(key, from) : void 0;
		}
		function onKeydown(event) {
			if (event.key === "Escape" || event.key === "Tab") {
				if (event.key === "Escape") event.preventDefault();
				emit("dismiss", false);
				return;
			}
			const all = buttons();
			const at = nextIndex(event.key, all.indexOf(event.target));
			if (at === void 0) return;
			event.preventDefault();
			all[at]?.focus();
		}
		onMounted(() => {
			const at = props.items.findIndex((item) => item.id === props.selected);
			buttons()[Math.max(0, at)]?.focus({ preventScroll: true });
		});
		return (_ctx, _cache) => {
			return openBlock(), createBlock(Teleport, { to: unref(target) }, [createBaseVNode("div", {
				ref_key: "list",
				ref: list,
				class: "menu",
				role: __props.kind,
				"aria-label": __props.label,
				style: normalizeStyle(unref(style)),
				onKeydown: withModifiers(onKeydown, ["stop"]),
				onContextmenu: _cache[0] || (_cache[0] = withModifiers(() => {}, ["prevent"]))
			}, [(openBlock(true), createElementBlock(Fragment, null, renderList(__props.items, (item) => {
				return openBlock(), createElementBlock(Fragment, { key: item.id }, [item.startsGroup ? (openBlock(), createElementBlock("hr", _hoisted_2$2)) : createCommentVNode("", true), createBaseVNode("button", {
					type: "button",
					tabindex: "-1",
					class: normalizeClass({ danger: item.danger }),
					role: __props.kind === "menu" ? "menuitem" : "option",
					"data-id": item.id,
					"aria-selected": __props.kind === "listbox" ? item.id === __props.selected : void 0,
					"aria-disabled": item.disabled || void 0,
					onClick: ($event) => choose(item)
				}, [
					item.icon ? (openBlock(), createBlock(Icon_default, {
						key: 0,
						name: item.icon
					}, null, 8, ["name"])) : createCommentVNode("", true),
					createBaseVNode("bdi", _hoisted_4$1, toDisplayString(item.label), 1),
					item.hint ? (openBlock(), createElementBlock("span", _hoisted_5, toDisplayString(item.hint), 1)) : createCommentVNode("", true)
				], 10, _hoisted_3$1)], 64);
			}), 128))], 44, _hoisted_1$2)], 8, ["to"]);
		};
	}
});
// src/components/base/useOpening.ts
function useOpening(anchor) {
	const isOpen = ref(false);
	function open() {
		isOpen.value = true;
	}
	function close(focusElsewhere = false) {
		isOpen.value = false;
		if (!focusElsewhere) anchor()?.focus({ preventScroll: true });
	}
	function toggle() {
		if (isOpen.value) close();
		else open();
	}
	return {
		isOpen,
		open,
		close,
		toggle
	};
}
// src/components/base/SelectButton.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1$1 = [
	"aria-label",
	"title",
	"aria-expanded"
];
var _hoisted_2$1 = { class: "el" };
// src/components/base/SelectButton.vue
var SelectButton_default = defineComponent({
	inheritAttrs: false,
	__name: "SelectButton",
	props: mergeModels({
		label: {},
		items: {}
	}, {
		"modelValue": { required: true },
		"modelModifiers": {}
	}),
	emits: ["update:modelValue"],
	setup(__props) {
		const props = __props;
		const selected = useModel(__props, "modelValue");
		const button = useTemplateRef("button");
		const anchor = () => button.value;
		const { isOpen, open, close, toggle } = useOpening(anchor);
		const shown = computed(() => props.items.find((item) => item.id === selected.value)?.label);
		function choose(id) {
			close();
			selected.value = id;
		}
		function onKeydown(event) {
			if (isOpen.value || event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
			event.preventDefault();
			event.stopPropagation();
			open();
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [createBaseVNode("button", mergeProps({
				ref_key: "button",
				ref: button
			}, _ctx.$attrs, {
				type: "button",
				class: "sel",
				"aria-label": `${__props.label}: ${shown.value ?? ""}`,
				title: shown.value,
				"aria-haspopup": "listbox",
				"aria-expanded": unref(isOpen),
				onClick: _cache[0] || (_cache[0] = (...args) => unref(toggle) && unref(toggle)(...args)),
				onKeydown
			}), [createBaseVNode("bdi", _hoisted_2$1, toDisplayString(shown.value ?? __props.label), 1), createVNode(Icon_default, {
				name: "down",
				size: "xs"
			})], 16, _hoisted_1$1), unref(isOpen) ? (openBlock(), createBlock(FloatingList_default, {
				key: 0,
				kind: "listbox",
				anchor,
				label: __props.label,
				items: __props.items,
				selected: selected.value,
				onChoose: choose,
				onDismiss: unref(close)
			}, null, 8, [
				"label",
				"items",
				"selected",
				"onDismiss"
			])) : createCommentVNode("", true)], 64);
		};
	}
});
// src/components/base/focusable.ts
var FOCUSABLE = "button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), a[href], [tabindex]:not([tabindex=\"-1\"])";
function activeBeside(element) {
	return element.getRootNode().activeElement;
}
// src/components/base/useFocusTrap.ts
function useFocusTrap(frame) {
	let before = null;
	function focusable() {
		return [...frame.value?.querySelectorAll("button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), a[href], [tabindex]:not([tabindex=\"-1\"])") ?? []];
	}
	function holdTab(event) {
		const all = focusable();
		const edge = event.shiftKey ? all[0] : all.at(-1);
		if (!frame.value || activeBeside(frame.value) !== edge) return;
		event.preventDefault();
		(event.shiftKey ? all.at(-1) : all[0])?.focus();
	}
	onMounted(() => {
		if (!frame.value) return;
		before = activeBeside(frame.value);
		(frame.value.querySelector("[autofocus]") ?? focusable()[0])?.focus();
	});
	onUnmounted(() => {
		if (before instanceof HTMLElement) before.focus();
	});
	return { holdTab };
}
// src/components/base/Dialog.vue?vue&type=script&setup=true&lang.ts
var _hoisted_1 = [
	"role",
	"aria-labelledby",
	"aria-describedby"
];
var _hoisted_2 = ["id"];
var _hoisted_3 = ["id"];
var _hoisted_4 = {
	key: 1,
	class: "r"
};
// src/components/base/Dialog.vue
var Dialog_default = defineComponent({
	__name: "Dialog",
	props: {
		title: {},
		text: {},
		alert: { type: Boolean }
	},
	emits: ["close"],
	setup(__props, { emit: __emit }) {
		const emit = __emit;
		const id = useId();
		const frame = useTemplateRef("frame");
		const { holdTab } = useFocusTrap(frame);
		function onKeydown(event) {
			if (event.key === "Tab") holdTab(event);
			if (event.key !== "Escape") return;
			event.preventDefault();
			emit("close");
		}
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("div", {
				class: "scrim",
				onKeydown: withModifiers(onKeydown, ["stop"]),
				onClick: _cache[0] || (_cache[0] = withModifiers(($event) => emit("close"), ["self"]))
			}, [createBaseVNode("div", {
				ref_key: "frame",
				ref: frame,
				class: "dlg",
				tabindex: "-1",
				role: __props.alert ? "alertdialog" : "dialog",
				"aria-modal": "true",
				"aria-labelledby": `${unref(id)}-title`,
				"aria-describedby": __props.text ? `${unref(id)}-text` : void 0
			}, [
				createBaseVNode("h2", { id: `${unref(id)}-title` }, toDisplayString(__props.title), 9, _hoisted_2),
				__props.text ? (openBlock(), createElementBlock("p", {
					key: 0,
					id: `${unref(id)}-text`,
					class: "f2"
				}, toDisplayString(__props.text), 9, _hoisted_3)) : createCommentVNode("", true),
				renderSlot(_ctx.$slots, "default"),
				_ctx.$slots["actions"] ? (openBlock(), createElementBlock("div", _hoisted_4, [renderSlot(_ctx.$slots, "actions")])) : createCommentVNode("", true)
			], 8, _hoisted_1)], 32);
		};
	}
});
// src/components/base/menuKey.ts
function isMenuKey(event) {
	return event.key === "ContextMenu" || event.key === "F10" && event.shiftKey;
}
// src/components/base/MenuButton.vue
var MenuButton_default = defineComponent({
	inheritAttrs: false,
	__name: "MenuButton",
	props: {
		label: {},
		items: {},
		icon: { default: "dots" },
		small: {
			type: Boolean,
			default: true
		}
	},
	emits: ["choose"],
	setup(__props, { expose: __expose, emit: __emit }) {
		const props = __props;
		const emit = __emit;
		const button = useTemplateRef("button");
		const anchor = () => button.value?.element ?? null;
		const { isOpen, open, close, toggle } = useOpening(anchor);
		function choose(id) {
			close();
			emit("choose", id);
		}
		function onKeydown(event) {
			if (!(event.key === "ArrowDown" || isMenuKey(event)) || isOpen.value) return;
			event.preventDefault();
			event.stopPropagation();
			open();
		}
		__expose({ open });
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock(Fragment, null, [createVNode(IconButton_default, mergeProps({
				ref_key: "button",
				ref: button
			}, _ctx.$attrs, {
				icon: props.icon,
				label: __props.label,
				small: __props.small,
				"aria-haspopup": "menu",
				"aria-expanded": unref(isOpen),
				onClick: unref(toggle),
				onKeydown
			}), null, 16, [
				"icon",
				"label",
				"small",
				"aria-expanded",
				"onClick"
			]), unref(isOpen) ? (openBlock(), createBlock(FloatingList_default, {
				key: 0,
				kind: "menu",
				anchor,
				label: __props.label,
				items: __props.items,
				onChoose: choose,
				onDismiss: unref(close)
			}, null, 8, [
				"label",
				"items",
				"onDismiss"
			])) : createCommentVNode("", true)], 64);
		};
	}
});
export { activeBeside as a, MENU_TARGET as c, EmptyState_default as d, IconButton_default as f, usePanel as g, PANEL as h, FOCUSABLE as i, FileName_default as l, Icon_default as m, isMenuKey as n, SelectButton_default as o, Btn_default as p, Dialog_default as r, FloatingList_default as s, MenuButton_default as t, splitName as u };
