import { computed } from 'vue';

import type { Job } from '../../api/types';
import { allows } from '../../domain/jobs';
import { pageOf } from '../../domain/look';
import { useCopy } from '../useCopy';
import { usePanel } from '../usePanel';
import type { ListItem } from '../base/listItem';

/** The ⋯ menu of a job: everything that can be done to it now. */
export function useJobMenu(job: () => Job) {
  const panel = usePanel();
  const { t } = panel.texts;
  const copy = useCopy();

  const items = computed<ListItem[]>(() => {
    const it = job();
    const all: (ListItem | false)[] = [
      allows(it, 'pause') && { id: 'pause', label: t('do.pause'), icon: 'pause', hint: t('key.space') },
      allows(it, 'resume') && { id: 'resume', label: t('do.resume'), icon: 'play', hint: t('key.space') },
      allows(it, 'retry') && { id: 'retry', label: retryLabel(it), icon: 'retry', hint: 'R' },
      allows(it, 'approve') && { id: 'approve', label: t('do.keep'), icon: 'check' },
      allows(it, 'reject') && { id: 'reject', label: t('do.discard'), icon: 'x', danger: true },
      pageOf(it) !== null && { id: 'page', label: t('do.page'), icon: 'out', startsGroup: true },
      it.path !== null && { id: 'path', label: t('do.copyPath'), icon: 'copy' },
      { id: 'report', label: t('do.report'), icon: 'doc' },
      allows(it, 'cancel') && { id: 'cancel', label: t('do.cancel'), icon: 'x', hint: t('key.delete'), danger: true, startsGroup: true },
      it.finished_at !== null && { id: 'remove', label: t('do.remove'), icon: 'trash', startsGroup: true },
    ];
    return all.filter((item): item is ListItem => item !== false);
  });

  function retryLabel(it: Job): string {
    if (it.state === 'cancelled') return t('do.getAgain');
    return it.state === 'pending' ? t('do.tryNow') : t('do.retry');
  }

  async function choose(id: string): Promise<void> {
    const it = job();
    if (id === 'remove') return panel.remove(it);
    if (id === 'page') return void window.open(pageOf(it) ?? '', '_blank', 'noopener');
    if (id === 'path') return copy(it.path ?? '');
    if (id === 'report') return report(it);
    return panel.act(it, id as never);
  }

  /** What somebody who helps needs to know. The server keeps secrets out of all of it. */
  async function report(it: Job): Promise<void> {
    const detail = await panel.attempt(() => panel.client.job(it.id));
    if (detail) await copy(JSON.stringify(detail, null, 1));
  }

  return { items, choose };
}
