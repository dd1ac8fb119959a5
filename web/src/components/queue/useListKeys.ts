import { allows } from '../../domain/jobs';
import { usePanel } from '../usePanel';

const ROW = '[data-job]';

/** One Tab stop for the whole list; the arrows move, and some keys act on the row with the focus. */
export function useListKeys() {
  const panel = usePanel();

  function move(list: HTMLElement, from: HTMLElement, key: string): boolean {
    const rows = [...list.querySelectorAll<HTMLElement>(ROW)];
    const at = rows.indexOf(from);
    const wanted = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
    if (wanted === undefined) return false;
    rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.focus();
    return true;
  }

  function act(id: string, event: KeyboardEvent): boolean {
    const job = panel.queue.jobs.get(id);
    if (!job) return false;
    const toggle = allows(job, 'pause') ? 'pause' : 'resume';
    if (event.key === 'Enter') panel.ui.open = panel.ui.open === id ? null : id;
    else if (event.key === ' ' && allows(job, toggle)) void panel.act(job, toggle);
    else if (event.key === 'Delete' && allows(job, 'cancel')) void panel.act(job, 'cancel');
    else if (event.key.toLowerCase() === 'r' && allows(job, 'retry')) void panel.act(job, 'retry');
    else return false;
    return true;
  }

  function onKeydown(event: KeyboardEvent): void {
    const row = event.target as HTMLElement;
    const id = row.dataset['job'];
    if (!id || event.ctrlKey || event.metaKey) return;
    const list = event.currentTarget as HTMLElement;
    const done = event.altKey ? reorder(id, row, list, event.key) : move(list, row, event.key);
    if (done || (!event.altKey && act(id, event))) event.preventDefault();
  }

  /** Earlier or later in the queue: next to its neighbour. */
  function reorder(id: string, row: HTMLElement, list: HTMLElement, key: string): boolean {
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
    const rows = [...list.querySelectorAll<HTMLElement>(ROW)];
    const next = rows[rows.indexOf(row) + (key === 'ArrowUp' ? -1 : 1)]?.dataset['job'];
    if (!next) return true;
    const patch = key === 'ArrowUp' ? { before: next } : { after: next };
    void panel.attempt(async () => panel.queue.put(await panel.client.change(id, patch)));
    return true;
  }

  return { onKeydown };
}
