import { reactive, shallowRef } from '@vue/reactivity';

import { problemOf } from '../api/client';
import type { LibraryApi } from '../api/library';
import type { Facets, Model, ModelQuery } from '../api/libraryTypes';
import type { Problem } from '../api/types';

const PAGE = 200;
const MOST_AT_ONCE = 1_000;

/**
 * The models that a search finds, from the first one on and as far as somebody has looked. One
 * request at a time; of two searches only the later one is answered.
 */
export function createModelRows(api: LibraryApi) {
  const items = shallowRef<readonly Model[]>([]);
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
  let next: string | null = null;
  let current = new AbortController();
  let wanted = 0;

  /** Show what another query finds, from its start. What is shown stays until the answer is here. */
  function search(asked: ModelQuery): Promise<void> {
    query = asked;
    wanted = 0;
    return begin(PAGE, 1);
  }

  /** Ask again, as far as somebody looks now; nothing moves but what has changed. */
  function reload(): Promise<void> {
    if (!query) return Promise.resolve();
    return begin(Math.min(MOST_AT_ONCE, Math.max(PAGE, wanted + 1)), 0);
  }

  async function begin(limit: number, searches: number): Promise<void> {
    current.abort();
    const mine = (current = new AbortController());
    const asked = query;
    if (!asked) return;
    await during(mine, async () => {
      const page = await api.list(asked, { limit, facets: true }, mine.signal);
      if (mine.signal.aborted) return;
      let found = page.items;
      next = page.next;
      while (next && found.length <= wanted) {
        const more = await api.list(asked, { limit: MOST_AT_ONCE, after: next }, mine.signal);
        found = [...found, ...more.items];
        next = more.next;
      }
      items.value = found;
      facets.value = page.facets;
      const { total, scanned_at: scannedAt, scanning } = page;
      Object.assign(state, { loaded: true, total, scannedAt, scanning });
      state.answered += searches;
    });
  }

  /** Have the row at this place: the pages up to it follow one another. */
  async function ensure(index: number): Promise<void> {
    wanted = Math.min(index, state.total - 1);
    if (state.busy || wanted < items.value.length || !next) return;
    const mine = current;
    const asked = query;
    if (!asked) return;
    await during(mine, async () => {
      while (next && wanted >= items.value.length) {
        const limit = Math.min(MOST_AT_ONCE, Math.max(PAGE, wanted + 1 - items.value.length));
        const page = await api.list(asked, { limit, after: next }, mine.signal);
        if (mine.signal.aborted) return;
        items.value = [...items.value, ...page.items];
        next = page.next;
      }
    });
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
    const at = items.value.findIndex((each) => each.id === model.id);
    if (at >= 0) items.value = items.value.with(at, model);
  }

  return { items, facets, state, search, reload, ensure, put };
}

export type ModelRows = ReturnType<typeof createModelRows>;
