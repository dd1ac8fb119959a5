import { onMounted, onUnmounted, reactive, type Ref } from 'vue';

/** Follows what part of a scroller is in sight, in px; its width is that of its content. */
export function useSight(scroller: Readonly<Ref<HTMLElement | null>>) {
  const sight = reactive({ scrollTop: 0, height: 0, width: 0 });

  function look(): void {
    const element = scroller.value;
    if (!element) return;
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    sight.scrollTop = element.scrollTop;
    sight.height = element.clientHeight;
    sight.width = element.clientWidth - (parseFloat(paddingLeft) || 0) - (parseFloat(paddingRight) || 0);
  }

  function scrollTo(top: number): void {
    if (scroller.value) scroller.value.scrollTop = top;
    look();
  }

  const observer = new ResizeObserver(look);
  onMounted(() => {
    look();
    if (scroller.value) observer.observe(scroller.value);
  });
  onUnmounted(() => observer.disconnect());

  return { sight, look, scrollTo };
}
