import { reactive, shallowRef } from '@vue/reactivity';

import { problemOf } from '../api/client';
import type { LibraryApi } from '../api/library';
import type {
  FormerValue,
  KnownPicture,
  Marks,
  Metadata,
  MetadataPatch,
  Model,
  PreviewFacts,
} from '../api/libraryTypes';
import type { Problem } from '../api/types';
import type { ModelRows } from './modelRows';
import type { Pictures } from './pictures';

/** All about one model: what is open beside or above the list. Its changes throw ApiError. */
export function createModelDetail(api: LibraryApi, rows: ModelRows, pictures: Pictures) {
  const model = shallowRef<Model | null>(null);
  const metadata = shallowRef<Metadata | null>(null);
  const history = shallowRef<readonly FormerValue[]>([]);
  const known = shallowRef<readonly KnownPicture[]>([]);
  const facts = shallowRef<PreviewFacts | null>(null);
  const state = reactive({ busy: false, problem: null as Problem | null });
  let current = new AbortController();

  /** Show what the list knows at once, and the rest when it is here. */
  function open(shown: Model): Promise<void> {
    const isOther = shown.id !== model.value?.id;
    model.value = shown;
    if (isOther) forget();
    return load();
  }

  function close(): void {
    current.abort();
    model.value = null;
    forget();
  }

  function forget(): void {
    metadata.value = null;
    history.value = [];
    known.value = [];
    facts.value = null;
  }

  async function load(): Promise<void> {
    current.abort();
    const { signal } = (current = new AbortController());
    const shown = model.value;
    if (!shown) return;
    Object.assign(state, { busy: true, problem: null });
    const { id } = shown;
    const fill = async <T>(asked: Promise<T>, take: (answer: T) => void): Promise<void> => {
      try {
        const answer = await asked;
        if (!signal.aborted) take(answer);
      } catch (error) {
        if (!signal.aborted) state.problem ??= problemOf(error);
      }
    };
    const address = await pictures.addressOf(shown);
    await Promise.all([
      fill(api.get(id, signal), take),
      fill(api.metadata(id, signal), (found) => (metadata.value = found)),
      fill(api.history(id, signal), (found) => (history.value = found)),
      fill(api.pictures(id, signal), (found) => (known.value = found)),
      fill(api.previewFacts(address, signal), (found) => (facts.value = found)),
    ]);
    if (!signal.aborted) state.busy = false;
  }

  /** The same model as the server knows it now, also in the list. */
  function take(changed: Model): void {
    if (model.value?.id === changed.id) model.value = changed;
    rows.put(changed);
  }

  async function mark(of: Model, marks: Partial<Marks>): Promise<void> {
    take(await api.mark(of.id, marks));
  }

  async function change(patch: MetadataPatch): Promise<void> {
    if (!model.value) return;
    await api.changeMetadata(model.value.id, patch);
    await load();
  }

  async function restore(past: FormerValue): Promise<void> {
    if (!model.value) return;
    await api.restore(model.value.id, past);
    await load();
  }

  /** Choose its preview: one that its provider shows, a file of this machine, or one that ComfyUI made. */
  async function choosePicture(choice: number | Blob | string): Promise<void> {
    const shown = model.value;
    if (!shown) return;
    const address = await pictures.addressOf(shown);
    if (typeof choice === 'number') await api.choosePicture(shown.id, choice);
    else if (typeof choice === 'string') await api.chooseOutput(address, choice);
    else await api.choosePreview(address, choice);
    await pictureChanged(shown);
  }

  async function goBack(): Promise<void> {
    const shown = model.value;
    if (!shown) return;
    await api.previewGoBack(await pictures.addressOf(shown));
    await pictureChanged(shown);
  }

  async function pictureChanged(of: Model): Promise<void> {
    pictures.changed(of);
    await load();
  }

  return { model, metadata, history, known, facts, state, open, close, load, take, mark, change, restore, choosePicture, goBack };
}

export type ModelDetail = ReturnType<typeof createModelDetail>;
