import { computed, reactive, ref, shallowRef } from '@vue/reactivity';

import type { Client } from '../api/client';
import { problemOf } from '../api/client';
import type { Analysis, Candidate, Change, Need, Problem } from '../api/types';
import { editsBetween } from '../domain/edits';
import { changesOf, keyOf } from '../domain/needs';
import type { Applied, Host } from '../hosts/host';
import { createFetching } from './fetching';
import { createOpenedFile } from './openedFile';
import type { Queue } from './queue';

const REFRESH_MS = 400;
const EMPTY: Analysis = { items: [], space: [], missing_nodes: [] };
const SETTLED: ReadonlySet<Need['state']> = new Set(['on_disk', 'relink', 'builtin']);

/** What the open workflow needs. A file that was opened by hand counts as open too. */
export function createWorkflow(client: Client, queue: Queue, host: Pick<Host, 'canvas' | 'saveFile'>) {
  const { canvas } = host;
  const analysis = shallowRef<Analysis>(EMPTY);
  const unticked = reactive(new Set<string>());
  const title = ref('');
  const state = reactive({
    open: false,
    busy: false,
    /** Sizes and hashes are known too, and what nobody names was searched for. */
    explored: false,
    problem: null as Problem | null,
  });
  const file = createOpenedFile(client, (name, text) => host.saveFile(name, text));
  const fetching = createFetching(client, queue, () => title.value);
  let current = new AbortController();

  /**
   * Look at the open workflow: what is local at once, then what the providers say.
   * `fresh`: they are also asked for what they did not have a while ago.
   */
  async function look({ fresh = false } = {}): Promise<void> {
    current.abort();
    const mine = (current = new AbortController());
    const isOld = (): boolean => mine.signal.aborted;
    const found = file.workflow.value ?? (await canvas?.read()) ?? null;
    if (isOld()) return;
    state.open = found !== null && (found.workflow !== null || found.stored !== null);
    title.value = found?.title ?? '';
    state.problem = null;
    state.busy = false;
    if (!found || !state.open) {
      analysis.value = EMPTY;
      return;
    }
    state.busy = true;
    state.explored = false;
    try {
      const { workflow, stored, models, values, missingNodes } = found;
      const request = { workflow, stored, models, values };
      for (const explore of [false, true]) {
        const seen = await client.analyze({ ...request, explore, fresh }, mine.signal);
        const { missing_nodes } = seen;
        analysis.value = { ...seen, missing_nodes: missingNodes.length ? missingNodes : missing_nodes };
        state.explored = explore;
        if (seen.items.every((need) => SETTLED.has(need.state))) break;
      }
    } catch (error) {
      if (!isOld()) state.problem = problemOf(error);
    } finally {
      if (!isOld()) state.busy = false;
    }
  }

  /** Read a workflow from a file instead of the canvas: JSON, or a picture that carries one. */
  async function openFile(opened: File): Promise<void> {
    try {
      await file.open(opened);
    } catch (error) {
      state.problem = problemOf(error);
      return;
    }
    await look();
  }

  function closeFile(): Promise<void> {
    file.close();
    return look();
  }

  /** Make the workflow name the files that are here: on the canvas, or in the opened file's copy. */
  async function apply(changes: readonly Change[]): Promise<Applied> {
    const opened = file.workflow.value;
    const applied = opened
      ? await file.relink(opened, changes.filter(hasPath))
      : await applyLive(changes);
    await look();
    const undo = async (): Promise<void> => {
      await applied.undo();
      await look();
    };
    return { missed: applied.missed, undo };
  }

  /** The server says what the nodes have to hold, texts with names in them included. */
  async function applyLive(changes: readonly Change[]): Promise<Applied> {
    const before = (await canvas?.read())?.workflow;
    if (!canvas || !before) return { missed: changes.length, undo: () => Promise.resolve() };
    // what only the host knows stands nowhere in the workflow's own text
    const [stored, hosts] = [changes.filter(hasPath), changes.filter((change) => !hasPath(change))];
    const after = stored.length > 0 ? (await client.relink(before, stored)).workflow : before;
    return canvas.apply([...editsBetween(before, after), ...hosts]);
  }

  const byState = (wanted: Need['state']) =>
    computed(() => analysis.value.items.filter((need) => need.state === wanted));
  const fetchable = byState('fetch');
  const relinkable = byState('relink');
  const ticked = computed(() =>
    fetchable.value.filter((need) => !unticked.has(keyOf(need)) && !fetching.jobFor(need)),
  );

  let refreshing: ReturnType<typeof setTimeout> | undefined;
  queue.onSuccess((job) => {
    if (job.kind !== 'download') return;
    clearTimeout(refreshing);
    refreshing = setTimeout(() => void renew(), REFRESH_MS);
  });

  async function renew(): Promise<void> {
    await canvas?.refresh().catch(() => undefined); // the server knows better than a list that did not come
    await look();
  }

  canvas?.onChange(() => {
    if (!file.workflow.value) void look();
  });

  return {
    analysis,
    title,
    state,
    file,
    fetchable,
    relinkable,
    choose: byState('choose'),
    missing: byState('missing'),
    optional: byState('optional'),
    onDisk: byState('on_disk'),
    ticked,
    unticked,
    toSettle: computed(
      () => analysis.value.items.filter((n) => n.state !== 'on_disk' && n.state !== 'optional').length,
    ),
    jobFor: fetching.jobFor,
    look,
    openFile,
    closeFile,
    isFile: () => file.workflow.value !== null,
    get: (needs: readonly Need[] = ticked.value) => fetching.get(needs),
    getFrom: fetching.getFrom,
    relink: (needs: readonly Need[] = relinkable.value) => apply(changesOf(needs)),
    /** Use a file that is here for what the workflow names. */
    relinkTo: (candidate: Candidate) => apply(candidate.changes),
    reveal: canvas ? (need: Need) => need.places[0] && canvas.reveal(need.places[0]) : undefined,
  };
}

export type WorkflowStore = ReturnType<typeof createWorkflow>;

function hasPath(change: Change): boolean {
  return change.path.length > 0;
}
