import type { ChangeAnswer } from '../../api/healthShapes';
import type { Problem } from '../../api/types';
import { usePanel } from '../usePanel';

interface Result {
  error: Problem | null;
  change?: string | null;
}

/** Changes of files, and the message that takes them back. */
export function useUndoable() {
  const panel = usePanel();
  const { health, queue, texts, ui } = panel;
  const { t } = texts;

  /** Everything that shows files reads them again. */
  async function reload(): Promise<void> {
    const { report, space, duplicates, broken, trash, changes } = health;
    await Promise.all([report, space, duplicates, broken, trash, changes].map((part) => part.load()));
  }

  /** Say what was done, or what stopped it, and show what is left. */
  async function told(text: string, results: readonly Result[], change?: string): Promise<void> {
    const failed = results.filter((result) => result.error !== null);
    const undone = change ?? results.find((result) => result.change)?.change;
    const undo = undone ? { undo: () => void takeBack(undone) } : {};
    const [first] = failed;
    if (first?.error) {
      const why = texts.message(first.error);
      ui.notice = { text: t('health.partly', { count: failed.length, why }), kind: 'warn', ...undo };
    } else {
      ui.notice = { text, kind: 'ok', ...undo };
    }
    await reload();
  }

  /** Carry out and say `text`; what takes its time goes on as a job. */
  async function change(text: string, work: () => Promise<ChangeAnswer>): Promise<void> {
    const answer = await panel.attempt(work);
    if (!answer) return;
    if (answer.job) {
      queue.put(answer.job);
      ui.notice = { text: t('health.handedOver'), kind: 'ok' };
    } else {
      await told(text, answer.results, answer.change?.id);
    }
  }

  async function takeBack(id: string): Promise<void> {
    await change(t('health.undone'), () => health.api.undo(id));
  }

  return { change, told, undo: takeBack, reload };
}
