import { computed } from 'vue';

import type { Model } from '../../api/libraryTypes';
import type { ListItem } from '../base/listItem';
import { useCopy } from '../useCopy';
import { usePanel } from '../usePanel';

/** What has to be asked before it is done. */
export type Asked = 'move' | 'rename';

/** The ⋯ menu of a model: everything that can be done with it. */
export function useModelMenu(model: () => Model, ask: (what: Asked) => void) {
  const { library, libraryActions: actions, texts } = usePanel();
  const { t } = texts;
  const copy = useCopy();
  /** Known of what is open only. */
  const page = computed(() => {
    const { metadata } = library.detail;
    return metadata.value?.id === model().id ? metadata.value.page_url : null;
  });

  const items = computed<ListItem[]>(() => {
    const { online, hashes } = model();
    const all: (ListItem | false)[] = [
      { id: 'refresh', label: t('library.refresh'), icon: 'retry' },
      { id: 'previews', label: t('library.repairPreviews'), icon: 'img' },
      !('sha256' in hashes) && { id: 'hash', label: t('library.hash'), icon: 'shield', disabled: !online },
      page.value !== null && { id: 'page', label: t('do.page'), icon: 'out' },
      { id: 'save', label: t('library.export'), icon: 'doc' },
      { id: 'path', label: t('do.copyPath'), icon: 'copy', startsGroup: true },
      { id: 'rename', label: t('library.rename'), icon: 'edit', disabled: !online },
      { id: 'move', label: t('library.move'), icon: 'folder', disabled: !online },
      { id: 'trash', label: t('library.trash'), icon: 'trash', hint: t('key.delete'), danger: true, disabled: !online, startsGroup: true },
    ];
    return all.filter((item): item is ListItem => item !== false);
  });

  async function choose(id: string): Promise<void> {
    const { id: key, root, relative } = model();
    const target = { ids: [key] };
    if (id === 'rename' || id === 'move') ask(id);
    else if (id === 'refresh') await actions.refreshMetadata(target, 1);
    else if (id === 'previews') await actions.repairPreviews(target, 1);
    else if (id === 'hash') await actions.hash(target, 1);
    else if (id === 'save') await actions.save(target);
    else if (id === 'trash') await actions.trash(target);
    else if (id === 'path') await copy(pathOf(root, relative));
    else window.open(page.value ?? '', '_blank', 'noopener');
  }

  return { items, choose };
}

/** As the server's machine writes it. */
function pathOf(root: string, relative: string): string {
  const isWindows = !root.startsWith('/') && root.includes('\\');
  return isWindows ? `${root}\\${relative.replaceAll('/', '\\')}` : `${root}/${relative}`;
}
