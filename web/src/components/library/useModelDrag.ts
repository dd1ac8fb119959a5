import { computed } from 'vue';

import type { Model } from '../../api/libraryTypes';
import { usePanel } from '../usePanel';

/** A model goes to the canvas by hand or by a press, where the host has a canvas. */
export function useModelDrag(model: () => Model) {
  const { host, texts, ui } = usePanel();
  const { t } = texts;
  const canAdd = computed(() => host.canvas !== undefined && model().online);
  let end: (() => void) | undefined;

  function placed(): { category: string; path: string } {
    return { category: model().category, path: model().relative };
  }

  async function add(): Promise<void> {
    const added = await host.canvas?.addModel(placed());
    said(added ?? false);
  }

  function said(added: boolean): void {
    const key = added ? 'library.said.added' : 'library.said.noLoader';
    ui.notice = { text: t(key, { name: model().name }), kind: added ? 'ok' : 'warn' };
  }

  function onDragstart(event: DragEvent): void {
    event.dataTransfer?.setData('text/plain', model().name);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
    end = host.canvas?.takeDrop(placed(), said);
  }

  function onDragend(): void {
    end?.();
    end = undefined;
  }

  return { canAdd, add, onDragstart, onDragend };
}
