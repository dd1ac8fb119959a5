import { onMounted, onUnmounted, ref, type Ref } from 'vue';

/** From here on there is room for two columns, as in the styles. */
const WIDE_PX = 900;

/** Whether the panel that an element stands in is as wide as a page. */
export function useWide(root: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const wide = ref(false);
  const observer = new ResizeObserver(([entry]) => {
    wide.value = (entry?.contentRect.width ?? 0) >= WIDE_PX;
  });
  onMounted(() => {
    const panel = root.value?.closest('.mk');
    if (panel) observer.observe(panel);
  });
  onUnmounted(() => observer.disconnect());
  return wide;
}
