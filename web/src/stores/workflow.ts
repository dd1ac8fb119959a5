import { computed, reactive, ref, shallowRef } from '@vue/reactivity';

import type { Client } from '../api/client';
import { problemOf } from '../api/client';
import type { Analysis, Candidate, Change, Job, ModelRequest, Need, Problem } from '../api/types';
import { editsBetween } from '../domain/edits';
import { asRequest, asRequestFrom, changesOf, keyOf } from '../domain/needs';
import type { Applied, Host, OpenWorkflow } from '../hosts/host';
import { titleOf, workflowIn } from './opened-file';
import type { Queue } from './queue';

const REFRESH_MS = 400;
const EMPTY: Analysis = { items: [], space: [], missing_nodes: [] };
const SETTLED: ReadonlySet<Need['state']> = new Set(['on_disk', 'relink', 'builtin']);

/** What the open workflow needs. A file that was opened by hand counts as open too. */
export function createWorkflow(client: Client, queue: Queue, host: Pick<Host, 'canvas' | 'saveFile'>) {
  const { canvas } = host;
  const analysis = shallowRef<Analysis>(EMPTY);
  const unticked = reactive(new Set<string>());
  /** The job that was asked for a need, where its place alone does not tell. */
  const asked = reactive(new Map<string, string>());
  const title = ref('');
  const state = reactive({
    open: false,
    busy: false,
    /** Sizes and hashes are known too, and what nobody names was searched for. */
    explored: false,
    /** A file that was opened by hand has been relinked, and is not saved yet. */
    unsaved: false,
    problem: null as Problem | null,
  });
  let opened: OpenWorkflow | null = null;
  let current = new AbortController();

  /** Look at the open workflow: what is local at once, then what the providers say. */
  async function look(): Promise<void> {
    current.abort();
    const mine = (current = new AbortController());
    const isOld = (): boolean => mine.signal.aborted;
    const found = opened ?? (await canvas?.read()) ?? null;
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
        const seen = await client.analyze({ ...request, explore }, mine.signal);
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
  async function openFile(file: File): Promise<void> {
    try {
      const workflow = await workflowIn(file, client);
      opened = { title: titleOf(file), workflow, stored: null, models: [], values: [], missingNodes: [] };
    } catch (error) {
      state.problem = problemOf(error);
      return;
    }
    state.unsaved = false;
    await look();
  }

  function closeFile(): Promise<void> {
    opened = null;
    state.unsaved = false;
    return look();
  }

  /** Offer the relinked workflow as a file of its own; the one that was opened stays as it is. */
  function save(): void {
    if (!opened?.workflow) return;
    host.saveFile(savedName(), JSON.stringify(opened.workflow, null, 2));
    state.unsaved = false;
  }

  function savedName(): string {
    return `${title.value}.relinked.json`;
  }

  /** Make the workflow name the files that are here: on the canvas, or in the opened file's copy. */
  async function apply(changes: readonly Change[]): Promise<Applied> {
    const applied = opened ? await patch(opened, changes) : await applyLive(changes);
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

  async function patch(before: OpenWorkflow, changes: readonly Change[]): Promise<Applied> {
    const wasUnsaved = state.unsaved;
    const { workflow } = await client.relink(before.workflow ?? {}, changes.filter(hasPath));
    opened = { ...before, workflow };
    state.unsaved = true;
    const undo = (): Promise<void> => {
      opened = before;
      state.unsaved = wasUnsaved;
      return Promise.resolve();
    };
    return { missed: 0, undo };
  }

  /** Fetch models: those that are named, or everything that is ticked. Raises ApiError. */
  function get(needs: readonly Need[] = ticked.value): Promise<Problem[]> {
    return fetchAll(needs.map((need) => [need, asRequest(need)]));
  }

  /** Fetch a need from the source that a person has chosen or pasted. Raises ApiError. */
  function getFrom(need: Need, source: Parameters<typeof asRequestFrom>[1]): Promise<Problem[]> {
    return fetchAll([[need, asRequestFrom(need, source)]]);
  }

  async function fetchAll(wishes: readonly (readonly [Need, ModelRequest])[]): Promise<Problem[]> {
    const models = wishes.map(([, model]) => model);
    const accepted = await client.fetchModels(models, title.value || undefined);
    if (accepted.job) queue.put(accepted.job);
    for (const [n, { job_id }] of accepted.items.entries()) {
      const need = wishes[n]?.[0];
      if (need && job_id) asked.set(keyOf(need), job_id);
    }
    return accepted.items.flatMap((item) => (item.error ? [item.error] : []));
  }

  const byState = (wanted: Need['state']) =>
    computed(() => analysis.value.items.filter((need) => need.state === wanted));
  const fetchable = byState('fetch');
  const relinkable = byState('relink');
  const ticked = computed(() =>
    fetchable.value.filter((need) => !unticked.has(keyOf(need)) && !jobFor(need)),
  );

  /** The job that brings a needed file now, where one does. */
  function jobFor(need: Need): Job | undefined {
    const own = queue.jobs.get(asked.get(keyOf(need)) ?? '');
    if (own && isUnderWay(own)) return own;
    for (const job of queue.jobs.values()) {
      if (need.path !== null && job.path === need.path && isUnderWay(job)) return job;
    }
    return undefined;
  }

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
    if (!opened) void look();
  });

  return {
    analysis,
    title,
    state,
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
    jobFor,
    look,
    openFile,
    closeFile,
    isFile: () => opened !== null,
    save,
    savedName,
    get,
    getFrom,
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

function isUnderWay(job: Job): boolean {
  return job.state !== 'succeeded' && job.state !== 'cancelled';
}
