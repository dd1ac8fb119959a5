import { computed, reactive, shallowReactive } from '@vue/reactivity';

import type { Model, ModelQuery, Target } from '../api/libraryTypes';
import type { ModelRows } from './modelRows';

/** The models that people have picked to do something with all of them. */
export function createSelection(rows: ModelRows, query: () => ModelQuery) {
  const picked = shallowReactive(new Map<string, Model>());
  const state = reactive({
    /** Rows show tick boxes. */
    on: false,
    /** Everything that the search finds, also what was never looked at. */
    all: false,
  });
  let anchor = 0;
  /** Counts what people do; what comes late for something older is dropped. */
  let turn = 0;

  const count = computed(() => (state.all ? rows.state.total : picked.size));
  /** Of what is known; null where that is not everything. */
  const bytes = computed(() => {
    if (state.all && rows.known.value.length < rows.state.total) return null;
    const models = state.all ? rows.known.value : picked.values();
    let sum = 0;
    for (const model of models) sum += model.size;
    return sum;
  });

  function has(model: Model): boolean {
    return state.all || picked.has(model.id);
  }

  function toggle(index: number): void {
    const model = rows.items.value[index];
    if (!model) return;
    narrow();
    state.on = true;
    turn += 1;
    anchor = index;
    if (!picked.delete(model.id)) picked.set(model.id, model);
  }

  /** From where somebody picked last to here; what is not known yet follows when it is. */
  async function extendTo(index: number): Promise<void> {
    narrow();
    state.on = true;
    const mine = ++turn;
    const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)];
    pick(rows.items.value.slice(from, to + 1));
    const all = await rows.read(from, to);
    if (mine === turn) pick(all);
  }

  function pick(models: readonly (Model | undefined)[]): void {
    for (const model of models) if (model) picked.set(model.id, model);
  }

  /** One of all that is taken out leaves the others, as far as they are known. */
  function narrow(): void {
    if (!state.all) return;
    state.all = false;
    pick(rows.known.value);
  }

  function takeAll(): void {
    turn += 1;
    state.on = true;
    state.all = true;
  }

  function clear(): void {
    turn += 1;
    state.on = false;
    state.all = false;
    picked.clear();
  }

  function target(): Target {
    if (!state.all) return { ids: [...picked.keys()] };
    return { query: query().q, within: query().category };
  }

  return { picked, state, count, bytes, has, toggle, extendTo, takeAll, clear, target };
}

export type Selection = ReturnType<typeof createSelection>;
