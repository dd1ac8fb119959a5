import { nt as normalizeClass } from "./reactivity-CW10_34m.mjs";
import { A as renderSlot, D as openBlock, E as onUnmounted, T as onMounted, f as createBlock, m as createElementBlock, p as createCommentVNode, y as defineComponent } from "./vue-BcPPEbeh.mjs";
import { g as usePanel, m as Icon_default } from "./MenuButton-BXaT0XWR.mjs";
// src/components/useCopy.ts
function useCopy() {
	const { texts, ui } = usePanel();
	return async (text) => {
		try {
			await navigator.clipboard.writeText(text);
			ui.notice = {
				text: texts.t("notice.copied"),
				kind: "ok"
			};
		} catch {
			ui.notice = {
				text: texts.t("notice.notCopied"),
				kind: "warn"
			};
		}
	};
}
// src/format/hash.ts
var HEAD = 8;
function shortHash(hash) {
	if (hash.length <= 13) return hash;
	return `${hash.slice(0, HEAD)}…${hash.slice(-4)}`;
}
// src/components/base/Tag.vue
var Tag_default = defineComponent({
	__name: "Tag",
	props: {
		kind: {},
		icon: {}
	},
	setup(__props) {
		return (_ctx, _cache) => {
			return openBlock(), createElementBlock("span", { class: normalizeClass(["tag", __props.kind]) }, [__props.icon ? (openBlock(), createBlock(Icon_default, {
				key: 0,
				name: __props.icon,
				size: "xs"
			}, null, 8, ["name"])) : createCommentVNode("", true), renderSlot(_ctx.$slots, "default")], 2);
		};
	}
});
// src/components/useSlash.ts
function useSlash(field) {
	function onKeydown(event) {
		const [target] = event.composedPath();
		const typing = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
		if (event.key !== "/" || typing || !field.value) return;
		event.preventDefault();
		field.value.focus();
	}
	const root = () => field.value?.closest(".mk-root");
	let listened;
	onMounted(() => {
		listened = root();
		listened?.addEventListener("keydown", onKeydown);
	});
	onUnmounted(() => listened?.removeEventListener("keydown", onKeydown));
}
export { useCopy as i, Tag_default as n, shortHash as r, useSlash as t };
