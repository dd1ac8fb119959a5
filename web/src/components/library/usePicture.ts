import { onUnmounted, ref, watch, type Ref } from 'vue';

import type { Model } from '../../api/libraryTypes';
import { usePanel } from '../usePanel';

const RESTS_MS = 100;

/** The address of a model's preview, fetched once somebody rests there; null until it is here. */
export function usePicture(model: () => Model, size: () => number, still: boolean): Readonly<Ref<string | null>> {
  const { pictures } = usePanel().library;
  const url = ref<string | null>(null);
  let current = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function show(): Promise<void> {
    const { signal } = (current = new AbortController());
    try {
      const shown = await pictures.show(model(), { size: size(), still }, signal);
      if (!signal.aborted) url.value = shown;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  function stop(): void {
    clearTimeout(timer);
    current.abort();
  }

  watch(
    () => [model().id, pictures.versionOf(model()), model().changed_at] as const,
    ([id], before) => {
      stop();
      if (before && before[0] !== id) url.value = null;
      timer = setTimeout(() => void show(), before ? 0 : RESTS_MS);
    },
    { immediate: true },
  );
  onUnmounted(stop);
  return url;
}
