import { shallowRef, type Ref } from 'vue';

import type { Model } from '../../api/libraryTypes';
import type { Point } from '../base/place';
import { usePanel } from '../usePanel';

/** The menu that is open: whose, and where the pointer asked for it. */
interface OpenMenu {
  model: Model;
  index: number;
  at?: Point;
}

/** One menu for all models of a list. While several are picked it is that of all of them. */
export function useListMenu(list: Readonly<Ref<HTMLElement | null>>, ofPicked: () => void) {
  const { rows, selection } = usePanel().library;
  const menu = shallowRef<OpenMenu | null>(null);

  function openMenu(index: number, at?: Point): void {
    const model = rows.items.value[index];
    if (!model) return;
    if (selection.state.on) ofPicked();
    else menu.value = { model, index, ...(at && { at }) };
  }

  function toggleMenu(index: number): void {
    if (menu.value?.index !== index) {
      openMenu(index);
      return;
    }
    focusOwner();
    menu.value = null;
  }

  function onContextmenu(event: MouseEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>('[data-index]');
    if (!cell) return;
    event.preventDefault();
    openMenu(Number(cell.dataset['index']), { x: event.clientX, y: event.clientY });
  }

  /** The card or row it belongs to, as long as that is drawn. */
  function owner(): HTMLElement | null {
    return list.value?.querySelector<HTMLElement>(`[data-index="${menu.value?.index}"]`) ?? null;
  }

  /** Without scrolling: what was scrolled away stays away. */
  function focusOwner(): void {
    owner()?.focus({ preventScroll: true });
  }

  return { menu, owner, openMenu, toggleMenu, focusOwner, onContextmenu };
}
