import { ref } from '@vue/reactivity';

import type { MaintenanceApi } from '../api/maintenance';
import type { News, NewsList } from '../api/healthShapes';
import { createLoaded } from './loaded';

const LOOK_MS = 60_000;
const NONE: NewsList = { items: [], next: null, total: 0, unread: 0 };

/** What happened while nobody looked. */
export function createNews(api: MaintenanceApi) {
  const list = createLoaded(() => api.news(), NONE);
  /** The newest that was not there before and asks for attention. */
  const latest = ref<News | null>(null);
  let known: ReadonlySet<string> | null = null;

  async function load(): Promise<void> {
    await list.load();
    if (list.state.problem) return;
    const { items } = list.value.value;
    const fresh = items.find((one) => !one.read && one.level !== 'info' && !known?.has(one.id));
    // what was there when the page was opened is told by the bell alone
    if (known && fresh) latest.value = fresh;
    known = new Set(items.map((one) => one.id));
  }

  /** The next older ones. Throws ApiError. */
  async function more(): Promise<void> {
    const before = list.value.value;
    if (!before.next) return;
    const page = await api.news(before.next);
    list.value.value = { ...page, items: [...before.items, ...page.items] };
  }

  /** All of them were seen. Throws ApiError. */
  async function readAll(): Promise<void> {
    if (list.value.value.unread === 0) return;
    await api.markRead();
    const { items, ...rest } = list.value.value;
    list.value.value = { ...rest, unread: 0, items: items.map((one) => ({ ...one, read: true })) };
  }

  function follow(): () => void {
    void load();
    const timer = setInterval(() => void load(), LOOK_MS);
    return () => clearInterval(timer);
  }

  return { list, latest, load, more, readAll, follow };
}
