import { nextTick, ref, type Ref } from 'vue';

import { moveOf } from '../../domain/gridMoves';
import { isMenuKey } from '../base/menuKey';
import { usePanel } from '../usePanel';

interface Grid {
  columns(): number;
  /** Lines in sight at once. */
  page(): number;
  reveal(line: number): void;
  openMenu(index: number): void;
}

/** What keys do to the model with the focus, or to all that are picked. */
function useModelCommands() {
  const { library, libraryActions: actions } = usePanel();
  const { rows, selection, detail } = library;

  function act(key: string, at: number): boolean {
    const model = rows.items.value[at];
    if (!model) return false;
    const target = selection.count.value > 0 ? selection.target() : { ids: [model.id] };
    if (key === 'Enter') void detail.open(model);
    else if (key === ' ') selection.toggle(at);
    else if (key === 'Delete') void actions.trash(target);
    else if (key === 'Escape') leave();
    else return false;
    return true;
  }

  /** One level back. */
  function leave(): void {
    if (selection.state.on) selection.clear();
    else detail.close();
  }

  function command(key: string): boolean {
    if (key === 'a') selection.takeAll();
    else if (key === 'z') void actions.undoLast();
    else return false;
    return true;
  }

  return { act, command };
}

/** One Tab stop for all models; the keys move between them, and act on the one with the focus. */
export function useModelKeys(list: Readonly<Ref<HTMLElement | null>>, grid: Grid) {
  const { library, texts } = usePanel();
  const { rows, selection } = library;
  const { act, command } = useModelCommands();
  const active = ref(0);

  async function focus(index: number): Promise<void> {
    active.value = index;
    grid.reveal(Math.floor(index / grid.columns()));
    await nextTick();
    list.value?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }

  function onKeydown(event: KeyboardEvent): void {
    const cell = event.target as HTMLElement;
    const at = Number(cell.dataset['index'] ?? -1);
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
      isRightToLeft: texts.direction.value === 'rtl',
    });
    if (next !== undefined) {
      if (event.shiftKey && !selection.state.on) selection.toggle(at);
      if (event.shiftKey) void selection.extendTo(next);
      void focus(next);
    }
    if (next !== undefined || act(event.key, at)) event.preventDefault();
  }

  return { active, focus, onKeydown };
}
