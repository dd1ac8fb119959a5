import { computed, onMounted, onUnmounted, reactive, watch, type Ref } from 'vue';

import { scrollFor, windowOf } from '../../domain/windowing';

const SPARE = 3;

/** Follows what of a long list is in sight. `pitch`: the height of one line. */
export function useWindow(
  scroller: Readonly<Ref<HTMLElement | null>>,
  lines: () => number,
  pitch: () => number,
) {
  const sight = reactive({ scrollTop: 0, height: 0, width: 0 });

  function look(): void {
    const element = scroller.value;
    if (!element) return;
    sight.scrollTop = element.scrollTop;
    sight.height = element.clientHeight;
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    sight.width = element.clientWidth - (parseFloat(paddingLeft) || 0) - (parseFloat(paddingRight) || 0);
  }

  const observer = new ResizeObserver(look);
  onMounted(() => {
    look();
    if (scroller.value) observer.observe(scroller.value);
  });
  onUnmounted(() => observer.disconnect());

  /** Another line height keeps the same line at the top. */
  watch(pitch, (now, before) => {
    if (scroller.value && before > 0) scrollTo((scroller.value.scrollTop / before) * now);
  }, { flush: 'post' });

  function scrollTo(top: number): void {
    if (scroller.value) scroller.value.scrollTop = top;
    look();
  }

  return {
    sight,
    shown: computed(() => windowOf(lines(), pitch(), sight, SPARE)),
    look,
    scrollTo,
    reveal: (line: number) => scrollTo(scrollFor(line, pitch(), sight)),
  };
}
