import { computed, onUnmounted, ref, shallowRef, watch } from 'vue';

import { ApiError } from '../api/client';
import type { Inspection, LinkInfo, Problem } from '../api/types';
import { usePanel } from './usePanel';

const WAIT_MS = 350;

/** What a text of links means, looked up while it is typed. */
export function useInspection() {
  const { client } = usePanel();
  const text = ref('');
  const found = shallowRef<Inspection | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);
  const single = computed<LinkInfo | null>(() =>
    found.value?.items.length === 1 ? (found.value.items[0] ?? null) : null,
  );

  let asked = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function forget(): void {
    clearTimeout(timer);
    asked.abort();
  }

  watch(text, (now) => {
    forget();
    found.value = null;
    problem.value = null;
    busy.value = false;
    if (now.trim()) timer = setTimeout(() => void inspect(now), WAIT_MS);
  });
  onUnmounted(forget);

  async function inspect(wanted: string): Promise<void> {
    asked = new AbortController();
    const { signal } = asked;
    busy.value = true;
    try {
      found.value = await client.inspect(wanted, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      problem.value = error.problem;
    } finally {
      if (!signal.aborted) busy.value = false;
    }
  }

  return { text, found, single, problem, busy };
}
