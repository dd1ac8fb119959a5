import { reactive, shallowRef } from '@vue/reactivity';

import { problemOf } from '../api/client';
import type { Problem } from '../api/types';

/** Something that the server knows, as it was when it was last asked. */
export function createLoaded<T>(read: () => Promise<T>, empty: T) {
  const value = shallowRef<T>(empty);
  const state = reactive({
    /** An answer has come at least once. */
    loaded: false,
    busy: false,
    problem: null as Problem | null,
  });
  let latest = 0;

  /** Ask again. Of several questions only the answer to the last one counts; what is known stays. */
  async function load(): Promise<void> {
    const mine = ++latest;
    state.busy = true;
    try {
      const found = await read();
      if (mine !== latest) return;
      value.value = found;
      state.loaded = true;
      state.problem = null;
    } catch (error) {
      const problem = problemOf(error);
      if (mine === latest) state.problem = problem;
    } finally {
      if (mine === latest) state.busy = false;
    }
  }

  return { value, state, load };
}

export type Loaded<T> = ReturnType<typeof createLoaded<T>>;
