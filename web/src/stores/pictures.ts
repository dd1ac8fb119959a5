import { shallowReactive } from '@vue/reactivity';

import { ApiError } from '../api/client';
import type { Address, LibraryApi } from '../api/library';
import type { Model } from '../api/libraryTypes';
import type { ModelFolder } from '../api/types';

const AT_ONCE = 6;
const KEPT = 400;

/** Previews of models as addresses of this page. At most six are fetched at the same time. */
export function createPictures(api: LibraryApi, folders: () => Promise<readonly ModelFolder[]>) {
  /** How often a model's preview has changed since this page was opened. */
  const versions = shallowReactive(new Map<string, number>());
  const kept = new Map<string, string>();
  const waiting: (() => void)[] = [];
  let running = 0;

  function versionOf(model: Model): number {
    return (versions.get(model.id) ?? 0) + (versions.get('') ?? 0);
  }

  /** Where a model's picture is on this page; null where nobody can say. Throws when aborted. */
  async function show(
    model: Model,
    options: { size: number; still: boolean },
    signal: AbortSignal,
  ): Promise<string | null> {
    const key = [model.id, model.changed_at, versionOf(model), options.size, options.still].join();
    const known = kept.get(key);
    if (known) return keep(key, known);
    await turn(signal);
    try {
      const picture = await api.preview(await addressOf(model), options.size, options.still, signal);
      return keep(key, URL.createObjectURL(picture));
    } catch (error) {
      if (error instanceof ApiError) return null;
      throw error;
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  /** The newest stay; those longest unused go. */
  function keep(key: string, url: string): string {
    kept.delete(key);
    kept.set(key, url);
    const [oldest] = kept;
    if (kept.size > KEPT && oldest) {
      kept.delete(oldest[0]);
      URL.revokeObjectURL(oldest[1]);
    }
    return url;
  }

  async function turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (running >= AT_ONCE) {
      await new Promise<void>((resolve, reject) => {
        const go = (): void => resolve();
        waiting.push(go);
        signal.addEventListener('abort', () => {
          const at = waiting.indexOf(go);
          if (at >= 0) waiting.splice(at, 1);
          reject(new DOMException('nobody looks at it any more', 'AbortError'));
        });
      });
    }
    running += 1;
  }

  async function addressOf(model: Model): Promise<Address> {
    const roots = (await folders()).filter((folder) => folder.category === model.category);
    const root = Math.max(0, roots.findIndex((folder) => folder.path === model.root));
    return { category: model.category, root, path: model.relative };
  }

  /** A model has another picture now; without one, any may have. */
  function changed(model?: Model): void {
    const id = model?.id ?? '';
    versions.set(id, (versions.get(id) ?? 0) + 1);
  }

  return { show, versionOf, addressOf, changed };
}

export type Pictures = ReturnType<typeof createPictures>;
