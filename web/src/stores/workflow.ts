import { computed, reactive, ref, shallowRef } from '@vue/reactivity';

import type { Client } from '../api/client';
import { problemOf } from '../api/client';
import type { Analysis, Job, ModelRequest, Need, Problem } from '../api/types';
import type { Canvas, OpenWorkflow } from '../hosts/host';
import type { Queue } from './queue';

const REFRESH_MS = 400;
const EMPTY: Analysis = { items: [], space: [] };

/** What the open workflow needs. A file that was opened by hand counts as open too. */
export function createWorkflow(client: Client, queue: Queue, canvas: Canvas | undefined) {
  const analysis = shallowRef<Analysis>(EMPTY);
  const unticked = reactive(new Set<string>());
  const title = ref('');
  const state = reactive({
    open: false,
    busy: false,
    /** Sizes and hashes are known too. */
    explored: false,
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
      const { workflow, stored, models, values } = found;
      const request = { workflow, stored, models, values };
      for (const explore of [false, true]) {
        const seen = await client.analyze({ ...request, explore }, mine.signal);
        analysis.value = seen;
        state.explored = explore;
        if (!seen.items.some((need) => need.state === 'fetch' || need.state === 'optional')) break;
      }
    } catch (error) {
      if (!isOld()) state.problem = problemOf(error);
    } finally {
      if (!isOld()) state.busy = false;
    }
  }

  /** Read a workflow from a file instead of the canvas. */
  async function openFile(file: File): Promise<void> {
    const workflow = await objectIn(file);
    if (!workflow) {
      state.problem = UNREADABLE;
      return;
    }
    opened = { title: file.name.replace(/\.json$/i, ''), workflow, stored: null, models: [], values: [] };
    await look();
  }

  function closeFile(): Promise<void> {
    opened = null;
    return look();
  }

  /** Fetch models: those that are named, or everything that is ticked. Raises ApiError. */
  async function get(needs: readonly Need[] = ticked.value): Promise<Problem[]> {
    const models = needs.map(asRequest);
    const accepted = await client.fetchModels(models, title.value || undefined);
    if (accepted.job) queue.put(accepted.job);
    return accepted.items.flatMap((item) => (item.error ? [item.error] : []));
  }

  const byState = (wanted: Need['state']) =>
    computed(() => analysis.value.items.filter((need) => need.state === wanted));
  const fetchable = byState('fetch');
  const ticked = computed(() =>
    fetchable.value.filter((need) => !unticked.has(need.name) && !jobFor(need)),
  );

  /** The job that brings a needed file now, where one does. */
  function jobFor(need: Need): Job | undefined {
    for (const job of queue.jobs.values()) {
      const wanted = job.path === need.path && need.path !== null;
      if (wanted && job.state !== 'succeeded' && job.state !== 'cancelled') return job;
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
    get,
    reveal: canvas ? (need: Need) => need.places[0] && canvas.reveal(need.places[0]) : undefined,
  };
}

export type WorkflowStore = ReturnType<typeof createWorkflow>;

/** A need as it is asked for. */
export function asRequest(need: Need): ModelRequest {
  return { name: need.name, url: need.url, directory: need.category, sha256: null };
}

/** The JSON object in a file, or null where there is none. */
async function objectIn(file: File): Promise<Record<string, unknown> | null> {
  try {
    const found: unknown = JSON.parse(await file.text());
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
    return isObject ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const UNREADABLE: Problem = {
  code: 'workflow_unreadable',
  message: 'The file cannot be read as a workflow.',
  hint: 'Choose a .json file that ComfyUI saved.',
  family: 'request',
  retryable: false,
  details: { path: '', why: 'json' },
};
