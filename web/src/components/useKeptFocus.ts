import { onBeforeUnmount, onMounted, type Ref } from 'vue';

import { activeBeside, FOCUSABLE } from './base/focusable';

/** Rows and cards. Those of a list that is drawn in part say which place of it they have. */
const ITEM = 'article[tabindex], [data-index]';

/**
 * Nobody with a keyboard is thrown out of the panel: where what has the focus is taken away or cannot
 * be used any more, the row around it gets the focus, else the row that took its place or is next to
 * it, else what is nearest of the rest.
 */
export function useKeptFocus(frame: Readonly<Ref<HTMLElement | null>>): void {
  const observer = new MutationObserver(settle);
  const last = createLastItem(() => [...(frame.value?.querySelectorAll<HTMLElement>(ITEM) ?? [])]);
  let held: HTMLElement | null = null;
  /** Around what is held, from the inside out. */
  let around: HTMLElement[] = [];

  function onFocusin(event: FocusEvent): void {
    held = event.target as HTMLElement;
    around = ancestorsOf(held);
    last.note(held);
  }

  /** Chromium tells it when something is taken away, too; that is known once it has been. */
  function onFocusout(): void {
    queueMicrotask(() => {
      settle(observer.takeRecords());
      if (frame.value && activeBeside(frame.value) !== held) held = null;
    });
  }

  function settle(records: readonly MutationRecord[]): void {
    if (held && isLost(held, records)) {
      const next = isUsable(held) ? held : (last.successor() ?? nearest());
      next?.focus({ preventScroll: true });
    }
    last.remember();
  }

  function nearest(): HTMLElement | undefined {
    const left = around.filter((element) => frame.value?.contains(element));
    return left.flatMap((element) => element.querySelector<HTMLElement>(FOCUSABLE) ?? [])[0];
  }

  onMounted(() => {
    if (!frame.value) return;
    frame.value.addEventListener('focusin', onFocusin);
    frame.value.addEventListener('focusout', onFocusout);
    observer.observe(frame.value, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  });
  onBeforeUnmount(() => {
    observer.disconnect();
    held = null;
  });
}

/** The item that had the focus last, and what stands in its place when it is gone. */
function createLastItem(all: () => HTMLElement[]) {
  let item: HTMLElement | null = null;
  let group: HTMLElement | null = null;
  let order: HTMLElement[] = [];

  function note(focused: HTMLElement): void {
    item = focused.closest<HTMLElement>(ITEM) ?? item;
    remember();
  }

  function remember(): void {
    if (!item?.isConnected) return;
    group = item.parentElement;
    order = all();
  }

  function successor(): HTMLElement | undefined {
    if (!item || item.isConnected) return item ?? undefined;
    const { index } = item.dataset;
    if (index !== undefined) return closestTo(Number(index), all());
    const at = order.indexOf(item);
    const left = [...order.slice(at + 1), ...order.slice(0, at).reverse()].filter(isUsable);
    return left.find(({ parentElement }) => parentElement === group) ?? left[0];
  }

  return { note, remember, successor };
}

/** Whether it has lost the focus by what has changed, and nobody else has got it. */
function isLost(held: HTMLElement, records: readonly MutationRecord[]): boolean {
  const { activeElement } = document;
  if (held.matches(':disabled')) return activeElement === document.body || activeBeside(held) === held;
  if (activeElement && activeElement !== document.body) return false;
  return records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(held)));
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled');
}

function ancestorsOf(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}

function closestTo(index: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  const away = (element: HTMLElement): number => Math.abs(Number(element.dataset['index']) - index);
  return items
    .filter(({ dataset }) => dataset['index'] !== undefined)
    .reduce<HTMLElement | undefined>((best, each) => (best && away(best) <= away(each) ? best : each), undefined);
}
