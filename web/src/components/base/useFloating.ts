import { inject, onMounted, onUnmounted, ref, type InjectionKey, type Ref } from 'vue';

import { place, type Box, type Point } from './place';

/**
 * Where floating parts are drawn: an element of class `mk-root mk-layer` on the body,
 * because the panel itself is cut off by the side bar.
 */
export const MENU_TARGET: InjectionKey<HTMLElement> = Symbol('menu target');

type Align = 'start' | 'end';

function placedAt(anchor: HTMLElement, box: Box, part: HTMLElement, align: Align): Record<string, string> {
  const style = getComputedStyle(anchor);
  const view = { width: window.innerWidth, height: window.innerHeight };
  const size = { width: part.offsetWidth, height: part.scrollHeight };
  const alignsRight = (align === 'end') !== (style.direction === 'rtl');
  const { left, top, maxHeight } = place(box, size, view, alignsRight);
  return { left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` };
}

/**
 * Holds a floating part at its anchor and calls `dismiss` on what ends it from outside: a press
 * elsewhere, or what moves its anchor, which is scrolling and another size of the window. With `at`
 * it stands at that point, and the anchor is only what it belongs to.
 */
export function useFloating(
  part: Readonly<Ref<HTMLElement | null>>,
  anchor: () => HTMLElement | null,
  align: Align,
  dismiss: (reason: 'pressed' | 'moved') => void,
  at?: Point,
) {
  const style = ref<Record<string, string>>({ opacity: '0' });
  const target = inject(MENU_TARGET, document.body);

  function isOutside(event: Event): boolean {
    return !event.composedPath().some((target) => target === part.value || target === anchor());
  }
  function onPress(event: Event): void {
    if (isOutside(event)) dismiss('pressed');
  }
  function onScroll(event: Event): void {
    if (isOutside(event)) dismiss('moved');
  }
  function onResize(): void {
    dismiss('moved');
  }

  onMounted(() => {
    document.addEventListener('pointerdown', onPress, true);
    document.addEventListener('scroll', onScroll, true);
    window.addEventListener('resize', onResize);
    const element = anchor();
    if (!element || !part.value) return;
    const box = at ? { left: at.x, top: at.y, width: 0, height: 0 } : element.getBoundingClientRect();
    style.value = placedAt(element, box, part.value, align);
  });
  onUnmounted(() => {
    document.removeEventListener('pointerdown', onPress, true);
    document.removeEventListener('scroll', onScroll, true);
    window.removeEventListener('resize', onResize);
  });

  return { style, target };
}
