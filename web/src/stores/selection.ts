import { computed, reactive, shallowReactive } from '@vue/reactivity';

import type { Model, ModelQuery, Target } from '../api/libraryTypes';
import type { ModelRows } from './modelRows';

/** The models that people have picked: some, or everything that the search finds except some. */
export function createSelection(rows: ModelRows, query: () => ModelQuery) {
  /** By id: what is picked, or what is left out where all is taken. */
  const named = shallowReactive(new Map<string, Model>());
  const state = reactive({
    /** Rows show tick boxes. */
    on: false,
    /** Everything that the search finds, also what was never looked at. */
    all: false,
  });
  let anchor = 0;
  /** Counts what people do; what comes late for something older is dropped. */
  let turn = 0;

  const count = computed(() => (state.all ? Math.max(0, rows.state.total - named.size) : named.size));
  /** Of what is known; null where that is not everything. */
  const bytes = computed(() => {
    if (state.all && rows.known.value.length < rows.state.total) return null;
    const models = state.all ? rows.known.value.filter(has) : [...named.values()];
    return models.reduce((sum, { size }) => sum + size, 0);
  });

  function has(model: Model): boolean {
    return state.all !== named.has(model.id);
  }

  function toggle(index: number): void {
    const model = rows.items.value[index];
    if (!model) return;
    state.on = true;
    turn += 1;
    anchor = index;
    flip(model);
  }

  /** From where somebody picked last to here; what is not known yet follows when it is. */
  async function extendTo(index: number): Promise<void> {
    state.on = true;
    const mine = ++turn;
    const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)];
    pick(rows.items.value.slice(from, to + 1));
    const all = await rows.read(from, to);
    if (mine === turn) pick(all);
  }

  function pick(models: readonly (Model | undefined)[]): void {
    for (const model of models) if (model && !has(model)) flip(model);
  }

  function flip(model: Model): void {
    if (!named.delete(model.id)) named.set(model.id, model);
  }

  function takeAll(): void {
    turn += 1;
    state.on = true;
    state.all = true;
    named.clear();
  }

  function clear(): void {
    turn += 1;
    state.on = false;
    state.all = false;
    named.clear();
  }

  function target(): Target {
    const ids = [...named.keys()];
    if (!state.all) return { ids };
    const { q, category } = query();
    return { query: q, category, without: ids };
  }

  return { named, state, count, bytes, has, toggle, extendTo, takeAll, clear, target };
}

export type Selection = ReturnType<typeof createSelection>;
