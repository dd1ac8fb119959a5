import { computed, reactive, shallowRef } from '@vue/reactivity';

import { problemOf } from '../api/client';
import type { LibraryApi } from '../api/library';
import type { Facets, Model, ModelPage, ModelQuery } from '../api/libraryTypes';
import type { Problem } from '../api/types';

/** Rows come in blocks of so many. */
const PAGE = 200;
const MOST_AT_ONCE = 1_000;

/** Both ends are in it. */
interface Range {
  from: number;
  to: number;
}

/**
 * The models that a search finds, each at its place; only what somebody has looked at is known. Of
 * two searches only the later one is answered.
 */
export function createModelRows(api: LibraryApi) {
  /** As many as are found; undefined where nobody has looked. */
  const items = shallowRef<readonly (Model | undefined)[]>([]);
  const known = computed(() => items.value.filter((model) => model !== undefined));
  const facets = shallowRef<Facets | null>(null);
  const state = reactive({
    loaded: false,
    busy: false,
    /** Counts the searches that were answered; asking again for the same is none. */
    answered: 0,
    /** Of all pages. */
    total: 0,
    scannedAt: null as number | null,
    scanning: false,
    problem: null as Problem | null,
  });
  let query: ModelQuery | null = null;
  let current = new AbortController();
  let wanted: Range = { from: 0, to: 0 };

  /** Show what another query finds, from its start. What is shown stays until the answer is here. */
  function search(asked: ModelQuery): Promise<void> {
    query = asked;
    wanted = { from: 0, to: 0 };
    return begin(1);
  }

  /** Ask again where somebody looks now; nothing moves but what has changed. */
  function reload(): Promise<void> {
    return begin(0);
  }

  async function begin(searches: number): Promise<void> {
    current.abort();
    const mine = (current = new AbortController());
    const asked = query;
    if (!asked) return;
    await during(mine, async () => {
      const { from, to } = blocksOf(wanted);
      const page = await api.list(asked, { limit: to + 1 - from, offset: from, facets: true }, mine.signal);
      if (mine.signal.aborted) return;
      items.value = [];
      take(page, from);
      facets.value = page.facets;
      const { scanned_at: scannedAt, scanning } = page;
      Object.assign(state, { loaded: true, scannedAt, scanning });
      state.answered += searches;
      await fill(() => wanted, mine);
    });
  }

  /** Have the rows that somebody looks at. One request at a time, and none for what was passed by. */
  async function ensure(from: number, to: number): Promise<void> {
    wanted = { from, to };
    const mine = current;
    if (state.busy || holeIn(wanted) === undefined) return;
    await during(mine, () => fill(() => wanted, mine));
  }

  /** All of these rows, however many requests that takes; fewer where a request fails. */
  async function read(from: number, to: number): Promise<readonly Model[]> {
    const mine = current;
    const range = { from, to };
    if (holeIn(range) !== undefined) await during(mine, () => fill(() => range, mine));
    if (mine.signal.aborted) return [];
    return items.value.slice(from, to + 1).filter((model) => model !== undefined);
  }

  async function fill(range: () => Range, mine: AbortController): Promise<void> {
    const asked = query;
    for (let hole = holeIn(range()); asked && hole !== undefined; hole = holeIn(range())) {
      const { from, to } = blocksOf({ from: hole, to: range().to });
      const page = await api.list(asked, { limit: to + 1 - from, offset: from }, mine.signal);
      if (mine.signal.aborted || page.items.length === 0) return;
      take(page, from);
    }
  }

  function holeIn({ from, to }: Range): number | undefined {
    const end = Math.min(to, state.total - 1);
    for (let at = Math.max(0, from); at <= end; at += 1) if (!items.value[at]) return at;
    return undefined;
  }

  function take({ items: models, total }: ModelPage, from: number): void {
    const all = Array.from({ length: total }, (_, at) => items.value[at]);
    all.splice(from, models.length, ...models);
    items.value = all;
    state.total = total;
  }

  async function during(mine: AbortController, work: () => Promise<void>): Promise<void> {
    state.busy = true;
    try {
      await work();
      if (!mine.signal.aborted) state.problem = null;
    } catch (error) {
      if (!mine.signal.aborted) state.problem = problemOf(error);
    } finally {
      if (!mine.signal.aborted) state.busy = false;
    }
  }

  /** Take in what is known anew of one model. */
  function put(model: Model): void {
    const at = items.value.findIndex((each) => each?.id === model.id);
    if (at >= 0) items.value = items.value.with(at, model);
  }

  return { items, known, facets, state, search, reload, ensure, read, put };
}

/** The whole blocks from the one that `from` is in, as far as one request may go. */
function blocksOf({ from, to }: Range): Range {
  const start = Math.floor(Math.max(0, from) / PAGE) * PAGE;
  const blocks = Math.ceil(Math.max(1, to + 1 - start) / PAGE);
  return { from: start, to: start + Math.min(MOST_AT_ONCE, blocks * PAGE) - 1 };
}

export type ModelRows = ReturnType<typeof createModelRows>;
