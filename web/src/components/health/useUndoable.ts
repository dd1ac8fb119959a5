import type { ChangeAnswer } from '../../api/healthTypes';
import type { Job } from '../../api/types';
import { usePanel } from '../usePanel';

/** Changes of files, and the message that takes them back. */
export function useUndoable() {
  const panel = usePanel();
  const { client, health, queue, texts, ui } = panel;
  const { t } = texts;

  /** Everything that shows files reads them again. */
  async function reload(): Promise<void> {
    const { report, space, duplicates, broken, trash, changes } = health;
    await Promise.all([report, space, duplicates, broken, trash, changes].map((part) => part.load()));
  }

  function undoOf(id: string | null | undefined) {
    return id ? { undo: () => void takeBack(id) } : {};
  }

  /** Say what was done, or what stopped it, and show what is left. */
  async function told(text: string, results: ChangeAnswer['results'], change?: string): Promise<void> {
    const failed = results.filter((result) => result.error !== null);
    const undo = undoOf(change);
    const [first] = failed;
    if (first?.error) {
      const why = texts.message(first.error);
      ui.notice = { text: t('health.partly', { count: failed.length, why }), kind: 'warn', ...undo };
    } else {
      ui.notice = { text, kind: 'ok', ...undo };
    }
    await reload();
  }

  /** Carry out and say `text`; what takes its time says it when it has ended. */
  async function change(text: string, work: () => Promise<ChangeAnswer>): Promise<void> {
    const answer = await panel.attempt(work);
    if (!answer) return;
    if (!answer.job) return told(text, answer.results, answer.change?.id);
    toldLater(text, answer.job);
    queue.put(answer.job);
    ui.notice = { text: t('health.handedOver'), kind: 'ok' };
  }

  function toldLater(text: string, started: Job): void {
    const stop = queue.onSuccess((job) => {
      if (job.id !== started.id) return;
      stop();
      void panel.attempt(async () => {
        const { result } = await client.job(job.id);
        const { changes, done, failed } = result as unknown as ChangeResult;
        if (failed > 0) ui.notice = { text: t('health.partlyDone', { done, failed }), kind: 'warn', ...undoOf(changes.at(-1)) };
        else ui.notice = { text, kind: 'ok', ...undoOf(changes.at(-1)) };
        await reload();
      });
    });
  }

  async function takeBack(id: string): Promise<void> {
    await change(t('health.undone'), () => health.api.undo(id));
  }

  return { change, undo: takeBack, reload };
}

/** What the job of a change says in the end. */
interface ChangeResult {
  changes: string[];
  done: number;
  failed: number;
}
