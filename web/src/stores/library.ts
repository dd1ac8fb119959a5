import { computed, reactive, ref, shallowRef } from '@vue/reactivity';

import { ApiError, problemOf, type Client } from '../api/client';
import { LibraryApi } from '../api/library';
import type { Facet, Model, ModelQuery, SavedFilter, Sort, Update } from '../api/libraryTypes';
import type { ModelFolder } from '../api/types';
import { condition, takeFilters } from '../domain/searchTerms';
import type { Memory } from '../hosts/memory';
import { keepHabits, readHabits } from './libraryHabits';
import { createModelDetail } from './modelDetail';
import { createModelRows } from './modelRows';
import { createPictures } from './pictures';
import type { Queue } from './queue';
import { createSelection } from './selection';

const TYPING_MS = 80;
const RELOAD_MS = 400;
/** Jobs after which the library is another one. */
const CHANGES_LIBRARY = new Set(['download', 'scan', 'metadata', 'preview', 'hash']);
const CHANGES_PICTURES = new Set(['preview', 'metadata']);

/** What somebody looks for. Empty texts ask for nothing. */
interface Wish {
  /** Filters that are complete, each a term of the search language. */
  filters: string[];
  /** What is typed besides. */
  text: string;
  category: string;
  base: string;
  sort: Sort;
  backwards: boolean;
}

/** The library as this page looks at it: what is searched for, and what was found. */
export function createLibrary(client: Client, queue: Queue, memory: Memory) {
  const api = new LibraryApi(client);
  const { view: lastView, ...lastOrder } = readHabits(memory);
  const wish = reactive<Wish>({ filters: [], text: '', category: '', base: '', ...lastOrder });
  const view = ref(lastView);
  const saved = shallowRef<readonly SavedFilter[]>([]);
  const choices = shallowRef<{ category: readonly Facet[]; base: readonly Facet[] }>({ category: [], base: [] });
  const updates = shallowRef<ReadonlyMap<string, Update>>(new Map());
  let folders: Promise<readonly ModelFolder[]> | null = null;
  const rows = createModelRows(api);
  const pictures = createPictures(api, foldersOnce);
  const detail = createModelDetail(api, rows, pictures);
  const selection = createSelection(rows, query);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpened = false;

  /** They stay what they are as long as the server runs; a failed question is asked again. */
  function foldersOnce(): Promise<readonly ModelFolder[]> {
    folders ??= client.folders().catch((error: unknown) => {
      folders = null;
      throw error;
    });
    return folders;
  }

  function query(): ModelQuery {
    return queryFor(wish);
  }

  /** The search with one of its conditions left out, for each of them. */
  function withoutOne(): { text: string; without: ModelQuery; go: () => void }[] {
    const one = (text: string, left: Partial<Wish>) => ({
      text,
      without: queryFor({ ...wish, ...left }),
      go: () => change(left),
    });
    const ways = wish.filters.map((text) =>
      one(text, { filters: wish.filters.filter((filter) => filter !== text) }),
    );
    if (wish.text.trim()) ways.push(one(wish.text.trim(), { text: '' }));
    if (wish.base) ways.push(one(wish.base, { base: '' }));
    if (wish.category) ways.push(one(wish.category, { category: '' }));
    return ways;
  }

  function later(ms: number, work: () => Promise<void>): void {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), ms);
  }

  async function search(): Promise<void> {
    clearTimeout(timer);
    selection.clear();
    await offering(() => rows.search(query()));
  }

  const reload = (): Promise<void> => offering(() => rows.reload());

  /** What can be chosen instead stays on offer when one of it is chosen. */
  async function offering(ask: () => Promise<void>): Promise<void> {
    const { category, base } = wish;
    await ask();
    const found = rows.facets.value;
    if (!found || category !== wish.category || base !== wish.base) return;
    choices.value = {
      category: category ? choices.value.category : found.category,
      base: base ? choices.value.base : found.base_model,
    };
  }

  function type(text: string): void {
    const { filters, rest } = takeFilters(text);
    wish.filters.push(...filters.filter((filter) => !wish.filters.includes(filter)));
    wish.text = rest;
    later(TYPING_MS, search);
  }

  function change(wanted: Partial<Wish>): void {
    Object.assign(wish, wanted);
    void search();
  }

  /** The panel shows the library: look at once, or look again. */
  async function open(): Promise<void> {
    const first = !isOpened;
    isOpened = true;
    await (first ? search() : reload());
    if (first && isUnread()) await scanNow();
    await quietly(async () => {
      updates.value = new Map((await api.updates()).map((update) => [update.model, update]));
    });
  }

  /** Nobody has looked at the folders yet, or at their names alone. */
  function isUnread(): boolean {
    if (rows.state.problem || rows.state.scanning) return false;
    const isNamed = rows.known.value.some((model) => model.online && !model.format && !model.problem);
    return rows.state.scannedAt === null || isNamed;
  }

  /** Whoever opens the library wants to see what is in it. */
  async function scanNow(): Promise<void> {
    try {
      queue.put((await api.scan()).job);
      rows.state.scanning = true;
    } catch (error) {
      rows.state.problem = problemOf(error);
    }
  }

  async function renew(): Promise<void> {
    await reload();
    if (detail.model.value) await detail.load();
  }

  keepHabits(memory, () => ({ view: view.value, sort: wish.sort, backwards: wish.backwards }));

  queue.onSuccess((job) => {
    if (!isOpened || !CHANGES_LIBRARY.has(job.kind)) return;
    if (CHANGES_PICTURES.has(job.kind)) pictures.changed();
    later(RELOAD_MS, renew);
  });

  return {
    api,
    wish,
    view,
    choices,
    updates,
    saved,
    rows,
    pictures,
    detail,
    selection,
    folders: foldersOnce,
    query,
    withoutOne,
    /** Whether anything is asked for at all. */
    isNarrowed: computed(() => query().q !== '' || wish.category !== ''),
    type,
    change,
    search,
    open,
    renew,
    readSaved: () => quietly(async () => void (saved.value = await api.filters())),
    put: (model: Model) => detail.take(model),
  };
}

/** Stands for models whose base model nobody knows. */
export const UNKNOWN_BASE = 'missing:base';

/** What only helps is not missed aloud when the server does not answer. */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function queryFor({ filters, text, category, base, sort, backwards }: Wish): ModelQuery {
  const wanted = base === UNKNOWN_BASE ? base : base && condition('base', base);
  const q = [...filters, wanted, text.trim()].filter(Boolean).join(' ');
  return { q, category: category || null, sort, backwards };
}

export type LibraryStore = ReturnType<typeof createLibrary>;
