import { onMounted, onUnmounted, type Ref } from 'vue';

import { activeBeside, FOCUSABLE } from './focusable';

/**
 * Keeps the focus inside while mounted, and gives it back afterwards. The element marked
 * `autofocus` gets it first: the safe answer.
 */
export function useFocusTrap(frame: Readonly<Ref<HTMLElement | null>>) {
  let before: Element | null = null;

  function focusable(): HTMLElement[] {
    return [...(frame.value?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])];
  }

  /** To be called on Tab. */
  function holdTab(event: KeyboardEvent): void {
    const all = focusable();
    const edge = event.shiftKey ? all[0] : all.at(-1);
    if (!frame.value || activeBeside(frame.value) !== edge) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  }

  onMounted(() => {
    if (!frame.value) return;
    before = activeBeside(frame.value);
    const first = frame.value.querySelector<HTMLElement>('[autofocus]') ?? focusable()[0];
    first?.focus();
  });
  onUnmounted(() => {
    if (before instanceof HTMLElement) before.focus();
  });

  return { holdTab };
}
