import { shallowRef } from '@vue/reactivity';

import type { Accepted, Changed, FileChange, Marks, Model, MoveTo, Target } from '../api/libraryTypes';
import type { Problem } from '../api/types';
import type { LibraryStore } from './library';
import type { Notice } from './panel';
import type { Queue } from './queue';
import type { Texts } from './texts';

interface Surroundings {
  library: LibraryStore;
  queue: Queue;
  texts: Texts;
  attempt: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  say: (notice: Notice) => void;
  saveFile: (name: string, text: string) => void;
}

/** Workflows that name what has another name now. */
export interface PatchOffer {
  change: string;
  workflows: Changed['workflows'];
}

/** What people do to models. Each is said, with the way back where there is one. */
export function createLibraryActions(surroundings: Surroundings) {
  const { library, queue, texts, attempt, say, saveFile } = surroundings;
  const { api, detail, selection } = library;
  const { t } = texts;
  const offer = shallowRef<PatchOffer | null>(null);
  /** What Ctrl+Z takes back. */
  let last: FileChange | null = null;

  async function enqueue(key: string, count: number, work: () => Promise<Accepted>): Promise<void> {
    const accepted = await attempt(work);
    if (!accepted) return;
    queue.put(accepted.job);
    say({ text: t(key, { count }), kind: 'ok' });
  }

  const refreshMetadata = (target: Target, count: number): Promise<void> =>
    enqueue('library.said.refreshing', count, () => api.refreshMetadata(target));
  const repairPreviews = (target: Target, count: number): Promise<void> =>
    enqueue('library.said.repairing', count, () => api.repairPreviews(target));
  const hash = (target: Target, count: number): Promise<void> =>
    enqueue('library.said.hashing', count, () => api.hash(target));
  const scan = (): Promise<void> => enqueue('library.said.scanning', 1, () => api.scan());

  /** Change files, say what became of it, and offer what is left to do. */
  async function perform(key: string, work: () => Promise<Changed>): Promise<Changed | undefined> {
    const changed = await attempt(work);
    if (!changed) return undefined;
    const { change, job, results } = changed;
    const workflows = changed.workflows.filter((each) => each.can_patch);
    const failed = results.flatMap((result) => (result.error ? [result.error] : []));
    const done = results.length - failed.length;
    selection.clear();
    follow(results);
    if (change) {
      last = change.can_be_undone ? change : null;
      offer.value = workflows.length > 0 ? { change: change.id, workflows } : null;
    }
    if (job) queue.put(job);
    if (job) say({ text: t('library.said.queued'), kind: 'ok' });
    else tell(key, done, failed, change);
    await library.renew();
    return changed;
  }

  function tell(key: string, done: number, failed: readonly Problem[], change: FileChange | null): void {
    const undo = done > 0 && change?.can_be_undone ? { undo: () => void takeBack(change) } : {};
    const [first] = failed;
    if (!first) {
      say({ text: t(key, { count: done }), kind: 'ok', ...undo });
      return;
    }
    const parts = [texts.message(first)];
    if (failed.length > 1) parts.push(t('library.said.more', { count: failed.length - 1 }));
    if (done > 0) parts.unshift(t(key, { count: done }));
    say({ text: parts.join(' '), kind: done > 0 ? 'warn' : 'bad', ...undo });
  }

  /** What is open stays open under its new name, and is closed where it is gone. */
  function follow(results: Changed['results']): void {
    const open = detail.model.value;
    const result = results.find(({ id, error }) => id === open?.id && !error);
    if (!open || !result) return;
    if (result.new_id === null) detail.close();
    else if (result.new_id !== open.id) void reopen(result.new_id);
  }

  async function reopen(id: string): Promise<void> {
    const model = await attempt(() => api.get(id));
    if (model) await detail.open(model);
  }

  async function takeBack(change: FileChange): Promise<void> {
    last = null;
    offer.value = null;
    await perform('library.said.undone', () => api.undo(change.id));
  }

  const trash = (target: Target): Promise<Changed | undefined> =>
    perform('library.said.trashed', () => api.act('trash', target));
  const move = (target: Target, to: MoveTo): Promise<Changed | undefined> =>
    perform('library.said.moved', () => api.act('move', target, { to }));
  const rename = (model: Model, name: string): Promise<Changed | undefined> =>
    perform('library.said.renamed', () => api.rename(model.id, name));

  /** Add tags to what these have. */
  const tag = (target: Target, tags: readonly string[]): Promise<Changed | undefined> =>
    perform('library.said.tagged', () => api.act('tag', target, { tags: { add: tags } }));

  async function mark(model: Model, marks: Partial<Marks>): Promise<void> {
    await attempt(() => detail.mark(model, marks));
  }

  /** Offer what is known of models as a file. */
  async function save(target: Target): Promise<void> {
    const list = await attempt(() => api.export(target));
    if (list) saveFile('models.json', JSON.stringify(list, null, 2));
  }

  /** Fetch the version that is newer than a model; the model stays. */
  async function update(model: Model): Promise<void> {
    const accepted = await attempt(() => api.fetchUpdates([model.id]));
    if (!accepted) return;
    if (accepted.job) queue.put(accepted.job);
    const [refused] = accepted.items.flatMap((item) => (item.error ? [item.error] : []));
    say(refused ? { text: texts.message(refused), kind: 'bad' } : { text: t('library.said.updating'), kind: 'ok' });
  }

  /** Make the workflows on the server name the files as they are called now. */
  async function patch(paths: readonly string[]): Promise<void> {
    const offered = offer.value;
    if (!offered) return;
    const results = await attempt(() => api.patchWorkflows(offered.change, paths));
    if (!results) return;
    offer.value = null;
    const failed = results.flatMap((result) => (result.error ? [result.error] : []));
    tell('library.said.patched', results.length - failed.length, failed, null);
  }

  return {
    offer,
    refreshMetadata,
    repairPreviews,
    hash,
    scan,
    trash,
    move,
    rename,
    tag,
    mark,
    save,
    update,
    patch,
    reopen,
    undoLast: () => (last ? takeBack(last) : Promise.resolve()),
  };
}

export type LibraryActions = ReturnType<typeof createLibraryActions>;
